"""A curator says who an unknown correspondent is: a new party, or one that is known under another name.

What the words stand for is written to every letter that has them, which is read again; letters that come
later go by it. Each step is a decision in the log and can be undone there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from documents.letterhead.words import plain
from documents.models import Dossier, Letter, Party
from documents.relations import link_letter
from documents.unknown import unnamed
from timeline.curation.base import Refused
from timeline.curation.letter_state import State
from timeline.curation.letters import change_letter
from timeline.curation.parties import add_party, change_party, merge_parties, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def confirm_as_new(user: User, dossier: Dossier, words: str, name: str, kind: str) -> Party:
    """Make a party of the dossier's own of an unknown correspondent. Raises NotAllowed, Refused."""
    if kind not in Party.Kind.values:
        raise Refused(f"“{kind}” is no kind of party.")
    with transaction.atomic():
        party = add_party(user, dossier, name, kind)
        confirm_as(user, dossier, words, party)
    return party


def confirm_as(user: User, dossier: Dossier, words: str, party: Party) -> int:
    """Say that the words name a party; return in how many letters they stood. Raises NotAllowed, Refused."""
    if party.dossier_id not in (None, dossier.pk):
        raise Refused("The party must be of this dossier, or known to all.")
    with transaction.atomic():
        _add_name(user, dossier, words, party)
        letters = Letter.objects.curatable_by(user).filter(dossier=dossier)
        rows = [row for row in unnamed(letters).select_related("part") if plain(row.words) == plain(words)]
        keys = sorted({row.part.letter_id for row in rows})
        for letter in Letter.objects.filter(pk__in=keys).order_by("pk"):
            change_letter(
                user, letter, None, "name correspondent", _named(words, party), read_again=True
            )  # fmt: skip
            link_letter(letter)
    return len(keys)


def _add_name(user: User, dossier: Dossier, words: str, party: Party) -> None:
    """Let later letters find the party by the words; one known to all gets them within the dossier only."""
    known = {plain(party.name), *(plain(name.text) for name in party.names.all())}
    if plain(words) in known:
        return
    if party.dossier_id is None:
        alias = Party.objects.filter(dossier=dossier, name=words).first()
        merge_parties(user, dossier, alias or add_party(user, dossier, words, party.kind), party)
        return
    names = state_of(party)["names"]
    if not names:
        # A party without names of its own goes by its canonical one; with the first other it must be said.
        names = [_name(party.name)]
    change_party(user, party, None, names=[*names, _name(words)])


def _name(text: str) -> dict[str, Any]:
    return {"text": text[:200], "language": "en", "kind": "short", "from_year": None, "to_year": None}


def _named(words: str, party: Party) -> Any:
    def change(state: State) -> State:
        people = [
            {**c, "party": party.pk, "name": party.name, "set_by_person": True}
            if c["party"] is None and plain(c["words"]) == plain(words)
            else c
            for c in state["correspondents"]
        ]
        return {**state, "correspondents": people}

    return change
