//! One event of a foreign data set: what its row says, in our words where they fit, with its own codes beside.
//!
//! Unknown is `None` (or an empty list), never 0. What no field carries stays in [`Own`] under its column's name, so that
//! nothing of a row is lost. Types, modes, quad classes and scores are ours: recomputed from the row's code by the
//! codebook, because data sets disagree on them; the row's own figures are kept beside.

use std::sync::Arc;

use forewarn_codebook::{Cameo, EventType};
use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};
use smol_str::SmolStr;

use crate::dataset::Dataset;

/// A list of event codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeScheme {
    /// CAMEO 1.1b3, as ICEWS and GDELT have it.
    Cameo,
    /// The CAMEO numbering before it (016 an empathetic comment, 163 halted negotiations, 166 an embargo).
    CameoOld,
    /// The World Events Interaction Survey's codes.
    Weis,
    /// ACLED's `event_type/sub_event_type`.
    Acled,
    /// UCDP's type of violence, 1 to 3.
    Ucdp,
    /// PLOVER's `TYPE` or `TYPE/mode`.
    Plover,
}

impl CodeScheme {
    /// Its name in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cameo => "cameo",
            Self::CameoOld => "cameo-old",
            Self::Weis => "weis",
            Self::Acled => "acled",
            Self::Ucdp => "ucdp",
            Self::Plover => "plover",
        }
    }
}

/// From when to when, with a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ForeignDate {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// `day`, `week`, `month`, `season`, `year` or `decade`.
    pub precision: &'static str,
}

impl ForeignDate {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { start: day, end: day, precision: "day" }
    }

    /// From `start` to `end`, as fine as their distance bears.
    pub(crate) fn between(start: Date, end: Date) -> Self {
        let days = end.duration_since(start).as_hours() / 24 + 1;
        let precision = match days {
            ..=1 => "day",
            2..=7 => "week",
            8..=31 => "month",
            32..=366 => "year",
            _ => "decade",
        };
        Self { start, end, precision }
    }
}

/// One actor or recipient.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ForeignParty {
    /// The name that the row gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The words of the report, where the row keeps them apart from the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The data set's own code (`KSVGOV`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<SmolStr>,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<SmolStr>,
    /// The PLOVER sector that counts: force, court or parliament before government, else the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<SmolStr>,
    /// Every PLOVER sector that the row names, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SmolStr>,
    /// Our code of an organisation or armed group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<SmolStr>,
    /// Our code of an ethnic or religious group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<SmolStr>,
    /// Office or title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
}

/// Where.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ForeignPlace {
    /// The finest name that the row gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<SmolStr>,
    /// First-order division, as the row names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// Degrees north. At precision `country` or coarser it is a middle that the data set chose, no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// GeoNames id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geonameid: Option<u32>,
    /// `exact`, `settlement`, `district`, `admin1`, `country`, `region` or `unknown`.
    pub precision: &'static str,
    /// The words of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl ForeignPlace {
    /// Itself, unless the row says nothing of the place.
    pub(crate) fn known(self) -> Option<Self> {
        let says = self.name.is_some() || self.country.is_some() || self.lat.is_some() || self.admin1.is_some();
        says.then_some(self)
    }
}

/// A number of people.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ForeignCount {
    /// `killed`, `injured`, `arrested`.
    pub what: &'static str,
    /// `side_a`, `side_b`, `civilians`, `unknown`; empty for all together.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub who: &'static str,
    /// Not fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<u64>,
    /// Best reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<u64>,
    /// Not more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<u64>,
}

/// One event of a foreign data set.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ForeignEvent {
    /// Where it comes from.
    pub dataset: Dataset,
    /// Its id there, where the format has one; not always unique, see [`ForeignEvent::key`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<SmolStr>,
    /// Line of the file on which its row starts, from 1.
    pub line: u64,
    /// When.
    pub date: ForeignDate,
    /// The acting side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<ForeignParty>,
    /// The side acted on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<ForeignParty>,
    /// Whether the row says who acted on whom; false where its two sides only stand beside each other.
    pub directed: bool,
    /// The row's own event code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_code: Option<SmolStr>,
    /// What list that code is from.
    pub scheme: CodeScheme,
    /// The row's own words for its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_label: Option<String>,
    /// PLOVER 2.0 type; none for statements (CAMEO 01) and for codes that have none.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "type_name")]
    pub event_type: Option<EventType>,
    /// PLOVER 2.0 mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_mode: Option<SmolStr>,
    /// PLOVER 2.0 contexts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<SmolStr>,
    /// CAMEO 1.1b3 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<SmolStr>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; from the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quad_class: Option<u8>,
    /// The row's own quad class: 0 to 4 in Phoenix, 1 to 4 elsewhere, of other meaning from set to set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_quad: Option<u8>,
    /// Goldstein scale of the CAMEO code, -10 to 10 (ICEWS's values).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    /// The row's own Goldstein value or intensity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_goldstein: Option<f32>,
    /// PLOVER 2.0's score of mode or type, -10 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plover_score: Option<f32>,
    /// `asserted` unless the row says otherwise: `negated`, `announced`, `hypothetical`, `background`.
    pub factuality: &'static str,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ForeignPlace>,
    /// How many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<ForeignCount>,
    /// On whose word, where the set says it (UCDP `source_original`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimant: Option<String>,
    /// Who printed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publishers: Vec<String>,
    /// Addresses of reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Headline of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// The words that tell it, or notes of its coder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Day of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Day on which the data set had it: nothing that looks at an earlier day may know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Date>,
    /// Mentions in reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<u32>,
    /// Publishers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<u32>,
    /// Reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u32>,
    /// Of how many events the row is the sum, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<u32>,
    /// The remaining columns.
    #[serde(skip_serializing_if = "Own::is_empty")]
    pub own: Own,
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)] // serde asks for this shape
fn type_name<S: Serializer>(t: &Option<EventType>, out: S) -> Result<S::Ok, S::Error> {
    t.map(EventType::as_str).serialize(out)
}

impl ForeignEvent {
    /// An event of which only the day is known.
    pub(crate) fn new(dataset: Dataset, line: u64, date: ForeignDate, scheme: CodeScheme) -> Self {
        Self {
            dataset,
            id: None,
            line,
            date,
            actor: Vec::new(),
            recipient: Vec::new(),
            directed: true,
            own_code: None,
            scheme,
            own_label: None,
            event_type: None,
            event_mode: None,
            contexts: Vec::new(),
            cameo: None,
            quad_class: None,
            own_quad: None,
            goldstein: None,
            own_goldstein: None,
            plover_score: None,
            factuality: "asserted",
            place: None,
            counts: Vec::new(),
            claimant: None,
            publishers: Vec::new(),
            urls: Vec::new(),
            headline: None,
            text: None,
            published: None,
            recorded: None,
            mentions: None,
            sources: None,
            articles: None,
            repeats: None,
            own: Own::default(),
        }
    }

    /// What tells it from every other event of its data set. Where ids are not unique the day belongs to it (ICEWS); where
    /// there are none it is made of day, parties, code and sentences (PETRARCH lines); a plain dyad file has nothing but its
    /// lines ([`Dataset::key_is_of_file`]).
    pub fn key(&self) -> String {
        let code = |side: &[ForeignParty]| side.first().and_then(|p| p.code.clone()).unwrap_or_default();
        match (self.dataset, &self.id) {
            (Dataset::Icews, Some(id)) => format!("{id}@{}", self.date.start),
            (Dataset::Petrarch, id) => format!(
                "{}:{}:{}:{}:{}",
                self.date.start,
                code(&self.actor),
                code(&self.recipient),
                self.own_code.as_deref().unwrap_or(""),
                id.as_deref().unwrap_or("")
            ),
            (_, Some(id)) => id.to_string(),
            (_, None) => format!("line {}", self.line),
        }
    }

    /// Takes type, mode, contexts, code and scales of a CAMEO code.
    pub(crate) fn code_as(&mut self, cameo: &Cameo) {
        self.cameo = Some(cameo.code.clone());
        self.goldstein = Some(cameo.goldstein);
        self.contexts.clone_from(&cameo.contexts);
        self.type_as(cameo.event, cameo.mode.clone());
    }

    /// Takes a type and mode, with its quad class and score.
    pub(crate) fn type_as(&mut self, event: Option<EventType>, mode: Option<SmolStr>) {
        self.event_type = event;
        self.quad_class = event.map(EventType::quad_class);
        self.plover_score = event.map(|e| e.score(mode.as_deref()));
        self.event_mode = mode;
    }
}

/// The columns of a row that no field carries, in the file's order; empty cells are left out.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Names of the file's columns, shared by all its events.
    names: Arc<[SmolStr]>,
    /// Column, end of its value in `text`.
    cells: Vec<(u16, u32)>,
    text: String,
}

impl Own {
    pub(crate) fn with_names(names: Arc<[SmolStr]>, cells: usize, bytes: usize) -> Self {
        Self { names, cells: Vec::with_capacity(cells), text: String::with_capacity(bytes) }
    }

    pub(crate) fn push(&mut self, column: u16, value: &str) {
        self.text.push_str(value);
        self.cells.push((column, self.text.len() as u32));
    }

    /// One of named values, in the order given.
    pub(crate) fn from_pairs(pairs: Vec<(SmolStr, String)>) -> Self {
        let mut own = Self::default();
        for (i, (_, value)) in (0..).zip(&pairs) {
            own.push(i, value);
        }
        own.names = pairs.into_iter().map(|(name, _)| name).collect();
        own
    }

    /// Column and value, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = std::iter::once(0).chain(self.cells.iter().map(|c| c.1));
        starts.zip(&self.cells).map(|(start, &(column, end))| {
            let name = self.names.get(usize::from(column)).map_or("", SmolStr::as_str);
            (name, &self.text[start as usize..end as usize])
        })
    }

    /// The value of the column `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Whether nothing remained.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Serialize for Own {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.cells.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
