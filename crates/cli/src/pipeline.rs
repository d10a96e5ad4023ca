//! The whole way from a report to its claims.

use anyhow::{Result, anyhow};
use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
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
    /// Loads what is built into the program.
    pub fn embedded() -> Result<Self> {
        let (model, knowledge) = std::thread::scope(|s| {
            let model = s.spawn(Model::embedded);
            let codebook = s.spawn(Codebook::embedded);
            let actors = Actors::embedded();
            let codebook = codebook.join().map_err(|_| anyhow!("the codebook's reader panicked"));
            let model = model.join().map_err(|_| anyhow!("the model's reader panicked"));
            (model, codebook.map(|c| (c, actors)))
        });
        let (codebook, actors) = knowledge?;
        let codebook = codebook.map_err(|f| anyhow!("the built-in codebook has {} faults; first: {}", f.len(), f[0]))?;
        let actors = actors.map_err(|f| anyhow!("the built-in dictionaries have {} faults; first: {}", f.len(), f[0]))?;
        Ok(Self { engine: Engine::new(model??), coder: Coder::new(codebook, actors) })
    }

    /// The sentences of a report.
    pub fn sentences(&self, report: &Report) -> Vec<Sentence> {
        let blocks: Vec<Span> = report.blocks.iter().map(|b| b.span).collect();
        self.engine.analyse(&report.text, &blocks)
    }

    /// Sentences and claims of a report; none of a report in another language.
    pub fn code(&self, report: &Report) -> (Vec<Sentence>, Coding) {
        if !report.is_english() {
            return (Vec::new(), Coding::default());
        }
        let sentences = self.sentences(report);
        let coding = self.coder.code(report, &sentences);
        (sentences, coding)
    }
}
