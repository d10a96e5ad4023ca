//! "a week after police arrested him", "ten years since the massacre": an event told by how long ago it was.
//!
//! The lapse before `after` or `since` dates what these words introduce, counted back from the time of the clause around
//! it, or from the report's date.

use forewarn_language::Rel;
use jiff::civil::Date;

use super::lexicon::Unit;
use super::resolve::whole_before;
use super::{TimeExpr, time_of};
use crate::claim::When;
use crate::tree::Tree;

/// What a lapse says of an event.
pub(crate) struct Lapse<'t> {
    /// The words of the lapse.
    pub time: &'t TimeExpr,
    /// How many days it lasted, roughly; none where the text counts none ("weeks after").
    pub days: Option<i64>,
    /// The unit, its count (none for "weeks after").
    unit: Unit,
    count: Option<i64>,
    /// The word that `after` or `since` introduces.
    head: usize,
}

impl Lapse<'_> {
    /// Whether the lapse is at least that of a few days: what lies so far back is recalled, not reported.
    pub(crate) fn is_long(&self) -> bool {
        self.days.map_or(self.unit > Unit::Day, |days| days > 3)
    }
}

/// The lapse that stands before the event of `predicate`.
pub(crate) fn lapse<'t>(tree: &Tree, predicate: usize, times: &'t [TimeExpr]) -> Option<Lapse<'t>> {
    times.iter().find_map(|time| {
        let (count, unit) = length(&time.value)?;
        let mut word = time.tokens.1;
        // "a year on from", "ten years on since"
        if word + 1 < tree.len() && tree.lower(word) == "on" {
            word += 1;
        }
        if word >= tree.len() || !matches!(tree.lower(word), "after" | "since" | "from") {
            return None;
        }
        let head = tree.head(word).filter(|&h| h > word && matches!(tree.rel(word), Rel::Mark | Rel::Case))?;
        let from = tree.lower(word) == "from";
        if from && tree.lower(word - 1) != "on" || predicate < word || !tree.is_under(predicate, head) {
            return None;
        }
        let days = count.and_then(|n| unit.days().map(|d| d * n));
        Some(Lapse { time, days, unit, count, head })
    })
}

/// The time of an event: its own, that which a lapse gives it, or that of the clauses around it ([`super::when_of`]).
/// `predicate` is the verb that carries `event`, or the event's own word.
pub fn date_of(
    tree: &Tree,
    event: usize,
    predicate: usize,
    times: &[TimeExpr],
    published: Option<Date>,
) -> Option<When> {
    // "claimed Friday's attack": what hangs on the noun dates it before what hangs on its verb.
    if event != predicate
        && let Some(own) = super::best(times.iter().filter(|t| t.dates() && t.governs == Some(event)))
    {
        return Some(own.when.clone());
    }
    let Some(lapse) = lapse(tree, predicate, times) else { return super::when_of(tree, predicate, times) };
    let inside = |t: &TimeExpr| t.dates() && t.governs.is_some_and(|g| tree.is_under(g, lapse.head));
    let own: Vec<TimeExpr> = times.iter().filter(|t| inside(t)).cloned().collect();
    if let Some(own) = super::when_of(tree, predicate, &own) {
        return Some(own);
    }
    let outer: Vec<TimeExpr> = times.iter().filter(|t| t.span != lapse.time.span && !inside(t)).cloned().collect();
    let base = tree.head(lapse.head).and_then(|above| time_of(tree, above, &outer));
    let base = base.and_then(|t| t.when.start.filter(|_| t.when.precision == "day")).or(published);
    let span = lapse.time.span.cover(tree.token(lapse.time.tokens.1).span);
    let days = base.zip(lapse.count).and_then(|(base, count)| whole_before(base, lapse.unit, count));
    let (start, end, precision) = match days {
        Some((start, end, precision)) => (Some(start), Some(end), precision),
        None => (None, None, "unresolved"),
    };
    Some(When { start, end, precision, text: span.slice(tree.text).to_owned(), span: Some(span), rule: "lapse" })
}

/// Count and unit of a duration's value (`P2W`, `PXM`); none for parts of a day and what is no duration.
fn length(value: &str) -> Option<(Option<i64>, Unit)> {
    let rest = value.strip_prefix('P').filter(|rest| !rest.starts_with('T'))?;
    let split = rest.find(|c: char| c.is_ascii_uppercase() && c != 'X')?;
    let (count, unit) = rest.split_at(split);
    let unit = match unit {
        "D" => Unit::Day,
        "W" => Unit::Week,
        "M" => Unit::Month,
        "Y" => Unit::Year,
        "DE" => Unit::Decade,
        "CE" => Unit::Century,
        _ => return None,
    };
    Some((count.parse::<f64>().ok().map(|n| n.round() as i64), unit))
}
