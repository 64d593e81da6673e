"""One act, several accounts: which claims, within and across letters, concern one dated act.

In: the letters of a dossier with their claims. Out: groups of claims, each with the grounds of its joins:
date (same, compatible or disputed), kind of act, words, parties, cited document. Two acts of one day stay
apart where their words and documents differ. Nothing here says who is right. Deterministic; claims are
compared only where their dates come near each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.events.accounts import Account, accounts_of, one_statement
from timeline.extraction.events.pairs import join_of, same_days
from timeline.extraction.events.records import DateRelation, FoundEvent, Join, LetterClaims, data

__all__ = ["DateRelation", "FoundEvent", "Join", "LetterClaims", "find_events", "grounds_between"]


def find_events(letters: Sequence[LetterClaims]) -> list[FoundEvent]:
    """Return the acts that two or more claims tell of, in order of their first account."""
    accounts = accounts_of(letters)
    joins = _joins(accounts)
    groups = _grouped(accounts, joins)
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
    joins = []
    for place, i in enumerate(order):
        last = accounts[i].high + reach
        for j in order[place + 1 :]:
            if accounts[j].low > last:
                break
            first, second = min(i, j), max(i, j)
            join = join_of(first, second, accounts[first], accounts[second])
            if join is not None:
                joins.append(join)
    return sorted(joins, key=lambda join: (join.first, join.second))


def _grouped(accounts: list[Account], joins: list[Join]) -> list[frozenset[int]]:
    """Return groups of two and more: strongest joins first, merged where enough of their pairs are joined."""
    group = list(range(len(accounts)))
    members: dict[int, set[int]] = {i: {i} for i in range(len(accounts))}
    pairs = {(j.first, j.second) for j in joins}
    for join in sorted(joins, key=lambda j: (-j.score, j.first, j.second)):
        one, two = group[join.first], group[join.second]
        if one == two or not _may_merge(accounts, members[one], members[two], pairs):
            continue
        for member in members[two]:
            group[member] = one
        members[one] |= members.pop(two)
    return sorted((frozenset(m) for m in members.values() if len(m) > 1), key=min)


def _may_merge(accounts: list[Account], one: set[int], two: set[int], pairs: set[tuple[int, int]]) -> bool:
    """Return whether enough pairs across are joined, and none names one day twice in one statement."""
    limits = data()["limits"]
    linked = 0.0
    for i in one:
        for j in two:
            a, b = accounts[i], accounts[j]
            if one_statement(a, b) and same_days(a, b):
                return False
            linked += (min(i, j), max(i, j)) in pairs
            linked -= limits["opposed"] * (a.is_document != b.is_document)
    return linked >= float(limits["linked_share"]) * len(one) * len(two)
