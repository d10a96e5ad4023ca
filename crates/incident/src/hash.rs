//! Hashes that are the same on every machine and run: ids and keys are made of them.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a (Fowler, Noll, Vo) over the parts, each closed by a byte that no text holds, and then stirred, because the
/// low bits of FNV are weak where inputs differ in their last byte only.
pub(crate) fn of(parts: &[&[u8]]) -> u64 {
    let mut hash = OFFSET;
    for part in parts {
        for &byte in *part {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
        hash = (hash ^ 0xff).wrapping_mul(PRIME);
    }
    stirred(hash)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) fn stirred(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Sixteen hex digits.
pub(crate) fn id(parts: &[&[u8]]) -> String {
    format!("{:016x}", of(parts))
}
