"""Answers to pool_forward, right in several styles and wrong in the ways learners are."""

# The name conv_output_size is that of the notebook.

import numpy as np

from tests.course.answers import right, wrong


@right
def four_loops(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H = int(1 + (n_H_prev - f) / stride)
    n_W = int(1 + (n_W_prev - f) / stride)
    A = np.zeros((m, n_H, n_W, n_C_prev))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C_prev):
                    window = A_prev[i, h * stride : h * stride + f, w * stride : w * stride + f, c]
                    if mode == "max":
                        A[i, h, w, c] = np.max(window)
                    elif mode == "average":
                        A[i, h, w, c] = np.mean(window)
    return A, (A_prev, hparameters)


@right
def two_loops(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    rows, columns = range(0, A_prev.shape[1] - f + 1, s), range(0, A_prev.shape[2] - f + 1, s)
    reduce = {"max": np.max, "average": np.mean}[mode]
    A = [[reduce(A_prev[:, r : r + f, c : c + f], axis=(1, 2)) for c in columns] for r in rows]
    return np.moveaxis(np.array(A), 2, 0), [A_prev, hparameters]


@right
def sliding_windows(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    windows = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), axis=(1, 2))[:, ::s, ::s]
    A = windows.max(axis=(4, 5)) if mode == "max" else windows.mean(axis=(4, 5))
    return A, (A_prev.copy(), dict(hparameters))


@right
def search_for_the_largest(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.full((len(A_prev), n_H, n_W, A_prev.shape[3]), -np.inf if mode == "max" else 0.0)
    for i, h, w, c in np.ndindex(*A.shape):
        for value in A_prev[i, h * s : h * s + f, w * s : w * s + f, c].flat:
            if mode == "max":
                A[i, h, w, c] = max(A[i, h, w, c], value)
            else:
                A[i, h, w, c] += value / f**2
    return A, (A_prev, hparameters)


@right
def tensorflow_inside(A_prev, hparameters, mode="max"):
    import tensorflow as tf

    pool = tf.nn.max_pool2d if mode == "max" else tf.nn.avg_pool2d
    X = tf.cast(A_prev, tf.float32)
    return pool(X, hparameters["f"], hparameters["stride"], "VALID"), (A_prev, hparameters)


@wrong("mode_ignored")
def always_max(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window)
    return A, (A_prev, hparameters)


@wrong("always_average")
def always_mean(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.mean(window)
    return A, (A_prev, hparameters)


@wrong("mode_ignored")
def another_word_for_average(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.mean(window) if mode == "avg" else np.max(window)
    return A, (A_prev, hparameters)


@wrong("modes_swapped")
def swapped(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.mean(window) if mode == "max" else np.max(window)
    return A, (A_prev, hparameters)


@wrong("default_mode_wrong")
def average_by_default(A_prev, hparameters, mode="average"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("default_mode_wrong")
def no_default(A_prev, hparameters, mode):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("sum_for_average")
def summed(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.sum(window)
    return A, (A_prev, hparameters)


@wrong("minimum")
def smallest(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.min(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("starts_from_zero")
def search_from_zero(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = max(0, np.max(window)) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("pools_over_channels")
def whole_window(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("first_channel_for_all")
def channel_0(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, 0]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("first_image_for_all")
def image_0(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[0, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("stride_forgotten_in_window")
def windows_begin_at_h_and_w(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h : h + f, w : w + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("stride_is_f")
def moves_by_f(A_prev, hparameters, mode="max"):
    f = s = hparameters["f"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("f_is_stride")
def as_large_as_the_stride(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + s, w * s : w * s + s, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("stride_forgotten")
def moves_by_1(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], 1
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("window_too_small")
def wrong_end(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f - 1, w * s : w * s + f - 1, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("window_too_large")
def one_too_many(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f + 1, w * s : w * s + f + 1, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("partial_windows")
def windows_over_the_edge(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (-(-(n - f) // s) + 1 for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("height_and_width_swapped")
def A_on_its_side(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_W, n_H, A_prev.shape[3]))
    for i, w, h, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, w, h, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("last_window_missing")
def one_window_too_few(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) - 1 for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("last_window_empty")
def loops_one_short(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(len(A_prev), n_H - 1, n_W - 1, A_prev.shape[3]):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("whole_numbers_only")
def A_of_integers(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]), dtype=int)
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("whole_numbers_only")
def A_with_the_dtype_of_the_image(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]), dtype=A_prev.dtype)
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("hparameters_key")
def wrong_key(A_prev, hparameters, mode="max"):
    f, s = hparameters["size"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


@wrong("cache_not_returned")
def A_alone(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A


@wrong("tuple_order")
def cache_first(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return (A_prev, hparameters), A


@wrong("tuple_order")
def cache_in_another_order(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (hparameters, A_prev)


@wrong("cache_holds_output")
def output_cached(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A, hparameters)


@wrong("changes_input")
def clipped_in_place(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    np.clip(A_prev, 0, 1, out=A_prev)
    return A, (A_prev, hparameters)


@wrong("returns_none")
def nothing_returned(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, c in np.ndindex(*A.shape):
        window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    cache = (A_prev, hparameters)  # noqa: F841


@wrong("returned_too_early")
def return_in_the_loop(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    n_H, n_W = (conv_output_size(n, f, 0, s) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i in range(len(A)):
        for h, w, c in np.ndindex(*A.shape[1:]):
            window = A_prev[i, h * s : h * s + f, w * s : w * s + f, c]
            A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
        return A, (A_prev, hparameters)
