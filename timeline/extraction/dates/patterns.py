"""Word lists and rule patterns of the data files to regular expressions.

In: lists of words and patterns with their names in braces. Out: compiled patterns. Every repetition is
bounded
and word lists become tries, so that looking for a rule takes time proportional to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# One blank of a rule stands for any short gap, a line's end included, a blank line not.
GAP = r"(?:[ \u00a0\u2000-\u200a\u202f\u205f\u3000\t]{1,3}|[ \t]{0,2}\r?\n[ \t]{0,8})"
_LIST = re.compile(r"\{([a-z_]+?)(\d?)\}")
_MACRO = re.compile(r"\{\{([a-z]+)\}\}")
_ESCAPE = re.compile(r"\\.")
_CLASS = re.compile(r"\[[^\]]*\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_LOOK_BEHIND = re.compile(r"\(\?<[=!][^()]*\)")
_APOSTROPHE = "['’]"
# A rule's words begin so; looked at first, since most places of a text fail it at once.
_START = r"(?=[\w'’‘])(?<![\w/.,:-])(?!(?<=\d-)[^\W_A-Z])(?!(?<=\d–)\d)"
# A word ends here; the figure of a note may stand on its end.
WORD_START = re.compile(_START)
EDGE = r"(?![^\W\u00b2\u00b3\u00b9\u2070-\u2079])"

Trie = dict[str, "Trie"]


def key_of(word: str) -> str:
    """Return the form of a word in the tables: lower case, plain blanks, straight apostrophes."""
    return re.sub(r"\s+", " ", word.lower().replace("’", "'")).strip()


def refuse_unbounded(pattern: str) -> None:
    """Raise re.error where a pattern of a data file repeats without bound: bounded ones take linear time."""
    plain = _CLASS.sub("", _ESCAPE.sub("", pattern))
    if _UNBOUNDED.search(plain):
        raise re.error(f"a repetition without bound in “{pattern[:60]}”")


def alternatives(words: Iterable[str]) -> str:
    """Return the words as one pattern that tries the longest first; a blank in a word is a short gap."""
    root: Trie = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root)


def _branches(node: Trie) -> str:
    ends = "" in node
    pieces = []
    for char in sorted(c for c in node if c):
        head = GAP if char == " " else _APOSTROPHE if char in "'’" else re.escape(char)
        pieces.append(head + _branches(node[char]))
    if not pieces:
        return ""
    if len(pieces) == 1 and not ends:
        return pieces[0]
    return "(?:" + "|".join(pieces) + ")" + ("?" if ends else "")


def with_capitals(words: Iterable[str], *, upper: bool = False) -> set[str]:
    """Return the words as they stand, with a capital, and where asked for all in capitals."""
    found: set[str] = set()
    for word in words:
        found |= {word, word[:1].upper() + word[1:]}
        if upper:
            found.add(word.upper())
    return found


def compile_rule(pattern: str, lists: Mapping[str, str], macros: Mapping[str, str]) -> re.Pattern[str]:
    """Return a rule's pattern with macros and lists put in, its blanks made gaps, bounded by word edges."""
    refuse_unbounded(pattern)
    for _ in range(2):
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        place = None if in_class else _LIST.match(pattern, at)
        char = pattern[at]
        behind_end = _LOOK_BEHIND.match(pattern, at)
        if behind_end:
            out.append(behind_end[0].replace(" ", r"\s"))
            at = behind_end.end()
            continue
        if place and place[1] in lists:
            out.append(f"(?P<{place[1]}{place[2]}>{lists[place[1]]})")
            at = place.end()
            continue
        if char == "\\":
            out.append(pattern[at : at + 2])
            at += 2
            continue
        in_class = (in_class or char == "[") and char != "]"
        out.append(GAP if char == " " and not in_class else char)
        at += 1
    return re.compile(_START + "(?:" + "".join(out) + rf"){EDGE}(?![/-]\d)")


def unspaced(patterns: Iterable[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """Return what finds dates that may have lost blanks; an empty group stands where one is missing.

    Each “_” of a pattern is a blank or none. What is part of a symbol, an address or a file's name is left
    alone.
    """
    spaced = [p.replace("_", rf"(?:{GAP}|())") for p in patterns]
    joined = "|".join(_LIST.sub(lambda m: f"(?:{lists[m[1]]})", p) for p in spaced)
    return re.compile(rf"(?<![\w/.,:@#&=-])(?=\w)(?:{joined})(?![\w/@-]|[.,]\w)")


def behind(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches where a stretch ends in one of the words and a blank; of none, never."""
    words = list(words)
    if not words:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)(" + alternatives(words) + r")(?:(?<=['’])|\s{1,3})\Z", re.IGNORECASE)


def anywhere(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, in any case."""
    return re.compile(r"(?<!\w)(?:" + alternatives(words) + r")(?!\w)", re.IGNORECASE)
