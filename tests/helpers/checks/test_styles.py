"""Right answers in unusual dress keep all their points."""

import functools

import numpy as np
import pytest

from helpers import checks
from helpers.checks import find
from tests.course.lessons import NOTEBOOK_OF, reference

NUMPY = [name for name in checks.names() if name not in ("lenet5", "happyModel", "convolutional_model")]


def dressed(returned, change):
    """The array, or the first array of (output, cache), or every gradient, changed."""
    if isinstance(returned, tuple):
        last = len(returned) if len(returned) == 3 else 1
        return (*(change(value) for value in returned[:last]), *returned[last:])
    if isinstance(returned, dict):
        return {key: change(value) for key, value in returned.items()}
    return change(returned) if isinstance(returned, np.ndarray) else returned


def _fourier_rounding(x: np.ndarray) -> np.ndarray:
    return x + 1e-13j if x.dtype.kind == "f" else x


CHANGES = {
    "float32": lambda x: x.astype(np.float32),
    "lists": lambda x: x.tolist(),
    "masked": np.ma.array,
    "matrix": lambda x: np.asmatrix(x) if x.ndim == 2 else x,
    "columns first": np.asfortranarray,
    "objects": lambda x: x.astype(object),
    "rounding of a Fourier transform": _fourier_rounding,
    "a view that cannot be written": lambda x: np.broadcast_to(x, x.shape),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NUMPY)
def test_any_container_of_the_right_numbers_is_right(name: str, change: str) -> None:
    right = reference(NOTEBOOK_OF[name])[name]

    def answer(*args):
        return dressed(right(*args), CHANGES[change])

    for seed in (None, 3):
        report = find(name)(answer, seed=seed)
        assert report.passed, str(report)


class Instance:
    def __init__(self, function):
        self.function = function

    def __call__(self, *values):
        return self.function(*values)


@pytest.mark.parametrize("kind", ["partial", "instance", "defaults", "wrapped"])
@pytest.mark.parametrize("name", NUMPY)
def test_any_callable_that_is_right_is_right(name: str, kind: str) -> None:
    right = reference(NOTEBOOK_OF[name])[name]

    @functools.wraps(right)
    def wrapped(*args, **options):
        return right(*args, **options)

    kinds = {
        "partial": functools.partial(right),
        "instance": Instance(right),
        "defaults": lambda *args, verbose=False: right(*args),
        "wrapped": wrapped,
    }
    assert find(name)(kinds[kind], seed=3).passed


@pytest.mark.parametrize("total", [np.int32, np.int64, np.asarray])
def test_a_count_may_be_any_whole_number(total) -> None:
    right = reference(NOTEBOOK_OF["count_parameters"])["count_parameters"]
    assert checks.count_parameters(lambda layers: total(right(layers))).passed
    assert not checks.count_parameters(lambda layers: float(right(layers))).passed


def test_a_complex_answer_is_not_a_real_one() -> None:
    right = reference(NOTEBOOK_OF["flip_kernel"])["flip_kernel"]
    assert checks.flip_kernel(lambda kernel: right(kernel) * (1 + 0.01j)).score == 0
