"""Scores: CoNLL-18 style attachment on gold tokens (subtypes stripped, punctuation counted), tag and
lemma accuracy, strict names F1."""

from .decode import spans
from .lemmas import apply_rule

BATCH_WORDS = 3000


class Tally:
    """Adds up predictions (see `predict` of the models) against annotated sentences."""

    def __init__(self, table=None):
        self.table = table or {}
        self.n = 0
        self.right = {k: 0 for k in ("uas", "las", "upos", "xpos", "feats", "lemma")}
        self.found = self.gold = self.both = 0

    def add(self, gold, pred):
        plain = lambda r: r.split(":")[0]
        self.n += len(gold)
        for i in range(len(gold)):
            arc = pred["head"][i] == gold.heads[i]
            hit = self.right
            hit["uas"] += arc
            hit["las"] += arc and plain(pred["deprel"][i]) == plain(gold.rels[i])
            hit["upos"] += pred["upos"][i] == gold.upos[i]
            hit["xpos"] += pred["xpos"][i] == gold.xpos[i]
            hit["feats"] += pred["feats"][i] == gold.feats[i]
            hit["lemma"] += pred["lemma"][i] == gold.lemmas[i]
        if gold.names:
            a, b = spans(gold.names), spans(pred["ner"])
            self.gold, self.found, self.both = self.gold + len(a), self.found + len(b), self.both + len(a & b)

    def scores(self):
        out = {k: round(100 * v / self.n, 2) for k, v in self.right.items()}
        out["ner"] = round(200 * self.both / max(1, self.found + self.gold), 2)
        out["ner_precision"] = round(100 * self.both / max(1, self.found), 2)
        out["ner_recall"] = round(100 * self.both / max(1, self.gold), 2)
        out["n_words"] = self.n
        return out


def lemma_of(table, rule, form, upos):
    """Exception first, then the rule."""
    known = table.get(f"{upos}\t{form.lower()}")
    return known if known is not None else apply_rule(rule, form, upos)


def score(predictions, sentences):
    """Scores of predictions in the order of the sentences."""
    tally = Tally()
    for gold, pred in zip(sentences, predictions):
        tally.add(gold, pred)
    return tally.scores()
