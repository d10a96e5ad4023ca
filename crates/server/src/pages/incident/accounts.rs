//! Where accounts agree and where not: who did it, when, where, how many.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_incident::{Incident as Record, Tally, TallySaid};
use maud::{Markup, html};

use crate::asked::segment;
use crate::frame::Frame;
use crate::show::words::capital;
use crate::show::{chip, day, number, party, place};

/// One reading of something, and who gives it.
struct Reading<'c> {
    words: String,
    claims: Vec<&'c EventRow>,
}

/// The section.
pub fn section(frame: &Frame<'_>, row: &IncidentRow, record: &Record, claims: &[EventRow], cut: bool) -> Markup {
    let accounts: Vec<&EventRow> = record
        .members
        .iter()
        .filter(|m| m.role.is_account())
        .filter_map(|m| claims.iter().find(|c| c.claim_id == m.claim_id))
        .collect();
    let happened = readings(&accounts, |c| c.factuality.clone());
    let when = readings(&accounts, |c| c.date_start.or(c.date_end).map(|_| day::text(c.date_start, c.date_end)));
    let places = readings(&accounts, |c| c.place.as_ref().map(place::text));
    let actors = readings(&accounts, |c| (!c.actor.is_empty()).then(|| party::text(&c.actor)));
    let known: Vec<(&Tally, Vec<&TallySaid>)> = record
        .counts
        .iter()
        .map(|t| (t, t.said.iter().filter(|s| claims.iter().any(|c| c.claim_id == s.claim_id)).collect::<Vec<_>>()))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    html! {
        section {
            h2 { "Where accounts agree and differ" }
            @if accounts.is_empty() { p.empty { "No account had been published by that day." } }
            @if row.disputed_actor {
                h3 { "Who did it" }
                div.versus {
                    @for account in &record.accounts {
                        div {
                            p { strong dir="auto" { (account.party.text) } }
                            p.muted dir="auto" { "says " (account.said_by.join(", ")) }
                            p { @for (i, claim) in account.claims.iter().enumerate() { @if i > 0 { ", " } (cite(frame, claim, i + 1)) } }
                        }
                    }
                }
            } @else { (matter(frame, "Who did it", &actors, false)) }
            (matter(frame, "Whether it happened", &happened, true))
            (matter(frame, "When", &when, false))
            (matter(frame, "Where", &places, false))
            @for (tally, said) in &known { (numbers(frame, tally, said, cut)) }
        }
    }
}

/// Groups accounts by what they say; those that say nothing are left out. Most told first.
fn readings<'c>(claims: &[&'c EventRow], of: impl Fn(&EventRow) -> Option<String>) -> Vec<Reading<'c>> {
    let mut groups: BTreeMap<String, Vec<&'c EventRow>> = BTreeMap::new();
    for claim in claims {
        if let Some(words) = of(claim) {
            groups.entry(words).or_default().push(claim);
        }
    }
    let mut out: Vec<Reading<'c>> = groups.into_iter().map(|(words, claims)| Reading { words, claims }).collect();
    out.sort_by_key(|r| std::cmp::Reverse(r.claims.len()));
    out
}

/// One matter: a line where all agree, otherwise the readings side by side.
fn matter(frame: &Frame<'_>, title: &str, readings: &[Reading<'_>], factuality: bool) -> Markup {
    let words = |r: &Reading<'_>| html! { @if factuality { (chip::factuality(Some(&r.words), true)) } @else { strong dir="auto" { (r.words) } } };
    html! {
        @match readings {
            [] => {},
            [one] => p { (title) ": " (words(one)) span.muted { ", by " @if one.claims.len() == 1 { "the one account that says so" } @else { @if one.claims.len() == 2 { "both" } @else { "all " (one.claims.len()) } " accounts that say so" } } },
            several => {
                h3 { (title) }
                div.versus {
                    @for r in several {
                        div {
                            p { (words(r)) }
                            ul.plain { @for c in witnesses(&r.claims) { li { (who(frame, c)) } } }
                        }
                    }
                }
            },
        }
    }
}

/// One claim for each who says so in a report.
fn witnesses<'c>(claims: &[&'c EventRow]) -> Vec<&'c EventRow> {
    let mut seen = BTreeSet::new();
    let voice = |c: &EventRow| c.attribution.last().map(|v| v.text.clone());
    claims.iter().copied().filter(|c| seen.insert((c.report_id.clone(), voice(c)))).collect()
}

/// Who gives an account, with a link to its evidence.
fn who(frame: &Frame<'_>, c: &EventRow) -> Markup {
    html! {
        a href=(frame.link(&format!("/events/{}", segment(&c.claim_id)))) dir="auto" {
            @match c.attribution.last().filter(|v| v.kind != "publisher") {
                Some(voice) => (voice.resolved.as_deref().filter(|r| !r.is_empty()).unwrap_or(&voice.text)),
                None => (c.publisher.as_deref().unwrap_or("a report")),
            }
        }
        span.muted {
            @if c.attribution.last().is_some_and(|v| v.kind != "publisher") && let Some(publisher) = &c.publisher { ", in " span dir="auto" { (publisher) } }
            @if let Some(published) = c.published { ", " (day::day(published)) }
        }
    }
}

/// Who says how many, side by side.
fn numbers(frame: &Frame<'_>, tally: &Tally, said: &[&TallySaid], cut: bool) -> Markup {
    let title = capital(&tally.what.replace('_', " "));
    html! {
        h3 { "How many: " (title.to_lowercase()) }
        @if !cut {
            p {
                "Taken together: " strong { (number::range(tally.low, tally.best, tally.high).unwrap_or_default()) }
                @if let Some(best) = tally.best.filter(|_| tally.low != tally.high && tally.low != tally.best) { ", best reading " strong { (best) } }
            }
        }
        div.table-box tabindex="0" role="region" aria-label={ "Who says how many: " (title) } {
            table.rows {
                caption { "The latest first. What a later report of the same origin replaced is struck through and counts no more." }
                thead { tr { th scope="col" { "Published" } th scope="col" { "Who says so" } th scope="col" { "Figure" } th scope="col" { "Of whom" } th.number scope="col" { "Low" } th.number scope="col" { "Best" } th.number scope="col" { "High" } } }
                tbody {
                    @for s in said {
                        tr {
                            td { @if let Some(published) = s.published { (day::day(published)) } }
                            th scope="row" dir="auto" {
                                a href=(frame.link(&format!("/events/{}", segment(&s.claim_id)))) { @if s.said_by.is_empty() { "a report" } @else { (s.said_by.join(", ")) } }
                            }
                            @let figure = number::range(s.low, s.best, s.high).unwrap_or_default();
                            td { @if s.superseded { s { (figure) } " " span.muted { "revised later" } } @else { strong { (figure) } } }
                            td dir="auto" { (s.who) }
                            @for n in [s.low, s.best, s.high] { td.number { (n.map_or_else(String::new, |n| n.to_string())) } }
                        }
                    }
                }
            }
        }
    }
}

fn cite(frame: &Frame<'_>, claim: &str, number: usize) -> Markup {
    html! { a href=(frame.link(&format!("/events/{}", segment(claim)))) { "account " (number) } }
}
