"""The two nets are what their equations say, their gradients those of finite differences, in Python and browser."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import depth
from helpers.widgets.depth import nets
from helpers.widgets.modules import files, source, without_comments
from helpers.widgets.view import Refusal


def mulberry32(seed: int, count: int) -> list[float]:
    """As its author wrote it, with a state that is carried on."""
    numbers, a = [], seed
    for _ in range(count):
        a = (a + 0x6D2B79F5) % 2**32
        t = ((a ^ (a >> 15)) * (a | 1)) % 2**32
        t ^= (t + ((t ^ (t >> 7)) * (t | 61)) % 2**32) % 2**32
        numbers.append((t ^ (t >> 14)) / 2**32)
    return numbers


@pytest.mark.parametrize("seed", [0, 1, 4321, 2**32 - 1])
def test_the_random_numbers_are_mulberry32(seed) -> None:
    assert nets.uniform(seed, 50).tolist() == mulberry32(seed, 50)


def test_the_weights_have_hes_variance() -> None:
    weights = np.stack([nets.he_weights(5, layer) for layer in range(1, 61)])
    assert abs(weights.mean()) < 0.005
    assert weights.var() == pytest.approx(2 / nets.WIDTH, rel=0.03)


def cost(weights, bend, shortcuts, seed, nudges) -> float:
    """J of the equations, written a layer at a time; nudges are added to z."""
    g = {"ReLU": lambda z: np.maximum(z, 0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[bend]
    a = [nets.uniform(seed + 1000, 320).reshape(20, 16)]
    for layer, w in enumerate(weights, 1):
        z = w @ a[-1] + nudges[layer - 1]
        a.append(g(z + a[-2]) if shortcuts and layer % 2 == 0 else g(z))
    return float(((a[-1] - nets.uniform(seed + 2000, 320).reshape(20, 16)) ** 2).sum() / 2 / 16)


@pytest.mark.parametrize("bend", nets.BENDS)
@pytest.mark.parametrize("shortcuts", [False, True])
def test_gradients_are_those_of_finite_differences(bend, shortcuts) -> None:
    weights, step = [0.8 * nets.he_weights(3, layer) for layer in range(1, 7)], 1e-6
    net = nets.deep_net(6, bend, 0.8, 3, shortcuts)
    for layer in range(6):
        gradient = np.zeros((20, 16))
        for place in np.ndindex(20, 16):
            nudges = np.zeros((6, 20, 16))
            nudges[(layer, *place)] = step
            up, down = (cost(weights, bend, shortcuts, 3, sign * nudges) for sign in (1, -1))
            gradient[place] = (up - down) / (2 * step)
        assert np.linalg.norm(gradient) == pytest.approx(net.norms[layer], rel=1e-4)


def test_without_weights_a_residual_net_is_the_identity_and_a_plain_one_forgets() -> None:
    seen = depth.faded(20, scale=0)
    assert np.array_equal(seen.residual.output, seen.residual.input)
    assert not seen.plain.output.any() and not seen.plain.norms.any()
    assert np.allclose(seen.residual.norms[1::2], seen.residual.norms[-1])
    assert "the plain net's gradient is 0 at every layer" in depth.sentence(seen)
    assert "residual 0." in depth.sentence(seen, 2)


def test_the_default_state_shows_the_difference() -> None:
    seen = depth.faded()
    assert seen.shares["plain"][0] < 1e-5 and 0.3 < seen.shares["residual"][0] < 3


def test_the_alt_text_and_the_state_hold_what_was_measured() -> None:
    view = widgets.depth_and_gradient(8, measured={"<i>mine": np.array([0.5, 1, 2])})
    assert "<i>mine: 0.25" in view.alt and "8 layers" in view.alt
    assert view.state["measured"] == {"<i>mine": [0.25, 0.5, 1.0]}
    assert "<i>mine" not in view.html()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1.0, "1"), (2.888e-6, "2.9e-6"), (3e-10, "3e-10"), (0.00123, "0.0012"), (45678.0, "46000")],
)
def test_numbers_are_written_shortly(value, text) -> None:
    assert depth.short(value) == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"depth": 7}, "even number"),
        ({"depth": 62}, "depth is 62"),
        ({"depth": "20"}, "whole number"),
        ({"nonlinearity": "relu"}, "one of ReLU, tanh, sigmoid"),
        ({"scale": 2}, "0 to 1.5"),
        ({"scale": float("nan")}, "NaN"),
        ({"seed": 0}, "seed"),
        ({"measured": [1, 2]}, "no mapping"),
        ({"measured": {"a": [1, float("nan")]}}, "NaN"),
        ({"measured": {"a": []}}, "shape"),
        ({"measured": {"a": [1]}}, "expected 2 to 200"),
        ({"measured": {"a": [1, 0]}}, "the last above it"),
        ({"measured": {"plain": [1, 1]}}, "a name other than plain"),
        ({"measured": {name: [1, 1] for name in "abcd"}}, "at most 3"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(arguments, words) -> None:
    refused = widgets.depth_and_gradient(**arguments)
    assert isinstance(refused, Refusal) and words in refused.problem


def test_its_output_and_its_modules_are_small() -> None:
    many = {name: [1.0] * 200 for name in "abc"}
    assert len(widgets.depth_and_gradient(60, measured=many).html()) <= 80_000
    assert all(len(without_comments(source(f"{name}.js"))) <= 8192 for name in ("depth", "log_chart", "nets"))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
def test_the_browser_computes_the_same_numbers() -> None:
    cases = [(bend, cut) for bend in nets.BENDS for cut in (False, True)]
    script = f"""
    import {{ deepNet }} from "{files()["nets.js"].as_uri()}";
    import {{ uniform, bells }} from "{files()["randomness.js"].as_uri()}";
    const cases = {json.dumps(cases)};
    const found = cases.map(([bend, shortcuts]) => deepNet({{ depth: 24, bend, scale: 0.9, seed: 7, shortcuts }}));
    const row = Array.from({{ length: 30 }}, (_, i) => uniform(4000000000, i));
    const nets = found.map(({{ norms, output }}) => [norms, [...output]]);
    console.log(JSON.stringify([row, [...bells(9, 30)], nets]));
    """
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    row, curve, found = json.loads(done.stdout)
    assert row == nets.uniform(4_000_000_000, 30).tolist()
    assert curve == nets.bells(9, 30).tolist()
    for (bend, shortcuts), (norms, output) in zip(cases, found, strict=True):
        net = nets.deep_net(24, bend, 0.9, 7, shortcuts)
        assert np.allclose(norms, net.norms, rtol=1e-9, atol=0)
        assert np.allclose(output, net.output.ravel(), rtol=1e-9)
