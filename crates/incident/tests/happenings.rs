//! The corpus of happenings: every report's tellings in the incident that they belong to, and nothing else in it.

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use forewarn_coder::Factuality;
use forewarn_incident::{Incident, Precision, Role};
use serde_json::Value;

fn strings(v: &Value) -> Vec<String> {
    match v {
        Value::String(s) => vec![s.clone()],
        Value::Array(a) => a.iter().filter_map(|x| x.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn set(v: &Value) -> BTreeSet<String> {
    strings(v).into_iter().collect()
}

/// Reports whose claims are accounts in the incident, of the wanted roles.
fn accounts(incident: &Incident, wanted: impl Fn(Role) -> bool) -> BTreeSet<String> {
    incident.members.iter().filter(|m| wanted(m.role)).map(|m| m.report_id.to_string()).collect()
}

#[test]
fn every_happening_is_one_incident() {
    let read = reading::code(reading::happenings());
    let resolver = reading::resolved(&read);
    let incidents = resolver.incidents();
    let titles: BTreeMap<&str, &str> =
        read.iter().map(|r| (r.report.report_id.as_str(), r.report.title().unwrap_or_default())).collect();
    let happenings: Vec<Value> = include_str!("happenings/happenings.jsonl")
        .lines()
        .map(|l| serde_json::from_str(l).expect("a line is a happening"))
        .collect();
    // Under which words the claims put a place that the gazetteer calls otherwise.
    let named: Vec<(&str, &str)> = read
        .iter()
        .flat_map(|r| r.claims.iter().filter_map(|c| c.place.as_ref()))
        .map(|p| (p.name.as_str(), p.text.as_str()))
        .collect();
    let mut wrong: Vec<String> = Vec::new();
    let mut chosen: BTreeMap<String, &Incident> = BTreeMap::new();
    for h in &happenings {
        let name = h["happening"].as_str().expect("a name");
        let (types, tellings) = (strings(&h["event_type"]), set(&h["tellings"]));
        let best = incidents.iter().filter(|i| types.iter().any(|t| t == i.event_type.as_str())).max_by_key(|i| {
            let own = accounts(i, |r| r == Role::Telling);
            let main = i.event_type.as_str() == types[0];
            (own.intersection(&tellings).count(), main, std::cmp::Reverse(&i.incident_id))
        });
        let Some(best) = best else {
            wrong.push(format!("{name}: no incident of {types:?}"));
            continue;
        };
        if let Some((other, _)) = chosen.iter().find(|(_, i)| i.incident_id == best.incident_id) {
            wrong.push(format!("{name}: in one incident with {other}"));
        }
        chosen.insert(name.to_owned(), best);
        let parts = parts(h, best, &incidents);
        check(h, name, best, &parts, &named, &read, &mut wrong);
    }
    // Nothing of a happening's type stands apart from it.
    for h in &happenings {
        let name = h["happening"].as_str().expect("a name");
        let types = strings(&h["event_type"]);
        let concerned: BTreeSet<String> = set(&h["tellings"]).union(&set(&h["pointers"])).cloned().collect();
        for i in incidents.iter().filter(|i| i.event_type.as_str() == types[0] && i.status == Factuality::Asserted) {
            let own = accounts(i, |r| r == Role::Telling);
            let known = chosen.values().any(|c| c.incident_id == i.incident_id);
            // Beside what it points to, a report may tell of a trial or an arrest on a day of its own.
            let other_day = i.date.is_some_and(|d| {
                d.precision == Precision::Day && h["date"].as_str().is_some_and(|day| d.start.to_string() != day)
            });
            let pointers = set(&h["pointers"]);
            if own.is_subset(&pointers) && other_day {
                continue;
            }
            // A promise of somebody else's is another matter.
            let country = h["actor"]["country"].as_str();
            let named = i.actor.iter().any(|a| a.country.is_some() || a.group.is_some());
            if named && country.is_some() && !i.actor.iter().any(|a| a.country.as_deref() == country) {
                continue;
            }
            if !known && !own.is_empty() && own.is_subset(&concerned) {
                let shown: Vec<&str> = own.iter().map(|r| titles[r.as_str()]).collect();
                wrong.push(format!("{name}: a part of {own:?} stands apart: {shown:?} {:?} {:?}", i.date, i.place));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What stands beside a happening's incident as a part of it: the shots at a protest, with who denies them.
fn parts<'i>(h: &Value, chosen: &Incident, all: &[&'i Incident]) -> Vec<&'i Incident> {
    let (types, tellings) = (strings(&h["event_type"]), set(&h["tellings"]));
    let is_part = |i: &Incident| {
        let own = accounts(i, Role::is_account);
        i.incident_id != chosen.incident_id
            && types[1..].iter().any(|t| t == i.event_type.as_str())
            && !own.is_empty()
            && own.is_subset(&tellings)
    };
    all.iter().copied().filter(|i| is_part(i)).collect()
}

fn check(
    h: &Value,
    name: &str,
    i: &Incident,
    parts: &[&Incident],
    named: &[(&str, &str)],
    read: &[reading::Read],
    wrong: &mut Vec<String>,
) {
    let mut fail = |what: String| wrong.push(format!("{name}: {what}"));
    let tellings = set(&h["tellings"]);
    let recalls = set(&h["recalls"]);
    let (announcements, denials) = (set(&h["announcements"]), set(&h["denials"]));
    let told = accounts(i, |r| r == Role::Telling);
    let counted = accounts(i, Role::is_account);
    for missing in tellings.difference(&told) {
        fail(format!("{missing} is missing"));
    }
    for more in told.iter().filter(|r| !tellings.contains(*r) && !recalls.contains(*r)) {
        fail(format!("{more} does not tell it"));
    }
    for more in counted.difference(&told) {
        if !tellings.contains(more)
            && !recalls.contains(more)
            && !announcements.contains(more)
            && !denials.contains(more)
        {
            fail(format!("{more} is no account of it"));
        }
    }
    let extra = told.difference(&tellings).count() as u64;
    let number = |key: &str| h[key].as_u64().expect("a number");
    if tellings.is_subset(&told) {
        let between = |what: &str, got: u32, wanted: u64| {
            let got = u64::from(got);
            if got < wanted || got > wanted + extra { Some(format!("{what} {got}, not {wanted}")) } else { None }
        };
        for message in [
            between("reports", i.reports, number("reports")),
            between("publishers", i.publishers, number("publishers")),
            between("origins", i.independent_origins, number("independent_origins")),
        ]
        .into_iter()
        .flatten()
        {
            fail(message);
        }
    }
    let killed = i.counts.iter().find(|c| c.what == "killed").and_then(|c| c.best);
    if h["killed"].is_object() && killed != h["killed"]["best"].as_u64() {
        fail(format!("killed {killed:?}, not {}: {:?}", h["killed"]["best"], i.counts));
    }
    if h["disputed_actor"].as_bool() != Some(i.disputed_actor) {
        fail(format!("disputed {}: {:?}", i.disputed_actor, i.accounts.iter().map(|a| &a.party).collect::<Vec<_>>()));
    }
    let denied = std::iter::once(&i).chain(parts).flat_map(|i| &i.members).any(|m| m.role == Role::Denial);
    if h["denied"].as_bool() != Some(denied) {
        fail(format!("denied {denied}"));
    }
    let day = h["date"].as_str().expect("a day");
    if i.date.is_none_or(|d| d.start.to_string() != day || d.end != d.start) {
        fail(format!("date {:?}, not {day}", i.date));
    }
    let places: Vec<String> = strings(&h["place"]).into_iter().chain(strings(&h["also_placed"])).collect();
    if !places.is_empty() {
        match &i.place {
            Some(p)
                if places.iter().any(|q| named.iter().any(|(n, text)| *n == p.name && text.contains(q.as_str()))) => {}
            other => fail(format!("place {other:?}, not {places:?}")),
        }
    }
    for (side, parties) in [("actor", &i.actor), ("recipient", &i.recipient)] {
        for (key, value) in h[side].as_object().into_iter().flatten() {
            let Some(value) = value.as_str() else { continue };
            let fits = |p: &forewarn_incident::Side| {
                let has = if key == "country" { p.country.as_deref() } else { p.sector.as_deref() };
                has == Some(value)
            };
            // What no claim says, no merging can know.
            let said = read.iter().flat_map(|r| &r.tellings).any(|t| {
                i.members.iter().any(|m| m.claim_id == t.claim_id && m.role == Role::Telling)
                    && t.actor.iter().chain(&t.recipient).any(fits)
            });
            if !said {
                continue;
            }
            let either = ["ASSAULT", "CONSULT", "AGREE"].contains(&i.event_type.as_str());
            let other = if side == "actor" { &i.recipient } else { &i.actor };
            if !(parties.iter().any(fits) || either && other.iter().any(fits)) {
                fail(format!("{side} {key} is not {value}: {parties:?}"));
            }
        }
    }
}
