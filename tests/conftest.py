"""What every test may use: the browser, and a watch over what it complains of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Playwright runs an event loop of its own in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the measuring texts; a test that needs it is left out, and says so, without."""
    if not SHARED.is_dir():
        pytest.skip("the measuring texts are not beside the project (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Drive the system's Chromium, without its calls home."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
    }


@pytest.fixture
def watched(page) -> Iterator:
    """Yield the page; fail where it broke the Content-Security-Policy, threw, or missed a file."""
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    assert complaints == []
