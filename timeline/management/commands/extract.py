"""``manage.py extract``: whole dossiers read again for their claims, a JSON line a letter."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from documents.models import Letter
from documents.registry import registry_of
from timeline.management.dossiers import chosen_dossiers
from timeline.recording import Change, RecordingReport, record_letter


class Command(BaseCommand):
    help = "Read the letters of a dossier, or of all, again. What a person decided stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", metavar="SLUG", help="only this dossier")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        for dossier in chosen_dossiers(options["dossier"]):
            registry = registry_of(dossier)
            # One letter in memory at a time, and one transaction each: safe to stop at any moment.
            for key in Letter.objects.in_dossier(dossier).by_own_date().values_list("pk", flat=True):
                letter = Letter.objects.select_related("dossier").get(pk=key)
                report = record_letter(letter, registry, dry_run=options["dry_run"])
                self.stdout.write(json.dumps(line_of(letter, report), ensure_ascii=False))


def line_of(letter: Letter, report: RecordingReport) -> dict[str, Any]:
    """Return what is printed of one letter."""
    return {
        "letter": letter.public_id,
        "file": letter.file_name,
        "found": report.found,
        "added": report.added,
        "updated": report.updated,
        "withdrawn": report.withdrawn,
        "changes": [change_of(change) for change in report.changes],
    }


def change_of(change: Change) -> dict[str, Any]:
    """Return a change as it is printed; ``kept``: a person's decision stands against it."""
    shown = {n: pair for n, pair in change.fields.items() if n not in ("rules", "reasoning")}
    return {"kind": change.kind, "quote": change.quote, "kept": change.kept, "fields": shown}
