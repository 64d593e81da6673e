"""A person's decisions, one function each: right, transaction, version, log. Admin, pages and commands call
these.

In: the user, what is decided on, and the version that the person saw. Out: the thing as it stands now.
Each raises ``NotAllowed`` without the right, ``Conflict`` where somebody decided meanwhile, ``Refused``
with a
sentence where it cannot be.
"""

from timeline.curation.base import Conflict, NotAllowed, Overtaken, Refused, Unseen, deciding
from timeline.curation.claims import (
    KEEP,
    Correction,
    Hanging,
    Outcome,
    accept_claim,
    add_claim,
    claims_dated_by,
    correct_claim,
    correct_date,
    correct_stance,
    correct_voice,
    dismiss_claim,
    give_back,
    keep_as_it_is,
    merge_claims,
    party_named,
    restore_claim,
    split_claim,
)
from timeline.curation.dossiers import change_dossier, create_dossier, remove_member, set_member
from timeline.curation.events import change_event, event_named
from timeline.curation.letters import (
    LetterCorrection,
    LetterOutcome,
    correct_letter,
    correct_letter_date,
    correct_sender,
    read_again,
)
from timeline.curation.many import Seen, decide_many
from timeline.curation.notes import add_note, assign_letter, remove_note
from timeline.curation.parties import add_party, change_party, merge_parties
from timeline.curation.second import answer_second, ask_second
from timeline.curation.undoing import Side, Way, revert, sides_of, state_at, take_back, undo

__all__ = [
    "KEEP",
    "Conflict",
    "Correction",
    "Hanging",
    "LetterCorrection",
    "LetterOutcome",
    "NotAllowed",
    "Outcome",
    "Overtaken",
    "Refused",
    "Seen",
    "Side",
    "Unseen",
    "Way",
    "accept_claim",
    "add_claim",
    "add_note",
    "add_party",
    "answer_second",
    "ask_second",
    "assign_letter",
    "change_dossier",
    "change_event",
    "change_party",
    "claims_dated_by",
    "correct_claim",
    "correct_date",
    "correct_letter",
    "correct_letter_date",
    "correct_sender",
    "correct_stance",
    "correct_voice",
    "create_dossier",
    "decide_many",
    "deciding",
    "dismiss_claim",
    "event_named",
    "give_back",
    "keep_as_it_is",
    "merge_claims",
    "merge_parties",
    "party_named",
    "read_again",
    "remove_member",
    "remove_note",
    "restore_claim",
    "revert",
    "set_member",
    "sides_of",
    "split_claim",
    "state_at",
    "take_back",
    "undo",
]
