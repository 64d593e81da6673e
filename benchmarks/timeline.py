"""The timeline: what the server takes, and what a browser makes of it beside vis-timeline and a bare canvas.

Dossiers are made by ``make_demo`` in a database of their own (``TIMELINE_BENCH_VAR``, kept if it is named
there; sizes by ``TIMELINE_BENCH_CLAIMS``). The browser's part is the harness of ``../shared/timeline``, its
peers' code in ``$TLPEERS``; where either is missing the section says so.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HARNESS = ROOT.parent / "shared" / "timeline"
PEERS = Path(os.environ.get("TLPEERS", "/tmp/tlpeers"))  # noqa: S108  where the harness keeps them
PORT = 8199
FILTERS = ({}, {"stance": "denies"}, {"basis": "inferred"}, {"review": "suggested"}, {"q": "causeway"})
TIMES = 24


def main() -> str:
    """Return the section: answers of the server, then the browser's figures."""
    sizes = [int(n) for n in os.environ.get("TIMELINE_BENCH_CLAIMS", "300,20000,100000").split(",")]
    kept = os.environ.get("TIMELINE_BENCH_VAR")
    var = kept or tempfile.mkdtemp(prefix="claimline-timeline-")
    environment = {**os.environ, "CLAIMLINE_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        _make(sizes, environment)
        asked = [sys.executable, "-m", "benchmarks.timeline", *map(str, sizes)]
        done = subprocess.run(asked, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        return f"{done.stdout}\n{_browser(sizes, environment)}"
    finally:
        if not kept:
            shutil.rmtree(var, ignore_errors=True)


def _make(sizes: list[int], environment: dict[str, str]) -> None:
    """Make the dossiers that are not there yet."""

    def manage(*words: str, check: bool = True) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=check, stdout=subprocess.DEVNULL)

    manage("migrate", "-v0")
    for size in sizes:  # one that is there already is left alone, with a sentence on standard error
        manage("make_demo", "--claims", str(size), "--slug", f"demo-{size}", check=False)


def server_table(sizes: list[int]) -> str:
    """Return the server's times in milliseconds, median and 95th percentile, warm, in one process."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = False
    client = Client()
    lines = [
        "| claims | question | ms, median / p95 | bytes, gzipped, at most |",
        "| --- | --- | --- | --- |",
    ]
    for size in sizes:
        base = f"/dossiers/demo-{size}"
        marks = f"{base}/marks.json"
        lines.append(_line(size, "page", lambda base=base: client.get(f"{base}/")))
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
    return "\n".join(lines)


def _windows(low: int, high: int) -> Any:
    """Yield windows of many lengths, as the canvas asks for them: with a quarter more on either side."""
    rng = random.Random(7)
    while True:
        for days in (6000, 3000, 1500, 700, 300, 120, 60, 30):
            start = rng.uniform(low, max(low, high - days))
            yield {"first": int(start - days / 4), "last": int(start + days * 1.25), "px": 1500}


def _claims(size: int) -> Any:
    """Yield public numbers of claims all over a dossier."""
    from timeline.models import Claim

    claims = Claim.objects.filter(dossier__slug=f"demo-{size}").order_by("pk")
    step = max(1, size // TIMES)
    first = claims.values_list("pk", flat=True)[0]
    while True:
        for k in range(TIMES):
            yield claims.filter(pk__gte=first + k * step).values_list("public_id", flat=True)[0]


def _line(size: int, name: str, ask: Callable[[], Any]) -> str:
    """Return a row of the table for one question, asked TIMES times after two to warm up."""
    taken, largest = [], 0
    for k in range(TIMES + 2):
        start = time.perf_counter()
        answer = ask()
        elapsed = (time.perf_counter() - start) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{name} of {size}: {answer.status_code}")
        if k > 1:
            taken.append(elapsed)
        largest = max(largest, len(gzip.compress(answer.content)))
    taken.sort()
    return f"| {size:,} | {name} | {taken[TIMES // 2]:.0f} / {taken[int(TIMES * 0.95)]:.0f} | {largest:,} |"


def _browser(sizes: list[int], environment: dict[str, str]) -> str:
    """Return the harness's table of our page, vis-timeline on 2 of 35 years, and a bare canvas."""
    if not (HARNESS.is_dir() and (PEERS / "node_modules").is_dir() and shutil.which("node")):
        return "In the browser: not measured (needs `../shared/timeline`, its peers in `$TLPEERS`, and node)."
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results.json"
        command = [sys.executable, "manage.py", "runserver", "--noreload", str(PORT)]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
        try:
            time.sleep(4)
            url = f"http://127.0.0.1:{PORT}/dossiers/demo-{{n}}/"
            ours = ["--url", url, "--ready-selector", "#timeline[data-ready]", "--target", "#timeline .lanes"]
            numbers = ",".join(map(str, sizes))
            asked = [*ours, "--name", "claimline", "--n", numbers, "--repeats", "3", "--out", str(out)]
            peers = ["--peers", "vis-window,floor"]
            harness = ["node", str(HARNESS / "measure.mjs"), *asked, *peers]
            subprocess.run(
                harness, check=False, cwd=folder, env={**environment, "TLPEERS": str(PEERS)}, **quiet
            )
        finally:
            server.terminate()
            server.wait()
        return browser_table(json.loads(out.read_text(encoding="utf-8")) if out.exists() else {})


def browser_table(found: dict[str, dict[str, Any]]) -> str:
    """Return the figures as Markdown; those whose page did not finish say why."""
    lines = [
        "| page | ready ms | zoom p95 | pan p95 | worst frame | frames/s | hover p95 | heap MB | elements "
        "| code KB gz |",
        "| --- " * 10 + "|",
    ]
    for name, row in sorted(found.items(), key=lambda item: (int(item[0].split("@")[1]), item[0])):
        if "dnf" in row:
            lines.append(f"| {name} | {row['dnf']} |" + " |" * 8)
            continue
        shown = (
            round(row["ready"]), row["zoomP95"], row["panP95"], row["worst"], row["fps"], row["hoverP95"],
            row["heapMB"], row["dom"], round(row["codeGz"] / 1024),
        )  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(map(str, shown)) + " |")
        if "axe" in row:
            access = {"axe": ", ".join(row["axe"]) or "none", "tab stops": row["tabStops"]}
            access |= {"arrows": row["arrows"], "pinch": row["pinch"], "touch pan": row["touchPan"]}
            words = "; ".join(f"{key} {value}" for key, value in access.items())
            lines.append(f"| {name}: {words}; text without JavaScript {row['noJs']} |" + " |" * 9)
    return "\n".join(lines)


if __name__ == "__main__":
    print(server_table([int(n) for n in sys.argv[1:]]))
