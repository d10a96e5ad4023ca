"""A small tokeniser and sentence splitter in the manner of UD English, for the unlabelled text only.

It follows what EWT and GUM (UD 2.16) do: clitics split off, hyphens split except after prefixes,
abbreviations keep their full stop. The prefixes and abbreviations are read off the training trees."""

import re
from collections import Counter

WORD = re.compile(
    r"https?://\S+[\w/]|www\.\S+[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|(?:[A-Za-z]\.){2,}(?=\W|$)"  # U.S.
    r"|\d+(?:st|nd|rd|th|s)\b|\d+(?:/\d+)+|\d+:\d\d\b|\d[\d,]*\d(?:\.\d+)?|\d+\.\d+|\d+"
    r"|[^\W\d_](?:\w|['’](?=\w))*(?:\.(?!\.))?|\w+|\.\.+|--+|['’]{2}|``|[^\w\s]")
CLITIC = re.compile(r"(?i)^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$")
SPLIT = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3}
END = re.compile(r"[.!?]+$|\.\.+$")
CLOSERS = {'"', "”", "’", "'", ")", "]", "''"}


class Tokeniser:
    """Splits raw text into sentences of tokens."""

    def __init__(self, sentences):
        kept, split, dotted = Counter(), Counter(), Counter()
        for s in sentences:
            for i, form in enumerate(s.forms):
                if "-" in form[1:-1] and form[0].isalpha():
                    kept[form.split("-")[0].lower()] += 1
                if form == "-" and i and "SpaceAfter=No" in s.misc[i - 1]:
                    split[s.forms[i - 1].lower()] += 1
                if form[-1] == "." and len(form) > 1 and form[0].isalpha():
                    dotted[form] += 1
        self.prefixes = {p for p, n in kept.items() if n >= 3 and n > split[p] and p.isalpha()}
        self.abbreviations = {a for a, n in dotted.items() if n >= 2 and a.isascii()}
        self.abbreviations |= {f"{c}." for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

    def word(self, text):
        """Tokens of one matched word: full stop, clitic and fused forms."""
        if text[-1] == "." and text[:-1].isalpha() and text not in self.abbreviations:
            return self.word(text[:-1]) + ["."]
        if text.lower() in SPLIT:
            at = SPLIT[text.lower()]
            return [text[:at], text[at:]]
        clitic = CLITIC.match(text)
        if clitic and clitic[1]:
            return self.word(clitic[1]) + [clitic[2]]
        return [text]

    def tokens(self, text):
        """Tokens with a flag: whether white space comes before."""
        out = []
        for chunk in text.split():
            fresh = True
            for match in WORD.finditer(chunk):
                for token in self.word(match[0]):
                    out.append((token, fresh))
                    fresh = False
        return self.join(out)

    def join(self, tokens):
        """Put prefix hyphens back together (`anti-war` is one token, `US-led` three)."""
        out, i = [], 0
        while i < len(tokens):
            form, fresh = tokens[i]
            glued = i + 2 < len(tokens) and tokens[i + 1] == ("-", False) and not tokens[i + 2][1]
            if glued and form.lower() in self.prefixes and tokens[i + 2][0][0].isalpha():
                out.append((form + "-" + tokens[i + 2][0], fresh))
                i += 3
            else:
                out.append((form, fresh))
                i += 1
        return out

    def sentences(self, text):
        """Lists of tokens; a sentence ends at a stop before a capital, a digit or an opening quote."""
        tokens, out, current = self.tokens(text), [], []
        for i, (form, _) in enumerate(tokens):
            current.append(form)
            nxt = tokens[i + 1] if i + 1 < len(tokens) else None
            stopped = END.fullmatch(form) or form in CLOSERS and len(current) > 1 and END.fullmatch(current[-2])
            if nxt is None or stopped and nxt[1] and (nxt[0][0].isupper() or nxt[0][0].isdigit() or nxt[0][0] in '"“‘('):
                out.append(current)
                current = []
        return out

    def retokenise(self, line):
        """A line of tokenised text: white-space tokens, hyphens split as above."""
        keep = {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "``", "''"}
        out = []
        for piece in line.split():
            out += [(piece, True)] if piece in keep else self.tokens(piece)
        return [form for form, _ in out]
