"""Training examples of the student in flat arrays: token ids and soft targets.

A target is up to four labels with their probabilities for each head; gold labels are one label with
probability 1, unknown ones have none. Arcs are kept as head positions (0 the root)."""

import random

import numpy as np
import torch

from . import features, labels

KEYS = ("heads",) + labels.HEADS
TOP = 4


class Store:
    """Sentences as flat arrays; grows by `add`, is cut into batches after `close`."""

    def __init__(self, words=None):
        self.vocabulary, self.rows = {}, []
        self.static = words or {}
        self.parts, self.lengths = [], []

    def number(self, form):
        """The number of a form, with its table rows noted at first sight."""
        i = self.vocabulary.get(form)
        if i is None:
            i = self.vocabulary[form] = len(self.rows)
            self.rows.append(features.rows_of(form) + (self.static.get(form.lower(), 0),))
        return i

    def add(self, forms, label, share):
        """One sentence: label and share are [n, len(KEYS), TOP] arrays (u8)."""
        ids = np.array([self.number(f) for f in forms], np.int32)
        self.parts.append((ids, features.sentence_case(forms), label, share))
        self.lengths.append(len(forms))

    def add_gold(self, sentence, numbers):
        """An annotated sentence, one label a head."""
        coded = labels.encode(sentence, numbers)
        n = len(sentence)
        label = np.zeros((n, len(KEYS), TOP), np.uint8)
        share = np.zeros((n, len(KEYS), TOP), np.uint8)
        for k, key in enumerate(KEYS):
            values = np.array(coded[key])
            share[:, k, 0] = 255 * (values >= 0)
            label[:, k, 0] = np.maximum(values, 0)
        self.add(sentence.forms, label, share)

    def close(self):
        """Join the parts into arrays."""
        self.table = np.array(self.rows, np.int64)
        self.ids = np.concatenate([p[0] for p in self.parts])
        self.case = np.array([p[1] for p in self.parts])
        self.label = np.concatenate([p[2] for p in self.parts])
        self.share = np.concatenate([p[3] for p in self.parts])
        self.lengths = np.array(self.lengths)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.parts = None
        return self

    def batches(self, chosen, size, seed):
        """Batches (arrays of sentence numbers) of about `size` tokens out of the chosen sentences. They
        have few shapes, padded to multiples of four, so that kernels made for a shape are used again."""
        rng = np.random.default_rng(seed)
        order = rng.permutation(chosen)
        width = (self.lengths[order] + 3) // 4 * 4
        out = []
        for w in np.unique(width):
            group, n = order[width == w], max(1, size // w)
            out += [group[i : i + n] for i in range(0, len(group), n)]
        random.Random(seed).shuffle(out)
        return out

    def tensors(self, batch):
        """Rows, mask and targets of a batch."""
        lengths = self.lengths[batch]
        place = np.arange((lengths.max() + 3) // 4 * 4)
        exists = place[None] < lengths[:, None]
        at = np.where(exists, self.starts[batch][:, None] + place[None], 0)
        rows = np.empty(at.shape + (8,), np.int64)
        rows[..., :7] = self.table[self.ids[at]]
        rows[..., 7] = 2 * self.case[batch][:, None] + (place == 0)
        rows[~exists] = 0
        share = self.share[at].astype(np.float32)
        share[~exists] = 0
        share /= np.maximum(share.sum(-1, keepdims=True), 1)
        label = self.label[at].astype(np.int64) * (share > 0)
        return tuple(map(torch.from_numpy, (rows, exists, label, share)))


def rows_for(forms, static):
    """Table rows of one sentence, [n, 8]."""
    case = features.sentence_case(forms)
    return [features.rows_of(f) + (static.get(f.lower(), 0), 2 * case + (i == 0)) for i, f in enumerate(forms)]
