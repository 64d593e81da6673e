"""The five measuring letters as PDF and DOCX: every word that is quoted from them must be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from documents.readers import read_bytes


def _blanked(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.yardstick
def test_every_quote_is_read(shared: Path) -> None:
    folder = shared / "letters-made"
    files = sorted((folder / "files").iterdir())
    assert files, f"{folder / 'files'} is empty"
    missing = []
    for path in files:
        text = _blanked(read_bytes(path.read_bytes(), path.name).text)
        gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        source = (folder / f"{path.stem}.txt").read_text(encoding="utf-8")
        for claim in gold["claims"]:
            quote = claim.get("quote") or source[claim["timex_start"] : claim["timex_end"]]
            if _blanked(quote) not in text:
                missing.append((path.name, quote))
    assert missing == []
