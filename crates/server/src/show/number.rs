//! Numbers as accounts give them.

use forewarn_exchange::row::{CountRange, CountRow};

/// "at least 40", "3 to 5", "4"; none where nobody says.
pub fn range(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> Option<String> {
    Some(match (low, best, high) {
        (None, None, None) => return None,
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), _, Some(high)) => format!("{low} to {high}"),
        (Some(low), _, None) => format!("at least {low}"),
        (None, _, Some(high)) => format!("at most {high}"),
        (None, Some(best), None) => best.to_string(),
    })
}

/// A range of an incident.
pub fn of(count: &CountRange) -> Option<String> {
    range(count.low, count.best, count.high)
}

/// A number of a claim with what it counts: "at least 40 killed (soldiers)".
pub fn row(count: &CountRow) -> Option<String> {
    let n = range(count.low, count.best, count.high)?;
    let what = count.what.replace('_', " ");
    Some(match Some(count.who.as_str()).filter(|w| !w.is_empty()) {
        Some(who) => format!("{n} {what} ({who})"),
        None => format!("{n} {what}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_as_they_are_given() {
        assert_eq!(range(Some(40), Some(40), None).as_deref(), Some("at least 40"));
        assert_eq!(range(Some(3), Some(4), Some(5)).as_deref(), Some("3 to 5"));
        assert_eq!(range(Some(0), Some(0), Some(0)).as_deref(), Some("0"));
        assert_eq!(range(None, None, None), None);
    }
}
