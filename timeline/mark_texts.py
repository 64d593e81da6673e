"""The few words of single marks: the label beside one, and the sentence that is read aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.models import Letter
from timeline.extraction.edtf import day_to_date, in_words
from timeline.models import Claim
from timeline.querysets import ClaimQuerySet

LABEL_LENGTH = 34
CLAUSE_LENGTH = 160
HOW_DATED = {"inferred": "worked out", "anaphoric": "worked out", "relative": "worked out"}
# Letters of scripts that run from right to left.
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
STANCE_WORDS = {
    "denies": "denied",
    "rejects-wording": "wording rejected",
    "demands": "demanded",
    "announces": "announced",
}


def shortened(text: str, most: int) -> str:
    """Return text on one line, cut between words where it is longer than ``most`` characters."""
    line = " ".join(text.split()).strip(" ,;:")
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + "…"


def clause_of(claim: Claim) -> str:
    """Return the words that say what happened, the whole quote where no shorter stretch is known."""
    if claim.clause_start is None or claim.start is None or claim.clause_end is None:
        return claim.quote
    return claim.quote[claim.clause_start - claim.start : claim.clause_end - claim.start] or claim.quote


def isolated(name: str) -> str:
    """Return a name for a sentence of ours: one in Arabic or Hebrew may not turn what follows it."""
    return f"\u2068{name}\u2069" if RIGHT_TO_LEFT.search(name) else name


def possessive(name: str) -> str:
    """Return "Averland’s", "the United States’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def date_words(claim: Claim) -> str:
    """Return the claim's date in plain words."""
    return in_words(claim.edtf, modifier=claim.modifier or None) if claim.edtf else "No date found"


def quoted_name(claim: Claim) -> str | None:
    """Return whose words a quoted claim is; None where they are nobody's by name.

    A source in words alone (“as the press said”) has no lane: its claim stands in the sender's.
    """
    if claim.lane_party is None or claim.lane_party == claim.asserting_party:
        return None
    return isolated(claim.lane_party.name)


def voice_words(claim: Claim) -> str:
    """Return whose words these are: "Averland’s words, reported by Norvania"."""
    sender = claim.asserting_party.name if claim.asserting_party else None
    lane = claim.lane_party.name if claim.lane_party else None
    if claim.is_quoted:
        quoted = quoted_name(claim)
        words = f"{possessive(quoted)} words" if quoted else "Words of somebody not named"
        return f"{words}, reported by {sender}" if sender else f"{words}, reported"
    return f"{possessive(lane)} own words" if lane else "Nobody named"


def spoken(claim: Claim) -> str:
    """Return the sentence that names a claim, without its place in the lane."""
    date = date_words(claim)
    how = HOW_DATED.get(claim.basis)
    stance = STANCE_WORDS.get(claim.stance)
    return f"{date}{f', {how}' if how else ''}. {voice_words(claim)}{f', {stance}' if stance else ''}."


LISTED = 200


def texts_of(claims: ClaimQuerySet, public_ids: Sequence[int]) -> dict[str, dict[str, str]]:
    """Return {public id: {label, clause, date, voice, spoken}} of those among ``claims``; one query."""
    return texts_in(claims.filter(public_id__in=list(public_ids)))


def texts_in(claims: ClaimQuerySet) -> dict[str, dict[str, str]]:
    """Return the words of the first LISTED claims; one query."""
    return {
        str(claim.public_id): {
            "label": shortened(clause_of(claim), LABEL_LENGTH),
            "clause": shortened(clause_of(claim), CLAUSE_LENGTH),
            "date": date_words(claim),
            "voice": voice_words(claim),
            "spoken": spoken(claim),
        }
        for claim in claims.for_list()[:LISTED]
    }


def source_words(letter: Letter) -> str:
    """Return a letter in one line: symbol, date, subject."""
    when = in_words(date_of(letter.own_day)) if letter.own_day is not None else ""
    parts = (
        letter.symbols[0] if letter.symbols else "",
        when,
        shortened(letter.subject or letter.file_name, 90),
    )
    return ", ".join(part for part in parts if part) or "A letter without date or symbol"


def date_of(day: int) -> str:
    """Return a day number as an EDTF date."""
    year, month, day_of_month = day_to_date(day)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day_of_month:02}"
