#!/usr/bin/env python3
"""Asks the desk all that its OpenAPI document allows, and much that it does not.

    python3 tests/desk/schemathesis.py http://127.0.0.1:8080

Needs `schemathesis` (PyPI) beside this Python, and a desk that holds at least one report. Starts nothing, asks loopback
only, ends within a minute or so. Exit code 0: no server error, no undocumented status, media type or shape, nothing
accepted that the document forbids, no method that should not be there; 1: a finding; 2: it could not be run.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

# Left out, and why:
# positive_data_acceptance: `q` is any text to the document; only the reader of filters knows which texts are filters.
# ignored_auth: on loopback reading is open; the bearer token is tested in crates/server/tests.
LEFT_OUT = "positive_data_acceptance,ignored_auth"
EXAMPLES = "25"
SECONDS = "45"


def fetch(base, path):
    with urllib.request.urlopen(base + path, timeout=10) as answer:
        return json.load(answer)


def known(base):
    """Values for the names of paths, so that more than "not found" is seen."""
    events = fetch(base, "/v1/events?limit=1&q=set:forewarn")["rows"]
    incidents = fetch(base, "/v1/incidents?limit=1")["rows"]
    if not events or not incidents:
        sys.exit("the desk holds no claims: read some reports in first")
    return {
        "events": events[0]["claim_id"],
        "incidents": incidents[0]["incident_id"],
        "reports": events[0]["report_id"],
        "a": "SRB",
        "b": "XKX",
        "c": "XKX",
        "code": "XKX",
        "type": "ASSAULT",
    }


def with_examples(document, values):
    for path, methods in document["paths"].items():
        kind = path.split("/{")[0].rsplit("/", 1)[-1]
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    name = parameter["name"]
                    value = values.get(name) or values.get(kind)
                    if value is not None:
                        parameter["example"] = value
    return document


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    base = sys.argv[1].rstrip("/")
    if urllib.parse.urlsplit(base).hostname not in ("127.0.0.1", "localhost", "::1"):
        print(f"{base} is not loopback: this is for a desk on this machine", file=sys.stderr)
        return 2
    program = pathlib.Path(sys.executable).with_name("schemathesis")
    if not program.exists():
        print(f"{program.name} is not beside {sys.executable}: pip install schemathesis", file=sys.stderr)
        return 2
    document = with_examples(fetch(base, "/v1/openapi.json"), known(base))
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "openapi.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        command = [
            str(program), "run", str(file), "--url", base, "--checks", "all", "--exclude-checks", LEFT_OUT,
            "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--max-time", SECONDS,
            "--continue-on-failure", "--no-color", "--seed", "20230924", "--request-timeout", "30", "--warnings", "off",
        ]
        done = subprocess.run(command, cwd=folder, timeout=150, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
