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
    assert depth.sentence(seen).startswith(
        "Gradient at layer 1, as part of that at the last layer: plain 0 (as at every"
    )
    assert "layer); residual 0." in depth.sentence(seen)
    assert "residual 0." in depth.sentence(seen, 2)


def test_the_default_state_shows_the_difference() -> None:
    seen = depth.faded()
    assert seen.shares["plain"][0] < 1e-5 and 0.3 < seen.shares["residual"][0] < 3


def test_the_alt_text_and_the_state_hold_what_was_measured() -> None:
    view = widgets.depth_and_gradient(8, measured={"<i>mine": np.array([0.5, 1, 2])})
    assert "<i>mine 0.25." in view.alt and "8 layers" in view.alt
    assert view.state["measured"] == {"<i>mine": [0.25, 0.5, 1.0]}
    assert "<i>mine" not in view.html()


def told(bend: str, scale: float, layers: int, seed: int = 1) -> tuple[depth.Faded, str]:
    """The numbers of a state, and what is said about them."""
    alt = widgets.depth_and_gradient(layers, nonlinearity=bend, scale=scale, seed=seed).alt
    return depth.faded(layers, nonlinearity=bend, scale=scale, seed=seed), alt


GRID = [
    (bend, scale, layers, seed)
    for bend in nets.BENDS
    for scale in (0.05, 0.1, 0.5, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5)
    for layers, seed in ((2, 1), (4, 1), (4, 4), (8, 2), (20, 1), (20, 5), (40, 3), (60, 1), (60, 8))
]


def test_the_explanation_agrees_with_the_numbers_over_a_grid_of_states() -> None:
    fared = set()
    for state in GRID:
        seen, alt = told(*state)
        plain, residual = seen.shares["plain"], seen.shares["residual"]
        factor = float(alt.split("multiplies the gradient by about ")[1].split(" a layer")[0])
        steps = seen.plain.norms[:-1] / seen.plain.norms[1:]
        assert factor == pytest.approx(np.exp(np.log(steps).mean()), rel=0.01), state
        (fate,) = [words for words in ("it shrinks.", "it is about kept.", "it grows.") if words in alt]
        low, high = {"it shrinks.": (0, 1), "it is about kept.": (0.25, 4), "it grows.": (1, np.inf)}[fate]
        assert low < plain[0] < high, state
        # Neither a factor far from 1 nor a total far from 1 is called kept, and nothing near 1 is called anything else.
        assert (fate == "it is about kept.") == (
            0.25 <= plain[0] <= 4 and 0.909 <= steps.prod() ** (1 / steps.size) <= 1.1
        )
        assert (" He chose 1 x for ReLU" in alt) == (state[0] == "ReLU" and 0.95 <= state[1] <= 1.05), state
        if "Shortcuts do not prevent that" in alt or "The residual net's grows" in alt:
            assert residual[0] > 1, state
        if "A shortcut carries it past" in alt:
            assert residual[0] > plain[0], state
        fared.add((state[0], fate))
    assert len(fared) == 7  # all three with ReLU and with tanh; the sigmoid only shrinks


@pytest.mark.parametrize(
    ("bend", "scale", "layers", "words"),
    [
        ("ReLU", 0.5, 4, "it shrinks"),
        ("ReLU", 0.1, 2, "it shrinks. With two layers, the only shortcut leads to the input"),
        ("ReLU", 0.85, 20, "it shrinks"),
        ("tanh", 1.5, 20, "it grows. Shortcuts do not prevent that"),
        ("tanh", 1, 60, "it grows. Shortcuts do not prevent that"),
        ("ReLU", 1, 20, "by about 1.02 a layer on average: it is about kept. He chose 1 x for ReLU"),
    ],
)
def test_states_that_were_explained_wrongly_are_explained_by_their_factor(bend, scale, layers, words) -> None:
    _, alt = told(bend, scale, layers)
    assert words in alt and ("He chose" in alt) == (bend == "ReLU" and scale == 1)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
def test_the_browser_says_the_same_words() -> None:
    states = [*GRID[::5], *((bend, 0.0, 6, 1) for bend in nets.BENDS)]
    script = f"""
    import {{ deepNet }} from "{files()["nets.js"].as_uri()}";
    import {{ asShares, heard, reason }} from "{files()["depth_words.js"].as_uri()}";
    const found = {json.dumps(states)}.map(([bend, scale, depth, seed]) => {{
      const nets = [false, true].map((shortcuts) => deepNet({{ depth, bend, scale, seed, shortcuts }}));
      const lines = nets.map(({{ norms }}, i) => ({{ name: ["plain", "residual"][i], values: asShares(norms) }}));
      return [heard(lines, 1), heard(lines, depth), reason({{ bend, scale }}, ...nets)];
    }});
    console.log(JSON.stringify(found));
    """
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    for state, (first, last, why) in zip(states, json.loads(done.stdout), strict=True):
        seen, alt = told(*state)
        assert f" {first} " in alt and alt.endswith(f" {why}"), state
        assert depth.sentence(seen, state[2]).startswith(f"{last} Largest"), state


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
    assert all(
        len(without_comments(source(f"{name}.js"))) <= 8192 for name in ("depth", "depth_words", "log_chart", "nets")
    )


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
