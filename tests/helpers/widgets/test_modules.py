"""Every module of the page keeps the rules that the joiner and safety ask for, and joins into a script."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from helpers.widgets import modules
from tests.helpers.widgets import script_rules as rules
from tests.helpers.widgets.test_javascript import node

FILES = {name: modules.source(name) for name in modules.files() if name.endswith(".js")}
HOST = 'import { h } from "./dom.js";\nasync function mount() {}\n'
DOM = "export const h = () => 0;\n"
VIEWS = [name for name, text in FILES.items() if "export default {" in text and name != "ear.js"]

# For each rule: texts of a file that break it.
OFFENCES = {
    rules.imports: [
        'import { h, s } from "./dom.js";\n',
        'import { h } from "./doom.js";\n',
        'import {\n  h,\n} from "./dom.js";\n',
        'import { h as make } from "./dom.js";\n',
        'import * as dom from "./dom.js";\n',
        'import dom from "./dom.js";\n',
        "import { h } from './dom.js';\n",
        'import { h } from "../../dom.js";\n',
        'import { h } from "/page/dom.js";\n',
        'import "./dom.js";\n',
        'import { again } from "./a.js";\nexport const again = 1;\n',
    ],
    rules.exports: [
        "const a = 1;\nexport { a };\n",
        "export default function a() {}\n",
        'export * from "./dom.js";\n',
        "  export const a = 1;\n",
    ],
    rules.names: [
        'import { h } from "./dom.js";\nconst h = 1;\n',
        "function mount() {}\n",
        "const [mount, other] = [1, 2];\n",
        "export const view = 1;\n",
        "const one = 1;\nfunction one() {}\n",
    ],
    rules.forbidden: [
        "el.innerHTML = name;\n",
        'el.insertAdjacentHTML("beforeend", name);\n',
        "document.write(name);\n",
        "eval(name);\n",
        'setTimeout("go()", 1);\n',
        'const a = "http://example.org";\n',
        "// see https://example.org\n",
        'fetch("a");\n',
        "new XMLHttpRequest();\n",
        'const a = await import("./dom.js");\n',
        "const a = import.meta.url;\n",
        "localStorage.a = 1;\n",
    ],
    rules.multi_line_texts: ["const a = `one\n`;\n"],
    rules.long_lines: [f"const a = {'1' * 111};\n"],
    rules.large_views: [f"const a = 1;\nexport default {{}};\n{'a = 2;' * 1400}\n"],
}


@pytest.mark.parametrize("rule", OFFENCES, ids=lambda rule: rule.__name__)
def test_the_modules_keep_the_rule(rule) -> None:
    offences = rule(FILES)
    assert offences == [], "\n".join(offences)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.__name__}: {text[:40]!r}")
        for rule, all_ in OFFENCES.items()
        for text in all_
    ],
)
def test_an_offence_is_found(rule, text) -> None:
    files = {"dom.js": DOM, "host.js": HOST, "a.js": 'import { h } from "./dom.js";\nexport const fine = h;\n'}
    assert rule(files) == []
    found = rule({**files, "a.js": text})
    assert found and all(offence.startswith("a.js") for offence in found)


def test_there_are_views() -> None:
    assert "playground.js" in VIEWS


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_joins_into_a_script_that_parses(tmp_path, view) -> None:
    script = tmp_path / "script.cjs"
    joined = modules.script(view.removesuffix(".js"))
    script.write_text(f'(() => {{\n"use strict";\n{joined}mount("", view);\n}})();', encoding="utf-8")
    assert parse_error(script) == ""
    assert "import " not in joined and "export " not in joined and "package.json" not in modules.parts_of(view[:-3])


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_away_is_no_code(tmp_path, name) -> None:
    """Comments and indentation alone: node sees the same tokens in the module and in what is left of it."""
    whole, stripped = tmp_path / "whole.mjs", tmp_path / "stripped.mjs"
    whole.write_text(FILES[name], encoding="utf-8")
    stripped.write_text(modules.without_comments(FILES[name]), encoding="utf-8")
    assert [parse_error(one) for one in (whole, stripped)] == ["", ""]
    kept = [line.strip() for line in FILES[name].splitlines() if not line.lstrip().startswith(("//", "/*", "*"))]
    assert modules.without_comments(FILES[name]).splitlines() == [line for line in kept if line]


def test_a_script_that_does_not_parse_is_seen(tmp_path) -> None:
    script = tmp_path / "script.cjs"
    script.write_text("const a = 1;\nconst a = 2;\n", encoding="utf-8")
    assert "already been declared" in parse_error(script)


def test_each_part_stands_after_what_it_needs() -> None:
    for view in VIEWS:
        parts = modules.parts_of(view.removesuffix(".js"))
        assert len(set(parts)) == len(parts) and parts[-1] == view
        for at, part in enumerate(parts):
            assert set(rules._needs(FILES, part)) <= set(parts[:at])


def parse_error(script) -> str:
    """What node says against a file, or ""."""
    done = subprocess.run([node(), "--check", str(script)], capture_output=True, encoding="utf-8", timeout=60)
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("name", FILES)
def test_every_import_leads_to_the_file_it_names(name) -> None:
    """Node and the browser follow paths, the joiner only names."""
    folder = modules.files()[name].parent
    paths = re.findall(r'^import .* from "([^"]+)";', FILES[name], re.MULTILINE)
    assert [path for path in paths if (folder / path).resolve() != modules.files().get(Path(path).name)] == []


def test_no_two_files_have_one_name() -> None:
    paths = list(modules.WIDGETS.glob("*/*.js"))
    assert len(paths) == len({path.name for path in paths})
