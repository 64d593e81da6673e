"""Days of one month, months of one year, years of one range: one value a day, and how they go together.

“10–12 March” gives two values and makes a range; “7 and 21 October” two that both hold; “3 or 4 May” one of
two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .almanac import explicit, last_or_next, of_year_word, year_of_era
from .grammar import Grammar
from .parts import day_of, month_of, words_of, year_of
from .relative import day_of_instant
from .scan import Candidate
from .values import Date, Value, Walk, edtf_of, valid
from .years import partial


@dataclass(frozen=True, slots=True)
class Member:
    """One of several dates: where it stands, its value, and how the whole goes together."""

    start: int
    end: int
    value: Value
    how: str


def members_of(text: str, candidate: Candidate, grammar: Grammar, walk: Walk) -> list[Member]:
    """Return the dates of a range or list in order; none where they do not fit together."""
    joint = (candidate.get("joint") or candidate.get("joint2") or "").strip(" ,").lower()
    how = grammar.tables["joints"].get(joint, "both")
    before = text[max(0, candidate.start - 16) : candidate.start]
    if how == "both" and grammar.before["between"].search(before):
        how = "range"
    if joint == "/" and grammar.before["night"].search(before):
        how = "range"
    words = words_of(text[candidate.start : candidate.end])
    maker = {"days": _days, "months": _months, "years": _years}[candidate.kind]
    pairs = list(maker(candidate, grammar, walk, words))
    if candidate.kind == "years":
        how = "range"
    if len(pairs) < 2:
        return []
    return list(_placed(candidate, pairs, how))


def _placed(candidate: Candidate, pairs: list[tuple[str, Value]], how: str) -> Iterator[Member]:
    """Yield the members with their stretches: the first from the candidate's start, the last to its end."""
    last = len(pairs) - 1
    for i, (group, value) in enumerate(pairs):
        start, end = candidate.spans[group]
        yield Member(candidate.start if i == 0 else start, candidate.end if i == last else end, value, how)


def _days(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Iterator[tuple[str, Value]]:
    month, year = month_of(candidate, grammar), year_of(candidate)
    if candidate.get("instant"):
        for group in ("day", "day2", "day3"):
            number = day_of(candidate, grammar, group)
            value = day_of_instant(candidate, grammar, walk, words, number) if number else None
            if value is not None:
                yield group, value
        return
    if month is None:
        return
    second = month_of(candidate, grammar, "month2")
    if second is not None:
        yield from _two_days(candidate, grammar, walk, words, second)
        return
    days = [(g, d) for g in ("day", "day2", "day3") if (d := day_of(candidate, grammar, g)) is not None]
    if not all(valid(year, month, d) for _, d in days):
        return
    for group, day in days:
        if year is None:
            yield group, partial(month, day, walk, words)
        else:
            yield group, explicit(edtf_of(year, month, day), words)


def _two_days(
    candidate: Candidate, grammar: Grammar, walk: Walk, words: str, second: int
) -> Iterator[tuple[str, Value]]:
    """Yield the days of “27 May–28 June 1905”, each with a month of its own; a year is that of the last."""
    month, year = month_of(candidate, grammar), year_of(candidate)
    first, last = day_of(candidate, grammar), day_of(candidate, grammar, "day3")
    if month is None or not (valid(year, month, first) and valid(year, second, last)):
        return
    if year is None:
        yield "day", partial(month, first, walk, words)
        yield "day3", partial(second, last, walk, words)
        return
    yield "day", explicit(edtf_of(year - (month > second), month, first), words)
    yield "day3", explicit(edtf_of(year, second, last), words)


def _months(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Iterator[tuple[str, Value]]:
    first, second = month_of(candidate, grammar), month_of(candidate, grammar, "month2")
    if first is None or second is None:
        return
    if candidate.get("lastnext") and walk.document is not None:
        yield from _last_months(candidate, grammar, walk.document, words, (first, second))
        return
    year = year_of(candidate)
    for group, month in (("month", first), ("month2", second)):
        if year is not None:
            yield group, explicit(edtf_of(year, month), words)
        elif candidate.get("yearword"):
            value = of_year_word(candidate, grammar, walk, words, month, None)
            if value is not None:
                yield group, value
        else:
            yield group, partial(month, None, walk, words)


def _last_months(
    candidate: Candidate, grammar: Grammar, document: Date, words: str, months: tuple[int, int]
) -> Iterator[tuple[str, Value]]:
    """Yield “last May and June”: the one beside the letter's date by that date, the other beside it."""
    first, second = (last_or_next(candidate, grammar, document, words, month, None) for month in months)
    turned = months[0] > months[1]
    if first.anchor and int(first.value[:4]) + turned != int(second.value[:4]):
        if int(grammar.look("directions", candidate.groups["lastnext"])) < 0:
            year = int(second.value[:4]) - turned
            first = replace(first, value=edtf_of(year, months[0]), edtf=edtf_of(year, months[0]))
        else:
            year = int(first.value[:4]) + turned
            second = replace(second, value=edtf_of(year, months[1]), edtf=edtf_of(year, months[1]))
    yield "month", first
    yield "month2", second


def _years(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Iterator[tuple[str, Value]]:
    first, second = year_of(candidate), year_of(candidate, "year2")
    short = candidate.get("yearshort")
    if first is not None and second is None and short:
        second = first // 10 ** len(short) * 10 ** len(short) + int(short)
    if "/" in (candidate.get("joint") or "") and second != (first or 0) + 1:
        return
    if first is not None and second is not None and candidate.get("era"):
        # 499–493 BC: the years count down.
        first, second = (year_of_era(year, candidate, grammar) for year in (first, second))
    if first is None or second is None or not first < second <= first + 1000:
        return
    yield "year", explicit(edtf_of(first), words)
    yield ("year2" if candidate.get("year2") else "yearshort"), explicit(edtf_of(second), words)


__all__ = ["Member", "members_of"]
