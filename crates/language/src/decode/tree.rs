//! Heads: the best head of each word, and Chu-Liu/Edmonds where those make no tree with one root.
//!
//! Chu and Liu (1965), Edmonds (1967); the single root as in Zmigrod, Vieira and Cotterell (EMNLP 2020, "Please mind
//! the root"), by the plain device of making every root edge dearer than any tree without it could be.

/// Working space.
#[derive(Default)]
pub(crate) struct Space {
    seen: Vec<u32>,
}

/// Writes each token's head into `heads`: 0 for the root, else 1 + the head's index.
///
/// `scores` has a row of `stride` for each token: column 0 the root, column 1 + j token j. Scores are finite.
pub(crate) fn decode(scores: &[f32], stride: usize, count: usize, heads: &mut [u16], space: &mut Space) {
    for (i, head) in heads[..count].iter_mut().enumerate() {
        let row = &scores[i * stride..=i * stride + count];
        let (mut best, mut top) = (f32::NEG_INFINITY, 0);
        for (j, &score) in row.iter().enumerate() {
            if score > best && j != i + 1 {
                (best, top) = (score, j);
            }
        }
        *head = top as u16;
    }
    if !is_tree(&heads[..count], space) {
        best_tree(scores, stride, count, heads);
    }
}

/// Whether every token leads up to one root.
fn is_tree(heads: &[u16], space: &mut Space) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    space.seen.clear();
    space.seen.resize(heads.len() + 1, 0);
    // `seen` holds in which walk a node was met first; meeting it again in the same walk is a cycle.
    space.seen[0] = u32::MAX;
    for i in 1..=heads.len() {
        let mut at = i;
        while space.seen[at] == 0 {
            space.seen[at] = i as u32;
            at = usize::from(heads[at - 1]);
        }
        if space.seen[at] == i as u32 {
            return false;
        }
    }
    true
}

/// The tree with one root and the highest sum. Rare, so it may allocate.
fn best_tree(scores: &[f32], stride: usize, count: usize, heads: &mut [u16]) {
    let nodes = count + 1;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut graph = vec![vec![f64::NEG_INFINITY; nodes]; nodes];
    for i in 1..nodes {
        for j in (0..nodes).filter(|&j| j != i) {
            let score = f64::from(scores[(i - 1) * stride + j]);
            low = low.min(score);
            high = high.max(score);
            graph[i][j] = score;
        }
    }
    // Two trees differ by less than this, so a second root never pays.
    let toll = (high - low) * nodes as f64 + 1.0;
    for row in &mut graph[1..] {
        row[0] -= toll;
    }
    for (head, found) in heads.iter_mut().zip(arborescence(&graph).into_iter().skip(1)) {
        *head = found as u16;
    }
}

/// Chu-Liu/Edmonds: the best arborescence out of node 0 for `graph[dependent][head]`.
fn arborescence(graph: &[Vec<f64>]) -> Vec<usize> {
    let best = |row: &[f64]| {
        let mut top = 0;
        for (j, score) in row.iter().enumerate() {
            if *score > row[top] {
                top = j;
            }
        }
        top
    };
    let mut heads: Vec<usize> = graph.iter().map(|row| best(row)).collect();
    heads[0] = 0;
    let Some(cycle) = find_cycle(&heads) else { return heads };
    // The cycle becomes one node, the last of a smaller graph of the nodes kept.
    let inside = |node: usize| cycle.contains(&node);
    let kept: Vec<usize> = (0..graph.len()).filter(|&node| !inside(node)).collect();
    let one = kept.len();
    let mut small = vec![vec![f64::NEG_INFINITY; one + 1]; one + 1];
    let mut entered_at = vec![0; one];
    let mut left_from = vec![0; one];
    for (a, &node) in kept.iter().enumerate() {
        for (b, &other) in kept.iter().enumerate() {
            small[a][b] = graph[node][other];
        }
        // Into the cycle from `node`: what breaking the cycle there gains.
        let gain = |&c: &usize| graph[c][node] - graph[c][heads[c]];
        let at = first_best(&cycle, gain);
        entered_at[a] = at;
        small[one][a] = gain(&at);
        if node != 0 {
            let from = first_best(&cycle, |&c| graph[node][c]);
            left_from[a] = from;
            small[a][one] = graph[node][from];
        }
    }
    let solved = arborescence(&small);
    for (a, &node) in kept.iter().enumerate().skip(1) {
        heads[node] = if solved[a] == one { left_from[a] } else { kept[solved[a]] };
    }
    heads[entered_at[solved[one]]] = kept[solved[one]];
    heads
}

fn first_best(nodes: &[usize], value: impl Fn(&usize) -> f64) -> usize {
    let mut top = nodes[0];
    for node in nodes {
        if value(node) > value(&top) {
            top = *node;
        }
    }
    top
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut walk = vec![0; heads.len()];
    walk[0] = usize::MAX;
    for i in 1..heads.len() {
        let mut at = i;
        while walk[at] == 0 {
            walk[at] = i;
            at = heads[at];
        }
        if walk[at] == i {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            cycle.sort_unstable();
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(scores: &[&[f32]]) -> Vec<u16> {
        let flat: Vec<f32> = scores.concat();
        let mut heads = vec![0; scores.len()];
        decode(&flat, scores.len() + 1, scores.len(), &mut heads, &mut Space::default());
        heads
    }

    #[test]
    fn a_tree_is_taken_as_it_is() {
        assert_eq!(heads(&[&[0., 9., 5.], &[4., 1., 9.]]), [2, 0]);
        assert_eq!(heads(&[&[0., 9.]]), [0]);
        assert_eq!(heads(&[]), [0_u16; 0]);
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        assert_eq!(heads(&[&[1., 0., 9.], &[3., 9., 0.]]), [2, 0]);
    }

    #[test]
    fn one_root_even_when_two_score_higher() {
        assert_eq!(heads(&[&[9., 0., 1.], &[9., 2., 0.]]), [0, 1]);
    }

    #[test]
    fn as_good_as_trying_every_tree() {
        let mut state = 5_u32;
        for round in 0..400 {
            let n = 1 + round % 4;
            let mut scores = vec![vec![0.0_f32; n + 1]; n];
            for s in scores.iter_mut().flatten() {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *s = (state >> 22) as f32 / 16.0 - 30.0;
            }
            let rows: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
            let found = heads(&rows);
            assert!(is_tree(&found, &mut Space::default()));
            let value = |heads: &[u16]| heads.iter().zip(&scores).map(|(&h, row)| f64::from(row[usize::from(h)])).sum::<f64>();
            let mut best = f64::MIN;
            for code in 0..(n + 1).pow(n as u32) {
                let tried: Vec<u16> = (0..n).map(|i| (code / (n + 1).pow(i as u32) % (n + 1)) as u16).collect();
                if is_tree(&tried, &mut Space::default()) {
                    best = best.max(value(&tried));
                }
            }
            assert!((value(&found) - best).abs() < 1e-9, "{scores:?}: {found:?}");
        }
    }
}
