"""A page of a PDF as a picture, for who compares a claim with what came in.

The file is drawn in a child process under limits, as it was read. The child gives width, height and grey
values, nothing else; they are checked and made a PNG here, so that no byte of the file reaches a browser.
"""

from __future__ import annotations

import json
import struct
import tempfile
import zlib

from .limits import DEFAULT, Limits, UnreadableFile
from .sandbox import _ROOT, _started

# Pixels: as wide as a page is drawn, and as high as it may be.
WIDTH = 1100
HIGHEST = 4000
_FAILED = "This page cannot be drawn."
_HEAD = struct.Struct(">II")
# Code points of a sentence, and of what stands before it, by which it is found.
_LONGEST = 4000
# Red, green and blue of the marker, on which black keeps its contrast.
_MARKER = (255, 214, 92)


def _shade(value: int) -> bytes:
    """Return a colour of the palette: white is 254 there, and 255 where it is marked."""
    grey = (value & 254) * 255 // 254
    return bytes(grey * part // 255 for part in _MARKER) if value & 1 else bytes((grey,) * 3)


_PALETTE = b"".join(map(_shade, range(256)))


def page_picture(
    data: bytes,
    page: int,
    sentence: str = "",
    before: str = "",
    after: str = "",
    *,
    limits: Limits = DEFAULT,
) -> bytes:
    """Return page ``page`` (from 1) of a PDF as a PNG in grey; raises UnreadableFile where there is none.

    ``sentence`` is marked on it, told apart by the words ``before`` and ``after`` it; where its place is not
    sure, nothing is.
    """
    # Words of a letter go with its bytes: a command line can be read by everyone on the machine.
    words = json.dumps([sentence[:_LONGEST], before[-_LONGEST:], after[:_LONGEST]]).encode() + b"\n"
    order = f"{limits.memory} {limits.processor_seconds} {page} {WIDTH} {HIGHEST}"
    program = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
        f"from documents.readers.child import draw; draw({order!r})"
    )
    most = _HEAD.size + WIDTH * HIGHEST
    with tempfile.TemporaryDirectory() as empty, _started(program, words + data, empty, limits) as child:
        drawn = child.stdout.read(most + 1) if child.stdout else b""
        if len(drawn) > most or child.wait() != 0 or len(drawn) < _HEAD.size:
            raise UnreadableFile(_FAILED)
    width, height = _HEAD.unpack_from(drawn)
    if not (0 < width <= WIDTH and 0 < height <= HIGHEST and len(drawn) == _HEAD.size + width * height):
        raise UnreadableFile(_FAILED)
    return as_png(width, height, drawn[_HEAD.size :])


def as_png(width: int, height: int, grey: bytes) -> bytes:
    """Return grey values, a byte a pixel, as a PNG (ISO/IEC 15948: 8 bit, no filter).

    Of the palette's colours the even ones are grey, the odd ones the same grey under a marker.
    """
    rows = b"".join(b"\0" + grey[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
