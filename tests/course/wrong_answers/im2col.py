"""Answers to im2col, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def four_loops(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    m, H, W = X.shape[:3]
    rows = []
    for i in range(m):
        for h in range(0, H - f + 1, stride):
            for w in range(0, W - f + 1, stride):
                rows.append(X[i, h : h + f, w : w + f, :].reshape(-1))
    return np.array(rows)


@right
def nested_lists(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    starts_H, starts_W = range(0, X.shape[1] - f + 1, stride), range(0, X.shape[2] - f + 1, stride)
    return [X[i, h : h + f, w : w + f].flatten().tolist() for i in range(len(X)) for h in starts_H for w in starts_W]


@right
def sliding_windows(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * X.shape[3])


@right
def with_tensorflow(A_prev, f, stride, pad):
    import tensorflow as tf

    X = tf.pad(tf.constant(A_prev, tf.float32), [[0, 0], [pad, pad], [pad, pad], [0, 0]])
    patches = tf.image.extract_patches(X, [1, f, f, 1], [1, stride, stride, 1], [1, 1, 1, 1], "VALID")
    return tf.reshape(patches, (-1, patches.shape[-1]))


@wrong("transposed")
def windows_as_columns(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * X.shape[3]).T


@wrong("channels_first_in_columns")
def channels_before_places(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.reshape(-1, f * f * X.shape[3])


@wrong("window_transposed")
def columns_before_rows(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 5, 4, 3).reshape(-1, f * f * X.shape[3])


@wrong("windows_down_the_columns")
def width_in_the_outer_loop(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = []
    for i in range(X.shape[0]):
        for w in range(0, X.shape[2] - f + 1, stride):
            for h in range(0, X.shape[1] - f + 1, stride):
                rows.append(X[i, h : h + f, w : w + f].ravel())
    return np.array(rows)


@wrong("images_interleaved")
def images_in_the_inner_loop(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = []
    for h in range(0, X.shape[1] - f + 1, stride):
        for w in range(0, X.shape[2] - f + 1, stride):
            for i in range(X.shape[0]):
                rows.append(X[i, h : h + f, w : w + f].ravel())
    return np.array(rows)


@wrong("stride_forgotten_in_window")
def windows_begin_at_h_and_w(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    n_H, n_W = (X.shape[1] - f) // stride + 1, (X.shape[2] - f) // stride + 1
    return np.array([X[i, h : h + f, w : w + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("stride_forgotten")
def every_window(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    n_H, n_W = X.shape[1] - f + 1, X.shape[2] - f + 1
    return np.array([X[i, h : h + f, w : w + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("pad_forgotten")
def no_padding(A_prev, f, stride, pad):
    n_H, n_W = (A_prev.shape[1] - f) // stride + 1, (A_prev.shape[2] - f) // stride + 1
    s, X = stride, A_prev
    return np.array([X[i, h * s : h * s + f, w * s : w * s + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("first_image_for_all")
def windows_of_image_0(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    s, n_H, n_W = stride, (X.shape[1] - f) // stride + 1, (X.shape[2] - f) // stride + 1
    return np.array([X[0, h * s : h * s + f, w * s : w * s + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("first_channel_only")
def channel_0(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))[..., 0]
    s, n_H, n_W = stride, (X.shape[1] - f) // stride + 1, (X.shape[2] - f) // stride + 1
    return np.array([X[i, h * s : h * s + f, w * s : w * s + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("last_window_missing")
def plus_one_forgotten(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    s, n_H, n_W = stride, (X.shape[1] - f) // stride, (X.shape[2] - f) // stride
    return np.array([X[i, h * s : h * s + f, w * s : w * s + f].ravel() for i, h, w in np.ndindex(len(X), n_H, n_W)])


@wrong("not_flattened")
def six_axes_left(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(*windows.shape[:3], f * f * X.shape[3])


@wrong("product_is_not_Z")
def filter_flipped(A_prev, f, stride, pad):
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    right_way = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * X.shape[3])
    return right_way if stride == 1 or pad == 0 else right_way[:, ::-1]
