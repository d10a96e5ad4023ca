"""Decoding rules of `docs/model-format.md`: single-rooted trees and well-formed names."""

import numpy as np


def is_tree(heads):
    """Whether heads (1-based, 0 the root) make a tree with one root."""
    if heads.count(0) != 1:
        return False
    done = [False] * (len(heads) + 1)
    done[0] = True
    for i in range(1, len(heads) + 1):
        path, j = [], i
        while not done[j]:
            if j in path:
                return False
            path.append(j)
            j = heads[j - 1]
        for k in path:
            done[k] = True
    return True


def find_cycle(heads):
    """A cycle among heads[1:], as a list of nodes, or None."""
    state = [0] * len(heads)
    state[0] = 2
    for i in range(1, len(heads)):
        path, j = [], i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j]
        if state[j] == 1:
            return path[path.index(j):]
        for k in path:
            state[k] = 2
    return None


def arborescence(score):
    """Chu-Liu/Edmonds: heads of the best arborescence of node 0, for score[dependent, head]."""
    n = len(score)
    heads = score.argmax(1).tolist()
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    kept = [i for i in range(n) if i not in inside]
    m = len(kept)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = score[np.ix_(kept, kept)]
    total = sum(score[i, heads[i]] for i in cycle)
    enter, leave = {}, {}
    for a, node in enumerate(kept):
        gains = [score[c, node] - score[c, heads[c]] for c in cycle]
        k = int(np.argmax(gains))
        small[m, a] = gains[k] + total
        enter[a] = cycle[k]
        if node:
            k = int(np.argmax([score[node, c] for c in cycle]))
            small[a, m] = score[node, cycle[k]]
            leave[a] = cycle[k]
    np.fill_diagonal(small, -np.inf)
    solved = arborescence(small)
    out = list(heads)
    for a, node in enumerate(kept):
        if node:
            out[node] = leave[a] if solved[a] == m else kept[solved[a]]
    out[enter[solved[m]]] = kept[solved[m]]
    return out


def tree(scores):
    """Heads (1-based) of the best single-rooted tree, for scores[dependent, head] with column 0 the root."""
    n = len(scores)
    heads = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = np.maximum(scores, -1e6)
    full[1:, 0] -= 1e9  # so dear that the best tree has one root and no more
    full[np.arange(n + 1), np.arange(n + 1)] = -np.inf
    return arborescence(full)[1:]


def names(scores, tags):
    """Viterbi over BIO: `I-X` only after `B-X` or `I-X`; ties go to the lower index."""
    k = len(tags)
    allowed = np.zeros((k, k))
    start = np.zeros(k)
    for j, tag in enumerate(tags):
        if tag[0] == "I":
            start[j] = -np.inf
            for i, before in enumerate(tags):
                if before[2:] != tag[2:]:
                    allowed[i, j] = -np.inf
    best = scores[0] + start
    back = []
    for row in scores[1:]:
        step = best[:, None] + allowed
        back.append(step.argmax(0))
        best = step.max(0) + row
    out = [int(best.argmax())]
    for pointers in reversed(back):
        out.append(int(pointers[out[-1]]))
    return [tags[i] for i in reversed(out)]


def spans(tags):
    """Names as a set of (first, end, kind)."""
    found, start = set(), None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and tag[0] != "I":
            found.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == "B":
            start = i
    return found
