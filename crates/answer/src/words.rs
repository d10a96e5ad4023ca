//! Probabilities as they are printed, in texts, on pages, charts and in feeds: words by the one published table, and numbers.
//!
//! The table is [`forewarn_outlook::words::TABLE`]; `docs/outlook.md` publishes it, and a test holds the two together.

/// The words for a probability, 0 to 1, as it is shown: rounded as [`percent`] does, so that word and number agree.
pub fn of(p: f64) -> &'static str {
    forewarn_outlook::words::words(rounded(p) + 1e-9)
}

/// A probability in per cent: whole ones, and one decimal below 10 % and above 90 %.
pub fn percent(p: f64) -> String {
    let shown = rounded(p) * 100.0;
    if p < 0.001 {
        "under 0.1 %".to_owned()
    } else if p > 0.999 {
        "over 99.9 %".to_owned()
    } else if (10.0..=90.0).contains(&shown) {
        format!("{shown:.0} %")
    } else {
        format!("{shown:.1} %")
    }
}

/// What was counted rather than forecast, a bound of the table or a tick of an axis, as a share of one in per cent: none and
/// all are what they are, whole per cents have no decimal, and the rest is as [`percent`] has it.
pub fn share(counted: f64) -> String {
    let hundred = counted * 100.0;
    if (hundred - hundred.round()).abs() < 1e-9 { format!("{:.0} %", hundred.round() + 0.0) } else { percent(counted) }
}

fn rounded(p: f64) -> f64 {
    if (0.10..=0.90).contains(&p) { (p * 100.0).round() / 100.0 } else { (p * 1000.0).round() / 1000.0 }
}

/// The two ends of an interval.
pub fn interval(ends: [f64; 2]) -> String {
    format!("{} to {}", percent(ends[0]), percent(ends[1]))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use forewarn_outlook::words::TABLE;

    use super::*;

    #[test]
    fn the_guide_has_the_same_table() {
        let guide = include_str!("../../../docs/outlook.md");
        let section = guide.split("<!-- words -->").nth(1).expect("a marked table");
        let mut from = 0.0;
        let mut rows = String::from("\n| probability | words |\n| --- | --- |\n");
        for (to, words) in TABLE {
            writeln!(rows, "| {:.0} to {:.0} % | {words} |", from * 100.0, to.min(1.0) * 100.0).expect("into a string");
            from = to;
        }
        assert_eq!(section, rows, "docs/outlook.md and forewarn_outlook::words::TABLE say the same");
    }

    #[test]
    fn word_and_number_agree() {
        assert_eq!((of(0.0099), percent(0.0099)), ("almost no chance", "1.0 %".to_owned()));
        assert_eq!((of(0.199), percent(0.199)), ("unlikely", "20 %".to_owned()));
        assert_eq!((of(0.5), percent(0.5)), ("about even", "50 %".to_owned()));
        assert_eq!((of(1.0), percent(1.0)), ("all but certain", "over 99.9 %".to_owned()));
        assert_eq!(percent(0.0423), "4.2 %");
        assert_eq!(percent(0.0001), "under 0.1 %");
        assert_eq!((of(0.9996), percent(0.9996)), ("all but certain", "over 99.9 %".to_owned()));
    }

    #[test]
    fn scripts_print_the_same() {
        let cases: Vec<(f64, String, String)> =
            serde_json::from_str(include_str!("../../../web/test/percent.json")).expect("cases");
        assert!(cases.len() > 10);
        for (p, said, counted) in cases {
            assert_eq!((percent(p), share(p)), (said, counted), "{p}");
        }
        assert_eq!(share(-0.0), "0 %");
    }
}
