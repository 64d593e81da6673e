"""Two at the same instant, at every address that writes: nothing is overwritten, the second is told."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
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
)
# Of two, one is done; the other reads this.
ONE_DONE = {
    racing.undoing: "A later decision set the same fields",
    racing.going_back: "It stands so already",
    racing.undoing_a_letter: "A later decision set the same fields",
    racing.undoing_a_party: "A later decision set the same fields",
    racing.undoing_an_event: "A later decision set the same fields",
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

# Addresses that take a form and write nothing of a dossier: whose they are, and lists without an action.
NOTHING_TO_RACE_FOR = {
    "login/",
    "admin/login/",
    "admin/password_change/",
    "admin/",
    "admin/^(?P<app_label>auth|timeline|documents)/$",
    "admin/documents/dossier/",
    "admin/documents/letter/",
    "admin/documents/party/",
    "admin/timeline/event/",
    # No entry about a dossier itself has a way back here.
    "admin/documents/dossier/<path:object_id>/history/",
}


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
    missing = set(takes_forms()) - raced - NOTHING_TO_RACE_FOR
    assert missing == set(), "addresses without a race in tests/timeline/racing.py"


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
