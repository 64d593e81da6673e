"""Explicit dates in languages beyond English, French and Spanish: day, month and year; month and year; a
marked year.

In: a text and its language. Out: temporal expressions with explicit dates only; what is not certain is left
out.
Words and shapes stand in ``data/dates_other.toml``. A language without a table there gets day, month's name
and
year, found here and read by dateparser, whose answer counts only where it keeps the day and year that are
written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from timeline.extraction.edtf import EdtfError, bounds, day_number, parse_edtf, precision_of
from timeline.extraction.records import TemporalExpression

from .patterns import GAP, alternatives, behind, key_of, with_capitals
from .values import CALENDARS_APART, edtf_of, valid

_DATA = Path(__file__).resolve().parents[1] / "data" / "dates_other.toml"
_LIST = re.compile(r"\{(d2?|m[234]?|y0?|w)\}")
# A blank, but not one within a look-behind or a class.
_BLANK = re.compile(r"\(\?<=[^)]*\)|\[[^\]]*\]| ")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_HAN = "〇零○一二三四五六七八九"
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
# Digits of other scripts stand for ours one for one, so that offsets hold.
_DIGITS = {ord(zero) + i: str(i) for zero in "٠۰०０" for i in range(10)}
_FIGURES = {
    "dmy": r"(?P<d>\d{1,2})(?P<sep>[./])(?P<mno>\d{1,2})(?P=sep)(?P<y>\d{4})",
    "dmy, hyphens": r"(?P<d>\d{1,2})(?P<sep>[./-])(?P<mno>\d{1,2})(?P=sep)(?P<y>\d{4})",
    "ymd": r"(?P<y>\d{4})(?P<sep>[./-])(?P<mno>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
}
# A day in figures or Roman numerals right before a month.
_DAY_BEFORE = re.compile(r"(?:\d|(?<!\w)[IVX]{1,5}(?!\w))(?:\.º|[.º°]|-[^\W\d_]{1,3})?\s{0,3}(?:de\s)?\Z")
_ISO = re.compile(r"(?<![\w/.-])(?P<y>\d{4})-(?P<mno>\d\d)-(?P<d>\d\d)(?![\w/]|[.-]\d)")
_GENERIC = re.compile(
    rf"(?<![\w/.-])(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?{GAP}(?:de{GAP}|of{GAP})?"
    rf"(?P<m>[^\W\d_]{{3,20}}\.?){GAP}(?:de{GAP})?(?P<y>\d{{4}})(?![\w/]|[.,-]\d)"
)


@dataclass(frozen=True, slots=True)
class _Language:
    """A language: its patterns in order, its months, the words beside which a date is a name."""

    code: str
    patterns: tuple[re.Pattern[str], ...]
    months: dict[str, int]
    days: dict[str, int]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@cache
def _language(code: str) -> _Language | None:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8")).get(code)
    if data is None:
        return None
    months = {
        written.lower(): int(number)
        for number, forms in data["months"].items()
        for form in forms
        for written in _capitals(form)
    }
    days = {key_of(form): int(number) for number, forms in data.get("days", {}).items() for form in forms}
    lists = _lists(code, data)
    figures = re.compile(r"(?<![\w/.,:-])" + _FIGURES[data["numeric"]] + r"(?![\w/]|[.,-]\d)")
    ahead = data["not_before"]
    return _Language(
        code,
        (*(_compiled(rule, lists) for rule in data["rules"]), figures, _ISO),
        months,
        days,
        behind(data["not_after"]) if data["not_after"] else None,
        re.compile(rf"{GAP}?(?:{alternatives(ahead)})") if ahead else None,
    )


def _capitals(form: str) -> set[str]:
    """Return a name as it stands, with a capital, in capitals; Turkish and Azerbaijani put a dot on the İ."""
    return {*with_capitals([form], upper=True), form.replace("i", "İ").upper()}


def _lists(code: str, data: dict[str, Any]) -> dict[str, str]:
    forms = [form for forms in data["months"].values() for form in forms]
    month = "(?:" + alternatives(set().union(*map(_capitals, forms))) + ")"
    words = [form for forms in data.get("days", {}).values() for form in forms]
    word = f"(?:{alternatives(with_capitals(words))})(?!\\w)" if words else "(?!)"
    edge = "" if code == "zh" else r"(?![^\W\d_])"
    day, year = r"[0-3]?\d(?!\d)", r"[12]\d{3}(?!\d)"
    if code == "zh":
        day, year = (
            rf"(?:{day}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])",
            rf"(?:{year}|[{_HAN}]{{4}})",
        )
    named = dict.fromkeys(("m", "m2", "m3", "m4"), month + edge)
    return {**named, "d": day, "d2": day, "y": year, "y0": year, "w": word}


def _compiled(rule: str, lists: dict[str, str]) -> re.Pattern[str]:
    if "{d}" in rule or "{w}" in rule:
        # With day and year beside it a month is certain where the blanks between them were lost.
        rule = rule.replace(" {m}", " ?{m}").replace(" {y}", " ?{y}")
    pattern = _BLANK.sub(lambda m: GAP if m[0] == " " else m[0], rule)
    pattern = _LIST.sub(lambda m: f"(?P<{m[1]}>{lists[m[1]]})", pattern)
    return re.compile(
        rf"(?<![\d/.,:№-])(?<![^\W\d_](?=[^\W\d_]))(?:{pattern})(?:(?<=[日号])|(?![\d/]|[.,]\d))"
    )


def find_absolute(text: str, language: str) -> list[TemporalExpression]:
    """Return the explicit dates of a text in a language not read in full, in order, none over another."""
    figures = text.translate(_DIGITS)
    known = _language(language)
    if known is None:
        found = sorted(
            [*_by_dateparser(text, figures, language), *_iso(text, figures)], key=lambda e: e.start
        )
    else:
        found = list(_by_table(text, figures, known))
    return found


def _by_table(text: str, figures: str, known: _Language) -> Iterator[TemporalExpression]:
    """Yield the dates that the table's patterns find; a stretch that is a name lets nothing within it."""
    matches = [m for pattern in known.patterns for m in pattern.finditer(figures)]
    reach = 0
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if match.start() < reach:
            continue
        values = _read(match, known.months, known.days)
        # A day that cannot be lets its month through no more than a name does.
        if values or match.groupdict().get("d") or match.groupdict().get("w"):
            reach = match.end()
            both = bool(match.groupdict().get("both"))
            if values and not _is_name(figures, match, known) and not _cut_off(figures, match):
                yield _expression(text, match.start(), match.end(), values, both=both)


def _cut_off(text: str, match: re.Match[str]) -> bool:
    """Return whether a month and year are the rest of a date that is written in a way not read."""
    groups = match.groupdict()
    dayless = groups.get("d") is None and groups.get("w") is None
    begins = groups.get("m") is not None and dayless and match.start("m") == match.start()
    return begins and _DAY_BEFORE.search(text, max(0, match.start() - 10), match.start()) is not None


def _is_name(text: str, match: re.Match[str], known: _Language) -> bool:
    """Return whether the words beside a date make it a name: a street, a year of another calendar."""
    before = text[max(0, match.start() - 24) : match.start()]
    if known.code == "zh":
        before += " "
    if known.not_after and known.not_after.search(before):
        return True
    return bool(known.not_before and known.not_before.match(text, match.end()))


def _read(match: re.Match[str], months: dict[str, int], words: dict[str, int]) -> list[str]:
    """Return the EDTF of one or two dates that a match writes; empty where they cannot be."""
    groups = match.groupdict()
    year = _number(groups["y"])
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return []
    name = groups.get("m")
    month = months.get(name.lower()) if name else int(groups["mno"]) if groups.get("mno") else None
    if groups.get("style") and month is not None:
        last = months.get(groups["m3"].lower()) if groups.get("m3") else month
        return _in_two_calendars(year, (month, _number(groups["d"])), (last, _number(groups["d2"])))
    twins = {months.get(groups[g].lower()) for g in ("m2", "m3") if groups.get(g)}
    if (name and month is None) or (twins and twins != {month}):
        return []
    if month is None:
        first = _number(groups.get("y0"))
        return [edtf_of(first), edtf_of(year)] if first is not None and first < year else [edtf_of(year)]
    if groups.get("m4"):
        return _of_two_months(match, year, months[groups["m4"].lower()], month)
    days = [_number(groups[g]) for g in ("d", "d2") if groups.get(g)]
    if groups.get("w"):
        days = [words[key_of(groups["w"])]]
    if not 1 <= month <= 12 or not all(d and valid(year, month, d) for d in days):
        return []
    return [edtf_of(year, month, d) for d in days] or [edtf_of(year, month)]


def _of_two_months(match: re.Match[str], year: int, first: int, last: int) -> list[str]:
    """Return the ends of “30 April to 2 May 2021”, “April–May 2021”; empty where they cannot be.

    The year is that of the month it stands with: before both, the first; behind both, the last.
    """
    groups = match.groupdict()
    turned = first > last
    ahead = match.start("y") < match.start("m4")
    begins, ends = (year, year + turned) if ahead else (year - turned, year)
    day, day2 = _number(groups.get("d")), _number(groups.get("d2"))
    fits = 1 <= first <= 12 and 1 <= last <= 12 and valid(begins, first, day) and valid(ends, last, day2)
    if not fits or (begins, first) == (ends, last):
        return []
    return [edtf_of(begins, first, day), edtf_of(ends, last, day2)]


def _in_two_calendars(
    year: int, first: tuple[int | None, int | None], last: tuple[int | None, int | None]
) -> list[str]:
    """Return the Gregorian one of a day's two dates (27 June/9 July); empty where they are not one day."""
    (month, day), (month2, day2) = first, last
    if month is None or month2 is None or not day or not day2:
        return []
    year2 = year + (month2 < month)
    if not (valid(year, month, day) and valid(year2, month2, day2)):
        return []
    apart = day_number(year2, month2, day2) - day_number(year, month, day)
    return [edtf_of(year2, month2, day2)] if apart in CALENDARS_APART else []


def _number(text: str | None) -> int | None:
    """Return the value of digits or Chinese numerals."""
    if not text:
        return None
    if text.isascii():
        return int(text)
    values = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    if "十" in text:
        tens, _, ones = text.partition("十")
        return values.get(tens, 1) * 10 + values.get(ones, 0)
    return int("".join(str(values[c]) for c in text))


def _expression(
    text: str, start: int, end: int, values: list[str], *, both: bool = False
) -> TemporalExpression:
    joint = "{%s,%s}" if both else "%s/%s"
    edtf = values[0] if len(values) == 1 else joint % (values[0], values[1])
    try:
        parse_edtf(edtf)
    except EdtfError:
        edtf = values[0]
    words = re.sub(r"\s+", " ", text[start:end])
    plain = TemporalExpression(
        start=start,
        end=end,
        text=text[start:end],
        type="DATE",
        value=values[0],
        edtf=edtf,
        basis="explicit",
        claim_start=start,
        claim_end=end,
        claim_edtf=edtf,
        reasoning=(f"The letter says “{words}”.",),
        rules=("explicit date",),
    )
    earliest, latest = bounds(edtf)
    return replace(plain, earliest_day=earliest, latest_day=latest, precision=precision_of(edtf))


def _iso(text: str, figures: str) -> Iterator[TemporalExpression]:
    for match in _ISO.finditer(figures):
        values = _read(match, {}, {})
        if values:
            yield _expression(text, match.start(), match.end(), values)


def _by_dateparser(text: str, figures: str, language: str) -> Iterator[TemporalExpression]:
    for match in _GENERIC.finditer(figures):
        year, day = int(match["y"]), int(match["d"])
        month = (
            _month_by_dateparser(match["m"].lower(), language) if _FIRST_YEAR <= year <= _LAST_YEAR else None
        )
        if month and valid(year, month, day):
            yield _expression(text, match.start(), match.end(), [edtf_of(year, month, day)])


@cache
def _parser(language: str) -> Any:
    """Return dateparser for one language, strict."""
    import dateparser.date

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    return dateparser.date.DateDataParser(languages=[language], settings=settings)


@cache
def _month_names(language: str) -> frozenset[str]:
    """Return every form of a month's name in dateparser's table of a language."""
    from dateparser.languages import default_loader

    try:
        info = default_loader.get_locale(language).info
    except ValueError:  # a language that dateparser does not know
        return frozenset()
    return frozenset(form.lower().rstrip(".") for month in _MONTHS for form in info.get(month, ()))


@cache
def _month_by_dateparser(name: str, language: str) -> int | None:
    """Return the month that dateparser reads in a name: asked with two days, it must keep both.

    It is asked for names of months in its own tables alone: a text full of other words costs nothing.
    """
    if name.rstrip(".") not in _month_names(language):
        return None
    parser = _parser(language)
    months = set()
    for day in (13, 27):
        try:
            moment = parser.get_date_data(f"{day} {name} 2019").date_obj
        except ValueError:  # a language that dateparser does not know
            return None
        if moment is None or (moment.day, moment.year) != (day, 2019):
            return None
        months.add(int(moment.month))
    return months.pop() if len(months) == 1 else None
