//! "Report a miscoding": prepares a correction to be sent or run by hand. Nothing is written.

use forewarn_ledger::{ClaimShown, IncidentShown};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::frame::Frame;

/// What may be wrong.
const ASPECTS: [(&str, &str); 12] = [
    ("no-event", "there is no event in the sentence"),
    ("type", "the type or mode"),
    ("factuality", "whether it happened"),
    ("actor", "who acted"),
    ("recipient", "who was acted on"),
    ("voice", "who says so"),
    ("date", "when"),
    ("place", "where"),
    ("numbers", "the numbers"),
    ("merged", "it does not belong to its incident"),
    ("apart", "it belongs to another incident"),
    ("other", "something else"),
];

/// Their words, as the parameter takes them.
const WORDS: [&str; 12] = [
    "no-event",
    "type",
    "factuality",
    "actor",
    "recipient",
    "voice",
    "date",
    "place",
    "numbers",
    "merged",
    "apart",
    "other",
];

/// `wrong`.
pub const WRONG: Parameter = Parameter::new("wrong", Kind::Choice(&WORDS), "What is miscoded: prepares a correction.");
/// `right`.
pub const RIGHT: Parameter = Parameter::new("right", Kind::Text(500), "What would be right, in words or codes.");

/// A correction, prepared.
pub struct Correction {
    wrong: String,
    right: String,
    /// A command that puts it right, where there is one.
    command: Option<String>,
    /// What to send to those who keep the codebook.
    report: Value,
}

/// Prepares a correction out of what is asked.
pub fn make(context: &Context<'_>, shown: &ClaimShown, incident: Option<&IncidentShown>) -> Option<Correction> {
    let wrong = context.asked.get("wrong")?.to_owned();
    let right = context.asked.get("right").unwrap_or("").to_owned();
    let c = &shown.claim;
    let ledger = context.desk.options.ledger.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let rest = format!("--note {} --ledger {}", quoted(&right), quoted(&ledger));
    let id = incident.map(|i| i.incident.incident_id.as_str());
    let command = match (wrong.as_str(), id) {
        ("merged", Some(id)) => Some(format!("forewarn incidents split {id} {} {rest}", c.claim_id)),
        ("apart", Some(id)) => {
            let other = right.split_whitespace().find(|w| w.len() >= 6 && w.bytes().all(|b| b.is_ascii_hexdigit()));
            Some(format!("forewarn incidents merge {id} {} {rest}", other.unwrap_or("OTHER-INCIDENT")))
        }
        _ => None,
    };
    let coded = match wrong.as_str() {
        "type" => json!({ "event_type": c.event_type, "event_mode": c.event_mode, "cameo": c.cameo }),
        "factuality" => json!(c.factuality),
        "actor" => json!(c.actor),
        "recipient" => json!(c.recipient),
        "voice" => json!(c.attribution),
        "date" => json!({ "start": c.date_start, "end": c.date_end, "precision": c.date_prec }),
        "place" => json!(c.place),
        "numbers" => json!(c.counts),
        "merged" | "apart" => json!({ "incident_id": id }),
        _ => json!({ "event_type": c.event_type, "predicate": c.predicate }),
    };
    let report = json!({
        "claim_id": c.claim_id,
        "wrong": wrong,
        "coded": coded,
        "right": right,
        "sentence": c.evidence,
        "published": c.published,
        "publisher": c.publisher,
        "url": c.url,
        "rule": c.rule,
        "run": shown.run.as_ref().map(|r| r.run.0),
        "program": shown.run.as_ref().map(|r| r.means.program.as_str()),
        "codebook": shown.run.as_ref().map(|r| r.means.codebook.chars().take(12).collect::<String>()),
    });
    Some(Correction { wrong, right, command, report })
}

/// A word for a POSIX shell: nothing in it is more than text.
pub fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:@/+,=".contains(&b));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

impl Correction {
    /// For programs.
    pub fn json(&self) -> Value {
        json!({ "wrong": self.wrong, "right": self.right, "command": self.command, "report": self.report })
    }
}

/// The form, and what it prepared.
pub fn section(frame: &Frame<'_>, correction: Option<&Correction>) -> Markup {
    let wrong = correction.map_or("", |c| c.wrong.as_str());
    html! {
        section #miscoding {
            h2 { "Report a miscoding" }
            p.muted { "Prepares a correction for you to send or to run. Nothing is written and nothing leaves this machine." }
            form.stacked-form method="get" action={ (frame.asked.path) "#miscoding" } data-miscoding {
                @if let Some(day) = frame.asked.get("as_of") { input type="hidden" name="as_of" value=(day); }
                label { "What is wrong: "
                    select name="wrong" required {
                        option value="" { "choose" }
                        @for (word, what) in ASPECTS { option value=(word) selected[word == wrong] { (what) } }
                    }
                }
                label { "What would be right: "
                    input type="text" name="right" maxlength="500" dir="auto" value=(correction.map_or("", |c| c.right.as_str()));
                }
                button type="submit" { "Prepare" }
            }
            @if let Some(c) = correction {
                div.prepared role="status" {
                    @if let Some(command) = &c.command {
                        p { "This command puts it right, and keeps it right after every re-reading:" }
                        pre data-copy-text { code { (command) } }
                    } @else {
                        p { "A correction of the coding belongs into the codebook or into an overlay of your own (" code { "--overlay" } "). Send this to those who keep it:" }
                    }
                    pre data-copy-text { code dir="auto" { (serde_json::to_string_pretty(&c.report).unwrap_or_default()) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_form_are_those_of_the_parameter() {
        assert_eq!(ASPECTS.map(|(w, _)| w), WORDS);
    }

    #[test]
    fn a_shell_sees_text_only() {
        assert_eq!(quoted("a b; rm -rf $HOME"), "'a b; rm -rf $HOME'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted("t.sqlite"), "t.sqlite");
        assert_eq!(quoted(""), "''");
    }
}
