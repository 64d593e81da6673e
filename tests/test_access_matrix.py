"""Who gets what at every address of the site, admin included.

The addresses come from the URL resolver, the expected answers from ``access_matrix.toml``: an address
without its row fails, so no page can be added without saying who may see it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from documents.models import Membership
from tests.world import CANARY, OUTSIDERS, ROLES, STATES, World, build_world

TABLE = tomllib.loads(Path(__file__).with_name("access_matrix.toml").read_text(encoding="utf-8"))
# htmx asks for a part of the page, which must be refused as the page is.
REQUESTS = (("get", {}), ("get", {"HTTP_HX_REQUEST": "true"}), ("head", {}), ("post", {}), ("options", {}))
# The removed member and the inactive user are held to the table, and so to what a stranger gets.
LOOKING = ("anonymous", "stranger", "staff", "other_owner")


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Return every route of the site, as written in the URL files."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += addresses(entry, route)
        elif isinstance(entry, URLPattern):
            found.append(route)
    return sorted(set(found))


def row_of(route: str) -> dict | None:
    """Return the first row of the table that names the route."""
    for row in TABLE["row"]:
        if any(re.fullmatch(pattern, route) for pattern in row["routes"]):
            return row
    return None


def expected(row: dict, state: str, role: str) -> set[int]:
    """Return the statuses that a role may get: of the answer that the row names for the state."""
    answer = row.get(state, row.get("always"))
    statuses = TABLE["answers"][answer]
    status = statuses.get(role, statuses.get("others"))
    return {status} if isinstance(status, int) else set(status)


def asked(world: World, state: str) -> list[tuple[str, dict, str]]:
    """Return route, row and address for all there is, the address for the dossier in a state."""
    rows = [(route, row_of(route)) for route in addresses()]
    return [(route, row, world.url(route, state, row.get("query", ""))) for route, row in rows if row]


def test_every_address_has_its_row() -> None:
    missing = [route for route in addresses() if row_of(route) is None]
    assert missing == [], "addresses without a row in access_matrix.toml"


def test_every_row_has_its_address() -> None:
    routes = addresses()
    idle = [
        pattern
        for row in TABLE["row"]
        for pattern in row["routes"]
        if not any(re.fullmatch(pattern, route) for route in routes)
    ]
    assert idle == [], "rows in access_matrix.toml that no address matches"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def clients(world: World) -> dict[str, Client]:
    """Return everybody's browser, the removed member's and the inactive user's opened before that."""
    dossiers = [c.pks["documents.dossier"] for c in world.corners.values() if c.pks]
    for pk in dossiers:
        Membership.objects.create(dossier_id=pk, user=world.users["removed"], role="curator")
    clients = {role: world.client(role) for role in ROLES}
    clients["removed"].get("/")
    Membership.objects.filter(user=world.users["removed"]).delete()
    return clients


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    world: World, clients: dict[str, Client], role: str, state: str
) -> None:
    wrong = []
    for route, row, url in asked(world, state):
        for method in ("get", "head"):
            status = getattr(clients[role], method)(url).status_code
            if status not in expected(row, state, role):
                wrong.append(f"{method} {url} ({route}): {status}, not {expected(row, state, role)}")
        if row.get("logs_out"):
            clients[role] = world.client(role)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", LOOKING)
def test_forbidden_looks_like_missing(world: World, clients: dict[str, Client], role: str) -> None:
    """What is hidden answers with the very bytes of what never was, whatever the method."""
    client, differing = clients[role], []
    for route, row, hidden in asked(world, "private"):
        if row.get("private") is None:
            continue
        missing = world.url(route, "missing", row.get("query", ""))
        for method, headers in REQUESTS:
            one = world.masked(getattr(client, method)(hidden, **headers), hidden)
            other = world.masked(getattr(client, method)(missing, **headers), missing)
            if one != other:
                differing.append(f"{method} {hidden}: {one[0]}, missing: {other[0]}")
    assert differing == [], "\n".join(differing)


@pytest.mark.parametrize("role", LOOKING)
def test_two_worlds(world: World, clients: dict[str, Client], role: str) -> None:
    """An outsider's answers are the same with and without a private dossier on the site."""
    client = clients[role]
    urls = [url for _, row, url in asked(world, "published") if not row.get("logs_out")]
    before = {url: world.masked(client.get(url), url) for url in urls}
    world.remove_private()
    # What was said to the first session is said to no other.
    client = world.client(role)
    after = {url: world.masked(client.get(url), url) for url in urls}
    differing = [url for url in urls if before[url] != after[url]]
    assert differing == [], "\n".join(differing)


@pytest.mark.parametrize("role", LOOKING)
def test_no_word_of_a_private_dossier_reaches_an_outsider(
    world: World, clients: dict[str, Client], role: str
) -> None:
    client, told = clients[role], []
    for state in STATES:
        for _, row, url in asked(world, state):
            if row.get("logs_out"):
                continue
            answer = world.masked(client.get(url), url)
            told += [url for text in answer[1:] if CANARY.lower() in text.lower()]
    assert told == [], "\n".join(told)


@pytest.mark.parametrize("role", LOOKING)
def test_the_citable_address_of_a_claim_is_guarded_as_the_short_one(
    world: World, clients: dict[str, Client], role: str
) -> None:
    uuid = {state: world.corners[state].ids["uuid"] for state in STATES}
    assert clients[role].get(f"/claims/{uuid['private']}/").status_code == 404
    assert clients[role].get(f"/claims/{uuid['published']}/").status_code == 200


@pytest.mark.parametrize("role", LOOKING)
def test_what_was_dismissed_is_for_members(world: World, clients: dict[str, Client], role: str) -> None:
    dismissed = world.corners["published"].ids["dismissed"]
    assert clients[role].get(f"/claims/{dismissed}/").status_code == 404
    assert clients["reader"].get(f"/claims/{dismissed}/").status_code == 200


@pytest.mark.parametrize("role", [*OUTSIDERS, "reader"])
def test_no_post_of_an_outsider_changes_anything(world: World, clients: dict[str, Client], role: str) -> None:
    """Posts to every address, by those who may not curate, leave everything as it is."""
    before = world.fingerprint()
    for state in STATES:
        for _, row, url in asked(world, state):
            client = world.client(role) if row.get("logs_out") else clients[role]
            client.post(url, {"confirm": "1", "action": "accept", "post": "yes", **row.get("post", {})})
    after = world.fingerprint()
    assert {table for table in before if before[table] != after[table]} == set()
