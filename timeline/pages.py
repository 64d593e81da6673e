"""What the pages of a dossier show: the facts over it, its lanes, its list.

In: a dossier, who asks, what the address asks for. Out: frozen records for templates. The number of questions
asked of the database does not grow with the claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from documents.models import Dossier, DossierParty, Letter
from timeline.by_date import ByDate, ByDateFound
from timeline.by_group import ByGroup, Grouping, Sorted
from timeline.density import RARE, facets_for, found_by_traits, kept_for
from timeline.extraction.edtf import in_words
from timeline.facets import COUNTED_BY_ROW, COUNTED_LIVE, FEW, windowed
from timeline.kept_counts import Facets, per, undated
from timeline.live_counts import lanes as density_lanes
from timeline.marks_answer import span_of
from timeline.models import Claim, Event
from timeline.querysets import ClaimQuerySet
from timeline.reliability import Rate, dates_confirmed
from timeline.seeing import reviews_shown, states_shown
from timeline.timeline_request import TimelineRequest, iso_day
from timeline.traits import Traits, answered
from timeline.window_counts import number_in_window
from timeline.window_traits import traits_in_window

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

ROWS = 100
NARROW = 10_000  # a window with at most so many claims is gone through whole
ROWS_BESIDE = 20  # under the timeline, where the canvas shows the rest
COLOURS = 12
WAYS_WORDS = (("words", "Whose words"), ("says", "Who says it"), ("about", "Whom it is about"))


@dataclass(frozen=True, slots=True)
class Lane:
    """A party's place in a dossier; ``colour`` is 1 to 12, 0 for nobody named."""

    key: int
    id: int
    name: str
    colour: int
    claims: int = 0


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
    """Return the traits that filters and window or words leave of a large dossier, where they are known."""
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
        return _lanes_by(dossier, user, asked.filters, asked.by)
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


def _lanes_by(dossier: Dossier, user: Asker, filters: TimelineRequest, by: str) -> list[Lane]:
    """Return the lanes by who says it or whom it is about, with how much the filters leave in each."""
    facets = facets_for(dossier, user, filters)
    kept = facets.laned(by) if facets else None
    if kept:
        return lanes_of(dossier, per(kept, "lane_key"))
    claims = Claim.objects.visible_in(dossier, user).asked(filters)
    return lanes_of(dossier, density_lanes(kept_for(dossier, user, filters, claims, by), by))


def colours_of(dossier_id: int) -> dict[int | None, int]:
    """Return {party's key: its colour, 1 to 12} of a dossier."""
    places = DossierParty.objects.filter(dossier_id=dossier_id).values_list("party_id", "colour_index")
    return {party: (index - 1) % COLOURS + 1 for party, index in places}


def colours_by_name(dossier_id: int) -> dict[str, int]:
    """Return {party's name: its colour, 1 to 12} of a dossier."""
    places = DossierParty.objects.filter(dossier_id=dossier_id).values_list("party__name", "colour_index")
    return {name: (index - 1) % COLOURS + 1 for name, index in places}


def page_of(
    dossier: Dossier,
    user: Asker,
    asked: TimelineRequest,
    size: int = ROWS,
    *,
    total: int | None = None,
    traits: Traits | None = None,
    near: Traits | None = None,
) -> Page:
    """Return a page of the list, in the order asked for.

    ``total``: how many there are; ``traits``, ``near``: those of the filters, and of filters and window; each
    where it is known.
    """

    def dressed(rows: ClaimQuerySet) -> ClaimQuerySet:
        return rows.for_list().select_related("event").with_place()

    if asked.sort == "date" and asked.q:
        found = kept_for(dossier, user, asked, Claim.objects.visible_in(dossier, user).asked(asked))
        listed: ByDate = ByDateFound(found, dressed, asked.first, asked.last)
    else:
        listed = _listed(dossier, user, asked, dressed, total, traits, near)
    pages = Paginator(listed, size)
    if total is not None:
        pages.count = total
    return pages.get_page(asked.page)


def _listed(
    dossier: Dossier,
    user: Asker,
    asked: TimelineRequest,
    dressed: Callable[[ClaimQuerySet], ClaimQuerySet],
    total: int | None,
    traits: Traits | None,
    near: Traits | None,
) -> ByDate:
    """Return the list by whichever index finds its claims."""
    narrow = near is not None and near.everything() <= NARROW
    rare = facets_for(dossier, user, asked.filters) if traits is not None and traits.total() <= RARE else None
    # By date the first rows of many are found along an index; what is few is looked up and sorted.
    few = narrow or rare is not None or bool(asked.letters)
    claims = windowed(dossier, user, asked, total if narrow or not (few or asked.sort == "date") else None)
    if rare is not None and rare.by_traits:
        claims = found_by_traits(claims, rare)
    elif asked.letters:  # their keys first: else SQLite goes through the dossier by date until it has enough
        claims = Claim.objects.filter(pk__in=claims.order_by().values("pk"))
    if asked.sort == "date":
        return Sorted(claims.by_date(), dressed) if few else ByDate(claims, dressed)
    if total is not None and total <= FEW:
        return Sorted(claims.by_letter() if asked.sort == "letter" else claims.by_event(), dressed)
    return ByGroup(claims, dressed, _grouping(dossier, user, asked, claims))


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

    ``traits``, ``near``: those of the filters, and of filters, words and window, where they are read already.
    """
    if near:
        return near.total()
    if asked.first is not None or asked.last is not None:
        return number_in_window(dossier, user, asked)
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
