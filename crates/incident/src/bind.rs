//! What two pieces must have in common to be compared, and the keys that let them find each other.
//!
//! A *bond* is a family of types with an anchor: a place, a cell of the globe, a pair of parties, or a state with one of
//! the report's telling words. A key is a bond in a stretch of eight days. Two pieces whose times touch and that share a
//! bond share a key, because each lists every stretch that its time touches, a day more on both sides.

use forewarn_codebook::ontology::EventType;
use forewarn_gazetteer::fold;
use smol_str::SmolStr;

use crate::hash;
use crate::link::Piece;
use crate::record::{Exactness, Interval, Reach, Side, Spot, Telling};
use crate::{time, vocabulary};

/// Weight from which a word binds without a state: in fewer than about one of 3,000 documents.
const RARE: f32 = 8.0;

/// Days of a stretch.
const STRETCH: i32 = 8;

/// Side of a cell, in degrees.
const CELL: f32 = 0.5;

/// How near to a cell's edge a place also lies in the next, in degrees.
const EDGE: f32 = 0.12;

/// Types that tellings of one happening may differ in.
pub(crate) fn family(event: EventType) -> u64 {
    match event {
        EventType::Assault | EventType::Protest => 1,
        EventType::Coerce | EventType::Sanction => 2,
        EventType::Mobilize => 3,
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 4,
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate => 5,
        EventType::Aid => 6,
        EventType::Concede | EventType::Retreat => 7,
    }
}

/// The family that an aftermath points to.
pub(crate) const FORCE: u64 = 1;

/// The anchors of a telling by itself, sorted.
pub(crate) fn anchors(telling: &Telling) -> Vec<u64> {
    let mut out = Vec::with_capacity(8);
    if let Some(spot) = &telling.spot {
        places(spot, &mut out);
    }
    for a in telling.actor.iter().take(2) {
        for b in telling.recipient.iter().take(2) {
            if let (Some(a), Some(b)) = (code(a), code(b)) {
                let (a, b) = if a <= b { (a, b) } else { (b, a) };
                out.push(hash::of(&[b"dyad", a.as_bytes(), b.as_bytes()]));
            }
        }
    }
    // A side alone is enough of an anchor where it is a body or a person: such are few.
    for side in telling.actor.iter().chain(&telling.recipient).take(3) {
        if let Some(name) = side.person.as_ref().or(side.group.as_ref()) {
            out.push(hash::of(&[b"name", name.to_lowercase().as_bytes()]));
        }
    }
    let state = state(telling).unwrap_or_default();
    let mut heavy: Vec<&crate::Term> = telling.terms.iter().collect();
    heavy.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    out.extend(heavy.iter().take(3).map(|t| with_word(&state, &t.word)));
    out.sort_unstable();
    out.dedup();
    out
}

/// A telling word, with the state unless the word is rare enough to bind by itself.
pub(crate) fn with_word(state: &str, word: &str) -> u64 {
    let state = if vocabulary::idf(word) >= RARE { "" } else { state };
    hash::of(&[b"word", state.as_bytes(), word.as_bytes()])
}

fn places(spot: &Spot, out: &mut Vec<u64>) {
    if spot.exactness > Exactness::District {
        return;
    }
    out.push(hash::of(&[b"place", fold(&spot.name).as_bytes()]));
    let Some((lat, lon)) = spot.at else { return };
    let near = |x: f32| {
        let own = (x / CELL).floor();
        let inside = x - own * CELL;
        let next = if inside < EDGE {
            Some(own - 1.0)
        } else if inside > CELL - EDGE {
            Some(own + 1.0)
        } else {
            None
        };
        std::iter::once(own).chain(next)
    };
    for row in near(lat) {
        for column in near(lon) {
            out.push(hash::of(&[b"cell", &(row as i32).to_le_bytes(), &(column as i32).to_le_bytes()]));
        }
    }
}

/// The shortest name of a party that its other descriptions share.
pub(crate) fn code(side: &Side) -> Option<&SmolStr> {
    side.country.as_ref().or(side.group.as_ref()).or(side.ethnicity.as_ref()).or(side.person.as_ref())
}

/// The state that a telling concerns: of its place, else of the side acted on, else of the acting side.
pub(crate) fn state(telling: &Telling) -> Option<SmolStr> {
    telling
        .spot
        .as_ref()
        .and_then(|s| s.country.clone())
        .or_else(|| telling.recipient.iter().chain(&telling.actor).find_map(|s| s.country.clone()))
}

/// Whether the two share an anchor, or stand in one report.
pub(crate) fn bound(a: Piece<'_>, b: Piece<'_>) -> bool {
    let (x, y) = (&a.telling.anchors, &b.telling.anchors);
    a.telling.report_id == b.telling.report_id || meet(x, y) || meet(&a.sketch.anchors, &b.sketch.anchors)
}

fn meet(x: &[u64], y: &[u64]) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// Blocking keys, sorted, each once: two pieces that [`link`](crate::link) would join share at least one. About ten a
/// piece.
pub fn keys(piece: Piece<'_>) -> Vec<u64> {
    let telling = piece.telling;
    let mut out = vec![hash::of(&[b"report", telling.report_id.as_bytes()])];
    let mut under = |family: u64, stretch: i32| {
        let salt = hash::stirred((family << 32) | u64::from(stretch as u32));
        // The stretch leads, so that a store sorted by key keeps what is of one time together; 40 bits tell the rest apart.
        let lead = u64::from(stretch.cast_unsigned() ^ (1 << 31)) << 40;
        let own = telling.anchors.iter().chain(&piece.sketch.anchors);
        out.extend(own.map(|a| lead | hash::stirred(a ^ salt) >> 24));
    };
    let own = family(telling.event_type);
    let mut stretches = Vec::new();
    for span in time::spans(piece) {
        if span.days() <= time::LONGEST {
            stretches.extend(touched(span));
        }
    }
    if telling.when.is_none() && piece.sketch.published.is_none() {
        stretches.push(i32::MIN);
    }
    stretches.sort_unstable();
    stretches.dedup();
    for &stretch in &stretches {
        under(own, stretch);
    }
    if telling.reach != Reach::News {
        let mut back: Vec<i32> = time::reached(piece).into_iter().flat_map(touched).collect();
        back.sort_unstable();
        back.dedup();
        for stretch in back {
            if own != FORCE || stretches.binary_search(&stretch).is_err() {
                under(FORCE, stretch);
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn touched(span: Interval) -> std::ops::RangeInclusive<i32> {
    (span.start - 1).div_euclid(STRETCH)..=(span.end + 1).div_euclid(STRETCH)
}
