"""What passes between the stages that turn a letter's text into claims.

Frozen records only, no Django. Every offset counts Unicode code points of the
letter's text; every interval is half-open. Day numbers are those of
``date.toordinal()`` (1 = 1 January of year 1, proleptic Gregorian), carried on
below 1 for earlier years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["explicit", "inferred", "anaphoric", "relative"]
Modifier = Literal["start", "mid", "end"]
Precision = Literal["day", "month", "season", "year", "decade", "century", "interval", "set", "unknown"]
Stance = Literal["asserts", "reports", "denies", "rejects-wording", "demands", "announces"]
Modality = Literal["happened", "did not", "planned", "demanded", "hypothetical"]
VoiceRole = Literal["asserts", "quoted", "agent", "patient", "author"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date that a value was worked out from.

    ``kind`` is ``document`` (the part's own date; offsets None) or ``expression`` (another temporal
    expression of the same text, whose span is given).
    """

    kind: Literal["document", "expression"]
    edtf: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class TemporalExpression:
    """Words that date something, and what they mean.

    ``start``/``end``: the words without preposition, as TIMEX3 marks them; ``value`` and ``type`` are TIMEX3.
    ``edtf``: ISO 8601-2 value, None where the text anchors none (a bare duration, PRESENT_REF).
    ``preferred``: the preferred reading where ``edtf`` is a set. ``earliest_day``/``latest_day``: its bounds
    as day numbers, None = open or unknown.
    ``claim_start``/``claim_end``/``claim_edtf``: the same as a claim shows it, with the preposition that
    makes it an open interval ("since 12 November", ``2023-11-12/..``); equal to the plain ones otherwise.
    ``reasoning``: steps in words a reader can check; ``rules``: names of the rules used, in order.
    ``cites_document``: the words date a document or decision named beside them.
    ``continues``: the words are the further end of a range or list whose claim an earlier expression carries.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str | None
    basis: Basis
    claim_start: int
    claim_end: int
    claim_edtf: str | None
    preferred: str | None = None
    modifier: Modifier | None = None
    earliest_day: int | None = None
    latest_day: int | None = None
    precision: Precision = "unknown"
    anchor: Anchor | None = None
    reasoning: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    cites_document: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedVoice:
    """A party's role in a claim. ``party`` is canonical, None where ``words`` name nobody known.

    ``depth`` 0 is the letter's own voice, 1 whom it quotes, 2 whom that one quotes …; the innermost
    quoted voice has the greatest depth. Spans are None for the own voice.
    """

    role: VoiceRole
    party: str | None
    words: str
    depth: int = 0
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    content: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One dated assertion in one letter.

    ``part`` indexes the letterhead's parts. ``start``/``end``: the quote (the sentence or clause shown);
    ``timex_start``/``timex_end``: the temporal expression as the claim shows it (with "since").
    ``clause_start``/``clause_end``: the shortest verbatim stretch that says what happened.
    ``dated_by``: what the date was worked out from; ``score``: 0 to 1, how sure the reading is.
    """

    part: int
    start: int
    end: int
    timex_start: int
    timex_end: int
    edtf: str | None
    preferred: str | None
    modifier: Modifier | None
    earliest_day: int | None
    latest_day: int | None
    precision: Precision
    basis: Basis
    reasoning: tuple[str, ...]
    rules: tuple[str, ...]
    dated_by: Anchor | None
    stance: Stance
    modality: Modality
    clause_start: int
    clause_end: int
    score: float
    voices: tuple[ExtractedVoice, ...]
