//! Deeds: whether two claims' types, modes and moods can be one happening, or two of which one came of the other.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::Factuality;

use crate::bind;
use crate::link::{Bond, Piece};
use crate::record::{Reach, Telling};

/// Whether two claims' types and moods can be of one happening, and what that weighs.
pub(crate) fn weight(x: &Telling, y: &Telling) -> Option<f32> {
    let within = x.report_id == y.report_id;
    // That nobody means to do it speaks of days to come, not of what the report tells.
    if within && (x.factuality == Factuality::Disavowed) != (y.factuality == Factuality::Disavowed) {
        return None;
    }
    if x.event_type == y.event_type {
        // A denial answers what its report tells, and in its own words.
        let denial = within && (x.factuality == Factuality::Denied) != (y.factuality == Factuality::Denied);
        if denial && x.event_mode != y.event_mode {
            return Some(0.8);
        }
        return Some(match (&x.event_mode, &y.event_mode) {
            (Some(p), Some(q)) if p == q => 0.9,
            // One report that tells of two ways tells of two deeds.
            (Some(p), Some(q)) if modes_differ(p, q) => {
                if within && x.sentence != y.sentence {
                    -1.8
                } else {
                    -1.0
                }
            }
            (None, None) if x.cameo == y.cameo => 0.7,
            _ => 0.5,
        });
    }
    if bind::family(x.event_type) != bind::family(y.event_type) {
        return None;
    }
    let (first, second) = (x.event_type.min(y.event_type), x.event_type.max(y.event_type));
    if within && two_deeds(x, y) {
        return None;
    }
    Some(match (first, second) {
        // One sentence says what the one has to do with the other.
        (EventType::Protest, EventType::Assault) if within && x.sentence == y.sentence => 0.3,
        (EventType::Protest, EventType::Assault) => -0.6,
        // What is asked for and what is complained of, in one speech.
        (EventType::Request | EventType::Accuse, _) => -0.9,
        _ => -0.7,
    })
}

/// Whether two types of words or of cooperation that one report asserts are two deeds: who condemns and demands does two
/// things, who meets and praises too. To agree on a paper and to sign it is one.
fn two_deeds(x: &Telling, y: &Telling) -> bool {
    // A headline sums up, and a clause that takes it for known says it again.
    if x.event_type == y.event_type || x.headline != y.headline || x.reach != y.reach {
        return false;
    }
    if x.factuality != Factuality::Asserted || y.factuality != Factuality::Asserted {
        return false;
    }
    let pact = |t: &Telling| match t.event_type {
        EventType::Agree | EventType::Cooperate => true,
        EventType::Support => t.cameo.starts_with("057"),
        _ => false,
    };
    let speech =
        matches!(x.event_type, EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten);
    let dealing =
        matches!(x.event_type, EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate);
    speech || dealing && !(pact(x) && pact(y))
}

/// Whether one report, outside its headline, tells two claims apart by their kind: two ways of using force in two sentences,
/// two types of words or dealings.
pub(crate) fn are_two(x: &Telling, y: &Telling) -> bool {
    let modes = match (&x.event_mode, &y.event_mode) {
        (Some(p), Some(q)) => x.event_type == y.event_type && modes_differ(p, q),
        _ => false,
    };
    modes && !x.headline && !y.headline && x.sentence != y.sentence
        || bind::family(x.event_type) == bind::family(y.event_type) && two_deeds(x, y)
}

/// Modes of which one excludes the other.
pub(crate) fn modes_differ(p: &str, q: &str) -> bool {
    let sort = |m: &str| match m {
        "abduct" => 1,
        "sexual" => 2,
        // "Bombed" says both.
        "explosives" | "suicide-attack" | "aerial" | "drone" => 3,
        "heavy-weapons" => 5,
        "crowd-control" => 6,
        "firearms" => 7,
        "primitive" => 8,
        "arrest" => 9,
        "deport" => 10,
        "curfew" | "censor" | "cyber" | "restrict" | "martial-law" => 11,
        "strike" | "hunger" => 12,
        "demo" => 13,
        _ => 0,
    };
    let (p, q) = (sort(p), sort(q));
    p != 0 && q != 0 && p != q
}

/// Whether a telling is of the kind of act that `event` and `mode` name, so that who did it did that.
pub(crate) fn is_of_kind(telling: &Telling, event: EventType, mode: Option<&str>) -> bool {
    telling.event_type == event
        && match (telling.event_mode.as_deref(), mode) {
            (Some(p), Some(q)) => !modes_differ(p, q),
            _ => true,
        }
}

/// What a link between two pieces would say: that they are one, or, for a protest and an assault that are not one act, that
/// one came of the other; none where neither can be said.
pub(crate) fn bond(a: Piece<'_>, b: Piece<'_>) -> Option<Bond> {
    let (x, y) = (a.telling, b.telling);
    let (protest, assault) = match (x.event_type, y.event_type) {
        (EventType::Protest, EventType::Assault) => (a, b),
        (EventType::Assault, EventType::Protest) => (b, a),
        _ => return Some(Bond::Same),
    };
    if is_one_act(protest.telling, assault.telling) {
        return Some(Bond::Same);
    }
    let tells = |t: &Telling| t.reach == Reach::News && t.factuality == Factuality::Asserted;
    if !tells(x) || !tells(y) {
        return None;
    }
    // A protest against the shooting of the day before came of it; else violence comes of crowds and barricades.
    let later = if is_before(assault, protest) { protest } else { assault };
    Some(if later.telling.claim_id == x.claim_id { Bond::Points } else { Bond::Pointed })
}

/// A riot and an assault without arms of war are one act in two words; a march or a blockade and shots are two.
fn is_one_act(protest: &Telling, assault: &Telling) -> bool {
    is_unarmed(protest.event_type, protest.event_mode.as_deref())
        && is_unarmed(assault.event_type, assault.event_mode.as_deref())
}

/// Whether words of this type and mode may be of a riot.
fn is_unarmed(event: EventType, mode: Option<&str>) -> bool {
    match event {
        EventType::Protest => matches!(mode, None | Some("riot" | "vandalize")),
        EventType::Assault => matches!(mode, None | Some("beat" | "primitive" | "destroy")),
        _ => false,
    }
}

/// Whether a telling of another type is of the same act in another word: a riot, an assault without arms.
pub(crate) fn is_in_other_words(telling: &Telling, event: EventType, mode: Option<&str>) -> bool {
    is_unarmed(telling.event_type, telling.event_mode.as_deref()) && is_unarmed(event, mode)
}

/// Whether a piece's words date it before the other, or before the news that the other is.
fn is_before(piece: Piece<'_>, other: Piece<'_>) -> bool {
    let Some(own) = piece.telling.when else { return false };
    match other.telling.when {
        Some(when) => own.end < when.start,
        None => other.sketch.published.is_some_and(|p| own.end < p - 1),
    }
}

/// Whether a telling says that it was not.
pub(crate) fn is_denied(telling: &Telling) -> bool {
    matches!(telling.factuality, Factuality::Denied | Factuality::Negated)
}

/// Whether a deed of this type is done by both sides to each other.
pub(crate) fn is_mutual(event: EventType) -> bool {
    matches!(event, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

/// Whether a telling's words are of a meeting of two sides, which has no first.
pub(crate) fn meets(telling: &Telling) -> bool {
    // The tagger takes "clashes" apart in two ways.
    let words = ["clash", "clashe", "encounter", "battle", "exchange", "confront", "fight", "fighting"];
    words.iter().any(|w| telling.terms.binary_search_by(|t| t.word.as_str().cmp(w)).is_ok())
}
