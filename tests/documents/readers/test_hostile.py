"""Files that mean harm: each is refused in a sentence, within limits, and the next letter is read."""

from __future__ import annotations

import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.readers import Limits, UnreadableFile, read_bytes
from documents.readers.sandbox import _checked

from .builders import (
    archive,
    bomb_pdf,
    docx_letter,
    drawn_pdf,
    overlapping_archive,
    pdf,
    raw_pdf,
    word_xml,
)

LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE_ENTITY = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
PADDED = "<!--" + "x" * 3000 + "-->" + LAUGHS
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LOOP = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"]
DEEP = b"<</Type/Catalog/Pages " + b"[" * 100_000 + b">>"

HOSTILE = [
    ("empty-archive", b"PK\x05\x06" + bytes(18), "a.docx", "no DOCX"),
    ("other-archive", archive(other=b"<x/>"), "a.docx", "no DOCX"),
    ("truncated-docx", docx_letter()[:900], "a.docx", "damaged"),
    ("not-xml", archive(document=b"nothing"), "a.docx", "damaged"),
    ("no-body", archive(document=b"<x/>"), "a.docx", "damaged"),
    ("zeros", archive(document=bytes(70 * 2**20)), "a.docx", "unfolds to far more"),
    ("long", archive(document=word_xml(PARAGRAPH.format("x" * 3_000_000))), "a.docx", "unfolds to far more"),
    ("laughs", archive(document=word_xml(PARAGRAPH.format("&b;"), LAUGHS)), "a.docx", "declares entities"),
    (
        "padded-laughs",
        archive(document=word_xml(PARAGRAPH.format("&b;"), PADDED)),
        "a.docx",
        "declares entities",
    ),
    ("file-entity", archive(document=word_xml(PARAGRAPH.format("&f;"), FILE_ENTITY)), "a.docx", "declares"),
    ("deep-docx", archive(document=word_xml("<w:tbl>" * 10_000)), "a.docx", "damaged"),
    ("locked-pdf", pdf([["Secret."]], password="vell"), "a.pdf", "protected by a password"),
    ("pictures", drawn_pdf("0 0 100 100 re f", "0 0 9 9 re f"), "a.pdf", "Run text recognition"),
    ("truncated-pdf", pdf([["Seen."]])[:200], "a.pdf", "damaged"),
    ("head-only", b"%PDF-1.7\n", "a.pdf", "damaged"),
    ("page-loop", raw_pdf(LOOP), "a.pdf", "not stored"),
    ("deep-pdf", raw_pdf([DEEP]), "a.pdf", "not stored"),
    ("pdf-bomb", bomb_pdf(400), "a.pdf", "not stored"),
]


def text_or_refusal(data: bytes, name: str) -> str:
    """Return the text of a file, or "damaged" where it is refused as such."""
    try:
        return read_bytes(data, name).text
    except UnreadableFile as refused:
        return "damaged" if "The file is damaged." in str(refused) else str(refused)


@pytest.mark.parametrize(
    ("data", "name", "says"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_is_refused_in_a_sentence(data: bytes, name: str, says: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(data, name)
    assert str(refused.value).startswith(f"{name}: not stored. ")
    assert says in str(refused.value)
    assert time.monotonic() - started < 15


def test_records_that_overlap_are_read_once_or_refused() -> None:
    assert text_or_refusal(overlapping_archive(), "a.docx") in ("One.", "damaged")


def test_too_many_pages() -> None:
    with pytest.raises(UnreadableFile, match="more pages than can be read at once"):
        read_bytes(pdf([["One."], ["Two."], ["Three."]]), "a.pdf", limits=Limits(pages=2))


@pytest.mark.parametrize(
    "limits",
    [Limits(processor_seconds=0), Limits(wall_seconds=0), Limits(memory=2**24)],
    ids=["time", "clock", "memory"],
)
def test_a_child_over_its_limits_is_ended(limits: Limits) -> None:
    with pytest.raises(UnreadableFile, match="more memory or time"):
        read_bytes(pdf([["One."]]), "a.pdf", limits=limits)


def test_a_child_that_says_too_much_is_ended() -> None:
    data = archive(document=word_xml(PARAGRAPH.format("x" * 5000)))
    with pytest.raises(UnreadableFile, match="unfolds to far more"):
        read_bytes(data, "a.docx", limits=Limits(characters=100))


@pytest.mark.parametrize(
    "output",
    [b"", b"[]", b"{}", b'{"error": "no such code"}', b'{"blocks": [1], "pages": 1, "remarks": []}', b"\xff"],
)
def test_what_a_child_says_is_checked(output: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        _checked(output, 0, "a.pdf")


def test_html_runs_nothing_and_deep_nesting_ends() -> None:
    page = b"<html><body onload=x()><p>Seen.<iframe src=file:///etc/hostname>no</iframe></p>"
    assert read_bytes(page, "a.html").text == "Seen."
    deep = b"<html>" + b"<div>" * 100_000 + b"Seen."
    assert text_or_refusal(deep, "a.html") in ("Seen.", "damaged")


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["a.pdf", "a.docx"]), st.integers(0, 2**20), st.binary(min_size=1, max_size=40))
def test_damaged_copies_are_read_or_refused(name: str, place: int, wound: bytes) -> None:
    whole = pdf([["Seen on 3 May."]]) if name == "a.pdf" else docx_letter()
    at = place % len(whole)
    said = text_or_refusal(whole[:at] + wound + whole[at + len(wound) :], name)
    assert said


def test_the_next_letter_is_read() -> None:
    with pytest.raises(UnreadableFile):
        read_bytes(archive(document=zlib.compress(b"x")), "a.docx")
    assert read_bytes(pdf([["Seen."]]), "b.pdf").text == "Seen."
