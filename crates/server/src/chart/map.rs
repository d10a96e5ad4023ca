//! A map for print and for readers without scripts: places on a grid of degrees.
//!
//! Equirectangular, over the box that holds the places. A settlement is a point; what is known to a district or province
//! is a pale disc that is plainly larger than any place, and what is known to a country is not on the map at all.

use maud::Markup;

use super::drawing::{Anchor, Drawing};
use super::scale::{Scale, nice};

/// A place with its happenings.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Name for people.
    pub name: String,
    /// Degrees north and east.
    pub at: (f64, f64),
    /// Whether it is known as finely as a settlement.
    pub fine: bool,
    /// Happenings.
    pub incidents: u64,
    /// Where its list is.
    pub href: String,
    /// `q1` to `q4`, the class most of them are of.
    pub class: &'static str,
}

const SIZE: (f64, f64) = (720.0, 420.0);

/// The places as a map; none without places.
pub fn map(spots: &[Spot]) -> Option<Markup> {
    let first = spots.first()?;
    let mut bounds = (first.at.1, first.at.0, first.at.1, first.at.0);
    for s in spots {
        bounds = (bounds.0.min(s.at.1), bounds.1.min(s.at.0), bounds.2.max(s.at.1), bounds.3.max(s.at.0));
    }
    let (middle_x, middle_y) = (f64::midpoint(bounds.0, bounds.2), f64::midpoint(bounds.1, bounds.3));
    // Degrees of longitude are narrower away from the equator.
    let narrow = middle_y.to_radians().cos().max(0.2);
    let tall = (bounds.3 - bounds.1).max(1.0).max((bounds.2 - bounds.0) * narrow * SIZE.1 / SIZE.0) * 1.2;
    let wide = tall / narrow * SIZE.0 / SIZE.1;
    let x = Scale { from: (middle_x - wide / 2.0, middle_x + wide / 2.0), to: (0.0, SIZE.0) };
    let y = Scale { from: (middle_y - tall / 2.0, middle_y + tall / 2.0), to: (SIZE.1, 0.0) };
    let mut drawing = Drawing::new(SIZE.0, SIZE.1);
    drawing.rect("map-ground", (0.0, 0.0), SIZE, "");
    let step = nice(wide).1;
    let mut lon = (x.from.0 / step).ceil() * step;
    while lon < x.from.1 {
        drawing.line("grid", (x.at(lon), 0.0), (x.at(lon), SIZE.1));
        drawing.text("axis", (x.at(lon) + 2.0, SIZE.1 - 4.0), Anchor::Start, &degrees(lon, "E", "W"));
        lon += step;
    }
    let mut lat = (y.from.0 / step).ceil() * step;
    while lat < y.from.1 {
        drawing.line("grid", (0.0, y.at(lat)), (SIZE.0, y.at(lat)));
        drawing.text("axis", (2.0, y.at(lat) - 3.0), Anchor::Start, &degrees(lat, "N", "S"));
        lat += step;
    }
    let most = spots.iter().map(|s| s.incidents).max().unwrap_or(1).max(1) as f64;
    let mut order: Vec<&Spot> = spots.iter().collect();
    // Large and coarse ones below.
    order.sort_by(|a, b| (a.fine, b.incidents, &a.name).cmp(&(b.fine, a.incidents, &b.name)));
    for s in &order {
        let r = 4.0 + 12.0 * (s.incidents as f64 / most).sqrt();
        let title = format!("{}: {} {}", s.name, s.incidents, if s.incidents == 1 { "incident" } else { "incidents" });
        drawing.link(&s.href);
        if s.fine {
            drawing.circle(&format!("spot {}", s.class), (x.at(s.at.1), y.at(s.at.0)), r, &title);
        } else {
            drawing.circle(
                &format!("shade {}", s.class),
                (x.at(s.at.1), y.at(s.at.0)),
                r + 14.0,
                &format!("{title}, somewhere there"),
            );
        }
        drawing.unlink();
    }
    // The busiest are named; more names than these would cover one another.
    order.sort_by(|a, b| (b.incidents, &a.name).cmp(&(a.incidents, &b.name)));
    let mut named: Vec<(f64, f64)> = Vec::new();
    for s in order.iter().take(40) {
        let here = (x.at(s.at.1), y.at(s.at.0));
        if named.iter().all(|n| (n.0 - here.0).abs() > 80.0 || (n.1 - here.1).abs() > 14.0) {
            drawing.text("spot-name", (here.0 + 8.0, here.1 - 6.0), Anchor::Start, &s.name);
            named.push(here);
        }
    }
    let words = format!("{} places, with {} incidents", spots.len(), spots.iter().map(|s| s.incidents).sum::<u64>());
    Some(drawing.done("map-svg", "Map of places; the table below has the same", &words))
}

fn degrees(value: f64, plus: &str, minus: &str) -> String {
    let text = format!("{:.2}", value.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}° {}", if value < 0.0 { minus } else { plus })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_coarse_is_no_point() {
        let spot = |name: &str, fine| Spot {
            name: name.to_owned(),
            at: (42.9, 20.8),
            fine,
            incidents: 2,
            href: "/incidents".to_owned(),
            class: "q4",
        };
        let text = map(&[spot("Banjska", true), spot("Mitrovica district", false)]).expect("drawn").into_string();
        assert_eq!(text.matches("class=\"spot q4\"").count(), 1);
        assert_eq!(text.matches("class=\"shade q4\"").count(), 1);
        assert!(map(&[]).is_none());
    }
}
