"""Puts modules that always go together into one file: a page that fetches forty waits for each of them.

Plain text in, plain text out, when static files are collected for production; in development every module is
fetched by itself. Each module keeps a scope of its own, a function called with what it imports, so that names
may be used twice. Two files come of a directory: ``shared`` holds what the page needs at once and others
need later, ``main`` all else that the page needs at once. Style sheets that only import are filled likewise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

IMPORT = re.compile(r"^import \{([^}]*)\} from '\./([\w-]+\.js)';\n?", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)
EXPORT_ALL = re.compile(r"^export \* from '\./([\w-]+\.js)';\n?", re.MULTILINE)
LATER = re.compile(r"\bimport\('\./([\w-]+\.js)'\)")
LEFT = re.compile(r"^(?:import\b(?!\()|export\b).*", re.MULTILINE)
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


def _scope(name: str, source: str, holder: Callable[[str], str]) -> tuple[str, list[str]]:
    """Return a module as a constant, and the names that it exports."""
    found = [(" ".join(names.split()).rstrip(","), other) for names, other in IMPORT.findall(source)]
    exported = EXPORT.findall(source)
    body = EXPORT.sub("", IMPORT.sub("", source))
    left = LEFT.search(body)
    if left or any(" as " in names for names, _ in found):
        said = left.group() if left else "a name is changed by “as”"
        raise NotBundled(f"{name}: only `import {{ names }}` and `export` before a definition: {said}")
    given = ", ".join(f"{{ {names} }}" for names, _ in found)
    asked = ", ".join(holder(other) for _, other in found)
    back = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"const {_holder(name)} = (({given}) => {{\n{body}{back}}})({asked});\n", exported


def bundled(sources: Mapping[str, str], shared: str, main: str) -> dict[str, str]:
    """Return the modules of a directory that change: ``shared`` and ``main`` whole, and those fetched later.

    ``sources`` is {file name: text without comments}. ``shared`` only names modules (``export * from``).
    """
    common = in_order(sources, EXPORT_ALL.findall(sources[shared]), set())
    own = in_order(sources, [main], set(common))
    changed = {shared: _shared_text(sources, common)}
    scopes = (_scope(n, sources[n], lambda m: "shared" if m in common else _holder(m))[0] for n in own)
    changed[main] = f"import * as shared from './{shared}';\n{''.join(scopes)}"
    waiting = LATER.findall("".join(sources[name] for name in own))
    while waiting:
        name = waiting.pop()
        if name in changed:
            continue
        changed[name] = _later_text(name, sources[name], shared, common, own)
        waiting += [other for other in imports_of(changed[name]) if other != shared]
        waiting += LATER.findall(sources[name])
    return changed


def _shared_text(sources: Mapping[str, str], common: list[str]) -> str:
    parts: list[str] = []
    taken: set[str] = set()
    for name in common:
        if LATER.search(sources[name]):
            raise NotBundled(f"{name} is shared, so it can fetch nothing later: names would hold each other")
        text, exported = _scope(name, sources[name], _holder)
        if twice := taken & set(exported):
            raise NotBundled(f"{name}: {', '.join(sorted(twice))} is exported by another shared module too")
        taken |= set(exported)
        parts.append(f"{text}export const {{ {', '.join(exported)} }} = {_holder(name)};\n")
    return "".join(parts)


def _later_text(name: str, source: str, shared: str, common: list[str], own: list[str]) -> str:
    """Return a module fetched later, which takes from the shared file what stands there."""

    def said(found: re.Match[str]) -> str:
        other = found.group(2)
        if other in own:
            raise NotBundled(f"{name} needs {other}, which the page has already: name it in {shared}")
        return found.group().replace(f"'./{other}'", f"'./{shared}'") if other in common else found.group()

    return IMPORT.sub(said, source)


def filled(sheet: str, read: Callable[[str], str]) -> str:
    """Return a style sheet that only imports as the sheets that it names; any other as it is."""
    names = SHEET.findall(sheet)
    return "".join(map(read, names)) if names and not SHEET.sub("", sheet).strip() else sheet
