"""Cue frames over one sentence: where the cue stands, where its source and its content.

In: a ``Sentence``. Out: attributions, sources given as words only; pronouns and coordination are settled by
``scan``. Each frame is a function of its own; where no frame fits, nothing is said.
"""

from __future__ import annotations

from .adverbials import according, contrary, version
from .doubts import doubted, hearsay, refutation, untrue
from .nouns import noun_frames
from .quoting import meanings, terms
from .records import Attribution
from .sentence import Sentence
from .verb_frames import verb_frames


def frames_of(sentence: Sentence) -> list[Attribution]:
    """Return every attribution that a frame finds in the sentence, in order of its cue."""
    found: list[Attribution] = []
    for frame in (
        according,
        contrary,
        untrue,
        hearsay,
        doubted,
        version,
        terms,
        meanings,
        noun_frames,
        verb_frames,
    ):
        found += frame(sentence)
    found = [refutation(sentence, a) for a in _outermost(found)]
    found.sort(key=lambda a: (a.cue[0], a.content[0] if a.content else (0, 0)))
    return found


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Leave out a cue within another frame's cue or source: “contrary to what X says”, “it is said that”."""
    kept = []
    for one in found:
        start, end = one.cue[0][0], one.cue[-1][1]
        inside = any(
            other is not one
            and other.kind in ("contrary", "hearsay", "untrue")
            and other.reach[0] <= start
            and end <= other.reach[1]
            for other in found
        )
        if not inside:
            kept.append(one)
    return kept
