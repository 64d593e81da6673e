"""A page whose head leaves first: in which parts it leaves, what it says of a fault, what it brings along."""

from __future__ import annotations

import gzip
import json
import re
import zlib

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from timeline import head_first, views
from timeline.demo import store
from timeline.models import Claim

pytestmark = pytest.mark.django_db
BROUGHT = re.compile(r'<script type="application/json" id="marks">(.*?)</script>', re.DOTALL)


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_first, "is_collected", lambda: True)


def parts_of(answer: StreamingHttpResponse) -> list[str]:
    """Return the parts of an answer as a browser reads them: each when it has come."""
    if answer.headers.get("Content-Encoding") != "gzip":
        return [part.decode() for part in answer]
    reader = zlib.decompressobj(wbits=31)
    return [reader.decompress(part).decode() for part in answer]


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip, br"}])
def test_the_head_leaves_before_the_body(client: Client, production: None, headers: dict[str, str]) -> None:
    store("demo", "Demonstration", 30, 7)
    parts = parts_of(client.get("/dossiers/demo/", headers=headers))
    assert "timeline.css" in parts[0]
    assert "main.js" in parts[0]
    assert "<title>Demonstration · Claimline</title>" in parts[0]
    assert "<body" not in parts[0]
    assert parts[1].startswith("<body")
    assert "</main>" in parts[1]


def test_in_parts_and_whole_it_is_the_same_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    store("demo", "Demonstration", 30, 7)
    whole = client.get("/dossiers/demo/?stance=denies").content.decode()
    monkeypatch.setattr(head_first, "is_collected", lambda: True)
    assert "".join(parts_of(client.get("/dossiers/demo/?stance=denies"))) == whole


def test_what_is_not_there_is_said_in_the_status(client: Client, production: None) -> None:
    assert client.get("/dossiers/none/").status_code == 404


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OperationalError("database is locked"), "Somebody else is writing just now"),
        (OperationalError("disk image is malformed"), "Something went wrong here"),
        (ZeroDivisionError(), "Something went wrong here"),
    ],
)
def test_a_fault_in_the_body_is_said_and_noted(
    client: Client,
    production: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    said: str,
) -> None:
    store("demo", "Demonstration", 30, 7)

    def fails(*args: object) -> None:
        raise fault

    monkeypatch.setattr(views, "_listing", fails)
    page = "".join(parts_of(client.get("/dossiers/demo/")))
    assert said in page
    assert page.count("<body") == page.count("</html>") == 1
    assert "/dossiers/demo/" in caplog.text


def test_the_page_stands_without_what_comes_last(
    client: Client, production: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store("demo", "Demonstration", 30, 7)

    def fails(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(views, "first_view", fails)
    page = "".join(parts_of(client.get("/dossiers/demo/")))
    assert "The same claims as a list" in page
    assert page.rstrip().endswith("</html>")
    assert BROUGHT.search(page) is None
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "query",
    ["", "?stance=denies", "?by=says", "?q=causeway&review=suggested", "?known=5&first=1&last=2&px=3"],
)
def test_it_brings_what_the_canvas_would_ask_for(client: Client, query: str) -> None:
    store("demo", "Demonstration", 60, 7)
    page = client.get(f"/dossiers/demo/{query}").content.decode()
    asked_for = re.search(r'data-marks-url="([^"]+)"', page)
    brought = BROUGHT.search(page)
    assert asked_for
    assert brought
    assert json.loads(brought[1]) == client.get(asked_for[1].replace("&amp;", "&")).json()


def test_what_it_brings_ends_no_script(client: Client) -> None:
    store("demo", "Demonstration", 30, 7)
    party = Claim.objects.exclude(lane_party=None).select_related("lane_party")[0].lane_party
    party.name = "</script><script>alert(1)</script><!-- & co"
    party.save()
    page = client.get("/dossiers/demo/").content.decode()
    brought = BROUGHT.search(page)
    assert brought
    assert party.name in [lane["name"] for lane in json.loads(brought[1])["lanes"]]
    assert not set("<>&") & set(brought[1])


def test_compressed_parts_are_complete_and_differ_in_length() -> None:
    packed = [b"".join(head_first.compressed([b"one", b"two"])) for _ in range(20)]
    assert {gzip.decompress(each) for each in packed} == {b"onetwo"}
    assert len({len(each) for each in packed}) > 1


def test_in_development_it_leaves_whole() -> None:
    request: HttpRequest = RequestFactory().get("/")
    answer = head_first.answered_head_first(request, "500.html", {}, dict, lambda: "<p>last</p>")
    assert isinstance(answer, HttpResponse)
    assert "<p>last</p></body>" in answer.content.decode()
