"""Dates and attribution together: the dated claims of a letter, part by part.

In: the letter's text, its letterhead and a registry of parties. Out: ``ExtractedClaim`` records in the order
of the text. A part's sender asserts the claims in it, its date anchors them. The letter's own dates are no
claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from documents.letterhead import anchor_of
from documents.parties import PartyRegistry
from documents.records import Letterhead, ReadCorrespondent, ReadDate
from timeline.extraction.attribution.actors import actors_of
from timeline.extraction.attribution.authors import author_of, is_document, utterer_of
from timeline.extraction.attribution.modality import OPEN, Past
from timeline.extraction.attribution.records import Attribution, Span
from timeline.extraction.attribution.resolve import Speakers
from timeline.extraction.attribution.scan import Scan
from timeline.extraction.attribution.stance import Reading, is_adverbial, read_stance
from timeline.extraction.claims_left_out import LeftOut
from timeline.extraction.claims_quoted import passed_on
from timeline.extraction.dates import document_of, find_dates
from timeline.extraction.edtf import bounds, precision_of
from timeline.extraction.records import Anchor, ExtractedClaim, ExtractedVoice, TemporalExpression

# How sure a reading is by the way its date was got; every voice that it goes through takes a little.
_SCORES = {"explicit": 0.95, "inferred": 0.85, "anaphoric": 0.8, "relative": 0.75}
_PER_VOICE = 0.05
_TO_COME = frozenset(("announces", "demands"))
# The rule that stands on a claim whose date is that of a document.
DOCUMENT_RULE = "date of a document"
_HEADING = 400
_BESIDE = re.compile(r",?\s{1,2}")
_PARAGRAPH = re.compile(r"\S\s*?\n[ \t]*\n")


def extract_claims(
    text: str, head: Letterhead, registry: PartyRegistry, *, undated: bool = False
) -> list[ExtractedClaim]:
    """Return the dated claims of a letter in order of their temporal expressions.

    ``undated`` also gives those that the text dates by a length of time alone (``edtf`` None).
    """
    claims: list[ExtractedClaim] = []
    for index in range(len(head.parts)):
        claims += _Part(text, head, registry, index).claims(undated)
    return sorted(claims, key=lambda claim: (claim.timex_start, claim.timex_end))


@dataclass(frozen=True, slots=True)
class DateLeftOut:
    """A date of the letter that is no claim; ``why`` names the rule that leaves it out."""

    start: int
    end: int
    why: str


def dates_left_out(text: str, head: Letterhead, registry: PartyRegistry) -> list[DateLeftOut]:
    """Return the dates that ``extract_claims`` makes no claim of, undated ones kept, in order of the text."""
    found = [DateLeftOut(d.start, d.end, "own date") for d in head.dates if d.end > d.start]
    for index in range(len(head.parts)):
        found += _Part(text, head, registry, index).left_out_dates()
    return sorted(found, key=lambda date: (date.start, date.end))


class _Part:
    """One part of the letter under reading; its text has the parts inside it blanked out, offsets shifted."""

    def __init__(self, text: str, head: Letterhead, registry: PartyRegistry, index: int) -> None:
        self.index = index
        part = head.parts[index]
        self.shift = part.start
        self.text = _own_text(text, head, index)
        self.language = part.language or head.language
        self.date = anchor_of(head, index)
        self.cover_date = anchor_of(head, 0)
        self.bears = [(d.start - self.shift, d.end - self.shift) for d in head.dates if _bears(head, d)]
        self.passed_on = passed_on(text, head, index)
        self.senders = _named(head, "sender", (part.parent or 0) if self.passed_on else index)
        self.scan = Scan(self.text, self.language)
        self.left_out = LeftOut(self.scan, self.language, self.date, self.bears)
        self.starts = [start for start, _ in self.scan.spans]
        day = document_of(self.date)
        self.day = bounds(self.date)[0] if self.date else None
        self.speakers = Speakers(
            registry,
            self.scan,
            (self.passed_on.party or self.passed_on.words,)
            if self.passed_on
            else tuple(s.party or s.words for s in self.senders),
            tuple(r.party or r.words for r in _named(head, "recipient", index)),
            self.language,
            day.year if day else None,
            tuple(f"{s.words} {s.office or ''}" for s in self.senders),
            tuple(f"{r.words} {r.office or ''}" for r in _named(head, "recipient", index)),
        )

    def claims(self, undated: bool) -> list[ExtractedClaim]:
        """Return the claims of the part."""
        found = find_dates(self._without_own_dates(), self.language, self.date)
        found = [e for e in found if self._is_claim(e, undated)]
        return [self._claim(e) for e in _said_once(self.text, found)]

    def _without_own_dates(self) -> str:
        """Return the text with the dates that the letter bears blanked: no other date hangs on a dateline."""
        text = self.text
        for start, end in self.bears:
            if 0 <= start < end <= len(text):
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def left_out_dates(self) -> list[DateLeftOut]:
        """Return the dates of the part that are no claims, each with why; what it bears itself stays out."""
        found = find_dates(self._without_own_dates(), self.language, self.date)
        why = [(e, self._why_not(e, undated=True)) for e in found]
        return [DateLeftOut(e.start + self.shift, e.end + self.shift, name) for e, name in why if name]

    def _is_claim(self, e: TemporalExpression, undated: bool) -> bool:
        return self._why_not(e, undated) is None

    def _why_not(self, e: TemporalExpression, undated: bool) -> str | None:
        """Return the rule by which an expression is no claim, None where it is one."""
        if e.continues:
            return "continues"
        if any(e.start < end and start < e.end for start, end in self.bears):
            return "own date"
        if e.type == "SET":
            return "how often"
        if self._is_heading(e):
            return "heading"
        if why := self.left_out.why(e):
            return why
        if e.claim_edtf is None and not (undated and e.type == "DURATION"):
            return "no place in time"
        return None

    def _is_heading(self, e: TemporalExpression) -> bool:
        """Return whether an annex's heading repeats the date of the letter that it belongs to."""
        if not self.index or e.claim_edtf != self.cover_date or e.start > _HEADING:
            return False
        return _PARAGRAPH.search(self.text, 0, e.start) is None

    def _claim(self, e: TemporalExpression) -> ExtractedClaim:
        index = max(0, bisect_right(self.starts, e.start) - 1)
        quote = self.scan.spans[index]
        quote = min(quote[0], e.claim_start), max(quote[1], e.claim_end)
        reading = self._reading(e, index)
        if reading.stance in _TO_COME and self._past(e, index) in OPEN:
            e = _begins_then(e)
        clause = self._clause(e, quote, reading)
        return ExtractedClaim(
            part=self.index,
            start=quote[0] + self.shift,
            end=quote[1] + self.shift,
            timex_start=e.claim_start + self.shift,
            timex_end=e.claim_end + self.shift,
            edtf=e.claim_edtf,
            preferred=e.preferred,
            modifier=e.modifier,
            earliest_day=e.earliest_day,
            latest_day=e.latest_day,
            precision=e.precision,
            basis=e.basis,
            reasoning=e.reasoning,
            rules=(*e.rules, *reading.rules, *self._document(e, index)),
            dated_by=self._anchor(e.anchor),
            stance=reading.stance,
            modality=reading.modality,
            clause_start=clause[0] + self.shift,
            clause_end=clause[1] + self.shift,
            score=round(max(0.1, _SCORES[e.basis] - _PER_VOICE * len(reading.chain)), 2),
            voices=(*self._voices(reading), *self._about(e, index, clause, reading)),
        )

    def _document(self, e: TemporalExpression, index: int) -> tuple[str, ...]:
        """Return the rule that the date is that of a document, where it is."""
        sentence = self.scan.sentence(index)
        dated = sentence is not None and is_document(sentence, (e.claim_start, e.claim_end))
        return (DOCUMENT_RULE,) if dated or e.cites_document else ()

    def _about(
        self, e: TemporalExpression, index: int, clause: Span, reading: Reading
    ) -> list[ExtractedVoice]:
        """Return the author of the document that the date dates, and who acts and suffers in the clause."""
        sentence = self.scan.sentence(index)
        if sentence is None:
            return []
        voices: list[ExtractedVoice] = []
        span = (e.claim_start, e.claim_end)
        author = author_of(sentence, span, index, self.speakers)
        author = author or utterer_of(sentence, self.scan.at(index), span, index, self.speakers)
        if author is not None:
            voices.append(
                ExtractedVoice("author", author.party, author.words, source=self._moved(author.span))
            )
        without = tuple(q.source.span for q in reading.chain if q.source.span)
        for actor in actors_of(sentence, clause, self.speakers, without):
            voices.append(
                ExtractedVoice(actor.role, actor.party, actor.words, source=self._moved(actor.span))
            )
        return voices

    def _reading(self, e: TemporalExpression, index: int) -> Reading:
        over = [a for a in self.scan.at(index) if a.covers(e.start, e.end)]
        over.sort(key=lambda a: (-a.extent(), a.cue[0]))
        span = (e.claim_start, e.claim_end)
        over = self._without_own_document(over, e, index)
        reading = read_stance(over, span, index, self.speakers, past=self._past(e, index))
        if self.passed_on:
            reading.stance = "reports"
        return reading

    def _without_own_document(
        self, over: list[Attribution], e: TemporalExpression, index: int
    ) -> list[Attribution]:
        """Return no attribution over the date of the sender's own document: “… in my note of 3 May”."""
        sentence, span = self.scan.sentence(index), (e.claim_start, e.claim_end)
        if not over or sentence is None or sentence.in_quote(e.start) or not is_document(sentence, span):
            return over
        author = author_of(sentence, span, index, self.speakers)
        if author is not None and author.own:
            return []
        # “We reject X's note of 3 May”: the note was written that day.
        return over if is_adverbial(sentence, span) else [a for a in over if a.kind != "deny"]

    def _past(self, e: TemporalExpression, index: int) -> Past:
        """Return whether a date lies before the part's own; of an open interval, its known end."""
        sentence = self.scan.sentence(index)
        known = e.latest_day if e.latest_day is not None else e.earliest_day
        is_past = known is not None and self.day is not None and known < self.day
        if is_past and e.basis == "explicit":
            return "sure"
        still: Past = "coming" if self._is_to_come(e) else "no"
        if sentence is None or still == "coming":
            return still
        low = max(sentence.start, e.claim_start - 30)
        if sentence.words.at_end("modality.deadline").search(self.text, low, e.start):
            return "no"
        if is_past:
            written = is_document(sentence, (e.claim_start, e.claim_end))
            return "likely" if e.basis == "inferred" and not written else "sure"
        of = sentence.words.at_end("modality.dated").search(self.text, low, e.start)
        held = sentence.words["modality.scheduled"].search(self.text, low, e.start)
        return "likely" if of and not held else "no"

    def _is_to_come(self, e: TemporalExpression) -> bool:
        """Return whether a date begins after the last day that the part's own date may mean."""
        last = bounds(self.date)[1] if self.date else None
        return last is not None and e.earliest_day is not None and e.earliest_day > last

    def _clause(self, e: TemporalExpression, quote: Span, reading: Reading) -> Span:
        clause = reading.clause
        if clause and clause[0] <= e.claim_start and e.claim_end <= clause[1]:
            return clause
        return quote

    def _anchor(self, anchor: Anchor | None) -> Anchor | None:
        if anchor is None or anchor.start is None or anchor.end is None:
            return anchor
        return Anchor(anchor.kind, anchor.edtf, anchor.start + self.shift, anchor.end + self.shift)

    def _voices(self, reading: Reading) -> tuple[ExtractedVoice, ...]:
        own = [ExtractedVoice("asserts", s.party, s.words) for s in self.senders]
        own += [self.passed_on] if self.passed_on else []
        quoted = [
            ExtractedVoice(
                "quoted",
                q.source.party,
                q.source.words,
                depth,
                self._moved(q.source.span),
                self._moved(q.found.cue[0]),
                self._moved(_whole(q.found)),
            )
            for depth, q in enumerate(reading.chain, 2 if self.passed_on else 1)
        ]
        return (*own, *quoted)

    def _moved(self, span: Span | None) -> Span | None:
        return (span[0] + self.shift, span[1] + self.shift) if span else None


def _bears(head: Letterhead, date: ReadDate) -> bool:
    """Return whether the letter bears a date; not that of a letter quoted, told where it is brought in."""
    part = head.parts[date.part]
    told = part.kind == "quoted" and not part.start <= date.start < part.end
    return date.end > date.start and not told


def _said_once(text: str, found: list[TemporalExpression]) -> list[TemporalExpression]:
    """Return the dates without one that the next only repeats: “on Monday, 13 December”."""
    repeated = (
        _BESIDE.fullmatch(text, now.end, then.start) is not None and _is_same(now, then)
        for now, then in pairwise(found)
    )
    return [e for e, again in zip_longest(found, repeated) if not again]


def _begins_then(e: TemporalExpression) -> TemporalExpression:
    """Return a date that an act to come takes effect on: no open interval, “from 1 August” is that day."""
    if e.edtf is None or e.claim_edtf != f"{e.edtf}/..":
        return e
    earliest, latest = bounds(e.edtf)
    plain = replace(e, claim_start=e.start, claim_end=e.end, claim_edtf=e.edtf)
    return replace(plain, earliest_day=earliest, latest_day=latest, precision=precision_of(e.edtf))


def _is_same(now: TemporalExpression, then: TemporalExpression) -> bool:
    """Return whether a day is named first in words alone, then by its number, or twice alike."""
    if now.claim_edtf is not None and now.claim_edtf == then.claim_edtf:
        return True
    in_words = not any(c.isdigit() for c in now.text) and any(c.isdigit() for c in then.text)
    return in_words and now.precision == then.precision == "day"


def _whole(found: Attribution) -> Span | None:
    return (found.content[0][0], found.content[-1][1]) if found.content else None


def _own_text(text: str, head: Letterhead, index: int) -> str:
    """Return a part's text with the parts that lie inside it blanked out, length unchanged."""
    part = head.parts[index]
    own = text[part.start : part.end]
    for other, inner in enumerate(head.parts):
        if other != index and part.start <= inner.start and inner.end <= part.end and inner.end > inner.start:
            if (inner.start, inner.end) == (part.start, part.end):
                continue
            low, high = inner.start - part.start, inner.end - part.start
            own = own[:low] + "\n" * (high - low) + own[high:]
    return own


def _named(head: Letterhead, role: str, index: int) -> list[ReadCorrespondent]:
    """Return who stands in a role: as named in the part, else in the part around it, else in the cover."""
    at: int | None = index
    while at is not None:
        found = [c for c in head.correspondents if c.role == role and c.part == at]
        if found or head.parts[at].kind == "quoted":
            return found
        at = head.parts[at].parent if at else None
        if at is None and index:
            return [c for c in head.correspondents if c.role == role and c.part == 0]
    return []
