//! Codes the old suite with its dictionaries and prints what differs: `petrarch_eval GOLD DICTIONARIES 1|2 [-v]`.
#![allow(clippy::print_stdout)]
use std::collections::BTreeSet;
use std::error::Error;

use forewarn_codebook::petrarch::{Dictionaries, Edition};
use forewarn_coder::petrarch::{Petrarch, Settings};
use forewarn_language::{Engine, Model};
use forewarn_report::{Options, Report, Span};

fn main() -> Result<(), Box<dyn Error>> {
    let a: Vec<String> = std::env::args().collect();
    let mut files = Vec::new();
    for e in std::fs::read_dir(&a[2])? {
        let p = e?.path();
        if p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("PETR.Validate")) {
            files.push((p.display().to_string(), std::fs::read_to_string(&p)?));
        }
    }
    files.sort();
    let edition = if a[3] == "1" { Edition::One } else { Edition::Two };
    let d = Dictionaries::read(&files, Some(edition));
    for w in &d.warnings {
        println!("{w}");
    }
    let p = Petrarch::new(d, Settings::default());
    let engine = Engine::new(Model::embedded()?);
    let _ = Options::default();
    let key = if edition == Edition::One { "events" } else { "events_v20" };
    let (mut ex, mut exd, mut n) = (0, 0, 0);
    let (mut tp, mut pp, mut gg) = ([0usize; 3], [0usize; 3], [0usize; 3]);
    for line in std::fs::read_to_string(&a[1])?.lines() {
        let v: serde_json::Value = serde_json::from_str(line)?;
        let text = if edition == Edition::Two {
            v["gold"]["text_v20"].as_str().unwrap_or(v["text"].as_str().unwrap())
        } else {
            v["text"].as_str().unwrap()
        };
        let Some(mut r) = Report::from_text(text) else {
            println!("no report {text}");
            continue;
        };
        let dt = v["gold"]["date"].as_str().unwrap();
        r.published = Some(jiff::civil::date(dt[..4].parse()?, dt[4..6].parse()?, dt[6..].parse()?));
        let blocks: Vec<Span> = r.blocks.iter().map(|b| b.span).collect();
        let s = engine.analyse(&r.text, &blocks);
        let c = p.code(&r, &s);
        let mine: BTreeSet<(String, String, String)> =
            c.events.iter().map(|e| (e.source.to_string(), e.target.to_string(), e.code.to_string())).collect();
        let gold: BTreeSet<(String, String, String)> = v["gold"][key]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| {
                (
                    e["source"].as_str().unwrap().to_owned(),
                    e["target"].as_str().unwrap().to_owned(),
                    e["cameo"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        let dy = |s: &BTreeSet<(String, String, String)>| {
            s.iter().map(|(a, b, _)| (a.clone(), b.clone())).collect::<BTreeSet<_>>()
        };
        let co = |s: &BTreeSet<(String, String, String)>| s.iter().map(|(_, _, c)| c.clone()).collect::<BTreeSet<_>>();
        n += 1;
        ex += usize::from(mine == gold);
        let ok = dy(&mine) == dy(&gold);
        exd += usize::from(ok);
        for (i, (t, m, g)) in [
            (mine.intersection(&gold).count(), mine.len(), gold.len()),
            (dy(&mine).intersection(&dy(&gold)).count(), dy(&mine).len(), dy(&gold).len()),
            (co(&mine).intersection(&co(&gold)).count(), co(&mine).len(), co(&gold).len()),
        ]
        .into_iter()
        .enumerate()
        {
            tp[i] += t;
            pp[i] += m;
            gg[i] += g;
        }
        if !ok || (a.len() > 4 && mine != gold) {
            println!("{} {} {}", if ok { "CODE" } else { "DYAD" }, &v["id"].as_str().unwrap()[5..], text);
            println!(
                "   gold {gold:?}\n   mine {mine:?} {:?}",
                c.events.iter().map(|e| e.rule.as_str()).collect::<Vec<_>>()
            );
        }
    }
    println!("records {n} exact {ex} dyads exact {exd} = {:.3}", f64::from(exd as u32) / f64::from(n));
    for (i, name) in ["triple", "dyad", "code"].iter().enumerate() {
        println!(
            "{name}: P {:.3} R {:.3} F1 {:.3}",
            tp[i] as f64 / pp[i] as f64,
            tp[i] as f64 / gg[i] as f64,
            2.0 * tp[i] as f64 / (pp[i] + gg[i]) as f64
        );
    }
    Ok(())
}
