"""The child process that parses one untrusted file: bytes on standard input, JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any


class CannotRead(Exception):
    """The file gives no text; the argument is a code that ``sandbox`` turns into a sentence."""


def main(format_: str, order: str) -> None:
    """Set the limits, then import the parser, then parse.

    ``order``: bytes of memory, seconds of processor time, pages and code points at most.
    """
    memory, seconds, pages, characters = map(int, order.split())
    _limit(memory, seconds)
    sys.stdout.write(json.dumps(_answer(format_, sys.stdin.buffer.read(), pages, characters)))


def draw(order: str) -> None:
    """Set the limits, then write a page of a PDF as width, height (32 bits each) and a byte of grey a pixel.

    ``order``: bytes of memory, seconds of processor time, the page (from 1), pixels wide, pixels high at
    most. Standard input is a line of JSON, the sentence to mark and the words before and after it by which
    its place is told apart, then the file. Whatever fails ends the process with another status than nought.
    """
    memory, seconds, page, width, highest = map(int, order.split())
    _limit(memory, seconds)
    from documents.readers.pdf import draw_page

    sentence, before, after = json.loads(sys.stdin.buffer.readline())
    wide, high, grey = draw_page(sys.stdin.buffer.read(), page, width, highest, sentence, before, after)
    sys.stdout.buffer.write(wide.to_bytes(4, "big") + high.to_bytes(4, "big") + grey)


def _limit(memory: int, seconds: int) -> None:
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))


def _answer(format_: str, data: bytes, pages: int, characters: int) -> dict[str, Any]:
    try:
        if format_ == "pdf":
            from documents.readers.pdf import read_pdf

            return read_pdf(data, pages, characters)
        if format_ == "html":
            from documents.readers.html import read_html

            return read_html(data, characters)
        from documents.readers.docx import read_docx

        return read_docx(data, characters)
    except CannotRead as error:
        return {"error": str(error)}
    except (MemoryError, ImportError):
        # A library that no longer fits into the memory allowed fails as an import.
        return {"error": "resources"}
    except Exception:
        # A parser may fail on hostile bytes in ways of its own; what it means for the person is the same.
        return {"error": "damaged"}
