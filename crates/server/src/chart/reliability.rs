//! The reliability diagram: said against came.

use forewarn_answer::words::{percent, share};
use maud::Markup;

use super::drawing::{Anchor, Drawing};
use super::scale::Scale;

/// Forecasts of like probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Their mean.
    pub said: f64,
    /// The share that came true.
    pub came: f64,
    /// Its 90 % interval.
    pub interval: [f64; 2],
    /// How many they are.
    pub count: u64,
}

/// Bins as points with whiskers over the line on which they would lie were every forecast right on average.
pub fn reliability(bins: &[Bin]) -> Option<Markup> {
    if bins.is_empty() {
        return None;
    }
    let scale = Scale { from: (0.0, 1.0), to: (46.0, 346.0) };
    let up = Scale { from: (0.0, 1.0), to: (314.0, 14.0) };
    let mut drawing = Drawing::new(376.0, 360.0);
    for n in 0..=4 {
        let at = f64::from(n) / 4.0;
        drawing.line("grid", (scale.at(0.0), up.at(at)), (scale.at(1.0), up.at(at)));
        drawing.line("grid", (scale.at(at), up.at(0.0)), (scale.at(at), up.at(1.0)));
        drawing.text("axis", (40.0, up.at(at) + 4.0), Anchor::End, &share(at));
        drawing.text("axis", (scale.at(at), 330.0), Anchor::Middle, &share(at));
    }
    drawing.line("diagonal", (scale.at(0.0), up.at(0.0)), (scale.at(1.0), up.at(1.0)));
    drawing.text("axis", (196.0, 352.0), Anchor::Middle, "said");
    drawing.text("axis", (50.0, 24.0), Anchor::Start, "came true");
    let most = bins.iter().map(|b| b.count).max().unwrap_or(1).max(1) as f64;
    drawing.path("line", &bins.iter().map(|b| (scale.at(b.said), up.at(b.came))).collect::<Vec<_>>(), false);
    for bin in bins {
        drawing.line(
            "whisker",
            (scale.at(bin.said), up.at(bin.interval[0])),
            (scale.at(bin.said), up.at(bin.interval[1])),
        );
        let title = format!("said {}, came {} of {}", percent(bin.said), share(bin.came), bin.count);
        // The area tells how many there are.
        drawing.circle(
            "point",
            (scale.at(bin.said), up.at(bin.came)),
            3.0 + 6.0 * (bin.count as f64 / most).sqrt(),
            &title,
        );
    }
    let words = bins
        .iter()
        .map(|b| format!("said {}: came {} of {}", percent(b.said), share(b.came), b.count))
        .collect::<Vec<_>>()
        .join("; ");
    Some(drawing.done("chart reliability", "Reliability diagram", &words))
}
