"""``manage.py make_demo``: a made-up dossier of any size, to try the timeline out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from documents.models import Dossier, Letter, Passage
from timeline.demo import store
from timeline.models import Claim, ClaimCount, ClaimFacet, Voice
from timeline.templatetags.claims import plural

WRITTEN = (Letter, Passage, Claim, Voice, ClaimCount, ClaimFacet)


class Command(BaseCommand):
    help = "Make a published dossier of made-up claims between twelve fictional parties, 1990 to 2024."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claims", type=int, default=20_000, help="how many (default 20000)")
        parser.add_argument("--slug", default="demo", help="the dossier's address (default demo)")
        parser.add_argument("--seed", type=int, default=20241, help="the same seed gives the same claims")

    def handle(self, *args: Any, **options: Any) -> None:
        slug: str = options["slug"]
        count: int = options["claims"]
        if count < 1:
            raise CommandError("--claims is a number of at least 1.")
        if Dossier.objects.filter(slug=slug).exists():
            raise CommandError(f"There is a dossier {slug} already. Take another --slug.")
        with transaction.atomic():
            store(slug, f"Demonstration, {plural(count, 'claim')}", count, options["seed"])
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            # So many new rows at once are not known to the planner, nor to an index that is to answer alone.
            tables = ", ".join(model._meta.db_table for model in WRITTEN)
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM (ANALYZE) {tables}")
        self.stdout.write(f"/dossiers/{slug}/: {plural(count, 'claim')}")
