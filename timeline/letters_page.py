"""A dossier's letters, page by page: in order of their own dates, grouped by correspondence, or those that
are named in it and are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from documents.letters_list import (
    Correspondence,
    correspondences_of,
    count_correspondences,
    covers,
    letters_of,
)
from documents.models import Dossier, Letter
from documents.relations import MissingLetter, missing_letters

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

LETTERS_A_PAGE = 100
# A correspondence is two or three letters, more often than not.
CORRESPONDENCES_A_PAGE = 50
# Letters that are said to name one that is missing; the others are counted.
NAMING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A letter that is not in the dossier, what those that name it are to it, and the first of these."""

    symbol: str
    words: str
    edtf: str
    kinds: tuple[str, ...]
    named_by: tuple[Letter, ...]
    more: int


@dataclass(frozen=True, slots=True)
class LettersPage:
    """One page of the list: groups of letters, one where ``by`` is "date", none where it is "missing"."""

    groups: tuple[Correspondence, ...]
    page: Page
    by: str
    missing: tuple[MissingRow, ...] = ()


def letters_page(
    dossier: Dossier, user: User | AnonymousUser, letters: int, by: str | None, number: str | None
) -> LettersPage:
    """Return a page of the letters that a user may see; ``letters``: how many these are."""
    if by == "correspondence":
        count = count_correspondences(dossier, user)
        page = Paginator(range(count), CORRESPONDENCES_A_PAGE).get_page(number)
        start = max(page.start_index() - 1, 0)
        groups = correspondences_of(dossier, user, start, start + CORRESPONDENCES_A_PAGE)
        return LettersPage(tuple(groups), page, by)
    if by == "missing":
        return _missing_page(dossier, user, number)
    page = Paginator(range(letters), LETTERS_A_PAGE).get_page(number)
    start = max(page.start_index() - 1, 0)
    rows = letters_of(dossier, user, start, start + LETTERS_A_PAGE)
    return LettersPage((Correspondence(tuple(rows), ()),) if rows else (), page, "date")


def _missing_page(dossier: Dossier, user: User | AnonymousUser, number: str | None) -> LettersPage:
    seen = Letter.objects.visible_to(user).filter(dossier=dossier)
    page = Paginator(missing_letters(seen), LETTERS_A_PAGE).get_page(number)
    keys = {key for missing in page for key in missing.named_by[:NAMING_SHOWN]}
    letters = seen.light().prefetch_related(Prefetch("parts", covers())).in_bulk(list(keys))
    return LettersPage((), page, "missing", tuple(_missing_row(missing, letters) for missing in page))


def _missing_row(missing: MissingLetter, letters: dict[int, Letter]) -> MissingRow:
    shown = tuple(letters[key] for key in missing.named_by[:NAMING_SHOWN] if key in letters)
    more = max(0, len(missing.named_by) - NAMING_SHOWN)
    return MissingRow(missing.symbol, missing.words, missing.edtf, missing.kinds, shown, more)
