"""A DOCX: its paragraphs in order, tables, insertions and content controls included, headers and footers not."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from .child import CannotRead

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {_W + tag for tag in ("del", "moveFrom", "instrText", "footnoteReference", "pict", "drawing")}
_MOST_UNFOLDED = 100 * 2**20


def read_docx(data: bytes, most_characters: int) -> dict[str, Any]:
    """Return one block of text and remarks; raises CannotRead."""
    body = etree.fromstring(_document_xml(data), _parser()).find(_W + "body")
    if body is None:
        raise CannotRead("damaged")
    paragraphs: list[str] = []
    total = 0
    for paragraph in body.iter(_W + "p"):
        if any(parent.tag == _W + "p" for parent in paragraph.iterancestors()):
            continue
        text = _text(paragraph).strip()
        total += len(text)
        if total > most_characters:
            raise CannotRead("bomb")
        if text:
            paragraphs.append(text)
    return {"blocks": [(None, "\n\n".join(paragraphs))], "remarks": []}


def _document_xml(data: bytes) -> bytes:
    """Return the main part of the archive; stops reading at the limit, whatever the archive says of its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "EncryptedPackage" in archive.namelist():
                raise CannotRead("encrypted")
            with archive.open("word/document.xml") as part:
                xml = part.read(_MOST_UNFOLDED + 1)
    except KeyError:
        raise CannotRead("not docx") from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise CannotRead("damaged") from None
    except Exception as error:  # zlib.error has no public base class but Exception
        raise CannotRead(str(error) if isinstance(error, CannotRead) else "damaged") from None
    if len(xml) > _MOST_UNFOLDED:
        raise CannotRead("bomb")
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise CannotRead("entities")
    try:
        etree.fromstring(xml, _parser())
    except etree.XMLSyntaxError:
        raise CannotRead("damaged") from None
    return xml


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)


def _text(node: Any) -> str:
    """Return the text of a paragraph; what was struck out by a tracked change is left out."""
    pieces: list[str] = []
    for element in node.iter():
        if any(parent.tag in _SKIPPED for parent in element.iterancestors()):
            continue
        if element.tag == _W + "t":
            pieces.append(element.text or "")
        elif element.tag == _W + "tab":
            pieces.append("\t")
        elif element.tag in (_W + "br", _W + "cr"):
            pieces.append("\n")
        elif element.tag == _W + "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)
