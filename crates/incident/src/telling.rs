//! Boils a claim down to what merging needs.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Claim, Party, Stance, VoiceKind};
use forewarn_language::{NameKind, Rel, Sentence, Sub, Upos};
use forewarn_report::{BlockKind, Report};
use smol_str::SmolStr;

use crate::record::{Exactness, Interval, Reach, Said, Side, Spot, Telling, Toll};
use crate::{bind, time, words};

/// How many of a sentence's words are kept.
const TERMS: usize = 16;

/// How many days before the main clause's day lies what a clause with "after" tells, at most.
const BEFORE: i32 = 2;

/// Longest description of a party that is kept, in bytes.
const NAME: usize = 80;

/// Nouns for a violent happening: what an aftermath speaks of.
const HAPPENINGS: [&str; 37] = [
    "attack",
    "killing",
    "bombing",
    "explosion",
    "blast",
    "shooting",
    "massacre",
    "ambush",
    "clash",
    "clashe",
    "assault",
    "raid",
    "strike",
    "airstrike",
    "shelling",
    "murder",
    "kidnapping",
    "abduction",
    "siege",
    "incident",
    "violence",
    "death",
    "assassination",
    "battle",
    "gunfight",
    "firefight",
    "shootout",
    "slaughter",
    "bloodshed",
    "hijacking",
    "stabbing",
    "riot",
    "casualty",
    "victim",
    "bomb",
    "unrest",
    "tragedy",
];

/// Verbs of harm, for "the officer killed in …".
const HARM: [&str; 9] = ["kill", "murder", "die", "shoot", "bomb", "injure", "wound", "slay", "abduct"];

/// Words of what comes after.
const AFTER: [&str; 44] = [
    "funeral",
    "bury",
    "burial",
    "mourn",
    "mourner",
    "mourning",
    "vigil",
    "condolence",
    "trial",
    "court",
    "judge",
    "verdict",
    "sentence",
    "convict",
    "prosecutor",
    "prosecution",
    "indict",
    "indictment",
    "charge",
    "tribunal",
    "condemn",
    "condemnation",
    "denounce",
    "deplore",
    "lay",
    "coffin",
    "grave",
    "cemetery",
    "investigation",
    "investigate",
    "inquiry",
    "probe",
    "arrest",
    "detain",
    "suspect",
    "extradite",
    "appeal",
    "accuse",
    "blame",
    "aftermath",
    "tribute",
    "grief",
    "sanction",
    "testify",
];

/// Words of what comes years after.
const MEMORY: [&str; 11] = [
    "anniversary",
    "commemorate",
    "commemoration",
    "remembrance",
    "memorial",
    "remember",
    "decade",
    "veteran",
    "monument",
    "unveil",
    "commemorative",
];

impl Telling {
    /// The telling of a claim; `sentences` are those of its report.
    pub fn of(report: &Report, sentences: &[Sentence], claim: &Claim) -> Self {
        let sentence = sentences.get(claim.sentence as usize);
        let event_type = EventType::parse(claim.event_type).unwrap_or(EventType::Consult);
        let mut out = Self {
            claim_id: SmolStr::from(claim.claim_id.as_str()),
            report_id: SmolStr::from(claim.report_id.as_str()),
            sentence: claim.sentence,
            headline: sentence.is_some_and(|s| is_headline(report, s)),
            predicate: claim.predicate.span,
            event_type,
            event_mode: claim.event_mode.clone(),
            cameo: claim.cameo.clone(),
            goldstein: claim.goldstein,
            plover_score: claim.plover_score,
            factuality: claim.factuality,
            actor: claim.actor.iter().map(side).collect(),
            recipient: claim.recipient.iter().map(side).collect(),
            when: claim.date.as_ref().and_then(|d| {
                let Some(when) = time::interval(d) else { return own_day(&report.text, sentence?, claim, d) };
                let before = when.days() == 1 && sentence.is_some_and(|s| came_before(&report.text, s, claim, d));
                Some(if before { Interval { start: when.start - BEFORE, end: when.end } } else { when })
            }),
            spot: claim.place.as_ref().map(|p| spot(&report.text, claim, p)),
            tolls: claim
                .counts
                .iter()
                .map(|c| Toll { what: c.what.into(), who: short(&c.who), low: c.low, best: c.best, high: c.high })
                .collect(),
            said: claim
                .attribution
                .iter()
                .map(|v| Said {
                    by: short(v.resolved.as_deref().unwrap_or(&v.text)),
                    kind: v.kind,
                    stance: v.stance,
                    named: v.span.is_some() || v.kind != VoiceKind::Publisher,
                })
                .chain(sentence.and_then(|s| credit(&report.text, s)).map(|by| Said {
                    by: short(by),
                    kind: VoiceKind::Publisher,
                    stance: Stance::Reports,
                    named: true,
                }))
                .collect(),
            terms: sentence.map(|s| words::of_sentence(&report.text, s, TERMS)).unwrap_or_default(),
            reach: sentence.map_or(Reach::News, |s| reach(report, sentences, s, claim, event_type)),
            anchors: Vec::new(),
            confidence: claim.confidence,
        };
        out.bind();
        out
    }

    /// Sets the anchors anew, after a field that they are made of was changed.
    pub fn bind(&mut self) {
        self.anchors = bind::anchors(self);
    }

    /// Whether the claim's report puts it into its headline or lead; the headline's words are few and sure.
    pub(crate) fn is_point(&self) -> bool {
        self.spot.as_ref().is_some_and(|s| s.exactness.is_point())
    }
}

/// Whether the date is that of the main clause, which came after what the claim tells: "accused him on Saturday after two
/// were shot" dates the accusation.
fn came_before(text: &str, sentence: &Sentence, claim: &Claim, date: &forewarn_coder::When) -> bool {
    let Some(span) = date.span else { return false };
    let Some(at) = sentence.tokens.iter().position(|t| t.span.overlaps(claim.predicate.span)) else { return false };
    let after = sentence.tokens[at].rel == Rel::Advcl
        && sentence.children(at).any(|c| {
            let token = &sentence.tokens[c];
            token.rel == Rel::Mark && token.span.slice(text).eq_ignore_ascii_case("after")
        });
    let under = |mut i: usize| {
        for _ in 0..sentence.tokens.len() {
            if i == at {
                return true;
            }
            match sentence.tokens[i].head {
                Some(head) => i = head as usize,
                None => return false,
            }
        }
        false
    };
    after && (0..sentence.tokens.len()).filter(|&i| sentence.tokens[i].span.overlaps(span)).all(|i| !under(i))
}

/// The day of a noun that a clause only reckons from: "since Sunday's attack", "before Monday's clashes". The coder's date
/// is open to one side, as for a deed of the clause; what the day is said of lies on it.
fn own_day(text: &str, sentence: &Sentence, claim: &Claim, date: &forewarn_coder::When) -> Option<Interval> {
    let span = date.span?;
    let at = sentence.tokens.iter().position(|t| t.span.overlaps(claim.predicate.span))?;
    let own = sentence.tokens[at].upos == Upos::Noun
        && sentence.children(at).any(|c| {
            let token = &sentence.tokens[c];
            token.sub == Sub::Poss && token.span.overlaps(span) && is_day(token.span.slice(text))
        });
    let day = time::day(date.start.or(date.end)?);
    own.then_some(Interval { start: day, end: day })
}

/// Whether a word names one day.
fn is_day(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("day")
}

/// The medium that a sentence credits at its end or start: "…, as reported by AFP", "… reported by the Example Wire". The
/// coder binds such a credit to one predicate; the whole sentence stands on it.
fn credit<'t>(text: &'t str, sentence: &Sentence) -> Option<&'t str> {
    let form = |i: usize| sentence.form(text, i);
    let n = sentence.tokens.len();
    let by = (1..n).find(|&i| form(i) == "by" && form(i - 1).eq_ignore_ascii_case("reported"))?;
    let first = if n > by + 1 && form(by + 1) == "the" { by + 2 } else { by + 1 };
    let end = (first..n).find(|&i| !form(i).starts_with(char::is_uppercase)).unwrap_or(n);
    let person = sentence
        .names
        .iter()
        .any(|name| name.kind == NameKind::Person && (name.first as usize) < end && first < name.end as usize);
    (end > first && !person).then(|| sentence.tokens[first].span.cover(sentence.tokens[end - 1].span).slice(text))
}

fn short(text: &str) -> SmolStr {
    SmolStr::from(&text[..text.floor_char_boundary(NAME)])
}

fn side(party: &Party) -> Side {
    Side {
        text: short(party.resolved.as_deref().unwrap_or(&party.text)),
        country: party.country.clone(),
        sector: party.sector.clone(),
        group: party.group.clone(),
        ethnicity: party.ethnicity.clone(),
        person: party.person.as_deref().map(SmolStr::from),
    }
}

fn spot(text: &str, claim: &Claim, place: &forewarn_coder::Place) -> Spot {
    // "Near the Kenyan town of …" may have a name of its own; the preposition stands a few words before the name.
    let before = text.get(claim.span.start as usize..place.span.start as usize).unwrap_or_default();
    let near = before
        .split_whitespace()
        .rev()
        .take(5)
        .take_while(|w| !w.ends_with([',', ';']))
        .any(|w| matches!(w, "near" | "outside"))
        || place.text.starts_with("near ");
    Spot {
        name: SmolStr::from(place.name.as_str()),
        country: place.country.clone(),
        admin1: place.admin1.as_deref().map(SmolStr::from),
        at: place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32)),
        geonameid: place.geonameid,
        exactness: match Exactness::parse(place.precision) {
            Exactness::Settlement if near => Exactness::District,
            exactness => exactness,
        },
    }
}

fn is_headline(report: &Report, sentence: &Sentence) -> bool {
    report.blocks.get(sentence.block as usize).is_some_and(|b| b.kind == BlockKind::Title)
}

/// How a claim stands to the happening that it tells; the report's headline sets the mood for all of it.
fn reach(report: &Report, sentences: &[Sentence], sentence: &Sentence, claim: &Claim, event: EventType) -> Reach {
    let own = Tone::of(&report.text, sentence);
    let headline = sentences
        .iter()
        .filter(|s| is_headline(report, s))
        .map(|s| Tone::of(&report.text, s))
        .fold(Tone::default(), Tone::with);
    if own.memory || headline.memory {
        return Reach::Memory;
    }
    let at = sentence.tokens.iter().position(|t| t.span.overlaps(claim.predicate.span));
    let known = at.is_some_and(|at| taken_for_known(&report.text, sentence, at));
    let violent = matches!(event, EventType::Assault | EventType::Protest);
    // An arrest or a verdict in the report of an attack is a claim of its own, which points to the attack.
    // "Buried the victims of the massacre": a noun that the sentence's own verb stands over.
    let noun = at.is_some_and(|at| {
        let token = &sentence.tokens[at];
        token.upos == Upos::Noun && matches!(token.rel, Rel::Nmod | Rel::Obl | Rel::Obj | Rel::Compound)
    });
    let known = known || noun && own.after;
    let after =
        if violent { own.later || headline.later || known && (own.after || headline.after) } else { own.happening };
    if after || known { Reach::Aftermath } else { Reach::News }
}

/// Whether the clause of token `at` takes what it tells for known: a relative clause, or "had" before the verb.
fn taken_for_known(text: &str, sentence: &Sentence, at: usize) -> bool {
    // Speech that is passed on steps back a tense ("said that rebels had attacked"): that takes nothing for known.
    let had = |i: usize| {
        sentence.tokens[i].rel != Rel::Ccomp
            && sentence.children(i).any(|c| {
                let token = &sentence.tokens[c];
                token.rel == Rel::Aux && token.span.slice(text).eq_ignore_ascii_case("had")
            })
    };
    let mut i = at;
    for _ in 0..sentence.tokens.len() {
        let token = &sentence.tokens[i];
        // "Kidnapped nurses": what a participle before a noun tells is known.
        if token.sub == Sub::Relcl || token.rel == Rel::Amod && token.upos != Upos::Noun || had(i) {
            return true;
        }
        match token.head {
            // What a clause is about is as known as the clause; what depends on a noun is not.
            Some(head) if matches!(token.rel, Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Ccomp) => i = head as usize,
            _ => return false,
        }
    }
    false
}

/// What the words of a sentence speak of.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "four answers about one sentence, none of which rules out another")]
struct Tone {
    /// Of a violent happening.
    happening: bool,
    /// Of what comes after one.
    after: bool,
    /// Of what lies years back.
    memory: bool,
    /// "A week after".
    later: bool,
}

impl Tone {
    fn of(text: &str, sentence: &Sentence) -> Self {
        let mut out = Self::default();
        let mut before = String::new();
        for token in &sentence.tokens {
            let lemma = token.lemma.to_lowercase();
            out.happening |= HAPPENINGS.contains(&lemma.as_str()) || HARM.contains(&lemma.as_str());
            out.after |= AFTER.contains(&lemma.as_str());
            out.memory |= MEMORY.contains(&lemma.as_str());
            let form = token.span.slice(text).to_lowercase();
            let back = matches!(form.as_str(), "after" | "since" | "on");
            match before.as_str() {
                "week" | "month" => out.later |= back && form != "on",
                // "A year later" and "a year ago" may stand beside anything.
                "year" => out.memory |= back,
                _ => {}
            }
            before = lemma;
        }
        out
    }

    fn with(self, other: Self) -> Self {
        Self {
            happening: self.happening || other.happening,
            after: self.after || other.after,
            memory: self.memory || other.memory,
            later: self.later || other.later,
        }
    }
}
