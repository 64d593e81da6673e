"""The kinds of rule that the data files may name, and the function that gives each its value."""

from __future__ import annotations

from collections.abc import Callable

from . import almanac, anaphora, feasts, lengths, quarters, relative, weekdays
from .grammar import Grammar
from .scan import Candidate
from .values import Value, Walk

Maker = Callable[[Candidate, Grammar, Walk, str], Value | None]

MAKERS: dict[str, Maker] = {
    "date": almanac.make_date,
    "week of": almanac.make_week_of,
    "two calendars": almanac.make_two_calendars,
    "numeric": almanac.make_numeric,
    "month": almanac.make_month,
    "year": almanac.make_year,
    "short year": almanac.make_short_year,
    "beyond a year": almanac.make_beyond_year,
    "decade": almanac.make_decade,
    "century": almanac.make_century,
    "season": almanac.make_season,
    "piece": almanac.make_piece,
    "holiday": feasts.make_holiday,
    "weekday": relative.make_weekday,
    "that weekday": anaphora.make_that_weekday,
    "weekday of month": weekdays.make_weekday_of_month,
    "weekday of week": weekdays.make_weekday_of_week,
    "weekday beside": weekdays.make_weekday_beside,
    "instant": relative.make_instant,
    "bare day": relative.make_bare_day,
    "deictic": relative.make_deictic,
    "step": relative.make_step,
    "that time": anaphora.make_that_time,
    "quarter ended": quarters.make_quarter_ended,
    "year back": quarters.make_year_back,
    "year quarter": quarters.make_year_quarter,
    "either day": anaphora.make_either_day,
    "bare days": relative.make_bare_days,
    "vague": relative.make_vague,
    "year end": relative.make_year_end,
    "recent": relative.make_recent,
    "soon": relative.make_soon,
    "unit": relative.make_unit,
    "the unit": quarters.make_the_unit,
    "year earlier": quarters.make_year_earlier,
    "named": relative.make_named,
    "ago": relative.make_ago,
    "ahead": relative.make_ahead,
    "earlier": relative.make_earlier,
    "later": relative.make_later,
    "following": anaphora.make_following,
    "same": anaphora.make_same,
    "duration": lengths.make_duration,
    "long while": lengths.make_long_while,
    "set": lengths.make_set,
    "time": lengths.make_time,
}
