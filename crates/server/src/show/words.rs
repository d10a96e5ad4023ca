//! Codes in words: types, quad classes, CAMEO roots, precision of days, rules.

use forewarn_exchange::row::{IncidentRow, PlaceRow};
use jiff::civil::Date;

use crate::show::{day, party};

/// What a type says between its two sides: "used force against"; for modes that are more telling, theirs.
pub fn act(event_type: Option<&str>, mode: Option<&str>) -> &'static str {
    match (event_type.unwrap_or(""), mode.unwrap_or("")) {
        ("AGREE", _) => "promised or agreed something to",
        ("CONSULT", "visit") => "visited",
        ("CONSULT", "phone") => "spoke by phone with",
        ("CONSULT", _) => "met or talked with",
        ("SUPPORT", _) => "spoke in support of",
        ("COOPERATE", _) => "worked together with",
        ("AID", _) => "gave aid to",
        ("CONCEDE", _) => "gave way to",
        ("RETREAT", "withdraw") => "withdrew from",
        ("RETREAT", "release") => "released",
        ("RETREAT", "ceasefire") => "agreed a ceasefire with",
        ("RETREAT", "resign") => "resigned, before",
        ("RETREAT", _) => "drew back from",
        ("REQUEST", "assist") => "asked for help from",
        ("REQUEST", "meet") => "asked for talks with",
        ("REQUEST", _) => "demanded something of",
        ("ACCUSE", "disapprove") => "criticised",
        ("ACCUSE", "investigate") => "investigated",
        ("ACCUSE", _) => "accused",
        ("REJECT", _) => "rejected what was asked by",
        ("THREATEN", "violence") => "threatened force against",
        ("THREATEN", _) => "threatened",
        ("PROTEST", "riot") => "rioted against",
        ("PROTEST", "strike") => "went on strike against",
        ("PROTEST", "boycott") => "boycotted",
        ("PROTEST", "obstruct") => "blocked",
        ("PROTEST", _) => "protested against",
        ("SANCTION", "expel") => "expelled",
        ("SANCTION", "convict") => "convicted",
        ("SANCTION", "withdraw") => "walked out on",
        ("SANCTION", _) => "cut relations with or put sanctions on",
        ("MOBILIZE", "police") => "put police on alert or moved them against",
        ("MOBILIZE", _) => "moved or alerted forces against",
        ("COERCE", "seize") => "seized property of",
        ("COERCE", "arrest") => "arrested",
        ("COERCE", "deport") => "deported",
        ("COERCE", "restrict") => "restricted",
        ("COERCE", "curfew" | "martial-law") => "put under emergency rule",
        ("COERCE", "cyber") => "attacked by computer",
        ("COERCE", _) => "coerced",
        ("ASSAULT", "abduct") => "abducted",
        ("ASSAULT", "torture") => "tortured",
        ("ASSAULT", "destroy") => "destroyed property of",
        ("ASSAULT", "beat") => "beat",
        ("ASSAULT", "crowd-control") => "used force to control a crowd of",
        ("ASSAULT", "firearms") => "used firearms against",
        ("ASSAULT", "explosives" | "suicide-attack") => "bombed",
        ("ASSAULT", "aerial") => "attacked from the air",
        ("ASSAULT", "drone") => "attacked by drone",
        ("ASSAULT", "heavy-weapons") => "shelled or struck",
        ("ASSAULT", _) => "used force against",
        _ => "said something about",
    }
}

/// What a status puts before or around the act: "is said not to have".
pub fn hedge(factuality: Option<&str>) -> &'static str {
    match factuality {
        Some("denied") => "Denied: ",
        Some("negated") => "Said not to have happened: ",
        Some("announced") => "Announced, not done yet: ",
        Some("disavowed") => "Not intended, it is said: ",
        Some("hypothetical") => "Only thought possible: ",
        Some("background") => "Recalled as history: ",
        _ => "",
    }
}

/// The quad class in words.
pub fn quad(class: Option<u8>) -> &'static str {
    match class {
        Some(1) => "verbal cooperation",
        Some(2) => "material cooperation",
        Some(3) => "verbal conflict",
        Some(4) => "material conflict",
        _ => "no class",
    }
}

/// What the two-digit root of a CAMEO code stands for.
pub fn cameo(code: &str) -> &'static str {
    const ROOTS: [&str; 20] = [
        "a statement",
        "an appeal",
        "intent to cooperate",
        "consultation",
        "diplomatic cooperation",
        "material cooperation",
        "aid",
        "yielding",
        "investigation",
        "a demand",
        "disapproval",
        "rejection",
        "a threat",
        "protest",
        "a show of force",
        "reduced relations",
        "coercion",
        "assault",
        "fighting",
        "mass violence",
    ];
    let root = code.get(..2).and_then(|r| r.parse::<usize>().ok());
    root.and_then(|r| ROOTS.get(r.checked_sub(1)?)).copied().unwrap_or("no code of CAMEO 1.1b3")
}

/// A value of the Goldstein scale in words.
pub fn goldstein(value: f64) -> &'static str {
    match value {
        v if v <= -7.0 => "near its most hostile",
        v if v <= -3.0 => "hostile",
        v if v < 0.0 => "mildly hostile",
        v if v < 3.0 => "neutral to mildly friendly",
        v if v < 7.0 => "friendly",
        _ => "near its most friendly",
    }
}

/// How precisely a day is known.
pub fn precision(word: Option<&str>) -> &'static str {
    match word {
        Some("day") => "known to the day",
        Some("week") => "known to the week",
        Some("month") => "known to the month",
        Some("season") => "known to the season",
        Some("year") => "known to the year",
        Some("decade") => "known to the decade",
        Some("open") => "one end is open",
        Some("published") => "no text gives a day: bounded by publication only",
        Some("unresolved") => "the words could not be turned into a day",
        _ => "no words give a day",
    }
}

/// What a merge rests on, for each kind of reason.
pub fn reason(what: &str) -> &'static str {
    match what {
        "type" => "the kind of act",
        "time" => "when",
        "place" => "where",
        "actor" => "who acted",
        "recipient" => "who was acted on",
        "numbers" => "numbers",
        "wording" => "words in common",
        "story" => "the reports' stories are alike",
        "copy" => "one text is copied from the other",
        "sentence" => "where they stand in one report",
        "correction" => "a correction by hand",
        _ => "",
    }
}

/// Log odds in words.
pub fn odds(weight: f32) -> &'static str {
    match weight {
        w if w >= 1.5 => "speaks strongly for it",
        w if w >= 0.5 => "speaks for it",
        w if w > 0.05 => "speaks weakly for it",
        w if w >= -0.05 => "says little",
        w if w > -0.5 => "speaks weakly against it",
        w if w > -1.5 => "speaks against it",
        _ => "speaks strongly against it",
    }
}

/// What a rule of parties, voices, days, places and numbers does. Rules of events are named by file and word and are not
/// here.
pub fn rule(id: &str) -> Option<&'static str> {
    Some(match id {
        "who/country" => "a country's name",
        "who/adjective" => "an adjective of a country or people",
        "who/organisation" => "an organisation that the lexicon knows",
        "who/known-person" => "a holder of public office that the lexicon knows",
        "who/person" => "a person's name",
        "who/role" => "a word for a role, with what stands before it",
        "who/people" => "a people",
        "who/armed-people" => "a people, bearing arms",
        "who/equipment" => "arms, which act for their owner",
        "who/seat" => "a seat of government, which stands for the government",
        "who/place" => "a place, which stands for those who are there",
        "who/possessor" => "whose it is",
        "who/pronoun" => "a pronoun, and whom it stands for",
        "who/description" => "a description, and whom it stands for",
        "who/short-name" => "a short name, and whom it stands for",
        "who/report-country" => "the country that the report is about",
        "who/medium" => "a news medium",
        "who/number" => "a number of people",
        "parties/country-of-the-event" => "the country in which the event lies",
        "parties/only-other-country" => "the only other country that the sentence names",
        "parties/shared-noun" => "a noun that two countries share",
        "parties/the-speaker" => "the one who speaks",
        "place/own-phrase" => "a phrase of place beside the verb",
        "place/of-object" => "the place of the one acted on",
        "place/of-subject" => "the place of the one acting",
        "place/of-noun" => "the place of the noun that tells the act",
        "place/object" => "the place is what is acted on",
        "place/towards" => "the place that the act goes to",
        "place/before-noun" => "a place's name before the noun",
        "place/clause" => "a phrase of place in the clause above",
        "voice/report-metadata" => "the publisher, as the report's data name it",
        "voice/dateline" => "the agency in the report's dateline",
        "according-to" => "\u{201c}according to\u{201d} and the like",
        "told-medium" => "someone told a medium",
        "verb/that" => "a verb of saying, with what is said in its clause",
        "verb/quotation" => "a verb of saying, with a quotation",
        "verb/object" => "a verb of saying, with what is said as its object",
        "verb/order" => "a verb of saying, with an order",
        "verb/about" => "a verb of saying, with what it is about",
        "verb/inserted" => "a verb of saying, set into the sentence",
        "verb/beside" => "a verb of saying, beside the sentence",
        "verb/to" => "a verb of saying, with an infinitive",
        "weekday" => "a weekday, counted from the day of publication",
        "today" => "the day of publication",
        "yesterday" => "the day before publication",
        "overnight" => "the night before publication",
        "part-of-day" => "a part of the day of publication",
        "relative-unit" => "so many days, weeks or months from publication",
        "ago" => "so long before publication",
        "month" => "a month by name",
        "season" => "a season",
        "year" => "a year",
        "decade" => "a decade",
        "range" => "from one day to another",
        "since" => "since a day",
        "until" => "until a day",
        "shift" => "some time before or after another",
        "counts/object" => "a number before what the verb acts on",
        "counts/passive" => "a number before the subject of a passive",
        "counts/subject" => "a number before the subject",
        "counts/noun" => "a number beside the noun of the act",
        "counts/of" => "a number behind \u{201c}of\u{201d}",
        "counts/of-a-party" => "the number of a party",
        "counts/state" => "a number of people in a state",
        "counts/kind" => "a number of things of a kind",
        "counts/toll" => "a toll",
        "counts/lives" => "lives claimed",
        "counts/to-death" => "so many to death",
        "counts/strong" => "a force so many strong",
        _ => return None,
    })
}

/// The first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// "in Banjska" and "near"-like words as fine as the place is known.
pub fn at(place: &PlaceRow) -> String {
    match place.precision.as_str() {
        "exact" | "settlement" => format!("in {}", place.name),
        "district" => format!("in the district of {}", place.name),
        _ => format!("somewhere in {}", place.name),
    }
}

/// "on 2023-09-24".
pub fn on(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (None, None) => "on a day that nobody gives".to_owned(),
        (Some(a), Some(b)) if a == b => format!("on {a}"),
        (Some(a), Some(b)) => format!("between {a} and {b}"),
        _ => day::text(start, end),
    }
}

/// Words that begin a side in small letters where it stands inside a sentence.
const SMALL: [&str; 36] = [
    "a",
    "an",
    "the",
    "about",
    "around",
    "some",
    "several",
    "many",
    "most",
    "more",
    "at",
    "up",
    "over",
    "nearly",
    "almost",
    "dozens",
    "hundreds",
    "thousands",
    "scores",
    "its",
    "his",
    "her",
    "their",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "both",
    "all",
    "unknown",
    "armed",
];

/// A side as it stands inside a sentence: "About 30 men" is "about 30 men".
fn inner(side: &str) -> String {
    let first = side.split([' ', '-']).next().unwrap_or("");
    if SMALL.contains(&first.to_lowercase().as_str()) {
        format!("{}{}", first.to_lowercase(), &side[first.len()..])
    } else {
        side.to_owned()
    }
}

/// Who did what to whom, where and when.
pub fn sentence(row: &IncidentRow) -> String {
    let recipient =
        if row.recipient.is_empty() { String::new() } else { format!(" {}", inner(&party::text(&row.recipient))) };
    let act = act(Some(&row.event_type), row.event_mode.as_deref());
    // Without anyone acted on, the word that leads to them goes too.
    let act = if recipient.is_empty() {
        ["against", "with", "from", "to", "of", "by", "before", "on"]
            .iter()
            .find_map(|w| act.strip_suffix(w).and_then(|a| a.strip_suffix(' ')))
            .map_or(act, |a| a.trim_end_matches(','))
    } else {
        act
    };
    let sides = party::text(&row.actor) + &recipient;
    // A side that names the place needs no second word of it.
    let told = row.place.as_ref().filter(|p| !sides.contains(p.name.as_str()));
    let place = told.map_or_else(String::new, |p| format!(" {}", at(p)));
    format!(
        "{}{} {act}{recipient}{place} {}",
        hedge(Some(&row.status)),
        party::text(&row.actor),
        on(row.date_start, row.date_end)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_codebook::EventType;
    use forewarn_exchange::row::PartyRow;

    #[test]
    fn every_type_has_words() {
        for t in EventType::ALL {
            for mode in t.modes().map(Some).chain([None]) {
                assert_ne!(act(Some(t.as_str()), mode), act(None, None), "{} {mode:?}", t.as_str());
            }
            assert!(!cameo(t.default_cameo(None)).starts_with("no code"), "{}", t.as_str());
        }
        assert_eq!(
            (cameo("1831"), cameo("204"), cameo("21"), cameo("")),
            ("assault", "mass violence", cameo("99"), cameo("99"))
        );
    }

    #[test]
    fn an_incident_is_told_in_a_sentence() {
        let party = |text: &str| vec![PartyRow { text: text.to_owned(), ..PartyRow::default() }];
        let day = jiff::civil::date(2023, 9, 24);
        let mut row = IncidentRow {
            event_type: "ASSAULT".to_owned(),
            status: "denied".to_owned(),
            actor: party("Gunmen"),
            recipient: party("police"),
            date_start: Some(day),
            date_end: Some(day),
            place: Some(PlaceRow {
                name: "Torvik".to_owned(),
                precision: "settlement".to_owned(),
                ..PlaceRow::default()
            }),
            ..IncidentRow::default()
        };
        assert_eq!(sentence(&row), "Denied: Gunmen used force against police in Torvik on 2023-09-24");
        row.recipient = party("The Torvik police");
        assert_eq!(sentence(&row), "Denied: Gunmen used force against the Torvik police on 2023-09-24");
        row.recipient = Vec::new();
        row.status = "asserted".to_owned();
        row.place = None;
        assert_eq!(sentence(&row), "Gunmen used force on 2023-09-24");
    }
}
