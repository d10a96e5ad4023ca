//! Rows of lists, claims and incidents alike: as cards, as feed entries, as features, as tables.

use forewarn_exchange::row::{CountRange, PartyRow, PlaceRow, VoiceRow};
use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::{Ledger, Listing, Of, Page as Part};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::asked::segment;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::Entry;
use crate::show::{chip, day, number, party, place, voice};
use crate::table::Table;

/// What lists are made of.
pub trait Row: Serialize + Send + Sized {
    /// What a list of them is called: "Claims".
    const NAME: &'static str;
    /// The list's address; a row's own lies below it.
    const PATH: &'static str;
    /// The same for the ledger.
    const OF: Of;
    /// The same for exports.
    const ROWS: Rows;

    /// A part of those that a filter holds for.
    ///
    /// # Errors
    /// When the part's token is none, or the ledger cannot be read.
    fn part(ledger: &Ledger, filter: &Filter, part: &Part) -> forewarn_ledger::Result<Listing<Self>>;

    /// What it tells.
    fn told(&self) -> Told<'_>;

    /// Where it stands, the end of its card.
    fn source(&self) -> Markup;

    /// What its feature has besides what all have.
    fn properties(&self) -> Value;
}

/// What a row tells: when, what, who to whom, in which sentence, on whose word, where, how many dead.
pub struct Told<'r> {
    /// Its id.
    pub id: &'r str,
    /// Its type; none for a statement.
    pub kind: Option<&'r str>,
    /// Its mode.
    pub mode: Option<&'r str>,
    /// Its quad class.
    pub quad: Option<u8>,
    /// Whether it is said to have happened.
    pub factuality: Option<&'r str>,
    /// The imported set that it is of.
    pub set: Option<&'r str>,
    /// The acting side.
    pub actor: &'r [PartyRow],
    /// The side acted on.
    pub recipient: &'r [PartyRow],
    /// First day, last day, precision.
    pub when: (Option<Date>, Option<Date>, Option<&'r str>),
    /// When it was printed first, for what has no day.
    pub reported: Option<Date>,
    /// When it was told last.
    pub latest: Option<Date>,
    /// The sentence.
    pub sentence: Option<&'r str>,
    /// What it is called where there is no sentence.
    pub otherwise: String,
    /// On whose word, the outermost first.
    pub voices: &'r [VoiceRow],
    /// Where.
    pub place: Option<&'r PlaceRow>,
    /// How many were killed.
    pub killed: CountRange,
}

/// The path of a row's own page.
fn href<R: Row>(told: &Told<'_>) -> String {
    format!("{}/{}", R::PATH, segment(told.id))
}

/// Rows as cards.
pub fn cards<'r, R: Row + 'r>(frame: &Frame<'_>, rows: impl IntoIterator<Item = &'r R>) -> Markup {
    html! { ol.cards { @for row in rows { (card(frame, row)) } } }
}

/// One row.
pub fn card<R: Row>(frame: &Frame<'_>, row: &R) -> Markup {
    let told = row.told();
    let href = frame.link(&href::<R>(&told));
    html! {
        li.card {
            div.card-head {
                span.card-day {
                    @match (told.when, told.reported) {
                        ((None, None, _), Some(published)) => { "reported " (day::day(published)) },
                        ((start, end, precision), _) => (day::span(start, end, precision)),
                    }
                }
                (chip::kind(told.kind, told.mode, told.quad))
                (chip::factuality(told.factuality, false))
                @if let Some(set) = told.set { span.chip.chip-set { (set) } }
                span.card-parties { (party::side(frame, told.actor)) " → " (party::side(frame, told.recipient)) }
            }
            @match told.sentence {
                Some(sentence) => blockquote.card-quote dir="auto" { a href=(href) { (sentence) } },
                None => p { a href=(href) dir="auto" { (told.otherwise) } },
            }
            p.card-voice { (voice::line(told.voices)) }
            p.card-meta {
                @if let Some(place) = told.place { span dir="auto" title=(place::precision(&place.precision)) { (place::text(place)) } " · " }
                @if let Some(killed) = number::of(&told.killed) { span.killed { (killed) " killed" } " · " }
                (row.source())
            }
        }
    }
}

/// In one line: "ASSAULT (denied): somebody → somebody, Banjska".
pub fn title<R: Row>(row: &R) -> String {
    let told = row.told();
    let place = told.place.map_or_else(String::new, |p| format!(", {}", p.name));
    let fact = match told.factuality {
        Some("asserted") | None => String::new(),
        Some(other) => format!(" ({other})"),
    };
    let kind = told.kind.unwrap_or("statement");
    format!("{kind}{fact}: {} → {}{place}", party::text(told.actor), party::text(told.recipient))
}

/// Feed entries.
pub fn entries<R: Row>(rows: &[R]) -> Vec<Entry> {
    rows.iter()
        .map(|row| {
            let told = row.told();
            let (start, end, _) = told.when;
            Entry {
                id: told.id.to_owned(),
                title: title(row),
                href: href::<R>(&told),
                updated: told.latest.or(end).or(start),
                summary: format!(
                    "{}. {} {}",
                    day::text(start, end),
                    told.sentence.unwrap_or(""),
                    voice::text(told.voices)
                ),
            }
        })
        .collect()
}

/// GeoJSON features; what has no place fine enough to be drawn has a null geometry.
pub fn features<R: Row>(rows: &[R]) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            let told = row.told();
            let (start, end, _) = told.when;
            let shared = json!({
                "title": title(row), "event_type": told.kind, "date_start": start, "date_end": end,
                "place": told.place.map(|p| &p.name), "precision": told.place.map(|p| &p.precision),
                "href": href::<R>(&told),
            });
            let mut properties = Map::new();
            for part in [row.properties(), shared] {
                if let Value::Object(part) = part {
                    properties.extend(part);
                }
            }
            json!({
                "type": "Feature", "id": told.id, "geometry": place::geometry(told.place), "properties": properties,
            })
        })
        .collect()
}

/// All of them with all their fields.
///
/// # Errors
/// When a row cannot be written as JSON.
pub fn table<R: Row>(rows: &[R]) -> Result<Table, Fault> {
    Ok(Table::of(rows.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?))
}
