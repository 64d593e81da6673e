"""A database in use is told from a fault, and said in words; letters are read before it is held."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from documents.ingest import ingest_pasted
from documents.models import Dossier
from timeline import recording

pytestmark = pytest.mark.django_db
LETTER = "14 May 2021\n\nDear Minister,\n\nOn 3 May 2021 the bridge was closed.\n"


class Coded(Exception):
    """A fault as PostgreSQL's driver gives it, with its code."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def failing(error: OperationalError, cause: Exception | None = None) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error from cause

    return fail


@pytest.mark.parametrize(
    ("words", "cause"),
    [("database is locked", None), ("canceling statement", Coded("55P03")), ("deadlock", Coded("40P01"))],
)
def test_a_database_in_use_asks_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, words: str, cause: Exception | None
) -> None:
    monkeypatch.setattr("timeline.views.cards_of", failing(OperationalError(words), cause))
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Somebody else is writing just now" in answer.content.decode()


@pytest.mark.parametrize("cause", [None, Coded("57014")])
def test_another_fault_stays_a_fault(
    client: Client, monkeypatch: pytest.MonkeyPatch, cause: Exception | None
) -> None:
    monkeypatch.setattr("timeline.views.cards_of", failing(OperationalError("disk I/O error"), cause))
    with pytest.raises(OperationalError):
        client.get("/")


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_read_before_the_database_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    read = recording.read_claims

    def watched(*given: object) -> object:
        held.append(connection.in_atomic_block)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(recording, "read_claims", watched)
    dossier = Dossier.objects.create(title="The bridge", slug="bridge")
    result = ingest_pasted(dossier, LETTER)
    assert (result.status, result.claims, held) == ("stored", 1, [False])


def test_a_letter_read_again_as_it_was_stored_changes_nothing() -> None:
    dossier = Dossier.objects.create(title="The bridge", slug="bridge")
    letter = ingest_pasted(dossier, LETTER).letter
    assert letter is not None
    assert recording.record_letter(letter, dry_run=True).changes == []
