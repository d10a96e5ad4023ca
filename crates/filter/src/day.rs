//! Days, months, years, and days counted back from today.

use jiff::Span;
use jiff::civil::Date;

use crate::value::Days;

/// What may stand as a time, for messages.
pub(crate) const FORMS: &str = "a day `2023-09-24`, a month `2023-09`, a year `2023`, `30d`, `2w`, `6m`, `1y` ago, \
                                `today` or `yesterday`";

/// Reads a time.
///
/// # Errors
/// What is wrong with it, and a hint.
pub(crate) fn read(text: &str, today: Option<Date>) -> Result<Days, (String, Option<String>)> {
    if let Some((first, last)) = text.split_once("..") {
        let (from, to) = (one(first, today)?, one(last, today)?);
        if from.first > to.last {
            return Err((format!("`{first}` comes after `{last}`"), Some(format!("write `{last}..{first}`"))));
        }
        return Ok(Days { first: from.first, last: to.last });
    }
    one(text, today)
}

fn one(text: &str, today: Option<Date>) -> Result<Days, (String, Option<String>)> {
    let absolute = absolute(text);
    if let Some(days) = absolute {
        return days.map_err(|reason| (reason, None));
    }
    let Some((count, unit)) = relative(text) else {
        return Err((format!("`{text}` is no time"), Some(hint(text))));
    };
    let Some(today) = today else {
        let hint = "write a date: `2023-09-24`, `2023-09` or `2023`";
        return Err((format!("`{text}` counts from today, which is not known here"), Some(hint.to_owned())));
    };
    let span = match unit {
        'd' => Span::new().try_days(count),
        'w' => Span::new().try_weeks(count),
        'm' => Span::new().try_months(count),
        _ => Span::new().try_years(count),
    };
    match span.and_then(|s| today.checked_sub(s)) {
        Ok(day) if day.year() > 0 => Ok(Days { first: day, last: day }),
        _ => Err((format!("`{text}` ago is before the calendar begins"), None)),
    }
}

/// A hint on what `text` was to be.
fn hint(text: &str) -> String {
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let digits = |p: &str, n: usize| p.len() <= n && !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    if let [a, b, c] = parts.as_slice() {
        if digits(a, 2) && digits(b, 2) && digits(c, 4) && c.len() == 4 {
            // Which of the first two is the month is not ours to guess.
            return format!("write year, month, day: `{c}-MM-DD`");
        }
        if digits(a, 4) && a.len() == 4 && digits(b, 2) && digits(c, 2) {
            return format!("write `{a}-{b:0>2}-{c:0>2}`");
        }
    }
    if let [a, b] = parts.as_slice()
        && digits(a, 4)
        && a.len() == 4
        && digits(b, 2)
    {
        return format!("write `{a}-{b:0>2}`");
    }
    format!("write {FORMS}")
}

/// A date of one to three parts; none if `text` has not the form of one.
fn absolute(text: &str) -> Option<Result<Days, String>> {
    let mut parts = text.split('-');
    let number = |part: &str, length: usize| -> Option<i16> {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten()
    };
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|p| number(p, 2));
    let day = parts.next().map(|p| number(p, 2));
    if parts.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    let (month, day) = (month.flatten(), day.flatten());
    if year == 0 {
        return Some(Err("there is no year 0000".to_owned()));
    }
    if let Some(m) = month.filter(|m| !(1..=12).contains(m)) {
        return Some(Err(format!("there is no month {m:02}: months are 01 to 12")));
    }
    let first = Date::new(year, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8);
    Some(match (first, month, day) {
        (Ok(first), _, Some(_)) => Ok(Days { first, last: first }),
        (Ok(first), Some(_), None) => Ok(Days { first, last: first.last_of_month() }),
        (Ok(first), None, None) => Ok(Days { first, last: first.last_of_year() }),
        (Err(_), _, _) => {
            let last = Date::new(year, month.unwrap_or(1) as i8, 1).map_or(31, Date::days_in_month);
            Err(format!("there is no day `{text}`: that month has {last} days"))
        }
    })
}

/// How many of which unit ago.
fn relative(text: &str) -> Option<(i64, char)> {
    match text.to_ascii_lowercase().as_str() {
        "today" => return Some((0, 'd')),
        "yesterday" => return Some((1, 'd')),
        _ => {}
    }
    let unit = text.chars().last().filter(|c| matches!(c, 'd' | 'w' | 'm' | 'y'))?;
    let count = &text[..text.len() - 1];
    let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| count.parse().unwrap_or(i64::MAX)).map(|n| (n, unit))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: &str) {
        let read = read(text, Some(date(2024, 2, 29)));
        let shown = match read {
            Ok(days) => format!("{}..{}", days.first, days.last),
            Err((message, hint)) => format!("{message}; {}", hint.unwrap_or_default()),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_time_is_as_wide_as_it_is_written() {
        check("2023", "2023-01-01..2023-12-31");
        check("2024-02", "2024-02-01..2024-02-29");
        check("2023-09-24", "2023-09-24..2023-09-24");
        check("2022..2023-09", "2022-01-01..2023-09-30");
    }

    #[test]
    fn days_are_counted_back_from_today() {
        check("30d", "2024-01-30..2024-01-30");
        check("2w", "2024-02-15..2024-02-15");
        check("1m", "2024-01-29..2024-01-29");
        check("1y", "2023-02-28..2023-02-28");
        check("yesterday", "2024-02-28..2024-02-28");
        check("99999999999999999999y", "`99999999999999999999y` ago is before the calendar begins; ");
        assert!(read("30d", None).is_err());
    }

    #[test]
    fn a_wrong_time_is_told_with_what_was_meant() {
        check("2023-13", "there is no month 13: months are 01 to 12; ");
        check("2023-02-29", "there is no day `2023-02-29`: that month has 28 days; ");
        check("24.9.2023", "`24.9.2023` is no time; write year, month, day: `2023-MM-DD`");
        check("2023/9/4", "`2023/9/4` is no time; write `2023-09-04`");
        check("2023-9", "`2023-9` is no time; write `2023-09`");
        check("2023-10..2023-09", "`2023-10` comes after `2023-09`; write `2023-09..2023-10`");
    }
}
