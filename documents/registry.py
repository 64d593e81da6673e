"""The names that a dossier's letters may use: the built-in registry with the dossier's own parties on top.

In: a dossier. Out: a ``PartyRegistry`` for the pure packages, and from its canonical names back to rows.
"""

from __future__ import annotations

from documents.models import Dossier, DossierParty, Party, PartyMerge
from documents.parties import PartyRegistry
from documents.parties.records import PartyNameRecord, PartyRecord


def registry_of(dossier: Dossier) -> PartyRegistry:
    """Return the registry in use in a dossier."""
    own = dossier.own_parties.prefetch_related("names")
    return PartyRegistry.builtin().extended([_record(party) for party in own])


def _record(party: Party) -> PartyRecord:
    names = tuple(
        PartyNameRecord(n.text, n.language, n.kind, n.from_year, n.to_year) for n in party.names.all()
    )
    return PartyRecord(party.name, party.kind, names or (PartyNameRecord(party.name, "en", "short"),))


class PartyRows:
    """Finds, and on first use makes, the rows of the parties that a dossier's letters name.

    A party that was merged into another in this dossier is that other one.
    """

    def __init__(self, dossier: Dossier, registry: PartyRegistry | None = None) -> None:
        self.dossier = dossier
        self.registry = registry
        self._rows: dict[str, Party] = {}

    def get(self, name: str | None) -> Party | None:
        """Return the row of a canonical name; None for None, and for one that nobody knows yet.

        The dossier's own party goes first. Who is unknown is proposed to a curator, never made silently.
        """
        if name is None:
            return None
        if name not in self._rows:
            party = self._find_or_make(name)
            if party is None:
                return None
            merge = (
                PartyMerge.objects.filter(dossier=self.dossier, party=party).select_related("into").first()
            )
            self._rows[name] = merge.into if merge else party
        return self._rows[name]

    def _find_or_make(self, name: str) -> Party | None:
        own = Party.objects.filter(dossier=self.dossier, name=name).first()
        if own is not None:
            return own
        known = self.registry.get(name) if self.registry else None
        if known is None:
            return Party.objects.filter(dossier=None, name=name).first()
        party, _ = Party.objects.get_or_create(dossier=None, name=name, defaults={"kind": known.kind})
        return party

    def give_colour(self, party: Party) -> None:
        """Give a party its colour in the dossier on first appearance; it keeps it for ever."""
        places = DossierParty.objects.filter(dossier=self.dossier)
        if not places.filter(party=party).exists():
            last = places.order_by("-colour_index").values_list("colour_index", flat=True).first() or 0
            DossierParty.objects.create(dossier=self.dossier, party=party, colour_index=last + 1)
