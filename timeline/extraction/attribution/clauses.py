"""Where a source starts and a content ends: stretches of a sentence told by commas and small words."""

from __future__ import annotations

import re

from .records import Span
from .sentence import Sentence

_HARD = re.compile(r"[;:“”\"«»()\[\]—]|\s–\s")
_COMMA = re.compile(r",[\"”»’]?\s{1,3}")
_NAME_AT_END = re.compile(r"(?:the\s|The\s)?(?:(?:Mr|Mrs|Ms|Dr|MM?|Sr)\.\s)?(?:[A-ZÀ-Þ][\w’'-]+\s?)+$")
_EDGE = " \t\r\n\u00a0,.;:"
_CLAUSE_MARK = re.compile(r"[;—]|:\s|\s–\s")
_LEAST_ADVERBIAL = 4


def content_end(sentence: Sentence, start: int) -> int:
    """Return where a content that starts here ends: at a stop, a contrast, or the sentence's end."""
    end = sentence.frame_end(start)
    for name in ("clause.breaks", "clause.resumed"):
        stop = sentence.words[name].search(sentence.text, start, end)
        if stop and not _quoted_away(sentence, start, stop.start()):
            end = stop.start()
    end = _subordinate_end(sentence, start, end)
    if sentence.is_list(start):
        return end
    for at in range(start, end):
        if sentence.text[at] == ";" and not _quoted_away(sentence, start, at):
            return at
    return end


def _subordinate_end(sentence: Sentence, start: int, end: int) -> int:
    """Return where a sentence that opens with “While …” or “If …” comes to its main clause."""
    text, words = sentence.text, sentence.words
    if not words["clause.subordinate"].match(text, sentence.start) or sentence.in_quote(start):
        return end
    for comma in _COMMA.finditer(text, start, end):
        if sentence.in_quote(comma.start()):
            continue
        if words["clause.main"].match(text, comma.end(), end):
            return comma.start()
    return end


def _quoted_away(sentence: Sentence, start: int, at: int) -> bool:
    inner = sentence.quote_at(at)
    return inner is not None and inner != sentence.quote_at(start)


def skip_back(sentence: Sentence, low: int, at: int) -> tuple[int, bool]:
    """Step back over auxiliaries and adverbs before a verb; say whether a negation was among them."""
    negated = False
    skip, negation = sentence.words.at_end("clause.skip"), sentence.words["modality.negation"]
    for _ in range(8):
        found = skip.search(sentence.text, max(low, at - 40), at)
        if found is None:
            break
        negated = negated or negation.search(found[0]) is not None
        at = found.start()
    return at, negated


def noun_phrase_before(sentence: Sentence, low: int, at: int, *, possessor: bool = False) -> Span | None:
    """Return the noun phrase that ends at ``at``: back to a comma, a mark, or a word that opens a clause."""
    text = sentence.text
    start, end = sentence.trimmed(low, at)
    if end <= start:
        return None
    if text[end : end + 1] == "," or text[at - 1 : at] == ",":
        opening = text.rfind(",", start, end)
        if opening > start and end - opening < 60:
            end = opening
    bound = start
    for mark in _HARD.finditer(text, start, end):
        bound = max(bound, mark.end())
    bound = max([bound, *(q[1] for q in sentence.quotes if start < q[1] <= end)])
    comma = text.rfind(",", bound, end)
    if comma >= 0:
        aside = sentence.words["clause.lead"].match(text, *sentence.trimmed(comma, end))
        before = text[bound:comma].strip()
        if any(sentence.words[f"clause.{n}"].search(text, comma, end) for n in ("relative", "boundaries")):
            aside = None
        if aside and before and not possessor and not sentence.words["clause.lead"].match(before):
            end = comma
            comma = text.rfind(",", bound, end)
        bound = comma + 1 if comma >= 0 else bound
    for name in ("clause.boundaries", "clause.relative"):
        for word in sentence.words[name].finditer(text, bound, end):
            bound = max(bound, word.end())
    pointing = sentence.words.at_end("clause.demonstratives").search(text, start, bound)
    if pointing and not text[start : pointing.start()].strip(_EDGE):
        # “That delegation said …”: the word points, it opens no clause.
        bound = pointing.start()
    return _tidied(sentence, bound, end, possessor)


def _tidied(sentence: Sentence, start: int, end: int, possessor: bool = False) -> Span | None:
    """Cut a phrase at a verb and at a coordination behind one; drop a preposition's phrase that leads it."""
    text, words = sentence.text, sentence.words
    if words.at_end("clause.joins").search(text, start, end):
        return None
    for join in words["clause.joins"].finditer(text, start, end):
        if words["clause.finite"].search(text, start, join.start()) or not text[start : join.start()].strip():
            start = join.end()
    verb = words["clause.finite"].search(text, start, end)
    if verb and (possessor or words["modality.inverted"].match(text, start, verb.start())):
        start = verb.end()
    elif verb:
        end = verb.start()
    for cue in words["verbs.any"].finditer(text, start, end):
        if cue.start() > start and end - cue.end() > 2 and not is_noun(sentence, cue.start()):
            start = cue.end()
    start, end = sentence.trimmed(start, end)
    dative = words["clause.object_lead"].match(text, start, end)
    if dative:
        start, end = sentence.trimmed(dative.end(), end)
    pronoun = words.at_end("persons.subject").search(text, start, end)
    if pronoun:
        return sentence.trimmed(pronoun.start(), end)
    lead = words["clause.lead"].match(text, start, end)
    if lead:
        later = _behind_adverbial(sentence, lead.end(), end)
        if later is None:
            return None
        start = later
    timed = words["clause.timed"].match(text, start, end)
    if timed and timed.end() < end:
        start, end = sentence.trimmed(timed.end(), end)
    return (start, end) if end - start > 0 else None


def _behind_adverbial(sentence: Sentence, low: int, end: int) -> int | None:
    """Return where a noun phrase begins behind an adverbial without a comma: “At that meeting the X”."""
    text, words = sentence.text, sentence.words
    governed = words.at_end("clause.prepositions")
    found = [
        m.start()
        for m in words["clause.opens"].finditer(text, low + 1, end)
        if m.start() - low > _LEAST_ADVERBIAL and not governed.search(text, low, m.start())
    ]
    name = _NAME_AT_END.search(text, low, end)
    if found:
        return found[-1]
    return name.start() if name and name.start() - low > 1 else None


def is_noun(sentence: Sentence, at: int) -> bool:
    """Return whether what looks like a verb is a noun: an article or a possessor stands before it."""
    low = max(sentence.start, at - 25)
    before = sentence.words.at_end("clause.determiners").search(sentence.text, low, at)
    if before and "," not in before[0]:
        return True
    return sentence.text[max(low, at - 3) : at].rstrip()[-2:] in ("'s", "’s", "s’")


def is_nominal(sentence: Sentence, phrase: Span) -> bool:
    """Return whether a phrase can be a source: an article, a name, a pronoun or a number word opens it."""
    if sentence.words["phrases.calendar"].fullmatch(sentence.text, *phrase):
        return False
    first = sentence.text[phrase[0] : phrase[0] + 1]
    if first.isupper() or first in '“"«':
        return sentence.words["clause.lead"].match(sentence.text, *phrase) is None
    words = sentence.words
    return any(words[name].match(sentence.text, *phrase) for name in ("clause.opens", "clause.plural"))


def noun_phrase_after(sentence: Sentence, start: int, high: int, stops: str = "") -> Span | None:
    """Return the noun phrase that starts here: up to a comma, a mark, a clause word or a verb."""
    text, words = sentence.text, sentence.words
    end = min(high, start + 200)
    marks = [m.start() for m in (_HARD.search(text, start + 1, end),) if m]
    comma = text.find(",", start, end)
    if comma >= 0:
        marks.append(comma)
    for name in ("clause.boundaries", "clause.finite", "clause.relative", *([stops] if stops else [])):
        found = words[name].search(text, start + 1, end)
        if found:
            marks.append(found.start())
    start, end = sentence.trimmed(start, min([end, *marks]))
    return (start, end) if end > start else None


def subject_of(sentence: Sentence, at: int) -> Span | None:
    """Return the sentence's first noun phrase: before its first verb, behind an opening adverbial."""
    text, words = sentence.text, sentence.words
    start = sentence.trimmed(sentence.frame_start(at), at)[0]
    lead = words["clause.lead"].match(text, start, at)
    if lead:
        comma = text.find(",", start, at)
        if comma < 0:
            return None
        start = comma + 1
    end = at
    for name in ("clause.finite", "clause.relative", "clause.boundaries"):
        found = words[name].search(text, start, end)
        if found:
            end = found.start()
    comma = text.find(",", start, end)
    end = comma if comma > start else end
    start, end = sentence.trimmed(start, end)
    pronoun = words["persons.subject"].match(text, start, end)
    return (start, pronoun.end() if pronoun else end) if end > start else None


def _bracketed(sentence: Sentence, at: int) -> Span | None:
    """Return the words in brackets around a place where they say something of their own."""
    text = sentence.text
    opening = text.rfind("(", sentence.start, at)
    close = text.find(")", at, sentence.end)
    if opening < 0 or close < 0 or ")" in text[opening:at]:
        return None
    return (opening + 1, close) if sentence.words["clause.bracketed"].search(text, opening, at) else None


def clause_at(sentence: Sentence, start: int, end: int) -> Span:
    """Return the clause that holds a stretch: from the stop or contrast before it to the next."""
    text, words = sentence.text, sentence.words
    low, high = _bracketed(sentence, start) or (sentence.frame_start(start), sentence.frame_end(start))
    for mark in _CLAUSE_MARK.finditer(text, low, high):
        if sentence.quote_at(mark.start()) != sentence.quote_at(start):
            continue
        if mark.end() <= start:
            low = mark.end()
        elif mark.start() >= end:
            high = mark.start()
            break
    for name in ("clause.splits", "clause.joined"):
        for split in words[name].finditer(text, low, high):
            if sentence.quote_at(split.start()) != sentence.quote_at(start):
                continue
            if split.start() >= end:
                high = split.start()
                break
            if name == "clause.splits" and split.end() <= start:
                low = split.end()
    return sentence.trimmed(low, high)


def clause_start(sentence: Sentence, low: int, at: int) -> int:
    """Return where the clause before a place begins: behind the last semicolon."""
    semicolon = sentence.text.rfind(";", low, at)
    return semicolon + 1 if semicolon >= 0 else low
