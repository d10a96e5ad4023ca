//! Stories: whether two reports as a whole tell of one thing.

use crate::sketch::Sketch;
use crate::words;

/// Similarity of two reports by their heaviest words, 0 to 1: a pure function of the two.
pub fn similarity(a: &Sketch, b: &Sketch) -> f32 {
    words::cosine(&a.terms, &b.terms, |_, _| {})
}

/// How reports are clustered to stories. The default was chosen on the training part of ECB+ alone, with the weights in
/// `words` and the standing of sentences in `sketch`.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Mean similarity at which two clusters stop being merged.
    pub threshold: f32,
}

impl Default for Setting {
    fn default() -> Self {
        Self { threshold: 0.31 }
    }
}

/// The story of each report, as the index of the story's first report: agglomeration by the mean similarity of all
/// pairs (Sokal and Michener 1958), ties broken by the order of `report_id`.
///
/// The work grows with the square of the number of reports: it is meant for some thousands at a time.
pub fn cluster(sketches: &[Sketch], setting: Setting) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by(|&i, &j| sketches[i].report_id.cmp(&sketches[j].report_id).then(i.cmp(&j)));
    let n = order.len();
    // Sums of similarities between clusters, dense: rows of merged clusters go dead.
    let mut sums: Vec<Vec<f64>> = order
        .iter()
        .map(|&i| order.iter().map(|&j| f64::from(similarity(&sketches[i], &sketches[j]))).collect())
        .collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut alive: Vec<bool> = vec![true; n];
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for i in 0..n {
            if !alive[i] {
                continue;
            }
            for j in i + 1..n {
                if !alive[j] {
                    continue;
                }
                let mean = sums[i][j] / (members[i].len() * members[j].len()) as f64;
                if best.is_none_or(|(m, ..)| mean > m + 1e-12) {
                    best = Some((mean, i, j));
                }
            }
        }
        let Some((mean, i, j)) = best else { break };
        if mean < f64::from(setting.threshold) {
            break;
        }
        alive[j] = false;
        let moved = std::mem::take(&mut members[j]);
        members[i].extend(moved);
        for k in 0..n {
            if alive[k] && k != i {
                let sum = sums[i][k] + sums[j][k];
                sums[i][k] = sum;
                sums[k][i] = sum;
            }
        }
    }
    let mut out = vec![0; n];
    for cluster in members {
        let Some(first) = cluster.iter().map(|&i| order[i]).min() else { continue };
        for i in cluster {
            out[order[i]] = first;
        }
    }
    out
}

/// Hands over the words of a sentence that the table of frequencies counts, as weights look them up.
pub fn vocabulary_of(text: &str, sentence: &forewarn_language::Sentence, take: &mut impl FnMut(&str)) {
    words::content(text, sentence, &mut |word, sort| {
        if matches!(sort, words::Sort::Name | words::Sort::Plain) {
            take(&word);
        }
    });
}

/// The hash under which a word stands in the table of frequencies.
pub fn word_hash(word: &str) -> u32 {
    crate::vocabulary::hash(word)
}
