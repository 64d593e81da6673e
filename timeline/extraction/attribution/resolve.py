"""Whom a source's words mean: a party by name, the sender itself, whom the letter addresses, or nobody known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.parties import PartyRegistry

from .records import Attribution, Span
from .scan import Scan

_LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a source means. ``own``: the sender itself. ``party`` is canonical, None where nobody known is named."""

    party: str | None
    words: str
    own: bool = False
    span: Span | None = None
    named: bool = True


@dataclass(slots=True)
class Speakers:
    """Who speaks and to whom in one part: the ground on which “we”, “you” and “it” are settled."""

    registry: PartyRegistry
    scan: Scan
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    language: str
    year: int | None = None
    _kept: dict[str, str | None] = field(default_factory=dict)

    def party_of(self, words: str) -> str | None:
        """Return the party that words name, by the registry or by how the letter names its correspondents."""
        if words not in self._kept:
            self._kept[words] = self.registry.resolve(words, self.language, self.year)
        return self._kept[words]

    def source_of(self, found: Attribution, index: int) -> Source:
        """Return whom the source of an attribution in sentence ``index`` means."""
        if not found.source:
            return Source(None, "", named=False)
        span = found.source[0]
        return self.meant(span, index)

    def meant(self, span: Span, index: int) -> Source:
        """Return whom a span of words means."""
        text = self.scan.text
        words = re.sub(r"\s+", " ", text[span[0] : span[1]])
        lexicon = self.scan.words
        if lexicon is None:
            return Source(self.party_of(words), words, span=span)
        if lexicon["persons.own"].match(words):
            return Source(self.senders[0] if self.senders else None, words, True, span)
        if lexicon["persons.addressee"].match(words):
            return Source(self.recipients[0] if self.recipients else None, words, False, span)
        party = self.party_of(words)
        if party is None and lexicon["persons.pronouns"].match(words):
            carried = self._antecedent(span, index)
            if carried is not None:
                return carried
        return Source(party, words, party is not None and party in self.senders, span)

    def _antecedent(self, span: Span, index: int) -> Source | None:
        """Return whom a pronoun stands for: the last source, else the last party named, in the sentences before."""
        for back in range(index, max(-1, index - 1 - _LOOK_BACK), -1):
            low, high = self.scan.spans[back]
            high = min(high, span[0])
            if high <= low:
                continue
            if back != index and "\n\n" in self.scan.text[high : self.scan.spans[back + 1][0]]:
                pass
            mentions = self.registry.find(self.scan.text, low, high, self.language, self.year)
            strong = [m for m in mentions if not m.weak]
            if strong:
                first = strong[0]
                party = first.party
                return Source(party, first.words, party in self.senders, (first.start, first.end))
        return None
