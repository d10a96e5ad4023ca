//! Values of cells: dates in the field's shapes, numbers, and the words that mean nothing.

use jiff::civil::Date;

use crate::event::ForeignDate;

/// The value, unless it is one of the words by which the field's files say that there is none. `NA` is not among them:
/// it is also a code of Namibia.
pub(super) fn known(cell: &str) -> Option<&str> {
    let none = match cell.len() {
        0 => true,
        3 => matches!(cell, "---" | "nan" | "NaN"),
        4 => matches!(cell, "None" | "NULL" | "null" | "none"),
        _ => false,
    };
    (!none).then_some(cell)
}

/// A day written `2023-09-24`, `20230924`, `9/24/2023`, `24 September 2023`, or the start of a timestamp.
pub(super) fn day(cell: &str) -> Option<Date> {
    let bytes = cell.as_bytes();
    if bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        let rest = bytes.get(10);
        let stamp = rest.is_none_or(|b| matches!(b, b' ' | b'T'));
        return if stamp { date(number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..10])?) } else { None };
    }
    if matches!(bytes.len(), 8 | 14) && bytes.iter().all(u8::is_ascii_digit) {
        return date(number(&bytes[..4])?, number(&bytes[4..6])?, number(&bytes[6..8])?);
    }
    if cell.contains('/') {
        let mut parts = cell.split_whitespace().next()?.split('/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        return date(number(year.as_bytes())?, number(month.as_bytes())?, number(day.as_bytes())?);
    }
    let mut words = cell.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || year.len() != 4 {
        return None;
    }
    date(number(year.as_bytes())?, month_of(month)?, number(day.as_bytes())?)
}

/// A day, month (`1999-03`) or year (`1999`).
pub(super) fn interval(cell: &str) -> Option<ForeignDate> {
    if let Some(day) = day(cell) {
        return Some(ForeignDate::day(day));
    }
    let bytes = cell.as_bytes();
    match bytes.len() {
        4 => {
            let year = number(bytes)?;
            Some(ForeignDate { start: date(year, 1, 1)?, end: date(year, 12, 31)?, precision: "year" })
        }
        6 | 7 => {
            let month = if bytes.len() == 6 {
                &bytes[4..]
            } else if bytes[4] == b'-' {
                &bytes[5..]
            } else {
                return None;
            };
            let start = date(number(&bytes[..4])?, number(month)?, 1)?;
            Some(ForeignDate { start, end: start.last_of_month(), precision: "month" })
        }
        _ => None,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1..=9999).contains(&year) || month > 12 || day > 31 {
        return None;
    }
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// A whole number of digits only, at most nine.
fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let mut n = 0;
    for b in digits {
        n = n * 10 + u32::from(b.is_ascii_digit().then(|| b - b'0')?);
    }
    Some(n)
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|m| **m == start).map(|at| at as u32 + 1)
}

/// A number of people or things: `12`, `12.0`, `1,200` in quoted cells.
pub(super) fn whole(cell: &str) -> Option<u64> {
    if let Some(n) = number(cell.as_bytes()) {
        return Some(u64::from(n));
    }
    let plain: String = cell.chars().filter(|c| *c != ',').collect();
    let (digits, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if fraction.bytes().any(|b| b != b'0') || digits.len() > 18 {
        return None;
    }
    digits.parse().ok()
}

/// A finite number.
pub(super) fn decimal(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_every_shape() {
        let expected = day("2023-09-24").expect("a day");
        for shape in
            ["20230924", "9/24/2023", "09/24/2023", "24 September 2023", "2023-09-24 00:00:00.000", "20230924151500"]
        {
            assert_eq!(day(shape), Some(expected), "{shape}");
        }
        for wrong in [
            "",
            "2023-13-01",
            "2023-02-30",
            "24/9/2023",
            "9/24/23",
            "2023",
            "2023-09-24x",
            "99999999",
            "-",
            "0000-00-00",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        let month = interval("1999-02").expect("a month");
        assert_eq!((month.start.day(), month.end.day(), month.precision), (1, 28, "month"));
        assert_eq!(interval("1999").map(|i| i.precision), Some("year"));
        assert_eq!(interval("199913"), None);
    }

    #[test]
    fn numbers() {
        assert_eq!(whole("1,200"), Some(1200));
        assert_eq!(whole("3.0"), Some(3));
        assert_eq!(whole("3.5"), None);
        assert_eq!(whole("-1"), None);
        assert_eq!(decimal("-9.5"), Some(-9.5));
        assert_eq!(decimal("inf"), None);
        assert_eq!(known("None"), None);
        assert_eq!(known("NA"), Some("NA"));
    }
}
