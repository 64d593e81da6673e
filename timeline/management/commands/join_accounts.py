"""``manage.py join_accounts``: claims that tell of one act become its accounts, a JSON line a dossier."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from timeline.event_recording import record_events
from timeline.management.dossiers import chosen_dossiers


class Command(BaseCommand):
    help = "Join the claims of each dossier that tell of one act. What a person decided stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", metavar="SLUG", help="only this dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        for dossier in chosen_dossiers(options["dossier"]):
            line = {"dossier": dossier.slug, **asdict(record_events(dossier))}
            self.stdout.write(json.dumps(line, ensure_ascii=False))
