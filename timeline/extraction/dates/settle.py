"""Makes a text ready for scanning: telegrams in capitals get small letters, words broken at a line's end are
joined, blanks that a date lost are put back.

In: a text. Out: the text that the rules read, and where each of its code points stands in the one given.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace

from timeline.extraction.records import Anchor, TemporalExpression

from .grammar import Grammar

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+")
# Where a sentence, a line, an item or a quotation begins: its first word's capital says nothing.
_FIRST = re.compile(r"(?:\A|[.!?:;][\"”’»)]{0,2}\s{1,3}|\n\s{0,8}|[\"“‘«(\[•–—][ \u00a0]?)([A-Z][a-zà-ÿ]+)\b")
_BREAK = re.compile(r"(?<=[a-zà-öø-ÿ])[-\u00ad\u2010][ \t]{0,3}\r?\n[ \t]{0,8}(?=[a-zà-öø-ÿ])")
# A line is a telegram's where it has so many letters and nine in ten of them are capitals.
_LETTERS = 16


def _changes(text: str, grammar: Grammar) -> list[tuple[int, int, str]]:
    """Return in order what is left out of a text, from and to, and what stands in its place.

    Breaks within words go; dates that lost blanks (“27June 1871”) get them back.
    """
    changes = [(*m.span(), "") for m in _BREAK.finditer(text)]
    for match in grammar.unspaced.finditer(text):
        missing = [i for i in range(1, grammar.unspaced.groups + 1) if match.start(i) >= 0]
        changes += [(match.start(i), match.start(i), " ") for i in missing]
    return sorted(changes)


class Settled:
    """A text as the rules read it; ``restore`` brings offsets back to the text given.

    ``cased`` is the same before the first words of sentences lose their capitals.
    """

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.given = text
        self.places: list[int] = []
        self.cuts: list[int] = []
        pieces: list[str] = []
        at = length = 0
        for start, end, put in _changes(text, grammar):
            pieces += text[at:start], put
            length += start - at + len(put)
            at = end
            self.places.append(length)
            self.cuts.append(at - length)
        pieces.append(text[at:])
        self.cased = _LINE.sub(lambda m: _small(m[0], grammar), "".join(pieces))
        self.text = _FIRST.sub(lambda m: _first(m, grammar), self.cased)

    def at(self, offset: int, *, end: bool = False) -> int:
        """Return where an offset stands in the text given; an end stays before a break."""
        i = (bisect.bisect_left if end else bisect.bisect_right)(self.places, offset)
        return offset + (self.cuts[i - 1] if i else 0)

    def restore(self, found: list[TemporalExpression]) -> list[TemporalExpression]:
        """Return the expressions with offsets and words of the text given."""
        return [self._restored(e) for e in found]

    def _restored(self, e: TemporalExpression) -> TemporalExpression:
        if not self.places:
            text = self.given[e.start : e.end]
            return e if text == e.text else replace(e, text=text)
        start, end = self.at(e.start), self.at(e.end, end=True)
        anchor = e.anchor
        if anchor and anchor.start is not None and anchor.end is not None:
            anchor = Anchor(anchor.kind, anchor.edtf, self.at(anchor.start), self.at(anchor.end, end=True))
        return replace(
            e,
            start=start,
            end=end,
            text=self.given[start:end],
            claim_start=self.at(e.claim_start),
            claim_end=self.at(e.claim_end, end=True),
            anchor=anchor,
        )


def _first(match: re.Match[str], grammar: Grammar) -> str:
    """Return the opening of a sentence with its first word small where that is a word of the rules."""
    word = match[1]
    small = word.lower()
    return match[0][: -len(word)] + (small if small in grammar.words else word)


def _small(line: str, grammar: Grammar) -> str:
    """Return a line in capitals with small letters, names of months and weekdays aside."""
    capitals = sum(c.isupper() for c in line)
    if capitals < _LETTERS or capitals < 9 * sum(c.islower() for c in line):
        return line
    return _WORD.sub(lambda m: _small_word(m[0], grammar), line)


def _small_word(word: str, grammar: Grammar) -> str:
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    named = small in grammar.tables["months"] or small in grammar.tables["weekdays"]
    return small[:1].upper() + small[1:] if named and grammar.language == "en" else small
