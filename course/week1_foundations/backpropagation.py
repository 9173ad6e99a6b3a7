# %% [markdown]
# # 1.3 Backpropagation through convolutions
#
# A framework trains your network without ever showing you a derivative. Today you look underneath: you follow the
# gradient back through a convolution and a pooling layer, write both in NumPy, and make sure with plain arithmetic
# that every number is right.
#
# At the end you will be able to
#
# - say which inputs, weights and biases receive gradient from an output, and how much,
# - write the backward pass of a convolution and of max and average pooling,
# - test any gradient by moving one number a little,
# - turn the loops of a convolution into one matrix product, and measure what that is worth.
#
# The symbols are those of the last notebook: `A_prev` goes in, `Z` comes out, `W` and `b` are learned, $f$ is the
# side of a filter, $s$ the stride, $p$ the padding ([notation](../notation.md) lists them all). Shapes are channels
# last, and "convolution" means cross-correlation.

# %% tags=["setup"]
import time

import numpy as np

from helpers import checks, plots, widgets
from helpers.shifts import convolve, pooled
from helpers.widgets.flow import flow

# %% [markdown]
# You need a forward pass here, but not your own: `convolve(A_prev, W, b, stride, pad)` and `pooled(A_prev, f, stride,
# reduce)` come with the course. They add up shifted copies of the whole image instead of walking over windows, so
# notebook 1.2 is still yours to solve.
#
# ## What the backward pass has to answer
#
# At the end of a network stands one number, the loss $L$. For every number $x$ on the way, training asks the same
# question: *if $x$ grows a little, how fast does the loss grow?* The answer is $\partial L/\partial x$, and code calls
# it `dx`. Two consequences are worth remembering:
#
# - **A gradient has the shape of what it belongs to.** `dW` is as large as `W`, `db` as `b`, `dA_prev` as `A_prev`.
# - **A layer never needs to know the loss.** It is handed `dZ`, the answer for its own output, and passes on `dA_prev`,
#   the answer for its input. In between lies the chain rule
#
# $$\frac{\partial L}{\partial x} = \sum_j \frac{\partial L}{\partial Z_j}\,\frac{\partial Z_j}{\partial x},$$
#
# a sum over all outputs $Z_j$ that $x$ had a part in. In a convolution these are the windows that contain $x$.
#
# The definition is also a way to *measure* a gradient, without any theory: move one number up a little, then down a
# little, and see what the loss does. That costs two forward passes for each number, far too slow to train with, and
# just right to test with.

# %% tags=["demo"]
def numerical_gradient(loss, array, step=1e-5):
    """The gradient of loss() with respect to every entry of an array, by moving each a little up and down."""
    gradient = np.zeros(array.shape)
    for index in np.ndindex(*array.shape):
        before = array[index]
        array[index] = before + step
        up = loss()
        array[index] = before - step
        down = loss()
        array[index] = before
        gradient[index] = (up - down) / (2 * step)
    return gradient


image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
kernel = np.array([[1.0, 2], [3, 4]])
arriving = np.array([[1.0, 0], [2, -1]])


def loss():
    """A loss made so that dZ is `arriving`: every output weighted and added up."""
    Z = convolve(image[None, :, :, None], kernel[:, :, None, None], np.zeros((1, 1, 1, 1)), stride=1, pad=0)
    return np.sum(arriving * Z[0, :, :, 0])


measured = numerical_gradient(loss, image)
plots.matrices(
    [image, kernel, arriving, measured],
    ["A_prev", "W", "dZ", "dA_prev, measured"],
    "A 3 by 3 image with the numbers 1 to 9, the filter 1 2 / 3 4, the gradient 1 0 / 2 -1 of the four outputs, and "
    f"the measured gradient of the image: {np.round(measured).astype(int).tolist()}.",
)

# %% [markdown]
# Look at the pixel in the middle. It lies in all four windows, at another corner of the window each time:
#
# | window of output | the pixel is its | and meets the weight | `dZ` there | product |
# |---|---|---|---|---|
# | (0, 0) | lower right | 4 | 1 | 4 |
# | (0, 1) | lower left | 3 | 0 | 0 |
# | (1, 0) | upper right | 2 | 2 | 4 |
# | (1, 1) | upper left | 1 | -1 | -1 |
#
# The products add up to 7, which is the number in the middle of the measured gradient. The pixel in the upper left
# corner lies in one window only: its gradient is $1 \cdot 1 = 1$.

# %% tags=["demo"]
by_hand = 4 * 1 + 3 * 0 + 2 * 2 + 1 * (-1)
print(f"by hand {by_hand}, measured {measured[1, 1]:.6f}")

# %% [markdown]
# ## Where a convolution sends the gradient
#
# Take one output cell and pretend that only this cell matters: its `dZ` is 1, all others are 0. Before you run the next
# cell, predict: *which pixels of `A_prev` receive something, and which numbers will stand there?*

# %% tags=["demo"]
rows = "301274 158931 272513 013178 421628 245239"
picture = np.array([[int(digit) for digit in row] for row in rows.split()])
vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
widgets.gradient_flow(picture, vertical, cell=(1, 2))

# %% [markdown]
# The filter itself appears, at the place of the window. What was a *stamp that reads* on the way forward is a *stamp
# that writes* on the way back. The pixels' own values play no part. Point at other cells of `dZ`, and see the stamp
# move.
#
# With a stride and with padding it is the same stamp at the same places as in the forward pass. The dashed line is the
# border of the image: whatever is stamped outside belongs to zeros that nobody can change, and is cut off. Which
# of the nine numbers will be lost for the output cell in row 0, column 1?

# %% tags=["demo"]
widgets.gradient_flow(picture, vertical, cell=(0, 1), stride=2, pad=1)

# %% [markdown]
# Now let all cells of `dZ` be 1. Every window stamps, and where windows overlap the stamps **add up**. On the left the
# windows move by 1, on the right by 2. (The filter is all ones here, so that the numbers simply count the windows.)
# In the view above, choose *every output cell* and press *play* to see the sums grow.

# %% tags=["demo"]
ones = np.ones((3, 3))
counts = [flow(np.zeros((7, 7)), ones, cell=None, stride=stride).received for stride in (1, 2)]
plots.matrices(
    counts,
    ["dA_prev, stride 1", "dA_prev, stride 2"],
    "How much gradient each pixel of a 7 by 7 image receives when every output has the gradient 1. Stride 1: 1 in the "
    "corners, rising to 9 in the middle. Stride 2: a pattern of 1, 2 and 4, like a checked cloth.",
)

# %% [markdown]
# The checked pattern on the right is real. It shows up in pictures made by running convolutions backwards
# ([Odena, Dumoulin and Olah 2016](https://doi.org/10.23915/distill.00003)).
#
# ### The three gradients
#
# Write the forward pass of one output number down: image $i$, place $(h, w)$, filter $c$. Call the padded input
# $\tilde A$, and count the rows, columns and channels of the filter with $r$, $q$ and $k$:
#
# $$Z_{i,h,w,c} = \sum_{r=0}^{f-1}\sum_{q=0}^{f-1}\sum_{k} \tilde A_{i,\;hs+r,\;ws+q,\;k}\;W_{r,q,k,c} + b_c .$$
#
# Three derivatives can be read from it. $b_c$ is added as it is, $W_{r,q,k,c}$ is multiplied by a pixel, a pixel is
# multiplied by a weight. Put each into the chain rule, the pixel at row $y$, column $x$ of $\tilde A$ in the last line:
#
# $$db_c = \sum_{i,h,w} dZ_{i,h,w,c}$$
#
# $$dW_{r,q,k,c} = \sum_{i,h,w} \tilde A_{i,\;hs+r,\;ws+q,\;k}\; dZ_{i,h,w,c}$$
#
# $$d\tilde A_{i,y,x,k} = \sum_{c}\;\sum_{(h,w)\,:\,\text{window contains } (y,x)}
# W_{y-hs,\;x-ws,\;k,\;c}\; dZ_{i,h,w,c}$$
#
# Read them aloud. A bias is used at every place of every image, so its gradient is a sum over all of them. A filter
# too: `dW` adds up all the windows, each weighted with its `dZ`. And a pixel collects from every window it lies in and
# from every filter. `dA_prev` is what remains of $d\tilde A$ without the padding.
#
# (With one image, one channel and stride 1, the formula for `dW` is a cross-correlation of the padded image with `dZ`.
# That answers the first question at the end of notebook 1.1.)
#
# Nothing is divided by $m$: if the loss is a mean over the batch, that factor is already inside `dZ`.
#
# **Exercise: `conv_backward`.** Compute all three gradients from `dZ` and from what the forward pass kept in `cache`.
# Loops over images, places and filters are welcome; the third formula is much easier to write window by window than
# pixel by pixel. It must work for any stride and padding, with `pad` 0 too.
#
# <details><summary>Hint 1</summary>
#
# The skeleton is that of the forward pass: the same loops, the same windows of the same padded image. But each
# visit to a window now changes three arrays, and none of them is finished before the last visit. What must they hold at
# the beginning, and what must a visit not do to what earlier visits left there?
#
# </details>
# <details><summary>Hint 2</summary>
#
# At one visit `dZ[i, h, w, c]` is a single number. Look at each formula and find the part that belongs to
# this one visit. What a filter receives is made from the window, what a window receives is made from the filter, and
# all these have the same shape. For the padding: what is `x[0:-0]` in Python? Try it on a small list before you cut.
#
# </details>

# %% tags=["exercise"] graded="conv_backward"
def conv_backward(dZ, cache):
    """Backward pass of a convolution.

    Args:
        dZ: gradient of the loss with respect to Z, shape (m, n_H, n_W, n_C).
        cache: what the forward pass kept, the tuple (A_prev, W, b, hparameters):
            A_prev, the layer's input, shape (m, n_H_prev, n_W_prev, n_C_prev);
            W, the filters, shape (f, f, n_C_prev, n_C);
            b, the biases, shape (1, 1, 1, n_C);
            hparameters, a dictionary with the keys "stride" and "pad".

    Returns:
        dA_prev: gradient with respect to A_prev, shape (m, n_H_prev, n_W_prev, n_C_prev).
        dW: gradient with respect to W, shape (f, f, n_C_prev, n_C).
        db: gradient with respect to b, shape (1, 1, 1, n_C).
    """
    ### BEGIN SOLUTION
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    m, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]

    A_prev_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    dA_prev_pad[i, rows, columns] += W[:, :, :, c] * dZ[i, h, w, c]
                    dW[:, :, :, c] += A_prev_pad[i, rows, columns] * dZ[i, h, w, c]
                    db[:, :, :, c] += dZ[i, h, w, c]

    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, db
    ### END SOLUTION

# %% tags=["check"] graded="conv_backward"
report = checks.conv_backward(conv_backward)
### BEGIN HIDDEN TESTS
report += checks.conv_backward(conv_backward, seed=1301)
### END HIDDEN TESTS
display(report)
report.points(10)

# %% [markdown]
# A well-known example to compare with: random numbers from seed 1, and for `dZ` the layer's own output `Z`.

# %% tags=["demo"]
if checks.ready(conv_backward):
    np.random.seed(1)
    A_prev = np.random.randn(10, 4, 4, 3)
    W = np.random.randn(2, 2, 3, 8)
    b = np.random.randn(1, 1, 1, 8)
    Z = convolve(A_prev, W, b, stride=2, pad=2)
    dA_prev, dW, db = conv_backward(Z, (A_prev, W, b, {"stride": 2, "pad": 2}))
    published = {"dA_prev": 1.45243777754, "dW": 1.72699145831, "db": 7.83923256462}
    for (name, mean), gradient in zip(published.items(), (dA_prev, dW, db), strict=True):
        print(f"mean of {name:8} yours {np.mean(gradient):.11f}   published {mean}")

# %% [markdown]
# ### The gradient check
#
# Means agree by accident now and then. A numerical gradient does not: it asks every single number. The loss is now
# $L = \frac12 \sum Z^2$. What is its `dZ`? Derive it before you read the code.
#
# Two gradients $g$ and $\hat g$ are compared by their distance relative to their lengths,
#
# $$\frac{\lVert g - \hat g \rVert}{\lVert g \rVert + \lVert \hat g \rVert},$$
#
# where $\lVert g \rVert$ is the root of the sum of squares. With a step of $10^{-5}$ and 64-bit numbers, a distance
# below $10^{-7}$ is a strong sign that derivation and code are right. Rounding alone explains so small a rest.

# %% tags=["demo"]
if checks.ready(conv_backward):
    rng = np.random.default_rng(13)
    place = {"A_prev": rng.normal(size=(2, 5, 4, 2)), "W": rng.normal(size=(3, 3, 2, 3))}
    place["b"] = rng.normal(size=(1, 1, 1, 3))

    def half_sum_of_squares():
        return np.sum(convolve(**place, stride=2, pad=1) ** 2) / 2

    dZ = convolve(**place, stride=2, pad=1)
    gradients = conv_backward(dZ, (*place.values(), {"stride": 2, "pad": 1}))
    for (name, array), gradient in zip(place.items(), gradients, strict=True):
        measured = numerical_gradient(half_sum_of_squares, array)
        distance = np.linalg.norm(gradient - measured) / (np.linalg.norm(gradient) + np.linalg.norm(measured))
        print(f"d{name:7} {array.size:3} numbers moved, relative distance {distance:.1e}")

# %% [markdown]
# ## Pooling: nothing to learn, much to pass on
#
# A pooling layer has no weights, so there is no `dW`. But the layers before it want their gradient, so it has to
# hand `dA` on.
#
# **Max pooling** lets one number of each window through. Move that one a little and the output moves along, one to one.
# Move any other, and nothing happens. So the whole gradient goes to the maximum, and the rest gets zero. The map of
# who gets what is a *mask*: 1 at the maximum, 0 elsewhere.
#
# Here is the example of the last notebook again, pooled with $f = 2$, $s = 2$ into `9 2 / 6 3`. Which pixel does
# the gradient of the output cell in row 1, column 0 go to? And by how much must another number of that window grow
# until the mask jumps? Choose it in `A_prev`, and change it.

# %% tags=["demo"]
small = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])
widgets.gradient_flow(small, layer="max", cell=(1, 0), f=2, stride=2)

# %% [markdown]
# **Exercise: `create_mask_from_window`.** Given a window `x`, return an array of its shape that is true (or 1) at the
# maximum and false (or 0) elsewhere. Should several entries share the maximum, mark them all.
#
# <details><summary>Hint 1</summary>
#
# It takes two steps: find out how large the maximum is, then ask of every entry the same question.
#
# </details>
# <details><summary>Hint 2</summary>
#
# A comparison between an array and a number is itself an array, of the array's shape. Which comparison answers the
# question?
#
# </details>

# %% tags=["exercise"] graded="create_mask_from_window"
def create_mask_from_window(x):
    """Mark the maximum of a window.

    Args:
        x: a window, shape (f, f).

    Returns:
        mask: shape (f, f), true (or 1) at every entry that equals the maximum of x, false (or 0) elsewhere.
    """
    ### BEGIN SOLUTION
    mask = x == np.max(x)
    return mask
    ### END SOLUTION

# %% tags=["check"] graded="create_mask_from_window"
report = checks.create_mask_from_window(create_mask_from_window)
### BEGIN HIDDEN TESTS
report += checks.create_mask_from_window(create_mask_from_window, seed=1302)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% [markdown]
# A tie deserves a second thought. When two entries share the maximum, the output has a kink: raise either one and the
# output follows, lower one and nothing happens. No single derivative is *the* right one, and frameworks make a choice:
# TensorFlow's max pooling gives the first of them everything (on a CPU). Ours gives each of them the whole gradient. In
# real data ties are rare, except between zeros after a ReLU.
#
# **Average pooling** hears all entries of a window equally: $a = \frac{1}{n_H n_W}\sum x$, where $n_H \times n_W$ is
# for once the size of the window. When one entry grows by 1, the average grows by $1/(n_H n_W)$, and so each entry
# receives that part of the gradient. Which four numbers will stand in the window below?

# %% tags=["demo"]
widgets.gradient_flow(small, layer="average", cell=(1, 0), f=2, stride=2)

# %% [markdown]
# **Exercise: `distribute_value`.** Spread the number `dz` evenly over an array of the given shape.
#
# <details><summary>Hint 1</summary>
#
# If the whole is `dz` and all shares are equal, how large is one share? Count the entries of an array of shape (2,
# 3).
#
# </details>
# <details><summary>Hint 2</summary>
#
# NumPy can make an array in which every entry is the same. Add the result up in your head: it must be `dz`
# again.
#
# </details>

# %% tags=["exercise"] graded="distribute_value"
def distribute_value(dz, shape):
    """Spread a gradient evenly over a window.

    Args:
        dz: the gradient of an average, a number.
        shape: shape of the window, a tuple (n_H, n_W).

    Returns:
        a: shape (n_H, n_W), every entry the same; the entries add up to dz.
    """
    ### BEGIN SOLUTION
    n_H, n_W = shape
    a = np.full(shape, dz / (n_H * n_W))
    return a
    ### END SOLUTION

# %% tags=["check"] graded="distribute_value"
report = checks.distribute_value(distribute_value)
### BEGIN HIDDEN TESTS
report += checks.distribute_value(distribute_value, seed=1303)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% [markdown]
# Now the whole layer. Windows of a pooling layer may overlap too: with $f = 3$ and $s = 1$ one large pixel can be the
# maximum of up to nine windows. How much gradient does the 9 receive here, when each of the four outputs has the
# gradient 1?

# %% tags=["demo"]
widgets.gradient_flow(small, layer="max", cell=None, f=3, stride=1)

# %% [markdown]
# In formulas, with $\Omega_{h,w}$ for the window of output $(h, w)$, for each image and each channel alone:
#
# $$\text{max:}\quad dA^{prev}_{y,x} = \sum_{(h,w)\,:\,(y,x)\in\Omega_{h,w}}
# \Big[A^{prev}_{y,x} = \max_{\Omega_{h,w}} A^{prev}\Big]\; dA_{h,w}$$
#
# $$\text{average:}\quad dA^{prev}_{y,x} = \sum_{(h,w)\,:\,(y,x)\in\Omega_{h,w}} \frac{1}{f^2}\; dA_{h,w}$$
#
# The square bracket is 1 where the equation inside holds, and 0 elsewhere: it is your mask.
#
# **Exercise: `pool_backward`.** Write the backward pass of both modes, with `create_mask_from_window` and
# `distribute_value`.
#
# <details><summary>Hint 1</summary>
#
# Same skeleton as before: loop over images, places and channels. Here a window has two axes, because each channel is
# pooled alone. What does `conv_backward` tell you about windows that overlap?
#
# </details>
# <details><summary>Hint 2</summary>
#
# For one visit, decide by `mode` what a window of shape (f, f) receives. In one mode you need to look at the window
# of `A_prev`, in the other only at its shape. Mind which of `A_prev`, `A` and `dA` each size belongs to.
#
# </details>

# %% tags=["exercise"] graded="pool_backward"
def pool_backward(dA, cache, mode="max"):
    """Backward pass of a pooling layer.

    Args:
        dA: gradient of the loss with respect to the layer's output A, shape (m, n_H, n_W, n_C).
        cache: what the forward pass kept, the tuple (A_prev, hparameters):
            A_prev, the layer's input, shape (m, n_H_prev, n_W_prev, n_C);
            hparameters, a dictionary with the keys "f" and "stride".
        mode: "max" or "average".

    Returns:
        dA_prev: gradient with respect to A_prev, shape (m, n_H_prev, n_W_prev, n_C). In max mode every entry that
            shares the maximum of a window receives the window's whole gradient, as create_mask_from_window marks it.
    """
    ### BEGIN SOLUTION
    A_prev, hparameters = cache
    stride, f = hparameters["stride"], hparameters["f"]
    m, n_H, n_W, n_C = dA.shape
    dA_prev = np.zeros(A_prev.shape)

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, rows, columns, c])
                        dA_prev[i, rows, columns, c] += mask * dA[i, h, w, c]
                    elif mode == "average":
                        dA_prev[i, rows, columns, c] += distribute_value(dA[i, h, w, c], (f, f))

    return dA_prev
    ### END SOLUTION

# %% tags=["check"] graded="pool_backward"
report = checks.pool_backward(pool_backward)
### BEGIN HIDDEN TESTS
report += checks.pool_backward(pool_backward, seed=1304)
### END HIDDEN TESTS
display(report)
report.points(7)

# %% [markdown]
# Seed 1 again, with stride 1 and windows of side 2. Then the gradient check, for both modes.

# %% tags=["demo"]
if checks.ready(pool_backward):
    np.random.seed(1)
    A_prev = np.random.randn(5, 5, 3, 2)
    dA = np.random.randn(5, 4, 2, 2)
    print(f"what arrives, the mean of dA: {np.mean(dA):.12f}   published 0.145713902729")
    losses = {
        "max": lambda: np.sum(dA * pooled(A_prev, 2, 1, np.max)),
        "average": lambda: np.sum(dA * pooled(A_prev, 2, 1, np.mean)),
    }
    for mode, weighted_sum in losses.items():
        dA_prev = pool_backward(dA, (A_prev, {"stride": 1, "f": 2}), mode)
        measured = numerical_gradient(weighted_sum, A_prev)
        distance = np.linalg.norm(dA_prev - measured) / (np.linalg.norm(dA_prev) + np.linalg.norm(measured))
        print(f"\n{mode}: dA_prev[1, 1] =\n{dA_prev[1, 1]}\nrelative distance to the measured gradient {distance:.1e}")
        print(f"sum of dA {np.sum(dA):.6f}, sum of dA_prev {np.sum(dA_prev):.6f}")

# %% [markdown]
# Here neither mode loses or adds anything: the gradients that come in and go out have the same sum. Can you say why,
# for each mode? And what would a tie change?

# %% [markdown]
# ## From four loops to one matrix product
#
# Your loops are right, and slow. Python spends its time on walking, not on multiplying. The classic remedy is to copy
# every window into a row of one large matrix, a step called **im2col**. After that, the convolution of all windows
# with all filters *is* a matrix product, the one operation that computers do best ([Chellapilla, Puri and Simard
# 2006](https://inria.hal.science/inria-00112631)).
#
# A 3 x 3 image and windows of side 2 give four windows, so four rows. Find the window in the upper right corner,
# `2 3 / 5 6`, in the matrix.

# %% tags=["demo"]
nine = np.arange(1, 10).reshape(3, 3)
windows = np.array([[1, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]])
plots.matrices(
    [nine, windows, kernel.reshape(-1, 1), windows @ kernel.reshape(-1, 1)],
    ["A_prev", "cols: one window a row", "W, flattened", "cols @ W: the four Z"],
    "A 3 by 3 image with the numbers 1 to 9; its four 2 by 2 windows as the rows of a 4 by 4 matrix; the filter "
    f"1 2 / 3 4 as a column; and their product {(windows @ kernel.ravel()).astype(int).tolist()}.",
)

# %% [markdown]
# In general there is
#
# - **a row for each window**: all windows of image 0 first, then those of image 1; within an image, along the rows of
#   the output, left to right and top to bottom. Together $m \cdot n_H \cdot n_W$ rows.
# - **a column for each entry of a window**, in the order in which `W.reshape(-1, n_C)` lays out a filter: along the
#   window's rows, at each pixel all channels. Together $f \cdot f \cdot n_{C,prev}$ columns.
#
# Then the forward pass is one line, and so is the gradient of the filters:
#
# $$Z = \text{cols}\;W_{mat} + b, \qquad dW_{mat} = \text{cols}^\top\,dZ_{mat}, \qquad
# d\,\text{cols} = dZ_{mat}\,W_{mat}^\top$$
#
# with $W_{mat}$ of shape $(f \cdot f \cdot n_{C,prev},\; n_C)$ and $dZ_{mat}$ of shape $(m \cdot n_H \cdot n_W,\;
# n_C)$.
#
# **Exercise: `im2col`.** Build that matrix for any stride and padding.
#
# <details><summary>Hint 1</summary>
#
# You know how to find every window of a padded batch. What is left is to write each one out as a row, and to visit
# them in the right order.
#
# </details>
# <details><summary>Hint 2</summary>
#
# NumPy flattens an array with the last axis running fastest. In which order are the axes of a window in
# `A_prev`, and is that the order the columns should have? To be fast, handle all images in one go: you then
# need a place for $m$, $n_H$ and $n_W$ until the end.
#
# </details>

# %% tags=["exercise"] graded="im2col"
def im2col(A_prev, f, stride, pad):
    """Write every window of a batch as a row of a matrix.

    Args:
        A_prev: a batch of images, shape (m, n_H_prev, n_W_prev, n_C_prev).
        f: side of the window.
        stride: how far the window moves, 1 or more.
        pad: zeros on each side of height and width, 0 or more.

    Returns:
        cols: shape (m * n_H * n_W, f * f * n_C_prev). Rows in the order of image, then row, then column of the output.
            Columns in the order of row, then column, then channel of the window, so that cols @ W.reshape(-1, n_C) is
            the convolution, for W of shape (f, f, n_C_prev, n_C).
    """
    ### BEGIN SOLUTION
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    m, n_H_pad, n_W_pad, n_C_prev = X.shape
    n_H, n_W = (n_H_pad - f) // stride + 1, (n_W_pad - f) // stride + 1
    cols = np.zeros((m, n_H, n_W, f * f * n_C_prev), dtype=X.dtype)
    for h in range(n_H):
        for w in range(n_W):
            window = X[:, h * stride : h * stride + f, w * stride : w * stride + f]
            cols[:, h, w] = window.reshape(m, -1)
    return cols.reshape(m * n_H * n_W, -1)
    ### END SOLUTION

# %% tags=["check"] graded="im2col"
report = checks.im2col(im2col)
### BEGIN HIDDEN TESTS
report += checks.im2col(im2col, seed=1305)
### END HIDDEN TESTS
display(report)
report.points(6)

# %% [markdown]
# First the promise about `dW`: one product in place of four loops.

# %% tags=["demo"]
if checks.ready(conv_backward, im2col):
    rng = np.random.default_rng(31)
    A_prev, W, b = rng.normal(size=(3, 8, 6, 4)), rng.normal(size=(3, 3, 4, 5)), np.zeros((1, 1, 1, 5))
    dZ = rng.normal(size=convolve(A_prev, W, b, stride=1, pad=1).shape)
    _, dW, _ = conv_backward(dZ, (A_prev, W, b, {"stride": 1, "pad": 1}))
    product = im2col(A_prev, 3, 1, 1).T @ dZ.reshape(-1, 5)
    print(f"largest difference between the two dW: {np.max(np.abs(dW - product.reshape(W.shape))):.1e}")

# %% [markdown]
# ### What it is worth
#
# How many times faster is the matrix product than four loops? And how far ahead is `tf.nn.conv2d`, the function behind
# TensorFlow's convolution layers? **Guess two numbers, then measure.**
#
# Three ways to compute the same `Z`: four loops over windows and filters (the windows come ready cut, so the loops
# only multiply and add), your `im2col` with one product, and TensorFlow. Each time is the best of several runs on this
# machine; the first run of TensorFlow, which prepares things, does not count.

# %% tags=["demo"]
if checks.ready(im2col):
    from helpers.quiet import quietly

    with quietly():  # TensorFlow has much to say when it starts
        import tensorflow as tf

        tf.zeros(1)

    rng = np.random.default_rng(32)
    A_prev = rng.normal(size=(4, 32, 32, 3)).astype(np.float32)
    W = rng.normal(size=(3, 3, 3, 16)).astype(np.float32)
    ready_cut = im2col(A_prev, 3, 1, 1).reshape(4, 32, 32, 3, 3, 3)

    def with_loops():
        Z = np.zeros((4, 32, 32, 16))
        for i, h, w, c in np.ndindex(*Z.shape):
            Z[i, h, w, c] = np.sum(ready_cut[i, h, w] * W[:, :, :, c])
        return Z

    def with_im2col():
        return (im2col(A_prev, 3, 1, 1) @ W.reshape(-1, 16)).reshape(4, 32, 32, 16)

    def with_tensorflow():
        return tf.nn.conv2d(A_prev, W, strides=1, padding="SAME").numpy()

    def best_time(function, runs):
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            function()
            times.append(time.perf_counter() - start)
        return min(times)

    with_tensorflow()
    loops = best_time(with_loops, 3)
    ways = {
        "four loops": (with_loops(), loops),
        "im2col and one product": (with_im2col(), best_time(with_im2col, 5)),
        "tf.nn.conv2d": (with_tensorflow(), best_time(with_tensorflow, 20)),
    }
    exact = convolve(A_prev, W, np.zeros((1, 1, 1, 16)), stride=1, pad=1)
    print(f"{exact.size:,} outputs of {W[..., 0].size} products each\n")
    print(f"{'':24}{'time':>12}{'times as fast':>16}{'largest error':>16}")
    for name, (Z, seconds) in ways.items():
        print(f"{name:24}{1000 * seconds:9.2f} ms{loops / seconds:15.0f}x{np.max(np.abs(Z - exact)):16.1e}")

# %% [markdown]
# The price of im2col is memory: with stride 1 each pixel is written down about $f^2$ times, so for $f = 3$ the matrix
# is nine times as large as the batch. The library cuDNN, for example, makes only tiles of it, in fast memory, and
# never holds all of it ([Chetlur and others 2014](https://arxiv.org/abs/1410.0759)).

# %% [markdown]
# ## Going further
#
# - $d\,\text{cols} = dZ_{mat} W_{mat}^\top$ gives each window its gradient. What is missing from there to `dA_prev`?
#   Write `col2im`, and check it with one equation: for any `A_prev` and any matrix `M` of the right shape, the sums of
#   `im2col(A_prev) * M` and `A_prev * col2im(M)` must agree. Why?
# - With stride 1, `dA_prev` is itself a convolution of `dZ` with the filter turned by 180 degrees and another padding.
#   Which padding? And what has to happen to `dZ` first when the stride is 2?
#   ([Dumoulin and Visin 2016](https://arxiv.org/abs/1603.07285) draw every case.)
# - Max pooling sends all gradient to one pixel, average pooling a little to each. Which would you rather have in a
#   network that must say *where* something is? An early network for handwritten digits shrank its images by a stride
#   instead ([LeCun and others 1989](https://doi.org/10.1162/neco.1989.1.4.541)). What does the gradient do there?
