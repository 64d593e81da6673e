"""A dossier's whole log: narrowed, page by page, and given out so that it can be checked elsewhere."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

import timeline
from tests.timeline.desk import Desk, build_desk
from timeline import curation
from timeline.history import Entry, record_many
from timeline.log import ACTIONS, ROWS
from timeline.models import Decision

LOG = "/admin/desk/sella/log/"


@pytest.fixture
def desk(db: None) -> Desk:
    desk = build_desk()
    curation.accept_claim(desk.curator, desk.claim("14 June 2018"), None)
    curation.dismiss_claim(desk.owner, desk.claim("3 March"), None, "=1+1")
    curation.add_note(desk.curator, desk.letter, "Ask them.")
    return desk


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client()
    client.force_login(desk.curator)
    return client


def actions(client: Client, **asked: str) -> list[str]:
    return [entry.entry.action for entry in client.get(LOG, asked).context["page"].entries]


def export(client: Client, name: str, **asked: str) -> str:
    answer = client.get(LOG, {"export": name, **asked})
    return b"".join(answer.streaming_content).decode()


TODAY = timezone.now().date()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["note", "dismiss", "accept", "read"]),
        ({"kind": "claim"}, ["dismiss", "accept"]),
        ({"action": "accept"}, ["accept"]),
        ({"who": "owner-sella"}, ["dismiss"]),
        ({"who": "machine"}, ["read"]),
        ({"who": "nobody"}, []),
        ({"kind": "party"}, []),
        ({"kind": "nonsense", "before": "x", "since": "yesterday"}, ["note", "dismiss", "accept", "read"]),
        ({"since": str(TODAY + dt.timedelta(2))}, []),
        ({"since": "0001-01-01", "until": "9999-12-31", "kind": "letter"}, ["note", "read"]),
        ({"until": str(TODAY - dt.timedelta(2))}, []),
        ({"since": str(TODAY - dt.timedelta(2)), "kind": "letter"}, ["note", "read"]),
        ({"since": "9999-12-31"}, []),
        ({"until": "0001-01-01"}, []),
        (
            {"since": str(TODAY - dt.timedelta(2)), "until": str(TODAY + dt.timedelta(2)), "who": "machine"},
            ["read"],
        ),
        ({"since": str(TODAY - dt.timedelta(2)), "before": "2"}, ["read"]),
        ({"before": "3"}, ["accept", "read"]),
    ],
)
def test_the_log_is_narrowed(client: Client, asked: dict[str, str], found: list[str]) -> None:
    assert actions(client, **asked) == found


def test_the_log_can_be_narrowed_to_whatever_is_recorded() -> None:
    """Every action that code writes into the log stands among those to choose from."""
    found = set()
    for path in (Path(timeline.__file__).parent).rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\brecord\(\w+(?:\.\w+)*, \w+, "([a-z ]+)"', source))
        found |= set(re.findall(r'\bEntry\("([a-z ]+)"', source))
        found |= set(re.findall(r'\baction(?:: str)? = "([a-z ]+)"', source))
        for pair in re.findall(r'\baction = "([a-z ]+)" if .+ else "([a-z ]+)"', source):
            found |= set(pair)
    assert {"accounts joined", "withdraw", "publish", "invite", "note", "read"} <= found
    assert found <= set(ACTIONS)
    assert list(ACTIONS) == sorted(ACTIONS)


def test_an_entry_made_while_the_clock_was_put_back_is_of_its_own_day(desk: Desk, client: Client) -> None:
    midnight = timezone.make_aware(dt.datetime(2031, 5, 2))
    for made in (midnight, midnight - dt.timedelta(seconds=9), midnight + dt.timedelta(seconds=2)):
        with patch("timeline.history.timezone.now", return_value=made):
            record_many(desk.dossier, None, [Entry("found", "claim", 7, "x", {})])
    assert actions(client, since="2031-05-02") == ["found", "found"]
    assert actions(client, since="2031-05-01", until="2031-05-01") == ["found"]


def test_all_that_was_done_to_one_thing(desk: Desk, client: Client) -> None:
    claim = desk.claim("3 March")
    curation.restore_claim(desk.curator, claim, None)
    assert actions(client, kind="claim", subject=str(claim.public_id)) == ["restore", "dismiss"]


def test_a_long_log_is_read_page_by_page(desk: Desk, client: Client) -> None:
    record_many(desk.dossier, None, [Entry("found", "claim", n, "x", {}) for n in range(2 * ROWS)])
    seen: list[int] = []
    address = LOG
    while address:
        context = client.get(address).context
        seen += [entry.entry.number for entry in context["page"].entries]
        address = f"{LOG}?{context['older']}" if context["older"] else ""
    assert seen == list(range(2 * ROWS + 4, 0, -1))


def test_the_export_can_be_checked_elsewhere(desk: Desk, client: Client) -> None:
    rows = [json.loads(line) for line in export(client, "jsonl").splitlines()]
    assert [row["number"] for row in rows] == [1, 2, 3, 4]
    assert [row["previous"] for row in rows] == ["", *(row["hash"] for row in rows[:-1])]
    assert all(len(row["hash"]) == hashlib.sha256().digest_size * 2 for row in rows)
    assert rows[2]["reason"] == "=1+1"
    assert rows[2]["changes"]["review_state"] == ["suggested", "dismissed"]


def test_no_cell_of_the_csv_is_a_formula(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(export(client, "csv", kind="claim"))))
    assert [row["action"] for row in rows] == ["accept", "dismiss"]
    assert rows[1]["reason"] == "'=1+1"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_another_dossiers_log_is_not_there(desk: Desk) -> None:
    other = build_desk("other")
    stranger = Client()
    stranger.force_login(other.curator)
    for asked in ({}, {"export": "csv"}):
        assert stranger.get(LOG, asked).status_code == 404
    assert Decision.objects.filter(dossier=other.dossier).exists()
