//! The incident: one happening with every account of it.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::Factuality;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::link::{Piece, Reason};
use crate::record::{Exactness, Side, event_word};

/// One happening; the fields are described in [`crate::schema`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Hash of the smallest claim id among its tellings.
    pub incident_id: SmolStr,
    /// PLOVER type that most tellings agree on.
    #[serde(with = "event_word")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub event_mode: Option<SmolStr>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// 1 to 4.
    pub quad_class: u8,
    /// Goldstein scale.
    pub goldstein: f32,
    /// PLOVER score.
    pub plover_score: f32,
    /// Whether it happened: asserted if any telling asserts it.
    pub status: Factuality,
    /// Acting side, as most accounts have it.
    pub actor: Vec<Side>,
    /// Side acted on.
    pub recipient: Vec<Side>,
    /// Whether accounts blame parties that cannot be one.
    pub disputed_actor: bool,
    /// The accounts of who acted, with who gives them; one where nobody differs.
    pub accounts: Vec<Account>,
    /// When.
    pub date: Option<IncidentDate>,
    /// Where, as fine as accounts agree.
    pub place: Option<IncidentPlace>,
    /// Numbers of each kind.
    pub counts: Vec<Tally>,
    /// Reports that tell of it.
    pub reports: u32,
    /// Publishers of those reports.
    pub publishers: u32,
    /// Origins that do not stand on each other.
    pub independent_origins: u32,
    /// Mean confidence of its tellings, 0 to 1.
    pub confidence: f32,
    /// Tellings first, then what points to it; by claim id.
    pub members: Vec<Member>,
}

/// What a member is to its incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Says that it happened.
    Telling,
    /// Says that it did not, or denies having done it.
    Denial,
    /// Says that it will.
    Announcement,
    /// Says that nobody means to.
    Disavowal,
    /// Says that it may.
    Speculation,
    /// Comes after it: a funeral, a trial, a condemnation.
    FollowUp,
    /// Recalls it as history.
    Background,
}

impl Role {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Telling => "telling",
            Self::Denial => "denial",
            Self::Announcement => "announcement",
            Self::Disavowal => "disavowal",
            Self::Speculation => "speculation",
            Self::FollowUp => "follow-up",
            Self::Background => "background",
        }
    }

    /// Whether it is one of the incident's own accounts; others only point to it and are counted nowhere.
    pub fn is_account(self) -> bool {
        !matches!(self, Self::FollowUp | Self::Background)
    }
}

/// One claim of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The claim.
    pub claim_id: SmolStr,
    /// Its report.
    pub report_id: SmolStr,
    /// What it is to the incident.
    pub role: Role,
    /// The claim it was merged with; none for one that stands alone.
    pub merged_to: Option<SmolStr>,
    /// Score of that merge, 0.5 to 1; 1 by hand or alone.
    pub score: f32,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Who acted, by some accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The party.
    pub party: Side,
    /// Claims that say so, sorted.
    pub claims: Vec<SmolStr>,
    /// On whose word: named voices and publishers, sorted.
    pub said_by: Vec<SmolStr>,
}

/// When it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentDate {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// `day`, `week`, `month`, `year`, or `published` where no text gives a day and the days before publication stand in.
    pub precision: Precision,
}

/// Precision of an incident's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day, or two (a night).
    Day,
    /// Up to nine days.
    Week,
    /// Up to 31.
    Month,
    /// More.
    Year,
    /// Bounded by publication only.
    Published,
}

impl Precision {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Published => "published",
        }
    }
}

/// Where it happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentPlace {
    /// The name.
    pub name: SmolStr,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// First-order division.
    pub admin1: Option<SmolStr>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// How exact it is.
    pub precision: Exactness,
    /// Other names that accounts give, of the same precision or nearly; sorted.
    pub also: Vec<SmolStr>,
}

/// Numbers of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// `killed`, `injured` …
    pub what: SmolStr,
    /// Lowest figure that stands.
    pub low: Option<u64>,
    /// Best figure: that of most origins among the latest.
    pub best: Option<u64>,
    /// Highest figure that stands; none where "at least" is all that is said.
    pub high: Option<u64>,
    /// Who says which, latest first.
    pub said: Vec<TallySaid>,
}

/// One report's figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TallySaid {
    /// The claim.
    pub claim_id: SmolStr,
    /// Its report.
    pub report_id: SmolStr,
    /// Day of publication.
    pub published: Option<Date>,
    /// Named voices and the publisher.
    pub said_by: Vec<SmolStr>,
    /// Of whom, in the text's words.
    pub who: SmolStr,
    /// Not fewer.
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more.
    pub high: Option<u64>,
    /// Whether a later report has replaced it.
    pub superseded: bool,
}

/// A piece on its way into an incident.
pub(crate) struct Joined<'p> {
    pub piece: Piece<'p>,
    /// Whether it is one of the incident's accounts.
    pub core: bool,
    pub to: Option<SmolStr>,
    pub score: f32,
    pub reasons: Vec<Reason>,
}
