"""What the documentation says of the code holds: directions of import, commands, settings, packages."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PURE = ("documents/readers", "documents/letterhead", "documents/parties", "timeline/extraction")
PURE_FILES = ("documents/records.py",)
# Each package may import these of our own and itself; who stands lower knows nothing of who stands higher.
MAY_IMPORT = {
    "documents/readers": {"documents.records"},
    "documents/parties": set(),
    "documents/letterhead": {"documents.records", "documents.parties"},
    "timeline/extraction": {"documents.records", "documents.parties", "documents.letterhead"},
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=\"|\son[a-z]+=\""
    r"|(?:src|href)=\"https?://",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow|today)|time\.time|locale\.\w+)\s*\(")


def sources(*places: str) -> Iterator[Path]:
    """Yield the Python files of packages, migrations left out."""
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Return the absolute names of the modules that a file imports, relative ones resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def said() -> str:
    """Return all documentation."""
    return "\n".join(path.read_text(encoding="utf-8") for path in DOCS)


@pytest.mark.parametrize("package", PURE)
def test_pure_packages_import_only_what_stands_below_them(package: str) -> None:
    own = package.replace("/", ".")
    allowed = MAY_IMPORT[package] | {own}
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(package)
        for name in imports_of(path)
        if name.split(".")[0] in ("django", "documents", "timeline", "config")
        and not any(name == a or name.startswith(a + ".") for a in allowed)
        and name not in ("documents", "timeline")
    ]
    assert wrong == []


def test_pure_packages_run_without_django() -> None:
    modules = [p.replace("/", ".").removesuffix(".py") for p in (*PURE, *PURE_FILES)]
    modules.append("timeline.extraction.claims")
    code = f"import sys, {', '.join(modules)}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_documents_hands_on_to_timeline_in_one_place() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in sources("documents")
        if any(name.split(".")[0] == "timeline" for name in imports_of(path))
    ]
    assert wrong == ["documents/ingest.py"]


def test_what_reads_letters_asks_no_clock_and_no_locale() -> None:
    pure = sources("documents/letterhead", "documents/parties", "timeline/extraction")
    assert [str(p.relative_to(ROOT)) for p in pure if CLOCK.search(p.read_text(encoding="utf-8"))] == []


def test_templates_hold_nothing_that_the_policy_forbids() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert templates
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in templates
        for found in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def commands() -> list[str]:
    """Return the names of our management commands."""
    files = ROOT.glob("*/management/commands/*.py")
    return sorted(path.stem for path in files if not path.stem.startswith("_"))


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"manage\.py (\w+)", said()))
    assert [name for name in commands() if name not in documented] == []


def test_every_documented_command_is_there() -> None:
    django = {"check", "createsuperuser", "migrate", "collectstatic", "makemigrations", "test", "shell"}
    assert set(re.findall(r"manage\.py (\w+)", said())) - django - set(commands()) == set()


def test_every_documented_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", said(), re.MULTILINE)) - targets == set()


def test_every_target_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    documented = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert documented == set(phony[1].split())


def test_every_setting_of_the_environment_is_documented() -> None:
    settings = "".join(p.read_text(encoding="utf-8") for p in sources("config"))
    names = set(re.findall(r"environ(?:\.get\(|\[)?\s*\"?([A-Z][A-Z_]+)\"", settings))
    names |= set(re.findall(r"\"([A-Z][A-Z_]+)\" in os\.environ", settings))
    names -= {"DJANGO_SETTINGS_MODULE"}
    assert names
    text = said()
    assert sorted(name for name in names if f"`{name}" not in text) == []


def test_every_package_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    names = [
        re.split(r"[=\[]", line)[0].lower()
        for file in sorted(ROOT.glob("requirements*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and line[0] not in "#-"
    ]
    assert names
    assert [name for name in names if name not in reasons] == []


def test_every_package_is_pinned() -> None:
    loose = [
        f"{file.name}: {line}"
        for file in sorted(ROOT.glob("requirements*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and line[0] not in "#-" and not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line)
    ]
    assert loose == []


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCS
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_the_same_words_head_the_glossary_once() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## Words")[1].split("\n## ")[0]
    words = [row.split("|")[1].strip() for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(words) == len(set(words)) > 10


@pytest.mark.parametrize("package", ["benchmarks", "config", "documents", "tests", "timeline"])
def test_no_name_is_defined_twice_in_one_place(package: str) -> None:
    twice = []
    for path in sources(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for place in (tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))):
            plain = [n for n in place.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
            names = [n.name for n in plain if not n.decorator_list]
            twice += [f"{path}: {name}" for name in set(names) if names.count(name) > 1]
    assert twice == []
