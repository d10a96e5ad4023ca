//! What merging needs of a claim: small, stored a row each, comparable without the report's text.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Factuality, Stance, VoiceKind};
use forewarn_report::Span;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::words::Term;

/// A claim as merging sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// The claim's id.
    pub claim_id: SmolStr,
    /// The claim's report.
    pub report_id: SmolStr,
    /// Index of its sentence.
    pub sentence: u32,
    /// Whether it stands in the headline.
    pub headline: bool,
    /// The bytes of its predicate: with the report's id what an [`Anchor`](crate::Anchor) holds on to.
    pub predicate: Span,
    /// PLOVER type.
    #[serde(with = "event_word")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub event_mode: Option<SmolStr>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// Goldstein scale of the code.
    pub goldstein: f32,
    /// PLOVER score of type and mode.
    pub plover_score: f32,
    /// Whether it happened.
    pub factuality: Factuality,
    /// Acting side.
    pub actor: Vec<Side>,
    /// Side acted on.
    pub recipient: Vec<Side>,
    /// The days that the text gives; none where it gives none.
    pub when: Option<Interval>,
    /// The place that the text gives.
    pub spot: Option<Spot>,
    /// Its numbers.
    pub tolls: Vec<Toll>,
    /// The chain of voices.
    pub said: Vec<Said>,
    /// Content words of the sentence, sorted by word.
    pub terms: Vec<Term>,
    /// How far its sentence reaches beyond the day's news.
    pub reach: Reach,
    /// Hashes of what binds it to others (place, pair of parties, telling words), sorted.
    pub anchors: Vec<u64>,
    /// The coder's confidence.
    pub confidence: f32,
}

/// How a sentence stands to the happening that it mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// It tells the news.
    #[default]
    News,
    /// It points back: the claim stands in a clause that takes it for known ("the gunmen who attacked the village"), or
    /// the sentence is about what came of a violent happening (a funeral, a trial, a condemnation).
    Aftermath,
    /// It looks back from afar: an anniversary, "years after".
    Memory,
}

/// One party.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What it is called: the description that a pronoun or short name stands for, where there is one.
    pub text: SmolStr,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// PLOVER sector.
    pub sector: Option<SmolStr>,
    /// Organisation or armed group.
    pub group: Option<SmolStr>,
    /// Ethnic or religious code.
    pub ethnicity: Option<SmolStr>,
    /// A person's name.
    pub person: Option<SmolStr>,
}

/// Days counted from 1970-01-01, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub start: i32,
    /// Last day.
    pub end: i32,
}

/// Precision of a place, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Exactness {
    /// A building, base or airport.
    Exact,
    /// A village, town or city.
    Settlement,
    /// A district, or the surroundings of a town ("near the town of …").
    District,
    /// A first-order division.
    Admin1,
    /// A valley, sea or border.
    Region,
    /// A state.
    Country,
    /// Not known.
    Unknown,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Its name.
    pub name: SmolStr,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// First-order division.
    pub admin1: Option<SmolStr>,
    /// Degrees north and east.
    pub at: Option<(f32, f32)>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// How exact it is.
    pub exactness: Exactness,
}

/// A number that the text gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// `killed`, `injured` …
    pub what: SmolStr,
    /// Whom or what, in the text's words.
    pub who: SmolStr,
    /// Not fewer.
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more.
    pub high: Option<u64>,
}

/// A voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its name or description.
    pub by: SmolStr,
    /// What kind of voice.
    pub kind: VoiceKind,
    /// What it does with the claim.
    pub stance: Stance,
    /// Whether the text names it; a publisher known from metadata only is not named.
    pub named: bool,
}

impl Telling {
    /// Whether it tells of a deed that is not the violent happening that its sentence mentions, but came of it.
    pub(crate) fn is_another_deed(&self) -> bool {
        self.reach == Reach::Aftermath && !matches!(self.event_type, EventType::Assault | EventType::Protest)
    }
}

impl Exactness {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Settlement => "settlement",
            Self::District => "district",
            Self::Admin1 => "admin1",
            Self::Region => "region",
            Self::Country => "country",
            Self::Unknown => "unknown",
        }
    }

    /// The precision that `word` names; an unknown word is [`Self::Unknown`].
    pub fn parse(word: &str) -> Self {
        [Self::Exact, Self::Settlement, Self::District, Self::Admin1, Self::Region, Self::Country]
            .into_iter()
            .find(|e| e.as_str() == word)
            .unwrap_or(Self::Unknown)
    }

    /// Whether two different names of this precision are two different places.
    pub fn is_point(self) -> bool {
        self <= Self::Settlement
    }
}

/// [`EventType`] as PLOVER's word.
pub(crate) mod event_word {
    use forewarn_codebook::ontology::EventType;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(crate) fn serialize<S: Serializer>(event: &EventType, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(event.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<EventType, D::Error> {
        let word = smol_str::SmolStr::deserialize(from)?;
        EventType::parse(&word).ok_or_else(|| D::Error::custom(format!("`{word}` is no event type")))
    }
}
