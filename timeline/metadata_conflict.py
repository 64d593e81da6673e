"""Two versions of a letter's metadata, where somebody else changed it while a person filled in the form.

In: what is stored now, and the form as it was sent. Out: rows to choose from, field by field. The form counts
correspondents by their places, which move when one is added or taken out; so each is first found again by
what the person saw of it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import QueryDict

from timeline.admin.comparing import compared
from timeline.metadata_form import COLUMNS, MetadataForm

_ROW = re.compile(r"person_(\d+)_(role|party|office|person)")
Values = dict[str, str]
Person = tuple[str, ...]


def both_versions(now: MetadataForm, sent: QueryDict) -> dict[str, Any]:
    """Return ``rows`` of what both set, ``carried`` and ``version``, as ``comparing.compared`` gives them.

    ``now`` shows what is stored. Of a correspondent that is gone, what the person set comes as a new one.
    """
    stored = {name: _text(now[name].value()) for name in now.fields}
    seen, mine = _seen(sent), {name: str(value) for name, value in sent.items()}
    places = _places(_people(seen), _people(stored))
    # What the person was not shown is taken as it is stored.
    values = QueryDict(mutable=True)
    values.update({**stored, **_moved(mine, _with_gone(places, _people(seen), _people(mine)))})
    values["seen"] = json.dumps({**stored, **_moved(seen, places)})
    found = compared(now, values)
    kept = {name for name in now.fields if name != "saw"}
    rows = [{**row, "label": now.label_of(row["name"])} for row in found["rows"] if row["name"] in kept]
    return {**found, "rows": rows, "carried": [(n, v) for n, v in found["carried"] if n in kept]}


def _seen(sent: QueryDict) -> Values:
    try:
        seen = json.loads(sent.get("saw", "{}"))
    except ValueError:
        return {}
    return {str(n): _text(v) for n, v in seen.items()} if isinstance(seen, dict) else {}


def _people(values: Values) -> list[Person]:
    """Return the rows of correspondents that values hold; the last is the empty one for a new one."""
    people: list[Person] = []
    while f"person_{len(people)}_role" in values:
        people.append(tuple(values.get(f"person_{len(people)}_{column}", "") for column in COLUMNS))
    return people


def _places(seen: list[Person], now: list[Person]) -> dict[int, int]:
    """Return where each row that was seen stands now: the same one, else the next that nobody saw."""
    if not seen or not now:
        return {place: place for place in range(len(now))}
    free = list(range(len(now) - 1))
    places = {len(seen) - 1: len(now) - 1}
    for place, row in enumerate(seen[:-1]):
        same = next((other for other in free if now[other] == row), None)
        if same is not None:
            places[place] = same
            free.remove(same)
    left = [place for place in range(len(seen) - 1) if place not in places]
    return {**places, **dict(zip(left, free, strict=False))}


def _with_gone(places: dict[int, int], seen: list[Person], mine: list[Person]) -> dict[int, int]:
    """Return the places with one more: a row that is gone and that the person changed becomes a new one."""
    new = len(seen) - 1
    changed = [p for p in range(min(new, len(mine))) if p not in places and mine[p] != seen[p]]
    if not changed or any(mine[new]):
        return places
    return {**{p: q for p, q in places.items() if p != new}, changed[0]: places[new]}


def _moved(values: Values, places: dict[int, int]) -> Values:
    """Return values under the names that their rows have now; those of rows that are gone are left out."""
    moved = {}
    for name, value in values.items():
        match = _ROW.fullmatch(name)
        if match is None:
            moved[name] = value
        elif int(match[1]) in places:
            moved[f"person_{places[int(match[1])]}_{match[2]}"] = value
    return moved


def _text(value: Any) -> str:
    return "" if value is None else str(value)
