"""What the ``find_*`` commands share: JSON lines from standard input or files to standard output.

One bad line stops nothing else: it is named on standard error by file and number. No database is touched.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class JsonLinesCommand(BaseCommand):
    """Reads objects line by line; subclasses say what each answers, or what all of them together do."""

    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", help="files of JSON lines; none: standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        self.prepare(options)
        failed = 0
        for place, line in self._lines(options["files"]):
            try:
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError("not an object")
                self.write(self.answer(record))
            except (ValueError, KeyError, TypeError) as error:
                failed += 1
                what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                self.stderr.write(f"{place}: {what}")
        self.finish()
        if failed:
            raise CommandError(f"{failed} {'line' if failed == 1 else 'lines'} could not be read.")

    def prepare(self, options: dict[str, Any]) -> None:
        """Take the options before the first line."""

    def answer(self, line: dict[str, Any]) -> dict[str, Any] | None:
        """Return what one line's object answers; None answers nothing yet."""
        raise CommandError("This command answers no lines.")

    def finish(self) -> None:
        """Write what can be said only after the last line."""

    def write(self, answer: dict[str, Any] | None) -> None:
        """Write one answer as a line of JSON."""
        if answer is not None:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _lines(self, files: list[str]) -> Iterator[tuple[str, str]]:
        if not files:
            yield from _numbered("standard input", sys.stdin)
        for name in files:
            try:
                with Path(name).open(encoding="utf-8") as file:
                    yield from _numbered(name, file)
            except OSError as error:
                self.stderr.write(f"{name}: {error.strerror}")


def _numbered(name: str, lines: Any) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{name}, line {number}", line
