"""A list by letter or by event is the same page by page as sorted whole, and however its claims are found."""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client

from documents.models import Dossier, Letter
from timeline import by_group, pages
from timeline.by_group import ByGroup, Grouping
from timeline.demo import store
from timeline.models import Claim, Event
from timeline.querysets import ClaimQuerySet
from timeline.timeline_request import TimelineRequest
from timeline.traits import Traits, answered
from timeline.window_traits import traits_in_window

WAYS = ("letter", "event")
ORDERS = {"date": ClaimQuerySet.by_date, "letter": ClaimQuerySet.by_letter, "event": ClaimQuerySet.by_event}


@pytest.fixture
def demo(db: None, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """Return a dossier of 300 claims: letters without a date or a claim, events of one day and of none."""
    monkeypatch.setattr(by_group, "FIRST_STEP", 3)
    dossier = store("demo", "Demonstration", 300, 7)
    letters = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    Letter.objects.filter(pk__in=letters[1::4]).update(own_day=None)
    Claim.objects.filter(letter__in=letters[:2]).delete()
    days = ("", "1999", "1999", "2004-05", "2004-05-03", "199X", "2011")
    events = [
        Event.objects.create(dossier=dossier, title=f"Event {i}", edtf=day) for i, day in enumerate(days)
    ]
    draw = random.Random(3)
    for claim in Claim.objects.order_by("pk"):
        claim.event = draw.choice([None, *events[1:]])
        claim.save()
    return dossier


def listed(claims: ClaimQuerySet, dossier: Dossier, way: str) -> tuple[ByGroup, ClaimQuerySet]:
    """Return the list, and the same claims sorted whole."""
    if way == "letter":
        letters = Letter.objects.filter(dossier=dossier).by_own_date().values_list("pk", flat=True)
        grouping = Grouping("letter_id", letters, claims, ClaimQuerySet.by_letter)
        return ByGroup(claims, lambda c: c, grouping), claims.by_letter()
    events = Event.objects.filter(dossier=dossier).order_by("edtf", "pk").values_list("pk", flat=True)
    grouping = Grouping("event_id", events, claims, ClaimQuerySet.by_event)
    return ByGroup(claims, lambda c: c, grouping), claims.by_event()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("narrowed", ["all", "window", "words", "none", "one letter"])
def test_pages_follow_one_another_as_the_whole_list_does(demo: Dossier, way: str, narrowed: str) -> None:
    claims = Claim.objects.in_dossier(demo)
    claims = {
        "all": claims,
        "window": claims.between(730_000, 733_000),
        "words": claims.saying("was"),
        "none": claims.none(),
        "one letter": claims.filter(letter=Letter.objects.exclude(claims=None).latest("pk")),
    }[narrowed]
    pages, whole = listed(claims, demo, way)
    keys = [claim.pk for claim in whole]
    assert len(pages) == len(keys)
    for size in (7, 100, 1000):
        found = [claim.pk for start in range(0, len(keys) + 1, size) for claim in pages[start : start + size]]
        assert found == keys


@pytest.mark.parametrize("way", WAYS)
def test_the_page_lists_in_that_order(demo: Dossier, client: Client, way: str) -> None:
    _, whole = listed(Claim.objects.in_dossier(demo), demo, way)
    page = client.get("/dossiers/demo/chronology/", {"sort": way, "page": "2"}).content.decode()
    places = [page.find(f"/claims/{claim.public_id}/") for claim in whole[100:200]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize(
    "query",
    ["", "stance=denies", "precision=decade&basis=explicit", "party={party}", "letter={letter}", "q=was"],
)
def test_a_list_is_the_same_whichever_index_finds_it(
    demo: Dossier, monkeypatch: pytest.MonkeyPatch, few: int, query: str
) -> None:
    for name in ("RARE", "NARROW", "FEW"):
        monkeypatch.setattr(pages, name, few)
    claim = Claim.objects.filter(stance="denies").select_related("lane_party", "letter")[0]
    query = query.format(party=claim.lane_party.public_id, letter=claim.letter.public_id)
    user = AnonymousUser()
    for window in ("", "&from=1999&to=2004-06", "&from=2001-03-01&to=2001-03-20", "&from=2000"):
        for sort in ORDERS:
            asked = TimelineRequest.read(QueryDict(f"{query}{window}&sort={sort}"))
            traits = Traits(demo, user, asked.filters) if answered(asked.filters) else None
            near = traits_in_window(demo, user, asked) if window else None
            rows = pages.page_of(demo, user, asked, 1000, traits=traits, near=near)
            claims = Claim.objects.visible_in(demo, user).asked(asked).between(asked.first, asked.last)
            keys = list(ORDERS[sort](claims).values_list("pk", flat=True))
            assert [row.pk for row in rows] == keys
            assert keys or window
