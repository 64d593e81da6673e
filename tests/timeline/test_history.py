"""The chain of hashes: what is altered, left out or put in is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.timeline.desk import Desk, build_desk
from timeline import curation, history_guard
from timeline.history import head, verify
from timeline.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    desk = build_desk()
    for words, decide in (
        ("3 March", curation.accept_claim),
        ("2018", curation.dismiss_claim),
        ("3 March", curation.restore_claim),
        ("16 June 2018", curation.accept_claim),
    ):
        decide(desk.curator, desk.claim(words), None, "It is so. “Why?”\u0000")
    return desk


def tampered(change: Callable[[], object]) -> None:
    """Do to the log what its triggers forbid, as somebody with the database in hand could."""
    history_guard.lift()
    try:
        change()
    finally:
        history_guard.install()


def rows(desk: Desk):
    return Decision.objects.filter(dossier=desk.dossier)


TAMPERING: dict[str, Callable[[Desk], object]] = {
    "another person": lambda d: rows(d).filter(number=3).update(user_name="somebody else"),
    "another value": lambda d: rows(d).filter(number=2).update(changes={"review_state": ["a", "b"]}),
    "another reason": lambda d: rows(d).filter(number=4).update(reason=""),
    "one taken out": lambda d: rows(d).filter(number=3).delete(),
    "first taken out": lambda d: rows(d).filter(number=1).delete(),
    "a hash mended": lambda d: rows(d).filter(number=2).update(reason="x", hash="f" * 64),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found(desk: Desk, name: str) -> None:
    assert list(verify(desk.dossier.pk)) == []
    tampered(lambda: TAMPERING[name](desk))
    assert list(verify(desk.dossier.pk)) != []
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_history", stdout=StringIO(), stderr=StringIO())


def test_a_head_kept_elsewhere_shows_that_the_end_was_cut_off(desk: Desk) -> None:
    out = StringIO()
    call_command("verify_history", stdout=out)
    line = json.loads(out.getvalue())
    assert line["whole"]
    kept = f"{line['dossier']}:{line['entries']}:{line['head']}"
    call_command("verify_history", expect=[kept], stdout=StringIO())
    tampered(lambda: rows(desk).filter(number=line["entries"]).delete())
    assert list(verify(desk.dossier.pk)) == []
    with pytest.raises(CommandError):
        call_command("verify_history", expect=[kept], stdout=StringIO(), stderr=StringIO())


def test_a_missing_guard_is_reported(desk: Desk) -> None:
    history_guard.lift()
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=StringIO(), stderr=StringIO())
    history_guard.install()
    call_command("verify_history", stdout=StringIO())


def test_each_dossier_has_its_own_chain(desk: Desk) -> None:
    other = build_desk("other")
    curation.accept_claim(other.curator, other.claim("3 March"), None)
    assert head(desk.dossier.pk)[0] == 5
    assert head(other.dossier.pk)[0] == 2
    assert list(verify(other.dossier.pk)) == []


def test_the_hash_covers_what_the_database_gives_back(desk: Desk) -> None:
    entry = rows(desk).get(number=2)
    assert "\u0000" not in entry.reason
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM timeline_decision")
        assert cursor.fetchone()[0] == 5
