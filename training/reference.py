"""Print what the int8 emulation says of some sentences of our own, for the Rust crate to compare with.

    python -m training.reference > crates/language/tests/reference.json
"""

import argparse
import json

import torch

from . import quantise
from .corpora import Sentence
from .export import quantised
from .student import predict

SENTENCES = """Rescue teams pulled three miners from the flooded shaft on Tuesday night .
The finance minister of Kenya , Amina Otieno , resigned after the budget vote failed .
Soldiers did n't fire on the crowd , witnesses in Port Harcourt said .
Talks between Serbia and Kosovo broke down over the 2023 border deal .
FLOODS CUT OFF TWO VILLAGES NEAR THE DAM
Union Leaders Call for a Two - Day Strike at Steel Plants
Shares in Northwind Energy Ltd. fell 12.5 % to $ 3.40 .
at least 40 people were hurt when a ferry hit the pier in manila
Who ordered the arrests of the editors , and why ?
The court in The Hague will hear the anti-war group 's appeal next month .
President Marta Kovač told the European Parliament that her government had n't received the loans it was promised .
A 5.8 - magnitude earthquake shook western Iran early on 14 May , killing a shepherd and damaging dozens of homes , the Red Crescent said ."""


def main():
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", default="../shared")
    arg.add_argument("--work", default=".training")
    arg.add_argument("--name", nargs="+", default=["student"], help="checkpoints to take the mean of")
    arg.add_argument("--vectors", default="silver")
    arg = arg.parse_args()
    torch.set_num_threads(1)
    model, lists, _, static, table, sample = quantised(arg.shared, arg.work, arg.name, arg.vectors)
    quantise.emulate(model, sample, static)
    sentences = [Sentence(forms=line.split()) for line in SENTENCES.splitlines()]
    out = []
    for s, p in zip(sentences, predict(model, sentences, lists, static, table)):
        out.append({"tokens": s.forms, **{k: p[k] for k in ("upos", "xpos", "feats", "lemma", "head", "deprel", "ner")}})
    lines = [json.dumps(s, ensure_ascii=False) for s in out]
    print('{"sentences": [\n' + ",\n".join(lines) + "\n]}")


if __name__ == "__main__":
    main()
