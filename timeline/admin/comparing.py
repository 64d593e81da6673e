"""Two versions of a form side by side: what is stored now, and what the person sent. Pure.

A field that the person did not touch takes the stored value without asking; only where both changed, or where
the person changed it, is there something to choose.
"""

from __future__ import annotations

import json
from typing import Any

from django.forms import BooleanField
from django.http import QueryDict

# What follows a correction is asked anew once the two versions are one.
PLUMBING = ("csrfmiddlewaretoken", "version", "seen", "resolve", "follow", "follow_asked")
PLUMBING += ("agreed", "leave_out", "also", "_save")


def compared(now: Any, sent: QueryDict) -> dict[str, Any]:
    """Return ``rows`` to choose from, and ``carried``: what is sent again as it is.

    ``now`` is a form that shows what is stored.
    """
    seen = _seen(sent)
    rows, carried = [], []
    for name in now.fields:
        if name in PLUMBING:
            continue
        stored, mine = _text(now[name].value()), _sent(now, name, sent)
        if mine == stored or (name in seen and mine == seen[name]):
            carried.append((name, stored))
            continue
        rows.append(
            {
                "name": name,
                "label": now[name].label,
                "stored": _shown(now, name, stored),
                "mine": _shown(now, name, mine),
                "stored_value": stored,
                "mine_value": mine,
            }
        )
    kept = [(n, v) for n, v in sent.items() if n not in now.fields and n not in PLUMBING]
    kept = [(n, v) for n, v in kept if not n.startswith(("pick_", "stored_", "mine_"))]
    return {"rows": rows, "carried": carried + kept, "version": _text(now["version"].value())}


def merged(sent: QueryDict) -> QueryDict:
    """Return the form that the choices make: ``pick_<field>`` is ``stored`` or ``mine``."""
    data = sent.copy()
    for key in list(data):
        if key.startswith("pick_"):
            name = key.removeprefix("pick_")
            data[name] = data.get(f"{'mine' if data[key] == 'mine' else 'stored'}_{name}", "")
    return data


def _seen(sent: QueryDict) -> dict[str, str]:
    try:
        seen = json.loads(sent.get("seen", "{}"))
    except ValueError:
        return {}
    return {n: _text(v) for n, v in seen.items()} if isinstance(seen, dict) else {}


def _sent(form: Any, name: str, sent: QueryDict) -> str:
    """Return what a field was sent with; a box without its tick sends nothing, and means no."""
    field = form.fields[name]
    if isinstance(field, BooleanField):
        return _text(field.widget.value_from_datadict(sent, {}, name))
    return sent.get(name, "")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(form: Any, name: str, value: str) -> str:
    """Return a value in the words of its field's choices."""
    if isinstance(form.fields[name], BooleanField):
        return "Yes" if value == "True" else "No"
    choices = getattr(form.fields[name], "choices", None)
    for key, label in choices or ():
        if _text(key) == value:
            return str(label)
    return value or "nothing"
