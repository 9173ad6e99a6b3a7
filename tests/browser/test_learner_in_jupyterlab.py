"""A learner opens the course in JupyterLab, writes a function wrongly and then rightly, and sees the panel answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from tests.browser.jupyterlab import Lab, browser_page, jupyterlab

ROOT = Path(__file__).resolve().parents[2]
WEEK, FIRST = "week1_foundations", "edges_and_filters"
FUNCTION = "cross_correlate"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]


def solution(function: str) -> str:
    """The exercise cell of the instructor's notebook, without the solution's markers."""
    notebook = nbformat.read(ROOT / "source" / WEEK / f"{FIRST}.ipynb", as_version=4)
    [cell] = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == function]
    return "\n".join(line for line in cell.source.splitlines() if "SOLUTION" not in line)


def with_flipped_kernel(text: str) -> str:
    """The same answer, flipping its kernel first: mathematical convolution, a common mistake."""
    end_of_docstring = text.rindex('"""') + len('"""')
    return text[:end_of_docstring] + "\n    kernel = np.asarray(kernel)[::-1, ::-1]" + text[end_of_docstring:]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a learner's copy of the release, seen in Chromium."""
    folder = tmp_path_factory.mktemp("learner")
    course = folder / "course"
    shutil.copytree(ROOT / "release", course, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    home = folder / "home"
    home.mkdir()
    with jupyterlab(course, home) as address, browser_page(folder / "profile") as page:
        yield Lab(page, address)


def test_a_learner_fills_in_a_function_and_sees_its_check_pass(lab, pictures):
    lab.open("index.ipynb")
    lab.picture(pictures / "1_index.png")
    lab.page.click(f'.jp-RenderedMarkdown a[href*="{FIRST}.ipynb"]')
    lab.wait_for_notebook(f"{WEEK}/{FIRST}.ipynb")
    lab.run_all()
    assert lab.errors() == [], "the unfinished notebook must run to its end without a traceback"
    exercise, check = lab.find_cell(FUNCTION), lab.find_cell(f"check_{FUNCTION}")
    assert "not written yet" in lab.output_text(check)
    lab.bring_into_view(exercise)
    lab.picture(pictures / "2_before.png")

    right = solution(FUNCTION)
    lab.write(exercise, with_flipped_kernel(right))
    lab.run(exercise, check)
    failed = lab.output_text(check)
    assert "failed" in failed and "convolution" in failed, "the panel must name the mistake"
    lab.picture(pictures / "3_wrong_answer.png")

    lab.write(exercise, right)
    lab.run(exercise, check)
    passed = lab.output_text(check)
    assert "failed" not in passed and "parts passed" in passed
    assert lab.errors() == []
    lab.bring_into_view(exercise)
    lab.picture(pictures / "4_right_answer.png")


def test_the_panel_can_be_read_in_the_dark_theme(lab, pictures):
    check = lab.find_cell(f"check_{FUNCTION}")
    exercise = lab.find_cell(FUNCTION)
    lab.write(exercise, with_flipped_kernel(solution(FUNCTION)))
    lab.run(exercise, check)
    lab.use_theme("JupyterLab Dark", light=False)
    lab.bring_into_view(check)
    lab.picture(pictures / "5_dark_theme.png")
    poor = lab.page.evaluate(_POOR_CONTRAST)
    assert poor == [], f"these texts have a contrast under 4.5 to 1: {poor}"
    lab.use_theme("JupyterLab Light", light=True)
    poor = lab.page.evaluate(_POOR_CONTRAST)
    assert poor == [], f"these texts have a contrast under 4.5 to 1: {poor}"


# Every text of the panels against what lies under it, by the formula of WCAG 2.1.
_POOR_CONTRAST = """() => {
  const parse = text => (text.match(/[0-9.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('.rf-report *')) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || node.tagName === 'STYLE') continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${node.innerText.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""
