//! Places: what two tellings' places say about each other, each at its precision.

use forewarn_gazetteer::{distance_km, fold};

use crate::record::{Exactness, Spot};

/// How far from a town a report may say that something happened near it, in kilometres.
const NEAR_KM: f32 = 45.0;

/// How two places stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Relation {
    /// One of them is not known.
    Unknown,
    /// The same point, by name.
    Same,
    /// The same district, by name.
    District,
    /// Two points, so many kilometres apart.
    Apart(f32),
    /// Two names, one of a town's surroundings in which the other may lie.
    Near,
    /// Two names of which one is on no map.
    Elsewhere,
    /// One may lie in the other.
    Inside(Exactness),
    /// Neither holds the other.
    Outside,
    /// In different states.
    Abroad,
}

/// The relation of two places.
pub(crate) fn relation(a: Option<&Spot>, b: Option<&Spot>) -> Relation {
    let (Some(a), Some(b)) = (a, b) else { return Relation::Unknown };
    if a.exactness == Exactness::Unknown && a.at.is_none() || b.exactness == Exactness::Unknown && b.at.is_none() {
        return if fold(&a.name) == fold(&b.name) { Relation::Same } else { Relation::Unknown };
    }
    let abroad = matches!((&a.country, &b.country), (Some(x), Some(y)) if x != y);
    let apart = match (a.at, b.at) {
        (Some(x), Some(y)) => Some(distance_km(wide(x), wide(y)) as f32),
        _ => None,
    };
    if a.exactness <= Exactness::District && b.exactness <= Exactness::District {
        let one =
            a.geonameid.is_some() && a.geonameid == b.geonameid || a.name == b.name || fold(&a.name) == fold(&b.name);
        return match apart {
            _ if one && !abroad && apart.is_none_or(|d| d < 60.0) => {
                if a.exactness.max(b.exactness) == Exactness::District { Relation::District } else { Relation::Same }
            }
            Some(d) if d <= NEAR_KM && a.exactness.max(b.exactness) == Exactness::District => Relation::Near,
            Some(d) => Relation::Apart(d),
            None if abroad => Relation::Abroad,
            None => Relation::Elsewhere,
        };
    }
    if abroad {
        // A battle on a border is told from both sides of it.
        return match apart {
            Some(d) if d < 40.0 => Relation::Apart(d),
            _ => Relation::Abroad,
        };
    }
    let (fine, coarse) = if a.exactness <= b.exactness { (a, b) } else { (b, a) };
    match coarse.exactness {
        Exactness::Country => {
            if fine.country.is_some() {
                Relation::Inside(Exactness::Country)
            } else {
                Relation::Unknown
            }
        }
        Exactness::Admin1 => {
            let name = fold(&coarse.name);
            if fine.exactness == Exactness::Admin1 {
                return if fold(&fine.name) == name { Relation::Inside(Exactness::Admin1) } else { Relation::Outside };
            }
            if fine.admin1.as_deref().map(fold).is_some_and(|n| n == name) {
                return Relation::Inside(Exactness::Admin1);
            }
            match apart {
                Some(d) if d < 120.0 => Relation::Inside(Exactness::Region),
                Some(d) if d > 350.0 => Relation::Outside,
                _ => Relation::Unknown,
            }
        }
        _ => match apart {
            Some(d) if d < 200.0 => Relation::Inside(Exactness::Region),
            Some(d) if d > 600.0 => Relation::Outside,
            _ if fold(&a.name) == fold(&b.name) => Relation::Inside(Exactness::Region),
            _ => Relation::Unknown,
        },
    }
}

fn wide((lat, lon): (f32, f32)) -> (f64, f64) {
    (f64::from(lat), f64::from(lon))
}

/// The weight of a relation for being one happening.
pub(crate) fn weight(relation: Relation) -> f32 {
    match relation {
        Relation::Unknown => 0.0,
        Relation::Same => 2.2,
        Relation::District => 1.6,
        Relation::Near => 0.3,
        Relation::Apart(km) if km <= 4.0 => 1.0,
        Relation::Apart(km) if km <= 10.0 => 0.6,
        Relation::Apart(km) if km <= 25.0 => -0.4,
        Relation::Apart(km) if km <= 60.0 => -1.2,
        Relation::Apart(_) => -3.5,
        Relation::Elsewhere => -0.9,
        Relation::Inside(Exactness::Admin1) => 1.0,
        Relation::Inside(Exactness::Region) => 0.6,
        Relation::Inside(_) => 0.3,
        Relation::Outside => -2.0,
        Relation::Abroad => -3.5,
    }
}

/// Whether two such places can hardly be one, whatever else agrees.
pub(crate) fn conflicts(relation: Relation) -> bool {
    match relation {
        Relation::Apart(km) => km > 60.0,
        Relation::Outside | Relation::Abroad => true,
        _ => false,
    }
}
