"""One act, several accounts: which claims, within and across letters, concern one dated act.

In: the letters of a dossier with their claims. Out: groups of claims, each with the grounds of its joins:
date (same, compatible or disputed), kind of act, words, parties, cited document. Two acts of one day stay
apart where their words and documents differ. Nothing here says who is right. Deterministic; claims are
compared only where their dates come near each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from timeline.extraction.events.accounts import Account, accounts_of
from timeline.extraction.events.groups import grouped
from timeline.extraction.events.pairs import join_of
from timeline.extraction.events.records import DateRelation, FoundEvent, Join, LetterClaims, data

__all__ = ["DateRelation", "FoundEvent", "Join", "LetterClaims", "find_events", "grounds_between"]


def find_events(letters: Sequence[LetterClaims]) -> list[FoundEvent]:
    """Return the acts that two or more claims tell of, in order of their first account."""
    accounts = accounts_of(letters)
    joins = _joins(accounts)
    groups = grouped(accounts, joins)
    of_group = {member: number for number, group in enumerate(groups) for member in group}
    inside: list[list[Join]] = [[] for _ in groups]
    for join in joins:
        number = of_group.get(join.first)
        if number is not None and number == of_group.get(join.second):
            inside[number].append(join)
    return [
        FoundEvent(tuple(accounts[i].place for i in sorted(group)), tuple(held))
        for group, held in zip(groups, inside, strict=True)
    ]


def grounds_between(letters: Sequence[LetterClaims]) -> dict[tuple[int, int], Join]:
    """Return {(letter, claim): its strongest join to another} of the accounts of one act.

    The join's places count the dated claims in order. An account that only a person or a third account joins
    is left out.
    """
    accounts = accounts_of(letters, every_word=True)
    for account in accounts:
        # Of one act, they are of one dispute.
        account.between = frozenset()
    best: dict[tuple[int, int], Join] = {}
    for second, b in enumerate(accounts):
        for first, a in enumerate(accounts[:second]):
            join = join_of(first, second, a, b, least=0.0)
            if join is None:
                continue
            for place in (a.place, b.place):
                if place not in best or join.score > best[place].score:
                    best[place] = join
    return best


def _joins(accounts: list[Account]) -> list[Join]:
    """Return the pairs whose grounds suffice."""
    joins = (join_of(i, j, accounts[i], accounts[j]) for i, j in sorted(_near_pairs(accounts)))
    return [join for join in joins if join is not None]


def _near_pairs(accounts: list[Account]) -> Iterator[tuple[int, int]]:
    """Yield once each pair of near dates that share their days, a word or a kind of act.

    Where the days differ, nothing in common means two acts, whatever else speaks for one.
    """
    order = sorted(range(len(accounts)), key=lambda i: (accounts[i].low, i))
    lows = [accounts[i].low for i in order]
    reach = data()["limits"]["deadline_days"]
    marks = [_marks(accounts[i]) for i in order]
    places: dict[object, list[int]] = defaultdict(list)
    for place, found in enumerate(marks):
        for mark in found:
            places[mark].append(place)
    for place, i in enumerate(order):
        end = bisect_right(lows, accounts[i].high + reach)
        near: set[int] = set()
        for mark in marks[place]:
            shared = places[mark]
            near.update(shared[bisect_right(shared, place) : bisect_left(shared, end)])
        for other in near:
            yield min(i, order[other]), max(i, order[other])


def _marks(account: Account) -> set[object]:
    """Return what an account must share one of with another to be compared: days, words, kinds of act."""
    return {(account.low, account.high), *account.words, *(("kind", kind) for kind in account.kinds)}
