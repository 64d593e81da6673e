"""What the canvas draws first, within the page: it need not be asked for once the scripts have come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from documents.models import Dossier
from timeline.marks_answer import answer, question_for
from timeline.timeline_request import TimelineRequest

if TYPE_CHECKING:
    from timeline.pages import Asker

# A script of this type is data, not run; these could end it or hide what follows.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def first_view(dossier: Dossier, user: Asker, asked: TimelineRequest, days: list[int] | None = None) -> str:
    """Return the element with what ``marks.json`` answers for this page, window and order left out.

    ``days``: the first and the last of all claims, where they are known already.
    """
    question = question_for(dossier, user, asked.filters, asked.by, days)
    text = json.dumps(answer(question, None), separators=(",", ":"), ensure_ascii=False)
    return f'<script type="application/json" id="marks">{text.translate(ESCAPED)}</script>\n'
