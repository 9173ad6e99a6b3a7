"""Answers to edge_kernels, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def written_out_as_lists():
    return {
        "vertical": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
        "horizontal": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
        "sobel_vertical": [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
        "sobel_horizontal": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
        "scharr_vertical": [[3, 0, -3], [10, 0, -10], [3, 0, -3]],
        "scharr_horizontal": [[3, 10, 3], [0, 0, 0], [-3, -10, -3]],
    }


@right
def outer_products():
    kernels = {}
    for name, weights in (("", [1, 1, 1]), ("sobel_", [1, 2, 1]), ("scharr_", [3, 10, 3])):
        vertical = np.outer(weights, [1, 0, -1])
        kernels[name + "vertical"], kernels[name + "horizontal"] = vertical, vertical.T
    return kernels


@right
def with_tensorflow():
    import tensorflow as tf

    slope = tf.constant([[1.0, 0.0, -1.0]])
    families = {"": [1.0, 1.0, 1.0], "sobel_": [1.0, 2.0, 1.0], "scharr_": [3.0, 10.0, 3.0]}
    kernels = {f"{name}vertical": tf.transpose([weights]) @ slope for name, weights in families.items()}
    return kernels | {f"{name}horizontal": tf.transpose(slope) @ [weights] for name, weights in families.items()}


@wrong("directions_swapped")
def swapped():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K.T, name + "horizontal": K}
    return kernels


@wrong("sign_turned")
def bright_side_negative():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": -K, name + "horizontal": -K.T}
    return kernels


@wrong("swapped_and_turned")
def swapped_and_negative():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": -K.T, name + "horizontal": -K}
    return kernels


@wrong("weights_reversed")
def ends_heavier_than_the_middle():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [2, 1, 2], "scharr_": [10, 3, 10]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K, name + "horizontal": K.T}
    return kernels


@wrong("another_family")
def sobel_twice():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [1, 2, 1]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K, name + "horizontal": K.T}
    return kernels


@wrong("normalised")
def divided_by_three():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K / 3, name + "horizontal": K.T / 3}
    return kernels


@wrong("normalised")
def divided_by_the_sum_of_weights():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K / sum(weights), name + "horizontal": K.T / sum(weights)}
    return kernels


@wrong("sign_turned")
def one_sign_turned():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K, name + "horizontal": -K.T if name == "" else K.T}
    return kernels


@wrong("dict_keys")
def other_names():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1], "scharr_": [3, 10, 3]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "v": K, name + "h": K.T}
    return kernels


@wrong("row_of_three")
def one_line_each():
    kernels = {}
    for name in (
        "vertical",
        "horizontal",
        "sobel_vertical",
        "sobel_horizontal",
        "scharr_vertical",
        "scharr_horizontal",
    ):
        kernels[name] = [1, 0, -1]
    return kernels


@wrong("dict_keys")
def scharr_missing():
    kernels = {}
    for name, weights in {"": [1, 1, 1], "sobel_": [1, 2, 1]}.items():
        K = np.outer(weights, [1, 0, -1])
        kernels |= {name + "vertical": K, name + "horizontal": K.T}
    return kernels


@wrong("returns_none")
def no_return():
    vertical = np.outer([1, 1, 1], [1, 0, -1])
    dict(vertical=vertical, horizontal=vertical.T)
