"""A dossier's whole log, narrowed and written out.

In: a dossier and what is asked for. Out: its entries, newest first a page at a time, or all of them in order
as CSV or JSON lines. A page goes on by the entry's number, so that the last is as quick as the first.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, Min, QuerySet
from django.utils.timezone import make_aware

from documents.models import Dossier, Membership
from timeline.decision_words import Told, told, told_in_turn
from timeline.models import Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROWS = 100
KINDS = {
    "claim": "Claims",
    "letter": "Letters",
    "party": "Parties",
    "event": "Events",
    "second": "Second readings",
    "dossier": "The dossier",
    "member": "Members",
}
COLUMNS = (
    "number",
    "made",
    "user_name",
    "action",
    "kind",
    "subject",
    "subject_name",
    "changes",
    "reason",
    "undoes",
    "previous",
    "hash",
)
# The same for people: the values before them are those that the hash covers.
COLUMNS_IN_WORDS = ("action_in_words", "kind_in_words", "subject_in_words", "changes_in_words")
ACTIONS = (
    "accept",
    "accounts joined",
    "add",
    "answer",
    "ask",
    "assign",
    "confirm",
    "correct",
    "correct date",
    "correct sender",
    "dismiss",
    "found",
    "give back",
    "invite",
    "keep",
    "merge",
    "name correspondent",
    "no longer found",
    "note",
    "publish",
    "re-date",
    "read",
    "read again",
    "read file again",
    "remove",
    "remove note",
    "restore",
    "revert",
    "split",
    "undo",
    "withdraw",
)
# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class LogWish:
    """What is asked of the log; empty fields ask for everything. ``before``: entries with lower numbers."""

    kind: str = ""
    action: str = ""
    who: str = ""
    since: str = ""
    until: str = ""
    subject: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries of one page, newest first; ``older``: the number to go on before, None at the end."""

    entries: list[Told]
    older: int | None


def wish_of(asked: Mapping[str, str]) -> LogWish:
    """Return the wish that a query string holds; what it does not know is left out."""
    return LogWish(
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        action=asked.get("action", "")[:40],
        who=asked.get("who", "")[:150],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        subject=_number(asked.get("subject", "")),
        before=_number(asked.get("before", "")),
    )


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _at(day: str, time: dt.time) -> dt.datetime:
    """Return a moment of a day where the site is: compared at once, while the day of each entry is not."""
    return make_aware(dt.datetime.combine(dt.date.fromisoformat(day), time))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def entries_of(user: User, dossier: Dossier, wish: LogWish) -> QuerySet[Decision]:
    """Return the entries that are asked for, in their order."""
    entries = own = Decision.objects.curatable_by(user).filter(dossier=dossier)
    # A number names a thing of one kind only.
    equal = {"kind": wish.kind, "action": wish.action, "subject": wish.kind and wish.subject}
    entries = entries.filter(**{name: value for name, value in equal.items() if value})
    if wish.who:
        entries = entries.filter(user_name="" if wish.who == "machine" else wish.who)
    if wish.since:
        entries = _from(own, entries, _at(wish.since, dt.time.min))
    if wish.until:
        entries = _up_to(own, entries, _at(wish.until, dt.time.max))
    return entries.order_by("number")


# Days are looked up as numbers, by which the log is in order whatever else is asked. Numbers follow time but
# where a clock was put back; within a day of the edge that is looked at.
ABOUT_THE_EDGE = dt.timedelta(days=1)
# Not the bare column: for its least value databases would walk along the numbers, not along the days.
NUMBER = F("number") + 0


def _from(own: QuerySet[Decision], entries: QuerySet[Decision], edge: dt.datetime) -> QuerySet[Decision]:
    later = own.filter(made__gte=edge)
    first = later.filter(made__lt=_moved(edge, ABOUT_THE_EDGE)).aggregate(n=Min(NUMBER))["n"]
    if first is None:
        first = later.order_by("made", "number").values_list("number", flat=True).first()
    return entries.none() if first is None else entries.filter(made__gte=edge, number__gte=first)


def _up_to(own: QuerySet[Decision], entries: QuerySet[Decision], edge: dt.datetime) -> QuerySet[Decision]:
    earlier = own.filter(made__lte=edge)
    last = earlier.filter(made__gt=_moved(edge, -ABOUT_THE_EDGE)).aggregate(n=Max(NUMBER))["n"]
    if last is None:
        last = earlier.order_by("-made", "-number").values_list("number", flat=True).first()
    return entries.none() if last is None else entries.filter(made__lte=edge, number__lte=last)


def _moved(edge: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Return a moment moved, the moment itself where the calendar ends."""
    try:
        return edge + by
    except OverflowError:
        return edge


def log_page(user: User, dossier: Dossier, wish: LogWish) -> LogPage:
    """Return one page of the log."""
    entries = entries_of(user, dossier, wish).order_by("-number")
    if wish.before is not None:
        entries = entries.filter(number__lt=wish.before)
    found = list(entries[: ROWS + 1])
    return LogPage(told(found[:ROWS]), found[ROWS - 1].number if len(found) > ROWS else None)


def people_in(dossier: Dossier) -> list[str]:
    """Return who may be asked for: the names of the members, and "machine"."""
    members = Membership.objects.filter(dossier=dossier).order_by("user__username")
    return [*members.values_list("user__username", flat=True), "machine"]


def as_json_lines(entries: QuerySet[Decision]) -> Iterator[str]:
    """Yield each entry as a line of JSON, with the hashes by which the chain can be checked elsewhere."""
    for entry in told_in_turn(entries.iterator(2000)):
        lines = [line._asdict() for line in entry.lines]
        yield json.dumps(_row(entry) | {"changes_in_words": lines}, ensure_ascii=False) + "\n"


def as_csv(entries: QuerySet[Decision]) -> Iterator[str]:
    """Yield the entries as CSV; what a spreadsheet would run as a formula begins with an apostrophe."""
    names = (*COLUMNS, *COLUMNS_IN_WORDS)
    yield ",".join(names) + "\r\n"
    for entry in told_in_turn(entries.iterator(2000)):
        row = _row(entry) | {"changes": json.dumps(entry.entry.changes, ensure_ascii=False)}
        row["changes_in_words"] = "; ".join(f"{a}: {b} → {c}" for a, b, c in entry.lines)
        line = io.StringIO()
        csv.writer(line).writerow(_cell(row[name]) for name in names)
        yield line.getvalue()


def _row(one: Told) -> dict[str, Any]:
    raw = {name: getattr(one.entry, name) for name in COLUMNS} | {"made": one.entry.made.isoformat()}
    kind = KINDS.get(one.entry.kind, one.entry.kind)
    return raw | {"action_in_words": one.action, "kind_in_words": kind, "subject_in_words": one.subject}


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
