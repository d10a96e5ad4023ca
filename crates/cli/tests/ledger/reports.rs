//! Small reports of our own making, many of them about one happening, the same for the same seed.

use serde_json::json;

/// Numbers that look random and are the same for the same seed (Steele and others 2014, `SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("below a usize")
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// In the order that the dice give (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

const TOWNS: [&str; 8] = ["Mitrovica", "Kirkuk", "Goma", "Kharkiv", "Maiduguri", "Peshawar", "Mogadishu", "Aleppo"];
const WIRES: [&str; 4] = ["Example Wire", "Northern Dispatch", "Coastal Post", "Evening Ledger"];

/// `n` reports as JSON Lines, one string a line, with ids from `first` on.
pub fn lines(seed: u64, first: usize, n: usize) -> Vec<String> {
    let mut dice = Dice::new(seed);
    (first..first + n).map(|i| report(&mut dice, i)).collect()
}

fn report(dice: &mut Dice, i: usize) -> String {
    let town = dice.one(&TOWNS);
    // Few days and few towns: many reports tell of one happening.
    let day = 4 + dice.below(3);
    let killed = 2 + dice.below(3);
    let lead = match dice.below(5) {
        0 => {
            format!("Gunmen attacked a police post in {town} on Tuesday and killed {killed} officers, officials said.")
        }
        1 => format!("Police arrested {killed} protesters in {town} on Tuesday."),
        2 => format!("Rebels shelled {town} on Tuesday, witnesses said, and {killed} civilians died."),
        3 => format!("The army denied that its soldiers had attacked {town}."),
        _ => format!("A bomb killed {killed} people at a market in {town} on Tuesday, police said."),
    };
    let tail = dice.one(&[
        "The government condemned the attack.",
        "Hospitals asked people to give blood.",
        "The ministry promised to send aid to the town.",
        "Shops were closed and the streets were empty.",
    ]);
    json!({
        "id": format!("made-{i:04}"), "title": format!("News from {town}, number {i}"),
        "text": format!("{lead} {tail}"), "published": format!("2024-03-{day:02}"),
        "publisher": dice.one(&WIRES), "language": "en",
    })
    .to_string()
}
