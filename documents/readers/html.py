"""A page of HTML: what it shows as text, block by block; scripts, styles and hidden parts are left out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from .child import CannotRead
from .plain import guessed

_HIDDEN = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "nav",
    "select",
    "button",
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
    *(
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
    ),
    *("li", "main", "ol", "p", "pre", "section", "table", "ul"),
}
_CELLS = {"td", "th"}
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.ASCII)


def read_html(data: bytes, most_characters: int) -> dict[str, Any]:
    """Return one block of text and remarks; raises CannotRead."""
    declared = _CHARSET.search(data[:4096])
    text, encoding = guessed(data, declared[1].decode("ascii") if declared else None)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    # What is nested too deeply is cut off by the parser, and a letter is not to be stored in part.
    if root is None or any("depth" in error.message for error in parser.error_log):
        raise CannotRead("damaged")
    paragraphs = _paragraphs(root)
    joined = "\n\n".join(paragraphs)
    if len(joined) > most_characters:
        raise CannotRead("too much")
    remarks = (
        [] if declared or encoding == "utf-8" else [f"The encoding was not stated; {encoding} was assumed."]
    )
    return {"blocks": [(None, joined)], "pages": None, "remarks": remarks}


def _paragraphs(root: Any) -> list[str]:
    """Walk the tree without recursion: text between two edges of blocks is a paragraph."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_hidden = tag in _HIDDEN or element.get("hidden") is not None
        if event == "start":
            hidden += is_hidden
            if not hidden:
                pieces += [_edge(tag), _blanked(element.text)]
        else:
            if not hidden:
                pieces.append(_closing(element, tag))
            hidden -= is_hidden
            if not hidden:
                pieces.append(_blanked(element.tail))
    whole = re.sub(r"[^\S\f\v]+", " ", "".join(pieces))
    found = (re.sub(r" ?\v ?", "\n", part).strip(" |\n") for part in whole.split("\f"))
    return [part for part in found if part]


def _blanked(text: str | None) -> str:
    """Return text without the form feeds and tabs that mark edges here."""
    return re.sub(r"[\f\v]", " ", text or "")


def _edge(tag: str) -> str:
    return "\f" if tag in _BLOCKS else "\v" if tag == "br" else ""


def _closing(element: Any, tag: str) -> str:
    if tag in _CELLS:
        return " | " if element.getnext() is not None else ""
    return "\v" if tag == "tr" else "\f" if tag in _BLOCKS else ""
