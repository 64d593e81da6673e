"""Where a demand ends because whoever makes it goes on: “asks X to leave by …, and will appeal in …”.

In: a sentence and where a demand, or another content that opens with an infinitive, starts and ends. Out: its
end before the first finite verb or clause that cannot be demanded, and where the content begins at all.
"""

from __future__ import annotations

import re

from .records import CueKind, Span
from .sentence import Sentence

_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.;:,]")


def ended(sentence: Sentence, start: int, end: int) -> int:
    """Return where a content that begins here ends: before what its speaker does or says besides.

    An infinitive or a subjunctive cannot be carried on by a finite verb. Where the content holds a clause
    with a finite verb of its own, only a comma tells that the next one is the speaker's.
    """
    text, words = sentence.text, sentence.words
    for name in ("clause.goes_on", "clause.else"):
        for join in words[name].finditer(text, start, end):
            if join.start() > start and _is_speakers(sentence, start, join, name):
                end = min(end, join.start())
                break
    return end


def _is_speakers(sentence: Sentence, start: int, join: re.Match[str], name: str) -> bool:
    """Return whether what a word joins is whoever speaks, not a part of what is demanded."""
    text, words = sentence.text, sentence.words
    if sentence.quote_at(join.start()) != sentence.quote_at(start):
        return False
    if name == "clause.else":
        return True
    inner = {m[0].casefold() for m in words["clause.finite"].finditer(text, start, join.start())}
    again = words["clause.finite"].search(text, join.end(), min(sentence.end, join.end() + 60))
    if again and again[0].casefold() in inner:
        # “… that the ships will leave on the 3rd, and will be back on the 9th”: one clause with two verbs.
        return False
    return not inner or join[0].startswith(",")


def first_infinitive(sentence: Sentence, start: int, high: int) -> Span | None:
    """Return the infinitive that opens what is demanded, no stop or comma before it."""
    words = sentence.words
    told = "verbs.irregular" in words.patterns and not sentence.text[start:high].isupper()
    name = "phrases.acts" if told else "nouns.to"
    found = words[name].search(sentence.text, start, high)
    if found is None or _STOP.search(sentence.text, start, found.start()):
        return None
    return found.span()


def demand_start(sentence: Sentence, start: int, kind: CueKind, that: re.Match[str] | None) -> int | None:
    """Return where a demand begins before its “that”: the day by which to confirm something is demanded.

    None where “that” opens it.
    """
    text, words = sentence.text, sentence.words
    if that is None or kind not in ("demand", "announce"):
        return None
    act = first_infinitive(sentence, start, that.start())
    if act is not None:
        return behind_when(sentence, start, act)
    return start if words["modality.limit"].search(text, start, that.start()) else None


def behind_when(sentence: Sentence, start: int, act: Span) -> int:
    """Return where a demand with an infinitive begins: not before the day on which it was made."""
    text, words = sentence.text, sentence.words
    if _DIGIT.search(text, start, act[0]) and not words["modality.limit"].search(text, start, act[0]):
        return act[0]
    return start
