"""What a page says of a claim, in sentences: who and whose, what is done with it, by whom it was checked.

Neutral towards every party: no word here says that anything is true, false, admitted or merely claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.edtf import in_words
from timeline.mark_texts import isolated, possessive, quoted_name, shortened
from timeline.models import Claim, Voice

STANCE_LABELS = {
    "asserts": "Asserts",
    "reports": "Reports",
    "denies": "Denies",
    "rejects-wording": "Rejects the wording",
    "demands": "Demands",
    "announces": "Announces",
}
BASIS_LABELS = {
    "explicit": "Written out",
    "inferred": "Worked out in part",
    "anaphoric": "Worked out from an earlier date",
    "relative": "Worked out from another date",
}
PRECISION_LABELS = {
    "day": "A day",
    "month": "A month",
    "season": "A season",
    "year": "A year",
    "decade": "A decade",
    "century": "A century",
    "interval": "From, to",
    "set": "One of several days",
    "unknown": "No date",
}
LANGUAGE_LABELS = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ar": "Arabic",
    "ru": "Russian",
    "zh": "Chinese",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
    "": "Not known",
}
REVIEW_LABELS = {
    "suggested": "Not yet checked",
    "accepted": "Accepted",
    "curated": "Set by a curator",
    "dismissed": "Dismissed",
    "withdrawn": "No longer found",
}
MODALITY_LABELS = {
    "happened": "Happened",
    "did not": "Did not happen",
    "planned": "Planned",
    "demanded": "Demanded",
    "hypothetical": "Supposed",
}
# The part of a date that is meant.
MODIFIER_LABELS = {"": "The whole of it", "start": "Early", "mid": "Middle", "end": "Late"}
MODALITY_NOTES = {
    "did not": "The sentence says that it did not happen.",
    "planned": "The sentence speaks of it as planned.",
    "demanded": "The sentence asks that it happen.",
    "hypothetical": "The sentence does not say that it happened.",
}
_ALONE = {
    "asserts": "asserts",
    "reports": "reports",
    "denies": "denies",
    "rejects-wording": "rejects a wording",
    "demands": "demands",
    "announces": "announces",
}
_QUOTING = {
    "asserts": "",
    "reports": "",
    "denies": ", and denies them",
    "rejects-wording": ", and rejects the wording",
    "demands": ", in demanding",
    "announces": ", in announcing",
}


def sender_name(claim: Claim) -> str:
    """Return who asserts the claim."""
    return isolated(claim.asserting_party.name) if claim.asserting_party else "A sender not named"


def headline(claim: Claim) -> tuple[str, str, str]:
    """Return the sentence of who and whose in three: before, the name to be set in weight, after."""
    sender = sender_name(claim)
    if not claim.is_quoted:
        return "", sender, f" {_ALONE[claim.stance]}"
    whose = quoted_name(claim)
    holder = possessive(whose) if whose else "somebody’s"
    return f"{sender} reports ", holder, f" words{_QUOTING[claim.stance]}"


def voiced(claim: Claim) -> str:
    """Return who speaks, for a list: "Karvonia, as reported by Lethmark, which rejects the wording"."""
    sender = sender_name(claim)
    if not claim.is_quoted:
        return f"{sender} {_ALONE[claim.stance]}"
    whose = quoted_name(claim) or "Somebody not named"
    tail = {"denies": ", which denies it", "rejects-wording": ", which rejects the wording"}
    return f"{whose}, as reported by {sender}{tail.get(claim.stance, '')}"


def chain_said(claim: Claim, voices: Sequence[Voice]) -> str:
    """Return all voices, innermost first: "Karvonia, as reported by Vessany, as reported by Lethmark"."""
    quoted = sorted((v for v in voices if v.role == "quoted"), key=lambda v: -v.depth)
    named = len(quoted) == 1 and quoted[0].party is not None
    if not claim.is_quoted or not quoted or named:
        return voiced(claim)
    names = [voice.party.name if voice.party else f"“{voice.words}”" for voice in quoted]
    tail = {"denies": ", which denies it", "rejects-wording": ", which rejects the wording"}
    return ", as reported by ".join([*names, sender_name(claim)]) + tail.get(claim.stance, "")


def attribution_said(claim: Claim, voices: Sequence[Voice], most: int = 90) -> list[tuple[str, str]]:
    """Return (what they are, the letter's words) of source, cue and content, the outermost voice first."""
    rows = []
    for voice in voices:
        for label, start, end in (
            ("Source", voice.source_start, voice.source_end),
            ("Cue", voice.cue_start, voice.cue_end),
            ("Content", voice.content_start, voice.content_end),
        ):
            if voice.role == "quoted" and start is not None and end is not None:
                rows.append((label, shortened(claim.letter.text[start:end], most)))
    return rows


def date_said(claim: Claim) -> str:
    """Return the claim's date in words."""
    return in_words(claim.edtf, modifier=claim.modifier or None) if claim.edtf else "No date found"


def how_dated(claim: Claim) -> str:
    """Return the few words beside the date: how it was got, where it was not simply read."""
    if not claim.edtf:
        return "the text gives none"
    said = {"inferred": "worked out in part", "anaphoric": "worked out", "relative": "worked out"}
    words = [said[claim.basis]] if claim.basis in said else []
    if "edtf" in claim.curated_fields:
        words = ["set by a curator"]
    return ", ".join(words)


def stance_said(claim: Claim, cue: str = "") -> str:
    """Return the stance as a sentence."""
    words = {
        "asserts": f"{sender_name(claim)} says so itself.",
        "reports": "Reports it, without taking it for its own.",
        "denies": "Denies it.",
        "rejects-wording": "Rejects the wording. That alone does not deny what happened.",
        "demands": "Demands it.",
        "announces": "Announces it.",
    }[claim.stance]
    note = MODALITY_NOTES.get(claim.modality, "")
    return f"{words} {note}".strip()


def review_key(claim: Claim) -> str:
    """Return the review state as it is shown: what a person set counts as theirs."""
    if claim.curated_fields and claim.review_state in ("suggested", "accepted"):
        return "curated"
    return claim.review_state


def review_said(claim: Claim) -> str:
    """Return the review state in words."""
    return REVIEW_LABELS[review_key(claim)]


def symbol_of(claim: Claim) -> str:
    """Return the letter's first symbol, or its date where it bears none."""
    letter = claim.letter
    return letter.symbols[0] if letter.symbols else ""


def citation(claim: Claim, sender: str, passage: int | None, pages: list[int], address: str) -> str:
    """Return a line to be copied into a footnote: the letter, its symbol, the paragraph, the address."""
    letter = claim.letter
    from timeline.extraction.edtf import day_to_date

    title = f"{letter.get_kind_display().capitalize()}"
    if letter.own_day is not None:
        year, month, day = day_to_date(letter.own_day)
        title += f" dated {in_words(f'{year:04}-{month:02}-{day:02}')}" if year > 0 else ""
    title += f" from {sender}" if sender else ""
    parts = [title, *letter.symbols[:1]]
    parts += [f"para. {passage}"] if passage else []
    parts += [pages_said(pages)] if pages else []
    return f"{', '.join(parts)}. {address}"


def pages_said(pages: list[int]) -> str:
    """Return the pages of a sentence as a footnote has them: "p. 3", "pp. 3–4"; nothing for none."""
    if len(pages) > 1:
        return f"pp. {pages[0]}–{pages[-1]}"
    return f"p. {pages[0]}" if pages else ""


def voice_rows(claim: Claim, voices: Sequence[Voice]) -> list[tuple[str, str, int | None, str]]:
    """Return (what they do, name, party's key, the words that say so) of each voice, innermost last."""
    label = {
        "asserts": "Asserted by",
        "quoted": "Whose words",
        "agent": "Who acts",
        "patient": "Who is acted on",
        "author": "Author of the document",
    }
    rows = []
    for voice in voices:
        name = voice.party.name if voice.party else f"“{voice.words}”"
        rows.append((label[voice.role], name, voice.party_id, voice_words_of(claim, voice)))
    return rows


def voice_words_of(claim: Claim, voice: Voice) -> str:
    """Return the characters of the letter that attribute the claim to a voice: "calls"."""
    if voice.cue_start is None or voice.cue_end is None:
        return ""
    return " ".join(claim.letter.text[voice.cue_start : voice.cue_end].split())[:80]
