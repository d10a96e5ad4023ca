//! Days of publication: the ways they are written, and no guesses.
//!
//! Read: RFC 3339 and its loose kin (`2023-09-30T10:15:00+02:00`, `2023-09-30 10:15:00.002-05`),
//! `YYYYMMDD` and `YYYYMMDDhhmmss`, `2023/09/30`, `30.09.2023`, and days with the month's name in
//! English, with or without a weekday (`Sat, 30 Sep 2023 10:15:00 GMT`, `September 30, 2023`).
//! The day is the one written, in the writer's own time zone. `03/04/2023` may be March or April and is
//! refused; `30/09/2023` can only be one day and is read.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day in `raw`, or `None` when it is not surely one day.
pub(crate) fn parse(raw: &str) -> Option<Date> {
    let raw = raw.trim().trim_matches(['"', '\'']).trim();
    if !raw.is_ascii() || raw.len() > 64 {
        return None;
    }
    numeric(raw).or_else(|| worded(raw))
}

/// What was wrong with a date, for a diagnostic.
pub(crate) fn expected() -> &'static str {
    "expected a day such as 2023-09-30, 20230930 or 2023-09-30T10:15:00Z"
}

fn numeric(raw: &str) -> Option<Date> {
    let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: std::ops::Range<usize>| raw.get(range)?.parse::<i16>().ok();
    let after = |at: usize| raw.as_bytes().get(at).copied();
    match digits {
        8 | 14 if matches!(after(digits), None | Some(b'T' | b' ' | b'Z')) => {
            day(number(0..4)?, number(4..6)?, number(6..8)?)
        }
        4 if matches!(after(4), Some(b'-' | b'/')) => {
            let (month, rest) = raw[5..].split_once(char::from(after(4)?))?;
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            if !matches!(rest.as_bytes().get(length), None | Some(b'T' | b't' | b' ' | b',' | b'Z' | b'+')) {
                return None;
            }
            if month.is_empty() || month.len() > 2 || length == 0 || length > 2 {
                return None;
            }
            day(number(0..4)?, month.parse().ok()?, rest[..length].parse().ok()?)
        }
        1 | 2 => {
            let separator = after(digits)?;
            if !matches!(separator, b'.' | b'/') {
                return None;
            }
            let mut parts = raw.splitn(3, char::from(separator));
            let (first, second) = (parts.next()?.parse().ok()?, parts.next()?.trim().parse().ok()?);
            let rest = parts.next()?.trim_start();
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let year = if length == 4 { rest[..4].parse().ok()? } else { return None };
            if !matches!(rest.as_bytes().get(4), None | Some(b' ' | b',')) {
                return None;
            }
            match separator {
                b'.' => day(year, second, first),
                _ if first > 12 => day(year, second, first),
                _ if second > 12 || first == second => day(year, first, second),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `30 September 2023`, `September 30, 2023`, either after a weekday and before a time of day.
fn worded(raw: &str) -> Option<Date> {
    let mut words = raw.split([' ', ',', '-']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some_and(|word| is_weekday(word)) {
        words.next();
    }
    let (first, second) = (words.next()?, words.next()?);
    let year: i16 = words.next().filter(|year| year.len() == 4)?.parse().ok()?;
    // What follows may be a time of day, never more words of a sentence.
    if words.any(|word| !is_time(word)) {
        return None;
    }
    match (month(first), month(second)) {
        (Some(month), None) => day(year, month, ordinal(second)?),
        (None, Some(month)) => day(year, month, ordinal(first)?),
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    lower.len() >= 3
        && ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .iter()
            .any(|day| day.starts_with(&lower))
}

fn is_time(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "at" | "am"
            | "pm"
            | "a.m."
            | "p.m."
            | "gmt"
            | "utc"
            | "cet"
            | "cest"
            | "est"
            | "edt"
            | "bst"
            | "et"
            | "pt"
            | "ist"
            | "eet"
            | "eest"
            | "msk"
            | "hrs"
            | "|"
    ) || (lower.bytes().any(|byte| byte.is_ascii_digit())
        && lower.bytes().all(|byte| byte.is_ascii_digit() || b":.+amph".contains(&byte)))
}

fn month(word: &str) -> Option<i16> {
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| {
        lower.len() >= 3 && (month.starts_with(&lower) || (lower == "sept" && *month == "september"))
    })?;
    Some(at as i16 + 1)
}

fn ordinal(word: &str) -> Option<i16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    matches!(&word[digits..], "" | "." | "st" | "nd" | "rd" | "th").then(|| word[..digits].parse().ok()).flatten()
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    // News older than the newspaper or from beyond this century is a slip of the pen.
    if !(1600..=2199).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn ways_of_writing_one_day() {
        for raw in [
            "2023-09-30",
            "20230930",
            "20230930101500",
            "2023-09-30T10:15:00Z",
            "2023-09-30T23:15:00-05:00",
            "2023-09-30 12:24:52.002364-05",
            "2023/09/30",
            "2023-9-30",
            "30.09.2023",
            "30. 9. 2023",
            "30/09/2023",
            "09/30/2023",
            "30 September 2023",
            "30 Sep 2023",
            "30-Sep-2023",
            "Sept. 30, 2023",
            "September 30, 2023, 10:15 AM",
            "Sat, 30 Sep 2023 10:15:00 +0000",
            "Saturday 30th September 2023",
            "20230930T101500Z",
            "2023-09-30T10:15",
            " \"2023-09-30\" ",
        ] {
            assert_eq!(parse(raw).map(|day| day.to_string()).as_deref(), Some("2023-09-30"), "{raw}");
        }
    }

    #[test]
    fn not_surely_one_day() {
        for raw in [
            "",
            "yesterday",
            "2023",
            "2023-09",
            "2023-13-01",
            "2023-02-30",
            "0000-00-00",
            "03/04/2023",
            "30 September",
            "1696068900",
            "12023-09-30",
            "September 30, 2023 was a day of rest",
            "99999999",
            "30.09.23",
            "2023-09-30x",
            "Dienstag",
            "٣٠ سبتمبر ٢٠٢٣",
            "2023--30",
            "Marching 3 2023",
        ] {
            assert_eq!(parse(raw), None, "{raw}");
        }
    }
}
