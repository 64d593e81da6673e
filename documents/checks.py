"""System checks: mistakes in data tables with file and place, and an SQLite whose WAL can lose pages.

``manage.py check`` runs them, and so does all that migrates or serves. Each has a stable number.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, register
from django.db import connections

from documents.parties import PartyRegistry
from documents.parties.loading import RegistryError


@register("data")
def data_tables_hold(app_configs: list[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """E001: a table under ``data/`` is no TOML; E002: a name is amiss; W002: a list repeats itself."""
    found: list[CheckMessage] = []
    for path in data_tables():
        place = path.relative_to(settings.BASE_DIR)
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            found.append(Error(f"{place}: {error}", id="documents.E001"))
            continue
        found += [Warning(f"{place}: {fault}", id="documents.W002") for fault in faults_of(table)]
    if not any(message.is_serious() for message in found):
        try:
            PartyRegistry.builtin()
        except RegistryError as error:
            found.append(Error(f"documents/parties/data/{error}", id="documents.E002"))
    return found


def data_tables() -> list[Path]:
    """Return the data tables of the packages."""
    return sorted(
        path for app in ("documents", "timeline") for path in (settings.BASE_DIR / app).rglob("data/*.toml")
    )


def faults_of(value: Any, key: str = "") -> Iterator[str]:
    """Yield what is amiss in a table's lists, each fault with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from faults_of(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            yield f"{key}: “{text}” stands twice."
        for place, item in enumerate(value):
            yield from faults_of(item, f"{key}[{place}]")


@register("database")
def sqlite_keeps_what_it_commits(
    app_configs: list[AppConfig] | None, databases: list[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W001: WAL on an SQLite with the WAL-reset fault; I001: such an SQLite, the rollback journal in use."""
    connection = connections["default"]
    if connection.vendor != "sqlite" or settings.SQLITE_WAL_IS_SAFE:
        return []
    version = f"SQLite {sqlite3.sqlite_version} has the WAL-reset fault (mended in 3.51.3, 3.50.7, 3.44.6)"
    opening = str(connection.settings_dict.get("OPTIONS", {}).get("init_command", ""))
    if "journal_mode=wal" in opening.lower().replace(" ", ""):
        hint = "Set journal_mode=DELETE, install a newer libsqlite3, or use PostgreSQL."
        return [
            Warning(f"{version}: committed pages can be lost in WAL mode.", hint=hint, id="documents.W001")
        ]
    note = "so the rollback journal is used: readers wait while somebody writes."
    return [Info(f"{version}, {note}", hint="A newer libsqlite3 or PostgreSQL.", id="documents.I001")]
