//! The columns of our own flat forms (CSV, Parquet, properties of GeoJSON), made from the record schema.
//!
//! A column takes its type, unit and meaning from a field of [`forewarn_coder::schema`] or
//! [`forewarn_report::REPORT_FIELDS`]; a name that the schema does not have stops the build. Only what is no field of
//! those records (incident, run, set, counted numbers) is described here.

use std::borrow::Cow;
use std::fmt::Write;

use forewarn_coder::schema::{CLAIM_FIELDS, COUNT_FIELDS, PARTY_FIELDS, PLACE_FIELDS, VOICE_FIELDS, WHEN_FIELDS};
use forewarn_report::{Field, REPORT_FIELDS};
use jiff::civil::Date;
use serde::Serialize;

use super::view::listed;
use crate::row::{CountRange, CountRow, EventRow, IncidentRow, PartyRow, PlaceRow, VoiceRow};

/// A value in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing said.
    Null,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Bool(bool),
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 words.
    Text,
    /// 64 bits.
    Int,
    /// 64 bits.
    Float,
    /// Days.
    Date,
    /// Yes or no.
    Bool,
}

/// A column of rows `R`.
pub struct Column<R: 'static> {
    /// Its name.
    pub name: &'static str,
    /// What the field belongs to, in words that stand before its meaning; empty for the row itself.
    pub of: &'static str,
    /// The field of the schema.
    pub field: Field,
    /// Its value in a row.
    pub value: for<'a> fn(&'a R) -> Cell<'a>,
}

impl<R> Column<R> {
    /// Its type. Lists and spans never are columns.
    pub fn kind(&self) -> Kind {
        match self.field.kind.trim_end_matches('?') {
            "integer" => Kind::Int,
            "number" => Kind::Float,
            "date" => Kind::Date,
            "boolean" => Kind::Bool,
            _ => Kind::Text,
        }
    }

    /// What it says, in a sentence or two.
    pub fn meaning(&self) -> String {
        if self.of.is_empty() { self.field.meaning.to_owned() } else { format!("{}: {}", self.of, self.field.meaning) }
    }
}

/// The columns as a Markdown table.
pub fn table<R>(columns: &[&Column<R>]) -> String {
    let mut out = "| column | type | unit or code list | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for c in columns {
        let kind = format!("{:?}", c.kind()).to_lowercase();
        let _ = writeln!(out, "| `{}` | {kind} | {} | {} |", c.name, c.field.unit, c.meaning());
    }
    out
}

/// The field called `name`; a build error where there is none.
const fn find(fields: &[Field], name: &str) -> Field {
    let mut i = 0;
    while i < fields.len() {
        if same(fields[i].name.as_bytes(), name.as_bytes()) {
            return fields[i];
        }
        i += 1;
    }
    panic!("the schema has no field of this name")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn own(name: &'static str, kind: &'static str, unit: &'static str, meaning: &'static str) -> Field {
    Field { name, kind, unit, meaning }
}

const ALL: Field = own("all", "string?", "JSON", "the whole list, as in the JSON Lines export.");
const COUNTS: Field = own("counts", "string?", "", "the numbers in words, joined by `; `.");
const CLAIMANT: &str = "The innermost voice";
const FIRST_ACTOR: &str = "The first actor";
const FIRST_RECIPIENT: &str = "The first recipient";
const KILLED: &str = "Killed; with several counts the least and the most they allow, and no best";
const INJURED: &str = "Injured; with several counts the least and the most they allow, and no best";

type Value<R> = for<'a> fn(&'a R) -> Cell<'a>;

const fn column<R>(name: &'static str, of: &'static str, field: Field, value: Value<R>) -> Column<R> {
    Column { name, of, field, value }
}

/// A field of the claim under its own name.
const fn claim<R>(name: &'static str, value: Value<R>) -> Column<R> {
    column(name, "", find(CLAIM_FIELDS, name), value)
}

/// The nine columns of a side: its first party's fields, and all parties as JSON.
macro_rules! side {
    ($row:ty, $field:ident, $of:expr, $text:literal, $country:literal, $sector:literal, $group:literal,
     $ethnicity:literal, $person:literal, $office:literal, $inferred:literal, $all:literal) => {
        [
            column::<$row>($text, $of, find(PARTY_FIELDS, "text"), |r| {
                r.$field.first().map_or(Cell::Null, |p| text(&p.text))
            }),
            column($country, $of, find(PARTY_FIELDS, "country"), |r| part(&r.$field, |p| p.country.as_deref())),
            column($sector, $of, find(PARTY_FIELDS, "sector"), |r| part(&r.$field, |p| p.sector.as_deref())),
            column($group, $of, find(PARTY_FIELDS, "group"), |r| part(&r.$field, |p| p.group.as_deref())),
            column($ethnicity, $of, find(PARTY_FIELDS, "ethnicity"), |r| part(&r.$field, |p| p.ethnicity.as_deref())),
            column($person, $of, find(PARTY_FIELDS, "person"), |r| part(&r.$field, |p| p.person.as_deref())),
            column($office, $of, find(PARTY_FIELDS, "office"), |r| part(&r.$field, |p| p.office.as_deref())),
            column($inferred, $of, find(PARTY_FIELDS, "inferred"), |r| {
                r.$field.first().map_or(Cell::Null, |p| Cell::Bool(p.inferred))
            }),
            column($all, "All parties of this side", ALL, |r| json(&r.$field)),
        ]
    };
}

static EVENT_ACTOR: [Column<EventRow>; 9] = side!(
    EventRow,
    actor,
    FIRST_ACTOR,
    "actor",
    "actor_country",
    "actor_sector",
    "actor_group",
    "actor_ethnicity",
    "actor_person",
    "actor_office",
    "actor_inferred",
    "actor_all"
);
static EVENT_RECIPIENT: [Column<EventRow>; 9] = side!(
    EventRow,
    recipient,
    FIRST_RECIPIENT,
    "recipient",
    "recipient_country",
    "recipient_sector",
    "recipient_group",
    "recipient_ethnicity",
    "recipient_person",
    "recipient_office",
    "recipient_inferred",
    "recipient_all"
);
static INCIDENT_ACTOR: [Column<IncidentRow>; 9] = side!(
    IncidentRow,
    actor,
    FIRST_ACTOR,
    "actor",
    "actor_country",
    "actor_sector",
    "actor_group",
    "actor_ethnicity",
    "actor_person",
    "actor_office",
    "actor_inferred",
    "actor_all"
);
static INCIDENT_RECIPIENT: [Column<IncidentRow>; 9] = side!(
    IncidentRow,
    recipient,
    FIRST_RECIPIENT,
    "recipient",
    "recipient_country",
    "recipient_sector",
    "recipient_group",
    "recipient_ethnicity",
    "recipient_person",
    "recipient_office",
    "recipient_inferred",
    "recipient_all"
);

/// The columns that events and incidents share: what happened.
macro_rules! what {
    ($row:ty) => {
        [
            claim::<$row>("contexts", |r| joined(&r.contexts)),
            claim("cameo", |r| optional(r.cameo.as_deref())),
            claim("quad_class", |r| r.quad_class.map_or(Cell::Null, |q| Cell::Int(i64::from(q)))),
            claim("goldstein", |r| float(r.goldstein)),
            claim("plover_score", |r| float(r.plover_score)),
        ]
    };
}

static EVENT_WHAT: [Column<EventRow>; 5] = what!(EventRow);
static INCIDENT_WHAT: [Column<IncidentRow>; 5] = what!(IncidentRow);

/// The columns that events and incidents share: on whose word, when and where.
macro_rules! word_time_place {
    ($row:ty) => {
        [
            column::<$row>("claimant", CLAIMANT, find(VOICE_FIELDS, "text"), |r| {
                r.attribution.last().map_or(Cell::Null, |v| text(v.resolved.as_ref().unwrap_or(&v.text)))
            }),
            column("claimant_kind", CLAIMANT, find(VOICE_FIELDS, "kind"), |r| {
                r.attribution.last().map_or(Cell::Null, |v| text(&v.kind))
            }),
            column("claimant_stance", CLAIMANT, find(VOICE_FIELDS, "stance"), |r| {
                r.attribution.last().map_or(Cell::Null, |v| text(&v.stance))
            }),
            column(
                "attribution",
                "",
                own("attribution", "string?", "", "The chain of voices in words, outermost first, joined by ` > `."),
                |r| owned(chain(&r.attribution)),
            ),
            column("attribution_all", "The chain of voices", ALL, |r| json(&r.attribution)),
            column("date_start", "When", find(WHEN_FIELDS, "start"), |r| date(r.date_start)),
            column("date_end", "When", find(WHEN_FIELDS, "end"), |r| date(r.date_end)),
            column("date_prec", "When", find(WHEN_FIELDS, "precision"), |r| optional(r.date_prec.as_deref())),
            column("place", "Where", find(PLACE_FIELDS, "name"), |r| at(r.place.as_ref(), |p| text(&p.name))),
            column("place_country", "Where", find(PLACE_FIELDS, "country"), |r| {
                at(r.place.as_ref(), |p| optional(p.country.as_deref()))
            }),
            column("place_admin1", "Where", find(PLACE_FIELDS, "admin1"), |r| {
                at(r.place.as_ref(), |p| optional(p.admin1.as_deref()))
            }),
            column("lat", "Where", find(PLACE_FIELDS, "lat"), |r| at(r.place.as_ref(), |p| float(p.lat))),
            column("lon", "Where", find(PLACE_FIELDS, "lon"), |r| at(r.place.as_ref(), |p| float(p.lon))),
            column("geonameid", "Where", find(PLACE_FIELDS, "geonameid"), |r| {
                at(r.place.as_ref(), |p| p.geonameid.map_or(Cell::Null, |g| Cell::Int(i64::from(g))))
            }),
            column("place_prec", "Where", find(PLACE_FIELDS, "precision"), |r| {
                at(r.place.as_ref(), |p| text(&p.precision))
            }),
        ]
    };
}

static EVENT_WORD: [Column<EventRow>; 15] = word_time_place!(EventRow);
static INCIDENT_WORD: [Column<IncidentRow>; 15] = word_time_place!(IncidentRow);

static EVENT_HEAD: [Column<EventRow>; 15] = [
    column("set", "", own("set", "string", "", "`forewarn`, or the foreign data set that the row came from."), |r| {
        text(&r.set)
    }),
    claim("claim_id", |r| text(&r.claim_id)),
    column("incident_id", "", own("incident_id", "string?", "", "The incident that it is an account of."), |r| {
        optional(r.incident_id.as_deref())
    }),
    claim("report_id", |r| optional(r.report_id.as_deref())),
    column("url", "", find(REPORT_FIELDS, "url"), |r| optional(r.url.as_deref())),
    column("title", "", own("title", "string?", "", "The report's headline."), |r| optional(r.title.as_deref())),
    column("published", "", find(REPORT_FIELDS, "published"), |r| date(r.published)),
    column("publisher", "", find(REPORT_FIELDS, "publisher"), |r| optional(r.publisher.as_deref())),
    claim("sentence", |r| int(r.sentence)),
    column(
        "span_start",
        "",
        own("span_start", "integer?", "bytes of text", "First byte of the sentence in the report's stored text."),
        |r| int(r.span_start),
    ),
    column(
        "span_end",
        "",
        own("span_end", "integer?", "bytes of text", "One past its last byte."),
        |r| int(r.span_end),
    ),
    column("evidence", "", own("evidence", "string?", "", "The sentence's words."), |r| {
        optional(r.evidence.as_deref())
    }),
    column("predicate", "", own("predicate", "string?", "", "The words that carry the event."), |r| {
        optional(r.predicate.as_deref())
    }),
    claim("event_type", |r| optional(r.event_type.as_deref())),
    claim("event_mode", |r| optional(r.event_mode.as_deref())),
];

static EVENT_FACTUALITY: [Column<EventRow>; 1] = [claim("factuality", |r| optional(r.factuality.as_deref()))];

static EVENT_TAIL: [Column<EventRow>; 11] = [
    column("killed_low", KILLED, find(COUNT_FIELDS, "low"), |r| count(r.total("killed").low)),
    column("killed_best", KILLED, find(COUNT_FIELDS, "best"), |r| count(r.total("killed").best)),
    column("killed_high", KILLED, find(COUNT_FIELDS, "high"), |r| count(r.total("killed").high)),
    column("injured_low", INJURED, find(COUNT_FIELDS, "low"), |r| count(r.total("injured").low)),
    column("injured_best", INJURED, find(COUNT_FIELDS, "best"), |r| count(r.total("injured").best)),
    column("injured_high", INJURED, find(COUNT_FIELDS, "high"), |r| count(r.total("injured").high)),
    column("counts", "All counts", COUNTS, |r| owned(numbers(&r.counts))),
    column("counts_all", "All counts", ALL, |r| json(&r.counts)),
    claim("rule", |r| optional(r.rule.as_deref())),
    claim("confidence", |r| float(r.confidence)),
    column("run", "", own("run", "string?", "", "The run (model, codebook, settings) that coded it."), |r| {
        optional(r.run.as_deref())
    }),
];

static INCIDENT_HEAD: [Column<IncidentRow>; 5] = [
    column("incident_id", "", own("incident_id", "string", "", "The incident's id."), |r| text(&r.incident_id)),
    claim("event_type", |r| text(&r.event_type)),
    claim("event_mode", |r| optional(r.event_mode.as_deref())),
    column(
        "status",
        "",
        own(
            "status",
            "string",
            "asserted, denied, negated, announced, disavowed, hypothetical, background",
            "Asserted if any claim says that it happened; only asserted incidents count as having happened.",
        ),
        |r| text(&r.status),
    ),
    column(
        "disputed_actor",
        "",
        own("disputed_actor", "boolean", "", "Whether accounts blame different parties."),
        |r| Cell::Bool(r.disputed_actor),
    ),
];

static INCIDENT_DISPUTE: [Column<IncidentRow>; 1] =
    [column("actor_alternatives", "The other parties that accounts blame", ALL, |r| json(&r.actor_alternatives))];

static INCIDENT_TAIL: [Column<IncidentRow>; 21] = [
    column("claims", "", own("claims", "integer", "claims", "How many claims tell of it."), |r| {
        Cell::Int(r.claims.into())
    }),
    column("reports", "", own("reports", "integer", "reports", "In how many reports."), |r| {
        Cell::Int(r.reports.into())
    }),
    column("publishers", "", own("publishers", "integer", "publishers", "By how many publishers."), |r| {
        Cell::Int(r.publishers.into())
    }),
    column(
        "independent_origins",
        "",
        own("independent_origins", "integer", "origins", "Wire copies and `as reported by` counted once."),
        |r| Cell::Int(r.independent_origins.into()),
    ),
    column(
        "publisher_names",
        "",
        own(
            "publisher_names",
            "string?",
            "",
            "The publishers' names, joined by `;`; a semicolon inside a name becomes a comma.",
        ),
        |r| owned(listed(&r.publisher_names)),
    ),
    column("killed_low", "Killed", find(COUNT_FIELDS, "low"), |r| count(r.killed.low)),
    column("killed_best", "Killed", find(COUNT_FIELDS, "best"), |r| count(r.killed.best)),
    column("killed_high", "Killed", find(COUNT_FIELDS, "high"), |r| count(r.killed.high)),
    column("injured_low", "Injured", find(COUNT_FIELDS, "low"), |r| count(r.injured.low)),
    column("injured_best", "Injured", find(COUNT_FIELDS, "best"), |r| count(r.injured.best)),
    column("injured_high", "Injured", find(COUNT_FIELDS, "high"), |r| count(r.injured.high)),
    column("counts", "All counts", COUNTS, |r| owned(numbers(&r.counts))),
    column("counts_all", "All counts", ALL, |r| json(&r.counts)),
    column(
        "first_published",
        "",
        own("first_published", "date?", "ISO 8601 day", "Publication day of the first report."),
        |r| date(r.first_published),
    ),
    column(
        "last_published",
        "",
        own("last_published", "date?", "ISO 8601 day", "Publication day of the last report."),
        |r| date(r.last_published),
    ),
    column("evidence", "", own("evidence", "string?", "", "The sentence that tells it best."), |r| {
        optional(r.evidence.as_deref())
    }),
    column("evidence_publisher", "", own("publisher", "string?", "", "Who printed that sentence."), |r| {
        optional(r.evidence_publisher.as_deref())
    }),
    column("evidence_url", "", own("url", "string?", "URL", "The address of its report."), |r| {
        optional(r.evidence_url.as_deref())
    }),
    column("evidence_published", "", own("published", "date?", "ISO 8601 day", "When it was printed."), |r| {
        date(r.evidence_published)
    }),
    column("evidence_title", "", own("title", "string?", "", "Under what headline."), |r| {
        optional(r.evidence_title.as_deref())
    }),
    column("run", "", own("run", "string?", "", "The run that merged it."), |r| optional(r.run.as_deref())),
];

/// The columns of a row of this kind.
pub trait Flat: Sized + Serialize + 'static {
    /// In order.
    fn columns() -> Vec<&'static Column<Self>>;
}

impl Flat for EventRow {
    fn columns() -> Vec<&'static Column<Self>> {
        EVENT_HEAD
            .iter()
            .chain(&EVENT_WHAT)
            .chain(&EVENT_FACTUALITY)
            .chain(&EVENT_ACTOR)
            .chain(&EVENT_RECIPIENT)
            .chain(&EVENT_WORD)
            .chain(&EVENT_TAIL)
            .collect()
    }
}

impl Flat for IncidentRow {
    fn columns() -> Vec<&'static Column<Self>> {
        INCIDENT_HEAD
            .iter()
            .chain(&INCIDENT_WHAT)
            .chain(&INCIDENT_ACTOR)
            .chain(&INCIDENT_DISPUTE)
            .chain(&INCIDENT_RECIPIENT)
            .chain(&INCIDENT_WORD)
            .chain(&INCIDENT_TAIL)
            .collect()
    }
}

fn text(value: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(value))
}

fn owned(value: String) -> Cell<'static> {
    if value.is_empty() { Cell::Null } else { Cell::Text(Cow::Owned(value)) }
}

fn optional(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Null, text)
}

fn int(value: Option<u32>) -> Cell<'static> {
    value.map_or(Cell::Null, |v| Cell::Int(v.into()))
}

fn count(value: Option<u64>) -> Cell<'static> {
    value.map_or(Cell::Null, |v| Cell::Int(i64::try_from(v).unwrap_or(i64::MAX)))
}

fn float(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Float)
}

fn date(value: Option<Date>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Date)
}

fn joined(list: &[String]) -> Cell<'static> {
    owned(list.join(";"))
}

fn part(side: &[PartyRow], field: fn(&PartyRow) -> Option<&str>) -> Cell<'_> {
    side.first().map_or(Cell::Null, |p| optional(field(p)))
}

fn at(place: Option<&PlaceRow>, field: for<'a> fn(&'a PlaceRow) -> Cell<'a>) -> Cell<'_> {
    place.map_or(Cell::Null, field)
}

fn json<T: Serialize>(list: &[T]) -> Cell<'static> {
    if list.is_empty() {
        return Cell::Null;
    }
    owned(serde_json::to_string(list).expect("rows have only strings, numbers and lists"))
}

/// `Example Wire reports > witnesses claims`.
fn chain(voices: &[VoiceRow]) -> String {
    let link = |v: &VoiceRow| format!("{} {}", v.resolved.as_ref().unwrap_or(&v.text), v.stance);
    voices.iter().map(link).collect::<Vec<_>>().join(" > ")
}

/// `killed 3 attackers; injured 15-20`.
fn numbers(counts: &[CountRow]) -> String {
    let one = |c: &CountRow| {
        let number = range(CountRange { low: c.low, best: c.best, high: c.high });
        format!("{} {number} {}", c.what, c.who).trim_end().to_owned()
    };
    counts.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// `3`, `15-20`, `40+`, `up to 40`, `about 40`, `?`.
fn range(c: CountRange) -> String {
    match (c.low, c.best, c.high) {
        (Some(l), _, Some(h)) if l == h => l.to_string(),
        (Some(l), _, Some(h)) => format!("{l}-{h}"),
        (Some(l), _, None) => format!("{l}+"),
        (None, _, Some(h)) => format!("up to {h}"),
        (None, Some(b), None) => format!("about {b}"),
        (None, None, None) => "?".to_owned(),
    }
}
