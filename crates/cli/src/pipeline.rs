//! The whole way from a report to its claims.

use anyhow::{Result, anyhow};
use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault};
use forewarn_coder::{Coder, Coding, Tables};
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model, Sentence};
use forewarn_report::Report;

use crate::knowledge::Knowledge;

/// Engine and coder with the built-in model and knowledge.
pub struct Pipeline {
    /// The language engine.
    pub engine: Engine,
    /// The coder.
    pub coder: Coder,
}

impl Pipeline {
    /// Loads the built-in model with this knowledge.
    pub fn new(knowledge: &Knowledge) -> Result<Self> {
        let read = knowledge.read()?;
        let set = read.files();
        let set = set.as_slice();
        let (model, codebook, actors, gazetteer) = std::thread::scope(|s| {
            let model = s.spawn(Model::embedded);
            let codebook = s.spawn(|| Codebook::from_layers(set));
            let gazetteer = s.spawn(|| Gazetteer::from_layers(set));
            let actors = Actors::from_layers(set);
            (model.join(), codebook.join(), actors, gazetteer.join())
        });
        let faulty =
            |f: &[Fault]| anyhow!("{} faults in the knowledge files (see forewarn check); first: {}", f.len(), f[0]);
        let codebook = codebook.map_err(|_| anyhow!("the codebook's reader panicked"))?.map_err(|f| faulty(&f))?;
        let model = model.map_err(|_| anyhow!("the model's reader panicked"))??;
        let actors = actors.map_err(|f| faulty(&f))?;
        let gazetteer = gazetteer.map_err(|_| anyhow!("the gazetteer's reader panicked"))??;
        let mut coder = Coder::new(codebook, actors).with_gazetteer(gazetteer);
        if !knowledge.is_built_in() {
            coder = coder.with_tables(Tables::from_layers(set).map_err(|f| faulty(&f))?);
        }
        Ok(Self { engine: Engine::new(model), coder })
    }

    /// The sentences of a report.
    pub fn sentences(&self, report: &Report) -> Vec<Sentence> {
        forewarn_coder::sentences(&self.engine, report)
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
