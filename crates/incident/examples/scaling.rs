//! What merging costs as reports grow: `… --example scaling -- REPORTS [DAYS]`.
//!
//! Reports are made by varying those of `tests/happenings/`: each copy of the corpus moves to its own days (within DAYS,
//! ten years unless given, so that more reports also mean more of them a day), states, towns, parties, numbers and words; what
//! belongs together within a copy still does. Only the tellings are varied, so that nothing is parsed anew. The work is
//! printed as one JSON object: look-ups of keys, comparisons of pairs, links and pieces grouped. Run it under
//! `valgrind --tool=callgrind` or `perf stat -e instructions` to count instructions; `--dry` only makes the reports, and
//! what that costs is to be taken off.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench, run by hand")]

#[path = "../tests/reading/mod.rs"]
mod reading;

use std::collections::HashSet;

use forewarn_incident::{Resolver, Side, Sketch, Telling, Term};
use smol_str::SmolStr;

/// How many towns, names and bands the copies draw from.
const POOL: u64 = 4_000;

const STATES: [&str; 40] = [
    "AFG", "AGO", "ARM", "AZE", "BDI", "BFA", "BGD", "CAF", "CMR", "COD", "COL", "DZA", "EGY", "ERI", "ETH", "GEO",
    "GIN", "HTI", "IDN", "IND", "IRQ", "ISR", "KEN", "LBN", "LBY", "MEX", "MLI", "MMR", "MOZ", "NER", "NGA", "PAK",
    "PHL", "RWA", "SDN", "SOM", "SSD", "SYR", "UKR", "YEM",
];

/// SplitMix64: small, seeded, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// One copy's changes.
struct Copy {
    number: u64,
    days: i32,
    states: u64,
    names: u64,
    north: f32,
    east: f32,
    more: u64,
}

impl Copy {
    fn state(&self, code: &SmolStr) -> SmolStr {
        let hash = code.bytes().fold(self.states, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
        SmolStr::new_static(STATES[(hash % STATES.len() as u64) as usize])
    }

    /// Another name out of the pool for the same old one.
    fn name(&self, word: &str) -> SmolStr {
        let hash = word.bytes().fold(self.names, |h, b| h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b));
        SmolStr::from(format!("{word}{}", Dice(hash).roll() % POOL))
    }

    /// Other words for other happenings: names always, of the rest about two in three.
    fn word(&self, word: &str, names: &HashSet<String>) -> SmolStr {
        let hash = word.bytes().fold(self.states, |h, b| h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b));
        let varies = names.contains(word) || word.contains('_') || !Dice(hash).roll().is_multiple_of(3);
        if varies { self.name(word) } else { SmolStr::from(word) }
    }

    fn terms(&self, terms: &mut Vec<Term>, names: &HashSet<String>) {
        for t in terms.iter_mut() {
            t.word = self.word(&t.word, names);
        }
        terms.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        terms.dedup_by(|a, b| a.word == b.word);
    }

    fn side(&self, side: &mut Side, names: &HashSet<String>) {
        let words: Vec<SmolStr> = side.text.to_lowercase().split(' ').map(|w| self.word(w, names)).collect();
        side.text = SmolStr::from(words.join(" "));
        side.country = side.country.as_ref().map(|c| self.state(c));
        side.group = side.group.as_ref().map(|g| self.name(g));
        side.person = side.person.as_ref().map(|p| self.name(p));
        side.ethnicity = side.ethnicity.as_ref().map(|e| self.name(e));
    }

    fn telling(&self, telling: &Telling, names: &HashSet<String>) -> Telling {
        let mut t = telling.clone();
        t.claim_id = SmolStr::from(format!("{}{:06x}", &t.claim_id[..10], self.number));
        t.report_id = SmolStr::from(format!("{}-{}", t.report_id, self.number));
        if let Some(w) = &mut t.when {
            w.start += self.days;
            w.end += self.days;
        }
        t.actor.iter_mut().chain(&mut t.recipient).for_each(|s| self.side(s, names));
        if let Some(spot) = &mut t.spot {
            spot.name = self.name(&spot.name);
            spot.country = spot.country.as_ref().map(|c| self.state(c));
            spot.geonameid = None;
            spot.at = spot.at.map(|(lat, lon)| ((lat + self.north).clamp(-60.0, 75.0), lon + self.east));
        }
        for toll in &mut t.tolls {
            for n in [&mut toll.low, &mut toll.best, &mut toll.high] {
                *n = n.map(|n| n + self.more);
            }
        }
        self.terms(&mut t.terms, names);
        t.bind();
        t
    }

    fn sketch(&self, sketch: &Sketch, names: &HashSet<String>) -> Sketch {
        let mut s = sketch.clone();
        s.report_id = SmolStr::from(format!("{}-{}", s.report_id, self.number));
        s.published = s.published.map(|p| p + self.days);
        for (_, i) in &mut s.days {
            i.start += self.days;
            i.end += self.days;
        }
        let mut dice = Dice(self.number);
        for byte in &mut s.signature {
            *byte = byte.wrapping_add(dice.roll() as u8);
        }
        s.country = s.country.as_ref().map(|c| self.state(c));
        self.terms(&mut s.terms, names);
        s.bind();
        s
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let dry = arguments.iter().any(|a| a == "--dry");
    let numbers: Vec<u64> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    let reports = numbers.first().copied().expect("how many reports comes first");
    let window = numbers.get(1).copied().unwrap_or(3650);
    let read = reading::code(reading::happenings());
    let mut names: HashSet<String> = HashSet::new();
    for r in &read {
        for t in &r.tellings {
            let said = t.actor.iter().chain(&t.recipient).map(|s| s.text.to_string());
            for text in said.chain(t.spot.iter().map(|s| s.name.to_string())) {
                let capital = |w: &&str| w.starts_with(char::is_uppercase) && w.len() > 3;
                names.extend(text.split(' ').filter(capital).map(str::to_lowercase));
            }
        }
    }
    // The corpus spans twenty years; its own days are folded into a fortnight, copy by copy.
    let first = read.iter().filter_map(|r| r.sketch.published).min().unwrap_or_default();
    let mut resolver = Resolver::new();
    let (mut made, mut tellings, mut bytes) = (0_u64, 0_u64, 0_u64);
    let mut number = 0;
    while made < reports {
        number += 1;
        let mut dice = Dice(number);
        for r in &read {
            if made == reports {
                break;
            }
            // Reports of one month belong together: they are moved by one step.
            let month = r.sketch.published.unwrap_or(first) / 60;
            let mut own = Dice(number ^ (month as u64) << 32);
            let copy = Copy {
                number,
                days: (own.roll() % window) as i32 - r.sketch.published.unwrap_or(first) / 60 * 60 + 12_000,
                states: own.roll() | 1,
                names: own.roll(),
                north: (own.roll() % 600) as f32 / 10.0 - 30.0,
                east: (own.roll() % 1200) as f32 / 10.0 - 60.0,
                more: own.roll() % 7,
            };
            let sketch = copy.sketch(&r.sketch, &names);
            let all: Vec<Telling> = r.tellings.iter().map(|t| copy.telling(t, &names)).collect();
            tellings += all.len() as u64;
            made += 1;
            if dry {
                bytes = bytes.wrapping_add(sketch.terms.len() as u64 + dice.roll() % 2);
            } else {
                resolver.add(sketch, all);
            }
        }
    }
    let work = resolver.work();
    let mixed = resolver
        .incidents()
        .iter()
        .filter(|i| {
            let mut copies: Vec<&str> = i.members.iter().filter_map(|m| m.report_id.split('-').nth(1)).collect();
            copies.dedup();
            copies.len() > 1
        })
        .count();
    println!(
        "{}",
        serde_json::json!({
            "reports": made, "tellings": tellings, "keys": work.keys, "pairs": work.pairs, "links": work.links,
            "grouped": work.grouped, "incidents": resolver.incidents().len(),
            "mixed": mixed, "largest_neighbourhood": resolver.largest(), "dry": dry, "check": bytes,
        })
    );
}
