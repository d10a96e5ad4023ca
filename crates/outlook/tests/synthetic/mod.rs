//! A made-up world of quarrels, drawn from a seed, for tests that need a record of some length.

use forewarn_outlook::random::Random;
use forewarn_outlook::{Day, Deaths, Event, History, Mark};

/// Ten parties over `days` days: words lead to deeds, deeds to force, and force to more of it.
pub fn history(seed: u64, days: i32) -> History {
    History::new(events(seed, days))
}

/// The events of [`history`].
pub fn events(seed: u64, days: i32) -> Vec<Event> {
    let codes = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III", "JJJ"];
    let mut random = Random::new(seed);
    let mut heat = vec![[0.0f64; 3]; codes.len() * codes.len()];
    let mut events = Vec::new();
    for day in 0..days {
        for a in 0..codes.len() {
            for b in 0..codes.len() {
                if a == b || (a + b) % 3 == 0 {
                    continue;
                }
                let cell = a * codes.len() + b;
                let base = 0.002 + 0.01 / (1.0 + (a * b) as f64);
                let [words, deeds, force] = heat[cell];
                let draws = [
                    (Mark::VerbalCooperation, base * 2.0, 3.0),
                    (Mark::VerbalConflict, base + 0.008 * words, -4.0),
                    (Mark::MaterialConflict, base / 3.0 + 0.005 * words + 0.006 * deeds, -6.0),
                    (Mark::Force, base / 20.0 + 0.006 * deeds + 0.012 * force, -10.0),
                ];
                for (mark, rate, goldstein) in draws {
                    if random.unit() < rate {
                        events.push(Event {
                            id: format!("e{}", events.len()).into(),
                            day: Day(day),
                            known: Day(day + random.below(3) as i32),
                            actor: codes[a].into(),
                            recipient: codes[b].into(),
                            mark,
                            goldstein,
                            deaths: Deaths::default(),
                            reports: 1,
                        });
                        let at = match mark {
                            Mark::VerbalConflict => Some(0),
                            Mark::MaterialConflict => Some(1),
                            Mark::Force => Some(2),
                            _ => None,
                        };
                        if let Some(at) = at {
                            heat[cell][at] += 1.0;
                            heat[b * codes.len() + a][at] += 0.5;
                        }
                    }
                }
                for h in &mut heat[cell] {
                    *h *= 0.97;
                }
            }
        }
    }
    events
}
