"""Claims counted by the day they speak of and the day they were said: the second axis of a large dossier.

Where marks come for the window alone, the canvas draws these cells in their place. Each claim is counted
once, at the middle of its date (an open one at its known end) and at its letter's own day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from timeline.density_triggers import LANE_FIELDS
from timeline.marks import lanes_of
from timeline.marks_answer import places_of

if TYPE_CHECKING:
    from timeline.marks_answer import Question, Window

MOST = 250_000  # claims: more are counted for too long
CELL = 8  # pixels, as in static/js/timeline/second-axis.js


def said_cells(question: Question, total: int, window: Window, down: int) -> dict[str, Any]:
    """Return the cells of a window: [lane, voice, then column, row, number by turns] for each lane and voice.

    Columns are ``across`` days wide and counted from the window's first day, rows ``down`` days high and
    counted from day 0. ``total``: how many claims are asked for; of more than MOST there are no cells.
    """
    across = max(1, round((window.last - window.first + 1) * CELL / window.width))
    frame = {"first": window.first, "across": across, "down": down}
    if total > MOST:
        return {**frame, "lane_ids": [], "cells": None}
    field = LANE_FIELDS[question.by]
    claims = question.claims.dated()
    twice = Coalesce("earliest_day", "latest_day") + Coalesce("latest_day", "earliest_day")
    placed = (
        claims.order_by()
        .annotate(twice=twice)
        .filter(twice__gte=2 * window.first, twice__lt=2 * (window.last + 1), letter__own_day__isnull=False)
        .annotate(
            column=(F("twice") - 2 * window.first) / (2 * across),
            row=F("letter__own_day") / down,
        )
    )
    counted = placed.values_list(field, "is_quoted", "column", "row").annotate(n=Count("pk"))
    rows = sorted(counted, key=lambda row: (row[2], row[3]))
    keys = {row[0] for row in rows}
    lanes = lanes_of(question.dossier, keys)
    places = places_of(lanes, keys)
    lines: dict[tuple[int, int], list[int]] = {}
    for key, quoted, *cell in rows:
        lines.setdefault((places[key], int(quoted)), []).extend(cell)
    return {
        **frame,
        "lane_ids": [lane["id"] for lane in lanes],
        "cells": [[*who, *cells] for who, cells in sorted(lines.items())],
    }
