//! What a country's record of deaths says at the end of a month, for models of what comes.

use std::f64::consts::TAU;

use crate::Fatalities;
use crate::borders::company;

/// How many of [`Countries::features`] are those of the plain script, which come first.
pub const PLAIN: usize = 25;

/// How many values [`Countries::quarter`] has for a country.
pub const QUARTER: usize = 12;

/// Features of all countries at any month of a table. Whatever is asked for a month uses only rows up to it.
pub struct Countries<'a> {
    table: &'a Fatalities,
    /// `logs[t][c]`: ln(1 + deaths).
    logs: Vec<Vec<f64>>,
    company: Vec<[Vec<usize>; 2]>,
    /// `features[t][c]`.
    features: Vec<Vec<Vec<f64>>>,
}

impl<'a> Countries<'a> {
    /// Looks at a table.
    pub fn new(table: &'a Fatalities) -> Self {
        let logs = table.deaths.iter().map(|row| row.iter().map(|v| v.ln_1p()).collect()).collect();
        let mut countries = Self { table, logs, company: company(&table.countries), features: Vec::new() };
        let width = table.countries.len();
        countries.features = (0..table.months())
            .map(|t| (0..width).map(|c| countries.named(t, c).into_iter().map(|(_, v)| v).collect()).collect())
            .collect();
        countries
    }

    /// The table.
    pub fn table(&self) -> &'a Fatalities {
        self.table
    }

    /// Deaths of a country in the `months` months up to row `t`.
    pub fn sum(&self, t: usize, c: usize, months: usize) -> f64 {
        self.deaths(t, months).map(|row| row[c]).sum()
    }

    /// Whether at least `least` died in the `months` months after row `t`; `None` where the table ends before.
    pub fn reached(&self, t: usize, c: usize, months: usize, least: f64) -> Option<bool> {
        (t + months < self.table.months())
            .then(|| self.table.deaths[t + 1..=t + months].iter().map(|row| row[c]).sum::<f64>() >= least)
    }

    /// The same, told only where the last of the months is known by row `known`.
    pub fn reached_by(&self, t: usize, c: usize, months: usize, least: f64, known: usize) -> Option<bool> {
        if t + months <= known { self.reached(t, c, months, least) } else { None }
    }

    fn deaths(&self, t: usize, months: usize) -> impl Iterator<Item = &Vec<f64>> {
        self.table.deaths[(t + 1).saturating_sub(months)..=t].iter()
    }

    fn log_window(&self, t: usize, c: usize, months: usize) -> impl Iterator<Item = f64> {
        self.logs[(t + 1).saturating_sub(months)..=t].iter().map(move |row| row[c])
    }

    /// Features of a country at row `t`, in the order of [`names`].
    pub fn features(&self, t: usize, c: usize) -> &[f64] {
        &self.features[t][c]
    }

    fn named(&self, t: usize, c: usize) -> Vec<(String, f64)> {
        let mut out: Vec<(String, f64)> = Vec::with_capacity(60);
        let mut put = |name: &str, value: f64| out.push((name.to_owned(), value));
        let deaths = &self.table.deaths;
        let log_mean = |months: usize| mean(self.log_window(t, c, months));
        let now = self.logs[t][c];

        // Those of the plain script.
        for lag in 0..6 {
            put(&format!("deaths_lag_{lag}"), self.logs[t.saturating_sub(lag)][c]);
        }
        for window in [3, 6, 12, 24, 60] {
            put(&format!("mean_{window}"), mean(self.deaths(t, window).map(|r| r[c])).ln_1p());
            put(&format!("log_mean_{window}"), log_mean(window));
        }
        put("max_12", self.log_window(t, c, 12).fold(0.0, f64::max));
        let m = log_mean(12);
        put("spread_12", mean(self.log_window(t, c, 12).map(|v| (v - m).powi(2))).sqrt());
        let share =
            |months: usize, least: f64| mean(self.deaths(t, months).map(|r| f64::from(u8::from(r[c] >= least))));
        put("any_12", share(12, 0.5));
        put("months_25_60", share(60, 25.0));
        for least in [1.0, 25.0, 100.0] {
            let since = (0..=t).rev().find(|&i| deaths[i][c] >= least).map_or(t + 1, |i| t - i);
            put(&format!("since_{least}"), (since as f64).ln_1p());
        }
        put("rise_6", now - log_mean(6));
        put("world", deaths[t].iter().sum::<f64>().ln_1p());

        // Neighbours and region: deaths in the last year and quarter.
        let year = |c: usize| self.sum(t, c, 12).ln_1p();
        let quarter = |c: usize| self.sum(t, c, 3).ln_1p();
        let [near, region] = &self.company[c];
        let most = |of: &dyn Fn(usize) -> f64| near.iter().map(|&i| of(i)).fold(0.0, f64::max);
        let middle = |who: &[usize], of: &dyn Fn(usize) -> f64| mean(who.iter().map(|&i| of(i)));
        put("neighbours_max_12", most(&year));
        put("neighbours_mean_12", middle(near, &year));
        put("neighbours_max_3", most(&quarter));
        put("neighbours_mean_3", middle(near, &quarter));
        put("region_mean_12", middle(region, &year));
        put("region_mean_3", middle(region, &quarter));
        let beyond: Vec<usize> = near.iter().flat_map(|&i| self.company[i][0].iter().copied()).collect();
        put("beyond_mean_12", middle(&beyond, &year));

        // Its longer past.
        let windows: Vec<bool> = (2..=t).map(|i| deaths[i - 2..=i].iter().map(|r| r[c]).sum::<f64>() >= 25.0).collect();
        let rate = |windows: &[bool]| {
            let hits = windows.iter().filter(|w| **w).count() as f64;
            ((hits + 0.3) / (windows.len() as f64 + 30.0)).ln()
        };
        put("quarters_25", rate(&windows));
        put("quarters_25_120", rate(&windows[windows.len().saturating_sub(120)..]));
        put("onsets", (windows.windows(2).filter(|w| w[1] && !w[0]).count() as f64).ln_1p());
        put("any_36", share(36, 0.5));
        put("any_120", share(120, 0.5));
        put("max_ever", (0..=t).map(|i| self.logs[i][c]).fold(0.0, f64::max));
        put("rate_ever", ((deaths[..=t].iter().map(|r| r[c]).sum::<f64>() + 1.0) / (t + 1) as f64).ln());
        let fade = 0.5f64.powf(1.0 / 96.0);
        let (sum, weight) = (0..=t).fold((0.0, 0.0), |(s, w), i| {
            let f = fade.powi((t - i) as i32);
            (s + f * self.logs[i][c], w + f)
        });
        put("log_mean_fading", sum / weight);

        // How near the threshold of 25 in three months it has been.
        let recent = |months: usize| {
            let windows = &windows[windows.len().saturating_sub(months)..];
            let hits = windows.iter().filter(|w| **w).count() as f64;
            ((hits + 0.25) / (windows.len() as f64 - hits + 0.25)).ln()
        };
        put("quarters_25_6", recent(6));
        put("quarters_25_24", recent(24));
        let knot = 26f64.ln();
        for months in [3, 6, 12] {
            // The same threshold, scaled to the window.
            let knot = knot + (months as f64 / 3.0).ln();
            let s = self.sum(t, c, months).ln_1p();
            put(&format!("sum_below_{months}"), s.min(knot));
            put(&format!("sum_above_{months}"), (s - knot).max(0.0));
        }
        out
    }

    /// What tells more of the next quarter than [`Countries::features`] do: how steadily a country has stood about the threshold,
    /// its place among all, and the season. One row a country, of [`QUARTER`] values.
    pub fn quarter(&self, t: usize) -> Vec<Vec<f64>> {
        let width = self.table.countries.len();
        let standing: Vec<f64> = (0..width).map(|c| self.sum(t, c, 3) + self.sum(t, c, 12) / 1000.0).collect();
        let season = TAU * f64::from(self.table.first.plus(t as i32).number() - 1) / 12.0;
        (0..width)
            .map(|c| {
                let year: Vec<f64> = self.log_window(t, c, 12).collect();
                let of = |months: usize| &year[year.len().saturating_sub(months)..];
                let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
                let share = |months: usize, deaths: f64| {
                    mean(of(months).iter().map(|v| f64::from(u8::from(*v >= deaths.ln_1p() - 1e-9))))
                };
                let quarters: Vec<f64> =
                    [0, 3, 6, 9].map(|back| self.sum(t.saturating_sub(back), c, 3).ln_1p()).to_vec();
                let level = mean(year.iter().copied());
                let below = standing.iter().filter(|s| **s < standing[c]).count() as f64;
                let even = standing.iter().filter(|s| **s == standing[c]).count() as f64;
                vec![
                    least(of(3)),
                    least(&quarters),
                    mean(year.iter().map(|v| (v - level).powi(2))).sqrt(),
                    share(12, 5.0),
                    share(6, 9.0),
                    of(3).iter().copied().fold(0.0, f64::max),
                    of(6).iter().zip([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]).map(|(v, w)| v * w).sum(),
                    median(of(6)),
                    median(of(12)),
                    (below + even / 2.0) / width as f64,
                    season.sin(),
                    season.cos(),
                ]
            })
            .collect()
    }

    /// Names of the features.
    pub fn names(&self) -> Vec<String> {
        self.named(0, 0).into_iter().map(|(name, _)| name).collect()
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(s, n), v| (s + v, n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}
