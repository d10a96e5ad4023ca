//! Tells what a file is by its first bytes and, where those leave it open, by its name.

use super::cell;
use crate::dataset::Dataset;

impl Dataset {
    /// The data set of a file that begins with `head` and is called `path`; none when nothing fits.
    pub fn sniff(head: &[u8], path: &str) -> Option<Self> {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}');
        let start = text.trim_start();
        if start.starts_with('{') || start.starts_with('[') {
            return Some(Self::Plover);
        }
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let mut lines = text.lines().filter(|l| !l.trim().is_empty());
        let first = lines.next()?;
        let folded: String =
            first.chars().filter(|c| !matches!(c, ' ' | '_' | '"')).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().all(|w| folded.split([',', '\t', ';']).any(|c| c.trim() == *w));
        let candidate = name.contains("candidate") || is_monthly(&name);
        let ucdp = if candidate { Self::UcdpCandidate } else { Self::UcdpGed };
        if has(&["eventid", "eventtype", "eventmode", "primaryactorsector"]) {
            return Some(Self::Polecat);
        }
        if has(&["eventid", "eventdate", "sourcename", "eventtext", "targetname"]) {
            return Some(Self::Icews);
        }
        if has(&["eventidcnty", "subeventtype"]) {
            return Some(Self::Acled);
        }
        if has(&["typeofviolence", "datestart", "sidea", "sideb"]) {
            return Some(ucdp);
        }
        if has(&["globaleventid", "actiongeoadm2code"]) {
            return Some(Self::Gdelt2);
        }
        if has(&["globaleventid", "sqldate"]) {
            return Some(Self::Gdelt1);
        }
        if has(&["storydate", "source", "target", "rootcode"]) || has(&["srcroot", "tgtroot", "rootcode"]) {
            return Some(Self::Phoenix);
        }
        if looks_like_dyads(&folded) {
            return Some(Self::Dyads);
        }
        // Without a header: a row of the first few must have the shape.
        std::iter::once(first).chain(lines).take(5).find_map(|l| headless(l, ucdp))
    }
}

fn looks_like_dyads(folded: &str) -> bool {
    use super::dyads::COLUMNS;
    let cells: Vec<&str> = folded.split([',', '\t', ';']).map(str::trim).collect();
    let bare = |name: &str| name.replace('_', "");
    let has = |at: usize| COLUMNS[at].names().any(|n| cells.contains(&bare(n).as_str()));
    has(0) && has(1) && has(2) && (has(3) || has(4))
}

/// UCDP's candidate files are numbered `v24_0_3`, its yearly ones `v24_1`.
fn is_monthly(name: &str) -> bool {
    name.split_once("gedevent_v").is_some_and(|(_, rest)| {
        let number: Vec<&str> = rest.trim_end_matches(".csv").split(['_', '.', '-']).collect();
        number.len() >= 3 && number.get(1).is_some_and(|n| matches!(*n, "0" | "01"))
    })
}

fn headless(line: &str, ucdp: Dataset) -> Option<Dataset> {
    let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    let digits = |c: &str| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit());
    let is_day = |at: usize| cells.get(at).is_some_and(|c| cell::day(c.trim()).is_some());
    match cells.len() {
        61 if digits(cells[0]) && is_day(1) => return Some(Dataset::Gdelt2),
        57 | 58 if digits(cells[0]) && is_day(1) => return Some(Dataset::Gdelt1),
        26 if is_day(1) => return Some(Dataset::Phoenix),
        7..=13 if is_day(0) => return Some(Dataset::Petrarch),
        _ => {}
    }
    // UCDP's rows begin with an id, a year, and end with two numbers of states.
    let commas = line.matches(',').count();
    let start: Vec<&str> = line.split(',').take(3).collect();
    (commas >= 40 && start.first().is_some_and(|c| digits(c.trim_matches('"')))).then_some(ucdp)
}
