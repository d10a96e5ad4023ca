//! The float loops, written so that a compiler can widen them and no width changes a bit of the result: work is
//! per element, or in sixteen lanes that are added up in one fixed order.

use super::packed::{BLOCK, Packed};

/// Width of the network.
pub(crate) const WIDTH: usize = 128;
/// Width of the arc scorer.
pub(crate) const ARC: usize = 96;

const LANES: usize = 16;
/// 1.5 × 2²³: adding it to a small float leaves the nearest whole number (ties to even) in the low bits.
const ROUND: f32 = 12_582_912.0;

/// How a layer's input becomes 7 bits: `clamp(round(x / scale) + zero, 0, 127)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Input {
    /// What one step is worth.
    pub(crate) scale: f32,
    /// What stands for 0.
    pub(crate) zero: u8,
}

/// A layer norm's weight and bias.
pub(crate) struct Norm {
    /// Multiplies.
    pub(crate) weight: [f32; WIDTH],
    /// Is added.
    pub(crate) bias: [f32; WIDTH],
}

/// Quantises `values` to 7 bits, ties to even.
#[inline(always)]
pub(super) fn quantise(values: &[f32], input: Input, out: &mut [u8]) {
    let low = -f32::from(input.zero);
    let high = 127.0 - f32::from(input.zero);
    let offset = i32::from(input.zero) - ROUND.to_bits() as i32;
    let (values, _) = values.as_chunks::<LANES>();
    let (out, _) = out.as_chunks_mut::<LANES>();
    for (out, values) in out.iter_mut().zip(values) {
        for lane in 0..LANES {
            // The bounds are whole numbers, so clamping before rounding gives what clamping after it would.
            let scaled = values[lane] / input.scale;
            let scaled = if scaled > low { scaled } else { low };
            let scaled = if scaled < high { scaled } else { high };
            out[lane] = ((scaled + ROUND).to_bits() as i32).wrapping_add(offset) as u8;
        }
    }
}

/// Finishes a maxout layer: sums to floats, the larger of each pair, layer norm (eps 1e-5), into `x` or added to it.
///
/// The pairs (2i, 2i+1) were packed as columns i and i + 128. `x` holds rows of [`WIDTH`].
#[inline(always)]
pub(super) fn maxout_norm(sums: &[i32], weights: &Packed, norm: &Norm, residual: bool, x: &mut [f32]) {
    let (x, _) = x.as_chunks_mut::<WIDTH>();
    let (sums, _) = sums.as_chunks::<{ 2 * WIDTH }>();
    let scale: &[f32; 2 * WIDTH] = weights.scale().try_into().expect("a maxout layer has 256 outputs");
    let bias: &[f32; 2 * WIDTH] = weights.bias().try_into().expect("a maxout layer has 256 outputs");
    for (x, sums) in x.iter_mut().zip(sums) {
        let mut y = [0.0_f32; WIDTH];
        let mut total = [0.0_f32; LANES];
        for from in (0..WIDTH).step_by(LANES) {
            for lane in 0..LANES {
                let i = from + lane;
                let a = sums[i] as f32 * scale[i] + bias[i];
                let b = sums[i + WIDTH] as f32 * scale[i + WIDTH] + bias[i + WIDTH];
                let larger = if a > b { a } else { b };
                y[i] = larger;
                total[lane] += larger;
            }
        }
        let mean = add_up(total) / WIDTH as f32;
        let mut squares = [0.0_f32; LANES];
        for from in (0..WIDTH).step_by(LANES) {
            for lane in 0..LANES {
                let centred = y[from + lane] - mean;
                y[from + lane] = centred;
                squares[lane] += centred * centred;
            }
        }
        let spread = 1.0 / (add_up(squares) / WIDTH as f32 + 1e-5).sqrt();
        if residual {
            for i in 0..WIDTH {
                x[i] += y[i] * spread * norm.weight[i] + norm.bias[i];
            }
        } else {
            for i in 0..WIDTH {
                x[i] = y[i] * spread * norm.weight[i] + norm.bias[i];
            }
        }
    }
}

/// Sums to floats, row by row without the padding columns, with a leaky ReLU of 0.1 when `leaky`.
#[inline(always)]
pub(super) fn affine(sums: &[i32], weights: &Packed, leaky: bool, out: &mut [f32]) {
    let width = weights.outputs();
    let (scale, bias) = (&weights.scale()[..width], &weights.bias()[..width]);
    let slope = if leaky { 0.1 } else { 1.0 };
    for (out, sums) in out.chunks_exact_mut(width).zip(sums.chunks_exact(weights.columns())) {
        let sums = &sums[..width];
        for i in 0..width {
            let y = sums[i] as f32 * scale[i] + bias[i];
            out[i] = if y > 0.0 { y } else { y * slope };
        }
    }
}

/// The index of the largest output of each row, the lowest of equals.
#[inline(always)]
pub(super) fn argmax(sums: &[i32], weights: &Packed, out: &mut [u16]) {
    let (scale, _) = weights.scale().as_chunks::<BLOCK>();
    let (bias, _) = weights.bias().as_chunks::<BLOCK>();
    for (out, sums) in out.iter_mut().zip(sums.chunks_exact(weights.columns())) {
        let (sums, _) = sums.as_chunks::<BLOCK>();
        let mut best = [f32::NEG_INFINITY; BLOCK];
        let mut at = [0_i32; BLOCK];
        for (block, ((sums, scale), bias)) in sums.iter().zip(scale).zip(bias).enumerate() {
            for lane in 0..BLOCK {
                let y = sums[lane] as f32 * scale[lane] + bias[lane];
                let better = y > best[lane];
                best[lane] = if better { y } else { best[lane] };
                at[lane] = if better { block as i32 } else { at[lane] };
            }
        }
        let mut top = (f32::NEG_INFINITY, i32::MAX);
        for lane in 0..BLOCK {
            let index = at[lane] * BLOCK as i32 + lane as i32;
            if best[lane] > top.0 || (best[lane] == top.0 && index < top.1) {
                top = (best[lane], index);
            }
        }
        // Padding columns hold the lowest finite float, so the index is a real output's.
        *out = top.1.min(weights.outputs() as i32 - 1) as u16;
    }
}

/// `[dep; 1] · W` for each row of `dep` ([`ARC`] wide); `weight` is (ARC + 1) × ARC, row-major.
#[inline(always)]
pub(super) fn project(dep: &[f32], weight: &[f32], out: &mut [f32]) {
    const ROWS: usize = 4;
    let (weight, _) = weight.as_chunks::<ARC>();
    let last = weight.last().expect("the arc weights have rows");
    let weight = &weight[..weight.len() - 1];
    let (dep, _) = dep.as_chunks::<ARC>();
    let (out, _) = out.as_chunks_mut::<ARC>();
    for (dep, out) in dep.chunks(ROWS).zip(out.chunks_mut(ROWS)) {
        if let (Ok(dep), Ok(out)) = (<&[_; ROWS]>::try_from(dep), <&mut [_; ROWS]>::try_from(&mut *out)) {
            project_rows::<ROWS>(dep, weight, last, out);
        } else {
            for (dep, out) in dep.iter().zip(out) {
                project_rows::<1>(std::array::from_ref(dep), weight, last, std::array::from_mut(out));
            }
        }
    }
}

#[inline(always)]
fn project_rows<const R: usize>(dep: &[[f32; ARC]; R], weight: &[[f32; ARC]], last: &[f32; ARC], out: &mut [[f32; ARC]; R]) {
    const WIDE: usize = 2 * LANES;
    for from in (0..ARC).step_by(WIDE) {
        let mut sums = [[0.0_f32; WIDE]; R];
        for sums in &mut sums {
            sums.copy_from_slice(&last[from..from + WIDE]);
        }
        for (k, weight) in weight.iter().enumerate() {
            let weight: &[f32; WIDE] = weight[from..from + WIDE].try_into().expect("a slice of that length");
            for r in 0..R {
                let x = dep[r][k];
                for lane in 0..WIDE {
                    sums[r][lane] += x * weight[lane];
                }
            }
        }
        for r in 0..R {
            out[r][from..from + WIDE].copy_from_slice(&sums[r]);
        }
    }
}

/// Scores of every pair in a sentence: `out[i][j] = dep[i] · head[j]`, both [`ARC`] wide.
///
/// `heads` is transposed: row k holds value k of every head, `stride` (a multiple of 16) to a row; `out` has `stride`
/// to a row as well.
#[inline(always)]
pub(super) fn pairs(dep: &[f32], heads: &[f32], stride: usize, out: &mut [f32]) {
    const ROWS: usize = 4;
    let (dep, _) = dep.as_chunks::<ARC>();
    for (dep, out) in dep.chunks(ROWS).zip(out.chunks_mut(ROWS * stride)) {
        if let Ok(dep) = <&[_; ROWS]>::try_from(dep) {
            pair_rows::<ROWS>(dep, heads, stride, out);
        } else {
            for (dep, out) in dep.iter().zip(out.chunks_mut(stride)) {
                pair_rows::<1>(std::array::from_ref(dep), heads, stride, out);
            }
        }
    }
}

#[inline(always)]
fn pair_rows<const R: usize>(dep: &[[f32; ARC]; R], heads: &[f32], stride: usize, out: &mut [f32]) {
    for from in (0..stride).step_by(LANES) {
        let mut sums = [[0.0_f32; LANES]; R];
        for k in 0..ARC {
            let at = k * stride + from;
            let head: &[f32; LANES] = heads[at..at + LANES].try_into().expect("a slice of that length");
            for r in 0..R {
                let x = dep[r][k];
                for lane in 0..LANES {
                    sums[r][lane] += x * head[lane];
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            out[r * stride + from..r * stride + from + LANES].copy_from_slice(sums);
        }
    }
}

/// `leaky_relu_0.1(dep + head)`.
#[inline(always)]
pub(super) fn join(dep: &[f32], head: &[f32], out: &mut [f32]) {
    for ((out, dep), head) in out.iter_mut().zip(dep).zip(head) {
        let y = dep + head;
        *out = if y > 0.0 { y } else { y * 0.1 };
    }
}

/// Adds sixteen lanes in one fixed order, by halves.
#[inline(always)]
fn add_up(lanes: [f32; LANES]) -> f32 {
    let mut lanes = lanes;
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}
