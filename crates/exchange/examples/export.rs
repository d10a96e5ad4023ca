//! Writes invented rows in every format into a folder, and tells how fast: `cargo run --example export -- FOLDER ROWS`.
#![allow(clippy::print_stdout, reason = "an example for people")]

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use forewarn_codebook::actors::Actors;
use forewarn_exchange::row::{CountRange, CountRow, EventRow, IncidentRow, OURS, PartyRow, PlaceRow, VoiceRow};
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};
use jiff::civil::date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("say FOLDER and ROWS")?;
    let rows: u32 = arguments.next().ok_or("say how many ROWS")?.parse()?;
    let actors = Actors::embedded().map_err(|_| "the lexicon has a fault")?;
    for format in Format::ALL {
        for kind in [Rows::Events, Rows::Incidents] {
            let name = format!("{}.{}.{}", kind.name(), format.name(), format.extension());
            let path = Path::new(&folder).join(&name);
            let notice = Notice {
                program: format!("forewarn {}", env!("CARGO_PKG_VERSION")),
                citation: "invented rows".to_owned(),
                ..Notice::default()
            };
            let begun = Instant::now();
            let file = Box::new(File::create(&path)?);
            let mut export = writer(format, kind, file, Settings::new(&actors), notice)?;
            for i in 0..rows {
                match kind {
                    Rows::Events => export.event(&event(i))?,
                    Rows::Incidents => export.incident(&incident(i))?,
                }
            }
            let notice = export.finish()?;
            if format.wants_sidecar() {
                std::fs::write(Path::new(&folder).join(format!("{name}.notice.json")), notice.to_json())?;
            }
            let seconds = begun.elapsed().as_secs_f64();
            let megabytes = std::fs::metadata(&path)?.len() as f64 / 1e6;
            println!("{name:<32} {megabytes:8.1} MB {:>9.0} rows/s", f64::from(rows) / seconds);
        }
    }
    Ok(())
}

fn party(text: &str, country: &str, sector: &str) -> PartyRow {
    PartyRow {
        text: text.to_owned(),
        country: Some(country.to_owned()),
        sector: Some(sector.to_owned()),
        ..PartyRow::default()
    }
}

fn event(i: u32) -> EventRow {
    let day = date(2020, 1, 1).saturating_add(jiff::Span::new().days(i % 1000));
    let killed = u64::from(i % 9);
    EventRow {
        claim_id: format!("{i:016x}"),
        set: OURS.to_owned(),
        report_id: Some(format!("wire-{}", i / 5)),
        url: Some(format!("https://wire.example/{}", i / 5)),
        title: Some(format!("Shells fall on town {}", i % 977)),
        published: Some(day),
        publisher: Some("Example Wire".to_owned()),
        sentence: Some(i % 5),
        span_start: Some(100 * (i % 5)),
        span_end: Some(100 * (i % 5) + 90),
        evidence: Some(format!(
            "Soldiers shelled \"town {}\", a mayor said; {killed} people, they say, died.",
            i % 977
        )),
        predicate: Some("shelled".to_owned()),
        event_type: Some("ASSAULT".to_owned()),
        event_mode: Some("heavy-weapons".to_owned()),
        contexts: vec!["military".to_owned()],
        cameo: Some("194".to_owned()),
        quad_class: Some(4),
        goldstein: Some(-10.0),
        plover_score: Some(-9.5),
        factuality: Some("asserted".to_owned()),
        actor: vec![party("Soldiers", "SRB", "MIL")],
        recipient: vec![party("people", "XKX", "CVL")],
        attribution: vec![VoiceRow {
            text: "a mayor".to_owned(),
            kind: "unnamed".to_owned(),
            stance: "claims".to_owned(),
            resolved: None,
        }],
        date_start: Some(day),
        date_end: Some(day),
        date_prec: Some("day".to_owned()),
        place: Some(PlaceRow {
            name: format!("Town {}", i % 977),
            country: Some("XKX".to_owned()),
            admin1: None,
            lat: Some(42.0 + f64::from(i % 100) / 100.0),
            lon: Some(20.0 + f64::from(i % 87) / 100.0),
            geonameid: None,
            precision: "settlement".to_owned(),
        }),
        counts: vec![CountRow {
            what: "killed".to_owned(),
            who: "people".to_owned(),
            low: Some(killed),
            best: Some(killed),
            high: Some(killed),
        }],
        rule: Some("assault/shell".to_owned()),
        confidence: Some(0.8),
        incident_id: Some(format!("{:016x}", i / 3)),
        run: Some("run-1".to_owned()),
    }
}

fn incident(i: u32) -> IncidentRow {
    let e = event(i);
    let killed = e.counts[0].best;
    IncidentRow {
        incident_id: e.claim_id,
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
        claims: 3,
        reports: 2,
        publishers: 2,
        independent_origins: 1,
        publisher_names: vec!["Example Wire".to_owned()],
        killed: CountRange { low: killed, best: killed, high: killed },
        counts: e.counts,
        first_published: e.published,
        last_published: e.published,
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
