"""No argument of any view, however wrong, gives a traceback: a view comes, or a sentence in its place."""

import inspect

import numpy as np
import pytest

from helpers import widgets

PHOTO = np.arange(12 * 10 * 3, dtype=np.uint8).reshape(12, 10, 3)
# What each view needs at least.
NEEDED = {
    "filter_playground": {"image": np.eye(8)},
    "convolution_stepper": {"image": np.eye(5), "kernel": np.ones((2, 2))},
    "gradient_flow": {"image": np.eye(5), "kernel": np.ones((2, 2))},
    "label_studio": {"image": PHOTO},
    "detector_at_work": {"image": PHOTO, "boxes": [[1, 1, 5, 6]], "scores": [0.7], "class_names": ["cup"]},
    "box_playground": {"boxes": [[0, 0, 2, 2], [1, 1, 3, 3], [0, 1, 2, 3]], "scores": [0.9, 0.8, 0.7]},
    "feature_map_explorer": {"layers": {"one": np.ones((6, 5, 2))}, "image": PHOTO},
    "style_studio": {"contents": {"a": PHOTO}, "styles": {"b": PHOTO}},
}
WRONG = [None, 5, -1, 0.5, np.nan, "x", [], {}, True, [1, 2], (0, "a"), {"a": 5}, np.zeros((0, 3)), 10**9, object()]
ARGUMENTS = [
    (name, argument) for name in widgets.names() for argument in inspect.signature(getattr(widgets, name)).parameters
]


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS, ids=lambda value: value)
def test_a_wrong_argument_gives_a_sentence_and_no_traceback(name, argument) -> None:
    view = getattr(widgets, name)
    for value in WRONG:
        made = view(**NEEDED.get(name, {}) | {argument: value})
        said = repr(made)
        assert len(said) > 20
        assert "truth value" not in said and "object is not" not in said, f"{argument}={value!r}: {said}"


@pytest.mark.parametrize("name", widgets.names())
def test_what_a_view_needs_is_enough(name) -> None:
    assert hasattr(getattr(widgets, name)(**NEEDED.get(name, {})), "replies")


def test_tab_finds_every_view() -> None:
    assert set(widgets.names()) <= set(dir(widgets))
