//! The language of a report.
//!
//! Long texts are given to `whatlang`. It guesses badly on headlines, so a short text is told by its
//! function words instead: it is English when more of them are English than of any other language
//! known here, and unknown when there are none.

/// Text shorter than this, in bytes, is told by its function words.
const SHORT: usize = 180;

/// How much of a long text is looked at, from its start and again from its middle.
const WINDOW: usize = 3000;

/// Function words of the languages that English headlines are most easily taken for. A word that two
/// of them share ("in", "on", "die") counts for none.
const FUNCTION_WORDS: &[(&str, &[&str])] = &[
    ("en", &[
        "the", "of", "and", "to", "that", "with", "for", "from", "by", "at", "is", "are", "were", "has", "have", "had", "after", "over", "says",
        "said", "his", "her", "their", "its", "it", "against", "amid", "near", "who", "which", "between", "into", "about", "as", "be", "been", "not",
        "will", "would", "more", "than", "but", "this", "they", "he", "she", "calls", "kills", "killed", "urges", "talks", "troops", "police",
        "president", "government", "minister", "people", "war", "attack", "attacks", "new", "two", "three", "four", "five", "six", "his", "first",
        "during", "under", "while", "before", "out", "off", "up", "down", "dies", "dead", "military", "army", "forces", "border", "security",
        "state", "former", "fire", "court", "election", "united", "states", "kingdom", "least", "leader", "group", "becomes", "win", "wins",
        "withdrawal", "soldiers", "rebels", "strike", "strikes", "peace", "threatens", "warns", "rejects", "denies", "accuses", "an",
    ]),
    ("de", &["der", "das", "und", "von", "zu", "mit", "dem", "den", "ein", "eine", "nicht", "auf", "für", "ist", "sich", "im", "auch", "nach", "bei", "aus", "über", "werden", "wird"]),
    ("fr", &["le", "les", "des", "et", "du", "une", "est", "dans", "pour", "qui", "sur", "au", "aux", "par", "ses", "avec", "ont", "pas", "sont"]),
    ("es", &["el", "los", "las", "y", "una", "por", "para", "que", "del", "al", "su", "se", "con", "lo", "más", "han"]),
    ("it", &["il", "gli", "di", "che", "della", "dei", "delle", "nel", "una", "sono", "per", "alla", "dal", "è", "con"]),
    ("pt", &["os", "da", "dos", "das", "em", "uma", "não", "na", "ao", "pela", "pelo", "são", "com"]),
    ("nl", &["het", "een", "van", "niet", "voor", "zijn", "naar", "bij", "werd", "ook", "te", "wordt"]),
    ("sr", &["je", "su", "na", "se", "da", "od", "sa", "koji", "koja", "za", "nije", "iz", "kako", "је", "су", "на", "да", "од", "за"]),
    ("sv", &["och", "att", "som", "på", "är", "av", "för", "till", "inte", "ett"]),
    ("da", &["og", "at", "som", "på", "er", "af", "til", "ikke", "et", "ikke"]),
    ("pl", &["w", "z", "się", "jest", "nie", "że", "po", "przez", "oraz"]),
    ("ro", &["și", "la", "pe", "cu", "care", "pentru", "din", "sunt"]),
    ("sq", &["dhe", "të", "në", "për", "me", "nga", "është", "një"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "olarak"]),
    ("id", &["yang", "dan", "dengan", "untuk", "dari", "pada", "di"]),
];

/// The language of a text, or `None` where it could not be told.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let by_words = by_function_words(&sample);
    if sample.len() < SHORT {
        // In another script than Latin even a few words are surely not English; which language of the
        // script they are in may be wrong, and does less harm.
        return by_words.or_else(|| {
            let info = whatlang::detect(&sample)?;
            (info.script() != whatlang::Script::Latin).then(|| code(info.lang()))
        });
    }
    match whatlang::detect(&sample) {
        Some(info) if info.is_reliable() => Some(code(info.lang())),
        _ => by_words,
    }
}

/// A language tag or name as its ISO 639-1 code: `en-GB`, `EN`, `eng` and `English` are all `en`.
/// A code without a two-letter form is kept; anything else is `None`.
pub(crate) fn normalise(tag: &str) -> Option<String> {
    let lower = tag.trim().to_lowercase();
    let first = lower.split(['-', '_']).next().unwrap_or_default();
    if matches!(first, "und" | "zxx" | "mul" | "mis") {
        return None;
    }
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(first.to_owned());
    }
    let known = whatlang::Lang::all().iter().find(|lang| {
        first == lang.code() || lower == lang.eng_name().to_lowercase() || lower == lang.name().to_lowercase()
    });
    match known {
        Some(lang) => Some(code(*lang).to_owned()),
        None if first.len() == 3 && first.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(first.to_owned()),
        None => None,
    }
}

/// The English name of a code, for messages; the code itself where none is known.
pub(crate) fn name(code_given: &str) -> &str {
    whatlang::Lang::all().iter().find(|lang| code(**lang) == code_given).map_or(code_given, |lang| lang.eng_name())
}

/// The language with the most function words in the text, if one has more than all others.
fn by_function_words(text: &str) -> Option<&'static str> {
    let mut counts = vec![0_usize; FUNCTION_WORDS.len()];
    let mut words = 0;
    for word in text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        let lower = word.to_lowercase();
        for (count, (_, list)) in counts.iter_mut().zip(FUNCTION_WORDS) {
            *count += usize::from(list.contains(&lower.as_str()));
        }
    }
    let best = *counts.iter().max()?;
    // One such word in a dozen is enough for a headline, never for a page of names.
    if best == 0 || best * 12 < words {
        return None;
    }
    let mut leaders = counts.iter().zip(FUNCTION_WORDS).filter(|(count, _)| **count == best);
    let (_, (language, _)) = leaders.next()?;
    // A single word of another language than English may be a name ("El País", "Le Monde").
    let enough = *language == "en" || best >= 3;
    (leaders.next().is_none() && enough).then_some(*language)
}

/// A start and a middle of the text, so that a foreign opening does not speak for the whole.
fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= 2 * WINDOW {
        return text.into();
    }
    let middle = text.floor_char_boundary(text.len() / 2);
    let start = &text[..text.floor_char_boundary(WINDOW)];
    let rest = &text[middle..text.floor_char_boundary((middle + WINDOW).min(text.len()))];
    format!("{start} {rest}").into()
}

/// The ISO 639-1 code of a language `whatlang` knows; all of them have one.
fn code(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Epo => "eo",
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Yid => "yi",
        L::Pol => "pl",
        L::Amh => "am",
        L::Jav => "jv",
        L::Kor => "ko",
        L::Nob => "nb",
        L::Dan => "da",
        L::Swe => "sv",
        L::Fin => "fi",
        L::Tur => "tr",
        L::Nld => "nl",
        L::Hun => "hu",
        L::Ces => "cs",
        L::Ell => "el",
        L::Bul => "bg",
        L::Bel => "be",
        L::Mar => "mr",
        L::Kan => "kn",
        L::Ron => "ro",
        L::Slv => "sl",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Mkd => "mk",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Tam => "ta",
        L::Vie => "vi",
        L::Urd => "ur",
        L::Tha => "th",
        L::Guj => "gu",
        L::Uzb => "uz",
        L::Pan => "pa",
        L::Aze => "az",
        L::Ind => "id",
        L::Tel => "te",
        L::Pes => "fa",
        L::Mal => "ml",
        L::Ori => "or",
        L::Mya => "my",
        L::Nep => "ne",
        L::Sin => "si",
        L::Khm => "km",
        L::Tuk => "tk",
        L::Aka => "ak",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Afr => "af",
        L::Lat => "la",
        L::Slk => "sk",
        L::Cat => "ca",
        L::Tgl => "tl",
        L::Hye => "hy",
        L::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, name, normalise};

    #[test]
    fn headlines() {
        for text in [
            "Kosovo calls on Serbia to withdraw its troops",
            "Three soldiers were killed in Banjska.",
            "Police kill protesters in Cairo",
            "Kosovo Urges Serbian Military Withdrawal",
            "THE ARMY SAID SO",
        ] {
            assert_eq!(detect(text), Some("en"), "{text}");
        }
        for (text, language) in [
            ("Die Truppen wurden nach dem Angriff von der Grenze abgezogen und nicht ersetzt.", "de"),
            ("Les soldats ont été tués dans le nord par les rebelles", "fr"),
            ("Президент Сербии заявил о выводе войск с границы", "ru"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
        for text in ["", "Banjska", "1999", "Vučić Kurti Borrell", "🙂"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn long_texts() {
        let german = "Die Regierung in Pristina hat Serbien aufgefordert, seine Soldaten von der Grenze abzuziehen. Der Präsident erklärte am Montag, \
                      er wolle keine weitere Eskalation, und kündigte Gespräche mit der Europäischen Union an. Beobachter sind dennoch besorgt.";
        assert_eq!(detect(german), Some("de"));
        let english = "The government in Pristina has told Serbia to withdraw its soldiers from the border. The president said on Monday that he did \
                       not want the situation to get worse, and announced talks with the European Union. Observers remain worried.";
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect(&english.to_uppercase()), Some("en"));
    }

    #[test]
    fn tags() {
        for tag in ["en", "EN-gb", "eng", "English", "en_US"] {
            assert_eq!(normalise(tag).as_deref(), Some("en"), "{tag}");
        }
        assert_eq!(normalise("srp").as_deref(), Some("sr"));
        assert_eq!(normalise("Deutsch").as_deref(), Some("de"));
        assert_eq!(normalise("gsw").as_deref(), Some("gsw"));
        assert_eq!(normalise("und"), None);
        assert_eq!(normalise("no idea"), None);
        assert_eq!(name("de"), "German");
    }
}
