//! Shows how sentences are read: `cargo run --release --example readings [--published YYYY-MM-DD] 'One sentence.' …`.
//!
//! For each: its tree (with `--tree`, in the form of the tests' tables), its voices, times and counts, and whether each verb and noun of an event happened.

#![allow(clippy::print_stdout, missing_docs)]

use forewarn_coder::{Tree, counts, factuality, number, times, voice};
use forewarn_language::{Engine, Feats, Model, Sub, Upos};
use forewarn_report::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut published = None;
    let mut show_tree = false;
    let mut texts = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--published" => published = args.next().map(|d| d.parse()).transpose()?,
            "--tree" => show_tree = true,
            _ => texts.push(arg),
        }
    }
    let engine = Engine::new(Model::embedded()?);
    let media = |word: &str| matches!(word, "Reuters" | "Times" | "BBC" | "AFP" | "Post" | "Interfax" | "TASS");
    for text in &texts {
        let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
        let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
        println!("## {text}");
        let found = voice::attributions(&trees, &|s, t| media(trees[s].form(t)));
        let dates = times::times(&trees, published);
        for (i, tree) in trees.iter().enumerate() {
            if show_tree {
                for t in 0..tree.len() {
                    println!("{}", row(tree, t));
                }
            }
            for a in found.iter().filter(|a| a.sentence == i) {
                let content: Vec<&str> = a.content.iter().map(|s| s.slice(text)).collect();
                let cue: Vec<&str> = a.cue.iter().map(|&t| tree.form(t)).collect();
                println!(
                    "   voice [{}] {} ({:?} {:?}, {}): {}",
                    a.source_span.map_or("", |s| s.slice(text)),
                    cue.join(" "),
                    a.kind,
                    a.stance,
                    a.rule,
                    content.join(" … ")
                );
            }
            for t in &dates[i] {
                println!(
                    "   time [{}] {} {}..{} {} on {}",
                    t.span.slice(text),
                    t.value,
                    t.when.start.map_or("-".into(), |d| d.to_string()),
                    t.when.end.map_or("-".into(), |d| d.to_string()),
                    t.when.precision,
                    t.governs.map_or("-", |g| tree.form(g))
                );
            }
            for q in number::quantities(tree).iter().filter(|q| !q.is_article(tree)) {
                println!(
                    "   number [{}] {:?} {:?} {:?} of {}",
                    q.span.slice(text),
                    q.low,
                    q.best,
                    q.high,
                    tree.form(q.counted)
                );
            }
            for c in counts::counts(tree, None) {
                println!(
                    "   count {} [{}] {:?} {:?} {:?} who {:?} {}",
                    c.what, c.text, c.low, c.best, c.high, c.who, c.rule
                );
            }
            for t in 0..tree.len() {
                let event = tree.upos(t) == Upos::Verb || tree.upos(t) == Upos::Noun && event_like(tree.lemma(t));
                if event {
                    let voices = voice::voices_of(&found, tree, i, t);
                    let v = factuality::factuality(tree, t, &voices, published, &dates[i]);
                    let when =
                        times::when_of(tree, t, &dates[i]).map_or(String::new(), |w| format!(" when {:?}", w.text));
                    let chain: Vec<String> = voices
                        .iter()
                        .map(|a| a.source_span.map_or("?".into(), |s| s.slice(text).to_string()))
                        .collect();
                    println!("   {:12} {} ({}){when} voices {chain:?}", tree.form(t), v.factuality.as_str(), v.rule);
                }
            }
        }
    }
    Ok(())
}

/// One token as the tests' tables have it: form, lemma, tag, head, relation, features; `~` before what is glued on.
fn row(tree: &Tree, t: usize) -> String {
    let head = tree.head(t).map_or(0, |h| h + 1);
    let sub = match tree.sub(t) {
        Sub::None => "",
        Sub::Pass => ":pass",
        Sub::Agent => ":agent",
        Sub::Prt => ":prt",
        Sub::Poss => ":poss",
        Sub::Relcl => ":relcl",
        Sub::Unmarked => ":unmarked",
        Sub::Desc => ":desc",
        Sub::Outer => ":outer",
    };
    let feats: Vec<&str> = [
        (Feats::PLURAL, "Number=Plur"),
        (Feats::PAST, "Tense=Past"),
        (Feats::PRESENT, "Tense=Pres"),
        (Feats::PARTICIPLE, "VerbForm=Part"),
        (Feats::GERUND, "VerbForm=Ger"),
        (Feats::INFINITIVE, "VerbForm=Inf"),
        (Feats::FINITE, "VerbForm=Fin"),
        (Feats::PASSIVE, "Voice=Pass"),
        (Feats::IMPERATIVE, "Mood=Imp"),
        (Feats::NEGATIVE, "Polarity=Neg"),
        (Feats::WH, "PronType=Int"),
        (Feats::POSSESSIVE, "Poss=Yes"),
    ]
    .into_iter()
    .filter(|(bit, _)| tree.feats(t).has(*bit))
    .map(|(_, name)| name)
    .collect();
    let glued = t + 1 < tree.len() && tree.token(t).span.end == tree.token(t + 1).span.start;
    let form = format!("{}{}", tree.form(t), if glued { "~" } else { "" });
    let lemma = if tree.lemma(t) == tree.lower(t) { "_" } else { tree.lemma(t) };
    format!("{form} {lemma} {} {head} {}{sub} {}", tree.upos(t).as_ud(), tree.rel(t).as_ud(), feats.join("|"))
}

fn event_like(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack"
            | "war"
            | "invasion"
            | "strike"
            | "talk"
            | "withdrawal"
            | "truce"
            | "ceasefire"
            | "proclamation"
            | "independence"
            | "intercession"
            | "force"
            | "offensive"
            | "troop"
            | "clash"
            | "fighting"
            | "escalation"
            | "authorization"
            | "massacre"
            | "demand"
            | "protest"
            | "raid"
            | "shelling"
            | "sanction"
    )
}
