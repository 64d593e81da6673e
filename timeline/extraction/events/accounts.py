"""What a claim is compared by when accounts of one act are sought."""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeline.extraction.claims import DOCUMENT_RULE
from timeline.extraction.events.records import LetterClaims, data
from timeline.extraction.events.words import (
    act_words,
    kind_of_document,
    kinds_of_act,
    name_stems,
    without_asides,
    without_dates,
)
from timeline.extraction.records import ExtractedClaim

_MONTH_DAYS = 31
_FAR = 10**9
_LAST_DAY = date.max.toordinal()
_Side = tuple[int | None, frozenset[str]]


@dataclass(slots=True)
class Account:
    """A claim with its days as bounds (one day twice where an end is open), its words and its parties.

    ``words`` are weighed to length one; ``kinds`` holds how rare a kind of act is, 0 to 1; ``paper`` is the
    kind of document named beside the date; ``statement`` tells apart what semicolons part within a sentence;
    ``alone`` says that its letter has no other claim of these days, ``first`` that none stands before it.
    """

    place: tuple[int, int]
    claim: ExtractedClaim
    language: str
    statement: tuple[int, int]
    low: int
    high: int
    is_open: bool
    words: dict[str, float]
    spoken: dict[str, str]
    kinds: dict[str, float]
    parties: frozenset[str]
    between: frozenset[str]
    names: frozenset[str]
    sender: str | None
    voice: str | None
    author: str | None
    is_document: bool
    paper: str | None
    written: int | None
    alone: bool = False
    first: bool = False

    @property
    def length(self) -> int:
        """Return the days between its bounds."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the claims of one letter share."""

    text: str
    language: str
    between: frozenset[str]
    names: frozenset[str]
    written: int | None


def accounts_of(letters: Sequence[LetterClaims], *, every_word: bool = False) -> list[Account]:
    """Return the dated claims of all letters, their words weighed by how rare they are among them.

    ``every_word`` keeps also words that most claims share: those of one act.
    """
    found = []
    for place, letter in enumerate(letters):
        voices = (v.party for claim in letter.claims for v in claim.voices if v.party)
        between = letter.parties | frozenset(voices)
        shared = _Letter(without_dates(letter), letter.language, between, name_stems(between), letter.written)
        for number, claim in enumerate(letter.claims):
            if claim.edtf is not None:
                found.append(_account((place, number), claim, shared))
    _weigh(found, every_word)
    _give_years(found)
    _place_in_day(found)
    return found


def _place_in_day(accounts: list[Account]) -> None:
    """Note which accounts are their letter's only, and which its first, of their days."""
    days: dict[tuple[int, int, int], list[Account]] = {}
    for account in accounts:
        days.setdefault((account.place[0], account.low, account.high), []).append(account)
    for told in days.values():
        told[0].alone = len(told) == 1
        min(told, key=lambda account: account.claim.timex_start).first = True


def one_dispute(a: Account, b: Account) -> bool:
    """Return whether two letters speak of the same parties: two of them at least."""
    return a.place[0] == b.place[0] or _share_parties(a.between, b.between)


def _share_parties(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two letters' parties are of one dispute; a letter that names none is of any."""
    return len(one & other) > 1 or not (one and other)


def one_statement(a: Account, b: Account) -> bool:
    """Return whether two claims stand in one sentence with no semicolon or colon between them."""
    return a.place[0] == b.place[0] and a.statement == b.statement


def _give_years(accounts: list[Account]) -> None:
    """Give dates without a year the year that most claims of their dispute have, to compare by."""
    told: dict[_Side, Counter[int]] = defaultdict(Counter)
    for account in accounts:
        if 0 < account.low < _LAST_DAY:
            told[_side(account)][date.fromordinal(account.low).year] += 1
    years: dict[_Side, Counter[int]] = {}
    for account in accounts:
        if account.low >= -_FAR // 2:
            continue
        side = _side(account)
        if side not in years:
            years[side] = Counter()
            for other, counted in told.items():
                if side == other or _share_parties(side[1], other[1]):
                    years[side].update(counted)
        _with_year(account, years[side])


def _side(account: Account) -> _Side:
    """Return what tells the claims of its dispute: its parties, and its letter where that names only one."""
    return account.place[0] if len(account.between) == 1 else None, account.between


def _with_year(account: Account, years: Counter[int]) -> None:
    """Give a date without a year the year that is told most often."""
    day = re.match(r"XXXX-(\d\d)-(\d\d)", account.claim.edtf or "")
    if not years or day is None:
        return
    year = min(years, key=lambda y: (-years[y], y))
    if (day[1], day[2]) != ("02", "29") or calendar.isleap(year):
        account.low = account.high = date(year, int(day[1]), int(day[2])).toordinal()


def _account(place: tuple[int, int], claim: ExtractedClaim, letter: _Letter) -> Account:
    low, high, is_open = _bounds(claim)
    words = act_words(letter.text, letter.language, claim, letter.names)
    author = next((v.party for v in claim.voices if v.role == "author"), None)
    return Account(
        place=place,
        claim=claim,
        language=letter.language,
        statement=(claim.start, len(re.findall("[;:]", letter.text[claim.start : claim.timex_start]))),
        low=low,
        high=high,
        is_open=is_open,
        words={stem: weight for stem, (weight, _) in words.items()},
        spoken={stem: word for stem, (_, word) in words.items()},
        kinds=dict.fromkeys(
            kinds_of_act(without_asides(letter.text, claim.clause_start, claim.clause_end)), 1.0
        ),
        parties=frozenset(
            v.party for v in claim.voices if v.party and v.role in ("agent", "patient", "author")
        ),
        between=letter.between,
        names=letter.names,
        sender=next((v.party for v in claim.voices if v.role == "asserts" and v.party), None),
        voice=_voice(claim),
        author=author,
        is_document=DOCUMENT_RULE in claim.rules or (author is not None and not _within(claim, author)),
        paper=kind_of_document(letter.text, claim.timex_start, claim.timex_end),
        written=letter.written,
    )


def _within(claim: ExtractedClaim, author: str) -> bool:
    """Return whether a claim stands inside its author's document, as that one's words."""
    return any(v.role == "quoted" and v.party == author for v in claim.voices)


def _voice(claim: ExtractedClaim) -> str | None:
    """Return whose words the claim is: the innermost quoted voice's, else the sender's."""
    spoken = [v for v in claim.voices if v.role in ("asserts", "quoted")]
    inner = max(spoken, key=lambda v: v.depth, default=None)
    return (inner.party or inner.words) if inner else None


def _bounds(claim: ExtractedClaim) -> tuple[int, int, bool]:
    """Return a claim's first and last day, and whether one of them is open (the other then stands twice)."""
    low, high = claim.earliest_day, claim.latest_day
    if low is None and high is None:
        return *_yearless(claim.edtf or ""), False
    if low is None or high is None:
        end = high if low is None else low
        return end or 0, end or 0, True
    return low, high, False


def _yearless(edtf: str) -> tuple[int, int]:
    """Return places for a date without a year, apart from all dates that have one."""
    day = re.match(r"XXXX-(\d\d)-(\d\d)", edtf)
    at = -_FAR + (int(day[1]) * _MONTH_DAYS + int(day[2]) if day else 0)
    return at, at


def _weigh(accounts: list[Account], every_word: bool) -> None:
    """Weigh each stem and each kind by how rare it is among the claims; scale the stems to length one."""
    counts = Counter(stem for account in accounts for stem in account.words)
    kinds = Counter(kind for account in accounts for kind in account.kinds)
    total = max(1, len(accounts))
    often = total if every_word else max(3, total * data()["words"]["common_share"])
    for account in accounts:
        weighed = {
            stem: weight * math.log(1 + total / counts[stem])
            for stem, weight in account.words.items()
            if counts[stem] <= often
        }
        length = math.sqrt(sum(w * w for w in weighed.values())) or 1.0
        account.words = {stem: w / length for stem, w in weighed.items()}
        account.kinds = {k: math.log(1 + total / kinds[k]) / math.log(1 + total) for k in account.kinds}
