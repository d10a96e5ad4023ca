//! Compares two pieces: are they tellings of one happening, and why.
//!
//! The score is a sum of weights in log odds, each with the reason for it. The weights are set by hand; what is to be
//! merged is in `tests/happenings/`.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::Factuality;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::record::{Exactness, Reach, Telling};
use crate::sketch::Sketch;
use crate::whereabouts::Relation;
use crate::{bind, counted, deeds, party, story, time, whereabouts, words};

/// A telling with the sketch of its report.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The telling.
    pub telling: &'a Telling,
    /// Its report's sketch.
    pub sketch: &'a Sketch,
}

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bond {
    /// Both tell of one happening.
    Same,
    /// The first points to what the second tells.
    Points,
    /// The second points to what the first tells.
    Pointed,
}

/// Two pieces that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The smaller claim id.
    pub a: SmolStr,
    /// The larger claim id.
    pub b: SmolStr,
    /// What it says.
    pub bond: Bond,
    /// 0.5 to 1.
    pub score: f32,
    /// Why, in the order of this list: type, time, place, actor, recipient, numbers, wording, story, copy.
    pub reasons: Vec<Reason>,
}

/// One reason for a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// `type`, `time`, `place`, `actor`, `recipient`, `numbers`, `wording`, `story`, `copy`, `sentence` or `correction`.
    pub what: SmolStr,
    /// Log odds that it adds.
    pub weight: f32,
    /// The words or values that it rests on.
    pub words: String,
}

/// Weight that two claims of different reports, of one type and bound by some key, start from.
const PRIOR: f32 = -3.3;

/// Sentences after the headline that it sums up.
const LEAD: u32 = 3;

/// Words below which a report is hardly more than its sentence.
const SHORT: u32 = 30;

/// The same for two claims of one report, which has one story but tells of several things in it.
const PRIOR_WITHIN: f32 = -1.65;

/// The same for an aftermath and what it may point to.
const PRIOR_POINTING: f32 = -2.3;

/// Weights of one comparison, in the order of [`Link::reasons`].
struct Weights([f32; 10]);

const WHAT: [&str; 10] =
    ["type", "time", "place", "actor", "recipient", "numbers", "wording", "story", "copy", "sentence"];

/// What speaks for and against two pieces being one happening, whether or not they link: the sum in log odds and its
/// parts, `prior` first. None where nothing binds them, or their types or times forbid it.
pub fn weigh(a: Piece<'_>, b: Piece<'_>) -> Option<(f32, Vec<(&'static str, f32)>)> {
    let (a, b) = if a.telling.claim_id <= b.telling.claim_id { (a, b) } else { (b, a) };
    let (prior, weights) = if bind::bound(a, b) { weights(a, b)? } else { return None };
    let parts = std::iter::once(("prior", prior)).chain(WHAT.into_iter().zip(weights.0)).collect();
    Some((prior + weights.0.iter().sum::<f32>(), parts))
}

/// Compares two pieces. The result does not depend on their order; none where they are not to be merged.
pub fn link(a: Piece<'_>, b: Piece<'_>) -> Option<Link> {
    let (a, b) = match a.telling.claim_id.cmp(&b.telling.claim_id) {
        std::cmp::Ordering::Less => (a, b),
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => (b, a),
    };
    if !bind::bound(a, b) {
        return None;
    }
    let own = deeds::bond(a, b).and_then(|bond| {
        let (prior, weights) = weights(a, b)?;
        weights.link(a, b, bond, prior)
    });
    own.or_else(|| pointing(a, b, Bond::Points)).or_else(|| pointing(b, a, Bond::Pointed))
}

fn far(piece: Piece<'_>) -> bool {
    piece.telling.when.is_some_and(|w| w.days() > time::LONGEST)
}

/// Whether either place is a district, whose middle may lie far from what happened in it.
fn wide(x: &Telling, y: &Telling) -> bool {
    [x, y].iter().any(|t| t.spot.as_ref().is_some_and(|s| s.exactness == Exactness::District))
}

/// The prior and the weights of two pieces for being one happening.
fn weights(a: Piece<'_>, b: Piece<'_>) -> Option<(f32, Weights)> {
    let (x, y) = (a.telling, b.telling);
    let within = x.report_id == y.report_id;
    let kind = deeds::weight(x, y)?;
    if !within && (far(a) || far(b)) {
        return None;
    }
    let when = time::agreement(a, b)?;
    let lead = within && x.headline != y.headline && x.sentence.abs_diff(y.sentence) <= LEAD;
    let one_sentence = within && x.sentence == y.sentence;
    let relation = whereabouts::relation(x.spot.as_ref(), y.spot.as_ref());
    let place = match relation {
        // One report that names two places tells of two events there; two reports may name one place by two names. A
        // headline may give the district where the lead gives the town.
        Relation::Apart(km) if lead && (km < 60.0 || km < 200.0 && wide(x, y)) => -0.4,
        Relation::Near if within && !lead => -0.4,
        Relation::Apart(km) if within && km > 2.0 => -3.0,
        Relation::Elsewhere if within => -2.0,
        _ => whereabouts::weight(relation),
    };
    if bind::family(x.event_type) == bind::FORCE
        && (party::is_one_person(&x.recipient, &y.actor) || party::is_one_person(&x.actor, &y.recipient))
    {
        return None;
    }
    let (actor, recipient) = parties(x, y);
    // Whom it was done to a headline describes and the lead names.
    let recipient = if lead { recipient.max(0.5 * recipient) } else { recipient };
    let numbers = counted::weight(x, y);
    // Two ways of using force by nobody and on nobody in common are two deeds.
    let kind = if kind < -0.9 && actor <= 0.0 && recipient <= 0.0 { kind - 1.0 } else { kind };
    // Nothing that follows can make up for so much: wording, story, copy and sentence add at most so much.
    let most = if within { PRIOR_WITHIN + 1.8 + 1.3 } else { PRIOR + 1.8 + 2.0 + 1.5 };
    if kind + when + place + actor + recipient + numbers + most < -0.05 {
        return None;
    }
    // What stands in one sentence has its words, its day and its place in common anyway.
    let (when, place) = if one_sentence { (when.min(0.8), place.min(0.6)) } else { (when, place) };
    let wording = if one_sentence { 0.6 } else { 2.6 * (words::cosine(&x.terms, &y.terms, |_, _| {}) - 0.12) };
    let (story, copy) = if within {
        (0.0, 0.0)
    } else {
        let alike = story::similarity(a.sketch, b.sketch);
        let copied = a.sketch.overlap(b.sketch) >= crate::origin::COPY;
        // A report of one sentence has no story beside its wording.
        let share = if a.sketch.length.min(b.sketch.length) < SHORT { 0.5 } else { 1.0 };
        ((share * 3.5 * (alike - 0.22)).clamp(-0.9, 2.0), if copied { 1.5 } else { 0.0 })
    };
    let near = if one_sentence {
        // "Two bullets, which the police had fired": the clause says again what its sentence tells.
        if x.reach == y.reach { 0.4 } else { 0.8 }
    } else if lead {
        // A headline sums up the lead.
        1.3
    } else {
        0.0
    };
    let weights = Weights([kind, when, place, actor, recipient, numbers, wording.clamp(-0.4, 1.8), story, copy, near]);
    Some((if within { PRIOR_WITHIN } else { PRIOR }, weights))
}

/// Weights of the acting side and the side acted on, the two exchanged where that fits better: a clash has no first.
fn parties(x: &Telling, y: &Telling) -> (f32, f32) {
    let symmetric = matches!(
        x.event_type,
        EventType::Assault | EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Protest
    );
    // Who is hit here and acts there does two things, unless the words are of fighting or each telling has both sides.
    let both = |t: &Telling| !t.actor.is_empty() && !t.recipient.is_empty();
    let meet = || match x.event_type {
        EventType::Assault => both(x) && both(y) || deeds::meets(x) || deeds::meets(y),
        // Who refuses a deal and who is ready for it are not one.
        _ => deeds::is_denied(x) == deeds::is_denied(y),
    };
    let best = if symmetric && party::crossed((&x.actor, &x.recipient), (&y.actor, &y.recipient)) && meet() {
        (party::sides(&x.actor, &y.recipient) - 0.1, party::sides(&x.recipient, &y.actor) - 0.1)
    } else {
        (party::sides(&x.actor, &y.actor), party::sides(&x.recipient, &y.recipient))
    };
    let force = bind::family(x.event_type) == bind::FORCE;
    // In a clash both sides are hurt.
    let mutual = force && best.1 < 0.0 && (deeds::meets(x) || deeds::meets(y));
    let scale = |score: f32, blamed: bool| {
        if score >= 0.0 {
            0.9 * score
        } else if force && blamed {
            // Who did it is what accounts of one attack quarrel about.
            0.8 * score
        } else if blamed {
            // Of anything else each who does it does it anew: two states that close their borders are two happenings.
            3.5 * score
        } else if mutual {
            0.4 * score
        } else {
            2.0 * score
        }
    };
    (scale(best.0, true), scale(best.1, false))
}

fn pointing(after: Piece<'_>, to: Piece<'_>, bond: Bond) -> Option<Link> {
    let (x, y) = (after.telling, to.telling);
    // Nothing comes of what did not happen.
    if x.reach == Reach::News || y.reach != Reach::News || y.factuality != Factuality::Asserted {
        return None;
    }
    // That they attacked no one is no word on the barricade that they put up.
    if deeds::is_denied(x) && x.event_type != y.event_type {
        return None;
    }
    if bind::family(y.event_type) != bind::FORCE || y.event_type == EventType::Protest && y.event_mode.is_none() {
        return None;
    }
    if x.report_id != y.report_id && far(to) {
        return None;
    }
    // What led to it does not follow it: an arrest, and the barricades of the day after.
    if bind::family(x.event_type) != bind::FORCE
        && let (Some(own), Some(other)) = (x.when, y.when)
        && own.start < other.start
    {
        return None;
    }
    let when = time::pointing(after, to)?;
    let place = whereabouts::weight(whereabouts::relation(x.spot.as_ref(), y.spot.as_ref()));
    let side = party::best(x.actor.iter().chain(&x.recipient), &y.actor.iter().chain(&y.recipient)).max(0.0);
    let numbers = counted::weight(x, y);
    let wording = (2.6 * (words::cosine(&x.terms, &y.terms, |_, _| {}) - 0.1)).clamp(-0.4, 1.6);
    let story = if x.report_id == y.report_id {
        0.6
    } else {
        (3.5 * (story::similarity(after.sketch, to.sketch) - 0.15)).clamp(-0.8, 2.0)
    };
    let weights = Weights([0.0, when, place, 0.0, 0.7 * side, numbers, wording, story, 0.0, 0.0]);
    let (a, b) = if bond == Bond::Points { (after, to) } else { (to, after) };
    weights.link(a, b, bond, PRIOR_POINTING)
}

impl Weights {
    /// The link, if the sum speaks for one.
    fn link(self, a: Piece<'_>, b: Piece<'_>, bond: Bond, prior: f32) -> Option<Link> {
        let sum = prior + self.0.iter().sum::<f32>();
        if sum < 0.0 {
            return None;
        }
        let reasons = WHAT
            .iter()
            .zip(self.0)
            .filter(|(_, w)| w.abs() >= 0.05)
            .map(|(what, weight)| Reason {
                what: SmolStr::new_static(what),
                weight: (weight * 100.0).round() / 100.0,
                words: basis(what, a, b),
            })
            .collect();
        Some(Link {
            a: a.telling.claim_id.clone(),
            b: b.telling.claim_id.clone(),
            bond,
            score: (1e4 / (1.0 + (-sum).exp())).round() / 1e4,
            reasons,
        })
    }
}

/// The words or values that a reason rests on.
fn basis(what: &str, first: Piece<'_>, second: Piece<'_>) -> String {
    let (here, there) = (first.telling, second.telling);
    let both = |one: &str, other: &str| match (one, other) {
        (one, "") | ("", one) => one.to_owned(),
        _ if one == other => one.to_owned(),
        _ => format!("{one} / {other}"),
    };
    let names = |s: &[crate::Side]| s.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(", ");
    match what {
        "type" => both(here.event_type.as_str(), there.event_type.as_str()),
        "time" => {
            let day = |t: &Telling, s: &Sketch| {
                let day = |d: i32| time::date(d).map_or_else(String::new, |d| d.to_string());
                match t.when {
                    Some(i) if i.start == i.end => day(i.start),
                    Some(i) => format!("{} to {}", day(i.start), day(i.end)),
                    None => s.published.map_or_else(String::new, |p| format!("published {}", day(p))),
                }
            };
            both(&day(here, first.sketch), &day(there, second.sketch))
        }
        "place" => {
            let name = |t: &Telling| t.spot.as_ref().map_or_else(String::new, |s| s.name.to_string());
            both(&name(here), &name(there))
        }
        "actor" => both(&names(&here.actor), &names(&there.actor)),
        "recipient" => both(&names(&here.recipient), &names(&there.recipient)),
        "numbers" => {
            let tolls = |t: &Telling| {
                let value = |t: &crate::Toll| t.best.or(t.low).or(t.high).unwrap_or_default();
                t.tolls.iter().map(|t| format!("{} {}", value(t), t.what)).collect::<Vec<_>>().join(", ")
            };
            both(&tolls(here), &tolls(there))
        }
        "wording" => common(&here.terms, &there.terms),
        "story" if here.report_id == there.report_id => String::from("one report"),
        "story" => common(&first.sketch.terms, &second.sketch.terms),
        "copy" => format!("{:.0} % of the text", 100.0 * first.sketch.overlap(second.sketch)),
        _ => String::new(),
    }
}

/// The heaviest common words.
fn common(x: &[words::Term], y: &[words::Term]) -> String {
    let mut shared: Vec<(u32, &str)> = Vec::new();
    words::cosine(x, y, |p, q| shared.push((u32::from(p.weight) * u32::from(q.weight), p.word.as_str())));
    shared.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    shared.iter().take(6).map(|(_, w)| *w).collect::<Vec<_>>().join(" ")
}
