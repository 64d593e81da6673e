"""``manage.py join_accounts``: claims that tell of one act become its accounts, a JSON line a dossier."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import Dossier
from timeline.event_recording import record_events


class Command(BaseCommand):
    help = "Join the claims of each dossier that tell of one act. What a person decided stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", metavar="SLUG", help="only this dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        dossiers = Dossier.objects.order_by("pk")
        if options["dossier"]:
            dossiers = dossiers.filter(slug=options["dossier"])
            if not dossiers.exists():
                raise CommandError(f"There is no dossier “{options['dossier']}”.")
        for dossier in dossiers:
            line = {"dossier": dossier.slug, **asdict(record_events(dossier))}
            self.stdout.write(json.dumps(line, ensure_ascii=False))
