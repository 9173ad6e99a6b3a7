"""Answers to pool_backward, right in several styles and wrong in the ways learners are."""

import numpy as np

from helpers import checks
from tests.course.answers import right, wrong


@right
def with_the_helpers(dA, cache, mode="max"):
    A_prev, hparameters = cache
    stride, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i in range(dA.shape[0]):
        for h in range(dA.shape[1]):
            for w in range(dA.shape[2]):
                for c in range(dA.shape[3]):
                    v, u = h * stride, w * stride
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, v : v + f, u : u + f, c])
                        dA_prev[i, v : v + f, u : u + f, c] += mask * dA[i, h, w, c]
                    elif mode == "average":
                        dA_prev[i, v : v + f, u : u + f, c] += distribute_value(dA[i, h, w, c], (f, f))
    return dA_prev


@right
def window_by_window_without_helpers(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape, dtype=np.float32)
    for h in range(dA.shape[1]):
        for w in range(dA.shape[2]):
            window = A_prev[:, h * s : h * s + f, w * s : w * s + f]
            share = window == window.max(axis=(1, 2), keepdims=True) if mode == "max" else np.ones(window.shape) / f**2
            dA_prev[:, h * s : h * s + f, w * s : w * s + f] += share * dA[:, h : h + 1, w : w + 1]
    return dA_prev


@right
def plain_python(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape).tolist()
    for i, h, w, c in np.ndindex(*dA.shape):
        places = [(h * s + row, w * s + column) for row in range(f) for column in range(f)]
        largest = max(A_prev[i, y, x, c] for y, x in places)
        for y, x in places:
            if mode == "average":
                dA_prev[i][y][x][c] += dA[i, h, w, c] / len(places)
            elif A_prev[i, y, x, c] == largest:
                dA_prev[i][y][x][c] += dA[i, h, w, c]
    return dA_prev


@right
def with_tensorflow(dA, cache, mode="max"):
    import tensorflow as tf

    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    image = tf.constant(A_prev, tf.float64)
    n_H, n_W = dA.shape[1:3]
    with tf.GradientTape() as tape:
        tape.watch(image)
        copies = [image[:, r::s, c::s][:, :n_H, :n_W] for r in range(f) for c in range(f)]
        stack = tf.stack(copies)
        share = tf.constant(1 / f**2, tf.float64)
        if mode == "max":
            share = tf.stop_gradient(tf.cast(tf.equal(stack, tf.reduce_max(stack, axis=0)), tf.float64))
        loss = tf.reduce_sum(stack * share * tf.constant(dA, tf.float64))
    return tape.gradient(loss, image)


@wrong("overwritten")
def assigns(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        share = create_mask_from_window(window) if mode == "max" else distribute_value(1, (f, f))
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] = share * dA[i, h, w, c]
    return dA_prev


@wrong("modes_swapped")
def average_for_max(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        share = create_mask_from_window(window) if mode != "max" else distribute_value(1, (f, f))
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("mode_ignored")
def only_max(dA, cache, mode="max"):
    return checks.pool_backward.oracle(dA, cache, "max")


@wrong("mask_forgotten")
def max_to_the_whole_window(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        share = 1 if mode == "max" else distribute_value(1, (f, f))
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("not_divided")
def average_to_the_whole_window(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        share = create_mask_from_window(window) if mode == "max" else 1
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("divided_by_output_size")
def shape_of_the_output(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        share = create_mask_from_window(window) if mode == "max" else distribute_value(1, dA.shape[1:3])[0, 0]
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("stride_forgotten_in_window")
def windows_begin_at_h_and_w(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f = hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h : h + f, w : w + f, c]
        share = create_mask_from_window(window) if mode == "max" else distribute_value(1, (f, f))
        dA_prev[i, h : h + f, w : w + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("mask_over_channels")
def window_of_all_channels(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f]
        share = (window == window.max())[..., c] if mode == "max" else distribute_value(1, (f, f))
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("value_for_gradient")
def multiplies_with_the_window(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        share = window * create_mask_from_window(window) if mode == "max" else distribute_value(1, (f, f))
        dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("first_maximum_only")
def argmax_of_each_window(dA, cache, mode="max"):
    if mode != "max":
        return checks.pool_backward.oracle(dA, cache, mode)
    A_prev, hparameters = cache
    s, f = hparameters["stride"], hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dA_prev[i, h * s + row, w * s + column, c] += dA[i, h, w, c]
    return dA_prev


@wrong("integer_gradient")
def zeros_like_the_image(dA, cache, mode="max"):
    dA_prev = np.zeros_like(cache[0])
    dA_prev += checks.pool_backward.oracle(dA, cache, mode)
    return dA_prev


@wrong("integer_gradient")
def assigned_to_zeros_like_the_image(dA, cache, mode="max"):
    dA_prev = np.zeros_like(cache[0])
    dA_prev[:] = checks.pool_backward.oracle(dA, cache, mode)
    return dA_prev


@wrong("stride_is_f")
def windows_a_side_apart(dA, cache, mode="max"):
    A_prev, hparameters = cache
    s = f = hparameters["f"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(*dA.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        if window.size:
            share = create_mask_from_window(window) if mode == "max" else 1 / f**2
            dA_prev[i, h * s : h * s + f, w * s : w * s + f, c] += share * dA[i, h, w, c]
    return dA_prev


@wrong("hparameters_key")
def asks_for_size(dA, cache, mode="max"):
    assert cache[1]["size"] > 0
    return checks.pool_backward.oracle(dA, cache, mode)


@wrong("changes_input")
def clears_the_image(dA, cache, mode="max"):
    dA_prev = checks.pool_backward.oracle(dA, cache, mode)
    cache[0][:] = dA_prev
    return dA_prev
