//! The rows that go out: one claim or one incident each, flattened out of whatever holds it.
//!
//! A row carries all that any of the formats shows. Unknown is `None` (an empty list: nobody named), never 0 or "".
//! The ledger fills rows from its tables, [`EventRow::of`] from a claim just coded, `write` writes them.

use forewarn_coder::{Claim, Stance, VoiceKind};
use forewarn_report::Report;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The name of our own set in [`EventRow::set`].
pub const OURS: &str = "forewarn";

/// One claim, or one event of a foreign data set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventRow {
    /// The claim's id; a foreign event's own id.
    pub claim_id: String,
    /// `forewarn`, or the name of the foreign data set it came from.
    pub set: String,
    /// The report it was read in.
    pub report_id: Option<String>,
    /// The report's address.
    pub url: Option<String>,
    /// The report's headline.
    pub title: Option<String>,
    /// The report's day of publication.
    pub published: Option<Date>,
    /// Who printed the report.
    pub publisher: Option<String>,
    /// Index of the sentence in the report, from 0.
    pub sentence: Option<u32>,
    /// First byte of the sentence in the stored text.
    pub span_start: Option<u32>,
    /// One past its last byte.
    pub span_end: Option<u32>,
    /// The sentence's words.
    pub evidence: Option<String>,
    /// The words that carry the event.
    pub predicate: Option<String>,
    /// PLOVER 2.0 type; none for statements (CAMEO 01) of foreign sets.
    pub event_type: Option<String>,
    /// PLOVER 2.0 mode.
    pub event_mode: Option<String>,
    /// PLOVER 2.0 contexts.
    pub contexts: Vec<String>,
    /// CAMEO 1.1b3 code.
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_class: Option<u8>,
    /// Goldstein scale, -10 to 10.
    pub goldstein: Option<f64>,
    /// PLOVER score, -10 to 10.
    pub plover_score: Option<f64>,
    /// `asserted`, `denied`, `negated`, `announced`, `disavowed`, `hypothetical`, `background`.
    pub factuality: Option<String>,
    /// The acting side.
    pub actor: Vec<PartyRow>,
    /// The side acted on.
    pub recipient: Vec<PartyRow>,
    /// The chain of voices, outermost first.
    pub attribution: Vec<VoiceRow>,
    /// First day.
    pub date_start: Option<Date>,
    /// Last day; none while open.
    pub date_end: Option<Date>,
    /// `day`, `week`, `month`, `season`, `year`, `decade`, `open` or `unresolved`.
    pub date_prec: Option<String>,
    /// Where.
    pub place: Option<PlaceRow>,
    /// Numbers that the text gives.
    pub counts: Vec<CountRow>,
    /// The rule that coded it.
    pub rule: Option<String>,
    /// 0 to 1.
    pub confidence: Option<f64>,
    /// The incident it is an account of.
    pub incident_id: Option<String>,
    /// The run (model, codebook, settings) that coded it.
    pub run: Option<String>,
}

/// One incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidentRow {
    /// Its id.
    pub incident_id: String,
    /// PLOVER 2.0 type that its claims agree on.
    pub event_type: String,
    /// PLOVER 2.0 mode.
    pub event_mode: Option<String>,
    /// PLOVER 2.0 contexts of all its claims.
    pub contexts: Vec<String>,
    /// CAMEO 1.1b3 code.
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_class: Option<u8>,
    /// Goldstein scale, -10 to 10.
    pub goldstein: Option<f64>,
    /// PLOVER score, -10 to 10.
    pub plover_score: Option<f64>,
    /// `asserted` if any claim says that it happened, else the strongest of what the others say.
    pub status: String,
    /// Whether accounts blame different parties.
    pub disputed_actor: bool,
    /// The acting side that is agreed, or told most.
    pub actor: Vec<PartyRow>,
    /// The others that accounts blame, where it is disputed.
    pub actor_alternatives: Vec<PartyRow>,
    /// The side acted on.
    pub recipient: Vec<PartyRow>,
    /// First day.
    pub date_start: Option<Date>,
    /// Last day; none while open.
    pub date_end: Option<Date>,
    /// `day`, `week`, `month`, `season`, `year`, `decade`, `open` or `unresolved`.
    pub date_prec: Option<String>,
    /// Where, as finely as accounts agree.
    pub place: Option<PlaceRow>,
    /// How many claims tell of it.
    pub claims: u32,
    /// In how many reports.
    pub reports: u32,
    /// By how many publishers.
    pub publishers: u32,
    /// Wire copies and "as reported by" counted once.
    pub independent_origins: u32,
    /// The publishers' names, sorted.
    pub publisher_names: Vec<String>,
    /// Persons killed.
    pub killed: CountRange,
    /// Persons injured.
    pub injured: CountRange,
    /// Every agreed number, those of killed and injured among them.
    pub counts: Vec<CountRow>,
    /// Publication day of the first report.
    pub first_published: Option<Date>,
    /// Publication day of the last report.
    pub last_published: Option<Date>,
    /// The sentence that tells it best.
    pub evidence: Option<String>,
    /// On whose word that sentence stands, outermost first.
    pub attribution: Vec<VoiceRow>,
    /// Who printed that sentence.
    pub evidence_publisher: Option<String>,
    /// Where.
    pub evidence_url: Option<String>,
    /// When.
    pub evidence_published: Option<Date>,
    /// Under what headline.
    pub evidence_title: Option<String>,
    /// The run that merged it.
    pub run: Option<String>,
}

/// An actor or recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyRow {
    /// The words, or a foreign set's name for it.
    pub text: String,
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Code of an organisation or armed group.
    pub group: Option<String>,
    /// Lower-case ethnic or religious code.
    pub ethnicity: Option<String>,
    /// A named person.
    pub person: Option<String>,
    /// The person's office.
    pub office: Option<String>,
    /// What a pronoun, description or short name stands for.
    pub resolved: Option<String>,
    /// Whether no dictionary knows it.
    pub inferred: bool,
}

/// One link of the chain of voices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VoiceRow {
    /// The words.
    pub text: String,
    /// `publisher`, `speaker` or `unnamed`.
    pub kind: String,
    /// `reports`, `claims`, `confirms`, `denies` or `claims responsibility`.
    pub stance: String,
    /// What a pronoun or short name stands for.
    pub resolved: Option<String>,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceRow {
    /// The name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// `exact`, `settlement`, `district`, `admin1`, `country`, `region` or `unknown`.
    pub precision: String,
}

/// A number that the text gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountRow {
    /// `killed`, `injured`, `arrested` …
    pub what: String,
    /// Of whom or what, in the text's words.
    pub who: String,
    /// Not fewer.
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more.
    pub high: Option<u64>,
}

/// A range of persons; all `None` where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountRange {
    /// Not fewer.
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more.
    pub high: Option<u64>,
}

impl CountRange {
    /// Whether anything is said.
    pub fn is_known(self) -> bool {
        self.low.is_some() || self.best.is_some() || self.high.is_some()
    }
}

impl EventRow {
    /// The row of a claim and the report that it was read in, outside any ledger: without incident and run.
    ///
    /// # Panics
    /// When the claim belongs to another report.
    pub fn of(report: &Report, claim: &Claim) -> Self {
        let party = |p: &forewarn_coder::Party| PartyRow {
            text: p.text.clone(),
            country: p.country.as_ref().map(ToString::to_string),
            sector: p.sector.as_ref().map(ToString::to_string),
            group: p.group.as_ref().map(ToString::to_string),
            ethnicity: p.ethnicity.as_ref().map(ToString::to_string),
            person: p.person.clone(),
            office: p.office.as_ref().map(ToString::to_string),
            resolved: p.resolved.clone(),
            inferred: p.inferred,
        };
        let date = claim.date.as_ref();
        Self {
            claim_id: claim.claim_id.clone(),
            set: OURS.to_owned(),
            report_id: Some(claim.report_id.clone()),
            url: report.url.clone(),
            title: report.title().map(ToOwned::to_owned),
            published: report.published,
            publisher: report.publisher.clone(),
            sentence: Some(claim.sentence),
            span_start: Some(claim.span.start),
            span_end: Some(claim.span.end),
            evidence: Some(claim.span.slice(&report.text).to_owned()),
            predicate: Some(claim.predicate.text.clone()),
            event_type: Some(claim.event_type.to_owned()),
            event_mode: claim.event_mode.as_ref().map(ToString::to_string),
            contexts: claim.contexts.iter().map(ToString::to_string).collect(),
            cameo: Some(claim.cameo.to_string()),
            quad_class: Some(claim.quad_class),
            goldstein: Some(decimal(claim.goldstein)),
            plover_score: Some(decimal(claim.plover_score)),
            factuality: Some(claim.factuality.as_str().to_owned()),
            actor: claim.actor.iter().map(party).collect(),
            recipient: claim.recipient.iter().map(party).collect(),
            attribution: claim
                .attribution
                .iter()
                .map(|v| VoiceRow {
                    text: v.text.clone(),
                    kind: kind_word(v.kind).to_owned(),
                    stance: stance_word(v.stance).to_owned(),
                    resolved: v.resolved.clone(),
                })
                .collect(),
            date_start: date.and_then(|d| d.start),
            date_end: date.and_then(|d| d.end),
            date_prec: date.map(|d| d.precision.to_owned()),
            place: claim.place.as_ref().map(|p| PlaceRow {
                name: p.name.clone(),
                country: p.country.as_ref().map(ToString::to_string),
                admin1: p.admin1.clone(),
                lat: p.lat,
                lon: p.lon,
                geonameid: p.geonameid,
                precision: p.precision.to_owned(),
            }),
            counts: claim
                .counts
                .iter()
                .map(|c| CountRow {
                    what: c.what.to_owned(),
                    who: c.who.clone(),
                    low: c.low,
                    best: c.best,
                    high: c.high,
                })
                .collect(),
            rule: Some(claim.rule.clone()),
            confidence: Some(decimal(claim.confidence)),
            incident_id: None,
            run: None,
        }
    }
}

impl EventRow {
    /// How many were `what` (`killed`) in all: the one count of it where there is one. Several may name the same people
    /// twice ("four, among them two children"), so that they bear only the most that any has as `low` and their sum as
    /// `high`.
    pub fn total(&self, what: &str) -> CountRange {
        let mut of = self.counts.iter().filter(|c| c.what == what);
        let Some(first) = of.next() else { return CountRange::default() };
        let first = CountRange { low: first.low, best: first.best, high: first.high };
        of.fold(first, |all, c| CountRange {
            low: all.low.max(c.low),
            best: None,
            high: all.high.zip(c.high).map(|(a, b)| a.saturating_add(b)),
        })
    }
}

/// The word of a kind of voice, as claims are serialised.
pub fn kind_word(kind: VoiceKind) -> &'static str {
    match kind {
        VoiceKind::Publisher => "publisher",
        VoiceKind::Speaker => "speaker",
        VoiceKind::Unnamed => "unnamed",
    }
}

/// The words of a stance, as claims are serialised.
pub fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Reports => "reports",
        Stance::Claims => "claims",
        Stance::Confirms => "confirms",
        Stance::Denies => "denies",
        Stance::ClaimsResponsibility => "claims responsibility",
    }
}

/// The number that `value` prints as: 0.91 and not 0.9100000262260437.
pub fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}

#[cfg(test)]
mod tests {
    use forewarn_coder::{Count, Factuality, Party, Phrase, Place, Voice, When};
    use forewarn_report::Span;

    use super::*;

    #[test]
    fn a_row_says_what_its_claim_says() {
        let report = Report::from_text("Rebels hit Torvik\n\nRebels shelled Torvik on Monday, police said.")
            .expect("it has words");
        let at = |words: &str| {
            let start = report.text.rfind(words).expect("the report says it");
            Span::from_range(start..start + words.len())
        };
        let sentence = at("Rebels shelled Torvik on Monday, police said.");
        let day = jiff::civil::date(2023, 9, 25);
        let claim = Claim {
            claim_id: "c1".to_owned(),
            report_id: report.report_id.clone(),
            sentence: 1,
            span: sentence,
            predicate: Phrase { text: "shelled".to_owned(), span: at("shelled") },
            actor: vec![Party { text: "Rebels".to_owned(), sector: Some("REB".into()), ..Party::default() }],
            recipient: Vec::new(),
            event_type: "ASSAULT",
            event_mode: Some("heavy-weapons".into()),
            contexts: vec!["military".into()],
            cameo: "194".into(),
            quad_class: 4,
            goldstein: -9.1,
            plover_score: -9.5,
            factuality: Factuality::Asserted,
            attribution: vec![Voice {
                text: "police".to_owned(),
                span: Some(at("police")),
                kind: VoiceKind::Unnamed,
                stance: Stance::ClaimsResponsibility,
                resolved: None,
                rule: "",
            }],
            date: Some(When {
                start: Some(day),
                end: Some(day),
                precision: "day",
                text: "Monday".to_owned(),
                span: None,
                rule: "",
            }),
            place: Some(Place {
                name: "Torvik".to_owned(),
                lat: Some(1.25),
                lon: Some(2.5),
                precision: "settlement",
                ..Place::default()
            }),
            counts: vec![Count {
                what: "killed",
                who: "soldiers".to_owned(),
                low: Some(2),
                best: None,
                high: None,
                text: String::new(),
                span: sentence,
                rule: "",
            }],
            rule: "assault/shell".to_owned(),
            confidence: 0.91,
        };
        let row = EventRow::of(&report, &claim);
        assert_eq!(row.evidence.as_deref(), Some("Rebels shelled Torvik on Monday, police said."));
        assert_eq!((row.span_start, row.span_end), (Some(sentence.start), Some(sentence.end)));
        assert_eq!((row.goldstein, row.confidence), (Some(-9.1), Some(0.91)), "as printed, not as stored");
        // Every word of a row is that of the claim's JSON.
        let (row, claim) = (serde_json::to_value(&row).expect("JSON"), serde_json::to_value(&claim).expect("JSON"));
        for name in [
            "claim_id",
            "report_id",
            "sentence",
            "event_type",
            "event_mode",
            "contexts",
            "cameo",
            "quad_class",
            "factuality",
            "rule",
        ] {
            assert_eq!(row[name], claim[name], "{name}");
        }
        for (list, names) in [
            ("actor", &["text", "country", "sector", "group", "inferred"][..]),
            ("attribution", &["text", "kind", "stance", "resolved"]),
            ("counts", &["what", "who", "low", "best", "high"]),
        ] {
            for name in names {
                assert_eq!(row[list][0][name], claim[list][0][name], "{list} {name}");
            }
        }
        assert_eq!(row["date_start"], claim["date"]["start"]);
        for name in ["name", "country", "admin1", "lat", "lon", "geonameid", "precision"] {
            assert_eq!(row["place"][name], claim["place"][name], "{name}");
        }
    }
}
