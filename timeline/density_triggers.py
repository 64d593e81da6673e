"""Counts of claims that the database itself keeps: triggers on the claims' table, for SQLite and PostgreSQL.

Whoever writes a claim (recording, curation, bulk commands, SQL by hand) changes the counts in the same
transaction, so that they cannot disagree. ``install`` is idempotent and runs after every ``migrate``: a
migration that rebuilds the claims' table on SQLite takes the triggers away with it.

A claim is counted once per level (a length of bucket) in the bucket that holds the middle of its date; its
``reach`` says how long the date is, so that a reader can tell what fits into a bucket from what does not.
What fits buckets of a finer level is counted together, as SHORTER. The language of a claim's letter counts
with it, so letters have triggers as well.
"""

# ruff: noqa: S608  every piece of SQL here is our own

from __future__ import annotations

from typing import Any

from django.db import connections

from timeline.calendar_buckets import ERA_DAYS, ERA_MONTHS, MARCH, MONTHS, UNIT_DAYS

# Longest date, in days, that still fits a column of each unit: 1.3 times the unit, as layout-lane.js has it.
REACH_LIMITS = (1, *(int(days * 1.3) for days in UNIT_DAYS[1:]))
SHORTER, LONGER, OPEN_END, OPEN_START, UNDATED = -1, 11, 12, 13, 14
# Levels kept: day, week, month, quarter, year, decade as numbers of their units; the FACETED ones are a
# quarter, a month and a decade that keep FACET_NAMES apart. FACETED holds dates of every reach, the others
# those that are not too long for them.
DAY, WEEK, MONTH, QUARTER, YEAR, DECADE = 0, 1, 2, 3, 5, 8
FACETED, FACETED_MONTH, FACETED_DECADE = 20, 21, 22
UNIT_OF = {DAY: DAY, WEEK: WEEK, MONTH: MONTH, QUARTER: QUARTER, YEAR: YEAR, DECADE: DECADE}
UNIT_OF |= {FACETED: QUARTER, FACETED_MONTH: MONTH, FACETED_DECADE: DECADE}
LEVELS = tuple(UNIT_OF)
FACETED_LEVELS = (FACETED, FACETED_MONTH, FACETED_DECADE)
# What a lane is, by the way that the address names, and how much is added to a level whose lanes are such; no
# traits are kept apart there.
LANE_FIELDS = {"words": "lane_party_id", "says": "asserting_party_id", "about": "about_party_id"}
LANES_APART = 100
LEVELS_ON = {"words": 0, "says": LANES_APART, "about": 2 * LANES_APART}
ALL_LEVELS = (
    *LEVELS,
    *(level + on for on in LEVELS_ON.values() if on for level in LEVELS if level not in FACETED_LEVELS),
)
FACET_NAMES = ("stance", "basis", "precision", "language")
# By reach: the finest level at which it is counted, and the one whose buckets are about as long as its dates.
FINEST = (0, 0, 1, 2, 2, 3, 3, 5, 5, 8, 8, 8, 5, 5, 8)
OWN_LEVEL = (1, 1, 2, 3, 3, 5, 5, 5, 8, 8, 8, 8, 5, 5, 8)

# Whole eras of 400 years are added before dividing, so that division rounds down in years before 1 too.
ERAS = 20_000
DAYS_ADDED, MONTHS_ADDED = ERA_DAYS * ERAS, ERA_MONTHS * ERAS

CLAIMS, COUNTS, LETTERS = "timeline_claim", "timeline_claimcount", "documents_letter"
COUNTED = (
    "dossier_id",
    *LANE_FIELDS.values(),
    "letter_id",
    "is_quoted",
    "review_state",
    "stance",
    "basis",
    "precision",
    "earliest_day",
    "latest_day",
)
KEY = f"dossier_key, level, reach, bucket, lane_key, {', '.join(FACET_NAMES)}"
OWN_LANGUAGE = f"(SELECT l.language FROM {LETTERS} l WHERE l.id = letter_id)"
LOCK = (
    "PERFORM pg_advisory_xact_lock(7461001, dossier_id::int) "
    "FROM (SELECT DISTINCT dossier_id FROM {rows} ORDER BY 1) d;"
)
# One column a voice and review state: what the timeline shows at once is read from one row. What was
# dismissed or withdrawn is not counted.
NUMBERS = ("own_suggested", "own_accepted", "reported_suggested", "reported_accepted")


def reach_sql(first: str, last: str) -> str:
    """Return the SQL of a date's reach from that of its bounds."""
    cases = " ".join(f"WHEN {last} - {first} < {limit} THEN {r}" for r, limit in enumerate(REACH_LIMITS))
    return (
        f"CASE WHEN {first} IS NULL AND {last} IS NULL THEN {UNDATED} WHEN {last} IS NULL THEN {OPEN_END} "
        f"WHEN {first} IS NULL THEN {OPEN_START} {cases} ELSE {LONGER} END"
    )


def middle_sql(first: str, last: str) -> str:
    """Return the SQL of the day in the middle of a date: its known bound where it is open."""
    return f"COALESCE({first} + ({last} - {first}) / 2, {first}, {last}, 0)"


def months_sql(day: str) -> str:
    """Return the SQL of the months since year 0, MONTHS_ADDED added.

    Years begin in March here, so that a leap day comes last; 4 n + 3 over 146097 and 1461 counts centuries
    and years (proleptic Gregorian), (5 n + 2) / 153 the months of 31, 30, 31, 30, 31 days.
    """
    shifted = f"(4 * ({day} + {DAYS_ADDED + MARCH}) + 3)"
    century = f"({shifted} % {ERA_DAYS} / 4 * 4 + 3)"
    year = f"({shifted} / {ERA_DAYS} * 100 + {century} / 1461)"
    return f"({year} * 12 + (5 * ({century} % 1461 / 4) + 2) / 153 + 2)"


def bucket_sql(unit: int, day: str, months: str) -> str:
    """Return the SQL of the number of the bucket that holds a day."""
    if unit == DAY:
        return day
    if unit == WEEK:
        return f"(({day} - 1 + {DAYS_ADDED}) / 7 - {DAYS_ADDED // 7})"
    each = MONTHS_A_BUCKET[unit]
    return f"({months} / {each} - {MONTHS_ADDED // each})"


MONTHS_A_BUCKET = {**MONTHS, **{level: MONTHS[UNIT_OF[level]] for level in LEVELS if level > WEEK}}


def spread_sql(source: str, language: str = OWN_LANGUAGE, kept: tuple[int, ...] = ALL_LEVELS) -> str:
    """Return a SELECT of the keys under which each row of ``source``, a FROM item with COUNTED, counts.

    ``language``: the SQL of that of a row's letter; ``kept``: the levels that are asked for.
    """
    own = " ".join(f"WHEN {reach} THEN {level}" for reach, level in enumerate(OWN_LEVEL))
    finest = " ".join(f"WHEN {reach} THEN {level}" for reach, level in enumerate(FINEST))
    units = sorted(set(UNIT_OF.values()))
    buckets = " ".join(f"WHEN {unit} THEN {bucket_sql(unit, 'middle', 'months')}" for unit in units)
    lanes = " ".join(f"WHEN {on} THEN {LANE_FIELDS[by]}" for by, on in LEVELS_ON.items())
    levels = " UNION ALL ".join(
        f"SELECT {on + level} AS level, {UNIT_OF[level]} AS unit, {on} AS lanes"
        for each in kept
        for on, level in [(each - each % LANES_APART, each % LANES_APART)]
    )
    faceted = f"level BETWEEN {FACETED} AND {FACETED_DECADE}"
    facets = ", ".join(f"CASE WHEN {faceted} THEN {n} ELSE '' END AS {n}" for n in FACET_NAMES)
    return (
        f"SELECT dossier_id AS dossier_key, level, "
        f"CASE WHEN CASE reach {own} END < unit THEN {SHORTER} ELSE reach END AS reach, "
        f"CASE WHEN reach = {UNDATED} THEN 0 ELSE CASE unit {buckets} END END AS bucket, "
        f"COALESCE(CASE lanes {lanes} END, 0) AS lane_key, is_quoted, review_state, {facets} "
        f"FROM (SELECT s.*, {months_sql('middle')} AS months FROM (SELECT dossier_id, "
        f"{', '.join(LANE_FIELDS.values())}, is_quoted, review_state, stance, basis, precision, "
        f"COALESCE({language}, '') AS language, "
        f"{reach_sql('earliest_day', 'latest_day')} AS reach, "
        f"CAST({middle_sql('earliest_day', 'latest_day')} AS bigint) AS middle FROM {source}) s) t "
        f"CROSS JOIN ({levels}) l WHERE (level = {FACETED} OR unit >= CASE reach {finest} END) "
        f"AND review_state IN ('suggested', 'accepted')"
    )


def _one_row(alias: str) -> str:
    """Return a FROM item of the single row OLD or NEW of a trigger."""
    return "(SELECT " + ", ".join(f"{alias}.{name} AS {name}" for name in COUNTED) + ") r"


def _number(name: str) -> str:
    """Return the SQL that is 1 for a claim counted under this name, else 0."""
    voice, review = name.split("_")
    told = "is_quoted" if voice == "reported" else "NOT is_quoted"
    return f"CASE WHEN {told} AND review_state = '{review}' THEN 1 ELSE 0 END"


def _add(source: str, sign: str, *, many: bool, spread: str = "") -> str:
    """Return the INSERT that adds what ``source`` holds, or takes it away where ``sign`` is "-".

    ``spread``: the keys that its rows count under, where they are not all.
    """
    numbers = [f"SUM({_number(name)})" if many else _number(name) for name in NUMBERS]
    # In one order, so that two writers do not wait for each other's rows.
    group = f" GROUP BY {KEY} ORDER BY {KEY}" if many else ""
    added = ", ".join(f"{name} = {COUNTS}.{name} + excluded.{name}" for name in NUMBERS)
    return (
        f"INSERT INTO {COUNTS} ({KEY}, {', '.join(NUMBERS)}) "
        f"SELECT {KEY}, {', '.join(sign + number for number in numbers)} "
        f"FROM ({spread or spread_sql(source)}) k WHERE true{group} ON CONFLICT ({KEY}) DO UPDATE SET {added}"
    )


def _moved(claims: str, before: str, after: str) -> str:
    """Return the statements that count claims under another language of their letter."""
    taken, given = (spread_sql(claims, language, FACETED_LEVELS) for language in (before, after))
    return f"{_add('', '-', many=True, spread=taken)}; {_add('', '', many=True, spread=given)};"


def _sqlite() -> dict[str, str]:
    """Return the triggers of SQLite by name: one row at a time."""
    new = _add(_one_row("NEW"), "", many=False)
    # Taken away by adding -1: a row that should be there and is not would show as a negative count.
    old = _add(_one_row("OLD"), "-", many=False)
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COUNTED)
    columns = ", ".join(COUNTED)

    def moved(letter: str, before: str, after: str) -> str:
        return _moved(f"(SELECT {columns} FROM {CLAIMS} WHERE letter_id = {letter}.id) r", before, after)

    nothing = "''"
    return {
        "claims_counted_insert": f"AFTER INSERT ON {CLAIMS} BEGIN {new}; END",
        "claims_counted_delete": f"AFTER DELETE ON {CLAIMS} BEGIN {old}; END",
        "claims_counted_update": f"AFTER UPDATE OF {columns} ON {CLAIMS} WHEN {changed} "
        f"BEGIN {old}; {new}; END",
        "claims_counted_letter": f"AFTER INSERT ON {LETTERS} "
        f"BEGIN {moved('NEW', nothing, 'NEW.language')} END",
        "claims_counted_language": f"AFTER UPDATE OF language ON {LETTERS} "
        f"WHEN OLD.language IS NOT NEW.language BEGIN {moved('OLD', 'OLD.language', 'NEW.language')} END",
        "claims_counted_letter_gone": f"AFTER DELETE ON {LETTERS} "
        f"BEGIN {moved('OLD', 'OLD.language', nothing)} END",
    }


def _postgresql() -> list[str]:
    """Return the statements that make PostgreSQL's triggers: one statement's rows at a time.

    A lock a dossier keeps two writers from waiting for each other's counts.
    """
    new = _add("new_rows", "", many=True)
    old = _add("old_rows", "-", many=True)
    bodies = {
        "insert": (LOCK.format(rows="new_rows") + f"{new};", "REFERENCING NEW TABLE AS new_rows"),
        "delete": (LOCK.format(rows="old_rows") + f"{old};", "REFERENCING OLD TABLE AS old_rows"),
        "update": (
            LOCK.format(rows="(SELECT dossier_id FROM old_rows UNION SELECT dossier_id FROM new_rows) b")
            + f"{old};{new};",
            "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        ),
        "truncate": (f"DELETE FROM {COUNTS};", ""),
    }
    statements: list[str] = []
    for kind, (body, referencing) in bodies.items():
        statements += placed(f"claims_counted_{kind}", kind, CLAIMS, body, referencing)
    return statements + _of_letters()


def _of_letters() -> list[str]:
    """Return the statements that make PostgreSQL's triggers on letters, whose language changes."""
    return [
        statement
        for name, kind, lock, claims, referencing in letters_changed()
        for statement in placed(
            f"claims_counted_{name}", kind, LETTERS, f"{lock} {_moved(claims, 'was', 'becomes')}", referencing
        )
    ]


def letters_changed() -> list[tuple[str, str, str, str, str]]:
    """Return name, statement, lock, claims and REFERENCING of each way in which letters change language.

    ``claims`` is a FROM item of the letters' claims, with the languages that they ``was`` and ``becomes``.
    """
    olds, news = "REFERENCING OLD TABLE AS old_rows", "REFERENCING NEW TABLE AS new_rows"
    joined = "old_rows x JOIN new_rows n ON n.id = x.id"
    ways = []
    for name, kind, rows, before, after, referencing in (
        ("letter", "insert", "new_rows x", "''", "x.language", news),
        ("language", "update", joined, "x.language", "n.language", f"{olds} NEW TABLE AS new_rows"),
        ("letter_gone", "delete", "old_rows x", "x.language", "''", olds),
    ):
        letters = f"(SELECT x.id, x.dossier_id, {before} AS was, {after} AS becomes FROM {rows})"
        letters += " m WHERE m.was <> m.becomes"
        claims = f"(SELECT c.*, m.was, m.becomes FROM {CLAIMS} c JOIN (SELECT * FROM {letters}) m "
        claims += "ON m.id = c.letter_id) r"
        # A new letter can have claims of its own transaction only: nobody else needs to wait.
        lock = "" if kind == "insert" else LOCK.format(rows=letters)
        ways.append((name, kind, lock, claims, referencing))
    return ways


def placed(name: str, kind: str, table: str, body: str, referencing: str) -> list[str]:
    """Return the statements that make a function of PostgreSQL and have a table call it after a statement."""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {body} RETURN NULL; END $body$",
        f"CREATE OR REPLACE TRIGGER {name} AFTER {kind.upper()} ON {table} {referencing} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def install(using: str = "default") -> bool:
    """Make the triggers where they are missing; return whether any was, and the counts were made anew."""
    connection = connections[using]
    if COUNTS not in connection.introspection.table_names():
        return False
    wanted = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    missing = triggers_there(connection, wanted, ("claims_counted_",))
    if missing:
        rebuild(using)
    return missing


def triggers_there(connection: Any, wanted: list[str] | dict[str, str], names: tuple[str, ...]) -> bool:
    """Make triggers where any is missing or another; return whether one was. ``names``: how theirs begin."""
    with connection.cursor() as cursor:
        if isinstance(wanted, list):
            asked = "SELECT p.proname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            cursor.execute(f"{asked} WHERE NOT t.tgisinternal")
            there = {body.strip() for name, body in cursor.fetchall() if name.startswith(names)}
            missing = there != {s.split("$body$")[1].strip() for s in wanted if "$body$" in s}
            for statement in wanted if missing else []:
                cursor.execute(statement)
            return missing
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
        missing = False
        for name, body in wanted.items():
            statement = f"CREATE TRIGGER {name} {body}"
            if found.get(name) != statement:
                missing = True
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)
    return missing


def uninstall(using: str = "default") -> None:
    """Take the triggers away: before a migration that alters the table of counts."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for kind in ("insert", "delete", "update", "truncate"):
            on = f" ON {CLAIMS}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS claims_counted_{kind}{on}")
        for kind in ("letter", "language", "letter_gone"):
            on = f" ON {LETTERS}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS claims_counted_{kind}{on}")


def rebuild(using: str = "default") -> None:
    """Count all claims anew."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {COUNTS}")
        cursor.execute(_add(CLAIMS, "", many=True))
