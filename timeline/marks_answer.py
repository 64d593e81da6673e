"""What ``marks.json`` answers: every mark where there are few enough, else counts for a window at a scale.

Up to WHOLE claims the canvas gets all marks at once and moves by itself. Beyond, it gets counts of the whole
span first, and for each window a tile: counts where marks would lie denser than pixels, marks where not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F

from documents.models import Dossier, Letter, Party
from timeline import density, kept_counts, live_counts
from timeline.calendar_buckets import UNIT_DAYS, bucket_start, unit_for
from timeline.density_triggers import LANE_FIELDS, LONGER, OPEN_START, REACH_LIMITS
from timeline.kept_counts import Count, Facets
from timeline.marks import columns_of, lanes_of, row_flags, rows_of
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet
from timeline.reach_index import longer_touching, met
from timeline.timeline_request import TimelineRequest

if TYPE_CHECKING:
    from timeline.pages import Asker

WHOLE = 5_000  # claims, about 60 kB gzipped; more would be waited for
SHORT_MOST, LONG_MOST = 2_500, 600  # marks of a tile
FEW, LONG_OF_FEW = 25_000, 2_000  # a dossier of few claims may have more long marks in a tile
UNDATED_SHOWN = 60
OVERVIEW_WIDTH = 1000  # pixels, about
BEFORE_ALL, AFTER_ALL = -10_000_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """Days first to last on a width in pixels; ``claim``: public number of one that is wanted anyway."""

    first: int
    last: int
    width: int
    claim: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The claims asked for, the same for kept counts (None: they cannot say), those that set the span.

    ``total``: how many claims they are at most, where kept counts say it: as known on a day they are fewer.
    ``days``: that span, where it is known.
    """

    dossier: Dossier
    claims: ClaimQuerySet
    facets: Facets | None
    all_claims: ClaimQuerySet
    by: str = "words"
    total: int | None = None
    days: list[int] | None = None

    @property
    def span(self) -> list[int] | None:
        """Return the first and the last day of all claims."""
        return self.days or span_of(self.all_claims)

    @property
    def kept(self) -> Facets | None:
        """The facets with the lanes asked for, where counts are kept for those."""
        return self.facets.laned(self.by) if self.facets else None


def question_for(
    dossier: Dossier, user: Asker, filters: TimelineRequest, by: str, days: list[int] | None = None
) -> Question:
    """Return what a page's filters ask for; its window is left out, since the canvas moves by itself."""
    seen = Claim.objects.visible_in(dossier, user)
    claims = density.kept_for(dossier, user, filters, seen.asked(filters), by)
    facets = density.facets_for(dossier, user, filters)
    total = None if facets is None else kept_counts.total(facets)
    if facets is not None and facets.by_traits and total <= density.RARE:
        claims = density.found_by_traits(claims, facets)
    return Question(dossier, claims, facets, seen.not_set_aside(), by, total, days)


def answer(question: Question, window: Window | None) -> dict[str, Any]:
    """Return the body of ``marks.json``; queries are constant in number, whatever the number of claims."""
    if window is not None:
        return {"mode": "tile", **_tile(question, window, None)}
    total = total_of(question)
    if total > WHOLE:
        return _first(question)
    # That there is none is known from counts; the database would go through all claims to find it out.
    return whole(question if total else replace(question, claims=question.claims.none()))


def total_of(question: Question) -> int:
    """Return how many claims are asked for; beyond WHOLE the exact number does not matter."""
    if question.total is not None:
        return question.total
    if question.claims.kept_for is not None:
        return sum(live_counts.lanes(question.claims, question.by).values())
    return question.claims.order_by()[: WHOLE + 1].count()


def span_of(claims: ClaimQuerySet) -> list[int] | None:
    """Return first and last day of the claims, None without a dated one."""
    starts = claims.filter(earliest_day__isnull=False).order_by("earliest_day").values_list("earliest_day")
    ends = claims.filter(latest_day__isnull=False).order_by("-latest_day").values_list("latest_day")
    # The last to start matters where all others are open.
    late = claims.filter(earliest_day__isnull=False).order_by("-earliest_day").values_list("earliest_day")
    # By a sum, since else PostgreSQL goes through all ends in order until one has no start.
    early = (
        claims.filter(earliest_day=None, latest_day__isnull=False)
        .order_by(F("latest_day") + 0)
        .values_list("latest_day")
    )
    days = [row[0] for query in (starts[:1], ends[:1], late[:1], early[:1]) for row in query]
    return [min(days), max(days)] if days else None


def whole(question: Question) -> dict[str, Any]:
    """Return every mark as columns, the lanes, the letters' days and what has no date."""
    rows = rows_of(_listed(question.claims), question.by)
    lanes = lanes_of(question.dossier, {row[1] for row in rows})
    places = places_of(lanes, {row[1] for row in rows})
    letters = _letters(question)
    letter_place = {pk: i for i, (pk, _) in enumerate(letters)}
    dated = [row for row in rows if row[2] is not None or row[3] is not None]
    undated = [row for row in rows if row[2] is None and row[3] is None]
    columns = columns_of(dated, places, len(lanes))
    rest = columns.pop("rest")
    return {
        "mode": "all",
        "lanes": _public(lanes),
        "span": question.span,
        **columns,
        "letter": [letter_place[row[0]] for row in rest],
        "letters": _days(letters),
        "undated": _undated(undated[:UNDATED_SHOWN], places),
        "undated_total": len(undated),
    }


def _listed(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return the same claims told by their keys where words find them: not to be looked for once more."""
    if claims.sought is None:
        return claims
    return Claim.objects.filter(pk__in=live_counts.found_keys(claims, None, None, 0, WHOLE))


def _first(question: Question) -> dict[str, Any]:
    """Return the whole span in counts: what a dossier of any size opens with."""
    span = question.span or [719_163, 719_528]
    margin = max(10, (span[1] - span[0]) // 50)
    window = Window(span[0] - margin, span[1] + margin, OVERVIEW_WIDTH)
    pixels_a_day = window.width / (window.last - window.first + 1)
    unit = unit_for(pixels_a_day)
    fit = density.widest_reach(unit, pixels_a_day)
    counts = density.counts(question.claims, question.kept, unit, fit, BEFORE_ALL, AFTER_ALL, question.by)
    number_undated = _undated_total(question)
    undated = _undated_rows(question) if number_undated else []
    totals: dict[int, int] = {}
    for count in counts:
        totals[count.lane] = totals.get(count.lane, 0) + count.n
    keys = {count.lane or None for count in counts} | {row[1] for row in undated}
    lanes = lanes_of(question.dossier, keys)
    places = places_of(lanes, keys)
    return {
        "mode": "counts",
        "lanes": _public(lanes),
        "totals": [totals.get(lane["key"] or 0, 0) for lane in lanes],
        "span": span,
        "letters": _days(_letters(question)),
        "undated": _undated(undated, places),
        "undated_total": number_undated,
        "overview": _overview(counts, unit),
        "tile": _tile(question, window, counts),
    }


def _undated_total(question: Question) -> int:
    if question.facets is not None:
        return sum(kept_counts.undated(question.facets).values())
    if question.claims.kept_for is not None:
        return live_counts.found_undated(question.claims, question.by)
    return question.claims.undated().count()


def _undated_rows(question: Question) -> list[tuple]:
    claims = question.claims
    if claims.sought is not None:  # to look for the words once more would take far longer
        keys = live_counts.found_undated_keys(claims, UNDATED_SHOWN)
        return rows_of(Claim.objects.filter(pk__in=keys), question.by, most=UNDATED_SHOWN)
    return rows_of(claims.undated(), question.by, most=UNDATED_SHOWN)


def _letters(question: Question) -> list[tuple[int, int | None]]:
    """Return key and own day of the dossier's letters, by date."""
    return list(Letter.objects.filter(dossier=question.dossier).by_own_date().values_list("pk", "own_day"))


def _days(letters: list[tuple[int, int | None]]) -> list[int | None]:
    """Return the letters' days as differences from the one before; null where there is none, last."""
    days = [day for _, day in letters if day is not None]
    return [
        *(day - before for day, before in zip(days, [0, *days], strict=False)),
        *([None] * (len(letters) - len(days))),
    ]


def places_of(lanes: list[dict[str, Any]], keys: set[int | None]) -> dict[int | None, int]:
    """Return the place of each lane's key; a party that is no lane's stands with nobody."""
    places = {lane["key"]: i for i, lane in enumerate(lanes)}
    nobody = places.get(None, 0)
    return {**dict.fromkeys(keys, nobody), **places} if lanes else {None: 0}


def _public(lanes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in lane.items() if name != "key"} for lane in lanes]


def _undated(rows: list[tuple], places: dict[int | None, int]) -> list[dict[str, int]]:
    return [{"id": row[0], "lane": places[row[1]], "flags": row_flags(row)} for row in rows]


def _overview(counts: list[Count], unit: int) -> dict[str, Any]:
    """Return the claims of all lanes by bucket, longer ones at their middle: [first day, days, number, …]."""
    bins: dict[int, int] = {}
    for count in counts:
        middle = count.first if count.unit <= unit else (count.first + count.end) // 2
        bins[middle] = bins.get(middle, 0) + count.n
    flat: list[int] = []
    before = 0
    for middle in sorted(bins):
        flat += [middle - before, bins[middle]]
        before = middle
    return {"days": round(UNIT_DAYS[unit]), "bins": flat}


def _tile(question: Question, window: Window, counts: list[Count] | None) -> dict[str, Any]:
    """Return counts and marks of a window; lanes by their public numbers."""
    pixels_a_day = window.width / (window.last - window.first + 1)
    unit = unit_for(pixels_a_day)
    fit = density.widest_reach(unit, pixels_a_day)
    if counts is None:
        counts = density.counts(
            question.claims, question.kept, unit, fit, window.first, window.last, question.by
        )
    short = [c for c in counts if c.reach <= fit]
    long = [c for c in counts if c.reach > fit]
    marks_short = sum(c.n for c in short) <= SHORT_MOST
    marks_long = sum(c.n for c in long) <= _long_most(question)
    wanted = marks_long and bool(long or not _none_is_long(question, fit))
    rows = _tile_rows(question, window, fit, marks_short and bool(short), wanted)
    keys = {c.lane or None for c in counts} | {row[1] for row in rows}
    lanes = lanes_of(question.dossier, keys)
    places = places_of(lanes, keys)
    columns = columns_of(rows, places, len(lanes))
    columns["made"] = [row[1] for row in columns.pop("rest")]
    return {
        "first": window.first,
        "last": window.last,
        "unit": unit,
        "widest": REACH_LIMITS[fit],
        "lane_ids": [lane["id"] for lane in lanes],
        "columns": None if marks_short else _coded(short, places),
        "blocks": [] if marks_long else _blocks(long, places),
        "marks": columns,
    }


def _none_is_long(question: Question, fit: int) -> bool:
    """Return whether no claim is long, by kept counts under filters by traits or lane, or by a search's.

    To find that out from the claims, the database would go through all that begin before the window's end.
    """
    if question.claims.kept_for is not None:
        return not live_counts.found_longer(question.claims, fit, question.by)
    kept = question.kept
    asked = kept is not None and (kept.coarse or kept.lanes is not None)
    return asked and kept_counts.none_longer(kept, fit)


def _long_most(question: Question) -> int:
    """Return how many long marks a tile may have: more where the claims are few, so that each is drawn."""
    few = question.kept is not None and question.total is not None and question.total <= FEW
    return max(LONG_MOST, LONG_OF_FEW) if few else LONG_MOST


def _tile_rows(question: Question, window: Window, fit: int, short: bool, long: bool) -> list[tuple]:
    """Return the rows of the claims drawn as marks in a tile: of a reach up to ``fit``, and longer ones."""
    claims, rows = question.claims.dated(), []
    if short:
        first = window.first - REACH_LIMITS[fit]
        fits = claims.filter(latest_day__lt=F("earliest_day") + REACH_LIMITS[fit])
        within = fits.filter(earliest_day__gte=first, earliest_day__lte=window.last)
        rows += rows_of(within, question.by, "letter__own_day")
    if long:
        longer = met(question.claims, longer_touching(window.first, window.last, fit))
        rows += rows_of(longer, question.by, "letter__own_day")
    if window.claim is not None and all(row[0] != window.claim for row in rows):
        rows += rows_of(claims.filter(public_id=window.claim), question.by, "letter__own_day")
    return rows


def _coded(short: list[Count], places: dict[int | None, int]) -> list[list[int]]:
    """Return a list for each lane and voice: both, then bucket (less the one before) and number by turns."""
    groups: dict[tuple[int, int], dict[int, int]] = {}
    for _, lane, _, bucket, *numbers in short:
        for quoted, n in enumerate(numbers):
            if n:
                line = groups.setdefault((places[lane or None], quoted), {})
                line[bucket] = line.get(bucket, 0) + n
    coded = []
    for (lane, quoted), buckets in sorted(groups.items()):
        row, before = [lane, quoted], 0
        for bucket in sorted(buckets):
            row += (bucket - before, buckets[bucket])
            before = bucket
        coded.append(row)
    return coded


def _blocks(long: list[Count], places: dict[int | None, int]) -> list[list[int]]:
    """Return [lane, voice, first day, days, number, open (0 no, 1 end, 2 start)] of each block."""
    blocks = []
    for unit, lane, reach, bucket, *numbers in sorted(long):
        first, end = bucket_start(unit, bucket), bucket_start(unit, bucket + 1)
        opening = 0 if reach <= LONGER else 2 if reach == OPEN_START else 1
        for quoted, n in enumerate(numbers):
            if n:
                blocks.append([places[lane or None], quoted, first, end - first, n, opening])
    return blocks


def behind(question: Question, asked: dict[str, int | None]) -> ClaimQuerySet:
    """Return the claims behind a column or block, by date: those of a lane and voice whose middle lies there.

    ``asked`` has from, to (days, both included), shortest, longest (days), quoted, open (0, 1 end, 2 start)
    and lane, a public number, 0 for nobody; what is None is not asked.
    """
    first, last = asked["from"] or 0, asked["to"] or 0
    longest = asked["longest"] or 1
    claims, field = question.claims, LANE_FIELDS[question.by]
    if asked["lane"]:
        key = Party.objects.filter(public_id=asked["lane"]).values("pk")
        claims = claims.filter(**{f"{field}__in": key})
    else:
        claims = claims.filter(**{f"{field}__isnull": True})
    if asked["quoted"] is not None:
        claims = claims.filter(is_quoted=bool(asked["quoted"]))
    if asked["open"]:
        known, other = (
            ("earliest_day", "latest_day") if asked["open"] == 1 else ("latest_day", "earliest_day")
        )
        inside = {f"{known}__gte": first, f"{known}__lte": last, f"{other}__isnull": True}
        return claims.filter(**inside).by_date()
    length = F("latest_day") - F("earliest_day")
    claims = claims.filter(earliest_day__gte=first - longest, earliest_day__lte=last)
    claims = claims.annotate(days=length, middle=F("earliest_day") + length / 2)
    return claims.filter(
        middle__gte=first, middle__lte=last, days__lt=longest, days__gte=(asked["shortest"] or 1) - 1
    ).by_date()
