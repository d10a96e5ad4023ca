"""The whole path, raw text to claims, on one thread: sentences a second of processor time, peak memory, start-up.

    python benches/path.py --date YYYY-MM-DD [--binary target/release/forewarn] [--shared ../shared] [--keep]

Prints one JSON object; `--keep` also appends it to benches/runs.jsonl. Processor time is the child's user and system
time; start-up is the best of five runs on one short sentence, by the clock.
"""

import argparse
import json
import pathlib
import platform
import re
import resource
import subprocess
import tempfile
import time

TEXTS = ("wikinews_2019_2020", "us_presidential_addresses", "state_dept_milestones", "cia_factbook_prose")


def processor():
    """The processor's name as the system gives it."""
    info = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    return found[1].strip() if found else platform.processor()


def main():
    """Runs the bench."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--date", required=True)
    ask.add_argument("--binary", default="target/release/forewarn")
    ask.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    ask.add_argument("--keep", action="store_true")
    args = ask.parse_args()
    folder = args.shared / "nlp" / "unlabelled"
    if not folder.is_dir():
        print("skipped: needs ../shared")
        return
    with tempfile.TemporaryDirectory() as work:
        reports = pathlib.Path(work) / "reports.jsonl"
        with reports.open("w", encoding="utf-8") as out:
            for name in TEXTS:
                for line in (folder / f"{name}.txt").read_text(encoding="utf-8", errors="ignore").splitlines():
                    if len(line) > 50:
                        out.write(json.dumps({"text": line.strip(), "language": "en"}) + "\n")
        command = [args.binary, "code", "--threads", "1", "--format", "jsonl"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([*command, str(reports)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        claims, sentences = map(int, re.search(r"(\d+) claims in (\d+) sentences", run.stderr).groups())
        short = pathlib.Path(work) / "short.txt"
        short.write_text("Rebels attacked an army post near Goma on Monday, the army said.\n", encoding="utf-8")
        starts = []
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run([*command, str(short)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            starts.append(time.perf_counter() - begun)
        row = {
            "bench": "path/code", "date": args.date, "cpu": processor(), "bytes": reports.stat().st_size,
            "sentences": sentences, "claims": claims, "cpu_s": round(cpu, 3),
            "sentences_per_cpu_s": round(sentences / cpu), "peak_mb": round(after.ru_maxrss / 1024, 1),
            "start_to_first_claim_ms": round(1000 * min(starts), 1),
        }
    print(json.dumps(row))
    if args.keep:
        with open("benches/runs.jsonl", "a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
