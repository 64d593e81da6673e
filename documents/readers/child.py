"""The child process that parses one untrusted file: bytes on standard input, JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys


class CannotRead(Exception):
    """The file gives no text; the argument is a code that ``sandbox`` turns into a sentence."""


def main(format_: str, order: str) -> None:
    """Set the limits, then import the parser, then parse."""
    memory, seconds, pages, characters = map(int, order.split())
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        if format_ == "pdf":
            from documents.readers.pdf import read_pdf

            answer = read_pdf(data, pages)
        else:
            from documents.readers.docx import read_docx

            answer = read_docx(data, characters)
    except CannotRead as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))
