"""Frames of nouns: “X's claim that …”, “the accusation by X that …”, “its decision to …”."""

from __future__ import annotations

import re

from .clauses import (
    content_end,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
    subject_of,
)
from .records import Attribution, CueKind, Span, made
from .sentence import Sentence

_NEAR = 120
_COLON = re.compile(r"\s?:\s(?![“«\"\n])")


def noun_frames(sentence: Sentence) -> list[Attribution]:
    out = []
    kinds: tuple[tuple[str, CueKind], ...] = (("nouns.claim", "claim"), ("nouns.plan", "plan"))
    for name, kind in kinds:
        for cue in sentence.words[name].finditer(sentence.text, sentence.start, sentence.end):
            if sentence.words["verbs.any"].match(sentence.text, cue.start()) and not _named(sentence, cue):
                continue
            high = sentence.frame_end(cue.start())
            source, at, certain = noun_source(sentence, sentence.frame_start(cue.start()), cue, high)
            opener = _opener(sentence, kind, cue, at, high, certain)
            offered = _ends_with(sentence, "nouns.offered", cue)
            if opener and (source or kind == "claim" or offered):
                content = sentence.trimmed(opener, _noun_end(sentence, opener, kind))
                out.append(made(kind, f"noun: {cue[0]}", source, cue.span(), content))
    return out


def _ends_with(sentence: Sentence, name: str, cue: re.Match[str]) -> bool:
    """Return whether a list's words end with the cue: “an invitation”."""
    low = max(sentence.start, cue.start() - 25)
    return sentence.words.at_end(name).search(sentence.text, low, cue.end()) is not None


def before_colon(sentence: Sentence, start: int, end: int) -> int:
    """Return the end of a content that a colon with a clause of the sender's behind it cuts short."""
    colon = _COLON.search(sentence.text, start, end)
    if colon is None or sentence.is_list(start) or sentence.words["that"].match(sentence.text, colon.end()):
        return end
    return colon.start()


def _named(sentence: Sentence, cue: re.Match[str]) -> bool:
    """Return whether a word that may be a verb is a noun here, or begins the sentence."""
    return is_noun(sentence, cue.start()) or cue.start() <= sentence.start + 2


def _noun_end(sentence: Sentence, start: int, kind: CueKind) -> int:
    """Return where a noun's content ends; of a plan's infinitive, before the sentence's own verb."""
    end = before_colon(sentence, start, content_end(sentence, start))
    if kind == "plan":
        verb = sentence.words["clause.finite"].search(sentence.text, start, end)
        end = verb.start() if verb else end
    return end


def _opener(
    sentence: Sentence, kind: CueKind, cue: re.Match[str], at: int, high: int, certain: bool
) -> int | None:
    """Return where the content of a noun begins: behind “that”, “to”, or “of” where the source is known."""
    text, words = sentence.text, sentence.words
    at = skipped(text, at, high)
    at = _past_aside(sentence, cue, at, high)
    when = words["phrases.said_on"].match(text, at, high)
    if when and words["nouns.opener"].match(text, skipped(text, when.end(), high), high):
        at = skipped(text, when.end(), high)
    that = words["nouns.opener"].match(text, at, high)
    if that:
        return that.end()
    to = words["nouns.plan_is"].match(text, at, high)
    if to is None and not words["nouns.answer"].fullmatch(cue[0]):
        to = words["nouns.to"].match(text, at, high)
    if to and kind == "plan":
        return to.end()
    of = words["nouns.of"].match(text, at, high)
    if of and kind == "claim" and not words["nouns.dated"].match(text, at, high):
        doubtful, told = words["nouns.doubtful"].match(cue[0]), words["nouns.told"].match(cue[0])
        return of.end() if doubtful or (certain and told) else None
    return None


def _past_aside(sentence: Sentence, cue: re.Match[str], at: int, high: int) -> int:
    """Return the place behind an aside between a noun and its content: “the claim, repeated by X, that”."""
    text = sentence.text
    if text[cue.end() : cue.end() + 1] != "," or at > cue.end() + 3:
        return at
    close = text.find(",", at, min(high, at + _NEAR))
    if close < 0 or sentence.words["clause.finite"].search(text, at, close):
        return at
    behind = skipped(text, close, high)
    return behind if sentence.words["nouns.opener"].match(text, behind, high) else at


def skipped(text: str, at: int, high: int) -> int:
    """Return the first place behind blanks and commas."""
    while at < high and text[at] in " ,\n\u00a0":
        at += 1
    return at


def noun_source(sentence: Sentence, low: int, cue: re.Match[str], high: int) -> tuple[Span | None, int, bool]:
    """Return who holds a claim named by a noun, where its content is sought, and if the source is sure."""
    text, words = sentence.text, sentence.words
    behind = skipped(text, cue.end(), high)
    by = words["nouns.made_by"].match(text, behind, high)
    if by:
        source = noun_phrase_after(sentence, by.end(), high, "nouns.opener")
        if source and not words["phrases.calendar"].fullmatch(text, *source):
            of = words["nouns.then_of"].search(text, source[0] + 3, source[1])
            made = words["nouns.made"].search(by[0]) is not None
            about = of is not None and words["nouns.about"].match(of[0]) is not None
            if of and (made or about) and text[source[1] : source[1] + 1] != ",":
                source = sentence.trimmed(source[0], of.start())
                made = True
            opener = words["nouns.opener"].match(text, skipped(text, source[1], high), high)
            if opener or made:
                return source, source[1], made
    aside = _past_aside(sentence, cue, behind, high)
    held = words["clause.prepositions"].search(text, behind, aside) if aside > behind else None
    holder = noun_phrase_after(sentence, held.end(), aside) if held else None
    if holder:
        return holder, cue.end(), True
    before = text[max(low, cue.start() - _NEAR) : cue.start()]
    owner = re.search(r"['’]s?\s+(?:[\w-]+\s+){0,3}$", before)
    if owner:
        at = cue.start() - len(before) + owner.start()
        return noun_phrase_before(sentence, low, at, possessor=True), cue.end(), True
    own = words.at_end("nouns.possessive").search(text, max(low, cue.start() - 40), cue.start())
    if own:
        return _owner(sentence, own, cue.start()), cue.end(), True
    return None, cue.end(), False


def _owner(sentence: Sentence, own: re.Match[str], at: int) -> Span | None:
    """Return whom “its”, “our”, “your” before a noun means: the words, or the sentence's subject."""
    for name in ("persons.own", "persons.addressee"):
        person = sentence.words[name].search(own[0])
        if person:
            return own.start() + person.start(), own.start() + person.end()
    return subject_of(sentence, own.start()) or sentence.trimmed(own.start(), at)
