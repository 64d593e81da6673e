"""Who gets what at every address of the site, admin included.

The addresses come from the URL resolver, the expected answers from ``access_matrix.toml``: an address
without its row fails, so no page can be added without saying who may see it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import ROLES, World, build_world

TABLE = tomllib.loads(Path(__file__).with_name("access_matrix.toml").read_text(encoding="utf-8"))
STATES = ("private", "published")


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
    """Return the first row of the table whose pattern is the whole route."""
    for row in TABLE["row"]:
        if re.fullmatch(row["route"], route):
            return row
    return None


def expected(row: dict, state: str, role: str) -> set[int]:
    """Return the statuses that a role may get; rows name one figure for all, or one a role."""
    answer = row.get(state, row.get("always"))
    if isinstance(answer, dict):
        answer = answer.get(role, answer.get("others"))
    return {answer} if isinstance(answer, int) else set(answer)


def test_every_address_has_its_row() -> None:
    missing = [route for route in addresses() if row_of(route) is None]
    assert missing == [], "addresses without a row in access_matrix.toml"


def test_every_row_has_its_address() -> None:
    routes = addresses()
    idle = [r["route"] for r in TABLE["row"] if not any(re.fullmatch(r["route"], a) for a in routes)]
    assert idle == [], "rows in access_matrix.toml that no address matches"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(world: World, role: str, state: str) -> None:
    client = world.client(role)
    wrong = []
    for route in addresses():
        row = row_of(route)
        for url in world.urls(route, state):
            for method in ("get", "head"):
                status = getattr(client, method)(url).status_code
                if status not in expected(row, state, role):
                    wrong.append(f"{method} {url} ({route}): {status}, not {expected(row, state, role)}")
            if row.get("logs_out"):
                client = world.client(role)
    assert wrong == []


@pytest.mark.parametrize("role", ["anonymous", "stranger", "staff"])
def test_forbidden_looks_like_missing(world: World, role: str) -> None:
    """What is hidden answers with the very bytes of what never was."""
    client = world.client(role)
    for route in addresses():
        if route.startswith("admin/") or not any(w in route for w in ("slug", "public_id", "reference")):
            continue
        hidden, missing = world.urls(route, "private"), world.urls(route, "missing")
        for a, b in zip(hidden, missing, strict=True):
            one, other = client.get(a), client.get(b)
            assert (one.status_code, world.masked(one, a)) == (other.status_code, world.masked(other, b)), (
                route
            )


@pytest.mark.parametrize("role", ["anonymous", "stranger", "staff"])
def test_two_worlds(world: World, role: str) -> None:
    """An outsider's answers are the same with and without a private dossier on the site."""
    client = world.client(role)
    urls = [u for route in addresses() for u in world.urls(route, "published") if "logout" not in route]
    before = [world.masked(client.get(u), u) for u in urls]
    world.remove_private()
    after = [world.masked(client.get(u), u) for u in urls]
    differing = [u for u, a, b in zip(urls, before, after, strict=True) if a != b]
    assert differing == []


@pytest.mark.parametrize("role", ["anonymous", "stranger", "reader", "staff"])
def test_no_post_of_an_outsider_changes_anything(world: World, role: str) -> None:
    """Posts to every address, by those who may not curate, leave both dossiers as they are."""
    before = world.fingerprint()
    for state in STATES:
        for route in addresses():
            for url in world.urls(route, state):
                client = world.client(role)
                client.post(url, {"confirm": "1", "action": "accept", "post": "yes"})
    assert world.fingerprint() == before
