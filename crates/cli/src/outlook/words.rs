//! The table that binds words to probabilities. `docs/outlook.md` publishes it, and a test holds the two together.

/// A word and from which probability on it is used, up to the next.
pub const BANDS: [(f64, &str); 8] = [
    (0.00, "hardly any chance"),
    (0.01, "a slight chance"),
    (0.05, "unlikely"),
    (0.20, "a real possibility"),
    (0.45, "as likely as not"),
    (0.55, "likely"),
    (0.80, "very likely"),
    (0.95, "next to certain"),
];

/// The words for a probability, 0 to 1. What is said is what is shown: the probability is rounded as [`percent`] does.
pub fn of(p: f64) -> &'static str {
    let shown = rounded(p);
    let at = BANDS.iter().rposition(|(from, _)| shown >= *from - 1e-9).unwrap_or(0);
    BANDS[at].1
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

fn rounded(p: f64) -> f64 {
    if (0.10..=0.90).contains(&p) { (p * 100.0).round() / 100.0 } else { (p * 1000.0).round() / 1000.0 }
}

/// The two ends of an interval.
pub fn interval(ends: [f64; 2]) -> String {
    format!("{} to {}", percent(ends[0]), percent(ends[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_has_the_same_table() {
        let guide = include_str!("../../../../docs/outlook.md");
        for (i, (from, words)) in BANDS.iter().enumerate() {
            let to = BANDS.get(i + 1).map_or(1.0, |b| b.0);
            let row = format!("| {:.0} to {:.0} % | {words} |", from * 100.0, to * 100.0);
            assert!(guide.contains(&row), "docs/outlook.md lacks the row {row}");
        }
        let rows = guide.lines().filter(|l| l.contains(" % | ") && l.starts_with("| ") && l.contains(" to ")).count();
        assert!(rows >= BANDS.len());
    }

    #[test]
    fn words_change_where_the_table_says() {
        assert_eq!(of(0.0), "hardly any chance");
        assert_eq!(of(0.0099), "a slight chance", "shown as 1.0 %");
        assert_eq!(of(0.199), "a real possibility", "shown as 20 %");
        assert_eq!(of(0.44), "a real possibility");
        assert_eq!(of(0.5), "as likely as not");
        assert_eq!(of(1.0), "next to certain");
        assert_eq!(percent(0.0423), "4.2 %");
        assert_eq!(percent(0.423), "42 %");
        assert_eq!(percent(0.0001), "under 0.1 %");
    }
}
