//! Probabilities in words, by one fixed table.
//!
//! The bands are those of the US Intelligence Community Directive 203 (2015), section D.6.e.2, with one more below for
//! what it leaves out: most pairs of countries are at peace.

/// Upper bounds of the bands and their words; a probability on a bound belongs to the band above.
pub const TABLE: [(f64, &str); 9] = [
    (0.01, "next to no chance"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "about even"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (0.99, "almost certain"),
    (1.01, "all but certain"),
];

/// The words for a probability.
pub fn words(p: f64) -> &'static str {
    TABLE.iter().find(|(bound, _)| p < *bound).map_or(TABLE[TABLE.len() - 1].1, |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_gap() {
        assert!(TABLE.windows(2).all(|w| w[0].0 < w[1].0));
        assert_eq!(
            [0.0, 0.0099, 0.01, 0.2, 0.5, 0.949_999, 1.0].map(words),
            [
                "next to no chance",
                "next to no chance",
                "almost no chance",
                "unlikely",
                "about even",
                "very likely",
                "all but certain",
            ]
        );
    }
}
