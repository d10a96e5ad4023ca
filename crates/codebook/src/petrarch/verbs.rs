//! Verb files: synonym sets, blocks of verbs with their patterns, transformations.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Reading;
use super::lines::{Comments, bracket, lines};
use super::pattern::{Code, Pattern, linear, phrases};
use super::phrase::{Ending, ends, words};
use super::transform::Transformation;

/// Which of the two kinds of verb file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// Linear patterns, as PETRARCH-1 and TABARI read them.
    One,
    /// Patterns of phrases, as PETRARCH2 reads them.
    Two,
}

/// A set of synonyms.
#[derive(Clone, Debug, Default)]
pub struct Synset {
    /// Without `&` and a final `_`.
    pub name: String,
    /// Its phrases, and how their last words may end.
    pub members: Vec<(Vec<SmolStr>, Ending)>,
    nested: Vec<String>,
}

/// Verbs that share patterns and a code.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// As the file calls it.
    pub name: String,
    /// The code of a verb that has none of its own, when no pattern fits.
    pub code: Code,
    /// The heaviest first; those of equal weight in file order.
    pub patterns: Vec<Pattern>,
}

/// A verb in one of its forms: the words before and after it that belong to it, and its block.
#[derive(Clone, Debug)]
pub struct Form {
    /// Words right before it (`RE_+ARREST`).
    pub before: Vec<SmolStr>,
    /// Words after it (`+CORDON_OFF`).
    pub after: Vec<SmolStr>,
    /// The block.
    pub block: u32,
    /// The verb's own code, if the file gives one.
    pub code: Option<Code>,
    /// The base form, for transformations and for telling.
    pub base: SmolStr,
}

/// The verbs of all files read.
#[derive(Clone, Debug, Default)]
pub struct VerbTable {
    /// Synonym sets.
    pub synsets: Vec<Synset>,
    /// Blocks.
    pub blocks: Vec<Block>,
    /// Verb forms by their verb word.
    forms: FxHashMap<SmolStr, Vec<Form>>,
    /// Transformations, in file order.
    pub transformations: Vec<Transformation>,
    verbs: usize,
}

/// The edition of a verb file: 2.0 when a pattern has braces or parentheses.
pub fn edition_of(text: &str) -> Edition {
    let two = lines(text, Comments::Hash)
        .iter()
        .any(|l| l.text.starts_with("- ") && l.text.split('[').next().is_some_and(|p| p.contains(['{', '('])));
    if two { Edition::Two } else { Edition::One }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Nowhere,
    Synset,
    Block,
}

impl VerbTable {
    /// Adds the verbs of a file; `file_index` is kept with each pattern.
    pub fn read(&mut self, file: &str, file_index: u32, text: &str, edition: Edition, out: &mut Reading) {
        let all = lines(text, Comments::Hash);
        self.read_synsets(file, &all, out);
        let mut place = Place::Nowhere;
        for line in &all {
            let text = line.text.trim();
            if text.starts_with('&') {
                place = Place::Synset;
            } else if let Some(rest) = text.strip_prefix("---") {
                place = Place::Block;
                self.block(rest, file, line.number, out);
            } else if place == Place::Synset && text.starts_with('+') {
                // Read above.
            } else if let Some(rest) = text.strip_prefix('~') {
                match Transformation::read(rest) {
                    Ok(t) => self.transformations.push(t),
                    Err(message) => out.warn(file, line.number, format!("{message}; the transformation is not used")),
                }
            } else if place != Place::Block {
                out.warn(file, line.number, format!("found `{text}` before any block `--- NAME [code] ---`; not used"));
            } else if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("-\t")) {
                self.pattern(rest, file, (file_index, line.number), edition, out);
            } else if text.starts_with('*') {
                out.warn(file, line.number, "found a pattern without `-`; read as one");
                self.pattern(text, file, (file_index, line.number), edition, out);
            } else {
                self.verb(text, file, line.number, out);
            }
        }
        for block in &mut self.blocks {
            block.patterns.sort_by_key(|p| std::cmp::Reverse(p.weight));
        }
    }

    /// Sets stand anywhere in old files, also after the patterns that name them.
    fn read_synsets(&mut self, file: &str, all: &[super::lines::Line<'_>], out: &mut Reading) {
        let mut current: Option<(usize, bool)> = None;
        let first = self.synsets.len();
        for line in all {
            let text = line.text.trim();
            if let Some(name) = text.strip_prefix('&') {
                let plain = name.trim().trim_end_matches('_').to_owned();
                let at = if let Some(at) = self.synsets[first..].iter().position(|s| s.name == plain) {
                    first + at
                } else {
                    self.synsets.push(Synset { name: plain, ..Synset::default() });
                    self.synsets.len() - 1
                };
                current = Some((at, name.trim().ends_with('_')));
                out.entries += 1;
            } else if let (Some((at, whole)), Some(member)) = (current, text.strip_prefix('+')) {
                let member = member.trim().trim_matches(['(', ')']);
                if let Some(nested) = member.strip_prefix('&') {
                    self.synsets[at].nested.push(nested.trim_end_matches('_').to_owned());
                    continue;
                }
                let ending = if whole || member.ends_with('_') { Ending::Whole } else { Ending::Plural };
                let member_words = words(member);
                if member_words.is_empty() {
                    out.warn(file, line.number, format!("found `{text}`, expected +WORD"));
                } else {
                    self.synsets[at].members.push((member_words, ending));
                }
            } else {
                current = None;
            }
        }
        self.nest(first, file, out);
    }

    /// Sets inside sets, as deep as they go; a set that holds itself stops there.
    fn nest(&mut self, first: usize, file: &str, out: &mut Reading) {
        for at in first..self.synsets.len() {
            let mut seen = vec![at];
            let mut open = std::mem::take(&mut self.synsets[at].nested);
            self.synsets[at].nested.clone_from(&open);
            while let Some(name) = open.pop() {
                match self.synsets.iter().position(|s| s.name == name) {
                    Some(inner) if !seen.contains(&inner) => {
                        seen.push(inner);
                        let members = self.synsets[inner].members.clone();
                        open.extend(self.synsets[inner].nested.iter().cloned());
                        self.synsets[at].members.extend(members);
                    }
                    Some(_) => {}
                    None => {
                        let message = format!("the set &{} names &{name}, which is not defined", self.synsets[at].name);
                        out.warn(file, 1, message);
                    }
                }
            }
        }
    }

    fn block(&mut self, rest: &str, file: &str, line: usize, out: &mut Reading) {
        let (name, inside, after) = bracket(rest).unwrap_or_else(|| {
            out.warn(file, line, "found a block without [code]; read as [---]");
            (rest, "---", "")
        });
        if let Some((_, second, _)) = bracket(after) {
            out.warn(file, line, format!("found a second code [{second}] in the block's line; the first is used"));
        }
        if inside.contains(['?', '!']) {
            out.warn(file, line, format!("found the code [{inside}]; the mark in it is dropped"));
        }
        let name = name.trim().trim_matches('-').trim().to_owned();
        self.blocks.push(Block { name, code: Code::read(inside.trim_matches(['?', '!'])), patterns: Vec::new() });
    }

    fn pattern(&mut self, text: &str, file: &str, at: (u32, usize), edition: Edition, out: &mut Reading) {
        let Some((shape, inside, _)) = bracket(text) else {
            out.warn(file, at.1, format!("found the pattern `{}` without [code]; not used", text.trim()));
            return;
        };
        let sets = |t: &str| self.find_set(t);
        let read = match edition {
            Edition::One => linear(shape, &sets),
            Edition::Two => phrases(shape, &sets),
        };
        match read {
            Ok(shape) => {
                if inside.contains(['?', '!']) {
                    out.warn(file, at.1, format!("found the code [{inside}]; the mark in it is dropped"));
                }
                let code = Code::read(inside.trim_matches(['?', '!']));
                if code.is_null() && inside != "---" {
                    out.warn(
                        file,
                        at.1,
                        format!("found the code [{inside}], expected a code or ---; the pattern is not used"),
                    );
                    return;
                }
                let weight = shape.weight();
                let block = self.blocks.last_mut().expect("patterns are read inside a block only");
                block.patterns.push(Pattern { shape, code, weight, file: at.0, line: at.1 as u32 });
                out.entries += 1;
            }
            Err(message) => out.warn(file, at.1, format!("{message}; the pattern is not used")),
        }
    }

    /// The set whose name begins `text`, the longest if there are several.
    fn find_set(&self, text: &str) -> Option<(u32, usize)> {
        let named = |(i, s): (usize, &Synset)| {
            let rest = text.strip_prefix(s.name.as_str())?;
            let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
            ends.then_some((i as u32, s.name.len()))
        };
        self.synsets.iter().enumerate().filter_map(named).max_by_key(|(_, n)| *n)
    }

    /// A verb's line: `SPEED [070] {SPEEDING SPEEDS SPED}`, code and forms in any order.
    fn verb(&mut self, text: &str, file: &str, line: usize, out: &mut Reading) {
        let mut rest = text.to_owned();
        let mut code = None;
        if let Some((before, inside, after)) = bracket(text) {
            code = Some(Code::read(inside));
            rest = format!("{before} {after}");
        }
        let mut irregular = None;
        if let Some((before, tail)) = rest.clone().split_once('{') {
            let (inside, after) = tail.split_once('}').unwrap_or_else(|| {
                out.warn(file, line, "found `{` without `}`");
                (tail, "")
            });
            irregular = Some(inside.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            rest = format!("{before} {after}");
        }
        let base = rest.trim();
        if words(base).is_empty() {
            out.warn(file, line, format!("found `{text}`, expected a verb"));
            return;
        }
        let (before, verb, after) = split_compound(base);
        let block = (self.blocks.len() - 1) as u32;
        let name = SmolStr::new(base.replace('+', "").trim_matches('_'));
        let all: Vec<(Vec<SmolStr>, Vec<SmolStr>, Vec<SmolStr>)> = match &irregular {
            Some(forms) => std::iter::once(base.to_owned())
                .chain(forms.iter().cloned())
                .map(|f| {
                    let (b, v, a) = split_compound(&f);
                    (words(&b), words(&v), words(&a))
                })
                .collect(),
            None => std::iter::once(verb.clone())
                .chain(regular_forms(&verb.to_lowercase()))
                .map(|v| (words(&before), words(&v), words(&after)))
                .collect(),
        };
        for (mut before, verb, after) in all {
            let Some((last, first)) = verb.split_last() else { continue };
            // "RE-ELECT" is two words in a text.
            before.extend_from_slice(first);
            let forms = self.forms.entry(last.clone()).or_default();
            let form = Form { before, after, block, code: code.clone(), base: name.clone() };
            if !forms.iter().any(|f| f.block == block && f.before == form.before && f.after == form.after) {
                forms.push(form);
            }
        }
        self.verbs += 1;
        out.entries += 1;
    }

    /// The verbs that `word` may be a form of.
    pub fn forms(&self, word: &str) -> &[Form] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// How many words a member of the set takes at the start of `text`, the longest.
    pub fn synset_len(&self, set: u32, text: &[SmolStr]) -> Option<usize> {
        let fits = |(member, ending): &(Vec<SmolStr>, Ending)| {
            let n = member.len();
            (n <= text.len() && member[..n - 1] == text[..n - 1] && ends(&text[n - 1], &member[n - 1], *ending))
                .then_some(n)
        };
        self.synsets[set as usize].members.iter().filter_map(fits).max()
    }

    /// How many verbs there are.
    pub fn len(&self) -> usize {
        self.verbs
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.verbs == 0
    }

    /// How many patterns there are.
    pub fn patterns(&self) -> usize {
        self.blocks.iter().map(|b| b.patterns.len()).sum()
    }
}

/// `+CORDON_OFF` is the verb CORDON with OFF after it, `RE_+ARREST` the verb ARREST with RE before it; of a verb of
/// several words without `+` (`LASH OUT`) the first is the verb.
fn split_compound(text: &str) -> (String, String, String) {
    let text = text.trim().trim_end_matches('_');
    if let Some((before, rest)) = text.split_once('+') {
        let (verb, after) = rest.split_once('_').unwrap_or((rest, ""));
        return (before.replace('_', " "), verb.to_owned(), after.replace('_', " "));
    }
    match text.split_once(['_', ' ']) {
        Some((verb, after)) => (String::new(), verb.to_owned(), after.replace('_', " ")),
        None => (String::new(), text.to_owned(), String::new()),
    }
}

/// The regular forms of a verb in lower case, without the verb itself: third person, past, participle.
pub fn regular_forms(verb: &str) -> Vec<String> {
    let v = verb;
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut out = Vec::new();
    let mut back = v.chars().rev();
    let (last, second, third) = (back.next(), back.next(), back.next());
    let Some(last) = last else { return out };
    if last == 'y' && second.is_some_and(|c| !vowel(c)) {
        let stem = &v[..v.len() - 1];
        out.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{v}ing")]);
    } else if last == 'e' {
        let stem = &v[..v.len() - 1];
        out.extend([format!("{v}s"), format!("{v}d"), format!("{stem}ing")]);
        if second == Some('e') {
            out.push(format!("{v}ing"));
        }
    } else {
        let hissing = matches!(last, 's' | 'x' | 'z' | 'o') || v.ends_with("ch") || v.ends_with("sh");
        out.push(if hissing { format!("{v}es") } else { format!("{v}s") });
        out.extend([format!("{v}ed"), format!("{v}ing")]);
        let doubles = !vowel(last)
            && !matches!(last, 'w' | 'x' | 'y')
            && second.is_some_and(vowel)
            && third.is_some_and(|c| !vowel(c));
        if doubles {
            out.extend([format!("{v}{last}ed"), format!("{v}{last}ing")]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Edition, VerbTable, edition_of, regular_forms};
    use crate::petrarch::Reading;
    use crate::petrarch::phrase::words;

    const TWO: &str = "\
####### SYNONYM SETS #######
&ARMS
+GUN
+KNIFE_
+&BOOM
+AIR RIFLE

&BOOM_
+BOMB
&ROUND
+&ROUND
####### VERB PATTERNS #######
---  TAKE   [---]  ---
TAKE {TAKES TAKING TOOK TAKEN } [010]
+CORDON_OFF {+CORDONED_OFF }
RE_+ARREST
RE-OPEN
- * &ARMS [170] # GRAB
- * {THE OLD &ARMS} (FROM $) [180:181]
- * &NOTHING [1]
- WILL NOT [2]
* (TO STOP) [090]
--- GO [100]---  ---
GO
TRY
######## TRANSFORMATIONS ##########
~ a (a b TAKE) GO = a b 015
~ a (b
";

    fn table(text: &str) -> (VerbTable, Reading) {
        let (mut t, mut out) = (VerbTable::default(), Reading::default());
        t.read("v.txt", 0, text, edition_of(text), &mut out);
        (t, out)
    }

    #[test]
    fn reads_every_part_and_tells_what_it_could_not() {
        let (t, out) = table(TWO);
        assert_eq!(edition_of(TWO), Edition::Two);
        assert_eq!(t.blocks.len(), 2);
        assert_eq!(t.blocks[0].patterns.len(), 3);
        assert_eq!(t.blocks[0].patterns[0].code.reverse.as_deref(), Some("181"), "the heaviest pattern is first");
        assert_eq!(t.blocks[1].code.forward.as_deref(), Some("100"));
        assert_eq!(t.transformations.len(), 1);
        let told: Vec<usize> = out.warnings.iter().map(|w| w.line).collect();
        assert_eq!(told, [20, 21, 22, 28], "{:?}", out.warnings);
    }

    #[test]
    fn sets_hold_sets_and_end_as_they_say() {
        let (t, _) = table(TWO);
        let len = |s: &str| t.synset_len(0, &words(s));
        assert_eq!(len("guns here"), Some(1));
        assert_eq!(len("knives"), None);
        assert_eq!(len("bomb"), Some(1));
        assert_eq!(len("bombs"), None);
        assert_eq!(len("air rifles"), Some(2));
    }

    #[test]
    fn forms_of_verbs() {
        let (t, _) = table(TWO);
        assert_eq!(t.forms("took").len(), 1);
        assert!(t.forms("taked").is_empty(), "braces list all forms");
        assert_eq!(t.forms("cordoned")[0].after, ["off"]);
        assert_eq!(t.forms("arrested")[0].before, ["re"]);
        assert_eq!(t.forms("opened")[0].before, ["re"]);
        assert_eq!(t.forms("tries").len(), 1);
        assert_eq!(regular_forms("stop"), ["stops", "stoped", "stoping", "stopped", "stopping"]);
        assert_eq!(regular_forms("agree"), ["agrees", "agreed", "agreing", "agreeing"]);
    }

    #[test]
    fn linear_files_are_told_from_2_0() {
        let one = "--- MEET [031:032] ---\nMEET\n- SAID WOULD NOT * [112]\n&S\n+X Y\n--- DIE [1] [2:3] ---\nDIE\n- * &S [4?]\n";
        assert_eq!(edition_of(one), Edition::One);
        let (t, out) = table(one);
        assert_eq!((t.blocks.len(), t.patterns()), (2, 2));
        assert_eq!(out.warnings.len(), 2, "{:?}", out.warnings);
    }
}
