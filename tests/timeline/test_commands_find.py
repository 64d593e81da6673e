"""``find_claims``, ``find_attributions`` and ``find_events``: JSON lines in, JSON lines out, no database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.timeline.extraction.attribution.support import CASES

TEXT = "Corvia says that the gate fell on 3 May 2021."
LINE = {"letter": "a", "text": TEXT, "date": "2021-06-20", "sender": "Veldania", "recipient": "Corvia"}


def run(command: str, folder: Path, *lines: dict[str, Any] | str, **options: Any) -> list[dict[str, Any]]:
    source = folder / "lines.jsonl"
    source.write_text(
        "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines),
        encoding="utf-8",
    )
    out = StringIO()
    call_command(command, str(source), stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def parties() -> dict[str, str]:
    return {"parties": str(CASES / "parties.json")}


def test_find_claims_prints_document_parts_and_claims(tmp_path: Path) -> None:
    (answer,) = run("find_claims", tmp_path, LINE, **parties())
    assert answer["letter"] == "a"
    assert answer["document"]["sender_party"] == "Veldania"
    assert answer["document"]["date"] == "2021-06-20"
    assert [part["kind"] for part in answer["parts"]] == ["cover"]
    (claim,) = answer["claims"]
    assert {
        "asserted_by": "Veldania",
        "attributed_to": "Corvia",
        "stance": "reports",
        "modality": "happened",
        "edtf": "2021-05-03",
        "timex": "3 May 2021",
        "clause": "the gate fell on 3 May 2021",
        "quote": TEXT,
        "source": "Corvia",
        "cue": "says",
        "content": "the gate fell on 3 May 2021",
    }.items() <= claim.items()
    assert TEXT[claim["timex_start"] : claim["timex_end"]] == "3 May 2021"


def test_offsets_are_those_of_the_text_given(tmp_path: Path) -> None:
    text = "\r\n\r\n" + TEXT + "\r\n"
    (answer,) = run("find_claims", tmp_path, {**LINE, "text": text}, **parties())
    claim = answer["claims"][0]
    assert text[claim["timex_start"] : claim["timex_end"]] == "3 May 2021"


def test_undated_claims_only_with_the_option(tmp_path: Path) -> None:
    line = {**LINE, "text": "The lock was shut for three weeks."}
    assert run("find_claims", tmp_path, line, **parties())[0]["claims"] == []
    assert len(run("find_claims", tmp_path, line, undated=True, **parties())[0]["claims"]) == 1


def test_one_bad_line_stops_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "lines.jsonl"
    source.write_text(f"{{\n{json.dumps(LINE)}\n{{}}\n", encoding="utf-8")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 lines"):
        call_command("find_claims", str(source), stdout=out, stderr=err)
    assert len(out.getvalue().splitlines()) == 1
    assert "line 1" in err.getvalue()
    assert "'text' is missing" in err.getvalue()


def test_a_missing_file_of_names_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        run("find_claims", tmp_path, LINE, parties=str(tmp_path / "nowhere.json"))


def test_built_in_names_without_the_option(tmp_path: Path) -> None:
    line = {"letter": "a", "text": "The Security Council met on 3 May 2021.", "sender": "France"}
    (answer,) = run("find_claims", tmp_path, line)
    assert answer["claims"][0]["asserted_by"] == "France"


def test_find_attributions_prints_spans(tmp_path: Path) -> None:
    (answer,) = run("find_attributions", tmp_path, {"doc": "d", "text": TEXT})
    assert answer == {
        "doc": "d",
        "attributions": [{"source": [[0, 6]], "cue": [[7, 11]], "content": [[17, len(TEXT) - 1]]}],
    }


def test_find_events_labels_accounts_of_one_act(tmp_path: Path) -> None:
    answer = {
        "letter": "b",
        "text": "The gate did not fall on 3 May 2021. Our pilot left on 9 January 2020.",
        "sender": "Corvia",
        "recipient": "Veldania",
        "date": "2021-07-01",
    }
    one, two = run("find_events", tmp_path, LINE, answer, **parties())
    label = one["claims"][0]["same"]
    assert two["claims"][0]["same"] == label
    assert one["claims"][0]["grounds"]
    assert "same" not in two["claims"][1]


def test_letters_of_one_run_are_one_dossier(tmp_path: Path) -> None:
    first = {**LINE, "letter": "first"}
    second = {
        "letter": "second",
        "text": "Sir,\n\nI refer to your letter dated 20 June 2021.\n",
        "sender": "Corvia",
        "recipient": "Veldania",
        "date": "2021-07-01",
    }
    answers = run("find_claims", tmp_path, first, second, **parties())
    assert {"kind": "replies to", "letter": "first"} in answers[1]["document"]["relations"] or {
        "kind": "cites",
        "letter": "first",
    } in answers[1]["document"]["relations"]
