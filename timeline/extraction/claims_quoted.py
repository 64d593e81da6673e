"""Whose letter is quoted whole where nobody is named as its sender: “your note, which reads as follows: …”.

In: a text, its letterhead, a part. Out: the words that name the document quoted and, of an “your”, the party.
"""

from __future__ import annotations

from documents.records import Letterhead
from timeline.extraction.attribution.lexicon import lexicon
from timeline.extraction.attribution.records import Span
from timeline.extraction.records import ExtractedVoice

_INTRO = 320
_NEAR = 40


def passed_on(text: str, head: Letterhead, index: int) -> ExtractedVoice | None:
    """Return the voice of a letter quoted whole whose sender is not read; None for every other part.

    Its source is the span of the words in the text that bring it in.
    """
    part = head.parts[index]
    named = any(c.role == "sender" and c.part == index for c in head.correspondents)
    words = lexicon(head.language)
    if part.kind != "quoted" or named or words is None or part.parent is None:
        return None
    low = max(head.parts[part.parent].start, part.start - _INTRO)
    intro = text[low : part.start]
    nouns = list(words["nouns.utterance"].finditer(intro))
    nouns = nouns or list(words["nouns.utterance"].finditer(intro.lower()))
    if not nouns or nouns[-1].end() > len(intro):
        return None
    start, end = nouns[-1].span()
    openings = list(words["clause.opens"].finditer(intro, max(0, start - _NEAR), start))
    start = openings[-1].start() if openings else start
    said = intro[start:end]
    span: Span = (low + start, low + end)
    yours = words["persons.yours"].match(said)
    recipient = next((c.party for c in head.correspondents if c.role == "recipient" and c.part == 0), None)
    return ExtractedVoice("quoted", recipient if yours else None, said, 1, source=span)
