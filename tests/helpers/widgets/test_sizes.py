"""A notebook stores at most 80,000 characters of a view, however much a view is given of what it accepts."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from helpers import plots, widgets
from helpers.widgets.detector import MOST
from helpers.widgets.pictures import sheet
from helpers.widgets.view import Refusal, View, for_script

MOST_CHARACTERS = 80_000
RNG = np.random.default_rng(17)
LONG = "é" * 30  # an é takes six characters in a script


def noise(*shape: int) -> np.ndarray:
    """The photograph that compresses worst."""
    return RNG.integers(0, 256, shape).astype(np.uint8)


def stepper(image: np.ndarray) -> Any:
    return widgets.convolution_stepper(image, RNG.normal(size=(5, 5, image.shape[2])), pad=3, function=lambda A: A)


def architecture() -> Any:
    layers = [{"kind": "conv", "f": 64, "n_C": 10_000, "stride": 1, "pad": "same"} for _ in range(60)]
    return widgets.architecture_explorer(layers, input_shape=(1024, 1024, 4096))


def depth() -> Any:
    return widgets.depth_and_gradient(60, measured={LONG[:-1] + str(n): RNG.random(200) for n in range(3)})


def boxes(count: int, reach: float = 1.0) -> np.ndarray:
    """Random boxes, (count, 4)."""
    corners = RNG.random((count, 2)) * 0.8
    return np.hstack([corners, corners + 0.01 + 0.19 * RNG.random((count, 2))]) * reach


def labels() -> Any:
    names = [LONG[:-2] + f"{n:02}" for n in range(12)]
    keys = ("b_x", "b_y", "b_h", "b_w")
    drawn = [
        {"class": names[n % 12], **dict(zip(keys, RNG.uniform(0.3, 0.5, 4).tolist(), strict=True))} for n in range(100)
    ]
    return widgets.label_studio(noise(256, 256, 3), names, boxes=drawn)


def box_playground() -> Any:
    kinds = [f"{LONG}{n}" for n in range(26)]
    return widgets.box_playground(boxes(26, 1e4), RNG.random(26), kinds, iou=min, non_max_suppression=min)


def detector(count: int = MOST) -> Any:
    scores, classes = RNG.random(count), RNG.integers(0, 80, count)
    names = [f"{LONG}{n}" for n in range(80)]
    image, corners = noise(600, 800, 3), boxes(count, 4000.0)
    return widgets.detector_at_work(image, corners, scores, classes, names, grid=40, anchors=RNG.random((9, 2)) * 999)


def triplets() -> Any:
    corners, points = RNG.normal(size=(6, 2)) * 1e5, RNG.normal(size=(400, 2)) * 1e5
    return widgets.triplet_explorer(*corners[:2], corners[2:], points=points, labels=[f"{LONG}{n}" for n in range(400)])


def feature_maps(pictures: int, layers: int, *, names: str = "") -> Any:
    stacks = {
        f"picture {n}": (noise(224, 224, 3), {f"layer {at}": RNG.normal(size=(12, 12, 64)) for at in range(layers)})
        for n in range(pictures)
    }
    unit_names = {f"layer {at}": [names + str(n) for n in range(64)] for at in range(layers if names else 0)}
    return widgets.feature_map_explorer(stacks, unit_names=unit_names)


def style() -> Any:
    contents, styles = ({f"{LONG}{n}": noise(512, 512, 3) for n in range(12)} for _ in range(2))
    return widgets.style_studio(contents, styles, layers=[f"{LONG}{n}" for n in range(8)])


# For each view, the most that it accepts, or that is hardest to store.
LARGEST: dict[str, tuple[str, Callable[[], Any]]] = {
    "playground, exact": ("playground", lambda: widgets.filter_playground(RNG.normal(size=(64, 64)))),
    "playground, noise": (
        "playground",
        lambda: widgets.filter_playground(
            noise(400, 400, 3),
            RNG.normal(size=(3, 3)),
            filters={f"{LONG}{n}": RNG.normal(size=(3, 3)) for n in range(24)},
        ),
    ),
    "stepper, decimals": ("stepper", lambda: stepper(RNG.normal(size=(12, 12, 4)))),
    "stepper, bytes": ("stepper", lambda: stepper(noise(12, 12, 3))),
    "flow": ("flow", lambda: widgets.gradient_flow(RNG.normal(size=(14, 14)), RNG.normal(size=(7, 7)))),
    "architecture": ("architecture", architecture),
    "depth": ("depth", depth),
    "labels": ("labels", labels),
    "boxes": ("boxes", box_playground),
    "anchors": ("anchors", lambda: widgets.anchor_explorer(boxes(600), RNG.random((5, 2)), grid=7)),
    "detector": ("detector", detector),
    "triplets": ("triplets", triplets),
    "feature maps, names": ("feature_maps", lambda: feature_maps(1, 4, names=LONG)),
    "feature maps, pictures": ("feature_maps", lambda: feature_maps(4, 3)),
    "style": ("style", style),
}


def test_every_view_is_tried_at_its_largest() -> None:
    assert {module for module, _ in LARGEST.values()} == {widgets.home_of(name) for name in widgets.names()}


@pytest.mark.parametrize("most", [make for _, make in LARGEST.values()], ids=list(LARGEST))
def test_an_output_stays_within_its_size_whatever_is_accepted(most: Callable[[], Any]) -> None:
    view = most()
    assert isinstance(view, View), view
    assert len(view.html()) <= MOST_CHARACTERS


def test_what_cannot_fit_is_refused_in_words() -> None:
    for view, words in [
        (feature_maps(12, 4), "give fewer pictures, fewer layers"),
        (stepper(noise(13, 12, 3)), "at most 12 x 12 x 4"),
        (detector(MOST + 1), f"at most {MOST}"),
        (
            widgets.filter_playground(noise(9, 9), filters={str(n): np.eye(3) for n in range(25)}),
            "there are 25 filters: expected at most 24",
        ),
        (
            widgets.filter_playground(noise(9, 9), filters={f"{n}" * 5000: np.eye(3) for n in range(9)}),
            "more than a view may store in a notebook: give less of it, or shorter names",
        ),
    ]:
        assert isinstance(view, Refusal) and words in view.problem, view


def test_the_picture_stays_small_and_whole_however_large_the_figure_is() -> None:
    fig, axes = plots.figure(width=20, height=30)
    axes[0, 0].imshow(noise(500, 500))
    small = plots.small_html(fig, "noise", most=9_000)
    assert len(small) <= 9_000
    with Image.open(io.BytesIO(base64.b64decode(small.split(",")[1].split('"')[0]))) as seen:
        assert seen.height / seen.width == pytest.approx(1.5, rel=0.02) and seen.width > 30


@pytest.mark.parametrize("shape", [(64, 64), (64, 64, 3), (300, 300)])
def test_a_channel_is_what_python_computes_with_and_fits(shape: tuple[int, ...]) -> None:
    made = sheet(RNG.normal(size=shape), most=9_000)
    assert "picture" in made.state and len(made.state["picture"]) <= 9_000
    with Image.open(io.BytesIO(base64.b64decode(made.state["picture"].split(",")[1]))) as seen:
        levels = np.asarray(seen).astype(float)
    low, high = made.state["low"], made.state["high"]
    assert np.allclose(made.values, low + levels * (high - low) / 255)


def test_numbers_go_with_seven_digits_and_whole_ones_stay_whole() -> None:
    image = np.array([[3.0, -7, 255], [1 / 3, -2e-9 / 7, 123456.789123], [-0.0, 1e20, 4096]])
    made = sheet(image)
    assert json.dumps(made.state["rows"]) == ("[[3, -7, 255], [0.3333333, -2.857143e-10, 123456.8], [0, 1e+20, 4096]]")
    assert np.array_equal(made.values, np.array(made.state["rows"], float))
    assert np.allclose(made.values, image, rtol=5e-7, atol=0)


def test_the_stepper_computes_with_the_numbers_that_it_hands_over() -> None:
    asked: list[tuple[np.ndarray, np.ndarray]] = []

    def conv(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: dict[str, int]) -> np.ndarray:
        asked.append((A_prev, W))
        return np.zeros((1, 3, 3, 1))

    view = widgets.convolution_stepper(RNG.random((5, 5)), RNG.random((3, 3)), function=conv)
    with np.errstate(all="ignore"):
        view.replies["run"]({"stride": 1, "pad": 0, "f": 3, "channels": 1})
    assert np.array_equal(asked[0][0][0, :, :, 0], view.state["image"][0])
    assert np.array_equal(asked[0][1][:, :, 0, 0], view.state["kernel"][0])
    assert f"add up to {(asked[0][0][0, :3, :3, 0] * asked[0][1][:, :, 0, 0]).sum():.4g}" in view.alt


def test_letters_of_all_alphabets_take_one_character_and_half_a_pair_is_still_text() -> None:
    assert for_script(["é😀"]) == '["é😀"]'
    assert for_script("a\ud800</script>").encode() == b'"a\\ud800\\u003c/script>"'
