"""Quantise a student and write the model file of `docs/model-format.md`."""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from . import corpora, evaluate, labels, lemmas, quantise
from .network import DILATIONS, WIDTH, Student
from .student import mean_of, predict

NAMES = {"mix.linear": "mix", "arc_dep": "arc_dep", "arc_head": "arc_head", "rel_dep": "rel_dep",
         "rel_head": "rel_head", "rel_out": "rel_out"}
LICENCE = "CC-BY-SA-4.0"


def file_name(name):
    """Name in the file of a module of the network."""
    if name.startswith("tags."):
        return name[5:]
    if name.startswith("conv."):
        return name.removesuffix(".linear")
    return NAMES[name]


def pairs():
    """Output order that interleaves the two halves of a maxout."""
    return torch.arange(2 * WIDTH).reshape(2, WIDTH).T.flatten()


@torch.no_grad()
def tensors(model, tables):
    """All tensors of the file, from an int8 emulation."""
    out = {}
    for name, (weight, scale) in tables.items():
        out[f"{name}.weight"], out[f"{name}.scale"] = weight, scale
    for name, module in model.named_modules():
        if isinstance(module, quantise.Int8Linear):
            to = file_name(name)
            order = pairs() if name.endswith(".linear") else torch.arange(len(module.bias))
            out[f"{to}.weight"] = module.weight[order].to(torch.int8).contiguous()
            out[f"{to}.scale"] = module.scale[order].contiguous()
            out[f"{to}.bias"] = module.bias[order].contiguous()
            out[f"{to}.input"] = torch.stack([module.input_scale, module.zero])
        elif isinstance(module, torch.nn.LayerNorm):
            to = "norm." + name.removesuffix(".norm")
            out[f"{to}.weight"], out[f"{to}.bias"] = module.weight.detach().clone(), module.bias.detach().clone()
    out["arc.weight"] = model.arc.detach().clone()
    root = model.root[None]
    out["arc_head.root"] = torch.nn.functional.leaky_relu(model.arc_head(root), 0.1)[0]
    out["rel_head.root"] = model.rel_head(root)[0]
    return out


def load_student(work, names, lists, vectors):
    """A trained student's float network: the mean of some checkpoints."""
    model = Student(lists, vectors, DILATIONS)
    model.load_state_dict(mean_of(work, names))
    return model.eval()


def quantised(shared, work, names, vectors):
    """A trained student, not yet int8, and all that `emulate` and `predict` take with it."""
    ewt, gum, _ = corpora.training_sentences(shared)
    lists = labels.inventories(ewt, gum)
    words = json.loads(Path(work, f"{vectors}.vectors.json").read_text())
    static = {w: i + 1 for i, w in enumerate(words)}
    model = load_student(work, names, lists, load_file(f"{work}/{vectors}.vectors.safetensors")["vectors"])
    sample = ewt[::30] + gum[::30]
    return model, lists, words, static, lemmas.exceptions(ewt + gum), sample


def main():
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", default="../shared")
    arg.add_argument("--work", default=".training")
    arg.add_argument("--name", nargs="+", default=["student"], help="checkpoints to take the mean of")
    arg.add_argument("--vectors", default="silver", help="name of the word vectors training.silver wrote")
    arg.add_argument("--out", default="models/en-student.safetensors")
    arg.add_argument("--recipe", default="training/README.md")
    arg = arg.parse_args()
    torch.set_num_threads(1)
    model, lists, words, static, table, sample = quantised(arg.shared, arg.work, arg.name, arg.vectors)
    dev = corpora.dev_sentences(arg.shared)
    print("float", evaluate.score(predict(model, dev, lists, static, table), dev))
    tables = quantise.emulate(model, sample, static)
    scores = evaluate.score(predict(model, dev, lists, static, table), dev)
    print("int8", scores)
    data = {f: corpora.sha256(Path(arg.shared, f)) for f in corpora.FILES.values()}
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    meta = {
        "format": "forewarn-student-1", "dilations": ",".join(map(str, DILATIONS)),
        **{f"labels.{k}": dump(lists[k]) for k in labels.HEADS}, "vector.words": dump(words),
        "lemma.exceptions": dump(table), "scores": dump(scores), "recipe": arg.recipe,
        "licence": LICENCE, "data": dump(data),
    }
    Path(arg.out).parent.mkdir(exist_ok=True)
    save_file({k: v.contiguous() for k, v in tensors(model, tables).items()}, arg.out, metadata=meta)
    print(arg.out, Path(arg.out).stat().st_size, "bytes")


if __name__ == "__main__":
    main()
