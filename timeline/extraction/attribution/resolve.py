"""Whom a source's words mean: a party by name, the sender, whom the letter addresses, or nobody known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.parties import PartyRegistry

from .records import Attribution, Span
from .scan import Scan

_LOOK_BACK = 3
_MENTIONS = 4
_BESIDE = 100
_LEAST_NOUN = 4
_OPENING = 2
_SUBJECT = 30
_LEAST_ROLE = 5
_BLANKS = re.compile(r"\s+")
_OWNER = re.compile(r"^(.{2,40}?)['’]s?\s+(?:own\s+)?(.+)$")


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a source means. ``own``: the sender. ``party`` is canonical, None where nobody known is named."""

    party: str | None
    words: str
    own: bool = False
    span: Span | None = None
    named: bool = True


@dataclass(slots=True)
class Speakers:
    """Who speaks and to whom in one part: the ground on which “we”, “you” and “it” are settled.

    ``senders`` and ``recipients`` are parties, or the words that name them where the registry knows none.
    """

    registry: PartyRegistry
    scan: Scan
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    language: str
    year: int | None = None
    sender_words: tuple[str, ...] = ()
    recipient_words: tuple[str, ...] = ()
    _kept: dict[str, str | None] = field(default_factory=dict)

    def party_of(self, words: str) -> str | None:
        """Return the party that words name or speak for: by the registry, else the state they begin with."""
        if words not in self._kept:
            party = self.registry.resolve(words, self.language, self.year)
            plain = self._plain(words)
            self._kept[words] = party if party is not None else self._bearer(plain)
        return self._kept[words]

    def _bearer(self, words: str) -> str | None:
        """Return the one party whose name or adjective a phrase begins with: “the Xish electoral office”."""
        lexicon = self.scan.words
        if lexicon is not None and lexicon["persons.others"].search(words):
            return None
        found = self.registry.find(words, 0, len(words), self.language, self.year)
        strong = [m for m in found if not m.weak]
        parties = {m.party for m in strong}
        if len(parties) != 1 or (lexicon is not None and lexicon["clause.joins"].search(words)):
            return None
        first = strong[0]
        of = lexicon["clause.of"].search(words, 0, first.start) if lexicon is not None else None
        speaks = lexicon["persons.speakers"].search(words) if lexicon is not None else None
        at_start = len(words[: first.start].split()) <= 1
        return first.party if at_start or (of and speaks) else None

    def source_of(self, found: Attribution, index: int) -> Source:
        """Return whom the source of an attribution in sentence ``index`` means."""
        if not found.source:
            return Source(None, "", named=False)
        return self.meant(found.source[0], index)

    def meant(self, span: Span, index: int) -> Source:
        """Return whom a span of words means."""
        words = _BLANKS.sub(" ", self.scan.text[span[0] : span[1]])
        lexicon = self.scan.words
        if lexicon is None:
            return self._named(self.party_of(words), words, span)
        if lexicon["persons.nobody"].fullmatch(words):
            return Source(None, words, False, span, named=False)
        if lexicon["persons.own"].match(words):
            return Source(self.senders[0] if self.senders else None, words, True, span)
        if lexicon["persons.addressee"].match(words):
            return Source(self.recipients[0] if self.recipients else None, words, False, span)
        role = self._role_name(words)
        if role is not None:
            return Source(role[0], words, role[1], span)
        party = self.party_of(words) or self._short_name(words) or self._named_before(words, span[0])
        if party is None and self._is_joint(words):
            return Source(self.senders[0], words, True, span)
        if party is None and (lexicon["persons.office"].match(words) or lexicon["persons.own"].search(words)):
            return Source(self.senders[0] if self.senders else None, words, True, span)
        if party is None and lexicon["persons.pronouns"].match(words):
            carried = self._antecedent(span, index, bool(lexicon["persons.documents"].match(words)))
            if carried is not None:
                return carried
        return self._named(party, words, span)

    def _named(self, party: str | None, words: str, span: Span) -> Source:
        return Source(party, self._plain(words), party is not None and party in self.senders, span)

    def _role_name(self, words: str) -> tuple[str, bool] | None:
        """Return whom “the Embassy” means where sender or recipient is one, and whether the sender."""
        plain = self._plain(words)
        if plain == words or len(plain) < _LEAST_ROLE or (" " in plain and not plain[0].isupper()):
            return None
        own, other = (
            any(f" {plain} ".casefold() in f" {named} ".casefold() for named in names)
            for names in (self.sender_words, self.recipient_words)
        )
        if own == other:
            return None
        names = self.senders if own else self.recipients
        return (names[0], own) if names else None

    def _is_joint(self, words: str) -> bool:
        """Return whether the sender is one of several who speak together: “the Governments of X and Y”."""
        mentions = self.registry.find(words, 0, len(words), self.language, self.year)
        return any(m.party in self.senders for m in mentions)

    def _plain(self, words: str) -> str:
        """Return the words without article; “X's paper” as “paper of X”."""
        lexicon = self.scan.words
        if lexicon is None:
            return words
        authored = lexicon["persons.authored"].match(words)
        if authored:
            return self._plain(words[authored.end() :].lstrip())
        owner = _OWNER.match(words)
        if owner and lexicon["persons.others"].search(owner[2]):
            return f"{owner[2]} of {owner[1]}"
        article = lexicon["clause.articles"].match(words)
        return words[article.end() :].lstrip() if article else words

    def _short_name(self, words: str) -> str | None:
        """Return the sender or recipient whose name ends in these words: “the Agency”."""
        plain = self._plain(words)
        if plain == words or not plain[:1].isupper():
            return None
        for name in (*self.senders, *self.recipients):
            if name.endswith(" " + plain) or name.startswith(plain + " ") or f" {plain} " in name:
                return name
        return None

    def _named_before(self, words: str, at: int) -> str | None:
        """Return the body named in full before that a short name takes up: “the Commission”."""
        plain, text = self._plain(words), self.scan.text
        if plain == words or not plain[:1].isupper() or " " in plain:
            return None
        for _ in range(_MENTIONS):
            at = text.rfind(" " + plain, 0, at)
            if at < 0:
                return None
            end = at + 1 + len(plain)
            for mention in self.registry.find(text, max(0, at - _BESIDE), end, self.language, self.year):
                if mention.end == end and mention.start <= at and not mention.weak:
                    return mention.party
        return None

    def _author_of(self, span: Span) -> Source | None:
        """Return whose “the note” is: the party named beside that word where it last stood before."""
        text = self.scan.text
        noun = text[span[0] : span[1]].split()[-1]
        at = text.rfind(noun, 0, span[0])
        for _ in range(_MENTIONS):
            if at < 0 or len(noun) < _LEAST_NOUN:
                return None
            stop = text.find(".", at, at + _BESIDE)
            low = max(0, text.rfind(".", 0, at) + 1, at - _BESIDE // 2)
            mentions = self.registry.find(
                text, low, stop if stop > 0 else at + _BESIDE, self.language, self.year
            )
            others = [m for m in mentions if m.party not in self.senders and not m.weak]
            if others:
                last = min(others, key=lambda m: abs(m.start - at))
                return Source(last.party, last.words, False, (last.start, last.end))
            at = text.rfind(noun, 0, at)
        return None

    def _before(self, span: Span, index: int, is_document: bool) -> Iterator[Span]:
        """Yield the stretches before a pronoun, nearest first: its clause, its sentence, those before."""
        text = self.scan.text
        pronoun = text[span[0] : span[1]].casefold() + " "
        for back in range(index, max(-1, index - 1 - _LOOK_BACK), -1):
            low, high = self.scan.spans[back]
            high = min(high, span[0])
            if back != index and text[low:high].casefold().startswith(pronoun) and not is_document:
                continue
            if back == index and text[low:high].casefold().startswith(pronoun):
                # “It asks …, and it proposes …”: whoever the first one is.
                continue
            clause = max(low, text.rfind(";", low, high) + 1)
            if high > clause:
                yield clause, high
            if back == index and clause > low:
                yield low, clause

    def _first_named(self, low: int, high: int, is_document: bool) -> Source | None:
        """Return the party first named in a stretch, the sender where its own Government comes first."""
        text, lexicon = self.scan.text, self.scan.words
        own = lexicon["persons.own_body"].search(text, low, high) if lexicon is not None else None
        for mention in self.registry.find(text, low, high, self.language, self.year):
            is_own = mention.party in self.senders
            if mention.weak or (is_document and is_own):
                continue
            if own and own.start() < mention.start and not is_document:
                break
            return Source(mention.party, mention.words, is_own, (mention.start, mention.end))
        if own and not is_document:
            return Source(self.senders[0] if self.senders else None, own[0], True, own.span())
        return None

    def _is_in_relative(self, low: int, at: int) -> bool:
        """Return whether a pronoun follows a relative directly: “which it intended to hold”."""
        lexicon = self.scan.words
        relative = lexicon.at_end("clause.relative") if lexicon is not None else None
        return relative is not None and relative.search(self.scan.text, max(low, at - 12), at) is not None

    def _nearest(self, low: int, at: int) -> Source | None:
        """Return the party last named before a place."""
        found = [
            m for m in self.registry.find(self.scan.text, low, at, self.language, self.year) if not m.weak
        ]
        if not found:
            return None
        last = found[-1]
        return Source(last.party, last.words, last.party in self.senders, (last.start, last.end))

    def _ahead(self, span: Span, index: int) -> Source | None:
        """Return whom a pronoun in an opening adverbial means, behind its comma: “By its own account, X”."""
        text, lexicon = self.scan.text, self.scan.words
        low, high = self.scan.spans[index]
        if lexicon is None or lexicon["clause.lead"].match(text, low, high) is None:
            return None
        comma = text.find(", ", span[1], high)
        if comma < 0 or len(text[low : span[0]].split()) > _OPENING:
            return None
        verb = lexicon["clause.finite"].search(text, comma, high)
        found = self._first_named(comma, verb.start() if verb else high, is_document=False)
        near = found is not None and found.span is not None and found.span[0] - comma < _SUBJECT
        return found if near else None

    def _antecedent(self, span: Span, index: int, is_document: bool) -> Source | None:
        """Return whom a pronoun stands for: the party first named in the clause or sentences before.

        A document (“the note”) is another's: where no other is named, whom the letter answers.
        """
        text = self.scan.text
        named = self._author_of(span) if is_document else None
        if named is not None:
            return named
        if self._is_in_relative(self.scan.spans[index][0], span[0]):
            nearest = self._nearest(self.scan.spans[index][0], span[0])
            if nearest is not None:
                return nearest
        ahead = self._ahead(span, index)
        if ahead is not None:
            return ahead
        for low, high in self._before(span, index, is_document):
            found = self._first_named(low, high, is_document)
            if found is not None:
                return found
        if is_document and self.recipients:
            return Source(self.recipients[0], text[span[0] : span[1]], False, span)
        return None
