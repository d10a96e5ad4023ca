//! The whole way from a report to its claims.

use std::path::Path;

use anyhow::{Result, anyhow};
use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault, files};
use forewarn_coder::{Coder, Coding};
use forewarn_language::{Engine, Model, Sentence};
use forewarn_report::{Report, Span};

/// Engine and coder with the built-in model and knowledge.
pub struct Pipeline {
    /// The language engine.
    pub engine: Engine,
    /// The coder.
    pub coder: Coder,
}

impl Pipeline {
    /// Loads the built-in model with the knowledge below `folder`, or the built-in one.
    pub fn new(folder: Option<&Path>) -> Result<Self> {
        let owned = folder.map(crate::check::knowledge).transpose()?;
        let own: Option<Vec<(&str, &str)>> =
            owned.as_ref().map(|files| files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect());
        let set = own.as_deref().unwrap_or(files::all());
        let (model, codebook, actors) = std::thread::scope(|s| {
            let model = s.spawn(Model::embedded);
            let codebook = s.spawn(|| Codebook::from_files(set));
            let actors = Actors::from_files(set);
            (model.join(), codebook.join(), actors)
        });
        let faulty =
            |f: &[Fault]| anyhow!("{} faults in the knowledge files (see forewarn check); first: {}", f.len(), f[0]);
        let codebook = codebook.map_err(|_| anyhow!("the codebook's reader panicked"))?.map_err(|f| faulty(&f))?;
        let model = model.map_err(|_| anyhow!("the model's reader panicked"))??;
        let actors = actors.map_err(|f| faulty(&f))?;
        Ok(Self { engine: Engine::new(model), coder: Coder::new(codebook, actors) })
    }

    /// The sentences of a report.
    pub fn sentences(&self, report: &Report) -> Vec<Sentence> {
        let blocks: Vec<Span> = report.blocks.iter().map(|b| b.span).collect();
        self.engine.analyse(&report.text, &blocks)
    }

    /// Whether a report is coded: it is in English, or too short to tell (a headline) and in plain Latin letters.
    pub fn is_coded(report: &Report) -> bool {
        let foreign = report.text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
        report.is_english()
            || (report.language.is_none() && report.text.len() < 400 && foreign * 10 < report.text.len())
    }

    /// Sentences and claims of a report; none of a report in another language.
    pub fn code(&self, report: &Report) -> (Vec<Sentence>, Coding) {
        if !Self::is_coded(report) {
            return (Vec::new(), Coding::default());
        }
        let sentences = self.sentences(report);
        let coding = self.coder.code(report, &sentences);
        (sentences, coding)
    }
}
