"""Asides: “…, X says, …”, “as X has said, …”: who speaks stands beside what is said, not before it."""

from __future__ import annotations

from .clauses import content_end, is_nominal, noun_phrase_after
from .quoting import naming
from .records import Attribution, Span
from .sentence import Sentence
from .verbs import Verb, spoken


def aside(sentence: Sentence, verb: Verb) -> Attribution | None:
    """“…, X says, …”, “as X has said, …”, “…, affirme X, …”: the verb has no object of its own."""
    if "report" not in verb.kinds:
        return None
    text = sentence.text
    source, close = verb.source, verb.end
    if source is None and verb.start > verb.low:
        if sentence.words["clause.participle"].fullmatch(text, verb.start, verb.end):
            # “X, citing Y, said”: whoever is cited says nothing of the sentence itself.
            return None
        source = noun_phrase_after(sentence, verb.end, verb.high)
        source = source if source and is_nominal(sentence, source) else None
        close = source[1] if source else verb.end
    if source is None or sentence.words["phrases.calendar"].fullmatch(text, *source):
        return None
    opening = min(source[0], verb.stem_end)
    before = text[max(verb.low, opening - 30) : opening]
    as_word = sentence.words.at_end("phrases.as").search(text, max(verb.low, opening - 14), opening)
    comma = before.rstrip().endswith(",")
    closed = _is_closed(sentence, verb, close)
    if verb.passive and not as_word:
        # “X's circular, of the 3rd, was published”: what was published is no aside.
        return None
    if as_word and sentence.words["verbs.factive"].match(text, verb.start):
        # “…, as the commission established”: the sender says it too and names who found it.
        return None
    if as_word and "demand" in verb.kinds:
        # “…, as X had asked”: what X asked for was done, and the sender says so.
        return None
    if as_word:
        closing = text.find(",", close, verb.high)
        if closing < 0 or closing - close > 90:
            closing = close if closed else (verb.high if as_word.start() > verb.low + 5 else -1)
        if closing < 0:
            return None
        if sentence.words["persons.naming"].match(text, verb.start):
            return naming(sentence, verb, source, as_word.start())
        return spoken(
            verb, "report", "as X says", source, *_said_so(sentence, verb, as_word.start(), closing)
        )
    if comma and closed:
        told = _both(sentence, verb, opening, close)
        if len(told) > 1 and _told_where(sentence, verb, close) and _is_whole(sentence, told[0]):
            # “…, X announced on 5 June.” tells when X spoke.
            told = told[:1]
        return spoken(verb, "report", "X says, in an aside", source, *told)
    return None


def _is_closed(sentence: Sentence, verb: Verb, close: int) -> bool:
    """Return whether nothing is said behind “X says” but to whom, where and when: “…, X told the press.”"""
    return sentence.text[close : close + 1] in (",", ".", "?", "") or _told_where(sentence, verb, close)


def _told_where(sentence: Sentence, verb: Verb, close: int) -> bool:
    """Return whether to whom, where or when is all that stands behind “X says”."""
    text, words = sentence.text, sentence.words
    behind = words["clause.told_where"].match(text, close + 1, verb.high)
    return behind is not None and text[behind.end() : behind.end() + 1] in (",", ".", "?", "")


def _is_whole(sentence: Sentence, piece: Span) -> bool:
    """Return whether a stretch is a clause with a verb that nothing has to follow."""
    words, text = sentence.words, sentence.text
    hanging = words.at_end("clause.hanging").search(text, *piece)
    return hanging is None and words["clause.finite"].search(text, *piece) is not None


def _said_so(sentence: Sentence, verb: Verb, opening: int, close: int) -> list[Span]:
    """Return what “as X says” bears on: the clause before it where that is whole, else what follows."""
    both = _both(sentence, verb, opening, close)
    restrictive = sentence.text[opening - 2 : opening - 1] != ","
    comma = sentence.text.rfind(", ", verb.low, opening)
    if restrictive and comma > 0 and opening > verb.low + 5:
        return [sentence.trimmed(comma, opening)]
    if len(both) < 2:
        return both
    before, *after = both
    whole = sentence.words["clause.finite"].search(sentence.text, *before)
    if sentence.words.at_end("clause.hanging").search(sentence.text, *before):
        return after
    if after and (whole or sentence.text[close : close + 1] != ","):
        return [before]
    return [before, *after]


def _both(sentence: Sentence, verb: Verb, opening: int, close: int) -> list[Span]:
    after = sentence.trimmed(close, content_end(sentence, min(close + 1, verb.high)))
    stop = max(sentence.text.rfind(mark, verb.low, opening) for mark in (";", ": "))
    low = stop + 1 if stop >= 0 else verb.low
    if after[1] - after[0] > 1 and sentence.text[close : close + 1] == ",":
        # An aside in the middle bears on the clause that it interrupts.
        splits = sentence.words["clause.splits"].finditer(sentence.text, low, opening)
        low = max([low, *(m.end() for m in splits if m.end() < opening - 1)])
    before = sentence.unquoted(low, opening)
    return [s for s in (before, after) if s[1] - s[0] > 1]
