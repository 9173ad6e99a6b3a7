"""Answers to create_mask_from_window, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def compares(x):
    return x == x.max()


@right
def zeros_and_ones(x):
    mask = np.zeros(x.shape)
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            if x[row, column] >= max(max(line) for line in x):
                mask[row, column] = 1
    return mask


@right
def nested_lists(x):
    largest = max(float(value) for row in x for value in row)
    return [[bool(value == largest) for value in row] for row in x]


@right
def with_tensorflow(x):
    import tensorflow as tf

    x = tf.constant(x)
    return tf.cast(tf.equal(x, tf.reduce_max(x)), tf.float32)


@wrong("first_maximum_only")
def marks_argmax(x):
    mask = np.zeros(x.shape, dtype=bool)
    mask[np.unravel_index(np.argmax(x), x.shape)] = True
    return mask


@wrong("minimum_marked")
def marks_the_minimum(x):
    return x == x.min()


@wrong("largest_magnitude")
def compares_magnitudes(x):
    return np.abs(x) == np.max(np.abs(x))


@wrong("inverted")
def marks_the_others(x):
    return x != x.max()


@wrong("value_for_mark")
def keeps_the_value(x):
    return np.where(x == x.max(), x, 0)


@wrong("positive_marked")
def marks_positive(x):
    return x > 0


@wrong("starts_from_zero")
def search_from_zero(x):
    largest = 0
    for value in x.ravel():
        if value > largest:
            largest = value
    return x == largest


@wrong("maximum_of_each_row")
def row_by_row(x):
    return x == x.max(axis=1, keepdims=True)


@wrong("maximum_of_each_column")
def column_by_column(x):
    return x == x.max(axis=0)


@wrong("returns_maximum")
def the_maximum(x):
    return np.max(x)


@wrong("returns_position")
def the_position(x):
    return np.unravel_index(np.argmax(x), x.shape)


@wrong("changes_input")
def overwrites_x(x):
    mask = x == x.max()
    x[~mask] = 0
    return mask


@wrong("returns_none")
def no_return(x):
    mask = np.zeros(x.shape)
    mask[x == x.max()] = 1
