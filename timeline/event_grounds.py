"""Why an account stands with the others of its act: what the machine went by, or that a person put it there.

In: the claims of one event. Out: a line for each. Worked out when asked, from the values in force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from documents.models import Letter
from timeline import claim_words as words
from timeline.event_recording import extracted
from timeline.extraction.events import LetterClaims, grounds_between
from timeline.models import Claim, Decision

# More accounts than these are not compared with each other while somebody waits.
COMPARED = 40
BY_A_PERSON = "Put here by a person."


def grounds_of(claims: Sequence[Claim]) -> dict[int, str]:
    """Return {claim's key: why it stands with the others}; two questions, whatever the number of claims."""
    claims = [c for c in claims if c.edtf is not None and c.start is not None][:COMPARED]
    said = {}
    letters, told = _letters(claims)
    flat = [claim for claims_told in told for claim in claims_told]
    for (letter, number), join in grounds_between(letters).items():
        claim = told[letter][number]
        other = flat[join.second] if flat[join.first] is claim else flat[join.first]
        said[claim.pk] = f"As {words.sender_name(other)}’s account: {'; '.join(join.grounds)}."
    numbers = {claim.public_id: claim.pk for claim in claims}
    decided = Decision.objects.filter(kind="claim", subject__in=numbers, changes__has_key="event_id")
    for subject in decided.exclude(user_name="").values_list("subject", flat=True):
        said[numbers[subject]] = BY_A_PERSON
    return said


def _letters(claims: Sequence[Claim]) -> tuple[list[LetterClaims], list[list[Claim]]]:
    """Return the letters of the claims as they are compared, and the claims of each."""
    by_letter: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_letter[claim.letter_id].append(claim)
    rows = Letter.objects.filter(pk__in=by_letter).only("text", "language", "own_day").order_by("pk")
    letters = [
        LetterClaims(
            str(row.pk),
            row.text,
            row.language,
            frozenset(),
            [extracted(claim) for claim in by_letter[row.pk]],
            row.own_day,
        )
        for row in rows
    ]
    return letters, [by_letter[row.pk] for row in rows]
