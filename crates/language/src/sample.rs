//! A model file with made-up numbers, for tests that need one of the right form and nothing more.

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView};

const UPOS: &[&str] = &["NOUN", "VERB", "PUNCT", "PROPN", "DET"];
const XPOS: &[&str] = &["NN", "VBD", "."];
const FEATS: &[&str] = &["_", "Number=Plur", "Tense=Past|VerbForm=Fin"];
const LEMMA: &[&str] = &["1|0|", "0|0|", "1|2|", "1|3|y", "=be"];
const NER: &[&str] = &["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];
const REL: &[&str] = &["punct", "nsubj", "root", "obj", "obl:agent", "nsubj:pass"];
const WORDS: &[&str] = &["the", "attack", "kosovo"];

struct Tensor {
    name: String,
    kind: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// A generator (SplitMix64) and what it has filled so far.
struct Maker {
    state: u64,
    tensors: Vec<Tensor>,
}

impl Maker {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn whole(&mut self, name: &str, shape: &[usize]) {
        let count: usize = shape.iter().product();
        let bytes = (0..count).map(|_| ((self.next() % 255) as i16 - 127) as i8 as u8).collect();
        self.tensors.push(Tensor { name: name.into(), kind: Dtype::I8, shape: shape.into(), bytes });
    }

    fn floats(&mut self, name: &str, values: &[f32], shape: &[usize]) {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.tensors.push(Tensor { name: name.into(), kind: Dtype::F32, shape: shape.into(), bytes });
    }

    fn random_floats(&mut self, name: &str, shape: &[usize], middle: f32, spread: f32) {
        let count: usize = shape.iter().product();
        let values: Vec<f32> =
            (0..count).map(|_| middle + spread * ((self.next() >> 40) as f32 / 8_388_608.0 - 1.0)).collect();
        self.floats(name, &values, shape);
    }

    fn table(&mut self, name: &str, rows: usize) {
        self.whole(&format!("{name}.weight"), &[rows, 96]);
        self.floats(&format!("{name}.scale"), &[0.004], &[1]);
    }

    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.whole(&format!("{name}.weight"), &[outputs, inputs]);
        self.random_floats(&format!("{name}.scale"), &[outputs], 0.0012, 0.0002);
        self.random_floats(&format!("{name}.bias"), &[outputs], 0.0, 0.1);
        self.floats(&format!("{name}.input"), &[0.05, 63.0], &[2]);
    }

    fn norm(&mut self, name: &str) {
        self.random_floats(&format!("norm.{name}.weight"), &[128], 0.7, 0.3);
        self.random_floats(&format!("norm.{name}.bias"), &[128], 0.0, 0.2);
    }
}

/// A well-formed model file.
pub(crate) fn model() -> Vec<u8> {
    let mut maker = Maker { state: 11, tensors: Vec::new() };
    for (name, rows) in [
        ("form", 20_000),
        ("prefix", 4_000),
        ("suffix", 6_000),
        ("shape", 2_000),
        ("vector", WORDS.len() + 1),
        ("case", 8),
    ] {
        maker.table(name, rows);
    }
    maker.linear("mix", 384, 256);
    maker.norm("mix");
    for (i, _) in [1, 2, 4].iter().enumerate() {
        maker.linear(&format!("conv.{i}"), 384, 256);
        maker.norm(&format!("conv.{i}"));
    }
    let heads = [("upos", UPOS), ("xpos", XPOS), ("feats", FEATS), ("lemma", LEMMA), ("ner", NER), ("rel_out", REL)];
    for (name, labels) in heads {
        maker.linear(name, 128, labels.len());
    }
    for (name, outputs) in [("arc_dep", 96), ("arc_head", 96), ("rel_dep", 128), ("rel_head", 128)] {
        maker.linear(name, 128, outputs);
    }
    maker.random_floats("arc.weight", &[97, 96], 0.0, 0.05);
    maker.random_floats("arc_head.root", &[96], 0.2, 0.2);
    maker.random_floats("rel_head.root", &[128], 0.0, 0.5);
    let list = |labels: &[&str]| serde_json::to_string(labels).expect("strings are JSON");
    let metadata = HashMap::from(
        [
            ("format", "forewarn-student-1".to_owned()),
            ("dilations", "1,2,4".to_owned()),
            ("labels.upos", list(UPOS)),
            ("labels.xpos", list(XPOS)),
            ("labels.feats", list(FEATS)),
            ("labels.lemma", list(LEMMA)),
            ("labels.ner", list(NER)),
            ("labels.rel", list(REL)),
            ("vector.words", list(WORDS)),
            ("lemma.exceptions", r#"{"VERB\twent":"go"}"#.to_owned()),
            ("scores", r#"{"las":1.0}"#.to_owned()),
            ("recipe", "made up".to_owned()),
            ("licence", "none".to_owned()),
            ("data", "{}".to_owned()),
        ]
        .map(|(key, value)| (key.to_owned(), value)),
    );
    let views = maker.tensors.iter().map(|t| {
        let view = TensorView::new(t.kind, t.shape.clone(), &t.bytes).expect("as many bytes as the shape says");
        (t.name.as_str(), view)
    });
    safetensors::serialize(views, Some(metadata)).expect("a file in memory can be written")
}
