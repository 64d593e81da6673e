"""Untrusted formats are parsed in a child process under limits; what it says is checked again here.

The child gets the bytes on standard input and answers in JSON: blocks of (page, text), the number of pages,
where they begin within blocks, and remarks, or the code of what is wrong. It has no environment, an empty
folder, limits of memory and of processor time, and may write no file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .limits import Limits, UnreadableFile
from .passages import Blocks, Read

_ROOT = Path(__file__).resolve().parents[2]
_SENTENCES = {
    "encrypted": "It is protected by a password. Save it without one and add it again.",
    "pictures": (
        "The pages are pictures without text. Run text recognition and add it again, or paste the text."
    ),
    "damaged": "The file is damaged. Open it, save it anew and add it again, or paste the text.",
    "pages": "It has more pages than can be read at once. Split it.",
    "not docx": "This archive is no DOCX. Save the letter as DOCX, PDF or text, or paste it.",
    "too much": "It unfolds to far more than a letter holds. Save it anew, or paste the text.",
    "entities": "It declares entities, which no letter needs. Save it anew, or paste the text.",
    "resources": "It asks for more memory or time than a letter needs. Split it, or paste the text.",
}


def read_in_child(format_: str, data: bytes, name: str, limits: Limits) -> Read:
    """Return what a file of a format says; raises UnreadableFile with a sentence about it."""
    order = f"{limits.memory} {limits.processor_seconds} {limits.pages} {limits.characters}"
    program = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
        f"from documents.readers.child import main; main({format_!r}, {order!r})"
    )
    # A code point is at most twelve characters of JSON; the rest is for remarks and page numbers.
    most = limits.characters * 12 + 2**20
    with tempfile.TemporaryDirectory() as empty, _started(program, data, empty, limits) as child:
        output = child.stdout.read(most + 1) if child.stdout else b""
        if len(output) > most:
            raise UnreadableFile(f"{name}: not stored. {_SENTENCES['too much']}")
        status = child.wait()
    return _checked(output, status, name)


@contextmanager
def _started(program: str, data: bytes, folder: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a running child that is fed the bytes; on leaving, and when its time is up, it is ended."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={},
        start_new_session=True,
    )
    feeder = threading.Thread(target=_feed, args=(child, data), daemon=True)
    timer = threading.Timer(limits.wall_seconds, _end, args=(child,))
    feeder.start()
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        _end(child)
        child.wait()
        feeder.join()
        if child.stdout:
            child.stdout.close()


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    # A child that gives up early closes its end; its answer says why.
    with suppress(BrokenPipeError, OSError):
        if child.stdin:
            child.stdin.write(data)
            child.stdin.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _checked(output: bytes, status: int, name: str) -> Read:
    """Return the child's answer in the types promised, whatever it sent; raises UnreadableFile."""
    if status != 0:
        raise UnreadableFile(f"{name}: not stored. {_SENTENCES['resources']}")
    try:
        answer: Any = json.loads(output)
        if "error" in answer:
            raise UnreadableFile(f"{name}: not stored. {_SENTENCES[answer['error']]}")
        blocks: Blocks = [(None if page is None else int(page), str(text)) for page, text in answer["blocks"]]
        pages = None if answer["pages"] is None else int(answer["pages"])
        turns = tuple((int(block), int(at), int(page)) for block, at, page in answer.get("turns", ()))
        return Read(blocks, tuple(str(remark) for remark in answer["remarks"]), pages, turns)
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(f"{name}: not stored. {_SENTENCES['damaged']}") from None
