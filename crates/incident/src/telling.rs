//! Boils a claim down to what merging needs.

use forewarn_codebook::ontology::EventType;
use forewarn_coder::{Claim, Party, VoiceKind};
use forewarn_language::Sentence;
use forewarn_report::{BlockKind, Report};
use smol_str::SmolStr;

use crate::record::{Exactness, Reach, Said, Side, Spot, Telling, Toll};
use crate::{bind, time, words};

/// How many of a sentence's words are kept.
const TERMS: usize = 16;

/// Longest description of a party that is kept, in bytes.
const NAME: usize = 80;

/// Nouns for a violent happening: what an aftermath speaks of.
const HAPPENINGS: [&str; 36] = [
    "attack",
    "killing",
    "bombing",
    "explosion",
    "blast",
    "shooting",
    "massacre",
    "ambush",
    "clash",
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
            predicate: claim.predicate.span,
            event_type,
            event_mode: claim.event_mode.clone(),
            cameo: claim.cameo.clone(),
            goldstein: claim.goldstein,
            plover_score: claim.plover_score,
            factuality: claim.factuality,
            actor: claim.actor.iter().map(side).collect(),
            recipient: claim.recipient.iter().map(side).collect(),
            when: claim.date.as_ref().and_then(time::interval),
            spot: claim.place.as_ref().map(spot),
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
                .collect(),
            terms: sentence.map(|s| words::of_sentence(&report.text, s, TERMS)).unwrap_or_default(),
            reach: sentence.map_or(Reach::News, |s| reach(report, sentences, s, event_type)),
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

fn spot(place: &forewarn_coder::Place) -> Spot {
    Spot {
        name: SmolStr::from(place.name.as_str()),
        country: place.country.clone(),
        admin1: place.admin1.as_deref().map(SmolStr::from),
        at: place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32)),
        geonameid: place.geonameid,
        exactness: Exactness::parse(place.precision),
    }
}

/// How a sentence stands to a violent happening that it mentions; the report's headline sets the mood for all of it.
fn reach(report: &Report, sentences: &[Sentence], sentence: &Sentence, event: EventType) -> Reach {
    let own = tone(sentence);
    let headline = sentences
        .iter()
        .filter(|s| report.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Title))
        .map(tone)
        .fold(Tone::default(), Tone::with);
    if own.memory || headline.memory {
        return Reach::Memory;
    }
    let violent = matches!(event, EventType::Assault | EventType::Protest);
    // Of an attack's own report, a sentence may tell of an arrest or a verdict: that claim's type says so.
    let after = if violent { own.after && own.recalled || headline.after && own.recalled } else { own.happening };
    if after { Reach::Aftermath } else { Reach::News }
}

/// What the words of a sentence speak of.
#[derive(Clone, Copy, Debug, Default)]
struct Tone {
    happening: bool,
    after: bool,
    memory: bool,
    /// The harm is told in a clause that depends on another.
    recalled: bool,
}

impl Tone {
    fn with(self, other: Self) -> Self {
        Self {
            happening: self.happening || other.happening,
            after: self.after || other.after,
            memory: self.memory || other.memory,
            recalled: self.recalled || other.recalled,
        }
    }
}

fn tone(sentence: &Sentence) -> Tone {
    let mut out = Tone::default();
    for token in &sentence.tokens {
        let lemma = token.lemma.to_lowercase();
        let lemma = lemma.as_str();
        out.happening |= HAPPENINGS.contains(&lemma) || HARM.contains(&lemma);
        out.after |= AFTER.contains(&lemma);
        out.memory |= MEMORY.contains(&lemma);
        if HARM.contains(&lemma) || HAPPENINGS.contains(&lemma) {
            out.recalled |= token.head.is_some();
        }
    }
    out
}
