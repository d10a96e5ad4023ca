"""The teacher: MiniLM-L6 fine-tuned on every layer of annotation at once.

Arcs and relations by biaffine attention (Dozat and Manning 2017, arXiv 1611.01734), all other heads
linear over a learned mix of the encoder's layers (Peters et al. 2018)."""

import argparse
import json
import math
import os
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

from . import corpora, decode, evaluate, labels, lemmas, minilm

WEIGHTS = {"heads": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "feats": 0.4, "lemma": 0.3, "ner": 1.5}
ARC, REL = 192, 64


class Mix(nn.Module):
    """A softmax-weighted sum of layer states."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([-2.0] * (minilm.LAYERS - 1) + [0.0, 1.0]))

    def forward(self, states):
        return sum(w * s for w, s in zip(torch.softmax(self.weight, 0), states))


class Teacher(nn.Module):
    """Encoder and heads; works on word states (the first piece of each word)."""

    def __init__(self, lists):
        super().__init__()
        self.encoder = minilm.MiniLm()
        width = minilm.WIDTH
        head = lambda size: nn.Sequential(nn.Linear(width, size), nn.LeakyReLU(0.1), minilm.WordDropout(0.33))
        self.mix = nn.ModuleDict({k: Mix() for k in ("tree", "tags", "ner")})
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_dep, self.arc_head, self.rel_dep, self.rel_head = head(ARC), head(ARC), head(REL), head(REL)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.01)
        self.rel = nn.Parameter(torch.randn(len(lists["rel"]), REL + 1, REL + 1) * 0.01)
        self.tags = nn.ModuleDict({k: nn.Linear(width, len(lists[k])) for k in ("upos", "xpos", "feats", "lemma")})
        self.ner = nn.Sequential(nn.Linear(width, width), nn.GELU(), minilm.WordDropout(0.33), nn.Linear(width, len(lists["ner"])))
        self.drop = minilm.WordDropout(0.33)

    def forward(self, batch):
        """Scores of arcs [b, dep, head] and tags, and states: what relations are read from, the words' mean."""
        states = self.encoder(batch["pieces"], batch["mask"], batch["case"], batch["source"])
        first = batch["first"][:, :, None].expand(-1, -1, minilm.WIDTH)
        words = {k: self.drop(torch.gather(mix(states), 1, first)) for k, mix in self.mix.items()}
        x = words["tree"]
        heads = torch.cat([self.root.to(x.dtype).expand(len(x), 1, -1), x], 1)
        dep = F.pad(self.arc_dep(x), (0, 1), value=1.0)
        arc = (dep @ self.arc.to(dep.dtype)) @ self.arc_head(heads).transpose(1, 2)
        arc = arc.float().masked_fill(~batch["exists"][:, None, :], -1e9)
        out = {k: layer(words["tags"]).float() for k, layer in self.tags.items()}
        out["ner"] = self.ner(words["ner"]).float()
        return arc, out, (self.rel_dep(x), self.rel_head(heads), sum(words.values()) / len(words))

    def relations(self, states, heads):
        """Relation scores for the given head of each word."""
        dep, head = (F.pad(s, (0, 1), value=1.0) for s in states[:2])
        b, n, d = dep.shape
        head = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, d))
        size = self.rel.shape[0]
        left = dep.reshape(b * n, d) @ self.rel.to(dep.dtype).permute(1, 0, 2).reshape(d, size * d)
        scores = (left.view(b * n, size, d) * head.reshape(b * n, 1, d)).sum(-1)
        return scores.view(b, n, size).float()


class Examples:
    """Sentences as padded tensors, in batches of about `size` word pieces."""

    def __init__(self, sentences, tok, longest=256):
        self.items = []
        for s in sentences:
            pieces = tok.encode(s.forms, is_pretokenized=True)
            if len(pieces.ids) > longest:
                continue
            first = [None] * len(s)
            for at, word in enumerate(pieces.word_ids):
                if word is not None and first[word] is None:
                    first[word] = at
            for i, at in enumerate(first):
                if at is None:
                    first[i] = first[i - 1] if i else 0
            case = [0 if w is None else minilm.letter_case(s.forms[w]) for w in pieces.word_ids]
            self.items.append((s, pieces.ids, case, first))

    def label(self, lists):
        """Add label numbers."""
        numbers = labels.index(lists)
        self.targets = {id(s): labels.encode(s, numbers) for s, *_ in self.items}
        return self

    def batches(self, size, rng=None):
        """Batches of like length, in the order of length or shuffled when a generator is given. Lengths are
        padded to multiples of four: few shapes, whose kernels are made once."""
        order = list(range(len(self.items)))
        if rng:
            rng.shuffle(order)
        groups = {}
        for i in order:
            groups.setdefault((len(self.items[i][1]) + 3) // 4 * 4, []).append(i)
        out = []
        for width in sorted(groups):
            n = max(1, size // width)
            out += [groups[width][at : at + n] for at in range(0, len(groups[width]), n)]
        if rng:
            rng.shuffle(out)
        return out

    def tensors(self, batch, source=None):
        """Model input (and labels, when there are some) of the sentences numbered in `batch`."""
        rows = [self.items[i] for i in batch]
        pieces, words = ((max(len(r[k]) for r in rows) + 3) // 4 * 4 for k in (1, 0))
        pad = lambda values, size, fill: values + [fill] * (size - len(values))
        out = {
            "pieces": torch.tensor([pad(r[1], pieces, 0) for r in rows]),
            "case": torch.tensor([pad(r[2], pieces, 0) for r in rows]),
            "mask": torch.tensor([pad([True] * len(r[1]), pieces, False) for r in rows]),
            "first": torch.tensor([pad(r[3], words, 0) for r in rows]),
            "exists": torch.tensor([pad([True] * (len(r[0]) + 1), words + 1, False) for r in rows]),
            "source": torch.tensor([minilm.SOURCES.index(source or r[0].source) for r in rows]),
        }
        if hasattr(self, "targets"):
            for key in labels.HEADS + ("heads",):
                out["y." + key] = torch.tensor([pad(self.targets[id(r[0])][key], words, -100) for r in rows])
        return out


def loss_of(model, batch):
    """The weighted sum of the heads' cross-entropies; unknown labels do not count."""
    arc, tags, states = model(batch)
    gold = batch["y.heads"]
    scores = {"heads": arc, "rel": model.relations(states, gold.clamp(min=0)), **tags}
    total = 0.0
    for key, value in scores.items():
        y = batch["y." + key].flatten()
        if (y >= 0).any():
            total = total + WEIGHTS[key] * F.cross_entropy(value.flatten(0, 1), y, ignore_index=-100)
    return total


@torch.no_grad()
def predict(model, sentences, lists, tok, table=None, source="ewt", size=4000):
    """Decoded predictions, in the order of the sentences."""
    model.eval()
    data = Examples(sentences, tok, longest=512)
    out = {}
    for batch in data.batches(size):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            arc, tags, states = model(data.tensors(batch, source))
            heads = [decode.tree(arc[j, : len(data.items[i][0]), : len(data.items[i][0]) + 1].numpy())
                     for j, i in enumerate(batch)]
            chosen = torch.tensor([h + [0] * (arc.shape[1] - len(h)) for h in heads])
            rel = model.relations(states, chosen).argmax(-1)
        best = {k: v.argmax(-1) for k, v in tags.items()}
        for j, i in enumerate(batch):
            s = data.items[i][0]
            n = len(s)
            pick = lambda k: [lists[k][x] for x in best[k][j, :n].tolist()]
            p = {"head": heads[j], "deprel": [lists["rel"][x] for x in rel[j, :n].tolist()],
                 "upos": pick("upos"), "xpos": pick("xpos"), "feats": pick("feats"),
                 "ner": decode.names(torch.log_softmax(tags["ner"][j, :n], -1).numpy(), lists["ner"])}
            p["lemma"] = [evaluate.lemma_of(table or {}, r, f, u) for r, f, u in zip(pick("lemma"), s.forms, p["upos"])]
            out[id(s)] = p
    model.train()
    return [out[id(s)] for s in sentences]


def save(model, lists, path):
    """Half-precision weights without the frozen word pieces, and the label lists beside them."""
    state = {k: v.half().contiguous() for k, v in model.state_dict().items() if k != "encoder.word.weight"}
    save_file(state, path)
    Path(path).with_suffix(".labels.json").write_text(json.dumps(lists))


def load(path):
    """A saved teacher and its label lists."""
    lists = json.loads(Path(path).with_suffix(".labels.json").read_text())
    model = Teacher(lists)
    model.encoder.load_base()
    model.load_state_dict({k: v.float() for k, v in load_file(path).items()}, strict=False)
    return model.eval(), lists


def main():
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", default="../shared")
    arg.add_argument("--work", default=".training")
    arg.add_argument("--minutes", type=float, default=40.0, help="the schedule ends at the epochs or here")
    arg.add_argument("--epochs", type=int, default=12)
    arg.add_argument("--batch", type=int, default=1600, help="word pieces in a batch")
    arg.add_argument("--rate", type=float, default=2.5e-4)
    arg.add_argument("--head-rate", type=float, default=2e-3)
    arg.add_argument("--seed", type=int, default=1)
    arg.add_argument("--bench", type=int, default=0)
    arg = arg.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arg.seed)
    rng = random.Random(arg.seed)
    ewt, gum, gold = corpora.training_sentences(arg.shared)
    dev = corpora.dev_sentences(arg.shared)
    lists, tok = labels.inventories(ewt, gum), minilm.tokenizer()
    table = lemmas.exceptions(ewt + gum)
    data = Examples(ewt + gum + gold, tok).label(lists)
    words = sum(len(s) for s, *_ in data.items)
    print("sentences", len(data.items), "words", words, {k: len(v) for k, v in lists.items()}, flush=True)
    model = Teacher(lists)
    model.encoder.load_base().word.weight.requires_grad_(False)
    fresh = ("encoder.case", "encoder.source")
    base = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder") and not n.startswith(fresh)]
    other = [p for n, p in model.named_parameters() if not n.startswith("encoder") or n.startswith(fresh)]
    opt = torch.optim.AdamW([{"params": base, "lr": arg.rate}, {"params": other, "lr": arg.head_rate}],
                            betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rates = [g["lr"] for g in opt.param_groups]
    steps = len(data.batches(arg.batch, random.Random(0))) * arg.epochs
    step, began, total = 0, time.time(), 0.0
    for epoch in range(arg.epochs):
        for batch in data.batches(arg.batch, rng):
            done = max(step / steps, (time.time() - began) / (60 * arg.minutes))
            if done >= 1:
                break
            scale = min(1.0, (step + 1) / 200) * (1 - done)
            for group, rate in zip(opt.param_groups, rates):
                group["lr"] = rate * scale
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, data.tensors(batch))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(base + other, 1.0)
            opt.step()
            total += loss.item()
            step += 1
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {total / 100:.3f} {time.time() - began:.0f}s", flush=True)
                total = 0.0
            if step == arg.bench:
                return
        scores = evaluate.score(predict(model, dev, lists, tok, table), dev)
        print(f"epoch {epoch} {time.time() - began:.0f}s {scores}", flush=True)
        save(model, lists, f"{arg.work}/teacher.safetensors")
        if done >= 1:
            break


if __name__ == "__main__":
    main()
