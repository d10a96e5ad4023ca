#!/usr/bin/env python3
"""Compare Forewarn's language engine with UDPipe 1 on the same text, one process and one thread each.

    pip install ufal.udpipe==1.4.0.1
    cargo build --release -p forewarn-language --example speed
    python benches/udpipe.py --date 2026-11-23

UDPipe's English models may not be at hand, so one is trained here on EWT, small and briefly: its speed depends on
its size, which is that of the published models, and not on how long it was trained. It is kept in `--work`.

Both are timed from raw text to tokens, tags, lemmas and trees (ours gives names too), loading left out, in seconds
of processor time, because benchmark machines are shared. One line is appended to `benches/runs.jsonl`.
"""

import argparse
import json
import subprocess
import time
from pathlib import Path

from ufal import udpipe

HERE = Path(__file__).resolve().parent
TOKENIZER = "dimension=24;epochs=2;batch_size=50;learning_rate=0.005"
TAGGER = "models=1;iterations=3"
PARSER = ("iterations=1;embedding_upostag=20;embedding_feats=20;embedding_form=50;embedding_deprel=20;hidden_layer=200;"
          "batch_size=10;learning_rate=0.02;learning_rate_final=0.001;l2=0.5;"
          "transition_system=projective;transition_oracle=dynamic")


def read(path, most):
    """The first sentences of a CoNLL-U file, as UDPipe holds them."""
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(Path(path).read_text(encoding="utf-8"))
    sentences, error = udpipe.Sentences(), udpipe.ProcessingError()
    sentence = udpipe.Sentence()
    while len(sentences) < most and reader.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        raise SystemExit(error.message)
    return sentences


def train(train_file, most, out):
    """Train a model and write it to `out`; gives the processor seconds it took."""
    began = time.process_time()
    error = udpipe.ProcessingError()
    model = udpipe.Trainer.train("morphodita_parsito", read(train_file, most), udpipe.Sentences(),
                                 TOKENIZER, TAGGER, PARSER, error)
    if error.occurred():
        raise SystemExit(error.message)
    Path(out).write_bytes(model)
    return time.process_time() - began


def run_udpipe(model, text):
    """Sentences, tokens and processor seconds of one pass."""
    tokenizer = model.newTokenizer(udpipe.Model.DEFAULT)
    # UDPipe ends a sentence at an empty line; our file has a paragraph a line.
    tokenizer.setText(text.replace("\n", "\n\n"))
    error = udpipe.ProcessingError()
    sentence, sentences, tokens = udpipe.Sentence(), 0, 0
    began = time.process_time()
    while tokenizer.nextSentence(sentence, error):
        model.tag(sentence, udpipe.Model.DEFAULT)
        model.parse(sentence, udpipe.Model.DEFAULT)
        sentences += 1
        tokens += len(sentence.words) - 1
        sentence = udpipe.Sentence()
    if error.occurred():
        raise SystemExit(error.message)
    return {"sentences": sentences, "tokens": tokens, "cpu_s": round(time.process_time() - began, 3)}


def cpu_model():
    """What the machine calls its processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown"


def main():
    arg = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arg.add_argument("--date", required=True, help="written into the ledger")
    arg.add_argument("--shared", default=HERE.parent.parent / "shared", type=Path)
    arg.add_argument("--text", default="nlp/unlabelled/wikinews_2019_2020.txt", help="within --shared, a paragraph a line")
    arg.add_argument("--bytes", default=250_000, type=int, help="how much of the text")
    arg.add_argument("--sentences", default=3000, type=int, help="how many training sentences")
    arg.add_argument("--work", default=HERE.parent / "target/udpipe", type=Path)
    arg.add_argument("--speed", default=HERE.parent / "target/release/examples/speed", type=Path)
    arg = arg.parse_args()

    arg.work.mkdir(parents=True, exist_ok=True)
    model_file = arg.work / f"ewt-{arg.sentences}.udpipe"
    if not model_file.exists():
        print(f"trained UDPipe in {train(arg.shared / 'nlp/en_ewt-ud-train.conllu', arg.sentences, model_file):.0f} s")
    text = (arg.shared / arg.text).read_text(encoding="utf-8")
    text = text[: text.rindex("\n", 0, arg.bytes) + 1]
    sample = arg.work / "sample.txt"
    sample.write_text(text, encoding="utf-8")

    theirs = run_udpipe(udpipe.Model.load(str(model_file)), text)
    ours = json.loads(subprocess.run([arg.speed, sample, "--rounds", "5", "--json"], check=True, capture_output=True).stdout)
    rate = lambda run: run["tokens"] / run["cpu_s"]
    line = {
        "bench": "language/udpipe", "date": arg.date, "cpu": cpu_model(), "text": arg.text, "bytes": len(text.encode()),
        "forewarn": ours, "udpipe": theirs, "forewarn_tokens_per_cpu_s": round(rate(ours)),
        "udpipe_tokens_per_cpu_s": round(rate(theirs)), "ratio": round(rate(ours) / rate(theirs), 1),
    }
    with open(HERE / "runs.jsonl", "a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"Forewarn {rate(ours):9.0f} tokens/s on one core ({ours['kernel']})")
    print(f"UDPipe   {rate(theirs):9.0f} tokens/s on one core")
    print(f"ratio    {rate(ours) / rate(theirs):9.1f}")


if __name__ == "__main__":
    main()
