//! The fields of the incident's records: name, type, unit or code list, meaning. Everything that shows or stores
//! incidents is made from these lists; a test holds them to what is serialised.

use forewarn_report::Field;

const fn field(name: &'static str, kind: &'static str, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

/// An incident.
pub const INCIDENT_FIELDS: &[Field] = &[
    field(
        "incident_id",
        "string",
        "",
        "Hash of the smallest claim id among its accounts: the same for every order of reading.",
    ),
    field("event_type", "string", "PLOVER 2.0 type", "What kind of event; the type that most reports give."),
    field("event_mode", "string?", "PLOVER 2.0 mode", "How it was done, as most reports that say it have it."),
    field("cameo", "string", "CAMEO 1.1b3 code", "The finest code among its tellings."),
    field(
        "quad_class",
        "integer",
        "1 to 4",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    ),
    field("goldstein", "number", "-10 to 10", "Goldstein scale of the code."),
    field("plover_score", "number", "-10 to 10", "PLOVER 2.0's score of the mode or type."),
    field(
        "status",
        "string",
        "asserted, announced, denied, disavowed, hypothetical",
        "The strongest that any account says; only asserted incidents count as having happened.",
    ),
    field("actor", "list of object", "Side", "The acting side, as most reports have it; empty when none names one."),
    field("recipient", "list of object", "Side", "The side acted on, as most reports have it."),
    field("disputed_actor", "boolean", "", "Whether accounts blame parties that cannot be one."),
    field(
        "accounts",
        "list of object",
        "Account",
        "Every party that is said to have acted, and who says so; most reports first.",
    ),
    field("date", "object?", "IncidentDate", "When; null when no text says it and no report has a date."),
    field("place", "object?", "IncidentPlace", "Where, as fine as accounts agree; null when none says it."),
    field("counts", "list of object", "Tally", "Numbers of each kind; empty when all are silent."),
    field(
        "reports",
        "integer",
        "reports",
        "How many reports tell it; those that only deny, announce or recall it are not counted.",
    ),
    field("publishers", "integer", "publishers", "How many publishers those reports have."),
    field(
        "independent_origins",
        "integer",
        "origins",
        "How many of them do not stand on one another: copies, wire stories and what credits them are one.",
    ),
    field("confidence", "number", "0 to 1", "Mean confidence of the claims that tell it."),
    field("members", "list of object", "Member", "Its claims, accounts first, and why each is there."),
];

/// A party of an incident.
pub const SIDE_FIELDS: &[Field] = &[
    field("text", "string", "", "The fullest description that a text gives."),
    field(
        "country",
        "string?",
        "ISO 3166-1 alpha-3, Kosovo XKX",
        "The state the party belongs to; null for none or unknown.",
    ),
    field("sector", "string?", "PLOVER 2.0 sector", "What part of society it is."),
    field("group", "string?", "dictionary code", "The organisation or armed group."),
    field("ethnicity", "string?", "three lower-case letters", "The ethnic or religious group that a text names."),
    field("person", "string?", "", "A named person."),
];

/// An account of who acted.
pub const ACCOUNT_FIELDS: &[Field] = &[
    field("party", "object", "Side", "Who acted, by this account."),
    field("claims", "list of string", "", "Ids of the claims that say so, sorted."),
    field("said_by", "list of string", "", "Voices and publishers on whose word they stand, sorted."),
];

/// A time.
pub const DATE_FIELDS: &[Field] = &[
    field("start", "date", "ISO 8601 day", "First day."),
    field("end", "date", "ISO 8601 day", "Last day."),
    field(
        "precision",
        "string",
        "day, week, month, year, published",
        "How exact it is; published where no text gives a day and the days before publication stand in.",
    ),
];

/// A place.
pub const PLACE_FIELDS: &[Field] = &[
    field("name", "string", "", "The name that most reports of the finest precision give."),
    field("country", "string?", "ISO 3166-1 alpha-3, Kosovo XKX", "The state it lies in."),
    field("admin1", "string?", "", "First-order division."),
    field("lat", "number?", "degrees north", "No finer than the precision bears."),
    field("lon", "number?", "degrees east", "No finer than the precision bears."),
    field("geonameid", "integer?", "GeoNames", "Its id."),
    field("precision", "string", "exact, settlement, district, admin1, country, region, unknown", "How exact it is."),
    field("also", "list of string", "", "Other places under which accounts put it, sorted."),
];

/// Numbers of one kind.
pub const TALLY_FIELDS: &[Field] = &[
    field("what", "string", "killed, injured, arrested, missing, displaced, abducted, troops …", "What was counted."),
    field("low", "integer?", "persons or items", "Lowest of the figures that stand."),
    field("best", "integer?", "persons or items", "The latest figure; of several, the one that most reports give."),
    field("high", "integer?", "persons or items", "Highest of the figures that stand; null where one is only a least."),
    field("said", "list of object", "TallySaid", "Who says which, latest first; older figures are kept as superseded."),
];

/// One report's figure.
pub const TALLY_SAID_FIELDS: &[Field] = &[
    field("claim_id", "string", "", "The claim that gives it."),
    field("report_id", "string", "", "Its report."),
    field("published", "date?", "ISO 8601 day", "When that was published."),
    field("said_by", "list of string", "", "Voices and publisher on whose word it stands, sorted."),
    field("who", "string", "", "Of whom or what, in the text's words."),
    field("low", "integer?", "persons or items", "Not fewer."),
    field("best", "integer?", "persons or items", "Best reading."),
    field("high", "integer?", "persons or items", "Not more."),
    field("superseded", "boolean", "", "Whether a later report has replaced it."),
];

/// A claim of an incident.
pub const MEMBER_FIELDS: &[Field] = &[
    field("claim_id", "string", "", "The claim."),
    field("report_id", "string", "", "Its report."),
    field(
        "role",
        "string",
        "telling, denial, announcement, disavowal, speculation, follow-up, background",
        "What it is to the incident; follow-ups and background only point to it.",
    ),
    field("merged_to", "string?", "", "The claim that it was merged with; null for one that stands alone."),
    field("score", "number", "0.5 to 1", "How sure that merge is; 1 by hand or alone."),
    field("reasons", "list of object", "Reason", "Why."),
];

/// A reason for a merge.
pub const REASON_FIELDS: &[Field] = &[
    field(
        "what",
        "string",
        "type, time, place, actor, recipient, numbers, wording, story, copy, sentence, correction",
        "What speaks for it or against it.",
    ),
    field("weight", "number", "log odds", "How much it adds."),
    field("words", "string", "", "The words or values that it rests on; a correction's note."),
];

/// Every record of this crate with its name.
pub const RECORDS: &[(&str, &[Field])] = &[
    ("Incident", INCIDENT_FIELDS),
    ("Side", SIDE_FIELDS),
    ("Account", ACCOUNT_FIELDS),
    ("IncidentDate", DATE_FIELDS),
    ("IncidentPlace", PLACE_FIELDS),
    ("Tally", TALLY_FIELDS),
    ("TallySaid", TALLY_SAID_FIELDS),
    ("Member", MEMBER_FIELDS),
    ("Reason", REASON_FIELDS),
];
