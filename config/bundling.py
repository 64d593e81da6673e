"""Puts modules that always go together into one file: a page that fetches forty waits for each of them.

Plain text in, plain text out, when static files are collected for production; in development every module is
fetched by itself. Each module keeps a scope of its own, a function called with what it imports, so that names
may be used twice. One file comes of a directory: ``main``, all that the page needs at once; what others need
later as well, named in ``shared``, it keeps for them. Style sheets that only import are filled likewise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

IMPORT = re.compile(r"^import \{([^}]*)\} from '\./([\w-]+\.js)';\n?", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)
EXPORT_ALL = re.compile(r"^export \* from '\./([\w-]+\.js)';\n?", re.MULTILINE)
LATER = re.compile(r"\bimport\('\./([\w-]+\.js)'\)")
LEFT = re.compile(r"^(?:import\b(?!\()|export\b).*", re.MULTILINE)
KEPT = "claimline"  # where a page holds what modules fetched later share with the first view
SHEET = re.compile(r"""@import url\(["']?([\w-]+\.css)["']?\);\s*""")


class NotBundled(ValueError):
    """A module written in a way that this step does not understand; the message says which and why."""


def imports_of(source: str) -> list[str]:
    """Return the files that a module imports at once, in the order they are named."""
    return [name for _, name in IMPORT.findall(source)]


def in_order(sources: Mapping[str, str], roots: list[str], without: set[str]) -> list[str]:
    """Return the roots and all they import, what is imported first; nothing of ``without``."""
    order: list[str] = []
    under_way: list[str] = []

    def visit(name: str) -> None:
        if name in order or name in without:
            return
        if name in under_way:
            raise NotBundled(f"{name} imports itself by way of {', '.join(under_way)}")
        under_way.append(name)
        for other in imports_of(sources[name]):
            visit(other)
        under_way.pop()
        order.append(name)

    for root in roots:
        visit(root)
    return order


def _holder(name: str) -> str:
    """Return the constant that holds what a module exports."""
    return "m_" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _scope(name: str, source: str) -> str:
    """Return a module as a constant that holds what it exports."""
    found = [(" ".join(names.split()).rstrip(","), other) for names, other in IMPORT.findall(source)]
    exported = EXPORT.findall(source)
    body = EXPORT.sub("", IMPORT.sub("", source))
    left = LEFT.search(body)
    if left or any(" as " in names for names, _ in found):
        said = left.group() if left else "a name is changed by “as”"
        raise NotBundled(f"{name}: only `import {{ names }}` and `export` before a definition: {said}")
    given = ", ".join(f"{{ {names} }}" for names, _ in found)
    asked = ", ".join(_holder(other) for _, other in found)
    back = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"const {_holder(name)} = (({given}) => {{\n{body}{back}}})({asked});\n"


def bundled(sources: Mapping[str, str], shared: str, main: str) -> dict[str, str]:
    """Return the modules of a directory that change: ``main`` whole, and those fetched later.

    ``sources`` is {file name: text without comments}. ``shared`` only names modules (``export * from``): what
    they export, ``main`` keeps where modules fetched later find it. These cannot import ``main``: it names
    them, and in production a file's name is made of what it holds.
    """
    common = in_order(sources, EXPORT_ALL.findall(sources[shared]), set())
    own = in_order(sources, [main], set(common))
    kept = ", ".join(f"...{_holder(name)}" for name in common)
    texts = [_scope(name, sources[name]) for name in (*common, *own)]
    texts.insert(len(common), f"globalThis.{KEPT} = {{ {kept} }};\n")
    changed = {main: "".join(texts)}
    _check_shared(sources, common)
    waiting = LATER.findall(changed[main])
    while waiting:
        name = waiting.pop()
        if name in changed:
            continue
        changed[name] = _later_text(name, sources[name], shared, common, own)
        waiting += imports_of(changed[name])
        waiting += LATER.findall(sources[name])
    return changed


def _check_shared(sources: Mapping[str, str], common: list[str]) -> None:
    """Raise NotBundled where two shared modules export one name: one would hide the other."""
    taken: set[str] = set()
    for name in common:
        exported = set(EXPORT.findall(sources[name]))
        if twice := taken & exported:
            raise NotBundled(f"{name}: {', '.join(sorted(twice))} is exported by another shared module too")
        taken |= exported


def _later_text(name: str, source: str, shared: str, common: list[str], own: list[str]) -> str:
    """Return a module fetched later, which takes what the page has already from where ``main`` keeps it."""

    def said(found: re.Match[str]) -> str:
        names, other = found.groups()
        if other in own:
            raise NotBundled(f"{name} needs {other}, which the page has already: name it in {shared}")
        return f"const {{{names}}} = {KEPT};\n" if other in common else found.group()

    return IMPORT.sub(said, source)


def filled(sheet: str, read: Callable[[str], str]) -> str:
    """Return a style sheet that only imports as the sheets that it names; any other as it is."""
    names = SHEET.findall(sheet)
    return "".join(map(read, names)) if names and not SHEET.sub("", sheet).strip() else sheet
