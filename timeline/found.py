"""What a search found, laid out in time: looked up once, then kept here while the claims are the same.

An index of words says which claims hold some words, but not when or whose they are; to look that up takes far
longer than to count it. So whoever moves the window of a search is answered from here. What is kept is named
by the question's own SQL and by the mark that the database sets with every change of the dossier's claims
(``timeline/facet_triggers.py``), so that it cannot outlive them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from timeline.calendar_buckets import bucket_of, bucket_start
from timeline.density_triggers import OPEN_END, OPEN_START
from timeline.models import ClaimsMark

# Different dates and voices kept of all searches together, 16 bytes each; one search may exceed it alone.
MOST_PLACES = 500_000
# A claim as one number: lane and voice times REACHES * DAYS, reach times DAYS, middle plus half of DAYS.
REACHES, DAYS = 16, 1 << 33
LAST_REACH = 13  # dates without any day stand after it

Sums = list[tuple[int, int, int, int, int, int]]


class Found:
    """Claims as numbers by lane, voice, reach and middle: counted for any window and unit."""

    def __init__(self, rows: Counter[int]) -> None:
        self.voices = sorted({row // (REACHES * DAYS) for row in rows})
        places = {voice: place for place, voice in enumerate(self.voices)}
        count = self.count = max(1, len(self.voices))
        # In order of reach and day, so that a window is a stretch for each reach.
        numbers = {
            row % (REACHES * DAYS) * count + places[row // (REACHES * DAYS)]: n for row, n in rows.items()
        }
        self.keys = array("q", sorted(numbers))
        self.numbers = array("q", map(numbers.__getitem__, self.keys))

    def lanes(self) -> Counter[int]:
        """Return how many claims stand in each lane, undated ones included."""
        found: Counter[int] = Counter()
        for key, n in zip(self.keys, self.numbers, strict=True):
            found[self.voices[key % self.count] >> 1] += n
        return found

    def undated(self) -> int:
        """Return how many claims have no date."""
        start, end = self._stretch(LAST_REACH + 1, -DAYS // 2, DAYS // 2)
        return sum(self.numbers[start:end])

    def is_longer(self, fit: int) -> bool:
        """Return whether any date has a longer reach than ``fit``, or is open."""
        start, _ = self._stretch(fit + 1, -DAYS // 2, DAYS // 2)
        _, end = self._stretch(LAST_REACH, -DAYS // 2, DAYS // 2)
        return start < end

    def inside(self, first: int | None, last: int | None) -> int:
        """Return how many claims have their middle in the days first to last; None is open.

        A date without an end, whose middle is its first day, counts before the last; one without a beginning
        after the first.
        """
        number = 0
        for reach in range(LAST_REACH + 1):
            low = -DAYS // 2 if first is None or reach == OPEN_END else first
            high = DAYS // 2 if last is None or reach == OPEN_START else last + 1
            start, end = self._stretch(reach, low, high)
            number += sum(self.numbers[start:end])
        return number

    def _stretch(self, reach: int, low: int, high: int) -> tuple[int, int]:
        """Return where the keys of one reach begin and end whose days are low to high (left out)."""
        base = (reach * DAYS + DAYS // 2) * self.count
        start = bisect_left(self.keys, base + low * self.count)
        return start, bisect_left(self.keys, base + high * self.count, start)

    def sums(self, unit: int, fit: int, first: int, last: int, unit_of: Callable[[int], int]) -> Sums:
        """Return (unit, lane, reach, bucket, own, reported) of the buckets that touch the days first to last.

        What columns of ``unit`` take has the reach ``fit``; ``unit_of`` says the unit of longer reaches.
        """
        numbers: dict[tuple[int, int, int], list[int]] = {}
        for reach in range(LAST_REACH + 1):
            by = unit if reach <= fit else unit_of(reach)
            low = bucket_start(by, bucket_of(by, first))
            high = bucket_start(by, bucket_of(by, last) + 1)
            self._add(numbers, reach, by, max(reach, fit), low, high)
        return [
            (unit if reach <= fit else unit_of(reach), lane, reach, bucket, *both)
            for (lane, reach, bucket), both in numbers.items()
        ]

    def _add(
        self,
        numbers: dict[tuple[int, int, int], list[int]],
        reach: int,
        by: int,
        shown: int,
        low: int,
        high: int,
    ) -> None:
        """Add what lies in the days low to high (left out) of one reach, by buckets of the unit ``by``."""
        base = (reach * DAYS + DAYS // 2) * self.count
        start, end = self._stretch(reach, low, high)
        before, bucket = None, 0
        for key, n in zip(self.keys[start:end], self.numbers[start:end], strict=True):
            day, voice = divmod(key - base, self.count)
            if day != before:
                before, bucket = day, bucket_of(by, day)
            voice = self.voices[voice]
            both = numbers.get((voice >> 1, shown, bucket))
            if both is None:
                both = numbers[voice >> 1, shown, bucket] = [0, 0]
            both[voice & 1] += n


class Kept:
    """The searches found last, by name, the oldest let go first."""

    def __init__(self) -> None:
        self.found: OrderedDict[Hashable, Found] = OrderedDict()
        self.lock = Lock()

    def get(self, name: Hashable) -> Found | None:
        """Return what is kept under a name."""
        with self.lock:
            found = self.found.get(name)
            if found is not None:
                self.found.move_to_end(name)
            return found

    def keep(self, name: Hashable, found: Found) -> None:
        """Keep what was found, and let go what is too much."""
        with self.lock:
            self.found[name] = found
            places = sum(len(each.keys) for each in self.found.values())
            while places > MOST_PLACES and len(self.found) > 1:
                _, oldest = self.found.popitem(last=False)
                places -= len(oldest.keys)


KEPT = Kept()


def once(dossier_key: int, question: Hashable, look: Callable[[], Counter[int]]) -> Found:
    """Return what ``look`` finds for a question; looked for again only when the dossier's claims changed."""
    # The mark comes first: what is looked for after it is never older.
    mark = ClaimsMark.objects.filter(pk=dossier_key).values_list("mark", flat=True).first()
    name = (mark, dossier_key, question)
    found = KEPT.get(name) if mark is not None else None
    if found is None:
        found = Found(look())
        if mark is not None:
            KEPT.keep(name, found)
    return found
