"""Plain text: its encoding, and the text exactly as it stands, line ends included."""

from __future__ import annotations

import codecs

import chardet

from .limits import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASSUMED = "cp1252"
# A text may hold a stray control character; a file with more than one in a hundred is none.
_MOST_CONTROLS = 0.01
# Of a western text in UTF-16 nearly every second byte is zero.
_LEAST_ZEROS = 0.8
_GUESSED_BYTES = 200_000


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes and a remark where its encoding had to be assumed. Raises UnreadableFile."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_it_says(data, encoding, name), ()
    if b"\x00" in data:
        assumed = _unmarked(data)
        if assumed is None:
            raise _no_text(name)
        return _as_it_says(data, assumed, name), (f"The encoding was not stated; {assumed} was assumed.",)
    text, encoding = guessed(data)
    controls = sum(c < " " and c not in "\t\r\n\f" for c in text)
    if controls > len(text) * _MOST_CONTROLS:
        raise _no_text(name)
    remarks = () if encoding == "utf-8" else (f"The encoding was not stated; {encoding} was assumed.",)
    return text, remarks


def _unmarked(data: bytes) -> str | None:
    """Return which UTF-16 bytes are that have no mark: every other one is zero, for the most part."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    pairs = len(data) // 2
    if len(data) % 2 or min(even, odd) or max(even, odd) < pairs * _LEAST_ZEROS:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def guessed(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of bytes and the encoding taken: UTF-8, else as declared, else the likeliest."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    likeliest = chardet.detect(data[:_GUESSED_BYTES]).get("encoding") if declared is None else declared
    try:
        return data.decode(likeliest or _ASSUMED), (likeliest or _ASSUMED).lower()
    except (UnicodeDecodeError, LookupError):
        return data.decode(_ASSUMED, "replace"), _ASSUMED


def _as_it_says(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"{name}: not stored. It begins as {encoding.removesuffix('-sig')} text and does not go on so. "
            "Save it as UTF-8 and add it again."
        ) from None


def _no_text(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: not stored. This is no text, PDF, DOCX or HTML. "
        "Save the letter as one of these, or paste the text."
    )
