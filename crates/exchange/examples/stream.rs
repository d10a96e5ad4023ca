//! Makes an ICEWS- or GDELT-shaped file of invented events under the system's folder for temporary files, reads it and
//! tells rows a second and peak memory. `cargo run --profile quick -p forewarn-exchange --example stream -- icews 1024`
//! makes 1,024 MiB; the file is removed afterwards.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::time::Instant;

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::read::{Options, read};

/// Numbers that look random, the same from the same seed (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const STATES: [(&str, &str, &str); 8] = [
    ("KSV", "KV", "Kosovo"),
    ("SRB", "RI", "Serbia"),
    ("ALB", "AL", "Albania"),
    ("USA", "US", "United States"),
    ("UKR", "UP", "Ukraine"),
    ("RUS", "RS", "Russian Federation"),
    ("SDN", "SU", "Sudan"),
    ("MMR", "BM", "Myanmar"),
];
const CODES: [&str; 10] = ["010", "042", "051", "0211", "111", "130", "173", "190", "1831", "036"];
const ROLES: [&str; 6] = ["GOV", "MIL", "COP", "REB", "CVL", "OPP"];
const SECTORS: [&str; 4] = ["Government,Executive", "Government,Military,Army", "Police,Government", "Dissident,Rebel"];

fn icews(dice: &mut Dice, n: usize, row: &mut String) {
    let (a, b) = (STATES[dice.below(8)], STATES[dice.below(8)]);
    let day = n / 1500;
    let (year, month, date) = (1995 + day / 336 % 28, 1 + day / 28 % 12, 1 + day % 28);
    let _ = writeln!(
        row,
        "{}\t{year}-{month:02}-{date:02}\tParty {} ({})\t{}\t{}\tInvented label {}\t{}\t{}.0\tParty {} ({})\t{}\t{}\t{}\t{}\tInvented Agency\tTown {}\t\tProvince {}\t{}\t{}.{:04}\t{}.{:04}",
        20_000_000 + n,
        dice.below(4000),
        a.2,
        dice.of(&SECTORS),
        a.2,
        dice.below(200),
        dice.of(&CODES),
        dice.below(10),
        dice.below(4000),
        b.2,
        dice.of(&SECTORS),
        b.2,
        30_000_000 + n / 2,
        1 + dice.below(9),
        dice.below(900),
        dice.below(60),
        b.2,
        dice.below(60),
        dice.below(10_000),
        dice.below(100),
        dice.below(10_000)
    );
}

fn gdelt(dice: &mut Dice, n: usize, row: &mut String) {
    let day = n / 100_000;
    let (year, month, date) = (2015 + day / 336 % 10, 1 + day / 28 % 12, 1 + day % 28);
    let stamp = format!("{year}{month:02}{date:02}");
    let _ = write!(row, "{}\t{stamp}\t{year}{month:02}\t{year}\t{year}.{:04}", 500_000_000 + n, dice.below(10_000));
    let sides = [STATES[dice.below(8)], STATES[dice.below(8)]];
    for side in sides {
        let role = dice.of(&ROLES);
        let _ = write!(row, "\t{}{role}\t{} ACTOR\t{}\t\t\t\t\t{role}\t\t", side.0, side.2.to_uppercase(), side.0);
    }
    let code = dice.of(&CODES);
    let _ = write!(
        row,
        "\t1\t{code}\t{}\t{}\t{}\t-{}.0\t{}\t{}\t{}\t-{}.{:06}",
        &code[..3],
        &code[..2],
        1 + dice.below(4),
        dice.below(10),
        1 + dice.below(30),
        1 + dice.below(5),
        1 + dice.below(30),
        dice.below(9),
        dice.below(1_000_000)
    );
    for side in [sides[0], sides[1], sides[1]] {
        let (kind, name) = if dice.below(3) == 0 {
            (1, side.2.to_owned())
        } else {
            (4, format!("Town {}, Province, {}", dice.below(900), side.2))
        };
        let _ = write!(
            row,
            "\t{kind}\t{name}\t{}\t{}{:02}\t\t{}.{:04}\t{}.{:04}\t-{}",
            side.1,
            side.1,
            dice.below(90),
            dice.below(60),
            dice.below(10_000),
            dice.below(100),
            dice.below(10_000),
            dice.below(3_000_000)
        );
    }
    let _ = writeln!(row, "\t{stamp}151500\thttps://news.example/{}/{}", dice.below(90_000), dice.below(90_000));
}

/// Peak memory of this process in MiB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

#[allow(clippy::print_stdout)]
fn main() {
    let mut arguments = std::env::args().skip(1);
    let shape = arguments.next().unwrap_or_else(|| "icews".to_owned());
    let mebibytes: u64 = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(64);
    let dataset = Dataset::parse(&shape).expect("icews or gdelt2");
    let path = std::env::temp_dir().join(format!("forewarn-stream-{}.tsv", std::process::id()));
    let mut out = BufWriter::new(File::create(&path).expect("the folder for temporary files is writable"));
    let (mut dice, mut row, mut written, mut n) = (Dice(0x5eed), String::new(), 0, 0);
    if dataset == Dataset::Icews {
        row.push_str("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n");
    }
    while written < mebibytes << 20 {
        if dataset == Dataset::Icews {
            icews(&mut dice, n, &mut row);
        } else {
            gdelt(&mut dice, n, &mut row);
        }
        n += 1;
        if row.len() > 1 << 16 {
            out.write_all(row.as_bytes()).expect("the disk has room");
            written += row.len() as u64;
            row.clear();
        }
    }
    out.write_all(row.as_bytes()).expect("the disk has room");
    out.flush().expect("the disk has room");

    let codebook = Codebook::embedded().expect("a test holds it to no fault");
    let actors = Actors::embedded().expect("a test holds it to no fault");
    let before = peak();
    let start = Instant::now();
    let mut input = BufReader::with_capacity(1 << 18, File::open(&path).expect("it was just written"));
    // Something of each event is used, so that none of the work can be left out.
    let mut sum = 0_u64;
    let summary =
        read(&mut input, Some(dataset), &Options::new("stream", &codebook.cameo, &actors), &mut |row| match row {
            Ok(event) => sum += event.own.iter().count() as u64 + u64::from(event.quad_class.unwrap_or(0)),
            Err(fault) => println!("{fault}"),
        });
    let seconds = start.elapsed().as_secs_f64();
    std::fs::remove_file(&path).expect("it is ours");
    let summary = summary.expect("the file is readable");
    println!(
        "{shape}: {written} bytes, {} rows, {} faults in {seconds:.2} s: {:.0} rows/s, {:.0} MiB/s; peak memory {:?} MiB, before reading {before:?} MiB; check {sum}",
        summary.rows,
        summary.faults,
        summary.rows as f64 / seconds,
        written as f64 / seconds / 1_048_576.0,
        peak()
    );
}
