"""Accounts that are joined pair by pair, brought together as acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from timeline.extraction.events.accounts import Account
from timeline.extraction.events.records import Join, data


def grouped(accounts: Sequence[Account], joins: Iterable[Join]) -> list[frozenset[int]]:
    """Return groups of two and more: strongest joins first, merged where enough of their pairs are joined."""
    joins = sorted(joins, key=lambda j: (-j.score, j.first, j.second))
    groups = [_Group(i, account) for i, account in enumerate(accounts)]
    of_group = list(range(len(accounts)))
    for join in joins:
        groups[join.first].links[join.second] += 1
        groups[join.second].links[join.first] += 1
    for join in joins:
        one, two = sorted((groups[of_group[join.first]], groups[of_group[join.second]]), key=_Group.size)
        if one is two or not one.may_join(two):
            continue
        for member in one.members:
            of_group[member] = two.key
        for key, number in one.links.items():
            if key != two.key:
                two.links[key] += number
                groups[key].links[two.key] += number
            groups[key].links.pop(one.key, None)
        two.take(one)
    kept = {of_group[i] for i in range(len(accounts))}
    return sorted((frozenset(groups[key].members) for key in kept if groups[key].size() > 1), key=min)


class _Group:
    """Accounts held to be of one act, and how many joins lead to each other group."""

    def __init__(self, key: int, account: Account) -> None:
        self.key = key
        self.members = [key]
        self.links: Counter[int] = Counter()
        self.documents = int(account.is_document)
        self.statements = {(account.place[0], account.statement, account.low, account.high)}

    def size(self) -> int:
        """Return the number of accounts."""
        return len(self.members)

    def may_join(self, other: _Group) -> bool:
        """Return whether enough pairs across are joined, and none names one day twice in one statement."""
        if not self.statements.isdisjoint(other.statements):
            return False
        limits = data()["limits"]
        acts, other_acts = self.size() - self.documents, other.size() - other.documents
        opposed = self.documents * other_acts + acts * other.documents
        linked = self.links[other.key] - limits["opposed"] * opposed
        return bool(linked >= limits["linked_share"] * self.size() * other.size())

    def take(self, other: _Group) -> None:
        """Take the accounts of another group, whose links were moved here."""
        self.members += other.members
        self.documents += other.documents
        self.statements |= other.statements
