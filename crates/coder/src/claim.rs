//! The claim: one coded assertion out of one sentence.

use forewarn_report::Span;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One coded assertion out of one sentence; the fields are described in [`crate::schema`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// Stable id: report, sentence, predicate and rule hashed.
    pub claim_id: String,
    /// The report it was read in.
    pub report_id: String,
    /// Index of the sentence in the report, from 0.
    pub sentence: u32,
    /// The sentence's bytes in the stored text.
    pub span: Span,
    /// The words that carry the event: predicate and particles.
    pub predicate: Phrase,
    /// The acting side.
    pub actor: Vec<Party>,
    /// The side acted on.
    pub recipient: Vec<Party>,
    /// PLOVER 2.0 event type.
    pub event_type: &'static str,
    /// PLOVER 2.0 mode.
    pub event_mode: Option<SmolStr>,
    /// PLOVER 2.0 contexts.
    pub contexts: Vec<SmolStr>,
    /// CAMEO 1.1b3 code.
    pub cameo: SmolStr,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_class: u8,
    /// Goldstein scale, -10 to 10.
    pub goldstein: f32,
    /// PLOVER score, -10 to 10.
    pub plover_score: f32,
    /// Whether it happened, by the text.
    pub factuality: Factuality,
    /// The chain of voices, outermost first.
    pub attribution: Vec<Voice>,
    /// When.
    pub date: Option<When>,
    /// Where.
    pub place: Option<Place>,
    /// How many.
    pub counts: Vec<Count>,
    /// The rule that coded it: `file-stem/lemma` or `model/…`.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phrase {
    /// As they stand.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// One actor or recipient.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Party {
    /// The words, as they stand.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`), or none.
    pub country: Option<SmolStr>,
    /// PLOVER sector (`GOV`, `MIL`, `UAF` …).
    pub sector: Option<SmolStr>,
    /// Code of an organisation or armed group (`NATO`, `HAMAS`), or none.
    pub group: Option<SmolStr>,
    /// Lower-case ethnic or religious code (`srb`, `kur`), or none.
    pub ethnicity: Option<SmolStr>,
    /// A named person's name.
    pub person: Option<String>,
    /// The office that a known person held on the report's date; of others, the one the text gives.
    pub office: Option<SmolStr>,
    /// What a pronoun, definite description or short name stands for.
    pub resolved: Option<String>,
    /// The rule that set it.
    pub rule: &'static str,
    /// Whether no dictionary knows it: what is said of it was inferred from the type of its name, its head noun,
    /// modifiers and appositions.
    pub inferred: bool,
}

/// Whether a claim's event happened, by the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Factuality {
    /// Said to have happened.
    Asserted,
    /// Someone says that it did not happen.
    Denied,
    /// The text says that it did not happen.
    Negated,
    /// Promised, planned, authorised: not done yet.
    Announced,
    /// An intention that someone says they do not have.
    Disavowed,
    /// If, could, fears, considering.
    Hypothetical,
    /// History that a report recalls.
    Background,
}

impl Factuality {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Negated => "negated",
            Self::Announced => "announced",
            Self::Disavowed => "disavowed",
            Self::Hypothetical => "hypothetical",
            Self::Background => "background",
        }
    }

    /// The factuality that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Asserted,
            Self::Denied,
            Self::Negated,
            Self::Announced,
            Self::Disavowed,
            Self::Hypothetical,
            Self::Background,
        ]
        .into_iter()
        .find(|f| f.as_str() == word)
    }
}

/// Kind of a voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VoiceKind {
    /// A medium that reports (Reuters, the Financial Times).
    Publisher,
    /// A named person or body.
    Speaker,
    /// Officials, witnesses, satellite images.
    Unnamed,
}

/// What a voice does with the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stance {
    /// Passes it on.
    #[serde(rename = "reports")]
    Reports,
    /// Says it.
    #[serde(rename = "claims")]
    Claims,
    /// Confirms it.
    #[serde(rename = "confirms")]
    Confirms,
    /// Denies it.
    #[serde(rename = "denies")]
    Denies,
    /// Says that it did it.
    #[serde(rename = "claims responsibility")]
    ClaimsResponsibility,
}

/// One link of the chain of voices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// The words, as they stand.
    pub text: String,
    /// Where they stand; none for a publisher known from the report's metadata.
    pub span: Option<Span>,
    /// What kind of voice.
    pub kind: VoiceKind,
    /// What it does with the claim.
    pub stance: Stance,
    /// What a pronoun or short name stands for.
    pub resolved: Option<String>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// A time with its precision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct When {
    /// First day, or none while unresolved.
    pub start: Option<jiff::civil::Date>,
    /// Last day, or none while unresolved or open.
    pub end: Option<jiff::civil::Date>,
    /// `day`, `week`, `month`, `season`, `year`, `decade`, `open` or `unresolved`.
    pub precision: &'static str,
    /// The words it was read from; empty when the report's own date stands in.
    pub text: String,
    /// Where they stand.
    pub span: Option<Span>,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A place as the text names it; coordinates come from the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// The name.
    pub name: String,
    /// ISO 3166-1 alpha-3 where the text or the codebook says it.
    pub country: Option<SmolStr>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// `exact`, `settlement`, `district`, `admin1`, `country`, `region` or `unknown`.
    pub precision: &'static str,
    /// The words ("the village of Banjska").
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The rule that bound it.
    pub rule: &'static str,
}

/// A number that the text gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// `killed`, `injured`, `arrested`, `missing`, `displaced`, `abducted`, `troops`, `weapons`, `participants` …
    pub what: &'static str,
    /// The words that say whom or what was counted ("attackers").
    pub who: String,
    /// Not fewer; none for "up to 40".
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more; none for "at least 40".
    pub high: Option<u64>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
}
