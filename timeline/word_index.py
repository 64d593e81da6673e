"""The words of claims and letters, indexed by the database: FTS5 on SQLite, tsvector and GIN on PostgreSQL.

Whoever writes a claim changes the index in the same transaction, so that the two cannot disagree: by triggers
on SQLite, on PostgreSQL since the words are a generated column (of letters: an index over a function of the
text). ``install`` is idempotent and runs after
every ``migrate``. Both fold capitals, and accents on Latin letters, as ``timeline/searching.py`` does.
"""

# ruff: noqa: S608  every piece of SQL here is our own

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func

from timeline.density_triggers import CLAIMS
from timeline.searching import MARKS, Term
from timeline.trait_numbers import COLUMNS as TRAITS
from timeline.trait_numbers import own_sql

WORDS = "timeline_claim_words"
COLUMN, INDEX, FUNCTION = "words", "claims_by_word", "claims_words"
# A word's length in letters and place beyond which PostgreSQL's tsvector tells no more apart.
LONGEST_WORD, LAST_PLACE = 200, 16_383
FOLDED = (
    f"translate(lower(normalize(regexp_replace(normalize(said, NFD), '([A-Za-z])[{MARKS}]+', '\\1', 'g'), "
    "NFC)), 'ςſ', 'σs')"
)
BODY = (
    f"SELECT coalesce(string_agg(left(m.w[1], {LONGEST_WORD}) || ':' || least(m.n, {LAST_PLACE}), ' '), '')"
    f"::tsvector FROM regexp_matches({FOLDED}, '[[:alnum:]]+', 'g') WITH ORDINALITY AS m(w, n)"
)
# On SQLite: all that counting asks for, by the keys that FTS5 gives; rows with their texts are left alone.
KEYED = "claims_by_key"
KEYED_INDEX = (
    f"CREATE INDEX {KEYED} ON {CLAIMS} (id, dossier_id, lane_party_id, earliest_day, latest_day, letter_id, "
    f"review_state, {own_sql({name: name for name in TRAITS}, 'sqlite')})"
)
MATCHING = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s"
LETTERS, LETTER_WORDS = "documents_letter", "documents_letter_words"
# PostgreSQL's tsvector holds 1,048,575 bytes. Of a longer letter the rest is read through, as it is written.
LETTER_INDEXED = 250_000
LETTER_INDEXES = {
    "letters_by_word": f"USING gin ({FUNCTION}(left(text, {LETTER_INDEXED})))",
    "letters_of_length": f"(id) WHERE length(text) > {LETTER_INDEXED}",
}


def _table(words: str, table: str, column: str) -> str:
    """Return the statement that makes the words of a table on SQLite."""
    return (
        f"CREATE VIRTUAL TABLE {words} USING fts5({column}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )


class HoldsWords(Func):
    """The condition that a claim's sentence holds all of some terms that an index of words can find.

    ``letters``: keys of letters whose claims are found anyway.
    """

    def __init__(self, terms: Sequence[Term], letters: Sequence[int] = ()) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.terms, self.letters = tuple(terms), tuple(letters)

    @property
    def _also(self) -> str:
        return ", ".join(map(str, self.letters))

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Return the condition for SQLite: FTS5's rows have the claims' keys."""
        key, values = compiler.compile(self.source_expressions[0])
        also = f" UNION ALL SELECT id FROM {CLAIMS} WHERE letter_id IN ({self._also})" if self.letters else ""
        return f"{key} IN ({MATCHING}{also})", [*values, fts5_query(self.terms)]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Return the condition for PostgreSQL: the column stands beside the claim's key."""
        key, values = compiler.compile(self.source_expressions[0])
        table = key.rpartition(".")[0]
        also = f" OR {table}.letter_id IN ({self._also})" if self.letters else ""
        return f"({table}.{COLUMN} @@ %s::tsquery{also})", [*values, tsquery(self.terms)]


class LetterHoldsWords(Func):
    """The condition that a letter's text holds all of some terms that an index of words can find."""

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.terms = tuple(terms)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Return the condition for SQLite: FTS5's rows have the letters' keys."""
        key, values = compiler.compile(self.source_expressions[0])
        found = f"SELECT rowid FROM {LETTER_WORDS} WHERE {LETTER_WORDS} MATCH %s"
        return f"{key} IN ({found})", [*values, fts5_query(self.terms)]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Return the condition for PostgreSQL: what is beyond the index of a long letter is read through."""
        key, values = compiler.compile(self.source_expressions[0])
        written = " AND ".join(["w.text ILIKE %s"] * len(self.terms))
        # Two questions, not one with OR: that one would cut the words of every letter found once more.
        found = (
            f"SELECT w.id FROM {LETTERS} w WHERE {FUNCTION}(left(w.text, {LETTER_INDEXED})) @@ %s::tsquery "
            f"UNION ALL SELECT w.id FROM {LETTERS} w WHERE length(w.text) > {LETTER_INDEXED} AND {written}"
        )
        likes = [f"%{term.written}%" for term in self.terms]
        return f"{key} IN ({found})", [*values, tsquery(self.terms), *likes]


def by_key(statement: str) -> str:
    """Return a question about claims of some words so that SQLite looks each up in the index by key.

    Where the words alone find them, along the index of words: else their keys are gathered and sorted first.
    """
    table, listed = f'FROM "{CLAIMS}"', f'"{CLAIMS}"."id" IN ({MATCHING})'
    if statement.count(listed) != 1:
        return statement.replace(table, f"{table} INDEXED BY {KEYED}", 1)
    joined = f'FROM {WORDS} CROSS JOIN "{CLAIMS}" INDEXED BY {KEYED} ON "{CLAIMS}"."id" = {WORDS}.rowid'
    return statement.replace(table, joined, 1).replace(listed, f"{WORDS} MATCH %s", 1)


def fts5_query(terms: Sequence[Term]) -> str:
    """Return terms as FTS5 asks for them: phrases whose last word is a beginning, but where it is whole."""
    return " AND ".join(f'"{" ".join(term.words)}"{"" if term.whole else " *"}' for term in terms)


def tsquery(terms: Sequence[Term]) -> str:
    """Return terms as a tsquery; words are letters and digits alone."""
    return " & ".join(
        "("
        + " <-> ".join(f"'{word[:LONGEST_WORD]}'" for word in term.words)
        + ("" if term.whole else ":*")
        + ")"
        for term in terms
    )


def _triggers(words: str, table: str, column: str) -> dict[str, str]:
    """Return the triggers that keep the words of a table on SQLite, by name."""
    new = f"INSERT INTO {words} (rowid, {column}) VALUES (NEW.id, NEW.{column})"
    old = f"INSERT INTO {words} ({words}, rowid, {column}) VALUES ('delete', OLD.id, OLD.{column})"
    changed = f"OLD.id IS NOT NEW.id OR OLD.{column} IS NOT NEW.{column}"
    bodies = {
        "insert": f"AFTER INSERT ON {table} BEGIN {new}; END",
        "delete": f"AFTER DELETE ON {table} BEGIN {old}; END",
        "update": f"AFTER UPDATE OF id, {column} ON {table} WHEN {changed} BEGIN {old}; {new}; END",
    }
    return {f"{words}_{kind}": f"CREATE TRIGGER {words}_{kind} {body}" for kind, body in bodies.items()}


def install(using: str = "default") -> bool:
    """Make the index where it is missing or another; return whether it was, and all claims were read anew."""
    connection = connections[using]
    if not {CLAIMS, LETTERS} <= set(connection.introspection.table_names()):
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _install_postgresql(cursor)
        return _install_sqlite(cursor)


def _install_sqlite(cursor: Any) -> bool:
    cursor.execute("SELECT name, sql FROM sqlite_master")
    there = dict(cursor.fetchall())
    if there.get(KEYED) != KEYED_INDEX:
        cursor.execute(f"DROP INDEX IF EXISTS {KEYED}")
        cursor.execute(KEYED_INDEX)
    made = False
    for words, table, column in ((WORDS, CLAIMS, "quote"), (LETTER_WORDS, LETTERS, "text")):
        wanted = {words: _table(words, table, column), **_triggers(words, table, column)}
        if all(there.get(name) == statement for name, statement in wanted.items()):
            continue
        made = True
        for name, statement in wanted.items():
            cursor.execute(f"DROP {'TABLE' if name == words else 'TRIGGER'} IF EXISTS {name}")
            cursor.execute(statement)
        cursor.execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")
    return made


def _install_postgresql(cursor: Any) -> bool:
    cursor.execute(
        "SELECT p.prosrc FROM pg_proc p, pg_attribute a WHERE p.proname = %s AND a.attname = %s "
        "AND a.attrelid = to_regclass(%s) AND NOT a.attisdropped AND to_regclass(%s) IS NOT NULL",
        [FUNCTION, COLUMN, CLAIMS, INDEX],
    )
    if cursor.fetchall() == [(BODY,)]:
        return _index_letters(cursor)
    for name in LETTER_INDEXES:
        cursor.execute(f"DROP INDEX IF EXISTS {name}")
    cursor.execute(f"ALTER TABLE {CLAIMS} DROP COLUMN IF EXISTS {COLUMN}")
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}(said text) RETURNS tsvector "
        f"LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body${BODY}$body$"
    )
    generated = f"tsvector GENERATED ALWAYS AS ({FUNCTION}(quote)) STORED"
    cursor.execute(f"ALTER TABLE {CLAIMS} ADD COLUMN {COLUMN} {generated}")
    cursor.execute(f"CREATE INDEX {INDEX} ON {CLAIMS} USING gin ({COLUMN})")
    _index_letters(cursor)
    return True


def _index_letters(cursor: Any) -> bool:
    """Index the letters' words on PostgreSQL where they are not; return whether they were not."""
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [LETTERS])
    missing = set(LETTER_INDEXES) - {name for (name,) in cursor.fetchall()}
    for name in sorted(missing):
        cursor.execute(f"CREATE INDEX {name} ON {LETTERS} {LETTER_INDEXES[name]}")
    return bool(missing)
