"""``make screenshots``: the sample dossier's pages as pictures in ``docs/screenshots``.

Serves the samples from a folder of its own on a free port, so that nothing of one's own gets into a picture.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.run import find_chromium
from tests.screenshots_desk import shoot_desk

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZES = ((1440, 1000), (1024, 800), (390, 844))
SETTLED = 700  # milliseconds until nothing moves
DOSSIER = "/dossiers/ostrel-dam/"
PLAIN_PAGES = ("chronology", "events", "compare")
PATIENCE = 120  # seconds until the samples are loaded


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of a site that holds the samples alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CLAIMLINE_VAR": folder, "DATABASE_URL": "", "CLAIMLINE_DEBUG": "1"}
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)  # type: ignore[call-overload]
        try:
            address = f"http://localhost:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    """Return once the site answers. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        except urllib.error.URLError:
            time.sleep(0.5)
    raise TimeoutError(f"{address} did not answer within {PATIENCE} s")


def shoot(browser: Browser, site: str) -> None:
    """Write a picture of each page, width and theme."""
    for (width, height), theme in product(SIZES, ("light", "dark")):
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
        page.goto(site + DOSSIER)
        page.wait_for_selector("#timeline[data-ready]")
        page.locator(".tl-keys").focus()
        page.keyboard.press("Enter")
        page.locator("#panel mark.hl").first.wait_for()
        if width > 860:  # below, the panel covers the foot of the page, which scrolls beneath it
            page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=FOLDER / f"timeline-{width}-{theme}.png")
        page.locator("#panel").get_by_role("link", name="Open in letter").click()
        page.locator("mark.hl").first.wait_for()
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=FOLDER / f"letter-{width}-{theme}.png")
        for name in PLAIN_PAGES:
            page.goto(f"{site}{DOSSIER}{name}/")
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=FOLDER / f"{name}-{width}-{theme}.png")
        page.close()


def main() -> int:
    """Write all pictures; 1 where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        print("Screenshots need Chromium: sudo apt-get install chromium, or set CHROMIUM=/path")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu"])
        shoot(browser, site)
        shoot_desk(browser, site, FOLDER)
        browser.close()
    print(f"Written to {FOLDER.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
