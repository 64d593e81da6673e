"""``make bench``: runs what is measured and writes it down in ``docs/benchmarks.md``.

Each other module of this package has ``main() -> str``: its section in Markdown. Sections of modules that are
not run stay as they stand.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import platform
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
# In the order of the way of a letter; what each is called on the page.
TITLES = {
    "letterhead": "Letterheads",
    "dates": "Dates",
    "attribution": "Attribution",
    "letters": "Claims of whole letters",
    "curation": "Curation",
    "timeline": "The timeline",
}
HEAD = """# Benchmarks

What `make bench` measures, as it last came out. Accuracy is measured on texts that are not part of this
repository (`../shared`, beside it); a section says so where they were not there. Nothing here is a test:
tests assert no time.
"""


def machine() -> str:
    """Return the machine in a line: processor, cores, memory, system, Python."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8")) if info.exists() else []
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{names[0].strip() if names else platform.machine()}, {cores} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


def commit() -> str:
    """Return the short name of the commit measured, marked where the tree differs from it."""
    command = ["git", "describe", "--always", "--dirty=, changed"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "no commit"


def sections() -> dict[str, str]:
    """Return the sections that the page has, by title."""
    if not PAGE.exists():
        return {}
    parts = re.split(r"^## (.+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


def measure(name: str) -> str | None:
    """Run one benchmark; return its section, or None where it failed, after saying why."""
    print(f"== {name}", flush=True)
    start = time.monotonic()
    try:
        body = importlib.import_module(f"benchmarks.{name}").main()
    except Exception:
        traceback.print_exc()
        return None
    seconds = time.monotonic() - start
    print(body, flush=True)
    when = f"{dt.datetime.now(dt.UTC):%d %B %Y}".lstrip("0")
    return f"Measured on {when} in {seconds:.0f} s at {commit()}. {machine()}.\n\n{body.strip()}"


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, by default all there are; exit status 1 where one failed."""
    there = [path.stem for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem in TITLES]
    unknown = [name for name in arguments if name not in there]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(there)}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    found = sections()
    failed = []
    for name in arguments or [name for name in TITLES if name in there]:
        body = measure(name)
        if body is None:
            failed.append(name)
        else:
            found[TITLES[name]] = body
    ordered = [*TITLES.values(), *(title for title in found if title not in TITLES.values())]
    page = [HEAD, *(f"## {title}\n{found[title]}\n" for title in ordered if title in found)]
    PAGE.write_text("\n".join(page), encoding="utf-8")
    print(f"\nWritten to {PAGE.relative_to(ROOT)}." + (f" Failed: {', '.join(failed)}." if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
