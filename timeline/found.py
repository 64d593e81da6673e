"""What a search found, by time and traits: looked up once, then kept here while the claims are the same.

An index of words says which claims hold some words, but not when or whose they are; to look that up takes far
longer than to count it. So whoever moves the window of a search, or filters it, is answered from here. What
is kept is named by the question's own SQL and by the mark that the database sets with every change of the
dossier's claims or their letters' languages (``timeline/facet_triggers.py``), so that it cannot outlive them.

A claim is two small numbers here, the places of its date and of its traits among the different ones.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from operator import add
from threading import Lock
from typing import Any

from timeline.calendar_buckets import bucket_of, bucket_start
from timeline.density_triggers import OPEN_END, OPEN_START, UNDATED
from timeline.found_traits import Wanted
from timeline.models import ClaimsMark
from timeline.reach_index import reach_of
from timeline.trait_numbers import Trait

# Bytes kept of all searches together, about, and of what filters leave of one; the last may exceed it alone.
MOST_KEPT, MOST_PARTS = 16_000_000, 8_000_000
# A date as one number: its length in days, or what it lacks, times DAYS_MOST, and its first day, or its last
# where that is all there is. So most are short, and quickly handed over.
DAYS_MOST = 1 << 32
NO_END, NO_START, NO_DATE = -1, -2, -3
# Beyond any day.
NEVER = 1 << 40
# Reach times DAYS, middle plus half of DAYS: a place in time.
DAYS = 1 << 33
LAST_REACH = 13  # dates without any day stand after it
# Letters of a list of numbers that are read at once.
READ_AT_ONCE = 1 << 20

Sums = list[tuple[int, int, int, int, int, int]]


def date_sql(first: str, last: str) -> str:
    """Return the SQL of the number of a date from that of its bounds."""
    return (
        f"(CASE WHEN {first} IS NULL THEN CASE WHEN {last} IS NULL THEN {NO_DATE} ELSE {NO_START} END "
        f"WHEN {last} IS NULL THEN {NO_END} ELSE {last} - {first} END * {DAYS_MOST} "
        f"+ COALESCE({first}, {last}, 0))"
    )


class Numbered:
    """Numbers told by their places among the ``different`` ones, in order of appearance."""

    def __init__(self, text: str) -> None:
        numbering = _Numbering()
        self.places = array("I")
        for numbers in _parts(text):
            self.places.extend(map(numbering.__getitem__, numbers))
        self.different = list(numbering)


class _Numbering(dict[int, int]):
    def __missing__(self, number: int) -> int:
        place = self[number] = len(self)
        return place


def _parts(text: str) -> Iterator[list[int]]:
    """Yield the numbers of a text, joined by commas, part by part: all at once would take much memory."""
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

    def touching(self, first: int | None, last: int | None) -> bytes:
        """Return for each date whether it touches the days first to last, both included; None is open."""
        low, high = -NEVER if first is None else first, NEVER if last is None else last
        return bytes(start <= high and end >= low for start, end in zip(self.first, self.last, strict=True))


class Found:
    """Claims by date and traits: counted for any window, unit and filter."""

    def __init__(self, dates: Dates, places: array[int], traits: Sequence[Trait], kinds: array[int]) -> None:
        self.dates, self.places, self.traits = dates, places, traits
        # Half the room, where there are few enough.
        self.kinds = array("H", kinds) if len(traits) <= 1 << 16 else kinds
        self.voices = sorted({trait.voice for trait in traits})
        self.count = max(1, len(self.voices))
        self.parts: OrderedDict[Wanted, Found] = OrderedDict()
        self.lock = Lock()

    @property
    def size(self) -> int:
        """Return how many bytes are kept, about, but for its parts."""
        claims = len(self.places) * (self.places.itemsize + self.kinds.itemsize)
        keys = len(self.laid_out[0]) if "laid_out" in self.__dict__ else 0
        return claims + len(self.dates.at) * 24 + len(self.traits) * 200 + keys * 16

    @cached_property
    def by_trait(self) -> Counter[Trait]:
        """How many claims there are of each kind, undated ones included."""
        return self._told(Counter(self.kinds))

    def traits_in(self, first: int | None, last: int | None) -> Counter[Trait]:
        """Return the same of the claims that touch the days first to last, both included; None is open."""
        if first is None and last is None:
            return self.by_trait
        touching = self.dates.touching(first, last)
        return self._told(Counter(compress(self.kinds, map(touching.__getitem__, self.places))))

    def _told(self, kinds: Counter[int]) -> Counter[Trait]:
        return Counter({self.traits[kind]: n for kind, n in kinds.items()})

    def number_in(self, first: int | None, last: int | None) -> int:
        """Return how many claims touch the days first to last."""
        if first is None and last is None:
            return len(self.places)
        return sum(map(self.dates.touching(first, last).__getitem__, self.places))

    def narrowed(self, wanted: Wanted) -> Found:
        """Return what is left of it by filters, told once."""
        with self.lock:
            part = self.parts.get(wanted)
            if part is None:
                part = self._part(bytes(map(wanted.holds, self.traits)))
            self.parts[wanted] = part
            self.parts.move_to_end(wanted)
            _let_go(self.parts, MOST_PARTS)
            return part

    def _part(self, held: bytes) -> Found:
        if all(held):
            return self
        places = array("I", compress(self.places, map(held.__getitem__, self.kinds)))
        kinds = array("I", compress(self.kinds, map(held.__getitem__, self.kinds)))
        return Found(self.dates, places, self.traits, kinds)

    @cached_property
    def lanes(self) -> Counter[int]:
        """How many claims stand in each lane, undated ones included."""
        found: Counter[int] = Counter()
        for trait, n in self.by_trait.items():
            found[trait.lane] += n
        return found

    @cached_property
    def laid_out(self) -> tuple[array[int], array[int]]:
        """Places in time and voice as numbers in their order, so that a window is a stretch for each reach,
        and how many claims each has."""
        places = {voice: place for place, voice in enumerate(self.voices)}
        at = [day * self.count for day in self.dates.at]
        voices = [places[trait.voice] for trait in self.traits]
        numbers = Counter(map(add, map(at.__getitem__, self.places), map(voices.__getitem__, self.kinds)))
        keys = array("q", sorted(numbers))
        return keys, array("q", map(numbers.__getitem__, keys))

    @property
    def keys(self) -> array[int]:
        """What ``laid_out`` has first."""
        return self.laid_out[0]

    def undated(self) -> int:
        """Return how many claims have no date."""
        start, end = self._stretch(UNDATED, -DAYS // 2, DAYS // 2)
        return sum(self.laid_out[1][start:end])

    def is_longer(self, fit: int) -> bool:
        """Return whether any date has a longer reach than ``fit``, or is open."""
        start, _ = self._stretch(fit + 1, -DAYS // 2, DAYS // 2)
        _, end = self._stretch(LAST_REACH, -DAYS // 2, DAYS // 2)
        return start < end

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
        keys, counted = self.laid_out
        for key, n in zip(keys[start:end], counted[start:end], strict=True):
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
            _let_go(self.found, MOST_KEPT)


def _let_go(kept: OrderedDict[Any, Found], most: int) -> None:
    """Let go the oldest where all together are too much; the last one stays."""
    size = sum(each.size for each in kept.values())
    while size > most and len(kept) > 1:
        size -= kept.popitem(last=False)[1].size


KEPT = Kept()


def once(
    dossier_key: int, question: Hashable, look: Callable[[], Found], wanted: Wanted | None = None
) -> Found:
    """Return what ``look`` finds for a question, as far as it is wanted.

    It is looked for again only when the dossier's claims changed.
    """
    # The mark comes first: what is looked for after it is never older.
    mark = ClaimsMark.objects.filter(pk=dossier_key).values_list("mark", flat=True).first()
    name = (mark, dossier_key, question)
    found = KEPT.get(name) if mark is not None else None
    if found is None:
        found = look()
        if mark is not None:
            KEPT.keep(name, found)
    return found if wanted is None else found.narrowed(wanted)
