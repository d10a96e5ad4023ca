//! What we said then, over what happened.

use forewarn_answer::words::{interval, percent, share};
use jiff::civil::Date;
use maud::Markup;

use super::drawing::{Anchor, Drawing};
use super::scale::{Scale, month_ticks, nice, number};

/// A forecast of a past day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day that it was made for, from what was known on it.
    pub day: Date,
    /// The probability.
    pub p: f64,
    /// Its 90 % interval.
    pub interval: [f64; 2],
    /// The base rate then.
    pub base_rate: f64,
    /// Whether it came true; none while its horizon is not over.
    pub came: Option<bool>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 704.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 200.0;

/// The line of past forecasts with its band, the base rate, and below it what came. Points are in the order of days.
pub fn past(points: &[Point], horizon_days: u32) -> Option<Markup> {
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 {
        return None;
    }
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    let most = points.iter().map(|p| p.interval[1].max(p.p).max(p.base_rate)).fold(0.05, f64::max);
    let (top, step) = nice(most);
    let (top, step) = if top > 1.0 { (1.0, 0.25) } else { (top, step) };
    let x = Scale { from: (number(first.day), number(last.day)), to: (LEFT, RIGHT) };
    let y = Scale { from: (0.0, top), to: (BOTTOM, TOP) };
    let mut tick = 0.0;
    while tick <= top + 1e-9 {
        drawing.line("grid", (LEFT, y.at(tick)), (RIGHT, y.at(tick)));
        drawing.text("axis", (LEFT - 6.0, y.at(tick) + 4.0), Anchor::End, &share(tick));
        tick += step;
    }
    for (day, label) in month_ticks(first.day, last.day, 8) {
        drawing.line("grid", (x.at(number(day)), BOTTOM), (x.at(number(day)), BOTTOM + 5.0));
        drawing.text("axis", (x.at(number(day)), BOTTOM + 18.0), Anchor::Middle, &label);
    }
    let along = |of: fn(&Point) -> f64| points.iter().map(move |p| (x.at(number(p.day)), y.at(of(p))));
    let band: Vec<(f64, f64)> =
        along(|p| p.interval[1]).chain(along(|p| p.interval[0]).collect::<Vec<_>>().into_iter().rev()).collect();
    drawing.path("band90", &band, true);
    drawing.path("line base-line", &along(|p| p.base_rate).collect::<Vec<_>>(), false);
    drawing.path("line", &along(|p| p.p).collect::<Vec<_>>(), false);
    for p in points {
        let came = match p.came {
            Some(true) => "it came",
            Some(false) => "it did not come",
            None => "not over yet",
        };
        let title = format!("{}: {} ({}); {came}", p.day, percent(p.p), interval(p.interval));
        drawing.circle("point", (x.at(number(p.day)), y.at(p.p)), 2.6, &title);
        let class = match p.came {
            Some(true) => "outcome outcome-yes",
            Some(false) => "outcome outcome-no",
            None => "outcome outcome-open",
        };
        let high = if p.came == Some(true) { 14.0 } else { 6.0 };
        drawing.rect(class, (x.at(number(p.day)) - 2.0, 244.0 - high), (4.0, high), &title);
    }
    drawing.text(
        "axis",
        (LEFT, 256.0),
        Anchor::Start,
        &format!("Bars: whether it came within {horizon_days} days (tall: yes, short: no, hollow: not over)"),
    );
    let title =
        format!("Forecasts from {} to {}: from {} to {}", first.day, last.day, percent(first.p), percent(last.p));
    let came = points.iter().filter(|p| p.came == Some(true)).count();
    let over = points.iter().filter(|p| p.came.is_some()).count();
    let words = format!("{} forecasts; of {over} whose horizon is over, {came} came true", points.len());
    Some(drawing.done("chart past", &title, &words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_needs_two_points_and_tells_what_came() {
        let point = |day, p, came| Point { day, p, interval: [p / 2.0, p * 2.0], base_rate: 0.03, came };
        assert!(past(&[point(date(2023, 1, 1), 0.1, None)], 90).is_none());
        let all = [
            point(date(2023, 1, 1), 0.1, Some(true)),
            point(date(2023, 2, 1), 0.2, Some(false)),
            point(date(2023, 3, 1), 0.3, None),
        ];
        let text = past(&all, 90).expect("drawn").into_string();
        assert!(text.contains("of 2 whose horizon is over, 1 came true"), "{text}");
        assert_eq!(text.matches("outcome-yes").count(), 1);
    }
}
