//! ACLED's 31 columns. Not ACLED's data: the coding is Forewarn's.
//!
//! ACLED records political violence, protest and what prepares them, no talks: rows of other types are left out. The mapping
//! from PLOVER types and modes is [`happening`]; `docs/exchange.md` shows it as a table. Whether an assault is a battle or
//! violence against civilians hangs on whether its target bears arms; where nobody can tell, the row is left out. Unknown
//! deaths stay empty (ACLED writes 0).

use std::io::Write;

use ::csv::Writer;
use forewarn_codebook::actors::{Actors, Scheme};
use jiff::civil::Date;

use super::party::{self, Role, country_name, role};
use super::view::{View, listed};
use super::{Error, Fate, Form, Notice, Settings};
use crate::row::{EventRow, IncidentRow, PartyRow};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

const POLITICAL: &str = "Political violence";
const DEMONSTRATIONS: &str = "Demonstrations";
const STRATEGIC: &str = "Strategic developments";
const BATTLES: &str = "Battles";
const REMOTE: &str = "Explosions/Remote violence";
const CIVILIANS: &str = "Violence against civilians";
const PROTESTS: &str = "Protests";
const RIOTS: &str = "Riots";

/// Disorder type, event type, sub-event type.
type Happening = (&'static str, &'static str, &'static str);

pub(super) struct Acled<'a, W: Write> {
    out: Writer<W>,
    actors: &'a Actors,
    made: Option<Date>,
}

impl<'a, W: Write> Acled<'a, W> {
    pub(super) fn open(out: W, settings: Settings<'a>, notice: &Notice) -> Result<Self, Error> {
        let mut out = super::csv::records(out);
        out.write_record(COLUMNS)?;
        Ok(Self { out, actors: settings.actors, made: notice.made })
    }

    fn record(&mut self, v: &View<'_>) -> Result<Fate, Error> {
        if let Some(why) = v.not_asserted() {
            return Ok(Fate::LeftOut(why));
        }
        let time_precision = match v.date_prec {
            Some("day") => "1",
            Some("week") => "2",
            Some("month") => "3",
            _ => return Ok(Fate::LeftOut("no date as fine as a month")),
        };
        let Some(day) = v.date_start else { return Ok(Fate::LeftOut("no date as fine as a month")) };
        let (disorder, event, sub) = match happening(self.actors, v) {
            Ok(happening) => happening,
            Err(why) => return Ok(Fate::LeftOut(why)),
        };
        let iso3 = v.place.and_then(|p| p.country.as_deref());
        let crowd = match event {
            PROTESTS => Some(("Protesters", 6)),
            RIOTS => Some(("Rioters", 5)),
            _ => None,
        };
        // In ACLED the crowd is the first actor, also where the police act on it.
        let by_police = matches!(sub, "Protest with intervention" | "Excessive force against protesters");
        let (first, second) = if by_police { (v.recipient, v.actor) } else { (v.actor, v.recipient) };
        let one = self.side(first, iso3, crowd);
        let two = self.side(second, iso3, None);
        let mut interaction = [one.inter, two.inter];
        interaction.sort_by_key(|&i| if i == 0 { u8::MAX } else { i });
        let targeted = two.inter == 7 || sub == "Excessive force against protesters";
        let point = v.point();
        let geo_precision = match v.place.map(|p| p.precision.as_str()) {
            Some("exact" | "settlement") => "1",
            Some("district") => "2",
            Some("admin1") => "3",
            _ => "",
        };
        let numeric = iso3.and_then(|c| self.actors.codes(c, Scheme::Numeric, Some(day)));
        let degrees = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        let code = |n: u8| if n == 0 { String::new() } else { n.to_string() };
        let record: [String; 31] = [
            v.id.to_owned(),
            day.to_string(),
            day.year().to_string(),
            time_precision.to_owned(),
            disorder.to_owned(),
            event.to_owned(),
            sub.to_owned(),
            one.name,
            one.others,
            code(one.inter),
            two.name,
            two.others,
            code(two.inter),
            format!("{}{}", interaction[0], interaction[1]),
            if targeted { "Civilian targeting".to_owned() } else { String::new() },
            numeric.unwrap_or_default().trim_start_matches('0').to_owned(),
            String::new(),
            iso3.map(|c| country_name(self.actors, c).to_owned()).unwrap_or_default(),
            v.place.and_then(|p| p.admin1.clone()).unwrap_or_default(),
            String::new(),
            String::new(),
            v.place.map(|p| p.name.clone()).unwrap_or_default(),
            degrees(point.map(|p| p.0)),
            degrees(point.map(|p| p.1)),
            geo_precision.to_owned(),
            listed(&v.publishers).replace(';', "; "),
            String::new(),
            v.evidence.unwrap_or_default().to_owned(),
            v.killed.best.or(v.killed.low).map(|n| n.to_string()).unwrap_or_default(),
            if v.disputed { "disputed actor".to_owned() } else { String::new() },
            self.made.map(|d| seconds(d).to_string()).unwrap_or_default(),
        ];
        self.out.write_record(&record)?;
        Ok(Fate::Written)
    }

    /// A side's columns; `crowd` names it where its members protest or riot.
    fn side(&self, parties: &[PartyRow], place: Option<&str>, crowd: Option<(&str, u8)>) -> Side {
        let Some(first) = parties.first() else {
            let (name, inter) = crowd.unwrap_or(("", 0));
            return Side { name: name.to_owned(), others: String::new(), inter };
        };
        let of = |kind: &str| match first.country.as_deref().map(|c| country_name(self.actors, c)) {
            Some(country) => format!("{kind} ({country})"),
            None => kind.to_owned(),
        };
        let forces = |kind: &str| match first.country.as_deref().map(|c| country_name(self.actors, c)) {
            Some(country) => format!("{kind} of {country}"),
            None => first.text.clone(),
        };
        let role = role(self.actors, first);
        let abroad = first.country.as_deref().zip(place).is_some_and(|(own, there)| own != there);
        let (name, inter) = match (crowd, role) {
            (Some((kind, inter)), Role::Civilians | Role::Unknown | Role::IdentityMilitia | Role::Militia) => {
                (of(kind), inter)
            }
            (_, Role::State) => {
                let kind = match first.sector.as_deref() {
                    Some("MIL") => "Military Forces",
                    Some("COP") => "Police Forces",
                    _ => "Government",
                };
                (forces(kind), if abroad { 8 } else { 1 })
            }
            (_, Role::Rebels) => (party::name(self.actors, first).to_owned(), 2),
            (_, Role::Militia) if first.group.is_some() => (party::name(self.actors, first).to_owned(), 3),
            (_, Role::Militia) => (of("Unidentified Armed Group"), 3),
            (_, Role::IdentityMilitia) => (first.text.clone(), 4),
            (_, Role::Civilians) => (of("Civilians"), 7),
            (_, Role::External) => (party::name(self.actors, first).to_owned(), 8),
            (_, Role::Unknown) => (first.text.clone(), 0),
        };
        let words = parties.iter().map(|p| p.text.as_str()).filter(|t| *t != name);
        Side { others: words.collect::<Vec<_>>().join("; "), name, inter }
    }
}

struct Side {
    name: String,
    others: String,
    /// 1 state, 2 rebels, 3 political militia, 4 identity militia, 5 rioters, 6 protesters, 7 civilians, 8 external;
    /// 0 nobody or unknown.
    inter: u8,
}

impl<W: Write> Form for Acled<'_, W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        self.record(&View::event(row))
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.record(&View::incident(row))
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// What ACLED would call it, or why it is left out.
fn happening(actors: &Actors, v: &View<'_>) -> Result<Happening, &'static str> {
    let deadly = v.killed.low.or(v.killed.best).is_some_and(|n| n > 0);
    match (v.event_type.unwrap_or_default(), v.event_mode) {
        ("ASSAULT", mode) => assault(actors, v, mode, deadly),
        ("PROTEST", Some("riot" | "vandalize")) => Ok((DEMONSTRATIONS, RIOTS, "Violent demonstration")),
        ("PROTEST", _) => Ok((DEMONSTRATIONS, PROTESTS, "Peaceful protest")),
        ("COERCE", Some("arrest" | "deport")) => Ok((STRATEGIC, STRATEGIC, "Arrests")),
        ("COERCE", Some("seize")) => Ok((STRATEGIC, STRATEGIC, "Looting/property destruction")),
        ("RETREAT", Some("ceasefire")) => Ok((STRATEGIC, STRATEGIC, "Agreement")),
        ("RETREAT", Some("withdraw" | "disarm")) | ("MOBILIZE", _) => {
            Ok((STRATEGIC, STRATEGIC, "Change to group/activity"))
        }
        ("SUPPORT" | "AGREE", _) if v.cameo == Some("057") => Ok((STRATEGIC, STRATEGIC, "Agreement")),
        _ => Err("no political violence, protest or strategic development"),
    }
}

fn assault(actors: &Actors, v: &View<'_>, mode: Option<&str>, deadly: bool) -> Result<Happening, &'static str> {
    let remote = |sub| Ok((POLITICAL, REMOTE, sub));
    let against = |sub| Ok((POLITICAL, CIVILIANS, sub));
    match mode {
        Some("aerial" | "drone") => return remote("Air/drone strike"),
        Some("suicide-attack") => return remote("Suicide bomb"),
        Some("explosives") => return remote("Remote explosive/landmine/IED"),
        Some("heavy-weapons") => return remote("Shelling/artillery/missile attack"),
        Some("unconventional") => return remote("Chemical weapon"),
        Some("abduct") => return against("Abduction/forced disappearance"),
        Some("sexual") => return against("Sexual violence"),
        Some("crowd-control") if deadly => {
            return Ok(("Political violence; Demonstrations", PROTESTS, "Excessive force against protesters"));
        }
        Some("crowd-control") => return Ok((DEMONSTRATIONS, PROTESTS, "Protest with intervention")),
        Some("destroy") => return Ok((STRATEGIC, STRATEGIC, "Looting/property destruction")),
        _ => {}
    }
    let (actor, recipient) = (v.actor.first().map(|p| role(actors, p)), v.recipient.first().map(|p| role(actors, p)));
    if actor == Some(Role::Civilians) {
        return Ok((POLITICAL, RIOTS, "Mob violence"));
    }
    match recipient {
        Some(Role::Civilians) => against("Attack"),
        Some(r) if r.is_armed() && v.cameo == Some("192") && actor.is_some_and(|a| a != Role::State) => {
            Ok((POLITICAL, BATTLES, "Non-state actor overtakes territory"))
        }
        Some(r) if r.is_armed() => Ok((POLITICAL, BATTLES, "Armed clash")),
        _ => Err("nobody can tell whether the target bore arms"),
    }
}

/// Seconds from 1970-01-01 to the beginning of the day.
fn seconds(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_secs()
}
