# %% [markdown]
# # 1.4 Your first ConvNets
#
# You have written every part of a convolutional network by hand. Now you put the parts together, hand the arithmetic
# over to Keras, and train two networks on pictures they have never seen: handwritten digits, and hands that show a
# number.
#
# At the end you will be able to
#
# - follow the shapes through a whole network, and count its parameters layer by layer,
# - say why a convolution needs so few of them,
# - build models with Keras in two ways, one after the other and as a graph,
# - train a classifier, watch it learn, and look closely at what it gets wrong.
#
# Pictures are `(n_H, n_W, n_C)`, batches `(m, n_H, n_W, n_C)`, filters are $f \times f \times n_{C,prev}$, and there
# are $n_C$ of them. As in the last notebooks, $p$ is the padding and $s$ the stride; all symbols are in one table:
# [notation](../notation.md).

# %% tags=["setup"]
import os
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow's remarks about your processor stay out of the notebook

import numpy as np

from helpers import checks, data, plots, results, shapes, training
from helpers.quiet import quietly

with quietly():
    import tensorflow as tf
    import tensorflow.keras.layers as tfl

# %% [markdown] topics=["T8"]
# ## A simple convolutional network
#
# Here is a small classifier for colour pictures of 39 x 39 pixels. Three convolutional layers, none of them padded:
#
# | layer | filters | stride $s$ | padding $p$ |
# |---|---|---|---|
# | 1 | 10 of 3 x 3 | 1 | 0 |
# | 2 | 20 of 5 x 5 | 2 | 0 |
# | 3 | 40 of 5 x 5 | 2 | 0 |
#
# The last volume is written out as one long row of numbers, and a softmax (or, for a yes-or-no question, a logistic
# unit) turns this row into probabilities.
#
# Take a pencil before you run the next cell. On each side $n$ becomes $\lfloor (n + 2p - f)/s \rfloor + 1$, and the
# number of channels is the number of filters. How long is the row?

# %% tags=["demo"]
simple = tf.keras.Sequential(
    [
        tf.keras.Input((39, 39, 3)),
        tfl.Conv2D(10, 3, name="layer_1"),
        tfl.Conv2D(20, 5, strides=2, name="layer_2"),
        tfl.Conv2D(40, 5, strides=2, name="layer_3"),
        tfl.Flatten(name="row"),
        tfl.Dense(2, activation="softmax", name="softmax"),
    ]
)
print(shapes.layer_table(simple))

# %% [markdown]
# The row has 7 x 7 x 40 = 1,960 numbers. The sides shrink, 39, 37, 17, 7, while the channels grow, 3, 10, 20, 40. You
# will meet this shape in nearly every network of this course: less and less *where*, more and more *what*.
#
# Most layers of a ConvNet are of three kinds: convolutions (CONV), pooling (POOL), and fully connected or dense layers
# (FC).

# %% [markdown] topics=["T10"]
# ## A whole network: LeNet-5
#
# In 1998 a network read the digits on American cheques
# ([LeCun, Bottou, Bengio and Haffner 1998](https://doi.org/10.1109/5.726791)). It is called LeNet-5, and it is built in
# the way that networks still are: convolve, pool, convolve, pool, then a few dense layers. Here it is in today's dress,
# with ReLU, max pooling and softmax where the original had tanh-like units, averages and radial basis functions:
#
# | layer | made of | output shape | activations | parameters |
# |---|---|---|---|---|
# | input | | (28, 28, 1) | 784 | 0 |
# | CONV1 | 6 filters 5 x 5, $s = 1$, same padding | (28, 28, 6) | 4,704 | 156 |
# | POOL1 | max 2 x 2, $s = 2$ | (14, 14, 6) | 1,176 | 0 |
# | CONV2 | 16 filters 5 x 5, $s = 1$, no padding | (10, 10, 16) | 1,600 | 2,416 |
# | POOL2 | max 2 x 2, $s = 2$ | (5, 5, 16) | 400 | 0 |
# | FC3 | 120 units | (120,) | 120 | 48,120 |
# | FC4 | 84 units | (84,) | 84 | 10,164 |
# | output | 10 units, softmax | (10,) | 10 | 850 |
#
# Three things to see: pooling has nothing to learn; the dense layers hold nearly all of the parameters; and the
# activations become fewer step by step. (If they fell too fast, the network would have to throw away too much at once.)
#
# Where do the numbers in the last column come from? Each filter of CONV1 has $5 \cdot 5 \cdot 1$ weights and one bias;
# each unit of FC3 has a weight for each of its 400 inputs and one bias.
#
# **Exercise: `count_parameters`.** Count the parameters of any stack of such layers. A layer comes as a dictionary:
# `kind` says what it is, the rest says how large it is (see the docstring).
#
# <details><summary>Hint 1</summary>
#
# Go through the layers one by one, and ask of each: how many filters or units are there, and how many numbers does a
# single one of them own?
#
# </details>
# <details><summary>Hint 2</summary>
#
# A filter is a block with a height, a width and a depth, plus one number. A pooling layer owns nothing, and its
# dictionary has other keys than that of a convolution: look at `kind` before you ask for a key.
#
# </details>

# %% tags=["exercise"] graded="count_parameters"
def count_parameters(layers):
    """Count the parameters (weights and biases) of a stack of layers.

    Args:
        layers: list of dicts, one a layer, of these three kinds:
            {"kind": "conv", "f": 5, "n_C_prev": 1, "n_C": 6}: n_C filters of f x f x n_C_prev, each with a bias.
            {"kind": "pool", "f": 2, "stride": 2}: pooling.
            {"kind": "dense", "n_in": 400, "n_out": 120}: n_out units, each joined to all n_in inputs, with a bias.

    Returns:
        The number of parameters of all layers together, an int; 0 for an empty list.
    """
    ### BEGIN SOLUTION
    total = 0
    for layer in layers:
        if layer["kind"] == "conv":
            total += (layer["f"] * layer["f"] * layer["n_C_prev"] + 1) * layer["n_C"]
        elif layer["kind"] == "dense":
            total += (layer["n_in"] + 1) * layer["n_out"]
    return total
    ### END SOLUTION

# %% tags=["check"] graded="count_parameters"
report = checks.count_parameters(count_parameters)
### BEGIN HIDDEN TESTS
report += checks.count_parameters(count_parameters, seed=1401)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% [markdown]
# Now let it count LeNet-5, and the layer from notebook 1.2 with 10 filters of 3 x 3 x 3.

# %% tags=["demo"]
lenet5_layers = [
    {"kind": "conv", "f": 5, "n_C_prev": 1, "n_C": 6},
    {"kind": "pool", "f": 2, "stride": 2},
    {"kind": "conv", "f": 5, "n_C_prev": 6, "n_C": 16},
    {"kind": "pool", "f": 2, "stride": 2},
    {"kind": "dense", "n_in": 5 * 5 * 16, "n_out": 120},
    {"kind": "dense", "n_in": 120, "n_out": 84},
    {"kind": "dense", "n_in": 84, "n_out": 10},
]
if checks.ready(count_parameters):
    for layer in lenet5_layers:
        print(f"{layer['kind']:6} {count_parameters([layer]):7,}")
    total = count_parameters(lenet5_layers)
    in_dense = count_parameters([layer for layer in lenet5_layers if layer["kind"] == "dense"])
    print(f"LeNet-5 {total:6,}, of which {100 * in_dense / total:.0f} % sit in the dense layers")
    print(f"10 filters of 3 x 3 x 3: {count_parameters([{'kind': 'conv', 'f': 3, 'n_C_prev': 3, 'n_C': 10}])}")

# %% [markdown] topics=["T11"]
# ## Why convolutions
#
# What would the first layer of the 39 x 39 network cost if it were dense? Every one of its $37 \cdot 37 \cdot 10$
# outputs would have a weight for every one of the $39 \cdot 39 \cdot 3$ inputs. And what about a layer that takes a
# 32 x 32 x 3 picture to 28 x 28 x 6? Guess how many digits the numbers have, then run the cell.

# %% tags=["demo"]
print(f"39 x 39 x 3 to 37 x 37 x 10, dense: {39 * 39 * 3 * 37 * 37 * 10:,} weights")
print(f"32 x 32 x 3 to 28 x 28 x 6,  dense: {32 * 32 * 3 * 28 * 28 * 6:,} weights")
if checks.ready(count_parameters):
    for name, f, n_C_prev, n_C in (
        ("39 x 39 x 3 to 37 x 37 x 10", 3, 3, 10),
        ("32 x 32 x 3 to 28 x 28 x 6 ", 5, 3, 6),
        ("32 x 32 x 1 to 28 x 28 x 6 ", 5, 1, 6),
    ):
        count = count_parameters([{"kind": "conv", "f": f, "n_C_prev": n_C_prev, "n_C": n_C}])
        print(f"{name}, {n_C:2} filters {f} x {f} x {n_C_prev}: {count} parameters, biases included")

# %% [markdown]
# (Many texts say 156 for the second one: that is the count for one input channel, the last line.)
#
# Two properties save all these numbers:
#
# - **Parameter sharing.** A detector for an edge is of use everywhere in the picture, so one set of weights slides over
#   all of it.
# - **Sparse connections.** An output depends on the $f \cdot f \cdot n_{C,prev}$ inputs in its window and on nothing
#   else.
#
# And one thing comes for free: when the picture moves by a pixel, the output moves by a pixel. A cat is a cat wherever
# it sits.
#
# You can *see* both properties. A convolution is a matrix product in disguise: write a 6 x 6 picture as 36 numbers and
# its 4 x 4 output as 16, then the layer is a matrix with 16 rows and 36 columns. What do you expect it to look like?

# %% tags=["demo"]
kernel = np.array([[1.0, 2.0, 3.0], [-1.0, -2.0, -3.0], [4.0, 0.5, -4.0]])
matrix = np.zeros((16, 36))
for row in range(4):
    for column in range(4):
        picture = np.zeros((6, 6))
        picture[row : row + 3, column : column + 3] = kernel
        matrix[4 * row + column] = picture.ravel()

fig, axes = plots.figure(2, width=5.4, height=2.9)
plots.draw_image(axes[0, 0], matrix, "convolution: 9 numbers, used 16 times", signed=True)
plots.draw_image(axes[0, 1], np.random.default_rng(0).normal(size=(16, 36)), "dense: 576 numbers", signed=True)
plots.show(
    fig,
    "Two matrices of 16 rows and 36 columns. On the left, that of a 3 x 3 filter: three short stripes a row that move "
    "one column to the right from row to row, all else zero. On the right, that of a dense layer: every entry differs.",
)
print(f"{np.count_nonzero(matrix)} of {matrix.size} entries are not zero, {len(np.unique(matrix)) - 1} of them differ.")

# %% [markdown]
# ## One-hot labels
#
# From here on you train. A label says which class a picture shows, as a number: 7. The network answers with a
# probability for each class, so the label is written the same way: all on class 7, nothing on the others. The loss then
# compares the two rows, $L = -\sum_k y_k \log \hat y_k$ (cross-entropy), of which only the term of the right class is
# left.
#
# **Exercise: `one_hot`.** Turn $m$ labels into $m$ rows. The number of classes is given, since a batch need not hold
# every class.
#
# <details><summary>Hint 1</summary>
#
# Start from zeros of the right shape. In each row exactly one entry changes: which column is it?
#
# </details>
# <details><summary>Hint 2</summary>
#
# A loop over the labels is fine. Without a loop: what are the rows of an identity matrix, and what happens when you
# index an array with an array?
#
# </details>

# %% tags=["exercise"] graded="one_hot"
def one_hot(y, num_classes):
    """Write labels as rows with a single 1.

    Args:
        y: labels, integers from 0 to num_classes - 1, array or list of shape (m,).
        num_classes: number of classes, an int.

    Returns:
        Array of zeros and ones, shape (m, num_classes).
    """
    ### BEGIN SOLUTION
    Y = np.zeros((len(y), num_classes))
    for row, label in enumerate(y):
        Y[row, label] = 1
    return Y
    ### END SOLUTION

# %% tags=["check"] graded="one_hot"
report = checks.one_hot(one_hot)
### BEGIN HIDDEN TESTS
report += checks.one_hot(one_hot, seed=1402)
### END HIDDEN TESTS
display(report)
report.points(2)

# %% [markdown]
# ## Models with Keras: one layer after the other
#
# `tf.keras.Sequential` takes a list: an input, then layers in order. You have seen one at the top of this notebook. The
# layers you need are in `tfl`:
#
# | layer | what it does |
# |---|---|
# | `tf.keras.Input(shape)` | says what comes in, without the batch axis |
# | `tfl.Conv2D(filters, kernel_size, strides=1, padding="valid")` | convolution; `"same"` keeps the size |
# | `tfl.ZeroPadding2D(padding)` | a frame of zeros |
# | `tfl.BatchNormalization(axis=-1)` | brings each channel to mean 0 and variance 1, then scales and shifts it |
# | `tfl.ReLU()`, or `activation="relu"` in a layer | $\max(0, z)$ |
# | `tfl.MaxPool2D(pool_size, strides=None, padding="valid")` | max pooling; left out, the stride is the window's size |
# | `tfl.Flatten()` | a volume as one row |
# | `tfl.Dense(units, activation=None)` | fully connected; `"sigmoid"` or `"softmax"` gives probabilities |
#
# Batch normalisation ([Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)) is new. While training it uses the
# mean and variance of the batch at hand, and keeps a running average for later. Each channel has four numbers: a scale
# and a shift, which are learned, and the two averages.
#
# **Exercise: `happyModel`.** A model that answers a yes-or-no question about a 64 x 64 colour picture (its name comes
# from a task where the question was whether a face is smiling). In this order: a frame of 3 zeros; a convolution with
# 32 filters of 7 x 7, stride 1; batch normalisation over the channels; ReLU; max pooling 2 x 2; flatten; one dense unit
# with a sigmoid. Return the model; there is no need to compile it.
#
# <details><summary>Hint 1</summary>
#
# Write the list in the order of the description; each part is one line of the table above. Without an input at the
# start, Keras cannot know how many weights there are.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Print `shapes.layer_table(happyModel())` and compare: the layers with parameters have 4,736, 128 and 32,769. If the
# last number differs, the volume before `Flatten` has another size than it should.
#
# </details>

# %% tags=["exercise"] graded="happyModel"
def happyModel():
    """Build a yes-or-no classifier for pictures of shape (64, 64, 3), as a Sequential model.

    The layers: zero padding 3, CONV (32 filters 7 x 7, stride 1), batch normalisation over the channels, ReLU,
    max pooling (2 x 2, stride 2), flatten, dense with 1 unit and sigmoid.

    Returns:
        A Keras model from (m, 64, 64, 3) to probabilities (m, 1); compiled or not.
    """
    ### BEGIN SOLUTION
    model = tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )
    return model
    ### END SOLUTION

# %% tags=["check"] graded="happyModel"
report = checks.happyModel(happyModel)
### BEGIN HIDDEN TESTS
report += checks.happyModel(happyModel, seed=1403)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% [markdown]
# The check did not look at your layers' names. It put random weights into your model and compared its answers with the
# same network computed by hand, so any way of writing it is welcome.

# %% tags=["demo"]
if checks.ready(happyModel):
    print(shapes.layer_table(happyModel()))

# %% [markdown]
# ## LeNet-5 in Keras
#
# **Exercise: `lenet5`.** Build the network of the table above: CONV1 (6 filters 5 x 5, same), POOL1, CONV2 (16 filters
# 5 x 5, valid), POOL2, then dense layers with 120, 84 and `classes` units. ReLU after both convolutions and after the
# first two dense layers, max pooling 2 x 2 with stride 2, softmax at the end. Let it work for any `input_shape` and any
# number of classes.
#
# <details><summary>Hint 1</summary>
#
# Compare `shapes.layer_table(lenet5())` with the table, row by row. Where is the first row that differs?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Padding is what makes the difference between 28 and 24 after the first convolution. And between POOL2 and FC3 a volume
# becomes a row.
#
# </details>

# %% tags=["exercise"] graded="lenet5"
def lenet5(input_shape=(28, 28, 1), classes=10):
    """Build LeNet-5 with ReLU, max pooling and softmax.

    The layers: CONV1 (6 filters 5 x 5, stride 1, same padding), ReLU, POOL1 (max 2 x 2, stride 2, no padding),
    CONV2 (16 filters 5 x 5, stride 1, no padding), ReLU, POOL2 (max 2 x 2, stride 2, no padding), flatten,
    FC3 (120 units, ReLU), FC4 (84 units, ReLU), output (`classes` units, softmax).

    Args:
        input_shape: (n_H, n_W, n_C) of the pictures.
        classes: number of classes, an int.

    Returns:
        A Keras model from (m, n_H, n_W, n_C) to probabilities (m, classes); compiled or not.
    """
    ### BEGIN SOLUTION
    model = tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )
    return model
    ### END SOLUTION

# %% tags=["check"] graded="lenet5"
report = checks.lenet5(lenet5)
### BEGIN HIDDEN TESTS
report += checks.lenet5(lenet5, seed=1404)
### END HIDDEN TESTS
display(report)
report.points(4)

# %% tags=["demo"]
if checks.ready(lenet5):
    print(shapes.layer_table(lenet5()))

# %% [markdown]
# ## Five thousand real digits
#
# The course brings 5,000 digits from MNIST: 4,000 to learn from, and 1,000 that the network must not see before the
# very end. Ten of the first kind:

# %% tags=["demo"]
digits = data.digits()
fig, axes = plots.figure(10, width=0.9, height=1.2)
for axis, image, label in zip(axes[0], digits.x_train, digits.y_train, strict=False):
    plots.draw_image(axis, image[..., 0], str(label))
plots.show(
    fig,
    f"Ten handwritten digits, white on black: {', '.join(str(k) for k in digits.y_train[:10])}.",
)
print(digits)

# %% [markdown]
# Four thousand pictures are few, and one trick makes more of them: a digit moved by a pixel or two is still the same
# digit. So each picture is used four times, once as it is and three times moved at random.
#
# Of the 4,000, every tenth is set aside for *validation*: the network does not learn from these 400, they show while
# you train how it does on pictures it does not know. The test pictures wait. Why two sets? Whoever picks the best of
# many trainings by looking at the test pictures has trained on them, too.

# %% tags=["demo"]
MOVED_COPIES = 3


def moved(images, rng, most=2):
    """Each picture moved by up to `most` pixels in both directions; (m, n_H, n_W, n_C) in and out."""
    steps = rng.integers(-most, most + 1, size=(len(images), 2))
    return np.stack([np.roll(image, step, axis=(0, 1)) for image, step in zip(images, steps, strict=True)])


held_out = np.arange(len(digits.x_train)) % 10 == 0
x_digits, y_digits = digits.x_train[~held_out], digits.y_train[~held_out]
rng = np.random.default_rng(14)
x_more = np.concatenate([x_digits] + [moved(x_digits, rng) for _ in range(MOVED_COPIES)])
y_more = np.tile(y_digits, 1 + MOVED_COPIES)
print(f"{len(x_digits):,} pictures to learn from became {len(x_more):,}; {held_out.sum()} are there for validation.")

# %% [markdown]
# Now train. `Adam` ([Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)) is a gradient descent that chooses its steps
# well; here they also become smaller towards the end, along a cosine. Watch both curves: when training goes on
# improving while validation does not, the network has begun to learn its pictures by heart.
#
# **The target: at least 97 % of the test pictures in under 60 seconds.**

# %% tags=["training"]
def train(model, x, y, x_val, y_val, *, title, full_epochs, batch_size, learning_rate):
    """Train a classifier with Adam on a cosine schedule, and show how it goes; returns the seconds it took."""
    num_epochs = training.epochs(full_epochs)
    steps = num_epochs * -(-len(x) // batch_size)
    schedule = tf.keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    model.compile(tf.keras.optimizers.Adam(schedule), "categorical_crossentropy", metrics=["accuracy"])
    began = time.perf_counter()
    model.fit(
        x,
        y,
        epochs=num_epochs,
        batch_size=batch_size,
        validation_data=(x_val, y_val),
        verbose=0,
        callbacks=[training.live(title)],
    )
    return time.perf_counter() - began


if checks.ready(lenet5, one_hot):
    tf.keras.utils.set_random_seed(0)
    digit_net = lenet5()
    digit_seconds = train(
        digit_net,
        x_more,
        one_hot(y_more, 10),
        digits.x_train[held_out],
        one_hot(digits.y_train[held_out], 10),
        title="LeNet-5 on digits",
        full_epochs=8,
        batch_size=64,
        learning_rate=2e-3,
    )
    digit_answers = digit_net.predict(digits.x_test, verbose=0)
    digit_accuracy = np.mean(digit_answers.argmax(axis=1) == digits.y_test)
    reached = "reached" if digit_accuracy >= 0.97 and digit_seconds < 60 else "not reached this time"
    print(f"Test accuracy {digit_accuracy:.3f} on {len(digits.y_test)} pictures, {digit_seconds:.0f} s of training.")
    print(f"The target, 0.970 in 60 s, was {reached}.")

# %% [markdown]
# One number says little. Which digits are mixed up with which? A *confusion matrix* counts them: the row is what it
# was, the column what the network said. Before you look: which pairs do you expect?

# %% tags=["training"]
if checks.ready(lenet5, one_hot):
    results.show_confusion(digits.y_test, digit_answers.argmax(axis=1), digits.class_names, "1,000 test digits")

# %% [markdown]
# And here are the mistakes the network was surest of. Be honest: which of them would you have got right?

# %% tags=["training"]
if checks.ready(lenet5, one_hot):
    results.show_mistakes(digits.x_test, digits.y_test, digit_answers, digits.class_names)

# %% [markdown]
# ## Models with Keras: as a graph
#
# A list cannot fork or join. The *functional* way can: each layer is called on what the layer before gave, and
# `tf.keras.Model(inputs=..., outputs=...)` ties up the two ends:
#
# ```python
# inputs = tf.keras.Input((8, 8, 3))
# Z = tfl.Conv2D(4, 3)(inputs)
# A = tfl.ReLU()(Z)
# model = tf.keras.Model(inputs=inputs, outputs=A)
# ```
#
# For a chain of layers both ways give the same network; next week's networks need the second.
#
# **Exercise: `convolutional_model`.** In this order: a convolution with 8 filters 4 x 4, same padding; ReLU; max
# pooling with an 8 x 8 window and stride 8, same padding; a convolution with 16 filters 2 x 2, same padding; ReLU; max
# pooling 4 x 4 with stride 4, same padding; flatten; a dense layer with 6 units and softmax.
#
# <details><summary>Hint 1</summary>
#
# One line a layer, and each line takes the result of the line before. What does `tf.keras.Model` need to know about
# the two ends?
#
# </details>
# <details><summary>Hint 2</summary>
#
# For `(64, 64, 3)` the layers with parameters have 392, 528 and 390. The picture shrinks from 64 to 8 to 2. When the
# size does not divide (try `(60, 60, 3)`), pooling with same padding rounds up.
#
# </details>

# %% tags=["exercise"] graded="convolutional_model"
def convolutional_model(input_shape):
    """Build a small classifier for six classes with the functional way.

    The layers: CONV1 (8 filters 4 x 4, stride 1, same padding), ReLU, POOL1 (max 8 x 8, stride 8, same padding),
    CONV2 (16 filters 2 x 2, stride 1, same padding), ReLU, POOL2 (max 4 x 4, stride 4, same padding), flatten,
    dense with 6 units and softmax.

    Args:
        input_shape: (n_H, n_W, n_C) of the pictures.

    Returns:
        A Keras model from (m, n_H, n_W, n_C) to probabilities (m, 6); compiled or not.
    """
    ### BEGIN SOLUTION
    inputs = tf.keras.Input(input_shape)
    Z1 = tfl.Conv2D(8, 4, padding="same")(inputs)
    A1 = tfl.ReLU()(Z1)
    P1 = tfl.MaxPool2D(8, padding="same")(A1)
    Z2 = tfl.Conv2D(16, 2, padding="same")(P1)
    A2 = tfl.ReLU()(Z2)
    P2 = tfl.MaxPool2D(4, padding="same")(A2)
    outputs = tfl.Dense(6, activation="softmax")(tfl.Flatten()(P2))
    return tf.keras.Model(inputs=inputs, outputs=outputs)
    ### END SOLUTION

# %% tags=["check"] graded="convolutional_model"
report = checks.convolutional_model(convolutional_model)
### BEGIN HIDDEN TESTS
report += checks.convolutional_model(convolutional_model, seed=1405)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% tags=["demo"]
if checks.ready(convolutional_model):
    print(shapes.layer_table(convolutional_model((64, 64, 3))))

# %% [markdown]
# ## Six hand signs
#
# Hands that show a number from 0 to 5, drawn by the course: skin, light, background, size and tilt differ from picture
# to picture, and the thumb may be on either side. Drawings have two advantages: nobody had to be photographed, and you
# can have as many as you like.

# %% tags=["demo"]
SIGN_NAMES = tuple("012345")
x_signs, y_signs = data.hand_signs(1500, seed=1)
x_signs_test, y_signs_test = data.hand_signs(300, seed=2)  # other hands: a seed never shares a picture with another
fig, axes = plots.figure(6, 2, width=1.4, height=1.6)
for column in range(6):
    for row, index in enumerate(np.flatnonzero(y_signs == column)[:2]):
        plots.draw_image(axes[row, column], x_signs[index], SIGN_NAMES[column])
plots.show(fig, "Twelve drawn hands, two for each number from 0 to 5, on backgrounds of many colours.")

# %% [markdown]
# The colours are bytes, 0 to 255. Networks learn best from numbers around zero, so they are brought to the range from
# -1 to 1 first. And a hand in the mirror shows the same number, which doubles what there is to learn from. The network
# is tiny, with 1,310 parameters (LeNet-5 has 47 times as many). What accuracy would guessing give? And what do you
# expect of the network?

# %% tags=["training"]
if checks.ready(convolutional_model, one_hot):
    tf.keras.utils.set_random_seed(0)
    sign_net = convolutional_model((64, 64, 3))
    num_learned = len(x_signs) // 10 * 9  # the last tenth is for validation
    x_scaled, x_scaled_test = x_signs / np.float32(127.5) - 1, x_signs_test / np.float32(127.5) - 1
    x_learned, y_learned = x_scaled[:num_learned], y_signs[:num_learned]
    sign_seconds = train(
        sign_net,
        np.concatenate([x_learned, x_learned[:, :, ::-1]]),  # as drawn, and mirrored
        one_hot(np.tile(y_learned, 2), 6),
        x_scaled[num_learned:],
        one_hot(y_signs[num_learned:], 6),
        title="a small network on hand signs",
        full_epochs=25,
        batch_size=64,
        learning_rate=1e-2,
    )
    sign_answers = sign_net.predict(x_scaled_test, verbose=0)
    sign_accuracy = np.mean(sign_answers.argmax(axis=1) == y_signs_test)
    learned_accuracy = np.mean(sign_net.predict(x_learned, verbose=0).argmax(axis=1) == y_learned)
    print(f"Accuracy on {len(y_signs_test)} new hands {sign_accuracy:.3f}, after {sign_seconds:.0f} s of training;")
    print(f"on the hands it learned from {learned_accuracy:.3f}. Guessing gives {1 / 6:.3f}.")

# %% tags=["training"]
if checks.ready(convolutional_model, one_hot):
    results.show_confusion(y_signs_test, sign_answers.argmax(axis=1), SIGN_NAMES, "hand signs, 300 new hands")
    results.show_mistakes(x_signs_test, y_signs_test, sign_answers, SIGN_NAMES)

# %% [markdown]
# Compare the two accuracies above. On hands that the network learned from it is better than on new ones: it has begun
# to learn by heart, it *overfits*, and more hands would help. But it does not get even the old ones all right, and no
# number of new pictures can mend that: the network is too small, it *underfits*. Both can be true at once.

# %% [markdown]
# ## Reflection of the week
#
# Your `lenet5` reads digits far better than `convolutional_model` reads hands, although both learned from a few
# thousand pictures. Give two reasons from what you have seen this week (the networks, the pictures, the confusion
# matrices, the mistakes), and for each of them an experiment that would show whether you are right. What would you
# expect to see if you are wrong?
#
# Write ten sentences or so into the next cell. There are no automatic points for it: your instructor reads it, answers,
# and may give up to 5 extra points.

# %% [markdown] tags=["reflection"]
# *One possible answer. Others are as good if each reason comes with an experiment that could refute it.*
#
# **The network is too small for the task.** `convolutional_model` has 1,310 parameters and pools 8 x 8 at once: after
# the first layer a finger is a matter of one or two cells, and after the second only 2 x 2 places are left. It can
# hardly count fingers that lie side by side, and it is often wrong even about hands it has learned from. Experiment:
# train `lenet5((64, 64, 3), 6)` on the same hands. If I am right, the accuracy on the hands it learned from rises
# clearly, and that on new hands, too. If both stay where they were, the network was not the limit.
#
# **The hands vary more than the digits.** Digits are centred, upright, white on black. Hands come in many colours,
# lights, sizes and tilts, and from both sides. A convolution answers alike after a shift, but not after a turn or on
# another background, so each of these has to be learned from examples. Experiment: use grey hands on a plain
# background, all upright, and train the same small network on as many. If I am right, the accuracy rises without one
# parameter more. If it does not, I would look at the confusion matrix again: when most mistakes are between neighbours
# such as 3 and 4, the trouble is in counting fingers, which points back to the first reason.

# %% [markdown]
# ## Going further
#
# 1. Set `MOVED_COPIES = 0` and train LeNet-5 again. How much of its accuracy came from moving pictures about? Is the
#    difference larger than that between two trainings with another random seed?
# 2. Give LeNet-5 what it had in 1998: tanh and average pooling. Which of the two changes costs more, and does the check
#    of `lenet5` notice which one you made?
# 3. Shuffle the pixels of all digits with one fixed permutation, the same for every picture, and train again. A dense
#    network would not notice. What happens to yours, and which of the two properties of convolutions is to blame?
