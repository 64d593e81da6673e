"""Frames of adverbials: “according to X”, “contrary to what X says”, “in X's view”."""

from __future__ import annotations

import re

from .clauses import (
    clause_start,
    content_end,
    noun_phrase_after,
    noun_phrase_before,
    skip_back,
)
from .nouns import before_colon, noun_source
from .records import Attribution, Span, made
from .sentence import Sentence

_POSSESSIVE = re.compile(r"['’]s?\s*$")
_NEAR = 120
_SHORT = 60


def according(sentence: Sentence) -> list[Attribution]:
    out = []
    cues = list(sentence.words["phrases.according"].finditer(sentence.text, sentence.start, sentence.end))
    opening = sentence.words["phrases.according_if"].match(sentence.text, sentence.start, sentence.end)
    if opening and sentence.words["clause.conditional"].search(sentence.text, opening.end(), sentence.end):
        cues.insert(0, opening)
    for cue in cues:
        at = cue.end()
        verb = sentence.words["verbs.report"].match(sentence.text, at + 1, sentence.end)
        source = noun_phrase_after(sentence, verb.end() if verb else at, sentence.frame_end(cue.start()))
        if source is None:
            continue
        of = sentence.words["clause.of"].match(sentence.text, *source)
        source = sentence.trimmed(of.end(), source[1]) if of else source
        quoted = sentence.words["phrases.verbatim"].match(sentence.text, cue.start())
        near = [q for q in sentence.quotes if -60 < q[0] - source[1] < 20 or -20 < cue.start() - q[1] < 20]
        if quoted and near:
            rest = [sentence.inside(near[0])]
        else:
            rest = _rest(sentence, cue.start(), source[1])
        out.append(made("report", "according to", source, cue.span(), *rest))
    out += _attached(sentence)
    for cue in sentence.words["phrases.under"].finditer(sentence.text, sentence.start, sentence.end):
        if cue.start() != sentence.start and sentence.text[cue.start() - 2 : cue.start()] != ", ":
            continue
        comma = sentence.text.find(",", cue.end(), sentence.end)
        named = sentence.words["nouns.instrument"].search(sentence.text, cue.end(), max(comma, 0))
        if comma > 0 and named:
            source = sentence.trimmed(cue.end(), comma)
            content = sentence.trimmed(comma, content_end(sentence, comma + 1))
            if sentence.words["modality.due"].search(sentence.text, *content):
                out.append(made("instrument", "under an instrument", source, cue.span(), content))
    return out


def _attached(sentence: Sentence) -> list[Attribution]:
    """“X's note, according to which …”, “a letter from X to the effect that …”."""
    text, words = sentence.text, sentence.words
    out = []
    for cue in words["nouns.attached"].finditer(text, sentence.start, sentence.end):
        low = sentence.frame_start(cue.start())
        nouns = list(words["nouns.utterance"].finditer(text, max(low, cue.start() - _NEAR), cue.start()))
        if not nouns or words["clause.finite"].search(text, nouns[-1].end(), cue.start()):
            continue
        source = _document_source(sentence, low, nouns[-1], cue.start())
        content = sentence.trimmed(cue.end(), content_end(sentence, cue.end()))
        out.append(made("claim", "according to which", source, cue.span(), content))
    return out


def _document_source(sentence: Sentence, low: int, noun: re.Match[str], high: int) -> Span:
    """Return whose a document is: the name before it or behind “by” or “from”, else the document itself."""
    text, words = sentence.text, sentence.words
    by = words["nouns.made_by"].match(text, noun.end() + 1, high)
    source = noun_phrase_after(sentence, by.end(), high) if by else None
    if source and not words["phrases.calendar"].fullmatch(text, *source):
        return source
    before = noun_phrase_before(sentence, low, noun.end(), possessor=True)
    opening = list(words["clause.opens"].finditer(text, *before)) if before else []
    return (opening[-1].start() if opening else noun.start(), noun.end())


def contrary(sentence: Sentence) -> list[Attribution]:
    out = []
    for cue in sentence.words["phrases.contrary"].finditer(sentence.text, sentence.start, sentence.end):
        if sentence.words.at_end("clause.finite").search(sentence.text, sentence.start, cue.start()):
            # “is contrary to the treaty” judges an act; it does not deny it.
            continue
        high = sentence.frame_end(cue.start())
        comma = sentence.text.find(",", cue.end(), high)
        close = comma if comma > 0 else high
        source = _contrary_source(sentence, cue.end(), close)
        rest = [(s, before_colon(sentence, s, e)) for s, e in _rest(sentence, cue.start(), close)]
        out.append(made("contrary", "contrary to", source, cue.span(), *rest))
    return out


def _contrary_source(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return who is contradicted: “X asserts”, “asserts X”, “X's claim”, “the claims of X”."""
    text, words = sentence.text, sentence.words
    for name in ("verbs.report", "verbs.call", "verbs.deny"):
        verb = words[name].search(text, start, end)
        if verb:
            at, _ = skip_back(sentence, start, verb.start())
            source = noun_phrase_before(sentence, start, at)
            return source or noun_phrase_after(sentence, verb.end(), end)
    noun = words["nouns.claim"].search(text, start, end)
    if noun:
        return noun_source(sentence, start, noun, end)[0]
    return sentence.trimmed(start, end) if end - start > 1 else None


def version(sentence: Sentence) -> list[Attribution]:
    """“in X's version of events”."""
    out = []
    for cue in sentence.words["phrases.version"].finditer(sentence.text, sentence.start, sentence.end):
        owner = _POSSESSIVE.search(sentence.text, max(sentence.start, cue.start() - 3), cue.start())
        owner = owner or sentence.words.at_end("clause.owned").search(
            sentence.text, max(sentence.start, cue.start() - 12), cue.start()
        )
        comma = sentence.text.rfind(",", sentence.start, cue.start())
        low = comma + 1 if comma >= 0 else sentence.start
        lead = sentence.words["clause.lead"].match(sentence.text, *sentence.trimmed(low, cue.start()))
        direct = lead is not None and owner is not None and cue.start() - lead.end() < _SHORT
        if owner and lead and (direct or sentence.text[cue.end() : cue.end() + 1] == ","):
            end = owner.end() if sentence.text[owner.start()].isalpha() else owner.start()
            source = sentence.trimmed(lead.end(), end)
            out.append(made("report", "in X's version", source, cue.span(), *_rest(sentence, low, cue.end())))
    return out


def _rest(sentence: Sentence, phrase_start: int, phrase_end: int) -> list[Span]:
    """Return what an adverbial speaks of: the clause behind it, else the one before, else both sides."""
    low = sentence.frame_start(phrase_start)
    after = sentence.unquoted(phrase_end, content_end(sentence, min(phrase_end + 1, sentence.end)))
    before = sentence.unquoted(clause_start(sentence, low, phrase_start), phrase_start)
    hanging = sentence.words.at_end("clause.hanging").search(sentence.text, *before)
    if before[1] - before[0] < 5 or hanging:
        return [after]
    if after[1] - after[0] < 3:
        return [before]
    return [before, after]
