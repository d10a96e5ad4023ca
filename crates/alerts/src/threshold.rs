//! How far a number stands out from those before it.

use serde::Serialize;

/// How a series was before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Past {
    /// Steps that were looked at.
    pub steps: usize,
    /// Their median.
    pub median: f64,
    /// What one unit of `z` is: see [`score`].
    pub spread: f64,
}

/// A number held to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// How many spreads it is above the median.
    pub z: f64,
    /// How it was before.
    pub past: Past,
}

/// The robust z-score of `now` in the light of `past`: (now − median) / spread.
///
/// The spread is 1.4826 times the median absolute deviation, which is the standard deviation where numbers are normal
/// (Hampel, 1974), yet at least the square root of the mean, which is the standard deviation of rare events that come at
/// random (Poisson), and at least 1. So a series that was silent fires at z = 3 with three happenings, not with the first one,
/// and one great week in the past does not hide the next. None where there is no past.
pub fn score(now: f64, past: &[f64]) -> Option<Score> {
    if past.is_empty() {
        return None;
    }
    let middle = median(past.to_vec());
    let deviation = median(past.iter().map(|n| (n - middle).abs()).collect());
    let mean = past.iter().sum::<f64>() / past.len() as f64;
    let spread = (1.4826 * deviation).max(mean.sqrt()).max(1.0);
    Some(Score { z: (now - middle) / spread, past: Past { steps: past.len(), median: middle, spread } })
}

/// The median of at least one number.
fn median(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    let middle = list.len() / 2;
    if list.len() % 2 == 1 { list[middle] } else { f64::midpoint(list[middle - 1], list[middle]) }
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn a_score_is_robust_and_has_a_floor() {
        let z = |now: f64, past: &[f64]| score(now, past).expect("a past").z;
        // Silence: the spread is 1.
        assert_eq!(z(3.0, &[0.0; 30]), 3.0);
        assert_eq!(z(0.0, &[0.0; 30]), 0.0);
        // No variance at all, at a height: Poisson's spread.
        assert_eq!(z(25.0, &[16.0; 20]), 2.25);
        // One great week does not hide the next.
        let mut past = vec![2.0; 51];
        past.push(400.0);
        assert!(z(40.0, &past) > 10.0, "{}", z(40.0, &past));
        // Median and deviation by hand: 2, 4, 4, 5, 7, 9 -> 4.5; 2.5, 0.5, 0.5, 0.5, 2.5, 4.5 -> 1.5.
        let found = score(10.0, &[2.0, 4.0, 4.0, 5.0, 7.0, 9.0]).expect("a past");
        assert_eq!(found.past.median, 4.5);
        assert!((found.past.spread - (31.0_f64 / 6.0).sqrt()).abs() < 1e-9, "{found:?}");
        assert!(score(1.0, &[]).is_none());
    }
}
