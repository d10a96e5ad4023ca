//! One term of a filter.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::field::{Field, Kind, Op};
use crate::value::Value;

/// One condition. Two terms are equal when they mean the same, wherever they stood.
#[derive(Clone, Debug, Serialize)]
pub struct Term {
    /// What is asked about.
    pub field: Field,
    /// Whether the condition is turned round: it holds where the rest does not, so also where nothing is known.
    pub not: bool,
    /// How field and values are compared; [`Op::Is`] wherever there are several values.
    pub op: Op,
    /// The values, any of which will do: at least one, sorted by their words, none twice.
    pub values: Vec<Value>,
    /// Its bytes in the text that was parsed.
    #[serde(skip)]
    pub span: Range<usize>,
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        (self.field, self.not, self.op) == (other.field, other.not, other.op) && self.values == other.values
    }
}

impl Term {
    /// For fields of days: the first and the last day that each value allows, none for an open end; empty for other
    /// fields. `since:2023-09` and `published>=2023-09` allow from 2023-09-01 on, `until:2023-09` and
    /// `published<=2023-09` up to 2023-09-30, `published<2023-09` up to 2023-08-31, `asof:2023-09` up to 2023-09-30.
    pub fn allowed_days(&self) -> Vec<(Option<Date>, Option<Date>)> {
        let op = match self.field {
            Field::Since => Op::Ge,
            Field::Until | Field::AsOf => Op::Le,
            _ => self.op,
        };
        self.values
            .iter()
            .filter_map(|v| match v {
                Value::Days(days) => Some(*days),
                _ => None,
            })
            .map(|days| match op {
                Op::Is => (Some(days.first), Some(days.last)),
                Op::Ge => (Some(days.first), None),
                Op::Le => (None, Some(days.last)),
                // At either end of the calendar no day is left: an interval that ends before it begins.
                Op::Gt => days.last.tomorrow().map_or((Some(Date::MAX), Some(Date::MIN)), |d| (Some(d), None)),
                Op::Lt => days.first.yesterday().map_or((Some(Date::MAX), Some(Date::MIN)), |d| (None, Some(d))),
            })
            .collect()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.not {
            f.write_str("-")?;
        }
        // Bare, these three would be taken for operators.
        let joint = matches!(self.values.as_slice(), [Value::Text(t)] if matches!(t.as_str(), "AND" | "OR" | "NOT"));
        let bare = self.field == Field::Text && self.values.len() == 1 && !joint;
        if !bare {
            write!(f, "{}", self.field)?;
            match self.field.info().kind {
                Kind::Count | Kind::Number(..) if self.op == Op::Is => f.write_str("=")?,
                _ => write!(f, "{}", self.op)?,
            }
        }
        for (i, value) in self.values.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            write!(f, "{value}")?;
        }
        Ok(())
    }
}
