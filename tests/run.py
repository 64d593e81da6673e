"""All tests, as ``make test`` runs them: on SQLite, on PostgreSQL and in Chromium.

Exit status 0 only where every part ran and passed. What could not run is named, with the command that
installs what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.postgres import programs, throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
# What a database cannot change: the pure packages run once, with SQLite.
PURE = (
    "tests/timeline/extraction",
    "tests/documents/letterhead",
    "tests/documents/parties",
    "tests/documents/readers",
)


def find_chromium() -> str | None:
    """Return a Chromium to drive: ``$CHROMIUM`` or one in PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def apt_install(*packages: str) -> None:
    """Install Debian packages where this user may; say nothing and do nothing where not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {' '.join(packages)} for the tests …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, check=False, **quiet)  # type: ignore[call-overload]


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    """Run pytest on a part of the suite; return whether it passed."""
    print(f"\n== {title}", flush=True)
    start = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    print(f"== {title}: {'passed' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - start:.0f} s")
    return done.returncode == 0


def on_sqlite(extra: list[str]) -> bool:
    """Run everything but the browser on SQLite."""
    return pytest("SQLite", "-m", "not browser", *extra, DATABASE_URL="")


def on_postgresql(extra: list[str]) -> bool:
    """Run what asks a database on PostgreSQL; name what to install where there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    ignored = [f"--ignore={path}" for path in PURE]
    if given:
        return pytest("PostgreSQL", "-m", "not browser", *ignored, *extra, DATABASE_URL=given)
    if programs() is None:
        apt_install("postgresql")
    if programs() is None:
        print("The tests on PostgreSQL did not run. Install it: sudo apt-get install postgresql")
        return False
    with throwaway_postgres() as url:
        return pytest("PostgreSQL", "-m", "not browser", *ignored, *extra, DATABASE_URL=url)


def in_browser(extra: list[str]) -> bool:
    """Run the journeys in Chromium; name what to install where there is none."""
    if find_chromium() is None:
        apt_install("chromium")
    chromium = find_chromium()
    if chromium is None:
        print(
            "The browser tests (tests/browser) did not run. Browser tests need Chromium: "
            "sudo apt-get install chromium, or set CHROMIUM=/path"
        )
        return False
    return pytest("Chromium", "-m", "browser", "tests/browser", *extra, CHROMIUM=chromium, DATABASE_URL="")


def main(arguments: list[str]) -> int:
    """Run all three parts, or those named first (``sqlite``, ``postgresql``, ``browser``)."""
    parts = {"sqlite": on_sqlite, "postgresql": on_postgresql, "browser": in_browser}
    chosen = [a for a in arguments if a in parts] or list(parts)
    extra = [a for a in arguments if a not in parts]
    results = {name: parts[name](extra) for name in chosen}
    print("\n" + ", ".join(f"{name}: {'passed' if ok else 'FAILED'}" for name, ok in results.items()))
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
