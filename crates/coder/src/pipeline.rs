//! The whole way from a report to its claims: engine and coder, loaded together.

use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault, KnowledgeFile};
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model, Sentence};
use forewarn_report::Report;

use crate::code::{Coder, Coding};
use crate::reading::sentences;
use crate::table::Tables;

/// Engine and coder with the built-in model.
pub struct Pipeline {
    /// The language engine.
    pub engine: Engine,
    /// The coder.
    pub coder: Coder,
}

/// Why a pipeline cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The knowledge files have faults.
    #[error("{count} faults in the knowledge files (see forewarn check); first: {first}")]
    Knowledge {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// The language model cannot be read.
    #[error(transparent)]
    Model(#[from] forewarn_language::ModelError),
    /// The gazetteer cannot be read.
    #[error(transparent)]
    Gazetteer(#[from] forewarn_gazetteer::Error),
    /// A reader panicked.
    #[error("the reader of the {0} panicked")]
    Panicked(&'static str),
}

impl Pipeline {
    /// Loads the built-in model with this knowledge; `built_in` says that the files are those that come with the program and
    /// no others, so that the tables made of them are at hand.
    ///
    /// # Errors
    /// When the knowledge has faults, or what comes with the program cannot be read.
    pub fn from_files(files: &[KnowledgeFile<'_>], built_in: bool) -> Result<Self, PipelineError> {
        let (model, codebook, actors, gazetteer) = std::thread::scope(|s| {
            let model = s.spawn(Model::embedded);
            let codebook = s.spawn(|| Codebook::from_layers(files));
            let gazetteer = s.spawn(|| Gazetteer::from_layers(files));
            let actors = Actors::from_layers(files);
            (model.join(), codebook.join(), actors, gazetteer.join())
        });
        let faulty = |f: Vec<Fault>| PipelineError::Knowledge {
            count: f.len(),
            first: f.first().map_or_else(String::new, ToString::to_string),
        };
        let codebook = codebook.map_err(|_| PipelineError::Panicked("codebook"))?.map_err(faulty)?;
        let model = model.map_err(|_| PipelineError::Panicked("model"))??;
        let actors = actors.map_err(faulty)?;
        let gazetteer = gazetteer.map_err(|_| PipelineError::Panicked("gazetteer"))??;
        let mut coder = Coder::new(codebook, actors).with_gazetteer(gazetteer);
        if !built_in {
            coder = coder.with_tables(Tables::from_layers(files).map_err(faulty)?);
        }
        Ok(Self { engine: Engine::new(model), coder })
    }

    /// The sentences of a report.
    pub fn sentences(&self, report: &Report) -> Vec<Sentence> {
        sentences(&self.engine, report)
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
