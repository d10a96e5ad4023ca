//! The dates of actor files: `<920428`, `> 140608`, `920428-990610`.

use jiff::civil::Date;
use smol_str::SmolStr;

/// A day as `YYYYMMDD`. Days that no calendar has (`20040230`) still order as they should.
pub type Day = u32;

/// When a code holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// On every day that no other period takes.
    Always,
    /// Strictly before the day.
    Before(Day),
    /// From the day on.
    From(Day),
    /// From the first to the last day, both included.
    Between(Day, Day),
}

impl Period {
    /// Whether it names days and takes `day`.
    pub fn takes(self, day: Day) -> bool {
        match self {
            Self::Always => false,
            Self::Before(end) => day < end,
            Self::From(start) => day >= start,
            Self::Between(start, end) => start <= day && day <= end,
        }
    }
}

/// A date as `YYYYMMDD`.
pub fn day_of(date: Date) -> Day {
    i32::from(date.year()).unsigned_abs() * 10_000
        + u32::from(date.month().unsigned_abs()) * 100
        + u32::from(date.day().unsigned_abs())
}

/// A code with its period, and remarks on what had to be guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The code in upper case.
    pub code: SmolStr,
    /// When it holds.
    pub period: Period,
}

/// Reads what stands in the brackets of an actor's code: `KSV`, `KSV >080217`, `EGYGOV > 140608`.
///
/// # Errors
/// What was found and what was expected.
pub fn dated(inside: &str, remarks: &mut Vec<String>) -> Result<Dated, String> {
    let (code, rest) = match inside.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
        Some(at) => (&inside[..at], inside[at..].trim()),
        None => (inside, ""),
    };
    if code.is_empty() {
        return Err(format!("found `[{inside}]`, expected a code such as [FRA]"));
    }
    let code = upper(code, remarks);
    let period = if rest.is_empty() {
        Period::Always
    } else if let Some(day) = rest.strip_prefix('<') {
        Period::Before(read(day, remarks)?)
    } else if let Some(day) = rest.strip_prefix('>') {
        Period::From(read(day, remarks)?)
    } else if let Some((a, b)) = rest.split_once('-') {
        let (a, b) = (read(a, remarks)?, read(b, remarks)?);
        if a > b {
            remarks.push(format!("found the period {a}-{b} with its end before its start; it takes no day"));
        }
        Period::Between(a, b)
    } else {
        let day = read(rest, remarks)?;
        remarks.push(format!("found one day `{rest}` without < or >; read as that day alone"));
        Period::Between(day, day)
    };
    Ok(Dated { code, period })
}

/// Codes are upper case; lower ones occur.
fn upper(code: &str, remarks: &mut Vec<String>) -> SmolStr {
    if code.bytes().any(|b| b.is_ascii_lowercase()) {
        remarks.push(format!("found the code `{code}` in lower case; read as {}", code.to_uppercase()));
        return SmolStr::new(code.to_uppercase());
    }
    SmolStr::new(code)
}

/// `YYMMDD` (up to 30 is 20YY, as the old programs had it) or `YYYYMMDD`; digits beyond that are told.
fn read(text: &str, remarks: &mut Vec<String>) -> Result<Day, String> {
    let text = text.trim();
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let day = match text.len() {
        6 if digits => century(text),
        8 if digits => number(text),
        // A digit lost or doubled: the reading that a calendar has.
        7 if digits => {
            let short = number(&text[..4]) * 10_000 + number(&text[4..6]) * 100 + number(&text[6..]);
            let day = if on_calendar(short) && text.starts_with(['1', '2']) { short } else { century(&text[..6]) };
            remarks.push(format!("found the date `{text}` of 7 digits, expected 6 or 8; read as {day}"));
            day
        }
        9.. if digits => {
            let day = number(&text[text.len() - 8..]);
            let day = if (18_000_000..21_000_000).contains(&day) { day } else { number(&text[..8]) };
            remarks.push(format!("found the date `{text}` of {} digits, expected 6 or 8; read as {day}", text.len()));
            day
        }
        _ => return Err(format!("found the date `{text}`, expected YYMMDD or YYYYMMDD")),
    };
    if !on_calendar(day) {
        remarks.push(format!("found the date `{text}`, which no calendar has; it is compared as a number"));
    }
    Ok(day)
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or_default()
}

/// `YYMMDD` with its century.
fn century(text: &str) -> Day {
    (if number(&text[..2]) <= 30 { 20_000_000 } else { 19_000_000 }) + number(text)
}

fn on_calendar(day: Day) -> bool {
    let (year, month, of_month) = (day / 10_000, day / 100 % 100, day % 100);
    Date::new(year as i16, month as i8, of_month as i8).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Period, dated};

    fn period(inside: &str) -> (Period, usize) {
        let mut remarks = Vec::new();
        (dated(inside, &mut remarks).expect("a code").period, remarks.len())
    }

    #[test]
    fn years_of_two_digits_and_blanks_after_the_signs() {
        assert_eq!(period("KSV"), (Period::Always, 0));
        assert_eq!(period("YUGKSV <920428"), (Period::Before(19_920_428), 0));
        assert_eq!(period("EGYGOV > 140608"), (Period::From(20_140_608), 0));
        assert_eq!(period("HOB <20080120"), (Period::Before(20_080_120), 0));
        assert_eq!(period("AB 19950601 - 19990815"), (Period::Between(19_950_601, 19_990_815), 0));
    }

    #[test]
    fn slips_are_read_and_told() {
        assert_eq!(period("A 2004017-050101"), (Period::Between(20_040_107, 20_050_101), 1));
        assert_eq!(period("A 9008223-920101").0, Period::Between(19_900_822, 19_920_101));
        assert_eq!(period("A 1920050709-201005011").0, Period::Between(20_050_709, 20_100_501));
        assert_eq!(period("pse").1, 1);
        assert_eq!(period("A 20040230-20050101").1, 1);
        assert!(dated("A >soon", &mut Vec::new()).is_err());
        assert!(dated("", &mut Vec::new()).is_err());
    }

    #[test]
    fn both_ends_are_taken_and_before_is_strict() {
        assert!(Period::Between(20_100_109, 20_100_112).takes(20_100_112));
        assert!(!Period::Before(19_950_101).takes(19_950_101) && Period::From(19_950_101).takes(19_950_101));
    }
}
