"""Checks of the forward pass: output size, padding, one step, the whole convolution, pooling.

The oracles sum shifted copies of the input instead of cutting windows, so they share no step with the exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .check import Check
from .compare import Output
from .parts import Call, Case, Law, Misconception, Values, Violation

Rng = np.random.Generator
HParameters = dict[str, int]


def fitting(n: int, f: int, stride: int) -> int:
    """How many windows of size f fit side by side into n entries: counted, not computed."""
    return len([start for start in range(0, n, stride) if start + f <= n])


# ---- conv_output_size ------------------------------------------------------------------------------------------


def _size_oracle(n: int, f: int, p: int, s: int) -> int:
    return fitting(n + 2 * p, f, s)


def _sizes(*, stride: int | None, pad: int | None, divides: bool) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        made = 0
        while made < 5:
            f, s = int(rng.integers(1, 8)), stride or int(rng.integers(2, 5))
            p = int(rng.integers(1, 5)) if pad is None else pad
            n = int(rng.integers(f, 60))
            if s == 1 or ((n + 2 * p - f) % s == 0) == divides:
                made += 1
                yield Case((n, f, p, s))

    return cases


def _whole_number(call: Call, rng: Rng) -> Violation | None:
    size = call(7, 3, 0, 2)
    if isinstance(size, (int, np.integer)) and not isinstance(size, bool):
        return None
    return Violation(f"conv_output_size(7, 3, 0, 2) returned the {type(size).__name__} {size!r}.", "not_an_integer")


conv_output_size = Check(
    signature="conv_output_size(n, f, p, s)",
    output=Output("the output size"),
    oracle=_size_oracle,
    parts=(
        Values("no padding, stride 1", _sizes(stride=1, pad=0, divides=True)),
        Values("padding", _sizes(stride=1, pad=None, divides=True)),
        Values("stride that divides", _sizes(stride=None, pad=None, divides=True)),
        Values("stride that does not divide", _sizes(stride=None, pad=None, divides=False)),
        Law("is a whole number", _whole_number, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "no_floor",
            "Half a window is no window: what happens when the stride does not divide the distance?",
            lambda n, f, p, s: (n + 2 * p - f) / s + 1,
        ),
        Misconception(
            "rounded_up",
            "A window that hangs over the edge is dropped. In which direction does that round?",
            lambda n, f, p, s: -(-(n + 2 * p - f) // s) + 1,
        ),
        Misconception(
            "rounded_to_nearest",
            "Rounding to the nearest whole number sometimes counts a window that hangs over the edge.",
            lambda n, f, p, s: round((n + 2 * p - f) / s) + 1,
        ),
        Misconception(
            "pad_counted_once", "Padding is added on both sides.", lambda n, f, p, s: _size_oracle(n + p, f, 0, s)
        ),
        Misconception(
            "pad_forgotten", "The padding does not enter the result.", lambda n, f, p, s: _size_oracle(n, f, 0, s)
        ),
        Misconception(
            "plus_one_forgotten",
            "Count windows, not steps: how many posts does a fence with 4 gaps have?",
            lambda n, f, p, s: _size_oracle(n, f, p, s) - 1,
        ),
        Misconception(
            "plus_one_divided",
            "The stride divides the distance between the first and the last window, and only that.",
            lambda n, f, p, s: (n + 2 * p - f + 1) // s,
        ),
        Misconception(
            "stride_forgotten", "The stride does not enter the result.", lambda n, f, p, s: _size_oracle(n, f, p, 1)
        ),
        Misconception("not_an_integer", "A size is used in np.zeros and range: return an int, not a float."),
    ),
)


# ---- zero_pad --------------------------------------------------------------------------------------------------


def _shift_matrix(n: int, pad: int) -> np.ndarray:
    """The (n + 2 pad, n) matrix that copies entry i to i + pad."""
    return np.eye(n + 2 * pad, n, -pad)


def _pad_axes(X: np.ndarray, before: tuple[int, ...], after: tuple[int, ...], value: float = 0.0) -> np.ndarray:
    """X in a larger array filled with `value`; one number of new entries per axis and side."""
    shape = [n + b + a for n, b, a in zip(X.shape, before, after, strict=True)]
    padded = np.full(shape, value, dtype=np.float64)
    padded[tuple(slice(b, b + n) for n, b in zip(X.shape, before, strict=True))] = X
    return padded


def _zero_pad_oracle(X: np.ndarray, pad: int) -> np.ndarray:
    rows, columns = _shift_matrix(X.shape[1], pad), _shift_matrix(X.shape[2], pad)
    return np.asarray(np.einsum("ih,jw,mhwc->mijc", rows, columns, X))


def _batches(*pads: int) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for pad in pads:
            m, n_C = int(rng.integers(1, 4)), int(rng.integers(1, 4))
            n_H, n_W = (int(n) for n in rng.choice(np.arange(2, 7), 2, replace=False))
            yield Case((rng.normal(size=(m, n_H, n_W, n_C)) + 2, pad))

    return cases


def _float32_and_integers(rng: Rng) -> Iterator[Case]:
    yield Case((rng.normal(size=(2, 3, 4, 1)).astype(np.float32), 2))
    yield Case((rng.integers(1, 255, size=(1, 4, 3, 3)), 1))


zero_pad = Check(
    signature="zero_pad(X, pad)",
    output=Output("X_pad", "(m, n_H + 2 pad, n_W + 2 pad, n_C)"),
    oracle=_zero_pad_oracle,
    parts=(
        Values("pad 1 on images that are not square", _batches(1, 1)),
        Values("pad 2 and 3", _batches(2, 3)),
        Values("pad 0 changes nothing", _batches(0), weight=0.5),
        Values("float32 and integer images", _float32_and_integers, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "pads_every_axis",
            "Only height and width grow: the number of images and of channels stays as it is.",
            lambda X, pad: _pad_axes(X, (pad,) * 4, (pad,) * 4),
        ),
        Misconception(
            "pads_channels",
            "The channels were padded. Which two of the four axes are height and width?",
            lambda X, pad: _pad_axes(X, (0, 0, pad, pad), (0, 0, pad, pad)),
        ),
        Misconception(
            "pads_batch",
            "The batch axis was padded. Which two of the four axes are height and width?",
            lambda X, pad: _pad_axes(X, (pad, pad, 0, 0), (pad, pad, 0, 0)),
        ),
        Misconception(
            "pads_one_side",
            "The new rows and columns are on one side only: an image has four borders.",
            lambda X, pad: _pad_axes(X, (0, 0, 0, 0), (0, pad, pad, 0)),
        ),
        Misconception(
            "pads_height_only",
            "The height grew, the width did not.",
            lambda X, pad: _pad_axes(X, (0, pad, 0, 0), (0, pad, 0, 0)),
        ),
        Misconception(
            "pads_width_only",
            "The width grew, the height did not.",
            lambda X, pad: _pad_axes(X, (0, 0, pad, 0), (0, 0, pad, 0)),
        ),
        Misconception(
            "pads_with_edge",
            "The border repeats the picture's own pixels; zero padding has another value there.",
            lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "edge"),
        ),
        Misconception(
            "pads_with_ones",
            "The border holds ones.",
            lambda X, pad: _pad_axes(X, (0, pad, pad, 0), (0, pad, pad, 0), 1.0),
        ),
        Misconception(
            "pads_half",
            "`pad` is the number of zeros on each side, not on both sides together.",
            lambda X, pad: _zero_pad_oracle(X, pad // 2) if pad else None,
        ),
        Misconception("returns_input", "The array came back as it was.", lambda X, pad: X),
    ),
)


# ---- conv_single_step ------------------------------------------------------------------------------------------


def _step_oracle(a_slice_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    return float(np.einsum("hwc,hwc->", a_slice_prev, W) + np.sum(b))


def _published_step(rng: Rng) -> Iterator[Case]:
    state = np.random.RandomState(1)
    yield Case((state.randn(4, 4, 3), state.randn(4, 4, 3), state.randn(1, 1, 1)), -6.999089450680221)


def _windows(*, bias: bool, dtype: type = np.float64, size: float = 1.0) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for f, n_C in ((1, 1), (2, 3), (3, 1), (5, 2)):
            window: np.ndarray = (size * rng.normal(size=(f, f, n_C))).astype(dtype)
            b = rng.normal(size=(1, 1, 1)).astype(dtype) + dtype(2) if bias else np.zeros((1, 1, 1), dtype)
            yield Case((window, rng.normal(size=(f, f, n_C)).astype(dtype), b))

    return cases


conv_single_step = Check(
    signature="conv_single_step(a_slice_prev, W, b)",
    output=Output("Z"),
    oracle=_step_oracle,
    parts=(
        Values("product and sum, bias 0", _windows(bias=False)),
        Values("bias", _windows(bias=True)),
        Values("the published example", _published_step, weight=0.5),
        Values("large values and float32", _windows(bias=True, dtype=np.float32, size=1e3), weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "bias_forgotten",
            "The bias does not enter the result.",
            lambda a, W, b: _step_oracle(a, W, 0 * b),
        ),
        Misconception(
            "bias_in_every_product",
            "The bias is added once to the sum, not to each of the products.",
            lambda a, W, b: _step_oracle(a, W, b * a.size),
        ),
        Misconception("bias_subtracted", "The sign of the bias is turned.", lambda a, W, b: _step_oracle(a, W, -b)),
        Misconception(
            "mean_for_sum",
            "The products are averaged; a filter adds them up.",
            lambda a, W, b: _step_oracle(a / a.size, W, b),
        ),
        Misconception(
            "kernel_flipped",
            "The filter is turned by 180 degrees. In this course convolution means cross-correlation.",
            lambda a, W, b: _step_oracle(a, W[::-1, ::-1], b),
        ),
        Misconception(
            "not_summed",
            "The products are still there one by one: what becomes of them?",
            lambda a, W, b: a * W + b,
        ),
        Misconception(
            "one_channel_only",
            "Only the first channel enters. The sum runs over height, width and channels.",
            lambda a, W, b: _step_oracle(a[..., :1], W[..., :1], b),
        ),
        Misconception(
            "matrix_product",
            "`@` and np.dot multiply rows with columns; a filter multiplies entry by entry.",
            lambda a, W, b: float(np.sum(a @ W)) + float(np.sum(b)),
        ),
    ),
)


# ---- conv_forward ----------------------------------------------------------------------------------------------


def convolve(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """Convolve a batch as a sum of f x f shifted copies of it, one matrix product each.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        W: (f, f, n_C_prev, n_C).
        b: (1, 1, 1, n_C).
        stride: 1 or more.
        pad: zeros on each side.

    Returns:
        (m, n_H, n_W, n_C) float64.
    """
    padded = _zero_pad_oracle(A_prev, pad)
    f_H, f_W = W.shape[:2]
    n_H, n_W = fitting(padded.shape[1], f_H, stride), fitting(padded.shape[2], f_W, stride)
    total = np.tile(np.asarray(b, dtype=np.float64), (len(A_prev), n_H, n_W, 1))
    for row in range(f_H):
        for column in range(f_W):
            copy = padded[:, row::stride, column::stride][:, :n_H, :n_W]
            total += np.einsum("mhwc,cd->mhwd", copy, W[row, column])
    return total


def _forward_oracle(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
    Z = convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"])
    return Z, (A_prev, W, b, hparameters)


def _Z_only(*, stride: Any = None, pad: Any = None, change: Any = None) -> Call:
    """A misconception's Z: the oracle with another stride, pad or filter; the cache may be anything."""

    def gives(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
        s, p = hparameters["stride"], hparameters["pad"]
        if change is not None:
            A_prev, W, b = change(A_prev, W, b)
        return convolve(A_prev, W, b, s if stride is None else stride(s), p if pad is None else pad(p)), ...

    return gives


def _published_forward(rng: Rng) -> Iterator[Case]:
    state = np.random.RandomState(1)
    A_prev, W, b = state.randn(2, 5, 7, 4), state.randn(3, 3, 4, 8), state.randn(1, 1, 1, 8)
    Z, _ = _forward_oracle(A_prev, W, b, {"stride": 2, "pad": 1})
    Z[0, 2, 1] = [-2.17796037, 8.07171329, -0.5772704, 3.36286738, 4.48113645, -2.89198428, 10.99288867, 3.03171932]
    yield Case((A_prev, W, b, {"stride": 2, "pad": 1}), (Z, ...))


def _layers(*settings: tuple[int, int, int], bias: float = 0.0, m: int = 2, scale: float = 1.0) -> Any:
    """Cases (f, stride, pad) on images that are not square, with few channels."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride, pad in settings:
            n_H, n_W = (int(n) for n in rng.choice(np.arange(max(f, 3), max(f, 3) + 4), 2, replace=False))
            n_C_prev, n_C = int(rng.integers(1, 3)), int(rng.integers(2, 4))
            A_prev = scale * rng.normal(size=(m, n_H, n_W, n_C_prev))
            W = rng.normal(size=(f, f, n_C_prev, n_C))
            b = bias * (rng.normal(size=(1, 1, 1, n_C)) + 2)
            yield Case((A_prev, W, b, {"stride": stride, "pad": pad}), None)

    return _with_any_cache(cases)


def _with_any_cache(cases: Any) -> Any:
    def without(rng: Rng) -> Iterator[Case]:
        for case in cases(rng):
            yield Case(case.args, (_forward_oracle(*case.args)[0], ...))

    return without


def _float32_and_one_image(rng: Rng) -> Iterator[Case]:
    hparameters = {"stride": 1, "pad": 1}
    for A_prev in (rng.normal(size=(1, 3, 4, 1)).astype(np.float32), rng.integers(0, 255, size=(1, 4, 3, 2))):
        W = rng.normal(size=(2, 2, A_prev.shape[3], 1)).astype(np.float32)
        args = (A_prev, W, np.zeros((1, 1, 1, 1), np.float32), hparameters)
        yield Case(args, (_forward_oracle(*args)[0], ...))


def _cache_case(rng: Rng) -> Iterator[Case]:
    args = (rng.normal(size=(1, 4, 3, 2)), rng.normal(size=(2, 2, 2, 1)), np.ones((1, 1, 1, 1)))
    yield Case((*args, {"stride": 1, "pad": 1}), (..., (*args, {"stride": 1, "pad": 1})))


def _linear(call: Call, rng: Rng) -> Violation | None:
    """Without a bias, the convolution of a sum is the sum of the convolutions."""
    first, second = rng.normal(size=(2, 1, 5, 4, 2))
    W, b = rng.normal(size=(3, 3, 2, 2)), np.zeros((1, 1, 1, 2))
    hparameters = {"stride": 1, "pad": 1}
    Zs = [_first(call(A, W, b, hparameters)) for A in (first, second, first + 2 * second)]
    if any(Z is None for Z in Zs) or not np.allclose(Zs[0] + 2 * Zs[1], Zs[2], rtol=1e-3, atol=1e-3):
        return Violation("Z(A1 + 2 A2) differs from Z(A1) + 2 Z(A2) with b = 0.", "not_linear")
    return None


def _first(result: Any) -> Any:
    value = result[0] if isinstance(result, (tuple, list)) and result else result
    return None if value is None else np.asarray(value, dtype=np.float64)


conv_forward = Check(
    signature="conv_forward(A_prev, W, b, hparameters)",
    output=Output("(Z, cache)"),
    oracle=_forward_oracle,
    needs=("zero_pad", "conv_single_step", "conv_output_size"),
    parts=(
        Values("stride 1, no padding, bias 0", _layers((3, 1, 0), (2, 1, 0), (1, 1, 0)), weight=2),
        Values("bias", _layers((2, 1, 0), bias=1.0)),
        Values("padding", _layers((3, 1, 1), (3, 1, 2))),
        Values("stride, also one that does not divide", _layers((2, 2, 0), (3, 2, 0), (2, 3, 0))),
        Values("stride and padding and bias together", _layers((3, 2, 1), (2, 3, 2), bias=1.0)),
        Values("the published example", _published_forward, weight=0.5),
        Values("one image, float32, integers", _float32_and_one_image, weight=0.5),
        Values("the cache holds A_prev, W, b, hparameters", _cache_case),
        Law("linear in the image", _linear, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "bias_forgotten",
            "The bias of each filter does not enter Z.",
            _Z_only(change=lambda A, W, b: (A, W, 0 * b)),
        ),
        Misconception(
            "one_bias_for_all",
            "Every filter uses the bias of filter 0: which index of b belongs to filter c?",
            _Z_only(change=lambda A, W, b: (A, W, b[..., :1])),
        ),
        Misconception(
            "stride_forgotten_in_window",
            "The window moves by 1 whatever the stride: where does window number h begin?",
            lambda A, W, b, hp: (_windows_without_stride(A, W, b, hp), ...),
        ),
        Misconception(
            "stride_forgotten",
            "The stride has no effect on Z.",
            _Z_only(stride=lambda s: 1),
        ),
        Misconception("pad_forgotten", "The padding has no effect on Z.", _Z_only(pad=lambda p: 0)),
        Misconception(
            "kernel_flipped",
            "The filters are turned by 180 degrees. In this course convolution means cross-correlation.",
            _Z_only(change=lambda A, W, b: (A, W[::-1, ::-1], b)),
        ),
        Misconception(
            "filter_transposed",
            "Rows and columns of the filter are swapped.",
            _Z_only(change=lambda A, W, b: (A, W.transpose(1, 0, 2, 3), b)),
        ),
        Misconception(
            "height_and_width_swapped",
            "n_H and n_W are swapped: images need not be square.",
            lambda A, W, b, hp: (_sides_swapped(A, W, b, hp), ...),
        ),
        Misconception(
            "same_filter_for_all",
            "Every channel of Z comes from filter 0: which index of W belongs to filter c?",
            _Z_only(change=lambda A, W, b: (A, np.repeat(W[..., :1], W.shape[3], axis=3), b)),
        ),
        Misconception(
            "one_input_channel_only",
            "Only the first channel of A_prev is used: a window reaches through all channels.",
            _Z_only(change=lambda A, W, b: (A[..., :1], W[:, :, :1], b)),
        ),
        Misconception(
            "first_image_for_all",
            "Every image of the batch gives the result of image 0.",
            _Z_only(change=lambda A, W, b: (np.repeat(A[:1], len(A), axis=0), W, b)),
        ),
        Misconception(
            "rectified",
            "Negative values are missing: the activation g comes after this function.",
            lambda A, W, b, hp: (np.maximum(_forward_oracle(A, W, b, hp)[0], 0), ...),
        ),
        Misconception(
            "last_window_missing",
            "The last row and column of windows are missing: how many windows fit?",
            lambda A, W, b, hp: (_forward_oracle(A, W, b, hp)[0][:, :-1, :-1], ...),
        ),
        Misconception(
            "cache_holds_padded_input",
            "The cache holds the padded image; the backward pass expects A_prev as it came in.",
            lambda A, W, b, hp: (..., (_zero_pad_oracle(A, hp["pad"]), ..., ..., ...)),
        ),
        Misconception(
            "not_linear",
            "Doubling the image must double Z (with b = 0): something is added, clipped or rounded on the way.",
        ),
    ),
)


def _windows_without_stride(A: np.ndarray, W: np.ndarray, b: np.ndarray, hp: HParameters) -> np.ndarray:
    """Z of the right size whose windows begin at h and w instead of h * stride and w * stride."""
    right = _forward_oracle(A, W, b, hp)[0]
    return convolve(A, W, b, 1, hp["pad"])[:, : right.shape[1], : right.shape[2]]


def _sides_swapped(A: np.ndarray, W: np.ndarray, b: np.ndarray, hp: HParameters) -> Any:
    """Z with the shape of a transposed image, as far as its windows lie inside."""
    right = _forward_oracle(A, W, b, hp)[0]
    return right.swapaxes(1, 2) if right.shape[1] != right.shape[2] else None


# ---- pool_forward ----------------------------------------------------------------------------------------------


def pooled(A_prev: np.ndarray, f: int, stride: int, reduce: Any) -> np.ndarray:
    """Pool a batch by stacking its f x f shifted copies and reducing over the stack.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C).
        f: side of the window.
        stride: 1 or more.
        reduce: np.max, np.mean, np.min or np.sum.

    Returns:
        (m, n_H, n_W, n_C) float64.
    """
    n_H, n_W = fitting(A_prev.shape[1], f, stride), fitting(A_prev.shape[2], f, stride)
    copies = [A_prev[:, r::stride, c::stride][:, :n_H, :n_W] for r in range(f) for c in range(f)]
    return np.asarray(reduce(np.stack(copies).astype(np.float64), axis=0))


def _reducer(mode: str) -> Any:
    return np.max if mode == "max" else np.mean


def _pool_oracle(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
    A = pooled(A_prev, hparameters["f"], hparameters["stride"], _reducer(mode))
    return A, (A_prev, hparameters)


def _worked_pool(rng: Rng) -> Iterator[Case]:
    picture = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]], dtype=np.float64)
    wanted = np.array([[9.0, 2.0], [6.0, 3.0]])
    yield Case((picture[None, :, :, None], {"f": 2, "stride": 2}), (wanted[None, :, :, None], ...))


def _pools(mode: str, *settings: tuple[int, int], shift: float = 0.0) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride in settings:
            n_H, n_W = (int(n) for n in rng.choice(np.arange(f + 1, f + 5), 2, replace=False))
            A_prev = rng.normal(size=(int(rng.integers(1, 3)), n_H, n_W, int(rng.integers(1, 4)))) + shift
            args = (A_prev, {"f": f, "stride": stride}, mode)
            yield Case(args, (_pool_oracle(*args)[0], ...))

    return cases


def _pool_cache(rng: Rng) -> Iterator[Case]:
    A_prev = rng.normal(size=(1, 4, 3, 2))
    yield Case((A_prev, {"f": 2, "stride": 1}, "max"), (..., (A_prev, {"f": 2, "stride": 1})))


def _A_only(reduce_for: Any, *, stride: Any = None) -> Call:
    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
        s = hparameters["stride"]
        reduce = reduce_for(mode)
        return None if reduce is None else (pooled(A_prev, hparameters["f"], stride(s) if stride else s, reduce), ...)

    return gives


def _over_channels(reduce_for: Any) -> Call:
    """One value over all channels of the window, repeated for each channel."""

    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
        reduce = reduce_for(mode)
        A = pooled(A_prev, hparameters["f"], hparameters["stride"], reduce)
        return np.repeat(reduce(A, axis=3, keepdims=True), A.shape[3], axis=3), ...

    return gives


pool_forward = Check(
    signature="pool_forward(A_prev, hparameters, mode)",
    output=Output("(A, cache)"),
    oracle=_pool_oracle,
    needs=("conv_output_size",),
    parts=(
        Values("the worked example of the text", _worked_pool, weight=0.5),
        Values("max, stride 1", _pools("max", (2, 1), (3, 1), (1, 1)), weight=1.5),
        Values("max of negative numbers", _pools("max", (2, 1), (2, 2), shift=-9.0)),
        Values("average", _pools("average", (2, 1), (3, 1), shift=2.0), weight=1.5),
        Values("stride, also one that does not divide", _pools("max", (2, 2), (2, 3), (3, 2)), weight=1.5),
        Values("average with a stride", _pools("average", (3, 2), (2, 3))),
        Values("the cache holds A_prev, hparameters", _pool_cache),
    ),
    misconceptions=(
        Misconception(
            "mode_ignored",
            "The mode has no effect: both modes give the maximum.",
            _A_only(lambda mode: np.max if mode == "average" else None),
        ),
        Misconception(
            "modes_swapped",
            "Max and average are swapped.",
            _A_only(lambda mode: np.mean if mode == "max" else np.max),
        ),
        Misconception(
            "sum_for_average",
            "The window is summed; an average also divides by the number of entries.",
            _A_only(lambda mode: np.sum if mode == "average" else None),
        ),
        Misconception(
            "minimum",
            "The smallest entry was taken.",
            _A_only(lambda mode: np.min if mode == "max" else None),
        ),
        Misconception(
            "starts_from_zero",
            "A window of negative numbers has a negative maximum: a search that starts from 0 misses it.",
            lambda A, hp, mode="max": (np.maximum(_pool_oracle(A, hp, mode)[0], 0), ...) if mode == "max" else None,
        ),
        Misconception(
            "pools_over_channels",
            "One value for all channels: pooling works on each channel alone.",
            _over_channels(_reducer),
        ),
        Misconception(
            "stride_forgotten_in_window",
            "The window moves by 1 whatever the stride: where does window number h begin?",
            lambda A, hp, mode="max": (
                pooled(A, hp["f"], 1, _reducer(mode))[
                    :, : fitting(A.shape[1], hp["f"], hp["stride"]), : fitting(A.shape[2], hp["f"], hp["stride"])
                ],
                ...,
            ),
        ),
        Misconception(
            "stride_is_f",
            "The window moves by f; how far it moves is the stride.",
            lambda A, hp, mode="max": (pooled(A, hp["f"], hp["f"], _reducer(mode)), ...),
        ),
        Misconception("stride_forgotten", "The stride has no effect on A.", _A_only(_reducer, stride=lambda s: 1)),
        Misconception(
            "height_and_width_swapped",
            "n_H and n_W are swapped: images need not be square.",
            lambda A, hp, mode="max": (_pool_oracle(A, hp, mode)[0].swapaxes(1, 2), ...),
        ),
        Misconception(
            "last_window_missing",
            "The last row and column of windows are missing: how many windows fit?",
            lambda A, hp, mode="max": (_pool_oracle(A, hp, mode)[0][:, :-1, :-1], ...),
        ),
    ),
)
