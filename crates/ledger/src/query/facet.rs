//! Facets: how what a filter holds for is spread over types, countries, publishers and so on.

use forewarn_filter::{Field, Filter};
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::query::condition::{Target, Use, conditions, plan};
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// In a column of the row: of [`columns`], this one.
    Column(usize),
    /// In one of the two sides of its dyads: 0 the actor, 1 the recipient.
    Side(usize),
    /// In the report or reports that tell it.
    Publisher,
}

/// What is read of a row.
fn columns(of: Of) -> [&'static str; 5] {
    match of {
        Of::Claims => ["c.event_type", "c.quad_class", "c.factuality", "c.country", "substr(c.day, 1, 4)"],
        Of::Incidents => ["i.event_type", "i.quad_class", "i.status", "i.country", "substr(i.day, 1, 4)"],
    }
}

/// The facets of claims and of incidents: the field, its name in the filter language, where its value stands.
fn fields(of: Of) -> [(Field, &'static str, Source); 8] {
    let told = match of {
        Of::Claims => (Field::Factuality, "factuality", Source::Column(2)),
        Of::Incidents => (Field::Status, "status", Source::Column(2)),
    };
    [
        (Field::Type, "type", Source::Column(0)),
        (Field::Quad, "quad", Source::Column(1)),
        told,
        (Field::Country, "country", Source::Column(3)),
        (Field::Date, "date", Source::Column(4)),
        (Field::Actor, "actor", Source::Side(0)),
        (Field::Recipient, "recipient", Source::Side(1)),
        (Field::Publisher, "publisher", Source::Publisher),
    ]
}

/// Values with their counts.
type Counts = FxHashMap<String, u64>;

/// Rows for which a filter holds, and what their columns say.
struct Found {
    ids: Vec<i64>,
    columns: [Counts; 5],
}

impl Ledger {
    /// How what the filter holds for is spread over the values of eight fields: `top` values of each, counted over at most
    /// `most` rows: the latest where the filter is bounded in time or names a type, a country or a party, otherwise the first
    /// that are found.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn facets(&self, filter: &Filter, of: Of, top: usize, most: usize) -> Result<Vec<Facet>> {
        let spoken_of = |field: Field| filter.about(field).next().is_some();
        let whole = self.found(filter, of, most, true)?;
        // Both sides stand in one row of the dyads: one question gives them.
        let mut sides = self.sides(&whole.ids, of)?;
        let mut columns = whole.columns;
        let mut out = Vec::new();
        for (field, name, source) in fields(of) {
            // What switches between values of the filter's own terms costs a search each: fewer rows are looked at.
            let most = if spoken_of(field) { most.div_ceil(2) } else { most };
            let (counts, counted) = if spoken_of(field) {
                let others = Filter { terms: filter.terms.iter().filter(|t| t.field != field).cloned().collect() };
                let mut rest = self.found(&others, of, most, matches!(source, Source::Column(_)))?;
                let counts = match source {
                    Source::Column(at) => std::mem::take(&mut rest.columns[at]),
                    Source::Side(at) => std::mem::take(&mut self.sides(&rest.ids, of)?[at]),
                    Source::Publisher => self.publishers(&rest.ids, of)?,
                };
                (counts, rest.ids.len())
            } else {
                let counts = match source {
                    Source::Column(at) => std::mem::take(&mut columns[at]),
                    Source::Side(at) => std::mem::take(&mut sides[at]),
                    Source::Publisher => self.publishers(&whole.ids, of)?,
                };
                (counts, whole.ids.len())
            };
            let mut values: Vec<FacetValue> =
                counts.into_iter().map(|(value, count)| FacetValue { value, count }).collect();
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            let others = values.len().saturating_sub(top);
            values.truncate(top);
            out.push(Facet { field: name, values, others, counted: counted as u64, whole: counted < most });
        }
        Ok(out)
    }

    /// Rows for which the filter holds, at most `most`, with the counts of their columns' values where those are wanted.
    fn found(&self, filter: &Filter, of: Of, most: usize, wanted: bool) -> Result<Found> {
        let target = of.target();
        let conditions = conditions(&self.connection, filter, target)?;
        // With a bound in time the order of days finds rows soonest; without one, whichever set is smallest does, read as far as
        // it is needed.
        let bounded = [Field::Since, Field::Until, Field::Date, Field::Published, Field::AsOf];
        let by_day = bounded.into_iter().any(|f| filter.about(f).next().is_some());
        let purpose = if by_day { Use::Page } else { Use::Some(most) };
        let plan = plan(&self.connection, &conditions, target, purpose)?;
        let columns = if wanted { format!(", {}", columns(of).join(", ")) } else { String::new() };
        let (id, day) = (plan.id(), plan.day());
        let order =
            if by_day || plan.along { format!(" ORDER BY {day} DESC, {id} DESC LIMIT {most}") } else { String::new() };
        let from = if wanted { &plan.from } else { &plan.keys };
        let clause = plan.clause;
        let sql = format!("SELECT {id}{columns} FROM {from} WHERE {}{order}", clause.sql);
        let mut out = Found { ids: Vec::new(), columns: Default::default() };
        let mut seen: FxHashSet<i64> = FxHashSet::default();
        let mut statement = self.connection.prepare_cached(&sql).doing("finding rows to count")?;
        let mut rows = statement.query(params_from_iter(&clause.values)).doing("finding rows to count")?;
        while out.ids.len() < most
            && let Some(row) = rows.next().doing("finding rows to count")?
        {
            let id = row.get(0).doing("finding rows to count")?;
            if !seen.insert(id) {
                continue;
            }
            out.ids.push(id);
            if wanted {
                for (at, counts) in out.columns.iter_mut().enumerate() {
                    count(counts, row.get_ref(at + 1).doing("counting values")?);
                }
            }
        }
        Ok(out)
    }

    /// How often each code stands on each side: 0 the actor, 1 the recipient.
    fn sides(&self, ids: &[i64], of: Of) -> Result<[Counts; 2]> {
        let sql = match of {
            Of::Claims => {
                "SELECT m.value, d.actor, d.recipient FROM json_each(?1) m
                 CROSS JOIN dyad d INDEXED BY dyad_claim ON d.claim = m.value"
            }
            Of::Incidents => {
                "SELECT m.value, d.actor, d.recipient FROM json_each(?1) m
                 CROSS JOIN incident_dyad d INDEXED BY incident_dyad_incident ON d.incident = m.value"
            }
        };
        let mut out: [Counts; 2] = Default::default();
        self.once_each(sql, ids, &mut out)?;
        Ok(out)
    }

    /// How many each publisher tells of.
    fn publishers(&self, ids: &[i64], of: Of) -> Result<Counts> {
        let sql = match of {
            Of::Claims => {
                "SELECT m.value, r.publisher FROM json_each(?1) m CROSS JOIN claim c ON c.id = m.value
                 CROSS JOIN report r INDEXED BY report_beside ON r.id = c.report"
            }
            Of::Incidents => {
                "SELECT m.value, r.publisher FROM json_each(?1) m CROSS JOIN member b ON b.incident = m.value
                 CROSS JOIN claim c ON c.id = b.claim CROSS JOIN report r INDEXED BY report_beside ON r.id = c.report"
            }
        };
        let mut out: [Counts; 1] = Default::default();
        self.once_each(sql, ids, &mut out)?;
        let [out] = out;
        Ok(out)
    }

    /// Counts the values of a query's columns behind the first, each once for every id in the first. The rows of an id come
    /// one after another.
    fn once_each<const N: usize>(&self, sql: &str, ids: &[i64], out: &mut [Counts; N]) -> Result<()> {
        let list = crate::write::json(&ids);
        let mut statement = self.connection.prepare_cached(sql).doing("counting values")?;
        let mut rows = statement.query([list]).doing("counting values")?;
        let mut id = None;
        let mut had: [Vec<String>; N] = std::array::from_fn(|_| Vec::new());
        while let Some(row) = rows.next().doing("counting values")? {
            let at: i64 = row.get(0).doing("counting values")?;
            if id != Some(at) {
                id = Some(at);
                had.iter_mut().for_each(Vec::clear);
            }
            for (i, counts) in out.iter_mut().enumerate() {
                let value = row.get_ref(i + 1).doing("counting values")?;
                let ValueRef::Text(text) = value else { continue };
                let text = String::from_utf8_lossy(text);
                if !had[i].iter().any(|h| *h == text) {
                    had[i].push(text.into_owned());
                    count(counts, value);
                }
            }
        }
        Ok(())
    }
}

/// Counts a value; nothing and `''` are none.
fn count(counts: &mut Counts, value: ValueRef<'_>) {
    let mut add = |text: &str| {
        if text.is_empty() {
            return;
        }
        if let Some(n) = counts.get_mut(text) {
            *n += 1;
        } else {
            counts.insert(text.to_owned(), 1);
        }
    };
    match value {
        ValueRef::Text(text) => add(&String::from_utf8_lossy(text)),
        ValueRef::Integer(n) => add(&n.to_string()),
        _ => {}
    }
}
