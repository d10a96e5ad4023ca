//! The arithmetic under the network, and the only module of the crate with `unsafe` in it.
//!
//! Two kinds of work, each with one meaning and several machines to run it on:
//!
//! - **Whole numbers**: [`Kernel::gemm`], activations of 7 bits times weights of 8 into 32, exact, so every kernel
//!   gives the same sums ([`scalar`] defines them, [`x86`] hurries).
//! - **Floats**: the loops of [`float`], written over sixteen [`lanes`] and compiled once for each instruction set.
//!   Every float operation is a single IEEE one (a multiply is never fused with an add), so these too give the same
//!   bits everywhere.
#![allow(unsafe_code)]
// The wide loops and lanes must end up inside the functions compiled for their instruction set.
#![allow(clippy::inline_always)]
// Tiles and lanes are read best as indices.
#![allow(clippy::needless_range_loop)]

pub(crate) mod float;
mod lanes;
mod packed;
mod peak;
mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::OnceLock;

pub(crate) use packed::Packed;

/// One way to run the arithmetic on this machine. A value exists only for what the machine can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Kernel {
    /// Every kernel of this machine, the slowest (plain Rust) first.
    pub fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self(Kind::Scalar)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Self(Kind::Avx2));
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Self(Kind::AvxVnni));
                }
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Kind::Avx512Vnni));
            }
        }
        all
    }

    /// The fastest kernel of this machine.
    pub fn best() -> Self {
        static BEST: OnceLock<Kernel> = OnceLock::new();
        *BEST.get_or_init(|| *Self::available().last().expect("the scalar kernel is always there"))
    }

    /// What it is called: `scalar`, `avx2`, `avx-vnni`, `avx512-vnni`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512Vnni => "avx512-vnni",
        }
    }

    /// Runs about `dots` of this kernel's dot-product instructions on registers and gives the multiply-adds done.
    ///
    /// A benchmark times it to learn how fast a core can be at most; the library itself reads no clock. `None` for the
    /// scalar kernel, which has no such instruction.
    pub fn burst(self, dots: u64) -> Option<u64> {
        peak::burst(self.0, dots)
    }

    /// Multiplies rows of 7-bit activations with packed weights.
    ///
    /// `rows` holds rows of `row_len` bytes. Each output row is made from `weights.inputs() / row_len` of them, end to
    /// end; `gather` names them, output row by output row. `out` gets `weights.columns()` sums for each output row,
    /// each with `-zero * Σw` added already.
    ///
    /// # Panics
    /// When the lengths do not fit together or `gather` names a row that is not there.
    pub(crate) fn gemm(self, rows: &[u8], row_len: usize, gather: &[u32], weights: &Packed, out: &mut [i32]) {
        let segments = weights.inputs() / row_len;
        assert!(row_len.is_multiple_of(4) && segments * row_len == weights.inputs(), "row length does not fit");
        let count = gather.len() / segments;
        assert!(count * segments == gather.len(), "not whole output rows");
        assert!(out.len() == count * weights.columns(), "output does not fit");
        let highest = gather.iter().copied().max().map_or(0, |row| row as usize + 1);
        assert!(highest * row_len <= rows.len(), "gathers past the last row");
        let job = Job { rows, row_len, gather, segments, count, weights };
        match self.0 {
            Kind::Scalar => scalar::gemm(&job, out),
            // SAFETY: a `Kernel` of this kind exists only where its features were detected; the asserts above are
            // what the functions ask of the job.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { x86::gemm_avx2(&job, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::AvxVnni => unsafe { x86::gemm_avx_vnni(&job, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512Vnni => unsafe { x86::gemm_avx512_vnni(&job, out) },
        }
    }
}

/// A checked multiplication: every gathered row lies within `rows`, and `out` has room for `count` rows.
struct Job<'a> {
    rows: &'a [u8],
    row_len: usize,
    gather: &'a [u32],
    segments: usize,
    count: usize,
    weights: &'a Packed,
}

/// Compiles loops of [`float`] for each instruction set and makes a method of [`Kernel`] that picks one.
macro_rules! for_each_instruction_set {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),* $(,)?);)*) => {
        impl Kernel {
            $(
                $(#[$doc])*
                #[allow(clippy::too_many_arguments)]
                pub(crate) fn $name(self, $($arg: $ty),*) {
                    #[cfg(target_arch = "x86_64")]
                    {
                        #[target_feature(enable = "avx2")]
                        #[allow(clippy::too_many_arguments)]
                        fn avx2($($arg: $ty),*) {
                            float::$name::<lanes::Wide256>($($arg),*);
                        }
                        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                        #[allow(clippy::too_many_arguments)]
                        fn avx512($($arg: $ty),*) {
                            float::$name::<lanes::Wide512>($($arg),*);
                        }
                        match self.0 {
                            Kind::Scalar => float::$name::<lanes::Plain>($($arg),*),
                            // SAFETY: a `Kernel` of this kind exists only where its features were detected.
                            Kind::Avx2 | Kind::AvxVnni => unsafe { avx2($($arg),*) },
                            // SAFETY: as above.
                            Kind::Avx512Vnni => unsafe { avx512($($arg),*) },
                        }
                    }
                    #[cfg(not(target_arch = "x86_64"))]
                    float::$name::<lanes::Plain>($($arg),*);
                }
            )*
        }
    };
}

for_each_instruction_set! {
    /// See [`float::quantise`].
    quantise(values: &[f32], input: float::Input, out: &mut [u8]);
    /// See [`float::maxout_norm`].
    maxout_norm(sums: &[i32], weights: &Packed, norm: &float::Norm, residual: bool, x: &mut [f32]);
    /// See [`float::affine`].
    affine(sums: &[i32], weights: &Packed, leaky: bool, out: &mut [f32]);
    /// See [`float::argmax`].
    argmax(sums: &[i32], weights: &Packed, out: &mut [u16]);
    /// See [`float::project`].
    project(dep: &[f32], weight: &[f32], out: &mut [f32]);
    /// See [`float::pairs`].
    pairs(dep: &[f32], heads: &[f32], stride: usize, out: &mut [f32]);
    /// See [`float::join`].
    join(dep: &[f32], head: &[f32], out: &mut [f32]);
}

#[cfg(test)]
mod tests;
