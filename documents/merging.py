"""What merging two parties of a dossier would touch, shown before anybody decides.

In: a dossier and two parties. Out: counts and the names gained. The decision itself, its log and its undoing
are ``timeline.curation.merge_parties`` and ``timeline.curation.undo``; pages and the admin show this first.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from documents.letterhead.words import plain
from documents.models import Correspondent, Dossier, Letter, Party


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What would become ``into``'s. ``facing``: letters that one of the two wrote to the other.

    Two that write to each other are hardly one: pages say so before the merge.
    """

    party: str
    into: str
    letters: int
    correspondents: int
    claims_in_lane: int
    voices: int
    names_gained: tuple[str, ...]
    facing: int

    def sentences(self) -> list[str]:
        """Return what would happen, in sentences for the person who decides."""
        move = "moves" if self.claims_in_lane == 1 else "move"
        claims = _counted(self.claims_in_lane, "claim")
        said = [
            f"{claims} {move} from the lane of {self.party} to that of {self.into}.",
            f"{self.into} stands for {self.party} in {_counted(self.letters, 'letter')}.",
        ]
        if self.names_gained:
            said.append(f"Also known as {', '.join(self.names_gained)} from then on.")
        if self.facing:
            letters = _counted(self.facing, "letter")
            said.append(f"In {letters} one of the two writes to the other: they may not be one.")
        return said


def preview_merge(dossier: Dossier, party: Party, into: Party) -> MergePreview:
    """Return what merging ``party`` into ``into`` would touch in a dossier. Changes nothing."""
    people = Correspondent.objects.filter(part__letter__dossier=dossier)
    mine = people.filter(party=party)
    known = {plain(name.text) for name in into.names.all()} | {plain(into.name)}
    names = dict.fromkeys([party.name, *(name.text for name in party.names.all())])
    return MergePreview(
        party=party.name,
        into=into.name,
        letters=mine.values("part__letter").distinct().count(),
        correspondents=mine.count(),
        claims_in_lane=party.claims_in_lane.filter(dossier=dossier).count(),
        voices=party.voices.filter(claim__dossier=dossier).count(),
        names_gained=tuple(name for name in names if plain(name) not in known),
        facing=_facing(dossier, party, into),
    )


def _facing(dossier: Dossier, party: Party, into: Party) -> int:
    """Return how many letters one of the two wrote to the other."""
    people = Correspondent.objects.filter(part__letter__dossier=dossier)
    letters = Letter.objects.filter(dossier=dossier)
    to_and_fro = Q(pk__in=[])
    for sender, recipient in ((party, into), (into, party)):
        sent = people.filter(role="sender", party=sender).values("part__letter")
        got = people.filter(role="recipient", party=recipient).values("part__letter")
        to_and_fro |= Q(pk__in=sent) & Q(pk__in=got)
    return letters.filter(to_and_fro).count()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
