"""What production serves: scripts and styles without comments, each under one name that holds its hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find, get_finders
from django.core.files.storage import FileSystemStorage

from config.bundling import imports_of
from config.static_files import SlimModules, of_production, slimmed, tightened
from timeline.templatetags import assets


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (b"// why\nconst a = 1; // this too\nf();\n", b"const a = 1;\nf();\n"),
        (b"const a = 'x'; // not sure, so it stays\n", None),
        (b"a { color: red; } // not ours\n", b"a { color: red; }\n"),
        (
            b"/** Says so. */\nexport function f() {\n  return 1;\n}\n",
            b"export function f() {\nreturn 1;\n}\n",
        ),
        (b"/**\n * Two lines.\n */\nlet b;\n", b"let b;\n"),
        (b"  /* a style */\n  .a { color: red; }\n", b".a { color: red; }\n"),
        (b"const url = 'https://example.org'; // not a comment line\n", None),
        (b"const r = a / b; /* between */ const s = 2;\n", None),
        (b"", None),
    ],
)
def test_only_lines_that_are_comments_go(source: bytes, left: bytes | None) -> None:
    assert slimmed(source) == (source if left is None else left)


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a { color: red; margin: 0 auto; }\n", ".a{color:red;margin:0 auto}"),
        (".a > .b :hover, .c + .d { top: calc(1px + 2px); }", ".a > .b :hover,.c + .d{top:calc(1px + 2px)}"),
        ('.a::after { content: "; { , }"; }', '.a::after{content:"; { , }"}'),
        ("@media (a: 1px) and (b: 9px) {\n.a { b: c; }\n}\n", "@media (a:1px) and (b:9px){.a{b:c}}"),
    ],
)
def test_a_sheet_loses_only_blanks_that_say_nothing(sheet: str, left: str) -> None:
    assert tightened(sheet) == left


def test_every_import_names_a_file_by_its_hash(tmp_path: Path) -> None:
    storage = SlimModules(location=tmp_path, base_url="/static/")
    paths = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            if path.startswith(("js/", "css/", "fonts/", "img/")):
                storage._save(path, source.open(path))
                paths[path] = (source, path)
    failed = [(name, said) for name, _, said in storage.post_process(paths) if isinstance(said, Exception)]
    assert failed == []
    main = storage.stored_name("js/timeline/main.js")
    seen, waiting = set(), [Path(main)]
    while waiting:
        script = waiting.pop()
        if script in seen:
            continue
        seen.add(script)
        text = FileSystemStorage(tmp_path).open(str(script)).read().decode()
        for other in re.findall(r"(?:from |import\()[\"']\./([^\"']+)[\"']", text):
            assert re.search(r"\.[0-9a-f]{12}\.js$", other), f"{script} imports {other}"
            waiting.append(script.parent / other)
        assert not re.search(r"^\s*//", text, re.MULTILINE)
    assert len(seen) > 9
    assert len(seen) == len({name.name.split(".")[0] for name in seen})


def test_a_sheet_that_only_imports_is_all_it_names(tmp_path: Path) -> None:
    def read(name: str) -> bytes:
        return Path(str(find(name))).read_bytes()

    texts = of_production(
        read, ["css/site.css", "css/fonts.css", "css/tokens.css", "css/base.css", "css/list.css"]
    )
    assert "@import" not in texts["css/site.css"]
    assert texts["css/site.css"] == texts["css/fonts.css"] + texts["css/tokens.css"] + texts["css/base.css"]
    assert texts["css/list.css"] == tightened(slimmed(read("css/list.css")).decode())


def test_in_development_no_file_waits_for_another_to_be_found() -> None:
    sheets = assets.sheet("css/site.css")
    assert re.findall(r'href="/static/css/([\w-]+\.css)"', sheets) == ["fonts.css", "tokens.css", "base.css"]
    assert re.findall(r"css/([\w-]+\.css)", assets.sheet("css/list.css")) == ["list.css"]
    head = assets.module("js/timeline/main.js")
    asked = re.findall(r'rel="modulepreload" href="/static/js/timeline/([\w-]+\.js)"', head)
    assert len(asked) == len(set(asked)) > 20
    assert "main.js" not in asked
    assert head.endswith(' src="/static/js/timeline/main.js"></script>')
    folder = Path(str(find("js/timeline")))
    for name in [*asked, "main.js"]:
        assert set(imports_of((folder / name).read_text("utf-8"))) <= set(asked)


def test_in_production_one_file_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "is_collected", lambda: True)
    assert assets.sheet("css/site.css") == '<link rel="stylesheet" href="/static/css/site.css">'
    head = assets.module("js/timeline/main.js")
    assert re.findall(r'(?:href|src)="/static/js/([\w/]+)\.js"', head) == ["timeline/main"]
