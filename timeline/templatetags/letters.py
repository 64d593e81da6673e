"""Filters by which templates name letters."""

from __future__ import annotations

from django import template

from documents.letters_list import LetterName, name_of
from documents.models import Letter
from timeline import claim_words

register = template.Library()

# Senders that a name holds; the others are counted.
SENDERS_NAMED = 2


@register.filter
def letter_said(letter: Letter | LetterName) -> str:
    """Name a letter: by its subject, else “Letter of 20 May 2019 from Norvania”, else by its file."""
    name = name_of(letter) if isinstance(letter, Letter) else letter
    if name.subject:
        return name.subject
    if not name.edtf and not name.senders:
        return name.file_name or name.kind.capitalize()
    when = f" of {claim_words.in_words(name.edtf)}" if name.edtf else ""
    shown, more = name.senders[:SENDERS_NAMED], len(name.senders) - SENDERS_NAMED
    who = f"{', '.join(shown)} and {more} more" if more > 0 else " and ".join(shown)
    return f"{name.kind.capitalize()}{when}{f' from {who}' if who else ''}"
