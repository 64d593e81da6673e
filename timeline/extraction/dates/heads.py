"""The characters that a pattern's matches may begin with, so that a scan tries few rules at each word.

In: a pattern as ``patterns.compile_rule`` writes it. Out: its first characters; None where any may be one.
Whatever is not understood counts as “any”: a rule may be tried in vain, never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Digits of other scripts are one head; ours are ten, for a year begins with 1 or 2 alone.
NATIVE = "\u0660"
_DIGITS = frozenset("0123456789" + NATIVE)
_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_NAMED = re.compile(r"\(\?P<\w{1,30}>|\(\?:|\(\?i:")
_BACK = re.compile(r"\(\?P=\w{1,30}\)")
_TIMES = re.compile(r"(?:[?*+]|\{(\d{0,4})(?:,\d{0,4})?\})[?+]?")
_CODE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_WIDEST = 300

# The heads of a piece of a pattern, None for any; and whether it may match nothing.
_Heads = tuple[set[str] | None, bool]


def head_of(char: str) -> str:
    """Return the head that a character counts as."""
    return NATIVE if not char.isascii() and char.isdecimal() else char


def heads_of(pattern: str) -> frozenset[str] | None:
    """Return the heads of a pattern; None where a match may begin with anything."""
    heads, empty = _Reader(pattern).choice()
    return None if heads is None or empty else frozenset(heads)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.fold = False

    def choice(self) -> _Heads:
        """Read branches up to a closing bracket or the end."""
        heads, empty = self._branch()
        while self.pattern.startswith("|", self.at):
            self.at += 1
            more, nothing = self._branch()
            heads = None if heads is None or more is None else heads | more
            empty = empty or nothing
        return heads, empty

    def _branch(self) -> _Heads:
        heads: set[str] | None = set()
        empty = True
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            more, nothing = self._atom()
            times = _TIMES.match(self.pattern, self.at)
            if times:
                self.at = times.end()
                nothing = nothing or times[0][0] in "?*" or (times[0][0] == "{" and not int(times[1] or 0))
            if empty:
                heads = None if heads is None or more is None else heads | more
            empty = empty and nothing
        return heads, empty

    def _atom(self) -> _Heads:
        char = self.pattern[self.at]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class(), False
        if char == "\\":
            return self._escape()
        self.at += 1
        if char == ".":
            return None, False
        return (set(), True) if char in "^$" else (self._literal(char), False)

    def _literal(self, char: str) -> set[str]:
        return {head_of(c) for c in ((char, char.lower(), char.upper()) if self.fold else (char,))}

    def _group(self) -> _Heads:
        back = _BACK.match(self.pattern, self.at)
        if back:
            self.at = back.end()
            return None, True
        zero = self.pattern.startswith(_ZERO_WIDTH, self.at)
        opening = _NAMED.match(self.pattern, self.at)
        fold = self.fold
        self.fold = fold or (opening is not None and opening[0] == "(?i:")
        wide = 4 if self.pattern.startswith("(?<", self.at) else 3
        self.at = opening.end() if opening else self.at + (wide if zero else 1)
        heads, empty = self.choice()
        self.at += 1
        self.fold = fold
        return (set(), True) if zero else (heads, empty)

    def _escape(self) -> _Heads:
        code = _CODE.match(self.pattern, self.at)
        if code:
            self.at = code.end()
            return self._literal(chr(int(code[1] or code[2], 16))), False
        char = self.pattern[self.at + 1]
        self.at += 2
        if char in "bBAZ":
            return set(), True
        if char == "d":
            return set(_DIGITS), False
        return (None if char.isalnum() else self._literal(char)), False

    def _class(self) -> set[str] | None:
        """Read a class of characters; one that excludes some may begin with anything."""
        end = self.at + 1
        while self.pattern[end] != "]" or end == self.at + 1:
            end += 2 if self.pattern[end] == "\\" else 1
        inside, self.at = self.pattern[self.at + 1 : end], end + 1
        if inside.startswith("^"):
            return None
        heads: set[str] = set()
        members = _Members(inside)
        for first, last in members:
            if last - first > _WIDEST:
                return None
            for code in range(first, last + 1):
                heads |= self._literal(chr(code))
        return None if members.open else heads | (_DIGITS if members.digits else set())


class _Members:
    """The members of a class as code points from, to; ``open`` where one stands for a whole kind."""

    def __init__(self, inside: str) -> None:
        self.inside = inside
        self.open = self.digits = False

    def __iter__(self) -> Iterator[tuple[int, int]]:
        at, inside = 0, self.inside
        while at < len(inside):
            first, at = self._one(at)
            last = first
            if inside.startswith("-", at) and at + 1 < len(inside):
                last, at = self._one(at + 1)
            if first is not None and last is not None:
                yield first, last

    def _one(self, at: int) -> tuple[int | None, int]:
        code = _CODE.match(self.inside, at)
        if code:
            return int(code[1] or code[2], 16), code.end()
        if self.inside[at] != "\\":
            return ord(self.inside[at]), at + 1
        char = self.inside[at + 1]
        if char.isalnum():
            self.digits = self.digits or char == "d"
            self.open = self.open or char != "d"
            return None, at + 2
        return ord(char), at + 2
