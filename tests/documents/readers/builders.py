"""Files made by code: letters of fictional states as PDF and DOCX, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF

WORD_PARTS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(pages: list[list[str]], *, header: str = "", footer: str = "", password: str = "") -> bytes:
    """Return a PDF of these pages of paragraphs; ``#`` in the footer becomes the page's number."""
    document = FPDF()
    document.set_auto_page_break(False)
    document.set_font("Times", size=12)
    if password:
        document.set_encryption("owner", password)
    for number, paragraphs in enumerate(pages, 1):
        document.add_page()
        if header:
            document.set_y(12)
            document.cell(0, 6, header)
        document.set_y(35)
        for paragraph in paragraphs:
            document.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
            document.ln(6)
        if footer:
            document.set_y(280)
            document.cell(0, 6, footer.replace("#", str(number)))
    return bytes(document.output())


def drawn_pdf(*pages: str) -> bytes:
    """Return a PDF whose pages hold what a page's content stream says, each stream given as text."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    for i, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {4 + 2 * i} 0 R"
            "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>".encode()
        )
        stream = zlib.compress(page.encode())
        objects.append(
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        )
    return raw_pdf(objects)


def raw_pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of numbered objects, the first being the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def bomb_pdf(megabytes: int) -> bytes:
    """Return a PDF whose only page unfolds, twice over, to very many blanks."""
    inner = zlib.compress(b" " * (megabytes * 2**20), 9)
    stream = zlib.compress(inner, 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    content = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(stream), stream)
    return raw_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content],
    )


def docx_letter() -> bytes:
    """Return a DOCX with a header, a list, a table, tracked changes, a content control and a nested table."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "RUNNING HEADER"
    document.sections[0].footer.paragraphs[0].text = "RUNNING FOOTER"
    document.add_paragraph("Ministry of Foreign Affairs of Ostrava Minor")
    document.add_paragraph("The ferry sailed on 3 May 1931.", style="List Number")
    document.add_paragraph("It did not return.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Date", "Event", "4 May 1931", "Search begun"),
        strict=True,
    ):
        cell.text = text
    nested = table.cell(1, 1).add_table(rows=1, cols=1)
    nested.cell(0, 0).text = "off the cape"
    changed = document.add_paragraph("The search lasted ")
    changed._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>two</w:delText></w:r></w:del>"),
    )
    changed._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>nine</w:t></w:r></w:ins>"))
    changed.add_run(" days.")
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    inside = document.add_paragraph("Given under seal.")._p
    control.append(content)
    inside.addprevious(control)
    content.append(inside)
    return saved(document)


def saved(document: object) -> bytes:
    """Return the bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return a zip with parts under ``word/``; ``document`` is ``word/document.xml``."""
    return packed({f"word/{name}.xml": data for name, data in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip with parts under their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return out.getvalue()


def word_xml(body: str, head: str = "") -> bytes:
    """Return the main part of a DOCX with this body, after a head such as a document type."""
    return (
        f'<?xml version="1.0"?>{head}<w:document {WORD_PARTS}><w:body>{body}</w:body></w:document>'.encode()
    )


def overlapping_archive() -> bytes:
    """Return a zip whose central records all point at one member, and promise more than there is."""
    whole = archive(document=word_xml("<w:p><w:r><w:t>One.</w:t></w:r></w:p>"))
    end = whole.rindex(b"PK\x05\x06")
    central = whole.rindex(b"PK\x01\x02", 0, end)
    record = whole[central:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(record) * 500, central, 0)
    return whole[:central] + record * 500 + tail
