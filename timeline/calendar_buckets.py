"""Calendar buckets: units of days, weeks and months, and the number of the one that holds a day.

Day numbers are those of ``date.toordinal()``, carried on below 1; months are counted from January of year 0.
``static/js/timeline/cluster-marks.js`` has the same units in the same order.
"""

from __future__ import annotations

from functools import lru_cache

# Average days of each unit: day, week, month, quarter, half, year, 2, 5, 10, 50, 100 years.
UNIT_DAYS = (1, 7, 30.44, 91.32, 182.64, 365.28, 730.56, 1826.4, 3652.8, 18264, 36528)
MONTHS = {2: 1, 3: 3, 4: 6, 5: 12, 6: 24, 7: 60, 8: 120, 9: 600, 10: 1200}
NARROWEST = 8  # pixels of a column
# Days from 1 March of year 0 to day number 0, and whole eras of 400 years.
MARCH, ERA_DAYS, ERA_MONTHS = 305, 146_097, 4_800


def unit_for(pixels_a_day: float) -> int:
    """Return the finest unit whose columns are wide enough at this scale."""
    wide = (u for u, days in enumerate(UNIT_DAYS) if days * pixels_a_day >= NARROWEST)
    return next(wide, len(UNIT_DAYS) - 1)


def months_of(day: int) -> int:
    """Return the months from January of year 0 to that of a day."""
    shifted = 4 * (day + MARCH) + 3
    century = shifted % ERA_DAYS // 4 * 4 + 3
    year = shifted // ERA_DAYS * 100 + century // 1461
    return year * 12 + (5 * (century % 1461 // 4) + 2) // 153 + 2


def first_day(months: int) -> int:
    """Return the first day of a month counted from January of year 0."""
    year, march = divmod(months - 2, 12)
    era, of_era = divmod(year, 400)
    days = of_era * 365 + of_era // 4 - of_era // 100 + (153 * march + 2) // 5
    return era * ERA_DAYS + days - MARCH


def bucket_of(unit: int, day: int) -> int:
    """Return the number of the bucket of a unit that holds a day."""
    if unit == 0:
        return day
    if unit == 1:
        return (day - 1) // 7
    return months_of(day) // MONTHS[unit]


@lru_cache(20_000)
def bucket_start(unit: int, bucket: int) -> int:
    """Return the first day of a bucket."""
    if unit == 0:
        return bucket
    if unit == 1:
        return bucket * 7 + 1
    return first_day(bucket * MONTHS[unit])
