"""Label inventories of the heads, in a fixed order (most frequent first, then alphabetical)."""

from collections import Counter

from .corpora import NAME_TAGS
from .lemmas import rule_of

HEADS = ("upos", "xpos", "feats", "lemma", "ner", "rel")
LEAST = {"upos": 1, "xpos": 1, "feats": 2, "lemma": 3, "rel": 1}


def inventories(ewt, gum):
    """Label lists from the training trees; FEATS strings come from EWT, the guidelines followed."""
    counts = {k: Counter() for k in LEAST}
    for s in ewt + gum:
        counts["upos"].update(s.upos)
        counts["xpos"].update(s.xpos)
        counts["rel"].update(s.rels)
        counts["lemma"].update(map(rule_of, s.forms, s.lemmas))
        if s.source == "ewt":
            counts["feats"].update(s.feats)
    lists = {k: [t for t, n in sorted(c.items(), key=lambda x: (-x[1], x[0])) if n >= LEAST[k]]
             for k, c in counts.items()}
    return {**lists, "ner": NAME_TAGS}


def encode(sentence, lists_index):
    """Label numbers of a sentence by head; -100 where unknown. Also `heads` (arcs)."""
    n = len(sentence)
    none = [-100] * n
    at = lambda k, values: [lists_index[k].get(v, -100) for v in values]
    out = {k: none for k in HEADS + ("heads",)}
    if sentence.heads is not None:
        out.update(heads=sentence.heads, upos=at("upos", sentence.upos), xpos=at("xpos", sentence.xpos),
                   feats=at("feats", sentence.feats), rel=at("rel", sentence.rels),
                   lemma=at("lemma", map(rule_of, sentence.forms, sentence.lemmas)))
    if sentence.names is not None:
        out["ner"] = at("ner", sentence.names)
    return out


def index(lists):
    """Label -> number, for every head."""
    return {k: {t: i for i, t in enumerate(v)} for k, v in lists.items()}
