//! The field's forms, a line each that a reader can follow.

use expect_test::expect;
use forewarn_exchange::row::{CountRange, EventRow, IncidentRow, PartyRow};
use forewarn_exchange::write::Format;
use serde_json::Value;

use crate::rows::{shelling, shelling_incident};
use crate::{event_text, events, incident_text, incidents};

#[test]
fn phoenix_splits_parties_into_lines() {
    let text = event_text(Format::Phoenix, &[shelling()]);
    expect![[r"
        00000000000000a1_0.1.0|20230924|2023|9|24|UAF|UAF||SRB|KSVMIL|KSV|MIL||194|19|4|-10|MILITARY,1;TERRITORY,1|42.89|20.87|Mitrovica|Mitrovica|XKX|wire-7_4|https://wire.example/7|Example Wire
        00000000000000a1-2_0.1.0|20230924|2023|9|24|SRBPRM|SRB|PRM||KSVMIL|KSV|MIL||194|19|4|-10|MILITARY,1;TERRITORY,1|42.89|20.87|Mitrovica|Mitrovica|XKX|wire-7_4|https://wire.example/7|Example Wire
    "]]
    .assert_eq(&text.replace('\t', "|"));
}

#[test]
fn petrarch_joins_sentences_of_a_report() {
    let again = EventRow { claim_id: "00000000000000a2".to_owned(), sentence: Some(8), ..shelling() };
    let elsewhere = EventRow { report_id: Some("wire-8".to_owned()), ..shelling() };
    let text = event_text(Format::Petrarch, &[shelling(), again, elsewhere]);
    expect![[r"
        20230924|UAF|KSVMIL|194||wire-7_4;wire-7_9|Example Wire|Gunmen|the barracks|shelled
        20230924|SRBPRM|KSVMIL|194||wire-7_4;wire-7_9|Example Wire|a militia|the barracks|shelled
        20230924|UAF|KSVMIL|194||wire-8_4|Example Wire|Gunmen|the barracks|shelled
        20230924|SRBPRM|KSVMIL|194||wire-8_4|Example Wire|a militia|the barracks|shelled
    "]]
    .assert_eq(&text.replace('\t', "|"));
}

#[test]
fn what_did_not_happen_is_told_or_left_out() {
    let denied = EventRow { factuality: Some("denied".to_owned()), ..shelling() };
    for format in [Format::Phoenix, Format::Petrarch, Format::Acled, Format::Ucdp] {
        let (_, told) = events(format, &[shelling(), denied.clone()]);
        assert_eq!(told.rows, 1, "{}", format.name());
        assert_eq!(told.left_out["denied: the format cannot say so"], 1);
    }
    let text = event_text(Format::Plover, &[denied]);
    let record: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(record["factuality"], "denied");
    assert_eq!(record["context"], serde_json::json!(["military", "territory", "negation"]));
}

#[test]
fn plover_keeps_parties_together() {
    let text = event_text(Format::Plover, &[shelling()]);
    let record: Value = serde_json::from_str(&text).expect("JSON");
    expect![[r#"
        {
          "actor": [
            {
              "code": "UAF",
              "entity_text": "Gunmen",
              "ethnicity": "srb",
              "sector": "UAF"
            },
            {
              "code": "SRB",
              "entity_text": "a militia",
              "sector": "PRM"
            }
          ],
          "attribution": [
            {
              "kind": "publisher",
              "resolved": null,
              "stance": "reports",
              "text": "Example Wire"
            },
            {
              "kind": "unnamed",
              "resolved": null,
              "stance": "claims",
              "text": "a police officer"
            }
          ],
          "cite_info": {
            "citation": "wire-7_4",
            "codebook": "2.0-7",
            "publication": "Example Wire",
            "title": "Shells fall on Mitrovica, \"worst in years\"",
            "url": "https://wire.example/7",
            "version": "PLOVER 2.0"
          },
          "coder": "forewarn 0.1.0",
          "context": [
            "military",
            "territory"
          ],
          "date": "2023-09-24",
          "event": [
            "ASSAULT"
          ],
          "event_loc": [
            {
              "country": "Kosovo",
              "country_code": "KOS",
              "geonameid": 789996,
              "lat": 42.89,
              "lon": 20.87,
              "province": "Mitrovica",
              "resolution": 4,
              "resolved_place": "Mitrovica"
            }
          ],
          "event_scale": -9.5,
          "event_text": "shelled",
          "factuality": "asserted",
          "id": "00000000000000a1",
          "mode": [
            "heavy-weapons"
          ],
          "quad_code": 4,
          "recipient": [
            {
              "code": "KOS",
              "entity_text": "the barracks",
              "sector": "MIL"
            }
          ],
          "size": {
            "dead": 3
          },
          "text": "=Gunmen and a militia shelled the barracks,\na police officer said; 3 to 5 soldiers died.",
          "text_info": {
            "sequence": 4
          }
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&record).expect("JSON"));
}

#[test]
fn a_disputed_actor_is_told_or_left_out() {
    let disputed = IncidentRow {
        disputed_actor: true,
        actor_alternatives: vec![party(Some("XKX"), "COP", "Kosovo's police")],
        ..shelling_incident()
    };
    for format in [Format::Phoenix, Format::Petrarch] {
        let (_, told) = incidents(format, &[shelling_incident(), disputed.clone()]);
        assert_eq!((told.rows, told.left_out["disputed actor: the format cannot say so"]), (1, 1), "{}", format.name());
    }
    let rows = [disputed];
    let plover: Value = serde_json::from_str(&incident_text(Format::Plover, &rows)).expect("JSON");
    assert_eq!(plover["actor_alternatives"][0]["code"], "KOS");
    assert!(shown(&incident_text(Format::Acled, &rows)).contains("tags: disputed actor"));
    assert!(shown(&incident_text(Format::Ucdp, &rows)).contains("accounts blame different parties"));
}

fn record(text: &str) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let row = reader.records().next().expect("a row").expect("it reads");
    header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
}

fn shown(text: &str) -> String {
    let known = record(text).into_iter().filter(|(_, v)| !v.is_empty());
    known.map(|(n, v)| format!("{n}: {v}")).chain([String::new()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn acled_columns() {
    let text = incident_text(Format::Acled, &[shelling_incident()]);
    assert_eq!(record(&text).len(), 31);
    expect![[r"
        event_id_cnty: 00000000000000b1
        event_date: 2023-09-24
        year: 2023
        time_precision: 1
        disorder_type: Political violence
        event_type: Explosions/Remote violence
        sub_event_type: Shelling/artillery/missile attack
        actor1: Gunmen
        assoc_actor_1: a militia
        inter1: 4
        actor2: Military Forces of Kosovo
        assoc_actor_2: the barracks
        inter2: 1
        interaction: 14
        country: Kosovo
        admin1: Mitrovica
        location: Mitrovica
        latitude: 42.89
        longitude: 20.87
        geo_precision: 1
        source: Example Wire; The Example Times
        notes: =Gunmen and a militia shelled the barracks,
        a police officer said; 3 to 5 soldiers died.
        fatalities: 4
        timestamp: 1696118400
    "]]
    .assert_eq(&shown(&text));
}

#[test]
fn ucdp_columns() {
    let text = incident_text(Format::Ucdp, &[shelling_incident()]);
    assert_eq!(record(&text).len(), 49);
    expect![[r#"
        id: 6824377142803482
        relid: 00000000000000b1
        year: 2023
        code_status: Forewarn
        type_of_violence: 1
        dyad_name: Gunmen - Government of Kosovo
        side_a: Gunmen
        side_b: Government of Kosovo
        number_of_sources: 2
        source_article: Example Wire, 2023-09-25, Shells fall on Mitrovica, "worst in years", https://wire.example/7: =Gunmen and a militia shelled the barracks,
        a police officer said; 3 to 5 soldiers died.
        source_office: Example Wire;The Example Times
        source_date: 2023-09-25
        source_headline: Shells fall on Mitrovica, "worst in years"
        source_original: a police officer
        where_prec: 1
        where_coordinates: Mitrovica
        adm_1: Mitrovica
        latitude: 42.89
        longitude: 20.87
        geom_wkt: POINT (20.87 42.89)
        priogrid_gid: 191202
        country: Kosovo
        country_id: 347
        event_clarity: 1
        date_prec: 1
        date_start: 2023-09-24
        date_end: 2023-09-24
        deaths_unknown: 4
        best: 4
        high: 5
        low: 3
        gwnob: 347
    "#]].assert_eq(&shown(&text));
}

fn party(country: Option<&str>, sector: &str, text: &str) -> PartyRow {
    PartyRow {
        text: text.to_owned(),
        country: country.map(str::to_owned),
        sector: Some(sector.to_owned()),
        ..PartyRow::default()
    }
}

/// Event and sub-event type, sides and their codes that ACLED's columns give an incident.
fn as_acled(
    event: &str,
    mode: Option<&str>,
    actor: PartyRow,
    recipient: Option<PartyRow>,
    killed: Option<u64>,
) -> String {
    let row = IncidentRow {
        event_type: event.to_owned(),
        event_mode: mode.map(str::to_owned),
        actor: vec![actor],
        recipient: recipient.into_iter().collect(),
        killed: CountRange { low: killed, best: killed, high: killed },
        ..shelling_incident()
    };
    let (bytes, told) = incidents(Format::Acled, &[row]);
    if let Some(why) = told.left_out.keys().next() {
        return why.clone();
    }
    let cells = record(std::str::from_utf8(&bytes).expect("text"));
    let wanted = ["event_type", "sub_event_type", "actor1", "inter1", "actor2", "inter2", "interaction", "fatalities"];
    cells.into_iter().filter(|(n, _)| wanted.contains(&n.as_str())).map(|(_, v)| v).collect::<Vec<_>>().join("|")
}

#[test]
fn what_acled_would_call_it() {
    let police = || party(Some("XKX"), "COP", "Police");
    let crowd = || party(Some("XKX"), "CVL", "demonstrators");
    let rebels = || party(None, "REB", "rebels");
    let nobody_knows = || party(None, "UNK", "people");
    assert_eq!(
        as_acled("PROTEST", Some("demo"), crowd(), None, None),
        "Protests|Peaceful protest|Protesters (Kosovo)|6|||60|"
    );
    assert_eq!(
        as_acled("PROTEST", Some("riot"), crowd(), Some(police()), Some(0)),
        "Riots|Violent demonstration|Rioters (Kosovo)|5|Police Forces of Kosovo|1|15|0"
    );
    assert_eq!(
        as_acled("ASSAULT", Some("crowd-control"), police(), Some(crowd()), Some(2)),
        "Protests|Excessive force against protesters|Protesters (Kosovo)|6|Police Forces of Kosovo|1|16|2"
    );
    assert_eq!(
        as_acled("ASSAULT", Some("firearms"), rebels(), Some(police()), None),
        "Battles|Armed clash|rebels|2|Police Forces of Kosovo|1|12|"
    );
    assert_eq!(
        as_acled("ASSAULT", Some("firearms"), party(Some("SRB"), "MIL", "Serbian soldiers"), Some(crowd()), None),
        "Violence against civilians|Attack|Military Forces of Serbia|8|Civilians (Kosovo)|7|78|"
    );
    assert_eq!(
        as_acled("ASSAULT", Some("beat"), crowd(), Some(crowd()), None),
        "Riots|Mob violence|Rioters (Kosovo)|5|Civilians (Kosovo)|7|57|"
    );
    assert_eq!(
        as_acled("ASSAULT", Some("firearms"), rebels(), Some(nobody_knows()), Some(1)),
        "nobody can tell whether the target bore arms"
    );
    assert_eq!(
        as_acled("CONSULT", Some("visit"), police(), Some(crowd()), None),
        "no political violence, protest or strategic development"
    );
}

#[test]
fn only_violence_looks_like_ucdp() {
    let beaten = IncidentRow {
        event_mode: Some("beat".to_owned()),
        killed: CountRange { low: Some(0), best: Some(0), high: Some(0) },
        ..shelling_incident()
    };
    let talks = IncidentRow { event_type: "CONSULT".to_owned(), event_mode: None, ..shelling_incident() };
    let (_, told) = incidents(Format::Ucdp, &[shelling_incident(), beaten, talks]);
    assert_eq!(told.rows, 1);
    assert_eq!(told.left_out["an assault without deaths or arms"], 1);
    assert_eq!(told.left_out["no assault"], 1);
    assert!(told.caution.contains("not UCDP data"));
}
