"""Readers of the annotated corpora.

Trees: Universal Dependencies English EWT and the parts of GUM without a non-commercial clause (CoNLL-U).
Names: Universal NER (UNER, arXiv 2311.09122) over EWT, GUM's entity layer mapped to it, and WikiGold
(Balasuriya et al. 2009). All are brought to PER, ORG and LOC in BIO.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("PER", "ORG", "LOC")
NAME_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass
class Sentence:
    """One sentence; `heads` is None for text with names only, a name tag of None is unknown."""

    forms: list
    source: str = "ewt"
    lemmas: list = None
    upos: list = None
    xpos: list = None
    feats: list = None
    heads: list = None
    rels: list = None
    names: list = None
    ident: str = ""
    misc: list = field(default=None, repr=False)

    def __len__(self):
        return len(self.forms)


def sha256(path):
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def blocks(path):
    """The blank-line separated blocks of a column file, as lists of lines."""
    block = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line:
                block.append(line)
            elif block:
                yield block
                block = []
    if block:
        yield block


def read_conllu(path, source):
    """Sentences of a CoNLL-U file; ranges and empty nodes are left out."""
    sentences = []
    for block in blocks(path):
        rows = [line.split("\t") for line in block if line[0] != "#"]
        rows = [r for r in rows if r[0].isdigit()]
        ident = next((l.split(" = ", 1)[1] for l in block if l.startswith("# sent_id")), "")
        col = lambda i: [r[i] for r in rows]
        sentences.append(Sentence(
            forms=col(1), source=source, lemmas=col(2), upos=col(3), xpos=col(4), feats=col(5),
            heads=[int(h) if h.isdigit() else 0 for h in col(6)], rels=col(7), ident=ident, misc=col(9)))
    return sentences


def clean_tags(tags):
    """Keep PER, ORG and LOC and make the tags well-formed BIO."""
    out, last = [], "O"
    for tag in tags:
        if tag is not None and tag[2:] not in KINDS:
            tag = "O"
        if tag and tag[0] == "I" and (last is None or last[2:] != tag[2:]):
            tag = "B" + tag[1:]
        out.append(tag)
        last = tag
    return out


def project(tags, forms, onto):
    """Carry BIO tags from one tokenisation of a text to another by characters; None if the texts differ."""
    if "".join(forms) != "".join(onto):
        return None
    chars = []
    for tag, form in zip(tags, forms):
        chars += [tag] + ["I" + tag[1:] if tag != "O" else "O"] * (len(form) - 1)
    out, at = [], 0
    for form in onto:
        out.append(chars[at])
        at += len(form)
    return clean_tags(out)


def read_uner(path):
    """Universal NER file: sentence id -> (forms, tags)."""
    out = {}
    for block in blocks(path):
        rows = [line.split("\t") for line in block if line[0] != "#"]
        ident = next((l.split(" = ", 1)[1] for l in block if l.startswith("# sent_id")), "")
        out[ident] = ([r[1] for r in rows], clean_tags([r[2] for r in rows]))
    return out


def add_uner(sentences, path):
    """Attach UNER's names to the trees of the same sentences."""
    names = read_uner(path)
    for s in sentences:
        if s.ident in names:
            forms, tags = names[s.ident]
            s.names = tags if len(forms) == len(s) else project(tags, forms, s.forms)
    return sentences


def read_wikigold(path):
    """WikiGold (IOB1, four kinds): names only; MISC is unknown, not O."""
    sentences = []
    for block in blocks(path):
        rows = [l.rsplit(" ", 1) for l in block if not l.startswith("-DOCSTART-")]
        if not rows:
            continue
        tags, last = [], ""
        for _, tag in rows:
            first = tag[0] == "B" or tag[2:] != last
            last = tag[2:]
            tags.append("O" if tag == "O" else None if last == "MISC" else ("B-" if first else "I-") + last)
        sentences.append(Sentence(forms=[r[0] for r in rows], source="wikigold", names=clean_tags(tags)))
    return sentences


def gum_mentions(s):
    """GUM's entity mentions: (first, end, kind), from the bracket notation of MISC `Entity=`."""
    opened, found = {}, []
    for i, misc in enumerate(s.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", value):
            ident = re.match(r"\(?([^-()]+)", piece).group(1)
            if piece[0] == "(":
                opened.setdefault(ident, []).append((i, piece[1:].rstrip(")").split("-")[1]))
            if piece[-1] == ")" and opened.get(ident):
                start, kind = opened[ident].pop()
                found.append((start, i + 1, kind))
    return found


def name_core(s, start, end, kind):
    """The proper-name part of a mention: the run of proper nouns about its head, with `of` phrases
    inside organisations and places; None when the head is no proper noun."""
    head = next((i for i in range(start, end) if not start < s.heads[i] <= end), None)
    if head is None or s.upos[head] != "PROPN":
        return None
    a = b = head
    while a > start and s.upos[a - 1] == "PROPN":
        a -= 1
    while b + 1 < end:
        if s.upos[b + 1] == "PROPN":
            b += 1
        elif kind != "PER" and s.forms[b + 1].lower() in ("of", "for", "and", "the", "-", "&"):
            nxt = b + 2 + (b + 2 < end and s.forms[b + 2].lower() == "the")
            if nxt >= end or s.upos[nxt] != "PROPN":
                break
            b = nxt
        else:
            break
    return a, b + 1


def add_gum_names(sentences):
    """Names for GUM from its entity layer (its own guidelines: a teacher sees them as another source)."""
    for s in sentences:
        s.names = ["O"] * len(s)
        spans = []
        for start, end, etype in gum_mentions(s):
            kind = GUM_KINDS.get(etype)
            core = kind and name_core(s, start, end, kind)
            if core:
                spans.append((core[0] - core[1], core, kind))
        for _, (a, b), kind in sorted(spans):
            if all(t == "O" for t in s.names[a:b]):
                s.names[a:b] = [f"B-{kind}"] + [f"I-{kind}"] * (b - a - 1)
    return sentences


FILES = {
    "ewt": "nlp/en_ewt-ud-train.conllu", "ewt_names": "nlp/uner_ewt_train_v0.iob2",
    "gum": "nlp/gum_nonNC_train.conllu", "wikigold": "nlp/wikigold.conll.txt",
    "dev": "nlp/en_ewt-ud-dev.conllu", "dev_names": "nlp/en_ewt-ud-dev.iob2",
    "gum_dev": "nlp/gum_nonNC_dev.conllu",
}


def training_sentences(shared):
    """All annotated training text: EWT with UNER names, GUM with its names, WikiGold."""
    at = lambda key: Path(shared) / FILES[key]
    ewt = add_uner(read_conllu(at("ewt"), "ewt"), at("ewt_names"))
    gum = add_gum_names(read_conllu(at("gum"), "gum"))
    return ewt, gum, read_wikigold(at("wikigold"))


def dev_sentences(shared):
    """EWT's development part with UNER's names."""
    at = lambda key: Path(shared) / FILES[key]
    return add_uner(read_conllu(at("dev"), "ewt"), at("dev_names"))
