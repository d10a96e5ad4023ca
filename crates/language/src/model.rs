//! The model: the file's numbers and labels, checked and laid out for use. `docs/model-format.md` is the format.

mod file;
mod labels;

use std::ops::Range;

use crate::ModelError;
use crate::features::{CASES, Tables, VectorWords};
use crate::kernel::Packed;
use crate::kernel::float::{ARC, Input, Norm, WIDTH};
use crate::lemma::Lemmas;
use file::File;
pub(crate) use labels::{Labels, NameTag};

/// The one format this code reads.
const FORMAT: &str = "forewarn-student-1";
/// Width of a table row.
pub(crate) const ROW: usize = 96;
/// Width of the network's input: four groups of rows.
pub(crate) const INPUT: usize = 4 * ROW;

/// A trained model of English, ready to be given to an [`Engine`](crate::Engine).
pub struct Model {
    pub(crate) tables: Tables,
    pub(crate) network: Network,
    pub(crate) labels: Labels,
    pub(crate) lemmas: Lemmas,
    scores: serde_json::Map<String, serde_json::Value>,
    licence: String,
    recipe: String,
}

/// The dense layers.
pub(crate) struct Network {
    pub(crate) mix: Maxout,
    pub(crate) convs: Vec<(usize, Maxout)>,
    pub(crate) upos: Packed,
    pub(crate) xpos: Packed,
    pub(crate) feats: Packed,
    pub(crate) lemma: Packed,
    pub(crate) ner: Packed,
    pub(crate) arc_dep: Packed,
    pub(crate) arc_head: Packed,
    pub(crate) arc_weight: Vec<f32>,
    pub(crate) arc_root: Vec<f32>,
    pub(crate) rel_dep: Packed,
    pub(crate) rel_head: Packed,
    pub(crate) rel_root: Vec<f32>,
    pub(crate) rel_out: Packed,
}

/// A linear layer to 256, the larger of each pair, and a layer norm.
pub(crate) struct Maxout {
    pub(crate) linear: Packed,
    pub(crate) norm: Norm,
}

/// The file's bytes: those inside the program are borrowed, others kept.
pub(crate) enum Store {
    #[cfg_attr(not(feature = "embedded"), allow(dead_code))]
    Static(&'static [u8]),
    Owned(Box<[u8]>),
}

impl Store {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!("../../../models/en-student.safetensors");

impl Model {
    /// The model that is part of the library.
    ///
    /// # Errors
    /// When the embedded file does not follow the format, which the crate's tests rule out for a released one.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Result<Self, ModelError> {
        Self::read(Store::Static(EMBEDDED))
    }

    /// The bytes of the model that is part of the library, for telling one version of it from another.
    #[cfg(feature = "embedded")]
    pub fn embedded_bytes() -> &'static [u8] {
        EMBEDDED
    }

    /// Reads a model file. Every tensor and label is checked, so that no later step can fail on it.
    ///
    /// # Errors
    /// When the bytes do not follow the format; the error names the tensor or metadata string.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read(Store::Owned(bytes.into()))
    }

    fn read(store: Store) -> Result<Self, ModelError> {
        let file = File::open(store.bytes())?;
        let format = file.metadata("format")?;
        if format != FORMAT {
            return Err(ModelError::metadata("format", format!("`{format}` is not `{FORMAT}`")));
        }
        let labels = Labels::read(&file)?;
        let lemmas = Lemmas::read(&file.strings("labels.lemma")?, file.metadata("lemma.exceptions")?)?;
        let network = Network::read(&file, &labels, lemmas.rules())?;
        let scores = file.json("scores")?;
        let licence = file.metadata("licence")?.to_owned();
        let recipe = file.metadata("recipe")?.to_owned();
        let words = VectorWords::read(file.metadata("vector.words")?)?;
        let table = |name: &str, rows: usize| -> Result<(Range<usize>, f32), ModelError> {
            let range = file.int8_range(&format!("{name}.weight"), &[rows, ROW])?;
            let scale = file.floats_within(&format!("{name}.scale"), &[1], SCALE)?[0];
            Ok((range, scale))
        };
        let form = table("form", crate::features::FORMS as usize)?;
        let prefix = table("prefix", crate::features::PREFIXES as usize)?;
        let suffix = table("suffix", crate::features::SUFFIXES as usize)?;
        let shape = table("shape", crate::features::SHAPES as usize)?;
        let vector = table("vector", words.len() + 1)?;
        let case = table("case", CASES)?;
        drop(file);
        let tables = Tables::new(store, words, [form, prefix, suffix, shape, vector, case]);
        Ok(Self { tables, network, labels, lemmas, scores, licence, recipe })
    }

    /// The Penn tags that [`Token::xpos`](crate::Token::xpos) counts.
    pub fn xpos_labels(&self) -> &[String] {
        &self.labels.xpos
    }

    /// The scores that training recorded, as the file has them.
    pub fn scores(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.scores
    }

    /// The licence of the weights.
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// How the model was trained, in words.
    pub fn recipe(&self) -> &str {
        &self.recipe
    }

    /// Multiply-adds that one token costs in the convolutions.
    pub fn convolution_macs_per_token(&self) -> usize {
        self.network.convs.iter().map(|(_, c)| c.linear.inputs() * c.linear.outputs()).sum()
    }

    /// Multiply-adds that one token costs in the int8 layers, its mixing layer (cached by form) included.
    pub fn macs_per_token(&self) -> usize {
        let n = &self.network;
        let convs = n.convs.iter().map(|(_, c)| &c.linear);
        [&n.mix.linear, &n.upos, &n.xpos, &n.feats, &n.lemma, &n.ner, &n.arc_dep, &n.arc_head]
            .into_iter()
            .chain([&n.rel_dep, &n.rel_head, &n.rel_out])
            .chain(convs)
            .map(|linear| linear.inputs() * linear.outputs())
            .sum()
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("recipe", &self.recipe).field("scores", &self.scores).finish_non_exhaustive()
    }
}

/// What a scale may be: wide enough for any trained model, narrow enough that no sum overflows a float.
const SCALE: file::Within = file::Within { low: 1e-12, high: 1e3, words: "a scale (1e-12 to 1000)" };
/// What a weight of a float layer may be.
const WEIGHT: file::Within = file::Within { low: -1e4, high: 1e4, words: "a weight (-10000 to 10000)" };
/// What a bias or a stored vector may be.
const BIAS: file::Within = file::Within { low: -1e6, high: 1e6, words: "a bias (-1000000 to 1000000)" };

impl Network {
    fn read(file: &File<'_>, labels: &Labels, lemma_rules: usize) -> Result<Self, ModelError> {
        let dilations = dilations(file.metadata("dilations")?)?;
        let mut convs = Vec::new();
        for (i, dilation) in dilations.into_iter().enumerate() {
            let layer = maxout(file, &format!("conv.{i}"), 3 * WIDTH)?;
            convs.push((dilation, layer));
        }
        let head = |name: &str, outputs: usize| linear(file, name, WIDTH, outputs);
        // The root's relation is `root` and no other word's is: it needs no scoring.
        let mut rel_out = head("rel_out", labels.rel.len())?;
        rel_out.silence(labels.root);
        Ok(Self {
            mix: maxout(file, "mix", INPUT)?,
            convs,
            upos: head("upos", labels.upos.len())?,
            xpos: head("xpos", labels.xpos.len())?,
            feats: head("feats", labels.feats.len())?,
            lemma: head("lemma", lemma_rules)?,
            ner: head("ner", labels.ner.len())?,
            arc_dep: head("arc_dep", ARC)?,
            arc_head: head("arc_head", ARC)?,
            arc_weight: file.floats_within("arc.weight", &[ARC + 1, ARC], WEIGHT)?,
            arc_root: file.floats_within("arc_head.root", &[ARC], BIAS)?,
            rel_dep: head("rel_dep", WIDTH)?,
            rel_head: head("rel_head", WIDTH)?,
            rel_root: file.floats_within("rel_head.root", &[WIDTH], BIAS)?,
            rel_out,
        })
    }
}

fn dilations(list: &str) -> Result<Vec<usize>, ModelError> {
    let all: Option<Vec<usize>> =
        list.split(',').map(|d| d.trim().parse().ok().filter(|d| (1..=64).contains(d))).collect();
    match all {
        Some(all) if all.len() <= 32 => Ok(all),
        _ => Err(ModelError::metadata("dilations", format!("`{list}` is no list of 1 to 32 numbers from 1 to 64"))),
    }
}

/// A maxout layer; outputs 2i are packed before outputs 2i + 1, so that the pairs lie side by side in registers.
fn maxout(file: &File<'_>, name: &str, inputs: usize) -> Result<Maxout, ModelError> {
    let order: Vec<usize> = (0..WIDTH).map(|i| 2 * i).chain((0..WIDTH).map(|i| 2 * i + 1)).collect();
    let norm = |part: &str| {
        let values = file.floats_within(&format!("norm.{name}.{part}"), &[WIDTH], WEIGHT)?;
        Ok::<[f32; WIDTH], ModelError>(values.try_into().expect("the shape was checked"))
    };
    Ok(Maxout {
        linear: ordered_linear(file, name, inputs, &order)?,
        norm: Norm { weight: norm("weight")?, bias: norm("bias")? },
    })
}

fn linear(file: &File<'_>, name: &str, inputs: usize, outputs: usize) -> Result<Packed, ModelError> {
    let order: Vec<usize> = (0..outputs).collect();
    ordered_linear(file, name, inputs, &order)
}

fn ordered_linear(file: &File<'_>, name: &str, inputs: usize, order: &[usize]) -> Result<Packed, ModelError> {
    let weight = file.weights(&format!("{name}.weight"), &[order.len(), inputs])?;
    let scale = file.floats_within(&format!("{name}.scale"), &[order.len()], SCALE)?;
    let bias = file.floats_within(&format!("{name}.bias"), &[order.len()], BIAS)?;
    let input_name = format!("{name}.input");
    let input = file.floats(&input_name, &[2])?;
    file::check(&input_name, &input[..1], SCALE)?;
    if !(0.0..=127.0).contains(&input[1]) || input[1].fract() != 0.0 {
        let expected = "a whole number from 0 to 127";
        return Err(ModelError::TensorValue { name: input_name, at: 1, value: input[1], expected });
    }
    let input = Input { scale: input[0], zero: input[1] as u8 };
    Ok(Packed::new(&weight, &scale, &bias, input, order))
}

#[cfg(test)]
mod tests;
