//! On whose word: the chain of voices.

use forewarn_exchange::row::VoiceRow;
use maud::{Markup, html};

/// A voice in words: "Reuters reports".
fn words(voice: &VoiceRow) -> (String, &str) {
    let name = voice.resolved.clone().filter(|r| !r.is_empty()).unwrap_or_else(|| voice.text.clone());
    (name, voice.stance.as_str())
}

/// The chain in one line, the outermost first.
pub fn line(voices: &[VoiceRow]) -> Markup {
    html! {
        @if voices.is_empty() { span.muted { "on the report's own word" } }
        @for (i, voice) in voices.iter().enumerate() {
            @let (name, stance) = words(voice);
            @if i > 0 { span.muted { " › " } }
            span.voice.{ "voice-" (voice.kind) } dir="auto" { (name) } " " span.muted { (stance) }
        }
    }
}

/// The chain as nested steps.
pub fn chain(voices: &[VoiceRow], publisher: Option<&str>) -> Markup {
    html! {
        ol.chain {
            @if voices.is_empty() {
                li { strong dir="auto" { (publisher.unwrap_or("The report")) } " says it on its own word" }
            }
            @for voice in voices {
                @let (name, stance) = words(voice);
                li {
                    strong dir="auto" { (name) } " " (stance)
                    span.muted { " (" (match voice.kind.as_str() { "publisher" => "the publisher", "unnamed" => "not named", _ => "a named voice" }) ")" }
                }
            }
        }
    }
}

/// The chain as plain text.
pub fn text(voices: &[VoiceRow]) -> String {
    voices
        .iter()
        .map(|v| {
            let (name, stance) = words(v);
            format!("{name} {stance}")
        })
        .collect::<Vec<_>>()
        .join(" › ")
}
