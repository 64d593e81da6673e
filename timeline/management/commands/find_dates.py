"""``manage.py find_dates``: JSON lines with texts in, JSON lines with their temporal expressions out."""

from __future__ import annotations

from typing import Any

from timeline.extraction.dates import find_dates
from timeline.management.json_lines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = (
        'Find dates: {"doc", "text", "dct"?, "lang"?} a line in, '
        '{"doc", "spans": [[start, end, value, type]]} out.'
    )

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        found = find_dates(line["text"], line.get("lang"), line.get("dct"))
        return {"doc": line.get("doc"), "spans": [[e.start, e.end, e.value, e.type] for e in found]}
