//! How fast a core can multiply at all, to hold the network's speed against.

use super::Kind;

/// See [`super::Kernel::burst`].
pub(super) fn burst(kind: Kind, dots: u64) -> Option<u64> {
    // Twelve sums that do not wait for each other: enough to hide the instruction's latency.
    let loops = (dots / 12).max(1);
    let lanes = match kind {
        Kind::Scalar => return None,
        // SAFETY: a kernel of this kind exists only where its features were detected.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx2 => unsafe {
            x86::avx2(loops);
            32
        },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Kind::AvxVnni => unsafe {
            x86::avx_vnni(loops);
            32
        },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx512Vnni => unsafe {
            x86::avx512_vnni(loops);
            64
        },
    };
    Some(loops * 12 * lanes)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::asm;

    /// Twelve independent sums, each fed by `$dot` once a loop. Assembly, because the compiler would otherwise see
    /// that nothing changes between two loops.
    macro_rules! peak {
        ($name:ident, $features:literal, $($line:literal),*) => {
            #[target_feature(enable = $features)]
            pub(super) fn $name(loops: u64) {
                // SAFETY: the instructions are within the function's features, touch registers named as clobbered
                // and no memory; the loop ends after `loops` rounds (`loops` of 0 is raised to 1).
                unsafe {
                    asm!(
                        "2:",
                        $($line,)*
                        "dec {n}",
                        "jnz 2b",
                        n = inout(reg) loops.max(1) => _,
                        out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _, out("xmm4") _, out("xmm5") _,
                        out("xmm6") _, out("xmm7") _, out("xmm8") _, out("xmm9") _, out("xmm10") _, out("xmm11") _,
                        out("xmm12") _, out("xmm13") _, out("xmm14") _, out("xmm15") _,
                        options(nomem, nostack)
                    );
                }
            }
        };
    }

    peak!(
        avx512_vnni,
        "avx512f,avx512vnni",
        "vpdpbusd zmm0, zmm14, zmm15",
        "vpdpbusd zmm1, zmm14, zmm15",
        "vpdpbusd zmm2, zmm14, zmm15",
        "vpdpbusd zmm3, zmm14, zmm15",
        "vpdpbusd zmm4, zmm14, zmm15",
        "vpdpbusd zmm5, zmm14, zmm15",
        "vpdpbusd zmm6, zmm14, zmm15",
        "vpdpbusd zmm7, zmm14, zmm15",
        "vpdpbusd zmm8, zmm14, zmm15",
        "vpdpbusd zmm9, zmm14, zmm15",
        "vpdpbusd zmm10, zmm14, zmm15",
        "vpdpbusd zmm11, zmm14, zmm15"
    );
    peak!(
        avx_vnni,
        "avx2,avxvnni",
        "{{vex}} vpdpbusd ymm0, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm1, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm2, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm3, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm4, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm5, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm6, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm7, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm8, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm9, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm10, ymm14, ymm15",
        "{{vex}} vpdpbusd ymm11, ymm14, ymm15"
    );
    // maddubs into ymm12, widened with ymm15 (whatever it holds) and added, twelve times.
    peak!(
        avx2,
        "avx2",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm0, ymm0, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm1, ymm1, ymm13",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm2, ymm2, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm3, ymm3, ymm13",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm4, ymm4, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm5, ymm5, ymm13",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm6, ymm6, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm7, ymm7, ymm13",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm8, ymm8, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm9, ymm9, ymm13",
        "vpmaddubsw ymm12, ymm14, ymm15",
        "vpmaddwd ymm12, ymm12, ymm15",
        "vpaddd ymm10, ymm10, ymm12",
        "vpmaddubsw ymm13, ymm14, ymm15",
        "vpmaddwd ymm13, ymm13, ymm15",
        "vpaddd ymm11, ymm11, ymm13"
    );
}
