"""``manage.py read_files``: the stored files read again, by a newer reader, a JSON line a letter."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from documents.models import Letter
from documents.readers import UnreadableFile
from timeline.management.dossiers import chosen_dossiers
from timeline.rereading import reread_file


class Command(BaseCommand):
    help = "Read the files of a dossier, or of all, again. What a person decided keeps its words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", metavar="SLUG", help="only this dossier")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dossiers = chosen_dossiers(options["dossier"])
        # One letter in memory at a time, and one transaction each: safe to stop at any moment.
        letters = Letter.objects.filter(dossier__in=dossiers).exclude(file=None).order_by("dossier", "pk")
        for key in letters.values_list("pk", flat=True):
            letter = Letter.objects.select_related("dossier", "file").get(pk=key)
            line: dict[str, Any] = {"letter": letter.public_id, "file": letter.file_name}
            try:
                done = reread_file(letter, dry_run=options["dry_run"])
            except UnreadableFile as error:
                self.stderr.write(str(error))
                continue
            line |= {"changed": done.changed, "placed": done.placed, "detached": done.detached}
            if done.report:
                line |= {"added": done.report.added, "updated": done.report.updated}
            self.stdout.write(json.dumps(line, ensure_ascii=False))
