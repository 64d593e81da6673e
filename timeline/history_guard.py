"""Triggers by which the database itself refuses to alter or delete what stands in the log of decisions.

``install`` is idempotent and runs after every ``migrate``. ``lift`` is for ``manage.py flush`` alone, which
empties the whole database.
"""

from __future__ import annotations

from django.db import connections

TABLE = "timeline_decision"
REFUSAL = "The log of decisions is append-only."


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION decisions_stay() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $body$",
            f"CREATE OR REPLACE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION decisions_stay()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS decisions_stay_{kind.lower()} BEFORE {kind} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for kind in ("UPDATE", "DELETE")
    ]


def install(using: str = "default") -> None:
    """Make the triggers where the table is there."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in _statements(connection.vendor):
                cursor.execute(statement)


def lift(using: str = "default") -> None:
    """Take the triggers away."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS decisions_stay ON {TABLE}")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS decisions_stay_update")
            cursor.execute("DROP TRIGGER IF EXISTS decisions_stay_delete")


def stands(using: str = "default") -> bool:
    """Return whether the triggers are there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'decisions_stay'")
            return bool(cursor.fetchone()[0] == 1)
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'decisions_stay_%'"
        )
        return bool(cursor.fetchone()[0] == 2)
