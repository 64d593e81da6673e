"""A DOCX: its paragraphs in order with the numbers that Word gives them, tables, insertions, content controls
and text boxes included, footnotes at the end; headers, footers and what was struck out are not.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .child import CannotRead
from .numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What Word calls "Strict Open XML" differs by the name of its namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, *(W + tag for tag in ("del", "moveFrom", "instrText", "pPr", "rPr"))}
_MOST_UNFOLDED = 64 * 2**20
_FOOTNOTES = "Footnotes were put at the end of the text."


def read_docx(data: bytes, most_characters: int) -> dict[str, Any]:
    """Return one block of text and remarks; raises CannotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = _part(archive, _main_part(archive))
            numbering = Numbering(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
            notes = _part(archive, "word/footnotes.xml")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        raise CannotRead("damaged") from None
    if document is None:
        raise CannotRead("not docx")
    body = document.find(W + "body")
    if body is None:
        raise CannotRead("damaged")
    paragraphs: list[str] = []
    total = 0
    for paragraph in _blocks(body, numbering):
        total += len(paragraph)
        if total > most_characters:
            raise CannotRead("too much")
        paragraphs.append(paragraph)
    footnotes = list(_footnotes(notes))
    return {
        "blocks": [(None, "\n\n".join([*paragraphs, *footnotes]))],
        "pages": None,
        "remarks": [_FOOTNOTES] if footnotes else [],
    }


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the letter: as the archive says, else the usual one."""
    relations = _part(archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return a part of the archive as a tree, None where it has none.

    Reading stops at the limit, whatever the archive says of the size. Raises CannotRead.
    """
    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        xml = part.read(_MOST_UNFOLDED + 1)
    if len(xml) > _MOST_UNFOLDED:
        raise CannotRead("too much")
    xml = xml.replace(_STRICT, W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        # A document type is refused before its entities are; either way the letter needs none.
        raise CannotRead("entities" if b"<!ENTITY" in xml else "damaged") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotRead("entities")
    return root


def _blocks(node: Any, numbering: Numbering) -> Iterator[str]:
    """Yield paragraphs and tables in order; wrappers such as content controls are looked into."""
    for element in node:
        if element.tag == W + "p":
            text = numbering.label_of(element) + text_of(element).strip()
            if text.strip():
                yield text
        elif element.tag == W + "tbl":
            rows = "\n".join(_rows(element))
            if rows:
                yield rows
        elif element.tag not in _SKIPPED and isinstance(element.tag, str):
            yield from _blocks(element, numbering)


def _rows(table: Any) -> Iterator[str]:
    """Yield the rows of a table, cells parted by a bar; a table inside a cell becomes part of it."""
    for row in _nearest(table, W + "tr"):
        cells = [" ".join(text_of(cell).split()) for cell in _nearest(row, W + "tc")]
        if any(cells):
            yield " | ".join(cells)


def _nearest(node: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag below a node, none of those inside another of them."""
    stack = list(reversed(node))
    while stack:
        element = stack.pop()
        if element.tag == tag:
            yield element
        elif element.tag not in _SKIPPED:
            stack.extend(reversed(element))


def text_of(node: Any) -> str:
    """Return the text below a node; what a tracked change struck out is left out."""
    pieces: list[str] = []
    stack = [node]
    while stack:
        element = stack.pop()
        if element.tag in _SKIPPED:
            continue
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.tag == W + "tab":
            pieces.append("\t")
        elif element.tag in (W + "br", W + "cr"):
            pieces.append("\n")
        elif element.tag == W + "noBreakHyphen":
            pieces.append("-")
        elif element.tag == W + "p" and element is not node and pieces:
            pieces.append("\n")
        stack.extend(reversed(element))
    return "".join(pieces)


def _footnotes(root: Any) -> Iterator[str]:
    """Yield the footnotes with their numbers; the separators that Word keeps among them are left out."""
    if root is None:
        return
    number = 0
    for note in root.iter(W + "footnote"):
        if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        number += 1
        text = text_of(note).strip()
        if text:
            yield f"{number} {text}"
