"""Answers to conv_single_step, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong

# NumPy 2.3 and older still turn an array of shape (1, 1, 1) into a number, so there the answer is right.
REFUSED = np.lib.NumpyVersion(np.__version__) >= "2.4.0"


@right
def product_and_sum(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s)
    return Z + b.item()


@right
def squeezed(a_slice_prev, W, b):
    return float((a_slice_prev * W).sum() + np.squeeze(b))


@right
def zero_dimensional(a_slice_prev, W, b):
    return np.squeeze(np.sum(a_slice_prev * W) + b)


@right
def loops(a_slice_prev, W, b):
    Z = float(b[0, 0, 0])
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            for k in range(W.shape[2]):
                Z += float(a_slice_prev[i, j, k]) * float(W[i, j, k])
    return Z


@right
def dot_of_flat_vectors(a_slice_prev, W, b):
    return np.dot(a_slice_prev.ravel(), W.ravel()) + b[0, 0, 0]


@right
def tensordot(a_slice_prev, W, b):
    return np.tensordot(a_slice_prev, W, axes=3) + np.sum(b)


@right
def tensorflow_inside(a_slice_prev, W, b):
    import tensorflow as tf

    a, w = tf.cast(a_slice_prev, tf.float32), tf.cast(W, tf.float32)
    return tf.reduce_sum(a * w) + tf.cast(b[0, 0, 0], tf.float32)


@wrong("bias_forgotten")
def no_bias(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W)


@wrong("bias_in_every_product")
def bias_inside(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W + b)


@wrong("bias_subtracted")
def minus_bias(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) - b[0, 0, 0]


@wrong("bias_multiplied")
def times_bias(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) * b[0, 0, 0]


@wrong("mean_for_sum")
def averaged(a_slice_prev, W, b):
    return np.mean(a_slice_prev * W) + b[0, 0, 0]


@wrong("kernel_flipped")
def flipped(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W[::-1, ::-1]) + b[0, 0, 0]


@wrong("added_not_multiplied")
def added(a_slice_prev, W, b):
    return np.sum(a_slice_prev + W) + b[0, 0, 0]


@wrong("product_of_sums")
def summed_first(a_slice_prev, W, b):
    return np.sum(a_slice_prev) * np.sum(W) + b[0, 0, 0]


@wrong("not_summed")
def still_a_block(a_slice_prev, W, b):
    return a_slice_prev * W + b


@wrong("summed_per_channel")
def per_channel(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W, axis=(0, 1)) + b[0, 0]


@wrong("one_channel_only")
def first_channel(a_slice_prev, W, b):
    return np.sum(a_slice_prev[:, :, 0] * W[:, :, 0]) + b[0, 0, 0]


@wrong("rectified")
def with_relu(a_slice_prev, W, b):
    return max(0.0, float(np.sum(a_slice_prev * W) + b[0, 0, 0]))


@wrong("whole_numbers_only")
def made_an_integer(a_slice_prev, W, b):
    return int(np.sum(a_slice_prev * W) + b[0, 0, 0])


@wrong("matrix_product")
def at_sign(a_slice_prev, W, b):
    return np.sum(a_slice_prev @ W) + b[0, 0, 0]


@wrong("matrix_product")
def np_dot(a_slice_prev, W, b):
    return np.sum(np.dot(a_slice_prev, W)) + b[0, 0, 0]


@wrong("numpy_scalar")
def array_returned(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) + b


@(wrong("numpy_scalar") if REFUSED else right)
def float_of_an_array(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) + float(b)


@(wrong("numpy_scalar") if REFUSED else right)
def float_of_the_result(a_slice_prev, W, b):
    return float(np.sum(a_slice_prev * W) + b)


@wrong("returns_none")
def nothing_returned(a_slice_prev, W, b):
    Z = np.sum(a_slice_prev * W) + b[0, 0, 0]  # noqa: F841


@wrong("changes_input")
def multiplied_in_place(a_slice_prev, W, b):
    a_slice_prev *= W.astype(a_slice_prev.dtype)
    return np.sum(a_slice_prev) + b[0, 0, 0]
