"""``manage.py verify_history``: whether every dossier's log of decisions is whole, a JSON line a dossier."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import history_guard
from timeline.history import head, verify
from timeline.models import Decision


class Command(BaseCommand):
    help = (
        "Check the chain of hashes of every dossier's log. Keep the heads that it prints elsewhere: a chain "
        "alone does not show that all of it was rewritten; --expect compares with a head that was kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", type=int, action="append", help="only the dossier with this key")
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="DOSSIER:NUMBER:HASH",
            help="a head printed earlier, which must still stand in the chain",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        keys = options["dossier"] or sorted(
            Decision.objects.order_by().values_list("dossier_id", flat=True).distinct()
        )
        for key in keys:
            found = list(verify(key))
            faults += len(found)
            number, digest = head(key)
            self.stdout.write(
                json.dumps({"dossier": key, "entries": number, "head": digest, "whole": not found})
            )
            for fault in found:
                self.stderr.write(f"Dossier {key}: {fault.message}")
        faults += sum(self._missing(kept) for kept in options["expect"])
        if not history_guard.stands():
            faults += 1
            self.stderr.write("The log is not guarded against changes. Run: manage.py migrate")
        if faults:
            raise CommandError(f"The history does not hold: {faults} {'fault' if faults == 1 else 'faults'}.")

    def _missing(self, kept: str) -> bool:
        try:
            dossier, number, digest = kept.split(":")
            place = {"dossier_id": int(dossier), "number": int(number)}
        except ValueError:
            raise CommandError(f"“{kept}” is not DOSSIER:NUMBER:HASH.") from None
        if Decision.objects.filter(**place, hash=digest).exists():
            return False
        self.stderr.write(f"Dossier {dossier}: entry {number} is not the one whose hash was kept.")
        return True
