"""The files that production makes of modules: nothing missing, nothing twice, and no module it misreads."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.bundling import LATER, NotBundled, bundled, filled, imports_of
from config.static_files import slimmed

SOURCES = {
    "base.js": "const many = 1;\nexport const one = many;\nexport function two() {\nreturn 2;\n}\n",
    "shared.js": "export * from './base.js';\n",
    "part.js": "import { one } from './base.js';\nconst many = 5;\nexport class Part {\nx = one + many;\n}\n",
    "main.js": "import {\none, two,\n} from './base.js';\nimport { Part } from './part.js';\n"
    "const later = () => import('./late.js');\nconsole.log(one, two(), new Part().x, later);\n",
    "late.js": "import { two } from './base.js';\nimport { odd } from './odd.js';\nexport const l = odd;\n",
    "odd.js": "export const odd = 7;\n",
    "gallery.js": "import { one } from './base.js';\nconsole.log(one);\n",
}


def test_the_first_view_is_one_file_and_keeps_what_later_modules_share() -> None:
    made = bundled(SOURCES, "shared.js", "main.js")
    assert set(made) == {"main.js", "late.js", "odd.js"}
    assert imports_of(made["main.js"]) == []
    assert made["main.js"].index("globalThis.claimline = { ...m_base };") < made["main.js"].index(
        "const m_part"
    )
    assert "const m_part = (({ one }) => {\n" in made["main.js"]
    assert "(({ one, two }, { Part }) => {\n" in made["main.js"]
    assert made["main.js"].endswith("})(m_base, m_part);\n")
    assert made["late.js"].startswith("const { two } = claimline;\n")
    assert imports_of(made["late.js"]) == ["odd.js"]
    assert made["odd.js"] == SOURCES["odd.js"]


def test_what_a_shared_module_fetches_later_is_put_together_too() -> None:
    base = f"{SOURCES['base.js']}export const ask = () => import('./late.js');\n"
    assert "late.js" in bundled(
        {**SOURCES, "base.js": base, "main.js": "import { ask } from './base.js';\nask();\n"},
        "shared.js",
        "main.js",
    )


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("part.js", "import base from './base.js';\n", "part.js: only"),
        ("part.js", "import * as base from './base.js';\n", "part.js: only"),
        ("part.js", "import { one as first } from './base.js';\n", "changed by “as”"),
        ("part.js", "import { one } from '../base.js';\n", "part.js: only"),
        ("part.js", "export default 1;\n", "export default"),
        ("part.js", "export let held = 1;\n", "export let"),
        ("part.js", "const a = 1;\nexport { a };\n", "export {"),
        ("base.js", "import { Part } from './part.js';\nexport const one = Part;\n", "imports itself"),
        ("late.js", "import { Part } from './part.js';\nexport const late = Part;\n", "name it in shared.js"),
        ("shared.js", "export * from './base.js';\nexport * from './odd.js';\n", None),
    ],
)
def test_what_it_cannot_read_it_refuses_in_words(name: str, source: str, said: str | None) -> None:
    sources = {**SOURCES, name: source}
    if said is None:
        assert "m_odd" in bundled(sources, "shared.js", "main.js")["main.js"]
        return
    with pytest.raises(NotBundled, match=said):
        bundled(sources, "shared.js", "main.js")


def test_two_shared_modules_may_not_export_one_name() -> None:
    sources = {**SOURCES, "odd.js": "export const one = 7;\n"}
    sources["shared.js"] += "export * from './odd.js';\n"
    with pytest.raises(NotBundled, match=r"odd\.js: one is exported"):
        bundled(sources, "shared.js", "main.js")


@pytest.mark.parametrize(
    ("sheet", "becomes"),
    [
        ('@import url("a.css");\n@import url("b.css");\n', "[a.css][b.css]"),
        ("@import url(a.css);", "[a.css]"),
        ('@import url("a.css");\n.own { color: red; }\n', None),
        (".own { color: red; }\n", None),
        ("", None),
    ],
)
def test_only_sheets_that_only_import_are_filled(sheet: str, becomes: str | None) -> None:
    assert filled(sheet, lambda name: f"[{name}]") == (sheet if becomes is None else becomes)


def test_the_timeline_is_whole_in_one_file() -> None:
    folder = Path(__file__).parent.parent / "static/js/timeline"
    sources = {file.name: slimmed(file.read_bytes()).decode() for file in folder.glob("*.js")}
    made = bundled(sources, "shared.js", "main.js")
    assert imports_of(made["main.js"]) == []
    for name in LATER.findall(made["main.js"]):
        assert set(imports_of(made[name])) <= set(made) - {"main.js"}
