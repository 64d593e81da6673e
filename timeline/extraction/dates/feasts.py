"""What feasts mean: those with a day of their own, those on a weekday of a month, those that Easter moves.

One function a kind of rule, from candidate and walk to a value; None where the words date nothing after all.
"""

from __future__ import annotations

from timeline.extraction.edtf import day_number, day_to_date, in_words
from timeline.extraction.records import Anchor, Basis

from .almanac import explicit
from .grammar import Grammar
from .parts import year_of
from .scan import Candidate
from .values import Date, Value, Walk, easter, edtf_of, nth_weekday, week_of
from .years import infer_year, partial


def _nth_weekday(rule: str, year: int | None, walk: Walk, words: str) -> Value | None:
    """Return a feast on the nth such weekday of a month: “nth:11,4,4” is the fourth Thursday of November."""
    month, weekday, count = (int(n) for n in rule.removeprefix("nth:").split(","))
    steps: tuple[str, ...] = (f"The letter says “{words}”.",)
    anchor: Anchor | None = None
    basis: Basis = "explicit"
    if year is None:
        year, anchor, more = infer_year(month, None, walk, words)
        steps, basis = more, "inferred"
    if year is None:
        return None
    edtf = nth_weekday(year, month, weekday, count)
    return Value("DATE", edtf, edtf, basis, None, anchor, steps) if edtf else None


def make_holiday(candidate: Candidate, grammar: Grammar, walk: Walk, words: str) -> Value | None:
    """A feast with a day of its own, or one counted from Easter."""
    rule, year = str(grammar.look("holidays", candidate.groups["holiday"])), year_of(candidate)
    if rule.startswith("nth:"):
        return _nth_weekday(rule, year, walk, words)
    if not rule.startswith("easter"):
        month, day = map(int, rule.split("-"))
        return explicit(edtf_of(year, month, day), words) if year else partial(month, day, walk, words)
    if rule.startswith("easterweek"):
        return _easter_week(rule, year, walk, words)
    offset = int(rule[6:] or 0)
    if year is not None:
        return explicit(edtf_of(*day_to_date(easter(year) + offset)), words)
    base = walk.running if walk.narrative and walk.running else walk.document
    if base is None:
        return None
    number = _feast_near(base, offset, walk)
    edtf = edtf_of(*day_to_date(number))
    steps = (f"The letter says “{words}”: a feast, no year.", f"It is reckoned from {in_words(base.edtf)}.")
    return Value("DATE", edtf, edtf, "inferred", None, base.anchor(), steps)


def _feast_near(base: Date, offset: int, walk: Walk) -> int:
    """Return the day number of a feast that Easter moves, in the year that date and tense point to."""
    number = easter(base.year) + offset
    here = day_number(base.year, base.month or 12, base.day or 28) if (base.month or 1) <= 12 else number
    if walk.tense == "future" and number < here:
        number = easter(base.year + 1) + offset
    elif walk.tense != "future" and number > here and not walk.narrative:
        number = easter(base.year - 1) + offset
    return number


def _easter_week(rule: str, year: int | None, walk: Walk, words: str) -> Value | None:
    """Return Holy Week, Palm Sunday to the eve of Easter; or Easter week: to some that, to others the next.

    Of Easter week both are kept: the days of the two.
    """
    first, last = (int(n) for n in rule.removeprefix("easterweek").split(","))
    steps: tuple[str, ...] = (f"The letter says “{words}”.",)
    anchor: Anchor | None = None
    basis: Basis = "explicit"
    if year is not None:
        number = easter(year)
    else:
        base = walk.running if walk.narrative and walk.running else walk.document
        if base is None:
            return None
        # The week has begun before its Easter comes.
        number = _feast_near(base, first, walk) - first
        steps, anchor, basis = (
            (*steps, f"It is reckoned from {in_words(base.edtf)}."),
            base.anchor(),
            "inferred",
        )
    day = Date(*day_to_date(number))
    edtf = f"{edtf_of(*day_to_date(number + first))}/{edtf_of(*day_to_date(number + last))}"
    step = f"Easter is {in_words(day.edtf)}."
    if last > 0:
        step += " Whether the week before it or the one after is meant is not said: both are kept."
    return Value("DATE", week_of(day), edtf, basis, None, anchor, (*steps, step))
