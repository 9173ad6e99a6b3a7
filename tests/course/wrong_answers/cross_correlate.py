"""Answers to cross_correlate, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def four_loops(image, kernel):
    n_H, n_W = image.shape
    f_H, f_W = kernel.shape
    output = []
    for i in range(n_H - f_H + 1):
        row = []
        for j in range(n_W - f_W + 1):
            total = 0.0
            for r in range(f_H):
                for c in range(f_W):
                    total += float(image[i + r, j + c]) * float(kernel[r, c])
            row.append(total)
        output.append(row)
    return output


@right
def sliding_view(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows, kernel, axes=2)


@right
def shifted_copies(image, kernel):
    n_H, n_W = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((n_H, n_W))
    for (r, c), weight in np.ndenumerate(kernel):
        output += weight * image[r : r + n_H, c : c + n_W]
    return output


@right
def with_tensorflow(image, kernel):
    import tensorflow as tf

    X = tf.constant(image[None, :, :, None], dtype=tf.float32)
    W = tf.constant(kernel[:, :, None, None], dtype=tf.float32)
    return tf.nn.conv2d(X, W, strides=1, padding="VALID")[0, :, :, 0]


@wrong("kernel_flipped")
def convolution(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows, kernel[::-1, ::-1], axes=2)


@wrong("kernel_transposed")
def transposed(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.T.shape)
    return np.tensordot(windows, kernel.T, axes=2)


@wrong("same_size_as_image")
def padded(image, kernel):
    f_H, f_W = kernel.shape
    wide = np.pad(image, ((f_H // 2, f_H // 2), (f_W // 2, f_W // 2)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, kernel.shape)
    return np.tensordot(windows, kernel, axes=2)


@wrong("last_window_missing")
def without_plus_one(image, kernel):
    f_H, f_W = kernel.shape
    output = np.zeros((image.shape[0] - f_H, image.shape[1] - f_W))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = np.sum(image[i : i + f_H, j : j + f_W] * kernel)
    return output


@wrong("last_window_missing")
def loops_too_short(image, kernel):
    f_H, f_W = kernel.shape
    output = np.zeros((image.shape[0] - f_H + 1, image.shape[1] - f_W + 1))
    for i in range(image.shape[0] - f_H):
        for j in range(image.shape[1] - f_W):
            output[i, j] = np.sum(image[i : i + f_H, j : j + f_W] * kernel)
    return output


@wrong("mean_for_sum")
def averaged(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.mean(windows * kernel, axis=(2, 3))


@wrong("not_summed")
def overwritten_instead_of_added(image, kernel):
    output = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for r in range(kernel.shape[0]):
                for c in range(kernel.shape[1]):
                    output[i, j] = image[i + r, j + c] * kernel[r, c]
    return output


@wrong("running_total")
def total_never_reset(image, kernel):
    output = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    total = 0.0
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            total += np.sum(image[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel)
            output[i, j] = total
    return output


@wrong("window_stays")
def window_does_not_move(image, kernel):
    f_H, f_W = kernel.shape
    output = np.zeros((image.shape[0] - f_H + 1, image.shape[1] - f_W + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = np.sum(image[:f_H, :f_W] * kernel)
    return output


@wrong("matrix_product")
def rows_times_columns(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.sum(windows @ kernel, axis=(2, 3))


@wrong("negative_lost")
def rectified(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.maximum(np.tensordot(windows, kernel, axes=2), 0)


@wrong("negative_lost")
def absolute(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.abs(np.tensordot(windows, kernel, axes=2))


@wrong("clipped_to_pixels")
def clipped(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.clip(np.tensordot(windows, kernel, axes=2), 0, 255)


@wrong("integer_output")
def in_the_type_of_the_image(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    total = np.tensordot(windows, kernel, axes=2)
    return total.astype(np.int64).astype(image.dtype) if image.dtype.kind in "iu" else total


@wrong("integer_output")
def zeros_like_the_image(image, kernel):
    f_H, f_W = kernel.shape
    output = np.zeros_like(image[f_H - 1 :, f_W - 1 :])
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = np.sum(image[i : i + f_H, j : j + f_W] * kernel)
    return output


@wrong("window_and_kernel_differ")
def square_kernels_only(image, kernel):
    f = kernel.shape[0]
    output = np.zeros((image.shape[0] - f + 1, image.shape[1] - f + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = np.sum(image[i : i + f, j : j + f] * kernel)
    return output


@wrong("window_and_kernel_differ")
def window_hangs_over_the_border(image, kernel):
    f_H, f_W = kernel.shape
    output = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            output[i, j] = np.sum(image[i : i + f_H, j : j + f_W] * kernel)
    return output


@wrong("index_out_of_range")
def height_and_width_swapped(image, kernel):
    n_W, n_H = image.shape
    f_H, f_W = kernel.shape
    output = np.zeros((n_H - f_H + 1, n_W - f_W + 1))
    for i in range(n_H - f_H + 1):
        for j in range(n_W - f_W + 1):
            for r in range(f_H):
                for c in range(f_W):
                    output[i, j] += image[i + r, j + c] * kernel[r, c]
    return output


@wrong("returns_none")
def forgets_to_return(image, kernel):
    np.tensordot(np.lib.stride_tricks.sliding_window_view(image, kernel.shape), kernel, axes=2)
