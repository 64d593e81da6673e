"""``manage.py serve``: everything a newcomer needs, then the site on localhost."""

from __future__ import annotations

import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migrate, load the sample letters once, create a development curator, serve on localhost."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on localhost (default 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        refuse_taken_port(port)
        call_command("migrate", verbosity=0)
        call_command("load_samples")
        call_command("create_dev_curator")
        self.stdout.write(f"\nClaimline is at http://localhost:{port}/   (stop it with Ctrl-C)\n")
        call_command("runserver", f"localhost:{port}", use_reloader=False, verbosity=0)


def refuse_taken_port(port: int) -> None:
    """Raise CommandError with what to do where something else already listens on localhost."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(
                f"Port {port} needs rights you do not have. Take one above 1023: make run PORT=8001"
            ) from None
        except OSError:
            raise CommandError(
                f"Port {port} is taken by another program. Take another: make run PORT={port + 1}"
            ) from None
