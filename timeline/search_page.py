"""The search of a dossier: claims that hold all words sought, and letters that do, with their places.

In: a dossier, who asks, words and a page. Out: one record for the template.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from documents.letters_list import ListedLetter, listed
from documents.models import Dossier, Letter, Passage
from timeline.letter_page import hits_in, stretches
from timeline.models import Claim
from timeline.querysets import letters_saying
from timeline.searching import FoundPlace, places_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Asker = User | AnonymousUser

CLAIMS_SHOWN = 10
LETTERS_A_PAGE = 20
PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class LetterPlace:
    """A paragraph of a letter that holds words sought; ``number`` and ``page`` None where it has none."""

    text: str
    number: int | None
    page: int | None
    first_hit: int


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """A letter that holds all words sought, its best places as it reads, and how many others it has."""

    row: ListedLetter
    places: tuple[LetterPlace, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found: the first claims and how many they are in all, one page of the letters."""

    claims: tuple[Claim, ...]
    claims_count: int
    letters: tuple[FoundLetter, ...]
    page: Page


def search_page(dossier: Dossier, user: Asker, sought: str, number: str | None) -> SearchPage:
    """Return what a user finds in a dossier; nothing where no word is sought."""
    claims, letters = Claim.objects.none(), Letter.objects.none()
    if held := letters_saying(sought):
        claims = Claim.objects.visible_in(dossier, user).not_set_aside().saying(sought)
        letters = Letter.objects.visible_to(user).in_dossier(dossier).filter(held).by_own_date()
    pages = Paginator(letters.values_list("pk", flat=True), LETTERS_A_PAGE)
    page = pages.get_page(number)
    rows = claims.for_list().with_place().by_date()[:CLAIMS_SHOWN]
    found = tuple(_found(letters, list(page.object_list), sought))
    return SearchPage(tuple(rows), claims.count(), found, page)


def _found(letters: QuerySet[Letter], keys: list[int], sought: str) -> list[FoundLetter]:
    letters = letters.filter(pk__in=keys)
    texts = dict(letters.values_list("pk", "text"))
    passages: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in Passage.objects.filter(letter__in=keys).order_by("letter", "start"):
        passages[passage.letter_id].append(passage)
    rows = listed(letters)
    return [_found_letter(rows[key], texts[key], passages[key], sought) for key in keys]


def _found_letter(row: ListedLetter, text: str, passages: list[Passage], sought: str) -> FoundLetter:
    known = {(start, end): passage for _, start, end, passage in stretches(text, passages)}
    places = places_of(text, hits_in(text, sought), list(known))
    best = sorted(places[:PLACES_SHOWN], key=lambda place: place.start)
    shown = tuple(_place(text, place, known[place.start, place.end]) for place in best)
    return FoundLetter(row, shown, len(places) - len(shown))


def _place(text: str, place: FoundPlace, passage: Passage | None) -> LetterPlace:
    return LetterPlace(
        text=text[place.start : place.end],
        number=passage.number if passage else None,
        page=passage.page if passage else None,
        first_hit=place.first_hit,
    )
