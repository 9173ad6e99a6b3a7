# %% [markdown]
# # 1.1 Edges and filters
#
# Everything in this course grows out of one small trick: slide a few numbers over a picture, multiply, add up. Here
# you write that trick, use it to find edges in real photographs, and then let the computer discover the numbers by
# itself.
#
# At the end you will be able to
#
# - say why an ordinary dense network is the wrong tool for large pictures,
# - compute a cross-correlation by hand and in code, and tell it from a mathematician's convolution,
# - read the sign of an edge map, and choose between the plain, the Sobel and the Scharr kernel,
# - learn a kernel from an example by gradient descent.
#
# Symbols: an image has $n_H$ rows and $n_W$ columns, a kernel (also called a filter) $f_H$ rows and $f_W$ columns;
# for a square kernel we say $f$. Rows and columns are counted from 0, so index $[0, 0]$ is the upper left corner. All
# symbols of the course are in one table: [notation](../notation.md).

# %% tags=["setup"]
import numpy as np

from helpers import checks, data, plots, widgets

# %% [markdown] topics=["T1"]
# ## Why vision needs convolutions
#
# Three questions that you will be able to answer with pictures by the end of the course:
#
# - **Classification.** What is in this picture?
# - **Detection.** Where is it? Draw a box around each car, however many there are.
# - **Style transfer.** What would this photograph look like, had it been painted by somebody else?
#
# All three begin with pixels, and there are a lot of them. A colour picture of 64 x 64 pixels is 64 · 64 · 3 = 12,288
# numbers. At 720 x 720 it is 1,555,200, and a photograph of 1000 x 1000 gives 3 million inputs.
#
# An ordinary network begins with a **dense** layer: each of its units adds up all inputs, every input times a weight of
# its own. With 12,288 inputs that still works. Connect 3 million inputs to 1000 units, and this layer alone has 3
# billion weights: too many to store comfortably, and far too many to learn from the pictures you have.
#
# The way out is to use the same few weights everywhere in the picture. That is what a convolution does.

# %% tags=["demo"]
for n_H, n_W in [(64, 64), (720, 720), (1000, 1000)]:
    inputs = n_H * n_W * 3
    weights = inputs * 1000
    print(f"{n_H:4d} x {n_W:4d} x 3: {inputs:9,d} inputs; with 1000 units {weights:13,d} weights, "
          f"{weights * 4 / 1e9:5.2f} GB as float32")
print("one 3 x 3 kernel, whatever the size of the picture: 9 weights")

# %% tags=["demo"]
small, medium, full = (data.photograph("astronaut", size=size) for size in (16, 64, 320))
plots.images(
    [small, medium, full],
    [f"{p.shape[0]} x {p.shape[1]} x 3 = {p.size:,} inputs" for p in (small, medium, full)],
    "The portrait of an astronaut three times, from 16 by 16 coarse blocks to 320 by 320 sharp pixels.",
)

# %% [markdown] topics=["T2"]
# ## Edge detection
#
# Which part of a picture tells you what you see? Mostly its edges: places where the brightness changes quickly. To
# find vertical ones, take this **kernel** of nine numbers,
#
# $$\begin{bmatrix} 1 & 0 & -1 \\ 1 & 0 & -1 \\ 1 & 0 & -1 \end{bmatrix}$$
#
# lay it on the upper left corner of the image, multiply each of its numbers with the pixel under it, and add up the
# nine products. That sum is the upper left entry of the output. Then slide the kernel one pixel to the right, and so
# on, row by row. The kernel must lie inside the image at all times (this is called **valid**), so a 3 x 3 kernel has
# 4 places along a side of 6, and the output is smaller than the image:
#
# $$(n_H - f_H + 1) \times (n_W - f_W + 1)$$
#
# In a formula, with image $x$, kernel $k$ and output $y$:
#
# $$y_{i,j} = \sum_{r=0}^{f_H - 1} \sum_{c=0}^{f_W - 1} x_{i+r,\,j+c} \; k_{r,c}$$
#
# Why does it find edges? Left of an edge the pixels count with $+1$, right of it with $-1$. Where both sides are
# equally bright they cancel, and where they are not, the difference remains.

# %% tags=["demo"]
image = np.array([
    [3, 0, 1, 2, 7, 4],
    [1, 5, 8, 9, 3, 1],
    [2, 7, 2, 5, 1, 3],
    [0, 1, 3, 1, 7, 8],
    [4, 2, 1, 6, 2, 8],
    [2, 4, 5, 2, 3, 9],
])
vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])

fig, axes = plots.figure(3)
plots.draw_matrix(axes[0, 0], image, "image, first window framed", window=(0, 0, 3, 3))
plots.draw_matrix(axes[0, 1], vertical, "kernel")
plots.draw_matrix(axes[0, 2], image[:3, :3] * vertical, f"nine products, sum {np.sum(image[:3, :3] * vertical)}")
plots.show(fig, "A 6 by 6 image with its upper left 3 by 3 window framed, the vertical kernel, and their nine "
                "products, which add up to minus 5.")

# %% [markdown]
# **Exercise: `cross_correlate`.** Compute the whole output of the formula above, for an image and a kernel of any
# size, square or not. Two loops over the output are enough; nothing needs to be fast here.
#
# <details><summary>Hint 1</summary>
#
# Decide first how large the output is, and make an array of that size for it. For the entry in row `i` and column
# `j`, which rows and which columns of the image lie under the kernel?
#
# </details>
# <details><summary>Hint 2</summary>
#
# A slice `image[a:b, c:d]` cuts a window out. Window and kernel have the same shape, so `*` multiplies them entry by
# entry. Take height and width from each shape separately, and let the output hold fractions and negative numbers.
#
# </details>

# %% tags=["exercise"] graded="cross_correlate"
def cross_correlate(image, kernel):
    """Slide a kernel over an image without leaving it, one pixel at a time; the kernel is not flipped.

    Args:
        image: one channel of any numeric type, shape (n_H, n_W).
        kernel: no larger than the image, shape (f_H, f_W).

    Returns:
        The sum of the products at each place, shape (n_H - f_H + 1, n_W - f_W + 1).
    """
    ### BEGIN SOLUTION
    n_H, n_W = image.shape
    f_H, f_W = kernel.shape
    output = np.zeros((n_H - f_H + 1, n_W - f_W + 1))
    for i in range(n_H - f_H + 1):
        for j in range(n_W - f_W + 1):
            output[i, j] = np.sum(image[i : i + f_H, j : j + f_W] * kernel)
    return output
    ### END SOLUTION

# %% tags=["check"] graded="cross_correlate"
report = checks.cross_correlate(cross_correlate)
### BEGIN HIDDEN TESTS
report += checks.cross_correlate(cross_correlate, seed=1101)
### END HIDDEN TESTS
display(report)
report.points(8)

# %% [markdown]
# Now run yours on the 6 x 6 image, and on a clearer one: bright on the left half (10), dark on the right half (0).
# **Before you run the cell: in which columns of the 4 x 4 output do you expect something other than zero?**

# %% tags=["demo"]
half = np.array([[10, 10, 10, 0, 0, 0]] * 6)
if checks.ready(cross_correlate):
    plots.matrices(
        [image, cross_correlate(image, vertical), half, cross_correlate(half, vertical)],
        ["image", "its output", "bright to dark", "its output"],
        "Left: the 6 by 6 image and its 4 by 4 output, whose first row is minus 5, minus 4, 0, 8. Right: an image "
        "whose left half is 10 and right half is 0, and its output, 0 30 30 0 in every row.",
    )

# %% [markdown]
# The edge has no width, and yet the band of 30s is two pixels wide: at two of its four places along a row the kernel
# straddles the edge. In this small image that looks broad, in a large photograph it is a thin line.
#
# **Predict, then look.** A white rocket stands upright in front of a dark evening sky. Will its left side come out
# positive (orange) or negative (purple), and what of its right side? And what should happen in the sky? The small frame
# marks the strongest answer, and below you see how its nine products add up.
#
# Then play. Point at the picture, edit the nine numbers, turn the Sobel filter until the rocket has gone: what do all
# edges that vanish together have in common? For another photograph change the cell (`data.photograph_names()` lists
# them).

# %% tags=["demo"]
widgets.filter_playground(data.photograph("rocket"), vertical)

# %% [markdown] topics=["T3"]
# ## More edge detection
#
# **The sign has a meaning.** The same kernel answers $+30$ where the picture goes from bright to dark (left to
# right), and $-30$ where it goes from dark to bright. If you only care *that* there is an edge, take the absolute
# value afterwards.
#
# **Horizontal edges** need the kernel lying on its side: its top row is 1, its middle row 0, its bottom row $-1$. It
# is positive where the picture is brighter above than below.
#
# **Sobel and Scharr.** The three rows of the vertical kernel count alike. The middle row is nearest to the pixel in
# question, so one may trust it more: Sobel weighs the rows 1, 2, 1 and Scharr 3, 10, 3, still with $1, 0, -1$ from
# left to right:
#
# $$\text{Sobel} \begin{bmatrix} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1 \end{bmatrix} \qquad
# \text{Scharr} \begin{bmatrix} 3 & 0 & -3 \\ 10 & 0 & -10 \\ 3 & 0 & -3 \end{bmatrix}$$
#
# Weights along the edge blur the noise a little. Scharr looked for those that get the *direction* of an edge right
# ([Scharr 2000](https://doi.org/10.11588/heidok.00000962), in German), and 3, 10, 3 is what he found, rounded. How
# right? That is measured below. And then comes the question that matters most: must somebody choose these numbers at
# all?

# %% tags=["demo"]
dark_to_bright = half[:, ::-1]
quadrants = np.block([[np.full((3, 3), 10), np.zeros((3, 3))], [np.zeros((3, 3)), np.full((3, 3), 10)]])
if checks.ready(cross_correlate):
    plots.matrices(
        [dark_to_bright, cross_correlate(dark_to_bright, vertical), quadrants, cross_correlate(quadrants, vertical.T)],
        ["dark to bright", "output, vertical kernel", "quadrants", "output, horizontal kernel"],
        "Left: an image that is dark on the left and bright on the right, and its output 0, minus 30, minus 30, 0 in "
        "every row. Right: an image with two bright quadrants, upper left and lower right, and its output under the "
        "horizontal kernel: zeros in the first and last row, 30, 10, minus 10, minus 30 in the two rows between.",
    )

# %% [markdown]
# Where do the 10 and the $-10$ in the middle come from? There the window sees both quadrants. With two columns over the
# first edge (bright above) and one over the second (dark above) it adds up $10 + 10 - 10 = 10$, and one pixel further
# to the right $10 - 10 - 10 = -10$.
#
# **Exercise: `edge_kernels`.** Write all six kernels down once, in a dictionary, with exactly these numbers: no
# division, no other sign.
#
# <details><summary>Hint 1</summary>
#
# The three vertical ones are printed above. A horizontal one is positive on top and negative at the bottom; its
# weights run along the edge, which now means from left to right.
#
# </details>
# <details><summary>Hint 2</summary>
#
# What does transposing a matrix do to its first column? Check the sign of the result against the text above.
#
# </details>

# %% tags=["exercise"] graded="edge_kernels"
def edge_kernels():
    """Plain, Sobel and Scharr kernels; bright on the left, or on top, gives a positive output.

    Returns:
        A dictionary with the keys vertical, horizontal, sobel_vertical, sobel_horizontal, scharr_vertical and
        scharr_horizontal; each value of shape (3, 3).
    """
    ### BEGIN SOLUTION
    vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    scharr = np.array([[3, 0, -3], [10, 0, -10], [3, 0, -3]])
    return {
        "vertical": vertical,
        "horizontal": vertical.T,
        "sobel_vertical": sobel,
        "sobel_horizontal": sobel.T,
        "scharr_vertical": scharr,
        "scharr_horizontal": scharr.T,
    }
    ### END SOLUTION

# %% tags=["check"] graded="edge_kernels"
report = checks.edge_kernels(edge_kernels)
### BEGIN HIDDEN TESTS
report += checks.edge_kernels(edge_kernels, seed=1102)
### END HIDDEN TESTS
display(report)
report.points(4)

# %% [markdown]
# **Predict, then look.** A photograph of a cup on a saucer, all ellipses. Which parts of the rim will the vertical
# Sobel kernel miss, and which the horizontal one? The last picture joins both answers $v$ and $h$ to the strength
# $\sqrt{v^2 + h^2}$, whatever the direction.

# %% tags=["demo"]
if checks.ready(cross_correlate, edge_kernels):
    kernels = edge_kernels()
    cup = data.photograph("coffee", size=240, grey=True)
    across = cross_correlate(cup, np.asarray(kernels["sobel_vertical"]))
    down = cross_correlate(cup, np.asarray(kernels["sobel_horizontal"]))
    plots.images(
        [cup, across, down, -np.hypot(across, down)],
        ["photograph", "Sobel, vertical edges", "Sobel, horizontal edges", "strength, dark is strong"],
        "A cup on a saucer; its vertical edges in orange and purple, strong at the left and right sides of the rim; "
        "its horizontal edges, strong at the front and back of the rim; and the strength of both together, a drawing "
        "of the whole outline.",
        signed=[False, True, True, False],
    )

# %% [markdown]
# From $v$ and $h$ you can also read the direction in which the brightness falls: the angle of the vector $(v, h)$.
# Here waves of a known direction, one radian a pixel, pass under the three pairs of kernels. How wrong is each pair
# at worst?

# %% tags=["demo"]
if checks.ready(edge_kernels):
    y, x = np.mgrid[-1:2, -1:2]
    angles = np.radians(np.arange(0, 91))
    falling = [-np.sin(x * np.cos(a) + y * np.sin(a)) for a in angles]
    for family in ("", "sobel_", "scharr_"):
        v, h = ([np.sum(w * np.asarray(edge_kernels()[family + side])) for w in falling]
                for side in ("vertical", "horizontal"))
        wrong = np.degrees(np.abs(np.arctan2(h, v) - angles))
        print(f"{family.rstrip('_') or 'plain':7s} at most {wrong.max():.2f} degrees off")

# %% [markdown]
# ## Cross-correlation and convolution
#
# A confession: what you wrote is, in the language of mathematics, not a convolution but a **cross-correlation**. A
# convolution first flips the kernel, top to bottom and left to right, and only then slides it:
#
# $$\begin{bmatrix} 3 & 4 & 5 \\ 1 & 0 & 2 \\ -1 & 9 & 7 \end{bmatrix} \;\longrightarrow\;
# \begin{bmatrix} 7 & 9 & -1 \\ 2 & 0 & 1 \\ 5 & 4 & 3 \end{bmatrix}$$
#
# The flip buys laws that signal processing needs. Write $*$ for convolution; then $(x * a) * b = x * (a * b)$, so that
# two kernels, one after the other, can be made into one. A network that *learns* its kernels does not care: it would
# simply learn them flipped. So the whole field leaves the flip out and still says "convolution", and so does this
# course from here on.
#
# **Exercise: `flip_kernel`.** Flip a kernel of any shape in both directions, without changing the one you are given.
#
# <details><summary>Hint 1</summary>
#
# Follow one number: the 5 in the upper right corner. Where is it afterwards? Both its row and its column have
# changed.
#
# </details>
# <details><summary>Hint 2</summary>
#
# A slice takes a third number, its step. Which step walks through a list from its end to its start?
#
# </details>

# %% tags=["exercise"] graded="flip_kernel"
def flip_kernel(kernel):
    """Flip a kernel top to bottom and left to right.

    Args:
        kernel: shape (f_H, f_W); it stays as it is.

    Returns:
        The flipped kernel, shape (f_H, f_W).
    """
    ### BEGIN SOLUTION
    return kernel[::-1, ::-1]
    ### END SOLUTION

# %% tags=["check"] graded="flip_kernel"
report = checks.flip_kernel(flip_kernel)
### BEGIN HIDDEN TESTS
report += checks.flip_kernel(flip_kernel, seed=1103)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% [markdown]
# An image with a single bright pixel shows the difference best. **Which of the two gives the kernel back as it is?**
#
# The second cell tests the law, with a random image and two random kernels: for which of the two does it hold?

# %% tags=["demo"]
if checks.ready(cross_correlate, flip_kernel):
    kernel = np.array([[3, 4, 5], [1, 0, 2], [-1, 9, 7]])
    spark = np.zeros((5, 5))
    spark[2, 2] = 1
    flipped = np.asarray(flip_kernel(kernel))
    plots.matrices(
        [kernel, spark, cross_correlate(spark, kernel), cross_correlate(spark, flipped)],
        ["kernel", "one bright pixel", "cross-correlation", "convolution"],
        "A kernel with the rows 3 4 5, 1 0 2, minus 1 9 7; an image of zeros with a single 1 in the middle; their "
        "cross-correlation, which is the kernel flipped: 7 9 minus 1, 2 0 1, 5 4 3; and their convolution, which is "
        "the kernel as it was.",
    )

# %% tags=["demo"]
if checks.ready(cross_correlate, flip_kernel):
    rng = np.random.default_rng(0)
    x, a, b = rng.normal(size=(8, 8)), rng.normal(size=(2, 2)), rng.normal(size=(2, 2))

    def correlation(image, kernel):
        return np.asarray(cross_correlate(image, kernel))

    def convolution(image, kernel):
        return correlation(image, np.asarray(flip_kernel(kernel)))

    for name, slide in [("convolution", convolution), ("cross-correlation", correlation)]:
        both = slide(np.pad(a, 1), b)  # one kernel that does the work of a and b
        gap = np.abs(slide(slide(x, a), b) - slide(x, both)).max()
        print(f"{name:17s} largest difference between (x * a) * b and x * (a * b): {gap:.2g}")

# %% [markdown]
# ## Learn the nine numbers
#
# Now the idea the whole course rests on. Do not choose the nine numbers: show an image $x$ and the edge map $t$ you
# would like to get from it, and treat the kernel as nine unknowns. Start from $k = 0$. The output $y$ misses the
# target $t$ by $y - t$. Let $n_H \times n_W$ be the size of these two here; the image then has $n_H + 2$ rows and
# $n_W + 2$ columns. The mean squared error is
#
# $$J(k) = \frac{1}{n_H \, n_W} \sum_{i,j} \left( y_{i,j} - t_{i,j} \right)^2$$
#
# How fast does $J$ grow when $k_{r,c}$ alone grows? The answer is called the partial derivative $\partial J /
# \partial k_{r,c}$. At place $(i, j)$ the number $k_{r,c}$ meets the pixel $x_{i+r,\,j+c}$, so the chain rule gives
#
# $$\frac{\partial J}{\partial k_{r,c}} =
# \frac{2}{n_H \, n_W} \sum_{i,j} \left( y_{i,j} - t_{i,j} \right) x_{i+r,\,j+c}$$
#
# **Gradient descent** moves all nine numbers a little against their derivatives, again and again. One step is
#
# $$k \leftarrow k - \alpha \, \frac{\partial J}{\partial k}$$
#
# with the learning rate $\alpha$, a small positive number. That is backpropagation through a convolution, in its
# smallest form. A whole reader of handwriting was built on it ([LeCun, Bottou, Bengio and Haffner
# 1998](https://doi.org/10.1109/5.726791)).
#
# **Exercise: `learn_kernel`.** Take `steps` steps of gradient descent, exactly as above (keep the factor 2 and the
# mean), and return the kernel. Your `cross_correlate` does most of the work.
#
# <details><summary>Hint 1</summary>
#
# In each step: compute the output with the kernel of the moment, then the error map $y - t$, then nine partial
# derivatives, and only then change the kernel. With `steps = 0` nothing happens and the zeros come back.
#
# </details>
# <details><summary>Hint 2</summary>
#
# For one fixed $(r, c)$ the pixels $x_{i+r,\,j+c}$ of all places together are a part of the image, as large as the
# target and shifted by $r$ rows and $c$ columns. Multiply it with the error map; what does the formula do with the
# products?
#
# </details>

# %% tags=["exercise"] graded="learn_kernel"
def learn_kernel(image, target, learning_rate, steps):
    """Find a 3 x 3 kernel by gradient descent on the mean squared error, starting from zeros.

    Args:
        image: shape (n_H + 2, n_W + 2).
        target: the output wanted of cross_correlate(image, kernel), shape (n_H, n_W).
        learning_rate: step length, a positive float.
        steps: number of steps, 0 or more; each uses the whole image once.

    Returns:
        The kernel after the last step, shape (3, 3).
    """
    ### BEGIN SOLUTION
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
    ### END SOLUTION

# %% tags=["check"] graded="learn_kernel"
report = checks.learn_kernel(learn_kernel)
### BEGIN HIDDEN TESTS
report += checks.learn_kernel(learn_kernel, seed=1104)
### END HIDDEN TESTS
display(report)
report.points(8)

# %% [markdown]
# Let it learn from a small photograph and its Sobel edge map. The image is shifted to mean 0 and scaled to spread 1
# first: gradient descent goes much further per step that way. Watch the nine numbers find their places.

# %% tags=["training"]
if checks.ready(cross_correlate, edge_kernels, learn_kernel):
    cat = data.photograph("chelsea", size=(36, 36), grey=True).astype(float)
    cat = (cat - cat.mean()) / cat.std()
    sobel = {side: np.asarray(edge_kernels()[f"sobel_{side}"]) for side in ("vertical", "horizontal")}
    edges = np.asarray(cross_correlate(cat, sobel["vertical"]))

    stages = (1, 5, 20, 80)
    learned = [np.asarray(learn_kernel(cat, edges, 0.15, steps)) for steps in stages]
    errors = [np.mean((np.asarray(cross_correlate(cat, k)) - edges) ** 2) for k in learned]
    plots.matrices(
        [k.round(2) + 0.0 for k in learned],  # + 0.0 turns -0 into 0
        [f"steps: {s}, error {e:.2g}" for s, e in zip(stages, errors, strict=True)],
        "The learned kernel after 1, 5, 20 and 80 steps: it turns from a faint slope into the columns 1 2 1, 0 0 0, "
        "minus 1 minus 2 minus 1 of the vertical Sobel kernel, while the error falls.",
    )

# %% [markdown]
# Nobody needs gradient descent to find a kernel that is in every textbook. But the same code finds kernels for edges
# at **45 degrees**, or **70**, or any angle you can show an example of. Here the examples are maps of how fast the
# brightness falls in a direction $\theta$: 0 degrees is from left to right, 90 degrees from top to bottom, and for a
# direction between, with the two Sobel maps $v$ and $h$, $t = \cos\theta \; v + \sin\theta \; h$ ([Freeman and
# Adelson 1991](https://doi.org/10.1109/34.93808) say which filters can be steered like this).

# %% tags=["training"]
if checks.ready(cross_correlate, edge_kernels, learn_kernel):
    v, h = (np.asarray(cross_correlate(cat, sobel[side])) for side in ("vertical", "horizontal"))
    turned = {}
    for degrees in (45, 70):
        theta = np.radians(degrees)
        turned[degrees] = np.asarray(learn_kernel(cat, np.cos(theta) * v + np.sin(theta) * h, 0.15, 80))

    y, x = np.mgrid[-30:31, -30:31]
    disc = np.clip(20.5 - np.hypot(x, y), 0, 1)
    fig, axes = plots.figure(4)
    for column, degrees in enumerate(turned):
        plots.draw_matrix(axes[0, 2 * column], turned[degrees].round(2) + 0.0, f"learned for {degrees} degrees")
        output = cross_correlate(disc, turned[degrees])
        plots.draw_image(axes[0, 2 * column + 1], output, "its output for a bright disc", signed=True)
    plots.show(fig, "Two learned kernels and what each answers to a bright disc. At 45 degrees the kernel is positive "
                    "in the upper left corner and negative in the lower right one, and the rim of the disc is purple "
                    "at the upper left and orange at the lower right. At 70 degrees the same, turned further.")

# %% [markdown]
# **Question.** The disc's rim fades out at two opposite places in each picture. Which way does the edge run there?
#
# Learned filters are filters like all others, so here they are in the playground, among its presets. A Sobel kernel
# is a column, `1 2 1`, times a row, `1 0 -1`: such a kernel is called **separable**, and saves work. **Predict:** is
# it still a column times a row when it is turned by 45 degrees? Turn it, or choose the one you have learned, and read
# the line under the pictures.

# %% tags=["demo"]
if checks.ready(cross_correlate, edge_kernels, learn_kernel):
    own = {f"learned for {degrees} degrees": kernel.round(2) for degrees, kernel in turned.items()}
    display(widgets.filter_playground(data.photograph("coffee"), own["learned for 45 degrees"], filters=own))

# %% [markdown]
# ## Edges that people would draw
#
# A kernel of nine numbers reports every change of brightness: fur, gravel, the weave of a cloth. People who are asked
# to outline a photograph leave all that out. The network HED, "holistically-nested edge detection" ([Xie and Tu
# 2015](https://arxiv.org/abs/1504.06375)), learned from such outlines. Its layers are convolutions like yours, only
# many of them, stacked, with something nonlinear in between. Its answers were computed beforehand and come with the
# course.

# %% tags=["demo"]
if checks.ready(cross_correlate, edge_kernels):
    kernels = {name: np.asarray(kernel) for name, kernel in edge_kernels().items()}
    row = []
    for name in ("chelsea", "astronaut"):
        photo = data.photograph(name)
        grey = data.photograph(name, grey=True)
        strength = np.hypot(*(cross_correlate(grey, kernels[f"sobel_{side}"]) for side in ("vertical", "horizontal")))
        row += [photo, -strength, 255 - data.learned_edges(name)]
    fig, axes = plots.figure(3, 2)
    titles = ["photograph", "Sobel, nine numbers twice", "HED, learned from outlines"]
    for axis, picture, title in zip(axes.flat, row, titles * 2, strict=True):
        plots.draw_image(axis, picture, title)
    plots.show(fig, "Two rows: a cat and an astronaut. Beside each photograph the Sobel strength, full of fur, folds "
                    "and texture, and the edges of the network HED: thick outlines of the eyes and nose of the cat, "
                    "of the person and the suit, with hardly any texture.")

# %% [markdown]
# Could your `learn_kernel` learn *that*? Give it every fourth pixel of a photograph and of HED's map, and compare the
# error that remains with the error of always answering the mean of the map. **Guess first: what share can nine
# numbers explain, for the astronaut, the cat, and a brick wall?**

# %% tags=["training"]
if checks.ready(cross_correlate, learn_kernel):
    for name in ("astronaut", "chelsea", "brick"):
        photo = data.photograph(name, grey=True)[::4, ::4].astype(float)
        photo = (photo - photo.mean()) / photo.std()
        outline = data.learned_edges(name)[::4, ::4][1:-1, 1:-1] / 255
        outline = outline - outline.mean()
        best = np.asarray(learn_kernel(photo, outline, 0.1, 30))
        error = np.asarray(cross_correlate(photo, best)) - outline
        left_over = np.mean(error**2) / np.mean(outline**2)
        print(f"{name:9s} nine numbers explain {100 * (1 - left_over):2.0f} % of HED's map")

# %% [markdown]
# Very little for the first two: an outline is an outline whichever side is brighter, but a sum of products changes its
# sign when the picture is turned into its negative. The wall is an exception that proves the rule. Look at the
# photograph with `plots.images([data.photograph("brick")], ["brick"], "a brick wall")`: how do its joints differ from
# its bricks? What is missing are larger windows, many kernels, and something nonlinear between layers of them. All
# three come next.

# %% [markdown]
# ## Going further
#
# 1. Look at the formula for $\partial J / \partial k_{r,c}$ again. It slides something over the image, multiplies and
#    adds up. Can you write all nine derivatives as a single call of `cross_correlate`? (Notebook 1.3 comes back to
#    this.)
# 2. The Sobel kernel is a column $(1, 2, 1)$ times a row $(1, 0, -1)$. How many multiplications does an image of
#    $n_H \times n_W$ need if you slide the column first and the row second, and how many with the nine numbers at once?
#    What about a kernel of 11 x 11?
# 3. Real edge detectors begin by blurring ([Marr and Hildreth 1980](https://doi.org/10.1098/rspb.1980.0020),
#    [Canny 1986](https://doi.org/10.1109/TPAMI.1986.4767851)). Blur a noisy photograph with `cross_correlate` and a
#    kernel of ones divided by its size, before and after finding edges. Does the order matter? Should it?
