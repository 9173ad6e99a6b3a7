"""Answers to distribute_value, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def times_ones(dz, shape):
    n_H, n_W = shape
    return np.ones(shape) * (dz / (n_H * n_W))


@right
def nested_lists(dz, shape):
    return [[dz / (shape[0] * shape[1]) for _ in range(shape[1])] for _ in range(shape[0])]


@right
def filled_with_float32(dz, shape):
    return np.full(shape, dz / np.prod(shape), dtype=np.float32)


@right
def with_tensorflow(dz, shape):
    import tensorflow as tf

    return tf.fill(shape, tf.constant(dz, tf.float32) / float(shape[0] * shape[1]))


@wrong("not_divided")
def all_to_everyone(dz, shape):
    return np.ones(shape) * dz


@wrong("divided_by_one_side")
def divides_by_height(dz, shape):
    return np.ones(shape) * dz / shape[0]


@wrong("divided_by_width")
def divides_by_width(dz, shape):
    return np.ones(shape) * dz / shape[1]


@wrong("divided_by_sum_of_sides")
def divides_by_the_sum(dz, shape):
    return np.ones(shape) * dz / sum(shape)


@wrong("divided_twice")
def averages_again(dz, shape):
    average = dz / (shape[0] * shape[1])
    return np.full(shape, average) / np.prod(shape)


@wrong("returns_number")
def one_number(dz, shape):
    return dz / (shape[0] * shape[1])


@wrong("height_and_width_swapped")
def swaps_sides(dz, shape):
    n_W, n_H = shape
    return np.full((n_H, n_W), dz / (n_H * n_W))


@wrong("whole_division")
def drops_the_fraction(dz, shape):
    return np.ones(shape) * (dz // (shape[0] * shape[1]))


@wrong("all_in_one_corner")
def everything_in_the_corner(dz, shape):
    a = np.zeros(shape)
    a[0, 0] = dz
    return a


@wrong("returns_none")
def no_return(dz, shape):
    np.full(shape, dz / (shape[0] * shape[1]))
