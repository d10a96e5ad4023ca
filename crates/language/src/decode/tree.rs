//! Heads: the best head of each word, and Chu-Liu/Edmonds where those make no tree with one root.
//!
//! Chu and Liu (1965), Edmonds (1967); the single root as in Zmigrod, Vieira and Cotterell (EMNLP 2020, "Please mind
//! the root"), by the plain device of making every root edge dearer than any tree without it could be.

/// Working space.
#[derive(Default)]
pub(crate) struct Space {
    seen: Vec<u32>,
    graph: Graph,
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
        best_tree(scores, stride, count, heads, space);
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

/// The tree with one root and the highest sum.
fn best_tree(scores: &[f32], stride: usize, count: usize, heads: &mut [u16], space: &mut Space) {
    let graph = &mut space.graph;
    graph.reset(count + 1);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for i in 1..=count {
        let row = &mut graph.edges[i * (count + 1)..(i + 1) * (count + 1)];
        for ((j, edge), &score) in row.iter_mut().enumerate().zip(&scores[(i - 1) * stride..]) {
            let score = f64::from(score);
            low = low.min(score);
            high = high.max(score);
            *edge = Edge { score: if i == j { f64::NEG_INFINITY } else { score }, to: i as u16, from: j as u16 };
        }
    }
    // Two trees differ by less than this, so a second root never pays.
    let toll = (high - low) * (count + 1) as f64 + 1.0;
    for i in 1..=count {
        graph.edges[i * (count + 1)].score -= toll;
    }
    graph.contract();
    graph.expand(heads);
}

/// An edge between two nodes, which may be cycles made one: its gain, and the words it joins.
#[derive(Clone, Copy)]
struct Edge {
    score: f64,
    /// The dependent.
    to: u16,
    /// The head, 0 the root.
    from: u16,
}

/// A cycle made one node.
struct Cycle {
    /// The node's number in `parents`.
    name: usize,
    /// The numbers of what it was made of, each with the edge that leads to it in the cycle.
    members: Vec<(usize, Edge)>,
}

/// Chu-Liu/Edmonds in place: a cycle becomes the first of its nodes, whose row and column then stand for all of it.
#[derive(Default)]
struct Graph {
    nodes: usize,
    /// Row: dependent, column: head.
    edges: Vec<Edge>,
    /// Nodes that stand for themselves or for a cycle, in order.
    alive: Vec<usize>,
    best: Vec<usize>,
    /// What number a node goes by; changes when it comes to stand for a cycle.
    names: Vec<usize>,
    /// The cycle that each number went into.
    parents: Vec<usize>,
    cycles: Vec<Cycle>,
    walk: Vec<usize>,
}

impl Graph {
    fn reset(&mut self, nodes: usize) {
        self.nodes = nodes;
        self.edges.clear();
        self.edges.resize(nodes * nodes, Edge { score: f64::NEG_INFINITY, to: 0, from: 0 });
        self.alive.clear();
        self.alive.extend(0..nodes);
        self.names.clear();
        self.names.extend(0..nodes);
        self.parents.clear();
        self.parents.resize(nodes, usize::MAX);
        self.cycles.clear();
    }

    fn edge(&self, to: usize, from: usize) -> Edge {
        self.edges[to * self.nodes + from]
    }

    /// The best head of a node among those alive, the lowest of equals.
    fn best_head(&self, node: usize) -> usize {
        let mut top = 0;
        for &from in self.alive.iter().filter(|&&from| from != node) {
            if self.edge(node, from).score > self.edge(node, top).score {
                top = from;
            }
        }
        top
    }

    /// Makes cycles nodes until the best heads have none.
    fn contract(&mut self) {
        self.best.clear();
        self.best.push(0);
        for node in 1..self.nodes {
            let best = self.best_head(node);
            self.best.push(best);
        }
        while let Some(cycle) = self.find_cycle() {
            let one = cycle[0];
            let name = self.parents.len();
            self.parents.push(usize::MAX);
            let mut members = Vec::with_capacity(cycle.len());
            for &c in &cycle {
                self.parents[self.names[c]] = name;
                members.push((self.names[c], self.edge(c, self.best[c])));
            }
            self.cycles.push(Cycle { name, members });
            self.names[one] = name;
            for i in 0..self.alive.len() {
                let other = self.alive[i];
                if cycle.binary_search(&other).is_ok() {
                    continue;
                }
                // Into the cycle from `other`: what breaking the cycle there gains.
                let gain = |&c: &usize| self.edge(c, other).score - self.edge(c, self.best[c]).score;
                let at = first_best(&cycle, gain);
                let into = Edge { score: gain(&at), ..self.edge(at, other) };
                let out_of = self.edge(other, first_best(&cycle, |&c| self.edge(other, c).score));
                self.edges[one * self.nodes + other] = into;
                self.edges[other * self.nodes + one] = out_of;
                if cycle.binary_search(&self.best[other]).is_ok() {
                    self.best[other] = one;
                }
            }
            self.alive.retain(|node| *node == one || cycle.binary_search(node).is_err());
            self.best[one] = self.best_head(one);
        }
    }

    /// Writes the head of every word: the best edge of each node, and inside a cycle all edges but the one that leads
    /// to the member entered from outside.
    fn expand(&mut self, heads: &mut [u16]) {
        for &node in &self.alive[1..] {
            let edge = self.edge(node, self.best[node]);
            heads[usize::from(edge.to) - 1] = edge.from;
        }
        // Cycles made later hold those made earlier. The word entered is the one whose head lies outside.
        let entered = &mut self.walk;
        entered.clear();
        entered.resize(self.parents.len(), 0);
        for &node in &self.alive[1..] {
            entered[self.names[node]] = usize::from(self.edges[node * self.nodes + self.best[node]].to);
        }
        for cycle in self.cycles.iter().rev() {
            let word = entered[cycle.name];
            let mut member = word;
            while self.parents[member] != cycle.name {
                member = self.parents[member];
            }
            for &(name, edge) in &cycle.members {
                if name == member {
                    entered[name] = word;
                } else {
                    entered[name] = usize::from(edge.to);
                    heads[usize::from(edge.to) - 1] = edge.from;
                }
            }
        }
    }

    /// A cycle among the best heads of the nodes alive, in order.
    fn find_cycle(&mut self) -> Option<Vec<usize>> {
        let walk = &mut self.walk;
        walk.clear();
        walk.resize(self.nodes, 0);
        walk[0] = usize::MAX;
        for &node in &self.alive[1..] {
            let mut at = node;
            while walk[at] == 0 {
                walk[at] = node;
                at = self.best[at];
            }
            if walk[at] == node {
                let mut cycle = vec![at];
                let mut next = self.best[at];
                while next != at {
                    cycle.push(next);
                    next = self.best[next];
                }
                cycle.sort_unstable();
                return Some(cycle);
            }
        }
        None
    }
}

/// The first of the nodes whose value is highest.
fn first_best(nodes: &[usize], value: impl Fn(&usize) -> f64) -> usize {
    let mut top = nodes[0];
    for node in nodes {
        if value(node) > value(&top) {
            top = *node;
        }
    }
    top
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
        for round in 0..500 {
            let n = 1 + round % 5;
            let mut scores = vec![vec![0.0_f32; n + 1]; n];
            for s in scores.iter_mut().flatten() {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *s = (state >> 22) as f32 / 16.0 - 30.0;
            }
            let rows: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
            let found = heads(&rows);
            assert!(is_tree(&found, &mut Space::default()));
            let value =
                |heads: &[u16]| heads.iter().zip(&scores).map(|(&h, row)| f64::from(row[usize::from(h)])).sum::<f64>();
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
