//! Many reports out of few: each is a sample with other days, codes, places, publishers and words, the same from the
//! same number. Words are replaced by invented ones of the same length, so that every span still slices its text.

use forewarn_coder::{Claim, Party};
use forewarn_language::Sentence;
use forewarn_report::{Report, Span};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use smol_str::{SmolStr, format_smolstr};

/// A report with its sentences and claims.
#[derive(Clone)]
pub struct Sample {
    pub report: Report,
    pub sentences: Vec<Sentence>,
    pub claims: Vec<Claim>,
}

/// Codes that the parties' and the places' countries become, the frequent ones first.
pub const COUNTRIES: [&str; 60] = [
    "SRB", "XKX", "RUS", "UKR", "IRQ", "SYR", "AFG", "ISR", "PSE", "SDN", "SSD", "COD", "NGA", "MLI", "BFA", "ETH",
    "SOM", "YEM", "LBN", "IRN", "PAK", "IND", "MMR", "PHL", "COL", "MEX", "USA", "GBR", "FRA", "TUR", "GEO", "ARM",
    "AZE", "MKD", "ALB", "BIH", "LBY", "EGY", "TCD", "CMR", "CAF", "NER", "KEN", "UGA", "RWA", "BDI", "MOZ", "ZWE",
    "THA", "LKA", "NPL", "BGD", "CHN", "PRK", "KOR", "PER", "ECU", "VEN", "HTI", "DZA",
];

/// Places that there are.
const PLACES: u64 = 30_000;

/// Invented words that there are, of each length.
const WORDS: f64 = 60_000.0;

/// Publishers that there are.
const PUBLISHERS: u64 = 600;

const FIRST: Date = date(2004, 1, 1);

/// Days over which the reports spread: twenty years.
const DAYS: u64 = 7305;

/// A number out of a seed and a salt (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
pub fn mix(seed: u64, salt: u64) -> u64 {
    let mut z = seed.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn hash(seed: u64, text: &str) -> u64 {
    text.bytes().fold(mix(seed, text.len() as u64), |h, b| mix(h, u64::from(b)))
}

/// 0 to 1.
fn share(number: u64) -> f64 {
    (number >> 11) as f64 / (1_u64 << 53) as f64
}

/// One of `n`, small ones more often: the density falls with the root of the rank.
fn skewed(number: u64, n: u64) -> u64 {
    ((share(number).powi(2) * n as f64) as u64).min(n - 1)
}

/// An invented word: consonants and vowels by turns, `length` letters.
fn word(rank: u64, length: usize) -> String {
    let mut state = mix(rank, 0x57_04D5 + length as u64);
    (0..length)
        .map(|i| {
            let set: &[u8] = if i % 2 == 0 { b"bdfgklmnprstvz" } else { b"aeiou" };
            let letter = set[(state % set.len() as u64) as usize];
            state = mix(state, 1);
            char::from(letter)
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The seeds of one report.
struct Variant {
    /// Of what happened: reports of one happening share it.
    happening: u64,
    /// Of how it is worded: copies share it.
    wording: u64,
}

impl Variant {
    /// A word in the place of `from`, which stays where it is short or stays by chance.
    fn word(&self, from: &str) -> Option<String> {
        if from.len() < 4 || !from.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let seed = hash(self.wording, &from.to_ascii_lowercase());
        // Two of five stay: the words of the trade remain frequent.
        if seed % 5 < 2 {
            return None;
        }
        let rank = (share(mix(seed, 2)).powi(3) * WORDS) as u64;
        let new = word(rank, from.len());
        Some(if from.starts_with(|c: char| c.is_ascii_uppercase()) { capital(&new) } else { new })
    }

    /// All words of a text that is not in the report.
    fn words(&self, text: &str) -> String {
        text.split_inclusive(|c: char| !c.is_ascii_alphabetic())
            .map(|piece| {
                let bare = piece.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
                let rest = &piece[bare.len()..];
                self.word(bare).unwrap_or_else(|| bare.to_owned()) + rest
            })
            .collect()
    }

    fn country(&self, code: &str) -> SmolStr {
        SmolStr::new(COUNTRIES[skewed(hash(self.happening, code), COUNTRIES.len() as u64) as usize])
    }

    fn party(&self, party: &mut Party, text: &str) {
        party.span.slice(text).clone_into(&mut party.text);
        party.country = party.country.as_deref().map(|c| self.country(c));
        party.person = party.person.as_deref().map(|p| self.words(p));
        party.resolved = party.resolved.as_deref().map(|r| self.words(r));
    }

    fn place(&self, place: &mut forewarn_coder::Place, text: &str) {
        place.span.slice(text).clone_into(&mut place.text);
        if place.precision == "country" {
            let code = self.country(place.country.as_deref().unwrap_or(""));
            let seed = hash(7, &code);
            code.as_str().clone_into(&mut place.name);
            place.country = Some(code);
            place.lat = place.lat.map(|_| degrees(seed, 60.0));
            place.lon = place.lon.map(|_| degrees(mix(seed, 3), 180.0));
            return;
        }
        let which = skewed(hash(self.happening, &place.name), PLACES);
        let seed = mix(which, 11);
        place.name = capital(&word(seed, 5 + (seed % 6) as usize));
        place.country = Some(SmolStr::new(COUNTRIES[skewed(mix(seed, 1), COUNTRIES.len() as u64) as usize]));
        place.admin1 = place.admin1.as_ref().map(|_| capital(&word(mix(which / 20, 5), 8)));
        place.geonameid = place.geonameid.map(|_| 1_000_000 + which as u32);
        place.lat = place.lat.map(|_| degrees(mix(seed, 2), 60.0));
        place.lon = place.lon.map(|_| degrees(mix(seed, 3), 180.0));
    }
}

fn degrees(seed: u64, most: f64) -> f64 {
    ((share(seed) * 2.0 - 1.0) * most * 1e4).round() / 1e4
}

/// The name of a publisher.
pub fn publisher(number: u64) -> String {
    format!("{} {}", capital(&word(number, 7)), ["Herald", "Courier", "Dispatch", "Wire"][(number % 4) as usize])
}

/// Report number `n`: one of five tells what one shortly before told, half of those in the same words.
pub fn vary(samples: &[Sample], n: u64) -> Sample {
    let told = |n: u64| if mix(n, 21).is_multiple_of(5) { n.saturating_sub(1 + mix(n, 22) % 40) } else { n };
    let first = told(n);
    let copied = mix(n, 23).is_multiple_of(2);
    let variant = Variant { happening: mix(first, 24), wording: mix(if copied { first } else { n }, 25) };
    let mut out = samples[(variant.happening % samples.len() as u64) as usize].clone();
    let day = FIRST + ((mix(variant.happening, 26) % DAYS) as i64).days();
    let report = &mut out.report;
    let since = report.published.unwrap_or(date(2010, 6, 1));
    let shift = (day - since).get_days().days();
    report.report_id = format!("r{n:07}");
    report.url = Some(format!("https://news.example/{n}"));
    report.publisher = Some(publisher(skewed(mix(n, 27), PUBLISHERS)));
    report.published = Some(day);
    let mut bytes = std::mem::take(&mut report.text);
    for token in out.sentences.iter_mut().flat_map(|s| &mut s.tokens) {
        if let Some(new) = variant.word(token.span.slice(&bytes)) {
            bytes.replace_range(token.span.start as usize..token.span.end as usize, &new);
            token.lemma = SmolStr::from(new.to_ascii_lowercase());
        }
    }
    report.text = bytes;
    let text = report.text.as_str();
    for (i, claim) in out.claims.iter_mut().enumerate() {
        claim.claim_id = format!("{:016x}", mix(n, 1000 + i as u64));
        claim.report_id.clone_from(&report.report_id);
        claim.predicate.span.slice(text).clone_into(&mut claim.predicate.text);
        for party in claim.actor.iter_mut().chain(&mut claim.recipient) {
            variant.party(party, text);
        }
        for voice in &mut claim.attribution {
            match voice.span {
                Some(span) => span.slice(text).clone_into(&mut voice.text),
                None => voice.text.clone_from(report.publisher.as_ref().expect("set above")),
            }
            voice.resolved = voice.resolved.as_deref().map(|r| variant.words(r));
        }
        if let Some(date) = &mut claim.date {
            let moved = |d: Date| d.checked_add(shift).unwrap_or(d);
            date.start = date.start.map(moved);
            date.end = date.end.map(moved);
            if let Some(span) = date.span {
                span.slice(text).clone_into(&mut date.text);
            }
        }
        if let Some(place) = &mut claim.place {
            variant.place(place, text);
        }
        for count in &mut claim.counts {
            count.span.slice(text).clone_into(&mut count.text);
        }
    }
    out
}

/// The code of a country, the frequent ones more often.
pub fn a_country(seed: u64) -> SmolStr {
    SmolStr::new(COUNTRIES[skewed(seed, COUNTRIES.len() as u64) as usize])
}

/// The name of a place, the frequent ones more often.
pub fn a_place(seed: u64) -> SmolStr {
    let seed = mix(skewed(seed, PLACES), 11);
    format_smolstr!("{}", capital(&word(seed, 5 + (seed % 6) as usize)))
}

/// Whether every span of a claim slices its report's text.
pub fn is_sound(sample: &Sample) -> bool {
    let text = &sample.report.text;
    let fits = |span: Span, words: &str| span.get(text) == Some(words);
    sample.claims.iter().all(|c| {
        fits(c.predicate.span, &c.predicate.text) && c.actor.iter().chain(&c.recipient).all(|p| fits(p.span, &p.text))
    })
}
