//! How common words are: document frequencies counted once over free text, so that the weight of a word, and with it
//! the score of a pair, depends on nothing but the word.
//!
//! `models/en-frequencies.bin` (recipe and licence in `models/README.md`): magic `FWDF1\0\0\0`; the number of documents
//! and of words, `u32` little endian; the words' hashes, `u32`, sorted; for each the binary logarithm of its document
//! frequency, in sixteenths, `u8`. Words met in fewer than three documents are left out.

/// The table.
static BYTES: &[u8] = include_bytes!("../../../models/en-frequencies.bin");

const MAGIC: &[u8; 8] = b"FWDF1\0\0\0";
const HEADER: usize = 16;

/// Document frequency that a word outside the table is taken to have.
const RARE: f32 = 2.0;

/// The hash under which a word stands in the table.
pub(crate) fn hash(word: &str) -> u32 {
    (crate::hash::of(&[word.as_bytes()]) >> 32) as u32
}

fn number(at: usize) -> u32 {
    let bytes: [u8; 4] = BYTES[at..at + 4].try_into().expect("four bytes");
    u32::from_le_bytes(bytes)
}

/// Inverse document frequency of a lower-case lemma: natural logarithm of documents over documents that hold it; 0 to
/// about 13.
pub(crate) fn idf(word: &str) -> f32 {
    debug_assert_eq!(&BYTES[..8], MAGIC);
    let (documents, words) = (number(8) as f32, number(12) as usize);
    let wanted = hash(word);
    let (mut low, mut high) = (0, words);
    while low < high {
        let middle = usize::midpoint(low, high);
        if number(HEADER + 4 * middle) < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let known = low < words && number(HEADER + 4 * low) == wanted;
    let holding = if known { (f32::from(BYTES[HEADER + 4 * words + low]) / 16.0).exp2() } else { RARE };
    (documents / holding).max(1.0).ln()
}

#[cfg(test)]
mod tests {
    use super::idf;

    #[test]
    fn common_words_weigh_less() {
        assert!(idf("kill") < idf("ambush"));
        assert!(idf("ambush") < idf("monastery"));
        assert!(idf("monastery") <= idf("qqqqzz"));
    }
}
