"""Plain text and pasted text: kept to the letter, its paragraphs counted."""

from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.readers import DEFAULT, Limits, UnreadableFile, read_bytes, read_pasted

LETTER = "Vellport, 3 May 1931\r\n\r\nSir,\r\nThe ferry sailed at dawn.\r\n\r\n\r\nIt did not return.\r\n"


def test_keeps_line_ends_byte_for_byte() -> None:
    read = read_bytes(LETTER.encode(), "letter.txt")
    assert read.text == LETTER
    assert read.pages is None
    assert read.remarks == ()


def test_counts_paragraphs_between_blank_lines() -> None:
    read = read_bytes(LETTER.encode(), "letter.txt")
    assert [p.number for p in read.passages] == [1, 2, 3]
    assert [read.text[p.start : p.end] for p in read.passages] == [
        "Vellport, 3 May 1931",
        "Sir,\r\nThe ferry sailed at dawn.",
        "It did not return.",
    ]


@pytest.mark.parametrize(
    ("data", "text", "remark"),
    [
        (codecs.BOM_UTF8 + "Été 1931".encode(), "Été 1931", None),
        ("Été 1931".encode("utf-16"), "Été 1931", None),
        (codecs.BOM_UTF32_BE + "Été".encode("utf-32-be"), "Été", None),
        ("naïve — 4 août".encode(), "naïve — 4 août", None),
        (
            "Le gouvernement a protesté à l’été 1931, après l’arrêt du vapeur.".encode("cp1252"),
            "Le gouvernement a protesté à l’été 1931, après l’arrêt du vapeur.",
            "was assumed",
        ),
        ("Été 1931, à bord.".encode("utf-16-le"), "Été 1931, à bord.", "utf-16-le was assumed"),
        ("Été 1931, à bord.".encode("utf-16-be"), "Été 1931, à bord.", "utf-16-be was assumed"),
    ],
    ids=["utf-8-mark", "utf-16-mark", "utf-32-mark", "utf-8", "western", "utf-16-le", "utf-16-be"],
)
def test_finds_the_encoding_and_says_what_was_assumed(data: bytes, text: str, remark: str | None) -> None:
    read = read_bytes(data, "letter.txt")
    assert read.text == text
    assert (remark is None and read.remarks == ()) or (remark is not None and remark in read.remarks[0])


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "a.txt: not stored. The file is empty."),
        (b" \r\n\t \n", "b.txt", "b.txt: not stored. There is no text in it."),
        (b"one\x00two", "c.txt", "c.txt: not stored. This is no text"),
        (b"\xff\xfeo\x00\x00\x00", "d.txt", "zero bytes"),
        (b"a\x00b\x00c", "k.txt", "This is no text"),
        (b"PK\x03\x04" + b"\x00" * 40, "l.pdf", "The file is damaged."),
        (codecs.BOM_UTF8 + b"\xff\xff", "e.txt", "does not go on so"),
        (bytes(range(1, 32)) * 9, "f.bin", "This is no text"),
        (b"\x89PNG\r\n\x1a\n....", "g.png", "This is a picture."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "h.doc", "an old Word or Outlook file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "i.docx",
            "protected by a password",
        ),
        (b"{\\rtf1 A letter.}", "j.rtf", "This is an RTF file."),
    ],
    ids=[
        "empty",
        "blank",
        "nul",
        "nul-utf16",
        "odd-utf16",
        "archive-called-pdf",
        "broken-mark",
        "controls",
        "picture",
        "old",
        "locked",
        "rtf",
    ],
)
def test_refuses_in_a_sentence_that_names_the_file(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(data, name)
    message = str(refused.value)
    assert message.startswith(f"{name}: not stored. ")
    assert says in message
    assert message.endswith(".")


def test_refuses_what_is_too_large() -> None:
    limits = Limits(bytes=2**20, characters=100)
    with pytest.raises(UnreadableFile, match=r"It has 1\.5 MB, and 1 MB is the most"):
        read_bytes(b"x" * (3 * 2**19), "long.txt", limits=limits)
    with pytest.raises(UnreadableFile, match="It has 101 characters, and 100 is the most"):
        read_pasted("x" * 101, limits=limits)


def test_pasted_text_is_kept_and_lone_surrogates_are_replaced() -> None:
    assert read_pasted("One.\n\nTwo.").text == "One.\n\nTwo."
    assert read_pasted("One \ud800.").text == "One ?."
    with pytest.raises(UnreadableFile, match="Pasted text: not stored"):
        read_pasted("   ")
    assert DEFAULT.bytes == 20 * 2**20


@given(st.text(max_size=300))
def test_passages_cover_all_words_in_order(text: str) -> None:
    try:
        read = read_pasted(text)
    except UnreadableFile:
        assert not text.strip() or "\x00" in text
        return
    covered = "".join(read.text[p.start : p.end] for p in read.passages)
    assert "".join(covered.split()) == "".join(read.text.split())
    assert all(a.end <= b.start for a, b in pairwise(read.passages))
    assert all(not read.text[p.start].isspace() and p.start < p.end for p in read.passages)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if data[:2] == b"PK" or data.lstrip()[:5] == b"%PDF-" or b"<" in data:
        return
    try:
        said = read_bytes(data, "any.txt").text
    except UnreadableFile as refused:
        said = str(refused).removeprefix("any.txt: not stored. ")
    assert said
