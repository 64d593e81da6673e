"""Claims counted by the day they speak of and the day they were said: the second axis of a large dossier.

Where marks come for the window alone, the canvas draws these cells in their place. Each claim is counted
once, at the middle of its date (an open one at its known end) and at its letter's own day.
"""

# ruff: noqa: S608  the pieces of SQL put together here are our own; what users send goes as parameters

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from timeline.density_triggers import LANE_FIELDS, LETTERS
from timeline.marks import lanes_of
from timeline.marks_answer import places_of

if TYPE_CHECKING:
    from timeline.marks_answer import Question, Window

MOST = 2_000_000  # claims: more are counted for too long
CELL = 8  # pixels, as in static/js/timeline/second-axis.js
MORE_THAN_ANY = 1_000_000_000  # letters


def said_cells(question: Question, total: int, window: Window, down: int) -> dict[str, Any]:
    """Return the cells of a window: [lane, voice, then column, row, number by turns] for each lane and voice.

    Columns are ``across`` days wide and counted from the window's first day, rows ``down`` days high and
    counted from day 0. ``total``: how many claims are asked for; of more than MOST there are no cells.
    """
    across = max(1, round((window.last - window.first + 1) * CELL / window.width))
    frame = {"first": window.first, "across": across, "down": down}
    if total > MOST:
        return {**frame, "lane_ids": [], "cells": None}
    rows = sorted(_counted(question, window, across, down), key=lambda row: (row[2], row[3]))
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


def _counted(question: Question, window: Window, across: int, down: int) -> list[tuple]:
    """Return lane's key, voice, column, row and number of each cell that holds a claim."""
    lane = LANE_FIELDS[question.by]
    fields = (lane, "is_quoted", "letter_id", "earliest_day", "latest_day")
    try:
        inner, values = question.claims.dated().order_by().values_list(*fields).query.sql_with_params()
    except EmptyResultSet:
        return []
    # By twice the middle, which is a whole number. The letters stand in a list of their own, which the limit
    # keeps whole: else SQLite would read past a letter's text to its day, once for each claim.
    statement = (
        f"SELECT lane_key, is_quoted, (twice - %s) / %s, line, COUNT(*) FROM "
        f"(SELECT {lane} AS lane_key, is_quoted, letter_id, COALESCE(earliest_day, latest_day) "
        f"+ COALESCE(latest_day, earliest_day) AS twice FROM ({inner}) c) t "
        f"JOIN (SELECT id, own_day / %s AS line FROM {LETTERS} WHERE dossier_id = %s "
        f"AND own_day IS NOT NULL LIMIT {MORE_THAN_ANY}) l ON l.id = letter_id "
        f"WHERE twice >= %s AND twice < %s GROUP BY 1, 2, 3, 4"
    )
    first, end = 2 * window.first, 2 * (window.last + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, [first, 2 * across, *values, down, question.dossier.pk, first, end])
        return cursor.fetchall()
