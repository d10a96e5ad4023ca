//! Scales: figures and days to lengths, and the ticks between.

use jiff::civil::Date;

/// A linear scale from a range of figures to a range of lengths.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

impl Scale {
    pub(super) fn at(self, x: f64) -> f64 {
        let width = self.from.1 - self.from.0;
        let share = if width.abs() < f64::EPSILON { 0.5 } else { (x - self.from.0) / width };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// Days since 1970.
pub(super) fn number(day: Date) -> f64 {
    let start = jiff::civil::date(1970, 1, 1);
    day.since(start).map_or(0.0, |s| f64::from(s.get_days()))
}

/// Round upper end for an axis, and its step: 1, 2 or 5 times a power of ten, about four steps.
pub(super) fn nice(most: f64) -> (f64, f64) {
    if !(most.is_finite() && most > 0.0) {
        return (1.0, 1.0);
    }
    let rough = most / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough - 1e-12).unwrap_or(power);
    ((most / step).ceil() * step, step)
}

/// First days of months or years between two days, at most about `most` of them, with a label each.
pub(super) fn month_ticks(from: Date, to: Date, most: usize) -> Vec<(Date, String)> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
    let every = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|e| months / e <= most as i32).unwrap_or(240);
    let mut out = Vec::new();
    for step in 0..=months {
        let month0 = i32::from(from.month()) - 1 + step;
        let (year, month) = (i32::from(from.year()) + month0 / 12, month0 % 12);
        let whole = if every >= 12 { month == 0 && year % (every / 12) == 0 } else { month % every == 0 };
        let Ok(day) = Date::new(year as i16, month as i8 + 1, 1) else { continue };
        if whole && day >= from && day <= to {
            let name = NAMES[month as usize];
            out.push((day, if month == 0 || every >= 12 { year.to_string() } else { name.to_owned() }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ticks_are_round() {
        assert_eq!(nice(7.3), (8.0, 2.0));
        assert_eq!(nice(0.0), (1.0, 1.0));
        let (top, step) = nice(0.31);
        assert!((top - 0.4).abs() < 1e-9 && (step - 0.1).abs() < 1e-9);
    }

    #[test]
    fn months_are_few_and_in_order() {
        let ticks = month_ticks(date(2022, 9, 30), date(2023, 9, 30), 6);
        assert!(ticks.len() <= 7 && ticks.iter().any(|(_, l)| l == "2023"), "{ticks:?}");
        assert_eq!(month_ticks(date(2000, 1, 1), date(2023, 1, 1), 6).len(), 5);
    }
}
