"""The line between a view and Python: late and missing answers, replaced outputs, two copies of one output."""

import pytest

from helpers import widgets
from helpers.widgets.view import View

pytestmark = pytest.mark.browser

# Python that answers when the page calls answerNow(), and counts what it was asked.
LATE = """address => {
  window.asked = [];
  window.tell = (kind, detail) => document.dispatchEvent(new CustomEvent(`rf-${kind}-${address}`, { detail }));
  document.addEventListener(`rf-ask-${address}`, ({ detail }) => asked.push(detail));
  window.answerNow = (content) => tell("say", { content: { answer: asked.at(-1).ask, ...content }, buffers: [] });
  tell("here");
}"""
SAME = {"content": {"output": [[5, 7], [11, 13]], "wrong": [], "first": None}}


@pytest.fixture
def view():
    return widgets.convolution_stepper([[1, 2, 0], [3, 4, 5], [0, 7, 9]], [[1, 0], [0, 1]], function=max)


def run(shown):
    shown.page.get_by_role("button", name="run my max").click()


def test_silence_becomes_a_sentence_and_a_late_answer_is_no_news(show, view) -> None:
    shown = show(view)
    shown.page.clock.install()
    shown.page.evaluate(LATE, view.address)
    run(shown)
    shown.page.clock.run_for(19_000)
    assert shown.problem == ""
    shown.page.clock.run_for(2_000)
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert "has not answered for 20 seconds" in shown.problem
    shown.page.evaluate("answer => answerNow(answer)", SAME)
    shown.page.clock.run_for(100)
    assert shown.page.locator('[aria-label="your output"]').is_hidden()
    run(shown)
    shown.page.evaluate("answer => answerNow(answer)", SAME)
    shown.page.clock.run_for(100)
    assert "gives the same 4 numbers" in shown.said and shown.problem == ""


def test_a_kernel_that_is_gone_is_not_asked(show, view) -> None:
    shown = show(view)
    shown.page.evaluate(LATE, view.address)
    shown.page.evaluate("tell('gone')")
    run(shown)
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert "Run this cell again" in shown.problem and shown.page.evaluate("asked.length") == 0


def test_a_problem_of_python_is_text(show, view) -> None:
    shown = show(view)
    shown.page.evaluate(LATE, view.address)
    run(shown)
    shown.page.evaluate("answerNow({ problem: '<img src=x> max returned None' })")
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert shown.problem == "<img src=x> max returned None"


def test_of_two_copies_only_the_one_that_asked_hears_the_answer(show, view) -> None:
    html = view.html()
    twice = View(view.module, view.title, {}, view.alt, view.draw)
    twice.html = lambda: html + html  # type: ignore[method-assign]
    shown = show(twice)
    shown.page.evaluate(LATE, view.address)
    shown.page.get_by_role("button", name="run my max").nth(1).click()
    shown.page.evaluate("answer => answerNow(answer)", SAME)
    shown.settle()
    said = shown.page.locator(".rf-said").all_inner_texts()
    assert "gives the same" not in said[0] and "gives the same" in said[1]


def test_an_output_that_was_replaced_listens_no_more(show, view) -> None:
    """A notebook throws the old output away when a cell runs again; its listeners must not keep it."""
    shown = show(view)
    shown.page.evaluate(
        """() => {
          window.heard = 0;
          const add = document.addEventListener.bind(document);
          document.addEventListener = (name, act, options) => {
            if (name.startsWith("rf-")) {
              heard += 1;
              options?.signal?.addEventListener("abort", () => (heard -= 1));
            }
            add(name, act, options);
          };
        }"""
    )
    for _ in range(5):
        fresh = widgets.convolution_stepper([[1, 2], [3, 4]], [[1]], function=max)
        body, _, script = fresh.html().partition("<script>")
        shown.page.evaluate("html => (document.querySelector('main').innerHTML = html)", body)
        shown.page.add_script_tag(content=script.removesuffix("</script>"))
        shown.page.wait_for_selector(".rf-body button")
    assert 0 < shown.page.evaluate("heard") <= 4, "only the last output should listen"
