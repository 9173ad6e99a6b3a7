"""The explorer's table is what Python counts, whichever way its layers are changed."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import architecture
from helpers.widgets.architecture.counted import stacked

pytestmark = pytest.mark.browser

COLUMNS = ("output", "parameters", "multiplications", "sees", "jump")


def table(shown) -> list[list[str]]:
    """The columns of each layer as the page shows them."""
    return shown.page.evaluate(
        """names => [...document.querySelectorAll('.rf-layer:not(.rf-heads)')].map(row => names.map(name =>
        row.querySelector('.rf-' + name).textContent))""",
        list(COLUMNS),
    )


def counted(specs, shape) -> list[list[str]]:
    return [[getattr(line, name) for name in COLUMNS] for line in stacked(specs, shape).lines]


def bars(shown) -> np.ndarray:
    """Lengths of the two bars of each layer, as parts of all, (layers, 2)."""
    widths = shown.page.evaluate("() => [...document.querySelectorAll('.rf-share')].map(bar => bar.style.width)")
    return np.array([float(width[:-1]) for width in widths]).reshape(-1, 2) / 100


def test_a_network_that_is_chosen_has_the_numbers_python_counts(show) -> None:
    shown = show(widgets.architecture_explorer([]))
    for name, (shape, specs) in architecture.NETWORKS.items():
        shown.page.get_by_label("network").select_option(name)
        shown.settle()
        seen = stacked(specs, shape)
        assert table(shown) == counted(specs, shape)
        assert shown.said == seen.result
        assert np.allclose(bars(shown), [line.shares for line in seen.lines], atol=1e-4)
        assert shown.page.locator(".rf-volume").count() == len(specs) + 1


def test_stacks_drawn_at_random_have_the_numbers_and_words_python_has(show) -> None:
    rng = np.random.default_rng(11)
    ends = {"fits": 0, "does not": 0}
    for _ in range(6):
        specs = []
        for _ in range(5):
            f, stride, pad = int(rng.integers(1, 7)), int(rng.integers(1, 4)), ["valid", "same"][rng.integers(2)]
            conv = {"kind": "conv", "f": f, "n_C": 3, "stride": stride, "pad": [pad, 2, 3][rng.integers(3)]}
            specs.append([conv, {"kind": "pool", "f": f, "stride": stride, "pad": pad}][rng.integers(2)])
        specs.append([{"kind": "global_average_pool"}, {"kind": "flatten"}][rng.integers(2)])
        specs.append({"kind": "dense", "n_out": 1200})
        shown = show(widgets.architecture_explorer(specs, input_shape=(23, 17, 2)))
        seen = stacked(specs, (23, 17, 2))
        assert (table(shown), shown.said) == (counted(specs, (23, 17, 2)), seen.result)
        said = [text.removeprefix("does not fit: ") for text in shown.page.locator(".rf-obstacle").all_text_contents()]
        problems = [line.problem for line in seen.lines if line.problem]
        assert [text for text in said if text not in ("", "nothing arrives here")] == problems
        ends["does not" if problems else "fits"] += 1
    assert min(ends.values()) > 0


@pytest.mark.parametrize(("typed", "filters"), [("1,000", 1000), ("10,000", 10_000), ("1000", 1000)])
def test_thousands_are_read_as_they_are_written(show, typed, filters) -> None:
    shown = show(widgets.architecture_explorer())
    shown.page.get_by_label("number of filters of layer 1").fill(typed)
    shown.settle()
    shape, specs = architecture.NETWORKS["LeNet-5"]
    assert shown.problem == ""
    assert table(shown) == counted([{**specs[0], "n_C": filters}, *specs[1:]], shape)


@pytest.mark.parametrize("typed", ["1,0", "1,00", ",000", "", "1.5", "a,000", "10,001"])
def test_what_is_no_whole_number_of_the_range_is_named(show, typed) -> None:
    shown = show(widgets.architecture_explorer())
    shown.page.get_by_label("number of filters of layer 1").fill(typed)
    shown.settle()
    assert f'"{typed}" cannot be' in shown.problem


def test_numbers_are_typed_and_nudged_in_place(show) -> None:
    shown = show(widgets.architecture_explorer())
    shown.page.get_by_label("number of filters of layer 1").fill("12")
    side = shown.page.get_by_label("side of the window of layer 3")
    side.focus()
    side.press("ArrowDown")
    side.press("ArrowDown")
    shown.page.get_by_label("n_C of the input").fill("3")
    shown.page.get_by_label("padding of layer 3").select_option("2")
    shown.settle()
    shape, specs = architecture.NETWORKS["LeNet-5"]
    changed = [{**specs[0], "n_C": 12}, specs[1], {**specs[2], "f": 3, "pad": 2}, *specs[3:]]
    assert table(shown) == counted(changed, (28, 28, 3))
    assert shown.page.get_by_label("network").input_value() == "your own"
    assert shown.keys == [] and shape == (28, 28, 1)


def test_layers_are_moved_removed_added_and_turned_by_keyboard(show) -> None:
    shown = show(widgets.architecture_explorer())
    up = shown.page.get_by_label("move layer 2 up")
    up.focus()
    up.press("Enter")
    assert shown.page.evaluate("document.activeElement.getAttribute('aria-label')") == "move layer 1 down"
    away = shown.page.get_by_label("remove layer 7")
    away.focus()
    away.press("Enter")
    assert shown.page.evaluate("document.activeElement.getAttribute('aria-label')") == "remove layer 7"
    kind = shown.page.get_by_label("kind of layer 4")
    kind.select_option("average")
    shown.page.get_by_label("one more").select_option("conv")
    shown.page.get_by_role("button", name="add").press("Enter")
    shown.settle()
    _, specs = architecture.NETWORKS["LeNet-5"]
    conv = {"kind": "conv", "f": 3, "n_C": 16}
    changed = [specs[1], specs[0], specs[2], specs[3], conv, specs[4], specs[5], specs[7]]
    assert table(shown) == counted(changed, (28, 28, 1))
    assert shown.page.get_by_label("kind of layer 4").input_value() == "average"
    assert shown.keys == []


def test_the_last_layer_can_go_too_and_come_back(show) -> None:
    shown = show(widgets.architecture_explorer([{"kind": "flatten"}], input_shape=(1, 1, 1)))
    shown.page.get_by_label("remove layer 1").click()
    shown.settle()
    assert table(shown) == [] and "0 parameters" in shown.said
    shown.page.keyboard.press("Enter")
    shown.settle()
    assert shown.page.get_by_label("kind of layer 1").input_value() == "conv"
    assert "a window of 3 x 3 does not fit into 1 x 1" in shown.page.locator(".rf-obstacle").inner_text()
    assert shown.violations() == []


def test_nonsense_is_named_and_the_rest_stays(show) -> None:
    shown = show(widgets.architecture_explorer())
    before = table(shown)
    box = shown.page.get_by_label("side of the window of layer 1")
    for typed in ("<b>two</b>", "", "-1", "2.5", "1e99", "65"):
        box.fill(typed)
        shown.settle()
        assert f'"{typed}" cannot be the side of the window of layer 1' in shown.problem
        assert table(shown) == before
    box.fill("3")
    shown.settle()
    assert shown.problem == "" and table(shown)[0][1] == "60"


@pytest.mark.parametrize(("dark", "width"), [(False, 1000), (True, 380)])
def test_everyone_can_use_it(show, dark, width) -> None:
    wrong = [{"kind": "conv", "f": 9, "n_C": 2}, {"kind": "pool", "f": 40}, {"kind": "flatten"}]
    shown = show(widgets.architecture_explorer(wrong), dark=dark, width=width)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    shown.page.get_by_label("network").select_option("VGG-16")
    shown.settle()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.requests == []
