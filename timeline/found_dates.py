"""What a search brings from the database, millions of dates, traits and keys, read into compact arrays."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from timeline.calendar_buckets import bucket_of, bucket_start
from timeline.density_triggers import OPEN_END, OPEN_START, UNDATED
from timeline.reach_index import reach_of

# A date as one number: its length in days, or what it lacks, times DAYS_MOST, and its first day, or its last
# where that is all there is. So most are short, and quickly handed over.
DAYS_MOST = 1 << 32
NO_END, NO_START, NO_DATE = -1, -2, -3
# Beyond any day.
NEVER = 1 << 40
# Reach times DAYS, middle plus half of DAYS: a place in time.
DAYS = 1 << 33
# Letters of a list of numbers that are read at once.
READ_AT_ONCE = 1 << 20


def date_sql(first: str, last: str) -> str:
    """Return the SQL of the number of a date from that of its bounds."""
    return (
        f"(CASE WHEN {first} IS NULL THEN CASE WHEN {last} IS NULL THEN {NO_DATE} ELSE {NO_START} END "
        f"WHEN {last} IS NULL THEN {NO_END} ELSE {last} - {first} END * {DAYS_MOST} "
        f"+ COALESCE({first}, {last}, 0))"
    )


class Numbered:
    """Numbers told by their places among the different ones, in order of appearance."""

    def __init__(self) -> None:
        self.numbering, self.places = _Numbering(), array("I")

    def add(self, numbers: Sequence[int]) -> None:
        """Add more numbers."""
        self.places.extend(map(self.numbering.__getitem__, numbers))


class _Numbering(dict[int, int]):
    def __missing__(self, number: int) -> int:
        place = self[number] = len(self)
        return place


class Keys:
    """Keys in half the room, as long as none is too large for that."""

    def __init__(self) -> None:
        self.keys = array("I")

    def add(self, keys: Sequence[int]) -> None:
        """Add more keys."""
        there = len(self.keys)
        try:
            self.keys.extend(keys)
        except OverflowError:
            self.keys = array("Q", self.keys[:there])
            self.keys.extend(keys)


def parts_of(text: str) -> Iterator[list[int]]:
    """Yield the numbers of a text, joined by commas, part by part, since all at once take much room."""
    at = 0
    while at < len(text):
        end = text.find(",", at + READ_AT_ONCE)
        end = len(text) if end < 0 else end
        yield json.loads(f"[{text[at:end]}]")
        at = end + 1


class Dates:
    """Different dates: their first and last days, NEVER where open, and their places in time."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.first, self.last, self.at = array("q"), array("q"), array("q")
        for number in numbers:
            length, day = divmod(number + DAYS_MOST // 2, DAYS_MOST)
            day -= DAYS_MOST // 2
            first, last, reach, middle = day, day, UNDATED, day
            if length == NO_END:
                last, reach = NEVER, OPEN_END
            elif length == NO_START:
                first, reach = -NEVER, OPEN_START
            elif length == NO_DATE:
                first, last = NEVER, -NEVER
            else:
                last, reach, middle = day + length, reach_of(day, day + length), day + length // 2
            self.first.append(first)
            self.last.append(last)
            self.at.append(reach * DAYS + middle + DAYS // 2)

    @cached_property
    def in_order(self) -> array[int]:
        """The places of the dates in the order of ``ClaimQuerySet.by_date``."""
        first = [NEVER if day == -NEVER else day for day in self.first]
        last = [NEVER if day == -NEVER else day for day in self.last]
        return array("I", sorted(range(len(first)), key=list(zip(first, last, strict=True)).__getitem__))

    @cached_property
    def in_time(self) -> array[int]:
        """The different places in time, in order: by reach, then by the day in the middle."""
        return array("q", sorted(set(self.at)))

    @cached_property
    def ranks(self) -> list[int]:
        """The place of each date among those."""
        ranks = {at: rank for rank, at in enumerate(self.in_time)}
        return list(map(ranks.__getitem__, self.at))

    def buckets(self, reach: int, unit: int, first: int, last: int) -> list[tuple[int, int, int]]:
        """Return each bucket of a unit that touches the days first to last and holds dates of a reach.

        As its number, and where its dates begin and end among the places in time.
        """
        base = reach * DAYS + DAYS // 2
        end = bisect_left(self.in_time, base + bucket_start(unit, bucket_of(unit, last) + 1))
        at = bisect_left(self.in_time, base + bucket_start(unit, bucket_of(unit, first)))
        found = []
        while at < end:
            bucket = bucket_of(unit, self.in_time[at] - base)
            after = bisect_left(self.in_time, base + bucket_start(unit, bucket + 1), at, end)
            found.append((bucket, at, after))
            at = after
        return found

    def touching(self, first: int | None, last: int | None) -> bytes:
        """Return for each date whether it touches the days first to last, both included; None is open."""
        low, high = -NEVER if first is None else first, NEVER if last is None else last
        return bytes(start <= high and end >= low for start, end in zip(self.first, self.last, strict=True))
