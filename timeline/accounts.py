"""One act as its parties tell it: their accounts side by side, and where these differ.

In: the claims of one event, letters by date. Out: frozen records for pages. The same rules for every party;
nothing here says who is right, and what is not said by a claim is not concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline import claim_words as words
from timeline.mark_texts import clause_of, possessive, shortened
from timeline.models import Claim

NOT_NAMED = "Somebody not named"
CELL_WORDS = 7
# What a cell shows first where a party takes several stances towards one act; the same for all.
ORDER = ("denies", "rejects-wording", "asserts", "announces", "demands", "reports")
QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Told:
    """What one party says of an act in its own letters; ``key`` None where the sender is not known."""

    key: int | None
    name: str
    claims: list[Claim]

    @property
    def stances(self) -> list[str]:
        """Return the stances it takes, in the order in which a cell shows them."""
        taken = {claim.stance for claim in self.claims}
        return [stance for stance in ORDER if stance in taken]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which accounts differ: its kind in a word, and what it is in a sentence."""

    kind: str
    sentence: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's stance towards an act, with the claim that shows it; ``by``: who alone quotes it."""

    stance: str
    claim: Claim
    words: str
    by: str = ""


def told_by_party(claims: Iterable[Claim]) -> list[Told]:
    """Return the accounts party by party, in the order in which the parties first spoke of it."""
    found: dict[int | None, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.asserting_party_id, []).append(claim)
    return [Told(key, words.sender_name(told[0]), told) for key, told in found.items()]


def only_quoted(claims: Sequence[Claim]) -> list[tuple[int, str]]:
    """Return (key, name) of the parties whose words others report and who have no account of their own."""
    own = {claim.asserting_party_id for claim in claims}
    quoted = {c.lane_party_id: c.lane_party.name for c in claims if c.is_quoted and c.lane_party}
    return [(key, name) for key, name in quoted.items() if key not in own]


def differences(claims: Sequence[Claim]) -> list[Difference]:
    """Return in what the accounts differ: their dates, what is denied, which wording is rejected."""
    found = [d for d in (_dates(claims),) if d]
    for claim in claims:
        if claim.stance == "denies":
            found.append(Difference("Fact", f"{words.sender_name(claim)} denies {_what(claim)}.", claim))
    for claim in claims:
        if claim.stance == "rejects-wording":
            whose = _whose(claim, "a wording", "wording")
            found.append(Difference("Wording", f"{words.sender_name(claim)} rejects {whose}.", claim))
    return found


def kinds_of(claims: Sequence[Claim]) -> list[str]:
    """Return the kinds of difference, each once."""
    return list(dict.fromkeys(each.kind for each in differences(claims)))


def _what(claim: Claim) -> str:
    return _whose(claim, "it", "words")


def _whose(claim: Claim, alone: str, noun: str) -> str:
    """Return whose words a claim turns against: "Averland’s words"; ``alone`` where of no other party."""
    if not claim.is_quoted or claim.lane_party is None or claim.lane_party_id == claim.asserting_party_id:
        return alone
    return f"{possessive(claim.lane_party.name)} {noun}"


def gives_its_date(claim: Claim) -> bool:
    """Return whether whose words these are puts the act on that date, rather than denies it of that date."""
    if claim.is_quoted and claim.lane_party_id != claim.asserting_party_id:
        return claim.stance == "denies" or claim.modality != "did not"
    return claim.stance != "denies"


def dates_given(claims: Iterable[Claim]) -> dict[str, list[str]]:
    """Return {date in words: who gives it}, by first day; those whose words put it there."""
    placed = [claim for claim in claims if claim.edtf and gives_its_date(claim)]
    placed.sort(key=lambda c: (c.earliest_day is None, c.earliest_day or 0, c.latest_day or 10**8))
    found: dict[str, list[str]] = {}
    for claim in placed:
        who = found.setdefault(words.date_said(claim), [])
        name = claim.lane_party.name if claim.lane_party else NOT_NAMED
        if name not in who:
            who.append(name)
    return found


def _dates(claims: Sequence[Claim]) -> Difference | None:
    """Return that dates differ where two of them have no day in common."""
    placed = [claim for claim in claims if claim.edtf and gives_its_date(claim)]
    firsts = [c.earliest_day for c in placed if c.earliest_day is not None]
    lasts = [c.latest_day for c in placed if c.latest_day is not None]
    if not firsts or not lasts or max(firsts) <= min(lasts):
        return None
    given = [f"{', '.join(who)}: {when}" for when, who in dates_given(claims).items()]
    return Difference("Date", f"The dates have no day in common. {'; '.join(given)}.")


def cells_of(claims: Sequence[Claim], party: int) -> list[Cell]:
    """Return a party's stances towards an act, two at most; empty where no claim was found."""
    own = [claim for claim in claims if claim.asserting_party_id == party]
    if own:
        first = {stance: next(c for c in own if c.stance == stance) for stance in ORDER if _has(own, stance)}
        return [Cell(stance, claim, seven_words(claim)) for stance, claim in list(first.items())[:2]]
    quoting = next((c for c in claims if c.is_quoted and c.lane_party_id == party), None)
    if quoting is None:
        return []
    return [Cell(QUOTED, quoting, seven_words(quoting), words.sender_name(quoting))]


def _has(claims: Iterable[Claim], stance: str) -> bool:
    return any(claim.stance == stance for claim in claims)


def seven_words(claim: Claim) -> str:
    """Return the first words of what a claim says happened."""
    said = clause_of(claim).split()
    return shortened(" ".join(said[:CELL_WORDS]), 90) + ("…" if len(said) > CELL_WORDS else "")


def verdict(one: Sequence[Claim], two: Sequence[Claim]) -> tuple[str, str]:
    """Return how two parties' accounts of an act stand to each other: (key, words)."""
    if not one or not two:
        return "one", "Told by one"
    kinds = kinds_of([*one, *two])
    if kinds:
        return "disputed", f"Disputed: {', '.join(kind.lower() for kind in kinds)}"
    # Not "agreed": that two accounts show no difference does not say that the parties are of one mind.
    return "alike", "No difference found"
