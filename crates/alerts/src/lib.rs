//! Alerts: named filters whose series are held to their own past, and forecasts held to those of a week before.
//!
//! [`Alert`] is what a person sets, [`check`] and [`forecast`] say what fires on a day, [`message`] and [`feed`] put it into
//! words with links to its evidence. Alerts and firings are kept by the ledger. Nothing is sent from here: no clock, no
//! socket, no file.
//!
//! *Invariant*: a check of day D rests on nothing published after D, and checking twice fires once (`docs/alerts.md`).

mod alert;
mod check;
mod threshold;
mod words;

pub use alert::{Above, Alert, By, Error, Result, Target};
pub use check::{Checked, check, forecast};
pub use threshold::{Past, Score, score};
pub use words::{evidence, feed, line, message, name, page, summary};
