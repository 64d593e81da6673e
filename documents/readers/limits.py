"""How much a file may ask for, and the one error that readers raise."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableFile(Exception):
    """A file gives no text. The message is a sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, code points and pages; times in seconds."""

    bytes: int = 20 * 2**20
    characters: int = 2_000_000
    pages: int = 5_000
    memory: int = 2**30
    processor_seconds: int = 20
    wall_seconds: int = 40


DEFAULT = Limits()
