"""What a search found, by time and traits: looked up once, then kept here while the claims are the same.

An index of words says which claims hold some words, but not when or whose they are; to look that up takes far
longer than to count it. So whoever moves the window of a search, or filters it, is answered from here. What
is kept is named by the question's own SQL and by the mark that the database sets with every change of the
dossier's claims or their letters' languages (``timeline/facet_triggers.py``), so that it cannot outlive them.

A claim is its key and two small numbers here: the places of its date and of its traits among the different
ones.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress
from operator import add
from threading import Lock
from typing import Any

from timeline.density_triggers import UNDATED
from timeline.found_dates import DAYS, Dates
from timeline.found_traits import Wanted
from timeline.models import ClaimsMark
from timeline.trait_numbers import Trait

# Bytes kept of all searches together, about, and of what filters leave of one; the last may exceed it alone.
MOST_KEPT, MOST_PARTS = 16_000_000, 8_000_000
MOST_WHOLE = 100  # questions remembered as leaving all of a search: addresses can be made up without end
LAST_REACH = 13  # dates without any day stand after it

Sums = list[tuple[int, int, int, int, int, int]]


class Found:
    """Claims by date and traits: counted for any window, unit and filter."""

    def __init__(
        self,
        dates: Dates,
        places: array[int],
        traits: Sequence[Trait],
        kinds: array[int],
        keys: array[int] | None = None,
    ) -> None:
        """Take the places of each claim's date and traits, and the claims' keys, where they are asked for."""
        self.dates, self.places, self.traits, self.keys = dates, places, traits, keys
        # Half the room, where there are few enough.
        self.kinds = array("H", kinds) if len(traits) <= 1 << 16 else kinds
        self.voices = sorted({trait.voice for trait in traits})
        self.parts: OrderedDict[Wanted, Found] = OrderedDict()
        self.size_of_parts = 0
        self.whole_for: set[Wanted] = set()
        self.lock = Lock()

    @property
    def size(self) -> int:
        """Return how many bytes are kept, about; of the parts as many as when one was last asked for."""
        arrays = [self.places, self.kinds, self.keys or (), *self.__dict__.get("laid_out", ())]
        own = sum(len(each) * getattr(each, "itemsize", 0) for each in arrays)
        shared = len(self.dates.at) * 32 + len(self.traits) * 200
        return own + shared + self.size_of_parts

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
            if wanted in self.whole_for:
                return self
            part = self.parts.get(wanted)
            if part is None:
                held = bytes(map(wanted.holds, self.traits))
                if all(held):
                    if len(self.whole_for) >= MOST_WHOLE:
                        self.whole_for.clear()
                    self.whole_for.add(wanted)
                    return self
                part = self.parts[wanted] = self._part(held)
                _let_go(self.parts, MOST_PARTS)
            self.parts.move_to_end(wanted)
            # Not when the size is asked for: then other threads may be at the parts.
            self.size_of_parts = sum(each.size for each in self.parts.values())
            return part

    def _part(self, held: bytes) -> Found:
        """Return the claims whose traits are held."""

        def left(of_each: array[int]) -> array[int]:
            return array(of_each.typecode, compress(of_each, map(held.__getitem__, self.kinds)))

        keys = None if self.keys is None else left(self.keys)
        return Found(self.dates, left(self.places), self.traits, left(self.kinds), keys)

    @cached_property
    def at_date(self) -> array[int]:
        """How many claims there are of each date."""
        numbers = Counter(self.places)
        return array("I", map(numbers.__getitem__, range(len(self.dates.at))))

    def keys_by_date(self, first: int | None, last: int | None, start: int, stop: int) -> list[int]:
        """Return the keys of the claims from ``start`` to ``stop`` in the order of dates, of a window's."""
        touching = self.dates.touching(first, last)
        if first is None and last is None:
            touching = bytes(1 for _ in touching)
        passed, before, ranks = 0, 0, {}
        for rank, date in enumerate(self.dates.in_order):
            if not touching[date] or not self.at_date[date]:
                continue
            if passed + self.at_date[date] > start:
                before = before if ranks else passed
                ranks[date] = rank
            passed += self.at_date[date]
            if passed >= stop:
                break
        found = sorted((ranks[date], key) for date, key in self._of_dates(ranks))
        return [key for _, key in found[start - before : stop - before]]

    def undated_keys(self, most: int) -> list[int]:
        """Return the first keys of the claims that have no date."""
        undated = [date for date, at in enumerate(self.dates.at) if at >= UNDATED * DAYS]
        return sorted(key for _, key in self._of_dates(undated))[:most]

    def _of_dates(self, wanted: Iterable[int]) -> Iterable[tuple[int, int]]:
        """Return place of its date and key of each claim whose date is wanted."""
        held = bytearray(len(self.dates.at))
        for date in wanted:
            held[date] = 1
        return compress(zip(self.places, self.keys or (), strict=True), map(held.__getitem__, self.places))

    @cached_property
    def lanes(self) -> Counter[int]:
        """How many claims stand in each lane, undated ones included."""
        found: Counter[int] = Counter()
        for trait, n in self.by_trait.items():
            found[trait.lane] += n
        return found

    @cached_property
    def laid_out(self) -> tuple[array[int], array[int]]:
        """Voice and place in time as one number each, in order, and how many claims stand before each.

        So a bucket of a voice and reach is a stretch, and its claims a difference.
        """
        at = self.dates.ranks
        each = len(self.dates.in_time)
        places = {voice: place * each for place, voice in enumerate(self.voices)}
        voices = [places[trait.voice] for trait in self.traits]
        numbers = Counter(map(add, map(at.__getitem__, self.places), map(voices.__getitem__, self.kinds)))
        ordered = array("q", sorted(numbers))
        return ordered, array("I", accumulate(map(numbers.__getitem__, ordered), initial=0))

    @cached_property
    def reaches(self) -> Counter[int]:
        """How many claims there are of each reach."""
        found: Counter[int] = Counter()
        for at, n in zip(self.dates.at, self.at_date, strict=True):
            found[at // DAYS] += n
        return +found

    def undated(self) -> int:
        """Return how many claims have no date."""
        return self.reaches[UNDATED]

    def is_longer(self, fit: int) -> bool:
        """Return whether any date has a longer reach than ``fit``, or is open."""
        return any(fit < reach <= LAST_REACH for reach in self.reaches)

    def sums(self, unit: int, fit: int, first: int, last: int, unit_of: Callable[[int], int]) -> Sums:
        """Return (unit, lane, reach, bucket, own, reported) of the buckets that touch the days first to last.

        What columns of ``unit`` take has the reach ``fit``; ``unit_of`` says the unit of longer reaches.
        """
        numbers: dict[tuple[int, int, int], list[int]] = {}
        for reach in range(LAST_REACH + 1):
            buckets = self.dates.buckets(reach, unit if reach <= fit else unit_of(reach), first, last)
            for voice, bucket, n in self._of_buckets(buckets):
                both = numbers.setdefault((voice >> 1, max(reach, fit), bucket), [0, 0])
                both[voice & 1] += n
        return [
            (unit if reach <= fit else unit_of(reach), lane, reach, bucket, *both)
            for (lane, reach, bucket), both in numbers.items()
        ]

    def _of_buckets(self, buckets: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
        """Yield voice, bucket and number of claims, where there are any."""
        ordered, before = self.laid_out
        for place, voice in enumerate(self.voices if buckets else ()):
            base = place * len(self.dates.in_time)
            at = bisect_left(ordered, base + buckets[0][1])
            last = bisect_left(ordered, base + buckets[-1][2], at)
            for bucket, _, end in buckets:
                if at == last:
                    break
                after = bisect_left(ordered, base + end, at, last)
                if after > at:
                    yield voice, bucket, before[after] - before[at]
                at = after


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
        self.let_go()

    def let_go(self) -> None:
        """Let go what is too much, the oldest first."""
        with self.lock:
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
    if wanted is None:
        return found
    part = found.narrowed(wanted)
    KEPT.let_go()
    return part
