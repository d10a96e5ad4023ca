//! What the models look at: a pair's own memories, those of its parties with others, and the state of the whole.

use std::sync::LazyLock;

use crate::Mark;
use crate::memory::{CHANNELS, HALF_LIVES, Memories};
use crate::trees::Direction;

const FORCE: usize = Mark::Force as usize;
const CHANNEL_NAMES: [&str; CHANNELS] = ["vcoop", "mcoop", "vconf", "mconf", "force", "menace"];
/// Days after which time since something is no longer told apart.
const LONG_AGO: f64 = 6000.0;

/// What all pairs share at a day, computed once.
pub struct Surroundings<'m, 'a> {
    memories: &'m Memories<'a>,
    /// `parties[p][channel][half-life]`: what a party does and suffers with everyone.
    parties: Vec<[[f64; 5]; CHANNELS]>,
    /// The same over all pairs.
    system: [[f64; 5]; CHANNELS],
}

impl<'m, 'a> Surroundings<'m, 'a> {
    /// Looks at all pairs on the day of the memories.
    pub fn new(memories: &'m Memories<'a>) -> Self {
        let index = memories.index();
        let actors = index.actors.len();
        let mut s = Self { memories, parties: vec![[[0.0; 5]; CHANNELS]; actors], system: [[0.0; 5]; CHANNELS] };
        for (memory, &(u, v)) in memories.pairs.iter().zip(&index.pairs) {
            if memory.days.is_empty() {
                continue;
            }
            for channel in 0..CHANNELS {
                for life in 0..HALF_LIVES.len() {
                    let amount = memory.both(channel, life);
                    s.parties[u][channel][life] += amount;
                    s.parties[v][channel][life] += amount;
                    s.system[channel][life] += amount;
                }
            }
        }
        s
    }

    /// The features of a pair, in the order of [`names`].
    pub fn features(&self, pair: usize) -> Vec<f64> {
        self.named(pair).into_iter().map(|(_, value)| value).collect()
    }

    fn named(&self, pair: usize) -> Vec<(String, f64)> {
        let memory = &self.memories.pairs[pair];
        let today = self.memories.today;
        let (u, v) = self.memories.index().pairs[pair];
        let mut out: Vec<(String, f64)> = Vec::with_capacity(64);
        let mut put = |name: String, value: f64| out.push((name, value));
        let days = HALF_LIVES.map(|h| h as i32);

        // The pair's own acts.
        for (channel, name) in CHANNEL_NAMES.into_iter().enumerate() {
            for life in 0..4 {
                put(format!("{name}_{}", days[life]), memory.both(channel, life).ln_1p());
            }
        }
        put("force_1500".into(), memory.both(FORCE, 4).ln_1p());
        let mutual = memory.fading[0][FORCE][3].min(memory.fading[1][FORCE][3]);
        put("force_mutual_365".into(), mutual.ln_1p());
        put("force_rise".into(), (memory.both(FORCE, 0) * 4.0).ln_1p() - memory.both(FORCE, 2).ln_1p());
        let conflict = (2..5).map(|c| memory.both(c, 1)).sum::<f64>();
        put("conflict_share_30".into(), conflict / (memory.total(1) + 1.0));

        // Its past.
        let since = |day: Option<i32>| day.map_or(LONG_AGO, |d| f64::from(today.0 - d).min(LONG_AGO)) / 30.0;
        put("since_force".into(), since(memory.force_days.last().copied()).ln_1p());
        let months = since(Some(self.memories.first.0)).max(1.0);
        put("own_rate".into(), distinct_months(&memory.force_days) as f64 / months);
        put("acts_365".into(), (memory.acts_within(today, 365) as f64).ln_1p());
        put("force_days_30".into(), (memory.force_days_within(today, 30) as f64).ln_1p());
        put("force_days_182".into(), (memory.force_days_within(today, 182) as f64).ln_1p());

        // Its parties with others.
        let others = |party: usize, channel: usize, life: usize| {
            (self.parties[party][channel][life] - memory.both(channel, life)).max(0.0)
        };
        for channel in [FORCE, 2] {
            for life in [1, 3] {
                let (a, b) = (others(u, channel, life), others(v, channel, life));
                let name = CHANNEL_NAMES[channel];
                put(format!("third_{name}_{}", days[life]), (a + b).ln_1p());
                put(format!("third_min_{name}_{}", days[life]), a.min(b).ln_1p());
            }
        }
        let lean = |party: usize| {
            let all = (0..5).map(|c| others(party, c, 3)).sum::<f64>();
            ((others(party, FORCE, 3) + 1.0) / (all + 15.0)).ln()
        };
        put("lean_max".into(), lean(u).max(lean(v)));
        put("lean_min".into(), lean(u).min(lean(v)));

        // The state of the whole.
        for life in [1, 3] {
            put(format!("system_force_{}", days[life]), self.system[FORCE][life].ln_1p());
        }
        out
    }
}

/// Names of the features, in their order.
pub fn names() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let event = crate::Event {
            id: "".into(),
            day: crate::Day(0),
            known: crate::Day(0),
            actor: "A".into(),
            recipient: "B".into(),
            mark: Mark::Force,
            goldstein: 0.0,
            deaths: crate::Deaths::default(),
            reports: 1,
        };
        let index = crate::index::Index::new(&crate::History::new(vec![event]));
        let mut memories = Memories::new(&index);
        memories.advance(crate::Day(0));
        Surroundings::new(&memories).named(0).into_iter().map(|(name, _)| name).collect()
    });
    &NAMES
}

/// How the trees may follow each feature: conflict, the more and the later it was, never lowers a forecast of force.
pub fn directions() -> Vec<Direction> {
    let conflict = ["force", "menace", "vconf", "mconf", "conflict_share", "own_rate"];
    names()
        .iter()
        .map(|name| match name.as_str() {
            // A rise is a difference of two memories of force.
            "force_rise" => Direction::Free,
            "since_force" => Direction::Falling,
            name if conflict.iter().any(|c| name.starts_with(c)) => Direction::Rising,
            _ => Direction::Free,
        })
        .collect()
}

fn distinct_months(force_days: &[i32]) -> usize {
    let mut count = 0;
    let mut last = None;
    for day in force_days {
        let month = day.div_euclid(30);
        if last != Some(month) {
            count += 1;
            last = Some(month);
        }
    }
    count
}
