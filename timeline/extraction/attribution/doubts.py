"""Frames of doubt: what the sender calls untrue, what nobody named says, and names that it does not share."""

from __future__ import annotations

import re
from dataclasses import replace

from .clauses import (
    clause_start,
    content_end,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
    skip_back,
)
from .nouns import before_colon, skipped
from .records import Attribution, CueKind, Span, made
from .sentence import Sentence

_ADVERBS = 30
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_COMMA = re.compile(r",\s(?!\d)")


def refutation(sentence: Sentence, found: Attribution) -> Attribution:
    """Mark a claimed content that the sentence calls false, and end it before the words that do so."""
    if found.kind == "wording" and not found.source and found.content:
        # “The so-called attack of that day never took place”: not the name alone is refused.
        end = sentence.trimmed(found.content[-1][1], sentence.end)[0]
        refuted, (low, high) = sentence.words["phrases.refuted"], found.content[-1]
        inside = refuted.search(sentence.text, low + 1, high)
        if inside and not sentence.in_quote(inside.start()):
            return replace(found, refuted=True, content=(sentence.trimmed(low, inside.start()),))
        return replace(found, refuted=refuted.match(sentence.text, _past_copula(sentence, end)) is not None)
    if found.kind not in ("claim", "alleged", "report", "plan") or not found.content:
        return found
    text, words = sentence.text, sentence.words
    start, end = found.content[0][0], found.content[-1][1]
    before = words["phrases.refuted"].search(text, max(sentence.start, found.cue[0][0] - 40), found.cue[0][0])
    unshared = words["phrases.unshared"].search(
        text, max(sentence.start, found.cue[0][0] - 60), found.cue[0][0]
    )
    if unshared and not words["persons.own"].search(
        text, max(sentence.start, unshared.start() - 30), unshared.end()
    ):
        unshared = None
    if (before or unshared) and found.kind == "claim":
        return replace(found, refuted=True)
    limit = sentence.frame_end(start)
    low = start if found.kind in ("claim", "alleged") else end
    after = words["phrases.refuted"].search(text, low, limit)
    if after is None or sentence.in_quote(after.start()) != sentence.in_quote(start):
        return found
    if after.start() >= end:
        return replace(found, refuted=True)
    verbs = list(words["clause.finite"].finditer(text, start, after.start()))
    if words["clause.finite"].match(text, after.start()):
        verbs = []
    cut = after.start()
    if verbs and cut - verbs[-1].end() < _ADVERBS and not _has_noun(sentence, verbs[-1].end(), cut):
        cut = verbs[-1].start()
    piece = sentence.trimmed(start, cut)
    if piece[1] <= piece[0]:
        return found
    return replace(found, refuted=True, content=(piece,))


def _has_noun(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether more than adverbs stands in a stretch: a date, or what a preposition opens."""
    text, words = sentence.text, sentence.words
    if any(text[at].isdigit() for at in range(start, end)):
        return True
    return words["clause.prepositions"].search(text, start, end) is not None


def _past_copula(sentence: Sentence, at: int) -> int:
    """Return the place behind “is” or “was a” where one stands."""
    text, words = sentence.text, sentence.words
    for name in ("clause.finite", "clause.articles"):
        if name == "clause.finite" and words["phrases.refuted"].match(text, at):
            return at
        found = words[name].match(text, at, sentence.end)
        at = skipped(text, found.end(), sentence.end) if found else at
    return at


def untrue(sentence: Sentence) -> list[Attribution]:
    for start in (sentence.start, *(skipped(sentence.text, s, sentence.end) for s in sentence.stops)):
        opening = sentence.words["that"].match(sentence.text, start, sentence.end)
        if opening is None:
            continue
        stop = sentence.frame_end(opening.end())
        false = sentence.words["phrases.refuted"].search(sentence.text, opening.end(), stop)
        if false:
            content = sentence.trimmed(opening.end(), false.start())
            return [made("untrue", "that … is untrue", None, opening.span(), content)]
    told = _told_untrue(sentence)
    if told:
        return told
    found = sentence.words["phrases.untrue"].finditer(sentence.text, sentence.start, sentence.end)
    return [
        made(
            "untrue",
            "it is untrue that",
            None,
            m.span(),
            sentence.trimmed(m.end(), before_colon(sentence, m.end(), content_end(sentence, m.end()))),
        )
        for m in found
    ]


def _told_untrue(sentence: Sentence) -> list[Attribution]:
    """“What X says about … is untrue.”"""
    text, words = sentence.text, sentence.words
    what = words["clause.what"].match(text, sentence.start, sentence.end)
    verb = words["verbs.report"].search(text, what.end(), sentence.end) if what else None
    false = words["phrases.refuted"].search(text, verb.end(), sentence.end) if verb else None
    if what is None or verb is None or false is None:
        return []
    at, _ = skip_back(sentence, what.end(), verb.start())
    source = noun_phrase_before(sentence, what.end(), at)
    content = sentence.trimmed(verb.end(), false.start())
    return [made("untrue", "what X says is untrue", source, (what.start(), verb.end()), content)]


def hearsay(sentence: Sentence) -> list[Attribution]:
    out: list[Attribution] = []
    if sentence.words["modality.hypothetical"].match(sentence.text, sentence.start, sentence.end):
        return out
    for cue in sentence.words["phrases.agentless"].finditer(sentence.text, sentence.start, sentence.end):
        low = clause_start(sentence, sentence.frame_start(cue.start()), cue.start())
        before = sentence.trimmed(low, cue.start())
        after = sentence.trimmed(
            cue.end(), before_colon(sentence, cue.end(), content_end(sentence, cue.end()))
        )
        by = sentence.words["clause.by"].match(sentence.text, cue.end() + 1, sentence.end)
        source = noun_phrase_after(sentence, by.end(), sentence.end) if by else None
        if source is None:
            source, after = _carried(sentence, low, cue.span(), after)
        carrier = sentence.words["carriers"].search(sentence.text, sentence.start, cue.start())
        if carrier and source is None:
            source = carrier.span()
            before = sentence.trimmed(max(low, carrier.end()), cue.start())
        out.append(made("hearsay", "hearsay", source, cue.span(), before, after))
    return out


def _carried(sentence: Sentence, low: int, cue: Span, after: Span) -> tuple[Span | None, Span]:
    """Return the document that says it, with the content: “it is stated in X's note that”."""
    text, words = sentence.text, sentence.words
    inside = words["phrases.carried"].match(text, cue[1] + 1, after[1])
    if inside:
        phrase = noun_phrase_after(sentence, inside.end(), after[1], "that")
        that = words["that"].match(text, phrase[1] + 1, after[1]) if phrase else None
        if phrase and that and words["nouns.utterance"].search(text, *phrase):
            return phrase, sentence.trimmed(that.end(), after[1])
    opening = words["phrases.carried"].match(text, *sentence.trimmed(low, cue[0]))
    if opening:
        phrase = sentence.trimmed(opening.end(), cue[0])
        if words["nouns.utterance"].search(text, *phrase) and not words["clause.finite"].search(
            text, *phrase
        ):
            return phrase, after
    return None, after


def _goes_on(sentence: Sentence, start: int, end: int) -> list[int]:
    """Return where a dated name ends and its verb begins: “the so-called plan of March 2021 reached us”."""
    year = _YEAR.search(sentence.text, start, end)
    if year is None or sentence.in_quote(year.start()):
        return []
    words, at = sentence.words, skipped(sentence.text, year.end(), end)
    joined = any(words[name].match(sentence.text, at) for name in ("clause.prepositions", "clause.joins"))
    return [] if joined or not sentence.text[at : at + 1].islower() else [at]


def doubted(sentence: Sentence) -> list[Attribution]:
    """“the so-called …” refuses a name; “the alleged …” passes on what somebody says."""
    out = []
    kinds: tuple[tuple[str, CueKind], ...] = (
        ("phrases.so_called", "wording"),
        ("phrases.alleged", "alleged"),
    )
    for name, kind in kinds:
        for cue in sentence.words[name].finditer(sentence.text, sentence.start, sentence.end):
            if kind == "alleged" and not is_noun(sentence, cue.start()):
                continue
            end = content_end(sentence, cue.end())
            verb = sentence.words["clause.finite"].search(sentence.text, cue.end(), end)
            comma = _COMMA.search(sentence.text, cue.end(), end) if kind == "wording" else None
            stops = [end, verb.start() if verb else end, comma.start() if comma else end]
            stops += _goes_on(sentence, cue.end(), end) if kind == "wording" else []
            content = sentence.trimmed(cue.end(), min(stops))
            out.append(made(kind, cue[0].lower(), None, cue.span(), content))
    return out
