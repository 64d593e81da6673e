"""System checks name what is amiss in a data table with its place, and an SQLite that can lose pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error, Info, Warning
from django.db import connection

from documents import checks


@pytest.fixture
def table(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of the only data table that the checks look at."""
    settings.BASE_DIR = tmp_path
    file = tmp_path / "timeline" / "data" / "words.toml"
    file.parent.mkdir(parents=True)
    monkeypatch.setattr(checks, "data_tables", lambda: [file])
    return file


def test_the_tables_as_they_stand_hold() -> None:
    assert len(checks.data_tables()) > 10
    assert checks.data_tables_hold(None) == []


def test_a_table_that_is_no_toml_is_named_with_its_line(table: Path) -> None:
    table.write_text('[verbs]\nsaid = ["said"\n[more]\n', encoding="utf-8")
    (found,) = checks.data_tables_hold(None)
    assert isinstance(found, Error)
    assert found.id == "documents.E001"
    assert found.msg.startswith("timeline/data/words.toml: ")
    assert "line 3" in found.msg


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[verbs]\nsaid = ["said", "told", "said"]\n', "verbs.said: “said” stands twice."),
        ('[[rule]]\nwords = ["a"]\n[[rule]]\nwords = ["b", "b"]\n', "rule[1].words: “b” stands twice."),
    ],
)
def test_a_word_that_stands_twice_is_named_with_its_key(table: Path, text: str, fault: str) -> None:
    table.write_text(text, encoding="utf-8")
    (found,) = checks.data_tables_hold(None)
    assert isinstance(found, Warning)
    assert found.msg == f"timeline/data/words.toml: {fault}"


@pytest.mark.parametrize("text", ['said = ["said", "told"]\n', "said = []\n", 'said = ["a"]\ntold = ["a"]\n'])
def test_a_table_that_holds_is_passed_over(table: Path, text: str) -> None:
    table.write_text(text, encoding="utf-8")
    assert checks.data_tables_hold(None) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.parametrize(
    ("safe", "journal", "kind"),
    [(True, "WAL", None), (True, "DELETE", None), (False, "WAL", Warning), (False, "DELETE", Info)],
)
def test_wal_on_an_sqlite_with_the_fault_is_warned_of(
    settings: Any, monkeypatch: pytest.MonkeyPatch, safe: bool, journal: str, kind: type | None
) -> None:
    settings.SQLITE_WAL_IS_SAFE = safe
    options = {"init_command": f"PRAGMA journal_mode={journal};"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    found = checks.sqlite_keeps_what_it_commits(None)
    assert [type(message) for message in found] == ([kind] if kind else [])
