"""``manage.py load_samples``: the sample dossiers, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.samples import BrokenSample, load_dossier, sample_folders


class Command(BaseCommand):
    help = "Load the sample dossiers: each once, read as any letter is. A folder of one's own by --from."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.SAMPLES_DIR, help="where the folders lie"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in sample_folders(options["root"]):
            try:
                loaded = load_dossier(folder)
            except BrokenSample as error:
                raise CommandError(str(error)) from error
            if loaded:
                self.stdout.write(
                    f"Loaded “{loaded.dossier}”: {loaded.letters} letters, {loaded.claims} dated claims."
                )
