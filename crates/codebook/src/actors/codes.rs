//! Country codes of the field's schemes, with the dates on which they changed.
//!
//! Claims carry one code for a state throughout, the ISO 3166-1 alpha-3 of `countries.txt` (Kosovo `XKX`). Other
//! people's data has others: [`Codes::of`] gives the code of a state in a scheme on a day, [`Codes::country`] the
//! state that a code meant on a day. Sources: ISO 3166-1 and -3, FIPS PUB 10-4, the Correlates of War state system
//! list, Gleditsch and Ward's list of independent states with its microstates, the CAMEO and PLOVER manuals.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::dates::Dates;
use crate::fault::{Faults, nearest};

/// A list of country codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// ISO 3166-1 alpha-3, in force on the day (`ZAR` before 1997).
    Alpha3,
    /// ISO 3166-1 alpha-2.
    Alpha2,
    /// ISO 3166-1 numeric, three digits.
    Numeric,
    /// CAMEO: alpha-3 with a few of its own (Kosovo `KSV`).
    Cameo,
    /// PLOVER: alpha-3, Kosovo `KOS`.
    Plover,
    /// FIPS 10-4, as GDELT places have it (Kosovo `KV`).
    Fips,
    /// Correlates of War number.
    CowNumber,
    /// Correlates of War abbreviation.
    Cow,
    /// Gleditsch and Ward number, as UCDP has it.
    GleditschWard,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Alpha3,
        Self::Alpha2,
        Self::Numeric,
        Self::Cameo,
        Self::Plover,
        Self::Fips,
        Self::CowNumber,
        Self::Cow,
        Self::GleditschWard,
    ];

    /// Its name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alpha3 => "iso3",
            Self::Alpha2 => "iso2",
            Self::Numeric => "iso_numeric",
            Self::Cameo => "cameo",
            Self::Plover => "plover",
            Self::Fips => "fips",
            Self::CowNumber => "cow",
            Self::Cow => "cow_abbreviation",
            Self::GleditschWard => "gwno",
        }
    }

    /// Whether a state has its own alpha-3 code here unless the table says another.
    fn follows_alpha3(self) -> bool {
        matches!(self, Self::Alpha3 | Self::Cameo | Self::Plover)
    }
}

/// A code and when it was a state's.
#[derive(Clone, Debug)]
struct Code {
    scheme: Scheme,
    code: SmolStr,
    dates: Dates,
}

/// What the table says of a state.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// From when to when it existed; open where it is older than the codes.
    pub dates: Dates,
    /// The state it was part of before.
    pub from: Option<SmolStr>,
    codes: Vec<Code>,
}

/// The crosswalk of country codes.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    states: FxHashMap<SmolStr, State>,
}

impl Codes {
    /// What the table says of the state `iso3`.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.states.get(iso3)
    }

    /// The code of `iso3` in `scheme` on `date`, or today.
    ///
    /// Before a state existed it has the code it had then (East Timor's `TMP`), or that of the state it was part of
    /// (South Sudan in 2005 is counted with Sudan), but in CAMEO and PLOVER, whose coders name it by its own.
    pub fn of(&self, iso3: &str, scheme: Scheme, date: Option<Date>) -> Option<&str> {
        let (iso3, state) = self.states.get_key_value(iso3)?;
        let mut own = state.codes.iter().filter(|c| c.scheme == scheme);
        let dated = own.clone().find(|c| c.dates != Dates::default() && date.is_some() && c.dates.holds(date));
        if let Some(c) = dated {
            return Some(&c.code);
        }
        if let (Some(day), Some(start), Some(before)) = (date, state.dates.from, &state.from)
            && day < start
            && !matches!(scheme, Scheme::Cameo | Scheme::Plover)
        {
            return self.of(before, scheme, date);
        }
        let held = own.clone().find(|c| c.dates.holds(date));
        if scheme.follows_alpha3() {
            return Some(held.map_or(iso3, |c| &c.code));
        }
        // A state that is gone keeps its last code.
        let last = || own.rfind(|_| state.dates.over() && date.is_none());
        held.or_else(last).map(|c| c.code.as_str())
    }

    /// The state (ISO alpha-3) that `code` of `scheme` means on `date`, or today; a state that existed then before
    /// one that did not.
    pub fn country(&self, scheme: Scheme, code: &str, date: Option<Date>) -> Option<&str> {
        let mut found: Vec<(bool, bool, &str)> = Vec::new();
        for (iso3, state) in &self.states {
            let listed = state.codes.iter().any(|c| c.scheme == scheme && c.code == code && c.dates.holds(date));
            let own = scheme.follows_alpha3() && iso3 == code;
            if listed || own {
                found.push((!state.dates.holds(date), !listed, iso3));
            }
        }
        found.into_iter().min().map(|(_, _, iso3)| iso3)
    }

    /// The states that came out of `iso3`, sorted.
    pub fn successors(&self, iso3: &str) -> Vec<&str> {
        let mut out: Vec<&str> = self
            .states
            .iter()
            .filter(|(_, s)| s.from.as_deref() == Some(iso3))
            .map(|(code, _)| code.as_str())
            .collect();
        out.sort_unstable();
        out
    }

    /// How many states it lists.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Forgets what is said of `iso3`; an overlay says it anew.
    pub(super) fn remove(&mut self, iso3: &str) {
        self.states.remove(iso3);
    }

    /// Reads `ISO3 [FROM..TO] [from ISO3]: scheme CODE [FROM..TO]; …`; gives the state named after `from`, whose
    /// own line may come later.
    pub(super) fn line(&mut self, text: &str, file: &str, line: usize, faults: &mut Faults) -> Option<SmolStr> {
        let Some((head, codes)) = text.split_once(':') else {
            faults.add(file, line, "a line of codes is `ISO3 [FROM..TO] [from ISO3]: scheme CODE; scheme CODE`");
            return None;
        };
        let mut state = State::default();
        let mut words = head.split_whitespace();
        let iso3 = words.next().unwrap_or("");
        while let Some(word) = words.next() {
            match word {
                range if range.contains("..") => state.dates = Dates::read(range, iso3, file, line, faults),
                "from" => state.from = words.next().map(SmolStr::new),
                _ => faults.add(file, line, format!("expected `FROM..TO` or `from ISO3`, found `{word}`")),
            }
        }
        for item in codes.split(';').map(str::trim).filter(|i| !i.is_empty() && *i != "-") {
            item_of(item, &mut state, file, line, faults);
        }
        let from = state.from.clone();
        if self.states.insert(SmolStr::new(iso3), state).is_some() {
            faults.add(file, line, format!("the codes of `{iso3}` are said twice"));
        }
        from
    }
}

/// Reads `fips RB ..2008-02-16`; `cow 345 YUG` gives number and abbreviation.
fn item_of(item: &str, state: &mut State, file: &str, line: usize, faults: &mut Faults) {
    let mut words: Vec<&str> = item.split_whitespace().collect();
    let dates = match words.last() {
        Some(range) if range.contains("..") => {
            let dates = Dates::read(range, item, file, line, faults);
            words.pop();
            dates
        }
        _ => Dates::default(),
    };
    let mut add = |scheme: Scheme, code: &str| {
        let clash = state.codes.iter().any(|c| c.scheme == scheme && overlap(c.dates, dates));
        if clash {
            faults.add(file, line, format!("two codes at one time: `{item}`"));
        }
        state.codes.push(Code { scheme, code: SmolStr::new(code), dates });
    };
    match words.as_slice() {
        ["alpha3", code] if capitals(code, 3) => add(Scheme::Alpha3, code),
        ["alpha2", code] if capitals(code, 2) => add(Scheme::Alpha2, code),
        ["numeric", code] if digits(code) && code.len() == 3 => add(Scheme::Numeric, code),
        ["cameo", code] if capitals(code, 3) => add(Scheme::Cameo, code),
        ["plover", code] if capitals(code, 3) => add(Scheme::Plover, code),
        ["fips", code] if capitals(code, 2) => add(Scheme::Fips, code),
        ["cow", number, code] if digits(number) && capitals(code, 3) => {
            add(Scheme::CowNumber, number);
            add(Scheme::Cow, code);
        }
        ["gw", number] if digits(number) => add(Scheme::GleditschWard, number),
        [scheme, ..] => {
            let known = ["alpha3", "alpha2", "numeric", "cameo", "plover", "fips", "cow", "gw"];
            let hint = nearest(scheme, known).filter(|h| h != scheme);
            let hint = hint.map(|h| format!(", did you mean `{h}`?")).unwrap_or_default();
            faults.add(file, line, format!("`{item}` is no code of a known scheme{hint}"));
        }
        [] => faults.add(file, line, "a code is missing"),
    }
}

fn capitals(code: &str, len: usize) -> bool {
    code.len() == len && code.bytes().all(|b| b.is_ascii_uppercase())
}

fn digits(code: &str) -> bool {
    !code.is_empty() && code.len() < 4 && code.bytes().all(|b| b.is_ascii_digit())
}

fn overlap(a: Dates, b: Dates) -> bool {
    let before = |x: Dates, y: Dates| matches!((x.to, y.from), (Some(end), Some(start)) if end < start);
    !before(a, b) && !before(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::{Actors, EntryKind};

    #[test]
    fn every_country_has_its_codes() {
        let actors = Actors::embedded().expect("the lexicon has no fault");
        let missing: Vec<&str> = actors
            .entries
            .iter()
            .filter(|e| e.kind == EntryKind::Country && actors.crosswalk.state(&e.code).is_none())
            .map(|e| e.code.as_str())
            .collect();
        assert_eq!(missing, [""; 0]);
        // A state with neither an alpha-2 nor a number of the state lists is a territory inside another.
        for e in actors.entries.iter().filter(|e| e.kind == EntryKind::Country && e.country.as_ref() == Some(&e.code)) {
            assert!(actors.crosswalk.of(&e.code, Scheme::Alpha2, None).is_some(), "{}", e.code);
        }
    }

    /// `ISO3 scheme date = code`, a line each.
    #[test]
    fn codes_on_their_days() {
        let codes = Actors::embedded().expect("the lexicon has no fault").crosswalk;
        for row in include_str!("codes_on_their_days.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (asked, code) = row.split_once('=').expect("`asked = code`");
            let words: Vec<&str> = asked.split_whitespace().collect();
            let &[iso3, scheme, date] = words.as_slice() else { panic!("{row}") };
            let scheme = Scheme::ALL.into_iter().find(|s| s.name() == scheme).expect("a scheme");
            let date = (date != "-").then(|| date.parse().expect("a date"));
            let code = code.trim();
            assert_eq!(codes.of(iso3, scheme, date).unwrap_or("none"), code, "{row}");
        }
    }

    #[test]
    fn a_code_means_the_state_of_its_day() {
        let codes = Actors::embedded().expect("the lexicon has no fault").crosswalk;
        let on = |day: &str| Some(day.parse::<Date>().expect("a date"));
        let of = |scheme, code, day| codes.country(scheme, code, day);
        assert_eq!(of(Scheme::Fips, "KV", None), Some("XKX"));
        assert_eq!(of(Scheme::Cameo, "KSV", None), Some("XKX"));
        assert_eq!(of(Scheme::Plover, "KOS", None), Some("XKX"));
        assert_eq!(of(Scheme::GleditschWard, "345", on("1999-03-24")), Some("YUG"));
        assert_eq!(of(Scheme::GleditschWard, "345", on("2004-03-24")), Some("SCG"));
        assert_eq!(of(Scheme::CowNumber, "345", on("2010-01-01")), Some("SRB"));
        assert_eq!(of(Scheme::CowNumber, "365", on("1985-01-01")), Some("SUN"));
        assert_eq!(of(Scheme::CowNumber, "365", on("1995-01-01")), Some("RUS"));
        assert_eq!(of(Scheme::CowNumber, "260", on("1980-01-01")), Some("DEU"));
        assert_eq!(of(Scheme::CowNumber, "260", on("2000-01-01")), None);
        assert_eq!(of(Scheme::Alpha3, "ZAR", on("1996-11-01")), Some("COD"));
        assert_eq!(of(Scheme::Alpha2, "CS", on("1985-01-01")), Some("CSK"));
        assert_eq!(of(Scheme::Alpha2, "CS", on("2005-01-01")), Some("SCG"));
        assert_eq!(codes.successors("CSK"), ["CZE", "SVK"]);
        assert_eq!(codes.successors("SDN"), ["SSD"]);
    }
}
