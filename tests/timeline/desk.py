"""A dossier with letters between fictional states, and the people who work on it: for tests of decisions."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from documents.ingest import ingest_pasted
from documents.models import Dossier, Letter, Membership, Party, PartyName
from timeline import curation
from timeline.models import Claim, Event

LETTER = """Letter dated 20 May 2019 from the Permanent Representative of Norvania to the United Nations
addressed to the Secretary-General

1. On 14 June 2018 a patrol vessel of Averland entered the waters of Norvania. On the same day it seized the
trawler Morning Star.

2. On 3 March 2018 Averland stated that its vessel had left the area on 16 June 2018. Norvania denies that the
vessel left in 2018.

3. Norvania demands that the trawler be returned by 1 September 2019.

(Signed) Maria Teller
Permanent Representative
"""


@dataclass
class Desk:
    """The dossier, its one letter and its people."""

    dossier: Dossier
    letter: Letter
    curator: User
    owner: User
    reader: User
    stranger: User

    def claim(self, quote: str) -> Claim:
        """Return the claim whose temporal expression or quote holds these words."""
        for claim in Claim.objects.filter(dossier=self.dossier).order_by("start"):
            if (
                claim.timex_start is not None
                and quote in self.letter.text[claim.timex_start : claim.timex_end]
            ):
                return claim
        raise AssertionError(f"no claim dated “{quote}”")

    def party(self, name: str) -> Party:
        """Return one of the dossier's own parties."""
        return Party.objects.get(dossier=self.dossier, name=name)


def build_desk(slug: str = "sella") -> Desk:
    """Fill an empty database with one dossier."""
    people = {n: User.objects.create_user(f"{n}-{slug}") for n in ("curator", "owner", "reader", "stranger")}
    dossier = Dossier.objects.create(title="The Sella Strait", slug=slug)
    for role in ("curator", "owner", "reader"):
        Membership.objects.create(dossier=dossier, user=people[role], role=role)
    for name, adjective in (("Norvania", "Norvanian"), ("Averland", "Averlandish")):
        party = Party.objects.create(dossier=dossier, name=name, kind="state")
        PartyName.objects.create(party=party, text=name, kind="short")
        PartyName.objects.create(party=party, text=adjective, kind="adjective")
    result = ingest_pasted(dossier, LETTER)
    assert result.letter is not None, result.message
    return Desk(dossier, result.letter, **people)


def event_of(desk: Desk) -> Event:
    """Return an event of the dossier, which nobody has dated."""
    event = curation.event_named(desk.curator, desk.dossier, "Seizure of the Morning Star")
    assert event is not None
    return event


def member_of(dossier: Dossier, role: str) -> User:
    """Return a new user who has a role in a dossier, and is called by it."""
    user = User.objects.create_user(role)
    Membership.objects.create(dossier=dossier, user=user, role=role)
    return user
