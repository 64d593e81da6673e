"""Rows into the database as fast as it takes them: for made-up dossiers, where the ORM's care is not needed.

The values must be what the database holds (JSON as text); checks and triggers of the database hold as ever.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Max
from django.utils import timezone


class Bulk:
    """Rows of one model: ``names`` are given for each row, all other fields have their default."""

    def __init__(self, model: type[models.Model], names: Iterable[str]) -> None:
        self.model = model
        fields = {field.attname: i for i, field in enumerate(model._meta.concrete_fields)}
        self.places = [fields[name] for name in names]
        self.key = fields[model._meta.pk.attname]
        self.next = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.template: list[Any] = []
        self.makers: list[tuple[int, Callable[[], Any]]] = []
        for i, field in enumerate(model._meta.concrete_fields):
            default = field.default
            if i in self.places or i == self.key:
                self.template.append(None)
            elif isinstance(field, models.UUIDField) and field.has_default():
                self.template.append(None)
                self.makers.append((i, lambda: uuid.uuid4().hex))
            elif field.has_default() and callable(default) and default not in (list, dict):
                self.template.append(None)
                self.makers.append((i, default))
            else:
                stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
                value = timezone.now() if stamped else field.get_default()
                self.template.append(self._plain(field, value))

    @staticmethod
    def _plain(field: models.Field, value: Any) -> Any:
        """Return a default as the database holds it."""
        if isinstance(field, models.JSONField):
            return "[]" if value == [] else "{}"
        return field.get_db_prep_save(value, connection)

    def row(self, *values: Any) -> list[Any]:
        """Return a row ready to be written; its key is the first free one."""
        row = self.template.copy()
        for place, value in zip(self.places, values, strict=True):
            row[place] = value
        for place, make in self.makers:
            row[place] = make()
        row[self.key] = self.next
        self.next += 1
        return row

    def write(self, rows: list[list[Any]]) -> None:
        """Write rows: by COPY on PostgreSQL, by one prepared statement elsewhere."""
        quoted = connection.ops.quote_name
        table = quoted(self.model._meta.db_table)
        columns = ", ".join(quoted(field.column) for field in self.model._meta.concrete_fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                for statement in connection.ops.sequence_reset_sql(_no_style(), [self.model]):
                    cursor.execute(statement)
                return
            holes = ", ".join(["%s"] * len(self.template))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", rows)  # noqa: S608


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()
