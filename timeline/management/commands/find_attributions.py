"""``manage.py find_attributions``: JSON lines with texts in, JSON lines with who says what out."""

from __future__ import annotations

from typing import Any

from timeline.extraction.attribution.scan import Scan
from timeline.extraction.language import detect_language
from timeline.management.json_lines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = (
        'Find attributions: {"doc", "text", "lang"?} a line in, '
        '{"doc", "attributions": [{"source", "cue", "content"}]} out, each a list of [start, end].'
    )

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        text = line["text"]
        found = Scan(text, line.get("lang") or detect_language(text)).all()
        return {
            "doc": line.get("doc"),
            "attributions": [
                {"source": spans(a.source), "cue": spans(a.cue), "content": spans(a.content)} for a in found
            ],
        }


def spans(pieces: tuple[tuple[int, int], ...]) -> list[list[int]]:
    """Return spans as JSON gives them."""
    return [[start, end] for start, end in pieces]
