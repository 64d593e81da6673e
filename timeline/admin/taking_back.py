"""Taking back a decision from the history of its thing: what would change is shown first, in words.

Where somebody decided since the person looked, both versions stand side by side, to choose field by field.
The pages hold all that is sent, so that they do the same with a script and without.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from timeline import curation
from timeline.curation import Side, Way
from timeline.decision_words import lines_of, subject_said, titles_of, told
from timeline.models import Decision

# Of what was decided since, a page names the newest.
NAMED = 40
# A version that nothing has: whoever does not say what they saw has seen nothing.
UNSEEN = -1


def way_of(post: QueryDict, entry: Decision) -> Way:
    """Return the way that a form asks for."""
    version = post.get("version", "")
    return Way(
        entry,
        "revert" if post.get("do") == "revert" else "undo",
        int(version) if version.isdecimal() and len(version) < 10 else UNSEEN,
        post.get("reason", "")[:500],
        picked_in(post) if "resolve" in post else None,
    )


def picked_in(post: QueryDict) -> dict[int, set[str]]:
    """Return the groups that a page of two versions was answered with, by the number of the entry."""
    picked: dict[int, set[str]] = {}
    for key, value in post.items():
        number, _, group = key.removeprefix("pick_").partition(".")
        if key.startswith("pick_") and value == "mine" and number.isdecimal() and len(number) < 19:
            picked.setdefault(int(number), set()).add(group)
    return picked


def is_agreed(way: Way, post: QueryDict, written: Sequence[Decision]) -> bool:
    """Return whether what was written is what the person was shown.

    The history itself shows what an undoing changes, and the page of two versions what is chosen: nothing
    else may go with it.
    """
    if not written:
        return True
    if "seen" in post:
        return post["seen"] == mark_of(written)
    return len(written) == 1 and (way.do == "undo" or way.picked is not None)


def mark_of(written: Sequence[Decision]) -> str:
    """Return a short mark of entries: another where anything in them is another."""
    what = [(entry.kind, entry.subject, entry.changes) for entry in written]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:16]


def preview_of(way: Way, post: QueryDict, written: Sequence[Decision]) -> dict[str, Any]:
    """Return what the page needs that shows what would change."""
    return {
        "rows": told(written),
        "entry": told([way.entry])[0],
        "sent": [*_sent(way, post), ("seen", mark_of(written))],
        "stale": "seen" in post,
        "reverts": way.do == "revert",
    }


def both_versions(thing: Any, way: Way, post: QueryDict) -> dict[str, Any]:
    """Return what the page needs that shows what stands now beside what would be taken back to."""
    entry, newest = way.entry, post.get("newest", "")
    # Who goes back to an entry has seen those after it too, up to the newest of the page.
    seen = int(newest) if way.do == "revert" and newest.isdecimal() and len(newest) < 19 else 0
    after = max(seen, entry.number)
    same = Decision.objects.filter(dossier=entry.dossier_id, kind=entry.kind, subject=entry.subject)
    since = list(same.filter(number__gt=after).order_by("-number")[:NAMED])
    kept = [(name, post[name]) for name in ("number", "do", "reason") if name in post]
    newest = str(since[0].number if since else after)
    return {
        "entry": told([entry])[0],
        "since": told(reversed(since)),
        "rows": rows_of(curation.sides_of(thing, way, after)),
        "sent": [*kept, ("version", str(thing.version)), ("newest", newest)],
        "reverts": way.do == "revert",
    }


def rows_of(sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Return rows to choose from. What nobody set since is taken back unless one says otherwise."""
    titles = titles_of([side.changes for side in sides])
    several = len({side.entry.number for side in sides}) > 1
    rows = []
    for side in sides:
        lines = lines_of(side.changes, titles)
        label = ", ".join(line.label for line in lines)
        rows.append(
            {
                "name": f"{side.entry.number}.{side.group}",
                "label": f"{subject_said(side.entry)}: {label}" if several else label[:1].upper() + label[1:],
                "stored": "; ".join(line.before for line in lines),
                "mine": "; ".join(line.after for line in lines),
                "prefer_mine": side.stands,
            }
        )
    return rows


def _sent(way: Way, post: QueryDict) -> list[tuple[str, str]]:
    """Return what a page sends anew of what was sent; of two versions also what was chosen."""
    names = ("number", "do", "version", "reason", "newest", *(["resolve"] if way.picked is not None else []))
    kept = [(name, post[name]) for name in names if name in post]
    return kept + [(name, value) for name, value in post.items() if name.startswith("pick_")]
