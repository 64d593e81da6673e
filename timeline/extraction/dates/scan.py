"""Finds and delimits the words that date something; says nothing yet of what they mean.

In: a text and its grammar. Out: candidates in order, none over another, the longer one kept, and of equals
the
rule that stands first in the data file.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from dataclasses import dataclass

from timeline.extraction.edtf import days_in

from .grammar import Grammar, Rule
from .heads import head_of
from .patterns import WORD_START

_WORD_BEHIND = re.compile(r"([^\W\d_]+|[(\[,–—-])[\s\"“]{0,3}$")
# “The second”, “the third” are rarely days; “the fourteenth” is.
_LEAST_ORDINAL = 10
# Kinds of rule that give several dates, each with a place of its own.
_SEVERAL = ("days", "months", "years", "event")
_WORD_AHEAD = re.compile(r"\s{1,3}([^\W\d_]+)")
# The two calendars are ten to thirteen days apart; the length of a February may take one off or add one.
_LEAST_APART, _MOST_APART = 9, 14
_FIGURES = re.compile(r"\d+")
_NOUN_AHEAD = re.compile(r"[ \u00a0]([a-zà-öø-ÿ]{3,}s)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that a rule found, with what its groups matched."""

    start: int
    end: int
    rule: str
    kind: str
    groups: dict[str, str]
    spans: dict[str, tuple[int, int]]

    def get(self, name: str) -> str | None:
        """Return what a group matched, or None."""
        return self.groups.get(name)


def scan(text: str, grammar: Grammar) -> list[Candidate]:
    """Return the candidates of a text in order."""
    traps = _trapped(text, grammar)
    found: list[tuple[int, int, int, Candidate]] = []
    reach = [0] * len(grammar.rules)
    tried = {
        head: [(order, grammar.rules[order].pattern.match) for order in orders]
        for head, orders in grammar.starts.items()
    }
    others = tried[""]
    for word in WORD_START.finditer(text):
        at = word.start()
        for order, match_at in tried.get(head_of(text[at]), others):
            if at < reach[order]:
                continue
            match = match_at(text, at)
            if match is None:
                continue
            reach[order] = match.end()
            if not _inside(at, match.end(), traps):
                candidate = _candidate(text, match, grammar.rules[order], grammar)
                if candidate is not None:
                    found.append((at, at - candidate.end, order, candidate))
    return _apart(found)


def _candidate(text: str, match: re.Match[str], rule: Rule, grammar: Grammar) -> Candidate | None:
    """Return what a rule found as a candidate; None where the words around it say that it is none."""
    groups = match.groupdict()
    candidate = Candidate(
        match.start(),
        match.end(),
        rule.name,
        rule.kind,
        {name: value for name, value in groups.items() if value is not None},
        {name: match.span(name) for name in groups} if rule.kind in _SEVERAL else {},
    )
    spelled = candidate.get("spelled")
    if spelled:
        candidate.groups["year"] = str(grammar.look("spelled", spelled))
    check = _CHECKS.get(rule.kind)
    return candidate if check is None or check(text, candidate, grammar) else None


def _apart(found: list[tuple[int, int, int, Candidate]]) -> list[Candidate]:
    """Return the longest candidates, none over another."""
    chosen: list[Candidate] = []
    group: list[tuple[int, int, int, Candidate]] = []
    reach = -1
    for entry in sorted(found, key=lambda e: e[:3]):
        if entry[0] >= reach and group:
            chosen += _best(group)
            group = []
        group.append(entry)
        reach = max(reach, entry[3].end)
    return chosen + _best(group)


def _best(group: list[tuple[int, int, int, Candidate]]) -> list[Candidate]:
    kept: list[Candidate] = []
    starts: list[int] = []
    for _, _, _, candidate in sorted(group, key=lambda e: (e[1], e[2], e[0])):
        at = bisect.bisect_left(starts, candidate.start)
        after_last = at == 0 or kept[at - 1].end <= candidate.start
        if after_last and (at == len(kept) or candidate.end <= starts[at]):
            kept.insert(at, candidate)
            starts.insert(at, candidate.start)
    return kept


def _trapped(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    spans = sorted(m.span() for trap in grammar.traps for m in trap.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether a stretch touches one of the ordered spans (binary search)."""
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] < end


def _is_year(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether a bare four-digit number is a year: by the word before it, or by what follows."""
    if candidate.get("part") or candidate.get("era") or not text[candidate.start].isdigit():
        return True
    number = int(candidate.groups["year"])
    before = text[max(0, candidate.start - 24) : candidate.start]
    word = _WORD_BEHIND.search(before)
    led = word is not None and (word[1] in grammar.before_year)
    if led and word is not None and _dates_document(before[: word.start()], word[1], grammar):
        return 1000 <= number <= 2100
    ahead = _NOUN_AHEAD.match(text, candidate.end)
    if led and word is not None:
        counted = ahead and (number % 100 == 0 or word[1] in grammar.before_count)
        return 1000 <= number <= 2100 and not counted
    if ahead or text[candidate.end : candidate.end + 1] in ("%", "°"):
        return False
    bracketed = before.rstrip(" ")[-1:] in ("(", "[", ",", "–", "-", ";", ":") or not before.strip()
    return 1500 <= number <= 2100 and (bracketed or before[-1:] in (" ", "\n"))


def _dates_document(before: str, word: str, grammar: Grammar) -> bool:
    """Return whether “of” and a number follow the name of a document: “the treaty of 1922 governs”."""
    stem = before.rstrip()
    named = grammar.context["document_word"].finditer(stem)
    return word in grammar.of_day and any(m.end() == len(stem) for m in named)


def _is_short_year(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether “’98” is a year: by the word before it."""
    word = _WORD_BEHIND.search(text, max(0, candidate.start - 24), candidate.start)
    return word is not None and word[1] in grammar.before_month


def _is_day(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether “the 15th” is a day: by the words before it, or by what follows, no noun."""
    behind = text[max(0, candidate.start - 32) : candidate.start]
    before = _WORD_BEHIND.search(behind)
    word = candidate.get("dayordinal")
    low = word is not None and grammar.look("ordinals", word) < _LEAST_ORDINAL
    ahead = _WORD_AHEAD.match(text, candidate.end)
    loose = ahead is None or ahead[1].lower() in grammar.after_day
    if low and not loose:
        return False
    if before is not None and before[1].lower() in grammar.of_day:
        before = _WORD_BEHIND.search(behind[: before.start()])
    if before is not None and before[1].lower() in grammar.before_day:
        return True
    if low:
        return False
    return loose


def _is_month(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether a month's name alone is one: an ambiguous word needs a word of time before it."""
    word = candidate.groups["month"]
    # Where months are written small, a capital within a sentence makes a name: Mademoiselle Avril.
    named = word[:1].isupper() and word.lower() in grammar.words
    if candidate.get("part") or (word.lower().rstrip(".") not in grammar.ambiguous_months and not named):
        return True
    before = text[max(0, candidate.start - 24) : candidate.start]
    led = _WORD_BEHIND.search(before)
    if led is None or led[1] in grammar.before_month:
        return led is not None
    # “The March visit”, but “the March of time”, “the March on Rome”.
    ahead = _WORD_AHEAD.match(text, candidate.end)
    noun = ahead is not None and ahead[1].islower() and ahead[1] not in grammar.after_day
    return noun and word[:1].isupper() and led[1].lower() in grammar.before_month_noun


def _is_season(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether a season's name is one: alone it needs a word of time before it; “the fall” does too."""
    if any(candidate.get(name) for name in ("year", "part", "direction", "noun", "same")):
        return True
    word = candidate.groups["season"]
    led = _WORD_BEHIND.search(text[max(0, candidate.start - 24) : candidate.start])
    timed = led is not None and led[1].lower() in grammar.before_season
    alone = candidate.end - candidate.start == len(word)
    return timed or not (alone or word.lower() in grammar.ambiguous_seasons)


def _is_of_two_calendars(text: str, candidate: Candidate, grammar: Grammar) -> bool:
    """Return whether two days may be one day in two calendars; else each stands alone."""
    first, last = (int(_FIGURES.match(candidate.groups[name])[0]) for name in ("day", "day2"))  # type: ignore[index]
    months = [grammar.month(m) for m in (candidate.get("month"), candidate.get("month2")) if m]
    apart = last - first
    if len(months) == 2 and months[0] != months[1]:
        # Two months in one bracket are always meant as one day, rightly reckoned or not.
        return apart + days_in(2000, months[0]) >= _LEAST_APART
    return _LEAST_APART <= apart <= _MOST_APART


_CHECKS: dict[str, Callable[[str, Candidate, Grammar], bool]] = {
    "year": _is_year,
    "short year": _is_short_year,
    "month": _is_month,
    "bare day": _is_day,
    "season": _is_season,
    "two calendars": _is_of_two_calendars,
}
