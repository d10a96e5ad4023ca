"""Label unlabelled text with the teacher, keeping the four likeliest labels of every head.

Also makes copies in capitals, headline capitals and lower case, and the student's static word vectors."""

import argparse
import gzip
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from . import corpora, lemmas, minilm, vectors
from .store import KEYS, TOP
from .teacher import Examples, load
from .text import Tokeniser

EVENTS = "corpus/wikipedia_current_events_2002_2021.jsonl.gz"
RAW = {"wikinews_2019_2020": 1.0, "us_presidential_addresses": 1.0, "state_dept_milestones": 1.0,
       "cia_factbook_prose": 0.35}
TOKENISED = ("wikipedia_sentences_tokenised", "masc_written_tokenised")
OPEN = {"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"}
RECASED = {"upper": 0.03, "title": 0.05, "lower": 0.03}
SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "as", "but", "from", "with"}


def recase(form, how, first):
    """A token in another case; headlines keep small words small."""
    if how == "upper":
        return form.upper()
    if how == "lower":
        return form.lower()
    return form if form in SMALL and not first else form[:1].upper() + form[1:]


def texts(shared, rng, tokeniser):
    """Token lists of all unlabelled text, current events first."""
    folder, seen = Path(shared, "nlp/unlabelled"), set()
    with gzip.open(Path(shared, EVENTS), "rt", encoding="utf-8") as lines:
        events = [item["text"] for item in map(json.loads, lines) if item["date"] < "2022"]
    parts = [s for text in events if len(text) < 1500 for s in tokeniser.sentences(text)]
    for name, share in RAW.items():
        for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if rng.random() < share:
                parts += tokeniser.sentences(line)
    for name in TOKENISED:
        parts += [tokeniser.retokenise(l) for l in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    for forms in parts:
        key = " ".join(forms)
        if 3 <= len(forms) <= 70 and key not in seen and max(map(len, forms)) < 60:
            seen.add(key)
            yield forms


def variants(sentences, rng, times, share=0.2):
    """Sentences with some open-class words put in place of others of the same tag, so that there is more
    text of the treebank's genres for the teacher to label (compare TinyBERT, arXiv 1909.10351)."""
    pools = {}
    for s in sentences:
        for form, upos, xpos in zip(s.forms, s.upos, s.xpos):
            if upos in OPEN:
                pools.setdefault((upos, xpos, form[:1].isupper()), []).append(form)
    for _ in range(times):
        for s in sentences:
            if len(s) < 4 or len(s) > 100:
                continue
            forms = list(s.forms)
            for i, key in enumerate(zip(s.upos, s.xpos, (f[:1].isupper() for f in forms))):
                if key in pools and rng.random() < share:
                    forms[i] = rng.choice(pools[key])
            yield forms


def top(scores):
    """Labels and shares (u8) of the likeliest four."""
    value, label = torch.softmax(scores, -1).topk(TOP, -1)
    return label.to(torch.uint8).numpy(), (value * 255).round().clamp(1, 255).to(torch.uint8).numpy() * (value > 0.004).numpy()


class Context:
    """Mean encoder state of each listed word over its occurrences."""

    def __init__(self, words):
        self.index = {w: i for i, w in enumerate(words)}
        self.sum = torch.zeros(len(words) + 1, minilm.WIDTH)
        self.count = torch.zeros(len(words) + 1)

    def add(self, forms, states):
        at = torch.tensor([self.index.get(f.lower(), len(self.index)) for f in forms])
        self.sum.index_add_(0, at, states)
        self.count.index_add_(0, at, torch.ones(len(at)))

    def means(self):
        return self.sum[:-1] / self.count[:-1, None].clamp(min=1)


@torch.no_grad()
def label(models, data, context, size=2000, most=10**9):
    """Label all sentences with the mean of the teachers; yields (forms, label, share)."""
    words = 0
    order = data.batches(size, random.Random(0))
    for batch in order:
        tensors = data.tensors(batch, "ewt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outs = [m(tensors) for m in models]
        arc = torch.stack([torch.softmax(o[0], -1) for o in outs]).mean(0).clamp(min=1e-9).log()
        lengths = [len(data.items[i][0]) for i in batch]
        chosen = arc.argmax(-1)  # no tree is forced: the student learns the distribution
        scores = {"heads": arc}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rels = [m.relations(o[2], chosen) for m, o in zip(models, outs)]
        mean = lambda values: torch.stack([torch.softmax(v, -1) for v in values]).mean(0).clamp(min=1e-9).log()
        scores["rel"] = mean(rels)
        for key in outs[0][1]:
            scores[key] = mean([o[1][key] for o in outs])
        found = {k: top(v) for k, v in scores.items()}
        for j, i in enumerate(batch):
            n = lengths[j]
            forms = data.items[i][0].forms
            pair = [np.stack([found[k][x][j, :n] for k in KEYS], 1) for x in (0, 1)]
            context.add(forms, outs[0][2][2][j, :n].float())
            words += n
            yield forms, pair[0], pair[1]
        if words > most:
            return


def recased(forms, pair, how, lists):
    """A copy in another case; lemma rules that would give another lemma are unknown."""
    new = [recase(f, how, i == 0) for i, f in enumerate(forms)]
    label, share = pair[0].copy(), pair[1].copy()
    k, upos = KEYS.index("lemma"), KEYS.index("upos")
    for i, (old, form) in enumerate(zip(forms, new)):
        rule, tag = lists["lemma"][label[i, k, 0]], lists["upos"][label[i, upos, 0]]
        if lemmas.apply_rule(rule, old, tag) != lemmas.apply_rule(rule, form, tag):
            share[i, k] = 0
    return new, label, share


def main():
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", default="../shared")
    arg.add_argument("--work", default=".training")
    arg.add_argument("--teachers", nargs="+", default=["teacher"])
    arg.add_argument("--most", type=int, default=6_000_000, help="words to label at most")
    arg.add_argument("--minutes", type=float, default=60.0, help="stop labelling then")
    arg.add_argument("--variants", type=int, default=4, help="altered copies of EWT to label")
    arg.add_argument("--name", default="silver")
    arg.add_argument("--seed", type=int, default=1)
    arg = arg.parse_args()
    torch.set_num_threads(1)
    rng = random.Random(arg.seed)
    began = time.time()
    ewt, gum, gold = corpora.training_sentences(arg.shared)
    found = list(texts(arg.shared, rng, Tokeniser(ewt + gum)))
    rng.shuffle(found)
    print("sentences", len(found), "words", sum(map(len, found)), f"{time.time() - began:.0f}s", flush=True)
    gold_forms = [s.forms for s in ewt + gum + gold]
    words = vectors.frequent(found + gold_forms * 3)
    loaded = [load(f"{arg.work}/{name}.safetensors") for name in arg.teachers]
    models, lists = [m for m, _ in loaded], loaded[0][1]
    tok = minilm.tokenizer()
    context = Context(words)
    extra = [s.forms for s in gum + gold if len(s) <= 120]  # names of GUM and WikiGold text as EWT's guidelines have them
    extra += list(variants(ewt, rng, arg.variants)) + list(variants(gum, rng, 1))
    data = Examples([corpora.Sentence(forms=f) for f in extra + found], tok)
    out, total = [], 0
    for forms, label_, share in label(models, data, context, most=arg.most):
        out.append((forms, label_, share))
        total += len(forms)
        if time.time() - began > 60 * arg.minutes:
            break
        how = rng.choices(list(RECASED) + [None], list(RECASED.values()) + [1 - sum(RECASED.values())])[0]
        if how:
            out.append(recased(forms, (label_, share), how, lists))
        if total % 100000 < len(forms):
            print(len(out), "sentences", total, "words", f"{time.time() - began:.0f}s", flush=True)
    rng.shuffle(out)
    Path(arg.work, f"{arg.name}.txt").write_text("".join(" ".join(f) + "\n" for f, *_ in out), encoding="utf-8")
    np.savez(f"{arg.work}/{arg.name}.npz", label=np.concatenate([l for _, l, _ in out]), share=np.concatenate([s for *_, s in out]))
    pieces = vectors.normalised(vectors.piece_means(words, tok))
    around = vectors.normalised(context.means())
    table = vectors.reduce(torch.cat([pieces, around], 1), arg.seed)
    Path(arg.work, f"{arg.name}.vectors.json").write_text(json.dumps(words))
    save_file({"vectors": table}, f"{arg.work}/{arg.name}.vectors.safetensors")
    print("labelled", len(out), "sentences", sum(len(f) for f, *_ in out), "words", f"{time.time() - began:.0f}s", flush=True)


if __name__ == "__main__":
    main()
