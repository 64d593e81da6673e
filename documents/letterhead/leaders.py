"""Whom a well-known office holder speaks for, where a letter prints no country: "President Kennedy", 1962."""

from __future__ import annotations

import tomllib
from functools import cache

from .words import DATA


@cache
def _leaders() -> dict[str, tuple[tuple[str, int, int], ...]]:
    with (DATA / "leaders.toml").open("rb") as file:
        rows = tomllib.load(file)["people"]
    found: dict[str, tuple[tuple[str, int, int], ...]] = {}
    for name, party, first, last in rows:
        key = str(name).lower()
        found[key] = (*found.get(key, ()), (str(party), int(first), int(last)))
    return found


def led_party(person: str | None, year: int | None) -> str | None:
    """The party a person of this surname led in that year; None without a year or where two would fit."""
    if not person or year is None:
        return None
    tokens = person.lower().replace(".", " ").split()
    for name in (" ".join(tokens[-3:]), " ".join(tokens[-2:]), tokens[-1] if tokens else ""):
        parties = {party for party, first, last in _leaders().get(name, ()) if first <= year <= last}
        if len(parties) == 1:
            return parties.pop()
    return None
