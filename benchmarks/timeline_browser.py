"""The timeline in a browser: the harness of ``../shared/timeline`` on our page, vis-timeline, a bare canvas.

Our page is served as in production: gunicorn, one worker, static files collected. The peers' code is in
``$TLPEERS``; they are measured at the sizes they are meant for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HARNESS = ROOT.parent / "shared" / "timeline"
PEERS = Path(os.environ["TLPEERS"]) if "TLPEERS" in os.environ else None
PORT = 8199
PEERS_MOST = 20_000  # beyond, vis-timeline does not finish
REPEATS = os.environ.get("TIMELINE_BENCH_REPEATS", "3")
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def section(sizes: list[int], environment: dict[str, str]) -> str:
    """Return the harness's table, or why there is none."""
    peers = PEERS is not None and (PEERS / "node_modules").is_dir()
    if not (HARNESS.is_dir() and peers and shutil.which("node")):
        return "In the browser: not measured (needs `../shared/timeline`, its peers in `$TLPEERS`, and node)."
    served = {
        **environment,
        "CLAIMLINE_DEBUG": "0",
        "SECRET_KEY": "measured-" + "0" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=served, check=True, **QUIET)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--threads", "4", "-b", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, env=served, **QUIET)
    try:
        time.sleep(4)
        found = _measured(sizes, served)
        memory = max(_memory(pid) for pid in _family(server.pid))
    finally:
        server.terminate()
        server.wait()
    aims = ratios(found, sizes)
    return f"{table(found)}\n\n{aims}\n\nMemory of the worker that served this: {memory:.0f} MB."


def _measured(sizes: list[int], environment: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Run the harness, ours and the peers in one run where the peers can follow."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results.json"
        url = f"http://127.0.0.1:{PORT}/dossiers/demo-{{n}}/"
        ours = ["--url", url, "--ready-selector", "#timeline[data-ready]", "--target", "#timeline .lanes"]
        for some, peers in (
            ([n for n in sizes if n <= PEERS_MOST], ["--peers", "vis-window,floor"]),
            ([n for n in sizes if n > PEERS_MOST], ["--peers", "floor", "--noextra"]),
        ):
            if not some:
                continue
            numbers = ",".join(map(str, some))
            asked = [*ours, "--name", "claimline", "--n", numbers, "--repeats", REPEATS, "--out", str(out)]
            command = ["node", str(HARNESS / "measure.mjs"), *asked, *peers]
            told = {**environment, "TLPEERS": str(PEERS)}
            subprocess.run(command, check=False, cwd=folder, env=told, stdout=sys.stderr)
        return json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def _family(pid: int) -> list[int]:
    """Return a process and its children."""
    parents = {
        int(status.parent.name): _field(status, "PPid") for status in Path("/proc").glob("[0-9]*/status")
    }
    return [pid, *(child for child, parent in parents.items() if parent == pid)]


def _memory(pid: int) -> float:
    """Return the most that a process has held, in megabytes."""
    return _field(Path(f"/proc/{pid}/status"), "VmHWM") / 1024


def _field(status: Path, name: str) -> int:
    """Return a number that the system says of a process; 0 where it does not."""
    try:
        found = re.search(rf"^{name}:\s+(\d+)", status.read_text(), re.MULTILINE)
    except OSError:  # it has ended
        return 0
    return int(found.group(1)) if found else 0


def table(found: dict[str, dict[str, Any]]) -> str:
    """Return the figures as Markdown; those whose page did not finish say why."""
    lines = [
        "| page | ready ms | zoom p95 | pan p95 | worst frame | over 50 | frames/s | hover p95 | heap MB "
        "| elements | code KB gz | data KB gz |",
        "| --- " * 12 + "|",
    ]
    access = []
    for name, row in sorted(found.items(), key=lambda item: (int(item[0].split("@")[1]), item[0])):
        if "dnf" in row:
            lines.append(f"| {name} | {row['dnf']} |" + " |" * 10)
            continue
        shown = (
            round(row["ready"]), row["zoomP95"], row["panP95"], row["worst"], row["drop50"], row["fps"],
            row["hoverP95"], row["heapMB"], row["dom"], round(row["codeGz"] / 1024),
            round(row["dataGz"] / 1024),
        )  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(map(str, shown)) + " |")
        if "axe" in row:
            access.append(
                f"- {name}: axe {', '.join(row['axe']) or 'no violation'}; tab stops {row['tabStops']}; "
                f"arrows {_yes(row['arrows'])}, pinch {_yes(row['pinch'])}, "
                f"touch pan {_yes(row['touchPan'])}; "
                f"{row['noJs']} characters of text without JavaScript"
            )
    return "\n".join([*lines, "", *access])


def _yes(value: object) -> str:
    return "yes" if value else "no"


def ratios(found: dict[str, dict[str, Any]], sizes: list[int]) -> str:
    """Return ours against the peers of the same run."""
    lines = [
        "| claims | measure | against vis on 2 of 35 years | against a bare canvas |",
        "| --- " * 4 + "|",
    ]
    measures = (
        ("ready", "ready"), ("zoom p95", "zoomP95"), ("pan p95", "panP95"), ("heap", "heapMB"),
        ("elements", "dom"), ("hover p95", "hoverP95"), ("code", "codeGz"), ("frames/s", "fps"),
    )  # fmt: skip
    for size in sizes:
        ours = found.get(f"claimline@{size}", {})
        for words, key in measures:
            cells = [_ratio(ours, found.get(f"{peer}@{size}", {}), key) for peer in ("vis-window", "floor")]
            if set(cells) != {"–"}:
                lines.append(f"| {size:,} | {words} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def _ratio(ours: dict[str, Any], theirs: dict[str, Any], key: str) -> str:
    return f"{ours[key] / theirs[key]:.2f} ×" if ours.get(key) and theirs.get(key) else "–"
