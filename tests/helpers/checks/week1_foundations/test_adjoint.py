"""The oracles of the backward pass agree with the definition of a derivative and with the published numbers."""

import numpy as np
import pytest

from helpers import checks
from helpers.checks.week1_foundations import adjoint
from helpers.shifts import convolve, pooled

RNG = np.random.default_rng(21)


def slopes(loss, array):
    """How fast the loss changes with each entry of an array."""
    found = np.zeros(array.shape)
    for index in np.ndindex(*array.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = array.copy()
            moved[index] += step
            ends.append(loss(moved))
        found[index] = (ends[0] - ends[1]) / 2e-6
    return found


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (1, 2), (2, 1), (3, 0)])
def test_the_gradients_of_a_convolution_are_derivatives(stride, pad) -> None:
    A_prev, W, b = RNG.normal(size=(2, 4, 5, 2)), RNG.normal(size=(3, 3, 2, 2)), RNG.normal(size=(1, 1, 1, 2))
    dZ = RNG.normal(size=convolve(A_prev, W, b, stride, pad).shape)
    gradients = checks.conv_backward.oracle(dZ, (A_prev, W, b, {"stride": stride, "pad": pad}))
    losses = (
        lambda x: np.sum(dZ * convolve(x, W, b, stride, pad)),
        lambda x: np.sum(dZ * convolve(A_prev, x, b, stride, pad)),
        lambda x: np.sum(dZ * convolve(A_prev, W, x, stride, pad)),
    )
    for gradient, loss, array in zip(gradients, losses, (A_prev, W, b), strict=True):
        assert np.allclose(gradient, slopes(loss, array), atol=1e-6)


@pytest.mark.parametrize(("mode", "reduce"), [("max", np.max), ("average", np.mean)])
@pytest.mark.parametrize(("f", "stride"), [(2, 2), (3, 1), (2, 3), (3, 2)])
def test_the_gradient_of_pooling_is_a_derivative(mode, reduce, f, stride) -> None:
    A_prev = RNG.normal(size=(2, 6, 5, 2))
    dA = RNG.normal(size=pooled(A_prev, f, stride, reduce).shape)
    gradient = adjoint.pool_gradient(dA, (A_prev, {"f": f, "stride": stride}), mode)
    assert np.allclose(gradient, slopes(lambda x: np.sum(dA * pooled(x, f, stride, reduce)), A_prev), atol=1e-6)


def test_a_tie_gives_every_maximum_the_whole_gradient() -> None:
    A_prev = np.array([[7.0, 1], [7, 0]])[None, :, :, None]
    gradient = adjoint.pool_gradient(np.full((1, 1, 1, 1), 3.0), (A_prev, {"f": 2, "stride": 2}))
    assert gradient[0, :, :, 0].tolist() == [[3, 0], [3, 0]]


def test_the_windows_of_a_batch_hold_what_lies_under_them() -> None:
    A_prev = RNG.normal(size=(2, 5, 4, 3))
    windows = adjoint.windows_of(A_prev, 2, 2, 1)
    padded = np.pad(A_prev, ((0, 0), (1, 1), (1, 1), (0, 0)))
    assert windows.shape == (2, 3, 3, 12)
    assert np.allclose(windows[1, 2, 1].reshape(2, 2, 3), padded[1, 4:6, 2:4])


def test_the_published_means_come_out() -> None:
    state = np.random.RandomState(1)
    A_prev, W, b = state.randn(10, 4, 4, 3), state.randn(2, 2, 3, 8), state.randn(1, 1, 1, 8)
    gradients = checks.conv_backward.oracle(convolve(A_prev, W, b, 2, 2), (A_prev, W, b, {"stride": 2, "pad": 2}))
    means = [gradient.mean() for gradient in gradients]
    assert np.allclose(means, [1.45243777754, 1.72699145831, 7.83923256462], rtol=1e-10)
