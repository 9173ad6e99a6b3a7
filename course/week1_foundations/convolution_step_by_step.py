# %% [markdown]
# # 1.2 Convolution, step by step
#
# In the last notebook one filter (or kernel) slid over one grey image. A layer of a convolutional network does the
# same thing for many images, many colour channels and many filters at once, and you are about to write it yourself,
# in plain NumPy, with nothing hidden.
#
# At the end you will be able to
#
# - pad an image, and say how large the output of any convolution is before you run it,
# - compute one step of a convolution through all channels, and from it the output of a whole layer,
# - make the outputs of a layer smaller by max and average pooling,
# - count the parameters of a layer.
#
# Arrays are *channels last* throughout: a batch of $m$ images has the shape $(m, n_H, n_W, n_C)$. And "convolution"
# means cross-correlation, as it does everywhere in this field: the filter is not flipped. All symbols are in one table:
# [notation](../notation.md).

# %% tags=["setup"]
import numpy as np

from helpers import checks, data, plots, widgets

# %% [markdown] topics=["T4"]
# ## Padding: keep the borders
#
# A filter of side $f$ fits into an image of side $n$ at $n - f + 1$ places along each side. A 3 x 3 filter turns a 6
# x 6 image into a 4 x 4 one. That has two drawbacks:
#
# 1. **Images shrink** with every layer. After a few dozen layers nothing would be left.
# 2. **Borders are neglected.** A pixel in the middle takes part in $f \cdot f$ outputs, a pixel in a corner in a
#    single one.
#
# Before you run the next cell: how many of the sixteen 3 x 3 windows in a 6 x 6 image contain the pixel in row 1,
# column 1 (counted from 0)?

# %% tags=["demo"]
def times_used(n, f):
    """How many windows of side f contain each pixel of an n x n image."""
    counts = np.zeros((n, n))
    for top in range(n - f + 1):
        for left in range(n - f + 1):
            counts[top : top + f, left : left + f] += 1
    return counts


plots.matrices(
    [times_used(6, 3), times_used(8, 3)[1:-1, 1:-1]],
    ["no padding: windows per pixel", "with padding 1"],
    "How many 3 x 3 windows use each pixel of a 6 x 6 image. Without padding 1 in the corners and 9 in the middle; "
    "with padding 1 the corners are used 4 times and all pixels that are not on the border 9 times.",
)

# %% [markdown]
# The remedy is a frame of zeros, $p$ pixels wide, around the image. The filter now has $n + 2p$ pixels to slide over,
# so that the output has the side
#
# $$n + 2p - f + 1.$$
#
# Two choices have names:
#
# - **valid**: no padding, $p = 0$. Every window lies inside the image.
# - **same**: the output is as large as the input. From $n + 2p - f + 1 = n$ follows $p = \dfrac{f - 1}{2}$, so $p =
#   1$ for $f = 3$ and $p = 2$ for $f = 5$.
#
# The second formula is one reason why $f$ is nearly always **odd**: only then is $p$ a whole number, the same on
# every side. The other reason is that an odd filter has a pixel in its centre, so that we can say *where* it found
# something.
#
# Here is the 6 x 6 image of the last notebook with padding 1. The dashed line is where the image ends and the zeros
# begin. Which output would the upper left corner get? Work it out before you look. Then press *step* and follow the
# window, or point at any cell.

# %% tags=["demo"]
rows = "301274 158931 272513 013178 421628 245239"
image = np.array([[int(digit) for digit in row] for row in rows.split()])
vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
widgets.convolution_stepper(image, vertical, pad=1, position=(0, 0))

# %% [markdown]
# The 16 numbers in the middle of the output are the ones you know. The new ring around them is less trustworthy: the
# filter also sees the edge between the image and the zeros, which nobody photographed.
#
# **Exercise: `zero_pad`.** Put a frame of zeros, `pad` pixels wide, around the height and the width of every image of
# a batch. The number of images and the number of channels stay as they are:
#
# $$(m,\; n_H,\; n_W,\; n_C) \;\to\; (m,\; n_H + 2p,\; n_W + 2p,\; n_C), \qquad p = \text{pad}$$
#
# <details><summary>Hint 1</summary>
#
# There are two good ways: make a larger array of zeros and put the batch into its middle, or look up what NumPy
# offers for this very task. Either way, write down first which of the four axes grow.
#
# </details>
# <details><summary>Hint 2</summary>
#
# NumPy's function for padding takes one pair of numbers per axis: how much in front, how much behind. If you prefer
# to copy into zeros: where does the image begin and end in the larger array, and is that still true when
# `pad` is 0?
#
# </details>

# %% tags=["exercise"] graded="zero_pad"
def zero_pad(X, pad):
    """Surround every image of a batch with zeros.

    Args:
        X: a batch of images, shape (m, n_H, n_W, n_C).
        pad: how many rows and columns of zeros on each side, an int, 0 or more.

    Returns:
        X_pad: the padded batch, a new array of shape (m, n_H + 2 pad, n_W + 2 pad, n_C).
    """
    ### BEGIN SOLUTION
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END SOLUTION

# %% tags=["check"] graded="zero_pad"
report = checks.zero_pad(zero_pad)
### BEGIN HIDDEN TESTS
report += checks.zero_pad(zero_pad, seed=1221)
### END HIDDEN TESTS
display(report)
report.points(5)

# %% tags=["demo"]
if checks.ready(zero_pad):
    photo = data.photograph("coffee", size=120) / 255
    framed = zero_pad(photo[np.newaxis], 12)[0]
    plots.images(
        [photo, framed],
        [f"photo {photo.shape}", f"padded {framed.shape}"],
        "A photograph of a cup of coffee, and the same photograph with a black frame 12 pixels wide: zeros are black.",
    )

# %% [markdown] topics=["T5"]
# ## Stride: take larger steps
#
# The window need not stop at every pixel. With **stride** $s$ it moves by $s$ pixels at a time, to the right and down
# alike. Fewer stops, smaller output.
#
# Below, a 3 x 3 window moves over a 7 x 7 image with stride 2. Three questions before you run the cell: In which
# column does the second window of a row begin? How many windows fit in a row? Would a 4 x 4 window, with the same
# stride, use every column? The sliders show you all three.

# %% tags=["demo"]
ramp = np.add.outer(np.arange(7), np.arange(7)) % 5
widgets.convolution_stepper(ramp, vertical, stride=2, position=(1, 1))

# %% [markdown]
# A 7 x 7 image, $f = 3$, $s = 2$ gives 3 x 3. In general the first window begins at 0, the last must end at $n + 2p$
# or before, and there is one every $s$ pixels. That makes
#
# $$\left\lfloor \frac{n + 2p - f}{s} \right\rfloor + 1$$
#
# windows on each side. The brackets $\lfloor\;\rfloor$ round down: a window that would hang over the edge is not
# computed at all. So 4 x 4 windows with stride 2 never see the last column of a 7 x 7 image. Height and width each get
# their own result, because images need not be square.
#
# **Exercise: `conv_output_size`.** Turn the formula into a function. You will call it twice for each layer, for the
# height and for the width.
#
# <details><summary>Hint 1</summary>
#
# Test yourself with 7, 3, 0, 2 first, then with 8, 3, 0, 2. What is the difference, and what should it be?
#
# </details>
# <details><summary>Hint 2</summary>
#
# The result is used in `np.zeros` and `range`, which accept integers only. Python has an operator that divides and
# rounds down in one go, and its result on integers is an integer.
#
# </details>

# %% tags=["exercise"] graded="conv_output_size"
def conv_output_size(n, f, p, s):
    """How many windows fit along one side.

    Args:
        n: height or width of the input, an int.
        f: side of the window, an int, at most n + 2 p.
        p: padding on each side, an int, 0 or more.
        s: stride, an int, 1 or more.

    Returns:
        Height or width of the output, an int.
    """
    ### BEGIN SOLUTION
    return (n + 2 * p - f) // s + 1
    ### END SOLUTION

# %% tags=["check"] graded="conv_output_size"
report = checks.conv_output_size(conv_output_size)
### BEGIN HIDDEN TESTS
report += checks.conv_output_size(conv_output_size, seed=1222)
### END HIDDEN TESTS
display(report)
report.points(4)

# %% tags=["demo"]
if checks.ready(conv_output_size):
    print("  n  f  p  s   output")
    for n, f, p, s in [(6, 3, 0, 1), (6, 3, 1, 1), (6, 5, 2, 1), (7, 3, 0, 2), (8, 3, 0, 2), (39, 3, 0, 1)]:
        size = conv_output_size(n, f, p, s)
        print(f"{n:3} {f:2} {p:2} {s:2}   {size} x {size}")

# %% [markdown] topics=["T6"]
# ## Volumes: filters with depth
#
# A colour photograph is not a sheet but a block: $n_H \times n_W \times 3$. The filter becomes a block as well, and
# it **must be as deep as the image**: $f \times f \times 3$. It still slides only down and to the right. At each
# stop, all 27 numbers of a 3 x 3 x 3 filter meet the 27 numbers under them, and all 27 products go into **one**
# sum. So a 6 x 6 x 3 image and a 3 x 3 x 3 filter give 4 x 4: a sheet, without a third axis.
#
# The filter decides how the colours count. Put an edge detector into the red channel and zeros into the other two,
# and you have a detector of **edges in red only**.
#
# The next image is red (10 in channel 0) on the left and blue (10 in channel 2) on the right. The filter looks at red
# only. What will you see? And what would a filter answer that has the same vertical edge detector in all three
# channels?

# %% tags=["demo"]
red_and_blue = np.zeros((6, 6, 3))
red_and_blue[:, :3, 0] = 10
red_and_blue[:, 3:, 2] = 10
red_only = np.zeros((3, 3, 3))
red_only[:, :, 0] = vertical
all_channels = np.repeat(vertical[:, :, np.newaxis], 3, axis=2)
widgets.convolution_stepper(red_and_blue, red_only, position=(1, 1))

# %% [markdown]
# Red ends in the middle, so the output is `0 30 30 0` in every row. With the detector in all three channels the
# answer would be 0 everywhere: where red falls by 10, blue rises by 10, and the sum cannot tell. You will see it for
# yourself below.
#
# One filter gives one sheet, its **feature map**. **Several filters** give several sheets, stacked as channels of the
# output: two filters of 3 x 3 x 3 turn 6 x 6 x 3 into 4 x 4 x **2**. The next layer's filters must then be 2 deep. In
# general
#
# $$(n_{H,prev}, n_{W,prev}, n_{C,prev}) \;*\; n_C \text{ filters } (f, f, n_{C,prev}) \;\to\; (n_H, n_W, n_C).$$
#
# Each filter also has a **bias**: one number, learned like the weights, that is added to every entry of its sheet.
#
# **Exercise: `conv_single_step`.** One window, one filter, one number: multiply entry by entry, add up over height,
# width and channels, and add the filter's bias once:
#
# $$Z = \sum_{i,j,k} a_{ijk}\, W_{ijk} + b$$
#
# > **A box with one number in it is not a number.** The bias comes as an array of shape (1, 1, 1): three axes, one
# > entry. `float(b)` of such an array used to work. Since NumPy 2.4 it raises
# > `TypeError: only 0-dimensional arrays can be converted to Python scalars`, because a silent conversion hides
# > mistakes: you meant one number and had an array. For the same reason `Z[i, h, w, c] = ...` refuses an array on the
# > right. So open the box: get *the entry* out of `b`, then add it to the sum.
#
# <details><summary>Hint 1</summary>
#
# Three operations, in this order: products, sum, bias. What is the shape of the intermediate result after each of
# them?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Print the shape of what you return. If it is (1, 1, 1), the bias was added as an array: which index picks the only
# entry of an array with three axes?
#
# </details>

# %% tags=["exercise"] graded="conv_single_step"
def conv_single_step(a_slice_prev, W, b):
    """Apply one filter to one window.

    Args:
        a_slice_prev: the part of the input under the filter, shape (f, f, n_C_prev).
        W: one filter, shape (f, f, n_C_prev).
        b: its bias, shape (1, 1, 1).

    Returns:
        Z: the sum of all products plus the bias, a single number.
    """
    ### BEGIN SOLUTION
    return np.sum(a_slice_prev * W) + b.item()
    ### END SOLUTION

# %% tags=["check"] graded="conv_single_step"
report = checks.conv_single_step(conv_single_step)
### BEGIN HIDDEN TESTS
report += checks.conv_single_step(conv_single_step, seed=1223)
### END HIDDEN TESTS
display(report)
report.points(4)

# %% tags=["demo"]
if checks.ready(conv_single_step):
    np.random.seed(1)
    a_slice_prev, W, b = np.random.randn(4, 4, 3), np.random.randn(4, 4, 3), np.random.randn(1, 1, 1)
    print("yours    ", float(conv_single_step(a_slice_prev, W, b)))
    print("published", -6.999089450680221)

# %% [markdown] topics=["T7"]
# ## One layer of a convolutional network
#
# A dense layer computes $z = w\,a + b$ from its input $a$, and then its output $g(z)$. A convolutional layer does the
# same, with the product replaced by a convolution. For layer number $l$:
#
# $$z^{[l]} = w^{[l]} * a^{[l-1]} + b^{[l]}, \qquad a^{[l]} = g\!\left(z^{[l]}\right)$$
#
# The **activation** $g$ is a function of one number. The most common one is **ReLU**, $g(z) = \max(z, 0)$: what is
# negative becomes 0. It works on each entry alone, so it changes no shape. Without it, two layers in a row could do no
# more than a single one with larger filters. The symbols, and what they are called in the code below:
#
# | symbol | means | in code |
# |---|---|---|
# | $f^{[l]}$ | side of a filter | `f` |
# | $p^{[l]}$ | padding | `pad`, in `hparameters` |
# | $s^{[l]}$ | stride | `stride`, in `hparameters` |
# | $n_C^{[l]}$ | number of filters | `n_C` |
# | $n_H^{[l-1]} \times n_W^{[l-1]} \times n_C^{[l-1]}$ | the input | `A_prev`, for each of $m$ images |
# | $n_H^{[l]} \times n_W^{[l]} \times n_C^{[l]}$ | the output | `Z` and `A`, for each image |
# | $f^{[l]} \times f^{[l]} \times n_C^{[l-1]}$ | one filter | `W[..., c]` |
# | $f^{[l]} \times f^{[l]} \times n_C^{[l-1]} \times n_C^{[l]}$ | all weights | `W` |
# | $n_C^{[l]}$ numbers | all biases | `b`, shape $(1, 1, 1, n_C)$ |
#
# with $n_H^{[l]} = \left\lfloor \dfrac{n_H^{[l-1]} + 2p^{[l]} - f^{[l]}}{s^{[l]}} \right\rfloor + 1$, and the same
# for the width.
#
# **How many parameters?** Take 10 filters of 3 x 3 x 3. Make a guess for a photo of 64 x 64 pixels, and for one of
# 1000 x 1000.

# %% tags=["demo"]
W, b = np.zeros((3, 3, 3, 10)), np.zeros((1, 1, 1, 10))
print(f"10 filters of 3 x 3 x 3: {W.size} weights + {b.size} biases = {W.size + b.size} parameters")
for n in (64, 1000):
    dense = (n * n * 3) * ((n - 2) * (n - 2) * 10)
    print(f"{n:5} x {n:4} photo: convolution {W.size + b.size}, a dense layer with as many outputs {dense:,} weights")

# %% [markdown]
# 280, whatever the size of the image. The same few weights are used at every place: that is why convolutional
# networks can look at large photos without drowning in parameters.
#
# **Exercise: `conv_forward`.** Now put the pieces together. Pad the batch, then let every filter visit every window
# of every image; each visit fills one entry of `Z`. Window number `h` from the top begins in row $h \cdot stride$ of
# the padded image, and is $f$ rows high; the same holds for the columns. The activation is not part of this function.
#
# This is the layer's **forward pass**. The backward pass of the next notebook, which finds the gradients, will need
# what went in: return it too, as the tuple `cache`.
#
# You may use your `zero_pad`, `conv_output_size` and `conv_single_step`. Loops are fine: clarity first, speed comes
# in the next notebook.
#
# <details><summary>Hint 1</summary>
#
# Four nested loops: images, rows of the output, columns of the output, filters. In the innermost one, cut the window
# out of the padded image, with all its channels, and use the function you have just written.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Most errors are errors of shape. In the innermost loop, print the shapes of the window, of one filter and of one
# bias: they should be `(f, f, n_C_prev)`, `(f, f, n_C_prev)` and `(1, 1, 1)`. Which axis of `W` and of `b` counts the
# filters?
#
# </details>

# %% tags=["exercise"] graded="conv_forward"
def conv_forward(A_prev, W, b, hparameters):
    """Forward pass of a convolutional layer, before the activation.

    Args:
        A_prev: output of the layer before, shape (m, n_H_prev, n_W_prev, n_C_prev).
        W: the filters, shape (f, f, n_C_prev, n_C).
        b: the biases, shape (1, 1, 1, n_C).
        hparameters: a dictionary with the integers "stride" and "pad".

    Returns:
        Z: output of the convolution, shape (m, n_H, n_W, n_C).
        cache: the tuple (A_prev, W, b, hparameters), for the backward pass.
    """
    ### BEGIN SOLUTION
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, f, _, n_C = W.shape
    n_H = conv_output_size(n_H_prev, f, pad, stride)
    n_W = conv_output_size(n_W_prev, f, pad, stride)
    A_prev_pad = zero_pad(A_prev, pad)
    Z = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                a_slice_prev = A_prev_pad[i, top : top + f, left : left + f]
                for c in range(n_C):
                    Z[i, h, w, c] = conv_single_step(a_slice_prev, W[..., c], b[..., c])
    cache = (A_prev, W, b, hparameters)
    return Z, cache
    ### END SOLUTION

# %% tags=["check"] graded="conv_forward"
report = checks.conv_forward(conv_forward)
### BEGIN HIDDEN TESTS
report += checks.conv_forward(conv_forward, seed=1224)
### END HIDDEN TESTS
display(report)
report.points(12)

# %% tags=["demo"]
if checks.ready(conv_forward):
    np.random.seed(1)
    A_prev, W, b = np.random.randn(2, 5, 7, 4), np.random.randn(3, 3, 4, 8), np.random.randn(1, 1, 1, 8)
    Z, cache = conv_forward(A_prev, W, b, {"pad": 1, "stride": 2})
    published = [-2.17796037, 8.07171329, -0.5772704, 3.36286738, 4.48113645, -2.89198428, 10.99288867, 3.03171932]
    print("shape of Z:         ", Z.shape)
    print("mean of Z, yours:    ", float(np.mean(Z)))
    print("mean of Z, published:", 0.5511276474566768)
    print("Z[0, 2, 1], yours:    ", *(f"{value:9.5f}" for value in Z[0, 2, 1]))
    print("Z[0, 2, 1], published:", *(f"{value:9.5f}" for value in published))

# %% [markdown]
# Should the check say that something differs, look for the place. The button *run my conv_forward* lets **your**
# function work on the numbers you see, with the padding, the stride and the filter that the sliders show, and marks the
# first cell in which it departs, with the window that this cell comes from. After each change: run the exercise, then
# this cell again. Before you press it: at which settings would a forgotten stride be noticed, and at which not?

# %% tags=["demo"]
widgets.convolution_stepper(image, vertical, stride=2, pad=1, position=(1, 1), function=conv_forward)

# %% [markdown]
# With stride 1 a forgotten stride costs nothing, so a test with stride 1 cannot find it. That is why the check above
# tries many settings, and images that are not square.

# %% [markdown]
# Back to red and blue: two filters at once, the first for red only, the second with the same detector in all three
# channels. The output has two channels, and the second filter is blind to this edge.

# %% tags=["demo"]
if checks.ready(conv_forward):
    two_filters = np.stack([red_only, all_channels], axis=-1)
    Z, _ = conv_forward(red_and_blue[np.newaxis], two_filters, np.zeros((1, 1, 1, 2)), {"pad": 0, "stride": 1})
    print(red_and_blue.shape, "with two filters", two_filters.shape[:3], "gives", Z[0].shape)
    plots.matrices(
        [Z[0, :, :, 0], Z[0, :, :, 1]],
        ["filter 0: red only", "filter 1: all channels"],
        "Outputs of two filters for the red and blue image. The filter for red gives 0, 30, 30, 0 in each row; "
        "the filter for all channels gives zeros.",
    )

# %% [markdown]
# And now a real photograph through a real layer: your convolution with four filters of 3 x 3 x 3, then ReLU. Orange is
# positive, purple negative. Two predictions: on which side of the cup will its outer edge be orange in the map of
# vertical edges? And what will ReLU leave of the dark saucer in the last map, brightness minus a half?

# %% tags=["demo"]
if checks.ready(conv_forward):
    photo = data.photograph("coffee", size=96) / 255
    horizontal = vertical.T
    filters = np.zeros((3, 3, 3, 4))
    filters[..., 0] = all_channels / 3
    filters[..., 1] = horizontal[:, :, np.newaxis] / 3
    filters[:, :, 0, 2], filters[:, :, 2, 2] = vertical, -vertical
    filters[..., 3] = 1 / 27
    bias = np.array([0, 0, 0, -0.5]).reshape(1, 1, 1, 4)
    Z, _ = conv_forward(photo[np.newaxis], filters, bias, {"pad": 0, "stride": 1})
    A = np.maximum(Z, 0)
    names = ["vertical edges", "horizontal edges", "red against blue", "brightness - 0.5"]
    print(f"{photo.shape} with {filters.shape[-1]} filters gives {Z[0].shape}")
    plots.images(
        [Z[0, :, :, c] for c in range(4)] + [A[0, :, :, c] for c in range(4)],
        [f"z: {name}" for name in names] + [f"a: {name}" for name in names],
        "Four feature maps of the photograph of a cup of coffee: vertical edges, horizontal edges, vertical edges of "
        "red against blue, and brightness; below the same after ReLU, where everything negative is white.",
        signed=[True] * 8,
    )

# %% [markdown] topics=["T9"]
# ## Pooling
#
# A pooling layer makes feature maps smaller and a little less particular about *where* something was found. It has a
# window of side $f$ and a stride $s$ too, but **no parameters**: no weights, no bias, nothing to learn. The two
# settings are chosen once, most often $f = 2$, $s = 2$, and padding is hardly ever used.
#
# - **Max pooling** keeps the largest entry of each window: "was this feature seen anywhere here?"
# - **Average pooling** keeps the mean. It is rarer, and mostly found near the end of a network.
#
# Each channel is pooled on its own, so $n_C$ stays as it is; height and width follow the formula you know, with $p =
# 0$: $\left\lfloor (n - f)/s \right\rfloor + 1$.
#
# With $f = 2$, $s = 2$ the windows below are the four quarters. Work out both outputs in your head first.

# %% tags=["demo"]
numbers = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])
quarters = numbers.reshape(2, 2, 2, 2)
fig, axes = plots.figure(3, width=2.6, height=2.6)
plots.draw_matrix(axes[0, 0], numbers, "input, first window framed", window=(0, 0, 2, 2))
plots.draw_matrix(axes[0, 1], quarters.max(axis=(1, 3)), "max pooling", window=(0, 0, 1, 1))
plots.draw_matrix(axes[0, 2], quarters.mean(axis=(1, 3)), "average pooling", window=(0, 0, 1, 1))
plots.show(
    fig,
    "A 4 x 4 matrix with rows 1 3 2 1, 2 9 1 1, 1 3 2 3, 5 6 1 2. Max pooling with f 2 and stride 2 gives 9 2 and 6 3, "
    "average pooling 3.75 1.25 and 3.75 2.",
)

# %% [markdown]
# **Exercise: `pool_forward`.** Pool every channel of every image, with `mode="max"` or `mode="average"`. There is no
# padding. Called without a mode, the function takes the maximum.
#
# <details><summary>Hint 1</summary>
#
# The loops are those of `conv_forward`, with one change: the innermost loop runs over the channels of the
# input, and its window is cut from that one channel.
#
# </details>
# <details><summary>Hint 2</summary>
#
# No filter meets the window here, so a window of the wrong size raises no error: it quietly gives wrong numbers. If
# the check complains, print the shape of every window; each should be `(f, f)`.
#
# </details>

# %% tags=["exercise"] graded="pool_forward"
def pool_forward(A_prev, hparameters, mode="max"):
    """Forward pass of a pooling layer.

    Args:
        A_prev: output of the layer before, shape (m, n_H_prev, n_W_prev, n_C).
        hparameters: a dictionary with the integers "f" and "stride".
        mode: "max" or "average".

    Returns:
        A: the pooled batch, shape (m, n_H, n_W, n_C).
        cache: the tuple (A_prev, hparameters), for the backward pass.
    """
    ### BEGIN SOLUTION
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    n_H = conv_output_size(n_H_prev, f, 0, stride)
    n_W = conv_output_size(n_W_prev, f, 0, stride)
    A = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                for c in range(n_C):
                    window = A_prev[i, top : top + f, left : left + f, c]
                    A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    cache = (A_prev, hparameters)
    return A, cache
    ### END SOLUTION

# %% tags=["check"] graded="pool_forward"
report = checks.pool_forward(pool_forward)
### BEGIN HIDDEN TESTS
report += checks.pool_forward(pool_forward, seed=1225)
### END HIDDEN TESTS
display(report)
report.points(8)

# %% tags=["demo"]
if checks.ready(pool_forward):
    batch = numbers[np.newaxis, :, :, np.newaxis].astype(float)
    for mode in ("max", "average"):
        pooled, _ = pool_forward(batch, {"f": 2, "stride": 2}, mode)
        print(mode, pooled[0, :, :, 0].tolist())

# %% [markdown]
# What max pooling does to a feature map, here with $f = 4$, $s = 4$: a quarter of the side, a sixteenth of the numbers,
# and the edges are still where you would look for them. And when the photo moves by one pixel, the pooled map changes
# less than the map itself. Try it with `shift = 2` or `4` too, and say first what you expect.

# %% tags=["demo"]
if checks.ready(conv_forward, pool_forward):
    shift = 1
    wide = data.photograph("coffee", size=96) / 255
    detector, no_bias, settings = all_channels[..., np.newaxis] / 3, np.zeros((1, 1, 1, 1)), {"pad": 0, "stride": 1}
    edges = [
        np.abs(conv_forward(part[np.newaxis], detector, no_bias, settings)[0])
        for part in (wide[:, : -2 * shift], wide[:, shift:-shift])
    ]
    pooled = [pool_forward(found, {"f": 4, "stride": 4})[0] for found in edges]
    for name, (before, after) in (("map", edges), ("pooled map", pooled)):
        change = np.mean(np.abs(after - before)) / np.mean(before)
        print(f"photo shifted by {shift}: the {name} changes by {100 * change:.0f} % of its mean")
    plots.images(
        [edges[0][0, :, :, 0], pooled[0][0, :, :, 0]],
        [f"strength of vertical edges {edges[0].shape[1:3]}", f"max pooled, f 4, s 4 {pooled[0].shape[1:3]}"],
        "Strength of the vertical edges in the photograph of a cup of coffee, and the same map after max pooling: "
        "much coarser, but the two sides of the cup, the spoon and the rim of the saucer can still be made out.",
    )

# %% [markdown]
# ## Going further
#
# - Zeros are not the only way to fill a border: you could repeat the last pixel, or mirror the picture. Pad the
#   photograph in these ways and compare the ring of the output. What might a network learn from a border of zeros
#   that it should perhaps not know? ([Islam, Jia and Bruce 2020](https://arxiv.org/abs/2001.08248) asked that too.)
# - A convolution with stride 2 also halves an image. Can you build average pooling from `conv_forward` with the right
#   `W`? Max pooling? Whether networks need pooling at all is the question of [Springenberg, Dosovitskiy, Brox and
#   Riedmiller 2015](https://arxiv.org/abs/1412.6806).
# - You have seen that pooling forgives a small shift, but not every one. A shift by the stride moves the pooled map by
#   exactly one cell. Why is there no such rule for a shift by one pixel?
#   [Zhang 2019](https://arxiv.org/abs/1904.11486) has an answer, and a remedy.
#
# For every combination of padding and stride in pictures: [Dumoulin and Visin
# 2016](https://arxiv.org/abs/1603.07285). Convolution and pooling as layers of one network, trained to read digits:
# [LeCun, Bottou, Bengio and Haffner 1998](https://doi.org/10.1109/5.726791).
#
# In the next notebook the gradient travels back through what you have just built.
