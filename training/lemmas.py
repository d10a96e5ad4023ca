"""Lemma rules and exceptions, as `docs/model-format.md` defines them."""

from collections import Counter, defaultdict


def rule_of(form, lemma):
    """The edit rule that turns `form` into `lemma`."""
    low = lemma == lemma.lower()
    base = form.lower() if low else form
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    if same == 0 and lemma:
        return "=" + lemma
    return f"{int(low)}|{len(base) - same}|{lemma[same:]}"


def apply_rule(rule, form, upos):
    """The lemma a rule gives; a rule that does not fit leaves the (lowered) form."""
    if rule.startswith("=") and len(rule) > 1:
        return rule[1:]
    low, cut, add = rule.split("|", 2)
    base = form.lower() if low == "1" else form
    if int(cut) > len(base):
        return form if upos == "PROPN" else form.lower()
    return base[: len(base) - int(cut)] + add


def exceptions(sentences, least=2, share=0.95):
    """Lemmas to look up: pairs (UPOS, lowered form) that are frequent, (almost) always have one lemma,
    and whose form a rule could get wrong. Proper nouns are left to the rules."""
    seen = defaultdict(Counter)
    for s in sentences:
        for form, lemma, upos, feats in zip(s.forms, s.lemmas, s.upos, s.feats):
            if "Typo=Yes" not in feats:
                seen[upos, form.lower()][lemma] += 1
    table = {}
    for (upos, low), lemmas in sorted(seen.items()):
        lemma, n = lemmas.most_common(1)[0]
        total = sum(lemmas.values())
        if upos in ("PROPN", "PUNCT", "NUM", "X", "SYM") or lemma == "_":
            continue
        if total >= least and n / total >= share and (lemma != low or low[-1:] in "sdg"):
            table[f"{upos}\t{low}"] = lemma
    return table
