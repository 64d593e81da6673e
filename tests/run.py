"""All tests, as ``make test`` runs them: on SQLite, on PostgreSQL, in Chromium, and of the JavaScript.

Exit status 0 only where every part ran and passed. What could not run is named again at the end, with the
command that installs what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
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
# A curator's day in Chromium: what it leaves behind is asked of each database.
CURATORS_DAY = (
    "tests/browser/test_review.py",
    "tests/browser/test_admin_journey.py",
    "tests/browser/test_day_keys.py",
    "tests/browser/test_day_letters.py",
    "tests/browser/test_day_records.py",
    "tests/browser/test_day_roles.py",
    "tests/browser/test_day_team.py",
)
# A file's tests stay with one worker: many share what is costly to build.
WORKERS = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
NO_TESTS = 5


class CannotRun(Exception):
    """A part of the tests cannot run here; the message says which, and what to install."""


def find_chromium() -> str | None:
    """Return a Chromium to drive: ``$CHROMIUM`` or one in PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def chromium_here() -> str | None:
    """Return a Chromium to drive, installed where there is none and this user may."""
    if find_chromium() is None:
        apt_install("chromium")
    return find_chromium()


def find_node() -> str | None:
    """Return a Node to run the tests of the JavaScript: the one that Playwright brings, or one in PATH."""
    import playwright

    own = Path(playwright.__file__).parent / "driver" / "node"
    return str(own) if own.exists() else shutil.which("node")


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


def pytest(*arguments: str, **environment: str) -> bool:
    """Run pytest on a part of the suite; return whether it passed. Raises CannotRun without any test."""
    command = [sys.executable, "-m", "pytest", "-q", *WORKERS, *arguments]
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    if status == NO_TESTS:
        raise CannotRun(f"No test was found: pytest {' '.join(arguments)}")
    return status == 0


def on_sqlite(extra: list[str]) -> bool:
    """Run everything but the browser on SQLite."""
    return pytest("-m", "not browser", *extra, DATABASE_URL="")


def on_postgresql(extra: list[str]) -> bool:
    """Run what asks a database on PostgreSQL: ``$TEST_DATABASE_URL`` or a throw-away server."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return asking_database(extra, given)
    if programs() is None:
        apt_install("postgresql")
    if programs() is None:
        raise CannotRun("The tests on PostgreSQL did not run. Install it: sudo apt-get install postgresql")
    try:
        with throwaway_postgres() as url:
            return asking_database(extra, url)
    except subprocess.CalledProcessError as error:
        raise CannotRun(f"The tests on PostgreSQL did not run: it does not start ({error}).") from error


def asking_database(extra: list[str], url: str) -> bool:
    """Run what asks a database on the one at an address, and a curator's day in Chromium on it.

    Where there is no Chromium, the part that drives it says so.
    """
    chosen = ["-m", "not browser", *[f"--ignore={path}" for path in PURE], *extra]
    passed = pytest(*chosen, DATABASE_URL=url)
    chromium = chromium_here()
    if chromium is None or not passed:
        return passed
    try:
        return pytest("-m", "browser", *CURATORS_DAY, *extra, CHROMIUM=chromium, DATABASE_URL=url)
    except CannotRun:
        # Arguments that choose other tests leave none of these.
        return passed if extra else False


def in_browser(extra: list[str]) -> bool:
    """Run the journeys in Chromium."""
    chromium = chromium_here()
    if chromium is None:
        raise CannotRun(
            "The browser tests (tests/browser) did not run. They need Chromium: "
            "sudo apt-get install chromium, or set CHROMIUM=/path"
        )
    return pytest("-m", "browser", "tests/browser", *extra, CHROMIUM=chromium, DATABASE_URL="")


def of_javascript(extra: list[str]) -> bool:
    """Run the tests of the JavaScript that needs no browser."""
    node = find_node()
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").glob("*.test.mjs"))
    if node is None:
        raise CannotRun(
            "The tests of the JavaScript (tests/js) did not run. Install: sudo apt-get install nodejs"
        )
    if not files:
        raise CannotRun("No test of the JavaScript was found in tests/js.")
    command = [node, "--test", "--test-reporter=dot", *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


PARTS: dict[str, tuple[str, Callable[[list[str]], bool]]] = {
    "sqlite": ("SQLite", on_sqlite),
    "postgresql": ("PostgreSQL", on_postgresql),
    "javascript": ("JavaScript", of_javascript),
    "browser": ("Chromium", in_browser),
}


def run(name: str, extra: list[str]) -> tuple[bool, str]:
    """Run a part; return whether it ran and passed, and a line that says so."""
    title, part = PARTS[name]
    print(f"\n== {title}", flush=True)
    start = time.monotonic()
    try:
        passed, word = part(extra), ""
    except CannotRun as error:
        passed, word = False, f": {error}"
    line = f"{title}: {'passed' if passed else 'FAILED'}, {time.monotonic() - start:.0f} s{word}"
    print(f"== {line}", flush=True)
    return passed, line


def main(arguments: list[str]) -> int:
    """Run all parts, or those named first (``sqlite``, ``postgresql``, ``javascript``, ``browser``)."""
    chosen = [a for a in arguments if a in PARTS] or list(PARTS)
    extra = [a for a in arguments if a not in PARTS]
    results = [run(name, extra) for name in chosen]
    print("\n" + "\n".join(line for _, line in results))
    return 0 if all(passed for passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
