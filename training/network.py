"""The student network of `docs/model-format.md`, in float for training."""

import torch
import torch.nn.functional as F
from torch import nn

from .features import CASE_ROWS, ROWS
from .minilm import WordDropout

TABLE, WIDTH, ARC, REL = 96, 128, 96, 128
DILATIONS = (1, 1, 2, 4, 8, 1)
TAGS = ("upos", "xpos", "feats", "lemma", "ner")


class Larger(torch.autograd.Function):
    """The larger of two halves; the whole gradient goes to it (less work than torch.maximum's ties)."""

    @staticmethod
    def forward(ctx, x):
        a, b = x.chunk(2, -1)
        ctx.save_for_backward(a >= b)
        return torch.maximum(a, b)

    @staticmethod
    def backward(ctx, grad):
        (first,) = ctx.saved_tensors
        a = grad * first
        return torch.cat([a, grad - a], -1)


class Maxout(nn.Module):
    """Linear to twice the width and the larger of each pair. The pairs are (i, i + WIDTH) here, which
    torch computes faster; `export` interleaves them to (2i, 2i + 1)."""

    def __init__(self, size):
        super().__init__()
        self.linear = nn.Linear(size, 2 * WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x):
        return self.norm(Larger.apply(self.linear(x)))


class Student(nn.Module):
    """Hashed features, dilated convolutions with maxout, and the heads."""

    def __init__(self, lists, vectors, dilations=DILATIONS, dropout=0.1, hidden=0.0):
        super().__init__()
        self.tables = nn.ModuleDict({k: nn.Embedding(n, TABLE) for k, n in ROWS.items()})
        self.tables["case"] = nn.Embedding(CASE_ROWS, TABLE)
        for name, table in self.tables.items():
            nn.init.normal_(table.weight, std=0.02 if name == "case" else 0.1)
        self.tables["vector"] = nn.Embedding.from_pretrained(vectors.clone(), freeze=False)
        self.dilations = dilations
        self.mix = Maxout(4 * TABLE)
        self.conv = nn.ModuleList(Maxout(3 * WIDTH) for _ in dilations)
        self.tags = nn.ModuleDict({k: nn.Linear(WIDTH, len(lists[k])) for k in TAGS})
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.05)
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.rel_out = nn.Linear(REL, len(lists["rel"]))
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.drop = WordDropout(dropout)
        self.hidden = hidden  # how often, in training, a word's own rows are hidden

    def inputs(self, rows):
        """Concatenated features of rows [..., 8]: the six hashed rows, the static word, the place."""
        if self.training and self.hidden:
            rows = rows.clone()
            shown = torch.rand(rows.shape[:-1]) >= self.hidden
            rows[..., :2] *= shown[..., None]
            rows[..., 6] *= torch.rand(shown.shape) >= self.hidden
        t, r = self.tables, rows.unbind(-1)
        word = t["form"](r[0]) + t["form"](r[1]) + t["vector"](r[6])
        suffix = t["suffix"](r[3]) + t["suffix"](r[4])
        return torch.cat([word, t["prefix"](r[2]), suffix, t["shape"](r[5]) + t["case"](r[7])], -1)

    def encode(self, rows, exists):
        """Token states [b, n, WIDTH]."""
        mask = exists[..., None].to(self.root.dtype)
        x = self.mix(self.drop(self.inputs(rows))) * mask
        for d, layer in zip(self.dilations, self.conv):
            wide = F.pad(x, (0, 0, d, d))
            n = x.shape[1]
            near = torch.cat([wide[:, :n], x, wide[:, 2 * d:]], -1)
            x = x + layer(near) * mask
        return x

    def forward(self, rows, exists):
        """States for the heads, arc scores [b, dep, head] and tag scores."""
        x = self.drop(self.encode(rows, exists))
        heads = torch.cat([self.root.expand(len(x), 1, -1), x], 1)
        dep = F.pad(F.leaky_relu(self.arc_dep(x), 0.1), (0, 1), value=1.0)
        arc = (dep @ self.arc) @ F.leaky_relu(self.arc_head(heads), 0.1).transpose(1, 2)
        seen = F.pad(exists, (1, 0), value=True)
        arc = arc.masked_fill(~seen[:, None, :], -1e9)
        return (x, heads), arc, {k: layer(x) for k, layer in self.tags.items()}

    def relations(self, states, heads):
        """Relation scores for the given head of each token."""
        x, h = states
        chosen = torch.gather(self.rel_head(h), 1, heads[:, :, None].expand(-1, -1, REL))
        return self.rel_out(F.leaky_relu(self.rel_dep(x) + chosen, 0.1))
