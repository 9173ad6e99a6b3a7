"""Answers to zero_pad, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def with_numpy_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="constant", constant_values=(0, 0))


@right
def into_zeros(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[:, pad : pad + n_H, pad : pad + n_W, :] = X
    return X_pad


@right
def entry_by_entry(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C), dtype=X.dtype)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    X_pad[i, h + pad, w + pad, c] = X[i, h, w, c]
    return X_pad


@right
def glued(X, pad):
    side = np.zeros((X.shape[0], X.shape[1], pad, X.shape[3]))
    wide = np.concatenate([side, X, side], axis=2)
    top = np.zeros((wide.shape[0], pad, wide.shape[2], wide.shape[3]))
    return np.concatenate([top, wide, top], axis=1)


@right
def tensorflow_inside(X, pad):
    import tensorflow as tf

    return tf.pad(X, [[0, 0], [pad, pad], [pad, pad], [0, 0]])


@right
def single_precision(X, pad):
    return np.pad(X.astype(np.float32), ((0, 0), (pad, pad), (pad, pad), (0, 0)))


@wrong("pads_every_axis")
def every_axis(X, pad):
    return np.pad(X, pad)


@wrong("pads_channels")
def channels_too(X, pad):
    return np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


@wrong("pads_batch")
def batch_too(X, pad):
    return np.pad(X, ((pad, pad), (pad, pad), (0, 0), (0, 0)))


@wrong("pads_after_only")
def after_only(X, pad):
    return np.pad(X, ((0, 0), (0, pad), (0, pad), (0, 0)))


@wrong("pads_before_only")
def before_only(X, pad):
    return np.pad(X, ((0, 0), (pad, 0), (pad, 0), (0, 0)))


@wrong("placed_in_corner")
def in_the_corner(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[:, :n_H, :n_W] = X
    return X_pad


@wrong("pads_height_only")
def height_only(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (0, 0), (0, 0)))


@wrong("pads_width_only")
def width_only(X, pad):
    return np.pad(X, ((0, 0), (0, 0), (pad, pad), (0, 0)))


@wrong("pads_with_edge")
def edge_mode(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="edge")


@wrong("pads_with_mirror")
def reflect_mode(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="reflect")


@wrong("pads_with_ones")
def ones(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=1)


@wrong("pads_half")
def half(X, pad):
    return np.pad(X, ((0, 0), (pad // 2, pad // 2), (pad // 2, pad // 2), (0, 0)))


@wrong("pads_twice")
def twice(X, pad):
    return np.pad(X, ((0, 0), (2 * pad, 2 * pad), (2 * pad, 2 * pad), (0, 0)))


@wrong("slice_does_not_fit")
def minus_pad_slice(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[:, pad:-pad, pad:-pad, :] = X
    return X_pad


@wrong("whole_numbers_only")
def integers(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C), dtype=int)
    X_pad[:, pad : pad + n_H, pad : pad + n_W] = X
    return X_pad


@wrong("first_image_only")
def one_image(X, pad):
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[0, pad : pad + n_H, pad : pad + n_W] = X[0]
    return X_pad


@wrong("height_and_width_swapped")
def sides_swapped(X, pad):
    m, n_W, n_H, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[:, pad : pad + n_H, pad : pad + n_W] = X.swapaxes(1, 2)
    return X_pad


@wrong("slice_does_not_fit")
def sides_unpacked_in_the_wrong_order(X, pad):
    m, n_W, n_H, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    X_pad[:, pad : pad + n_H, pad : pad + n_W] = X
    return X_pad


@wrong("returns_input")
def unchanged(X, pad):
    np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    return X


@wrong("returns_none")
def nothing_returned(X, pad):
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))  # noqa: F841


@wrong("changes_input")
def scaled_in_place(X, pad):
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    X *= 0
    return X_pad
