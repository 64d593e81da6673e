"""A language's words and rules of time, from ``data/dates_<language>.toml`` to compiled patterns.

A rule is a regular expression over lists of words. Every repetition in it is bounded, so that looking for it takes
time proportional to the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parents[1] / "data"
TUNED = ("en", "fr", "es")

# One blank of a rule stands for any short gap, a line's end included, a blank line not.
_GAP = r"(?:[ \u00a0\u202f\t]{1,3}|[ \t]{0,2}\r?\n[ \t]{0,8})"
_PLACE = re.compile(r"\{([a-z_]+?)(\d?)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which words date something: its name, what it makes, its pattern."""

    name: str
    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of a language's dates; the look-ups map lower-case words to numbers or codes."""

    language: str
    rules: tuple[Rule, ...]
    traps: tuple[re.Pattern[str], ...]
    months: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    weekdays: dict[str, int]
    decades: dict[str, int]
    parts: dict[str, str]
    deictic: dict[str, int]
    vague: dict[str, str]
    directions: dict[str, int]
    follow: dict[str, int]
    running: dict[str, int]
    holidays: dict[str, str]
    often: dict[str, str]
    joints: dict[str, str]
    before: dict[str, re.Pattern[str]]
    context: dict[str, re.Pattern[str]]
    before_year: frozenset[str]

    def month(self, word: str) -> int:
        """Return the number of a month's name, 1 to 12."""
        return self.months[word.lower()]

    def number(self, word: str) -> int:
        """Return what a number in digits or words counts."""
        word = re.sub(r"\s+", " ", word.lower())
        return int(word) if word.isdigit() else self.numbers[word]


def _alternatives(words: Any, *, fold: bool = False) -> str:
    """Return the words as one alternation, the longest first; a blank in a word is a short gap."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    pieces = [_GAP.join(re.escape(p) for p in w.split(" ")) for w in ordered]
    return "(?:" + "|".join(pieces) + ")"


def _word_lists(data: dict[str, Any]) -> dict[str, str]:
    """Return the patterns of the lists that rules name in braces."""
    shapes = data["shapes"]
    months = data["months"]
    return {
        "month": _alternatives({*months, *(m.upper() for m in months if len(m) > 3)}) + r"(?!\w)",
        "season": _alternatives({*data["seasons"], *(s.capitalize() for s in data["seasons"])}) + r"(?!\w)",
        "unit": _alternatives(data["units"]) + r"(?!\w)",
        "number": "(?:"
        + _alternatives({*data["numbers"], *(n.capitalize() for n in data["numbers"])})
        + r"(?!\w)|\d{1,3}(?![\d,.]\d))",
        "ordinal": _alternatives({*data["ordinals"], *(o.capitalize() for o in data["ordinals"])})
        + r"(?!\w)",
        "weekday": _alternatives({*data["words"]["weekday"], *data["words"].get("weekday_short", [])})
        + r"(?!\w)",
        "decadeword": _alternatives(data["decades"]) + r"(?!\w)",
        "part": _alternatives({*data["parts"], *(p[0].upper() + p[1:] for p in data["parts"])}),
        "deictic": _alternatives({*data["deictic"], *(d[0].upper() + d[1:] for d in data["deictic"])})
        + r"(?!\w)",
        "vague": _alternatives({*data["vague"], *(v[0].upper() + v[1:] for v in data["vague"])}) + r"(?!\w)",
        "direction": _alternatives({*data["directions"], *(d.capitalize() for d in data["directions"])})
        + r"(?!\w)",
        "holiday": _alternatives(data["holidays"]) + r"(?!\w)",
        "day": shapes["day"] + r"(?![\d:]|[.,]\d)",
        "year": shapes["year"] + r"(?!\d|[.,]\d)",
    }


def _compile(pattern: str, lists: dict[str, str]) -> re.Pattern[str]:
    """Return a rule's pattern with its lists put in, its blanks made gaps, bounded by word edges."""
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        place = _PLACE.match(pattern, at)
        char = pattern[at]
        if place and not in_class and place[1] in lists:
            out.append(f"(?P<{place[1]}{place[2]}>{lists[place[1]]})")
            at = place.end()
            continue
        if char == "\\":
            out.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        out.append(_GAP if char == " " and not in_class else char)
        at += 1
    return re.compile(r"(?<![\w/.,:-])(?<!\d[-–])" + "(?:" + "".join(out) + r")(?![\w]|[/-]\d)")


def _behind(words: list[str]) -> re.Pattern[str]:
    """Return a pattern that matches where a stretch ends in one of the words and a blank."""
    return re.compile(r"(?<!\w)(" + _alternatives(words) + r")\s{0,2}$", re.IGNORECASE)


@cache
def grammar_of(language: str) -> Grammar:
    """Return the grammar of a tuned language. Raises FileNotFoundError for others."""
    data = tomllib.loads((_DATA / f"dates_{language}.toml").read_text(encoding="utf-8"))
    lists = _word_lists(data)
    context = data["context"]
    weekdays = {w.lower(): i % 7 + 1 for i, w in enumerate(data["words"]["weekday"])}
    for word in data["words"].get("weekday_short", []):
        weekdays[word.lower()] = next(n for w, n in weekdays.items() if w.startswith(word.lower()[:2]))
    return Grammar(
        language=language,
        rules=tuple(Rule(r["name"], r["kind"], _compile(r["pattern"], lists)) for r in data["rule"]),
        traps=tuple(re.compile(t["pattern"]) for t in data["trap"]),
        months={w.lower(): n for w, n in data["months"].items()},
        seasons={w.lower(): n for w, n in data["seasons"].items()},
        units={w.lower(): n for w, n in data["units"].items()},
        numbers={w.lower(): n for w, n in data["numbers"].items()},
        ordinals={w.lower(): n for w, n in data["ordinals"].items()},
        weekdays=weekdays,
        decades={w.lower(): n for w, n in data["decades"].items()},
        parts={w.lower(): n for w, n in data["parts"].items()},
        deictic={w.lower(): n for w, n in data["deictic"].items()},
        vague={w.lower(): n for w, n in data["vague"].items()},
        directions={w.lower(): n for w, n in data["directions"].items()},
        follow={w.lower(): n for w, n in data["follow"].items()},
        running={w.lower(): n for w, n in data["running"].items()},
        holidays=dict(data["holidays"]),
        often={w.lower(): n for w, n in data.get("often", {}).items()},
        joints={w.lower(): n for w, n in data["joints"].items()},
        before={
            name: _behind(context[name])
            for name in ("since", "since_strict", "until", "until_strict", "from", "approx", "perhaps")
        },
        context={
            "future": re.compile(
                r"(?<!\w)(?:" + _alternatives(context["future"]) + r")(?!\w)", re.IGNORECASE
            ),
            "past": re.compile(r"(?<!\w)(?:" + _alternatives(context["past"]) + r")(?!\w)", re.IGNORECASE),
            "to": re.compile(
                r"[\s,]{1,3}(?:" + _alternatives(context["to"]) + r")[\s]{1,2}(?:(?:the|on|le|el|al)\s)?",
                re.IGNORECASE,
            ),
            "after": re.compile(
                r"(?<!\w)" + _alternatives(context["after_event"]) + r"(?!\w)", re.IGNORECASE
            ),
            "or": re.compile(
                r"\s{1,2}(?:" + _alternatives(context["or"]) + r")\s{1,2}(?:(?:on|in|the|le|el|en)\s)?",
                re.IGNORECASE,
            ),
            "document_word": re.compile(
                r"(?<!\w)" + _alternatives(context["document"]) + r"(?!\w)", re.IGNORECASE
            ),
            "began": re.compile(r"(?<!\w)" + _alternatives(context["began"]) + r"(?!\w)", re.IGNORECASE),
            "lasted": re.compile(r"(?<!\w)" + _alternatives(context["lasted"]) + r"(?!\w)", re.IGNORECASE),
            "document": re.compile(
                r"(?<!\w)" + _alternatives(context["document"]) + r"(?!\w)[^.;]{0,45}$", re.IGNORECASE
            ),
        },
        before_year=frozenset(context["before_year"]),
    )
