"""Which kind of document a letter is."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from documents.records import LetterKind

from .openings import Opening
from .words import any_of, may_hold, plain

KINDS: tuple[LetterKind, ...] = (
    "corrigendum", "note verbale", "telegram", "aide-memoire", "memorandum", "statement", "report", "letter",
)  # fmt: skip
HEAD = 600
LARGE, SMALL = re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"[a-zß-öø-ÿ]")


@cache
def _noun(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('kinds', kind)}(?!\w)", re.IGNORECASE)


@cache
def _copy(kind: str) -> re.Pattern[str]:
    """A first line that says what the text is: "Translation of a cablegram received …"."""
    return re.compile(
        rf"(?:{any_of('kinds', 'copies')}\s+(?:an?\s+|the\s+)?)?{any_of('kinds', kind)}(?!\w)", re.IGNORECASE
    )


@cache
def _line(kind: str) -> re.Pattern[str]:
    before = 4 if kind == "note verbale" else 2
    return re.compile(
        rf"(?:\A|(?<=\n))[ ]*[\[(“]?(?:[\w-]+\s){{0,{before}}}{any_of('kinds', kind)}(?!\w)"
        r"[^\n]{0,40}(?=\n|\Z)",
        re.IGNORECASE,
    )


@cache
def _begins_in_third_person() -> re.Pattern[str]:
    houses = any_of("offices", "missions")
    return re.compile(
        rf"(?:\A|\n)[ ]*(?:The|L[’']|La|Le|El)\s*{houses}[^.\n]{{0,60}}"
        rf"(?:\.[A-Z]){{0,4}}[^\n]{{0,90}}{any_of('third_person', 'honour')}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def is_telegram(text: str, start: int, end: int) -> bool:
    """Whether a stretch says so in its head, or is printed in capitals throughout, as telegrams are."""
    head = text[start : min(end, start + HEAD)]
    if re.search(r"TELEGRAM|CABLE", head[:300]):
        return True
    small = len(SMALL.findall(head))
    return small < len(head) // 10 and small * 10 < len(LARGE.findall(head)) > 80


def kind_of(text: str, openings: list[Opening], symbols: list[str]) -> LetterKind:
    """The kind told by symbol, title, heading, third person or a line; ``letter`` where none does."""
    if any("/Corr." in symbol for symbol in symbols) or (
        may_hold(text, "kinds", "corrigendum") and _noun("corrigendum").search(text, 0, HEAD)
    ):
        return "corrigendum"
    forms = {opening.form: opening for opening in openings}
    if "title" in forms:
        return _of_noun(forms["title"].noun)
    if "heading" in forms and forms["heading"].noun:
        named = _of_noun(forms["heading"].noun)
        if named != "letter":
            return named
    if "third person" in forms and forms["third person"].start < 3000:
        return "note verbale"
    if may_hold(text, "third_person", "honour") and _begins_in_third_person().search(text, 0, 2 * HEAD):
        return "note verbale"
    for kind in KINDS[1:-1]:
        if not may_hold(text, "kinds", kind):
            continue
        if _line(kind).search(text, 0, HEAD) or _copy(kind).match(text.lstrip()):
            return kind
    return "telegram" if is_telegram(text, 0, len(text)) else "letter"


def _of_noun(noun: str) -> LetterKind:
    words = plain(noun)
    return next((kind for kind in KINDS if _noun(kind).search(words)), "letter")
