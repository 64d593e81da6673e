"""Counts beside the values of filters: what each would leave, under all the others; and what to loosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict
from django.test import Client

from documents.models import Dossier, Letter
from tests.timeline.desk import member_of
from timeline import facets, pages
from timeline.by_date import ByDate
from timeline.demo import store
from timeline.facets import FIELDS, counts_of, windowed
from timeline.models import Claim
from timeline.pages import WAYS_WORDS, lanes_of
from timeline.timeline_request import BASES, PRECISIONS, REVIEWS, STANCES, TimelineRequest

QUESTIONS = (
    "",
    "stance=denies",
    "stance=denies&stance=asserts&basis=inferred",
    "party={party}",
    "party={party}&precision=day&language=fr",
    "review=curated",
    "review=dismissed&review=accepted",
    "q=harbour&precision=month",
    "from=2001&to=2012&stance=reports",
    "letter={letter}",
    "party=0",
    "party=12345&language=en",
)


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return 400 made-up claims: of some a person set something, some letters are French."""
    dossier = store("demo", "Demonstration", 400, 5)
    keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys[::9]).update(curated_fields=["stance"])
    Claim.objects.filter(pk__in=keys[3::31]).update(review_state="dismissed")
    letters = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    Letter.objects.filter(pk__in=letters[::3]).update(language="fr")
    Letter.objects.exclude(pk__in=letters[::3]).update(language="en")
    return dossier


@pytest.fixture
def reader(demo: Dossier) -> User:
    return member_of(demo, "reader")


def asked_of(text: str) -> TimelineRequest:
    claim = Claim.objects.select_related("lane_party", "letter").order_by("pk")[7]
    filled = text.format(party=claim.lane_party.public_id, letter=claim.letter.public_id)
    return TimelineRequest.read(QueryDict(filled))


def lanes(dossier: Dossier) -> dict[int, int]:
    """Return {party's public number: its key} of all lanes."""
    from collections import Counter

    keys = Counter(Claim.objects.filter(dossier=dossier).values_list("lane_party", flat=True))
    return {lane.id: lane.key for lane in lanes_of(dossier, keys)}


def offered() -> dict[int, int]:
    """Return {key: public number} of all letters."""
    return dict(Letter.objects.values_list("pk", "public_id"))


VALUES = {
    "stance": STANCES,
    "basis": BASES,
    "precision": PRECISIONS,
    "language": ("en", "fr"),
    "review": REVIEWS,
}


@pytest.mark.parametrize("asker", ["visitor", "reader"])
@pytest.mark.parametrize("text", QUESTIONS)
def test_a_count_is_what_the_value_would_leave(demo: Dossier, reader: User, text: str, asker: str) -> None:
    user = reader if asker == "reader" else AnonymousUser()
    asked = asked_of(text)
    ids = lanes(demo)
    counts = counts_of(demo, user, asked, ids, 400, offered())
    values = {**VALUES, "letter": Letter.objects.values_list("public_id", flat=True)[:20]}
    for name, each in values.items():
        for value in each:
            alone = replace(asked, **{FIELDS[name]: (value,)})
            assert (counts[name] or {}).get(value, 0) == windowed(demo, user, alone).count(), (name, value)
    for number, key in ids.items():
        alone = replace(asked, parties=(number,))
        assert (counts["party"] or {}).get(key, 0) == windowed(demo, user, alone).count(), key


@pytest.mark.parametrize("asker", ["visitor", "reader"])
@pytest.mark.parametrize("suggestions", [True, False])
def test_counts_by_the_database_are_those_by_row(
    demo: Dossier, reader: User, monkeypatch: pytest.MonkeyPatch, asker: str, suggestions: bool
) -> None:
    Dossier.objects.filter(pk=demo.pk).update(show_suggestions=suggestions)
    demo.refresh_from_db()
    user = reader if asker == "reader" else AnonymousUser()
    asked, ids = asked_of(""), lanes(demo)
    by_row = counts_of(demo, user, asked, ids, 400, offered())
    monkeypatch.setattr(facets, "COUNTED_BY_ROW", 10)
    for name, counts in counts_of(demo, user, asked, ids, 400, offered()).items():
        assert {k: n for k, n in (counts or {}).items() if n} == {k: n for k, n in by_row[name].items() if n}


@pytest.mark.parametrize("asker", ["visitor", "reader"])
@pytest.mark.parametrize("text", QUESTIONS)
def test_a_large_dossiers_counts_are_the_same_or_left_away(
    demo: Dossier, reader: User, monkeypatch: pytest.MonkeyPatch, text: str, asker: str
) -> None:
    user = reader if asker == "reader" else AnonymousUser()
    asked, ids = asked_of(text), lanes(demo)
    live = counts_of(demo, user, asked, ids, 400, offered())
    monkeypatch.setattr(facets, "COUNTED_LIVE", 10)
    monkeypatch.setattr(facets, "COUNTED_BY_ROW", 10)
    many = counts_of(demo, user, asked, ids, 400, offered())
    left_away = {name for name, counts in many.items() if counts is None}
    assert left_away == ({"letter"} if asked.letters else set())
    shown = {*REVIEWS} if asker == "reader" else {"suggested", "accepted", "curated"}
    for name in set(many) - left_away:
        expected = {value: n for value, n in (live[name] or {}).items() if n}
        assert {value: n for value, n in (many[name] or {}).items() if n} == expected, name
    assert {value for value, n in (many["review"] or {}).items() if n} <= shown
    monkeypatch.setattr(facets, "COUNTED_OF_MANY", 0)
    few = counts_of(demo, user, asked, ids, 400, offered())
    if asked.q:
        assert few == {**many, "letter": None, "review": few["review"]}
        assert {name: n for name, n in few["review"].items() if n} == +many["review"]
    elif asked.letters:
        assert all(counts is None for counts in few.values())
    elif asked.first is None:
        assert few == many


@pytest.mark.parametrize("asker", ["visitor", "reader"])
@pytest.mark.parametrize("suggestions", [True, False])
@pytest.mark.parametrize("filters", ["", "&stance=reports", "&party={party}&precision=day&basis=explicit"])
@pytest.mark.parametrize(
    "window", ["from=2001&to=2012", "from=2001-02-03", "to=1999-11-30", "from=2003-05-04&to=2003-05-20"]
)
def test_what_a_window_leaves_of_many_is_counted_by_what_is_kept(
    demo: Dossier,
    reader: User,
    monkeypatch: pytest.MonkeyPatch,
    window: str,
    filters: str,
    suggestions: bool,
    asker: str,
) -> None:
    Dossier.objects.filter(pk=demo.pk).update(show_suggestions=suggestions)
    demo.refresh_from_db()
    user = reader if asker == "reader" else AnonymousUser()
    asked, ids = asked_of(window + filters), lanes(demo)
    by_row = counts_of(demo, user, asked, ids, 400, offered())
    for name, most in (("COUNTED_LIVE", 10), ("COUNTED_BY_ROW", 10), ("COUNTED_OF_MANY", -1)):
        monkeypatch.setattr(facets, name, most)
    many = counts_of(demo, user, asked, ids, 400, offered())
    assert many.pop("letter") is None
    told = {name: {k: n for k, n in (counts or {}).items() if n is not None} for name, counts in many.items()}
    assert set(told["review"]) == (
        {"suggested", "accepted"} if user == reader or suggestions else {"accepted"}
    )
    for name, counts in told.items():
        expected = {k: n for k, n in (by_row[name] or {}).items() if n and (name != "review" or k in counts)}
        assert {k: n for k, n in counts.items() if n} == expected, name


def test_a_filter_of_a_large_dossier_is_answered_by_as_many_questions_as_any(
    demo: Dossier,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager],
) -> None:
    monkeypatch.setattr(facets, "COUNTED_LIVE", 10)
    monkeypatch.setattr(facets, "COUNTED_BY_ROW", 10)
    monkeypatch.setattr(pages, "COUNTED_LIVE", 10)
    monkeypatch.setattr(facets, "COUNTED_OF_MANY", 10)
    filters = "precision=day&language=fr&stance=denies&basis=inferred&review=curated"
    for query in ("", f"?{filters}", f"?q=was&{filters}", "?q=was&stance=denies"):
        with django_assert_max_num_queries(30):
            page = client.get(f"/dossiers/demo/{query}")
        kept = windowed(demo, AnonymousUser(), TimelineRequest.read(QueryDict(query[1:]))).count()
        assert page.context["rows"].paginator.count == kept
        assert sum(lane.claims for lane in page.context["shown_lanes"]) == kept


def words_of(page: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def test_nothing_left_says_which_filter_to_loosen(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/chronology/", {"q": "submarine", "stance": "denies"})
    denies = Claim.objects.filter(stance="denies").not_set_aside().count()
    assert f"Without “submarine” there would be {denies}." in words_of(page.content)
    assert 'href="?stance=denies"' in page.content.decode()
    assert "Without “Denies”" not in words_of(page.content)


def test_nothing_left_by_any_one_filter_says_so(demo: Dossier, client: Client) -> None:
    page = client.get("/dossiers/demo/chronology/", {"q": "submarine", "from": "1701", "to": "1702"})
    assert "No single filter is the reason" in words_of(page.content)


@pytest.mark.parametrize(
    ("query", "label"),
    [("precision=decade", "A decade"), ("language=fr", "French"), ("review=accepted", "Accepted")],
)
def test_new_filters_filter_and_stand_as_chips(demo: Dossier, client: Client, query: str, label: str) -> None:
    page = client.get(f"/dossiers/demo/chronology/?{query}").content.decode()
    kept = windowed(demo, AnonymousUser(), TimelineRequest.read(QueryDict(query))).count()
    assert f"<b>{kept}</b> of" in page
    assert re.search(rf'<a class="chip" href="\?">{label}<', page)


@pytest.mark.parametrize("way", ["words", "says", "about"])
def test_lanes_without_a_script_are_by_what_the_address_says(demo: Dossier, client: Client, way: str) -> None:
    page = client.get("/dossiers/demo/", {"by": way, "stance": "denies"}).content.decode()
    column = {"words": "lane_party", "says": "asserting_party", "about": "about_party"}[way]
    shown = re.findall(
        r'<div class="lhead[^"]*"><i[^>]*></i><b[^>]*>(.*?)</b>.*?<span class="sub">(\d+) claim', page
    )
    denied = Claim.objects.filter(stance="denies").not_set_aside()
    names = [name or "Nobody named" for name in denied.values_list(f"{column}__name", flat=True)]
    assert {name: int(n) for name, n in shown} == {name: names.count(name) for name in set(names)}
    assert f'aria-current="true">{dict(WAYS_WORDS)[way]}<' in page
    assert 'href="?stance=denies&amp;by=' in page or way != "words"


@pytest.mark.parametrize(
    ("sought", "marked"),
    [
        ("harbour", ["harbour"]),
        ("HARBOUR inspected", ["harbour", "inspected"]),
        ("recall harbour", ["recall", "harbour"]),
        ("<b>", []),
    ],
)
def test_words_that_were_sought_are_marked(
    demo: Dossier, client: Client, sought: str, marked: list[str]
) -> None:
    page = client.get("/dossiers/demo/chronology/", {"q": sought}).content.decode()
    rows = re.findall(r'<td class="w"><q[^>]*>(.*?)</q>', page)
    assert bool(rows) == bool(marked)
    for row in rows:
        assert re.findall(r'<mark class="hit">(.*?)</mark>', row) == marked
    assert "<b></b>" not in page


def test_a_hit_far_into_a_sentence_is_shown_with_what_stands_round_it(demo: Dossier, client: Client) -> None:
    claim = Claim.objects.not_set_aside().order_by("pk")[0]
    Claim.objects.filter(pk=claim.pk).update(
        quote=f"{'word <i>' * 200} submarine & all", clause_start=None, clause_end=None
    )
    page = client.get("/dossiers/demo/chronology/?q=submarine").content.decode()
    (row,) = re.findall(r'<td class="w"><q[^>]*>(.*?)</q>', page)
    assert '<mark class="hit">submarine</mark> &amp; all' in row
    assert row.startswith("…")
    assert len(row) < 600
    assert "<i>" not in row


@pytest.mark.parametrize("text", ["", "stance=denies", "party={party}&precision=day", "from=2001", "q=the"])
def test_what_is_known_already_changes_no_count(
    demo: Dossier, reader: User, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(facets, "COUNTED_LIVE", 10)
    monkeypatch.setattr(facets, "COUNTED_BY_ROW", 10)
    monkeypatch.setattr(pages, "COUNTED_BY_ROW", 10)
    asked, facts = asked_of(text), pages.facts_of(demo, reader)
    traits = pages.traits_of(demo, reader, asked, facts)
    assert (traits is None) == (text in ("from=2001", "q=the"))
    monkeypatch.setattr(pages, "COUNTED_LIVE", 10)
    near = pages.window_traits_of(demo, reader, asked, facts)
    assert (near is None) == (text not in ("from=2001", "q=the"))
    left = pages.total_of(asked, facts, demo, reader, traits, near)
    assert left == windowed(demo, reader, asked).count()
    known = {"left": left, "traits": traits, "near": near}
    assert counts_of(demo, reader, asked, lanes(demo), 400, offered(), **known) == counts_of(
        demo, reader, asked, lanes(demo), 400, offered()
    )
    monkeypatch.setattr(facets, "COUNTED_OF_MANY", left - 1)
    few = counts_of(demo, reader, asked, lanes(demo), 400, offered(), **known)
    assert {name for name, counts in few.items() if counts is None} == (
        {"letter"} if asked.q or asked.first else set()
    )


@pytest.mark.parametrize("last", [None, 725_000, 731_000, 760_000])
@pytest.mark.parametrize("first", [None, 600_000, 728_000, 731_000])
def test_a_windows_claims_are_counted_and_listed_whole(
    demo: Dossier, first: int | None, last: int | None
) -> None:
    keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    Claim.objects.filter(pk__in=keys[::7]).update(earliest_day=None)
    Claim.objects.filter(pk__in=keys[::5]).update(latest_day=None)
    if first is not None and last is not None and first > last:
        return
    found = Claim.objects.in_dossier(demo).between(first, last)
    rows = [
        pk
        for pk, start, end in Claim.objects.values_list("pk", "earliest_day", "latest_day")
        if (first, last) == (None, None)
        or (
            (start, end) != (None, None)
            and not (first is not None and end is not None and end < first)
            and not (last is not None and start is not None and start > last)
        )
    ]
    assert found.counted_in_window() == len(rows)
    listed = ByDate(found, lambda claims: claims)
    pages_of = [claim.pk for at in range(0, len(rows) + 7, 7) for claim in listed[at : at + 7]]
    assert pages_of == list(found.by_date().values_list("pk", flat=True))
    assert set(pages_of) == set(rows)
