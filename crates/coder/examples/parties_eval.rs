//! Who is meant, measured on development data: `cargo run --release --example parties_eval -- phrases|gsr FILE`,
//! or shown for sentences: `… -- show 'A sentence.' …`.
//!
//! `phrases` reads lines with `text` and `gold.country`, `gold.sector`; `gsr` reads sentences with
//! `gold.events[].source|target[]` of `text`, `code`, `sector`. Countries and sectors that the gold leaves empty
//! are not counted. The files are not part of the project.

#![allow(clippy::print_stdout, missing_docs)]

use forewarn_codebook::actors::Actors;
use forewarn_coder::who::{self, Discourse};
use forewarn_coder::{Party, Tree};
use forewarn_language::{Engine, Model, Rel};
use forewarn_report::Span;
use jiff::civil::Date;
use serde_json::Value;
use std::time::Instant;

fn code(p: &Party) -> String {
    let part = |o: &Option<smol_str::SmolStr>| o.as_deref().unwrap_or("-").to_owned();
    format!(
        "{}/{} group {} ethnicity {} person {} ({}){}",
        part(&p.country),
        part(&p.sector),
        part(&p.group),
        part(&p.ethnicity),
        p.person.as_deref().unwrap_or("-"),
        p.rule,
        p.resolved.as_ref().map(|r| format!(" = {r}")).unwrap_or_default()
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap_or_default();
    let engine = Engine::new(Model::embedded()?);
    let start = Instant::now();
    let actors = Actors::embedded().map_err(|f| f.into_iter().map(|f| f.to_string()).collect::<Vec<_>>().join("\n"))?;
    eprintln_load(start);
    match mode.as_str() {
        "phrases" => phrases(&engine, &actors, &args.next().ok_or("which file?")?),
        "gsr" => gsr(&engine, &actors, &args.next().ok_or("which file?")?),
        "show" => {
            for text in args {
                show(&engine, &actors, &text);
            }
            Ok(())
        }
        _ => Err("say phrases, gsr or show".into()),
    }
}

fn eprintln_load(start: Instant) {
    println!("# lexicon loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
}

fn show(engine: &Engine, actors: &Actors, text: &str) {
    let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
    let mut discourse = Discourse::new(None);
    println!("## {text}");
    for s in &sentences {
        let tree = Tree::new(text, s);
        let mentions = who::mentions(actors, &tree, None);
        for t in 0..tree.len() {
            let head = tree.head(t).map_or("ROOT", |h| tree.form(h));
            let party = discourse
                .resolve(&tree, &mentions, t)
                .map(|r| r.party)
                .or_else(|| who::party(&tree, &mentions, t, None));
            println!(
                "  {t:3} {:16} {:6} {:8} {head:14} {:8} {}",
                tree.form(t),
                tree.upos(t).as_ud(),
                tree.rel(t).as_ud(),
                format!("{:?}", who::kind(&tree, &mentions, t)),
                party.map(|p| format!("[{}] {}", p.text, code(&p))).unwrap_or_default()
            );
        }
        println!(
            "      names {:?}",
            s.names.iter().map(|n| (tree.form(n.first as usize), n.end - n.first, n.kind)).collect::<Vec<_>>()
        );
    }
}

fn lines(path: &str) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    Ok(std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn phrases(engine: &Engine, actors: &Actors, path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (mut country, mut sector, mut n, mut n_sector) = (0, 0, 0, 0);
    for line in lines(path)? {
        let text = line["text"].as_str().unwrap_or_default();
        let gold_country = line["gold"]["country"].as_str();
        let gold_sector = line["gold"]["sector"].as_str().filter(|s| !s.is_empty() && *s != "????");
        let date: Option<Date> = line["gold"]["date"].as_str().and_then(|d| d.parse().ok());
        let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
        let found = sentences.first().and_then(|s| {
            let tree = Tree::new(text, s);
            let mentions = who::mentions(actors, &tree, date);
            s.root().and_then(|r| who::party(&tree, &mentions, r, date))
        });
        let group = found.as_ref().and_then(|p| p.group.clone()).unwrap_or_default();
        let c = found.as_ref().and_then(|p| p.country.clone()).unwrap_or_default();
        let s = found.as_ref().and_then(|p| p.sector.clone()).unwrap_or_default();
        let mut wrong = String::new();
        if let Some(gold) = gold_country {
            n += 1;
            let un = gold == "UNO" && (group.starts_with("UN") || s == "IGO" || s == "JUD");
            if gold == c || un {
                country += 1;
            } else {
                wrong.push_str(" COUNTRY");
            }
        }
        if let Some(gold) = gold_sector {
            n_sector += 1;
            if gold == s || (gold == "UNK" || gold == "JNK") && s.is_empty() {
                sector += 1;
            } else {
                wrong.push_str(" sector");
            }
        }
        if !wrong.is_empty() {
            println!(
                "{wrong:16} {text:50} gold {:?}/{:?} got {}",
                gold_country,
                gold_sector,
                found.map(|p| code(&p)).unwrap_or_default()
            );
        }
    }
    println!(
        "country {country} of {n} ({:.1} %), sector {sector} of {n_sector} ({:.1} %)",
        100.0 * f64::from(country) / f64::from(n),
        100.0 * f64::from(sector) / f64::from(n_sector)
    );
    Ok(())
}

fn gsr(engine: &Engine, actors: &Actors, path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (mut country, mut sector, mut n, mut n_sector, mut sentences_read) = (0, 0, 0, 0, 0);
    let mut spent = 0.0;
    for line in lines(path)? {
        let text = line["text"].as_str().unwrap_or_default();
        let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
        let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
        let start = Instant::now();
        let mut discourse = Discourse::new(None);
        let mentions: Vec<_> = trees.iter().map(|t| who::mentions(actors, t, None)).collect();
        for (t, m) in trees.iter().zip(&mentions) {
            discourse.add_sentence(t, m);
        }
        spent += start.elapsed().as_secs_f64();
        sentences_read += trees.len();
        for event in line["gold"]["events"].as_array().into_iter().flatten() {
            for side in ["source", "target"] {
                for gold in event[side].as_array().into_iter().flatten() {
                    let words = gold["text"].as_str().unwrap_or_default().split(" ... ").next().unwrap_or_default();
                    let gold_code = gold["code"].as_str().unwrap_or_default();
                    let gold_sector = gold["sector"].as_str().unwrap_or_default();
                    let Some(at) = text.find(words) else { continue };
                    let (from, to) = (at as u32, (at + words.len()) as u32);
                    let found = trees.iter().zip(&mentions).find_map(|(tree, m)| {
                        let mut head = (0..tree.len())
                            .filter(|&t| {
                                let s = tree.token(t).span;
                                s.start >= from && s.end <= to
                            })
                            .find(|&t| {
                                tree.head(t).is_none_or(|h| {
                                    let s = tree.token(h).span;
                                    s.start < from || s.end > to
                                })
                            })?;
                        let own = who::parties(tree, m, head, None);
                        while matches!(tree.rel(head), Rel::Amod | Rel::Compound | Rel::Flat) {
                            head = tree.head(head)?;
                        }
                        let whole = who::parties(tree, m, head, None);
                        Some(if whole.is_empty() { own } else { whole })
                    });
                    let found = found.unwrap_or_default();
                    n += 1;
                    let right = found.iter().any(|p| {
                        p.country.as_deref() == Some(gold_code)
                            || matches!(gold_code, "IGO" | "NGO" | "IMG" | "ISM")
                                && p.country.is_none()
                                && p.group.is_some()
                    });
                    country += i32::from(right);
                    let mut wrong = String::new();
                    if !right {
                        wrong.push_str(" COUNTRY");
                    }
                    if !gold_sector.is_empty() {
                        n_sector += 1;
                        let right = found.iter().any(|p| p.sector.as_deref() == Some(gold_sector));
                        sector += i32::from(right);
                        if !right {
                            wrong.push_str(" sector");
                        }
                    }
                    if !wrong.is_empty() {
                        println!(
                            "{wrong:16} {words:44} gold {gold_code}/{gold_sector} got {}",
                            found.iter().map(|p| format!("[{}] {}", p.text, code(p))).collect::<Vec<_>>().join(" | ")
                        );
                    }
                }
            }
        }
    }
    println!(
        "country {country} of {n} ({:.1} %), sector {sector} of {n_sector} ({:.1} %)",
        100.0 * f64::from(country) / f64::from(n),
        100.0 * f64::from(sector) / f64::from(n_sector)
    );
    println!("# {:.1} µs a sentence, lookup and coreference", spent * 1e6 / sentences_read as f64);
    Ok(())
}
