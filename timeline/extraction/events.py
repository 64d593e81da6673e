"""One act, several accounts: which claims, within and across letters, concern one dated act.

In: the letters of a dossier with their claims. Out: groups of claims, each with the grounds of its joins:
date (same, compatible or disputed), parties, words, cited document. Two acts of one day stay apart where
their words and documents differ. Nothing here says who is right. Deterministic; claims are compared only
where their dates come near each other.
"""

from __future__ import annotations

import calendar
import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from timeline.extraction.claims import DOCUMENT_RULE
from timeline.extraction.records import ExtractedClaim

DateRelation = Literal["same", "compatible", "disputed"]
_WORD = re.compile(r"[^\W\d_]+|\d{2,}")
_STEM = 5
_MONTH_DAYS = 31
_FAR = 10**9
_LAST_DAY = date.max.toordinal()
_TO_COME = frozenset(("demands", "announces"))


@dataclass(frozen=True, slots=True)
class LetterClaims:
    """One letter under comparison: its key, text, language, the parties it is between, and its claims."""

    key: str
    text: str
    language: str
    parties: frozenset[str]
    claims: Sequence[ExtractedClaim]


@dataclass(frozen=True, slots=True)
class Join:
    """That two claims concern one act: their places among all dated claims, how the dates stand, and why."""

    first: int
    second: int
    date: DateRelation
    score: float
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One act: its accounts as (letter, claim) places in order, and the joins that hold them together."""

    accounts: tuple[tuple[int, int], ...]
    joins: tuple[Join, ...]


@dataclass(slots=True)
class _Account:
    """What a claim is compared by."""

    place: tuple[int, int]
    claim: ExtractedClaim
    low: int
    high: int
    words: dict[str, float]
    parties: frozenset[str]
    author: str | None
    is_document: bool
    between: frozenset[str]
    voice: str | None
    is_open: bool


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).with_name("data") / "events.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def find_events(letters: Sequence[LetterClaims]) -> list[FoundEvent]:
    """Return the acts that two or more claims tell of, in order of their first account."""
    accounts = _accounts(letters)
    joins = _joins(accounts)
    groups = _grouped(accounts, joins)
    events = []
    for members in groups:
        inside = tuple(j for j in joins if j.first in members and j.second in members)
        events.append(FoundEvent(tuple(accounts[i].place for i in sorted(members)), inside))
    return events


def _accounts(letters: Sequence[LetterClaims]) -> list[_Account]:
    found = []
    for place, letter in enumerate(letters):
        voices = (v.party for claim in letter.claims for v in claim.voices if v.party)
        between = letter.parties | frozenset(voices)
        for number, claim in enumerate(letter.claims):
            if claim.edtf is not None:
                found.append(_account((place, number), claim, letter, between))
    _weigh(found)
    for account in found:
        if account.low < -_FAR // 2:
            _with_year(account, found)
    return found


def _with_year(account: _Account, accounts: list[_Account]) -> None:
    """Give a date without a year the year that most claims of its dispute have, to compare by."""
    years = Counter(
        date.fromordinal(other.low).year
        for other in accounts
        if 0 < other.low < _LAST_DAY and _one_dispute(account, other)
    )
    day = re.match(r"XXXX-(\d\d)-(\d\d)", account.claim.edtf or "")
    if not years or day is None:
        return
    year = min(years, key=lambda y: (-years[y], y))
    if (day[1], day[2]) != ("02", "29") or calendar.isleap(year):
        account.low = account.high = date(year, int(day[1]), int(day[2])).toordinal()


def _account(
    place: tuple[int, int], claim: ExtractedClaim, letter: LetterClaims, between: frozenset[str]
) -> _Account:
    author = next((v.party for v in claim.voices if v.role == "author"), None)
    parties = frozenset(v.party for v in claim.voices if v.party and v.role in ("agent", "patient", "author"))
    low, high = claim.earliest_day, claim.latest_day
    is_open = (low is None) != (high is None)
    if low is None and high is None:
        low, high = _yearless(claim.edtf or "")
    elif low is None or high is None:
        low = high = low if high is None else high
    words = _words(letter, claim)
    return _Account(
        place,
        claim,
        low or 0,
        high or 0,
        words,
        parties,
        author,
        author is not None or DOCUMENT_RULE in claim.rules,
        between,
        _voice(claim),
        is_open,
    )


def _voice(claim: ExtractedClaim) -> str | None:
    """Return whose words the claim is: the innermost quoted voice's, else the sender's."""
    spoken = [v for v in claim.voices if v.role in ("asserts", "quoted")]
    inner = max(spoken, key=lambda v: v.depth, default=None)
    return (inner.party or inner.words) if inner else None


def _yearless(edtf: str) -> tuple[int, int]:
    """Return places for a date without a year, apart from all dates that have one."""
    day = re.match(r"XXXX-(\d\d)-(\d\d)", edtf)
    at = -_FAR + (int(day[1]) * _MONTH_DAYS + int(day[2]) if day else 0)
    return at, at


def _words(letter: LetterClaims, claim: ExtractedClaim) -> dict[str, float]:
    """Return the stems of a claim's clause, and at half weight those of its sentence, without its date."""
    data = _data()
    stop = set(data["stop"].get(letter.language, ()))
    found: dict[str, float] = {}
    for low, high, weight in ((claim.clause_start, claim.clause_end, 1.0), (claim.start, claim.end, 0.4)):
        for word in _WORD.finditer(letter.text, low, high):
            if claim.timex_start <= word.start() < claim.timex_end:
                continue
            plain = _plain(word[0])
            if (len(plain) < data["least_word"] and not plain.isdigit()) or plain in stop:
                continue
            stem = plain[:_STEM]
            found[stem] = max(found.get(stem, 0.0), weight)
    for family in _families(letter.text[claim.clause_start : claim.clause_end]):
        found[family] = data["likeness"]["family"]
    return found


def _families(clause: str) -> list[str]:
    """Return the kinds of act that a clause's words name, each with a mark that no stem bears."""
    folded = " " + re.sub(r"\s+", " ", _plain(clause))
    return ["#" + name for name, begins in _family_patterns() if begins.search(folded)]


@cache
def _family_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, re.compile(r"(?<!\w)(?:" + "|".join(re.escape(b) for b in sorted(begins)) + ")"))
        for name, begins in _data()["families"].items()
    ]


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in folded if not unicodedata.combining(c))


def _weigh(accounts: list[_Account]) -> None:
    """Weigh each stem by how rare it is among the claims; scale to length one."""
    counts = Counter(stem for account in accounts for stem in account.words)
    total = max(1, len(accounts))
    for account in accounts:
        weighed = {
            stem: weight * math.log(1 + total / counts[stem])
            for stem, weight in account.words.items()
            if counts[stem] <= max(3, total * _data()["common_share"])
        }
        length = math.sqrt(sum(w * w for w in weighed.values())) or 1.0
        account.words = {stem: w / length for stem, w in weighed.items()}


def _joins(accounts: list[_Account]) -> list[Join]:
    """Return the pairs whose grounds suffice; only pairs of near dates are looked at."""
    data = _data()
    order = sorted(range(len(accounts)), key=lambda i: (accounts[i].low, i))
    joins = []
    for place, i in enumerate(order):
        reach = accounts[i].high + data["deadline_days"]
        for j in order[place + 1 :]:
            if accounts[j].low > reach:
                break
            first, second = min(i, j), max(i, j)
            join = _join(first, second, accounts[first], accounts[second])
            if join is not None:
                joins.append(join)
    return sorted(joins, key=lambda join: (join.first, join.second))


def _join(first: int, second: int, a: _Account, b: _Account) -> Join | None:
    data = _data()
    relation, score, ground = _dates(a, b)
    far = max(a.low - b.high, b.low - a.high) > data["disputed_days"]
    due = relation == "disputed" and _is_due(a, b)
    if far and not due:
        return None
    if due:
        relation, score, ground = "compatible", data["date"]["deadline"], "a date set, and what came of it"
    grounds = [ground]
    shared = sorted(set(a.words) & set(b.words), key=lambda s: (-a.words[s] * b.words[s], s))
    likeness = sum(a.words[s] * b.words[s] for s in shared)
    score += data["likeness"]["words"] * likeness
    if shared:
        grounds.append("words: " + ", ".join(w.lstrip("#") for w in shared[:4]))
    parties = sorted(a.parties & b.parties)
    if parties:
        score += data["likeness"]["parties"] * min(2, len(parties))
        grounds.append("parties: " + ", ".join(parties))
    kinds = [stem for stem in shared if stem[0] == "#"]
    if a.is_document != b.is_document and not kinds:
        score += data["likeness"]["document_and_act"]
    elif a.is_document and a.author and b.author:
        same = a.author == b.author
        score += data["likeness"]["same_document" if same else "other_document"]
        if same:
            grounds.append(f"document of {a.author}")
    if not _one_dispute(a, b) or (
        relation != "same" and (_one_sentence(a, b) or a.is_document != b.is_document)
    ):
        return None
    if likeness < data["likeness"]["told_apart_below"] and {a.claim.stance, b.claim.stance} & _TO_COME:
        score += data["likeness"]["to_come"]
    if a.place[0] == b.place[0] and likeness < data["likeness"]["one_letter_below"]:
        score += data["likeness"]["one_letter"]
    if kinds and a.voice != b.voice:
        score += data["likeness"]["same_kind"]
    unlike = likeness < data["likeness"]["disputed_from"] and not kinds
    if (relation == "disputed" and (a.voice == b.voice or unlike)) or (due and unlike):
        return None
    if _other_kind(a, b):
        score += data["likeness"]["other_kind"]
    return (
        Join(first, second, relation, round(score, 3), tuple(grounds)) if score >= data["threshold"] else None
    )


def _is_due(a: _Account, b: _Account) -> bool:
    """Return whether one sets a date for what the other tells, plans or demands: a deadline and its act."""
    to_come = [account for account in (a, b) if account.claim.stance in _TO_COME]
    kinds = {w for w in a.words if w[0] == "#"} & {w for w in b.words if w[0] == "#"}
    return bool(to_come and kinds) and not _one_sentence(a, b)


def _one_sentence(a: _Account, b: _Account) -> bool:
    return a.place[0] == b.place[0] and a.claim.start == b.claim.start


def _other_kind(a: _Account, b: _Account) -> bool:
    """Return whether both name a kind of act, and none in common."""
    one, two = ({w for w in account.words if w[0] == "#"} for account in (a, b))
    return bool(one and two) and not one & two


def _one_dispute(a: _Account, b: _Account) -> bool:
    """Return whether two letters speak of the same parties: two of them at least."""
    return a.place[0] == b.place[0] or len(a.between & b.between) > 1 or not (a.between and b.between)


def _dates(a: _Account, b: _Account) -> tuple[DateRelation, float, str]:
    weights = _data()["date"]
    if (a.low, a.high) == (b.low, b.high):
        return "same", weights["same_day" if a.low == a.high else "same_span"], "same date"
    if a.low == b.low and (a.is_open or b.is_open) and min(a.high - a.low, b.high - b.low) == 0:
        return "compatible", weights["same_start"], "same beginning"
    if a.low <= b.high and b.low <= a.high:
        longest = max(a.high - a.low, b.high - b.low)
        near = longest <= _MONTH_DAYS
        return "compatible", weights["within_month" if near else "within_year"], "dates that fit each other"
    apart = max(a.low - b.high, b.low - a.high)
    return "disputed", weights["disputed"], f"dates {apart} {'day' if apart == 1 else 'days'} apart"


def _grouped(accounts: list[_Account], joins: list[Join]) -> list[frozenset[int]]:
    """Return groups of two and more: strongest joins first, merged where enough of their pairs are joined."""
    count = len(accounts)
    group = list(range(count))
    members: dict[int, set[int]] = {i: {i} for i in range(count)}
    pairs = {(j.first, j.second) for j in joins}
    for join in sorted(joins, key=lambda j: (-j.score, j.first, j.second)):
        one, two = group[join.first], group[join.second]
        if one == two:
            continue
        across = [(min(a, b), max(a, b)) for a in members[one] for b in members[two]]
        linked = sum(pair in pairs for pair in across)
        opposed = sum(accounts[a].is_document != accounts[b].is_document for a, b in across)
        linked -= _data()["opposed"] * opposed
        if linked < _data()["linked_share"] * len(members[one]) * len(members[two]):
            continue
        for member in members[two]:
            group[member] = one
        members[one] |= members.pop(two)
    found = [frozenset(m) for m in members.values() if len(m) > 1]
    return sorted(found, key=min)
