//! A fan: months behind as they were, months ahead as a distribution.

use maud::Markup;

use super::drawing::{Anchor, Drawing};
use super::scale::{Scale, nice};

/// A month that was.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// `2023-09`.
    pub month: String,
    /// Low, best and high count; `None` where nothing is known.
    pub counts: Option<[f64; 3]>,
}

/// A month to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// `2023-10`.
    pub month: String,
    /// The 5th, 25th, 50th, 75th and 95th percentile.
    pub quantiles: [f64; 5],
}

const LEFT: f64 = 60.0;
const RIGHT: f64 = 704.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 220.0;

/// Counts behind and bands of 50 % and 90 % ahead, on a scale of `log(1 + n)`: nothing and thousands are both seen.
pub fn fan(behind: &[Behind], ahead: &[Ahead], what: &str) -> Option<Markup> {
    let months = behind.len() + ahead.len();
    if months < 2 || ahead.is_empty() {
        return None;
    }
    let all = behind.iter().filter_map(|b| b.counts.map(|c| c[2])).chain(ahead.iter().map(|a| a.quantiles[4]));
    let most = all.fold(10.0, f64::max);
    let x = Scale { from: (0.0, (months - 1) as f64), to: (LEFT, RIGHT) };
    let y = Scale { from: (0.0, most.ln_1p()), to: (BOTTOM, TOP) };
    let at = |n: f64| y.at(n.max(0.0).ln_1p());
    let mut drawing = Drawing::new(720.0, 260.0);
    let mut tick = 1.0;
    for n in std::iter::once(0.0).chain(std::iter::from_fn(|| {
        let now = tick;
        tick *= 10.0;
        (now <= most).then_some(now)
    })) {
        drawing.line("grid", (LEFT, at(n)), (RIGHT, at(n)));
        drawing.text("axis", (LEFT - 6.0, at(n) + 4.0), Anchor::End, &format!("{n:.0}"));
    }
    let every = (nice(months as f64 / 2.0).1 as usize).max(1);
    let names = behind.iter().map(|b| b.month.as_str()).chain(ahead.iter().map(|a| a.month.as_str()));
    for (i, name) in names.enumerate().filter(|(i, _)| i % every == 0) {
        drawing.text("axis", (x.at(i as f64), BOTTOM + 18.0), Anchor::Middle, name);
    }
    let start = behind.len();
    let band = |low: usize, high: usize| -> Vec<(f64, f64)> {
        let over = ahead.iter().enumerate().map(|(i, a)| (x.at((start + i) as f64), at(a.quantiles[high])));
        let under = ahead.iter().enumerate().rev().map(|(i, a)| (x.at((start + i) as f64), at(a.quantiles[low])));
        over.chain(under).collect()
    };
    if start > 0 {
        let border = f64::midpoint(x.at(start as f64), x.at((start - 1) as f64));
        drawing.line("grid now", (border, TOP), (border, BOTTOM));
        drawing.text("axis", (border + 4.0, TOP + 10.0), Anchor::Start, "forecast");
    }
    drawing.path("band90", &band(0, 4), true);
    drawing.path("band50", &band(1, 3), true);
    let middle: Vec<(f64, f64)> =
        ahead.iter().enumerate().map(|(i, a)| (x.at((start + i) as f64), at(a.quantiles[2]))).collect();
    drawing.path("line forecast-line", &middle, false);
    let mut line = Vec::new();
    for (i, b) in behind.iter().enumerate() {
        let Some([low, best, high]) = b.counts else {
            drawing.path("line", &line, false);
            line.clear();
            continue;
        };
        let here = x.at(i as f64);
        drawing.line("whisker", (here, at(low)), (here, at(high)));
        drawing.circle("point", (here, at(best)), 2.6, &format!("{}: {best:.0} ({low:.0} to {high:.0})", b.month));
        line.push((here, at(best)));
    }
    drawing.path("line", &line, false);
    drawing.text("axis", (LEFT, 254.0), Anchor::Start, "Dark band: 50 %, pale band: 90 %; scale is log(1 + n)");
    let last = &ahead[ahead.len() - 1];
    let words = format!(
        "{what}: {} months behind, {} ahead; for {} half of the forecast lies between {:.0} and {:.0}, nine tenths between \
         {:.0} and {:.0}",
        behind.len(),
        ahead.len(),
        last.month,
        last.quantiles[1],
        last.quantiles[3],
        last.quantiles[0],
        last.quantiles[4]
    );
    Some(drawing.done("chart fan", what, &words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fan_has_two_bands_and_gaps_where_nothing_is_known() {
        let behind = [
            Behind { month: "2023-07".into(), counts: Some([0.0, 0.0, 0.0]) },
            Behind { month: "2023-08".into(), counts: None },
            Behind { month: "2023-09".into(), counts: Some([4.0, 4.0, 5.0]) },
        ];
        let ahead = [
            Ahead { month: "2023-10".into(), quantiles: [0.0, 0.0, 1.0, 4.0, 20.0] },
            Ahead { month: "2023-11".into(), quantiles: [0.0, 0.0, 1.0, 5.0, 25.0] },
        ];
        let text = fan(&behind, &ahead, "Deaths").expect("drawn").into_string();
        assert!(text.contains("band90") && text.contains("band50") && text.contains("between 0 and 25"));
        assert!(fan(&behind, &[], "Deaths").is_none());
    }
}
