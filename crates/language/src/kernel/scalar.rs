//! The multiplication in plain Rust: what every other kernel must equal, and what a machine without one runs.

use super::Job;
use super::packed::BLOCK;

/// See [`super::Kernel::gemm`].
pub(super) fn gemm(job: &Job<'_>, out: &mut [i32]) {
    let weights = job.weights;
    let columns = weights.columns();
    let steps = weights.inputs() / 4;
    // One block's weights, turned so that the outputs of one input lie side by side, and widened: compilers make
    // vector instructions of what follows then.
    let mut turned = vec![[0_i16; BLOCK]; weights.inputs()];
    for block in 0..columns / BLOCK {
        let lines = &weights.lines()[block * steps..(block + 1) * steps];
        for (turned, line) in turned.chunks_exact_mut(4).zip(lines) {
            for lane in 0..BLOCK {
                for k in 0..4 {
                    turned[k][lane] = i16::from(line.0[lane * 4 + k]);
                }
            }
        }
        let columns_here = block * BLOCK..(block + 1) * BLOCK;
        for (gather, out) in job.gather.chunks_exact(job.segments).zip(out.chunks_exact_mut(columns)) {
            let out = &mut out[columns_here.clone()];
            let mut sums = [0_i32; BLOCK];
            sums.copy_from_slice(&weights.start()[columns_here.clone()]);
            for (&at, turned) in gather.iter().zip(turned.chunks_exact(job.row_len)) {
                let from = at as usize * job.row_len;
                for (&x, w) in job.rows[from..from + job.row_len].iter().zip(turned) {
                    let x = i16::from(x);
                    for lane in 0..BLOCK {
                        sums[lane] += i32::from(x) * i32::from(w[lane]);
                    }
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}
