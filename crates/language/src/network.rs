//! One batch of tokens through the network, from table rows to labels, names and trees.
//!
//! A batch is whole sentences end to end. Every token's numbers depend on its own sentence only, so how sentences are
//! batched cannot be seen in the result.

use std::ops::Range;

use crate::decode::{names, tree};
use crate::forms::{FormCache, Word};
use crate::kernel::float::{ARC, WIDTH};
use crate::kernel::{Kernel, Packed};
use crate::model::{INPUT, Maxout, Model};
use crate::sentence::Name;

/// Rows that go through one layer together: their sums stay in the first cache.
const TILE: usize = 48;
/// Pieces of [`WIDTH`] in the input.
const PIECES: usize = INPUT / WIDTH;

/// What the network says of a batch: one value for each token, in order.
#[derive(Default)]
pub(crate) struct Labelled {
    pub(crate) upos: Vec<u16>,
    pub(crate) xpos: Vec<u16>,
    pub(crate) feats: Vec<u16>,
    pub(crate) lemma: Vec<u16>,
    /// 0 for the root, else 1 + the head's index in the sentence.
    pub(crate) heads: Vec<u16>,
    pub(crate) rel: Vec<u16>,
    /// Names of every sentence, one after the other; `name_ends[s]` is where those of sentence `s` end.
    pub(crate) names: Vec<Name>,
    pub(crate) name_ends: Vec<usize>,
}

/// Buffers of the forward pass, kept from batch to batch.
#[derive(Default)]
pub(crate) struct Buffers {
    input: Vec<f32>,
    sums: Vec<i32>,
    x: Vec<f32>,
    quantised: Vec<u8>,
    gather: Vec<u32>,
    alone: Vec<u32>,
    ner: Vec<f32>,
    arc_dep: Vec<f32>,
    arc_head: Vec<f32>,
    projected: Vec<f32>,
    turned: Vec<f32>,
    scores: Vec<f32>,
    rel_dep: Vec<f32>,
    rel_head: Vec<f32>,
    joined: Vec<f32>,
    tree: tree::Space,
    viterbi: names::Space,
}

/// A stage of the work, for [`Engine::analyse_watched`](crate::Engine::analyse_watched).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Sentences and words.
    Split,
    /// Table rows, their sums, and the mixing layer for forms not seen before.
    Features,
    /// The convolutions.
    Convolve,
    /// Tags, morphology, lemma rules and name scores.
    Tags,
    /// Arc scores.
    Arcs,
    /// Heads and names out of their scores.
    Decode,
    /// Relations to the chosen heads.
    Relations,
    /// Lemmas and the records that are given back.
    Write,
}

impl Stage {
    /// Every stage, in the order of the work.
    pub const ALL: [Self; 8] = [
        Self::Split,
        Self::Features,
        Self::Convolve,
        Self::Tags,
        Self::Arcs,
        Self::Decode,
        Self::Relations,
        Self::Write,
    ];
}

/// Fills the mixing layer's output for the words that the cache has just met.
fn mix(model: &Model, kernel: Kernel, cache: &mut FormCache, buffers: &mut Buffers) {
    let fresh = cache.fresh();
    if fresh.is_empty() {
        return;
    }
    let layer = &model.network.mix;
    let (words, mixed) = cache.fresh_parts();
    for (words, mixed) in words.chunks(TILE).zip(mixed.chunks_mut(TILE * WIDTH)) {
        let input = fit(&mut buffers.input, words.len() * INPUT);
        for (word, input) in words.iter().zip(input.chunks_exact_mut(INPUT)) {
            model.tables.input(&word.rows, word.case, input);
        }
        let quantised = fit(&mut buffers.quantised, input.len());
        kernel.quantise(input, layer.linear.input(), quantised);
        let gather = count_up(&mut buffers.gather, words.len() * PIECES);
        let sums = fit(&mut buffers.sums, words.len() * layer.linear.columns());
        kernel.gemm(quantised, WIDTH, gather, &layer.linear, sums);
        kernel.maxout_norm(sums, &layer.linear, &layer.norm, false, mixed);
    }
}

/// Whole sentences end to end.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'a> {
    /// The tokens as the cache numbers them.
    pub(crate) words: &'a [Word],
    /// The sentences they make up.
    pub(crate) sentences: &'a [Range<usize>],
}

/// Runs a batch.
pub(crate) fn run(
    model: &Model,
    kernel: Kernel,
    cache: &mut FormCache,
    batch: Batch<'_>,
    buffers: &mut Buffers,
    out: &mut Labelled,
    watch: &mut dyn FnMut(Stage),
) {
    let network = &model.network;
    let Batch { words, sentences } = batch;
    let count = words.len();
    mix(model, kernel, cache, buffers);
    let x = fit(&mut buffers.x, count * WIDTH);
    for (x, &word) in x.chunks_exact_mut(WIDTH).zip(words) {
        x.copy_from_slice(cache.mixed(word));
    }

    watch(Stage::Convolve);
    // One row more than there are tokens: what stands outside a sentence.
    let quantised = fit(&mut buffers.quantised, (count + 1) * WIDTH);
    for layer in &network.convs {
        convolve(kernel, layer, sentences, x, quantised, &mut buffers.gather, &mut buffers.sums);
    }

    watch(Stage::Tags);
    let alone = count_up(&mut buffers.alone, count);
    let mut heads = Heads { kernel, x, quantised, last: None, alone, sums: &mut buffers.sums };
    heads.labels(&network.upos, &mut out.upos);
    heads.labels(&network.xpos, &mut out.xpos);
    heads.labels(&network.feats, &mut out.feats);
    heads.labels(&network.lemma, &mut out.lemma);
    let ner = heads.values(&network.ner, false, &mut buffers.ner);

    watch(Stage::Arcs);
    let arc_dep = heads.values(&network.arc_dep, true, &mut buffers.arc_dep);
    let arc_head = heads.values(&network.arc_head, true, &mut buffers.arc_head);
    let projected = fit(&mut buffers.projected, count * ARC);
    kernel.project(arc_dep, &network.arc_weight, projected);

    fit(&mut out.heads, count);
    out.names.clear();
    out.name_ends.clear();
    for sentence in sentences {
        watch(Stage::Arcs);
        let stride = (sentence.len() + 1).next_multiple_of(16);
        let turned = fit(&mut buffers.turned, ARC * stride);
        turn(&network.arc_root, &arc_head[sentence.start * ARC..sentence.end * ARC], stride, turned);
        let scores = fit(&mut buffers.scores, sentence.len() * stride);
        kernel.pairs(&projected[sentence.start * ARC..sentence.end * ARC], turned, stride, scores);
        watch(Stage::Decode);
        tree::decode(scores, stride, sentence.len(), &mut out.heads[sentence.clone()], &mut buffers.tree);
    }

    let tags = &model.labels.ner;
    for sentence in sentences {
        let scores = &ner[sentence.start * tags.len()..sentence.end * tags.len()];
        names::decode(scores, tags, &mut buffers.viterbi, &mut out.names);
        out.name_ends.push(out.names.len());
    }

    watch(Stage::Relations);
    let rel_dep = heads.values(&network.rel_dep, false, &mut buffers.rel_dep);
    let rel_head = heads.values(&network.rel_head, false, &mut buffers.rel_head);
    let joined = fit(&mut buffers.joined, count * WIDTH);
    for sentence in sentences {
        for i in sentence.clone() {
            let head = match out.heads[i] {
                0 => &network.rel_root[..],
                h => {
                    let at = sentence.start + usize::from(h) - 1;
                    &rel_head[at * WIDTH..(at + 1) * WIDTH]
                }
            };
            kernel.join(&rel_dep[i * WIDTH..(i + 1) * WIDTH], head, &mut joined[i * WIDTH..(i + 1) * WIDTH]);
        }
    }
    let mut relations = Heads { kernel, x: joined, quantised, last: None, alone, sums: &mut buffers.sums };
    relations.labels(&network.rel_out, &mut out.rel);
}

/// One convolution layer with its dilation: windows of three, that far apart, added to `x`.
fn convolve(
    kernel: Kernel,
    (dilation, layer): &(usize, Maxout),
    sentences: &[Range<usize>],
    x: &mut [f32],
    quantised: &mut [u8],
    gather: &mut Vec<u32>,
    sums: &mut Vec<i32>,
) {
    let input = layer.linear.input();
    let count = x.len() / WIDTH;
    kernel.quantise(x, input, &mut quantised[..count * WIDTH]);
    quantised[count * WIDTH..(count + 1) * WIDTH].fill(input.zero);
    gather.clear();
    for sentence in sentences {
        for t in sentence.clone() {
            let before = if t >= sentence.start + dilation { t - dilation } else { count };
            let after = if t + dilation < sentence.end { t + dilation } else { count };
            gather.extend([before as u32, t as u32, after as u32]);
        }
    }
    for (x, gather) in x.chunks_mut(TILE * WIDTH).zip(gather.chunks(TILE * 3)) {
        let sums = fit(sums, x.len() / WIDTH * layer.linear.columns());
        kernel.gemm(quantised, WIDTH, gather, &layer.linear, sums);
        kernel.maxout_norm(sums, &layer.linear, &layer.norm, true, x);
    }
}

/// Linear layers on the same vectors, quantised anew only where a layer's input scale differs from the last one's.
struct Heads<'a> {
    kernel: Kernel,
    x: &'a [f32],
    quantised: &'a mut [u8],
    last: Option<crate::kernel::float::Input>,
    alone: &'a [u32],
    sums: &'a mut Vec<i32>,
}

impl Heads<'_> {
    fn each_tile(&mut self, linear: &Packed, mut finish: impl FnMut(&[i32], Range<usize>)) {
        let count = self.x.len() / WIDTH;
        if self.last != Some(linear.input()) {
            self.kernel.quantise(self.x, linear.input(), &mut self.quantised[..count * WIDTH]);
            self.last = Some(linear.input());
        }
        for from in (0..count).step_by(TILE) {
            let rows = from..count.min(from + TILE);
            let sums = fit(self.sums, rows.len() * linear.columns());
            self.kernel.gemm(self.quantised, WIDTH, &self.alone[rows.clone()], linear, sums);
            finish(sums, rows);
        }
    }

    /// The best label of each token.
    fn labels(&mut self, linear: &Packed, out: &mut Vec<u16>) {
        let out = fit(out, self.x.len() / WIDTH);
        let kernel = self.kernel;
        self.each_tile(linear, |sums, rows| kernel.argmax(sums, linear, &mut out[rows]));
    }

    /// The outputs of each token.
    fn values<'o>(&mut self, linear: &Packed, leaky: bool, out: &'o mut Vec<f32>) -> &'o [f32] {
        let width = linear.outputs();
        let out = fit(out, self.x.len() / WIDTH * width);
        let kernel = self.kernel;
        self.each_tile(linear, |sums, rows| {
            kernel.affine(sums, linear, leaky, &mut out[rows.start * width..rows.end * width]);
        });
        out
    }
}

/// Turns the root's and the tokens' head vectors into columns, `stride` to a row; the padding is zero.
fn turn(root: &[f32], heads: &[f32], stride: usize, out: &mut [f32]) {
    let (heads, _) = heads.as_chunks::<ARC>();
    for (k, out) in out.chunks_exact_mut(stride).enumerate() {
        out[0] = root[k];
        for (to, head) in out[1..].iter_mut().zip(heads) {
            *to = head[k];
        }
        out[1 + heads.len()..].fill(0.0);
    }
}

/// The first `len` values of a buffer, grown where it is shorter; what is in them is whatever was there.
fn fit<T: Copy + Default>(buffer: &mut Vec<T>, len: usize) -> &mut [T] {
    if buffer.len() < len {
        buffer.resize(len, T::default());
    }
    &mut buffer[..len]
}

/// 0, 1, 2 … `len - 1`.
fn count_up(buffer: &mut Vec<u32>, len: usize) -> &[u32] {
    buffer.clear();
    buffer.extend(0..len as u32);
    buffer
}
