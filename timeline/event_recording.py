"""Which claims of a dossier tell of one act, stored as events.

In: a dossier. Out: an event for every act that two or more claims tell of, its claims pointing at it. Said
again, only what changed is written; an event keeps its address as long as most of its accounts stay. What a
person decided of a claim's event is left alone, and what else tells of that act joins what the person chose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from documents.models import Correspondent, Dossier, Letter
from timeline.extraction.events import LetterClaims, find_events
from timeline.extraction.records import ExtractedClaim, ExtractedVoice
from timeline.history import record
from timeline.mark_texts import clause_of, shortened
from timeline.models import Claim, Decision, Event

TITLE_LENGTH = 140
# A clause shorter than this names no act by itself ("it was").
TITLE_LEAST = 12
# A dossier of more claims is joined by command, not while somebody waits for an upload.
WAITED_FOR = 4000


@dataclass(slots=True)
class EventReport:
    """What joining came to: events there are, accounts in them, and what was changed to get there."""

    events: int = 0
    accounts: int = 0
    moved: int = 0
    made: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _Decided:
    """What persons decided: claims whose event is theirs, by public number, and events the log names.

    Who confirms an event confirms its accounts.
    """

    claims: frozenset[int]
    events: frozenset[int]


def record_events(dossier: Dossier) -> EventReport:
    """Join the accounts of a dossier's acts and store them; one transaction."""
    report = EventReport()
    with transaction.atomic():
        Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
        decided = _decided(dossier)
        claims = _claims(dossier)
        groups = _groups(dossier, [c for c in claims if c.edtf is not None and c.start is not None])
        before = Event.objects.filter(dossier=dossier).count()
        wanted = _wanted(dossier, groups, decided, report)
        _move(claims, wanted, decided, report)
        report.removed = _remove_empty(dossier, decided)
        report.events = Event.objects.filter(dossier=dossier).count()
        report.accounts = sum(1 for claim in claims if claim.event_id)
        if report.moved or report.made or report.removed:
            counts = {"events": [before, report.events], "claims moved": [0, report.moved]}
            record(dossier, None, "accounts joined", "dossier", dossier.pk, dossier.title, counts)
    return report


def join_new_accounts(dossier: Dossier) -> None:
    """Join accounts after a letter was added, unless the dossier is too large to be waited for."""
    if Claim.objects.in_dossier(dossier).not_set_aside().count() <= WAITED_FOR:
        record_events(dossier)


def _claims(dossier: Dossier) -> list[Claim]:
    """Return the claims in force, letters by their own dates, each as it reads."""
    rows = Claim.objects.in_dossier(dossier).not_set_aside().select_related("letter")
    rows = rows.defer("machine", "reasoning", "letter__text").prefetch_related("voices__party")
    return list(rows.by_letter())


def _decided(dossier: Dossier) -> _Decided:
    entries = Decision.objects.filter(dossier=dossier, kind="claim", changes__has_key="event_id")
    confirmed = Claim.objects.filter(dossier=dossier, event__confirmed=True)
    claims, events = set(confirmed.values_list("public_id", flat=True)), set()
    for subject, user, changes in entries.values_list("subject", "user_name", "changes"):
        events |= {key for key in changes["event_id"] if key}
        if user:
            claims.add(subject)
    return _Decided(frozenset(claims), frozenset(events))


def _groups(dossier: Dossier, claims: Sequence[Claim]) -> list[list[Claim]]:
    """Return the claims that tell of one act, group by group."""
    by_letter: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_letter[claim.letter_id].append(claim)
    parties = _parties(dossier)
    letters = []
    order = []
    for letter in Letter.objects.in_dossier(dossier).by_own_date().iterator(50):
        told = by_letter.get(letter.pk)
        if not told:
            continue
        between = frozenset(parties[letter.pk])
        letters.append(
            LetterClaims(
                str(letter.pk),
                letter.text,
                letter.language,
                between,
                [extracted(c) for c in told],
                letter.own_day,
            )
        )
        order.append(told)
    return [[order[a][b] for a, b in event.accounts] for event in find_events(letters)]


def _parties(dossier: Dossier) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    people = Correspondent.objects.filter(part__letter__dossier=dossier, party__isnull=False)
    for letter, name in people.exclude(role="signatory").values_list("part__letter_id", "party__name"):
        found[letter].add(name)
    return found


def extracted(claim: Claim) -> ExtractedClaim:
    """Return a stored claim in the form in which claims are compared: the values in force."""
    start, end = claim.start or 0, claim.end or 0
    return ExtractedClaim(
        part=0,
        start=start,
        end=end,
        timex_start=claim.timex_start if claim.timex_start is not None else start,
        timex_end=claim.timex_end if claim.timex_end is not None else start,
        edtf=claim.edtf,
        preferred=claim.preferred or None,
        modifier=claim.modifier or None,
        earliest_day=claim.earliest_day,
        latest_day=claim.latest_day,
        precision=claim.precision,
        basis=claim.basis,
        reasoning=(),
        rules=tuple(claim.rules),
        dated_by=None,
        stance=claim.stance,
        modality=claim.modality,
        clause_start=claim.clause_start if claim.clause_start is not None else start,
        clause_end=claim.clause_end if claim.clause_end is not None else end,
        score=claim.score,
        voices=tuple(
            ExtractedVoice(v.role, v.party.name if v.party else None, v.words, v.depth)
            for v in claim.voices.all()
        ),
    )


def _wanted(
    dossier: Dossier, groups: Iterable[list[Claim]], decided: _Decided, report: EventReport
) -> dict[int, int]:
    """Return {claim's key: its event's key}; new events are made, kept ones said anew."""
    persons = _set_by_persons(dossier)
    wanted: dict[int, int] = {}
    free: list[list[Claim]] = []
    for group in groups:
        chosen = Counter(c.event_id for c in group if c.event_id and c.public_id in decided.claims)
        left = [c for c in group if c.public_id not in decided.claims]
        if chosen:
            event = min(chosen, key=lambda key: (-chosen[key], key))
            wanted |= {claim.pk: event for claim in left}
        elif len(left) > 1:
            free.append(left)
    shared = [
        (-n, event, i)
        for i, group in enumerate(free)
        for event, n in Counter(c.event_id for c in group if c.event_id).items()
    ]
    taken: dict[int, int] = {}
    for _, event, i in sorted(shared):
        if i not in taken and event not in taken.values():
            taken[i] = event
    events = Event.objects.in_bulk(taken.values())
    for i, group in enumerate(free):
        event = _event_of(dossier, group, events.get(taken.get(i, 0)), persons, report)
        wanted |= {claim.pk: event.pk for claim in group}
    return wanted


def _set_by_persons(dossier: Dossier) -> set[int]:
    """Return the events that a person made, named or confirmed: those leave a history."""
    kept = Event.history.filter(dossier=dossier).values_list("id", flat=True)
    return {*kept, *Event.objects.filter(dossier=dossier, confirmed=True).values_list("pk", flat=True)}


def _event_of(
    dossier: Dossier, group: list[Claim], event: Event | None, persons: set[int], report: EventReport
) -> Event:
    title, edtf = title_for(group), date_for(group)
    if event is None:
        event = Event(dossier=dossier, title=title, edtf=edtf)
        event.save_without_historical_record()
        report.made += 1
    elif event.pk not in persons and (event.title, event.edtf) != (title, edtf):
        event.title, event.edtf = title, edtf
        event.save_without_historical_record()
    return event


def title_for(group: Sequence[Claim]) -> str:
    """Return an act's title: the words of the first account in a party's own voice, accepted ones first."""

    languages = Counter(claim.letter.language for claim in group)
    first = {claim.pk: place for place, claim in enumerate(group)}

    def rank(claim: Claim) -> tuple:
        length = len(" ".join(clause_of(claim).split()))
        return (
            claim.review_state != "accepted",
            not TITLE_LEAST <= length <= TITLE_LENGTH,
            claim.is_quoted or claim.stance != "asserts",
            -languages[claim.letter.language],
            first[claim.pk],
        )

    return shortened(clause_of(min(group, key=rank)), TITLE_LENGTH) or "An act without words"


def date_for(group: Sequence[Claim]) -> str:
    """Return the date to sort an act by: the one that most accounts give, of two alike the shorter."""
    dates = Counter(claim.edtf for claim in group)
    spans = {c.edtf: (c.latest_day or 10**8) - (c.earliest_day or -(10**8)) for c in group}
    return min(dates, key=lambda edtf: (-dates[edtf], spans[edtf], edtf or "")) or ""


def _move(claims: Iterable[Claim], wanted: dict[int, int], decided: _Decided, report: EventReport) -> None:
    """Point claims at their events, out of those that they no longer tell of; what a person set stays."""
    moves: dict[int | None, list[int]] = defaultdict(list)
    for claim in claims:
        event = wanted.get(claim.pk)
        if claim.public_id in decided.claims or claim.event_id == event:
            continue
        moves[event].append(claim.pk)
        claim.event_id = event
        report.moved += 1
    for event, keys in moves.items():
        for at in range(0, len(keys), 500):
            # The version counts: who has the claim open sees that something moved.
            Claim.objects.filter(pk__in=keys[at : at + 500]).update(event=event, version=F("version") + 1)


def _remove_empty(dossier: Dossier, decided: _Decided) -> int:
    """Remove events of the machine's that no claim tells of any more and that no decision names."""
    empty = Event.objects.filter(dossier=dossier, claims=None, confirmed=False)
    keys = set(empty.values_list("pk", flat=True)) - _set_by_persons(dossier) - decided.events
    Event.objects.filter(pk__in=keys).delete()
    return len(keys)
