"""The date that stands by itself in the first lines of a text, as under the title of a report.

In: a text, its candidates, the date that was given as its own. Out: the date from which “today” and
“Thursday” count. What was given comes first wherever the text names it; where it does not, and the text
begins with a date of its own, that one is when it was written.
"""

from __future__ import annotations

from .grammar import Grammar
from .parts import day_of, month_of, year_of
from .scan import Candidate
from .values import Date

# The dateline stands in the first lines that hold anything, within two months of the date given: farther off,
# as by a year, one of the two is a slip of the pen.
_LINES, _DAYS = 4, 62
_AROUND = " \t\u00a0.,;:()[]–—-"


def dateline_of(text: str, candidates: list[Candidate], grammar: Grammar, given: Date) -> Date | None:
    """Return the date of a text's own dateline; None where it has none, or names the date given as well."""
    whole = [each for candidate in candidates if (each := _whole(candidate, grammar))]
    if given.day is None or any(each.edtf == given.edtf for each in whole):
        return None
    alone = [each for each in whole if _fills_its_line(text, each)]
    if len(alone) != 1:  # none, or one of the days of a chronology
        return None
    (found,) = alone
    lines = sum(1 for line in text[: found.start].split("\n") if line.strip())
    return found if lines < _LINES and abs(found.number - given.number) <= _DAYS else None


def _whole(candidate: Candidate, grammar: Grammar) -> Date | None:
    """Return the date of a candidate that names year, month and day."""
    if candidate.kind != "date":
        return None
    year, month, day = year_of(candidate), month_of(candidate, grammar), day_of(candidate, grammar)
    if year is None or month is None or day is None:
        return None
    return Date(year, month, day, candidate.start, candidate.end)


def _fills_its_line(text: str, date: Date) -> bool:
    start = text.rfind("\n", 0, date.start) + 1
    end = text.find("\n", date.end)
    around = text[start : date.start] + text[date.end : end if end >= 0 else len(text)]
    return not around.strip(_AROUND)
