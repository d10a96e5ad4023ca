//! The multiplication for AVX2, AVX-VNNI and AVX-512 VNNI.
//!
//! Each keeps a tile of some output rows × some blocks of outputs in registers and walks the inputs four at a time:
//! one activation's four bytes are broadcast and multiplied with lines of weights. With AVX2 two products are added
//! in 16 bits first; 7-bit activations (2 × 127 × 127 < 2¹⁵) keep that exact.

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_dpbusd_avx_epi32, _mm256_load_si256, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_storeu_si256,
    _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_storeu_si512,
};

use super::Job;
use super::packed::{BLOCK, Line};

/// Where one tile reads and writes.
#[derive(Clone, Copy)]
struct Tile {
    rows: *const u8,
    row_len: usize,
    gather: *const u32,
    segments: usize,
    lines: *const Line,
    steps: usize,
    start: *const i32,
    out: *mut i32,
    columns: usize,
}

/// Walks the tiles of a job: panels of `$blocks` blocks outside (their weights stay in the first cache), groups of
/// `$rows` rows inside, and smaller tiles where these do not come out even.
macro_rules! gemm {
    ($(#[$doc:meta])* $name:ident, $features:literal, $tile:ident, $rows:literal: [$($r:literal)*], $blocks:literal: [$($b:literal)*]) => {
        $(#[$doc])*
        #[target_feature(enable = $features)]
        pub(super) unsafe fn $name(job: &Job<'_>, out: &mut [i32]) {
            let weights = job.weights;
            let columns = weights.columns();
            let steps = weights.inputs() / 4;
            let blocks = columns / BLOCK;
            let mut block = 0;
            while block < blocks {
                let wide = (blocks - block).min($blocks);
                let mut row = 0;
                while row < job.count {
                    let high = (job.count - row).min($rows);
                    // SAFETY: `block + wide <= blocks` and `row + high <= count`, so every pointer stays within its
                    // slice for the tile's extent; `Kernel::gemm` has checked the slices against each other.
                    unsafe {
                        let tile = Tile {
                            rows: job.rows.as_ptr(),
                            row_len: job.row_len,
                            gather: job.gather.as_ptr().add(row * job.segments),
                            segments: job.segments,
                            lines: weights.lines().as_ptr().add(block * steps),
                            steps,
                            start: weights.start().as_ptr().add(block * BLOCK),
                            out: out.as_mut_ptr().add(row * columns + block * BLOCK),
                            columns,
                        };
                        gemm!(@high high, wide, tile, $tile, [$($r)*], [$($b)*]);
                    }
                    row += high;
                }
                block += wide;
            }
        }
    };
    (@high $high:ident, $wide:ident, $tile:ident, $run:ident, [$($r:literal)*], $b:tt) => {
        match $high {
            $($r => gemm!(@wide $r, $wide, $tile, $run, $b),)*
            _ => unreachable!("a tile is no higher than its group"),
        }
    };
    (@wide $r:literal, $wide:ident, $tile:ident, $run:ident, [$($b:literal)*]) => {
        match $wide {
            $($b => $run::<$r, $b>($tile),)*
            _ => unreachable!("a tile is no wider than its panel"),
        }
    };
}

gemm!(
    /// See [`super::Kernel::gemm`], which checks the job first.
    gemm_avx512_vnni, "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni", tile_avx512_vnni, 6: [1 2 3 4 5 6], 4: [1 2 3 4]
);
gemm!(
    /// See [`super::Kernel::gemm`], which checks the job first.
    gemm_avx_vnni, "avx2,avxvnni", tile_avx_vnni, 6: [1 2 3 4 5 6], 1: [1]
);
gemm!(
    /// See [`super::Kernel::gemm`], which checks the job first.
    gemm_avx2, "avx2", tile_avx2, 4: [1 2 3 4], 1: [1]
);

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
unsafe fn tile_avx512_vnni<const R: usize, const B: usize>(t: Tile) {
    // SAFETY: the caller made the tile within its slices; lines are aligned to 64 bytes by their type.
    unsafe {
        let mut sums: [[__m512i; B]; R] = [[_mm512_set1_epi32(0); B]; R];
        for b in 0..B {
            let start = _mm512_loadu_si512(t.start.add(b * BLOCK).cast());
            for sums in &mut sums {
                sums[b] = start;
            }
        }
        let mut line = t.lines;
        for segment in 0..t.segments {
            let mut from = [t.rows; R];
            for (r, from) in from.iter_mut().enumerate() {
                *from = from.add(*t.gather.add(r * t.segments + segment) as usize * t.row_len);
            }
            for k in (0..t.row_len).step_by(4) {
                let mut w = [_mm512_set1_epi32(0); B];
                for (b, w) in w.iter_mut().enumerate() {
                    *w = _mm512_load_si512(line.add(b * t.steps).cast());
                }
                for r in 0..R {
                    let x = _mm512_set1_epi32(from[r].add(k).cast::<i32>().read_unaligned());
                    for b in 0..B {
                        sums[r][b] = _mm512_dpbusd_epi32(sums[r][b], x, w[b]);
                    }
                }
                line = line.add(1);
            }
        }
        for r in 0..R {
            for b in 0..B {
                _mm512_storeu_si512(t.out.add(r * t.columns + b * BLOCK).cast(), sums[r][b]);
            }
        }
    }
}

/// A tile of 256-bit registers, two to a block, around the instruction set's dot product.
macro_rules! tile_256 {
    ($name:ident, $features:literal, |$sum:ident, $x:ident, $w:ident| $dot:expr) => {
        #[target_feature(enable = $features)]
        unsafe fn $name<const R: usize, const B: usize>(t: Tile) {
            // SAFETY: the caller made the tile within its slices; lines are aligned to 64 bytes by their type.
            unsafe {
                let mut sums: [[[__m256i; 2]; B]; R] = [[[_mm256_set1_epi32(0); 2]; B]; R];
                for b in 0..B {
                    for half in 0..2 {
                        let start = _mm256_loadu_si256(t.start.add(b * BLOCK + half * 8).cast());
                        for sums in &mut sums {
                            sums[b][half] = start;
                        }
                    }
                }
                let mut line = t.lines;
                for segment in 0..t.segments {
                    let mut from = [t.rows; R];
                    for (r, from) in from.iter_mut().enumerate() {
                        *from = from.add(*t.gather.add(r * t.segments + segment) as usize * t.row_len);
                    }
                    for k in (0..t.row_len).step_by(4) {
                        let mut weights = [[_mm256_set1_epi32(0); 2]; B];
                        for (b, weights) in weights.iter_mut().enumerate() {
                            for (half, w) in weights.iter_mut().enumerate() {
                                *w = _mm256_load_si256(line.add(b * t.steps).cast::<__m256i>().add(half));
                            }
                        }
                        for r in 0..R {
                            let $x = _mm256_set1_epi32(from[r].add(k).cast::<i32>().read_unaligned());
                            for b in 0..B {
                                for half in 0..2 {
                                    let ($sum, $w) = (sums[r][b][half], weights[b][half]);
                                    sums[r][b][half] = $dot;
                                }
                            }
                        }
                        line = line.add(1);
                    }
                }
                for r in 0..R {
                    for b in 0..B {
                        for half in 0..2 {
                            let to = t.out.add(r * t.columns + b * BLOCK + half * 8);
                            _mm256_storeu_si256(to.cast(), sums[r][b][half]);
                        }
                    }
                }
            }
        }
    };
}

tile_256!(tile_avx_vnni, "avx2,avxvnni", |sum, x, w| _mm256_dpbusd_avx_epi32(sum, x, w));
tile_256!(tile_avx2, "avx2", |sum, x, w| _mm256_add_epi32(
    sum,
    _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), _mm256_set1_epi16(1))
));
