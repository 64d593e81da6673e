"""The filters of a dossier's pages: what each value would leave, which are in force, which one to loosen.

In: a dossier, who asks, what the address asks for. Out: frozen records for templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from documents.models import Dossier, Letter
from timeline import claim_words as words
from timeline.extraction.edtf import in_words
from timeline.facets import FIELDS, counts_of, left_without
from timeline.seeing import reviews_shown
from timeline.timeline_request import REVIEWS, TimelineRequest, iso_day
from timeline.traits import Traits, languages_of
from timeline.vocabulary import BASES, PRECISIONS, STANCES

if TYPE_CHECKING:
    from timeline.pages import Asker, DossierFacts

LETTERS_OFFERED = 40
# Where nothing is left: how many filters are tried, and up to what number is counted.
CHIPS_TRIED = 8
MOST_COUNTED = 1000


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
