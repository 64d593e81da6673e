"""The words of claims and letters, kept by the database itself so that a search reads no text.

SQLite: an FTS5 table beside each, without the text, that triggers keep; PostgreSQL: an index over a function
of the text. Both cut and fold words as ``timeline/searching.py`` does. ``install`` is idempotent and runs
after every ``migrate``: a migration that rebuilds a table on SQLite takes the triggers away with it.
"""

# ruff: noqa: S608  every piece of SQL here is our own; what users send goes as parameters

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, Q

from timeline.searching import FIRST_MARK, LAST_MARK, Sought

# The columns that are indexed, by table.
INDEXED = {"timeline_claim": "quote", "documents_letter": "text"}
# PostgreSQL's tsvector holds 1,048,575 bytes; a character takes four at most. What is longer is read through.
INDEXED_CHARACTERS = 250_000
# Its words are bounded as well.
WORD_CHARACTERS = 200

FOLDED = (
    "CREATE OR REPLACE FUNCTION claimline_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT "
    "PARALLEL SAFE AS $body$ SELECT lower(regexp_replace(normalize(said, NFD), "
    f"'[{FIRST_MARK}-{LAST_MARK}]', '', 'g')) $body$"
)
WORDS = (
    "CREATE OR REPLACE FUNCTION claimline_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT "
    "PARALLEL SAFE AS $body$ SELECT coalesce(array_to_tsvector(array_agg(DISTINCT "
    f"left(word, {WORD_CHARACTERS}))), ''::tsvector) FROM regexp_split_to_table(public.claimline_folded("
    f"left(said, {INDEXED_CHARACTERS})), '[^[:alnum:]]+') AS word WHERE word <> '' $body$"
)


class HoldsWords(Func):
    """The condition that a row's text holds words that begin with all of those sought."""

    output_field = BooleanField()

    def __init__(self, table: str, words: tuple[str, ...]) -> None:
        super().__init__(F("pk"), F(INDEXED[table]))
        self.table, self.words = table, words

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        sought = " ".join(f'"{word}"*' for word in self.words)
        index = f"{self.table}_words"
        return f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [*parameters, sought]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        column, parameters = compiler.compile(self.source_expressions[1])
        sought = " & ".join(f"'{word[:WORD_CHARACTERS]}':*" for word in self.words)
        read = " AND ".join([f"claimline_folded({column}) ~ %s"] * len(self.words))
        long = f"length({column}) > {INDEXED_CHARACTERS} AND {read}"
        begins = [rf"\m{word}" for word in self.words]
        return f"(claimline_words({column}) @@ %s::tsquery OR {long})", [*parameters, sought, *begins]


def says(table: str, asked: Sought, sought: str, symbols: str) -> Q:
    """Return the condition that a row's text holds all that is sought, or its letter bears it as a symbol.

    ``symbols``: the path to the letter's symbols. An empty condition where nothing is sought.
    """
    found = Q(HoldsWords(table, asked.words)) if asked.words else Q()
    for run in asked.runs:
        found &= Q(**{f"{INDEXED[table]}__icontains": run})
    # A symbol has digits; without one, the index of words answers alone.
    if found and any(character.isdecimal() for character in sought):
        found |= Q(**{f"{symbols}__icontains": sought})
    return found


def install(using: str = "default") -> bool:
    """Make indexes and triggers where they are missing; return whether any was."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if not set(INDEXED) <= there:
        return False
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        return make(cursor)


def _sqlite(cursor: Any) -> bool:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
    there, made = dict(cursor.fetchall()), False
    for table, column in INDEXED.items():
        index = f"{table}_words"
        wanted = {
            index: f"CREATE VIRTUAL TABLE {index} USING fts5({column}, content='{table}', "
            "content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
            **{name: f"CREATE TRIGGER {name} {body}" for name, body in _triggers(table, column).items()},
        }
        missing = [name for name, statement in wanted.items() if there.get(name) != statement]
        for name in missing:
            cursor.execute(f"DROP {'TABLE' if name == index else 'TRIGGER'} IF EXISTS {name}")
            cursor.execute(wanted[name])
        if missing:
            cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
            made = True
    return made


def _triggers(table: str, column: str) -> dict[str, str]:
    """Return the triggers that keep the words of a table on SQLite, by name."""
    index = f"{table}_words"
    new = f"INSERT INTO {index} (rowid, {column}) VALUES (NEW.id, NEW.{column});"
    old = f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', OLD.id, OLD.{column});"
    changed = f"OLD.{column} IS NOT NEW.{column} OR OLD.id IS NOT NEW.id"
    return {
        f"{index}_insert": f"AFTER INSERT ON {table} BEGIN {new} END",
        f"{index}_delete": f"AFTER DELETE ON {table} BEGIN {old} END",
        f"{index}_update": f"AFTER UPDATE OF id, {column} ON {table} WHEN {changed} BEGIN {old} {new} END",
    }


def _postgresql(cursor: Any) -> bool:
    wanted = {"claimline_folded": FOLDED, "claimline_words": WORDS}
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(wanted)])
    bodies = {name: source.strip() for name, source in cursor.fetchall()}
    cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE %s", ["%\\_words"])
    indexes = {name for (name,) in cursor.fetchall()}
    anew = any(bodies.get(name) != statement.split("$body$")[1].strip() for name, statement in wanted.items())
    missing = [table for table in INDEXED if anew or f"{table}_words" not in indexes]
    for table in missing:
        cursor.execute(f"DROP INDEX IF EXISTS {table}_words, {table}_long")
    for statement in wanted.values() if anew else ():
        cursor.execute(statement)
    for table in missing:
        column = INDEXED[table]
        cursor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (claimline_words({column}))")
        cursor.execute(
            f"CREATE INDEX {table}_long ON {table} (id) WHERE length({column}) > {INDEXED_CHARACTERS}"
        )
    return bool(missing)
