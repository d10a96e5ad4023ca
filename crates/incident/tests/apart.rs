//! What one day and one place do not make one: a blockade and shots, a demand and a reproach, the tolls of two groups.

mod reading;

use forewarn_codebook::ontology::EventType;
use forewarn_incident::{Incident, Resolver, Role, Tally};
use forewarn_report::{Options, Report, Source, read_jsonl};
use serde_json::json;

/// The incidents of reports: day of publication, title, text.
fn resolved(reports: &[(&str, &str, &str)]) -> Resolver {
    let lines: Vec<String> = reports
        .iter()
        .enumerate()
        .map(|(i, (day, title, text))| {
            let publisher = format!("Paper {i}");
            json!({"id": format!("a{i}"), "title": title, "text": text, "published": day, "publisher": publisher, "language": "en"})
                .to_string()
        })
        .collect();
    let mut read: Vec<Report> = Vec::new();
    read_jsonl(&mut lines.join("\n").as_bytes(), &Source::memory(), &Options::default(), &mut |r| read.extend(r.ok()));
    assert_eq!(read.len(), reports.len());
    reading::resolved(&reading::code(read))
}

fn of<'r>(resolver: &'r Resolver, event: EventType, mode: Option<&str>) -> Vec<&'r Incident> {
    let wanted = |i: &&Incident| i.event_type == event && (mode.is_none() || i.event_mode.as_deref() == mode);
    resolver.incidents().into_iter().filter(wanted).collect()
}

fn only<'r>(resolver: &'r Resolver, event: EventType, mode: Option<&str>) -> &'r Incident {
    let found = of(resolver, event, mode);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0]
}

fn tally<'i>(incident: &'i Incident, what: &str) -> &'i Tally {
    incident.counts.iter().find(|t| t.what == what).expect("it has that number")
}

#[test]
fn who_mans_a_barricade_is_not_blamed_for_shots() {
    let resolver = resolved(&[
        (
            "2022-07-31",
            "Villagers block road near Leposavic",
            "Hundreds of Serbs blocked the road near Leposavic in northern Kosovo with lorries on Sunday.",
        ),
        (
            "2022-07-31",
            "Police come under fire near Leposavic",
            "Unknown men fired shots at Kosovo police near Leposavic in northern Kosovo on Sunday, police said.",
        ),
    ]);
    let blockade = only(&resolver, EventType::Protest, Some("obstruct"));
    let shots = only(&resolver, EventType::Assault, Some("firearms"));
    assert!(shots.actor.iter().all(|a| a.ethnicity.is_none()), "{:?}", shots.actor);
    assert!(shots.accounts.iter().all(|a| a.party.ethnicity.is_none()), "{:?}", shots.accounts);
    // The shots are linked to the blockade and no account of it.
    let linked: Vec<Role> = blockade
        .members
        .iter()
        .filter(|m| shots.members.iter().any(|s| s.claim_id == m.claim_id))
        .map(|m| m.role)
        .collect();
    assert!(!linked.is_empty() && linked.iter().all(|r| *r == Role::FollowUp), "{linked:?}");
    assert_eq!(blockade.reports, 1);
}

#[test]
fn a_protest_against_a_shooting_follows_it() {
    let resolver = resolved(&[
        (
            "2023-01-06",
            "Two shot near Strpce",
            "A man and a boy were shot and wounded on Friday near Strpce in southern Kosovo.",
        ),
        (
            "2023-01-08",
            "Crowd gathers in Strpce",
            "In Strpce, several thousand Serbs protested against Friday's shooting.",
        ),
    ]);
    let shooting = only(&resolver, EventType::Assault, None);
    let protest = only(&resolver, EventType::Protest, None);
    assert!(shooting.actor.is_empty(), "{:?}", shooting.actor);
    let marched = |m: &&forewarn_incident::Member| protest.members.iter().any(|p| p.claim_id == m.claim_id);
    assert!(shooting.members.iter().filter(marched).any(|m| m.role == Role::FollowUp), "{:#?}", shooting.members);
}

#[test]
fn tolls_of_two_groups_stand_side_by_side() {
    let lead = "were injured on Monday in clashes in Zvecan in northern Kosovo";
    let texts = [
        format!("About 25 NATO peacekeepers {lead}."),
        format!("Thirty KFOR soldiers {lead}, the mission said."),
        format!("Fifty-two Serbs {lead}, a hospital said."),
    ];
    let resolver = resolved(&[
        ("2023-05-29", "Clashes in Zvecan", &texts[0]),
        ("2023-05-30", "More hurt in Zvecan clashes", &texts[1]),
        ("2023-05-31", "Hospital counts hurt in Zvecan clashes", &texts[2]),
    ]);
    let clash = only(&resolver, EventType::Assault, None);
    let injured = tally(clash, "injured");
    assert_eq!((injured.low, injured.best, injured.high), (Some(82), Some(82), Some(82)), "{injured:#?}");
    let superseded: Vec<&str> = injured.said.iter().filter(|s| s.superseded).map(|s| s.who.as_str()).collect();
    assert_eq!(superseded, ["NATO peacekeepers"]);
}

#[test]
fn who_condemns_and_demands_does_two_things() {
    let resolver = resolved(&[(
        "2023-09-26",
        "Reactions",
        "The European Union accused Serbia on Tuesday of breaking its word and urged Kosovo to return to talks.",
    )]);
    let accused = only(&resolver, EventType::Accuse, None);
    let urged = only(&resolver, EventType::Request, None);
    assert_ne!(accused.incident_id, urged.incident_id);
}

#[test]
fn news_without_a_day_is_not_of_a_month_to_come() {
    let resolver = resolved(&[(
        "2023-02-27",
        "Leaders meet",
        "Serbia and Kosovo agreed to talk. Serbia and Kosovo will sign an agreement in April.",
    )]);
    for i in resolver.incidents() {
        let asserted = i.members.iter().any(|m| m.role == Role::Telling);
        let announced = i.members.iter().any(|m| m.role == Role::Announcement);
        assert!(!(asserted && announced), "{i:#?}");
    }
    assert!(resolver.incidents().len() > 1);
}
