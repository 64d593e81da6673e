"""Counts of claims by what filters ask for, and a mark of every change: kept by triggers of the database.

Like those by time (``timeline/density_triggers.py``) they change in the transaction that changes a claim. A
letter's language counts with its claims, so letters have triggers as well. The mark is a random number that
every statement on a dossier's claims, or on the languages of their letters, sets anew: while it is the same,
so are they.
"""

# ruff: noqa: S608  every piece of SQL here is our own

from __future__ import annotations

from django.db import connections

from timeline.density_triggers import CLAIMS, LETTERS, LOCK, letters_changed, placed, triggers_there

FACETS, MARKS = "timeline_claimfacet", "timeline_claimsmark"
KEY = "dossier_key, lane_key, stance, basis, precision, language"
COUNTED = (
    "dossier_id",
    "lane_party_id",
    "letter_id",
    "stance",
    "basis",
    "precision",
    "review_state",
    "curated_fields",
)
# Of the last two a person set something.
NUMBERS = ("suggested", "accepted", "dismissed", "withdrawn", "set_suggested", "set_accepted")
OWN_LANGUAGE = f"(SELECT l.language FROM {LETTERS} l WHERE l.id = s.letter_id)"


def _number(name: str, vendor: str) -> str:
    """Return the SQL that is 1 for a claim counted under this name, else 0."""
    nothing = "curated_fields = '[]'::jsonb" if vendor == "postgresql" else "json(curated_fields) = '[]'"
    also = f" AND NOT ({nothing})" if name.startswith("set_") else ""
    return f"CASE WHEN review_state = '{name.removeprefix('set_')}'{also} THEN 1 ELSE 0 END"


def _add(source: str, sign: str, vendor: str, language: str = OWN_LANGUAGE) -> str:
    """Return the INSERT that adds what ``source`` holds, or takes it away where ``sign`` is "-"."""
    added = ", ".join(f"{name} = {FACETS}.{name} + excluded.{name}" for name in NUMBERS)
    numbers = ", ".join(f"SUM({sign}{_number(name, vendor)})" for name in NUMBERS)
    return (
        f"INSERT INTO {FACETS} ({KEY}, {', '.join(NUMBERS)}) SELECT {KEY}, {numbers} FROM "
        f"(SELECT s.*, dossier_id AS dossier_key, COALESCE(lane_party_id, 0) AS lane_key, "
        f"COALESCE({language}, '') AS language FROM {source} s) k WHERE true "
        f"GROUP BY {KEY} ORDER BY {KEY} ON CONFLICT ({KEY}) DO UPDATE SET {added}"
    )


def _mark(dossier: str, source: str, random: str) -> str:
    """Return the INSERT that marks the dossiers of ``source`` as changed."""
    return (
        f"INSERT INTO {MARKS} (dossier_key, mark) SELECT {dossier}, {random} {source} "
        "ON CONFLICT (dossier_key) DO UPDATE SET mark = excluded.mark"
    )


def _sqlite() -> dict[str, str]:
    """Return the triggers of SQLite by name: one row at a time."""

    def row(alias: str) -> str:
        return "(SELECT " + ", ".join(f"{alias}.{name} AS {name}" for name in COUNTED) + ")"

    def moved(letter: str, before: str, after: str) -> str:
        claims = f"(SELECT {', '.join(COUNTED)} FROM {CLAIMS} WHERE letter_id = {letter}.id)"
        dossiers = f"FROM (SELECT DISTINCT dossier_id FROM {claims}) d WHERE true"
        counted = f"{_add(claims, '-', 'sqlite', before)}; {_add(claims, '', 'sqlite', after)}"
        return f"{counted}; {_mark('d.dossier_id', dossiers, 'random()')};"

    new, old = _add(row("NEW"), "", "sqlite"), _add(row("OLD"), "-", "sqlite")
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COUNTED)
    nothing = "''"
    marked = {alias: _mark(f"{alias}.dossier_id", "WHERE true", "random()") for alias in ("OLD", "NEW")}
    return {
        "claims_faceted_insert": f"AFTER INSERT ON {CLAIMS} BEGIN {new}; END",
        "claims_faceted_delete": f"AFTER DELETE ON {CLAIMS} BEGIN {old}; END",
        "claims_faceted_update": f"AFTER UPDATE OF {', '.join(COUNTED)} ON {CLAIMS} WHEN {changed} "
        f"BEGIN {old}; {new}; END",
        "claims_faceted_letter": f"AFTER INSERT ON {LETTERS} "
        f"BEGIN {moved('NEW', nothing, 'NEW.language')} END",
        "claims_faceted_language": f"AFTER UPDATE OF language ON {LETTERS} "
        f"WHEN OLD.language IS NOT NEW.language BEGIN {moved('OLD', 'OLD.language', 'NEW.language')} END",
        "claims_faceted_letter_gone": f"AFTER DELETE ON {LETTERS} "
        f"BEGIN {moved('OLD', 'OLD.language', nothing)} END",
        "claims_marked_insert": f"AFTER INSERT ON {CLAIMS} BEGIN {marked['NEW']}; END",
        "claims_marked_delete": f"AFTER DELETE ON {CLAIMS} BEGIN {marked['OLD']}; END",
        "claims_marked_update": f"AFTER UPDATE ON {CLAIMS} BEGIN {marked['OLD']}; {marked['NEW']}; END",
    }


def _postgresql() -> list[str]:
    """Return the statements that make PostgreSQL's triggers: one statement's rows at a time."""
    statements: list[str] = []
    columns = ", ".join(COUNTED)

    def marked(rows: str) -> str:
        dossiers = f"FROM (SELECT DISTINCT dossier_id FROM {rows} ORDER BY 1) d"
        return _mark("d.dossier_id", dossiers, "(random() * 9e15)::bigint")

    def of_claims(kind: str, rows: str, body: str, referencing: str) -> None:
        whole = f"{LOCK.format(rows=rows)} {marked(rows)}; {body}"
        statements.extend(placed(f"claims_faceted_{kind}", kind, CLAIMS, whole, referencing))

    def changed(these: str, others: str) -> str:
        return f"(SELECT {columns} FROM {these} EXCEPT ALL SELECT {columns} FROM {others})"

    olds, news = "REFERENCING OLD TABLE AS old_rows", "REFERENCING NEW TABLE AS new_rows"
    both = f"{olds} NEW TABLE AS new_rows"
    of_claims("insert", "new_rows", f"{_add('new_rows', '', 'postgresql')};", news)
    of_claims("delete", "old_rows", f"{_add('old_rows', '-', 'postgresql')};", olds)
    of_claims(
        "update",
        "(SELECT dossier_id FROM old_rows UNION SELECT dossier_id FROM new_rows) b",
        f"{_add(changed('old_rows', 'new_rows'), '-', 'postgresql')}; "
        f"{_add(changed('new_rows', 'old_rows'), '', 'postgresql')};",
        both,
    )
    gone = f"DELETE FROM {FACETS}; DELETE FROM {MARKS};"
    statements += placed("claims_faceted_truncate", "truncate", CLAIMS, gone, "")
    for name, kind, lock, claims, referencing in letters_changed():
        rows = f"(SELECT * FROM {claims})"
        body = f"{lock} {marked(claims)}; {_add(rows, '-', 'postgresql', 's.was')}; "
        body += f"{_add(rows, '', 'postgresql', 's.becomes')};"
        statements += placed(f"claims_faceted_{name}", kind, LETTERS, body, referencing)
    return statements


def install(using: str = "default") -> bool:
    """Make the triggers where they are missing; return whether any was, and all claims were counted anew."""
    connection = connections[using]
    if not {FACETS, MARKS} <= set(connection.introspection.table_names()):
        return False
    wanted = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    missing = triggers_there(connection, wanted, ("claims_faceted_", "claims_marked_"))
    if missing:
        rebuild(using)
    return missing


def rebuild(using: str = "default") -> None:
    """Count all claims anew, and mark all dossiers as changed."""
    connection = connections[using]
    random = "(random() * 9e15)::bigint" if connection.vendor == "postgresql" else "random()"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {FACETS}")
        cursor.execute(f"DELETE FROM {MARKS}")
        cursor.execute(_add(f"(SELECT {', '.join(COUNTED)} FROM {CLAIMS})", "", connection.vendor))
        dossiers = f"FROM (SELECT DISTINCT dossier_key FROM {FACETS}) d WHERE true"
        cursor.execute(_mark("dossier_key", dossiers, random))
