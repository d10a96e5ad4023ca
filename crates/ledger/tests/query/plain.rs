//! What a filter means, said plainly over rows: the measure of what the SQL answers.

use forewarn_exchange::row::{CountRange, CountRow, EventRow, IncidentRow, PartyRow};
use forewarn_filter::{Dyad, Field, Filter, Op, PartySpec, Term, Value};
use jiff::civil::Date;

/// A claim with what its row does not carry.
pub struct Told {
    pub row: EventRow,
    pub language: Option<String>,
    /// Status, disputed, reports, publishers, origins of its incident.
    pub incident: Option<(String, bool, u32, u32, u32)>,
}

/// Whether the filter holds for a claim.
pub fn holds(filter: &Filter, told: &Told) -> bool {
    filter.terms.iter().all(|t| term(t, told) != t.not)
}

/// What an incident is asked itself, its place and its tolls included; what lists of its reports say is asked of its claims.
pub const OWN: [Field; 16] = [
    Field::Type,
    Field::Mode,
    Field::Quad,
    Field::Cameo,
    Field::Goldstein,
    Field::Status,
    Field::Disputed,
    Field::Reports,
    Field::Publishers,
    Field::Origins,
    Field::Killed,
    Field::Injured,
    Field::Place,
    Field::Admin1,
    Field::Bbox,
    Field::Near,
];

/// What holds of an incident where it holds of one of its claims.
pub const OF_A_CLAIM: [Field; 8] = [
    Field::Context,
    Field::Factuality,
    Field::Confidence,
    Field::Run,
    Field::Publisher,
    Field::Voice,
    Field::Language,
    Field::Text,
];

/// An incident as if it were a claim, for what it is asked itself.
pub fn itself(i: &IncidentRow) -> Told {
    let count = |what: &str, r: CountRange| CountRow {
        what: what.to_owned(),
        low: r.low,
        best: r.best,
        high: r.high,
        ..CountRow::default()
    };
    let row = EventRow {
        event_type: Some(i.event_type.clone()),
        event_mode: i.event_mode.clone(),
        cameo: i.cameo.clone(),
        quad_class: i.quad_class,
        goldstein: i.goldstein,
        place: i.place.clone(),
        counts: vec![count("killed", i.killed), count("injured", i.injured)],
        ..EventRow::default()
    };
    let incident = Some((i.status.clone(), i.disputed_actor, i.reports, i.publishers, i.independent_origins));
    Told { row, language: None, incident }
}

fn term(t: &Term, told: &Told) -> bool {
    let row = &told.row;
    if matches!(t.field, Field::Since | Field::Until | Field::Date) {
        return days(t, row);
    }
    if matches!(t.field, Field::Published | Field::AsOf) {
        let day = row.published;
        return t
            .allowed_days()
            .iter()
            .any(|(first, last)| day.is_some_and(|d| first.is_none_or(|f| d >= f) && last.is_none_or(|l| d <= l)));
    }
    t.values.iter().any(|v| value(t, v, told))
}

fn value(t: &Term, v: &Value, told: &Told) -> bool {
    let row = &told.row;
    let about = |f: fn(&(String, bool, u32, u32, u32)) -> u32| told.incident.as_ref().map(|i| f64::from(f(i)));
    match (t.field, v) {
        (Field::Type, Value::Type(e)) => row.event_type.as_deref() == Some(e.as_str()),
        (Field::Mode, Value::Mode { event, mode }) => {
            row.event_mode.as_deref() == Some(mode)
                && event.is_none_or(|e| row.event_type.as_deref() == Some(e.as_str()))
        }
        (Field::Context, _) => row.contexts.contains(&word(v)),
        (Field::Quad, Value::Quad(n)) => row.quad_class == Some(*n),
        (Field::Cameo, Value::Cameo(code)) => {
            row.cameo.as_deref().is_some_and(|c| c.starts_with(code.trim_end_matches('*')))
        }
        (Field::Factuality, _) => row.factuality == Some(word(v)),
        (Field::Status, _) => told.incident.as_ref().is_some_and(|i| i.0 == word(v)),
        (Field::Disputed, Value::Flag(yes)) => told.incident.as_ref().is_some_and(|i| i.1 == *yes),
        (Field::Reports, _) => compared(t.op, about(|i| i.2), v),
        (Field::Publishers, _) => compared(t.op, about(|i| i.3), v),
        (Field::Origins, _) => compared(t.op, about(|i| i.4), v),
        (Field::Confidence, _) => compared(t.op, row.confidence, v),
        (Field::Goldstein, _) => compared(t.op, row.goldstein, v),
        (Field::Killed, _) => compared(t.op, toll(row, "killed"), v),
        (Field::Injured, _) => compared(t.op, toll(row, "injured"), v),
        (Field::Actor, Value::Party(spec)) => side(spec, &row.actor),
        (Field::Recipient, Value::Party(spec)) => side(spec, &row.recipient),
        (Field::Party, Value::Party(spec)) => side(spec, &row.actor) || side(spec, &row.recipient),
        (Field::Dyad, Value::Dyad(Dyad { actor, recipient, either_way })) => {
            side(actor, &row.actor) && side(recipient, &row.recipient)
                || *either_way && side(recipient, &row.actor) && side(actor, &row.recipient)
        }
        (Field::Country, _) => {
            let code = Some(word(v));
            row.actor.iter().chain(&row.recipient).any(|p| p.country == code)
                || row.place.as_ref().is_some_and(|p| p.country == code)
        }
        (Field::Place, _) => row.place.as_ref().is_some_and(|p| words(Some(&p.name), v)),
        (Field::Admin1, _) => row.place.as_ref().is_some_and(|p| words(p.admin1.as_deref(), v)),
        (Field::Bbox, Value::Area(area)) => point(row).is_some_and(|(lat, lon)| area.holds(lat, lon)),
        (Field::Near, Value::Circle(circle)) => point(row).is_some_and(|(lat, lon)| circle.holds(lat, lon)),
        (Field::Publisher, _) => words(row.publisher.as_deref(), v),
        (Field::Voice, _) => row.attribution.iter().any(|a| words(Some(&a.text), v) || words(a.resolved.as_deref(), v)),
        (Field::Set, _) => row.set == word(v),
        (Field::Report, _) => row.report_id == Some(word(v)),
        (Field::Run, _) => row.run == Some(word(v)),
        (Field::Language, _) => told.language == Some(word(v)),
        (Field::Id, _) => row.claim_id == word(v) || row.incident_id == Some(word(v)),
        (Field::Text, _) => in_sentence(row.evidence.as_deref(), v),
        (field, value) => panic!("{field} has a value of another kind: {value:?}"),
    }
}

fn word(v: &Value) -> String {
    match v {
        Value::Word(w) => w.to_string(),
        Value::Text(t) | Value::Prefix(t) => t.clone(),
        other => panic!("no word: {other:?}"),
    }
}

fn compared(op: Op, figure: Option<f64>, v: &Value) -> bool {
    let bound = match v {
        Value::Count(n) => *n as f64,
        Value::Number(n) => *n,
        other => panic!("no figure: {other:?}"),
    };
    figure.is_some_and(|f| match op {
        Op::Is => (f - bound).abs() < 1e-12,
        Op::Ge => f >= bound,
        Op::Le => f <= bound,
        Op::Gt => f > bound,
        Op::Lt => f < bound,
    })
}

fn toll(row: &EventRow, what: &str) -> Option<f64> {
    let all: Vec<u64> =
        row.counts.iter().filter(|c| c.what == what).filter_map(|c| c.best.or(c.low).or(c.high)).collect();
    (!all.is_empty()).then(|| all.iter().sum::<u64>() as f64)
}

fn side(spec: &PartySpec, parties: &[PartyRow]) -> bool {
    spec.is_anyone() || parties.iter().any(|p| party(spec, p))
}

fn party(spec: &PartySpec, p: &PartyRow) -> bool {
    let is = |wanted: &Option<_>, have: &Option<String>| match wanted {
        None => true,
        Some(wanted) => have.as_deref() == Some(AsRef::<str>::as_ref(wanted as &smol_str::SmolStr)),
    };
    is(&spec.country, &p.country)
        && is(&spec.sector, &p.sector)
        && is(&spec.group, &p.group)
        && is(&spec.ethnicity, &p.ethnicity)
        && spec.words.as_ref().is_none_or(|w| {
            let v = Value::Text(w.clone());
            [Some(p.text.as_str()), p.person.as_deref(), p.resolved.as_deref()].into_iter().any(|t| words(t, &v))
        })
}

fn point(row: &EventRow) -> Option<(f64, f64)> {
    let place = row.place.as_ref()?;
    place.lat.zip(place.lon)
}

/// Whether the days of a claim meet the time: its own, or the report's where it has none.
fn days(t: &Term, row: &EventRow) -> bool {
    let start = row.date_start.or(row.published.map(|p| row.date_end.map_or(p, |end| end.min(p))));
    let end = row.date_end.or(row.published).or(row.date_start);
    meets(t, start, end)
}

fn meets(t: &Term, start: Option<Date>, end: Option<Date>) -> bool {
    t.allowed_days().iter().any(|(first, last)| {
        first.is_none_or(|f| end.is_some_and(|e| e >= f)) && last.is_none_or(|l| start.is_some_and(|s| s <= l))
    })
}

/// Words next to each other, in any case and without marks; the last may be a beginning.
fn words(text: Option<&str>, v: &Value) -> bool {
    // Names are folded as the gazetteer folds them: `U.S.` is one word.
    beside(text, v, |s| pieces(&forewarn_gazetteer::fold(s)))
}

/// The same of a sentence, which the full-text index cuts at everything but letters and digits: `U.S.` is two words.
fn in_sentence(text: Option<&str>, v: &Value) -> bool {
    beside(text, v, |s| pieces(s).iter().map(|p| forewarn_gazetteer::fold(p)).collect())
}

fn pieces(s: &str) -> Vec<String> {
    s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn beside(text: Option<&str>, v: &Value, cut: impl Fn(&str) -> Vec<String>) -> bool {
    let (Some(text), open) = (text, matches!(v, Value::Prefix(_))) else { return false };
    let (have, wanted) = (cut(text), cut(&word(v)));
    !wanted.is_empty()
        && have.windows(wanted.len()).any(|w| {
            let last = wanted.len() - 1;
            w[..last] == wanted[..last] && (w[last] == wanted[last] || open && w[last].starts_with(&wanted[last]))
        })
}
