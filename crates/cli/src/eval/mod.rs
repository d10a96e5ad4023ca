//! `forewarn eval`: the coder's figures on gold sets, by the definitions of the plain scorers, kept in a ledger.

mod attribution;
mod classes;
mod clusters;
mod events;
mod factuality;
mod geo;
mod gold;
mod language;
mod measure;
mod osorio;
mod parties;
mod petrarch;
mod predict;
mod times;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use forewarn_codebook::fault::nearest;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::knowledge::Knowledge;
use crate::pipeline::Pipeline;
use crate::{EvalArgs, Outcome};
use gold::Row;
use measure::Figures;

/// One gold set: its name, how it is predicted and scored, its headline figure.
struct Task {
    name: &'static str,
    predict: fn(&Pipeline, &Row) -> Value,
    score: fn(&[Row], &[Value]) -> Figures,
    headline: &'static str,
}

const TASKS: [Task; 13] = [
    Task { name: "plover_gsr", predict: predict::plover, score: events::score, headline: "type.F1" },
    Task { name: "plv", predict: predict::plv, score: classes::plv, headline: "macroF1" },
    Task { name: "plv:quad", predict: predict::plv, score: classes::plv_quad, headline: "macroF1" },
    Task { name: "cameo_class", predict: predict::penta, score: classes::penta, headline: "macroF1" },
    Task { name: "osorio_cameo200", predict: predict::osorio, score: osorio::score, headline: "false_alarm_rate" },
    Task { name: "polnear", predict: predict::polnear, score: attribution::score, headline: "source_overlap.F1" },
    Task { name: "uds_factuality", predict: predict::factuality, score: factuality::score, headline: "pearson" },
    Task { name: "wikiwars", predict: predict::times, score: times::score, headline: "value.F1" },
    Task { name: "geovirus", predict: geo::literal, score: geo::score, headline: "acc161_all" },
    Task { name: "lgl", predict: geo::with_demonyms, score: geo::score, headline: "acc161_all" },
    Task { name: "tr_news", predict: geo::literal, score: geo::score, headline: "acc161_all" },
    Task { name: "gwn", predict: geo::literal, score: geo::score, headline: "acc161_all" },
    Task { name: "ngec_actor_tests", predict: parties::predict, score: parties::score, headline: "country_acc" },
];

/// Runs one set, or all that are there.
pub fn run(args: &EvalArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names: Vec<&str> = TASKS
        .iter()
        .map(|t| t.name)
        .chain(petrarch::READINGS.iter().map(|r| r.name))
        .chain([clusters::NAME, "ewt"])
        .collect();
    if args.set != "all" && !names.contains(&args.set.as_str()) {
        let hint =
            nearest(&args.set, names.iter().copied()).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
        bail!("there is no set `{}`{hint} (known: all, {})", args.set, names.join(", "));
    }
    let pipeline = crate::pipeline::load(knowledge)?;
    let mut out = anstream::stdout();
    let mut any = false;
    for task in TASKS.iter().filter(|t| args.set == "all" || t.name == args.set) {
        let file = task.name.split(':').next().unwrap_or(task.name);
        let Some(rows) = gold::rows(&args.gold, file)? else {
            if args.set == "all" {
                anstream::eprintln!("skipped: {} needs {}", task.name, args.gold.display());
                continue;
            }
            bail!("{}: no {file}.jsonl there", args.gold.display());
        };
        any = true;
        let predictions: Vec<Value> = rows.par_iter().map(|r| (task.predict)(&pipeline, r)).collect();
        let figures = (task.score)(&rows, &predictions);
        let interval =
            (args.boot > 0).then(|| measure::bootstrap(task.score, &rows, &predictions, task.headline, args.boot));
        report(&mut out, args, task.name, task.headline, rows.len(), &figures, interval)?;
        if let Some(path) = &args.predictions {
            write_predictions(path, &rows, &predictions)?;
        }
        if args.errors {
            for (row, predicted) in rows.iter().zip(&predictions) {
                let alone = (task.score)(std::slice::from_ref(row), std::slice::from_ref(predicted));
                if alone.get(task.headline).is_none_or(|v| v < 1.0) || task.name == "osorio_cameo200" {
                    writeln!(
                        out,
                        "{}",
                        json!({"id": row.id, "text": row.text, "gold": row.gold, "predicted": predicted})
                    )?;
                }
            }
        }
    }
    for reading in petrarch::READINGS.iter().filter(|r| args.set == "all" || r.name == args.set) {
        let rows = gold::rows(&args.gold, "petrarch_unit")?;
        let missing = if rows.is_none() { &args.gold } else { &args.dictionaries };
        let (Some(rows), true) = (rows, args.dictionaries.is_dir()) else {
            if args.set == "all" {
                anstream::eprintln!("skipped: {} needs {}", reading.name, missing.display());
                continue;
            }
            bail!("{}: {} needs it", missing.display(), reading.name);
        };
        any = true;
        let predictions = petrarch::predict(reading, &pipeline.engine, &args.dictionaries, &rows)?;
        let figures = (reading.score)(&rows, &predictions);
        let interval =
            (args.boot > 0).then(|| measure::bootstrap(reading.score, &rows, &predictions, "dyad_exact", args.boot));
        report(&mut out, args, reading.name, "dyad_exact", rows.len(), &figures, interval)?;
        if let Some(path) = &args.predictions {
            write_predictions(path, &rows, &predictions)?;
        }
        if args.errors {
            for (row, predicted) in rows.iter().zip(&predictions) {
                let alone = (reading.score)(std::slice::from_ref(row), std::slice::from_ref(predicted));
                if alone.get("record_exact").is_none_or(|v| v < 1.0) {
                    let gold = json!({"events": row.gold["events"], "events_v20": row.gold["events_v20"]});
                    writeln!(out, "{}", json!({"id": row.id, "text": row.text, "gold": gold, "predicted": predicted}))?;
                }
            }
        }
    }
    if args.set == "all" || args.set == clusters::NAME {
        match gold::rows(&args.gold, clusters::NAME)? {
            Some(rows) => {
                any = true;
                let (rows, predictions, figures) = clusters::run(&pipeline, &rows);
                report(&mut out, args, clusters::NAME, clusters::HEADLINE, rows.len(), &figures, None)?;
                if let Some(path) = &args.predictions {
                    write_predictions(path, &rows, &predictions)?;
                }
            }
            None if args.set == clusters::NAME => bail!("{}: no {}.jsonl there", args.gold.display(), clusters::NAME),
            None => anstream::eprintln!("skipped: {} needs {}", clusters::NAME, args.gold.display()),
        }
    }
    if args.set == "all" || args.set == "ewt" {
        match language::run(&pipeline, &args.treebanks)? {
            Some(figures) => {
                any = true;
                report(&mut out, args, "ewt", "raw.LAS", figures.sentences, &figures.figures, None)?;
            }
            None if args.set == "ewt" => bail!("{}: no treebank there", args.treebanks.display()),
            None => anstream::eprintln!("skipped: ewt needs {}", args.treebanks.display()),
        }
    }
    Ok(if any { Outcome::Done } else { Outcome::Nothing })
}

fn report(
    out: &mut dyn Write,
    args: &EvalArgs,
    set: &str,
    headline: &str,
    n: usize,
    figures: &Figures,
    interval: Option<(f64, f64)>,
) -> Result<()> {
    let value = figures.get(headline).unwrap_or(0.0);
    let shown = interval.map(|(a, b)| format!(" (95 % {a:.3} to {b:.3})")).unwrap_or_default();
    writeln!(out, "{set}: {headline} {value:.4}{shown}, n = {n}")?;
    for (name, value) in figures.iter() {
        writeln!(out, "  {name:<28} {value:.4}")?;
    }
    if let Some(path) = &args.ledger {
        let mut entry = Map::new();
        entry.insert("set".into(), json!(set));
        entry.insert("split".into(), json!("development"));
        entry.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
        entry.insert("note".into(), json!(args.note));
        entry.insert("n".into(), json!(n));
        entry.insert("headline".into(), json!(headline));
        entry.insert("value".into(), json!((value * 1e4).round() / 1e4));
        if let Some((a, b)) = interval {
            entry.insert("ci95".into(), json!([a, b]));
        }
        let all: Map<String, Value> =
            figures.iter().map(|(k, v)| (k.to_owned(), json!((v * 1e4).round() / 1e4))).collect();
        entry.insert("figures".into(), Value::Object(all));
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .with_context(|| path.display().to_string())?;
        writeln!(file, "{}", Value::Object(entry))?;
    }
    Ok(())
}

fn write_predictions(path: &Path, rows: &[Row], predictions: &[Value]) -> Result<()> {
    let mut file = std::fs::File::create(path).with_context(|| path.display().to_string())?;
    for (row, pred) in rows.iter().zip(predictions) {
        writeln!(file, "{}", json!({"id": row.id, "pred": pred}))?;
    }
    Ok(())
}
