//! Alerts and what they fired: kept here, reckoned by `forewarn-alerts`, delivered by whoever checks them.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params};
use serde::Serialize;

use crate::error::{Doing, Error, Result};
use crate::rows;
use crate::schema::tick;
use crate::store::Ledger;

/// A named filter with a threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredAlert {
    /// Its name.
    pub name: String,
    /// The filter, as it was written.
    pub filter: String,
    /// What its series are of: `all`, `dyad`, `pair`, `country`.
    pub by: String,
    /// `day`, `week`, `month`.
    pub step: String,
    /// What is compared: `z`, `count`, `forecast`.
    pub above: String,
    /// With this.
    pub level: f64,
    /// Of a forecast: two codes with `:` between them.
    pub pair: Option<String>,
    /// Days for which a series that fired stays silent.
    pub cooldown: u32,
    /// `atom`, `atom:PATH`, `file:PATH` or `webhook:URL`.
    pub target: String,
    /// When it was made, UTC.
    pub made: String,
}

/// What an alert fired.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredFiring {
    /// Its number; 0 before it is stored.
    pub id: i64,
    /// The alert's name.
    pub name: String,
    /// The series; empty where it is of all that the filter holds for.
    pub series: String,
    /// First day of the step.
    pub from: Date,
    /// What was known by the end of this day was looked at.
    pub as_of: Date,
    /// Figures, reason and evidence.
    pub body: serde_json::Value,
    /// Where it goes.
    pub target: String,
    /// When it fired, UTC.
    pub made: String,
    /// How often delivery was tried.
    pub tries: u32,
    /// When it was delivered, UTC.
    pub delivered: Option<String>,
    /// Why the last try failed.
    pub fault: Option<String>,
}

const FIRING: &str = "id, name, series, \"from\", as_of, body, target, made, tries, delivered, fault";

fn firing(r: &Row<'_>) -> rusqlite::Result<StoredFiring> {
    let body: String = r.get(5)?;
    Ok(StoredFiring {
        id: r.get(0)?,
        name: r.get(1)?,
        series: r.get(2)?,
        from: rows::date(r.get(3)?).unwrap_or(Date::MIN),
        as_of: rows::date(r.get(4)?).unwrap_or(Date::MIN),
        body: serde_json::from_str(&body).unwrap_or_default(),
        target: r.get(6)?,
        made: r.get(7)?,
        tries: r.get(8)?,
        delivered: r.get(9)?,
        fault: r.get(10)?,
    })
}

impl Ledger {
    /// All alerts, by name.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn alerts(&self) -> Result<Vec<StoredAlert>> {
        self.connection
            .prepare_cached(
                "SELECT name, filter, \"by\", step, above, level, pair, cooldown, target, made FROM alert ORDER BY name",
            )
            .and_then(|mut s| {
                s.query_map([], |r| {
                    Ok(StoredAlert {
                        name: r.get(0)?,
                        filter: r.get(1)?,
                        by: r.get(2)?,
                        step: r.get(3)?,
                        above: r.get(4)?,
                        level: r.get(5)?,
                        pair: r.get(6)?,
                        cooldown: r.get(7)?,
                        target: r.get(8)?,
                        made: r.get(9)?,
                    })
                })?
                .collect()
            })
            .doing("reading alerts")
    }

    /// Keeps an alert.
    ///
    /// # Errors
    /// When one of this name is there, or `SQLite` refuses.
    pub fn add_alert(&mut self, alert: &StoredAlert) -> Result<()> {
        let t = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("adding an alert")?;
        let known = t
            .prepare_cached("SELECT 1 FROM alert WHERE name = ?1")
            .and_then(|mut s| s.exists([&alert.name]))
            .doing("looking for an alert")?;
        if known {
            return Err(Error::Misuse(format!("there is an alert {} already: remove it first", alert.name)));
        }
        t.execute(
            "INSERT INTO alert (name, filter, \"by\", step, above, level, pair, cooldown, target, made)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                alert.name,
                alert.filter,
                alert.by,
                alert.step,
                alert.above,
                alert.level,
                alert.pair,
                alert.cooldown,
                alert.target,
                alert.made
            ],
        )
        .doing("writing an alert")?;
        tick(&t)?;
        t.commit().doing("writing an alert")
    }

    /// Takes an alert away; what it fired stays in the log, and what waits for delivery is delivered no more.
    ///
    /// # Errors
    /// When there is none of this name, or `SQLite` refuses.
    pub fn remove_alert(&mut self, name: &str) -> Result<()> {
        let t = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("removing an alert")?;
        let row: Option<i64> = t
            .prepare_cached("SELECT id FROM alert WHERE name = ?1")
            .and_then(|mut s| s.query_row([name], |r| r.get(0)).optional())
            .doing("looking for an alert")?;
        let row = row.ok_or_else(|| Error::Misuse(format!("there is no alert {name}")))?;
        t.execute("UPDATE firing SET alert = NULL WHERE alert = ?1", [row]).doing("removing an alert")?;
        t.execute("DELETE FROM alert WHERE id = ?1", [row]).doing("removing an alert")?;
        tick(&t)?;
        t.commit().doing("removing an alert")
    }

    /// Keeps what an alert fired, in one transaction, and gives what was new: a series fires once a step.
    ///
    /// # Errors
    /// When `SQLite` refuses: then none is kept.
    pub fn fire(&mut self, fired: &[StoredFiring]) -> Result<Vec<StoredFiring>> {
        let t = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("keeping a firing")?;
        let mut new = Vec::new();
        for f in fired {
            let id: Option<i64> = t
                .prepare_cached(
                    "INSERT OR IGNORE INTO firing (alert, name, series, \"from\", as_of, body, target, made)
                     SELECT id, name, ?2, ?3, ?4, ?5, ?6, ?7 FROM alert WHERE name = ?1 RETURNING id",
                )
                .and_then(|mut s| {
                    let values = params![
                        f.name,
                        f.series,
                        f.from.to_string(),
                        f.as_of.to_string(),
                        f.body.to_string(),
                        f.target,
                        f.made
                    ];
                    s.query_row(values, |r| r.get(0)).optional()
                })
                .doing("keeping a firing")?;
            if let Some(id) = id {
                new.push(StoredFiring { id, ..f.clone() });
            }
        }
        if !new.is_empty() {
            tick(&t)?;
        }
        t.commit().doing("keeping a firing")?;
        Ok(new)
    }

    /// What fired, the latest first, at most `most`; of one alert where it is named.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn firings(&self, name: Option<&str>, most: usize) -> Result<Vec<StoredFiring>> {
        let sql = format!("SELECT {FIRING} FROM firing WHERE ?1 IS NULL OR name = ?1 ORDER BY id DESC LIMIT ?2");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map(params![name, most as i64], firing)?.collect())
            .doing("reading what fired")
    }

    /// What waits to be delivered, of alerts that still stand, the oldest first.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn undelivered(&self) -> Result<Vec<StoredFiring>> {
        let sql = format!("SELECT {FIRING} FROM firing WHERE delivered IS NULL AND alert IS NOT NULL ORDER BY id");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([], firing)?.collect())
            .doing("reading what is to be delivered")
    }

    /// The last day of a check at which a series of a standing alert fired.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn last_fired(&self, name: &str, series: &str) -> Result<Option<Date>> {
        self.connection
            .prepare_cached("SELECT max(as_of) FROM firing WHERE name = ?1 AND series = ?2 AND alert IS NOT NULL")
            .and_then(|mut s| s.query_row([name, series], |r| r.get::<_, Option<String>>(0)))
            .map(rows::date)
            .doing("reading when an alert fired last")
    }

    /// Whether a series of a standing alert fired in the step that begins on a day.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn has_fired(&self, name: &str, series: &str, from: Date) -> Result<bool> {
        self.connection
            .prepare_cached(
                "SELECT 1 FROM firing WHERE name = ?1 AND series = ?2 AND \"from\" = ?3 AND alert IS NOT NULL",
            )
            .and_then(|mut s| s.exists(params![name, series, from.to_string()]))
            .doing("reading whether an alert fired")
    }

    /// Notes a try at delivery: when it went through, or why it did not.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn delivered(&mut self, id: i64, outcome: std::result::Result<&str, &str>) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE firing SET tries = tries + 1, delivered = ?2, fault = ?3 WHERE id = ?1")
            .and_then(|mut s| s.execute(params![id, outcome.ok(), outcome.err()]))
            .doing("noting a delivery")?;
        tick(&self.connection)?;
        Ok(())
    }
}
