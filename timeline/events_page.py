"""What the pages of events show: the list, one event's accounts, two parties compared, events by parties.

In: a dossier, who asks, what the address asks for. Out: frozen records for templates. An event is seen by
whoever sees one of its claims, and only with those. The number of questions does not grow with the events.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from documents.models import Dossier
from timeline import accounts
from timeline import claim_words as words
from timeline.accounts import Cell, Difference, Told
from timeline.event_grounds import grounds_of
from timeline.excerpts import Piece, Span, pieces
from timeline.models import Claim, Event
from timeline.pages import Lane
from timeline.querysets import ClaimQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

EVENTS_A_PAGE = 50
# The most accounts of one event that its page sets side by side.
ACCOUNTS_SHOWN = 200
SHOWN = ("several", "disputed", "all")
SHOWN_WORDS = (("several", "Told by several"), ("disputed", "Disputed"), ("all", "All"))


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a list: when, who speaks of it, who is only quoted, in what they differ."""

    event: Event
    dates: list[str]
    words_of: str
    language: str
    told: list[Told]
    quoted: list[tuple[int, str]]
    kinds: list[str]
    accounts: int


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of a dossier's events; ``counts`` by what is shown."""

    show: str
    page: Page
    rows: list[EventRow]
    counts: dict[str, int]

    @property
    def keep(self) -> str:
        """Return what links to other pages of the list keep of the address."""
        return f"show={self.show}&"


@dataclass(frozen=True, slots=True)
class Account:
    """One claim as an account: its sentence in pieces, the words that date it, why it stands here."""

    claim: Claim
    headline: tuple[str, str, str]
    pieces: list[Piece]
    stated: str
    stance: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Column:
    """One party's accounts of an event."""

    key: int | None
    name: str
    stances: list[str]
    accounts: list[Account]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with its accounts side by side."""

    event: Event
    words_of: str
    language: str
    dates: dict[str, list[str]]
    differences: list[Difference]
    columns: list[Column]
    quoted: list[tuple[int, str]]
    silent: list[Lane]
    accounts: int
    letters: int
    more: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One event: a list of cells for each party, empty where it is silent."""

    event: Event
    dates: list[str]
    language: str
    cells: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One event as two parties tell it, and how the two accounts stand to each other."""

    event: Event
    dates: list[str]
    one: list[Claim]
    two: list[Claim]
    verdict: str
    said: str


def seen_claims(dossier: Dossier, user: Asker) -> ClaimQuerySet:
    """Return the claims from which events are told to the user."""
    return Claim.objects.visible_to(user).in_dossier(dossier).not_set_aside()


def event_list(dossier: Dossier, user: Asker, show: str | None, number: str | None) -> EventList:
    """Return a page of the events: those that several parties speak of, those disputed, or all."""
    show = show if show in SHOWN else "several"
    claims = seen_claims(dossier, user)
    counts = claims.count_told_events()
    pages = Paginator(claims.told_events(show), EVENTS_A_PAGE)
    pages.count = counts[show]
    page = pages.get_page(number)
    told = _accounts(claims, [row["event_id"] for row in page.object_list])
    return EventList(show, page, [_row(event, rows) for event, rows in told], counts)


def _accounts(claims: ClaimQuerySet, keys: Sequence[int]) -> list[tuple[Event, list[Claim]]]:
    """Return the events with these keys, each with its claims, letters by date; two questions."""
    events = Event.objects.in_bulk(keys)
    told: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims.of_events(keys).for_list().by_letter():
        told[claim.event_id].append(claim)
    return [(events[key], told[key]) for key in keys if key in events]


def _row(event: Event, claims: list[Claim]) -> EventRow:
    owner, language = _whose_title(event, claims)
    return EventRow(
        event=event,
        dates=_dates(event, claims),
        words_of=owner,
        language=language,
        told=accounts.told_by_party(claims),
        quoted=accounts.only_quoted(claims),
        kinds=accounts.kinds_of(claims),
        accounts=len(claims),
    )


def _dates(event: Event, claims: Iterable[Claim]) -> list[str]:
    """Return the dates given for an event in words; the event's own where every account denies it."""
    given = list(accounts.dates_given(claims))
    return given or ([words.in_words(event.edtf)] if event.edtf else [])


def _whose_title(event: Event, claims: Iterable[Claim]) -> tuple[str, str]:
    """Return whose words an event's title is, and their language; empty where a person gave the title."""
    for claim in claims:
        if event.title.rstrip("…") in " ".join(claim.quote.split()):
            whose = claim.lane_party or claim.asserting_party
            return (whose.name if whose else accounts.NOT_NAMED), claim.letter.language
    return "", ""


def event_view(event: Event, dossier: Dossier, user: Asker, lanes: list[Lane]) -> EventView | None:
    """Return an event's accounts side by side; None where the user sees none of them."""
    seen = seen_claims(dossier, user).of_events([event.pk]).for_list().with_place().by_letter()
    claims = list(seen.prefetch_related("voices__party")[: ACCOUNTS_SHOWN + 1])
    if not claims:
        return None
    more, claims = len(claims) - ACCOUNTS_SHOWN, claims[:ACCOUNTS_SHOWN]
    told, quoted = accounts.told_by_party(claims), accounts.only_quoted(claims)
    why = grounds_of(claims)
    spoken = {party.key for party in told} | {key for key, _ in quoted}
    owner, language = _whose_title(event, claims)
    return EventView(
        event=event,
        words_of=owner,
        language=language,
        dates=accounts.dates_given(claims),
        differences=accounts.differences(claims),
        columns=[
            Column(p.key, p.name, p.stances, [_account(c, why.get(c.pk, "")) for c in p.claims]) for p in told
        ],
        quoted=quoted,
        silent=[lane for lane in lanes if lane.id and lane.key not in spoken],
        accounts=len(claims),
        letters=len({claim.letter_id for claim in claims}),
        more=max(more, 0),
    )


def _account(claim: Claim, grounds: str) -> Account:
    """Return a claim as an account; its sentence is cut from the quote, the letter's text is not needed."""
    start = claim.start or 0
    spans = []
    stated = ""
    if claim.timex_start is not None and claim.timex_end is not None and claim.start is not None:
        span = Span("timex", claim.timex_start - start, claim.timex_end - start)
        spans.append(span)
        stated = " ".join(claim.quote[span.start : span.end].split())
    for voice in claim.voices.all():
        if voice.role == "quoted" and voice.cue_start is not None and voice.cue_end is not None:
            spans.append(Span("cue", max(0, voice.cue_start - start), max(0, voice.cue_end - start)))
    return Account(
        claim=claim,
        headline=words.headline(claim),
        pieces=pieces(claim.quote, 0, len(claim.quote), spans),
        stated=stated,
        stance=words.stance_said(claim),
        grounds=grounds,
    )


def matrix_page(
    dossier: Dossier, user: Asker, lanes: list[Lane], show: str | None, number: str | None
) -> tuple[EventList, list[Lane], list[MatrixRow]]:
    """Return a page of events, the parties that speak of any or are quoted, and the cells of each event."""
    show = show if show in SHOWN else "several"
    claims = seen_claims(dossier, user)
    counts = claims.count_told_events()
    pages = Paginator(claims.told_events(show), EVENTS_A_PAGE)
    pages.count = counts[show]
    page = pages.get_page(number)
    told = _accounts(claims, [row["event_id"] for row in page.object_list])
    parties = [lane for lane in lanes if lane.id]
    rows = [
        MatrixRow(
            event,
            _dates(event, of_it),
            _whose_title(event, of_it)[1],
            [accounts.cells_of(of_it, lane.key) for lane in parties],
        )
        for event, of_it in told
    ]
    spoken = [any(row.cells[i] for row in rows) for i in range(len(parties))]
    kept = [lane for i, lane in enumerate(parties) if spoken[i]]
    rows = [
        MatrixRow(r.event, r.dates, r.language, [cells for i, cells in enumerate(r.cells) if spoken[i]])
        for r in rows
    ]
    return EventList(show, page, [], counts), kept, rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two parties' accounts in parallel; ``counts`` of this page's events by how the accounts stand."""

    one: Lane | None
    two: Lane | None
    parties: list[Lane]
    pairs: list[Pair]
    page: Page
    counts: dict[str, int]

    @property
    def keep(self) -> str:
        """Return what links to other pages of the list keep of the address."""
        return f"a={self.one.id}&b={self.two.id}&" if self.one and self.two else ""


def comparison(
    dossier: Dossier, user: Asker, lanes: list[Lane], asked: tuple[str, str], number: str | None
) -> Comparison:
    """Return two parties' accounts of events; those that speak of most events where none are asked for."""
    claims = seen_claims(dossier, user)
    most = claims.speakers_of_events()
    parties = [lane for lane in lanes if lane.key in most]
    by_number = {str(lane.id): lane for lane in parties}
    ranked = sorted(parties, key=lambda lane: (-most[lane.key], lane.colour, lane.key))
    one = by_number.get(asked[0])
    two = by_number.get(asked[1])
    one = one or next((lane for lane in ranked if lane is not two), None)
    two = two or next((lane for lane in ranked if lane is not one), None)
    keys = [lane.key for lane in (one, two) if lane]
    page = Paginator(claims.told_events("all", keys), EVENTS_A_PAGE).get_page(number)
    told = _accounts(claims, [row["event_id"] for row in page.object_list])
    pairs = [_pair(event, of_it, one, two) for event, of_it in told] if one and two else []
    verdicts = Counter(pair.verdict for pair in pairs)
    counts = {key: verdicts[key] for key in ("alike", "disputed", "one")}
    return Comparison(one, two, parties, pairs, page, counts)


def _pair(event: Event, claims: list[Claim], one: Lane, two: Lane) -> Pair:
    left, right = ([c for c in claims if c.asserting_party_id == lane.key] for lane in (one, two))
    verdict, said = accounts.verdict(left, right)
    return Pair(event, _dates(event, [*left, *right]), left, right, verdict, said)
