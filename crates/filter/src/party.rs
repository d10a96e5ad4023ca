//! Parties and dyads.

use crate::code::{SECTORS, ask};
use crate::cut::{Piece, RawValue};
use crate::fault::Fault;
use crate::names::{Known, Names};
use crate::value::{Dyad, PartySpec};

/// How many times a filter's faults name what is near: the lexicon is large and a filter may be all faults.
pub(crate) const SUGGESTIONS: usize = 8;

/// Reads parties, with what it may still suggest.
pub(crate) struct Parties<'n> {
    pub names: &'n dyn Names,
    pub suggestions: usize,
}

impl Parties<'_> {
    /// Reads `A>B` or `A<>B`.
    pub fn dyad(&mut self, value: &RawValue) -> Result<Dyad, Fault> {
        let (sides, either_way) = match value.split("<>").as_slice() {
            [_] => (value.split(">"), false),
            both => (both.to_vec(), true),
        };
        let [actor, recipient] = sides.as_slice() else {
            let message = format!("`{}` is no pair of parties", value.text());
            let hint = if sides.len() == 1 {
                "write `A>B` for A acting on B, `A<>B` for either way, `*` for anyone, and names of several words in \
                 quotes: `dyad:\"South Sudan\">SDN`"
            } else {
                "a dyad has two sides"
            };
            return Err(Fault::new(value.span.clone(), message).hint(hint));
        };
        let [actor, recipient] = [(actor, "actor"), (recipient, "recipient")].map(|(side, what)| {
            if side.text().is_empty() {
                let fault = Fault::new(side.span.clone(), format!("the dyad's {what} is missing"));
                return Err(fault.hint("`*` stands for anyone: `dyad:SRB>*`"));
            }
            if side.text() == "*" && !side.quoted() { Ok(PartySpec::default()) } else { self.party(side) }
        });
        let (actor, recipient) = (actor?, recipient?);
        if actor.is_anyone() && recipient.is_anyone() {
            let message = "anyone on anyone is every event";
            return Err(Fault::new(value.span.clone(), message).hint("leave the term out, or name a side"));
        }
        // Either way round the order says nothing: the first by its words comes first.
        let turn = either_way && actor.to_string() > recipient.to_string();
        let (actor, recipient) = if turn { (recipient, actor) } else { (actor, recipient) };
        Ok(Dyad { actor, recipient, either_way })
    }

    /// Reads one party: a code or name, or several codes with dots between them.
    pub fn party(&mut self, value: &RawValue) -> Result<PartySpec, Fault> {
        let text = value.text();
        if text == "*" && !value.quoted() {
            let fault = Fault::new(value.span.clone(), "`*` stands for anyone only in a dyad");
            return Err(fault.hint("name a party: `SRB`, `COP`, `XKX.COP`, `srb`, `NATO`"));
        }
        let mut party = PartySpec::default();
        // A name may have dots of its own: whole first.
        if self.add(&text, &mut party) {
            return Ok(party);
        }
        let parts = value.split(".");
        let single = parts.len() == 1;
        for part in parts {
            let word = part.text();
            if word.is_empty() {
                let message = format!("`{text}` has a dot with nothing before or behind it");
                return Err(Fault::new(part.span.clone(), message).hint("write `XKX.COP` for country and sector"));
            }
            let before = party.clone();
            if self.add(&word, &mut party) {
                continue;
            }
            if before != party || clashes(&word, &before, self.names) {
                let message = format!("`{text}` asks one party for two values of one kind");
                return Err(Fault::new(part.span.clone(), message)
                    .hint("join country, sector, ethnic or group code: `XKX.COP`; for either of two write a comma"));
            }
            // In quotes, what no one knows is looked for as it stands.
            if part.pieces.iter().all(|p: &Piece| p.quoted) && party.words.is_none() {
                party.words = Some(word);
                continue;
            }
            return Err(self.unknown(&part, &word, single));
        }
        Ok(party)
    }

    /// The country that `value` names.
    pub fn country(&mut self, value: &RawValue) -> Result<smol_str::SmolStr, Fault> {
        let text = value.text();
        if let Some(Known::Country(code)) = self.names.party(&text) {
            return Ok(code);
        }
        let near = if self.may_suggest() { self.names.near_country(&text) } else { Vec::new() };
        Err(Fault::new(value.span.clone(), format!("unknown country `{text}`"))
            .hint(ask(&near).unwrap_or_else(|| "write its ISO 3166-1 alpha-3 code, `SRB`, or its name".to_owned())))
    }

    /// Adds what `word` stands for; false if it is unknown or `party` has such a value already.
    fn add(&self, word: &str, party: &mut PartySpec) -> bool {
        let (slot, code) = match self.known(word) {
            Some(Known::Country(code)) => (&mut party.country, code),
            Some(Known::Group(code)) => (&mut party.group, code),
            Some(Known::Ethnicity(code)) => (&mut party.ethnicity, code),
            Some(Known::Person(name)) => {
                let free = party.words.is_none();
                party.words.get_or_insert(name);
                return free;
            }
            None if SECTORS.contains(&word) => (&mut party.sector, word.into()),
            None => return false,
        };
        let free = slot.is_none();
        slot.get_or_insert(code);
        free
    }

    /// What the names know of `word`, unless it is a sector.
    fn known(&self, word: &str) -> Option<Known> {
        if SECTORS.contains(&word) { None } else { self.names.party(word) }
    }

    fn may_suggest(&mut self) -> bool {
        let may = self.suggestions > 0;
        self.suggestions = self.suggestions.saturating_sub(1);
        may
    }

    fn unknown(&mut self, value: &RawValue, word: &str, single: bool) -> Fault {
        let mut near = if self.may_suggest() { self.names.near_party(word) } else { Vec::new() };
        if let Some(sector) = SECTORS.iter().find(|s| s.eq_ignore_ascii_case(word)) {
            near.insert(0, (*sector).to_owned());
            near.truncate(3);
        }
        let quotes = single.then(|| format!("To look for the words themselves, write `\"{word}\"`"));
        let hint = [ask(&near), quotes].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let hint = if hint.is_empty() { "join codes with dots: `XKX.COP`".to_owned() } else { hint };
        Fault::new(value.span.clone(), format!("unknown party `{word}`")).hint(hint)
    }
}

/// Whether `word` is known and of a kind that `party` has already.
fn clashes(word: &str, party: &PartySpec, names: &dyn Names) -> bool {
    if SECTORS.contains(&word) {
        return party.sector.is_some();
    }
    match names.party(word) {
        Some(Known::Country(_)) => party.country.is_some(),
        Some(Known::Group(_)) => party.group.is_some(),
        Some(Known::Ethnicity(_)) => party.ethnicity.is_some(),
        Some(Known::Person(_)) => party.words.is_some(),
        None => false,
    }
}
