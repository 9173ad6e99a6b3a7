"""Answers to conv_output_size, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def floor_division(n, f, p, s):
    return (n + 2 * p - f) // s + 1


@right
def truncated(n, f, p, s):
    return int((n + 2 * p - f) / s) + 1


@right
def floored_by_math(n, f, p, s):
    import math

    return math.floor((n + 2 * p - f) / s + 1)


@right
def counted(n, f, p, s):
    windows = 0
    start = 0
    while start + f <= n + 2 * p:
        windows += 1
        start += s
    return windows


@right
def numpy_integer(n, f, p, s):
    return np.int64(np.floor_divide(n + 2 * p - f, s) + 1)


@right
def tensorflow_inside(n, f, p, s):
    import tensorflow as tf

    return int(tf.math.floordiv(n + 2 * p - f, s)) + 1


@wrong("no_floor")
def divided(n, f, p, s):
    return (n + 2 * p - f) / s + 1


@wrong("not_an_integer")
def floored_by_numpy(n, f, p, s):
    return np.floor((n + 2 * p - f) / s) + 1


@wrong("rounded_up")
def ceiled(n, f, p, s):
    import math

    return math.ceil((n + 2 * p - f) / s) + 1


@wrong("rounded_to_nearest")
def rounded(n, f, p, s):
    return round((n + 2 * p - f) / s) + 1


@wrong("pad_counted_once")
def one_side(n, f, p, s):
    return (n + p - f) // s + 1


@wrong("pad_forgotten")
def no_pad(n, f, p, s):
    return (n - f) // s + 1


@wrong("pad_subtracted")
def minus_pad(n, f, p, s):
    return (n - 2 * p - f) // s + 1


@wrong("plus_one_forgotten")
def no_plus_one(n, f, p, s):
    return (n + 2 * p - f) // s


@wrong("plus_one_divided")
def plus_one_inside(n, f, p, s):
    return (n + 2 * p - f + 1) // s


@wrong("filter_not_divided")
def precedence(n, f, p, s):
    return (n + 2 * p) // s - f + 1


@wrong("brackets_missing")
def brackets_missing(n, f, p, s):
    return n + 2 * p - f // s + 1


@wrong("filter_added")
def plus_filter(n, f, p, s):
    return (n + 2 * p + f) // s + 1


@wrong("stride_forgotten")
def no_stride(n, f, p, s):
    return n + 2 * p - f + 1


@wrong("always_same")
def as_before(n, f, p, s):
    return n


@wrong("returns_none")
def nothing_returned(n, f, p, s):
    size = (n + 2 * p - f) // s + 1  # noqa: F841


@wrong("not_written")
def not_yet(n, f, p, s):
    raise NotImplementedError
