//! What a head word can be when the lexicon does not know it: time, quantity, person or thing.

use forewarn_language::Upos;

use super::phrase;
use crate::tree::Tree;

const TIMES: [&str; 50] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
    "tomorrow",
    "yesterday",
    "tonight",
    "day",
    "week",
    "month",
    "year",
    "decade",
    "century",
    "hour",
    "minute",
    "second",
    "moment",
    "morning",
    "afternoon",
    "evening",
    "night",
    "weekend",
    "midnight",
    "noon",
    "dawn",
    "dusk",
    "spring",
    "summer",
    "autumn",
    "winter",
    "time",
    "period",
    "eve",
    "anniversary",
    "era",
];

const QUANTITIES: [&str; 34] = [
    "dozen",
    "dozens",
    "score",
    "scores",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "number",
    "numbers",
    "handful",
    "majority",
    "minority",
    "half",
    "third",
    "quarter",
    "most",
    "many",
    "some",
    "several",
    "few",
    "all",
    "one",
    "any",
    "none",
    "each",
    "lot",
    "rest",
    "couple",
    "pair",
    "percent",
    "total",
];

/// Endings of nouns for people.
const PERSON_ENDINGS: [&str; 12] =
    ["man", "men", "woman", "women", "ist", "ists", "ian", "ians", "eer", "eers", "ee", "ees"];

/// Endings that people share with many things: they count for names of trades only, and not for these words.
const AGENT_ENDINGS: [&str; 6] = ["er", "ers", "or", "ors", "ar", "ars"];

const NOT_PEOPLE: &[&str] = &[
    "weather",
    "power",
    "order",
    "letter",
    "computer",
    "matter",
    "danger",
    "corner",
    "border",
    "paper",
    "water",
    "river",
    "factor",
    "error",
    "terror",
    "horror",
    "disaster",
    "manner",
    "character",
    "chapter",
    "center",
    "quarter",
    "shelter",
    "layer",
    "offer",
    "answer",
    "number",
    "anger",
    "hunger",
    "fever",
    "cancer",
    "server",
    "tower",
    "trailer",
    "tanker",
    "freighter",
    "cruiser",
    "helicopter",
    "fighter jet",
    "master plan",
    "theater",
    "counter",
    "register",
    "shooter game",
    "cover",
    "charter",
    "encounter",
    "murder",
    "slaughter",
    "laughter",
    "prayer",
    "dinner",
    "supper",
    "transfer",
    "barrier",
    "carrier",
    "career",
    "pier",
    "frontier",
    "sector",
    "tractor",
    "reactor",
    "motor",
    "mirror",
    "favor",
    "favour",
    "labor",
    "harbor",
    "harbour",
    "humor",
    "rumor",
    "color",
    "honor",
    "behavior",
    "odor",
    "door",
    "floor",
    "minor",
    "major",
    "anchor",
    "sponsorship",
    "indicator",
    "vector",
    "corridor",
    "monitor",
    "detector",
    "generator",
    "calendar",
    "dollar",
    "war",
    "car",
    "bar",
    "year",
    "star",
    "radar",
    "cellar",
    "pillar",
    "bazaar",
    "fear",
    "tear",
    "appear",
    "gear",
    "guitar",
    "seminar",
    "sugar",
    "altar",
    "beer",
    "deer",
    "steer",
    "committee",
    "guarantee",
    "fee",
    "tree",
    "coffee",
    "degree",
    "knee",
    "decree",
    "jubilee",
    "agree",
    "list",
    "assist",
    "twist",
    "mist",
    "fist",
    "wrist",
    "checklist",
    "shortlist",
    "specimen",
    "regimen",
    "abdomen",
    "human",
    "ban",
    "plan",
    "van",
    "newsletter",
    "tiger",
    "container",
    "laser",
];

pub(super) fn is_time(tree: &Tree, t: usize) -> bool {
    if !matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv) {
        return false;
    }
    let lower = tree.lower(t);
    TIMES.contains(&lower)
        || TIMES.contains(&tree.lemma(t)) && tree.upos(t) == Upos::Noun
        || lower == "may" && tree.upos(t) == Upos::Propn && tree.case_of(t).is_some()
        || lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit()) && tree.case_of(t).is_some()
}

/// Whether the head only counts what its "of" phrase names ("dozens of", "two of").
pub(super) fn is_quantity(tree: &Tree, t: usize) -> bool {
    tree.upos(t) == Upos::Num || QUANTITIES.contains(&tree.lower(t)) || QUANTITIES.contains(&tree.lemma(t))
}

/// Whether a common noun that the lexicon lacks looks like a word for people.
pub(super) fn looks_like_people(tree: &Tree, t: usize) -> bool {
    if tree.upos(t) != Upos::Noun {
        return false;
    }
    let lemma = tree.lemma(t);
    if lemma.len() < 5 || NOT_PEOPLE.iter().any(|w| lemma == *w || lemma.len() > w.len() + 2 && lemma.ends_with(w)) {
        return false;
    }
    PERSON_ENDINGS.iter().any(|e| lemma.ends_with(e))
        || phrase::is_plural(tree, t) && AGENT_ENDINGS.iter().any(|e| tree.lower(t).ends_with(e) && e.ends_with('s'))
}

/// Whether direction words make a part of a country of the name ("southern Lebanon").
pub(super) fn is_direction(lower: &str) -> bool {
    let stem = lower.strip_suffix("ern").unwrap_or(lower);
    let ends = ["north", "south", "east", "west"].iter().any(|d| stem.ends_with(d));
    ends && lower.len() > 4 && lower.ends_with("ern")
        || matches!(lower, "central" | "rural" | "upper" | "lower" | "mainland")
}
