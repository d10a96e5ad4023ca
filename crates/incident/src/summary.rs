//! What the accounts of one happening agree on, and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Factuality, VoiceKind};
use smol_str::SmolStr;

use crate::incident::{Account, Incident, IncidentDate, IncidentPlace, Joined, Member, Precision, Role};
use crate::link::Piece;
use crate::record::{Exactness, Interval, Reach, Side, Spot, Telling};
use crate::{bind, deeds, hash, origin, party, tally, time, whereabouts};

/// The incident of these pieces, of which at least one is an account.
pub(crate) fn incident(joined: &[Joined<'_>]) -> Incident {
    let core: Vec<Piece<'_>> = joined.iter().filter(|j| j.core).map(|j| j.piece).collect();
    let accounts: Vec<Piece<'_>> = if core.is_empty() { joined.iter().map(|j| j.piece).collect() } else { core };
    let ids = || accounts.iter().map(|p| p.telling.claim_id.as_str());
    let incident_id = SmolStr::from(hash::id(&[b"incident", ids().min().unwrap_or_default().as_bytes()]));
    let status = status(&accounts);
    // Those that say what the incident is: what was asserted, if anything was.
    let main: Vec<Piece<'_>> = accounts.iter().copied().filter(|p| p.telling.factuality == status).collect();
    // Clauses that take the happening for known say little of it that is sure to be about it.
    let plain: Vec<Piece<'_>> = main.iter().copied().filter(|p| p.telling.reach == Reach::News).collect();
    let told = if plain.is_empty() { main.clone() } else { plain };
    let event_type = event_type(&told);
    let (event_mode, cameo, goldstein, plover_score) = coding(&told, event_type);
    let acting = acting(&told, &main, event_type, event_mode.as_deref());
    let (actors, recipients) = sides(&acting, &turned(&acting, event_type));
    let place = place(saying(&told, &main, |t| t.spot.is_some()));
    let here = place.as_ref().and_then(|p| p.country.as_ref());
    let views = views(&actors, here);
    let disputed_actor = disputed(&views, &recipients);
    let mut members: Vec<Member> = joined.iter().map(member).collect();
    members.sort_by(|a, b| b.role.is_account().cmp(&a.role.is_account()).then_with(|| a.claim_id.cmp(&b.claim_id)));
    // Who denies it, or said beforehand that it would be, does not tell that it was.
    let mut reports: Vec<&str> = main.iter().map(|p| p.telling.report_id.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let mut publishers: Vec<SmolStr> =
        main.iter().filter_map(|p| p.sketch.publisher.as_deref()).map(origin::folded).collect();
    publishers.sort_unstable();
    publishers.dedup();
    let confidence = main.iter().map(|p| p.telling.confidence).sum::<f32>() / main.len().max(1) as f32;
    Incident {
        incident_id,
        event_type,
        event_mode,
        cameo,
        quad_class: event_type.quad_class(),
        goldstein,
        plover_score,
        status,
        recipient: agreed(&others(self::views(&recipients, here), &views)),
        actor: agreed(&views),
        disputed_actor,
        accounts: views.into_iter().map(|v| v.account()).collect(),
        date: date(saying(&told, &main, |t| t.when.is_some())),
        place,
        counts: tally::counts(&main),
        reports: reports.len() as u32,
        publishers: publishers.len() as u32,
        independent_origins: origin::independent(&main) as u32,
        confidence: (confidence * 1000.0).round() / 1000.0,
        members,
    }
}

fn member(joined: &Joined<'_>) -> Member {
    let telling = joined.piece.telling;
    let role = if joined.core {
        match telling.factuality {
            Factuality::Asserted => Role::Telling,
            Factuality::Denied | Factuality::Negated => Role::Denial,
            Factuality::Announced => Role::Announcement,
            Factuality::Disavowed => Role::Disavowal,
            Factuality::Hypothetical => Role::Speculation,
            Factuality::Background => Role::Background,
        }
    } else if matches!(telling.factuality, Factuality::Negated | Factuality::Denied) {
        Role::Denial
    } else if telling.factuality == Factuality::Background || telling.reach == Reach::Memory {
        Role::Background
    } else {
        Role::FollowUp
    };
    Member {
        claim_id: telling.claim_id.clone(),
        report_id: telling.report_id.clone(),
        role,
        merged_to: joined.to.clone(),
        score: joined.score,
        reasons: joined.reasons.clone(),
    }
}

/// The strongest that anybody says.
fn status(pieces: &[Piece<'_>]) -> Factuality {
    let rank = |f: Factuality| match f {
        Factuality::Asserted => 0,
        Factuality::Announced => 1,
        Factuality::Denied => 2,
        Factuality::Disavowed => 3,
        Factuality::Hypothetical => 4,
        Factuality::Negated => 5,
        Factuality::Background => 6,
    };
    pieces.iter().map(|p| p.telling.factuality).min_by_key(|&f| rank(f)).unwrap_or(Factuality::Background)
}

/// What weighs most by `value`, counted a report once; ties go to the smallest.
fn vote<T: Ord + Clone>(pieces: &[Piece<'_>], value: impl Fn(&Telling) -> Option<T>) -> Option<T> {
    let mut votes: BTreeMap<T, Vec<&str>> = BTreeMap::new();
    for piece in pieces {
        if let Some(v) = value(piece.telling) {
            let reports = votes.entry(v).or_default();
            if !reports.contains(&piece.telling.report_id.as_str()) {
                reports.push(&piece.telling.report_id);
            }
        }
    }
    let most = votes.values().map(Vec::len).max()?;
    votes.into_iter().find(|(_, r)| r.len() == most).map(|(v, _)| v)
}

fn event_type(pieces: &[Piece<'_>]) -> EventType {
    // Ties go to the gravest, which is the last in PLOVER's order.
    vote(pieces, |t| Some(std::cmp::Reverse(t.event_type))).map_or(EventType::Consult, |r| r.0)
}

/// Mode, code and scales: of the tellings of the type, the mode of most that give one, and its finest code.
fn coding(pieces: &[Piece<'_>], event: EventType) -> (Option<SmolStr>, SmolStr, f32, f32) {
    let own: Vec<Piece<'_>> = pieces.iter().copied().filter(|p| p.telling.event_type == event).collect();
    let mode = vote(&own, |t| t.event_mode.clone());
    let of_mode: Vec<Piece<'_>> =
        own.iter().copied().filter(|p| mode.is_none() || p.telling.event_mode == mode).collect();
    let fine = vote(&of_mode, |t| Some((std::cmp::Reverse(t.cameo.len()), t.cameo.clone())));
    let code = fine.map(|(_, c)| c).unwrap_or_default();
    let telling = of_mode.iter().map(|p| p.telling).find(|t| t.cameo == code);
    (mode, code, telling.map_or(0.0, |t| t.goldstein), telling.map_or(0.0, |t| t.plover_score))
}

/// The tellings that say who did it: of that kind of act only, for who mans a barricade is not blamed for the shots. Clauses
/// that take it for known speak where the plain ones name nobody.
fn acting<'p>(told: &[Piece<'p>], main: &[Piece<'p>], event: EventType, mode: Option<&str>) -> Vec<Piece<'p>> {
    let of_kind = |pieces: &[Piece<'p>]| -> Vec<Piece<'p>> {
        pieces.iter().copied().filter(|p| deeds::is_of_kind(p.telling, event, mode)).collect()
    };
    let names = |pieces: &[Piece<'_>]| pieces.iter().any(|p| !p.telling.actor.is_empty());
    let plain = of_kind(told);
    if names(&plain) {
        return plain;
    }
    let known = of_kind(main);
    if names(&known) {
        return known;
    }
    // Words and dealings of several types may be one; of force none is blamed for another kind, unless a riot is called by
    // two words.
    if bind::family(event) != bind::FORCE {
        return told.to_vec();
    }
    let riot = told
        .iter()
        .filter(|p| deeds::is_of_kind(p.telling, event, mode) || deeds::is_in_other_words(p.telling, event, mode));
    riot.copied().collect()
}

/// For each piece, whether its sides stand the other way round than those of most: "police met gunmen" beside "gunmen
/// attacked police". Words of meeting say little of who was first.
fn turned(pieces: &[Piece<'_>], event: EventType) -> Vec<bool> {
    let none = vec![false; pieces.len()];
    if !matches!(event, EventType::Assault | EventType::Consult | EventType::Agree | EventType::Cooperate) {
        return none;
    }
    let known = |t: &Telling| usize::from(!t.actor.is_empty()) + usize::from(!t.recipient.is_empty());
    let model = pieces
        .iter()
        .map(|p| p.telling)
        .max_by(|a, b| known(a).cmp(&known(b)).then_with(|| b.claim_id.cmp(&a.claim_id)));
    let Some(model) = model.filter(|m| known(m) == 2) else { return none };
    let crossed: Vec<bool> = pieces
        .iter()
        .map(|p| party::crossed((&p.telling.actor, &p.telling.recipient), (&model.actor, &model.recipient)))
        .collect();
    let weight = |t: &Telling| {
        if known(t) < 2 {
            0
        } else if deeds::meets(t) {
            1
        } else {
            4
        }
    };
    let votes = |which: bool| {
        pieces.iter().zip(&crossed).filter(|(_, c)| **c == which).map(|(p, _)| weight(p.telling)).sum::<usize>()
    };
    if votes(true) > votes(false) { crossed.iter().map(|c| !c).collect() } else { crossed }
}

/// One piece's party.
struct Named<'p> {
    piece: Piece<'p>,
    side: &'p Side,
}

fn sides<'p>(pieces: &[Piece<'p>], turned: &[bool]) -> (Vec<Named<'p>>, Vec<Named<'p>>) {
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    for (piece, &turned) in pieces.iter().zip(turned) {
        let (a, r) = (&piece.telling.actor, &piece.telling.recipient);
        let (a, r) = if turned { (r, a) } else { (a, r) };
        actors.extend(a.iter().map(|side| Named { piece: *piece, side }));
        recipients.extend(r.iter().map(|side| Named { piece: *piece, side }));
    }
    let hit: Vec<usize> = (0..actors.len()).filter(|&i| fires_back(&actors, &recipients, i)).collect();
    let mut at = 0;
    actors.retain(|_| {
        at += 1;
        !hit.contains(&(at - 1))
    });
    (actors, recipients)
}

/// Whether an acting party is the one attacked: others tell that it was hit, it is said to act on nobody ("returned fire"),
/// and nobody tells that it hit anyone.
fn fires_back(actors: &[Named<'_>], recipients: &[Named<'_>], i: usize) -> bool {
    let one = |a: &Side, b: &Side| !party::is_general(a) && !party::is_general(b) && party::alike(a, b) >= 0.8;
    let somebody = |s: &Side| s.sector.is_some() || s.group.is_some() || s.ethnicity.is_some() || s.person.is_some();
    let hits = |n: &Named<'_>| n.piece.telling.recipient.iter().any(somebody);
    let own = &actors[i];
    own.piece.telling.event_type == EventType::Assault
        && !hits(own)
        && own.piece.telling.actor.len() == 1
        && recipients.iter().any(|r| r.piece.telling.claim_id != own.piece.telling.claim_id && one(own.side, r.side))
        && !actors.iter().any(|a| hits(a) && one(own.side, a.side))
}

/// Parties that may be one, the best supported first.
struct View<'p, 'n> {
    names: Vec<&'n Named<'p>>,
    /// Its descriptions, each once: copies and headlines repeat them.
    kinds: Vec<&'p Side>,
}

impl<'p, 'n> View<'p, 'n> {
    fn push(&mut self, named: &'n Named<'p>) {
        self.names.push(named);
        if !self.kinds.contains(&named.side) {
            self.kinds.push(named.side);
        }
    }
}

impl View<'_, '_> {
    fn reports(&self) -> usize {
        let mut all: Vec<&str> = self.names.iter().map(|n| n.piece.telling.report_id.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }

    /// The fullest description, with the codes that most names give; an unnamed armed band is the weakest of sectors.
    fn party(&self) -> Side {
        let known = |s: &Side| {
            [&s.country, &s.sector, &s.group, &s.ethnicity, &s.person].iter().filter(|f| f.is_some()).count()
        };
        let best = self.names.iter().max_by(|a, b| {
            known(a.side)
                .cmp(&known(b.side))
                .then(a.side.text.len().min(40).cmp(&b.side.text.len().min(40)))
                .then_with(|| b.side.text.cmp(&a.side.text))
                .then_with(|| b.piece.telling.claim_id.cmp(&a.piece.telling.claim_id))
        });
        let Some(best) = best else { return Side::default() };
        let most = |field: fn(&Side) -> &Option<SmolStr>, weak: &[&str]| {
            let mut votes: BTreeMap<(bool, &SmolStr), BTreeSet<&str>> = BTreeMap::new();
            for n in &self.names {
                if let Some(v) = field(n.side) {
                    let strong = !weak.contains(&v.as_str());
                    votes.entry((strong, v)).or_default().insert(&n.piece.telling.report_id);
                }
            }
            let support =
                |strong: bool| votes.iter().filter(|((s, _), _)| *s == strong).map(|(_, r)| r.len()).sum::<usize>();
            let strong = 4 * support(true) > support(false);
            let most = votes.iter().filter(|((s, _), _)| *s == strong).map(|(_, r)| r.len()).max()?;
            let mut top = votes.iter().filter(|((s, _), r)| *s == strong && r.len() == most).map(|((_, v), _)| *v);
            let own = field(best.side).as_ref();
            top.clone().find(|v| Some(*v) == own).or_else(|| top.next()).cloned()
        };
        Side {
            text: best.side.text.clone(),
            country: most(|s| &s.country, &[]),
            sector: most(|s| &s.sector, &["UAF", "UNK"]),
            group: most(|s| &s.group, &[]),
            ethnicity: most(|s| &s.ethnicity, &[]),
            person: most(|s| &s.person, &[]),
        }
    }

    fn account(&self) -> Account {
        let mut claims: Vec<SmolStr> = self.names.iter().map(|n| n.piece.telling.claim_id.clone()).collect();
        claims.sort_unstable();
        claims.dedup();
        let mut said_by: Vec<SmolStr> = self.names.iter().flat_map(|n| voices(n.piece)).collect();
        said_by.sort_unstable();
        said_by.dedup();
        Account { party: self.party(), claims, said_by }
    }

    fn at_home(&self, here: Option<&SmolStr>) -> bool {
        here.is_some() && self.names.iter().any(|n| n.side.country.as_ref() == here)
    }
}

/// Parts descriptions into parties: each joins the view that it goes best with, the clearest first. `here` is the country
/// of the place.
fn views<'p, 'n>(names: &'n [Named<'p>], here: Option<&SmolStr>) -> Vec<View<'p, 'n>> {
    let known =
        |s: &Side| [&s.group, &s.person, &s.country, &s.ethnicity, &s.sector].iter().filter(|f| f.is_some()).count();
    let mut order: Vec<&Named<'p>> = names.iter().collect();
    order.sort_by(|a, b| {
        known(b.side)
            .cmp(&known(a.side))
            .then_with(|| a.piece.telling.claim_id.cmp(&b.piece.telling.claim_id))
            .then_with(|| a.side.text.cmp(&b.side.text))
    });
    let mut views: Vec<View<'p, 'n>> = Vec::new();
    for named in order {
        let fit = |v: &View<'_, '_>| {
            let each = || v.kinds.iter().map(|side| party::alike(side, named.side));
            // One that it cannot be keeps it out, and so does another sort of people.
            if each().any(|s| s <= -0.4) || v.kinds.iter().any(|side| party::other_people(side, named.side)) {
                return f32::MIN;
            }
            // Whom a headline means by "militia" its lead says.
            let lead = v.names.iter().any(|n| {
                let (own, other) = (n.piece.telling, named.piece.telling);
                own.report_id == other.report_id && own.headline != other.headline
            });
            each().fold(f32::MIN, f32::max) + if lead { 0.5 } else { 0.0 }
        };
        let best =
            views.iter_mut().map(|v| (fit(v), v)).fold(None::<(f32, &mut View<'p, 'n>)>, |best, next| match best {
                Some(b) if b.0 >= next.0 => Some(b),
                _ => Some(next),
            });
        match best {
            Some((score, view)) if score >= 0.0 => view.push(named),
            _ => views.push(View { names: vec![named], kinds: vec![named.side] }),
        }
    }
    views.sort_by(|a, b| {
        b.reports()
            .cmp(&a.reports())
            .then(b.names.len().cmp(&a.names.len()))
            // Of sides that are named as often, the one at home where it happened.
            .then_with(|| b.at_home(here).cmp(&a.at_home(here)))
            .then_with(|| a.names[0].side.text.cmp(&b.names[0].side.text))
    });
    views
}

/// Parties of the view with most reports; of one report that names several together, all of them.
fn agreed(views: &[View<'_, '_>]) -> Vec<Side> {
    let Some(first) = views.first() else { return Vec::new() };
    let mut out = vec![first.party()];
    for view in &views[1..] {
        // Named side by side in one claim: partners, not rivals.
        let partners =
            view.names.iter().any(|n| first.names.iter().any(|m| m.piece.telling.claim_id == n.piece.telling.claim_id));
        if partners {
            out.push(view.party());
        }
    }
    out
}

/// Those acted on, with whom they are the acting side of last: in a clash both sides are hurt.
fn others<'p, 'n>(mut recipients: Vec<View<'p, 'n>>, actors: &[View<'_, '_>]) -> Vec<View<'p, 'n>> {
    let acts = |v: &View<'_, '_>| {
        let own = v.party();
        actors.first().is_some_and(|a| {
            let a = a.party();
            party::alike(&a, &own) >= 0.7 && (a.ethnicity.is_some() || a.group.is_some() || !party::is_general(&a))
        })
    };
    recipients.sort_by_key(acts);
    recipients
}

/// Whether two accounts blame parties that cannot be one, and neither is the side acted on.
fn disputed(views: &[View<'_, '_>], recipients: &[Named<'_>]) -> bool {
    let rivals: Vec<&View<'_, '_>> = views
        .iter()
        .filter(|v| {
            !v.names
                .iter()
                .any(|n| recipients.iter().any(|r| !party::is_general(r.side) && party::alike(n.side, r.side) > 0.8))
        })
        .collect();
    rivals.iter().enumerate().any(|(i, v)| {
        rivals[..i].iter().any(|w| {
            let partners =
                v.names.iter().any(|n| w.names.iter().any(|m| m.piece.telling.claim_id == n.piece.telling.claim_id));
            let apart = v.names.iter().any(|n| w.names.iter().any(|m| party::alike(n.side, m.side) <= -0.4));
            // A report that has both act tells of two deeds, not of a quarrel about one.
            let alone = |v: &View<'_, '_>, w: &View<'_, '_>| {
                v.names.iter().any(|n| w.names.iter().all(|m| m.piece.telling.report_id != n.piece.telling.report_id))
            };
            !partners && apart && alone(v, w) && alone(w, v)
        })
    })
}

/// On whose word a claim stands: the voices that it names, else its publisher.
pub(crate) fn voices(piece: Piece<'_>) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> =
        piece.telling.said.iter().filter(|s| s.kind != VoiceKind::Publisher || s.named).map(|s| s.by.clone()).collect();
    out.extend(piece.sketch.publisher.clone());
    out.sort_unstable();
    out.dedup();
    out
}

/// The plain tellings, unless only those that take the happening for known say something of a field.
fn saying<'a, 'p>(told: &'a [Piece<'p>], main: &'a [Piece<'p>], says: impl Fn(&Telling) -> bool) -> &'a [Piece<'p>] {
    if told.iter().any(|p| says(p.telling)) { told } else { main }
}

fn date(pieces: &[Piece<'_>]) -> Option<IncidentDate> {
    // The shortest intervals speak first; among those of one length, most reports.
    let rank = |i: Interval| match i.days() {
        ..=2 => Precision::Day,
        3..=9 => Precision::Week,
        10..=31 => Precision::Month,
        _ => Precision::Year,
    };
    let finest = pieces.iter().filter_map(|p| p.telling.when).map(rank).min();
    if let Some(finest) = finest {
        let best = vote(pieces, |t| t.when.filter(|w| rank(*w) == finest))?;
        return Some(IncidentDate { start: time::date(best.start)?, end: time::date(best.end)?, precision: finest });
    }
    let earliest = pieces.iter().filter_map(|p| p.sketch.published).min()?;
    Some(IncidentDate {
        start: time::date(earliest - time::NEWS)?,
        end: time::date(earliest)?,
        precision: Precision::Published,
    })
}

fn place(pieces: &[Piece<'_>]) -> Option<IncidentPlace> {
    let spots: Vec<(&Spot, Piece<'_>)> =
        pieces.iter().filter_map(|p| p.telling.spot.as_ref().map(|s| (s, *p))).collect();
    let finest = spots.iter().map(|(s, _)| s.exactness.max(Exactness::Settlement)).min()?;
    let name = vote(pieces, |t| {
        t.spot.as_ref().filter(|s| s.exactness.max(Exactness::Settlement) == finest).map(|s| s.name.clone())
    })?;
    let best = spots
        .iter()
        .filter(|(s, _)| s.name == name && s.exactness.max(Exactness::Settlement) == finest)
        .min_by(|(a, p), (b, q)| {
            b.at.is_some().cmp(&a.at.is_some()).then_with(|| p.telling.claim_id.cmp(&q.telling.claim_id))
        })?
        .0;
    let mut also: Vec<SmolStr> = spots
        .iter()
        .filter(|(s, _)| s.exactness <= Exactness::District && s.name != name)
        .filter(|(s, _)| whereabouts::relation(Some(s), Some(best)) != whereabouts::Relation::Same)
        .map(|(s, _)| s.name.clone())
        .collect();
    also.sort_unstable();
    also.dedup();
    let round = |x: f32| (f64::from(x) * 1e4).round() / 1e4;
    Some(IncidentPlace {
        name,
        country: best.country.clone(),
        admin1: best.admin1.clone(),
        lat: best.at.map(|a| round(a.0)),
        lon: best.at.map(|a| round(a.1)),
        geonameid: best.geonameid,
        precision: best.exactness,
        also,
    })
}
