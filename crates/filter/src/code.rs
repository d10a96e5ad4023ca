//! Values out of closed lists, and the nearest of them.

use forewarn_codebook::EventType;
use forewarn_codebook::fault::nearest_few;
use smol_str::SmolStr;

pub(crate) use forewarn_codebook::ontology::{CONTEXTS, SECTORS};

/// The words of `factuality` and `status`.
pub const FACTUALITIES: [&str; 7] =
    ["asserted", "denied", "negated", "announced", "disavowed", "hypothetical", "background"];

/// The event sets: our own and those that can be imported. The ledger has these words in its rows.
pub const SETS: [&str; 12] = [
    "forewarn",
    "icews",
    "gdelt1",
    "gdelt2",
    "polecat",
    "phoenix",
    "petrarch",
    "acled",
    "ucdp-ged",
    "ucdp-candidate",
    "plover",
    "dyads",
];

/// Words that stand for several sets.
const SET_FAMILIES: [(&str, &[&str]); 2] =
    [("gdelt", &["gdelt1", "gdelt2"]), ("ucdp", &["ucdp-ged", "ucdp-candidate"])];

/// Words for quad classes.
const QUADS: [(&str, &[u8]); 6] = [
    ("verbal-cooperation", &[1]),
    ("material-cooperation", &[2]),
    ("verbal-conflict", &[3]),
    ("material-conflict", &[4]),
    ("cooperation", &[1, 2]),
    ("conflict", &[3, 4]),
];

/// The words of `list` that `word` means, in any case and with `_`, `-` or a space alike; empty for none.
pub(crate) fn one_of(list: &[&'static str], word: &str) -> Vec<SmolStr> {
    let key = fold(word);
    if let Some(found) = list.iter().find(|w| fold(w) == key) {
        return vec![SmolStr::new_static(found)];
    }
    let family = SET_FAMILIES.iter().find(|f| f.0 == key && f.1.iter().all(|s| list.contains(s)));
    family.map_or(Vec::new(), |f| f.1.iter().map(|s| SmolStr::new_static(s)).collect())
}

/// The quad classes that `word` means: a digit from 1 to 4 or words.
pub(crate) fn quad(word: &str) -> Option<&'static [u8]> {
    const DIGITS: [(&str, &[u8]); 4] = [("1", &[1]), ("2", &[2]), ("3", &[3]), ("4", &[4])];
    let key = fold(word);
    DIGITS.iter().chain(&QUADS).find(|q| q.0 == key).map(|q| q.1)
}

/// The words for quad classes.
pub(crate) fn quad_words() -> impl Iterator<Item = &'static str> {
    QUADS.iter().map(|q| q.0)
}

/// The type and mode that `word` means, as `mode` or `TYPE/mode`.
pub(crate) fn mode(word: &str) -> Option<(Option<EventType>, &'static str)> {
    let (event, mode) = word.split_once('/').map_or((None, word), |(event, mode)| (Some(event), mode));
    let key = fold(mode);
    match event {
        Some(event) => {
            let event = event_type(event)?;
            event.modes().find(|m| fold(m) == key).map(|m| (Some(event), m))
        }
        None => modes().find(|m| fold(m) == key).map(|m| (None, m)),
    }
}

/// The type that `word` names, in any case.
pub(crate) fn event_type(word: &str) -> Option<EventType> {
    EventType::parse(&word.to_ascii_uppercase())
}

/// Every mode of every type.
pub(crate) fn modes() -> impl Iterator<Item = &'static str> {
    EventType::ALL.into_iter().flat_map(EventType::modes)
}

/// Where else `word` has a meaning: a term to write instead.
pub(crate) fn elsewhere(word: &str) -> Option<String> {
    if let Some(event) = event_type(word) {
        return Some(format!("it is a type: write `type:{}`", event.as_str()));
    }
    if let Some((event, mode)) = mode(word) {
        let event = event.map(|e| format!("{}/", e.as_str())).unwrap_or_default();
        return Some(format!("it is a mode: write `mode:{event}{mode}`"));
    }
    let lists: [(&str, &[&'static str]); 3] = [("context", &CONTEXTS), ("factuality", &FACTUALITIES), ("set", &SETS)];
    lists.into_iter().find_map(|(field, list)| {
        let found = list.iter().find(|w| fold(w) == fold(word))?;
        Some(format!("it is a {field}: write `{field}:{found}`"))
    })
}

/// "did you mean `A`, `B` or `C`?", of what is nearest to `word`.
pub(crate) fn nearest_of<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    ask(&nearest_few(word, candidates, 3))
}

/// "did you mean `A`, `B` or `C`?"
pub(crate) fn ask(words: &[impl AsRef<str>]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|w| format!("`{}`", w.as_ref())).collect();
    let (last, rest) = words.split_last()?;
    let rest = rest.join(", ");
    Some(if rest.is_empty() { format!("did you mean {last}?") } else { format!("did you mean {rest} or {last}?") })
}

/// Lower case, with one kind of joint.
fn fold(word: &str) -> String {
    word.to_ascii_lowercase().replace(['_', ' '], "-")
}
