"""Features of tokens and sentences, exactly as `docs/model-format.md` defines them."""

import zlib
from functools import lru_cache

ROWS = {"form": 20000, "prefix": 4000, "suffix": 6000, "shape": 2000}
CASE_ROWS = 8


def hashed(tag, text, rows):
    """Row of a table for a text; row 0 is padding."""
    return 1 + zlib.crc32((tag + text).encode("utf-8")) % (rows - 1)


def is_digit(char):
    return "0" <= char <= "9"


def shape(word):
    """Digits d, capitals X, other letters x, the rest itself; runs are cut at four."""
    out, last, run = [], None, 0
    for char in word:
        kind = "d" if is_digit(char) else "X" if char.isupper() else "x" if char.isalpha() else char
        run = run + 1 if kind == last else 1
        last = kind
        if run <= 4:
            out.append(kind)
    return "".join(out)


@lru_cache(maxsize=None)
def rows_of(word):
    """The six hashed rows: word a, word b, prefix, suffix 3, suffix 2, shape."""
    zeroed = "".join("0" if is_digit(c) else c for c in word.lower())
    return (
        hashed("0", zeroed, ROWS["form"]), hashed("9", zeroed, ROWS["form"]),
        hashed("1", word[:3], ROWS["prefix"]), hashed("2", word[-3:], ROWS["suffix"]),
        hashed("4", word[-2:], ROWS["suffix"]), hashed("3", shape(word), ROWS["shape"]),
    )


def sentence_case(forms):
    """3 all capitals, 2 no capitals, 1 headline capitals, else 0."""
    letters = [c for f in forms for c in f if c.isalpha()]
    with_letter = sum(any(c.isalpha() for c in f) for f in forms)
    if with_letter >= 2 and not any(c.islower() for c in letters):
        return 3
    if not any(c.isupper() for c in letters):
        return 2
    long = [f for f in forms if sum(c.isalpha() for c in f) >= 4]
    if len(long) >= 3 and sum(f[0].isupper() for f in long) >= 0.6 * len(long):
        return 1
    return 0
