//! The language of a report.
//!
//! Function words come first: they tell English from its neighbours in a headline as in a page. Where
//! they leave doubt, a long text is given to `whatlang`, and a short one is English only if it looks
//! English and like nothing else known here. What is left is unknown.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Text shorter than this, in bytes, is not given to `whatlang`, which guesses badly on headlines.
const SHORT: usize = 180;

/// How much of a long text is looked at, from its start and again from its middle, in bytes.
const WINDOW: usize = 1500;

/// Function words, and for English the plainest words of news, of the languages that English is most
/// easily taken for. A word of two of them counts for both.
const WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the of and to that with for from by at is are were has have had after over says said his her their its it against amid near who which between into about be been not will would more than but this they he she \
         calls kills kill killed killing urges talks troops police people attack attacks new two three four five six seven eight nine ten first during while before out off up down dies dead military army forces border security former \
         election united states kingdom least leader leaders group becomes win wins won withdrawal soldiers rebels strike strikes peace threatens warns warned rejects denies denied accuses accused when where all as on was an or could may \
         some many most other last next week month year years day days begin begins began open opens end ends year's country countries world president's government's arrested arrest announced announces releases released officials official \
         fighters villagers village town killing wounded injured protest protesters protests violence clashes ceasefire crisis deal vote votes voters sought seek seeks launch launches launched hold holds held meet meets met open opened play plays built build closes close closed shot shoots shooting bans ban banned launches awards award released release visit visits arrive arrives arrived \
         attend attends agree agrees agreed agreement defended steal steals stolen fired fires heist million billion children women men youth workers bombing bombs blast explosion crash flood floods earthquake storm storms suicide published death deaths born cases \
         defeats defeated elected resigns resigned sentenced found missing hostages refugees kidnapped city south north east west southern northern eastern western island sea ship ships plane planes flight a in was i no he so me do am war also will become made make makes led leads lead ago again under since there",
    ),
    (
        "de",
        "der die das und von zu mit dem den ein eine nicht auf für ist sich im auch nach bei aus über werden wird war an am es sind hat wie um sie er vor gegen zum zur",
    ),
    (
        "fr",
        "le la les des et du une est dans pour qui sur au aux par ses avec ont pas sont en de un que a ce il se plus",
    ),
    ("es", "el la los las y una por para que del al su se con lo más han en de un es a no como"),
    ("it", "il la gli di che della dei delle nel una sono per alla dal è con e un in del da non a le i si"),
    ("pt", "o a os da do dos das em uma não na no ao pela pelo são com de e um que para por as se"),
    ("nl", "de het een van niet voor zijn naar bij werd ook te wordt in op is dat en met over der aan"),
    (
        "sr",
        "je su na se da od sa koji koja za nije iz kako i u o ne kod protiv nakon је су на се да од са који која за није из како и у о не против након",
    ),
    ("sv", "och att som på är av för till inte ett en det den med de i om har"),
    ("da", "og at som på er af til ikke et en det den med de i for har var om"),
    ("pl", "w z się jest nie że po przez oraz na do i o za od to jak dla"),
    ("ro", "și la pe cu care pentru din sunt de în a nu un o cel"),
    ("sq", "dhe të në për me nga është një i e se që"),
    ("tr", "ve bir bu için ile olarak da de"),
    ("id", "yang dan dengan untuk dari pada di ke ini itu"),
    ("ru", "и в на не что с по за из от для как о об президент"),
];

/// Endings and letter pairs that English words have and others hardly ever.
const ENGLISH_MARKS: &[&str] = &[
    "ing", "ght", "sh", "th", "wh", "ck", "ship", "ness", "ow", "aw", "ew", "ee", "ea", "tion", "ous", "ary", "ity",
    "ver",
];

/// The language of a text, or `None` where it could not be told.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let tally = Tally::of(&sample);
    if let Some(language) = tally.sure() {
        return Some(language);
    }
    let reliable =
        (sample.len() >= SHORT).then(|| whatlang::detect(&sample)).flatten().filter(whatlang::Info::is_reliable);
    if let Some(info) = reliable {
        return Some(code(info.lang()));
    }
    if let Some(language) = tally.likely() {
        return Some(language);
    }
    if looks_english(&sample) && tally.counts[0] >= tally.others() {
        return Some("en");
    }
    // In another script than Latin even a few words are surely not English; which language of the
    // script they are in may be wrong, and does less harm.
    let info = whatlang::detect(&sample)?;
    (info.script() != whatlang::Script::Latin).then(|| code(info.lang()))
}

/// How many words of a text are function words of each language.
struct Tally {
    counts: Vec<usize>,
    words: usize,
}

impl Tally {
    fn of(text: &str) -> Self {
        static LANGUAGES_OF: OnceLock<HashMap<&str, Vec<usize>>> = OnceLock::new();
        let languages_of = LANGUAGES_OF.get_or_init(|| {
            let mut languages_of: HashMap<&str, Vec<usize>> = HashMap::new();
            for (at, (_, words)) in WORDS.iter().enumerate() {
                words.split_whitespace().for_each(|word| languages_of.entry(word).or_default().push(at));
            }
            languages_of
        });
        let mut tally = Self { counts: vec![0; WORDS.len()], words: 0 };
        let mut lower = String::new();
        for word in text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
            tally.words += 1;
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            for &language in languages_of.get(lower.as_str()).into_iter().flatten() {
                tally.counts[language] += 1;
            }
        }
        tally
    }

    /// English with many of its words and few of any other's.
    fn sure(&self) -> Option<&'static str> {
        (self.counts[0] >= 3 && self.counts[0] * 6 >= self.words && self.counts[0] > 2 * self.others()).then_some("en")
    }

    /// The language with more words than any other, if there are enough for it to mean something.
    fn likely(&self) -> Option<&'static str> {
        let best = *self.counts.iter().max()?;
        let mut leaders = self.counts.iter().zip(WORDS).filter(|(count, _)| **count == best);
        let (_, (language, _)) = leaders.next()?;
        // One word may be a name ("El País", "Le Monde"); for English the list is long and one will do.
        let enough =
            if *language == "en" { best >= 1 && best * 12 >= self.words } else { best >= 3 && best * 5 >= self.words };
        (leaders.next().is_none() && enough).then_some(*language)
    }

    /// The most words of any language but English.
    fn others(&self) -> usize {
        self.counts[1..].iter().copied().max().unwrap_or(0)
    }
}

/// Whether plain ASCII words have shapes that only English has.
fn looks_english(text: &str) -> bool {
    let words = text.split(|letter: char| !(letter.is_alphabetic() || letter == '\'' || letter == '’'));
    // Names keep their own spelling in any language: only words in lower case tell.
    let mut plain = words.filter(|word| word.len() >= 4 && word.starts_with(char::is_lowercase)).peekable();
    let possessive = text.is_ascii() && text.contains("'s ") || text.contains("’s ");
    (plain.peek().is_some() && possessive) || {
        let (mut marked, mut foreign) = (0, 0);
        for word in plain {
            marked += usize::from(
                ENGLISH_MARKS.iter().any(|mark| word.contains(mark))
                    || (word.ends_with("ed") && word.len() >= 5)
                    || word.ends_with("ies"),
            );
            foreign += usize::from(!word.is_ascii() && !word.contains('’'));
        }
        marked > 0 && foreign == 0
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
            "Gay couples allowed to wed in Sydney, Australia.",
            "Al Jazeera opens an English language channel, Al Jazeera English, formerly Al Jazeera International, and started broadcasting today from Doha, Kuala Lumpur and Sarajevo in all of Europe.",
        ] {
            assert_eq!(detect(text), Some("en"), "{text}");
        }
        for (text, language) in [
            ("Die Truppen wurden nach dem Angriff von der Grenze abgezogen und nicht ersetzt.", "de"),
            ("Les soldats ont été tués dans le nord par les rebelles", "fr"),
            ("Kosovo i Srbija nastavljaju pregovore u Briselu nakon napada na sela", "sr"),
            ("El presidente dijo que los soldados se retiran de la frontera", "es"),
            ("Il presidente ha detto che i soldati si ritirano dal confine", "it"),
            ("Президент Сербии заявил о выводе войск с границы", "ru"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
        for text in [
            "Verhandlungen gescheitert",
            "Serbien zieht Truppen ab",
            "Trump droht Iran",
            "Vučić odbija sporazum",
            "Guerra in Ucraina, Mosca attacca",
        ] {
            assert_ne!(detect(text), Some("en"), "{text}");
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
