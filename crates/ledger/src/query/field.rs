//! What each field of the filter language means in the ledger's tables.

use forewarn_filter::{Area, Circle, Dyad, Field, Op, PartySpec, Term, Value};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use crate::error::{Doing, Result};
use crate::list;
use crate::query::condition::{Condition, Fragment, Lists, Target};

/// The condition of one term, its `-` left aside.
pub(crate) fn condition(c: &Connection, term: &Term, target: Target) -> Result<Condition> {
    let here = target.alias();
    Ok(match term.field {
        Field::Type => tried(term, |v| {
            let own = indexed(plain(format!("{here}.event_type = ?"), v), target);
            Ok(Condition { lists: Some(lists(c, &[("type", &unquoted(v))], target)?), ..own })
        })?,
        Field::Mode => any(term, |v| {
            if let Value::Mode { event: Some(event), mode } = v {
                let values = vec![text(event.as_str()), text(mode)];
                let both = Fragment::new(format!("{here}.event_type = ? AND {here}.event_mode = ?"), values);
                return indexed(both, target);
            }
            // Without a type the index is leapt through, from each of the few types to the next.
            let check = plain(format!("{here}.event_mode = ?"), v);
            let rows = check.clone().within(&format!("{here}.event_type IN ({}) AND {{}}", types()));
            Condition { check, ..indexed(rows, target) }
        }),
        Field::Quad => either(term, |v| plain(format!("{here}.quad_class = ?"), v)),
        Field::Cameo => either(term, |v| {
            let code = v.to_string();
            let code = code.trim_end_matches('*');
            Fragment::new(
                format!("{here}.cameo >= ? AND {here}.cameo < ?"),
                vec![text(code), Sql::Text(format!("{code}:"))],
            )
        }),
        Field::Context => on_claims(
            target,
            either_fragment(term, |v| {
                Fragment::new(
                    "EXISTS (SELECT 1 FROM json_each(c.contexts) WHERE value = ?)",
                    vec![Sql::Text(v.to_string())],
                )
            }),
        ),
        Field::Factuality => match target {
            Target::Claims => any(term, |v| indexed(plain("c.factuality = ?".into(), v), target)),
            Target::Incidents => on_claims(target, either_fragment(term, |v| plain("c.factuality = ?".into(), v))),
        },
        Field::Confidence => on_claims(target, compared(term, "c.confidence")),
        Field::Run => on_claims(
            target,
            either_fragment(term, |v| Fragment::new("c.run = CAST(? AS INTEGER)", vec![Sql::Text(unquoted(v))])),
        ),
        Field::Goldstein => Condition::check(compared(term, &format!("{here}.goldstein"))),
        Field::Status => on_incident(target, either_fragment(term, |v| plain("i.status = ?".into(), v))),
        Field::Disputed => on_incident(
            target,
            either_fragment(term, |v| {
                Fragment::new("i.disputed_actor = ?", vec![Sql::Integer(i64::from(*v == Value::Flag(true)))])
            }),
        ),
        Field::Reports => on_incident(target, compared(term, "i.reports")),
        Field::Publishers => on_incident(target, compared(term, "i.publishers")),
        Field::Origins => on_incident(target, compared(term, "i.independent_origins")),
        Field::Killed => tally(term, target, "killed"),
        Field::Injured => tally(term, target, "injured"),
        Field::Actor => parties(c, term, target, "actor")?,
        Field::Recipient => parties(c, term, target, "recipient")?,
        Field::Party => parties(c, term, target, "party")?,
        Field::Dyad => any(term, |v| match v {
            Value::Dyad(dyad) => pair(dyad, target),
            _ => Condition::check(nothing()),
        }),
        Field::Country => tried(term, |v| country(c, v, target))?,
        Field::Since | Field::Until | Field::Date => {
            Condition { dated: Some(dated(term)), ..Condition::check(days(term, here, target)) }
        }
        Field::Published | Field::AsOf => published(term, target),
        Field::Place => placed(c, term, target, "name")?,
        Field::Admin1 => placed(c, term, target, "admin1")?,
        Field::Bbox => any(term, |v| match v {
            Value::Area(area) => inside(&boxes(area), target),
            _ => Condition::check(nothing()),
        }),
        Field::Near => any(term, |v| match v {
            Value::Circle(circle) => round(circle, target),
            _ => Condition::check(nothing()),
        }),
        Field::Publisher => publisher(c, term, target)?,
        Field::Voice => on_claims(
            target,
            either_fragment(term, |v| {
                let (words, open) = words_of(v);
                Fragment::new(
                    "EXISTS (SELECT 1 FROM voice v WHERE v.claim = c.id AND (has_words(v.text, ?, ?) OR has_words(v.resolved, ?, ?)))",
                    vec![Sql::Text(words.clone()), open.clone(), Sql::Text(words), open],
                )
            }),
        ),
        Field::Set => match target {
            Target::Claims => either(term, |v| plain("c.\"set\" = ?".into(), v)),
            // Incidents are made of our own claims alone.
            Target::Incidents => {
                let ours = term.values.iter().any(|v| unquoted(v) == "forewarn");
                Condition::check(Fragment::new(if ours { "1" } else { "0" }, Vec::new()))
            }
        },
        Field::Report => rows_on_claims(
            target,
            either_fragment(term, |v| {
                Fragment::new("c.report = (SELECT id FROM report WHERE report_id = ?)", vec![Sql::Text(unquoted(v))])
            }),
        ),
        Field::Language => on_claims(
            target,
            either_fragment(term, |v| {
                Fragment::new(
                    "EXISTS (SELECT 1 FROM report r WHERE r.id = c.report AND r.language = ?)",
                    vec![Sql::Text(unquoted(v))],
                )
            }),
        ),
        Field::Id => identity(term, target),
        Field::Text => evidence(term, target),
    })
}

/// A condition on indexed columns of the target itself.
fn indexed(check: Fragment, target: Target) -> Condition {
    let rows = check.clone().within(&format!(
        "SELECT {}.id FROM {} WHERE {{}}{}",
        target.alias(),
        target.from(),
        current(target)
    ));
    Condition { rows: Some(rows), ..Condition::check(check) }
}

/// The lists of some marks, each a kind and a code.
fn lists(c: &Connection, marks: &[(&str, &str)], target: Target) -> Result<Lists> {
    let mut out = Lists { marks: Vec::with_capacity(marks.len()), count: 0, exact: true };
    for (kind, code) in marks {
        let (mark, claims, incidents) = list::mark(c, kind, code)?.unwrap_or_default();
        out.marks.push(mark);
        out.count += if target == Target::Claims { claims } else { incidents };
    }
    Ok(out)
}

/// All rows of lists, and whether one is among them.
fn listed(lists: &Lists, target: Target) -> (Fragment, Fragment) {
    let (table, here) = (target.table(), target.alias());
    let marks: Vec<Sql> = lists.marks.iter().map(|&m| Sql::Integer(m)).collect();
    let places = vec!["?"; marks.len()].join(", ");
    let rows = Fragment::new(format!("SELECT o.{table} FROM {table}_list o WHERE o.mark IN ({places})"), marks.clone());
    let check = Fragment::new(
        format!(
            "EXISTS (SELECT 1 FROM {table}_list o WHERE o.mark IN ({places}) AND o.{table} = {here}.id
             AND o.day = coalesce(unixepoch({here}.day) / 86400, {}))",
            list::NO_DAY
        ),
        marks,
    );
    (rows, check)
}

/// The types, as a list in SQL.
fn types() -> String {
    forewarn_codebook::EventType::ALL.iter().map(|t| format!("'{}'", t.as_str())).collect::<Vec<_>>().join(", ")
}

/// A word of the filter without the quotes that its canonical form may need.
fn unquoted(v: &Value) -> String {
    match v {
        Value::Word(word) => word.to_string(),
        Value::Text(text) | Value::Prefix(text) => text.clone(),
        other => other.to_string(),
    }
}

fn text(s: &str) -> Sql {
    Sql::Text(s.to_owned())
}

fn nothing() -> Fragment {
    Fragment::new("0", Vec::new())
}

fn plain(sql: String, v: &Value) -> Fragment {
    let value = match v {
        Value::Quad(n) => Sql::Integer(i64::from(*n)),
        Value::Mode { mode, .. } => text(mode),
        other => Sql::Text(unquoted(other)),
    };
    Fragment::new(sql, vec![value])
}

fn either_fragment(term: &Term, one: impl Fn(&Value) -> Fragment) -> Fragment {
    Fragment::any(term.values.iter().map(one).collect())
}

fn either(term: &Term, one: impl Fn(&Value) -> Fragment) -> Condition {
    Condition::check(either_fragment(term, one))
}

/// Any of several conditions: its rows are all of theirs together, where each has them.
fn any(term: &Term, one: impl Fn(&Value) -> Condition) -> Condition {
    union(term.values.iter().map(one).collect())
}

/// The same of conditions that are looked for in the ledger.
fn tried(term: &Term, one: impl Fn(&Value) -> Result<Condition>) -> Result<Condition> {
    Ok(union(term.values.iter().map(one).collect::<Result<_>>()?))
}

fn union(mut list: Vec<Condition>) -> Condition {
    if list.len() == 1
        && let Some(only) = list.pop()
    {
        return only;
    }
    let gathered = |of: &dyn Fn(&Condition) -> Option<Fragment>| {
        let rows: Option<Vec<Fragment>> = list.iter().map(of).collect();
        rows.filter(|r| !r.is_empty()).map(|rows| {
            let mut out = Fragment::default();
            for (i, f) in rows.into_iter().enumerate() {
                if i > 0 {
                    out.sql.push_str(" UNION ALL ");
                }
                out.sql.push_str("SELECT * FROM (");
                out.sql.push_str(&f.sql);
                out.sql.push(')');
                out.values.extend(f.values);
            }
            out
        })
    };
    // With what they have in common: telling doubles apart costs more than counting them, and who makes a set of the rows
    // or takes them one by one does it anyway.
    let rows = gathered(&|c| c.rows.clone());
    let size = rows.is_some().then(|| gathered(&|c| c.size.clone().or_else(|| c.rows.clone()))).flatten();
    let lists = list.iter().map(|c| c.lists.clone()).reduce(|a, b| {
        let (mut a, b) = a.zip(b)?;
        a.marks.extend(b.marks);
        Some(Lists { count: a.count + b.count, exact: a.exact && b.exact, ..a })
    });
    let check = Fragment::any(list.into_iter().map(|c| c.check).collect());
    Condition { rows, size, lists: lists.flatten(), ..Condition::check(check) }
}

/// A condition on claims: of an incident, it holds where a claim of it has it.
fn on_claims(target: Target, check: Fragment) -> Condition {
    Condition::check(match target {
        Target::Claims => check,
        Target::Incidents => check
            .within("EXISTS (SELECT 1 FROM member m JOIN claim c ON c.id = m.claim WHERE m.incident = i.id AND ({}))"),
    })
}

/// The same with the rows that an index on claims gives.
fn rows_on_claims(target: Target, check: Fragment) -> Condition {
    let rows = match target {
        Target::Claims => check.clone().within("SELECT c.id FROM claim c WHERE {}"),
        Target::Incidents => {
            check.clone().within("SELECT m.incident FROM claim c CROSS JOIN member m ON m.claim = c.id WHERE ({})")
        }
    };
    Condition { rows: Some(rows), ..on_claims(target, check) }
}

/// A condition on incidents: of a claim, it holds where its incident has it.
fn on_incident(target: Target, check: Fragment) -> Condition {
    Condition::check(match target {
        Target::Incidents => check,
        Target::Claims => check.within(
            "EXISTS (SELECT 1 FROM member m JOIN incident i ON i.id = m.incident WHERE m.claim = c.id AND ({}))",
        ),
    })
}

/// A figure compared.
fn compared(term: &Term, column: &str) -> Fragment {
    let op = match term.op {
        Op::Is => "=",
        other => other.as_str(),
    };
    either_fragment(term, |v| {
        let value = match v {
            Value::Count(n) => Sql::Integer(i64::try_from(*n).unwrap_or(i64::MAX)),
            Value::Number(n) => Sql::Real(*n),
            _ => Sql::Null,
        };
        Fragment::new(format!("{column} {op} ?"), vec![value])
    })
}

/// Persons: the best reading, and where there is none the nearer bound.
fn tally(term: &Term, target: Target, what: &str) -> Condition {
    match target {
        Target::Incidents => {
            Condition::check(compared(term, &format!("coalesce(i.{what}_best, i.{what}_low, i.{what}_high)")))
        }
        Target::Claims => {
            // Several numbers of one claim (attackers, an officer) are one toll.
            let sum = format!(
                "(SELECT sum(coalesce(n.best, n.low, n.high)) FROM tally n WHERE n.claim = c.id AND n.what = '{what}')"
            );
            Condition::check(compared(term, &sum))
        }
    }
}

/// What is asked of one party, on the table of parties under the alias `p`.
fn party(spec: &PartySpec) -> Fragment {
    let mut parts = Vec::new();
    for (column, value) in [
        ("p.country", &spec.country),
        ("p.sector", &spec.sector),
        ("p.\"group\"", &spec.group),
        ("p.ethnicity", &spec.ethnicity),
    ] {
        if let Some(value) = value {
            parts.push(Fragment::new(format!("{column} = ?"), vec![text(value)]));
        }
    }
    if let Some(words) = &spec.words {
        parts.push(Fragment::new(
            "(has_words(p.text, ?, 0) OR has_words(p.person, ?, 0) OR has_words(p.resolved, ?, 0))",
            vec![text(words); 3],
        ));
    }
    Fragment::all(parts)
}

/// The code under which a party stands in the table of pairs, if it has one there.
fn code(spec: &PartySpec) -> Option<&str> {
    // An ethnic code stands there only of those without state and group: not to be relied on.
    spec.group.as_deref().or(spec.country.as_deref())
}

/// Whether that code says all that is asked.
fn is_code_alone(spec: &PartySpec) -> bool {
    spec.sector.is_none()
        && spec.ethnicity.is_none()
        && spec.words.is_none()
        && (spec.group.is_none() || spec.country.is_none())
}

fn side_check(spec: &PartySpec, side: &str, target: Target) -> Fragment {
    let check = party(spec)
        .within(&format!("EXISTS (SELECT 1 FROM party p WHERE p.claim = c.id AND p.side = '{side}' AND ({{}}))"));
    on_claims(target, check).check
}

/// The table of pairs and the column with the row.
fn pairs(target: Target) -> (&'static str, &'static str) {
    match target {
        Target::Claims => ("dyad", "claim"),
        Target::Incidents => ("incident_dyad", "incident"),
    }
}

fn parties(c: &Connection, term: &Term, target: Target, side: &str) -> Result<Condition> {
    tried(term, |v| {
        let Value::Party(spec) = v else { return Ok(Condition::check(nothing())) };
        one_party(c, spec, side, target)
    })
}

/// A party on a side: `actor`, `recipient`, or `party` for either.
fn one_party(c: &Connection, spec: &PartySpec, side: &str, target: Target) -> Result<Condition> {
    if spec.is_anyone() {
        return Ok(Condition::check(Fragment::new("1", Vec::new())));
    }
    let sides: &[&str] = if side == "party" { &["actor", "recipient"] } else { &[side] };
    let check = Fragment::any(sides.iter().map(|side| side_check(spec, side, target)).collect());
    let mark = match (&spec.group, &spec.country) {
        (Some(group), _) => (format!("{side}_group"), group),
        (None, Some(country)) => (side.to_owned(), country),
        (None, None) => return Ok(Condition::check(check)),
    };
    let lists = Lists { exact: is_code_alone(spec), ..lists(c, &[(&mark.0, mark.1)], target)? };
    let (all, among) = listed(&lists, target);
    Ok(if lists.exact {
        // A replaced claim stands on no list, and an earlier run is asked for it all the same.
        let check = if target == Target::Incidents { among } else { check };
        Condition { rows: Some(all), lists: Some(lists), ..Condition::check(check) }
    } else {
        let rows = narrowed(all.clone(), target.table(), &check, target);
        Condition { rows: Some(rows), size: Some(all), lists: Some(lists), ..Condition::check(check) }
    })
}

/// The rows for which a check holds too.
fn narrowed(rows: Fragment, row: &str, check: &Fragment, target: Target) -> Fragment {
    let here = target.alias();
    let from = target.from();
    let sql = format!("SELECT {here}.id FROM ({{}}) d CROSS JOIN {from} ON {here}.id = d.{row} WHERE ({})", check.sql);
    let mut out = rows.within(&sql);
    out.values.extend(check.values.clone());
    out
}

fn pair(dyad: &Dyad, target: Target) -> Condition {
    let mut list = vec![one_way(&dyad.actor, &dyad.recipient, target)];
    if dyad.either_way {
        list.push(one_way(&dyad.recipient, &dyad.actor, target));
    }
    union(list)
}

fn one_way(actor: &PartySpec, recipient: &PartySpec, target: Target) -> Condition {
    let (table, row) = pairs(target);
    let here = target.alias();
    let mut checks = Vec::new();
    let mut codes = Vec::new();
    for (side, spec) in [("actor", actor), ("recipient", recipient)] {
        if spec.is_anyone() {
            continue;
        }
        match code(spec) {
            Some(code) if is_code_alone(spec) => codes.push((side, code)),
            other => {
                checks.push(side_check(spec, side, target));
                codes.extend(other.map(|c| (side, c)));
            }
        }
    }
    if codes.is_empty() {
        return Condition::check(Fragment::all(checks));
    }
    let on = codes.iter().map(|(side, _)| format!("d.{side} = ?")).collect::<Vec<_>>().join(" AND ");
    let values: Vec<Sql> = codes.iter().map(|(_, c)| text(c)).collect();
    let rows = Fragment::new(format!("SELECT d.{row} FROM {table} d WHERE {on}"), values.clone());
    let index = if target == Target::Claims { "dyad_claim" } else { "incident_dyad_incident" };
    let mut all = vec![Fragment::new(
        format!("EXISTS (SELECT 1 FROM {table} d INDEXED BY {index} WHERE d.{row} = {here}.id AND {on})"),
        values,
    )];
    all.extend(checks.iter().cloned());
    let size = Some(rows.clone());
    let rows = if checks.is_empty() { rows } else { narrowed(rows, row, &Fragment::all(checks), target) };
    Condition { rows: Some(rows), size, ..Condition::check(Fragment::all(all)) }
}

fn country(c: &Connection, v: &Value, target: Target) -> Result<Condition> {
    let Value::Word(code) = v else { return Ok(Condition::check(nothing())) };
    let lists = lists(c, &[("country", code)], target)?;
    let (rows, among) = listed(&lists, target);
    let check = match target {
        Target::Incidents => among,
        Target::Claims => Fragment::new(
            "EXISTS (SELECT 1 FROM party p WHERE p.claim = c.id AND p.country = ?)
             OR EXISTS (SELECT 1 FROM place pl WHERE pl.id = c.place AND pl.country = ?)",
            vec![text(code); 2],
        ),
    };
    Ok(Condition { rows: Some(rows), lists: Some(lists), ..Condition::check(check) })
}

/// The condition under which the indexes of a table hold a row.
fn current(target: Target) -> &'static str {
    match target {
        Target::Claims => " AND c.superseded IS NULL",
        Target::Incidents => "",
    }
}

/// Nothing here lasts longer than a decade.
const DECADE: jiff::SignedDuration = jiff::SignedDuration::from_hours(11 * 366 * 24);

fn days(term: &Term, here: &str, target: Target) -> Fragment {
    let end = match target {
        Target::Claims => "coalesce(c.day_end, c.day)".to_owned(),
        Target::Incidents => format!("coalesce({here}.date_end, {here}.day)"),
    };
    let since = matches!(term.field, Field::Since);
    let list = term.allowed_days().into_iter().map(|(first, last)| {
        let mut parts = Vec::new();
        if let Some(first) = first {
            parts.push(Fragment::new(format!("{end} >= ?"), vec![iso(first)]));
            if since {
                // Lets the index on the first day bound the search.
                parts.push(Fragment::new(format!("{here}.day >= ?"), vec![iso(first.saturating_sub(DECADE))]));
            }
        }
        if let Some(last) = last {
            parts.push(Fragment::new(format!("{here}.day <= ?"), vec![iso(last)]));
        }
        Fragment::all(parts)
    });
    Fragment::any(list.collect())
}

/// The same of a row of a list by day.
fn dated(term: &Term) -> Fragment {
    let day = |date: Date| vec![Sql::Integer(list::number(date))];
    let list = term.allowed_days().into_iter().map(|(first, last)| {
        let mut parts = Vec::new();
        if let Some(first) = first {
            parts.push(Fragment::new("coalesce(l.until, l.day) >= ?", day(first)));
            if matches!(term.field, Field::Since) {
                parts.push(Fragment::new("l.day >= ?", day(first.saturating_sub(DECADE))));
            }
        }
        if let Some(last) = last {
            parts.push(Fragment::new(format!("l.day <= ? AND l.day > {}", list::NO_DAY), day(last)));
        }
        Fragment::all(parts)
    });
    Fragment::any(list.collect())
}

fn iso(date: Date) -> Sql {
    Sql::Text(date.to_string())
}

fn published(term: &Term, target: Target) -> Condition {
    let list = term.allowed_days().into_iter().map(|(first, last)| {
        let mut parts = Vec::new();
        let mut push = |op: &str, day: Date| parts.push((op.to_owned(), iso(day)));
        if let Some(first) = first {
            push(">=", first);
        }
        if let Some(last) = last {
            push("<=", last);
        }
        let on = |column: &str| {
            Fragment::all(
                parts.iter().map(|(op, day)| Fragment::new(format!("{column} {op} ?"), vec![day.clone()])).collect(),
            )
        };
        match target {
            Target::Claims => Fragment::any(vec![
                on("r.published").within("EXISTS (SELECT 1 FROM report r WHERE r.id = c.report AND ({}))"),
                on("f.published").within(
                    "c.report IS NULL AND EXISTS (SELECT 1 FROM foreign_event f WHERE f.claim = c.id AND ({}))",
                ),
            ]),
            // Known as of a day: somebody had told it by then.
            Target::Incidents => on("r.published").within(
                "EXISTS (SELECT 1 FROM member m JOIN claim c ON c.id = m.claim JOIN report r ON r.id = c.report
                 WHERE m.incident = i.id AND ({}))",
            ),
        }
    });
    Condition::check(Fragment::any(list.collect()))
}

fn words_of(v: &Value) -> (String, Sql) {
    match v {
        Value::Prefix(words) => (words.clone(), Sql::Integer(1)),
        other => (unquoted(other), Sql::Integer(0)),
    }
}

/// Places by name: the rows of the places are found first, they are few.
fn placed(c: &Connection, term: &Term, target: Target, column: &str) -> Result<Condition> {
    let mut ids = Vec::new();
    for v in &term.values {
        let (words, open) = words_of(v);
        let found: Vec<i64> = c
            .prepare_cached(&format!("SELECT id FROM place WHERE has_words({column}, ?, ?)"))
            .and_then(|mut s| s.query_map((words, open), |r| r.get(0))?.collect())
            .doing("looking for places")?;
        ids.extend(found);
    }
    ids.sort_unstable();
    ids.dedup();
    let here = target.alias();
    let list = Sql::Text(crate::write::json(&ids));
    let check = Fragment::new(format!("{here}.place IN (SELECT value FROM json_each(?))"), vec![list.clone()]);
    Ok(Condition {
        rows: Some(Fragment::new(
            format!(
                "SELECT {here}.id FROM json_each(?) j CROSS JOIN {} ON {here}.place = j.value{}",
                target.from(),
                current(target)
            ),
            vec![list],
        )),
        ..Condition::check(check)
    })
}

/// The boxes of an area: two where it crosses the date line.
fn boxes(area: &Area) -> Vec<[f64; 4]> {
    if area.west <= area.east {
        vec![[area.south, area.north, area.west, area.east]]
    } else {
        vec![[area.south, area.north, area.west, 180.0], [area.south, area.north, -180.0, area.east]]
    }
}

/// Degrees by which the R*Tree's 32-bit bounds may be off.
const SLACK: f64 = 0.0001;

fn inside(boxes: &[[f64; 4]], target: Target) -> Condition {
    let here = target.alias();
    let list = boxes.iter().map(|[south, north, west, east]| {
        let area = [*south - SLACK, *north + SLACK, *west - SLACK, *east + SLACK, *south, *north, *west, *east];
        let values: Vec<Sql> = area.into_iter().map(Sql::Real).collect();
        let places = "SELECT a.id FROM place_area a JOIN place pl ON pl.id = a.id
             WHERE a.min_lat >= ? AND a.max_lat <= ? AND a.min_lon >= ? AND a.max_lon <= ?
               AND pl.lat >= ? AND pl.lat <= ? AND pl.lon >= ? AND pl.lon <= ?";
        let check = Fragment::new(format!("{here}.place IN ({places})"), values.clone());
        Condition {
            rows: Some(Fragment::new(
                format!(
                    "SELECT {here}.id FROM ({places}) pl CROSS JOIN {} ON {here}.place = pl.id{}",
                    target.from(),
                    current(target)
                ),
                values,
            )),
            ..Condition::check(check)
        }
    });
    union(list.collect())
}

/// Kilometres of a degree of latitude.
const KM_A_DEGREE: f64 = 111.195;

fn round(circle: &Circle, target: Target) -> Condition {
    let high = circle.distance_km / KM_A_DEGREE;
    let wide = (high / circle.lat.to_radians().cos().abs().max(0.01)).min(180.0);
    let area = Area {
        west: wrap(circle.lon - wide),
        east: wrap(circle.lon + wide),
        south: (circle.lat - high).max(-90.0),
        north: (circle.lat + high).min(90.0),
    };
    let area = if wide >= 180.0 { Area { west: -180.0, east: 180.0, ..area } } else { area };
    let near = inside(&boxes(&area), target);
    let here = target.alias();
    let distance = Fragment::new(
        format!("(SELECT distance_km(pl.lat, pl.lon, ?, ?) FROM place pl WHERE pl.id = {here}.place) <= ?"),
        vec![Sql::Real(circle.lat), Sql::Real(circle.lon), Sql::Real(circle.distance_km)],
    );
    let size = near.rows.clone();
    let rows = near.rows.map(|rows| {
        let mut out = rows.within(&format!("SELECT {here}.id FROM {} WHERE {here}.id IN ({{}}) AND ", target.from()));
        out.sql.push_str(&distance.sql);
        out.values.extend(distance.values.clone());
        out
    });
    Condition { rows, size, ..Condition::check(Fragment::all(vec![near.check, distance])) }
}

fn wrap(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// Publishers by name: the distinct names are found first by leaping through the index.
fn publisher(c: &Connection, term: &Term, target: Target) -> Result<Condition> {
    let mut names: Vec<String> = Vec::new();
    for v in &term.values {
        let (words, open) = words_of(v);
        let found: Vec<String> = c
            .prepare_cached(
                "WITH RECURSIVE p(name) AS (
                    SELECT min(publisher) FROM report
                    UNION ALL SELECT (SELECT min(publisher) FROM report WHERE publisher > name) FROM p WHERE name IS NOT NULL
                 ) SELECT name FROM p WHERE name IS NOT NULL AND has_words(name, ?, ?)",
            )
            .and_then(|mut s| s.query_map((words, open), |r| r.get(0))?.collect())
            .doing("looking for publishers")?;
        names.extend(found);
    }
    names.sort();
    names.dedup();
    let list = Sql::Text(crate::write::json(&names));
    let check = Fragment::new(
        "EXISTS (SELECT 1 FROM report r WHERE r.id = c.report AND r.publisher IN (SELECT value FROM json_each(?)))",
        vec![list.clone()],
    );
    let rows = match target {
        Target::Claims => Fragment::new(
            "SELECT c.id FROM json_each(?) j CROSS JOIN report r ON r.publisher = j.value CROSS JOIN claim c ON c.report = r.id",
            vec![list],
        ),
        Target::Incidents => Fragment::new(
            "SELECT m.incident FROM json_each(?) j CROSS JOIN report r ON r.publisher = j.value
             CROSS JOIN claim c ON c.report = r.id CROSS JOIN member m ON m.claim = c.id",
            vec![list],
        ),
    };
    Ok(Condition { rows: Some(rows), ..on_claims(target, check) })
}

fn identity(term: &Term, target: Target) -> Condition {
    let one = |v: &Value| -> Fragment {
        let id = Sql::Text(unquoted(v));
        match target {
            Target::Claims => Fragment::new(
                "SELECT id FROM claim WHERE claim_id = ?
                 UNION SELECT m.claim FROM member m JOIN incident i ON i.id = m.incident WHERE i.incident_id = ?",
                vec![id.clone(), id],
            ),
            Target::Incidents => Fragment::new(
                "SELECT id FROM incident WHERE incident_id = ?
                 UNION SELECT m.incident FROM member m JOIN claim c ON c.id = m.claim WHERE c.claim_id = ?",
                vec![id.clone(), id],
            ),
        }
    };
    any(term, |v| {
        let rows = one(v);
        let check = rows.clone().within(&format!("{}.id IN ({{}})", target.alias()));
        Condition { rows: Some(rows), ..Condition::check(check) }
    })
}

/// Words of the sentence, as FTS5 wants them: a phrase in quotes, with a star where the last word is open.
fn evidence(term: &Term, target: Target) -> Condition {
    let words = term
        .values
        .iter()
        .map(|v| {
            let (words, open) = words_of(v);
            let star = if open == Sql::Integer(1) { "*" } else { "" };
            format!("\"{}\"{star}", words.replace('"', "\"\""))
        })
        .collect::<Vec<_>>()
        .join(" OR ");
    let words = vec![Sql::Text(words)];
    let check = Fragment::new(
        "c.sentence IS NOT NULL AND EXISTS (SELECT 1 FROM evidence e WHERE e.evidence MATCH ? AND e.rowid = c.sentence)",
        words.clone(),
    );
    let size = Fragment::new("SELECT 1 FROM evidence e WHERE e.evidence MATCH ?", words.clone());
    let rows = match target {
        Target::Claims => Fragment::new(
            "SELECT c.id FROM evidence e CROSS JOIN claim c ON c.sentence = e.rowid WHERE e.evidence MATCH ?",
            words,
        ),
        Target::Incidents => Fragment::new(
            "SELECT m.incident FROM evidence e CROSS JOIN claim c ON c.sentence = e.rowid
             CROSS JOIN member m ON m.claim = c.id WHERE e.evidence MATCH ?",
            words,
        ),
    };
    let listed = on_claims(
        target,
        Fragment::new("c.sentence IN (SELECT e.rowid FROM evidence e WHERE e.evidence MATCH ?)", size.values.clone()),
    );
    Condition { rows: Some(rows), size: Some(size), listed: Some(listed.check), ..on_claims(target, check) }
}
