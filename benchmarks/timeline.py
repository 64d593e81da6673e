"""The timeline: what the server takes, and what a browser makes of it beside vis-timeline and a bare canvas.

Dossiers are made by ``make_demo`` in databases of their own: SQLite in ``TIMELINE_BENCH_VAR`` (kept if it is
named there), PostgreSQL at ``TIMELINE_BENCH_POSTGRES`` or in a throw-away server. ``TIMELINE_BENCH_CLAIMS``
says the sizes, ``TIMELINE_BENCH_TIMES`` how often each question is asked, ``TIMELINE_BENCH_REPEATS`` how
often each page is opened. The browser's part stands in ``timeline_browser``.
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks import timeline_browser
from tests.postgres import programs, throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
FILTERS = ({}, {"stance": "denies"}, {"basis": "inferred"}, {"review": "suggested"}, {"q": "causeway"})
PAGES = (
    {"from": "2010", "to": "2012-06"},
    {"from": "2010", "to": "2012-06", "stance": "denies"},
    {"from": "2010", "to": "2012-06", "q": "causeway"},
)
TIMES = int(os.environ.get("TIMELINE_BENCH_TIMES", "24"))


def main() -> str:
    """Return the section: answers of the server on both databases, then the browser's figures."""
    sizes = [int(n) for n in os.environ.get("TIMELINE_BENCH_CLAIMS", "300,20000,100000,1000000").split(",")]
    kept = os.environ.get("TIMELINE_BENCH_VAR")
    var = kept or tempfile.mkdtemp(prefix="claimline-timeline-")
    environment = {**os.environ, "CLAIMLINE_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    load = os.getloadavg()[1]
    try:
        parts = [
            f"Load of the machine when this began: {load:.1f} on {os.cpu_count()} cores.",
            f"### Server, SQLite\n{_server(sizes, environment)}",
            f"### Server, PostgreSQL\n{_postgres(sizes[-1:], environment)}",
            f"### In the browser\n{timeline_browser.section(sizes, environment)}",
        ]
        return "\n\n".join(parts)
    finally:
        if not kept:
            shutil.rmtree(var, ignore_errors=True)


def _server(sizes: list[int], environment: dict[str, str]) -> str:
    """Make the dossiers and ask for them in a process of its own."""
    _make(sizes, environment)
    asked = [sys.executable, "-m", "benchmarks.timeline", *map(str, sizes)]
    return subprocess.run(asked, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def _postgres(sizes: list[int], environment: dict[str, str]) -> str:
    """Return the same of PostgreSQL, where it is installed."""
    there = os.environ.get("TIMELINE_BENCH_POSTGRES")
    if not there and programs() is None:
        return "Not measured: no PostgreSQL is installed."
    with nullcontext(there) if there else throwaway_postgres() as address:
        return _server(sizes, {**environment, "DATABASE_URL": str(address)})


def _make(sizes: list[int], environment: dict[str, str]) -> None:
    """Make the dossiers that are not there yet."""

    def manage(*words: str, check: bool = True) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=check, stdout=subprocess.DEVNULL)

    manage("migrate", "-v0")
    for size in sizes:  # one that is there already is left alone, with a sentence on standard error
        manage("make_demo", "--claims", str(size), "--slug", f"demo-{size}", check=False)


def server_table(sizes: list[int]) -> str:
    """Return the server's times, median and 95th percentile, warm, in one process.

    Beside the time on the clock stands that of the processor, the database's included: on a machine that does
    other things as well only that one says what a question costs.
    """
    from django.conf import settings
    from django.test import Client

    import config.wsgi  # noqa: F401  set up as a worker that serves is

    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = False
    client = Client()
    lines = [
        "| claims | question | ms, median / p95 | of it processor, median / p95 | bytes, gzipped, at most |",
        "| --- " * 5 + "|",
    ]
    for size in sizes:
        base = f"/dossiers/demo-{size}"
        marks = f"{base}/marks.json"
        lines.append(_line(size, "page", lambda base=base: client.get(f"{base}/")))
        for query in PAGES:
            page = lambda base=base, q=query: client.get(f"{base}/", q)  # noqa: E731
            lines.append(_line(size, "page, " + " ".join(map("=".join, query.items())), page))
        lines.append(_line(size, "first data", lambda marks=marks: client.get(marks)))
        low, high = client.get(marks).json()["span"]
        for query in FILTERS:
            windows = _windows(low, high)
            name = "window" if not query else "window, " + " ".join(map("=".join, query.items()))
            ask = lambda q=query, m=marks, w=windows: client.get(m, {**q, **next(w)})  # noqa: E731
            lines.append(_line(size, name, ask))
        numbers = _claims(size)
        panel = lambda n=numbers: client.get(f"/claims/{next(n)}/panel/")  # noqa: E731
        lines.append(_line(size, "panel", panel))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return "\n".join([*lines, "", f"Memory of the process that answered: {held:.0f} MB."])


def _database_process() -> int | None:
    """Return the number of the process that answers us, where the database is one of its own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _processor(database: int | None) -> float:
    """Return the processor's time used so far, in milliseconds; the database's to a hundredth of a second."""
    used = time.process_time() * 1000
    if database is not None:
        fields = Path(f"/proc/{database}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        used += (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    return used


def _windows(low: int, high: int) -> Any:
    """Yield windows of many lengths, as the canvas asks for them: with a quarter more on either side."""
    rng = random.Random(7)
    while True:
        for days in (6000, 3000, 1500, 700, 300, 120, 60, 30):
            start = rng.uniform(low, max(low, high - days))
            yield {"first": int(start - days / 4), "last": int(start + days * 1.25), "px": 1500}


def _claims(size: int) -> Any:
    """Yield public numbers of claims all over a dossier; they are looked up before anything is timed."""
    from timeline.models import Claim

    claims = Claim.objects.filter(dossier__slug=f"demo-{size}").order_by("pk")
    first = claims.values_list("pk", flat=True)[0]
    wanted = range(first, first + size, max(1, size // TIMES))
    return cycle(list(claims.filter(pk__in=wanted).values_list("public_id", flat=True)))


def _line(size: int, name: str, ask: Callable[[], Any]) -> str:
    """Return a row of the table for one question, asked TIMES times after two to warm up."""
    taken, worked, largest = [], [], 0
    database = _database_process()
    for k in range(TIMES + 2):
        start, before = time.perf_counter(), _processor(database)
        answer = ask()
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        elapsed, work = (time.perf_counter() - start) * 1000, _processor(database) - before
        if answer.status_code != 200:
            raise RuntimeError(f"{name} of {size}: {answer.status_code}")
        if k > 1:
            taken.append(elapsed)
            worked.append(work)
        largest = max(largest, len(gzip.compress(body)))
    return f"| {size:,} | {name} | {_spread(taken)} | {_spread(worked)} | {largest:,} |"


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2]:.0f} / {ordered[int(len(ordered) * 0.95)]:.0f}"


if __name__ == "__main__":
    print(server_table([int(n) for n in sys.argv[1:]]))
