//! What a person sets.

use std::path::PathBuf;
use std::str::FromStr;

use forewarn_ledger::{Step, StoredAlert};

/// Why an alert cannot be set or checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Words that mean nothing here: what was found and what is expected.
    #[error("{0}")]
    Misuse(String),
    /// The ledger's.
    #[error(transparent)]
    Ledger(#[from] forewarn_ledger::Error),
    /// Of what was told on a day.
    #[error(transparent)]
    Answer(#[from] forewarn_answer::Error),
}

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

fn misuse<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::Misuse(what.into()))
}

/// What an alert's series are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One series of all that the filter holds for.
    All,
    /// A series for each actor and recipient.
    Dyad,
    /// A series for each two, whoever acts.
    Pair,
    /// A series for each country.
    Country,
}

/// When it fires.
#[derive(Clone, Debug, PartialEq)]
pub enum Above {
    /// When a step's happenings are at least so many spreads above what is usual: see [`crate::score`].
    Z(f64),
    /// When a step has at least so many happenings.
    Count(f64),
    /// When the probability of force between two within 90 days differs by so much from that of a week (or, with steps of
    /// a month, 30 days) before.
    Forecast {
        /// The difference, 0 to 1.
        change: f64,
        /// The codes of the two.
        pair: (String, String),
    },
}

/// Where it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// In the log, out of which the desk makes a feed.
    Log,
    /// In an Atom file that is written anew.
    Atom(PathBuf),
    /// As a line of JSON at the end of a file.
    File(PathBuf),
    /// To an address of the web, as JSON.
    Webhook(String),
}

/// An alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// The filter as it was written; read anew at each check, so that what is relative in it stays so.
    pub filter: String,
    /// What its series are of.
    pub by: By,
    /// How time is cut.
    pub step: Step,
    /// When it fires.
    pub above: Above,
    /// Days for which a series that fired stays silent.
    pub cooldown: u32,
    /// Where it is told.
    pub target: Target,
}

impl FromStr for By {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        Ok(match word {
            "all" => Self::All,
            "dyad" => Self::Dyad,
            "pair" => Self::Pair,
            "country" => Self::Country,
            _ => return misuse(format!("`{word}` is not among all, dyad, pair, country")),
        })
    }
}

impl By {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Dyad => "dyad",
            Self::Pair => "pair",
            Self::Country => "country",
        }
    }
}

impl Above {
    /// Reads `z=3` or `count=10`.
    ///
    /// # Errors
    /// When it is neither, or no number above 0.
    pub fn read(text: &str) -> Result<Self> {
        let (what, number) = text.split_once('=').unwrap_or((text, ""));
        let level = number.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
        match (what.trim(), level) {
            ("z", Some(level)) => Ok(Self::Z(level)),
            ("count", Some(level)) => Ok(Self::Count(level)),
            _ => misuse(format!("`{text}` is no threshold; write z=3 or count=10")),
        }
    }
}

impl FromStr for Target {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let path = |rest: &str| match rest {
            "" => misuse(format!("`{text}` names no file")),
            rest => Ok(PathBuf::from(rest)),
        };
        if text == "atom" {
            return Ok(Self::Log);
        }
        match text.split_once(':') {
            Some(("atom", rest)) => path(rest).map(Self::Atom),
            Some(("file", rest)) => path(rest).map(Self::File),
            Some(("webhook", url)) => {
                let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
                let host = rest.map(|r| r.split(['/', '?', '#']).next().unwrap_or(""));
                match host {
                    Some(host)
                        if !host.is_empty() && !host.contains('@') && url.chars().all(|c| c.is_ascii_graphic()) =>
                    {
                        Ok(Self::Webhook(url.to_owned()))
                    }
                    _ => misuse(format!("`{url}` is no address that begins with http:// or https:// and a host")),
                }
            }
            _ => misuse(format!("`{text}` is none of atom, atom:PATH, file:PATH, webhook:URL")),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Log => f.write_str("atom"),
            Self::Atom(path) => write!(f, "atom:{}", path.display()),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Webhook(url) => write!(f, "webhook:{url}"),
        }
    }
}

/// Reads the word of a step.
fn step(word: &str) -> Result<Step> {
    Ok(match word {
        "day" => Step::Day,
        "week" => Step::Week,
        "month" => Step::Month,
        _ => return misuse(format!("`{word}` is not among day, week, month")),
    })
}

/// The word of a step.
pub(crate) fn step_word(step: Step) -> &'static str {
    match step {
        Step::Day => "day",
        Step::Week => "week",
        Step::Month => "month",
    }
}

impl Alert {
    /// The alert as the ledger keeps it; `made` is the time in ISO 8601.
    pub fn stored(&self, made: &str) -> StoredAlert {
        let (above, level, pair) = match &self.above {
            Above::Z(level) => ("z", *level, None),
            Above::Count(level) => ("count", *level, None),
            Above::Forecast { change, pair: (a, b) } => ("forecast", *change, Some(format!("{a}:{b}"))),
        };
        StoredAlert {
            name: self.name.clone(),
            filter: self.filter.clone(),
            by: self.by.as_str().to_owned(),
            step: step_word(self.step).to_owned(),
            above: above.to_owned(),
            level,
            pair,
            cooldown: self.cooldown,
            target: self.target.to_string(),
            made: made.to_owned(),
        }
    }

    /// The alert that the ledger keeps.
    ///
    /// # Errors
    /// When the ledger holds words that this program does not know.
    pub fn of(stored: &StoredAlert) -> Result<Self> {
        let above = match (stored.above.as_str(), stored.pair.as_deref().and_then(|p| p.split_once(':'))) {
            ("z", _) => Above::Z(stored.level),
            ("count", _) => Above::Count(stored.level),
            ("forecast", Some((a, b))) => Above::Forecast { change: stored.level, pair: (a.to_owned(), b.to_owned()) },
            (other, _) => return misuse(format!("alert {}: `{other}` is no threshold", stored.name)),
        };
        Ok(Self {
            name: stored.name.clone(),
            filter: stored.filter.clone(),
            by: stored.by.parse()?,
            step: step(&stored.step)?,
            above,
            cooldown: stored.cooldown,
            target: stored.target.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_set() {
        for (above, target) in [
            (Above::Z(2.5), "atom"),
            (Above::Count(10.0), "file:alerts.jsonl"),
            (Above::Forecast { change: 0.1, pair: ("SRB".into(), "XKX".into()) }, "webhook:https://example.org/in?x=1"),
            (Above::Z(3.0), "atom:feed.xml"),
        ] {
            let alert = Alert {
                name: "north".into(),
                filter: "type:ASSAULT".into(),
                by: By::Pair,
                step: Step::Week,
                above,
                cooldown: 7,
                target: target.parse().expect("a target"),
            };
            assert_eq!(alert.target.to_string(), target);
            assert_eq!(Alert::of(&alert.stored("2026-01-01T00:00:00Z")).expect("is read"), alert);
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for bad in ["", "mail:a@b.example", "file:", "atom:", "webhook:ftp://example.org", "webhook:http://"] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
        for bad in ["webhook:http://user:word@example.org/", "webhook:https://example.org/a b", "webhook:example.org"] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
        for bad in ["z", "z=", "z=0", "z=-1", "z=nan", "z=inf", "mean=3", "3"] {
            assert!(Above::read(bad).is_err(), "{bad}");
        }
        assert_eq!(Above::read("z=3").expect("a threshold"), Above::Z(3.0));
    }
}
