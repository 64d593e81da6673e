"""What the pages of a dossier show: the facts over it, its filters, its list.

In: a dossier, who asks, what the address asks for. Out: frozen records for templates. The number of questions
asked of the database does not grow with the claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from documents.models import Dossier, DossierParty, Letter
from timeline import claim_words as words
from timeline.by_date import ByDate
from timeline.by_group import ByGroup, Grouping, Sorted
from timeline.density import kept_for
from timeline.extraction.edtf import in_words
from timeline.facets import COUNTED_BY_ROW, COUNTED_LIVE, FEW, FIELDS, counts_of, left_without, windowed
from timeline.kept_counts import Facets, per, undated
from timeline.live_counts import lanes as density_lanes
from timeline.marks import LANE_FIELDS, about_party
from timeline.marks_answer import span_of
from timeline.models import Claim, Event
from timeline.querysets import ClaimQuerySet
from timeline.reliability import Rate, dates_confirmed
from timeline.seeing import reviews_shown, states_shown
from timeline.timeline_request import BASES, PRECISIONS, REVIEWS, STANCES, TimelineRequest, iso_day
from timeline.traits import Traits, answered, languages_of
from timeline.window_counts import number_in_window
from timeline.window_traits import traits_in_window

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

ROWS = 100
ROWS_BESIDE = 20  # under the timeline, where the canvas shows the rest
LETTERS_OFFERED = 40
COLOURS = 12
WAYS_WORDS = (("words", "Whose words"), ("says", "Who says it"), ("about", "Whom it is about"))
# Where nothing is left: how many filters are tried, and up to what number is counted.
CHIPS_TRIED = 8
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Lane:
    """A party's place in a dossier; ``colour`` is 1 to 12, 0 for nobody named."""

    key: int
    id: int
    name: str
    colour: int
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a filter offers; ``count``: how many claims of the dossier have it."""

    value: str
    label: str
    count: int | None
    chosen: bool
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the row: its name in the address, its word, its options."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> int:
        """Return how many of its options are chosen."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    query: str
    is_window: bool = False

    @property
    def quoted(self) -> str:
        """Return the label in quotation marks; words that are sought have their own."""
        return self.label if self.label.startswith("“") else f"“{self.label}”"


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter without which there would be claims, and how many in words."""

    chip: Chip
    count: int
    said: str


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What stands over every page of a dossier."""

    claims: int
    undated: int
    to_review: int
    letters: int
    span: str
    days: list[int] | None = None
    lanes: list[Lane] = field(default_factory=list)
    copies: int = 0
    repeated_claims: int = 0
    confirmed: Rate | None = None

    @property
    def letters_once(self) -> int:
        """Return how many letters there are, those that repeat another left out."""
        return self.letters - self.copies

    @property
    def claims_once(self) -> int:
        """Return how many claims there are, those of letters that repeat another left out."""
        return self.claims - self.repeated_claims


def facts_of(dossier: Dossier, user: Asker) -> DossierFacts:
    """Return the figures of a dossier as the user sees it: counts kept by the database, and two ends."""
    reviews = reviews_shown(dossier, user)
    facets = Facets(dossier.pk, reviews)
    by_lane = per(facets, "lane_key")
    ends = Claim.objects.visible_in(dossier, user).not_set_aside()
    days = span_of(ends)
    first, last = days or (None, None)
    letters, copies = Letter.objects.visible_to(user).in_dossier(dossier).counted()
    return DossierFacts(
        claims=sum(by_lane.values()),
        undated=sum(undated(facets).values()),
        to_review=sum(per(Facets(dossier.pk, ("suggested",)), "lane_key").values())
        if "suggested" in reviews
        else 0,
        letters=letters,
        span=span_words(first, last),
        days=days,
        lanes=lanes_of(dossier, by_lane),
        copies=copies,
        repeated_claims=ends.repeated().order_by().count() if copies else 0,
        confirmed=dates_confirmed(dossier),
    )


def span_words(first: int | None, last: int | None) -> str:
    """Return the years between which everything lies: "1961 – 2024".

    Not the days: the first day of what is only known to the decade would say more than anybody knows.
    """
    years = [iso_day(day).rsplit("-", 2)[0] for day in (first, last) if day is not None]
    return " – ".join(dict.fromkeys(in_words(year) for year in years))


def lanes_of(dossier: Dossier, counts: Counter[int]) -> list[Lane]:
    """Return the lanes that hold claims, in order of first appearance, nobody named last."""
    places = DossierParty.objects.filter(dossier=dossier, party_id__in=list(counts)).select_related("party")
    lanes = [
        Lane(
            key=place.party_id,
            id=place.party.public_id,
            name=place.party.name,
            colour=(place.colour_index - 1) % COLOURS + 1,
            claims=counts[place.party_id],
        )
        for place in places.order_by("colour_index")
    ]
    left = sum(counts.values()) - sum(lane.claims for lane in lanes)
    return [*lanes, Lane(0, 0, "Nobody named", 0, left)] if left else lanes


def traits_of(dossier: Dossier, user: Asker, asked: TimelineRequest, facts: DossierFacts) -> Traits | None:
    """Return the traits that the filters leave, where lanes, filters or the total are told from them."""
    if not answered(asked.filters):
        return None
    if asked.is_filtered or (answered(asked) and facts.claims > COUNTED_BY_ROW):
        return Traits(dossier, user, asked.filters)
    return None


def window_traits_of(
    dossier: Dossier, user: Asker, asked: TimelineRequest, facts: DossierFacts
) -> Traits | None:
    """Return the traits that filters and window leave of a large dossier, where kept counts say them."""
    if answered(asked) or facts.claims <= COUNTED_LIVE:
        return None
    return traits_in_window(dossier, user, asked)


def lanes_asked(
    dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: list[Lane], traits: Traits | None = None
) -> list[Lane]:
    """Return the lanes in which the filters leave something, whatever the window, with how much it is.

    ``traits``: those of the filters, where they are read already.
    """
    if asked.by != "words":
        return _lanes_by(dossier, user, asked, lanes)
    if not asked.is_filtered:
        return lanes
    counts = traits.lanes() if traits else _by_lane(dossier, user, asked)
    known = {lane.key for lane in lanes}
    nobody = sum(n for key, n in counts.items() if key not in known)
    left = {**counts, 0: nobody}
    return [replace(lane, claims=left[lane.key]) for lane in lanes if left.get(lane.key)]


def _by_lane(dossier: Dossier, user: Asker, asked: TimelineRequest) -> Mapping[int, int]:
    """Return {lane's key: claims that the filters leave in it}, whatever the window."""
    asked = asked.filters
    if answered(asked):
        return Traits(dossier, user, asked).lanes()
    claims = Claim.objects.visible_in(dossier, user).asked(asked)
    return density_lanes(kept_for(dossier, user, asked, claims))


def _lanes_by(dossier: Dossier, user: Asker, asked: TimelineRequest, lanes: list[Lane]) -> list[Lane]:
    """Return the lanes by who says it or whom it is about; in a large dossier the same as by words."""
    if sum(lane.claims for lane in lanes) > COUNTED_LIVE:
        return lanes
    claims = Claim.objects.visible_in(dossier, user).asked(asked)
    if asked.by == "about":
        claims = claims.annotate(about_party=about_party())
    counts = Counter(claims.counted_by(LANE_FIELDS[asked.by]))
    counts[0] += counts.pop(None, 0)
    return lanes_of(dossier, +counts)


def colours_of(dossier_id: int) -> dict[int | None, int]:
    """Return {party's key: its colour, 1 to 12} of a dossier."""
    places = DossierParty.objects.filter(dossier_id=dossier_id).values_list("party_id", "colour_index")
    return {party: (index - 1) % COLOURS + 1 for party, index in places}


def colours_by_name(dossier_id: int) -> dict[str, int]:
    """Return {party's name: its colour, 1 to 12} of a dossier."""
    places = DossierParty.objects.filter(dossier_id=dossier_id).values_list("party__name", "colour_index")
    return {name: (index - 1) % COLOURS + 1 for name, index in places}


def filters_of(
    dossier: Dossier,
    user: Asker,
    asked: TimelineRequest,
    facts: DossierFacts,
    is_member: bool,
    *,
    left: int | None = None,
    traits: Traits | None = None,
    near: Traits | None = None,
) -> list[Filter]:
    """Return the filters of a dossier, each value with what it would leave under the other filters.

    ``left``, ``traits``, ``near``: as ``counts_of`` has them.
    """
    keys = {lane.id: lane.key for lane in facts.lanes}
    letters = _letters_offered(dossier, user, asked)
    offered_letters = {row[0]: row[1] for row in letters}
    counts = counts_of(
        dossier, user, asked, keys, facts.claims, offered_letters, left=left, traits=traits, near=near
    )
    shown = reviews_shown(dossier, user)
    offered = REVIEWS if is_member else tuple(r for r in REVIEWS if r in (*shown, "curated"))
    parties = [
        Option(str(lane.id), lane.name, _n(counts["party"], lane.key), lane.id in asked.parties, lane.colour)
        for lane in facts.lanes
    ]
    rows = [
        Filter("party", "Party", parties),
        Filter("stance", "Stance", _options(STANCES, words.STANCE_LABELS, counts["stance"], asked.stances)),
        Filter("basis", "Date", _options(BASES, words.BASIS_LABELS, counts["basis"], asked.bases)),
        Filter(
            "precision",
            "Exact to",
            _options(PRECISIONS, words.PRECISION_LABELS, counts["precision"], asked.precisions),
        ),
        Filter("letter", "Letter", _letters(letters, asked, counts["letter"])),
        Filter("language", "Language", _languages(dossier, asked, counts["language"])),
        Filter("review", "Review", _options(offered, words.REVIEW_LABELS, counts["review"], asked.reviews)),
    ]
    return [each for each in rows if each.chosen or len(each.options) > 1]


def _n(counts: Mapping[Any, int | None] | None, value: Any) -> int | None:
    return None if counts is None else counts.get(value, 0)


def _options(
    values: tuple[str, ...],
    labels: dict[str, str],
    counts: Mapping[Any, int | None] | None,
    chosen: tuple[str, ...],
) -> list[Option]:
    return [Option(value, labels[value], _n(counts, value), value in chosen) for value in values]


def _letters_offered(dossier: Dossier, user: Asker, asked: TimelineRequest) -> list[tuple]:
    """Return key, public number, own day, symbols, subject and file name of each letter that is offered."""
    letters = Letter.objects.visible_to(user).in_dossier(dossier).by_own_date()
    fields = ("pk", "public_id", "own_day", "symbols", "subject", "file_name")
    rows = list(letters.values_list(*fields)[:LETTERS_OFFERED])
    if asked.letters:  # what is chosen is offered wherever it stands
        offered = {row[1] for row in rows}
        rows += letters.filter(public_id__in=set(asked.letters) - offered).values_list(*fields)
    return rows


def _letters(
    rows: list[tuple], asked: TimelineRequest, counts: Mapping[Any, int | None] | None
) -> list[Option]:
    return [
        Option(
            str(number),
            _letter_label(day, symbols, subject, name),
            _n(counts, number),
            number in asked.letters,
        )
        for _, number, day, symbols, subject, name in rows
    ]


def _languages(
    dossier: Dossier, asked: TimelineRequest, counts: Mapping[Any, int | None] | None
) -> list[Option]:
    values = languages_of(dossier)
    values += [value for value in asked.languages if value not in values]
    return [Option(v, words.LANGUAGE_LABELS.get(v, v), _n(counts, v), v in asked.languages) for v in values]


def _letter_label(day: int | None, symbols: list[str], subject: str, file_name: str) -> str:
    when = in_words(iso_day(day)) if day is not None else "No date"
    return f"{when}, {symbols[0] if symbols else (subject or file_name or 'letter')[:60]}"


def chips_of(asked: TimelineRequest, filters: list[Filter]) -> list[Chip]:
    """Return the filters in force, each with the address that lifts it."""
    chips: list[Chip] = []
    if asked.first is not None or asked.last is not None:
        chips.append(Chip(_window_words(asked), asked.without("window"), is_window=True))
    if asked.q:
        chips.append(Chip(f"“{asked.q}”", asked.without("q")))
    for each in filters:
        attribute = FIELDS[each.name]
        values: tuple[Any, ...] = getattr(asked, attribute)
        for option in each.options:
            if option.chosen:
                value = next(v for v in values if str(v) == option.value)
                chips.append(Chip(option.label, asked.without(attribute, value)))
    return chips


def loosened(dossier: Dossier, user: Asker, asked: TimelineRequest, chips: list[Chip]) -> list[Loosened]:
    """Return, where nothing is left, what each filter's removal would bring back, most first."""
    questions = [TimelineRequest.read(QueryDict(chip.query)) for chip in chips[:CHIPS_TRIED]]
    left = left_without(dossier, user, questions, MOST_COUNTED)
    rows = [
        Loosened(chip, n, f"more than {MOST_COUNTED:,}" if n > MOST_COUNTED else f"{n:,}")
        for chip, n in zip(chips, left, strict=False)
        if n
    ]
    return sorted(rows, key=lambda row: -row.count)


def _window_words(asked: TimelineRequest) -> str:
    if asked.first is None:
        return f"Until {in_words(iso_day(asked.last or 0))}"
    if asked.last is None:
        return f"From {in_words(iso_day(asked.first))}"
    return f"{in_words(iso_day(asked.first))} – {in_words(iso_day(asked.last))}"


def page_of(
    dossier: Dossier, user: Asker, asked: TimelineRequest, total: int | None, size: int = ROWS
) -> Page:
    """Return a page of the list, in the order asked for; ``total``: how many there are, where it is known."""

    def dressed(rows: ClaimQuerySet) -> ClaimQuerySet:
        return rows.for_list().select_related("event").with_place()

    # By date the window's first rows are found along an index; by anything else all are looked up and sorted.
    claims = windowed(dossier, user, asked, None if asked.sort == "date" else total)
    if asked.sort == "date":
        listed = ByDate(claims, dressed)
    elif total is not None and total <= FEW:
        listed = Sorted(claims.by_letter() if asked.sort == "letter" else claims.by_event(), dressed)
    else:
        listed = ByGroup(claims, dressed, _grouping(dossier, user, asked, claims))
    pages = Paginator(listed, size)
    if total is not None:
        pages.count = total
    return pages.get_page(asked.page)


def _grouping(dossier: Dossier, user: Asker, asked: TimelineRequest, claims: ClaimQuerySet) -> Grouping:
    """Return what a list by letter or by event goes through."""
    if asked.sort == "event":
        events = Event.objects.filter(dossier=dossier).order_by("edtf", "pk").values_list("pk", flat=True)
        return Grouping("event_id", events, claims, ClaimQuerySet.by_event)
    letters = Letter.objects.filter(dossier=dossier).by_own_date().values_list("pk", flat=True)
    # The letters are the dossier's: with its key beside theirs, their index would not do.
    counted = (
        Claim.objects.in_review(states_shown(dossier, user)).asked(asked).between(asked.first, asked.last)
    )
    return Grouping("letter_id", letters, counted, ClaimQuerySet.by_letter)


def total_of(
    asked: TimelineRequest,
    facts: DossierFacts,
    dossier: Dossier,
    user: Asker,
    traits: Traits | None = None,
    near: Traits | None = None,
) -> int | None:
    """Return how many claims are asked for, None where the list's own count is no slower.

    ``traits``, ``near``: those of the filters, and of filters and window, where they are read already.
    """
    if asked.first is not None or asked.last is not None:
        return near.total() if near else number_in_window(dossier, user, asked)
    if not asked.is_filtered:
        return facts.claims
    if answered(asked):
        return (traits or Traits(dossier, user, asked)).total()
    return sum(_by_lane(dossier, user, asked).values()) if asked.q else None


def links_of(asked: TimelineRequest, rows: Page) -> dict[str, str]:
    """Return the query strings of the list's links, and the window as the filter's fields show it."""
    return {
        "by_date": asked.query(sort="date"),
        "by_letter": asked.query(sort="letter"),
        "by_event": asked.query(sort="event"),
        "previous": asked.query(page=rows.number - 1),
        "next": asked.query(page=rows.number + 1),
        "from": iso_day(asked.first) if asked.first is not None else "",
        "to": iso_day(asked.last) if asked.last is not None else "",
    }
