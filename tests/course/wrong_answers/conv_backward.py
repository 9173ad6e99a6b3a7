"""Answers to conv_backward, right in several styles and wrong in the ways learners are."""

# ruff: noqa: RUF059 (learners unpack the whole cache)

import numpy as np

from helpers import checks
from tests.course.answers import right, wrong


@right
def with_slices(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, f, n_C_prev, n_C = W.shape
    m, n_H, n_W, n_C = dZ.shape
    dA_prev = np.zeros((m, n_H_prev, n_W_prev, n_C_prev))
    dW, db = np.zeros((f, f, n_C_prev, n_C)), np.zeros((1, 1, 1, n_C))
    A_prev_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = np.zeros(a_prev_pad.shape)
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    v, u = h * stride, w * stride
                    da_prev_pad[v : v + f, u : u + f] += W[:, :, :, c] * dZ[i, h, w, c]
                    dW[:, :, :, c] += a_prev_pad[v : v + f, u : u + f] * dZ[i, h, w, c]
                    db[:, :, :, c] += dZ[i, h, w, c]
        dA_prev[i] = da_prev_pad if pad == 0 else da_prev_pad[pad:-pad, pad:-pad]
    return dA_prev, dW, db


@right
def whole_batch_at_once(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            d_padded[:, h * s : h * s + f, w * s : w * s + f] += np.tensordot(dZ[:, h, w], W, axes=(1, 3))
            dW += np.tensordot(padded[:, h * s : h * s + f, w * s : w * s + f], dZ[:, h, w], axes=(0, 0))
    d_input = d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]]
    return [d_input, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)]


@right
def plain_python(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros((1, 1, 1, n_C))
    for i, h, w, c in np.ndindex(*dZ.shape):
        db[0, 0, 0, c] += dZ[i, h, w, c]
        for row, column, k in np.ndindex(f, f, n_C_prev):
            y, x = h * s + row - p, w * s + column - p
            if 0 <= y < n_H_prev and 0 <= x < n_W_prev:
                dA_prev[i, y, x, k] += W[row, column, k, c] * dZ[i, h, w, c]
                dW[row, column, k, c] += A_prev[i, y, x, k] * dZ[i, h, w, c]
    return dA_prev, dW, db


@right
def with_tensorflow(dZ, cache):
    import tensorflow as tf

    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    A_prev, W, b = (tf.constant(x, tf.float32) for x in (A_prev, W, b))
    with tf.GradientTape() as tape:
        tape.watch([A_prev, W, b])
        padded = tf.pad(A_prev, [[0, 0], [p, p], [p, p], [0, 0]])
        loss = tf.reduce_sum((tf.nn.conv2d(padded, W, s, "VALID") + b) * tf.constant(dZ, tf.float32))
    return tuple(tape.gradient(loss, [A_prev, W, b]))


@wrong("pad_cut_at_pad_0")
def cuts_with_minus_pad(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    dA_prev, dW = np.zeros(A_prev.shape), np.zeros(W.shape)
    for i in range(len(dZ)):
        d_padded = np.zeros(padded[i].shape)
        for h, w, c in np.ndindex(*dZ.shape[1:]):
            d_padded[h * s : h * s + f, w * s : w * s + f] += W[..., c] * dZ[i, h, w, c]
            dW[..., c] += padded[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
        dA_prev[i, :, :, :] = d_padded[p:-p, p:-p, :]
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("pad_cut_at_pad_0")
def cuts_the_batch_with_minus_pad(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += padded[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
    return d_padded[:, p:-p, p:-p], dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("pad_not_cut_off")
def returns_padded_gradient(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += padded[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
    return d_padded, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("dA_overwritten")
def assigns_dA(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] = W[..., c] * dZ[i, h, w, c]
        dW[..., c] += padded[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
    d_input = d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]]
    return d_input, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("dW_overwritten")
def assigns_dW(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] = padded[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
    d_input = d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]]
    return d_input, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("db_overwritten")
def assigns_db(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    for i, h, w, c in np.ndindex(*dZ.shape):
        db[..., c] = dZ[i, h, w, c]
    return dA_prev, dW, db


@wrong("db_divided_by_m")
def averages_db_over_the_batch(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW, db / len(dZ)


@wrong("db_is_a_mean")
def means_db(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW, dZ.mean(axis=(0, 1, 2), keepdims=True)


@wrong("db_shape")
def flat_db(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2))


@wrong("db_of_one_image")
def db_for_each_image(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW, dZ.sum(axis=(1, 2), keepdims=True)


@wrong("dW_divided_by_m")
def averages_dW_over_the_batch(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW / len(dZ), db


@wrong("kernel_flipped")
def flips_the_filter(dZ, cache):
    A_prev, W, b, hparameters = cache
    dA_prev, _, _ = checks.conv_backward.oracle(dZ, (A_prev, W[::-1, ::-1], b, hparameters))
    _, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW, db


@wrong("same_filter_for_all")
def always_filter_0(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded = np.zeros(padded.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., 0] * dZ[i, h, w, c]
    _, dW, db = checks.conv_backward.oracle(dZ, cache)
    return d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]], dW, db


@wrong("first_image_for_all")
def windows_of_image_0(dZ, cache):
    A_prev, W, b, hparameters = cache
    dA_prev, _, db = checks.conv_backward.oracle(dZ, cache)
    _, dW, _ = checks.conv_backward.oracle(dZ, (np.stack([A_prev[0]] * len(A_prev)), W, b, hparameters))
    return dA_prev, dW, db


@wrong("stride_forgotten_in_window")
def windows_begin_at_h_and_w(dZ, cache):
    A_prev, W, b, hparameters = cache
    p, f = hparameters["pad"], W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h : h + f, w : w + f] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += padded[i, h : h + f, w : w + f] * dZ[i, h, w, c]
    d_input = d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]]
    return d_input, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("dZ_forgotten_in_dA")
def weights_without_dZ(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    padded = np.pad(A_prev, ((0, 0), (p, p), (p, p), (0, 0)))
    d_padded = np.zeros(padded.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., c]
    _, dW, db = checks.conv_backward.oracle(dZ, cache)
    return d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]], dW, db


@wrong("dW_from_W")
def multiplies_W_for_dW(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    dW = np.zeros(dW.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        dW[..., c] += cache[1][..., c] * dZ[i, h, w, c]
    return dA_prev, dW, db


@wrong("window_of_unpadded_image")
def windows_of_the_unpadded_image(dZ, cache):
    A_prev, W, b, hparameters = cache
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    d_padded = np.zeros((len(A_prev), A_prev.shape[1] + 2 * p, A_prev.shape[2] + 2 * p, A_prev.shape[3]))
    dW = np.zeros(W.shape)
    for i, h, w, c in np.ndindex(*dZ.shape):
        d_padded[i, h * s : h * s + f, w * s : w * s + f] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += A_prev[i, h * s : h * s + f, w * s : w * s + f] * dZ[i, h, w, c]
    d_input = d_padded[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]]
    return d_input, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


@wrong("integer_gradient")
def zeros_like_the_image(dZ, cache):
    A_prev, W, b, hparameters = cache
    dA_prev = np.zeros_like(A_prev)
    right_dA, dW, db = checks.conv_backward.oracle(dZ, cache)
    dA_prev[:] = right_dA
    return dA_prev, dW, db


@wrong("integer_gradient")
def adds_to_zeros_like_the_image(dZ, cache):
    A_prev, W, b, hparameters = cache
    dA_prev = np.zeros_like(A_prev)
    right_dA, dW, db = checks.conv_backward.oracle(dZ, cache)
    dA_prev += right_dA
    return dA_prev, dW, db


@wrong("tuple_order")
def weights_first(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dW, db, dA_prev


@wrong("value_count")
def forgets_db(dZ, cache):
    dA_prev, dW, db = checks.conv_backward.oracle(dZ, cache)
    return dA_prev, dW


@wrong("hparameters_key")
def asks_for_padding(dZ, cache):
    assert cache[3]["padding"] >= 0
    return checks.conv_backward.oracle(dZ, cache)


@wrong("changes_input")
def rectifies_dZ_in_place(dZ, cache):
    gradients = checks.conv_backward.oracle(dZ.copy(), cache)
    dZ[dZ < 0] = 0
    return gradients


@wrong("returns_none")
def no_return(dZ, cache):
    checks.conv_backward.oracle(dZ, cache)
