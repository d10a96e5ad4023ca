//! The fields of a record, once, for everything that is made from them: SQL tables, JSON, Parquet and
//! CSV columns, the OpenAPI document and the documentation page.

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name in every form of the record.
    pub name: &'static str,
    /// Its type: `string`, `date`, `span`, `integer`, `number`, `boolean`, `object` or `list of …`, with
    /// `?` where it may be null.
    pub kind: &'static str,
    /// Its unit, or the code list its values are from; empty where it has none.
    pub unit: &'static str,
    /// What it says, in one sentence.
    pub meaning: &'static str,
}

/// The fields of a [`Report`](crate::Report), in order.
pub const REPORT_FIELDS: &[Field] = &[
    Field {
        name: "report_id",
        kind: "string",
        unit: "",
        meaning: "The id given with the report, or the first 16 hex digits of the BLAKE3 hash of its stored text.",
    },
    Field { name: "url", kind: "string?", unit: "URL", meaning: "The page's address." },
    Field {
        name: "text",
        kind: "string",
        unit: "UTF-8",
        meaning: "The stored text: title, standfirst, subheads and paragraphs joined by two newlines.",
    },
    Field {
        name: "blocks",
        kind: "list of object",
        unit: "bytes of text",
        meaning: "The parts of the text in order, each with kind (title, standfirst, subhead, paragraph) and span.",
    },
    Field {
        name: "publisher",
        kind: "string?",
        unit: "",
        meaning: "Who printed the report, as metadata or a wire dateline names them.",
    },
    Field {
        name: "authors",
        kind: "list of string",
        unit: "",
        meaning: "Who wrote the report, as metadata, bylines or reporting credits name them.",
    },
    Field {
        name: "published",
        kind: "date?",
        unit: "ISO 8601 day",
        meaning: "The day of publication; null where it is not known.",
    },
    Field {
        name: "language",
        kind: "string?",
        unit: "ISO 639-1",
        meaning: "The language of the text; null where it could not be told.",
    },
    Field {
        name: "source",
        kind: "object",
        unit: "",
        meaning: "Where the report came from: path, and line (from 1) in a JSON Lines file.",
    },
    Field {
        name: "dropped",
        kind: "list of object",
        unit: "",
        meaning: "What was left out of the text (page furniture), each piece with text and why.",
    },
];
