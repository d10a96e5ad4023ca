//! Reads event files and tells what they hold: `cargo run --profile quick -p forewarn-exchange --example survey -- FILE…`
//! prints, for each, its kind, the summary, the first faults, and which codes and parties nothing was made of.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_exchange::read::{Options, read};

#[allow(clippy::print_stdout)]
fn main() {
    let codebook = Codebook::embedded().expect("a test holds it to no fault");
    let actors = Actors::embedded().expect("a test holds it to no fault");
    for path in std::env::args().skip(1) {
        let mut input = BufReader::new(File::open(&path).expect("the file can be opened"));
        let (mut codes, mut parties): (BTreeMap<String, u64>, BTreeMap<String, u64>) = Default::default();
        let mut faults = 0;
        let options = Options::new(&path, &codebook.cameo, &actors);
        let summary = read(&mut input, None, &options, &mut |row| match row {
            Ok(event) => {
                if event.cameo.is_none() && event.event_type.is_none() {
                    *codes.entry(event.own_code.unwrap_or_default().to_string()).or_default() += 1;
                }
                for party in event.actor.iter().chain(&event.recipient) {
                    if party.country.is_none()
                        && party.sector.is_none()
                        && party.group.is_none()
                        && party.ethnicity.is_none()
                    {
                        let name = party.code.as_deref().or(party.name.as_deref()).unwrap_or("");
                        *parties.entry(name.to_owned()).or_default() += 1;
                    }
                }
            }
            Err(fault) => {
                faults += 1;
                if faults <= 10 {
                    println!("{fault}");
                }
            }
        });
        match summary {
            Ok(summary) => println!("{path}: {summary:?}"),
            Err(error) => println!("{error}"),
        }
        for (what, unknown) in [("codes", codes), ("parties", parties)] {
            let total: u64 = unknown.values().sum();
            let mut most: Vec<(String, u64)> = unknown.into_iter().collect();
            most.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let shown: Vec<String> = most.iter().take(40).map(|(name, n)| format!("{name} {n}")).collect();
            println!("{what} that say nothing: {total}; {}", shown.join(", "));
        }
    }
}
