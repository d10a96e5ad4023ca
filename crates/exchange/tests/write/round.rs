//! Exports in the field's forms come back in through the reading half: what a form carries is what went out.

use std::sync::LazyLock;

use forewarn_codebook::Codebook;
use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::event::{ForeignEvent, ForeignParty};
use forewarn_exchange::read::{Options, read};
use forewarn_exchange::row::{EventRow, IncidentRow, PartyRow, PlaceRow};
use forewarn_exchange::write::Format;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::rows::{event, incident};
use crate::{ACTORS, events, incidents};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| Codebook::embedded().expect("the codebook has no fault"));

fn back(dataset: Dataset, bytes: &[u8]) -> Vec<ForeignEvent> {
    let mut out = Vec::new();
    let options = Options::new("export", &CODEBOOK.cameo, &ACTORS);
    let mut input = bytes;
    read(&mut input, Some(dataset), &options, &mut |row| match row {
        Ok(event) => out.push(event),
        Err(fault) => panic!("{fault}\n{}", String::from_utf8_lossy(bytes)),
    })
    .expect("it is of its format");
    out
}

/// White space as tables of one line a row can keep it.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as a reader gives them: none for nothing.
fn known(words: Option<&str>) -> Option<String> {
    words.map(plain).filter(|w| !w.is_empty())
}

/// An asserted row of the years in which every state of the generator exists.
fn today(mut row: EventRow) -> EventRow {
    let move_on = |day: Date| day.with().year(2009 + day.year().rem_euclid(15)).build().expect("the days are below 29");
    row.factuality = Some("asserted".to_owned());
    row.published = Some(row.published.map_or_else(|| date(2023, 9, 30), move_on));
    if let (Some(start), Some(end)) = (row.date_start, row.date_end) {
        row.date_start = Some(move_on(start));
        row.date_end = Some(move_on(start).saturating_add(end.since(start).expect("days")));
    } else {
        row.date_start = row.date_start.map(move_on);
    }
    row
}

fn incident_today(mut row: IncidentRow) -> IncidentRow {
    let as_event = today(EventRow {
        published: row.first_published,
        date_start: row.date_start,
        date_end: row.date_end,
        ..EventRow::default()
    });
    "asserted".clone_into(&mut row.status);
    row.disputed_actor = false;
    row.actor_alternatives.clear();
    row.first_published = as_event.published;
    (row.date_start, row.date_end) = (as_event.date_start, as_event.date_end);
    row
}

/// What CAMEO's code of a party says, read back: state, sector, group.
type Coded = (Option<String>, Option<String>, Option<String>);

fn cameo_says(p: &PartyRow) -> Coded {
    let sector = match p.sector.as_deref() {
        // CAMEO has no word for them.
        Some("UNK" | "PRE") | None => None,
        Some("UNO" | "EUR") => Some("IGO"),
        other => other,
    };
    let of_sector = match p.sector.as_deref() {
        Some("UNO") => Some("UN"),
        Some("EUR") => Some("EU"),
        _ => None,
    };
    let body = p.group.as_deref().filter(|g| matches!(*g, "UN" | "NATO") && p.country.is_none());
    if let Some(body) = body {
        return (None, Some("IGO".to_owned()), Some(body.to_owned()));
    }
    let owned = |s: Option<&str>| s.map(str::to_owned);
    let bodies = matches!(sector, Some("IGO" | "NGO" | "IMG" | "MNC" | "ISM")) && of_sector.is_none();
    let group = p.group.as_deref().filter(|g| *g == "HAMAS" && !bodies);
    (owned(p.country.as_deref()), owned(sector), owned(of_sector.or(group)))
}

/// Whether the code of a party is empty.
fn is_uncoded(p: Option<&PartyRow>) -> bool {
    p.is_none_or(|p| {
        p.country.is_none()
            && matches!(p.sector.as_deref(), None | Some("UNK"))
            && !matches!(p.group.as_deref(), Some("UN" | "NATO" | "HAMAS"))
    })
}

fn check_party(read: Option<&ForeignParty>, written: Option<&PartyRow>) {
    if is_uncoded(written) {
        assert!(read.is_none_or(|p| p.code.is_none()), "{read:?}");
        return;
    }
    let (read, written) = (read.expect("a party"), written.expect("a party"));
    let (country, sector, group) = cameo_says(written);
    assert_eq!(read.country.as_deref(), country.as_deref(), "{written:?} {read:?}");
    if group.is_none() || sector.is_some() {
        assert_eq!(read.sector.as_deref(), sector.as_deref(), "{written:?} {read:?}");
    }
    assert_eq!(read.group.as_deref(), group.as_deref(), "{written:?} {read:?}");
}

fn pairs<'a>(a: &'a [PartyRow], r: &'a [PartyRow]) -> Vec<(Option<&'a PartyRow>, Option<&'a PartyRow>)> {
    let each = |side: &'a [PartyRow]| -> Vec<Option<&'a PartyRow>> {
        if side.is_empty() { vec![None] } else { side.iter().map(Some).collect() }
    };
    let mut out = Vec::new();
    for actor in each(a) {
        for recipient in each(r) {
            if !(is_uncoded(actor) && is_uncoded(recipient)) {
                out.push((actor, recipient));
            }
        }
    }
    out
}

fn is_coarse(place: &PlaceRow) -> bool {
    matches!(place.precision.as_str(), "country" | "region" | "unknown")
}

fn check_place(read: &ForeignEvent, written: Option<&PlaceRow>, middles: bool) {
    let Some(written) = written else {
        assert!(read.place.is_none());
        return;
    };
    let place = read.place.as_ref().expect("a place");
    assert_eq!(known(place.name.as_deref()), known(Some(&written.name)));
    assert_eq!(place.country.as_deref(), written.country.as_deref());
    assert_eq!(known(place.admin1.as_deref()), known(written.admin1.as_deref()));
    let point = written.lat.zip(written.lon).filter(|_| middles || !is_coarse(written));
    assert_eq!(place.lat.zip(place.lon), point);
}

fn list(names: &[String]) -> Vec<String> {
    names.iter().map(|n| plain(&n.replace(';', ","))).collect()
}

fn day_of(row: &EventRow) -> Option<Date> {
    row.date_start.filter(|_| row.date_prec.as_deref() == Some("day")).or(row.published)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phoenix(row in event().prop_map(today)) {
        let (bytes, told) = events(Format::Phoenix, std::slice::from_ref(&row));
        let read = back(Dataset::Phoenix, &bytes);
        let pairs = pairs(&row.actor, &row.recipient);
        prop_assert_eq!(read.len(), pairs.len());
        prop_assert_eq!(told.rows, u64::from(!pairs.is_empty()));
        for (event, (actor, recipient)) in read.iter().zip(pairs) {
            prop_assert!(event.id.as_ref().expect("an id").starts_with(row.claim_id.as_str()));
            prop_assert_eq!(Some(event.date.start), day_of(&row));
            prop_assert_eq!(event.cameo.as_deref(), row.cameo.as_deref());
            prop_assert_eq!(event.own_goldstein.map(f64::from).map(|g| (g * 10.0).round()), row.goldstein.map(|g| (g * 10.0).round()));
            check_party(event.actor.first(), actor);
            check_party(event.recipient.first(), recipient);
            check_place(event, row.place.as_ref(), false);
            prop_assert_eq!(&event.publishers, &list(row.publisher.as_slice()));
            let url = row.url.as_deref().map(|u| plain(&u.replace(';', "%3B")));
            prop_assert_eq!(event.urls.first(), url.as_ref());
        }
    }

    #[test]
    fn petrarch(row in event().prop_map(today)) {
        let (bytes, _) = events(Format::Petrarch, std::slice::from_ref(&row));
        let read = if bytes.is_empty() { Vec::new() } else { back(Dataset::Petrarch, &bytes) };
        let pairs = pairs(&row.actor, &row.recipient);
        // Pairs whose codes are the same make one line.
        prop_assert!(read.len() <= pairs.len() && read.is_empty() == pairs.is_empty());
        if read.len() == pairs.len() {
            for (event, (actor, recipient)) in read.iter().zip(pairs) {
                prop_assert_eq!(Some(event.date.start), day_of(&row));
                prop_assert_eq!(event.cameo.as_deref(), row.cameo.as_deref());
                check_party(event.actor.first(), actor);
                check_party(event.recipient.first(), recipient);
                let words = |side: &[ForeignParty]| side.first().and_then(|p| p.name.clone());
                prop_assert_eq!(words(&event.actor), known(actor.map(|p| p.text.as_str())));
                prop_assert_eq!(words(&event.recipient), known(recipient.map(|p| p.text.as_str())));
                prop_assert_eq!(&event.text, &known(row.predicate.as_deref()));
                prop_assert_eq!(event.publishers.first().cloned(), known(row.publisher.as_deref()));
            }
        }
    }

    #[test]
    fn plover(row in event(), year in 2009i16..2024) {
        let row = EventRow {
            published: Some(date(year, 9, 30)),
            date_start: row.date_start.map(|d| d.with().year(year).build().expect("the days are below 29")),
            date_end: None,
            ..row
        };
        let (bytes, _) = events(Format::Plover, std::slice::from_ref(&row));
        let read = back(Dataset::Plover, &bytes);
        prop_assert_eq!(read.len(), 1);
        let event = &read[0];
        prop_assert_eq!(event.id.as_deref(), Some(row.claim_id.as_str()));
        prop_assert_eq!(Some(event.date.start), row.date_start.or(row.published));
        prop_assert_eq!(event.event_type.map(forewarn_codebook::EventType::as_str), row.event_type.as_deref());
        prop_assert_eq!(event.event_mode.as_deref(), row.event_mode.as_deref());
        prop_assert_eq!(&event.contexts, &row.contexts);
        prop_assert_eq!(event.own_quad, row.quad_class);
        prop_assert_eq!(event.own_goldstein.map(f64::from), row.plover_score);
        prop_assert_eq!(Some(event.factuality), row.factuality.as_deref());
        prop_assert_eq!(event.headline.as_deref(), row.title.as_deref().map(str::trim));
        prop_assert_eq!(event.urls.first().map(String::as_str), row.url.as_deref().map(str::trim));
        prop_assert_eq!(event.publishers.first().map(String::as_str), row.publisher.as_deref().map(str::trim));
        prop_assert_eq!(event.text.as_deref(), row.evidence.as_deref().map(str::trim));
        let voice = row.attribution.iter().rev().find(|v| v.kind != "publisher");
        prop_assert_eq!(event.claimant.as_deref(), voice.map(|v| v.text.trim()));
        for what in ["killed", "injured", "arrested"] {
            let count = event.counts.iter().find(|c| c.what == what).and_then(|c| c.best);
            let total = row.total(what);
            prop_assert_eq!(count, total.best.or(total.low));
        }
        check_place(event, row.place.as_ref(), true);
        if let (Some(read), Some(written)) = (&event.place, &row.place) {
            prop_assert_eq!(read.geonameid, written.geonameid);
            if !matches!(written.precision.as_str(), "region" | "unknown") {
                prop_assert_eq!(read.precision, written.precision.as_str());
            }
        }
        let unnamed = [PartyRow { sector: Some("UNK".to_owned()), ..PartyRow::default() }];
        let actor = if row.actor.is_empty() { &unnamed } else { row.actor.as_slice() };
        for (read, written) in [(&event.actor, actor), (&event.recipient, row.recipient.as_slice())] {
            prop_assert_eq!(read.len(), written.len());
            for (read, written) in read.iter().zip(written) {
                prop_assert_eq!(read.country.as_deref(), written.country.as_deref());
                // PLOVER's sector `UNO` is the United Nations.
                let un = written.sector.as_deref().filter(|s| *s == "UNO" && written.country.is_none()).map(|_| "UN");
                prop_assert_eq!(read.group.as_deref(), written.group.as_deref().or(un));
                prop_assert_eq!(read.ethnicity.as_deref(), written.ethnicity.as_deref());
                prop_assert_eq!(read.office.as_deref(), written.office.as_deref().map(str::trim));
                let nobody = written.country.is_none() && written.group.is_none();
                match written.sector.as_deref() {
                    Some(sector) => prop_assert_eq!(read.sector.as_deref(), Some(sector)),
                    None if nobody => prop_assert_eq!(read.sector.as_deref(), Some("UNK")),
                    None => {}
                }
                let text = Some(written.text.trim()).filter(|t| !t.is_empty());
                prop_assert_eq!(read.name.as_deref(), text);
            }
        }
    }

    #[test]
    fn ucdp(row in incident().prop_map(incident_today)) {
        let (bytes, told) = incidents(Format::Ucdp, std::slice::from_ref(&row));
        let read = back(Dataset::UcdpGed, &bytes);
        prop_assert_eq!(read.len() as u64, told.rows);
        prop_assert!(row.event_type == "ASSAULT" || read.is_empty());
        for event in &read {
            prop_assert_eq!(event.own.get("relid"), Some(row.incident_id.as_str()));
            prop_assert_eq!(Some(event.date.start), row.date_start);
            prop_assert_eq!(Some(event.date.end), row.date_end.or(row.date_start));
            prop_assert_eq!(event.event_type, Some(forewarn_codebook::EventType::Assault));
            check_place(event, row.place.as_ref(), true);
            prop_assert_eq!(&event.publishers, &list(&row.publisher_names));
            prop_assert_eq!(event.sources, Some(row.independent_origins));
            prop_assert_eq!(event.published, row.first_published);
            let voice = row.attribution.iter().rev().find(|v| v.kind != "publisher");
            let claimant = voice.map(|v| v.resolved.as_ref().unwrap_or(&v.text)).or(row.evidence_publisher.as_ref());
            prop_assert_eq!(event.claimant.as_deref().map(plain), known(claimant.map(String::as_str)));
            let all = event.counts.iter().find(|c| c.who.is_empty());
            prop_assert_eq!(all.and_then(|c| c.low), row.killed.low);
            prop_assert_eq!(all.and_then(|c| c.best), row.killed.best.or(row.killed.low));
            prop_assert_eq!(all.and_then(|c| c.high), row.killed.high);
            for (side, read) in [(&row.actor, &event.actor), (&row.recipient, &event.recipient)] {
                if let Some(p) = side.first().filter(|p| p.sector.as_deref() == Some("MIL") && p.country.is_some()) {
                    prop_assert_eq!(read.first().and_then(|r| r.country.as_deref()), p.country.as_deref());
                }
                if side.is_empty() {
                    prop_assert!(read.is_empty());
                }
            }
        }
    }

    #[test]
    fn acled(row in incident().prop_map(incident_today)) {
        let (bytes, told) = incidents(Format::Acled, std::slice::from_ref(&row));
        let read = back(Dataset::Acled, &bytes);
        prop_assert_eq!(read.len() as u64, told.rows);
        for event in &read {
            prop_assert_eq!(event.id.as_deref(), Some(row.incident_id.as_str()));
            prop_assert_eq!(Some(event.date.precision), row.date_prec.as_deref());
            let start = row.date_start.expect("it went out");
            prop_assert!(event.date.start <= start && start <= event.date.end);
            let ours = (row.event_type.as_str(), event.event_type.map(forewarn_codebook::EventType::as_str));
            let same = match ours {
                (ours, Some(read)) if ours == read => true,
                // ACLED files them elsewhere, or has one word for two.
                ("ASSAULT", Some("COERCE")) => row.event_mode.as_deref() == Some("destroy"),
                ("ASSAULT", Some("PROTEST")) => true,
                ("RETREAT", Some("AGREE")) => row.event_mode.as_deref() == Some("ceasefire"),
                ("MOBILIZE" | "RETREAT", None) => true,
                _ => false,
            };
            prop_assert!(same, "{ours:?}");
            prop_assert_eq!(event.text.as_deref().map(plain), known(row.evidence.as_deref()));
            prop_assert_eq!(&event.publishers, &list(&row.publisher_names));
            let dead = event.counts.iter().find(|c| c.what == "killed").and_then(|c| c.best);
            prop_assert_eq!(dead, row.killed.best.or(row.killed.low));
            check_place(event, row.place.as_ref(), false);
        }
    }
}
