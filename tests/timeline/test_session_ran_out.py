"""A session that ran out: what was typed is kept, and stored once one has logged in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.timeline.desk import Desk, build_desk
from tests.timeline.sending import browser, typed
from timeline.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


def test_what_was_typed_is_stored_after_logging_in_on_the_spot(desk: Desk) -> None:
    claim = desk.claim("3 March")
    desk.curator.set_password("pw")
    desk.curator.save()
    client, address = browser(desk.curator), f"/admin/timeline/claim/{claim.pk}/change/"
    sent = {**typed(client.get(address)), "edtf": "2019-03", "reason": "Told <so> by the harbour."}
    client.logout()
    page = client.post(address, sent)
    assert page.status_code == 403
    kept = dict(page.context["kept"])
    assert kept == sent
    assert "Told &lt;so&gt; by the harbour." in page.content.decode()
    who = {"resume-username": desk.curator.username, "resume-password": "wrong"}
    page = client.post(address, {**kept, **who})
    assert page.status_code == 403
    assert dict(page.context["kept"]) == sent
    page = client.post(address, {**kept, **who, "resume-password": "pw"})
    assert page.status_code == 302
    claim.refresh_from_db()
    assert claim.edtf == "2019-03"
    assert Decision.objects.last().reason == "Told <so> by the harbour."


def test_what_was_typed_is_kept_where_one_logged_in_anew_in_another_tab(desk: Desk) -> None:
    """Logging in changes the token of all forms; that of the open one is an old one then."""
    claim = desk.claim("3 March")
    desk.curator.set_password("pw")
    desk.curator.save()
    client, address = Client(enforce_csrf_checks=True), f"/admin/timeline/claim/{claim.pk}/change/"
    who = {"username": desk.curator.username, "password": "pw"}
    own = {"Origin": "http://testserver"}

    def log_in() -> None:
        page = client.get("/login/").content.decode()
        assert client.post("/login/", {**who, "csrfmiddlewaretoken": token_in(page)}).status_code == 302

    log_in()
    page = client.get(address)
    sent = {**typed(page), "edtf": "2019-03", "reason": "Told <so> by the harbour."}
    sent["csrfmiddlewaretoken"] = token_in(page.content.decode())
    client.logout()
    log_in()
    page = client.post(address, sent, headers=own)
    assert page.status_code == 403
    told = page.content.decode()
    assert "what you typed is kept" in told
    assert "Told &lt;so&gt; by the harbour." in told
    claim.refresh_from_db()
    assert claim.edtf == "2018-03-03"
    again = {**dict(page.context["kept"]), "csrfmiddlewaretoken": token_in(told)}
    assert client.post(address, again, headers=own).status_code == 302
    claim.refresh_from_db()
    assert (claim.edtf, Decision.objects.last().reason) == ("2019-03", "Told <so> by the harbour.")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_from_elsewhere_is_not_carried_along(desk: Desk, origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.curator)
    address = f"/admin/timeline/claim/{desk.claim('3 March').pk}/change/"
    answer = client.post(address, {"edtf": "2019-03"}, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "2019-03" not in answer.content.decode()
    assert "That was not done" in answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_logging_in_gives_no_more_than_one_has(desk: Desk) -> None:
    claim = desk.claim("3 March")
    desk.reader.set_password("pw")
    desk.reader.save()
    address = f"/admin/timeline/claim/{claim.pk}/change/"
    who = {"resume-username": desk.reader.username, "resume-password": "pw"}
    answer = Client().post(address, {"edtf": "2019-03", "version": "1", **who})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    claim.refresh_from_db()
    assert claim.edtf == "2018-03-03"


def test_passwords_are_not_sent_back(desk: Desk) -> None:
    sent = {"old_password": "first", "new_password1": "second", "new_password2": "second"}
    page = Client().post("/admin/password_change/", sent)
    assert page.status_code == 403
    assert page.context["kept"] == []
    assert "second" not in page.content.decode()
