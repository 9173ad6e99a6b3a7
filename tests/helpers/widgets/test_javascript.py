"""The mathematics that runs in the browser, by node, against numbers that NumPy makes: js_numbers.py and js/."""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers.widgets import js_numbers, js_view_numbers

HERE = Path(__file__).parent
FILES = sorted((HERE / "js").glob("*.test.js"))
# A name may stand in either kind of quotes, and on the line after `test(`.
NAMED = re.compile(r"""^test\(\s*(?:"([^"]+)"|'([^']+)')""", re.MULTILINE)


def names_in(file: Path) -> list[str]:
    """What the tests of a file are called."""
    return ["".join(groups) for groups in NAMED.findall(file.read_text(encoding="utf-8"))]


@pytest.fixture(scope="session")
def numbers(tmp_path_factory) -> Path:
    """NumPy's numbers as a file of JSON."""
    path = tmp_path_factory.mktemp("numpy") / "numbers.json"
    made = {make.__name__: make() for make in (*js_numbers.MODULES, *js_view_numbers.MODULES)}
    path.write_text(json.dumps(made, allow_nan=False), encoding="utf-8")
    return path


def node() -> str:
    """The node that comes with Playwright."""
    from playwright._impl._driver import compute_driver_executable

    return str(compute_driver_executable()[0])


@functools.cache
def run(file: Path, numbers: Path) -> tuple[dict[str, str], str]:
    """What went wrong in each test of a file, "" for nothing; and all that node said."""
    command = [node(), "--test", "--test-reporter=junit", str(file)]
    environment = os.environ | {"RECEPTIVE_FIELDS_JS_NUMBERS": str(numbers)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    said = done.stdout + done.stderr
    try:
        cases = list(ElementTree.fromstring(done.stdout).iter("testcase"))
    except ElementTree.ParseError:
        return {}, said
    return {case.get("name", ""): _failure(case) for case in cases}, said


def _failure(case: ElementTree.Element) -> str:
    return "\n".join((part.get("message") or "") + (part.text or "") for part in case if part.tag != "properties")


@pytest.mark.parametrize(
    ("file", "name"),
    [pytest.param(file, name, id=f"{file.name}: {name}") for file in FILES for name in names_in(file)],
)
def test_the_browser_counts_as_numpy_does(numbers, file, name) -> None:
    results, said = run(file, numbers)
    assert name in results, f"node did not get to this test:\n{said[-3000:]}"
    assert results[name] == "", results[name]


def test_no_test_is_left_out(numbers) -> None:
    for file in FILES:
        assert set(names_in(file)) == set(run(file, numbers)[0]), file.name


def test_a_test_that_fails_is_seen_to_fail(tmp_path, numbers) -> None:
    wrong = tmp_path / "wrong.test.mjs"
    wrong.write_text('import { test } from "node:test";\ntest("one", () => { throw new Error("no luck"); });\n')
    assert "no luck" in run(wrong, numbers)[0]["one"]


def test_counted_output_sizes_are_those_of_keras() -> None:
    from keras import layers

    counted = {(n + 2 * pad, f, stride): size for n, f, pad, stride, size in js_numbers.sizes()}
    for f, stride in itertools.product(range(1, 6), range(1, 5)):
        layer = layers.Conv2D(1, f, strides=stride)
        for n in range(f, 21):
            if (n, f, stride) in counted:
                assert layer.compute_output_shape((None, n, n, 1))[1] == counted[n, f, stride]
