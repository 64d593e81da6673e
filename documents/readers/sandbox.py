"""Untrusted formats are parsed in a child process under limits; what it says is checked again here.

The child gets the bytes on standard input and answers in JSON: blocks of (page, text) and remarks, or the code of
what is wrong. It has no environment, an empty folder, a limit of memory and of processor time, and may write no
file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .limits import Limits, UnreadableFile
from .passages import Blocks

_ROOT = Path(__file__).resolve().parents[2]
_SENTENCES = {
    "encrypted": "It is protected by a password. Save it without one and add it again.",
    "pictures": "The pages are pictures without text. Run text recognition and add it again, or paste the text.",
    "damaged": "The file is damaged. Open it, save it anew and add it again, or paste the text.",
    "pages": "It has more pages than can be read at once. Split it.",
    "not docx": "This archive is no DOCX. Save the letter as DOCX, PDF or text, or paste it.",
    "bomb": "It unfolds to far more than a letter holds. Save it anew, or paste the text.",
    "entities": "It declares entities, which no letter needs. Save it anew, or paste the text.",
}


def read_in_child(format_: str, data: bytes, name: str, limits: Limits) -> tuple[Blocks, tuple[str, ...]]:
    """Return the blocks and remarks of a file; raises UnreadableFile with a sentence about it."""
    order = f"{limits.memory} {limits.processor_seconds} {limits.pages} {limits.characters}"
    program = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
        f"from documents.readers.child import main; main({format_!r}, {order!r})"
    )
    with tempfile.TemporaryDirectory() as empty:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", program],
                input=data,
                capture_output=True,
                cwd=empty,
                env={},
                timeout=limits.wall_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableFile(
                f"{name}: not stored. Reading it took longer than {limits.wall_seconds} seconds. "
                "Split it, or paste the text."
            ) from None
    return _checked(done.stdout, done.returncode, name, limits)


def _checked(output: bytes, status: int, name: str, limits: Limits) -> tuple[Blocks, tuple[str, ...]]:
    if status != 0 or len(output) > limits.characters * 12 + 2**20:
        raise UnreadableFile(f"{name}: not stored. It asks for more memory or time than a letter needs. Paste the text.")
    try:
        answer: Any = json.loads(output)
        if "error" in answer:
            raise UnreadableFile(f"{name}: not stored. {_SENTENCES[answer['error']]}")
        blocks: Blocks = [(int(p) if p is not None else None, str(t)) for p, t in answer["blocks"]]
        return blocks, tuple(str(r) for r in answer["remarks"])
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(f"{name}: not stored. {_SENTENCES['damaged']}") from None
