//! On whose word: who says what in a report.
//!
//! An attribution joins a source, a cue and a content. Cues are the verbs, nouns and adjectives of
//! `dictionaries/voice.txt` with their frames (`voice/cue.rs`), a few fixed constructions (`voice/fixed.rs`: "according to",
//! "as relayed by", "reportedly", the colon of a headline) and quotation marks (`voice/quotes.rs`), which carry an
//! attribution over sentence ends. The publisher of a report is never made the accuser: a medium *reports*, the one it
//! quotes *claims*.

mod cue;
mod fixed;
mod lexicon;
mod linear;
pub(crate) mod medium;
mod quotes;
mod source;

use std::sync::Arc;

use forewarn_language::{Rel, Upos};
use forewarn_report::Span;

#[cfg(test)]
mod tests;

use crate::claim::{Factuality, Stance, VoiceKind};
use crate::factuality::factuality;
use crate::table::Tables;
use crate::tree::Tree;
pub use cue::{Accept, Found, cues};
pub use lexicon::{Entry, Frame, Lexicon};
use quotes::Quote;

/// Who says something, by which words, and what.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Head token of the source in its sentence: of a relative pronoun, the noun it stands for.
    pub source: Option<usize>,
    /// The words of the source.
    pub source_span: Option<Span>,
    /// The tokens of the cue; empty where only a quotation mark or a colon says it.
    pub cue: Vec<usize>,
    /// What is said, in text order; quotations may reach over several sentences.
    pub content: Vec<Span>,
    /// The tokens of this sentence that head the content.
    pub content_roots: Vec<usize>,
    /// What the source does with the content.
    pub stance: Stance,
    /// What kind of voice it is, none where there is no voice: wishes, plans and feelings are attributed but not said, and
    /// what someone refused to say is not said either.
    pub kind: Option<VoiceKind>,
    /// Index of the sentence of the cue.
    pub sentence: usize,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Attribution {
    /// Whether the bytes of `span` are part of what is said.
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|c| c.contains(span))
    }

    fn size(&self) -> u32 {
        self.content.iter().map(|c| c.end - c.start).sum()
    }
}

/// The attributions of a report in the order of their cues. `is_medium` says whether a token of a sentence heads the
/// name of a news medium.
pub fn attributions(trees: &[Tree], is_medium: &dyn Fn(usize, usize) -> bool) -> Vec<Attribution> {
    let tables = trees.first().map_or_else(|| Arc::clone(Tables::shipped()), |t| Arc::clone(&t.tables));
    let lexicon = &tables.voice;
    let accept = |lemma: &str, pos: u8, frame: Frame, preposition: &str| {
        let entry = lexicon.get(lemma, pos)?;
        let takes = if frame == Frame::About { entry.takes_preposition(preposition) } else { entry.takes(frame) };
        takes.then_some(entry.stance)
    };
    let Some(first) = trees.first() else { return Vec::new() };
    let quotes = quotes::quotes(first.text, &blocks(trees));
    let mut out = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        let start = out.len();
        let medium = |token: usize| is_medium(index, token);
        let mut found = cues(tree, &accept);
        fixed::media(tree, &medium, &mut found);
        fixed::constructions(tree, index, &mut found);
        fixed::trailing(tree, &medium, &mut found);
        ordered(tree, &quotes, &mut found);
        unquoted(tree, &quotes, &mut found);
        for f in found {
            let word = tree.token(f.word).span;
            let inside = quotes.iter().any(|q| q.block == tree.sentence.block && q.words >= 4 && q.span.contains(word));
            if inside {
                continue;
            }
            made(tree, index, f, &quotes, &medium, &mut out);
        }
        out[start..].sort_by_key(|a: &Attribution| a.cue.first().copied().unwrap_or(0));
    }
    carried_on(&quotes, trees, &mut out);
    out
}

/// The voices over a predicate, outermost first (wishes and plans are none): those whose content holds it, the wider content before the narrower.
pub fn voices_of<'a>(
    attributions: &'a [Attribution],
    tree: &Tree,
    sentence: usize,
    predicate: usize,
) -> Vec<&'a Attribution> {
    let span = tree.token(predicate).span;
    let mut out: Vec<&Attribution> = attributions
        .iter()
        .filter(|a| a.kind.is_some() && a.covers(span) && !(a.sentence == sentence && a.cue.contains(&predicate)))
        .collect();
    out.sort_by_key(|a| (std::cmp::Reverse(a.size()), a.kind != Some(VoiceKind::Publisher), a.cue.first().copied()));
    out
}

/// The bytes of each block with its number.
fn blocks(trees: &[Tree]) -> Vec<(Span, u32)> {
    let mut out: Vec<(Span, u32)> = Vec::new();
    for tree in trees {
        let (span, block) = (tree.sentence.span, tree.sentence.block);
        match out.last_mut() {
            Some((last, b)) if *b == block => *last = last.cover(span),
            _ => out.push((span, block)),
        }
    }
    out
}

/// Corrects verbs of saying by the order of words, and adds those that the tree gives no content although the order leaves
/// no doubt.
fn ordered(tree: &Tree, quotes: &[Quote], found: &mut Vec<Found>) {
    let lexicon = &tree.tables.voice;
    let block = tree.sentence.block;
    for w in 0..tree.len() {
        if tree.upos(w) != Upos::Verb {
            continue;
        }
        let Some(entry) = lexicon.get(tree.lemma(w), b'v').filter(|e| e.stance.is_some() && e.takes(Frame::That))
        else {
            continue;
        };
        let word = tree.token(w).span;
        let quoted = |t: usize| {
            let span = tree.token(t).span;
            quotes.iter().any(|q| q.block == block && q.words >= 2 && q.span.contains(span) && !q.span.contains(word))
        };
        let known = found.iter().position(|f| f.word == w);
        let speech_frame = known.is_none_or(|k| {
            matches!(found[k].frame, Frame::That | Frame::Quote | Frame::Obj) && found[k].rule.starts_with("verb/")
        });
        if !speech_frame {
            continue;
        }
        let root = known.and_then(|k| found[k].roots.first().copied());
        let Some(speech) = linear::speech(tree, w, root, &quoted) else { continue };
        if known.is_some_and(|k| found[k].frame == Frame::Obj && !speech.sure) {
            continue;
        }
        if let Some(k) = known {
            let f = &mut found[k];
            if f.frame == Frame::Obj {
                f.frame = Frame::That;
            }
            f.source = speech.source.or_else(|| f.source.filter(|&s| !quoted(s)));
            let whole = f.rule == "verb/quotation"
                || f.content.iter().any(|&t| quoted(t)) && !speech.content.iter().any(|&t| quoted(t));
            if !whole {
                f.content = speech.content;
                if speech.before != f.roots.first().is_some_and(|&r| r < w) {
                    f.roots = heads(tree, &f.content);
                    f.rule = "verb/order";
                }
            }
        } else if speech.sure {
            let roots = heads(tree, &speech.content);
            found.push(Found {
                word: w,
                cue: vec![w],
                frame: Frame::That,
                preposition: String::new(),
                source: speech.source.or_else(|| source::of_verb(tree, w, false)),
                content: speech.content,
                roots,
                stance: entry.stance,
                rule: "verb/order",
            });
        }
    }
}

/// The tokens of `content` whose heads lie outside it.
fn heads(tree: &Tree, content: &[usize]) -> Vec<usize> {
    let inside = |t: usize| content.binary_search(&t).is_ok();
    content
        .iter()
        .copied()
        .filter(|&t| tree.upos(t) != Upos::Punct && tree.head(t).is_none_or(|h| !inside(h)))
        .collect()
}

/// Extends an object or phrase over what the tree leaves out of it, up to the next comma.
fn extended(tree: &Tree, word: usize, content: &[usize]) -> usize {
    let last = content[content.len() - 1];
    let stop = (last + 1..tree.len())
        .find(|&i| {
            matches!(
                tree.lower(i),
                "," | ";" | ":" | "—" | "–" | "(" | "." | "?" | "!" | "--" | "-" | "\"" | "“" | "”" | "''"
            )
        })
        .unwrap_or(tree.len());
    let infinitive = |k: usize| tree.kids(k).any(|m| tree.rel(m) == Rel::Mark && tree.lower(m) == "to");
    let clause = tree
        .kids(word)
        .filter(|&k| tree.rel(k) == Rel::Advcl && k > last && !infinitive(k))
        .filter_map(|k| tree.below(k, &|_| true).first().copied())
        .filter(|&f| f > last)
        .min();
    linear::limit(tree, word, last + 1, stop.min(clause.unwrap_or(stop))).max(last + 1) - 1
}

/// Turns a cue into an attribution: spans for tokens, quotations taken in whole, kind and stance.
fn made(
    tree: &Tree,
    index: usize,
    found: Found,
    quotes: &[Quote],
    medium: &dyn Fn(usize) -> bool,
    out: &mut Vec<Attribution>,
) {
    let mut cue = found.cue;
    let mut found_source = found.source;
    if found_source.is_none() && found.rule.starts_with("verb/") {
        found_source = linear::subject_before(tree, found.word)
            .filter(|s| !found.content.contains(s) || found.frame == Frame::Obj);
    }
    let found = Found { source: found_source, cue: Vec::new(), ..found };
    let source_tokens = found.source.map(|s| source::phrase(tree, s, &cue));
    // What is said stands together, the cue and its source cut out: gaps in it are errors of the tree.
    let (Some(&a), Some(&b)) = (found.content.first(), found.content.last()) else { return };
    let tail = matches!(found.frame, Frame::Obj | Frame::To | Frame::About)
        && b > found.word
        && tree.upos(found.word) == Upos::Verb;
    let b = if tail { extended(tree, found.word, &found.content) } else { b };
    let inner = |side: &dyn Fn(&usize) -> bool| found.content.iter().copied().filter(side).collect::<Vec<usize>>();
    let (left, right) = (inner(&|&t| t < found.word), inner(&|&t| t > found.word));
    let mut said: Vec<usize> = match (left.last(), right.first()) {
        (Some(&x), Some(&y)) => (a..=x).chain(y..=b.max(y)).collect(),
        _ => (a..=b).collect(),
    };
    said.retain(|t| !cue.contains(t));
    if let Some(tokens) = &source_tokens {
        // A source inside the content ("Reuters" in "…, Reuters reported") is not part of it.
        let inside = tokens.iter().filter(|t| said.contains(t)).count();
        if inside < said.len() && found.frame != Frame::Obj {
            said.retain(|t| !tokens.contains(t));
        }
    }
    // Where the content's head stands before the cue, what follows the cue and its source is the teller's again, but for
    // further words in quotation marks.
    if matches!(found.frame, Frame::That | Frame::Quote) && found.roots.first().is_some_and(|&r| r < found.word) {
        let quoted = |t: usize| quotes.iter().any(|q| q.words >= 2 && q.span.contains(tree.token(t).span));
        said.retain(|&t| t < found.word || quoted(t));
    }
    let mut content = runs(tree, &said);
    if content.is_empty() {
        return;
    }
    let word = tree.token(found.word).span;
    let speech = found.stance.is_some();
    if speech {
        for q in quotes.iter().filter(|q| q.block == tree.sentence.block && !q.span.contains(word)) {
            let touched = content.iter().any(|c| c.overlaps(q.span));
            if touched && q.words >= 2 {
                content.push(q.span);
            }
        }
        content = joined(tree.text, content);
    }
    let relative = found.source.and_then(|s| antecedent(tree, s));
    let source = relative.or(found.source);
    let source_span = source_tokens.filter(|t| !t.is_empty()).map(|t| trimmed(tree, tree.span_of(&t)));
    // Who refused to say it, or did not say it, is no voice for it.
    let unsaid = tree.upos(found.word) == Upos::Verb
        && matches!(
            factuality(tree, found.word, &[], None, &[]).factuality,
            Factuality::Negated | Factuality::Disavowed
        );
    let kind = (speech && !unsaid).then(|| kind_of(tree, source, medium));
    let stance = match (found.stance.unwrap_or(Stance::Claims), kind) {
        (Stance::Claims, Some(VoiceKind::Publisher)) => Stance::Reports,
        (Stance::Reports, Some(VoiceKind::Speaker)) => Stance::Claims,
        (stance, _) => stance,
    };
    if let Some(told) = kind.is_some().then(|| told_medium(tree, found.word, medium)).flatten() {
        let tokens = source::phrase(tree, told, &cue);
        out.push(Attribution {
            source: Some(told),
            source_span: (!tokens.is_empty()).then(|| tree.span_of(&tokens)),
            cue: cue.clone(),
            content: content.clone(),
            content_roots: found.roots.clone(),
            stance: Stance::Reports,
            kind: Some(VoiceKind::Publisher),
            sentence: index,
            rule: "told-medium",
        });
    }
    cue.sort_unstable();
    out.push(Attribution {
        source,
        source_span,
        cue,
        content,
        content_roots: found.roots,
        stance,
        kind,
        sentence: index,
        rule: found.rule,
    });
}

/// "told the Financial Times", "said in an interview with Reuters".
fn told_medium(tree: &Tree, word: usize, medium: &dyn Fn(usize) -> bool) -> Option<usize> {
    tree.kids(word).filter(|&k| matches!(tree.rel(k), Rel::Obj | Rel::Iobj | Rel::Obl)).find_map(|k| {
        let addressed = tree.rel(k) != Rel::Obl || matches!(tree.case_of(k), Some("to"));
        if addressed && medium(k) {
            return Some(k);
        }
        let talk = matches!(tree.lemma(k), "interview" | "remark" | "comment" | "statement" | "briefing" | "call");
        if !talk {
            return None;
        }
        tree.kids(k).find(|&n| {
            tree.rel(n) == Rel::Nmod && matches!(tree.case_of(n), Some("with" | "to" | "by" | "for")) && medium(n)
        })
    })
}

/// The noun that a relative pronoun stands for.
fn antecedent(tree: &Tree, source: usize) -> Option<usize> {
    if !matches!(tree.lower(source), "who" | "which" | "that") {
        return None;
    }
    let mut at = source;
    for _ in 0..4 {
        let head = tree.head(at)?;
        if tree.rel(at) == Rel::Acl {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Publisher, speaker or unnamed, by the head of the source.
fn kind_of(tree: &Tree, source: Option<usize>, medium: &dyn Fn(usize) -> bool) -> VoiceKind {
    let Some(head) = source else { return VoiceKind::Unnamed };
    if medium(head) {
        return VoiceKind::Publisher;
    }
    let named = tree.upos(head) == Upos::Propn
        || tree.kids(head).any(|k| matches!(tree.rel(k), Rel::Appos | Rel::Flat) && tree.upos(k) == Upos::Propn);
    let nameless = matches!(
        tree.lemma(head),
        "official"
            | "witness"
            | "eyewitness"
            | "source"
            | "resident"
            | "analyst"
            | "expert"
            | "observer"
            | "local"
            | "report"
            | "image"
            | "footage"
            | "video"
            | "photo"
            | "survivor"
            | "diplomat"
            | "villager"
            | "insider"
            | "people"
            | "person"
            | "man"
            | "woman"
            | "one"
            | "other"
            | "medium"
            | "rumour"
            | "rumor"
            | "evidence"
            | "document"
            | "poll"
            | "survey"
            | "study"
            | "figure"
            | "data"
            | "relative"
            | "neighbour"
            | "neighbor"
            | "critic"
            | "aide"
            | "some"
            | "many"
            | "someone"
            | "everyone"
            | "account"
            | "information"
            | "bystander"
            | "refugee"
            | "protester"
            | "activist"
            | "officer"
            | "soldier"
            | "worker"
            | "reporter"
            | "correspondent"
    );
    if nameless && !named { VoiceKind::Unnamed } else { VoiceKind::Speaker }
}

/// The tokens as byte spans: one for each run of words, punctuation at the ends left out.
fn runs(tree: &Tree, tokens: &[usize]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut from = 0;
    while from < tokens.len() {
        let mut to = from + 1;
        while to < tokens.len() && tokens[to] == tokens[to - 1] + 1 {
            to += 1;
        }
        let (mut a, mut b) = (from, to);
        let mark = |t: usize| {
            tree.upos(t) == Upos::Punct
                && !matches!(
                    tree.lower(t),
                    "\"" | "“" | "”" | "'" | "‘" | "’" | "(" | ")" | "[" | "]" | "?" | "!" | "''" | "``"
                )
        };
        while a < b && (mark(tokens[a]) || matches!(tree.lower(tokens[a]), "?" | "!")) {
            a += 1;
        }
        while b > a && mark(tokens[b - 1]) {
            b -= 1;
        }
        let alone = b == a + 1 && matches!(tree.upos(tokens[a]), Upos::Punct | Upos::Cconj);
        if a < b && !alone {
            out.push(Span { start: tree.token(tokens[a]).span.start, end: tree.token(tokens[b - 1]).span.end });
        }
        from = to;
    }
    joined(tree.text, out)
}

/// Spans in order, those that touch or overlap made one.
fn joined(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end || text[last.end as usize..span.start as usize].trim().is_empty() => {
                last.end = last.end.max(span.end);
            }
            _ => out.push(span),
        }
    }
    out
}

/// A source's span without a comma at its end.
fn trimmed(tree: &Tree, span: Span) -> Span {
    let words = span.get(tree.text).unwrap_or("");
    let bare = words.trim_end_matches([',', ' ', ':', '-', '–', '—', '.']);
    // "Jr." and "Inc." keep their full stop.
    let end = if words.ends_with('.') && bare.len() + 1 == words.len() { words.len() } else { bare.len() };
    Span { start: span.start, end: span.start + end as u32 }
}

/// A verb of speech that the tree gives no content takes the quotation beside it.
fn unquoted(tree: &Tree, quotes: &[Quote], found: &mut Vec<Found>) {
    let lexicon = &tree.tables.voice;
    let block = tree.sentence.block;
    if !quotes.iter().any(|q| q.block == block) {
        return;
    }
    for at in 0..tree.len() {
        if tree.upos(at) != Upos::Verb || found.iter().any(|f| f.word == at) {
            continue;
        }
        let Some(entry) = lexicon.get(tree.lemma(at), b'v').filter(|e| e.takes(Frame::Quote) || e.takes(Frame::Said))
        else {
            continue;
        };
        let word = tree.token(at).span;
        let distance = |q: &Quote| {
            if q.span.end <= word.start { word.start - q.span.end } else { q.span.start.saturating_sub(word.end) }
        };
        let beside = quotes
            .iter()
            .filter(|q| q.block == block && !q.span.contains(word) && q.words >= 3 && distance(q) <= 60)
            .filter(|q| q.span.overlaps(tree.sentence.span) || q.span.end <= tree.sentence.span.start)
            .min_by_key(|q| distance(q));
        let Some(q) = beside else { continue };
        let content: Vec<usize> = (0..tree.len()).filter(|&t| q.span.contains(tree.token(t).span)).collect();
        let roots = heads(tree, &content);
        if content.is_empty() {
            continue;
        }
        found.push(Found {
            word: at,
            cue: vec![at],
            frame: Frame::Quote,
            preposition: String::new(),
            source: source::of_verb(tree, at, false),
            content,
            roots,
            stance: entry.stance.or(Some(Stance::Claims)),
            rule: "verb/quotation",
        });
    }
}

/// A quotation without a cue of its own goes on with what the speaker before it says: in the same paragraph, or in a
/// paragraph that is nothing but a quotation after one that held his words.
fn carried_on(quotes: &[Quote], trees: &[Tree], out: &mut [Attribution]) {
    let blocks = blocks(trees);
    for q in quotes.iter().filter(|q| q.words >= 3) {
        if out.iter().any(|a| a.kind.is_some() && a.content.iter().any(|c| c.overlaps(q.span))) {
            continue;
        }
        let Some(at) = blocks.iter().position(|b| b.1 == q.block) else { continue };
        let whole = q.span.start <= blocks[at].0.start && q.span.end + 2 >= blocks[at].0.end;
        let from = blocks[if whole { at.saturating_sub(1) } else { at }].0;
        let speaker = out.iter().filter(|a| a.kind.is_some()).rfind(|a| {
            a.content
                .iter()
                .any(|c| c.start >= from.start && c.end <= q.span.start && quotes.iter().any(|p| p.span.overlaps(*c)))
        });
        // The medium that was told goes with the one who told it.
        if let Some((sentence, cue)) = speaker.map(|a| (a.sentence, a.cue.clone())) {
            for a in out.iter_mut().filter(|a| a.sentence == sentence && a.cue == cue) {
                a.content.push(q.span);
            }
        }
    }
}
