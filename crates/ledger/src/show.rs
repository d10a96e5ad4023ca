//! What stands behind an id: incident -> claim -> sentence bytes -> report -> run.

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_incident::Incident;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use crate::error::{Doing, Error, Result};
use crate::rows;
use crate::run::{Run, RunId};
use crate::store::Ledger;

/// The thing with an id.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Shown {
    /// A claim of our own, or an event of a foreign set.
    Claim(Box<ClaimShown>),
    /// An incident.
    Incident(Box<IncidentShown>),
    /// A report.
    Report(Box<ReportShown>),
    /// A run.
    Run(Run),
    /// An incident that no longer stands under this id.
    Withdrawn {
        /// The id.
        incident_id: String,
        /// The incident that its claims went to.
        now: Option<String>,
    },
}

/// A claim with all that it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimShown {
    /// The claim.
    pub claim: EventRow,
    /// The run that replaced it; none while it is current.
    pub superseded_by: Option<i64>,
    /// The run that coded it.
    pub run: Option<Run>,
    /// The file that its report came from, and the line there.
    pub source: (Option<String>, Option<i64>),
    /// Sentence, predicate and parties in bytes of the report's stored text, as the text has them there now.
    pub bytes: Vec<Bytes>,
    /// A foreign event's own codes and columns.
    pub own: Option<serde_json::Value>,
}

/// Words at their place in the stored text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bytes {
    /// `sentence`, `predicate`, `actor`, `recipient`, `date`, `place`, `voice`, `killed` …
    pub what: String,
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What stands there.
    pub text: String,
    /// The rule that read it.
    pub rule: Option<String>,
}

/// An incident with its claims.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentShown {
    /// In short.
    pub incident: IncidentRow,
    /// The whole record, with the reason of each merge.
    pub record: Incident,
    /// The claims, in the order of the record's members.
    pub claims: Vec<EventRow>,
}

/// A report with its claims.
#[derive(Clone, Debug, Serialize)]
pub struct ReportShown {
    /// Its id.
    pub report_id: String,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The stored text.
    pub text: String,
    /// Who printed it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The file that it came from, and the line there.
    pub source: (Option<String>, Option<i64>),
    /// What was left out of the text, and why.
    pub dropped: serde_json::Value,
    /// The run that read it.
    pub run: i64,
    /// Its current claims.
    pub claims: Vec<EventRow>,
}

/// What it is, where it stands, the rule that read it.
type Stretch = (String, Option<u32>, Option<u32>, Option<String>);

impl Ledger {
    /// What has this id: a claim, an incident, a report, or a run (`run:3`). A beginning of at least 6 characters will do
    /// for claims and incidents where only one thing has it.
    ///
    /// # Errors
    /// When nothing has it, several things have it, or `SQLite` refuses.
    pub fn show(&self, id: &str) -> Result<Shown> {
        if let Some(number) = id.strip_prefix("run:") {
            let run = number.parse().ok().map(RunId);
            let found = match run {
                Some(run) => self.run(run)?,
                None => None,
            };
            return found.map(Shown::Run).ok_or_else(|| self.unknown(id));
        }
        let c = &self.connection;
        let one = |sql: &str| -> Result<Option<i64>> {
            c.prepare_cached(sql)
                .and_then(|mut s| s.query_row([id], |r| r.get(0)).optional())
                .doing("looking for an id")
        };
        if let Some(row) = one("SELECT id FROM incident WHERE incident_id = ?1")? {
            return self.show_incident(row);
        }
        if let Some(row) = one("SELECT id FROM claim WHERE claim_id = ?1 ORDER BY superseded IS NOT NULL, id DESC")? {
            return self.show_claim(row);
        }
        if let Some(row) = one("SELECT claim FROM foreign_event WHERE own_key = ?1")? {
            return self.show_claim(row);
        }
        if let Some(row) = one("SELECT id FROM report WHERE report_id = ?1")? {
            return self.show_report(row);
        }
        if let Some(now) = self.became(id)? {
            return Ok(Shown::Withdrawn { incident_id: id.to_owned(), now });
        }
        self.show_beginning(id)
    }

    /// What a withdrawn incident became, where that was withdrawn too, what that became; the outer is none where it was
    /// never withdrawn.
    #[allow(clippy::option_option, reason = "whether it was withdrawn, and if so what it became, are two questions")]
    fn became(&self, id: &str) -> Result<Option<Option<String>>> {
        /// Steps after which a chain is given up: longer ones go round in a circle.
        const MOST: usize = 32;
        let mut out = None;
        let mut at = id.to_owned();
        for _ in 0..MOST {
            let found = self
                .connection
                .prepare_cached("SELECT now FROM withdrawn WHERE incident_id = ?1")
                .and_then(|mut s| s.query_row([&at], |r| r.get::<_, Option<String>>(0)).optional())
                .doing("looking for a withdrawn id")?;
            match found {
                None => break,
                Some(None) => return Ok(Some(None)),
                Some(Some(now)) => {
                    at.clone_from(&now);
                    out = Some(Some(now));
                }
            }
        }
        Ok(out)
    }

    fn show_beginning(&self, id: &str) -> Result<Shown> {
        if id.len() < 6 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(self.unknown(id));
        }
        let end = format!("{id}g");
        let found = |sql: &str| -> Result<Vec<(i64, String)>> {
            self.connection
                .prepare_cached(sql)
                .and_then(|mut s| s.query_map(params![id, end], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
                .doing("looking for an id")
        };
        let incidents =
            found("SELECT id, incident_id FROM incident WHERE incident_id >= ?1 AND incident_id < ?2 LIMIT 3")?;
        let claims = found(
            "SELECT id, claim_id FROM claim WHERE claim_id >= ?1 AND claim_id < ?2 AND superseded IS NULL LIMIT 3",
        )?;
        match (incidents.as_slice(), claims.as_slice()) {
            ([(row, _)], []) => self.show_incident(*row),
            ([], [(row, _)]) => self.show_claim(*row),
            ([], []) => Err(self.unknown(id)),
            _ => {
                let all: Vec<&str> = incidents.iter().chain(&claims).map(|(_, id)| id.as_str()).collect();
                Err(Error::Misuse(format!("{id}: several ids begin so: {}", all.join(", "))))
            }
        }
    }

    fn unknown(&self, id: &str) -> Error {
        let near = self
            .connection
            .prepare_cached("SELECT report_id FROM report WHERE report_id LIKE ?1 || '%' ORDER BY 1 LIMIT 1")
            .and_then(|mut s| s.query_row([id], |r| r.get::<_, String>(0)).optional());
        let hint = match near {
            Ok(Some(near)) => format!("; did you mean the report {near}?"),
            _ => String::new(),
        };
        Error::Unknown { id: id.to_owned(), hint }
    }

    fn show_incident(&self, row: i64) -> Result<Shown> {
        let record = self.incident_body(row)?;
        let mut claims = Vec::new();
        for member in &record.members {
            let id = self.current_claim(&member.claim_id)?;
            if let Some(id) = id {
                claims.push(rows::event(&self.connection, id)?);
            }
        }
        Ok(Shown::Incident(Box::new(IncidentShown { incident: self.incident_row(row)?, record, claims })))
    }

    /// The row of a current claim.
    pub(crate) fn current_claim(&self, claim_id: &str) -> Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT id FROM claim WHERE claim_id = ?1 AND superseded IS NULL ORDER BY id")
            .and_then(|mut s| s.query_row([claim_id], |r| r.get(0)).optional())
            .doing("looking for a claim")
    }

    fn show_report(&self, row: i64) -> Result<Shown> {
        let mut shown = self
            .connection
            .prepare_cached(
                "SELECT report_id, url, title, text, publisher, published, language, source_path, source_line, dropped, run
                 FROM report WHERE id = ?1",
            )
            .and_then(|mut s| {
                s.query_row([row], |r| {
                    let dropped: String = r.get(9)?;
                    Ok(ReportShown {
                        report_id: r.get(0)?,
                        url: r.get(1)?,
                        title: r.get(2)?,
                        text: r.get(3)?,
                        publisher: r.get(4)?,
                        published: r.get(5)?,
                        language: r.get(6)?,
                        source: (r.get(7)?, r.get(8)?),
                        dropped: serde_json::from_str(&dropped).unwrap_or_default(),
                        run: r.get(10)?,
                        claims: Vec::new(),
                    })
                })
            })
            .doing("reading a report")?;
        let ids: Vec<i64> = self
            .connection
            .prepare_cached("SELECT id FROM claim WHERE report = ?1 AND superseded IS NULL ORDER BY id")
            .and_then(|mut s| s.query_map([row], |r| r.get(0))?.collect())
            .doing("reading a report's claims")?;
        shown.claims = ids.into_iter().map(|id| rows::event(&self.connection, id)).collect::<Result<_>>()?;
        Ok(Shown::Report(Box::new(shown)))
    }

    fn show_claim(&self, row: i64) -> Result<Shown> {
        let claim = rows::event(&self.connection, row)?;
        let (run, superseded_by, report): (i64, Option<i64>, Option<i64>) = self
            .connection
            .prepare_cached("SELECT run, superseded, report FROM claim WHERE id = ?1")
            .and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))))
            .doing("reading a claim")?;
        let mut bytes = Vec::new();
        let source;
        let mut own = None;
        if let Some(report) = report {
            let (text, path, line): (String, Option<String>, Option<i64>) = self
                .connection
                .prepare_cached("SELECT text, source_path, source_line FROM report WHERE id = ?1")
                .and_then(|mut s| s.query_row([report], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))))
                .doing("reading a report")?;
            source = (path, line);
            bytes = self.bytes(row, &text)?;
        } else {
            let (path, line, json): (Option<String>, Option<i64>, Option<String>) = self
                .connection
                .prepare_cached(
                    "SELECT path, line, json_object('own_id', own_id, 'own_code', own_code, 'own_scheme', own_scheme,
                     'own_label', own_label, 'own_quad_class', own_quad_class, 'own_goldstein', own_goldstein,
                     'recorded', recorded, 'mentions', mentions, 'sources', sources, 'articles', articles,
                     'repeats', repeats, 'parties', json(parties), 'own', json(own))
                     FROM foreign_event WHERE claim = ?1",
                )
                .and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))))
                .doing("reading a foreign event")?;
            source = (path, line);
            own = json.and_then(|j| serde_json::from_str(&j).ok());
        }
        Ok(Shown::Claim(Box::new(ClaimShown { claim, superseded_by, run: self.run(RunId(run))?, source, bytes, own })))
    }

    /// Every stretch of the stored text that a claim rests on.
    fn bytes(&self, claim: i64, text: &str) -> Result<Vec<Bytes>> {
        let spans: Vec<Stretch> = self
            .connection
            .prepare_cached(
                "SELECT what, a, b, rule FROM (
                     SELECT 0 AS o, 'sentence' AS what, s.span_start AS a, s.span_end AS b, NULL AS rule
                       FROM claim c JOIN sentence s ON s.id = c.sentence WHERE c.id = ?1
                     UNION ALL SELECT 1, 'predicate', predicate_start, predicate_end, rule FROM claim WHERE id = ?1
                     UNION ALL SELECT 2 + position + (side = 'recipient') * 100, side, span_start, span_end, rule
                       FROM party WHERE claim = ?1
                     UNION ALL SELECT 300 + position, 'voice', span_start, span_end, rule FROM voice WHERE claim = ?1
                     UNION ALL SELECT 400, 'date', date_span_start, date_span_end, date_rule FROM claim WHERE id = ?1
                     UNION ALL SELECT 401, 'place', place_span_start, place_span_end, place_rule FROM claim WHERE id = ?1
                     UNION ALL SELECT 500 + position, what, span_start, span_end, rule FROM tally WHERE claim = ?1
                 ) ORDER BY o",
            )
            .and_then(|mut s| {
                s.query_map([claim], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?.collect()
            })
            .doing("reading what a claim rests on")?;
        let mut out = Vec::new();
        for (what, start, end, rule) in spans {
            let (Some(start), Some(end)) = (start, end) else { continue };
            let Some(words) = forewarn_report::Span::new(start, end).get(text) else {
                let message = format!("{what} spans {start}..{end}, which the report's text lacks");
                return Err(rows::broken("claim", claim, &message));
            };
            out.push(Bytes { what, start, end, text: words.to_owned(), rule });
        }
        Ok(out)
    }
}
