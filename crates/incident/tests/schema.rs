//! The lists of fields are what is serialised.

mod reading;

use forewarn_incident::schema;
use forewarn_report::Field;
use serde_json::Value;

fn holds(value: &Value, fields: &[Field]) {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut names: Vec<&str> = fields.iter().map(|f| f.name).collect();
    keys.sort_unstable();
    names.sort_unstable();
    assert_eq!(keys, names);
}

#[test]
fn the_schema_is_what_is_serialised() {
    let read = reading::code(reading::happenings());
    let resolver = reading::resolved(&read);
    let incidents = serde_json::to_value(resolver.incidents()).expect("incidents serialise");
    let mut seen = [0_usize; 8];
    for i in incidents.as_array().expect("a list") {
        holds(i, schema::INCIDENT_FIELDS);
        let list = |key: &str| i[key].as_array().expect("a list").clone();
        for side in list("actor") {
            holds(&side, schema::SIDE_FIELDS);
            seen[0] += 1;
        }
        for account in list("accounts") {
            holds(&account, schema::ACCOUNT_FIELDS);
            seen[1] += 1;
        }
        for member in list("members") {
            holds(&member, schema::MEMBER_FIELDS);
            seen[2] += 1;
            for reason in member["reasons"].as_array().expect("a list") {
                holds(reason, schema::REASON_FIELDS);
                seen[3] += 1;
            }
        }
        for tally in list("counts") {
            holds(&tally, schema::TALLY_FIELDS);
            seen[4] += 1;
            for said in tally["said"].as_array().expect("a list") {
                holds(said, schema::TALLY_SAID_FIELDS);
                seen[5] += 1;
            }
        }
        for (k, (key, fields)) in
            [("date", schema::DATE_FIELDS), ("place", schema::PLACE_FIELDS)].into_iter().enumerate()
        {
            if !i[key].is_null() {
                holds(&i[key], fields);
                seen[6 + k] += 1;
            }
        }
    }
    assert!(seen.iter().all(|&n| n > 0), "{seen:?}");
    let json = serde_json::to_string(&resolver.incidents()[0]).expect("an incident serialises");
    let back: forewarn_incident::Incident = serde_json::from_str(&json).expect("it reads back");
    assert_eq!(&back, resolver.incidents()[0]);
}

#[test]
fn rows_are_small() {
    let read = reading::code(reading::happenings());
    let (mut tellings, mut sketches) = (Vec::new(), Vec::new());
    for r in &read {
        sketches.push(postcard::to_stdvec(&r.sketch).expect("a sketch serialises").len());
        for t in &r.tellings {
            let bytes = postcard::to_stdvec(t).expect("a telling serialises");
            let back: forewarn_incident::Telling = postcard::from_bytes(&bytes).expect("it reads back");
            assert_eq!(&back, t);
            tellings.push(bytes.len());
        }
    }
    assert!(tellings.iter().all(|&n| n < 1024), "largest telling {:?}", tellings.iter().max());
    assert!(sketches.iter().all(|&n| n < 2048), "largest sketch {:?}", sketches.iter().max());
}
