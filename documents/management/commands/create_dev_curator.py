"""``manage.py create_dev_curator``: somebody to log in as on one's own machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from documents.models import Dossier, Membership
from documents.samples import sample_folders, slug_of

NAME = "curator"
# Known to everybody, therefore only ever set where DEBUG is on.
PASSWORD = "claimline"  # noqa: S105


class Command(BaseCommand):
    help = "Create the development curator, owner of the sample dossiers, and say how to log in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The development curator has a known password and is for one's own machine. "
                "Elsewhere: manage.py createsuperuser"
            )
        user = create_dev_curator()
        known = user.check_password(PASSWORD)
        password = f"password “{PASSWORD}”" if known else "with the password that was set for it"
        self.stdout.write(f"Log in as “{user.get_username()}”, {password}.")


@transaction.atomic
def create_dev_curator() -> User:
    """Return the development curator, made on first use, as an owner of the sample dossiers."""
    user, made = User.objects.get_or_create(username=NAME, defaults={"is_staff": True})
    if made:
        user.set_password(PASSWORD)
        user.save()
    slugs = [slug_of(folder) for folder in sample_folders(settings.SAMPLES_DIR)]
    for dossier in Dossier.objects.filter(slug__in=slugs):
        Membership.objects.get_or_create(dossier=dossier, user=user, defaults={"role": Membership.Role.OWNER})
    return user
