//! The word lists of the tokeniser. All are sorted: they are searched by bisection.

/// What an abbreviation's full stop depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A title or the like that stands before a name: keeps its stop if anything follows.
    Title,
    /// Keeps its stop before a number only.
    Number,
    /// A month: keeps its stop unless a sentence clearly starts after it.
    Month,
    /// A day or month that is a word or a name too: keeps its stop before a number.
    Day,
    /// May end a sentence.
    Suffix,
    /// A state of the U.S. as American agencies write it: keeps its stop after a comma.
    State,
    /// Always joined when anything follows.
    Always,
}

use Abbreviation::{Always, Day, Month, Number, State, Suffix, Title};

/// Abbreviations in lower case, without their stop.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, Abbreviation)] = &[
    ("adm", Title), ("al", Suffix), ("ala", State), ("amb", Title), ("approx", Always), ("apr", Month),
    ("ariz", State), ("ark", State), ("arrv", Always), ("art", Number), ("assn", Suffix), ("asst", Title),
    ("attn", Always), ("atty", Title), ("aug", Month), ("ave", Suffix), ("blvd", Suffix), ("brig", Title),
    ("bros", Suffix), ("c", Number), ("ca", Number), ("calif", State), ("capt", Title), ("cf", Always),
    ("ch", Number), ("cmdr", Title), ("co", Suffix), ("col", Title), ("colo", State), ("conn", State),
    ("corp", Suffix), ("cpl", Title), ("cpt", Title), ("ctr", Suffix), ("dec", Month), ("del", State),
    ("dep", Title), ("dept", Suffix), ("det", Title), ("dr", Title), ("drs", Title), ("ed", Number), ("eds", Number), ("eg", Always),
    ("esp", Always), ("esq", Suffix), ("est", Suffix), ("etc", Suffix), ("ext", Number), ("feb", Month),
    ("fig", Number), ("figs", Number), ("fla", State), ("fr", Title), ("fri", Month), ("ft", Title), ("ga", State),
    ("gen", Title), ("gens", Title), ("gov", Title), ("govs", Title), ("govt", Suffix), ("hon", Title), ("hwy", Number),
    ("ie", Always), ("ill", State), ("inc", Suffix), ("incl", Always), ("ind", State), ("insp", Title), ("intl", Suffix), ("jan", Month),
    ("jr", Suffix), ("jul", Month), ("jun", Month), ("kan", State), ("ky", State), ("la", State), ("lb", Suffix),
    ("lieut", Title), ("lt", Title), ("ltd", Suffix), ("ltda", Suffix), ("maj", Title), ("mar", Day), ("mass", State),
    ("md", State), ("messrs", Title), ("mich", State), ("minn", State), ("miss", State), ("mlle", Title), ("mme", Title),
    ("mo", State), ("mon", Month), ("mont", State), ("mr", Title), ("mrs", Title), ("ms", Title), ("msgr", Title),
    ("mt", Title), ("natl", Suffix), ("neb", State), ("nev", State), ("no", Number), ("nos", Number), ("nov", Month),
    ("oct", Month), ("okla", State), ("op", Number), ("ore", State), ("oz", Suffix), ("p", Number), ("pa", State), ("par", Number),
    ("para", Number), ("ph", Number), ("plc", Suffix), ("pls", Always), ("pp", Number), ("pres", Title), ("prof", Title),
    ("profs", Title), ("pte", Suffix), ("pty", Suffix), ("pvt", Title), ("rd", Suffix), ("ref", Number), ("rep", Title),
    ("reps", Title), ("rev", Title), ("rt", Title), ("sat", Day), ("sec", Number), ("sen", Title), ("sens", Title),
    ("sep", Month), ("sept", Month), ("sgt", Title), ("sq", Always), ("sr", Suffix), ("st", Title), ("ste", Title), ("sts", Suffix), ("sun", Day),
    ("supt", Title), ("tel", Number), ("tenn", State), ("tex", State), ("thu", Month), ("thur", Month), ("thurs", Month),
    ("tue", Month), ("tues", Month), ("univ", Suffix), ("v", Always), ("va", State), ("ven", Title), ("viz", Always),
    ("vol", Number), ("vols", Number), ("vs", Always), ("vt", State), ("wash", State), ("wed", Month), ("wis", State),
    ("wyo", State), ("yr", Suffix), ("yrs", Suffix),
];

/// Capitalised words that start a sentence far more often than they go on a name.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "About", "After", "All", "Also", "Although", "An", "And", "Another", "Any", "As", "At", "Because", "Before",
    "Both", "But", "By", "Despite", "During", "Each", "Earlier", "Even", "For", "From", "He", "Her", "Here", "His", "How",
    "However", "I", "If", "In", "It", "Its", "Last", "Later", "Many", "Meanwhile", "More", "Most", "My", "No", "Nor", "Not",
    "On", "One", "Other", "Our", "She", "Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There", "These",
    "They", "This", "Those", "Though", "To", "We", "What", "When", "Where", "While", "With", "You",
];

/// Prefixes that stay joined over a hyphen, after the LDC's list for English web text, less those
/// that the treebanks split.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "ante", "anti", "arch", "bi", "bio", "co", "contra", "counter", "cross", "cyber", "de", "dis", "e", "ex", "extra", "hyper",
    "infra", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "multi", "neo", "non", "over",
    "para", "post", "pre", "pro", "pseudo", "psycho", "re", "semi", "socio", "sub", "super", "trans", "tri",
    "ultra", "un", "uni", "vice",
];

/// Words joined over a hyphen by their second part.
const SUFFIXES: &[&str] = &["esque", "wise"];

/// Whole interjections with a hyphen.
#[rustfmt::skip]
const INTERJECTIONS: &[&str] = &[
    "hm-m", "m-hm", "m-hmm", "m-m", "mm-hm", "mm-hmm", "nuh-uh", "oh-ho", "uh-huh", "uh-oh", "uh-uh", "un-huh", "un-unh",
];

/// Words written as one that UD splits, in lower case, and where.
#[rustfmt::skip]
const CONTRACTIONS: &[(&str, u8)] = &[
    ("aint", 2), ("arent", 3), ("arnt", 2), ("cannot", 3), ("cant", 2), ("couldnt", 5), ("didnt", 3), ("doesnt", 4), ("dont", 2),
    ("gonna", 3), ("gotta", 3), ("hadnt", 3), ("hasnt", 3), ("havent", 4), ("heres", 4), ("hes", 2), ("im", 1),
    ("isnt", 2), ("itll", 2), ("ive", 1), ("shes", 3), ("shouldnt", 6), ("thats", 4), ("theres", 5), ("theyll", 4),
    ("theyre", 4), ("theyve", 4), ("wanna", 3), ("wasnt", 3), ("werent", 4), ("weve", 2), ("whats", 4), ("wont", 2),
    ("wouldnt", 5), ("youll", 3), ("youre", 3), ("youve", 3),
];

/// What follows a misspelt `its` that means `it is`.
#[rustfmt::skip]
const AFTER_IT_IS: &[&str] = &[
    "a", "also", "always", "an", "been", "getting", "going", "gonna", "just", "like", "my", "never", "not", "nothing", "now",
    "really", "simply", "so", "still", "the", "too", "very", "with", "your",
];

/// Units that are split from a number written onto them, as written.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "AM", "F", "GB", "GHz", "Hz", "K", "Kg", "Km", "M", "MB", "MHz", "MM", "MW", "PM", "TB", "am", "bn", "cm", "days",
    "ft", "g", "gb", "hh", "hour", "hours", "hr", "hrs", "k", "kHz", "kW", "kWh", "kb", "kg", "kgs", "km", "kms",
    "kn", "kph", "kt", "kts", "kw", "lb", "lbs", "m", "mb", "meters", "metres", "mg", "miles", "min", "mins",
    "minutes", "ml", "mm", "mn", "mph", "nm", "oz", "people", "percent", "persons", "pm", "rpm", "sec", "secs", "sq",
    "tn", "watt", "watts", "yrs",
];

/// Codes of currencies that are split from the number written onto them.
#[rustfmt::skip]
const CURRENCIES: &[&str] = &[
    "AED", "AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "INR", "IRR", "JPY", "KES", "KSh", "NGN", "PKR", "RMB", "RUB", "Rs", "SAR", "Sh",
    "TRY", "TSh", "UAH", "USD", "USh", "ZAR",
];

/// Last labels of host names and files that keep `name.label` one word.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "ac", "af", "ai", "asp", "au", "biz", "br", "ca", "cc", "ch", "cn", "co", "com", "csv", "de", "doc", "docx", "edu", "es", "eu", "exe", "fr", "ge",
    "gif", "gov", "html", "htm", "ie", "il", "info", "int", "io", "ir", "iq", "jp", "jpg", "ke", "lb", "ly", "me", "mil", "mp3", "net", "news",
    "ng", "nz", "org", "pdf", "ph", "php", "pk", "png", "ppt", "rs", "ru", "sa", "sy", "tv", "txt", "ua", "uk", "url", "xls", "xlsx", "xml", "za", 
];

/// Lowers ASCII into `buffer`; `None` if the word is longer or holds another character.
fn lowered<'b>(word: &str, buffer: &'b mut [u8; 12]) -> Option<&'b str> {
    let slot = buffer.get_mut(..word.len())?;
    slot.copy_from_slice(word.as_bytes());
    if !slot.is_ascii() {
        return None;
    }
    slot.make_ascii_lowercase();
    std::str::from_utf8(slot).ok()
}

fn in_list(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// The kind of abbreviation that `word` (without its stop) may be.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let mut buffer = [0; 12];
    let low = lowered(word, &mut buffer)?;
    let found = ABBREVIATIONS.binary_search_by(|(w, _)| (*w).cmp(low)).ok()?;
    let kind = ABBREVIATIONS[found].1;
    let capital = word.as_bytes()[0].is_ascii_uppercase();
    // Titles, months and states are names; `no.`, `mass.` and `sun.` in lower case are words.
    match kind {
        Title | Month | Day | State if !capital => None,
        Number if !capital && matches!(low, "no" | "art" | "ed" | "sec" | "par" | "op") => None,
        _ => Some(kind),
    }
}

/// Whether the capitalised `word` starts a sentence when it follows an abbreviation.
pub(crate) fn starts_sentence(word: &str) -> bool {
    in_list(STARTERS, word)
}

/// Whether `word` before a hyphen stays joined to what follows.
pub(crate) fn is_prefix(word: &str) -> bool {
    lowered(word, &mut [0; 12]).is_some_and(|w| in_list(PREFIXES, w))
}

/// Whether `word` after a hyphen stays joined to what goes before.
pub(crate) fn is_suffix(word: &str) -> bool {
    in_list(SUFFIXES, word)
}

/// Whether `word` is an interjection with a hyphen in it.
pub(crate) fn is_interjection(word: &str) -> bool {
    lowered(word, &mut [0; 12]).is_some_and(|w| in_list(INTERJECTIONS, w))
}

/// Where UD splits `word`, a contraction written without an apostrophe.
pub(crate) fn contraction(word: &str) -> Option<usize> {
    if !(2..=8).contains(&word.len()) {
        return None;
    }
    let mut buffer = [0; 12];
    let low = lowered(word, &mut buffer)?;
    let found = CONTRACTIONS.binary_search_by(|(w, _)| (*w).cmp(low)).ok()?;
    // `IM` and `Im` may be abbreviations and names, `IVE` too.
    let capitals = word.len() < 4 && word.as_bytes()[1].is_ascii_uppercase();
    (!capitals).then(|| usize::from(CONTRACTIONS[found].1))
}

/// Whether `its` before `next` is a misspelt `it's`.
pub(crate) fn after_it_is(next: &str) -> bool {
    in_list(AFTER_IT_IS, next)
}

/// Whether `word` is a unit that is split from the number before it.
pub(crate) fn is_unit(word: &str) -> bool {
    in_list(UNITS, word)
}

/// Whether `word` is a currency's code.
pub(crate) fn is_currency_code(word: &str) -> bool {
    in_list(CURRENCIES, word)
}

/// Whether `label` ends a host or file name.
pub(crate) fn is_label(label: &str) -> bool {
    lowered(label, &mut [0; 12]).is_some_and(|l| LABELS.contains(&l))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(CONTRACTIONS.is_sorted_by(|a, b| a.0 < b.0));
        for list in [STARTERS, PREFIXES, SUFFIXES, INTERJECTIONS, AFTER_IT_IS, UNITS, CURRENCIES] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }

    #[test]
    fn case_decides() {
        assert_eq!(abbreviation("Gen"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("sun"), None);
        assert_eq!(abbreviation("No"), Some(Abbreviation::Number));
        assert_eq!(abbreviation("no"), None);
        assert_eq!(contraction("cannot"), Some(3));
        assert_eq!(contraction("IM"), None);
    }
}
