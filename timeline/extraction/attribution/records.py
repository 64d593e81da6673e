"""What attribution gives: frozen records, all offsets code points of the text, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]

# report: another's words. deny, demand, announce: what the source does. evaluate: welcomes or condemns.
# silence: leaves out what the sender then says. wording: a name is given to something. claim, plan: a noun.
# contrary: the sender says the opposite. hearsay: nobody named. alleged: an adjective that doubts.
CueKind = Literal[
    "report",
    "deny",
    "demand",
    "announce",
    "evaluate",
    "silence",
    "wording",
    "claim",
    "plan",
    "contrary",
    "untrue",
    "hearsay",
    "alleged",
    "quotation",
    "instrument",
]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a stretch of text is said to be.

    ``source``, ``cue`` and ``content`` are the spans of the words (a role may have several pieces; a source
    may have none). ``carried`` is the span of an earlier source that a pronoun stands for. ``negated``: the
    cue stands under a negation. ``refuted``: the surroundings say that the content is false. ``joint``:
    several agree, the sender perhaps among them. ``assent``: the cue admits or believes what
    is said. ``consents``: it agrees to what is to come.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: CueKind
    frame: str
    carried: Span | None = None
    negated: bool = False
    refuted: bool = False
    joint: bool = False
    assent: bool = False
    consents: bool = False

    @property
    def reach(self) -> Span:
        """Return the stretch from the first word of cue and source to the last."""
        spans = (*self.source, *self.cue)
        return min(s for s, _ in spans), max(e for _, e in spans)

    def covers(self, start: int, end: int) -> bool:
        """Return whether the content holds the whole of a stretch."""
        return any(s <= start and end <= e for s, e in self.content)

    def extent(self) -> int:
        """Return how many code points the content has."""
        return sum(e - s for s, e in self.content)


def made(kind: CueKind, frame: str, source: Span | None, cue: Span, *content: Span) -> Attribution:
    """Return an attribution with one cue and, where known, one source; empty pieces are left out."""
    return Attribution(
        (source,) if source else (), (cue,), tuple(c for c in content if c[1] > c[0]), kind, frame
    )
