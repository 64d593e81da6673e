"""What the clause around a date says of itself: done, not done, to be done by others, or planned.

In: a sentence, the clause in it that holds the date, and who speaks. Out: how the sender stands to the clause
when it speaks in its own voice, and whether the thing happened at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from timeline.extraction.records import Modality, Stance

from .records import Span
from .resolve import Speakers
from .sentence import Sentence

# Whether a date lies before the letter's own: told by a year, worked out, not for sure, or behind it.
Past = Literal["sure", "likely", "no", "coming"]
# What may still be demanded or agreed to.
OPEN: frozenset[Past] = frozenset(("no", "coming"))
Subject = Literal["own", "other", "open"]
_NEAR_NEGATION = 30
_LEAD = 8


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """Stance and modality of a clause in its speaker's own voice, with the name of the rule."""

    stance: Stance = "asserts"
    modality: Modality = "happened"
    rule: str = ""


def read_clause(
    sentence: Sentence, clause: Span, timex: Span, speakers: Speakers, *, past: Past, written: bool = False
) -> ClauseReading:
    """Return how a clause stands; ``past``: whether its date lies before the letter's.

    ``written``: the date is that of a document, which a “not” beside the verb does not deny.
    """
    words, text = sentence.words, sentence.text
    verb = _verb(sentence, clause, timex)
    subject = _subject(sentence, clause, verb, speakers)
    if past != "sure" and is_unmet(sentence, clause, timex):
        return ClauseReading("demands", "demanded", "clause: unless")
    due = _due(sentence, clause, verb, subject, timex)
    if due and past != "sure" and not (past == "likely" and due.stance == "demands"):
        return due
    negated = _negation(sentence, clause, verb, timex)
    is_plain = negated is not None and words["modality.plain"].fullmatch(negated[0].strip()) is not None
    if negated and past == "coming":
        return ClauseReading("asserts" if subject == "other" else "announces", "planned", "not to come")
    if negated and not (written and is_plain):
        return _denied(negated, subject, is_plain)
    aside = past == "coming" and ", " in text[clause[0] : timex[0]]
    if words["modality.hypothetical"].match(text, clause[0], clause[1]) and not aside:
        return ClauseReading("asserts", "hypothetical", "clause: if")
    around = None if written else _negated_verb(sentence, clause, timex)
    if around:
        return _denied(around, _subject(sentence, clause, around.span(), speakers), is_plain=True)
    if past == "coming":
        # What is to come has not happened, whatever the verb; what another does is no plan of the sender's.
        body = words["persons.bodies"].search(text, clause[0], verb[0] if verb else timex[0])
        other = subject == "other" or (subject == "open" and body is not None)
        return ClauseReading("asserts" if other else "announces", "planned", "date to come")
    return ClauseReading()


def is_unmet(sentence: Sentence, clause: Span, timex: Span) -> bool:
    """Return whether the date is the last day of a demand told by what follows if it is not met.

    “Unless they leave by …, we shall”, “If the ships are not returned before …”, “Failing payment by …”.
    """
    words, text = sentence.words, sentence.text
    unless = words["modality.unless"].match(text, *clause)
    condition = unless or words["modality.condition"].match(text, *clause)
    if condition is None or timex[0] < condition.end():
        return False
    main = words["clause.main"]
    commas = (at for at in range(condition.end(), timex[0]) if text.startswith(", ", at))
    if any(main.match(text, at + 2, clause[1]) for at in commas):
        return False
    limit = words.at_end("modality.limit").search(text, max(condition.end(), timex[0] - 20), timex[0])
    if unless:
        verb = words["clause.finite"].search(text, condition.end(), clause[1])
        return limit is not None or (verb is not None and timex[1] <= verb.start())
    return limit is not None and words["modality.unmet"].search(text, condition.end(), timex[0]) is not None


def _verb(sentence: Sentence, clause: Span, timex: Span) -> Span | None:
    """Return the finite verb that governs the date: the last before it, else the first behind."""
    found = [m.span() for m in sentence.words["clause.finite"].finditer(sentence.text, *clause)]
    found = [v for v in found if not sentence.in_quote(v[0]) or sentence.in_quote(clause[0])]
    before = [v for v in found if v[1] <= timex[0]]
    behind = [v for v in found if v[0] >= timex[1]]
    while len(before) > 1 and not sentence.text[before[-2][1] : before[-1][0]].strip():
        # “will do so”: the first of several says when.
        before.pop()
    return before[-1] if before else (behind[0] if behind else None)


def _subject(sentence: Sentence, clause: Span, verb: Span | None, speakers: Speakers) -> Subject:
    """Return who the clause is about: the sender, another party, or neither for sure."""
    words, text = sentence.words, sentence.text
    end = verb[0] if verb else min(clause[1], clause[0] + 60)
    inverted = verb is not None and words["modality.inverted"].match(text, clause[0], verb[0]) is not None
    low, high = (verb[1], min(clause[1], verb[1] + 60)) if verb and inverted else (clause[0], end)
    for name in ("clause.boundaries", "clause.relative"):
        for word in words[name].finditer(text, low, high):
            low = word.end() if word.end() < high - 2 else low
    if words["persons.own"].search(text, low, high):
        return "own"
    if words["persons.addressee"].search(text, low, high):
        return "other"
    for mention in speakers.registry.find(text, low, high, speakers.language, speakers.year):
        return "own" if mention.party in speakers.senders else "other"
    return "open"


def _due(
    sentence: Sentence, clause: Span, verb: Span | None, subject: Subject, timex: Span
) -> ClauseReading | None:
    """Return what is to come: demanded of others, or announced."""
    words, text = sentence.words, sentence.text
    low = verb[0] if verb else clause[0]
    asked = words["modality.request"].search(text, clause[0], timex[0]) or words["modality.owed"].match(
        text, *clause
    )
    if asked:
        return ClauseReading("demands", "demanded", f"clause: {asked[0].lower()}")
    last = words.at_end("modality.limit").search(text, max(clause[0], timex[0] - 20), timex[0])
    if verb and last and subject == "other" and words["modality.shall"].match(text, *verb):
        return ClauseReading("demands", "demanded", f"clause: {text[slice(*verb)].lower()}")
    must = words["modality.obligation"].search(text, low, min(clause[1], low + 60)) if verb else None
    if must and must.start() - low < 12 and subject != "own":
        return ClauseReading("demands", "demanded", f"clause: {must[0].lower()}")
    will = words["modality.future"].search(text, low, min(clause[1], low + 40)) if verb else None
    if will and will.start() - low < 12:
        return ClauseReading("announces", "planned", f"clause: {will[0].lower()}")
    plan = words["modality.plan"].search(text, clause[0], clause[1])
    if plan:
        return ClauseReading("announces", "planned", f"clause: {plan[0].lower()}")
    imperative = words["modality.imperative"].match(text, clause[0], clause[1])
    if imperative:
        return ClauseReading("demands", "demanded", f"clause: {imperative[0].lower()}")
    return None


def _negation(sentence: Sentence, clause: Span, verb: Span | None, timex: Span) -> re.Match[str] | None:
    """Return the negation that bears on the clause: beside its verb, or of its subject."""
    words, text = sentence.words, sentence.text
    absolute = words["modality.absolute"].match(text, *clause)
    if absolute is None and timex[0] - clause[0] < _LEAD and timex[1] < clause[1]:
        # “Since 3 May no ship has …”
        behind = timex[1] + 2 if text[timex[1]] == "," else timex[1] + 1
        absolute = words["modality.absolute"].match(text, behind, clause[1])
        if absolute:
            return absolute
    if absolute and _reaches(sentence, absolute.end(), timex[0]):
        return absolute
    never = words["modality.never"].search(text, *clause)
    if never and not sentence.in_quote(never.start()) and _reaches(sentence, never.end(), timex[0]):
        # “was signed on 3 May but never entered into force”: the date is that of what was done.
        negates = _reaches(sentence, timex[1], never.start())
        if negates:
            return never
    if verb:
        before = words.at_end("modality.before").search(text, max(clause[0], verb[0] - 12), verb[0])
        if before:
            return before
        near = words["modality.negation"].search(text, verb[0], min(clause[1], verb[1] + _NEAR_NEGATION))
        is_near = near is not None and not text[verb[1] : near.start()].strip(" \n\u00a0")
        if near and is_near and _reaches(sentence, near.end(), timex[0]):
            return near
    return None


def _negated_verb(sentence: Sentence, clause: Span, timex: Span) -> re.Match[str] | None:
    """Return a negation around a verb that no list names (“n'entra pas”, “no entró”) before a date."""
    every = list(sentence.words["modality.negated_verb"].finditer(sentence.text, clause[0], timex[0]))
    found = every[-1] if every else None
    if found is None or sentence.in_quote(found.start()) != sentence.in_quote(timex[0]):
        return None
    return found if _reaches(sentence, found.end(), timex[0]) else None


def _reaches(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a negation bears on what stands behind: no relative and no contrast between."""
    words, text = sentence.words, sentence.text
    return not any(words[name].search(text, start, end) for name in ("clause.relative", "modality.contrast"))


def _denied(negation: re.Match[str], subject: Subject, is_plain: bool) -> ClauseReading:
    """Return what a negation means: a denial, unless it reproaches another with what it left undone."""
    word = negation[0].lower()
    if subject == "other" or (is_plain and subject != "own"):
        return ClauseReading("asserts", "did not", f"clause: {word}")
    return ClauseReading("denies", "did not", f"clause: {word}")
