//! Rows of any content, and two that a reader can follow.

use forewarn_codebook::EventType;
use forewarn_codebook::ontology::{CONTEXTS, SECTORS};
use forewarn_exchange::row::{CountRange, CountRow, EventRow, IncidentRow, PartyRow, PlaceRow, VoiceRow};
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Words with everything that a format may stumble over; never empty, because empty means unknown.
pub fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zéж =+@'\"<>,;:|\\\\{}#\t\n-]{0,12}[a-zž0-9.]"
}

fn day() -> impl Strategy<Value = Date> {
    (1950i16..2050, 1i8..13, 1i8..29).prop_map(|(y, m, d)| date(y, m, d))
}

fn iso3() -> impl Strategy<Value = String> {
    select(vec!["XKX", "SRB", "UKR", "RUS", "ISR", "SDN", "USA", "COL"]).prop_map(str::to_owned)
}

fn tenths(low: i32, high: i32) -> impl Strategy<Value = f64> {
    (low..high).prop_map(|n| f64::from(n) / 10.0)
}

pub fn party() -> impl Strategy<Value = PartyRow> {
    let group = option::of(select(vec!["UN", "NATO", "HAMAS", "HZB"]).prop_map(str::to_owned));
    let sector = option::of(select(SECTORS.to_vec()).prop_map(str::to_owned));
    let ethnicity = option::weighted(0.2, select(vec!["srb", "kur", "alb"]).prop_map(str::to_owned));
    let names = (option::weighted(0.2, words()), option::weighted(0.2, words()), option::weighted(0.2, words()));
    (words(), option::of(iso3()), sector, group, ethnicity, names, any::<bool>()).prop_map(
        |(text, country, sector, group, ethnicity, (person, office, resolved), inferred)| PartyRow {
            text,
            country,
            sector,
            group,
            ethnicity,
            person,
            office,
            resolved,
            inferred,
        },
    )
}

fn voice() -> impl Strategy<Value = VoiceRow> {
    let kind = select(vec!["publisher", "speaker", "unnamed"]);
    let stance = select(vec!["reports", "claims", "confirms", "denies", "claims responsibility"]);
    (words(), kind, stance, option::of(words())).prop_map(|(text, kind, stance, resolved)| VoiceRow {
        text,
        kind: kind.to_owned(),
        stance: stance.to_owned(),
        resolved,
    })
}

fn place() -> impl Strategy<Value = PlaceRow> {
    let point = option::of((-9000i32..9000, -18000i32..18000));
    let precision = select(vec!["exact", "settlement", "district", "admin1", "country", "region", "unknown"]);
    (words(), option::of(iso3()), option::of(words()), point, option::of(1u32..9_999_999), precision).prop_map(
        |(name, country, admin1, point, geonameid, precision)| PlaceRow {
            name,
            country,
            admin1,
            lat: point.map(|p| f64::from(p.0) / 100.0),
            lon: point.map(|p| f64::from(p.1) / 100.0),
            geonameid,
            precision: precision.to_owned(),
        },
    )
}

fn range() -> impl Strategy<Value = CountRange> {
    (option::of(0u64..500), option::of(500u64..600), option::of(600u64..9000))
        .prop_map(|(low, best, high)| CountRange { low, best, high })
}

fn count() -> impl Strategy<Value = CountRow> {
    (select(vec!["killed", "injured", "arrested", "troops"]), words(), range()).prop_map(|(what, who, r)| CountRow {
        what: what.to_owned(),
        who,
        low: r.low,
        best: r.best,
        high: r.high,
    })
}

/// Type, mode, contexts, code, quad class, Goldstein value, score.
fn what() -> impl Strategy<Value = (EventType, Option<String>, Vec<String>, f64)> {
    (
        select(EventType::ALL.to_vec()),
        any::<prop::sample::Index>(),
        vec(select(CONTEXTS.to_vec()), 0..3),
        tenths(-100, 101),
    )
        .prop_map(|(event, mode, contexts, goldstein)| {
            let modes: Vec<Option<&str>> = std::iter::once(None).chain(event.modes().map(Some)).collect();
            let mode = modes[mode.index(modes.len())].map(str::to_owned);
            (event, mode, contexts.into_iter().map(str::to_owned).collect(), goldstein)
        })
}

/// First day, last day, precision.
fn when() -> impl Strategy<Value = (Option<Date>, Option<Date>, Option<String>)> {
    let precision = select(vec!["day", "week", "month", "season", "year", "open", "unresolved"]);
    option::of((day(), 0i32..40, precision)).prop_map(|when| match when {
        None => (None, None, None),
        Some((_, _, "unresolved")) => (None, None, Some("unresolved".to_owned())),
        Some((start, _, "open")) => (Some(start), None, Some("open".to_owned())),
        Some((start, days, precision)) => {
            let end = start.saturating_add(jiff::Span::new().days(days));
            (Some(start), Some(end), Some(precision.to_owned()))
        }
    })
}

pub fn event() -> impl Strategy<Value = EventRow> {
    let report = (option::of(words()), option::of(words()), option::of(day()), option::of(words()));
    let sentence = option::of((0u32..90, 0u32..9000, 1u32..300));
    let factuality =
        select(vec!["asserted", "denied", "negated", "announced", "disavowed", "hypothetical", "background"]);
    let head = ("[0-9a-f]{16}", select(vec!["forewarn", "icews"]), option::of("[0-9a-f]{8}"), report, sentence);
    let body = (option::of(words()), option::of(words()), what(), factuality, vec(party(), 0..3), vec(party(), 0..3));
    let tail =
        (vec(voice(), 0..3), when(), option::of(place()), vec(count(), 0..3), tenths(0, 11), option::of(words()));
    (head, body, tail).prop_map(|(head, body, tail)| {
        let (claim_id, set, incident_id, (url, title, published, publisher), sentence) = head;
        let (evidence, predicate, (event, mode, contexts, goldstein), factuality, actor, recipient) = body;
        let (attribution, (date_start, date_end, date_prec), place, counts, confidence, run) = tail;
        EventRow {
            set: set.to_owned(),
            report_id: sentence.map(|_| format!("r{}", &claim_id[..4])),
            url,
            title,
            published,
            publisher,
            sentence: sentence.map(|s| s.0),
            span_start: sentence.map(|s| s.1),
            span_end: sentence.map(|s| s.1 + s.2),
            evidence,
            predicate,
            event_type: Some(event.as_str().to_owned()),
            cameo: Some(event.default_cameo(mode.as_deref()).to_owned()),
            quad_class: Some(event.quad_class()),
            goldstein: Some(goldstein),
            plover_score: Some(f64::from(event.score(mode.as_deref()))),
            event_mode: mode,
            contexts,
            factuality: Some(factuality.to_owned()),
            actor,
            recipient,
            attribution,
            date_start,
            date_end,
            date_prec,
            place,
            counts,
            rule: Some("assault/attack".to_owned()),
            confidence: Some(confidence),
            incident_id,
            run,
            claim_id,
        }
    })
}

pub fn incident() -> impl Strategy<Value = IncidentRow> {
    let numbers = (range(), range(), vec(count(), 0..3), (0u32..99, 0u32..99, 0u32..99, 0u32..99));
    let names = vec("[A-Z][a-z]{2,8} (Wire|Times|&Co, Ltd)", 0..3);
    (event(), numbers, names, vec(party(), 0..2), option::of(day())).prop_map(|(e, numbers, names, others, last)| {
        let (killed, injured, counts, (claims, reports, publishers, independent_origins)) = numbers;
        IncidentRow {
            incident_id: e.claim_id,
            event_type: e.event_type.unwrap_or_default(),
            event_mode: e.event_mode,
            contexts: e.contexts,
            cameo: e.cameo,
            quad_class: e.quad_class,
            goldstein: e.goldstein,
            plover_score: e.plover_score,
            status: e.factuality.unwrap_or_default(),
            disputed_actor: !others.is_empty(),
            actor: e.actor,
            actor_alternatives: others,
            recipient: e.recipient,
            date_start: e.date_start,
            date_end: e.date_end,
            date_prec: e.date_prec,
            place: e.place,
            claims,
            reports,
            publishers,
            independent_origins,
            publisher_names: names,
            killed,
            injured,
            counts,
            first_published: e.published,
            last_published: last,
            evidence: e.evidence,
            attribution: e.attribution,
            evidence_publisher: e.publisher,
            evidence_url: e.url,
            evidence_published: last,
            evidence_title: e.title,
            run: e.run,
        }
    })
}

/// Rebels shell soldiers: two actors, a claimant, a range of dead.
pub fn shelling() -> EventRow {
    EventRow {
        claim_id: "00000000000000a1".to_owned(),
        set: "forewarn".to_owned(),
        report_id: Some("wire-7".to_owned()),
        url: Some("https://wire.example/7".to_owned()),
        title: Some("Shells fall on Mitrovica, \"worst in years\"".to_owned()),
        published: Some(date(2023, 9, 25)),
        publisher: Some("Example Wire".to_owned()),
        sentence: Some(3),
        span_start: Some(310),
        span_end: Some(402),
        evidence: Some(
            "=Gunmen and a militia shelled the barracks,\na police officer said; 3 to 5 soldiers died.".to_owned(),
        ),
        predicate: Some("shelled".to_owned()),
        event_type: Some("ASSAULT".to_owned()),
        event_mode: Some("heavy-weapons".to_owned()),
        contexts: vec!["military".to_owned(), "territory".to_owned()],
        cameo: Some("194".to_owned()),
        quad_class: Some(4),
        goldstein: Some(-10.0),
        plover_score: Some(-9.5),
        factuality: Some("asserted".to_owned()),
        actor: vec![
            PartyRow {
                text: "Gunmen".to_owned(),
                sector: Some("UAF".to_owned()),
                ethnicity: Some("srb".to_owned()),
                inferred: true,
                ..PartyRow::default()
            },
            PartyRow {
                text: "a militia".to_owned(),
                country: Some("SRB".to_owned()),
                sector: Some("PRM".to_owned()),
                ..PartyRow::default()
            },
        ],
        recipient: vec![PartyRow {
            text: "the barracks".to_owned(),
            country: Some("XKX".to_owned()),
            sector: Some("MIL".to_owned()),
            resolved: Some("the barracks of the Kosovo Security Force".to_owned()),
            ..PartyRow::default()
        }],
        attribution: vec![
            VoiceRow {
                text: "Example Wire".to_owned(),
                kind: "publisher".to_owned(),
                stance: "reports".to_owned(),
                resolved: None,
            },
            VoiceRow {
                text: "a police officer".to_owned(),
                kind: "unnamed".to_owned(),
                stance: "claims".to_owned(),
                resolved: None,
            },
        ],
        date_start: Some(date(2023, 9, 24)),
        date_end: Some(date(2023, 9, 24)),
        date_prec: Some("day".to_owned()),
        place: Some(PlaceRow {
            name: "Mitrovica".to_owned(),
            country: Some("XKX".to_owned()),
            admin1: Some("Mitrovica".to_owned()),
            lat: Some(42.89),
            lon: Some(20.87),
            geonameid: Some(789_996),
            precision: "settlement".to_owned(),
        }),
        counts: vec![CountRow {
            what: "killed".to_owned(),
            who: "soldiers".to_owned(),
            low: Some(3),
            best: None,
            high: Some(5),
        }],
        rule: Some("assault/shell".to_owned()),
        confidence: Some(0.8),
        incident_id: Some("00000000000000b1".to_owned()),
        run: Some("run-1".to_owned()),
    }
}

/// The incident of it.
pub fn shelling_incident() -> IncidentRow {
    let e = shelling();
    IncidentRow {
        incident_id: "00000000000000b1".to_owned(),
        event_type: "ASSAULT".to_owned(),
        event_mode: e.event_mode,
        contexts: e.contexts,
        cameo: e.cameo,
        quad_class: e.quad_class,
        goldstein: e.goldstein,
        plover_score: e.plover_score,
        status: "asserted".to_owned(),
        actor: e.actor,
        recipient: e.recipient,
        date_start: e.date_start,
        date_end: e.date_end,
        date_prec: e.date_prec,
        place: e.place,
        claims: 4,
        reports: 3,
        publishers: 2,
        independent_origins: 2,
        publisher_names: vec!["Example Wire".to_owned(), "The Example Times".to_owned()],
        killed: CountRange { low: Some(3), best: Some(4), high: Some(5) },
        counts: e.counts,
        first_published: e.published,
        last_published: Some(date(2023, 9, 27)),
        evidence: e.evidence,
        attribution: e.attribution,
        evidence_publisher: e.publisher,
        evidence_url: e.url,
        evidence_published: e.published,
        evidence_title: e.title,
        run: e.run,
        ..IncidentRow::default()
    }
}
