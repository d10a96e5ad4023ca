//! ICEWS, GDELT, Phoenix, PETRARCH lines and plain tables.

use forewarn_codebook::EventType;
use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::event::CodeScheme;
use forewarn_exchange::read::ActorScheme;

use crate::{fixture, options, read_bytes};

#[test]
fn icews() {
    let r = fixture("icews.tsv", Dataset::Icews);
    // An id alone is not unique.
    let twice: Vec<String> = r
        .events
        .iter()
        .filter(|e| e.id.as_deref() == Some("101"))
        .map(forewarn_exchange::event::ForeignEvent::key)
        .collect();
    assert_eq!(twice, ["101@2023-09-24", "101@2023-09-25"]);
    let clash = &r.events[0];
    assert_eq!(clash.event_type, Some(EventType::Assault));
    assert_eq!(clash.recipient[0].sector.as_deref(), Some("COP"));
    assert_eq!(clash.recipient[0].country.as_deref(), Some("XKX"));
    assert_eq!(r.events[1].recipient[0].group.as_deref(), Some("NATO"));
    // A statement is no PLOVER event.
    assert_eq!((r.events[1].event_type, r.events[1].cameo.as_deref()), (None, Some("010")));
    // A code that lost its zero, and the slip `13y`.
    assert_eq!((r.event("102").cameo.as_deref(), r.event("103").cameo.as_deref()), (Some("020"), Some("137")));
    assert_eq!(r.event("103").own_code.as_deref(), Some("13y"));
    assert_eq!(r.event("106").actor[0].country.as_deref(), Some("PSE"));
    assert_eq!(
        r.shown(),
        [
            "icews.tsv:6: Event Date: found `2023-02-30`, expected a date",
            "icews.tsv:7: Latitude: found `91.0`, expected degrees from -90 to 90 or nothing",
            "icews.tsv:9: found 2 columns, expected 20 as in the header",
        ]
    );
}

#[test]
fn icews_of_2017() {
    let r = fixture("icews-2017.tsv", Dataset::Icews);
    assert_eq!(r.events[0].date.start.to_string(), "2023-09-24");
    // Without a column of codes the words give them.
    let codes: Vec<_> = r.events.iter().map(|e| e.cameo.as_deref()).collect();
    assert_eq!(codes, [Some("193"), Some("010"), Some("020"), None]);
    assert_eq!(r.faults, []);
}

#[test]
fn gdelt_first_release() {
    let r = fixture("gdelt1.CSV", Dataset::Gdelt1);
    let first = r.event("900001");
    assert_eq!(first.actor[0].country.as_deref(), Some("XKX"), "CAMEO's KSV");
    let place = first.place.as_ref().expect("it has one");
    assert_eq!((place.country.as_deref(), place.precision), (Some("XKX"), "settlement"), "FIPS's KV");
    assert_eq!(first.own.get("Actor1Geo_CountryCode"), Some("KV"));
    // GDELT puts protest in class 3, PLOVER in 4.
    let protest = r.event("900002");
    assert_eq!((protest.own_quad, protest.quad_class), (Some(3), Some(4)));
    assert_eq!((protest.publishers.as_slice(), protest.urls.len()), (["BBC Monitoring".to_owned()].as_slice(), 0));
    assert!(protest.recipient.is_empty());
    // Goldstein tables differ: the row's own value stays beside ours.
    assert_eq!((r.event("900003").own_goldstein, r.event("900003").goldstein), (Some(-2.0), Some(-5.0)));
    assert_eq!(r.event("900003").place.as_ref().and_then(|p| p.admin1.as_deref()), Some("Massachusetts"));
    // Files before April 2013 have no address.
    assert!(r.event("900004").urls.is_empty());
    assert_eq!(r.faults.len(), 2);
}

#[test]
fn gdelt_second_release() {
    let r = fixture("gdelt2.CSV", Dataset::Gdelt2);
    assert_eq!(r.event("900001").place.as_ref().and_then(|p| p.lat), Some(42.97));
    assert_eq!(r.event("900001").recorded.map(|d| d.to_string()).as_deref(), Some("2023-09-24"));
    // CAMEO's MED is the media.
    assert_eq!(r.event("900008").recipient[0].sector.as_deref(), Some("JRN"));
    assert_eq!(
        r.shown(),
        [
            "gdelt2.CSV:2: SQLDATE: found `20230931`, expected a date",
            "gdelt2.CSV:3: NumMentions: found `many`, expected a whole number from 0 or nothing",
            "gdelt2.CSV:4: GoldsteinScale: found `#`, expected a number from -10 to 10 or nothing",
        ]
    );
}

#[test]
fn phoenix() {
    let r = fixture("phoenix.txt", Dataset::Phoenix);
    let first = r.event("1_v0.4");
    assert_eq!((first.own_quad, first.quad_class), (Some(4), Some(4)));
    assert_eq!(first.urls.len(), 2);
    // Phoenix's Goldstein values follow the old numbering.
    let denial = r.event("2_v0.4");
    assert_eq!((denial.own_goldstein, denial.goldstein, denial.own_quad), (Some(3.4), Some(-5.0), Some(0)));
    assert!(denial.recipient.is_empty());
    assert_eq!(r.event("4_v0.4").place.as_ref().map(|p| p.precision), Some("country"));
    assert_eq!(r.faults.len(), 2);
    let old = fixture("phoenix-historical.csv", Dataset::Phoenix);
    assert_eq!(old.events[0].recipient[0].country.as_deref(), Some("SUN"));
}

#[test]
fn petrarch_lines() {
    let r = fixture("evts.petrarch.txt", Dataset::Petrarch);
    let names = |i: usize| {
        let of = |side: &[forewarn_exchange::event::ForeignParty]| side.first().and_then(|p| p.name.clone());
        (of(&r.events[i].actor), of(&r.events[i].recipient))
    };
    assert_eq!(r.events[1].urls, ["https://a.example/2"]);
    assert_eq!(names(2), (Some("court".to_owned()), Some("Brazilian men".to_owned())));
    assert_eq!(r.events[2].text.as_deref(), Some("detained <{MEN>"));
    assert_eq!((names(3).0.as_deref(), r.events[3].publishers.len()), (Some("the ministry"), 0));
    assert_eq!((names(4), r.events[4].own.get("source_root")), ((None, None), Some("USA")));
    assert_eq!((r.events[5].own.get("source_root"), r.events[5].own.get("target_root")), (Some("USA"), None));
    assert_eq!(r.events[1].key(), "2023-09-24:GUYJUD:BRAPPL:173:Z2_1;Z2_4");
    assert_eq!(r.faults.len(), 3);
}

#[test]
fn plain_tables() {
    let r = fixture("dyads.csv", Dataset::Dyads);
    assert_eq!(r.events[0].repeats, Some(2));
    assert_eq!(r.events[1].date.precision, "month");
    assert_eq!(r.events[2].date.end.to_string(), "1999-12-31");
    assert_eq!(r.events[3].actor[0].group.as_deref(), Some("NATO"));
    assert!(Dataset::Dyads.key_is_of_file());
    assert_eq!(r.events[0].key(), "line 2");
    assert_eq!(r.faults.iter().map(|f| f.line).collect::<Vec<_>>(), [6, 7, 8]);

    let typed = fixture("dyads-types.csv", Dataset::Dyads);
    assert_eq!(typed.events[0].own.get("Note"), Some("two; lines\nin one"));
    assert_eq!(typed.events[0].recipient[0].group.as_deref(), Some("KLA"));
    assert_eq!(typed.events[1].event_mode.as_deref(), Some("visit"));
    assert_eq!(
        typed.shown(),
        ["dyads-types.csv:5: event_type: found `QUARREL`, expected a PLOVER type such as ASSAULT"]
    );
}

#[test]
fn weis_codes_bring_keds_actors() {
    let r = fixture("dyads-weis.csv", Dataset::Dyads);
    assert!(r.events.iter().all(|e| e.scheme == CodeScheme::Weis));
    assert_eq!(r.events[0].recipient[0].ethnicity.as_deref(), Some("alb"));
    assert_eq!(r.events[1].recipient[0].country.as_deref(), Some("YUG"));
    // KEDS's AUS is Austria.
    assert_eq!(r.events[2].actor[0].country.as_deref(), Some("AUT"));
    assert_eq!(r.events[3].recipient[0].sector.as_deref(), Some("COP"));
}

#[test]
fn the_old_numbering_is_asked_for() {
    let table = include_bytes!("../data/dyads-old.csv");
    let with = |scheme| {
        let options = forewarn_exchange::read::Options { codes: Some(scheme), ..options("old.csv") };
        let r = read_bytes(table, None, &options).expect("a table of dyads");
        r.events.iter().map(|e| e.cameo.clone().unwrap_or_default().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(with(CodeScheme::CameoOld), ["164", "018", "035"]);
    assert_eq!(with(CodeScheme::Cameo), ["163", "016", "035"]);
}

#[test]
fn cow_numbers_and_names_are_asked_for() {
    let table = b"date,actor,recipient,code\n2023-09-24,345,365,042\n";
    let options = forewarn_exchange::read::Options { parties: Some(ActorScheme::Cow), ..options("cow.csv") };
    let r = read_bytes(table, None, &options).expect("a table of dyads");
    assert_eq!(r.events[0].actor[0].country.as_deref(), Some("SRB"));
    assert_eq!(r.events[0].recipient[0].country.as_deref(), Some("RUS"));
}
