"""Curation at size: a step of the review queue, reading a dossier again, a long history; each beside a peer.

In a database of its own, through the pages themselves (Django's test client: all of the server, no network).
``CURATION_BENCH_SCALE`` makes it smaller (0.05 to try it out); ``CURATION_BENCH_DATABASE`` names another
database, by default a fresh SQLite; ``CURATION_BENCH_VAR`` a folder that keeps it for the next run.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FETCH = {"X-Requested-With": "fetch"}
STEPS, ASKED, PEER_STEPS = 200, 40, 20
# Of each question, the milliseconds that passed and those that the processor worked.
Taken = list[tuple[float, float]]
LETTERS, FIELDS_A_LETTER, PEER_LETTERS = 1_000, 20, 100
AIM_MS = 100
HEAD = (
    "| {} | question | ms, median | ms, p95 | processor ms, median | p95 | aim, p95 |\n" + "| --- " * 7 + "|"
)
HOW = (
    "Each step goes through the page itself, with the rights of a curator, in one process. What the "
    "processor worked, in PostgreSQL's process for it too, is given beside what passed, since other work ran "
    "on the machine ({load} waiting on {cores} cores)."
)


def main() -> str:
    """Return the section; measured in a process of its own, since settings name the database."""
    with tempfile.TemporaryDirectory(prefix="claimline-curation-") as fresh:
        folder = os.environ.get("CURATION_BENCH_VAR") or fresh
        database = os.environ.get("CURATION_BENCH_DATABASE", "")
        environment = {**os.environ, "CLAIMLINE_VAR": folder, "DATABASE_URL": database}
        asked = [sys.executable, "-m", "benchmarks.curation"]
        done = subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout


def section() -> str:
    """Return the three tables."""
    _set_up()
    from django.contrib.auth.models import User
    from django.db import connection

    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    how = HOW.format(load=round(os.getloadavg()[2]), cores=os.cpu_count())
    if not User.objects.filter(username="peer").exists():
        User.objects.create_superuser("peer")
    parts = [PARTS[name]() for name in sys.argv[1:] or PARTS]
    return "\n\n".join([f"On {kind}. {how}", *parts])


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.ROOT_URLCONF = "benchmarks.peer_admin"
    call_command("migrate", verbosity=0)


def _settle() -> None:
    """Have PostgreSQL look through what was written in bulk, as it does by itself within minutes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def scaled(count: int) -> int:
    """Return a size, made smaller where asked for."""
    return int(count * float(os.environ.get("CURATION_BENCH_SCALE", "1")))


def queue() -> str:
    """Return the table of the queue's steps: in a dossier where nothing, and where much is decided."""
    from django.contrib.auth.models import User
    from django.test import Client

    from benchmarks.curation_rows import waiting_dossier

    lines = [HEAD.format("claims")]
    size = scaled(100_000)
    for decided in (0, scaled(19_500), scaled(60_000)):
        dossier, user = _said(f"queue, {decided:,} decided", waiting_dossier, f"q-{decided}", size, decided)
        _settle()
        client = Client()
        client.force_login(user)
        name = f"{size:,}, {decided:,} decided"
        for order in ("certainty", "letter", "day", "party"):
            steps = STEPS if order == "certainty" else ASKED
            page, step = _queue_steps(client, dossier.slug, order, min(steps, size // 10))
            lines.append(_row(name, f"accept + next, {order}", step, AIM_MS))
            lines.append(_row(name, f"page of the queue, {order}", page))
        lines.append(_row(name, "accept + next, without JavaScript", _plain_steps(client, dossier.slug)))
        lines.append(_row(name, "undo", _undos(client, dossier.slug), AIM_MS))
    peer = Client()
    peer.force_login(User.objects.get(username="peer"))
    lines.append(_row(name, "peer: Django's admin, save + list + next form", _peer_steps(peer)))
    return "\n".join(lines)


def _queue_steps(client: Any, slug: str, order: str, steps: int) -> tuple[Taken, Taken]:
    """Go through the queue as the page's module does: accept one, fetch the next; a new page when it ends."""
    pages: Taken = []
    taken: Taken = []
    while len(taken) < steps:
        html = _timed(pages, lambda: client.get(f"/admin/review/{slug}/", {"order": order}))
        waiting = _links(html, f"/admin/review/{slug}/")
        if len(waiting) < 2:
            raise RuntimeError(f"{slug} has too few claims left for {steps} steps")
        pane = client.get(waiting[0], headers=FETCH).content.decode()
        for here, after in pairwise(waiting):
            post = {**fields_of(pane), "do": "accept"}

            def step(here: str = here, after: str = after, post: dict[str, Any] = post) -> Any:
                answer = client.post(here, post, headers=FETCH)
                if answer.status_code != 200 or answer.json()["number"] is None:
                    raise RuntimeError(f"{here}: {answer.status_code} {answer.content[:300]!r}")
                return client.get(after, headers=FETCH)

            pane = _timed(taken, step)
    return pages, taken[:steps]


def _plain_steps(client: Any, slug: str) -> Taken:
    taken: Taken = []
    pane = client.get(f"/admin/review/{slug}/").content.decode()
    for _ in range(ASKED):
        post = {**fields_of(pane, "rev-fields"), "do": "accept"}
        here = _links(pane, f"/admin/review/{slug}/")[0]
        pane = _timed(taken, lambda h=here, p=post: client.post(h, p, follow=True))  # type: ignore[misc]
    return taken


def _undos(client: Any, slug: str) -> Taken:
    taken: Taken = []
    page = client.get(f"/admin/review/{slug}/").content.decode()
    seen = fields_of(page, "rev-undo")["seen"]
    for _ in range(ASKED):

        def step(seen: str = seen) -> Any:
            return client.post(f"/admin/review/{slug}/undo/", {"seen": seen}, headers=FETCH)

        seen = json.loads(_timed(taken, step))["seen"]
    return taken


def _peer_steps(client: Any) -> Taken:
    """Do the same in Django's own admin: save the form, land in the list, open the first of it."""
    taken: Taken = []
    base = "/peer/timeline/claim/"
    waiting = f"{base}?review_state=suggested"
    here = _links(client.get(waiting).content.decode(), base)[0].split("?")[0]
    form = client.get(here).content.decode()
    for _ in range(PEER_STEPS):
        post = {**fields_of(form, "claim_form"), "review_state": "accepted", "_save": "Save"}

        def step(here: str = here, post: dict[str, Any] = post) -> Any:
            nonlocal form
            answer = client.post(here, post)
            if answer.status_code != 302:
                raise RuntimeError(f"{here}: {answer.status_code}")
            listed = client.get(waiting)
            here = _links(listed.content.decode(), base)[0].split("?")[0]
            return client.get(here)

        form = _timed(taken, step)
        here = _links(client.get(waiting).content.decode(), base)[0].split("?")[0]
    return taken


def reading_again() -> str:
    """Return the table of reading a dossier again in which a person set fields, and what was lost."""
    from django.core.management import call_command

    import timeline.recording
    from benchmarks.curation_rows import curate, lettered_dossier
    from timeline.history import verify
    from timeline.models import Claim

    letters = scaled(LETTERS)
    dossier, user = _said("letters", lettered_dossier, letters)
    curated = _said("curating", curate, dossier, user, FIELDS_A_LETTER)
    claims = Claim.objects.filter(dossier=dossier).count()
    alone = _seconds(lambda: _read_only(dossier))
    timeline.recording.VERSION = "the next version"
    again = _seconds(lambda: call_command("extract", dossier=dossier.slug, stdout=io.StringIO()))
    lost = _lost_of(curated, Claim.objects)
    whole = "whole" if not list(verify(dossier.pk)) else "BROKEN"
    still = _seconds(lambda: call_command("extract", dossier=dossier.slug, stdout=io.StringIO()))
    lost_then = _lost_of(curated, Claim.objects)
    few = min(letters, PEER_LETTERS)
    peer, peer_lost = _peer_reading(dossier, few, curated)

    def line(name: str, taken: tuple[float, float], of: int, kept: str) -> str:
        passed, worked = taken
        return f"| {name} | {passed:.0f} | {worked:.0f} | {1000 * worked / of:.0f} | {kept} |"

    return "\n".join(
        [
            f"{letters:,} letters, {claims:,} claims, {len(curated):,} fields set by a person:",
            "",
            "| reading again | s | processor s | processor ms a letter | curated fields lost |",
            "| --- | --- | --- | --- | --- |",
            line("reading alone, nothing stored", alone, letters, "–"),
            line("by a newer version, other claims changed", again, letters, lost),
            line("by the same version, nothing to change", still, letters, lost_then),
            line(f"peer: `update_or_create`, django-simple-history; {few} letters", peer, few, peer_lost),
            "",
            f"The dossier's log after it: {whole}.",
        ]
    )


def _lost_of(curated: dict[int, dict[str, Any]], claims: Any) -> str:
    """Return how many of the claims in which a person set a field no longer hold what was set."""
    from timeline.curation.claim_state import state_of

    there = list(claims.filter(pk__in=list(curated)))
    return f"{sum(_lost(curated[c.pk], state_of(c)) for c in there):,} of {len(there):,}"


def _read_only(dossier: Any) -> None:
    from documents.models import Letter
    from documents.registry import registry_of
    from timeline.extraction.claims import extract_claims
    from timeline.stored_letterhead import letterhead_of

    registry = registry_of(dossier)
    for letter in Letter.objects.filter(dossier=dossier).iterator(50):
        extract_claims(letter.text, letterhead_of(letter), registry, undated=True)


def _lost(kept: dict[str, Any], now: dict[str, Any]) -> bool:
    """Return whether any field that a person set differs from what was set."""
    names = {*kept["curated_fields"], "curated_fields"}
    return any(kept[name] != now[name] for name in names)


def _peer_reading(dossier: Any, letters: int, curated: dict[int, Any]) -> tuple[tuple[float, float], str]:
    """Read letters again as one would without curation, and take it back; times, and what was lost."""
    from django.db import transaction

    from documents.models import Letter
    from documents.registry import registry_of
    from timeline.extraction.claims import extract_claims
    from timeline.models import Claim
    from timeline.recording import values_of
    from timeline.stored_letterhead import letterhead_of

    registry = registry_of(dossier)
    chosen = list(Letter.objects.filter(dossier=dossier).order_by("pk")[:letters])

    def read() -> None:
        for letter in chosen:
            part = letter.parts.get(position=0)
            for reading in extract_claims(letter.text, letterhead_of(letter), registry, undated=True):
                values = values_of(reading, letter.text)
                place = {name: values.pop(name) for name in ("timex_start", "clause_start")}
                own = {"dossier": dossier, "part": part, "score": reading.score, "curated_fields": []}
                Claim.objects.update_or_create(letter=letter, **place, defaults={**values, **own})

    with transaction.atomic():
        taken = _seconds(read)
        lost = _lost_of(curated, Claim.objects.filter(letter__in=chosen))
        transaction.set_rollback(True)
    return taken, lost


def history() -> str:
    """Return the table of a history of a million entries, beside as many rows of django-simple-history."""
    from django.contrib.auth.models import User
    from django.test import Client

    from benchmarks.curation_rows import append_log, peer_history, waiting_dossier
    from timeline.history import verify
    from timeline.models import Claim

    size = scaled(1_000_000)
    claims = max(40, size // 10)
    dossier, user = _said("history, claims", waiting_dossier, "history", claims, 20)
    rows = Claim.objects.filter(dossier=dossier).order_by("pk")
    _said("history, log", append_log, dossier, user, rows.values_list("public_id", "quote"), size)
    _said("history, peer's rows", peer_history, dossier, user, 10)
    client, peer = Client(), Client()
    client.force_login(user)
    peer.force_login(User.objects.get(username="peer"))
    base, some = f"/admin/desk/{dossier.slug}/log/", list(rows[: claims : claims // 40])
    lines = [HEAD.format("rows")]
    asked: dict[str, dict[str, Any]] = {
        "newest": {},
        "the middle": {"before": size // 2},
        "the oldest": {"before": 50},
        "of one claim": {"kind": "claim", "subject": some[3].public_id},
        "of one person": {"who": user.username},
        "of the machine": {"who": "machine"},
        "an action": {"action": "correct"},
        "an action that never was": {"action": "merge"},
        "a person who never was": {"who": "nobody"},
        "of letters (none)": {"kind": "letter"},
        "one day": {"since": "2024-06-01", "until": "2024-06-01"},
        "days before all": {"until": "2020-01-01"},
    }
    for name, query in asked.items():
        taken: Taken = []
        for _ in range(10):
            _timed(taken, lambda q=query: client.get(base, q))  # type: ignore[misc]
        lines.append(_row(f"{size:,}", f"log, {name}", taken, AIM_MS))
    own: Taken = []
    theirs: Taken = []
    for claim in some[:ASKED]:
        _timed(own, lambda c=claim: client.get(f"/admin/timeline/claim/{c.pk}/history/"))  # type: ignore[misc]
        _timed(theirs, lambda c=claim: peer.get(f"/peer/timeline/claim/{c.pk}/history/"))  # type: ignore[misc]
    lines.append(_row(f"{size:,}", "a claim's history", own, AIM_MS))
    lines.append(_row(f"{size:,}", "peer: the same in django-simple-history", theirs))
    _, step = _queue_steps(client, dossier.slug, "certainty", 39)
    lines.append(_row(f"{size:,}", "accept + next", step, AIM_MS))
    newest: Taken = []
    for _ in range(3):
        _timed(newest, lambda: peer.get("/peer/timeline/historicalclaim/"))
    lines.append(_row(f"{size:,}", "peer: newest rows of django-simple-history", newest))
    faults: list[Any] = []
    seconds = _seconds(lambda: faults.extend(verify(dossier.pk)))
    export = _seconds(lambda: sum(len(part) for part in client.get(base, {"export": "jsonl"})))
    said = f"`verify_history`: {size / seconds[1]:,.0f} entries a second of processor, {len(faults)} faults; "
    return "\n".join([*lines, "", f"{said}export as JSON lines: {size / export[1]:,.0f}."])


def _row(size: str, question: str, taken: Taken, aim: int | None = None) -> str:
    shown = []
    for ordered in (sorted(passed for passed, _ in taken), sorted(worked for _, worked in taken)):
        shown += [ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]]
    return f"| {size} | {question} | " + " | ".join(f"{ms:.0f}" for ms in shown) + f" | {aim or '–'} |"


def _timed(taken: Taken, ask: Callable[[], Any]) -> str:
    """Ask, note the milliseconds, return the page; raises RuntimeError where it is none."""
    start, worked = time.perf_counter(), _worked()
    answer = ask()
    content = b"" if answer.streaming else answer.content
    taken.append(((time.perf_counter() - start) * 1000, (_worked() - worked) * 1000))
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: {content[:300]!r}")
    return str(content.decode())


def _seconds(do: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds that passed and those that the processor worked."""
    start, worked = time.perf_counter(), _worked()
    do()
    return time.perf_counter() - start, _worked() - worked


def _worked() -> float:
    """Return the seconds that the processor has worked: in this process, and in PostgreSQL's for it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    # Linux counts nanoseconds on the processor there; without it the server's part is not counted.
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server.exists() else 0)


def _said(what: str, make: Callable[..., Any], *arguments: Any) -> Any:
    """Make rows, and say on standard error how long it took."""
    start = time.perf_counter()
    made = make(*arguments)
    print(f"{what}: made in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return made


class _Reader(HTMLParser):
    """Collects the links of a page and the values of a form's fields as a browser would send them."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, not form
        self.links: list[str] = []
        self.fields: dict[str, str] = {}
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "a" and has.get("href"):
            self.links.append(str(has["href"]))
        if tag == "form" and self.form:
            self.inside = self.form in (has.get("class") or "", has.get("id") or "")
        name = has.get("name") or ""
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input" and has.get("type") not in ("submit", "file"):
            if has.get("type") not in ("checkbox", "radio") or "checked" in has:
                self.fields[name] = has.get("value") or ""
        elif tag in ("select", "textarea") and "multiple" not in has:
            self.name = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self.name and "selected" in has:
            self.fields[self.name] = has.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.name = ""
        if tag == "form" and self.form:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and self.name and self.lasttag == "textarea":
            self.fields[self.name] += data.removeprefix("\n")


def _read(html: str, form: str = "") -> _Reader:
    reader = _Reader(form)
    reader.feed(html)
    return reader


def fields_of(html: str, form: str = "") -> dict[str, str]:
    """Return what a form holds, of the form with that class or id; without one, of all that is there."""
    found = _read(html, form).fields
    return {name: value for name, value in found.items() if name not in ("do", "same")}


def _links(html: str, base: str) -> list[str]:
    """Return the addresses under ``base`` that end in a number, in their order, each once."""
    found: Iterable[str] = (link for link in _read(html).links if link.startswith(base))
    numbered = (link for link in found if any(part.isdecimal() for part in link[len(base) :].split("/")[:1]))
    return list(dict.fromkeys(numbered))


PARTS = {"queue": queue, "reading": reading_again, "history": history}

if __name__ == "__main__":
    print(section())
