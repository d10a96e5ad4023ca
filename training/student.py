"""Train the student on gold trees and the teacher's soft labels (Hinton et al. 2015, arXiv 1503.02531)."""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from . import corpora, decode, evaluate, labels, lemmas
from .network import DILATIONS, Student
from .store import KEYS, Store, rows_for

WEIGHTS = {"heads": 1.0, "rel": 1.0, "upos": 0.6, "xpos": 0.4, "feats": 0.3, "lemma": 0.3, "ner": 1.2}


def soft_loss(scores, label, share):
    """Cross-entropy with the shared-out targets, over the tokens that have any."""
    logp = torch.log_softmax(scores.float(), -1)
    known = share[..., 0] > 0
    picked = torch.gather(logp, -1, label)
    return -(share * picked).sum() / known.sum().clamp(min=1)


def loss_of(model, rows, exists, label, share):
    """The weighted sum over the heads; the relation is read at the likeliest head."""
    states, arc, tags = model(rows, exists)
    best = label[:, :, KEYS.index("heads"), 0]
    scores = {"heads": arc, "rel": model.relations(states, best), **tags}
    total = 0.0
    for k, key in enumerate(KEYS):
        total = total + WEIGHTS[key] * soft_loss(scores[key], label[:, :, k], share[:, :, k])
    return total


@torch.no_grad()
def predict(model, sentences, lists, static, table=None, size=4000):
    """Decoded predictions, in the order of the sentences; `model` is a Student or its int8 emulation."""
    model.eval()
    out = {}
    order = sorted(sentences, key=len)
    while order:
        longest = len(order[-1])
        batch = [order.pop() for _ in range(min(len(order), max(1, size // longest)))]
        rows = torch.zeros(len(batch), longest, 8, dtype=torch.int64)
        exists = torch.zeros(len(batch), longest, dtype=torch.bool)
        for j, s in enumerate(batch):
            rows[j, : len(s)] = torch.tensor(rows_for(s.forms, static))
            exists[j, : len(s)] = True
        states, arc, tags = model(rows, exists)
        heads = [decode.tree(arc[j, : len(s), : len(s) + 1].numpy()) for j, s in enumerate(batch)]
        chosen = torch.tensor([h + [0] * (longest - len(h)) for h in heads])
        rel = model.relations(states, chosen).argmax(-1)
        best = {k: v.argmax(-1) for k, v in tags.items()}
        for j, s in enumerate(batch):
            pick = lambda k: [lists[k][x] for x in best[k][j, : len(s)].tolist()]
            p = {"head": heads[j], "deprel": [lists["rel"][x] for x in rel[j, : len(s)].tolist()],
                 "upos": pick("upos"), "xpos": pick("xpos"), "feats": pick("feats"),
                 "ner": decode.names(tags["ner"][j, : len(s)].numpy(), lists["ner"])}
            rules = zip(pick("lemma"), s.forms, p["upos"])
            p["lemma"] = [evaluate.lemma_of(table or {}, r, f, u) for r, f, u in rules]
            out[id(s)] = p
    model.train()
    return [out[id(s)] for s in sentences]


class Average:
    """A running mean of the weights, taken every few steps."""

    def __init__(self, model, decay=0.99, every=10):
        self.decay, self.every, self.step = decay, every, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model):
        self.step += 1
        if self.step % self.every == 0:
            keep = min(self.decay, self.step / self.every / (10 + self.step / self.every))
            for k, v in model.state_dict().items():
                self.state[k].lerp_(v, 1 - keep)


def averaged(model, state):
    """The model with other weights, for a look at the scores; gives back the old ones on exit."""
    old = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return old


def mean_of(work, names):
    """The mean of the weights of some checkpoints."""
    parts = [load_file(f"{work}/{name}.safetensors") for name in names]
    return {k: sum(p[k] for p in parts) / len(parts) for k in parts[0]}


def build(arg):
    """Gold and silver examples in one store; and how many sentences are gold."""
    ewt, gum, _ = corpora.training_sentences(arg.shared)
    lists = labels.inventories(ewt, gum)
    words = json.loads(Path(arg.work, f"{arg.vectors}.vectors.json").read_text())
    vectors = load_file(f"{arg.work}/{arg.vectors}.vectors.safetensors")["vectors"]
    store = Store({w: i + 1 for i, w in enumerate(words)})
    numbers = labels.index(lists)
    for s in gum:
        s.names = None if arg.silver else s.names  # its own guidelines: the teacher's names are used instead
    gold = [s for s in ewt + gum if 1 <= len(s) < 200]
    for s in gold:
        store.add_gold(s, numbers)
    if arg.silver:
        silver, at = np.load(f"{arg.work}/{arg.silver}.npz"), 0
        label, share = silver["label"], silver["share"]
        for line in Path(arg.work, f"{arg.silver}.txt").read_text(encoding="utf-8").splitlines():
            forms = line.split(" ")
            store.add(forms, label[at : at + len(forms)], share[at : at + len(forms)])
            at += len(forms)
    return store.close(), len(gold), lists, words, vectors, lemmas.exceptions(ewt + gum)


def main():
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", default="../shared")
    arg.add_argument("--work", default=".training")
    arg.add_argument("--silver", default="", help="name of what training.silver wrote; gold only without")
    arg.add_argument("--vectors", default="silver", help="name of the word vectors training.silver wrote")
    arg.add_argument("--out", default="student")
    arg.add_argument("--init", nargs="*", default=[], help="start from the mean of these checkpoints")
    arg.add_argument("--until", type=float, default=1.0, help="stop at this share of the schedule")
    arg.add_argument("--minutes", type=float, default=50.0)
    arg.add_argument("--epochs", type=float, default=20.0)
    arg.add_argument("--gold", type=int, default=3, help="passes over the gold part in an epoch")
    arg.add_argument("--batch", type=int, default=2500)
    arg.add_argument("--rate", type=float, default=2.5e-3)
    arg.add_argument("--dropout", type=float, default=0.1)
    arg.add_argument("--hidden", type=float, default=0.0, help="share of words whose own rows are hidden")
    arg.add_argument("--seed", type=int, default=1)
    arg.add_argument("--looks", type=int, default=6, help="evaluations on the way")
    arg = arg.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arg.seed)
    random.seed(arg.seed)
    store, gold, lists, words, vectors, table = build(arg)
    static = store.static
    dev = corpora.dev_sentences(arg.shared)
    model = Student(lists, vectors, DILATIONS, arg.dropout, arg.hidden)
    if arg.init:
        model.load_state_dict(mean_of(arg.work, arg.init))
    tables = [p for n, p in model.named_parameters() if n.startswith("tables")]
    dense = [p for n, p in model.named_parameters() if not n.startswith("tables")]
    print("sentences", len(store.lengths), "gold", gold, "tokens", store.lengths.sum(),
          "dense", sum(p.numel() for p in dense), "tables", sum(p.numel() for p in tables), flush=True)
    opt = torch.optim.AdamW([{"params": tables, "weight_decay": 0.0}, {"params": dense, "weight_decay": 0.01}],
                            lr=arg.rate, betas=(0.9, 0.98), fused=True)
    mean = Average(model)
    chosen = np.concatenate([np.tile(np.arange(gold), arg.gold), np.arange(gold, len(store.lengths))])
    tokens = store.lengths[chosen].sum() * arg.epochs
    began, step, seen, epoch, done, total, look = time.time(), 0, 0, 0, 0.0, 0.0, 0
    while done < arg.until:
        for batch in store.batches(chosen, arg.batch, arg.seed * 1000 + epoch):
            done = max(seen / tokens, (time.time() - began) / (60 * arg.minutes))
            if done >= arg.until:
                break
            for group in opt.param_groups:
                group["lr"] = arg.rate * min(1.0, (step + 1) / 200) * max(0.01, 1 - done)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, *store.tensors(batch))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 1.0)
            opt.step()
            mean.update(model)
            step, seen, total = step + 1, seen + store.lengths[batch].sum(), total + loss.item()
            if step % 200 == 0:
                spent = time.time() - began
                print(f"step {step} done {done:.3f} loss {total / 200:.3f} {seen / spent:.0f} words/s {spent:.0f}s", flush=True)
                total = 0.0
            if done * arg.looks >= look + 1:
                look += 1
                report(model, mean, dev, lists, static, table, arg, f"done {done:.2f}", f"{arg.out}-{look}")
        epoch += 1
    report(model, mean, dev, lists, static, table, arg, f"end, {seen} tokens, {time.time() - began:.0f}s", arg.out)


def report(model, mean, dev, lists, static, table, arg, when, name):
    """Print the averaged weights' scores and keep them."""
    old = averaged(model, mean.state)
    scores = evaluate.score(predict(model, dev, lists, static, table), dev)
    print(when, scores, flush=True)
    save_file({k: v.contiguous() for k, v in mean.state.items()}, f"{arg.work}/{name}.safetensors")
    model.load_state_dict(old)


if __name__ == "__main__":
    main()
