"""A letter's text cut into pieces, so that a page can highlight exact characters and leave the rest alone.

Offsets count Unicode code points of the letter's text; intervals are half-open. Every character of the
stretch asked for comes back once, in order: joining the pieces gives the text again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The words that attribute a claim: who speaks, by which word, and what that one is said to have said.
VOICED = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch to highlight for the owner ``key``, to whom it is quote, clause, timex or one of VOICED.

    A ``hit`` is one of the words sought, its key the number of it.
    """

    kind: str
    start: int
    end: int
    key: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters and who they are highlighted for: the innermost ``owner``, and all of ``keys``.

    ``voiced``: of which attributions they are a part, as "source-12", "cue-12", "content-12". ``hit``: which
    of the places with words sought they are a part of, and whether it begins with them.
    """

    text: str
    start: int
    owner: int | None = None
    keys: tuple[int, ...] = ()
    is_timex: bool = False
    is_cue: bool = False
    begins: tuple[int, ...] = ()
    voiced: tuple[str, ...] = ()
    hit: int | None = None
    hit_begins: bool = False


def pieces(
    text: str, start: int, end: int, spans: Iterable[Span], seen: set[int] | None = None
) -> list[Piece]:
    """Return the characters ``start`` to ``end`` cut wherever one of the spans begins or ends.

    ``begins`` names the owners whose highlight starts with the piece. Where highlights lie in one another,
    a piece belongs to the shortest; of two alike, to the one that began later. ``seen`` are owners whose
    highlight began before; those that begin here are added to it.
    """
    inside = [s for s in spans if s.start < end and s.end > start and s.end > s.start]
    cuts = sorted({start, end, *(c for s in inside for c in (s.start, s.end) if start < c < end)})
    seen = set() if seen is None else seen
    found: list[Piece] = []
    for a, b in itertools.pairwise(cuts):
        over = [s for s in inside if s.start <= a and s.end >= b]
        shown = [s for s in over if s.kind in ("quote", "clause")]
        timexes = [s for s in over if s.kind == "timex"]
        owner = _innermost(timexes or shown)
        keys = tuple(dict.fromkeys(s.key for s in shown))
        begins = tuple(key for key in keys if key not in seen)
        hit = next((s for s in over if s.kind == "hit"), None)
        seen.update(keys)
        found.append(
            Piece(
                text=text[a:b],
                start=a,
                owner=owner,
                keys=keys,
                is_timex=bool(timexes),
                is_cue=any(s.kind == "cue" for s in over),
                begins=begins,
                voiced=tuple(dict.fromkeys(f"{s.kind}-{s.key}" for s in over if s.kind in VOICED)),
                hit=hit.key if hit else None,
                hit_begins=hit is not None and hit.start == a,
            )
        )
    return found


def _innermost(spans: Sequence[Span]) -> int | None:
    """Return the owner of the shortest span, the later of two alike."""
    if not spans:
        return None
    return min(spans, key=lambda s: (s.end - s.start, -s.start)).key
