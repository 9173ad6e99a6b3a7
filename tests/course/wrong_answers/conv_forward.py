"""Answers to conv_forward, right in several styles and wrong in the ways learners are."""

# The names conv_output_size, zero_pad and conv_single_step are those of the notebook.

import numpy as np

from tests.course.answers import right, wrong

# NumPy 2.3 and older still turn an array of shape (1, 1, 1) into a number, so there the answer is right.
REFUSED = np.lib.NumpyVersion(np.__version__) >= "2.4.0"


@right
def four_loops(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, _, _, n_C = W.shape
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    window = a_prev_pad[h * stride : h * stride + f, w * stride : w * stride + f, :]
                    Z[i, h, w, c] = conv_single_step(window, W[:, :, :, c], b[:, :, :, c])
    return Z, (A_prev, W, b, hparameters)


@right
def nothing_but_numpy(A_prev, W, b, hparameters):
    s, p = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    X = np.pad(A_prev, [(0, 0), (p, p), (p, p), (0, 0)])
    rows = range(0, X.shape[1] - f + 1, s)
    columns = range(0, X.shape[2] - f + 1, s)
    Z = np.empty((len(X), len(rows), len(columns), W.shape[3]))
    for h, top in enumerate(rows):
        for w, left in enumerate(columns):
            Z[:, h, w] = np.tensordot(X[:, top : top + f, left : left + f], W, axes=3) + b[0, 0]
    return Z, [A_prev, W, b, hparameters]


@right
def windows_and_einsum(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    X = zero_pad(A_prev, p)
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::s, ::s]
    return np.einsum("mhwcij,ijcd->mhwd", windows, W) + b, (A_prev, W, b, hparameters)


@right
def shifted_copies(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = sum(
        X[:, i : i + (n_H - 1) * s + 1 : s, j : j + (n_W - 1) * s + 1 : s] @ W[i, j] for i in range(f) for j in range(f)
    )
    return Z + b, (A_prev.copy(), W.copy(), b.copy(), dict(hparameters))


@right
def tensorflow_inside(A_prev, W, b, hparameters):
    import tensorflow as tf

    p = hparameters["pad"]
    X = tf.pad(tf.cast(A_prev, tf.float32), [[0, 0], [p, p], [p, p], [0, 0]])
    Z = tf.nn.conv2d(X, tf.cast(W, tf.float32), hparameters["stride"], "VALID") + tf.cast(b, tf.float32)
    return Z, (A_prev, W, b, hparameters)


@right
def single_precision(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    X = zero_pad(A_prev, p).astype(np.float32)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]), dtype=np.float32)
    for h in range(n_H):
        for w in range(n_W):
            window = X[:, h * s : h * s + f, w * s : w * s + f, :, np.newaxis]
            Z[:, h, w] = np.sum(window * W.astype(np.float32), axis=(1, 2, 3)) + b[0, 0]
    return Z, (A_prev, W, b, hparameters)


@wrong("bias_forgotten")
def no_bias(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("bias_in_every_product")
def bias_in_the_products(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[..., c] + b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("one_bias_for_all")
def bias_of_filter_0(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., 0])
    return Z, (A_prev, W, b, hparameters)


@wrong("array_for_number")
def all_biases_at_once(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[..., c]) + b
    return Z, (A_prev, W, b, hparameters)


@wrong("array_for_number")
def products_not_summed(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = window * W[..., c]
    return Z, (A_prev, W, b, hparameters)


@wrong("mean_for_sum")
def averaged(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.mean(window * W[..., c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


@wrong("same_filter_for_all")
def filter_0(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., 0], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def wrong_axis_of_W(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def filter_of_the_input_channel(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[:, :, 0, :]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


@wrong("kernel_flipped")
def flipped(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[::-1, ::-1, :, c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("filter_transposed")
def transposed(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c].swapaxes(0, 1), b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("one_input_channel_only")
def first_channel(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window[..., 0] * W[:, :, 0, c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


@wrong("rectified")
def with_relu(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = max(0, conv_single_step(window, W[..., c], b[..., c]))
    return Z, (A_prev, W, b, hparameters)


@wrong("first_image_for_all")
def image_0(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[0, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("stride_forgotten_in_window")
def windows_begin_at_h_and_w(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h : h + f, w : w + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("stride_for_height_only")
def stride_down_only(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w : w + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("stride_for_width_only")
def stride_right_only(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h : h + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("stride_forgotten")
def no_stride(A_prev, W, b, hparameters):
    s, p, f = 1, hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def stride_forgotten_in_the_size(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, 1) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("pad_forgotten")
def no_pad(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], 0, len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("pad_one")
def always_pad_1(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], 1, len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("size_ignores_pad")
def size_without_pad(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def size_with_pad_but_no_padding(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = A_prev
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def pad_counted_twice(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in X.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("pads_the_result")
def pads_afterwards(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = A_prev
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return zero_pad(Z, p), (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def wrong_end(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f - 1, w * s : w * s + f - 1]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def end_without_start(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : f, w * s : f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def end_by_stride(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + s, w * s : w * s + s]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("window_does_not_fit")
def rows_and_columns_swapped_in_the_window(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, w * s : w * s + f, h * s : h * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("height_and_width_swapped")
def Z_on_its_side(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_W, n_H, W.shape[3]))
    for i, w, h, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, w, h, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("whole_numbers_only")
def Z_of_integers(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]), dtype=int)
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("whole_numbers_only")
def Z_with_the_dtype_of_the_image(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]), dtype=A_prev.dtype)
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("last_window_empty")
def loops_one_short(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(len(X), n_H - 1, n_W - 1, W.shape[3]):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("last_window_missing")
def one_window_too_few(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) - 1 for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("loops_over_input_channels")
def wrong_number_of_channels(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(len(X), n_H, n_W, min(W.shape[2:])):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("hparameters_key")
def wrong_key(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["padding"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


@wrong("cache_not_returned")
def Z_alone(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z


@wrong("tuple_order")
def cache_first(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return (A_prev, W, b, hparameters), Z


@wrong("tuple_order")
def cache_in_another_order(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (A_prev, b, W, hparameters)


@wrong("cache_holds_padded_input")
def padded_input_cached(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, (X, W, b, hparameters)


@wrong("value_count")
def cache_not_in_a_tuple(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    return Z, A_prev, W, b, hparameters


@wrong("changes_input")
def filters_scaled_in_place(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    W *= 0.5
    return Z, (A_prev, W, b, hparameters)


@wrong("returns_none")
def nothing_returned(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    cache = (A_prev, W, b, hparameters)  # noqa: F841


@wrong("not_linear")
def squared(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c]) ** 2
    return Z, (A_prev, W, b, hparameters)


@wrong("returned_too_early")
def return_in_the_loop(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], len(W)
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i in range(len(X)):
        for h, w, c in np.ndindex(*Z.shape[1:]):
            window = X[i, h * s : h * s + f, w * s : w * s + f]
            Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
        return Z, (A_prev, W, b, hparameters)


@(wrong("numpy_scalar") if REFUSED else right)
def float_of_one_bias(A_prev, W, b, hparameters):
    s, p, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    X = zero_pad(A_prev, p)
    n_H, n_W = (conv_output_size(n, f, p, s) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(*Z.shape):
        window = X[i, h * s : h * s + f, w * s : w * s + f]
        Z[i, h, w, c] = np.sum(window * W[..., c]) + float(b[..., c])
    return Z, (A_prev, W, b, hparameters)
