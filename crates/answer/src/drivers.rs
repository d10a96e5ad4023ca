//! What raises or lowers a forecast, in words.

use forewarn_outlook::model::Driver;
use serde::Serialize;

use crate::words::share;

/// A driver in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mover {
    /// Name of the feature.
    pub feature: String,
    /// What it is, with its value.
    pub words: String,
    /// By which factor it changes the odds, by way of the logistic member and the trees, against the mean of situations
    /// learnt from.
    pub odds_factor: f64,
}

/// The strongest drivers that raise it, and those that lower it; weak ones (under 5 % of the odds) are left out.
pub fn movers(drivers: &[Driver], most: usize) -> (Vec<Mover>, Vec<Mover>) {
    let pick = |sign: f64| {
        let strong = drivers.iter().filter(|d| d.log_odds * sign > 0.05).take(most);
        strong
            .map(|d| Mover {
                feature: d.feature.clone(),
                words: words(&d.feature, d.value),
                odds_factor: (d.log_odds.exp() * 100.0).round() / 100.0,
            })
            .collect()
    };
    (pick(1.0), pick(-1.0))
}

/// What a feature means, with its value turned back from its logarithm.
fn words(feature: &str, value: f64) -> String {
    let count = value.exp_m1();
    match feature {
        "force_mutual_365" => return format!("force by the less forceful side, of the last year or so: {count:.1}"),
        "force_rise" => return format!("force of the last week or so against that of the last quarter: {value:+.2}"),
        "conflict_share_30" => {
            return format!("conflict as a share of all acts of the last month or so: {}", share(value));
        }
        "since_force" => {
            let months = count;
            return if months >= 199.0 {
                "no force between the two is on record".to_owned()
            } else {
                format!("time since the last force: {months:.1} months")
            };
        }
        "own_rate" => {
            return format!("months with force among all months since the two are on record: {}", share(value));
        }
        "acts_365" => return format!("acts of the last year: {count:.0}"),
        "force_days_30" => return format!("days with force in the last 30: {count:.0}"),
        "force_days_182" => return format!("days with force in the last 182: {count:.0}"),
        "lean_max" => return "how much the more forceful of the two uses or suffers force with others".to_owned(),
        "lean_min" => return "how much the less forceful of the two uses or suffers force with others".to_owned(),
        _ => {}
    }
    let (stem, days) = feature.rsplit_once('_').unwrap_or((feature, ""));
    let span = match days {
        "7" => "the last week or so",
        "30" => "the last month or so",
        "90" => "the last quarter or so",
        "365" => "the last year or so",
        "1500" => "the last years",
        _ => "late",
    };
    let act = |name: &str| match name {
        "vcoop" => "talks and other verbal cooperation",
        "mcoop" => "material cooperation",
        "vconf" => "verbal conflict",
        "mconf" => "material conflict short of force",
        "force" => "force",
        "menace" => "threats, mobilisation and shows of force",
        _ => "acts",
    };
    if let Some(name) = stem.strip_prefix("third_min_") {
        format!("{} with others, of the less involved side, of {span}: {count:.1}", act(name))
    } else if let Some(name) = stem.strip_prefix("third_") {
        format!("{} of either side with others, of {span}: {count:.1}", act(name))
    } else if let Some(name) = stem.strip_prefix("system_") {
        format!("{} anywhere on record, of {span}: {count:.0}", act(name))
    } else {
        format!("{} between the two, of {span}: {count:.1}", act(stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_words_of_its_own() {
        let mut all: Vec<String> = forewarn_outlook::features::names().iter().map(|n| words(n, 0.0)).collect();
        assert!(all.iter().all(|w| !w.contains("acts between") && !w.contains(" of late")), "{all:?}");
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
