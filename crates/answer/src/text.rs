//! An answer in sentences, the same for terminal, page and brief.

use crate::answer::{Answer, Said};
use crate::drivers::Mover;
use crate::evidence::{Evidence, Statement};
use crate::words::{interval, percent, share};

/// The forecast in sentences.
pub fn headline(answer: &Answer) -> Vec<String> {
    let said = &answer.force;
    let mut out = vec![format!(
        "{}: {} (90 % interval {}; 50 %: {}) that there is {}.",
        upper(said.words),
        percent(said.p),
        interval(said.interval_90),
        interval(said.interval_50),
        said.outcome
    )];
    let kind = if answer.onset {
        "It would be an onset: no force between the two is on record in the last 180 days"
    } else {
        "It would be a continuation: there was force between the two in the last 180 days"
    };
    let of = said.stratum.as_ref().map_or(String::new(), |s| format!(" (pairs with {s})"));
    out.push(format!("{kind}. Base rate of such situations{of}: {}.", percent(said.base_rate)));
    out.push(alike(said));
    if let Some(clash) = &answer.clash {
        out.push(format!(
            "Three or more such incidents: {}, {} (90 % interval {}; base rate {}).",
            clash.words,
            percent(clash.p),
            interval(clash.interval_90),
            percent(clash.base_rate)
        ));
    }
    out
}

fn alike(said: &Said) -> String {
    match &said.alike {
        Some(a) => format!(
            "Of the {} past forecasts nearest to this one, {} came true ({}; 90 %: {}).",
            a.n,
            a.hits,
            share(a.hits as f64 / a.n as f64),
            interval([a.low, a.high])
        ),
        None if said.members.is_empty() => "No past forecast was of two with nothing on record.".to_owned(),
        None => "The model has too few past forecasts to say how often ones like this came true.".to_owned(),
    }
}

/// The same forecast earlier, a line a day.
pub fn moves(answer: &Answer) -> Vec<String> {
    let line = |day, days: String, p: Option<f64>, ends: Option<[f64; 2]>| {
        let said = match (p, ends) {
            (Some(p), Some(ends)) => format!("{:<12} ({})", percent(p), interval(ends)),
            _ => "nothing was on record between the two".to_owned(),
        };
        format!("{day}  {days:<16}{said}")
    };
    let mut out: Vec<String> = answer
        .earlier
        .iter()
        .rev()
        .map(|e| {
            let days = answer.as_of.since(e.as_of).map_or(0, |s| s.get_days());
            line(e.as_of, format!("{days} days before"), e.p, e.interval_90)
        })
        .collect();
    out.push(line(answer.as_of, "as of".to_owned(), Some(answer.force.p), Some(answer.force.interval_90)));
    out
}

/// A driver with its factor.
pub fn driver(mover: &Mover) -> String {
    let way = if mover.odds_factor >= 1.0 { "raises" } else { "lowers" };
    format!("{way} x{:<5.2} {}", mover.odds_factor, mover.words)
}

/// What a statement is of.
pub fn said_of(s: &Statement) -> String {
    format!("{}: {} {}", s.what, s.event_type, s.parties)
}

/// What happened, in a line.
pub fn happened(e: &Evidence) -> String {
    let share = e.share.map_or(String::new(), |s| format!("{}  ", share(s)));
    let killed = e.killed.as_ref().map_or(String::new(), |k| format!(", killed {k}"));
    let reports = many(e.reports, "report");
    let third = if e.third_party && e.share.is_some() { " (with others)" } else { "" };
    format!("{share}{}  {} {}{killed}, {reports}{third}", e.day, e.event_type, e.parties)
}

/// Data and model, in sentences.
pub fn rests(answer: &Answer) -> Vec<String> {
    let (d, m) = (&answer.data, &answer.model);
    let mut out = vec![format!("Set {}, through {}.", d.set, d.through)];
    if d.set == "forewarn" {
        out.push(format!("Reports: {}; of the last year: {}.", d.reports, d.reports_365));
    }
    out.push(format!(
        "Happenings between the two: {}; of the last year: {} ({} of {}).",
        d.acts,
        d.acts_365,
        many(d.reports_of_acts_365, "report"),
        if d.acts_365 == 1 { "it" } else { "them" }
    ));
    if !d.not_counted.is_empty() {
        let list: Vec<String> = d.not_counted.iter().map(|(what, n)| format!("{n} {what}")).collect();
        out.push(format!("Claims of the last year that count as nothing that happened: {}.", list.join(", ")));
    }
    out.push(format!(
        "Model: {}, fitted on {} until {}, {} situations. {}",
        m.from, m.data, m.until, m.situations, m.limits
    ));
    out
}

fn many(n: u32, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}
