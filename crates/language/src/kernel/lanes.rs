//! Sixteen floats at once.
//!
//! Each operation is one IEEE operation a lane (or a copy, or a choice), so every implementation gives the same bits;
//! which registers they lie in is all that differs. The wide ones may be used only inside functions compiled for
//! their instruction set: `for_each_instruction_set` in [`super`] sees to it.

/// Lanes of every implementation.
pub(super) const LANES: usize = 16;

/// 1.5 × 2²³: adding it to a small float leaves the nearest whole number (ties to even) in the low bits.
const ROUND: f32 = 12_582_912.0;

pub(super) trait Lanes: Copy {
    /// One value in every lane.
    fn splat(value: f32) -> Self;
    /// Sixteen values.
    fn load(from: &[f32; LANES]) -> Self;
    /// Sixteen whole numbers, as floats (nearest, ties to even).
    fn from_whole(from: &[i32; LANES]) -> Self;
    /// Writes the lanes.
    fn store(self, to: &mut [f32; LANES]);
    /// Rounds (ties to even), adds `zero` and writes bytes; the sums lie in 0 to 127.
    fn store_bytes(self, zero: u8, to: &mut [u8; LANES]);
    /// `self + other`.
    fn add(self, other: Self) -> Self;
    /// `self - other`.
    fn sub(self, other: Self) -> Self;
    /// `self * other`.
    fn mul(self, other: Self) -> Self;
    /// `self / other`.
    fn div(self, other: Self) -> Self;
    /// `if self > other { yes } else { no }`.
    fn if_greater(self, other: Self, yes: Self, no: Self) -> Self;

    /// `if self > other { self } else { other }`.
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        self.if_greater(other, self, other)
    }

    /// `if self > other { other } else { self }`.
    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        self.if_greater(other, other, self)
    }

    /// The sum of the lanes, added by halves.
    #[inline(always)]
    fn total(self) -> f32 {
        let mut lanes = [0.0; LANES];
        self.store(&mut lanes);
        let mut half = LANES / 2;
        while half > 0 {
            for i in 0..half {
                lanes[i] += lanes[i + half];
            }
            half /= 2;
        }
        lanes[0]
    }
}

/// Plain Rust.
#[derive(Clone, Copy)]
pub(super) struct Plain([f32; LANES]);

impl Plain {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        let mut out = self;
        for (out, other) in out.0.iter_mut().zip(other.0) {
            *out = f(*out, other);
        }
        out
    }
}

impl Lanes for Plain {
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn from_whole(from: &[i32; LANES]) -> Self {
        Self(from.map(|x| x as f32))
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        *to = self.0;
    }

    #[inline(always)]
    fn store_bytes(self, zero: u8, to: &mut [u8; LANES]) {
        let offset = i32::from(zero) - ROUND.to_bits() as i32;
        *to = self.0.map(|x| ((x + ROUND).to_bits() as i32).wrapping_add(offset) as u8);
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }

    #[inline(always)]
    fn if_greater(self, other: Self, yes: Self, no: Self) -> Self {
        let mut out = no;
        for i in 0..LANES {
            out.0[i] = if self.0[i] > other.0[i] { yes.0[i] } else { no.0[i] };
        }
        out
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Wide256, Wide512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256, __m512, _CMP_GT_OQ, _mm_packus_epi16, _mm_storeu_si128, _mm256_add_epi32, _mm256_add_ps,
        _mm256_blendv_ps, _mm256_castsi256_si128, _mm256_cmp_ps, _mm256_cvtepi32_ps, _mm256_cvtps_epi32, _mm256_div_ps,
        _mm256_extracti128_si256, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_mul_ps, _mm256_packs_epi32,
        _mm256_permute4x64_epi64, _mm256_set1_epi32, _mm256_set1_ps, _mm256_storeu_ps, _mm256_sub_ps, _mm512_add_epi32,
        _mm512_add_ps, _mm512_cmp_ps_mask, _mm512_cvtepi32_epi8, _mm512_cvtepi32_ps, _mm512_cvtps_epi32, _mm512_div_ps,
        _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mask_blend_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps,
        _mm512_storeu_ps, _mm512_sub_ps,
    };

    use super::{LANES, Lanes};

    /// Two registers of AVX2.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Wide256(__m256, __m256);

    /// One register of AVX-512.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Wide512(__m512);

    // SAFETY, for every block of the two implementations: the functions are inlined into ones that are compiled for
    // the instruction set and called only where it was detected; memory is reached through references to arrays of
    // exactly the bytes read or written, with unaligned loads and stores.

    impl Lanes for Wide256 {
        #[inline(always)]
        fn splat(value: f32) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_set1_ps(value), _mm256_set1_ps(value)) }
        }

        #[inline(always)]
        fn load(from: &[f32; LANES]) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
        }

        #[inline(always)]
        fn from_whole(from: &[i32; LANES]) -> Self {
            // SAFETY: see above.
            unsafe {
                let (low, high) = (from.as_ptr(), from.as_ptr().add(8));
                Self(
                    _mm256_cvtepi32_ps(_mm256_loadu_si256(low.cast())),
                    _mm256_cvtepi32_ps(_mm256_loadu_si256(high.cast())),
                )
            }
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; LANES]) {
            // SAFETY: see above.
            unsafe {
                _mm256_storeu_ps(to.as_mut_ptr(), self.0);
                _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
            }
        }

        #[inline(always)]
        fn store_bytes(self, zero: u8, to: &mut [u8; LANES]) {
            // SAFETY: see above.
            unsafe {
                let zero = _mm256_set1_epi32(i32::from(zero));
                let low = _mm256_add_epi32(_mm256_cvtps_epi32(self.0), zero);
                let high = _mm256_add_epi32(_mm256_cvtps_epi32(self.1), zero);
                // The pack works within halves of a register; the permutation puts the quarters in order.
                let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi32(low, high));
                let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
                _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
            }
        }

        #[inline(always)]
        fn add(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
        }

        #[inline(always)]
        fn sub(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
        }

        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
        }

        #[inline(always)]
        fn div(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm256_div_ps(self.0, other.0), _mm256_div_ps(self.1, other.1)) }
        }

        #[inline(always)]
        fn if_greater(self, other: Self, yes: Self, no: Self) -> Self {
            // SAFETY: see above.
            unsafe {
                let low = _mm256_cmp_ps::<_CMP_GT_OQ>(self.0, other.0);
                let high = _mm256_cmp_ps::<_CMP_GT_OQ>(self.1, other.1);
                Self(_mm256_blendv_ps(no.0, yes.0, low), _mm256_blendv_ps(no.1, yes.1, high))
            }
        }
    }

    impl Lanes for Wide512 {
        #[inline(always)]
        fn splat(value: f32) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_set1_ps(value)) }
        }

        #[inline(always)]
        fn load(from: &[f32; LANES]) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_loadu_ps(from.as_ptr())) }
        }

        #[inline(always)]
        fn from_whole(from: &[i32; LANES]) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast()))) }
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; LANES]) {
            // SAFETY: see above.
            unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn store_bytes(self, zero: u8, to: &mut [u8; LANES]) {
            // SAFETY: see above.
            unsafe {
                let whole = _mm512_add_epi32(_mm512_cvtps_epi32(self.0), _mm512_set1_epi32(i32::from(zero)));
                _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(whole));
            }
        }

        #[inline(always)]
        fn add(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_add_ps(self.0, other.0)) }
        }

        #[inline(always)]
        fn sub(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_sub_ps(self.0, other.0)) }
        }

        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_mul_ps(self.0, other.0)) }
        }

        #[inline(always)]
        fn div(self, other: Self) -> Self {
            // SAFETY: see above.
            unsafe { Self(_mm512_div_ps(self.0, other.0)) }
        }

        #[inline(always)]
        fn if_greater(self, other: Self, yes: Self, no: Self) -> Self {
            // SAFETY: see above.
            unsafe {
                let mask = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(self.0, other.0);
                Self(_mm512_mask_blend_ps(mask, no.0, yes.0))
            }
        }
    }
}
