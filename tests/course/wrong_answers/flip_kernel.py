"""Answers to flip_kernel, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def slices(kernel):
    return kernel[::-1, ::-1]


@right
def loops(kernel):
    f_H, f_W = kernel.shape
    flipped = np.zeros((f_H, f_W))
    for r in range(f_H):
        for c in range(f_W):
            flipped[f_H - 1 - r, f_W - 1 - c] = kernel[r, c]
    return flipped


@right
def half_turn(kernel):
    return np.rot90(kernel, 2)


@right
def lists(kernel):
    return [list(reversed(row)) for row in reversed(kernel.tolist())]


@right
def with_tensorflow(kernel):
    import tensorflow as tf

    return tf.reverse(tf.constant(kernel), axis=[0, 1])


@wrong("rows_only")
def top_to_bottom(kernel):
    return np.flipud(kernel)


@wrong("columns_only")
def left_to_right(kernel):
    return np.fliplr(kernel)


@wrong("transposed")
def mirrored_on_the_diagonal(kernel):
    return kernel.T


@wrong("other_diagonal")
def mirrored_on_the_other_diagonal(kernel):
    return kernel[::-1, ::-1].T


@wrong("quarter_turn")
def turned_once(kernel):
    return np.rot90(kernel)


@wrong("not_flipped")
def one_turn_too_many(kernel):
    return np.rot90(kernel, 4)


@wrong("shape_lost")
def one_long_row(kernel):
    return kernel.flatten()[::-1]


@wrong("overwritten")
def in_place_without_a_copy(kernel):
    result = kernel.copy()
    f_H, f_W = result.shape
    for r in range(f_H):
        for c in range(f_W):
            result[r, c] = result[f_H - 1 - r, f_W - 1 - c]
    return result


@wrong("first_entries_missing")
def slice_stops_early(kernel):
    return kernel[-1:0:-1, -1:0:-1]


@wrong("sign_turned")
def negative(kernel):
    return -kernel


@wrong("changes_input")
def flips_the_argument_itself(kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return kernel


@wrong("index_out_of_range")
def counts_from_one(kernel):
    f_H, f_W = kernel.shape
    return np.array([[kernel[f_H - r, f_W - c] for c in range(f_W)] for r in range(f_H)])


@wrong("returns_none")
def no_return(kernel):
    np.flip(kernel)
