//! All tellings in the order of publication, each with the reason why it was put to the others.

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_incident::{Incident as Record, Member, Role};
use maud::{Markup, html};

use crate::asked::segment;
use crate::frame::Frame;
use crate::show::{chip, day, link, number, party, voice, words};

/// The section.
pub fn section(frame: &Frame<'_>, row: &IncidentRow, record: &Record, claims: &[EventRow]) -> Markup {
    let member = |c: &EventRow| record.members.iter().find(|m| m.claim_id == c.claim_id);
    let (own, others): (Vec<&EventRow>, Vec<&EventRow>) =
        claims.iter().partition(|c| member(c).is_none_or(|m| m.role.is_account()));
    html! {
        section {
            h2 { "Every telling, in the order of publication" }
            @if row.reports > row.independent_origins {
                p.muted { (row.reports) " reports, " (row.independent_origins) " independent origins: what is copied from another, or told on its word, is no second witness." }
            }
            (tellings(frame, &own, record, claims))
            @if !others.is_empty() {
                h3 { "What points to it" }
                p.muted { "Told of as known, or what came after: counted nowhere." }
                (tellings(frame, &others, record, claims))
            }
        }
    }
}

/// Tellings, those of one sentence together.
fn tellings(frame: &Frame<'_>, list: &[&EventRow], record: &Record, all: &[EventRow]) -> Markup {
    let mut groups: Vec<Vec<&EventRow>> = Vec::new();
    for c in list {
        let same = |g: &&mut Vec<&EventRow>| {
            g.first()
                .is_some_and(|o| o.report_id == c.report_id && o.sentence == c.sentence && o.evidence == c.evidence)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(c),
            None => groups.push(vec![c]),
        }
    }
    html! { ol.tellings { @for group in &groups { (telling(frame, group, record, all)) } } }
}

/// What a member is, in words.
fn role(role: Role) -> &'static str {
    match role {
        Role::Telling => "says that it happened",
        Role::Denial => "says that it did not happen, or denies having done it",
        Role::Announcement => "says that it will happen",
        Role::Disavowal => "says that nobody means to",
        Role::Speculation => "says that it may happen",
        Role::FollowUp => "tells what came of it",
        Role::Background => "recalls it",
    }
}

fn telling(frame: &Frame<'_>, group: &[&EventRow], record: &Record, all: &[EventRow]) -> Markup {
    let Some(c) = group.first() else { return html! {} };
    let member = |c: &EventRow| record.members.iter().find(|m| m.claim_id == c.claim_id);
    let copied = group.iter().filter_map(|c| member(c)).any(|m| m.reasons.iter().any(|r| r.what == "copy"));
    html! {
        li {
            p.card-head {
                @match c.published { Some(published) => span.card-day { (day::day(published)) }, None => span.muted { "day not known" } }
                (link::outward(c.url.as_deref(), c.publisher.as_deref().unwrap_or("publisher not known")))
                @if copied { span.chip title="Its words are another report's too: no second witness" { "shared text" } }
            }
            blockquote.card-quote dir="auto" {
                a href=(frame.link(&format!("/events/{}", segment(&c.claim_id)))) { (c.evidence.as_deref().unwrap_or("(no sentence)")) }
            }
            p.card-voice { (voice::line(&c.attribution)) }
            @for c in group { (read_as(frame, c, member(c), group.len() > 1, all)) }
        }
    }
}

/// What was read in the sentence, and why it was put here.
fn read_as(frame: &Frame<'_>, c: &EventRow, member: Option<&Member>, several: bool, all: &[EventRow]) -> Markup {
    let counts: Vec<String> = c.counts.iter().filter_map(number::row).collect();
    html! {
        p.card-meta id={ "claim-" (c.claim_id) } {
            (chip::kind(c.event_type.as_deref(), c.event_mode.as_deref(), c.quad_class)) " "
            (party::text(&c.actor)) " → " (party::text(&c.recipient)) " " (chip::factuality(c.factuality.as_deref(), false)) " · "
            @if let Some(m) = member { (role(m.role)) }
            @if !counts.is_empty() { " · " span dir="auto" { (counts.join("; ")) } }
            @if several { " · " a href=(frame.link(&format!("/events/{}", segment(&c.claim_id)))) { "the evidence" } }
        }
        @if let Some(m) = member { (merge(m, all)) }
    }
}

/// Why a claim was put to the others.
fn merge(m: &Member, claims: &[EventRow]) -> Markup {
    let Some(to) = &m.merged_to else { return html! {} };
    let other = claims.iter().find(|c| c.claim_id == *to);
    let sum: f32 = m.reasons.iter().map(|r| r.weight).sum();
    html! {
        details.merge {
            summary { "Why it was put here " span.muted { "(" (share(m.score)) " sure)" } }
            p {
                @if m.reasons.iter().any(|r| r.what == "correction") { "By hand, with " } @else { "Compared with " }
                @match other {
                    Some(o) => a href={ "#claim-" (to) } {
                        "the account of " span dir="auto" { (o.publisher.as_deref().unwrap_or("another report")) }
                        @if let Some(p) = o.published { ", " (p) }
                    },
                    None => "an account that is not shown here",
                }
                "."
            }
            @if !m.reasons.is_empty() {
                div.table-box tabindex="0" role="region" aria-label={ "Reasons for claim " (m.claim_id) } {
                    table.rows {
                        caption { "What spoke for and against it, in log odds: 0.7 doubles the odds, 2.3 makes them ten times as high. Two reports start well below zero; the reasons told here sum to " (signed(sum)) "." }
                        thead { tr { th scope="col" { "What" } th.number scope="col" { "Log odds" } th scope="col" { "In words" } th scope="col" { "Rests on" } } }
                        tbody {
                            @for r in &m.reasons {
                                tr {
                                    th scope="row" { (match words::reason(&r.what) { "" => r.what.as_str(), known => known }) }
                                    td.number { (signed(r.weight)) }
                                    td { (words::odds(r.weight)) }
                                    td dir="auto" { (r.words) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn signed(weight: f32) -> String {
    let text = format!("{weight:+.1}");
    if text == "-0.0" { "+0.0".to_owned() } else { text.replace('-', "\u{2212}") }
}

fn share(score: f32) -> String {
    forewarn_answer::words::share(f64::from(score))
}

#[cfg(test)]
mod tests {
    #[test]
    fn weights_have_a_sign() {
        assert_eq!(
            (super::signed(0.92), super::signed(-0.04), super::signed(-1.26)),
            ("+0.9".into(), "+0.0".into(), "\u{2212}1.3".into())
        );
    }
}
