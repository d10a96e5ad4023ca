//! Cues with their contents in one sentence: verbs, nouns and adjectives that attribute.

use forewarn_language::{Feats, Rel, Sub, Upos};

use super::lexicon::Frame;
use super::source;
use crate::claim::Stance;
use crate::tree::Tree;

/// A cue as found in the tree, its content still in tokens.
#[derive(Clone, Debug)]
pub struct Found {
    /// The word that attributes.
    pub word: usize,
    /// Its tokens with auxiliaries and particles.
    pub cue: Vec<usize>,
    /// How it takes its content.
    pub frame: Frame,
    /// The preposition of [`Frame::About`], otherwise empty.
    pub preposition: String,
    /// Head token of the source.
    pub source: Option<usize>,
    /// Tokens of the content, in order.
    pub content: Vec<usize>,
    /// Heads of the content.
    pub roots: Vec<usize>,
    /// What the source does with the content; none for wishes and plans.
    pub stance: Option<Stance>,
    /// The rule.
    pub rule: &'static str,
}

/// Answers for a lemma, a part of speech (`v`, `n`, `a`), a frame and a preposition: not at all, or with which stance.
pub type Accept<'a> = dyn Fn(&str, u8, Frame, &str) -> Option<Option<Stance>> + 'a;

/// The cues of a sentence.
pub fn cues(tree: &Tree, accept: &Accept) -> Vec<Found> {
    let mut out = Vec::new();
    for at in 0..tree.len() {
        match tree.upos(at) {
            Upos::Verb => verb(tree, at, accept, &mut out),
            Upos::Noun => noun(tree, at, accept, &mut out),
            Upos::Adj => adjective(tree, at, accept, &mut out),
            _ => {}
        }
    }
    out
}

/// The tokens below `top`, without those below any of `without`.
pub(super) fn subtree(tree: &Tree, top: usize, without: &[usize]) -> Vec<usize> {
    tree.below(top, &|k| !without.contains(&k))
}

fn merged(mut a: Vec<usize>, b: Vec<usize>) -> Vec<usize> {
    a.extend(b);
    a.sort_unstable();
    a.dedup();
    a
}

/// The cue's own words: the verb, its auxiliaries, negation and particle.
fn cue_tokens(tree: &Tree, at: usize) -> Vec<usize> {
    let mut out = vec![at];
    for k in tree.kids(at) {
        let own = matches!(tree.rel(k), Rel::Aux | Rel::Cop)
            || tree.rel(k) == Rel::Compound && tree.sub(k) == Sub::Prt
            || tree.rel(k) == Rel::Advmod && (tree.feats(k).has(Feats::NEGATIVE) || k + 1 == at);
        if own {
            out.push(k);
        }
    }
    out.sort_unstable();
    out
}

fn verb(tree: &Tree, at: usize, accept: &Accept, out: &mut Vec<Found>) {
    let lemma = tree.lemma(at);
    let passive = tree.kids(at).any(|k| tree.sub(k) == Sub::Pass)
        || tree.rel(at) == Rel::Acl && tree.sub(at) != Sub::Relcl && tree.feats(at).has(Feats::PAST | Feats::PASSIVE);
    let find = |source: Option<usize>,
                content: Vec<usize>,
                roots: Vec<usize>,
                frame: Frame,
                preposition: &str,
                stance,
                rule| Found {
        word: at,
        cue: cue_tokens(tree, at),
        frame,
        preposition: preposition.to_string(),
        source,
        content,
        roots,
        stance,
        rule,
    };
    let (mut ccomp, mut xcomp, mut obj, mut iobj, mut inner) = (None, None, None, None, None);
    let mut phrases = Vec::new();
    for k in tree.kids(at) {
        match tree.rel(k) {
            Rel::Ccomp => ccomp = ccomp.or(Some(k)),
            Rel::Csubj if tree.sub(k) == Sub::Pass => ccomp = ccomp.or(Some(k)),
            Rel::Xcomp => xcomp = xcomp.or(Some(k)),
            Rel::Obj => obj = obj.or(Some(k)),
            Rel::Iobj => iobj = iobj.or(Some(k)),
            Rel::Obl | Rel::Advcl if k > at => phrases.push(k),
            Rel::Parataxis => inner = inner.or(Some(k)),
            _ => {}
        }
    }
    let source = || source::of_verb(tree, at, passive);
    let before = out.len();
    if let Some(c) = ccomp {
        let to = tree.kids(c).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to") && !tree.has(c, Rel::Nsubj);
        let frame = if to { Frame::To } else { Frame::That };
        if let Some(stance) = accept(lemma, b'v', frame, "") {
            out.push(find(source(), subtree(tree, c, &[]), vec![c], frame, "", stance, "verb/that"));
        }
    }
    if ccomp.is_none() && out.len() == before {
        if let Some((content, roots)) = enclosing(tree, at)
            && let Some(stance) = accept(lemma, b'v', Frame::Quote, "")
        {
            out.push(find(source(), content, roots, Frame::Quote, "", stance, "verb/inserted"));
            return;
        }
        if let Some(p) = inner.filter(|&p| speech_like(tree, at, p))
            && let Some(stance) = accept(lemma, b'v', Frame::Quote, "")
        {
            out.push(find(source(), subtree(tree, p, &[]), vec![p], Frame::Quote, "", stance, "verb/beside"));
            return;
        }
    }
    if let Some(x) = xcomp {
        let to = tree.kids(x).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to");
        let frame = if to { Frame::To } else { Frame::Ing };
        let gerund =
            tree.feats(x).has(Feats::GERUND) || tree.feats(x).has(Feats::PARTICIPLE) && tree.upos(x) == Upos::Verb;
        if (to || gerund)
            && let Some(stance) = accept(lemma, b'v', frame, "")
        {
            let mut content = subtree(tree, x, &[]);
            // "urged Serbia to withdraw"; "is expected to win", "seems to know": the subject is part of it.
            let controller = if passive { source::subject(tree, at) } else { obj.or(iobj) };
            if let Some(o) = controller.or_else(|| raised(tree, at)) {
                content = merged(content, subtree(tree, o, &[]));
            }
            let source = if raised(tree, at).is_some() { None } else { source() };
            out.push(find(source, content, vec![x], frame, "", stance, "verb/to"));
            return;
        }
    }
    if out.len() > before {
        return;
    }
    // "accused X of …", "called on X to …", "warned of …"
    for &k in &phrases {
        let clause = tree.rel(k) == Rel::Advcl;
        let case = tree.kids(k).find(|&c| matches!(tree.rel(c), Rel::Case | Rel::Mark)).filter(|&c| c < k);
        let Some(case) = case else { continue };
        let preposition = tree.lower(case);
        if let Some(stance) = accept(lemma, b'v', Frame::About, preposition) {
            let mut content = subtree(tree, k, &[]);
            if let Some(o) = obj.or(if passive { source::subject(tree, at) } else { None }) {
                content = merged(content, subtree(tree, o, &[]));
            } else if !clause || preposition != "that" {
                content.retain(|&t| t != case);
            }
            let mut roots = vec![k];
            if let Some(x) = xcomp
                .or_else(|| phrases.iter().copied().find(|&a| a != k && tree.rel(a) == Rel::Advcl))
                .filter(|&x| marked_to(tree, x) && preposition == "on")
            {
                content = merged(content, subtree(tree, x, &[]));
                roots = vec![x];
            }
            out.push(find(source(), content, roots, Frame::About, preposition, stance, "verb/about"));
            return;
        }
    }
    // An object that the tree took for a bare phrase ("reaffirmed to them his reluctance").
    let bare = || {
        phrases.iter().copied().find(|&k| {
            tree.upos(k) == Upos::Noun
                && tree.sub(k) == Sub::None
                && tree.rel(k) == Rel::Obl
                && !tree.has(k, Rel::Case)
                && tree.kids(k).any(|d| tree.sub(d) == Sub::Poss || tree.rel(d) == Rel::Det)
        })
    };
    let object = if passive { source::subject(tree, at) } else { obj.or_else(bare) };
    if let Some(o) = object
        && let Some(stance) = accept(lemma, b'v', Frame::Obj, "")
    {
        let mut content = subtree(tree, o, &[]);
        if let Some(x) = xcomp {
            content = merged(content, subtree(tree, x, &[]));
        }
        out.push(find(source(), content, vec![o], Frame::Obj, "", stance, "verb/object"));
    }
}

fn marked_to(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to")
}

/// The subject of a raising verb ("seems", "appears"), which belongs to the content.
fn raised(tree: &Tree, at: usize) -> Option<usize> {
    matches!(tree.lemma(at), "seem" | "appear" | "look").then(|| source::subject(tree, at)).flatten()
}

/// The clause that the cue is put into: "X attacked Y, Reuters reported", "as Reuters reported".
fn enclosing(tree: &Tree, at: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let head = tree.head(at)?;
    let as_clause =
        tree.rel(at) == Rel::Advcl && tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "as");
    let subject = source::subject(tree, at);
    let inserted = tree.rel(at) == Rel::Parataxis && (subject.is_some() || at < head);
    // "Russia will not yield, Mr Putin told Reuters": the tree takes it for a list of clauses.
    let spliced = tree.rel(at) == Rel::Conj
        && !tree.has(at, Rel::Cc)
        && !tree.has(at, Rel::Obj)
        && subject.is_some_and(|s| {
            s < at && tree.kids(at).chain(tree.kids(s)).chain([s - 1]).any(|k| k < at && tree.lower(k) == ",")
        });
    if !as_clause && !inserted && !spliced {
        return None;
    }
    // Clauses beside the cue's, after a semicolon or a full stop, are not its content.
    let content = subtree(tree, head, &[at]);
    Some((content, vec![head]))
}

/// Whether clause `p` beside verb `at` can be what is said: it stands before it, or after a colon, a comma or a quote.
fn speech_like(tree: &Tree, at: usize, p: usize) -> bool {
    let tokens = subtree(tree, p, &[]);
    let (first, last) = (tokens[0], tokens[tokens.len() - 1]);
    if last < at {
        return true;
    }
    let mark = |i: usize| matches!(tree.lower(i), ":" | "," | "\"" | "“" | "``" | "‘" | "'");
    first > at && (mark(first) || first > 0 && mark(first - 1))
}

fn noun(tree: &Tree, at: usize, accept: &Accept, out: &mut Vec<Found>) {
    let lemma = tree.lemma(at);
    let mut push = |content: Vec<usize>, root: usize, frame: Frame, preposition: &str, stance, rule| {
        out.push(Found {
            word: at,
            cue: vec![at],
            frame,
            preposition: preposition.to_string(),
            source: source::of_noun(tree, at),
            content,
            roots: vec![root],
            stance,
            rule,
        });
    };
    for k in tree.kids(at).filter(|&k| k > at) {
        match tree.rel(k) {
            Rel::Acl | Rel::Ccomp if tree.sub(k) != Sub::Relcl || tree.has(k, Rel::Mark) => {
                let mark = tree.kids(k).find(|&m| tree.rel(m) == Rel::Mark).map_or("", |m| tree.lower(m));
                let frame = match mark {
                    "to" => Frame::To,
                    "that" | "whether" | "if" => Frame::That,
                    "" if tree.has(k, Rel::Nsubj) => Frame::That,
                    _ => continue,
                };
                if let Some(stance) = accept(lemma, b'n', frame, "") {
                    push(subtree(tree, k, &[]), k, frame, "", stance, "noun/that");
                    return;
                }
            }
            Rel::Nmod | Rel::Acl if tree.sub(k) != Sub::Poss && tree.sub(k) != Sub::Relcl => {
                let Some(case) = tree.kids(k).find(|&c| matches!(tree.rel(c), Rel::Case | Rel::Mark)) else { continue };
                let preposition = tree.lower(case);
                if let Some(stance) = accept(lemma, b'n', Frame::About, preposition) {
                    let mut content = subtree(tree, k, &[]);
                    content.retain(|&t| t != case);
                    push(content, k, Frame::About, preposition, stance, "noun/about");
                    return;
                }
            }
            _ => {}
        }
    }
}

fn adjective(tree: &Tree, at: usize, accept: &Accept, out: &mut Vec<Found>) {
    let lemma = tree.lemma(at);
    let mut push = |content: Vec<usize>, root: usize, frame: Frame, preposition: &str, stance, rule| {
        let mut cue = vec![at];
        cue.extend(tree.kids(at).filter(|&k| matches!(tree.rel(k), Rel::Cop | Rel::Aux)));
        cue.sort_unstable();
        out.push(Found {
            word: at,
            cue,
            frame,
            preposition: preposition.to_string(),
            source: source::of_verb(tree, at, false),
            content,
            roots: vec![root],
            stance,
            rule,
        });
    };
    for k in tree.kids(at).filter(|&k| k > at) {
        let (frame, preposition, case) = match tree.rel(k) {
            Rel::Ccomp => (Frame::That, "", None),
            Rel::Xcomp | Rel::Advcl if marked_to(tree, k) => (Frame::To, "", None),
            Rel::Obl | Rel::Advcl => {
                let Some(case) = tree.kids(k).find(|&c| matches!(tree.rel(c), Rel::Case | Rel::Mark)) else { continue };
                (Frame::About, tree.lower(case), Some(case))
            }
            _ => continue,
        };
        if let Some(stance) = accept(lemma, b'a', frame, preposition) {
            let mut content = subtree(tree, k, &[]);
            content.retain(|&t| Some(t) != case);
            push(content, k, frame, preposition, stance, "adjective");
            return;
        }
    }
}
