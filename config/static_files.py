"""How scripts and style sheets are served in production: by names that hold their hash, without comments.

Modules import each other by such names too, so that a browser keeps each file for ever and fetches it once.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Comments that stand on lines of their own, and what a line is set in by. No string of ours runs over lines.
COMMENT_LINES = re.compile(rb"^[ \t]*(?://[^\n]*\n|/\*.*?\*/[ \t]*\n)", re.MULTILINE | re.DOTALL)
INDENTS = re.compile(rb"^[ \t]+", re.MULTILINE)
OURS = ("js/", "css/")


def slimmed(source: bytes) -> bytes:
    """Return a script or style sheet of ours without the lines that only speak to its readers."""
    return INDENTS.sub(b"", COMMENT_LINES.sub(b"", source))


class Slim:
    """A place that files are collected from, giving them slimmed."""

    def __init__(self, source: Storage) -> None:
        self.source = source

    def open(self, path: str) -> ContentFile:
        """Return the file at a path without what only speaks to its readers."""
        with self.source.open(path) as file:
            return ContentFile(slimmed(file.read()))


class SlimModules(CompressedManifestStaticFilesStorage):
    """Hashed names in imports as well, and our own files slimmed before they are hashed."""

    support_js_module_import_aggregation = True
    # Of our own modules only: others' scripts speak of imports in their comments.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        HashedFilesMixin._js_module_import_aggregation_patterns[1],
    )
    # A module's hash waits for those of what it imports: as many rounds as imports lie one behind another.
    max_post_process_passes = 30

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Any:
        """Go on as usual with our own files slimmed."""
        slim = {
            name: (Slim(source) if name.startswith(OURS) else source, path)
            for name, (source, path) in paths.items()
        }
        return super().post_process(slim, *args, **options)
