//! `/about`: how it is made, what it covers, what it cannot do, how to read it and how to cite it.

use forewarn_answer::words::share;
use forewarn_ledger::{Error, Limits};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::{Context, Stamp};
use crate::fault::Fault;
use crate::frame::{Frame, thousands};
use crate::page::Page;
use crate::table::Table;

/// Publishers that are named.
const NAMED: usize = 15;

/// Reports by publisher or by language.
#[derive(Serialize)]
struct Share {
    name: Option<String>,
    reports: u64,
}

struct About {
    stamp: Stamp,
    program: String,
    publishers: Vec<Share>,
    publishers_in_all: u64,
    languages: Vec<Share>,
}

/// Makes the page.
///
/// # Errors
/// When the ledger cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let mut shares = |sql: &str| -> Result<Vec<Share>, Error> {
        let mut out = Vec::new();
        context.ledger.sql::<Error>(
            sql,
            &Limits::default(),
            |_| Ok(()),
            |row| {
                let name = row.first().and_then(Value::as_str).map(str::to_owned);
                out.push(Share { name, reports: row.get(1).and_then(Value::as_u64).unwrap_or(0) });
                Ok(())
            },
        )?;
        Ok(out)
    };
    let publishers =
        shares("SELECT publisher, count(*) AS n FROM report GROUP BY 1 ORDER BY n DESC, publisher LIMIT 15")?;
    let all = shares("SELECT 'publishers', count(DISTINCT publisher) FROM report")?;
    let languages = shares("SELECT language, count(*) AS n FROM report GROUP BY 1 ORDER BY n DESC, language LIMIT 10")?;
    Ok(Box::new(About {
        stamp: context.stamp.clone(),
        program: context.desk.options.program.clone(),
        publishers,
        publishers_in_all: all.first().map_or(0, |s| s.reports),
        languages,
    }))
}

/// What it cannot do.
const LIMITS: [(&str, &str); 9] = [
    ("A claim says what a report says.", "It is no finding about the world, and silence of reports is not peace."),
    (
        "The press is not a sample.",
        "Capitals, wars that are already on, and what editors near the source care for are told more. Fewer reports are less knowledge, not fewer events.",
    ),
    ("English only.", "Reports in other languages are kept and named as such, and not coded."),
    (
        "One sentence at a time.",
        "Parties are looked up across sentences; what is told over two sentences meets only where their claims are merged.",
    ),
    (
        "What no dictionary has.",
        "Events that no pattern names are not found. Actors that no dictionary names are read from their words and marked as inferred.",
    ),
    ("Confidence is not calibrated.", "It orders claims; 0.9 does not mean nine in ten."),
    (
        "Merging errs both ways.",
        "Terse items about one front over several days are merged too readily; accounts that share no day, place or party may stay apart. Each merge shows its reasons, and corrections are kept.",
    ),
    (
        "No streets.",
        "A place is never drawn more finely than the text says it; what is known to a country only has no point.",
    ),
    (
        "Forecasts are of what reports will tell.",
        "\u{201c}Force within 90 days\u{201d} means that force will be reported. Models were fitted on the past, and the past may not hold.",
    ),
];

/// What keeps it from harm.
const SAFEGUARDS: [(&str, &str); 6] = [
    (
        "Not for targeting or operations.",
        "No live positions, no units on the move as a product, no coordinates finer than a report prints.",
    ),
    (
        "No private names.",
        "Persons are coded only where they hold or held public office. Nobody else has a page, and people cannot be searched by name.",
    ),
    (
        "Voices stay with what they say.",
        "A denial is shown as a denial, an accusation as an accusation, and a disputed author as disputed.",
    ),
    ("Every figure leads to its sentence.", "What cannot be followed down to words in a report is not shown."),
    ("Nothing is sent.", "The desk opens no connection. Alerts go only where their keeper has set them to go."),
    (
        "Reports are only shown.",
        "What stands in a report is text, never a link, script or instruction that the desk would follow.",
    ),
];

/// How claims are made, in steps.
const METHOD: [(&str, &str); 6] = [
    (
        "Read.",
        "Title, paragraphs, publisher and day are found; page furniture is taken out, each piece with its reason.",
    ),
    ("Parse.", "A small network of our own cuts sentences, tags words and draws their dependencies, on this machine."),
    (
        "Code.",
        "Patterns over the syntax tree name the act by PLOVER 2.0 and CAMEO 1.1b3; dictionaries with dates say who the parties are; place, day and numbers are read as they are given.",
    ),
    (
        "Judge the telling.",
        "Whether the text asserts, denies, plans, fears or recalls, and on whose word: the chain of voices.",
    ),
    (
        "Merge.",
        "Accounts of one happening become one incident; wire copies count as one origin, and disagreement is kept side by side.",
    ),
    (
        "Forecast.",
        "From what had been published by a day, three models together give the probability of reported force, with its interval, its base rate and its record.",
    ),
];

impl About {
    fn citation(&self) -> String {
        let through = self.stamp.through.map_or_else(String::new, |d| format!(", data through {d}"));
        let run = self.stamp.run.map_or_else(String::new, |r| format!(", run {r}"));
        let codebook = self.stamp.codebook.as_deref().map_or_else(String::new, |c| format!(", codebook {c}"));
        format!(
            "{}. Machine coding of news reports{through}{run}{codebook}. [address of the page, day of the visit]",
            self.program
        )
    }
}

impl Page for About {
    fn title(&self) -> String {
        "About: method, coverage, limits".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        let pairs = |list: &[(&str, &str)]| list.iter().map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>();
        Ok(json!({
            "method": pairs(&METHOD), "limits": pairs(&LIMITS), "safeguards": pairs(&SAFEGUARDS),
            "words": words(), "coverage": {
                "since": self.stamp.since, "through": self.stamp.through, "reports": self.stamp.reports,
                "publishers": serde_json::to_value(&self.publishers)?, "publishers_in_all": self.publishers_in_all,
                "languages": serde_json::to_value(&self.languages)?,
            },
            "citation": self.citation(), "licence": "MIT OR Apache-2.0",
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(words()))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            h1 { "About Forewarn" }
            p { "Forewarn reads news reports and says who did what to whom, where, when and on whose word; merges the many reports of one happening; and gives a probability of escalation that can be followed down to the sentences it rests on." }
            (self.method())
            (self.coverage())
            (list("limits", "Known limits", &LIMITS))
            (reading())
            (list("safeguards", "Safeguards", &SAFEGUARDS))
            section {
                h2 #cite { "How to cite" }
                p { "Give the address with its day (" code { "as_of" } "), and the run, so that others find the same:" }
                blockquote { p { (self.citation()) } }
                p { "Every answer of data carries its own citation in " code { "meta" } ". Quoted sentences belong to their publishers: quote them as you would from the paper." }
            }
            section {
                h2 #licences { "Licences" }
                ul {
                    li { "The program, its codebook, dictionaries and models: MIT or Apache 2.0, as you choose." }
                    li { "Types and modes: PLOVER 2.0 (public domain). CAMEO 1.1b3 and the Goldstein scale: as published for research." }
                    li { "Places: after GeoNames (CC BY 4.0), Natural Earth (public domain) and our own." }
                    li { "Borders on the map are those of Natural Earth; contested ones are dashed. They express no opinion on the status of any territory." }
                    @if crate::assets::find("licences.txt").is_some() {
                        li { a href="/assets/licences.txt" { "Licences of the scripts' libraries" } }
                    }
                }
            }
            p { "More: " a href=(frame.link("/codebook")) { "the codebook" } ", " a href=(frame.link("/score")) { "the score of past forecasts" } ", " a href=(frame.link("/status")) { "runs and versions" } ", " a href=(frame.link("/help/api")) { "the API" } "." }
        }
    }
}

impl About {
    fn method(&self) -> Markup {
        html! {
            section {
                h2 #method { "Method" }
                ol { @for (step, what) in METHOD { li { strong { (step) } " " (what) } } }
                p { "The same input gives the same bytes, whatever the machine's number of threads. The program is " (self.program) "." }
            }
        }
    }

    fn coverage(&self) -> Markup {
        let s = &self.stamp;
        html! {
            section {
                h2 #coverage { "Coverage of this ledger" }
                @if s.reports == 0 { p.empty { "The ledger holds no reports yet." } }
                @else {
                    p {
                        (thousands(s.reports)) " reports of " (thousands(self.publishers_in_all)) " named publishers"
                        @if let (Some(a), Some(b)) = (s.since, s.through) { ", published from " time datetime=(a) { (a) } " to " time datetime=(b) { (b) } }
                        ". What is here is what its keeper has read in: no more."
                    }
                    div.side-by-side {
                        (shares("Publishers", "publisher", "not named", &self.publishers, s.reports))
                        (shares("Languages", "language", "not told", &self.languages, s.reports))
                    }
                    @if self.publishers_in_all > NAMED as u64 { p.muted { "The " (NAMED) " publishers with most reports are shown." } }
                }
            }
        }
    }
}

fn shares(title: &str, column: &str, none: &str, rows: &[Share], all: u64) -> Markup {
    html! {
        div.table-box tabindex="0" role="region" aria-label=(title) { table.rows {
            caption { (title) }
            thead { tr { th scope="col" { (column) } th.number scope="col" { "reports" } th scope="col" { "share" } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" dir="auto" { @match &row.name { Some(name) => (name), None => em { (none) } } }
                        td.number { (thousands(row.reports)) }
                        td { meter min="0" max=(all) value=(row.reports) { (row.reports * 100 / all.max(1)) " %" } }
                    }
                }
            }
        } }
    }
}

fn list(id: &str, title: &str, rows: &[(&str, &str)]) -> Markup {
    html! { section { h2 id=(id) { (title) } ul { @for (head, rest) in rows { li { strong { (head) } " " (rest) } } } } }
}

/// The bands of words for probabilities.
fn words() -> Vec<Value> {
    let mut low = 0.0;
    forewarn_outlook::words::TABLE
        .iter()
        .map(|(bound, words)| {
            let row = json!({ "from": low, "below": f64::min(*bound, 1.0), "words": words });
            low = *bound;
            row
        })
        .collect()
}

/// How a probability is to be read.
fn reading() -> Markup {
    let mut low = 0.0;
    let bands: Vec<(f64, f64, &str)> = forewarn_outlook::words::TABLE
        .iter()
        .map(|(bound, words)| {
            let row = (low, f64::min(*bound, 1.0), *words);
            low = *bound;
            row
        })
        .collect();
    html! {
        section {
            h2 #reading { "How to read a probability" }
            p { "A forecast answers a question that can be checked: will force between the two be reported within so many days? Of all forecasts of 20 %, about one in five should come true; the " a href="/score" { "score page" } " shows whether they did." }
            ul {
                li { "The " strong { "words" } " are fixed by the table below (after Intelligence Community Directive 203, with more bands at the low end, since most pairs are at peace)." }
                li { "The " strong { "interval" } " says between which values the frequency of forecasts like this lies, with 90 % confidence. A wide one means that little is known." }
                li { "The " strong { "base rate" } " is how often it came true between pairs as often named and as quiet, or not, as these. A forecast near its base rate says: nothing out of the ordinary is known." }
                li { "A " strong { "low" } " probability is not a promise. One in twenty comes true once in twenty." }
            }
            table.rows {
                caption { "Words for probabilities" }
                thead { tr { th scope="col" { "probability" } th scope="col" { "words" } } }
                tbody {
                    @for (low, high, words) in bands {
                        tr { td { (share(low)) " to below " (share(high)) } th scope="row" { (words) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn bands_of_words_meet() {
        let rows = super::words();
        assert_eq!(rows[0]["from"], 0.0);
        assert_eq!(rows[rows.len() - 1]["below"], 1.0);
        for pair in rows.windows(2) {
            assert_eq!(pair[0]["below"], pair[1]["from"]);
        }
    }
}
