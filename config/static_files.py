"""How scripts and style sheets are served in production: by names that hold their hash, without comments.

Modules import each other by such names too, so that a browser keeps each file for ever and fetches it once.
Those that the timeline needs at once are one file, and a sheet that only imports is one: see ``bundling``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.bundling import bundled, filled

# Comments that stand on lines of their own, and what a line is set in by. No string of ours runs over lines.
COMMENT_LINES = re.compile(rb"^[ \t]*(?://[^\n]*\n|/\*.*?\*/[ \t]*\n)", re.MULTILINE | re.DOTALL)
# What stands behind a statement, where nothing before it on its line could be a string or a pattern.
TAILS = re.compile(rb"^([^'\"`/\n]*[;,{}()]) +// [^\n]*$", re.MULTILINE)
INDENTS = re.compile(rb"^[ \t]+", re.MULTILINE)
# In a style sheet: a string, or the blanks that only set it out.
BLANKS = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};])\s*|([:,])\s+""")
OURS = ("js/", "css/")
BUNDLED = "js/timeline/"


def slimmed(source: bytes) -> bytes:
    """Return a script or style sheet of ours without what only speaks to its readers."""
    return INDENTS.sub(b"", TAILS.sub(rb"\1", COMMENT_LINES.sub(b"", source)))


def tightened(sheet: str) -> str:
    """Return a style sheet without the blanks that only set it out."""
    return BLANKS.sub(lambda found: "".join(filter(None, found.groups())), sheet).replace(";}", "}")


class Changed:
    """A place that files are collected from, giving one of them changed."""

    def __init__(self, source: Storage, text: str) -> None:
        self.source, self.text = source, text

    def open(self, path: str) -> ContentFile:
        """Return the changed file, whatever stands there."""
        return ContentFile(self.text.encode())


def of_production(read: Callable[[str], bytes], names: list[str]) -> dict[str, str]:
    """Return {name: text} of our scripts and sheets as production serves them; ``read`` gives a source."""
    texts = {name: slimmed(read(name)).decode() for name in names if name.startswith(OURS)}
    modules = {name.removeprefix(BUNDLED): text for name, text in texts.items() if name.startswith(BUNDLED)}
    if "main.js" in modules:
        whole = bundled(modules, "shared.js", "main.js")
        texts |= {BUNDLED + name: text for name, text in whole.items()}
    for name in names:
        if name.startswith("css/"):
            beside = PurePosixPath(name).parent
            whole_sheet = filled(texts[name], lambda other, at=beside: texts[str(at / other)])
            texts[name] = tightened(whole_sheet)
    return texts


class SlimModules(CompressedManifestStaticFilesStorage):
    """Hashed names in imports as well, and our own files slimmed and put together before they are hashed."""

    support_js_module_import_aggregation = True
    # Of our own modules only: others' scripts speak of imports in their comments.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        HashedFilesMixin._js_module_import_aggregation_patterns[1],
    )
    # A module's hash waits for those of what it imports: as many rounds as imports lie one behind another.
    max_post_process_passes = 30

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Any:
        """Go on as usual with our own files as production serves them."""

        def read(name: str) -> bytes:
            source, path = paths[name]
            with source.open(path) as file:
                return bytes(file.read())

        ours = [name for name in paths if name.startswith(OURS) and name.endswith((".js", ".css"))]
        texts = of_production(read, ours)
        changed = {
            name: (Changed(source, texts[name]) if name in texts else source, path)
            for name, (source, path) in paths.items()
        }
        return super().post_process(changed, *args, **options)
