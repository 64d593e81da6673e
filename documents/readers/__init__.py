"""Bytes to a letter's text, with pages and passages. No Django.

``read_bytes`` picks the format by its first bytes, then by the name; ``read_pasted`` takes text. What cannot be
read raises ``UnreadableFile`` with one sentence for the person: which file, why, and what to do.
"""

from __future__ import annotations

from documents.records import ReadText

from .limits import DEFAULT, Limits, UnreadableFile
from .passages import with_passages
from .plain import decode
from .sandbox import read_in_child

__all__ = ["DEFAULT", "Limits", "UnreadableFile", "read_bytes", "read_pasted"]

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


def read_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT) -> ReadText:
    """Return the text of a file; PDF and DOCX are parsed in a child process under limits.

    Raises UnreadableFile.
    """
    if not data:
        raise UnreadableFile(f"{name}: not stored. The file is empty.")
    if len(data) > limits.bytes:
        raise UnreadableFile(
            f"{name}: not stored. It has {len(data) // 2**20} MB, and {limits.bytes // 2**20} MB is the most. "
            "Split it, or paste the text."
        )
    if data.lstrip()[:5] == b"%PDF-":
        return with_passages(read_in_child("pdf", data, name, limits), name, limits)
    if data[:4] == b"PK\x03\x04":
        return with_passages(read_in_child("docx", data, name, limits), name, limits)
    if data.startswith(_OLD_WORD):
        raise UnreadableFile(
            f"{name}: not stored. This is an old Word or Outlook file. Save it as DOCX or PDF and add it again."
        )
    if data.startswith(_PICTURES):
        raise UnreadableFile(
            f"{name}: not stored. This is a picture. Run text recognition and add the result, or paste the text."
        )
    text, remarks = decode(data, name)
    return with_passages(([(None, text)], remarks), name, limits)


def read_pasted(text: str, name: str = "Pasted text", *, limits: Limits = DEFAULT) -> ReadText:
    """Return a pasted text; raises UnreadableFile where there is none in it."""
    return with_passages(([(None, text)], ()), name, limits)
