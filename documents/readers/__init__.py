"""Bytes to a letter's text, with pages and passages. No Django.

``read_bytes`` picks the format by its first bytes, then by the name; ``read_pasted`` takes text. What cannot
be read raises ``UnreadableFile`` with sentences for the person: which file, why, and what to do.
"""

from __future__ import annotations

import re

from documents.records import ReadText

from .limits import DEFAULT, Limits, UnreadableFile
from .passages import Read, with_passages
from .plain import decode
from .sandbox import read_in_child

__all__ = ["DEFAULT", "Limits", "UnreadableFile", "read_bytes", "read_pasted"]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Office keeps a document with a password in a container of the old form, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)


def read_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT) -> ReadText:
    """Return the text of a file; PDF, DOCX and HTML are parsed in a child process under limits.

    Raises UnreadableFile.
    """
    _refuse_others(data, name, limits)
    format_ = _format_of(data, name)
    if format_ is None:
        text, remarks = decode(data, name)
        return with_passages(Read([(None, text)], remarks), name, limits)
    return with_passages(read_in_child(format_, data, name, limits), name, limits)


def read_pasted(text: str, name: str = "Pasted text", *, limits: Limits = DEFAULT) -> ReadText:
    """Return a pasted text; raises UnreadableFile where there is none in it."""
    return with_passages(Read([(None, text)]), name, limits)


def _format_of(data: bytes, name: str) -> str | None:
    """Return the format that the bytes bear, None for plain text; only HTML is told by its name too."""
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(b"PK"):
        return "docx"
    if _HTML.match(data) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return "html"
    return None


def _refuse_others(data: bytes, name: str, limits: Limits) -> None:
    """Raise UnreadableFile for what is empty, too large or of a kind that is known and not read."""
    reason = None
    if not data:
        reason = "The file is empty."
    elif len(data) > limits.bytes:
        size, most = len(data) / 2**20, limits.bytes // 2**20
        reason = f"It has {size:.1f} MB, and {most} MB is the most. Split it, or paste the text."
    elif data.startswith(_OLD_OFFICE) and _LOCKED in data:
        reason = "It is protected by a password. Save it without one and add it again."
    elif data.startswith(_OLD_OFFICE):
        reason = "This is an old Word or Outlook file. Save it as DOCX or PDF and add it again."
    elif data.startswith(_PICTURES):
        reason = "This is a picture. Run text recognition and add the result, or paste the text."
    elif data.startswith(b"{\\rtf"):
        reason = "This is an RTF file. Save it as DOCX or PDF and add it again, or paste the text."
    if reason:
        raise UnreadableFile(f"{name}: not stored. {reason}")
