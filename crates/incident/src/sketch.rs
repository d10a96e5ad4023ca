//! What merging needs of a report as a whole.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Claim, VoiceKind};
use forewarn_language::Sentence;
use forewarn_report::{BlockKind, Report};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::record::Interval;
use crate::words::{self, Sort, Term};
use crate::{bind, hash, origin, time};

/// How many of a report's words are kept.
const TERMS: usize = 64;

/// Length of the signature.
const SIGNATURE: usize = 64;

/// Words of a shingle.
const SHINGLE: usize = 3;

/// A report as merging sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    /// The report's id.
    pub report_id: SmolStr,
    /// Who printed it.
    pub publisher: Option<SmolStr>,
    /// The day of publication, counted from 1970-01-01.
    pub published: Option<i32>,
    /// The agency that its dateline names, folded.
    pub agency: Option<SmolStr>,
    /// Words in it.
    pub length: u32,
    /// Minima of 64 hash functions over its shingles of three words, one byte of each (Broder 1997; Li and König 2010).
    pub signature: Vec<u8>,
    /// Its heaviest words, sorted by word; the list has length 255 (rounded) as a vector.
    pub terms: Vec<Term>,
    /// The days that its claims give, with their types.
    pub days: Vec<(Dated, Interval)>,
    /// The state that most of its claims concern.
    pub country: Option<SmolStr>,
    /// Hashes of that state with the report's heaviest words, sorted: they bind its claims to those of others.
    pub anchors: Vec<u64>,
}

/// The type of a claim that gives a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dated(pub u8);

impl Dated {
    pub(crate) fn of(event: EventType) -> Self {
        Self(event as u8)
    }
}

impl Sketch {
    /// The sketch of a report with its sentences and claims.
    pub fn of(report: &Report, sentences: &[Sentence], claims: &[Claim]) -> Self {
        let mut days: Vec<(Dated, Interval)> = claims
            .iter()
            .filter_map(|c| {
                let event = EventType::parse(c.event_type)?;
                Some((Dated::of(event), time::interval(c.date.as_ref()?)?))
            })
            .filter(|(_, i)| i.days() <= time::NEAR)
            .collect();
        days.sort_unstable();
        days.dedup();
        days.truncate(8);
        let terms = terms(report, sentences);
        let country = country(claims);
        let mut out = Self {
            anchors: Vec::new(),
            report_id: SmolStr::from(report.report_id.as_str()),
            publisher: report.publisher.as_deref().map(SmolStr::from),
            published: report.published.map(time::day),
            agency: origin::agency(report),
            length: report.text.split_whitespace().count() as u32,
            signature: signature(&report.text),
            terms,
            days,
            country,
        };
        out.bind();
        out
    }

    /// Sets the anchors anew, after a field that they are made of was changed.
    pub fn bind(&mut self) {
        self.anchors = anchors(&self.terms, self.country.as_deref().unwrap_or_default());
    }

    /// How alike the texts of two reports are: the estimated share of common shingles, 0 to 1.
    pub fn overlap(&self, other: &Self) -> f32 {
        if self.signature.is_empty() || self.signature.len() != other.signature.len() {
            return 0.0;
        }
        let same = self.signature.iter().zip(&other.signature).filter(|(a, b)| a == b).count();
        // One in 256 bytes agrees by chance.
        let share = same as f32 / self.signature.len() as f32;
        ((share - 1.0 / 256.0) / (1.0 - 1.0 / 256.0)).max(0.0)
    }
}

/// How many of a report's words bind it to others.
const BINDING: usize = 4;

fn anchors(terms: &[Term], country: &str) -> Vec<u64> {
    let mut heavy: Vec<&Term> = terms.iter().collect();
    heavy.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    let mut out: Vec<u64> = heavy.iter().take(BINDING).map(|t| bind::with_word(country, &t.word)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// How much a sentence tells of the report's own story: the headline and the lead most, later ones less and less.
fn standing(kind: BlockKind, index: usize) -> f32 {
    match kind {
        BlockKind::Title => 2.0,
        BlockKind::Standfirst => 1.5,
        BlockKind::Subhead => 0.8,
        BlockKind::Paragraph => (1.6 / (1.0 + 0.8 * index as f32)).max(0.1),
    }
}

fn terms(report: &Report, sentences: &[Sentence]) -> Vec<Term> {
    let mut seen: FxHashMap<SmolStr, (f32, Sort)> = FxHashMap::default();
    for (index, sentence) in sentences.iter().enumerate() {
        let kind = report.blocks.get(sentence.block as usize).map_or(BlockKind::Paragraph, |b| b.kind);
        let standing = standing(kind, index);
        words::content(&report.text, sentence, &mut |word, sort| {
            let entry = seen.entry(word).or_insert((0.0, sort));
            entry.0 += standing;
            // A word that is a name anywhere is one.
            if sort == Sort::Name {
                entry.1 = sort;
            }
        });
    }
    let mut weighed: Vec<(SmolStr, f32)> = seen
        .into_iter()
        .map(|(word, (n, sort))| {
            let w = words::weight(&word, sort) * (1.0 + n).ln();
            (word, w)
        })
        .collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    weighed.truncate(TERMS);
    let norm = weighed.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    let mut out: Vec<Term> = weighed
        .into_iter()
        .map(|(word, w)| Term { word, weight: (w / norm * 255.0).round().clamp(1.0, 255.0) as u8 })
        .collect();
    out.sort_unstable_by(|a, b| a.word.cmp(&b.word));
    out
}

fn signature(text: &str) -> Vec<u8> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| hash::of(&[w.to_lowercase().as_bytes()]))
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut minima = [u64::MAX; SIGNATURE];
    for shingle in words.windows(SHINGLE.min(words.len())) {
        let whole = shingle.iter().fold(0_u64, |h, w| hash::stirred(h ^ w));
        for (k, minimum) in (1_u64..).zip(&mut minima) {
            *minimum = (*minimum).min(hash::stirred(whole ^ k.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    minima.iter().map(|m| *m as u8).collect()
}

fn country(claims: &[Claim]) -> Option<SmolStr> {
    let mut votes: FxHashMap<&str, u32> = FxHashMap::default();
    for claim in claims {
        if let Some(c) = claim.place.as_ref().and_then(|p| p.country.as_deref()) {
            *votes.entry(c).or_default() += 2;
        }
        for party in claim.actor.iter().chain(&claim.recipient) {
            if let Some(c) = party.country.as_deref() {
                *votes.entry(c).or_default() += 1;
            }
        }
    }
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(c, _)| SmolStr::from(c))
}

/// The media that a claim's chain of voices names in its text; `carriers` are names known to be such, sorted.
pub(crate) fn credited<'t>(claim: &'t crate::Telling, carriers: &'t [SmolStr]) -> impl Iterator<Item = SmolStr> + 't {
    claim.said.iter().filter(|s| s.named).filter_map(|s| {
        let name = origin::folded(&s.by);
        (s.kind == VoiceKind::Publisher || carriers.binary_search(&name).is_ok()).then_some(name)
    })
}
