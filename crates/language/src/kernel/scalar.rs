//! The multiplication in plain Rust: what every other kernel must equal.

use super::Job;
use super::packed::BLOCK;

/// See [`super::Kernel::gemm`].
pub(super) fn gemm(job: &Job<'_>, out: &mut [i32]) {
    let weights = job.weights;
    let steps = weights.inputs() / 4;
    for (row, out) in out.chunks_exact_mut(weights.columns()).enumerate() {
        let gather = &job.gather[row * job.segments..(row + 1) * job.segments];
        for (block, out) in out.chunks_exact_mut(BLOCK).enumerate() {
            let mut sums = [0_i32; BLOCK];
            sums.copy_from_slice(&weights.start()[block * BLOCK..(block + 1) * BLOCK]);
            let mut lines = weights.lines()[block * steps..(block + 1) * steps].iter();
            for &at in gather {
                let from = at as usize * job.row_len;
                let values = &job.rows[from..from + job.row_len];
                for (four, line) in values.chunks_exact(4).zip(&mut lines) {
                    for (sum, w) in sums.iter_mut().zip(line.0.chunks_exact(4)) {
                        for k in 0..4 {
                            *sum += i32::from(four[k]) * i32::from(w[k]);
                        }
                    }
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}
