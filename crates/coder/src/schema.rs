//! The fields of the claim's records: name, type, unit or code list, meaning. Everything that shows or stores
//! claims is made from these lists; a test holds them to what is serialised.

use forewarn_report::Field;

const fn field(name: &'static str, kind: &'static str, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

/// A claim.
pub const CLAIM_FIELDS: &[Field] = &[
    field("claim_id", "string", "", "Hash of report, sentence, predicate and rule: the same on every run."),
    field("report_id", "string", "", "The report it was read in."),
    field("sentence", "integer", "from 0", "Index of the sentence in the report."),
    field("span", "span", "bytes of text", "The sentence."),
    field("predicate", "object", "Phrase", "The words that carry the event."),
    field("actor", "list of object", "Party", "The acting side; empty when the text names none."),
    field("recipient", "list of object", "Party", "The side acted on; empty when the text names none."),
    field("event_type", "string", "PLOVER 2.0 type", "What kind of event."),
    field("event_mode", "string?", "PLOVER 2.0 mode", "How it was done, where the words say it."),
    field("contexts", "list of string", "PLOVER 2.0 contexts", "Which fields of public life it touches."),
    field("cameo", "string", "CAMEO 1.1b3 code", "The CAMEO code, as fine as the words allow."),
    field(
        "quad_class",
        "integer",
        "1 to 4",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; from the type.",
    ),
    field("goldstein", "number", "-10 to 10", "Goldstein scale of the CAMEO code (ICEWS's values)."),
    field("plover_score", "number", "-10 to 10", "PLOVER 2.0's score of the mode or type."),
    field(
        "factuality",
        "string",
        "asserted, denied, negated, announced, disavowed, hypothetical, background",
        "Whether it happened, by the text; only asserted claims count as having happened.",
    ),
    field("attribution", "list of object", "Voice", "On whose word: the chain of voices, outermost first."),
    field("date", "object?", "When", "When; null when neither the text nor the report's date says it."),
    field("place", "object?", "Place", "Where; null when the text does not say."),
    field("counts", "list of object", "Count", "Numbers that the text gives; empty when it is silent."),
    field("rule", "string", "", "The pattern file and lemma that coded it, or model/… where a model decided."),
    field("confidence", "number", "0 to 1", "How sure the coder is that the coding is right."),
];

/// Words of the text.
pub const PHRASE_FIELDS: &[Field] = &[
    field("text", "string", "", "The words as they stand."),
    field("span", "span", "bytes of text", "Where they stand."),
];

/// An actor or recipient.
pub const PARTY_FIELDS: &[Field] = &[
    field("text", "string", "", "The words as they stand."),
    field("span", "span", "bytes of text", "Where they stand."),
    field(
        "country",
        "string?",
        "ISO 3166-1 alpha-3, Kosovo XKX",
        "The state the party belongs to; null for none or unknown.",
    ),
    field("sector", "string?", "PLOVER 2.0 sector", "What part of society it is."),
    field("group", "string?", "dictionary code", "The organisation or armed group."),
    field("ethnicity", "string?", "three lower-case letters", "The ethnic or religious group that the text names."),
    field("person", "string?", "", "A named person."),
    field(
        "office",
        "string?",
        "",
        "The office that a known person held on the report's date; of others, the one the text gives.",
    ),
    field("resolved", "string?", "", "What a pronoun, description or short name stands for."),
    field("rule", "string", "", "The rule that set it."),
    field(
        "inferred",
        "boolean",
        "",
        "Whether no dictionary knows it: country and sector come from the type of its name, its head noun, modifiers and appositions.",
    ),
];

/// A link of the chain of voices.
pub const VOICE_FIELDS: &[Field] = &[
    field("text", "string", "", "The words as they stand."),
    field("span", "span?", "bytes of text", "Where they stand; null for a publisher known from metadata."),
    field("kind", "string", "publisher, speaker, unnamed", "What kind of voice."),
    field(
        "stance",
        "string",
        "reports, claims, confirms, denies, claims responsibility",
        "What it does with the claim.",
    ),
    field("resolved", "string?", "", "What a pronoun or short name stands for."),
    field("rule", "string", "", "The rule that found it."),
];

/// A time.
pub const WHEN_FIELDS: &[Field] = &[
    field("start", "date?", "ISO 8601 day", "First day; null while unresolved."),
    field("end", "date?", "ISO 8601 day", "Last day; null while unresolved or open."),
    field("precision", "string", "day, week, month, season, year, decade, open, unresolved", "How exact it is."),
    field("text", "string", "", "The words it was read from; empty when the report's date stands in."),
    field("span", "span?", "bytes of text", "Where they stand."),
    field("rule", "string", "", "The rule that read it."),
];

/// A place.
pub const PLACE_FIELDS: &[Field] = &[
    field("name", "string", "", "The name."),
    field("country", "string?", "ISO 3166-1 alpha-3, Kosovo XKX", "Where the text or the codebook says it."),
    field("admin1", "string?", "", "First-order division."),
    field(
        "lat",
        "number?",
        "degrees north",
        "No finer than the precision bears; null where no gazetteer knows the place.",
    ),
    field(
        "lon",
        "number?",
        "degrees east",
        "No finer than the precision bears; null where no gazetteer knows the place.",
    ),
    field("geonameid", "integer?", "GeoNames", "Its id."),
    field("precision", "string", "exact, settlement, district, admin1, country, region, unknown", "How exact it is."),
    field("text", "string", "", "The words as they stand."),
    field("span", "span", "bytes of text", "Where they stand."),
    field("rule", "string", "", "The rule that bound it."),
];

/// A number.
pub const COUNT_FIELDS: &[Field] = &[
    field(
        "what",
        "string",
        "killed, injured, arrested, missing, displaced, abducted, troops, weapons, participants",
        "What was counted.",
    ),
    field("who", "string", "", "Of whom or what, in the text's words."),
    field("low", "integer?", "persons or items", "Not fewer; null for up to 40."),
    field("best", "integer?", "persons or items", "Best reading."),
    field("high", "integer?", "persons or items", "Not more; null for at least 40."),
    field("text", "string", "", "The words as they stand."),
    field("span", "span", "bytes of text", "Where they stand."),
    field("rule", "string", "", "The rule that read it."),
];

/// Every record of this crate with its name.
pub const RECORDS: &[(&str, &[Field])] = &[
    ("Claim", CLAIM_FIELDS),
    ("Phrase", PHRASE_FIELDS),
    ("Party", PARTY_FIELDS),
    ("Voice", VOICE_FIELDS),
    ("When", WHEN_FIELDS),
    ("Place", PLACE_FIELDS),
    ("Count", COUNT_FIELDS),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, Count, Factuality, Party, Phrase, Place, Stance, Voice, VoiceKind, When};
    use forewarn_report::Span;

    fn keys(value: &serde_json::Value) -> Vec<String> {
        let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys
    }

    fn names(fields: &[Field]) -> Vec<String> {
        let mut names: Vec<String> = fields.iter().map(|f| f.name.to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_schema_is_what_is_serialised() {
        let span = Span::new(0, 1);
        let claim = Claim {
            claim_id: String::new(),
            report_id: String::new(),
            sentence: 0,
            span,
            predicate: Phrase { text: String::new(), span },
            actor: vec![Party::default()],
            recipient: Vec::new(),
            event_type: "ASSAULT",
            event_mode: None,
            contexts: Vec::new(),
            cameo: "190".into(),
            quad_class: 4,
            goldstein: -10.0,
            plover_score: -9.0,
            factuality: Factuality::Asserted,
            attribution: vec![Voice {
                text: String::new(),
                span: None,
                kind: VoiceKind::Speaker,
                stance: Stance::ClaimsResponsibility,
                resolved: None,
                rule: "",
            }],
            date: Some(When { start: None, end: None, precision: "day", text: String::new(), span: None, rule: "" }),
            place: Some(Place::default()),
            counts: vec![Count {
                what: "killed",
                who: String::new(),
                low: None,
                best: None,
                high: None,
                text: String::new(),
                span,
                rule: "",
            }],
            rule: String::new(),
            confidence: 0.5,
        };
        let json = serde_json::to_value(&claim).expect("a claim serialises");
        assert_eq!(keys(&json), names(CLAIM_FIELDS));
        assert_eq!(keys(&json["predicate"]), names(PHRASE_FIELDS));
        assert_eq!(keys(&json["actor"][0]), names(PARTY_FIELDS));
        assert_eq!(keys(&json["attribution"][0]), names(VOICE_FIELDS));
        assert_eq!(keys(&json["date"]), names(WHEN_FIELDS));
        assert_eq!(keys(&json["place"]), names(PLACE_FIELDS));
        assert_eq!(keys(&json["counts"][0]), names(COUNT_FIELDS));
        assert_eq!(json["attribution"][0]["stance"], "claims responsibility");
        assert_eq!(json["span"], serde_json::json!([0, 1]));
    }
}
