"""``manage.py serve``: everything a newcomer needs, then the site on localhost."""

from __future__ import annotations

import io
import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migrate, load the sample letters once, create a development curator, serve on localhost."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on localhost (default 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        if not settings.DEBUG:
            raise CommandError("serve is for one's own machine. Elsewhere: gunicorn config.wsgi")
        refuse_taken_port(port)
        # Errors stop here; what is only worth knowing is `manage.py check`'s to say.
        call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
        call_command("migrate", verbosity=0)
        call_command("load_samples", stdout=self.stdout)
        self.stdout.write(f"\nClaimline is at http://localhost:{port}/   (stop it with Ctrl-C)")
        call_command("create_dev_curator", stdout=self.stdout)
        os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
        call_command("runserver", f"localhost:{port}", use_reloader=False, verbosity=0, skip_checks=True)


def refuse_taken_port(port: int) -> None:
    """Raise CommandError with what to do where something else already listens on localhost."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} is no port. Take one from 1024 to 65535: make run PORT=8001")
    with socket.socket() as probe:
        # As the server itself binds: a port left a moment ago is free, one that is listened on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(
                f"Port {port} needs rights you do not have. Take one above 1023: make run PORT=8001"
            ) from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise CommandError(
                f"Port {port} is taken by another program. Take another: make run PORT={other}"
            ) from None
