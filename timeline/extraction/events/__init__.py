"""One act, several accounts: which claims, within and across letters, concern one dated act.

In: the letters of a dossier with their claims. Out: groups of claims, each with the grounds of its joins:
date (same, compatible or disputed), kind of act, words, parties, cited document. Two acts of one day stay
apart where their words and documents differ. Nothing here says who is right. Deterministic; claims are
compared only where their dates come near each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.events.accounts import Account, accounts_of
from timeline.extraction.events.groups import grouped
from timeline.extraction.events.pairs import join_of, same_days
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
    """Return the pairs whose grounds suffice; only pairs of near dates are looked at."""
    order = sorted(range(len(accounts)), key=lambda i: (accounts[i].low, i))
    reach = data()["limits"]["deadline_days"]
    marks = [account.words.keys() | account.kinds.keys() for account in accounts]
    joins = []
    for place, i in enumerate(order):
        a = accounts[i]
        last = a.high + reach
        for j in order[place + 1 :]:
            b = accounts[j]
            if b.low > last:
                break
            # Where the days differ, nothing in common means two acts, whatever else speaks for one.
            if not same_days(a, b) and marks[i].isdisjoint(marks[j]):
                continue
            first, second = min(i, j), max(i, j)
            join = join_of(first, second, accounts[first], accounts[second])
            if join is not None:
                joins.append(join)
    return sorted(joins, key=lambda join: (join.first, join.second))
