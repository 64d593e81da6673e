"""A claim as the ``find_*`` commands print it: one JSON object, offsets code points of the text given."""

from __future__ import annotations

from typing import Any

from timeline.extraction.records import Anchor, ExtractedClaim, ExtractedVoice


def claim_line(claim: ExtractedClaim, text: str) -> dict[str, Any]:
    """Return the object of one claim."""
    own = next((v for v in claim.voices if v.role == "asserts"), None)
    quoted = [v for v in claim.voices if v.role == "quoted"]
    inner = max(quoted, key=lambda v: v.depth, default=None)
    author = next((v for v in claim.voices if v.role == "author"), None)
    return {
        "part": claim.part,
        "start": claim.start,
        "end": claim.end,
        "quote": text[claim.start : claim.end],
        "timex": text[claim.timex_start : claim.timex_end],
        "timex_start": claim.timex_start,
        "timex_end": claim.timex_end,
        "edtf": claim.edtf,
        "preferred": claim.preferred,
        "modifier": claim.modifier,
        "basis": claim.basis,
        "reasoning": list(claim.reasoning),
        "rules": list(claim.rules),
        "dated_by": _anchor(claim.dated_by, text),
        "asserted_by": _name(own),
        "attributed_to": _name(inner),
        "document_author": _name(author),
        "voices": [_voice(voice) for voice in claim.voices],
        "stance": claim.stance,
        "modality": claim.modality,
        "clause": text[claim.clause_start : claim.clause_end],
        "clause_start": claim.clause_start,
        "clause_end": claim.clause_end,
        "source": _words(inner, "source", text),
        "cue": _words(inner, "cue", text),
        "content": _words(inner, "content", text),
        "score": claim.score,
    }


def _name(voice: ExtractedVoice | None) -> str | None:
    """Return the party of a voice, or the words where the registry knows none."""
    return (voice.party or voice.words) if voice else None


def _words(voice: ExtractedVoice | None, role: str, text: str) -> str | None:
    span = getattr(voice, role) if voice else None
    return text[span[0] : span[1]] if span else None


def _voice(voice: ExtractedVoice) -> dict[str, Any]:
    return {
        "role": voice.role,
        "party": voice.party,
        "words": voice.words,
        "depth": voice.depth,
        "source": voice.source,
        "cue": voice.cue,
        "content": voice.content,
    }


def _anchor(anchor: Anchor | None, text: str) -> dict[str, Any] | None:
    if anchor is None:
        return None
    line: dict[str, Any] = {"kind": anchor.kind, "edtf": anchor.edtf}
    if anchor.start is not None and anchor.end is not None:
        line |= {"start": anchor.start, "end": anchor.end, "words": text[anchor.start : anchor.end]}
    return line
