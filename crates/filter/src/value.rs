//! Checked values.

use std::fmt;

use forewarn_codebook::EventType;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use crate::area::{Area, Circle};

/// One checked value of a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A PLOVER type.
    #[serde(serialize_with = "type_name")]
    Type(EventType),
    /// A PLOVER mode, of this type only where one is given.
    Mode {
        /// The type.
        #[serde(rename = "type", serialize_with = "some_type_name")]
        event: Option<EventType>,
        /// The mode.
        mode: SmolStr,
    },
    /// A quad class, 1 to 4.
    Quad(u8),
    /// A CAMEO code: it and every code that begins with it.
    Cameo(SmolStr),
    /// A word to match exactly: an id, a country's code, a word of a closed list.
    Word(SmolStr),
    /// Words to find, in this order.
    Text(String),
    /// Words to find, in this order, the last of which only begins so.
    Prefix(String),
    /// One party.
    Party(PartySpec),
    /// Two parties.
    Dyad(Dyad),
    /// A time.
    Days(Days),
    /// A box of coordinates.
    Area(Area),
    /// A circle round a point.
    Circle(Circle),
    /// A whole number.
    Count(u64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// What a party must be: everything that is given must hold of one and the same party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartySpec {
    /// ISO 3166-1 alpha-3, Kosovo `XKX`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<SmolStr>,
    /// PLOVER sector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<SmolStr>,
    /// Code of an organisation or armed group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<SmolStr>,
    /// Ethnic or religious code, three lower-case letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<SmolStr>,
    /// Words to find in the party's words, person or in what it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl PartySpec {
    /// Whether nothing is asked of the party (`*`): a side without any party passes too.
    pub fn is_anyone(&self) -> bool {
        *self == Self::default()
    }
}

/// Two parties, one on each side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dyad {
    /// Among the actors.
    pub actor: PartySpec,
    /// Among the recipients.
    pub recipient: PartySpec,
    /// Whether the two may change sides.
    pub either_way: bool,
}

/// A time of whole days, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// First day.
    pub first: Date,
    /// Last day, not before the first.
    pub last: Date,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature.
fn type_name<S: Serializer>(event: &EventType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(event.as_str())
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)] // serde's signature.
fn some_type_name<S: Serializer>(event: &Option<EventType>, serializer: S) -> Result<S::Ok, S::Error> {
    event.map(EventType::as_str).serialize(serializer)
}

/// `text` as a filter has it: in quotes unless it is plain.
pub(crate) struct Quoted<'t>(pub &'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '\'' | '’' | '&' | '+' | '#');
        if !self.0.is_empty() && self.0.chars().all(plain) && !self.0.starts_with('-') {
            return f.write_str(self.0);
        }
        in_quotes(self.0, f)
    }
}

/// `text` in quotes.
fn in_quotes(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(event) => f.write_str(event.as_str()),
            Self::Mode { event: Some(event), mode } => write!(f, "{}/{mode}", event.as_str()),
            Self::Mode { event: None, mode } => f.write_str(mode),
            Self::Quad(class) => write!(f, "{class}"),
            Self::Cameo(code) => f.write_str(code),
            Self::Word(word) => Quoted(word).fmt(f),
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Prefix(text) => write!(f, "{}*", Quoted(text)),
            Self::Party(party) => party.fmt(f),
            Self::Dyad(dyad) => dyad.fmt(f),
            Self::Days(days) => days.fmt(f),
            Self::Area(area) => area.fmt(f),
            Self::Circle(circle) => circle.fmt(f),
            Self::Count(count) => write!(f, "{count}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
        }
    }
}

impl fmt::Display for PartySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_anyone() {
            return f.write_str("*");
        }
        let mut dot = "";
        for part in [&self.country, &self.group, &self.ethnicity, &self.sector].into_iter().flatten() {
            write!(f, "{dot}{}", Quoted(part))?;
            dot = ".";
        }
        match &self.words {
            Some(words) => {
                f.write_str(dot)?;
                in_quotes(words, f)
            }
            None => Ok(()),
        }
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.actor, if self.either_way { "<>" } else { ">" }, self.recipient)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        if first == last {
            write!(f, "{first}")
        } else if first.first_of_year() == first && first.last_of_year() == last {
            write!(f, "{:04}", first.year())
        } else if first.first_of_month() == first && first.last_of_month() == last {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else {
            write!(f, "{first}..{last}")
        }
    }
}
