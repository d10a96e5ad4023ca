//! Agent files: `PHRASE {PLURAL} [~CODE]` and substitution sets `!NAME! = WORD, WORD`.

use smol_str::SmolStr;

use super::Reading;
use super::lines::{Comments, bracket, lines};
use super::phrase::{Ending, Found, Phrases, words};

/// Where an agent's code goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentCode {
    /// `~GOV`: after the actor's code.
    Suffix(SmolStr),
    /// `NGO~`: before it.
    Prefix(SmolStr),
}

/// The agents of all files read.
#[derive(Clone, Debug, Default)]
pub struct AgentTable {
    phrases: Phrases,
    codes: Vec<AgentCode>,
    sets: Vec<(String, Vec<String>)>,
}

impl AgentTable {
    /// Adds the agents of a file.
    pub fn read(&mut self, file: &str, text: &str, out: &mut Reading) {
        for line in lines(text, Comments::Hash) {
            let text = line.text.trim();
            if let Some((name, members)) = set(text) {
                let members = members.split(',').map(|m| m.trim().to_owned()).filter(|m| !m.is_empty()).collect();
                self.sets.push((name.to_owned(), members));
                continue;
            }
            let Some((phrase, inside, after)) = bracket(text) else {
                out.warn(file, line.number, format!("found `{text}`, expected PHRASE [~CODE]; not used"));
                continue;
            };
            if !after.trim().is_empty() {
                out.warn(file, line.number, format!("found `{}` after the code; not used", after.trim()));
            }
            let code = match (inside.strip_prefix('~'), inside.strip_suffix('~')) {
                (Some(code), _) => AgentCode::Suffix(SmolStr::new(code.trim().to_uppercase())),
                (None, Some(code)) => AgentCode::Prefix(SmolStr::new(code.trim().to_uppercase())),
                (None, None) => {
                    out.warn(file, line.number, format!("found `[{inside}]`, expected [~CODE] or [CODE~]; read as ~"));
                    AgentCode::Suffix(SmolStr::new(inside.to_uppercase()))
                }
            };
            if matches!(&code, AgentCode::Suffix(c) | AgentCode::Prefix(c) if c.is_empty()) {
                out.warn(file, line.number, "found an empty code; the agent is not used");
                continue;
            }
            self.agent(phrase, code, file, line.number, out);
        }
    }

    fn agent(&mut self, text: &str, code: AgentCode, file: &str, line: usize, out: &mut Reading) {
        self.codes.push(code);
        let id = (self.codes.len() - 1) as u32;
        let (phrase, plural) = match text.split_once('{') {
            Some((p, rest)) => (p, Some(rest.split_once('}').map_or(rest, |(inside, _)| inside).trim())),
            None => (text, None),
        };
        let mut any = false;
        let marked = text.contains('!');
        for spelled in self.spelled(phrase, file, line, out) {
            // A phrase made from a set has its plurals in the set.
            let ending = if plural.is_none() && !marked { Ending::Plural } else { Ending::Whole };
            any |= self.phrases.add(&words(&spelled), ending, id);
        }
        for spelled in plural.into_iter().flat_map(|p| p.split(',')).filter(|p| !p.trim().is_empty()) {
            self.phrases.add(&words(spelled), Ending::Whole, id);
        }
        if any {
            out.entries += 1;
        } else {
            out.warn(file, line, format!("found `{}`, expected a phrase with letters", text.trim()));
        }
    }

    /// The phrase with each `!SET!` in it replaced by every member.
    fn spelled(&self, phrase: &str, file: &str, line: usize, out: &mut Reading) -> Vec<String> {
        let mut done = Vec::new();
        let mut open = vec![phrase.to_owned()];
        while let Some(phrase) = open.pop() {
            let Some(start) = phrase.find('!') else {
                done.push(phrase);
                continue;
            };
            let Some(end) = phrase[start + 1..].find('!').map(|e| start + 1 + e) else {
                out.warn(file, line, format!("found one `!` in `{phrase}`, expected !SET!"));
                done.push(phrase.replace('!', ""));
                continue;
            };
            let name = &phrase[start..=end];
            match self.sets.iter().find(|(n, _)| n == name) {
                // A set never holds a set, and at most a few stand in one phrase.
                Some((_, members)) if done.len() + open.len() < 1000 => {
                    for m in members {
                        let m = m.replace('!', "");
                        open.push(format!("{}{m}{}", &phrase[..start], &phrase[end + 1..]));
                    }
                }
                _ => {
                    out.warn(file, line, format!("found the set `{name}`, which is not defined above"));
                    done.push(phrase.replace('!', ""));
                }
            }
        }
        done
    }

    /// The longest agent at the start of `text`.
    pub fn longest(&self, text: &[SmolStr]) -> Option<Found> {
        self.phrases.longest(text)
    }

    /// The code of an agent.
    pub fn code(&self, id: u32) -> &AgentCode {
        &self.codes[id as usize]
    }

    /// How many agents there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

/// `!NAME! = A, B`.
fn set(line: &str) -> Option<(&str, &str)> {
    let (name, members) = line.split_once('=')?;
    let name = name.trim();
    (name.len() > 2 && name.starts_with('!') && name.ends_with('!')).then_some((name, members))
}

#[cfg(test)]
mod tests {
    use super::{AgentCode, AgentTable};
    use crate::petrarch::Reading;
    use crate::petrarch::phrase::words;

    fn table(file: &str) -> (AgentTable, Reading) {
        let (mut table, mut out) = (AgentTable::default(), Reading::default());
        table.read("g.txt", file, &mut out);
        (table, out)
    }

    #[test]
    fn plurals_sets_and_prefixes() {
        let (t, out) = table(
            "!WHO! = MAN, MEN\nPOLICE {} [ ~COP]\nPOLICE!WHO! [~COP]\nAIDE [~GOV]\nGOOSE {GEESE} [~GGS]\nMSF {} [NGO~]\n",
        );
        assert!(out.warnings.is_empty(), "{:?}", out.warnings);
        let has = |p: &str| t.longest(&words(p)).is_some();
        assert!(has("police") && has("policemen") && has("aides") && has("geese"));
        assert!(!has("polices") && !has("gooses") && !has("policemens"));
        let msf = t.longest(&words("MSF")).expect("it is there").ids[0];
        assert_eq!(t.code(msf), &AgentCode::Prefix("NGO".into()));
    }

    #[test]
    fn slips_are_told_and_lose_nothing_else() {
        let (t, out) = table("JUST_WORDS\nX [GOV]\n!A!B [~C]\nY [~]\nZ [~Z]\n");
        assert_eq!(out.warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(t.longest(&words("z")).is_some() && t.longest(&words("x")).is_some());
    }
}
