"""``manage.py ingest``: letters from files and folders into a dossier, a JSON line a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from documents.ingest import IngestResult, ingest_bytes, join_accounts
from documents.models import Dossier

# What lies beside letters in a folder and is none: data and programs. Named itself, such a file is taken.
NO_LETTERS = frozenset(
    [
        ".css",
        ".csv",
        ".ini",
        ".js",
        ".json",
        ".jsonl",
        ".log",
        ".py",
        ".sh",
        ".sqlite3",
        ".toml",
        ".tsv",
        ".xml",
        ".yaml",
        ".yml",
    ]
)


class Command(BaseCommand):
    help = (
        "Take letters in: PATH are files or folders. Prints a JSON line a file: stored, duplicate, failed or "
        "(data and programs in a folder) skipped, and why. A dossier that is not there yet is made, private."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder with all in it")
        parser.add_argument("--dossier", required=True, metavar="SLUG", help="the dossier's address")
        parser.add_argument("--title", help="the title of a dossier that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["dossier"]
        if not slug or slugify(slug) != slug:
            raise CommandError(f"“{slug}” is no address: it has small letters, figures and hyphens only.")
        dossier, _ = Dossier.objects.get_or_create(
            slug=slug, defaults={"title": options["title"] or slug.replace("-", " ").capitalize()}
        )
        failed = 0
        for path, named in files_of(options["paths"]):
            if not named and path.suffix.lower() in NO_LETTERS:
                self.stdout.write(json.dumps(line_of_skipped(path), ensure_ascii=False))
                continue
            result = ingest_file(dossier, path)
            failed += result.status == "failed"
            self.stdout.write(json.dumps(line_of(path, result), ensure_ascii=False))
        join_accounts(dossier)
        if failed:
            raise CommandError(f"{failed} {'file was' if failed == 1 else 'files were'} not stored.")


def files_of(paths: list[str]) -> Iterator[tuple[Path, bool]]:
    """Yield the files named (True) and those in the folders named, without hidden ones, by name."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
            shown = sorted(p for p in inside if not any(x.startswith(".") for x in p.parts[1:]))
            yield from ((p, False) for p in shown)
        else:
            yield path, True


def ingest_file(dossier: Dossier, path: Path) -> IngestResult:
    """Store one file; whatever is amiss with it is said in the result and stops no other."""
    try:
        if path.stat().st_size > settings.CLAIMLINE_MAX_FILE_BYTES:
            most = settings.CLAIMLINE_MAX_FILE_BYTES // 2**20
            return IngestResult("failed", path.name, f"{path.name}: not stored. {most} MB is the most.")
        if not path.is_file():
            return IngestResult("failed", path.name, f"{path.name}: not stored. This is no file.")
        data = path.read_bytes()
    except OSError as error:
        return IngestResult("failed", path.name, f"{path.name}: not stored. {error.strerror}.")
    return ingest_bytes(dossier, data, path.name)


def line_of_skipped(path: Path) -> dict[str, Any]:
    """Return what is printed of a file in a folder that is no letter by its name."""
    message = (
        f"{path.name}: skipped, since {path.suffix} files hold no letters. Name it itself to take it in."
    )
    return {"path": str(path), "status": "skipped", "message": message}


def line_of(path: Path, result: IngestResult) -> dict[str, Any]:
    """Return what is printed of one file."""
    line: dict[str, Any] = {"path": str(path), "status": result.status, "message": result.message}
    if result.letter is not None:
        line["letter"] = result.letter.public_id
    if result.status == "stored":
        line["claims"] = result.claims
    return line
