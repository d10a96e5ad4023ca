//! What stands behind a forecast: happenings with the sentence that tells them, and statements that count for nothing.

use forewarn_exchange::row::{CountRange, EventRow, PartyRow};
use forewarn_ledger::{Happening, Ledger, Page, Shown};
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

use crate::error::Result;
use crate::names::Names;
use crate::party::Party;

/// A sentence of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The claim.
    pub claim_id: String,
    /// The sentence.
    pub sentence: Option<String>,
    /// Who printed it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The report's id in the ledger.
    pub report_id: Option<String>,
    /// On whose word, outermost first.
    pub voices: Vec<String>,
}

/// A happening that counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// The incident, by which `forewarn show` opens it.
    pub incident_id: String,
    /// When it happened.
    pub day: Date,
    /// PLOVER type.
    pub event_type: String,
    /// Who did it to whom, in the words of the report.
    pub parties: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; none for statements.
    pub quad_class: Option<u8>,
    /// Its share of the present rate of force, 0 to 1; `None` where the process gives it none.
    pub share: Option<f64>,
    /// Whether it is between other parties.
    pub third_party: bool,
    /// How many reports tell of it.
    pub reports: u32,
    /// Persons killed, as it is told.
    pub killed: Option<String>,
    /// The sentence that tells it.
    pub told: Option<Told>,
}

/// A claim that something did not happen, is not meant, or is disputed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// `denied`, `negated`, `disavowed` or `disputed`.
    pub what: String,
    /// PLOVER type.
    pub event_type: String,
    /// Who would have done it to whom.
    pub parties: String,
    /// The sentence.
    pub told: Told,
}

impl Told {
    fn of(row: &EventRow) -> Self {
        Self {
            claim_id: row.claim_id.clone(),
            sentence: row.evidence.clone(),
            publisher: row.publisher.clone(),
            published: row.published,
            url: row.url.clone(),
            report_id: row.report_id.clone(),
            voices: row.attribution.iter().map(|v| format!("{} {}", v.text, v.stance)).collect(),
        }
    }

    /// Publisher, day, address and claim, in one line.
    pub fn whence(&self) -> String {
        let day = self.published.map(|d| d.to_string());
        let publisher = self.publisher.as_deref().or(self.report_id.as_deref());
        let facts = [publisher, day.as_deref(), self.url.as_deref(), Some(&self.claim_id)];
        facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The happening with the best of its sentences that had been printed by the day.
pub fn of(ledger: &Ledger, h: &Happening, as_of: Date) -> Result<Evidence> {
    let mut rows: Vec<EventRow> = Vec::new();
    for claim in &h.claims {
        if let Shown::Claim(shown) = ledger.show(claim)? {
            rows.push(shown.claim);
        }
    }
    rows.retain(|r| r.published.is_none_or(|d| d <= as_of));
    // The claim that names the parties on which accounts agree, of that type, and of these the surest.
    let names = |side: &[PartyRow], codes: &[SmolStr]| {
        let of = |p: &PartyRow| {
            [&p.country, &p.group, &p.ethnicity].into_iter().flatten().any(|c| codes.contains(&c.into()))
        };
        codes.is_empty() || side.iter().any(of)
    };
    let rank = |r: &EventRow| {
        let sure = (r.confidence.unwrap_or(0.0) * 100.0) as i64;
        let strange = [
            !names(&r.actor, &h.actor),
            !names(&r.recipient, &h.recipient),
            r.event_type.as_deref() != Some(h.event_type.as_str()),
        ];
        let strange = strange.into_iter().filter(|s| *s).count();
        (r.factuality.as_deref() != Some("asserted"), strange, -sure, r.published, r.claim_id.clone())
    };
    rows.sort_by_key(rank);
    let best = rows.first();
    Ok(Evidence {
        incident_id: h.id.to_string(),
        day: h.day,
        event_type: h.event_type.to_string(),
        quad_class: Some(h.quad_class).filter(|q| *q > 0),
        parties: best.map_or_else(|| codes(h), who),
        share: None,
        third_party: false,
        reports: h.reports,
        killed: h.killed.is_known().then(|| number(h.killed)),
        told: best.map(Told::of),
    })
}

/// A range in short: 4, 3-5, 40+.
pub fn number(range: CountRange) -> String {
    match (range.low, range.best, range.high) {
        (Some(l), _, Some(h)) if l == h => l.to_string(),
        (Some(l), Some(b), Some(h)) if b != l && b != h => format!("{b} ({l}-{h})"),
        (Some(l), _, Some(h)) => format!("{l}-{h}"),
        (Some(l), _, None) => format!("{l}+"),
        (None, _, Some(h)) => format!("up to {h}"),
        (None, Some(b), None) => format!("about {b}"),
        (None, None, None) => "?".to_owned(),
    }
}

fn codes(h: &Happening) -> String {
    format!("{} -> {}", h.actor.join("+"), h.recipient.join("+"))
}

fn who(row: &EventRow) -> String {
    let side = |list: &[PartyRow]| {
        let name = |p: &PartyRow| {
            let code = p.country.as_ref().or(p.group.as_ref()).or(p.ethnicity.as_ref());
            let text = p.resolved.as_ref().unwrap_or(&p.text);
            code.map_or_else(|| format!("\"{text}\""), |c| format!("{c} \"{text}\""))
        };
        if list.is_empty() { "?".to_owned() } else { list.iter().map(name).collect::<Vec<_>>().join(" + ") }
    };
    format!("{} -> {}", side(&row.actor), side(&row.recipient))
}

/// Denials, negations and disavowals between the two that were printed in the year up to the day, latest first, and
/// accounts of one happening that blame different parties.
pub fn disputed(
    ledger: &Ledger,
    names: &Names,
    (a, b): (&Party, &Party),
    between: &[&Happening],
    since: Date,
    as_of: Date,
) -> Result<Vec<Statement>> {
    let mut out = Vec::new();
    for row in statements(ledger, names, (a, b), "denied,negated,disavowed", since, as_of)? {
        out.push(Statement {
            what: row.factuality.clone().unwrap_or_default(),
            event_type: row.event_type.clone().unwrap_or_default(),
            parties: who(&row),
            told: Told::of(&row),
        });
    }
    for h in between.iter().rev().filter(|h| h.day >= since) {
        let mut accounts: Vec<(Vec<String>, EventRow)> = Vec::new();
        let key = |p: &PartyRow| p.country.clone().or(p.group.clone()).or(p.ethnicity.clone());
        let mut victims: Vec<String> = Vec::new();
        for claim in &h.claims {
            let Shown::Claim(shown) = ledger.show(claim)? else { continue };
            let row = shown.claim;
            victims.extend(row.recipient.iter().filter_map(key));
            let blamed: Vec<String> = row.actor.iter().filter_map(key).collect();
            let printed = row.published.is_none_or(|d| d <= as_of);
            if printed && !blamed.is_empty() && !accounts.iter().any(|(b, _)| *b == blamed) {
                accounts.push((blamed, row));
            }
        }
        // Where both sides strike, accounts tell of one side or the other and dispute nothing.
        accounts.retain(|(blamed, _)| !blamed.iter().any(|b| victims.contains(b)));
        if accounts.len() > 1 {
            out.extend(accounts.into_iter().map(|(_, row)| Statement {
                what: "disputed".to_owned(),
                event_type: row.event_type.clone().unwrap_or_default(),
                parties: who(&row),
                told: Told::of(&row),
            }));
        }
        if out.len() >= 12 {
            break;
        }
    }
    out.truncate(12);
    Ok(out)
}

/// How many claims between the two tell of what is planned, feared, denied and so on: by factuality.
pub fn not_counted(
    ledger: &Ledger,
    names: &Names,
    (a, b): (&Party, &Party),
    since: Date,
    as_of: Date,
) -> Result<Vec<(String, usize)>> {
    let mut out = Vec::new();
    for factuality in ["announced", "hypothetical", "denied", "negated", "disavowed", "background"] {
        let n = statements(ledger, names, (a, b), factuality, since, as_of)?.len();
        if n > 0 {
            out.push((factuality.to_owned(), n));
        }
    }
    Ok(out)
}

fn statements(
    ledger: &Ledger,
    names: &Names,
    (a, b): (&Party, &Party),
    factuality: &str,
    since: Date,
    as_of: Date,
) -> Result<Vec<EventRow>> {
    let words = [
        "set:forewarn".to_owned(),
        format!("dyad:{}<>{}", a.code, b.code),
        format!("factuality:{factuality}"),
        format!("published:{since}..{as_of}"),
    ];
    // A code that only a foreign set knows is none that claims could have.
    let Ok(filter) = names.filter(&words.join(" "), None) else { return Ok(Vec::new()) };
    Ok(ledger.events(&filter, &Page { limit: 500, ..Page::default() })?.rows)
}
