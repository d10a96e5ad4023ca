//! Facets: how what a filter holds for is spread over types, countries, publishers and so on.

use forewarn_filter::{Field, Filter};
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::query::condition::{Plan, Target, Use, conditions, plan};
use crate::store::Ledger;

/// Claims or incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Claims, and events of foreign sets.
    Claims,
    /// Incidents.
    Incidents,
}

impl Of {
    fn target(self) -> Target {
        match self {
            Self::Claims => Target::Claims,
            Self::Incidents => Target::Incidents,
        }
    }
}

/// A value with how many have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value, as the filter language writes it.
    pub value: String,
    /// How many of what was counted.
    pub count: u64,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Its name in the filter language.
    pub field: &'static str,
    /// The values that most have, by falling count, then value.
    pub values: Vec<FacetValue>,
    /// How many more values there are.
    pub others: usize,
    /// How many rows were counted, and whether they were all. A field that the filter speaks of is counted without its own
    /// terms, so that one can switch between its values.
    pub counted: u64,
    /// Whether these are all that fit.
    pub whole: bool,
}

/// Where the value of a facet stands.
enum Source {
    /// In a column of the row.
    Column(&'static str),
    /// In one of the two sides of its dyads.
    Side(&'static str),
    /// In the report or reports that tell it.
    Publisher,
}

/// The facets of claims and of incidents: the field, its name in the filter language, where its value stands.
fn fields(of: Of) -> [(Field, &'static str, Source); 8] {
    let told = match of {
        Of::Claims => (Field::Factuality, "factuality", Source::Column("factuality")),
        Of::Incidents => (Field::Status, "status", Source::Column("status")),
    };
    [
        (Field::Type, "type", Source::Column("event_type")),
        (Field::Quad, "quad", Source::Column("quad_class")),
        told,
        (Field::Country, "country", Source::Column("country")),
        (Field::Date, "date", Source::Column("substr({}.day, 1, 4)")),
        (Field::Actor, "actor", Source::Side("actor")),
        (Field::Recipient, "recipient", Source::Side("recipient")),
        (Field::Publisher, "publisher", Source::Publisher),
    ]
}

impl Ledger {
    /// How what the filter holds for is spread over the values of eight fields: `top` values of each, counted over at most
    /// `most` rows (the first that are found; which those are says nothing).
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn facets(&self, filter: &Filter, of: Of, top: usize, most: usize) -> Result<Vec<Facet>> {
        let whole = self.found(filter, of, most)?;
        let mut out = Vec::new();
        for (field, name, source) in fields(of) {
            let spoken_of = filter.about(field).next().is_some();
            let ids = if spoken_of {
                let others = Filter { terms: filter.terms.iter().filter(|t| t.field != field).cloned().collect() };
                &self.found(&others, of, most)?
            } else {
                &whole
            };
            let mut values = self.values(ids, of, &source)?;
            let all = values.len();
            values.truncate(top);
            out.push(Facet {
                field: name,
                values,
                others: all.saturating_sub(top),
                counted: ids.len() as u64,
                whole: ids.len() < most,
            });
        }
        Ok(out)
    }

    /// Rows for which the filter holds, at most `most`.
    fn found(&self, filter: &Filter, of: Of, most: usize) -> Result<Vec<i64>> {
        let target = of.target();
        let conditions = conditions(&self.connection, filter, target)?;
        let Plan { from, clause } = plan(&self.connection, &conditions, target, Use::All)?;
        let sql = format!("SELECT {}.id FROM {from} WHERE {} LIMIT {most}", target.alias(), clause.sql);
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map(params_from_iter(&clause.values), |r| r.get(0))?.collect())
            .doing("finding rows to count")
    }

    /// The values of some rows with their counts, most first.
    fn values(&self, ids: &[i64], of: Of, source: &Source) -> Result<Vec<FacetValue>> {
        let target = of.target();
        let (from, alias) = (target.from(), target.alias());
        let rows = "SELECT value AS id FROM json_each(?1)";
        let sql = match (source, of) {
            (Source::Column(column), _) => {
                let column =
                    if column.contains("{}") { column.replace("{}", alias) } else { format!("{alias}.{column}") };
                format!("SELECT {column}, count(*) FROM ({rows}) m CROSS JOIN {from} ON {alias}.id = m.id GROUP BY 1")
            }
            (Source::Side(side), Of::Claims) => format!(
                "SELECT v, count(*) FROM (SELECT DISTINCT d.claim, d.{side} AS v FROM ({rows}) m
                 CROSS JOIN dyad d ON d.claim = m.id) GROUP BY 1"
            ),
            (Source::Side(side), Of::Incidents) => format!(
                "SELECT v, count(*) FROM (SELECT DISTINCT d.incident, d.{side} AS v FROM ({rows}) m
                 CROSS JOIN incident_dyad d ON d.incident = m.id) GROUP BY 1"
            ),
            (Source::Publisher, Of::Claims) => format!(
                "SELECT r.publisher, count(*) FROM ({rows}) m CROSS JOIN claim c ON c.id = m.id
                 CROSS JOIN report r ON r.id = c.report GROUP BY 1"
            ),
            (Source::Publisher, Of::Incidents) => format!(
                "SELECT v, count(*) FROM (SELECT DISTINCT b.incident, r.publisher AS v FROM ({rows}) m
                 CROSS JOIN member b ON b.incident = m.id CROSS JOIN claim c ON c.id = b.claim
                 CROSS JOIN report r ON r.id = c.report) GROUP BY 1"
            ),
        };
        let list = crate::write::json(&ids);
        let found: Vec<(Option<String>, i64)> = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_map([list], |r| {
                    let value = match r.get_ref(0)? {
                        rusqlite::types::ValueRef::Integer(n) => Some(n.to_string()),
                        rusqlite::types::ValueRef::Text(t) => Some(String::from_utf8_lossy(t).into_owned()),
                        _ => None,
                    };
                    Ok((value, r.get(1)?))
                })?
                .collect()
            })
            .doing("counting values")?;
        let mut out: Vec<FacetValue> = found
            .into_iter()
            .filter_map(|(value, count)| {
                let value = value.filter(|v| !v.is_empty())?;
                Some(FacetValue { value, count: count as u64 })
            })
            .collect();
        out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(out)
    }
}
