//! The float loops: work is per element, or in sixteen [`Lanes`] that are added up in one fixed order, so that the
//! registers it runs in change no bit of the result.

use super::lanes::{LANES, Lanes};
use super::packed::Packed;

/// Width of the network.
pub(crate) const WIDTH: usize = 128;
/// Width of the arc scorer.
pub(crate) const ARC: usize = 96;

/// Rows that share each load of a weight.
const ROWS: usize = 4;

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

/// Quantises `values` (a multiple of 16) to 7 bits, ties to even.
#[inline(always)]
pub(super) fn quantise<L: Lanes>(values: &[f32], input: Input, out: &mut [u8]) {
    // The bounds are whole numbers, so clamping before rounding gives what clamping after it would.
    let low = L::splat(-f32::from(input.zero));
    let high = L::splat(127.0 - f32::from(input.zero));
    let scale = L::splat(input.scale);
    let (values, _) = values.as_chunks::<LANES>();
    let (out, _) = out.as_chunks_mut::<LANES>();
    for (out, values) in out.iter_mut().zip(values) {
        let scaled = L::load(values).div(scale);
        scaled.larger(low).smaller(high).store_bytes(input.zero, out);
    }
}

/// Sixteen outputs of a linear layer, from their sums. (A function, not a closure: those are not always inlined, and
/// what is not loses its instruction set.)
#[inline(always)]
fn outputs<L: Lanes>(sums: &[i32; LANES], scale: &[f32; LANES], bias: &[f32; LANES]) -> L {
    L::from_whole(sums).mul(L::load(scale)).add(L::load(bias))
}

/// Finishes a maxout layer: sums to floats, the larger of each pair, layer norm (eps 1e-5), into `x` or added to it.
///
/// The pairs (2i, 2i+1) were packed as columns i and i + 128. `x` holds rows of [`WIDTH`].
#[inline(always)]
pub(super) fn maxout_norm<L: Lanes>(sums: &[i32], weights: &Packed, norm: &Norm, residual: bool, x: &mut [f32]) {
    const PARTS: usize = WIDTH / LANES;
    let (scale, _) = weights.scale().as_chunks::<LANES>();
    let (bias, _) = weights.bias().as_chunks::<LANES>();
    let (norm_weight, _) = norm.weight.as_chunks::<LANES>();
    let (norm_bias, _) = norm.bias.as_chunks::<LANES>();
    let (x, _) = x.as_chunks_mut::<WIDTH>();
    let (sums, _) = sums.as_chunks::<{ 2 * WIDTH }>();
    assert!(scale.len() == 2 * PARTS && bias.len() == 2 * PARTS, "a maxout layer has 256 outputs");
    for (x, sums) in x.iter_mut().zip(sums) {
        let (sums, _) = sums.as_chunks::<LANES>();
        let (x, _) = x.as_chunks_mut::<LANES>();
        let mut y = [L::splat(0.0); PARTS];
        let mut total = L::splat(0.0);
        for part in 0..PARTS {
            let odd = part + PARTS;
            let a = outputs::<L>(&sums[part], &scale[part], &bias[part]);
            y[part] = a.larger(outputs::<L>(&sums[odd], &scale[odd], &bias[odd]));
            total = total.add(y[part]);
        }
        let mean = L::splat(total.total() / WIDTH as f32);
        let mut squares = L::splat(0.0);
        for y in &mut y {
            *y = y.sub(mean);
            squares = squares.add(y.mul(*y));
        }
        let spread = L::splat(1.0 / (squares.total() / WIDTH as f32 + 1e-5).sqrt());
        for part in 0..PARTS {
            let normed = y[part].mul(spread).mul(L::load(&norm_weight[part])).add(L::load(&norm_bias[part]));
            if residual {
                L::load(&x[part]).add(normed).store(&mut x[part]);
            } else {
                normed.store(&mut x[part]);
            }
        }
    }
}

/// Sums to floats, row by row without the padding columns, with a leaky ReLU of 0.1 when `leaky`.
#[inline(always)]
pub(super) fn affine<L: Lanes>(sums: &[i32], weights: &Packed, leaky: bool, out: &mut [f32]) {
    let width = weights.outputs();
    let (scale, _) = weights.scale().as_chunks::<LANES>();
    let (bias, _) = weights.bias().as_chunks::<LANES>();
    let zero = L::splat(0.0);
    let slope = L::splat(if leaky { 0.1 } else { 1.0 });
    for (out, sums) in out.chunks_exact_mut(width).zip(sums.chunks_exact(weights.columns())) {
        let (sums, _) = sums.as_chunks::<LANES>();
        for (part, ((sums, scale), bias)) in sums.iter().zip(scale).zip(bias).enumerate() {
            let y = outputs::<L>(sums, scale, bias);
            let y = y.if_greater(zero, y, y.mul(slope));
            let out = &mut out[part * LANES..];
            if let Some(out) = out.first_chunk_mut() {
                y.store(out);
            } else {
                let mut rest = [0.0; LANES];
                y.store(&mut rest);
                out.copy_from_slice(&rest[..out.len()]);
            }
        }
    }
}

/// The index of the largest output of each row, the lowest of equals.
#[inline(always)]
pub(super) fn argmax<L: Lanes>(sums: &[i32], weights: &Packed, out: &mut [u16]) {
    let (scale, _) = weights.scale().as_chunks::<LANES>();
    let (bias, _) = weights.bias().as_chunks::<LANES>();
    for (out, sums) in out.iter_mut().zip(sums.chunks_exact(weights.columns())) {
        let (sums, _) = sums.as_chunks::<LANES>();
        let mut best = L::splat(f32::NEG_INFINITY);
        let mut at = L::splat(0.0);
        let mut part = 0.0;
        for ((sums, scale), bias) in sums.iter().zip(scale).zip(bias) {
            let y = outputs::<L>(sums, scale, bias);
            at = y.if_greater(best, L::splat(part), at);
            best = y.larger(best);
            part += 1.0;
        }
        let (mut values, mut parts) = ([0.0; LANES], [0.0; LANES]);
        best.store(&mut values);
        at.store(&mut parts);
        let mut top = (f32::NEG_INFINITY, usize::MAX);
        for lane in 0..LANES {
            let index = parts[lane] as usize * LANES + lane;
            let (value, (most, lowest)) = (values[lane], top);
            if value > most || (value >= most && index < lowest) {
                top = (values[lane], index);
            }
        }
        // Padding columns hold the lowest finite float, so the index is a real output's.
        *out = top.1.min(weights.outputs() - 1) as u16;
    }
}

/// `[dep; 1] · W` for each row of `dep` ([`ARC`] wide); `weight` is (ARC + 1) × ARC, row-major.
#[inline(always)]
pub(super) fn project<L: Lanes>(dep: &[f32], weight: &[f32], out: &mut [f32]) {
    let (weight, _) = weight.as_chunks::<ARC>();
    let (last, weight) = weight.split_last().expect("the arc weights have rows");
    let (dep, _) = dep.as_chunks::<ARC>();
    let (out, _) = out.as_chunks_mut::<ARC>();
    let (dep_rows, dep_rest) = dep.as_chunks::<ROWS>();
    let (out_rows, out_rest) = out.as_chunks_mut::<ROWS>();
    for (dep, out) in dep_rows.iter().zip(out_rows) {
        project_rows::<L, ROWS>(dep, weight, last, out);
    }
    for (dep, out) in dep_rest.iter().zip(out_rest) {
        project_rows::<L, 1>(std::array::from_ref(dep), weight, last, std::array::from_mut(out));
    }
}

#[inline(always)]
fn project_rows<L: Lanes, const R: usize>(
    dep: &[[f32; ARC]; R],
    weight: &[[f32; ARC]],
    last: &[f32; ARC],
    out: &mut [[f32; ARC]; R],
) {
    const PARTS: usize = 2;
    let (last, _) = last.as_chunks::<LANES>();
    for from in (0..ARC / LANES).step_by(PARTS) {
        let mut sums = [[L::splat(0.0); PARTS]; R];
        for sums in &mut sums {
            for part in 0..PARTS {
                sums[part] = L::load(&last[from + part]);
            }
        }
        for (k, weight) in weight.iter().enumerate() {
            let (weight, _) = weight.as_chunks::<LANES>();
            for part in 0..PARTS {
                let w = L::load(&weight[from + part]);
                for r in 0..R {
                    sums[r][part] = sums[r][part].add(w.mul(L::splat(dep[r][k])));
                }
            }
        }
        for r in 0..R {
            let (out, _) = out[r].as_chunks_mut::<LANES>();
            for part in 0..PARTS {
                sums[r][part].store(&mut out[from + part]);
            }
        }
    }
}

/// Scores of every pair in a sentence: `out[i][j] = dep[i] · head[j]`, both [`ARC`] wide.
///
/// `heads` is transposed: row k holds value k of every head, `stride` (a multiple of 16) to a row; `out` has `stride`
/// to a row as well.
#[inline(always)]
pub(super) fn pairs<L: Lanes>(dep: &[f32], heads: &[f32], stride: usize, out: &mut [f32]) {
    let (dep, _) = dep.as_chunks::<ARC>();
    let (dep_rows, dep_rest) = dep.as_chunks::<ROWS>();
    let (out_rows, out_rest) = out.split_at_mut(dep_rows.len() * ROWS * stride);
    for (dep, out) in dep_rows.iter().zip(out_rows.chunks_exact_mut(ROWS * stride)) {
        pair_rows::<L, ROWS>(dep, heads, stride, out);
    }
    for (dep, out) in dep_rest.iter().zip(out_rest.chunks_exact_mut(stride)) {
        pair_rows::<L, 1>(std::array::from_ref(dep), heads, stride, out);
    }
}

#[inline(always)]
fn pair_rows<L: Lanes, const R: usize>(dep: &[[f32; ARC]; R], heads: &[f32], stride: usize, out: &mut [f32]) {
    for from in (0..stride).step_by(LANES) {
        let mut sums = [L::splat(0.0); R];
        for (k, heads) in heads.chunks_exact(stride).take(ARC).enumerate() {
            let head = L::load(heads[from..].first_chunk().expect("the stride is a multiple of 16"));
            for r in 0..R {
                sums[r] = sums[r].add(head.mul(L::splat(dep[r][k])));
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            sums.store(out[r * stride + from..].first_chunk_mut().expect("the stride is a multiple of 16"));
        }
    }
}

/// `leaky_relu_0.1(dep + head)`, for a multiple of 16.
#[inline(always)]
pub(super) fn join<L: Lanes>(dep: &[f32], head: &[f32], out: &mut [f32]) {
    let (dep, _) = dep.as_chunks::<LANES>();
    let (head, _) = head.as_chunks::<LANES>();
    let (out, _) = out.as_chunks_mut::<LANES>();
    let (zero, slope) = (L::splat(0.0), L::splat(0.1));
    for ((out, dep), head) in out.iter_mut().zip(dep).zip(head) {
        let y = L::load(dep).add(L::load(head));
        y.if_greater(zero, y, y.mul(slope)).store(out);
    }
}
