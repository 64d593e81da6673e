"""What goes into and comes out of the joining of accounts, and the data it reads."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from timeline.extraction.records import ExtractedClaim

DateRelation = Literal["same", "compatible", "disputed"]


@dataclass(frozen=True, slots=True)
class LetterClaims:
    """One letter under comparison: its key, text, language, the parties it is between, and its claims.

    ``written`` is its own date as a day number, where it is known: one answers only what was written before.
    """

    key: str
    text: str
    language: str
    parties: frozenset[str]
    claims: Sequence[ExtractedClaim]
    written: int | None = None


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


@cache
def data() -> dict[str, Any]:
    """Return the weights, stop words and families of acts of ``data/events.toml``."""
    path = Path(__file__).parents[1] / "data" / "events.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
