//! Evidence of an answer: happenings with the sentence that tells them.

use forewarn_answer::words;
use forewarn_answer::{Evidence, Told};
use maud::{Markup, html};

use crate::asked::segment;
use crate::frame::{Frame, count};
use crate::show::{chip, day, link};

/// A section of evidence; nothing where there is none.
pub fn section(frame: &Frame<'_>, title: &str, remark: &str, list: &[Evidence]) -> Markup {
    if list.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { (title) }
            p.muted { (remark) }
            ol.cards { @for e in list { (card(frame, e)) } }
        }
    }
}

fn card(frame: &Frame<'_>, e: &Evidence) -> Markup {
    html! {
        li.card {
            div.card-head {
                span.card-day { (day::day(e.day)) }
                (chip::kind(Some(&e.event_type), None, e.quad_class))
                span.card-parties dir="auto" { (e.parties.replace(" -> ", " → ")) }
                @if let Some(share) = e.share {
                    span.weight {
                        meter min="0" max="1" value=(format!("{share:.3}")) aria-label="share of the present rate of force" {}
                        " " (words::share(share)) @if e.third_party { " (with others)" }
                    }
                }
            }
            @if let Some(one) = &e.told { (told(frame, one)) }
            p.card-meta {
                @if let Some(killed) = &e.killed { span.killed { (killed) " killed" } " · " }
                (count(u64::from(e.reports), "report", "reports")) " · "
                a href=(frame.link(&format!("/incidents/{}", segment(&e.incident_id)))) { "all accounts of it" }
            }
        }
    }
}

/// A sentence with its voices, and where it was printed.
pub fn told(frame: &Frame<'_>, told: &Told) -> Markup {
    let href = frame.link(&format!("/events/{}", segment(&told.claim_id)));
    html! {
        @if let Some(sentence) = &told.sentence {
            blockquote.card-quote dir="auto" { a href=(href) { (sentence) } }
        }
        p.card-voice {
            @if told.voices.is_empty() { span.muted { "on the report's own word" } }
            @for (i, voice) in told.voices.iter().enumerate() { @if i > 0 { " › " } span dir="auto" { (voice) } }
            " · " (link::outward(told.url.as_deref(), told.publisher.as_deref().unwrap_or("the report")))
            @if let Some(published) = told.published { ", " (day::day(published)) }
        }
    }
}
