//! The way from published reports to pieces, for the tests of this crate.

use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
use forewarn_coder::{Claim, Coder};
use forewarn_gazetteer::Gazetteer;
use forewarn_incident::{Resolver, Sketch, Telling};
use forewarn_language::{Engine, Model};
use forewarn_report::{Options, Report, Source, read_jsonl};

/// A report with its claims and what merging makes of them.
pub struct Read {
    /// The report.
    #[allow(dead_code, reason = "not every test looks at the text")]
    pub report: Report,
    /// Its claims.
    #[allow(dead_code, reason = "not every test looks at claims")]
    pub claims: Vec<Claim>,
    /// Their tellings, in the same order.
    pub tellings: Vec<Telling>,
    /// Its sketch.
    pub sketch: Sketch,
}

/// Codes reports with the built-in knowledge.
pub fn code(reports: Vec<Report>) -> Vec<Read> {
    let engine = Engine::new(Model::embedded().expect("the model comes with the program"));
    let codebook = Codebook::embedded().expect("the codebook is tested where it is kept");
    let actors =
        Actors::from_files(forewarn_codebook::files::all()).expect("the actors are tested where they are kept");
    let coder = Coder::new(codebook, actors).with_gazetteer(Gazetteer::embedded().expect("the world comes with it"));
    reports
        .into_iter()
        .map(|report| {
            let sentences = forewarn_coder::sentences(&engine, &report);
            let claims = coder.code(&report, &sentences).claims;
            let tellings = claims.iter().map(|c| Telling::of(&report, &sentences, c)).collect();
            let sketch = Sketch::of(&report, &sentences, &claims);
            Read { report, claims, tellings, sketch }
        })
        .collect()
}

/// The reports of the corpus of happenings.
#[allow(dead_code, reason = "not every test reads the corpus")]
pub fn happenings() -> Vec<Report> {
    let text = include_str!("../happenings/reports.jsonl");
    let mut out = Vec::new();
    read_jsonl(&mut text.as_bytes(), &Source::memory(), &Options::default(), &mut |r| {
        if let Ok(report) = r {
            out.push(report);
        }
    });
    out
}

/// A resolver that holds all of them.
#[allow(dead_code, reason = "not every test resolves")]
pub fn resolved(read: &[Read]) -> Resolver {
    let mut resolver = Resolver::new();
    for r in read {
        resolver.add(r.sketch.clone(), r.tellings.clone());
    }
    resolver
}
