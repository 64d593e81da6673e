"""A dossier's letters, page by page: in order of their own dates, or grouped by correspondence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from documents.letters_list import Correspondence, correspondences_of, count_correspondences, letters_of
from documents.models import Dossier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

LETTERS_A_PAGE = 100
# A correspondence is two or three letters, more often than not.
CORRESPONDENCES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class LettersPage:
    """One page of the list: groups of letters, one only where ``by`` is "date"."""

    groups: tuple[Correspondence, ...]
    page: Page
    by: str


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
    page = Paginator(range(letters), LETTERS_A_PAGE).get_page(number)
    start = max(page.start_index() - 1, 0)
    rows = letters_of(dossier, user, start, start + LETTERS_A_PAGE)
    return LettersPage((Correspondence(tuple(rows), ()),) if rows else (), page, "date")
