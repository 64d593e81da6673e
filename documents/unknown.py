"""Correspondents that no name in use knows: proposed for a curator to confirm or merge, never made silently.

In: letters that a user may see. Out: one proposal for each wording, with the letters it stands in and parties
that it may mean. What is decided is written by ``timeline.naming``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from documents.letterhead.words import plain
from documents.models import Correspondent, Dossier, Letter, Party
from documents.registry import registry_of

# How near a known name must be to be offered: 1 is the same.
NEAR = 0.75
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class UnknownCorrespondent:
    """Words that name a sender or recipient nobody knows; ``may_be``: names of parties, the nearest first."""

    words: str
    roles: tuple[str, ...]
    letters: tuple[int, ...]
    persons: tuple[str, ...]
    may_be: tuple[str, ...]


def unnamed(letters: QuerySet[Letter]) -> QuerySet[Correspondent]:
    """Return the senders and recipients of letters that are no known party."""
    people = Correspondent.objects.filter(part__letter__in=letters, party=None, set_by_person=False)
    return people.filter(role__in=("sender", "recipient")).exclude(words="")


def unknown_correspondents(dossier: Dossier, letters: QuerySet[Letter]) -> list[UnknownCorrespondent]:
    """Return the proposals of a dossier, those of most letters first.

    ``letters``: those of the dossier that the user may decide on, ``Letter.objects.curatable_by(user)``.
    """
    groups: dict[str, list[Correspondent]] = {}
    rows = unnamed(letters.filter(dossier=dossier)).select_related("part").order_by("pk")
    for row in rows:
        groups.setdefault(plain(row.words), []).append(row)
    names = _names_in_use(dossier) if groups else {}
    registry = registry_of(dossier) if groups else None
    found = []
    for group in groups.values():
        words = group[0].words
        mentioned = [m.party for m in registry.find(words)] if registry else []
        found.append(
            UnknownCorrespondent(
                words=words,
                roles=_each(row.role for row in group),
                letters=tuple(dict.fromkeys(row.part.letter_id for row in group)),
                persons=_each(row.person for row in group if row.person),
                may_be=_each([*mentioned, *_near(words, names)])[:MOST_OFFERED],
            )
        )
    return sorted(found, key=lambda u: (-len(u.letters), u.words))


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _names_in_use(dossier: Dossier) -> dict[str, str]:
    """Return the names of the parties that appear in a dossier, as compared, with the party of each."""
    parties = Party.objects.filter(Q(dossier=dossier) | Q(in_dossiers__dossier=dossier)).distinct()
    names: dict[str, str] = {}
    for party in parties.prefetch_related("names"):
        for text in (party.name, *(name.text for name in party.names.all())):
            names.setdefault(plain(text), party.name)
    return names


def _near(words: str, names: dict[str, str]) -> list[str]:
    near = difflib.get_close_matches(plain(words), names, n=MOST_OFFERED, cutoff=NEAR)
    return [names[name] for name in near]
