"""Answers to learn_kernel, right in several styles and wrong in the ways learners are."""

import numpy as np

from tests.course.answers import right, wrong


@right
def nine_means(image, target, learning_rate, steps):
    n_H, n_W = target.shape
    kernel = np.zeros((3, 3))
    for _ in range(steps):
        error = cross_correlate(image, kernel) - target
        gradient = np.zeros((3, 3))
        for r in range(3):
            for c in range(3):
                gradient[r, c] = 2 * np.mean(error * image[r : r + n_H, c : c + n_W])
        kernel = kernel - learning_rate * gradient
    return kernel


@right
def image_correlated_with_error(image, target, learning_rate, steps):
    kernel = np.zeros((3, 3))
    for _ in range(steps):
        error = np.asarray(cross_correlate(image, kernel)) - target
        kernel -= learning_rate * 2 / error.size * np.asarray(cross_correlate(image, error))
    return kernel


@right
def in_plain_python(image, target, learning_rate, steps):
    n_H, n_W = target.shape
    kernel = [[0.0] * 3 for _ in range(3)]
    for _ in range(steps):
        gradient = [[0.0] * 3 for _ in range(3)]
        for i in range(n_H):
            for j in range(n_W):
                seen = sum(kernel[r][c] * float(image[i + r, j + c]) for r in range(3) for c in range(3))
                for r in range(3):
                    for c in range(3):
                        gradient[r][c] += 2 * (seen - float(target[i, j])) * float(image[i + r, j + c]) / (n_H * n_W)
        kernel = [[kernel[r][c] - learning_rate * gradient[r][c] for c in range(3)] for r in range(3)]
    return kernel


@right
def matrix_of_windows(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    k = np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - target.ravel()) / len(X)
    return k.reshape(3, 3)


@right
def with_tensorflow(image, target, learning_rate, steps):
    import tensorflow as tf

    X = tf.constant(image[None, :, :, None], tf.float32)
    Y = tf.constant(target[None, :, :, None], tf.float32)
    W = tf.Variable(tf.zeros((3, 3, 1, 1)))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.nn.conv2d(X, W, 1, "VALID") - Y) ** 2)
        W.assign_sub(learning_rate * tape.gradient(loss, W))
    return W[:, :, 0, 0]


@wrong("sign_turned")
def uphill(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k + learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("sign_turned")
def target_minus_output(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (y - X @ k) / len(y)
    return k.reshape(3, 3)


@wrong("learning_rate_ignored")
def steps_of_the_whole_gradient(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("not_averaged")
def summed(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y)
    return k.reshape(3, 3)


@wrong("factor_two_missing")
def half_the_gradient(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("averaged_over_image")
def divided_by_the_pixels(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / image.size
    return k.reshape(3, 3)


@wrong("averaged_over_kernel")
def divided_by_nine(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / 9
    return k.reshape(3, 3)


@wrong("gradient_flipped")
def gradient_turned(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * (2 * X.T @ (X @ k - y) / len(y))[::-1]
    return k.reshape(3, 3)


@wrong("gradient_transposed")
def gradient_on_its_side(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * (2 * X.T @ (X @ k - y) / len(y)).reshape(3, 3).T.ravel()
    return k.reshape(3, 3)


@wrong("kernel_flipped")
def learns_for_convolution(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)[::-1, ::-1]


@wrong("wrong_start")
def starts_from_ones(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.ones(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("one_step_only")
def returns_inside_the_loop(image, target, learning_rate, steps):
    n_H, n_W = target.shape
    kernel = np.zeros((3, 3))
    for _ in range(steps):
        error = cross_correlate(image, kernel) - target
        for r in range(3):
            for c in range(3):
                kernel[r, c] -= learning_rate * 2 * np.mean(error * image[r : r + n_H, c : c + n_W])
        return kernel
    return kernel


@wrong("one_step_missing")
def range_from_one(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(1, steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("one_step_too_many")
def range_to_the_end(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps + 1):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("gradient_not_renewed")
def error_before_the_loop(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    error = X @ k - y
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ error / len(y)
    return k.reshape(3, 3)


@wrong("returns_gradient")
def gives_the_gradient(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    g = k
    for _ in range(steps):
        g = 2 * X.T @ (X @ k - y) / len(y)
        k = k - learning_rate * g
    return g.reshape(3, 3)


@wrong("returns_loss")
def gives_the_error(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return np.mean((X @ k - y) ** 2)


@wrong("returns_loss")
def gives_the_history(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    losses = []
    for _ in range(steps):
        losses.append(np.mean((X @ k - y) ** 2))
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return losses


@wrong("returns_more_than_the_kernel")
def kernel_and_loss(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return k.reshape(3, 3), np.mean((X @ k - y) ** 2)


@wrong("image_forgotten")
def mean_error_for_all(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * np.mean(X @ k - y)
    return k.reshape(3, 3)


@wrong("absolute_error")
def sign_of_the_error(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * X.T @ np.sign(X @ k - y) / len(y)
    return k.reshape(3, 3)


@wrong("window_and_kernel_differ")
def error_times_whole_image(image, target, learning_rate, steps):
    kernel = np.zeros((3, 3))
    for _ in range(steps):
        error = cross_correlate(image, kernel) - target
        kernel = kernel - learning_rate * 2 * np.mean(error * image)
    return kernel


@wrong("returns_none")
def no_return(image, target, learning_rate, steps):
    X = np.lib.stride_tricks.sliding_window_view(image.astype(float), (3, 3)).reshape(-1, 9)
    y, k = target.ravel(), np.zeros(9)
    for _ in range(steps):
        k = k - learning_rate * 2 * X.T @ (X @ k - y) / len(y)
    return None
