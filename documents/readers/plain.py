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
# A text may hold a stray control character; a file with more than one in a hundred is none.
_MOST_CONTROLS = 0.01


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes and a remark where its encoding had to be assumed. Raises UnreadableFile."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, encoding, name), ()
    if b"\x00" in data:
        raise _no_text(name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    guess = chardet.detect(data[:200_000])
    encoding = guess.get("encoding") or "cp1252"
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        encoding, text = "cp1252", data.decode("cp1252", "replace")
    controls = sum(c < " " and c not in "\t\r\n\f" for c in text)
    if controls > len(text) * _MOST_CONTROLS:
        raise _no_text(name)
    return text, (f"The encoding was not stated; {encoding} was assumed.",)


def _checked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"{name}: not stored. It says that it is {encoding}, and is not. Save it as UTF-8 and add it again."
        ) from None


def _no_text(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: not stored. This is no text, PDF or DOCX. Save the letter as one of these, or paste the text."
    )
