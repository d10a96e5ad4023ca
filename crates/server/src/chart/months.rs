//! Small multiples over time: one row of bars for each class of act.

use jiff::civil::Date;
use maud::Markup;

use super::drawing::{Anchor, Drawing};
use super::scale::{Scale, month_ticks, number};

/// What happened in one step of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// Its first day.
    pub from: Date,
    /// Verbal and material cooperation, verbal and material conflict, of the last those that are force.
    pub classes: [u64; 5],
    /// Reports that tell of them.
    pub reports: u64,
}

const ROWS: [(&str, &str); 6] = [
    ("force", "bar qf"),
    ("material conflict", "bar q4"),
    ("verbal conflict", "bar q3"),
    ("material cooperation", "bar q2"),
    ("verbal cooperation", "bar q1"),
    ("reports", "bar reporting"),
];

/// Rows of bars on one axis of time. `step_days` is how wide a step is.
pub fn months(cells: &[Month], step_days: f64, what: &str) -> Option<Markup> {
    let (first, last) = (cells.iter().map(|c| c.from).min()?, cells.iter().map(|c| c.from).max()?);
    let x = Scale { from: (number(first), number(last) + step_days), to: (150.0, 704.0) };
    let high = 34.0;
    let bottom = ROWS.len() as f64 * (high + 8.0) + 6.0;
    let mut drawing = Drawing::new(720.0, bottom + 24.0);
    for (day, label) in month_ticks(first, last, 8) {
        drawing.line("grid", (x.at(number(day)), 6.0), (x.at(number(day)), bottom));
        drawing.text("axis", (x.at(number(day)), bottom + 16.0), Anchor::Middle, &label);
    }
    let figure = |c: &Month, row: usize| match row {
        0 => c.classes[4],
        1 => c.classes[3].saturating_sub(c.classes[4]),
        2 => c.classes[2],
        3 => c.classes[1],
        4 => c.classes[0],
        _ => c.reports,
    };
    // One scale for all acts, so that rows can be compared; reporting has its own.
    let most = cells.iter().flat_map(|c| (0..5).map(move |r| figure(c, r))).max().unwrap_or(0).max(1) as f64;
    let most_reports = cells.iter().map(|c| c.reports).max().unwrap_or(0).max(1) as f64;
    let mut words = Vec::new();
    for (row, (name, class)) in ROWS.iter().enumerate() {
        let base = 6.0 + (row as f64 + 1.0) * (high + 8.0) - 8.0;
        drawing.line("grid", (150.0, base), (704.0, base));
        drawing.text("axis", (144.0, base - 4.0), Anchor::End, name);
        let of = if row == 5 { most_reports } else { most };
        let mut total = 0;
        for c in cells {
            let n = figure(c, row);
            total += n;
            if n == 0 {
                continue;
            }
            let tall = (n as f64 / of * high).max(1.0);
            let wide = (x.at(number(c.from) + step_days) - x.at(number(c.from))).max(1.6) - 0.6;
            drawing.rect(class, (x.at(number(c.from)), base - tall), (wide, tall), &format!("{}: {n} {name}", c.from));
        }
        words.push(format!("{total} {name}"));
    }
    let told = format!("{what} from {first} to {last}: {}", words.join(", "));
    Some(drawing.done("chart months", what, &told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn force_is_not_counted_twice() {
        let cell = Month { from: jiff::civil::date(2023, 9, 1), classes: [1, 0, 2, 3, 2], reports: 9 };
        let text = months(&[cell], 30.0, "Acts").expect("drawn").into_string();
        assert!(text.contains("2 force, 1 material conflict, 2 verbal conflict"), "{text}");
        assert!(months(&[], 30.0, "Acts").is_none());
    }
}
