"""PDF, DOCX and HTML: the words in order, the pages, and what is left out."""

from __future__ import annotations

from documents.readers import read_bytes

from .builders import archive, docx_letter, drawn_pdf, packed, pdf, word_xml

FIRST = (
    "The Government of Ostrava Minor recalls that the ferry left Vellport on 3 May 1931 with nine passengers "
    "and that it was seen off the cape towards noon by the keeper of the light"
)
SECOND = "and by two fishermen of the village. The search was begun on 4 May 1931."


def texts(data: bytes, name: str) -> list[str]:
    read = read_bytes(data, name)
    return [read.text[p.start : p.end] for p in read.passages]


def test_pdf_joins_lines_and_keeps_the_page_of_each_passage() -> None:
    read = read_bytes(pdf([[FIRST + "."], [SECOND]]), "letter.pdf")
    assert read.pages == 2
    assert [(p.number, p.page) for p in read.passages] == [(1, 1), (2, 2)]
    assert read.text == f"{FIRST}.\n\n{SECOND}"


def test_pdf_sentence_over_a_page_end_stays_whole() -> None:
    read = read_bytes(pdf([[FIRST], [SECOND]]), "letter.pdf")
    assert read.text == f"{FIRST} {SECOND}"
    assert [p.page for p in read.passages] == [1]


def test_pdf_leaves_out_running_lines_and_says_so() -> None:
    data = pdf([[FIRST + "."], [SECOND], ["Done."]], header="OM/1931/7", footer="page # of 3")
    read = read_bytes(data, "letter.pdf")
    assert "OM/1931/7" not in read.text
    assert "page" not in read.text
    assert read.remarks == ("Running headers and footers were left out: OM/1931/7; page 1 of 3.",)


def test_pdf_of_one_page_keeps_its_head() -> None:
    read = read_bytes(pdf([["Done."]], header="OM/1931/7"), "letter.pdf")
    assert read.text.startswith("OM/1931/7")
    assert read.remarks == ()


def test_pdf_leaves_out_the_number_of_a_page() -> None:
    line = "BT /F 12 Tf 60 {} Td ({}) Tj ET "
    data = drawn_pdf(line.format(700, "Seen."), line.format(700, "Done on") + line.format(60, "- 2 -"))
    read = read_bytes(data, "letter.pdf")
    assert read.text == "Seen.\n\nDone on"
    assert read.remarks == ("Running headers and footers were left out: - 2 -.",)


def test_pdf_keeps_other_numbers() -> None:
    line = "BT /F 12 Tf 60 {} Td ({}) Tj ET "
    data = drawn_pdf(line.format(700, "Seen."), line.format(700, "Done in") + line.format(60, "1931"))
    assert read_bytes(data, "letter.pdf").text.endswith("1931")


def test_pdf_keeps_the_lines_of_a_signature_and_columns() -> None:
    line = "BT /F 12 Tf {} {} Td ({}) Tj ET "
    page = (
        line.format(60, 760, "Ostrava Minor")
        + line.format(300, 760, "Vellport")
        + line.format(60, 746, "Harbour Board")
        + line.format(300, 746, "3 May 1931")
        + line.format(
            60, 600, "The ferry sailed at dawn with nine passengers and a crew of four, and was seen"
        )
        + line.format(60, 586, "off the cape.")
        + line.format(60, 500, "Anna Reve")
        + line.format(60, 486, "Harbour master")
    )
    assert texts(drawn_pdf(page), "letter.pdf") == [
        "Ostrava Minor    Vellport\nHarbour Board    3 May 1931",
        "The ferry sailed at dawn with nine passengers and a crew of four, and was seen off the cape.",
        "Anna Reve\nHarbour master",
    ]


def test_pdf_joins_a_broken_word_and_keeps_a_true_hyphen() -> None:
    lines = "BT /F 12 Tf 60 700 Td (The pas-) Tj 0 -14 Td (senger came from Ost-) Tj 0 -14 Td (Vell.) Tj ET"
    assert texts(drawn_pdf(lines), "letter.pdf") == ["The passenger came from Ost- Vell."]


def test_pdf_names_pages_without_text() -> None:
    read = read_bytes(drawn_pdf("BT /F 12 Tf 60 700 Td (Seen.) Tj ET", "0 0 10 10 re f"), "letter.pdf")
    assert read.pages == 2
    assert read.remarks == ("Pages without text, blank or pictures: 2.",)


def test_docx_keeps_lists_tables_insertions_and_controls() -> None:
    assert texts(docx_letter(), "letter.docx") == [
        "Ministry of Foreign Affairs of Ostrava Minor",
        "1. The ferry sailed on 3 May 1931.",
        "2. It did not return.",
        "Date | Event\n4 May 1931 | Search begun off the cape",
        "The search lasted nine days.",
        "Given under seal.",
    ]


def test_docx_puts_footnotes_at_the_end() -> None:
    note = (
        '<w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>Log.</w:t></w:r></w:p>'
    )
    notes = word_xml(note + "</w:footnote>")
    data = archive(document=word_xml("<w:p><w:r><w:t>Seen at noon.</w:t></w:r></w:p>"), footnotes=notes)
    read = read_bytes(data, "letter.docx")
    assert read.text == "Seen at noon.\n\n1 Log."
    assert read.remarks == ("Footnotes were put at the end of the text.",)


def test_docx_numbers_by_level_and_form() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, 4, "upperRoman", "%1.") + level.format(1, 1, "lowerLetter", "(%1.%2)")
    numbering = word_xml(
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        "<w:r><w:t>item</w:t></w:r></w:p>"
    )
    body = "".join(item.format(depth) for depth in (0, 1, 1, 0, 1))
    data = archive(document=word_xml(body), numbering=numbering)
    assert [t.removesuffix(" item") for t in texts(data, "letter.docx")] == [
        "IV.",
        "(IV.a)",
        "(IV.b)",
        "V.",
        "(V.a)",
    ]


def test_docx_is_read_where_its_archive_says_and_in_strict_form() -> None:
    relation = '<Relationship Type="http://example.org/officeDocument" Target="/word/document2.xml"/>'
    document = word_xml("<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = packed(
        {
            "_rels/.rels": f"<Relationships>{relation}</Relationships>".encode(),
            "word/document2.xml": document,
        }
    )
    assert texts(data, "letter.docx") == ["Seen."]


def test_html_reads_blocks_and_nothing_hidden() -> None:
    page = """<!DOCTYPE html><html><head><title>No</title><style>p{}</style></head><body>
      <p>The ferry sailed on 3<b>&nbsp;May</b> 1931.<br>It did not
      return.</p><script>document.write("no")</script><div hidden>no</div>
      <table><tr><td>4 May</td><td>Search</td></tr><tr><td>5 May</td><td>End</td></tr></table>
      After.</body></html>"""
    assert texts(page.encode(), "letter.html") == [
        "The ferry sailed on 3 May 1931.\nIt did not return.",
        "4 May | Search\n5 May | End",
        "After.",
    ]


def test_html_takes_the_encoding_that_it_declares() -> None:
    page = '<html><meta charset="iso-8859-15"><p>août 1931</p></html>'.encode("iso-8859-15")
    assert texts(page, "letter.htm") == ["août 1931"]
