"""What the groups of a candidate hold: day, month, year, number and unit, part."""

from __future__ import annotations

import re

from timeline.extraction.records import Modifier

from .grammar import Grammar
from .patterns import key_of
from .scan import Candidate

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_DIGITS = re.compile(r"\d+")
_SEVERAL = re.compile(r"(\d+)([A-Z]+)")


def roman(text: str) -> int:
    """Return the value of a Roman numeral up to C."""
    total = 0
    for here, ahead in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[here]
        total += -value if ahead and _ROMAN[ahead] > value else value
    return total


def part_of(candidate: Candidate, grammar: Grammar) -> Modifier | None:
    """Return the part of a value that the words before it name."""
    part = candidate.get("part")
    if not part:
        return None
    modifier: Modifier = grammar.look("parts", part)
    return modifier


def day_of(candidate: Candidate, grammar: Grammar, group: str = "day") -> int | None:
    """Return the day of the month in a group, in digits or as an ordinal word."""
    text = candidate.get(group) or (candidate.get("daynum") if group == "day" else None)
    digits = _DIGITS.match(text) if text else None
    if digits:
        return int(digits[0])
    word = (candidate.get("dayordinal") or candidate.get("ordinal")) if group == "day" else None
    if word:
        return int(grammar.look("ordinals", word))
    number = candidate.get("number") if group == "day" else None
    return grammar.number(number) if number else None


def month_of(candidate: Candidate, grammar: Grammar, group: str = "month") -> int | None:
    """Return the month in a group, by name, number or Roman numeral."""
    name = candidate.get(group)
    if name:
        return grammar.month(name)
    if group != "month":
        return None
    if candidate.get("monthno"):
        return int(candidate.groups["monthno"])
    numeral = candidate.get("roman")
    return roman(numeral) if numeral else None


def year_of(candidate: Candidate, group: str = "year") -> int | None:
    """Return the year in a group, in digits."""
    text = candidate.get(group)
    return int(text) if text else None


def count_of(candidate: Candidate, grammar: Grammar, suffix: str = "") -> tuple[int, str] | None:
    """Return number and unit code of a candidate; None where one is missing."""
    number, unit = candidate.get("number" + suffix), candidate.get("unit" + suffix)
    if number is None or unit is None:
        return None
    return multiple(grammar.number(number), str(grammar.look("units", unit)))


def multiple(count: int, unit: str) -> tuple[int, str]:
    """Return a count of a unit that is itself several (“25Y”, a quarter of a century) in simple units."""
    match = _SEVERAL.fullmatch(unit)
    return (count * int(match[1]), match[2]) if match else (count, unit)


def direction_of(candidate: Candidate, grammar: Grammar) -> int | None:
    """Return -1, 0 or 1 where a word says last, this or next; None where none does."""
    word = candidate.get("direction") or candidate.get("direction2") or candidate.get("direction3")
    return int(grammar.look("directions", word)) if word else None


def words_of(text: str) -> str:
    """Return words of the text as a reasoning quotes them: on one line."""
    return re.sub(r"\s+", " ", text)


__all__ = [
    "count_of",
    "day_of",
    "direction_of",
    "key_of",
    "month_of",
    "multiple",
    "part_of",
    "roman",
    "words_of",
    "year_of",
]
