//! JSON schemas of everything that the API gives, made from the record schema.

use forewarn_coder::schema::{CLAIM_FIELDS, COUNT_FIELDS, PARTY_FIELDS, PLACE_FIELDS, VOICE_FIELDS};
use forewarn_exchange::row::{CountRange, CountRow, EventRow, IncidentRow, PartyRow, PlaceRow, VoiceRow};
use forewarn_incident::schema::INCIDENT_FIELDS;
use forewarn_report::{Field, REPORT_FIELDS};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::code;
use crate::fault::CODES;

const fn field(name: &'static str, kind: &'static str, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

/// Fields of the rows that no record has under the same name, or has in another type.
const OWN: &[Field] = &[
    field("set", "string", "", "`forewarn`, or the name of the imported data set."),
    field("title", "string", "", "The report's headline."),
    field("predicate", "string", "", "The words that carry the event."),
    field("span_start", "integer", "bytes of text", "First byte of the sentence in the stored text."),
    field("span_end", "integer", "bytes of text", "One past its last byte."),
    field("evidence", "string", "", "The sentence's words."),
    field("actor", "list of object", "PartyRow", "The acting side; empty when nobody is named."),
    field("actor_alternatives", "list of object", "PartyRow", "The others that accounts blame, where it is disputed."),
    field("recipient", "list of object", "PartyRow", "The side acted on; empty when nobody is named."),
    field("attribution", "list of object", "VoiceRow", "On whose word: the chain of voices, outermost first."),
    field("date_start", "date", "ISO 8601 day", "First day."),
    field("date_end", "date", "ISO 8601 day", "Last day; null while open."),
    field("date_prec", "string", "day, week, month, season, year, decade, open, unresolved", "How exact it is."),
    field("place", "object", "PlaceRow", "Where."),
    field("counts", "list of object", "CountRow", "Numbers that the text gives."),
    field("incident_id", "string", "", "The incident."),
    field("run", "string", "", "The run (model, codebook, settings) that made it."),
    field("claims", "integer", "claims", "How many claims tell of it."),
    field("killed", "object", "CountRange", "Persons killed."),
    field("injured", "object", "CountRange", "Persons injured."),
    field("publisher_names", "list of string", "", "The publishers' names, sorted."),
    field("first_published", "date", "ISO 8601 day", "Publication day of the first report."),
    field("last_published", "date", "ISO 8601 day", "Publication day of the last report."),
    field("evidence_publisher", "string", "", "Who printed the sentence."),
    field("evidence_url", "string", "URL", "Where."),
    field("evidence_published", "date", "ISO 8601 day", "When."),
    field("evidence_title", "string", "", "Under what headline."),
];

/// Every schema by name.
pub fn all() -> Map<String, Value> {
    let mut out = Map::new();
    for (name, fields) in forewarn_coder::schema::RECORDS.iter().chain(forewarn_incident::schema::RECORDS) {
        out.insert((*name).to_owned(), record(fields));
    }
    out.insert("ReportRead".to_owned(), record(REPORT_FIELDS));
    row::<EventRow>(&mut out, "EventRow", &[OWN, CLAIM_FIELDS, REPORT_FIELDS]);
    row::<IncidentRow>(&mut out, "IncidentRow", &[OWN, INCIDENT_FIELDS, CLAIM_FIELDS]);
    row::<PartyRow>(&mut out, "PartyRow", &[PARTY_FIELDS]);
    row::<VoiceRow>(&mut out, "VoiceRow", &[VOICE_FIELDS]);
    row::<PlaceRow>(&mut out, "PlaceRow", &[PLACE_FIELDS]);
    row::<CountRow>(&mut out, "CountRow", &[COUNT_FIELDS]);
    row::<CountRange>(&mut out, "CountRange", &[COUNT_FIELDS]);
    for (name, schema) in answers() {
        out.insert(name.to_owned(), schema);
    }
    out
}

/// A record all of whose fields are always there.
fn record(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|f| (f.name.to_owned(), of_field(f, f.kind))).collect();
    let required: Vec<&str> = fields.iter().map(|f| f.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The schema of a row: its fields as they are serialised, their meanings as the records have them.
fn row<R: Default + Serialize>(out: &mut Map<String, Value>, name: &str, tables: &[&[Field]]) {
    let Ok(Value::Object(sample)) = serde_json::to_value(R::default()) else { return };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (key, value) in sample {
        let found = tables.iter().flat_map(|t| t.iter()).find(|f| f.name == key);
        let schema = found.map_or_else(
            || json!({}),
            |f| {
                let plain = f.kind.trim_end_matches('?');
                let kind = if value.is_null() { format!("{plain}?") } else { plain.to_owned() };
                of_field(f, &kind)
            },
        );
        properties.insert(key.clone(), schema);
        required.push(key);
    }
    out.insert(name.to_owned(), json!({ "type": "object", "properties": properties, "required": required }));
}

/// The schema of a field of this kind.
fn of_field(field: &Field, kind: &str) -> Value {
    let (plain, nullable) = kind.strip_suffix('?').map_or((kind, false), |k| (k, true));
    // A record is named by the unit; where the unit is none, the object is its own affair.
    let is_record =
        field.unit.starts_with(|c: char| c.is_ascii_uppercase()) && field.unit.chars().all(char::is_alphanumeric);
    let one = |kind: &str| match kind {
        "string" => json!({ "type": "string" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "integer" => json!({ "type": "integer" }),
        "number" => json!({ "type": "number" }),
        "boolean" => json!({ "type": "boolean" }),
        "object" if is_record => reference(field.unit),
        "object" => json!({ "type": "object" }),
        "span" => reference("Span"),
        _ => json!({}),
    };
    let mut schema = match plain.strip_prefix("list of ") {
        Some(item) => json!({ "type": "array", "items": one(item) }),
        None => one(plain),
    };
    if nullable {
        schema = or_null(schema);
    }
    if let Value::Object(map) = &mut schema {
        let unit = if field.unit.is_empty() || is_record { String::new() } else { format!(" ({})", field.unit) };
        map.insert("description".to_owned(), format!("{}{unit}", field.meaning).into());
    }
    schema
}

/// A schema, or null.
pub fn or_null(mut schema: Value) -> Value {
    if let Some(Value::String(kind)) = schema.get("type").cloned() {
        schema["type"] = json!([kind, "null"]);
        return schema;
    }
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// A reference to a schema.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object whose fields are all there.
fn object(fields: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|(n, s)| ((*n).to_owned(), s.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(n, _)| *n).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

#[allow(clippy::needless_pass_by_value)] // Schemas are built inside out.
fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A schema of what may have more fields than it says: the models of the outlook are at liberty to tell more.
fn open(mut schema: Value) -> Value {
    schema["additionalProperties"] = true.into();
    schema
}

/// An answer: these fields and `meta`.
fn answer(fields: &[(&str, Value)]) -> Value {
    let mut fields = fields.to_vec();
    fields.push(("meta", reference("Meta")));
    object(&fields)
}

#[allow(clippy::too_many_lines)] // One table.
fn answers() -> Vec<(&'static str, Value)> {
    let string = || json!({ "type": "string" });
    let maybe = || json!({ "type": ["string", "null"] });
    let integer = || json!({ "type": "integer" });
    let maybe_integer = || json!({ "type": ["integer", "null"] });
    let number = || json!({ "type": "number" });
    let maybe_number = || json!({ "type": ["number", "null"] });
    let boolean = || json!({ "type": "boolean" });
    let any = || json!({});
    let anything = || json!({ "type": "object" });
    let source = || {
        json!({
            "type": "array", "items": { "type": ["string", "integer", "null"] }, "minItems": 2, "maxItems": 2,
            "description": "The file and the line there.",
        })
    };
    let rows = |name: &str| {
        answer(&[
            ("rows", list(reference(name))),
            ("next", json!({ "type": ["string", "null"], "description": "What `after` takes for the next page." })),
            ("filter", json!({ "type": "string", "description": "The filter in its canonical words." })),
        ])
    };
    let codes: Vec<&str> = CODES.iter().map(|c| c.0).collect();
    let body: Map<String, Value> =
        code::FIELDS.iter().map(|(n, what)| ((*n).to_owned(), body_field(n, what))).collect();
    vec![
        (
            "Span",
            json!({
                "type": "array", "items": integer(), "minItems": 2, "maxItems": 2,
                "description": "First byte, and one past the last.",
            }),
        ),
        (
            "Meta",
            object(&[
                ("as_of", maybe()),
                ("through", maybe()),
                ("run", maybe_integer()),
                ("codebook", maybe()),
                ("program", string()),
                ("citation", string()),
                ("address", string()),
            ]),
        ),
        (
            "Problem",
            json!({
                "type": "object",
                "description": "Problem details (RFC 9457).",
                "properties": {
                    "type": string(), "title": string(), "status": integer(), "code": { "type": "string", "enum": codes },
                    "detail": string(), "instance": string(),
                    "suggestions": { "type": "array", "items": string(), "description": "What may have been meant." },
                },
                "required": ["type", "title", "status", "code", "detail", "instance"],
            }),
        ),
        (
            "Index",
            answer(&[
                ("program", string()),
                ("endpoints", list(anything())),
                ("openapi", string()),
                ("guide", string()),
                ("pages", string()),
            ]),
        ),
        ("Document", json!({ "type": "object", "required": ["openapi", "info", "paths", "components"] })),
        ("Events", rows("EventRow")),
        ("Incidents", rows("IncidentRow")),
        (
            "EventShown",
            answer(&[
                ("claim", reference("EventRow")),
                ("superseded_by", maybe_integer()),
                ("run", or_null(reference("Run"))),
                ("source", source()),
                ("bytes", list(reference("Bytes"))),
                ("own", any()),
            ]),
        ),
        (
            "Bytes",
            object(&[
                ("what", string()),
                ("start", integer()),
                ("end", integer()),
                ("text", string()),
                ("rule", maybe()),
            ]),
        ),
        (
            "Run",
            object(&[
                ("run", integer()),
                ("kind", string()),
                ("started", string()),
                ("finished", maybe()),
                ("program", string()),
                ("model", string()),
                ("codebook", string()),
                ("gazetteer", string()),
                ("settings", string()),
                ("reports", integer()),
                ("claims", integer()),
                ("failed", integer()),
            ]),
        ),
        (
            "IncidentShown",
            answer(&[
                ("incident", reference("IncidentRow")),
                ("record", reference("Incident")),
                ("claims", list(reference("EventRow"))),
            ]),
        ),
        (
            "ReportShown",
            answer(&[
                ("report_id", string()),
                ("url", maybe()),
                ("title", maybe()),
                ("text", string()),
                ("publisher", maybe()),
                ("published", maybe()),
                ("language", maybe()),
                ("source", source()),
                ("dropped", any()),
                ("run", integer()),
                ("claims", list(reference("EventRow"))),
            ]),
        ),
        (
            "Series",
            answer(&[
                ("by", string()),
                ("step", string()),
                ("filter", string()),
                ("cells", list(reference("Cell"))),
                ("cut", json!({ "type": "boolean", "description": "Whether cells were left out: narrow the filter." })),
            ]),
        ),
        (
            "Cell",
            json!({
                "type": "object",
                "properties": {
                    "from": { "type": ["string", "null"], "format": "date", "description": "First day of the step." },
                    "set": string(), "actor": maybe(), "recipient": maybe(), "country": maybe(),
                    "happenings": integer(), "verbal_cooperation": integer(), "material_cooperation": integer(),
                    "verbal_conflict": integer(), "material_conflict": integer(), "assaults": integer(),
                    "goldstein_sum": { "type": "number" }, "plover_sum": { "type": "number" },
                    "killed": reference("CountRange"), "reports": integer(),
                },
                "required": ["from", "set", "happenings", "killed", "reports"],
            }),
        ),
        (
            "Schema",
            answer(&[
                ("records", list(anything())),
                ("event_columns", list(anything())),
                ("incident_columns", list(anything())),
            ]),
        ),
        (
            "Answer",
            open(answer(&[
                ("parties", list(reference("PartyNamed"))),
                ("as_of", string()),
                ("as_of_why", string()),
                ("horizon_days", integer()),
                ("cautions", list(string())),
                ("onset", boolean()),
                ("force", reference("Said")),
                ("clash", or_null(reference("Said"))),
                ("earlier", list(anything())),
                ("past", list(anything())),
                ("moved", list(anything())),
                ("around", list(anything())),
                ("disputed", list(anything())),
                ("against", list(anything())),
                ("raises", list(anything())),
                ("lowers", list(anything())),
                ("data", anything()),
                ("model", anything()),
            ])),
        ),
        (
            "Changes",
            answer(&[
                ("added", list(reference("EventRow"))),
                ("superseded", list(object(&[("claim_id", string()), ("run", integer())]))),
                ("withdrawn", list(object(&[("incident_id", string()), ("now", maybe()), ("run", maybe_integer())]))),
                ("incidents", list(reference("IncidentRow"))),
                ("next", json!({ "type": "string", "description": "What `since` takes the next time; always there." })),
                ("more", json!({ "type": "boolean", "description": "Whether there is more already." })),
            ]),
        ),
        ("PartyNamed", object(&[("code", string()), ("name", string())])),
        (
            "Said",
            open(object(&[
                ("outcome", string()),
                ("p", number()),
                ("words", string()),
                ("interval_90", list(number())),
                ("interval_50", list(number())),
                ("base_rate", number()),
                ("alike", any()),
                ("members", list(number())),
            ])),
        ),
        (
            "Watchlist",
            open(answer(&[
                ("as_of", string()),
                ("horizon_days", integer()),
                ("outcome", string()),
                ("watched", integer()),
                ("model", string()),
                ("rows", list(reference("Watched"))),
            ])),
        ),
        (
            "Watched",
            open(object(&[
                ("parties", list(reference("PartyNamed"))),
                ("as_of", string()),
                ("p", number()),
                ("words", string()),
                ("interval_90", list(number())),
                ("base_rate", number()),
                ("onset", boolean()),
                ("p_30", maybe_number()),
                ("p_7", maybe_number()),
                ("acts_365", integer()),
            ])),
        ),
        ("Parties", answer(&[("rows", list(object(&[("code", string()), ("name", string()), ("kind", string())])))])),
        (
            "Filter",
            answer(&[
                ("reads", boolean()),
                ("filter", maybe()),
                ("terms", list(object(&[("field", string()), ("words", string())]))),
                (
                    "faults",
                    list(object(&[
                        ("start", integer()),
                        ("end", integer()),
                        ("message", string()),
                        ("hint", maybe()),
                        ("drawn", string()),
                    ])),
                ),
            ]),
        ),
        (
            "FilterFields",
            answer(&[(
                "rows",
                list(object(&[
                    ("name", string()),
                    ("aliases", list(string())),
                    ("operators", list(string())),
                    ("values", string()),
                    ("words", list(string())),
                    ("meaning", string()),
                    ("example", string()),
                ])),
            )]),
        ),
        (
            "Problems",
            answer(&[(
                "rows",
                list(object(&[
                    ("type", string()),
                    ("code", string()),
                    ("status", integer()),
                    ("title", string()),
                    ("advice", string()),
                ])),
            )]),
        ),
        (
            "Report",
            json!({ "type": "object", "properties": body, "required": ["text"], "additionalProperties": false }),
        ),
        (
            "Coded",
            answer(&[
                ("report", reference("ReportRead")),
                ("coded", json!({ "type": "boolean", "description": "Whether its language is one that is coded." })),
                ("sentences", integer()),
                ("claims", list(reference("Claim"))),
                ("diagnostics", list(reference("Diagnostic"))),
                ("remarks", list(anything())),
            ]),
        ),
        (
            "Diagnostic",
            object(&[("code", string()), ("sentence", integer()), ("span", reference("Span")), ("message", string())]),
        ),
        (
            "Rows",
            answer(&[
                ("columns", list(string())),
                ("rows", list(list(any()))),
                ("more", json!({ "type": "boolean", "description": "Whether there were more rows than the limit." })),
            ]),
        ),
    ]
}

fn body_field(name: &str, what: &str) -> Value {
    match name {
        "text" => json!({ "type": "string", "minLength": 1, "description": what }),
        "published" => json!({ "type": ["string", "null"], "format": "date", "description": what }),
        "language" => json!({ "type": ["string", "null"], "pattern": "^[a-z]{2}$", "description": what }),
        _ => json!({ "type": ["string", "null"], "description": what }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of every schema that a value refers to.
    fn refers(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(name)) = map.get("$ref") {
                    out.push(name.rsplit('/').next().unwrap_or("").to_owned());
                }
                map.values().for_each(|v| refers(v, out));
            }
            Value::Array(list) => list.iter().for_each(|v| refers(v, out)),
            _ => {}
        }
    }

    #[test]
    fn what_is_referred_to_is_there_and_every_field_is_explained() {
        let all = all();
        let mut names = Vec::new();
        refers(&Value::Object(all.clone()), &mut names);
        for name in names {
            assert!(all.contains_key(&name), "{name} is referred to and not there");
        }
        for name in ["EventRow", "IncidentRow", "PartyRow", "VoiceRow", "PlaceRow", "CountRow", "CountRange"] {
            for (field, schema) in all[name]["properties"].as_object().expect("properties") {
                assert!(schema["description"].is_string(), "{name}.{field} has no meaning");
            }
        }
    }
}
