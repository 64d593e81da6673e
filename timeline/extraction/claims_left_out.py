"""Which dates of a letter are no claims: they date the letter itself, or say nothing of what happened.

In: a part's text, the dates that the letter bears, and a temporal expression found in it. Out: the name of
the rule that leaves it out, or None. The words are ``extraction/data/claims.toml``.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from timeline.extraction.attribution.lexicon import pattern_of
from timeline.extraction.attribution.modality import is_unmet
from timeline.extraction.attribution.records import Span
from timeline.extraction.attribution.scan import Scan
from timeline.extraction.edtf import bounds
from timeline.extraction.records import TemporalExpression

_NEVER = re.compile(r"(?!)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_YEAR = re.compile(r"\d{4}")
_MASTHEAD = 2000
_LINE = 200
_CORRECTED = 200
_BEHIND = 60


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language, and the pairs that words of a corrigendum stand between."""

    patterns: dict[str, re.Pattern[str]]
    withdrawn: tuple[re.Pattern[str], ...]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns.get(name, _NEVER)


@cache
def _words(language: str) -> _Words:
    path = Path(__file__).with_name("data") / "claims.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8")).get(language, {})
    pairs = data.pop("withdrawn", [])
    plain = {name: re.compile(pattern_of(entries), re.IGNORECASE) for name, entries in data.items()}
    return _Words(plain, tuple(_between(*pair) for pair in pairs))


def _between(before: str, after: str) -> re.Pattern[str]:
    """Return a pattern of a line that withdraws what stands between two words."""
    words = rf"(?<!\w){re.escape(before)}\s{{1,3}}(?P<old>[^\n]{{1,{_CORRECTED}}}?)"
    behind = rf"\s{{0,3}},?\s{{1,3}}{re.escape(after)}(?!\w)" if after else r"(?=\.?\s*$)"
    return re.compile(r"(?m)^[ \t]*(?:[^\n.]{0,60}[,:.]\s{1,3})?" + words + behind, re.IGNORECASE)


class LeftOut:
    """One part under reading: what of its dates are no claims."""

    def __init__(self, scan: Scan, language: str, own: str | None, bears: list[Span]) -> None:
        self.scan, self.text, self.own, self.bears = scan, scan.text, own, bears
        self.words = _words(language)
        self.breaks = [m.end() for m in _BLANK_LINE.finditer(self.text)]
        self.body = self._body()
        self.corrected = [m.span("old") for p in self.words.withdrawn for m in p.finditer(self.text)]

    def why(self, e: TemporalExpression) -> str | None:
        """Return the rule by which a date is no claim."""
        rules = {
            "heading": self._is_heading(e),
            "editor's note": self._is_note(e),
            "corrected words": self._is_corrected(e),
            "counted from an undated event": self._behind("uncounted", e),
            "day of every year": self._behind("recurring", e),
            "period of speech": self._is_rhetorical(e),
            "merely supposed": self._is_supposed(e),
        }
        return next((name for name, holds in rules.items() if holds), None)

    def _paragraph(self, at: int) -> Span:
        place = bisect_right(self.breaks, at)
        low = self.breaks[place - 1] if place else 0
        return low, self.breaks[place] if place < len(self.breaks) else len(self.text)

    def _line(self, at: int) -> Span:
        low = self.text.rfind("\n", 0, at) + 1
        high = self.text.find("\n", at)
        return low, high if high >= 0 else len(self.text)

    def _is_said(self, span: Span) -> bool:
        """Return whether a stretch has a verb or somebody who speaks: it is no heading."""
        cues = self.scan.words
        if self.words["opens_body"].search(self.text, *span):
            return True
        return cues is not None and cues["clause.finite"].search(self.text, *span) is not None

    def _body(self) -> int:
        """Return where the first paragraph begins that says something."""
        starts = [0, *(b for b in self.breaks if b < _MASTHEAD)]
        return next((low for low in starts if self._is_said(self._paragraph(low))), 0)

    def _is_heading(self, e: TemporalExpression) -> bool:
        """Return whether a line without a verb bears the letter's date, its despatch, or a year alone."""
        line, paragraph = self._line(e.start), self._paragraph(e.start)
        if line[1] - line[0] > _LINE and e.start >= self.body:
            return False
        if self._is_said(line):
            return False
        beside = any(line[0] <= start < line[1] for start, _ in self.bears)
        if beside or (e.claim_edtf is not None and e.claim_edtf == self.own):
            return True
        if e.start >= self.body:
            return False
        own = bounds(self.own)[0] if self.own else None
        later = own is not None and e.earliest_day is not None and e.earliest_day >= own
        despatched = later and self.words["despatch"].search(self.text, *paragraph) is not None
        return despatched or _YEAR.fullmatch(e.claim_edtf or "") is not None

    def _is_note(self, e: TemporalExpression) -> bool:
        """Return whether an editor's bracket or the document's note on itself holds the date."""
        low, high = self._paragraph(e.start)
        inside = self.text[low:high].strip()
        bracket = inside.startswith("[") and inside.endswith("]") and not self._is_said((low, high))
        return bracket or self.words["reissued"].search(self.text, *self._line(e.start)) is not None

    def _is_corrected(self, e: TemporalExpression) -> bool:
        """Return whether a corrigendum withdraws the words, or quotes them to find the place."""
        if any(start <= e.start and e.end <= end for start, end in self.corrected):
            return True
        low, high = self._line(e.start)
        placed = self.words["placed"].match(self.text, low, high)
        quote = next((q for q in self.scan.quotes if q[0] <= e.start < q[1]), None)
        return placed is not None and quote is not None and quote[0] - placed.end() < 3

    def _behind(self, name: str, e: TemporalExpression) -> bool:
        """Return whether words stand directly behind a date that is counted, or make up its own end."""
        if e.basis == "explicit" or e.claim_edtf is None:
            return False
        found = self.words[name].search(self.text, e.start, min(len(self.text), e.end + _BEHIND))
        return found is not None and not self.text[e.end : max(e.end, found.start())].strip()

    def _is_rhetorical(self, e: TemporalExpression) -> bool:
        """Return whether a period is a way of speaking: the coming weeks, this century, a lasting “today”."""
        if self.words["rhetorical"].fullmatch(e.text):
            return True
        own = bounds(self.own)[0] if self.own else None
        if e.precision == "century" and own and e.earliest_day and e.latest_day:
            return e.earliest_day <= own <= e.latest_day
        cues = self.scan.words
        if cues is None or not self.words["now"].fullmatch(e.text):
            return False
        span = self._sentence(e)
        verbs = [m.start() for m in cues["clause.finite"].finditer(self.text, *span)]
        present = [m.start() for m in self.words["present"].finditer(self.text, *span)]
        nearest = min((abs(v - e.start), v) for v in verbs) if verbs else (len(self.text), -1)
        return bool(present) and min(abs(v - e.start) for v in present) <= nearest[0]

    def _is_supposed(self, e: TemporalExpression) -> bool:
        """Return whether a date to come stands in a condition that is merely thought of."""
        low, high = self._sentence(e)
        opened = self.words["supposing"].match(self.text, low, high)
        if opened is None or e.start < opened.end() or self._is_past(e) or self._is_unmet(e, (low, high)):
            return False
        return "," not in re.sub(r"\d,\s?\d", "", self.text[opened.end() : e.start])

    def _is_unmet(self, e: TemporalExpression, span: Span) -> bool:
        """Return whether the condition is that a demand is not met by the date: “should X fail to … by”."""
        index = max(0, bisect_right(self.scan.spans, (e.start, len(self.text))) - 1)
        sentence = self.scan.sentence(index)
        return sentence is not None and is_unmet(sentence, span, (e.claim_start, e.claim_end))

    def _sentence(self, e: TemporalExpression) -> Span:
        return self.scan.spans[max(0, bisect_right(self.scan.spans, (e.start, len(self.text))) - 1)]

    def _is_past(self, e: TemporalExpression) -> bool:
        own = bounds(self.own)[0] if self.own else None
        return bool(e.basis == "explicit" and own and e.latest_day and e.latest_day < own)
