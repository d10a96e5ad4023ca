"""Smoke test of the recipe on a few sentences of its own: python -m unittest training.test_smoke"""

import itertools
import unittest

try:
    import numpy as np
    import torch
except ImportError:
    torch = None

ROWS = [
    ("Guards", "guard", "NOUN", "NNS", "Number=Plur", 2, "nsubj", "O"),
    ("stopped", "stop", "VERB", "VBD", "Tense=Past", 0, "root", "O"),
    ("Mara", "Mara", "PROPN", "NNP", "Number=Sing", 2, "obj", "B-PER"),
    ("Quill", "Quill", "PROPN", "NNP", "Number=Sing", 3, "flat", "I-PER"),
    (".", ".", "PUNCT", ".", "_", 2, "punct", "O"),
]


@unittest.skipIf(torch is None, "needs torch")
class Smoke(unittest.TestCase):
    def setUp(self):
        from . import corpora
        col = lambda i: [r[i] for r in ROWS]
        self.sentence = corpora.Sentence(
            forms=col(0), lemmas=col(1), upos=col(2), xpos=col(3), feats=col(4), heads=col(5), rels=col(6),
            names=col(7), misc=["_", "_", "_", "SpaceAfter=No", "_"])

    def test_lemma_rules_turn_forms_into_lemmas(self):
        from .lemmas import apply_rule, rule_of
        for form, lemma, upos in (("stopped", "stop", "VERB"), ("Was", "be", "AUX"), ("UN", "UN", "PROPN"), ("Ran", "run", "VERB")):
            self.assertEqual(apply_rule(rule_of(form, lemma), form, upos), lemma)
        self.assertEqual(apply_rule("1|9|x", "Ran", "VERB"), "ran")
        self.assertEqual(apply_rule("1|9|x", "Ran", "PROPN"), "Ran")

    def test_trees_are_the_best_of_all(self):
        from . import decode
        rng = np.random.default_rng(5)
        for n in (1, 2, 3, 4, 5):
            for _ in range(20):
                scores = rng.normal(size=(n, n + 1))
                value = lambda h: sum(scores[i, h[i]] for i in range(n))
                trees = (list(h) for h in itertools.product(range(n + 1), repeat=n))
                best = max(value(h) for h in trees if decode.is_tree(h))
                self.assertAlmostEqual(value(decode.tree(scores)), best)

    def test_names_are_well_formed(self):
        from . import decode
        scores = np.array([[0.0, 1.0, 5.0], [0.0, 0.0, 5.0]])
        self.assertEqual(decode.names(scores, ["O", "B-PER", "I-PER"]), ["B-PER", "I-PER"])

    def test_tokens_follow_the_treebank(self):
        from .text import Tokeniser
        found = Tokeniser([self.sentence]).sentences("Troops didn't leave at 10:30. The U.S. paid $3.5m.")
        self.assertEqual(found[0], ["Troops", "did", "n't", "leave", "at", "10:30", "."])
        self.assertEqual(found[1][:3], ["The", "U.S.", "paid"])

    def test_sentence_case(self):
        from .features import sentence_case, shape
        cases = {"Guards near that gate stopped Mara .": 0, "Guards Stop Protest in Capital": 1, "guards stop protest": 2, "GUARDS STOP": 3, ". .": 2}
        for text, case in cases.items():
            self.assertEqual(sentence_case(text.split()), case, text)
        self.assertEqual(shape("Kovač-12345"), "Xxxxx-dddd")

    def test_a_student_trains_and_keeps_its_answers_in_int8(self):
        from . import evaluate, export, labels, quantise
        from .network import Student
        from .store import Store
        from .student import loss_of, predict
        torch.manual_seed(1)
        s = self.sentence
        index = lambda i: sorted({r[i] for r in ROWS})
        lists = {"upos": index(2), "xpos": index(3), "feats": index(4), "rel": index(6), "ner": index(7), "lemma": ["1|0|", "1|1|", "1|3|", "0|0|"]}
        store = Store({"mara": 1})
        store.add_gold(s, labels.index(lists))
        store.add_gold(s, labels.index(lists))
        store.close()
        model = Student(lists, torch.zeros(2, 96), dropout=0.0)
        opt = torch.optim.Adam(model.parameters(), lr=3e-3)
        for _ in range(30):
            (batch,) = store.batches(np.arange(2), 100, 0)
            opt.zero_grad()
            loss_of(model, *store.tensors(batch)).backward()
            opt.step()
        for _ in range(2):
            scores = evaluate.score(predict(model, [s], lists, store.static), [s])
            self.assertEqual([scores[k] for k in ("las", "upos", "lemma", "ner")], [100.0] * 4)
            if not isinstance(model.arc_dep, quantise.Int8Linear):
                tables = quantise.emulate(model, [s], store.static)
        out = export.tensors(model, tables)
        self.assertEqual(out["mix.weight"].dtype, torch.int8)
        self.assertEqual(tuple(out["conv.0.weight"].shape), (256, 384))
        self.assertEqual(tuple(out["arc.weight"].shape), (97, 96))
        self.assertEqual(tuple(out["arc_head.root"].shape), (96,))


if __name__ == "__main__":
    unittest.main()
