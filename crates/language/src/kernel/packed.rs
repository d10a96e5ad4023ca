//! The weights of one linear layer, laid out for the kernels.

use super::float::Input;

/// Outputs in one block: the 32-bit lanes of a 512-bit register.
pub(crate) const BLOCK: usize = 16;

/// Four inputs' weights for each of [`BLOCK`] outputs, one cache line: what one dot-product instruction reads.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [i8; 4 * BLOCK]);

/// A linear layer with int8 weights.
pub(crate) struct Packed {
    lines: Vec<Line>,
    start: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
    input: Input,
}

impl Packed {
    /// Packs row-major `weight` (`outputs` × `inputs`). `order[o]` is the row that becomes output `o`.
    pub(crate) fn new(weight: &[i8], scale: &[f32], bias: &[f32], input: Input, order: &[usize]) -> Self {
        let outputs = order.len();
        assert!(scale.len() == outputs && bias.len() == outputs, "a scale and a bias for each output");
        let inputs = weight.len() / outputs;
        assert!(inputs * outputs == weight.len() && inputs.is_multiple_of(4), "whole rows of whole fours");
        let columns = outputs.next_multiple_of(BLOCK);
        let steps = inputs / 4;
        let mut lines = vec![Line([0; 4 * BLOCK]); columns / BLOCK * steps];
        let mut packed_scale = vec![0.0; columns];
        // A padding column must never win an argmax.
        let mut packed_bias = vec![f32::MIN; columns];
        let mut start = vec![0; columns];
        for (o, &row) in order.iter().enumerate() {
            let (block, lane) = (o / BLOCK, o % BLOCK);
            let row_weights = &weight[row * inputs..(row + 1) * inputs];
            for (step, four) in row_weights.chunks_exact(4).enumerate() {
                lines[block * steps + step].0[lane * 4..lane * 4 + 4].copy_from_slice(four);
            }
            packed_scale[o] = scale[row] * input.scale;
            packed_bias[o] = bias[row];
            start[o] = -i32::from(input.zero) * row_weights.iter().map(|&w| i32::from(w)).sum::<i32>();
        }
        Self { lines, start, scale: packed_scale, bias: packed_bias, inputs, outputs, input }
    }

    /// Makes an output lose against every other one.
    pub(crate) fn silence(&mut self, output: usize) {
        (self.scale[output], self.bias[output]) = (0.0, f32::MIN);
    }

    /// Values in an input row.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Outputs that mean something.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Outputs with their padding: a multiple of [`BLOCK`].
    pub(crate) fn columns(&self) -> usize {
        self.start.len()
    }

    /// How the input is quantised.
    pub(crate) fn input(&self) -> Input {
        self.input
    }

    /// What a sum is multiplied with, for each column: scale of the output times scale of the input.
    pub(crate) fn scale(&self) -> &[f32] {
        &self.scale
    }

    /// What is added after that, for each column.
    pub(crate) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// `-zero * Σw`, for each column: where a sum starts.
    pub(super) fn start(&self) -> &[i32] {
        &self.start
    }

    /// The lines of block `b`, `inputs / 4` of them, one block after the other.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }
}
