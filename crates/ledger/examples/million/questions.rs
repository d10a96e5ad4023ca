//! The questions put to the ledger, many of a kind, and how long each took.

use std::path::Path;
use std::time::Instant;

use forewarn_filter::{Filter, Options};
use forewarn_ledger::{Ledger, Of, Page, Step, Unit};

use crate::vary::{a_country, a_place, mix, publisher};

/// How long questions of a kind took, in milliseconds.
pub struct Asked {
    pub kind: &'static str,
    pub median: f64,
    pub worst: f64,
}

/// What is asked for.
#[derive(Clone, Copy)]
enum Ask {
    Events,
    Incidents,
    Series(Unit),
    Count,
    /// All facets of a list, counted over this many rows at most.
    Facets(Of, usize),
    /// The map, of this many incidents at most.
    Places(usize),
    Changes,
    Stamp,
}

/// Words of the ledger's sentences: frequent ones, of middling frequency, and rare ones.
struct Words {
    frequent: Vec<String>,
    middling: Vec<String>,
    rare: Vec<String>,
    pairs: Vec<String>,
}

impl Words {
    fn of(path: &Path) -> Self {
        let c = rusqlite::Connection::open(path).expect("the ledger is there");
        c.execute_batch("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, evidence, row)").expect("a vocabulary");
        let list = |sql: &str| -> Vec<String> {
            let mut s = c.prepare(sql).expect("a question");
            s.query_map([], |r| r.get(0)).expect("an answer").collect::<Result<_, _>>().expect("words")
        };
        let all: i64 = c.query_row("SELECT count(*) FROM sentence", [], |r| r.get(0)).expect("a number");
        let between = |low: i64, high: i64| {
            format!(
                "SELECT term FROM word WHERE doc BETWEEN {low} AND {high} AND length(term) > 2 ORDER BY doc * 7919 % 1009, term LIMIT 24"
            )
        };
        let texts = list("SELECT text FROM sentence WHERE id % 40009 = 17 LIMIT 24");
        let pairs = texts.iter().filter_map(|t| {
            let mut words = t.split_whitespace().skip(2).filter(|w| w.bytes().all(|b| b.is_ascii_alphabetic()));
            Some(format!("{} {}", words.next()?, words.next()?))
        });
        Self {
            frequent: list("SELECT term FROM word WHERE length(term) > 2 ORDER BY doc DESC LIMIT 24"),
            middling: list(&between(all / 200, all / 20)),
            rare: list(&between(3, 60)),
            pairs: pairs.collect(),
        }
    }
}

/// A kind of question: its name, what it asks for, and its `n`th filter.
type Kind<'a> = (&'static str, Ask, Box<dyn Fn(u64) -> String + 'a>);

/// What the desk asks for a page beside its list.
fn desk<'a>(
    types: &'a [&'static str; 6],
    dyad: &'a dyn Fn(u64) -> String,
    bbox: &'a dyn Fn(u64, f64) -> String,
) -> Vec<Kind<'a>> {
    /// As the desk's lists and its map have it.
    const FACETED: usize = 5_000;
    const MAPPED: usize = 20_000;
    let a_type = move |n: u64| types[(n % 6) as usize];
    vec![
        (
            "facets: incidents of a type",
            Ask::Facets(Of::Incidents, FACETED),
            Box::new(move |n| format!("type:{}", a_type(n))),
        ),
        (
            "facets: incidents of a country",
            Ask::Facets(Of::Incidents, FACETED),
            Box::new(|n| format!("country:{}", a_country(mix(n, 1)))),
        ),
        (
            "facets: incidents of a dyad",
            Ask::Facets(Of::Incidents, FACETED),
            Box::new(move |n| format!("dyad:{}", dyad(n))),
        ),
        ("facets: all incidents", Ask::Facets(Of::Incidents, FACETED), Box::new(|_| String::new())),
        (
            "facets: claims of a type",
            Ask::Facets(Of::Claims, FACETED),
            Box::new(move |n| format!("type:{}", a_type(n))),
        ),
        ("facets: all claims", Ask::Facets(Of::Claims, FACETED), Box::new(|_| String::new())),
        ("places: 60 degrees", Ask::Places(MAPPED), Box::new(move |n| bbox(n, 60.0))),
        ("places: 20 degrees", Ask::Places(MAPPED), Box::new(move |n| bbox(n, 20.0))),
        (
            "places: a type since a year",
            Ask::Places(MAPPED),
            Box::new(move |n| format!("type:{} since:{}", a_type(n), 2004 + n % 20)),
        ),
        ("places: all", Ask::Places(MAPPED), Box::new(|_| String::new())),
        (
            "series: pairs of a country",
            Ask::Series(Unit::Pair),
            Box::new(|n| format!("country:{} since:{}", a_country(mix(n, 1)), 2014 + n % 10)),
        ),
        ("changes", Ask::Changes, Box::new(|_| String::new())),
        ("stamp", Ask::Stamp, Box::new(|_| String::new())),
    ]
}

/// Asks everything of the ledger at `path`, each kind `times` times, and prints a table.
#[allow(clippy::print_stdout)]
pub fn ask(path: &Path, times: u64) -> Vec<Asked> {
    let start = Instant::now();
    let words = Words::of(path);
    println!("words chosen in {:.1} s", start.elapsed().as_secs_f64());
    println!("{:<34}{:>10}{:>10}{:>10}{:>9}  slowest", "question", "median ms", "cpu ms", "worst ms", "rows");
    let ledger = Ledger::open(path).expect("the ledger is there");
    let modes: Vec<String> = {
        let mut s = ledger
            .connection()
            .prepare(
                "SELECT event_mode FROM claim WHERE event_mode IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 6",
            )
            .expect("a question");
        s.query_map([], |r| r.get(0)).expect("an answer").collect::<Result<_, _>>().expect("modes")
    };
    let types = ["ASSAULT", "CONSULT", "REQUEST", "COERCE", "AGREE", "AID"];
    let pick = |list: &[String], n: u64| list[(n % list.len() as u64) as usize].clone();
    let year = |n: u64| 2004 + n % 20;
    let dyad = |n: u64| format!("{}>{}", a_country(mix(n, 1)), a_country(mix(n, 2)));
    let bbox = |n: u64, size: f64| {
        let west = (mix(n, 4) % 280) as f64 - 170.0;
        let south = (mix(n, 5) % 80) as f64 - 55.0;
        format!("bbox:{west},{south},{},{}", (west + size).min(180.0), south + size / 2.0)
    };
    let kinds: Vec<Kind<'_>> = vec![
        (
            "page: type, dyad, since",
            Ask::Events,
            Box::new(move |n| format!("type:{} dyad:{} since:{}", types[(n % 6) as usize], dyad(n), year(n))),
        ),
        (
            "page: type, factuality, country",
            Ask::Events,
            Box::new(move |n| {
                format!(
                    "type:{} factuality:{} country:{}",
                    types[(n % 6) as usize],
                    ["asserted", "denied", "announced"][(n % 3) as usize],
                    a_country(mix(n, 1))
                )
            }),
        ),
        ("page: place", Ask::Events, Box::new(|n| format!("place:{}", a_place(mix(n, 3))))),
        ("page: rare mode, since", Ask::Events, Box::new(|n| format!("mode:{} since:{}", pick(&modes, n), year(n)))),
        (
            "page: publisher, type",
            Ask::Events,
            Box::new(move |n| format!("publisher:\"{}\" type:{}", publisher(mix(n, 6) % 600), types[(n % 6) as usize])),
        ),
        (
            "page: actor's sector, country",
            Ask::Events,
            Box::new(|n| format!("actor:{} -type:ASSAULT until:{}", a_country(mix(n, 1)), year(n))),
        ),
        (
            "incidents: publishers>=2, type",
            Ask::Incidents,
            Box::new(move |n| format!("publishers>=2 type:{} since:{}", types[(n % 6) as usize], year(n))),
        ),
        ("incidents: dyad, killed>=10", Ask::Incidents, Box::new(move |n| format!("dyad:{} killed>=10", dyad(n)))),
        ("words: a rare one", Ask::Events, Box::new(|n| pick(&words.rare, n))),
        ("words: a middling one", Ask::Events, Box::new(|n| pick(&words.middling, n))),
        ("words: a common one", Ask::Events, Box::new(|n| pick(&words.frequent, n))),
        ("words: a phrase", Ask::Events, Box::new(|n| format!("\"{}\"", pick(&words.pairs, n)))),
        ("words: a beginning", Ask::Events, Box::new(|n| format!("{}*", &pick(&words.middling, n)[..3]))),
        (
            "words: two, and a type",
            Ask::Events,
            Box::new(|n| {
                format!("{} {} type:{}", pick(&words.middling, n), pick(&words.frequent, n), types[(n % 6) as usize])
            }),
        ),
        ("words: one, incidents", Ask::Incidents, Box::new(|n| pick(&words.middling, n))),
        ("map: 2 degrees", Ask::Incidents, Box::new(move |n| bbox(n, 2.0))),
        ("map: 20 degrees", Ask::Incidents, Box::new(move |n| bbox(n, 20.0))),
        (
            "map: 60 degrees, type",
            Ask::Incidents,
            Box::new(move |n| format!("{} type:{}", bbox(n, 60.0), types[(n % 6) as usize])),
        ),
        ("map: 5 degrees, claims", Ask::Events, Box::new(move |n| bbox(n, 5.0))),
        ("series: a dyad's months", Ask::Series(Unit::Dyad), Box::new(move |n| format!("dyad:{}", dyad(n)))),
        (
            "series: the busiest dyads",
            Ask::Series(Unit::Dyad),
            Box::new(|n| {
                format!(
                    "dyad:{}>{}",
                    crate::vary::COUNTRIES[(n % 4) as usize],
                    crate::vary::COUNTRIES[(n / 4 % 4) as usize]
                )
            }),
        ),
        (
            "series: a country's months",
            Ask::Series(Unit::Country),
            Box::new(|n| format!("country:{}", a_country(mix(n, 1)))),
        ),
        (
            "count: type, country",
            Ask::Count,
            Box::new(move |n| format!("type:{} country:{}", types[(n % 6) as usize], a_country(mix(n, 1)))),
        ),
    ];
    let kinds = kinds.into_iter().chain(desk(&types, &dyad, &bbox));
    let only = std::env::var("MILLION_ONLY").unwrap_or_default();
    kinds
        .filter(|(kind, _, _)| kind.contains(&only))
        .map(|(kind, what, text)| {
            let mut taken: Vec<(f64, String)> = Vec::new();
            let (mut rows, mut cpu) = (0, 0.0);
            // Two unmeasured questions of each kind come first: statements and the upper pages of the trees.
            for n in 0..times + 2 {
                let text = text(n);
                let filter = Filter::parse(&text, &Options::default()).expect("a filter of ours");
                let (start, before) = (Instant::now(), crate::worked());
                let found = match what {
                    Ask::Events => ledger.events(&filter, &Page::default()).map(|l| l.rows.len()),
                    Ask::Incidents => ledger.incidents(&filter, &Page::default()).map(|l| l.rows.len()),
                    Ask::Series(unit) => ledger.series(&filter, unit, Step::Month).map(|l| l.len()),
                    Ask::Count => ledger.count_events(&filter, 100_000).map(|n| n as usize),
                    Ask::Facets(of, most) => {
                        ledger.facets(&filter, of, 10, most).map(|f| f.iter().map(|f| f.values.len()).sum())
                    }
                    Ask::Places(most) => ledger.places(&filter, most).map(|p| p.places.len()),
                    Ask::Changes => {
                        let since = format!("{0:x}.0.0.{0:x}", mix(n, 7) % 500_000);
                        ledger.changes(Some(&since), 50).map(|c| c.added.len() + c.incidents.len())
                    }
                    Ask::Stamp => ledger.stamp().map(|s| usize::from(s.through.is_some())),
                };
                let found = found.expect("an answer");
                let millis = start.elapsed().as_secs_f64() * 1e3;
                if n >= 2 {
                    rows += found;
                    cpu += crate::worked() - before;
                    taken.push((millis, format!("{text} ({found} rows)")));
                }
            }
            taken.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (worst, slowest) = taken.last().cloned().expect("some were asked");
            // The mean of the processor time says what a busy machine hides.
            let cpu = cpu * 1e3 / taken.len() as f64;
            let median = taken[taken.len() / 2].0;
            println!("{kind:<34}{median:>10.1}{cpu:>10.1}{worst:>10.1}{rows:>9}  {slowest}");
            Asked { kind, median, worst }
        })
        .collect()
}
