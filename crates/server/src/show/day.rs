//! Days and intervals.

use jiff::civil::Date;
use maud::{Markup, html};

/// A day, or the interval in which it lies.
pub fn span(start: Option<Date>, end: Option<Date>, precision: Option<&str>) -> Markup {
    match (start, end) {
        (None, None) => html! { span.muted { "no day" } },
        (Some(a), Some(b)) if a == b => day(a),
        (Some(a), Some(b)) => html! {
            @match precision {
                Some("month") if a.first_of_month() == a && b == a.last_of_month() => {
                    time datetime=(month(a)) { (month(a)) }
                }
                Some("year") if a.year() == b.year() => time datetime=(a.year()) { (a.year()) },
                _ => { (day(a)) " to " (day(b)) }
            }
        },
        (Some(a), None) => html! { "from " (day(a)) },
        (None, Some(b)) => html! { "until " (day(b)) },
    }
}

/// One day.
pub fn day(day: Date) -> Markup {
    html! { time datetime=(day) { (day) } }
}

fn month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}

/// A day or interval as plain text.
pub fn text(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (None, None) => "no day".to_owned(),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("from {a}"),
        (None, Some(b)) => format!("until {b}"),
    }
}
