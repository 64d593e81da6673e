"""Two at the same instant, at every address that writes: nothing is overwritten, the second is told."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from documents.models import Dossier, Membership
from tests.test_access_matrix import addresses, row_of
from tests.timeline import racing
from tests.timeline.desk import Desk, build_desk
from tests.timeline.racing import Answer, Race, at_once
from tests.world import build_world
from timeline.history import verify
from timeline.models import Decision, Note

# Of two, one is stored; the other is answered 409 with what is stored now.
ONE_STORED = (
    racing.accepting,
    racing.accepting_and_dismissing,
    racing.splitting,
    racing.merging_claims,
    racing.claim_form,
    racing.claim_list,
    racing.letter_form,
    racing.letter_metadata,
    racing.reading_again,
    racing.party_form,
    racing.event_form,
    racing.dossier_form,
    racing.assigning,
    racing.undoing_in_the_queue,
    racing.undoing_what_another_changes,
    racing.undoing,
    racing.undoing_a_letter,
    racing.undoing_a_party,
    racing.undoing_an_event,
)
# Of two, one is done; the other reads this.
ONE_DONE = {
    racing.going_back: "it stands so already",
    racing.merging_crosswise: "has itself been merged into another party",
    racing.merging_claims_crosswise: "has itself been dismissed meanwhile",
    racing.parting: "is not merged into another party any more",
    racing.naming: "waits no longer: somebody said meanwhile who it is",
    racing.naming_anew: "waits no longer: somebody said meanwhile who it is",
    racing.answering: "Your reading of this claim is stored already",
    racing.asking: "No decided claim is left",
    racing.removing_a_note: "This note was removed meanwhile",
    racing.adding_a_claim: "Somebody added this claim meanwhile",
    racing.opening_a_dossier: "is not free",
    racing.bringing: "already in this dossier",
    racing.storing_what_waited: "already in this dossier",
}
BOTH = (racing.noting_a_claim, racing.noting_a_letter)

# Addresses that take a form and write nothing of a dossier.
WRITES_NOTHING = {
    "login/": "One logs in.",
    "admin/login/": "One logs in.",
    "admin/password_change/": "One's own password, and the old one is asked for.",
    "admin/": "A page that takes any method, and only shows.",
    "admin/^(?P<app_label>auth|timeline|documents)/$": "A page that takes any method, and only shows.",
    "admin/documents/dossier/": "A list without an action that writes.",
    "admin/documents/letter/": "A list without an action that writes.",
    "admin/documents/party/": "Its action leads to the page on which parties are merged.",
    "admin/timeline/event/": "A list without an action that writes.",
    "admin/documents/dossier/<path:object_id>/history/": "No entry about a dossier has a way back here.",
}
# Every address that writes and asks for no version seen, with why it needs none.
NEEDS_NO_VERSION = WRITES_NOTHING | {
    "admin/documents/dossier/add/": "What it makes was not there; of two with one address one is refused.",
    "admin/letters/<int:public_id>/claims/": "What it adds was not there; the same claim is added once.",
    "admin/notes/claims/<int:public_id>/": "A note stands beside others; it is removed once, by number.",
    "admin/notes/letters/<int:public_id>/": "A note stands beside others; it is removed once, by number.",
    "admin/desk/<slug:slug>/correspondents/": "It names words that nobody knows; known ones are refused.",
    "admin/desk/<slug:slug>/merging/": "Two parties become one once; a merge is undone once, by its number.",
    "admin/desk/<slug:slug>/second/": "Each reading is answered once, by who was asked; no claim changes.",
    "ingest/": "A letter is added beside others; the same one is stored once.",
    "ingest/<int:public_id>/": "What waits is one person's own; it is stored once, and waits no more.",
}
# What a form says of the versions that its sender saw.
SAYS_WHAT_WAS_SEEN = re.compile(r"version|seen|agreed|(seen|was)_\d+")


def run(race: Race) -> tuple[Desk, list[Answer], list[Decision]]:
    """Let two owners race in a desk of their own; return it, the answers, and what the log gained."""
    desk = build_desk()
    Membership.objects.filter(dossier=desk.dossier, user=desk.curator).update(role="owner")
    posts = race(desk, desk.claim("3 March"))
    before = Decision.objects.count()
    answers = at_once(posts)
    written = list(Decision.objects.order_by("pk")[before:])
    for dossier in Dossier.objects.all():
        assert list(verify(dossier.pk)) == []
    # Of two people one wrote; of two tabs of one person, one. What the machine joined after it has no user.
    own = [entry.user_id for entry in written if entry.user_id]
    assert len(set(own)) == 1
    assert len({post.user for post in posts}) == 2 or len(own) == 1
    connection.close()
    return desk, answers, written


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", ONE_STORED, ids=lambda race: race.__name__)
def test_one_of_two_is_stored_and_the_other_told(race: Race) -> None:
    _, answers, written = run(race)
    assert sorted(answer.status for answer in answers) in ([200, 409], [302, 409])
    assert written


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("race", "told"), ONE_DONE.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_what_can_be_done_once_is_done_once(race: Race, told: str) -> None:
    _, answers, written = run(race)
    assert written
    assert [told in answer.said for answer in answers].count(True) == 1
    assert {answer.status for answer in answers} <= {200, 302, 409, 422}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", BOTH, ids=lambda race: race.__name__)
def test_what_two_may_add_stays_of_both(race: Race) -> None:
    desk = build_desk()
    answers = at_once(race(desk, desk.claim("3 March")))
    assert {answer.status for answer in answers} == {200}
    assert set(Note.objects.values_list("text", "author__username")) == {
        ("One.", desk.curator.username),
        ("Two.", desk.owner.username),
    }
    assert list(verify(desk.dossier.pk)) == []
    connection.close()


@pytest.mark.django_db
def test_every_address_that_takes_a_form_has_its_race() -> None:
    """An address takes a form where a post is not answered as a question is, nor refused as a method."""
    desk = build_desk()
    raced = set()
    for race in (*ONE_STORED, *ONE_DONE, *BOTH):
        with transaction.atomic():
            raced |= {resolve(post.address).route for post in race(desk, desk.claim("3 March"))}
            transaction.set_rollback(True)
    missing = set(takes_forms()) - raced - set(WRITES_NOTHING)
    assert missing == set(), "addresses without a race in tests/timeline/racing.py"


@pytest.mark.django_db
def test_every_address_that_writes_asks_for_the_version_seen() -> None:
    """It does where a race's form says what was seen, and is stored no more once it does not."""
    asking = set()
    for race in (*ONE_STORED, *ONE_DONE, *BOTH):
        with transaction.atomic():
            desk = build_desk()
            Membership.objects.filter(dossier=desk.dossier, user=desk.curator).update(role="owner")
            for post in race(desk, desk.claim("3 March")):
                blind = {n: v for n, v in post.sent.items() if not SAYS_WHAT_WAS_SEEN.fullmatch(n)}
                if blind == post.sent:
                    continue
                asking.add(resolve(post.address).route)
                before = Decision.objects.count()
                client = Client()
                client.force_login(post.user)
                client.post(post.address, blind, headers={"X-Requested-With": "fetch"})
                assert Decision.objects.count() == before, f"{race.__name__}: stored unseen"
            transaction.set_rollback(True)
    needless = set(NEEDS_NO_VERSION)
    assert set(takes_forms()) - asking - needless == set(), "ask for the version seen, or say why not"
    assert needless & asking == set(), "these ask for the version seen: take them from the table"
    assert needless - set(addresses()) == set(), "there are no such addresses any more"


def takes_forms() -> list[str]:
    """Return the routes at which an owner's empty form is taken."""
    world = build_world()
    client, taken = world.client("owner"), []
    for route in addresses():
        row = row_of(route)
        assert row is not None
        if row.get("logs_out"):
            continue
        url = world.url(route, "published", row.get("query", ""))
        asked, sent = client.get(url), client.post(url)
        same = (asked.status_code, asked.get("Location")) == (sent.status_code, sent.get("Location"))
        if sent.status_code != 405 and not (same and asked.status_code != 200):
            taken.append(route)
    return taken
