"""Whose document a date dates: “the letter dated 2 May from X”, “its note of 3 May”, “X's order of …”.

In: a sentence, the span of a date in it, and who speaks. Out: the document's author, or None where the date
dates no document or nobody is named as its author.
"""

from __future__ import annotations

import re

from .clauses import noun_phrase_after, subject_of
from .records import Attribution, Span
from .resolve import Source, Speakers
from .sentence import Sentence

_SPOKEN = frozenset(("report", "deny", "demand", "announce", "evaluate", "quotation"))
_GAP = 4
_BEFORE = 90
_AFTER = 120
_OWNER_REACH = 60
# What parts a date from a document named before it: a stop, or a quotation that opens between.
_APART = re.compile(r"[;:.]\s|[“«\"]")
# Behind “by”: a doer of a few words, without comma or stop, then the one word that leads to “its”.
_AGENT = re.compile(r"\w+\s((?:[^\s,;:.]+\s){1,6})[^\W\d]+\s$")
_POSSESSIVE = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,3}$")


def author_of(sentence: Sentence, timex: Span, index: int, speakers: Speakers) -> Source | None:
    """Return who wrote the document that a date dates."""
    noun = _document_before(sentence, timex)
    if noun is None:
        behind = _document_behind(sentence, timex)
        found = _owner_around(sentence, timex, behind, index, speakers) if behind else None
        return found if found and (found.party or found.own) else None
    found = (
        _named_after(sentence, timex[1], index, speakers)
        or _named_between(sentence, noun[1], timex[0], index, speakers)
        or _owner(sentence, noun, timex[1], index, speakers)
    )
    return found if found and (found.party or found.own) else None


def utterer_of(
    sentence: Sentence, found: list[Attribution], timex: Span, index: int, speakers: Speakers
) -> Source | None:
    """Return who spoke on a date: “X told us on 8 April that …”, “on 8 April X announced …”."""
    for attribution in found:
        if not attribution.source or not attribution.content or attribution.kind not in _SPOKEN:
            continue
        source, cue, content = attribution.source[0], attribution.cue[0], attribution.content[0]
        within = cue[1] <= timex[0] and timex[1] <= content[0]
        before = 0 <= source[0] - timex[1] <= _GAP and source[1] <= cue[0]
        between = source[1] <= timex[0] and timex[1] <= cue[0]
        between = between and not sentence.words["clause.finite"].search(sentence.text, source[1], timex[0])
        if within or before or between:
            return speakers.meant(source, index)
    return None


def is_document(sentence: Sentence, timex: Span) -> bool:
    """Return whether a date dates a document named before it or directly behind it."""
    return (_document_before(sentence, timex) or _document_behind(sentence, timex)) is not None


def _document_before(sentence: Sentence, timex: Span) -> Span | None:
    """Return the word for a document that the date belongs to, no verb or stop between."""
    words, text = sentence.words, sentence.text
    low = max(sentence.start, timex[0] - _BEFORE)
    if not words.at_end("phrases.dates_document").search(text, low, timex[0]):
        return None
    last: Span | None = None
    for name in ("nouns.utterance", "nouns.instrument", "nouns.decision"):
        for noun in words[name].finditer(text, low, timex[0]):
            if last is None or noun.start() > last[0]:
                last = noun.span()
    between = ("clause.finite", "that", "verbs.any", "clause.boundaries", "clause.relative", "phrases.acts")
    if last is None or any(words[name].search(text, last[1], timex[0]) for name in between):
        return None
    return None if _APART.search(text, last[1], timex[0]) else last


def _document_behind(sentence: Sentence, timex: Span) -> Span | None:
    """Return the word for a document right behind a date: “your 3 May letter”, “the 3 May Xish note”."""
    words, text = sentence.words, sentence.text
    noun = words["nouns.dated_before"].match(text, timex[1] + 1, min(sentence.end, timex[1] + _AFTER))
    low = max(sentence.start, timex[0] - _OWNER_REACH)
    if noun is None or not text[timex[1] : timex[1] + 1].isspace():
        return None
    opened = words.at_end("clause.opens").search(text, low, timex[0])
    return noun.span() if opened or _POSSESSIVE.search(text, low, timex[0]) else None


def _owner_around(
    sentence: Sentence, timex: Span, noun: Span, index: int, speakers: Speakers
) -> Source | None:
    """Return whose document it is that a date stands before: an adjective between, or an owner before."""
    words, text = sentence.words, sentence.text
    for mention in speakers.registry.find(text, *noun, speakers.language, speakers.year):
        return _source(mention.party, mention.words, (mention.start, mention.end), speakers)
    low = max(sentence.start, timex[0] - _OWNER_REACH)
    for name in ("persons.own", "persons.addressee"):
        person = words.at_end(name).search(text, low, timex[0])
        if person:
            return speakers.meant(sentence.trimmed(*person.span()), index)
    mentions = speakers.registry.find(text, low, timex[0], speakers.language, speakers.year)
    if mentions and _POSSESSIVE.match(text[mentions[-1].end : timex[0]]):
        last = mentions[-1]
        return _source(last.party, last.words, (last.start, last.end), speakers)
    return None


def _named_after(sentence: Sentence, at: int, index: int, speakers: Speakers) -> Source | None:
    """“… of 2 May from the Permanent Representative of X”."""
    words, text = sentence.words, sentence.text
    gap = re.compile(r"[\s,]{0,3}").match(text, at)
    start = gap.end() if gap else at
    by = words["phrases.authored_by"].match(text, start, min(sentence.end, start + _AFTER))
    phrase = noun_phrase_after(sentence, by.end(), sentence.end, "phrases.addressed") if by else None
    return speakers.meant(phrase, index) if phrase else None


def _named_between(sentence: Sentence, start: int, end: int, index: int, speakers: Speakers) -> Source | None:
    """“the statement by X of 3 May”, “the order of the Court of 7 December”."""
    words, text = sentence.words, sentence.text
    by = words["phrases.authored_by"].search(text, start, end) or words["clause.of"].search(text, start, end)
    if by is None:
        return None
    for mention in speakers.registry.find(text, by.end(), end, speakers.language, speakers.year):
        return _source(mention.party, mention.words, (mention.start, mention.end), speakers)
    return None


def _owner(sentence: Sentence, noun: Span, end: int, index: int, speakers: Speakers) -> Source | None:
    """“its note”, “your letter”, “X's order”, “the Xish circular”."""
    words, text = sentence.words, sentence.text
    low = max(sentence.start, noun[0] - _OWNER_REACH)
    own = words.at_end("nouns.possessive").search(text, low, noun[0])
    if own:
        for name in ("persons.own", "persons.addressee"):
            person = words[name].search(own[0])
            if person:
                return speakers.meant((own.start() + person.start(), own.start() + person.end()), index)
    mentions = speakers.registry.find(text, low, noun[0], speakers.language, speakers.year)
    if mentions and not own:
        last = mentions[-1]
        between = text[last.end : noun[0]]
        adjective = last.name_kind in ("adjective", "demonym") and len(between.split()) <= 2
        if adjective or not between.strip() or _POSSESSIVE.match(between):
            return _source(last.party, last.words, (last.start, last.end), speakers)
    if own:
        subject = _agent_before(sentence, low, own.start()) or _subject(sentence, noun, end)
        return speakers.meant(subject, index) if subject else None
    return None


def _agent_before(sentence: Sentence, low: int, possessive: int) -> Span | None:
    """Return the doer named right before “its”: “delivered by the Court in its order of 7 December”."""
    by = [found.start() for found in sentence.words["clause.agent"].finditer(sentence.text, low, possessive)]
    named = _AGENT.match(sentence.text[:possessive], by[-1]) if by else None
    return sentence.trimmed(*named.span(1)) if named else None


def _subject(sentence: Sentence, noun: Span, end: int) -> Span | None:
    """Return the sentence's subject: before the document or, behind an opening adverbial, after it."""
    lead = sentence.words["clause.lead"].match(sentence.text, sentence.start, noun[0])
    comma = sentence.text.find(",", end, end + 3)
    comma = comma if comma > 0 else end
    if lead and noun[0] - sentence.start < _OWNER_REACH:
        verb = sentence.words["verbs.any"].search(sentence.text, comma, sentence.end)
        finite = sentence.words["clause.finite"].search(sentence.text, comma, sentence.end)
        ends = [m.start() for m in (verb, finite) if m]
        return sentence.trimmed(comma, min(ends)) if ends else None
    return subject_of(sentence, noun[0])


def _source(party: str, words: str, span: Span, speakers: Speakers) -> Source:
    return Source(party, words, party in speakers.senders, span)
