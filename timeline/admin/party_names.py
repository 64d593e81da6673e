"""The names of a party as a form sends them: told apart from those stored, shown side by side, sent anew.

A formset names its rows by their keys, which go as soon as somebody else has stored names; so after a
conflict the rows are laid anew over those that are there now.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from documents.models import Party
from timeline.decision_words import value_said

NAME = ("text", "language", "kind", "from_year", "to_year")
PREFIX = "names"
Row = dict[str, str]


def sent_names(post: QueryDict) -> list[Row]:
    """Return the names that a form sent, without those to be deleted."""
    total = post.get(f"{PREFIX}-TOTAL_FORMS", "")
    rows = []
    for place in range(min(int(total), 1000) if total.isdecimal() else 0):
        row = {name: post.get(f"{PREFIX}-{place}-{name}", "").strip() for name in NAME}
        if row["text"] and f"{PREFIX}-{place}-DELETE" not in post:
            rows.append(row)
    return sorted(rows, key=_order)


def stored_names(party: Party) -> list[Row]:
    """Return a party's names as a form would send them."""
    rows = [{name: _text(getattr(row, name)) for name in NAME} for row in party.names.all()]
    return sorted(rows, key=_order)


def said(rows: list[Row]) -> str:
    """Return names in one line for a person."""
    return value_said("names", rows) if rows else "none"


def laid_anew(post: QueryDict, party: Party, rows: list[Row]) -> QueryDict:
    """Return the form with these names, those that are stored first and under the keys they have now."""
    data = post.copy()
    for key in [key for key in data if key.startswith(f"{PREFIX}-")]:
        del data[key]
    keys = {tuple(_text(getattr(row, name)) for name in NAME): row.pk for row in party.names.all()}
    known = [(row, keys.get(tuple(row[name] for name in NAME))) for row in rows]
    known.sort(key=lambda pair: pair[1] is None)
    for place, (row, key) in enumerate(known):
        for name, value in {**row, "id": _text(key), "party": str(party.pk)}.items():
            data[f"{PREFIX}-{place}-{name}"] = value
    data[f"{PREFIX}-TOTAL_FORMS"] = str(len(known))
    data[f"{PREFIX}-INITIAL_FORMS"] = str(sum(key is not None for _, key in known))
    return data


def _order(row: Row) -> tuple[str, str, str]:
    return row["language"], row["kind"], row["text"]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
