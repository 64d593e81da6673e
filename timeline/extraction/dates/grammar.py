"""A language's words and rules of time, from ``data/dates_<language>.toml`` to compiled patterns.

In: the data file. Out: a ``Grammar``: look-up tables, rules in the file's order, traps, and the patterns of
the
words around a date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .heads import heads_of
from .patterns import (
    EDGE,
    GAP,
    alternatives,
    anywhere,
    behind,
    compile_rule,
    key_of,
    refuse_unbounded,
    unspaced,
    with_capitals,
)

_SMALL_WORD = re.compile(r"(?<![\w{<])[a-zà-ÿ]{2,}(?![\w}>])")
_DATA = Path(__file__).resolve().parents[1] / "data"
TUNED = ("en", "fr", "es")
# Tables of the data file, and whether their words may also stand all in capitals.
_TABLES = {
    "months": True, "seasons": False, "units": False, "numbers": False, "ordinals": False, "decades": False,
    "parts": False, "deictic": False, "step": False, "vague": False, "directions": False, "follow": False,
    "running": False, "instant": False, "holidays": False, "often": False, "daytimes": False, "pieces": False,
    "samewords": False, "joints": False, "zones": False, "eras": False, "sides": False, "edges": False,
    "yearwords": False, "beside": False,
}  # fmt: skip
_SINGULAR = {
    "months": "month", "seasons": "season", "units": "unit", "numbers": "number", "ordinals": "ordinal",
    "decades": "decadeword", "parts": "part", "directions": "direction", "holidays": "holiday",
    "daytimes": "daytime", "pieces": "piece", "samewords": "sameword", "zones": "zone", "weekdays":
    "weekday", "eras": "era", "yearwords": "yearword",
}  # fmt: skip
_BEFORE = (
    "since_strict",
    "until_strict",
    "from_then",
    "from",
    "approx",
    "perhaps",
    "due",
    "due_first",
    "night",
    "between",
)
# Lists of verbs. “open”: what had been due may lie before or ahead; “done”: words behind a date that name
# what has happened, “Friday's ruling”; “clause”: words that begin another clause.
_TENSES = ("open", "future", "past", "maybe_future", "maybe_past", "done", "clause")
# Tables whose words may end within a word (“mid-”, “d’”): no edge is asked for behind them.
_OPEN_ENDED = ("parts",)


class GrammarError(ValueError):
    """A data file is wrong; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which words date something: its name, what it makes, its pattern."""

    name: str
    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of a language's dates.

    ``tables``: name of a list to what its words (as ``key_of`` gives them) mean. ``before``: patterns of
    words that end right before a date; ``context``: of words anywhere; ``before_year``, ``before_month``:
    words after which a bare number or an ambiguous name is a year or a month.
    """

    language: str
    rules: tuple[Rule, ...]
    traps: tuple[re.Pattern[str], ...]
    unspaced: re.Pattern[str]
    tables: dict[str, dict[str, Any]]
    before: dict[str, re.Pattern[str]]
    context: dict[str, re.Pattern[str]]
    before_year: frozenset[str]
    before_month: frozenset[str]
    before_month_noun: frozenset[str]
    ambiguous_months: frozenset[str]
    words: frozenset[str]
    before_season: frozenset[str]
    ambiguous_seasons: frozenset[str]
    of_day: frozenset[str]
    before_count: frozenset[str]
    before_day: frozenset[str]
    plurals: frozenset[str]
    after_day: frozenset[str]
    articles: frozenset[str]
    # Words that lead a unit up to now, and which units they do so; “the past quarter” is one of the calendar.
    up_to_now: dict[str, list[str]]
    counted_to_now: frozenset[str]
    counted_from_now: frozenset[str]
    # What a text may say of an event before it names it by a noun, and what such nouns end in.
    event_forms: dict[str, list[str]]
    event_endings: tuple[str, ...]
    # The rules, by number, that a match with this first character may be of; of any other character, of “”.
    starts: dict[str, tuple[int, ...]]

    def look(self, table: str, word: str) -> Any:
        """Return what a word means in a table. Raises KeyError."""
        return self.tables[table][key_of(word)]

    def month(self, word: str) -> int:
        """Return the number of a month's name, 1 to 12."""
        return int(self.look("months", word))

    def number(self, word: str) -> int:
        """Return what a number in digits or words counts."""
        key = key_of(word)
        return int(key) if key.isdigit() else int(self.tables["numbers"][key])


@cache
def grammar_of(language: str) -> Grammar:
    """Return the grammar of a tuned language. Raises GrammarError where its file is wrong."""
    path = _DATA / f"dates_{language}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _grammar(language, data)
    except (KeyError, re.error) as error:
        raise GrammarError(f"{path.name}: {error!r}") from error


def _grammar(language: str, data: dict[str, Any]) -> Grammar:
    tables = _tables(data)
    lists = _lists(data, tables)
    macros = data.get("macros", {})
    context = data["context"]
    rules = tuple(_rule(r, lists, macros) for r in data["rule"])
    return Grammar(
        language=language,
        rules=rules,
        starts=_starts(rules),
        traps=tuple(_trap(t["pattern"], lists) for t in data["trap"]),
        unspaced=_unspaced(data, lists),
        tables=tables,
        before={name: behind(context[name]) for name in _BEFORE},
        context=_context(data, lists["month"]),
        before_year=frozenset(context["before_year"]),
        before_month=frozenset(context["before_month"]),
        before_month_noun=frozenset(context["before_month_noun"]),
        ambiguous_months=frozenset(context["ambiguous_months"]),
        words=_small_words(data),
        plurals=frozenset(data["plurals"]),
        before_season=frozenset(context["before_season"]),
        ambiguous_seasons=frozenset(context["ambiguous_seasons"]),
        of_day=frozenset(context["of_day"]),
        before_count=frozenset(context["before_count"]),
        before_day=frozenset(context["before_day"]),
        after_day=frozenset(context["after_day"]),
        articles=frozenset(f"{a} " for a in context["article"]),
        up_to_now=context["up_to_now"],
        counted_to_now=frozenset(context["counted_to_now"]),
        counted_from_now=frozenset(context["counted_from_now"]),
        event_forms=data["event_forms"],
        event_endings=tuple(data["event_endings"]),
    )


def _starts(rules: tuple[Rule, ...]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the rules by the characters that their matches may begin with."""
    heads = [heads_of(rule.pattern.pattern) for rule in rules]
    known = frozenset().union(*(h for h in heads if h is not None))
    starts = {char: tuple(i for i, h in enumerate(heads) if h is None or char in h) for char in known}
    return {**starts, "": tuple(i for i, h in enumerate(heads) if h is None)}


def _small_words(data: dict[str, Any]) -> frozenset[str]:
    """Return the words that rules and lists write small: a capital at the start of a sentence hides none."""
    texts = [r["pattern"] for r in data["rule"]]
    for table in _TABLES:
        texts += list(data.get(table, {}))
    # A month's name that is also a small word (“may”) keeps its capital.
    names = {month.lower() for month in data["months"] if month[:1].isupper()}
    return frozenset(w for text in texts for w in _SMALL_WORD.findall(text) if w not in names)


def _rule(rule: dict[str, str], lists: dict[str, str], macros: dict[str, str]) -> Rule:
    try:
        return Rule(rule["name"], rule["kind"], compile_rule(rule["pattern"], lists, macros))
    except (KeyError, re.error) as error:
        raise GrammarError(f"rule “{rule.get('name')}”: {error}") from error


def _unspaced(data: dict[str, Any], lists: dict[str, str]) -> re.Pattern[str]:
    shapes = data["shapes"]
    month = lists["month"].removesuffix(EDGE)
    return unspaced(
        data["unspaced"]["patterns"], {"day": shapes["day"], "month": month, "year": shapes["year"]}
    )


def _trap(pattern: str, lists: dict[str, str]) -> re.Pattern[str]:
    refuse_unbounded(pattern)
    return re.compile(pattern.replace("{month}", lists["month"]))


def _tables(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    tables = {name: {key_of(w): v for w, v in data.get(name, {}).items()} for name in _TABLES}
    tables["numbers"] |= _compounds(tables["numbers"], data.get("number_joints", ()))
    tables["spelled"] = _spelled_years(data.get("spelled", {}), tables["numbers"])
    weekdays = {key_of(w): i + 1 for i, w in enumerate(data["words"]["weekday"])}
    for word in data["words"].get("weekday_short", []):
        weekdays[key_of(word)] = next(n for w, n in weekdays.items() if w[:3] == key_of(word)[:3])
    tables["weekdays"] = weekdays
    return tables


def _compounds(numbers: dict[str, int], joints: Iterable[str]) -> dict[str, int]:
    """Return tens and units joined as the language joins them: “thirty-five”, “treinta y cinco”."""
    tens = {w: n for w, n in numbers.items() if n in range(20, 100, 10)}
    ones = {w: n for w, n in numbers.items() if 1 <= n <= 9 and len(w) > 1}
    return {f"{t}{j}{o}": n + m for t, n in tens.items() for j in joints for o, m in ones.items()}


def _spelled_years(heads: dict[str, int], numbers: dict[str, int]) -> dict[str, int]:
    """Return years in words: “nineteen ninety-four”, “two thousand and five”, “two thousand”."""
    round_years = {head.removesuffix(" and"): start for head, start in heads.items() if " " in head}
    return round_years | {
        f"{head}{joint}{w}": start + numbers[w]
        for head, start in heads.items()
        for w in _year_ends(head, numbers)
        for joint in (" ", "-")
    }


def _year_ends(head: str, numbers: dict[str, int]) -> tuple[str, ...]:
    """Return the words that may end a year: from one behind “hundred and”, from ten behind a century."""
    least = 1 if " " in head else 10
    return tuple(w for w, n in numbers.items() if least <= n <= 99 and len(w) > 2)


def _spelled_pattern(heads: dict[str, int], numbers: dict[str, int]) -> str:
    """Return the pattern of years in words: each head once, each end once, for both are many."""
    joint = f"(?:{GAP}|-)"
    of_ends: dict[tuple[str, ...], list[str]] = {}
    for head in heads:
        of_ends.setdefault(_year_ends(head, numbers), []).append(head)
    years = (
        alternatives(with_capitals(words)) + joint + alternatives(ends) for ends, words in of_ends.items()
    )
    return f"(?:{'|'.join(years)})"


def _lists(data: dict[str, Any], tables: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the patterns of the lists that rules name in braces."""
    lists: dict[str, str] = {}
    for table, upper in {**_TABLES, "weekdays": True}.items():
        name = _SINGULAR.get(table, table)
        words = _spelled(table, data, tables)
        if not words:
            continue
        edge = "" if table in _OPEN_ENDED else EDGE
        pattern = alternatives(with_capitals(words, upper=upper))
        # Where months are written small, texts set them in any mixture of capitals.
        small = table == "months" and min(words)[0].islower()
        lists[name] = (f"(?i:{pattern})" if small else pattern) + edge
    if data.get("spelled"):
        lists["spelled"] = _spelled_pattern(data["spelled"], tables["numbers"]) + EDGE
    # “1st”, “2nd” are days in figures, which other patterns read.
    days = [w for w in data["ordinals"] if data["ordinals"][w] > 0 and not w[0].isdigit()]
    lists["dayordinal"] = alternatives(with_capitals(days)) + EDGE
    lists["number"] = f"(?:{lists['number']}" + r"|\d{1,3}(?![\d,.]\d))"
    lists["day"] = data["shapes"]["day"] + r"(?!\d|[:.,]\d)"
    lists["year"] = data["shapes"]["year"] + r"(?!\d|[.,]\d)"
    return lists


def _spelled(table: str, data: dict[str, Any], tables: dict[str, dict[str, Any]]) -> set[str]:
    """Return the words of a table as the data file spells them; names keep their capitals."""
    if table == "weekdays":
        return {*data["words"]["weekday"], *data["words"].get("weekday_short", [])}
    if table == "numbers":
        return set(tables[table])
    return set(data.get(table, {}))


def _verbs(context: dict[str, Any], name: str) -> re.Pattern[str]:
    """Return a pattern of the verbs of a tense: the words listed, and the regular forms if any."""
    patterns = []
    if context.get(name + "_form"):
        refuse_unbounded(context[name + "_form"])
        patterns.append(context[name + "_form"])
    if context.get(name):
        patterns.append(anywhere(context[name]).pattern)
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _spaced(pattern: str) -> re.Pattern[str]:
    """Return a pattern of words around a date, its blanks made gaps."""
    refuse_unbounded(pattern)
    return re.compile(r"(?<!\w)" + pattern.replace(" ", GAP))


def _nth_beside(pattern: str, data: dict[str, Any]) -> re.Pattern[str]:
    """Return what finds “the thirtieth day after” right before a date."""
    refuse_unbounded(pattern)
    ordinals = alternatives(with_capitals(w for w in data["ordinals"] if data["ordinals"][w] > 0))
    spaced = pattern.replace(" ", GAP).replace("{dayordinal}", f"(?P<word>{ordinals})")
    return re.compile(r"(?<!\w)" + spaced)


def _ends_of_length(context: dict[str, Any], article: str) -> dict[str, re.Pattern[str]]:
    """Return what leads from a length to the date, or the document, that it begins or ends with."""
    document = context["of_document"].replace("{document}", alternatives(context["document"]))
    return {
        "to": re.compile(
            r",?\s{1,3}(?:" + alternatives(context["to"]) + r")(?:(?<=['’])|\s{1,2})" + article, re.IGNORECASE
        ),
        **{
            name: re.compile(
                r",?\s{1,3}(?:" + alternatives(context[name]) + r")(?:(?<=['’])|\s{1,3})"
                f"(?:{document}|{article})",
                re.IGNORECASE,
            )
            for name in ("end_of_length", "start_of_length", "counted_from", "counted_within")
        },
    }


def _context(data: dict[str, Any], months: str) -> dict[str, re.Pattern[str]]:
    context, daytimes, besides = data["context"], alternatives(data["daytimes"]), data["beside"]
    articles = alternatives(context["article"])
    article = rf"(?:{articles}{GAP})?"
    return {
        "beside": behind(besides),
        **{name: anywhere(context[name]) for name in ("began", "lasted")},
        **{name: _verbs(context, name) for name in _TENSES},
        "after": anywhere(context["after_event"]),
        "document_word": anywhere(context["document"]),
        "document": re.compile(
            r"(?<!\w)(?:" + alternatives(context["document"]) + r")(?!\w)[^.;]{0,45}\Z", re.IGNORECASE
        ),
        **_ends_of_length(context, article),
        **{name: behind(context[name]) for name in ("within", "not_beside")},
        "to_the_day": re.compile(rf"{GAP}(?:" + (alternatives(context["to_the_day"]) or "(?!)") + r")(?!\w)"),
        "onwards": re.compile(r"\s{1,2}(?:" + (alternatives(context["onwards"]) or "(?!)") + r")(?!\w)"),
        "since_event": _spaced(context["since_event"]),
        "nth_beside": _nth_beside(context["nth_beside"], data),
        "lasting": behind(context["lasting"]),
        "clock_before": re.compile(context["clock_before"]),
        "purpose": anywhere(context["purpose"]),
        "due_noun": anywhere(context["due_noun"]),
        **{name: anywhere(context[name]) for name in ("imposed", "agreed")},
        **{name: re.compile(context[name]) for name in ("aim", "frame")},
        **{
            name: re.compile(context[name].replace(" ", GAP), re.IGNORECASE)
            for name in ("whole_of", "first_of", "last_of")
        },
        "until_day": behind(context["until_day"]),
        "part_of_day": re.compile(
            context["part_of_day"].replace("{daytime}", "(?P<daytime>" + daytimes + ")")
        ),
        "time_joint": re.compile(context["time_joint"]),
        "of_another_time": re.compile(context["of_another_time"].replace("{month}", months)),
        "listed": re.compile(
            r"(?:,|,?\s{1,3}(?:" + alternatives(context["listed"]) + r"))\s{0,3}" + article, re.IGNORECASE
        ),
        "and": re.compile(
            r"\s{1,2}(?:" + alternatives(context["and"]) + r")\s{1,2}" + article, re.IGNORECASE
        ),
        "or": re.compile(
            r",?\s{1,2}(?:" + alternatives(context["or"]) + r")\s{1,2}" + article, re.IGNORECASE
        ),
        "article": re.compile(rf"(?<!\w){articles}(?:(?<=['’])|\s{{1,3}})\Z", re.IGNORECASE),
    }
