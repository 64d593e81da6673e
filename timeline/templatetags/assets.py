"""Scripts and style sheets in a page's head: put together in production, each by itself in development.

In development a sheet that only imports, and a module that imports, would have the browser find the next
file only when it has read the one before.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.bundling import SHEET, in_order

register = template.Library()


def is_collected() -> bool:
    """Return whether files are served as ``collectstatic`` put them together."""
    return isinstance(staticfiles_storage, ManifestFilesMixin)


@register.simple_tag
def sheet(name: str) -> SafeString:
    """Link a style sheet; one that only imports as the sheets that it names."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', _files(name))


def _files(name: str) -> list[tuple[str]]:
    """Return the addresses of the sheets to fetch for one."""
    beside = PurePosixPath(name).parent
    named = [] if is_collected() else [str(beside / other) for other in SHEET.findall(_source(name))]
    return [(static(other),) for other in named or [name]]


@register.simple_tag
def module(name: str) -> SafeString:
    """Load a module, with all that it needs at once asked for at the same time; in production it is one file.

    What it draws belongs to the page's first picture, so the page is painted when it has run, and once; where
    it is late, ``page.js``, which waits for nothing, has the page painted without.
    """
    folder = PurePosixPath(name).parent
    needed: list[str] = []
    if not is_collected():
        there = Path(finders.find(str(folder))).glob("*.js")
        sources = {path.name: path.read_text("utf-8") for path in there}
        needed = [str(folder / other) for other in in_order(sources, [PurePosixPath(name).name], set())]
    rows = [(static(other),) for other in needed if other != name]
    preloads = format_html_join("\n", '<link rel="modulepreload" href="{}">', rows)
    return format_html(
        '{}\n<script type="module" blocking="render" src="{}"></script>',
        preloads,
        static(name),
    )


def _source(name: str) -> str:
    return Path(finders.find(name)).read_text("utf-8")
