"""Static word vectors of the student: principal components of what the teacher's encoder knows."""

from collections import Counter

import torch
from safetensors.torch import load_file

from . import minilm
from .network import TABLE


def frequent(sentences, most=40000, least=2):
    """The most frequent lowered words with a letter."""
    counts = Counter()
    for forms in sentences:
        counts.update(f.lower() for f in forms)
    ranked = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    return [w for w, n in ranked if n >= least and any(c.isalpha() for c in w) and len(w) <= 30][:most]


def piece_means(words, tok):
    """The mean word-piece embedding of each word."""
    table = load_file(minilm.folder() / "model.safetensors")["embeddings.word_embeddings.weight"].float()
    pieces = [tok.encode(w, add_special_tokens=False).ids or [100] for w in words]
    return torch.stack([table[p].mean(0) for p in pieces])


def reduce(x, seed=1):
    """To TABLE principal components, with row 0 for unknown words."""
    torch.manual_seed(seed)
    x = x - x.mean(0)
    _, _, v = torch.pca_lowrank(x, q=TABLE, niter=4)
    y = x @ v
    return torch.cat([torch.zeros(1, TABLE), 0.1 * y / y.std()])


def normalised(x):
    """Scaled so that the average row has length 1."""
    x = x - x.mean(0)
    return x / x.norm(dim=1).mean()
