//! Every kernel against plain arithmetic: the same integers, bit for bit.

use super::float::{ARC, Input, Norm, WIDTH};
use super::{Kernel, Packed};

/// A small generator (SplitMix64), so that the cases are the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn weight(&mut self) -> i8 {
        (self.below(255) as i16 - 127) as i8
    }

    fn float(&mut self) -> f32 {
        self.below(2_000_001) as f32 / 1e6 - 1.0
    }

    fn floats(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.float()).collect()
    }
}

fn layer(random: &mut Random, inputs: usize, outputs: usize, extreme: bool) -> Packed {
    let weight: Vec<i8> = (0..inputs * outputs).map(|_| if extreme { 127 } else { random.weight() }).collect();
    let scale: Vec<f32> = (0..outputs).map(|_| random.float().abs() * 0.01 + 1e-4).collect();
    let bias = random.floats(outputs);
    let order: Vec<usize> = (0..outputs).collect();
    Packed::new(&weight, &scale, &bias, Input { scale: 0.03, zero: 60 }, &order)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

#[test]
fn every_kernel_sums_as_the_scalar_one() {
    let mut random = Random(1);
    let cases = [
        (128, 384, 256, 48),
        (384, 384, 256, 7),
        (128, 128, 17, 13),
        (128, 128, 230, 1),
        (4, 8, 1, 5),
        (128, 384, 96, 100),
    ];
    for extreme in [false, true] {
        for (row_len, inputs, outputs, count) in cases {
            let weights = layer(&mut random, inputs, outputs, extreme);
            let stored = 9;
            let rows: Vec<u8> =
                (0..stored * row_len).map(|_| if extreme { 127 } else { random.below(128) as u8 }).collect();
            let gather: Vec<u32> = (0..count * inputs / row_len).map(|_| random.below(stored as u64) as u32).collect();
            let run = |kernel: Kernel| {
                let mut out = vec![-1; count * weights.columns()];
                kernel.gemm(&rows, row_len, &gather, &weights, &mut out);
                out
            };
            let expected = run(Kernel::available()[0]);
            for kernel in Kernel::available() {
                assert!(run(kernel) == expected, "{} differs on {inputs} x {outputs}", kernel.name());
            }
        }
    }
}

#[test]
fn scalar_sums_are_the_plain_matrix_product() {
    let mut random = Random(2);
    let weight: Vec<i8> = (0..8 * 3).map(|_| random.weight()).collect();
    let weights = Packed::new(&weight, &[1.0; 3], &[0.0; 3], Input { scale: 1.0, zero: 5 }, &[2, 0, 1]);
    let rows: Vec<u8> = (0..8).map(|_| random.below(128) as u8).collect();
    let mut out = vec![0; weights.columns()];
    Kernel::available()[0].gemm(&rows, 4, &[0, 1], &weights, &mut out);
    for (column, row) in [2, 0, 1].into_iter().enumerate() {
        let plain: i32 = (0..8).map(|k| (i32::from(rows[k]) - 5) * i32::from(weight[row * 8 + k])).sum();
        assert_eq!(out[column], plain);
    }
}

#[test]
fn every_kernel_gives_the_same_floats() {
    let mut random = Random(3);
    let count = 7;
    let maxout = layer(&mut random, 384, 2 * WIDTH, false);
    let tags = layer(&mut random, 128, 50, false);
    let sums: Vec<i32> = (0..count * 2 * WIDTH).map(|_| random.below(2_000_000) as i32 - 1_000_000).collect();
    let norm = Norm {
        weight: random.floats(WIDTH).try_into().expect("of that length"),
        bias: random.floats(WIDTH).try_into().expect("of that length"),
    };
    let start = random.floats(count * WIDTH);
    let arc_weight = random.floats((ARC + 1) * ARC);
    let dep = random.floats(count * ARC);
    let heads = random.floats(ARC * 16);
    let run = |kernel: Kernel| {
        let mut all = Vec::new();
        for residual in [false, true] {
            let mut x = start.clone();
            kernel.maxout_norm(&sums, &maxout, &norm, residual, &mut x);
            all.extend(bits(&x));
            let mut q = vec![0_u8; x.len()];
            kernel.quantise(&x, Input { scale: 0.031, zero: 61 }, &mut q);
            all.extend(q.iter().map(|&q| u32::from(q)));
        }
        for leaky in [false, true] {
            let mut out = vec![0.0; count * 50];
            kernel.affine(&sums[..count * tags.columns()], &tags, leaky, &mut out);
            all.extend(bits(&out));
        }
        let mut best = vec![0; count];
        kernel.argmax(&sums[..count * tags.columns()], &tags, &mut best);
        all.extend(best.iter().map(|&b| u32::from(b)));
        let mut v = vec![0.0; count * ARC];
        kernel.project(&dep, &arc_weight, &mut v);
        all.extend(bits(&v));
        let mut scores = vec![0.0; count * 16];
        kernel.pairs(&v, &heads, 16, &mut scores);
        all.extend(bits(&scores));
        let mut joined = vec![0.0; count * ARC];
        kernel.join(&dep, &v, &mut joined);
        all.extend(bits(&joined));
        all
    };
    let expected = run(Kernel::available()[0]);
    for kernel in Kernel::available() {
        assert!(run(kernel) == expected, "{} differs", kernel.name());
    }
}

#[test]
fn rounds_ties_to_even_and_clamps() {
    let input = Input { scale: 0.5, zero: 3 };
    let mut values = [0.0_f32; 16];
    values[..8].copy_from_slice(&[0.25, 0.75, -0.25, -0.75, 1e30, -1e30, 61.9, 62.3]);
    let expected: Vec<u8> =
        values.iter().map(|x| ((x / 0.5).round_ties_even() + 3.0).clamp(0.0, 127.0) as u8).collect();
    for kernel in Kernel::available() {
        let mut out = [0_u8; 16];
        kernel.quantise(&values, input, &mut out);
        assert_eq!(out.as_slice(), expected, "{}", kernel.name());
    }
}

#[test]
fn of_equal_outputs_the_lowest_wins() {
    let weights =
        Packed::new(&[0; 4 * 40], &[1.0; 40], &[0.0; 40], Input { scale: 1.0, zero: 0 }, &(0..40).collect::<Vec<_>>());
    let mut sums = vec![0; weights.columns()];
    for kernel in Kernel::available() {
        let mut out = [9];
        sums[..].fill(0);
        kernel.argmax(&sums, &weights, &mut out);
        assert_eq!(out, [0]);
        (sums[18], sums[33]) = (5, 5);
        kernel.argmax(&sums, &weights, &mut out);
        assert_eq!(out, [18]);
    }
}
