"""``manage.py flush``: empties the whole database, the log of decisions with it."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from timeline import density_triggers, facet_triggers, history_guard


class Command(flush.Command):
    help = "Remove ALL data from the database, the log of decisions included."

    def handle(self, **options: Any) -> None:
        history_guard.lift(options["database"])
        try:
            super().handle(**options)
        finally:
            history_guard.install(options["database"])
            # SQLite empties table by table: claims that go after their counts would be taken off again.
            density_triggers.rebuild(options["database"])
            facet_triggers.rebuild(options["database"])
