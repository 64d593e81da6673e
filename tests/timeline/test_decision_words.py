"""The log in words: dates, codes, records and names as pages say them; the raw values stay in the export."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser
from timeline import curation
from timeline.decision_words import Line, lines_of, subject_said, value_said
from timeline.history import verify
from timeline.models import BASES, MODALITIES, PRECISIONS, REVIEW_STATES, STANCES, VOICE_ROLES, Decision

LOG = "/admin/desk/sella/log/"


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"edtf": ["2023-09~", "2018-03-03"]}, [("date", "about September 2023", "3 March 2018")]),
        ({"edtf": [None, "199X"], "modifier": ["", "start"]}, [("date", "no date", "early 1990s")]),
        ({"modifier": ["start", ""]}, [("part of it", "early", "the whole of it")]),
        ({"stance": ["rejects-wording", "denies"]}, [("stance", "Rejects the wording", "Denies")]),
        (
            {"basis": ["anaphoric", "explicit"]},
            [("how the date was got", "Worked out from an earlier date", "Written out")],
        ),
        ({"review_state": ["withdrawn", "suggested"]}, [("review", "No longer found", "Suggested")]),
        ({"event_id": [None, 7]}, [("event", "nothing", "Seizure")]),
        ({"event_id": [8, 7]}, [("event", "an event that is gone", "Seizure")]),
        ({"language": ["en", "fr"]}, [("language", "English", "French")]),
        ({"confirmed": [False, True]}, [("confirmed", "no", "yes")]),
        ({"reasoning": [["a"], ["b"]], "earliest_day": [1, 2]}, [("how it was read", "as before", "anew")]),
        (
            {"curated_fields": [[], ["earliest_day", "edtf", "stance"]]},
            [("set by a person", "nothing", "date, stance")],
        ),
        ({"text": ["0af3", "9b12"]}, [("text", "as it was read", "read anew from the file")]),
        ({"tags": [[], ["Pilots", "Law"]]}, [("issues", "nothing", "Pilots; Law")]),
        ({}, []),
    ],
)
def test_fields_are_said_as_pages_call_them(changes: Any, lines: list[tuple[str, str, str]]) -> None:
    assert lines_of(changes, {7: "Seizure"}) == [Line(*line) for line in lines]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("voices", {"party": 4, "name": "Averland", "words": "x", "role": "quoted"}, "Averland is quoted"),
        ("voices", {"party": None, "name": None, "words": "the Board", "role": "agent"}, "“the Board” acts"),
        ("dates", {"part": 0, "kind": "own", "edtf": "2019-05~"}, "about May 2019 (its own)"),
        (
            "dates",
            {"part": 1, "kind": "foot", "edtf": "2019", "is_anchor": True},
            "2019 (at the foot, part 2, its claims are dated by it)",
        ),
        (
            "correspondents",
            {"part": 0, "role": "sender", "party": 2, "name": "Norvania", "office": "Consul", "person": ""},
            "Norvania, Consul (sender)",
        ),
        (
            "names",
            {
                "text": "Averlandish",
                "language": "en",
                "kind": "adjective",
                "from_year": 1900,
                "to_year": None,
            },
            "Averlandish (English, adjective, from 1900)",
        ),
        (
            "second_reading",
            {"verdict": "accepted", "edtf": "2018-03", "stance": "denies", "asserted_by": None},
            "Accepted, March 2018, asserted by nobody named, Denies",
        ),
        ("second_reading", {"reader": "ada", "claims": [1, 2]}, "2 asked of ada"),
    ],
)
def test_records_are_said_in_words(name: str, value: Any, said: str) -> None:
    assert value_said(name, [value]) == said


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stance", STANCES),
        ("basis", BASES),
        ("modality", MODALITIES),
        ("precision", PRECISIONS),
        ("review_state", REVIEW_STATES),
    ],
)
def test_no_code_is_said_as_it_is_stored(name: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if value_said(name, value) == value] == []


def test_no_role_of_a_voice_is_said_as_it_is_stored() -> None:
    said = {role: value_said("voices", [{"name": "A", "role": role}]) for role in VOICE_ROLES}
    assert [role for role, words in said.items() if words == f"A {role}"] == []


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2018-03-03: On 3 March", "3 March 2018: On 3 March"),
        ("[2018,2019]: Either", "2018 or 2019: Either"),
        ("14 June 2018: On that day", "14 June 2018: On that day"),
        ("Note: as it stands", "Note: as it stands"),
    ],
)
def test_a_claim_logged_under_its_edtf_is_named_in_words(stored: str, said: str) -> None:
    assert subject_said(Decision(kind="claim", subject_name=stored)) == said


@pytest.fixture
def desk(db: None) -> Desk:
    desk = build_desk()
    event = curation.event_named(desk.curator, desk.dossier, "Seizure of the trawler")
    correction = curation.Correction(edtf="2018-03~", stance="rejects-wording", event=event)
    curation.correct_claim(desk.curator, desk.claim("3 March"), correction, None)
    return desk


@pytest.fixture
def client(desk: Desk) -> Client:
    return browser(desk.curator)


def test_the_log_and_the_history_show_no_edtf_and_no_code(desk: Desk, client: Client) -> None:
    history = f"/admin/timeline/claim/{desk.claim('3 March').pk}/history/"
    for address in (LOG, history):
        page = client.get(address).content.decode()
        for words in ("about March 2018", "Rejects the wording", "Seizure of the trawler"):
            assert words in page, address
        for code in ("2018-03", "rejects-wording", "event_id", "review_state"):
            assert code not in page.replace("data-", ""), address


def test_the_export_has_the_raw_values_and_the_words(desk: Desk, client: Client) -> None:
    entry = Decision.objects.get(action="correct")
    body = b"".join(client.get(LOG, {"export": "csv"}).streaming_content).decode()
    row = next(r for r in csv.DictReader(io.StringIO(body)) if r["number"] == str(entry.number))
    assert json.loads(row["changes"]) == entry.changes
    assert "date: 3 March 2018 → about March 2018" in row["changes_in_words"]
    assert "event: nothing → Seizure of the trawler" in row["changes_in_words"]
    assert (row["action_in_words"], row["kind_in_words"]) == ("Correct", "Claims")
    assert row["subject_in_words"].startswith("about March 2018: ")
    lines = b"".join(client.get(LOG, {"export": "jsonl"}).streaming_content).decode().splitlines()
    told = next(r for r in map(json.loads, lines) if r["number"] == entry.number)
    assert told["changes"] == entry.changes
    assert {"label": "stance", "before": "Asserts", "after": "Rejects the wording"} in told[
        "changes_in_words"
    ]
    assert list(verify(desk.dossier.pk)) == []
