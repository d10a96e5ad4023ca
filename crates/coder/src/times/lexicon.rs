//! The words of time: months, weekdays, units, seasons, parts of the day.

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit that `word` names and whether the word is plural.
    pub(super) fn of(word: &str) -> Option<(Self, bool)> {
        let unit = |bare: &str| {
            Some(match bare {
                "second" => Self::Second,
                "minute" => Self::Minute,
                "hour" => Self::Hour,
                "day" => Self::Day,
                "weekend" => Self::Weekend,
                "week" => Self::Week,
                "fortnight" => Self::Fortnight,
                "month" => Self::Month,
                "year" => Self::Year,
                "decade" => Self::Decade,
                _ => return None,
            })
        };
        if let Some(found) = unit(word) {
            return Some((found, false));
        }
        match word {
            "century" => Some((Self::Century, false)),
            "centuries" => Some((Self::Century, true)),
            _ => unit(word.strip_suffix('s')?).map(|u| (u, true)),
        }
    }

    /// The TIMEX3 duration of `count` units; `X` stands for a number that the text does not give.
    pub(super) fn duration(self, count: Option<f64>) -> String {
        let (per, mark) = match self {
            Self::Second => ("T", "S"),
            Self::Minute => ("T", "M"),
            Self::Hour => ("T", "H"),
            Self::Day => ("", "D"),
            Self::Weekend => ("", "WE"),
            Self::Week => ("", "W"),
            Self::Fortnight => return Self::Week.duration(count.map(|n| n * 2.0)),
            Self::Month => ("", "M"),
            Self::Year => ("", "Y"),
            Self::Decade => ("", "DE"),
            Self::Century => ("", "CE"),
        };
        match count {
            Some(n) => format!("P{per}{n}{mark}"),
            None => format!("P{per}X{mark}"),
        }
    }

    /// The unit's length in days, roughly; none for parts of a day.
    pub(super) fn days(self) -> Option<i64> {
        Some(match self {
            Self::Second | Self::Minute | Self::Hour => return None,
            Self::Day => 1,
            Self::Weekend => 2,
            Self::Week => 7,
            Self::Fortnight => 14,
            Self::Month => 30,
            Self::Year => 365,
            Self::Decade => 3652,
            Self::Century => 36525,
        })
    }

    /// The precision word of a date known to this unit.
    pub(super) fn precision(self) -> &'static str {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day => "day",
            Self::Weekend | Self::Week | Self::Fortnight => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Decade | Self::Century => "decade",
        }
    }
}

/// The month that `word` (lower case) names, 1 to 12. `capital` says whether it is written with a capital letter:
/// "march", "may" and the short forms are months only with one.
pub(super) fn month(word: &str, capital: bool) -> Option<i8> {
    if !capital {
        return None;
    }
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// The weekday that `word` names, Monday 1 to Sunday 7.
pub(super) fn weekday(word: &str, capital: bool) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let full = match word {
        "monday" => 1,
        "tuesday" => 2,
        "wednesday" => 3,
        "thursday" => 4,
        "friday" => 5,
        "saturday" => 6,
        "sunday" => 7,
        _ => 0,
    };
    if full > 0 {
        return Some(full);
    }
    if !capital {
        return None;
    }
    Some(match word {
        "mondays" | "mon" => 1,
        "tuesdays" | "tues" | "tue" => 2,
        "wednesdays" | "wed" => 3,
        "thursdays" | "thurs" | "thur" | "thu" => 4,
        "fridays" | "fri" => 5,
        "saturdays" => 6,
        "sundays" => 7,
        _ => return None,
    })
}

/// The TIMEX3 mark of a season, in calendar order from spring: `SP`, `SU`, `FA`, `WI`.
pub(super) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" => "SU",
        "autumn" | "fall" => "FA",
        "winter" | "wintertime" => "WI",
        _ => return None,
    })
}

/// The TIMEX3 mark of a part of the day.
pub(super) fn part_of_day(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "mornings" | "dawn" | "daybreak" | "sunrise" => "TMO",
        "noon" | "midday" => "T12:00",
        "afternoon" | "afternoons" => "TAF",
        "evening" | "evenings" | "dusk" | "sunset" | "nightfall" => "TEV",
        "night" | "nights" | "night-time" | "nighttime" => "TNI",
        "midnight" => "T24:00",
        "daytime" => "TDT",
        _ => return None,
    })
}

/// An ordinal below one hundred ("third", "21st").
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return match &word[digits..] {
            "st" | "nd" | "rd" | "th" => word[..digits].parse().ok(),
            _ => None,
        };
    }
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        _ => {
            let (tens, ones) = word.split_once('-')?;
            if tens != "twenty" && tens != "thirty" {
                return None;
            }
            let ones = ordinal(ones).filter(|&n| n < 10)?;
            if tens == "twenty" { 20 + ones } else { 30 + ones }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Unit, month, ordinal, weekday};

    #[test]
    fn words() {
        assert_eq!(month("may", false), None);
        assert_eq!(month("sept.", true), Some(9));
        assert_eq!(weekday("sat", true), None);
        assert_eq!(weekday("friday", false), Some(5));
        assert_eq!(ordinal("21st"), Some(21));
        assert_eq!(ordinal("twenty-first"), Some(21));
        assert_eq!(Unit::of("weeks"), Some((Unit::Week, true)));
        assert_eq!(Unit::Hour.duration(Some(24.0)), "PT24H");
        assert_eq!(Unit::Year.duration(None), "PXY");
    }
}
