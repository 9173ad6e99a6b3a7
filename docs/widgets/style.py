# %% [markdown]
# ## Style studio
#
# *Week 4, style transfer.* **Predict first:** if β is 0, what will the picture look like after a hundred steps? And if
# α is 0, what of the content will be left? Choose below, then run the cell after it, and watch the costs.

# %% tags=["demo"]
import numpy as np

from helpers import data, widgets

row, column = np.mgrid[:160, :200]
waves = np.sin(0.35 * row + 3 * np.sin(0.06 * column)) > 0
brush = np.where(waves[..., None], [0.98, 0.8, 0.25], [0.1, 0.2, 0.55])
contents = {name: data.photograph(name, size=192) for name in ("chelsea", "china", "coffee")}
styles = {"waves": brush, "brick": data.photograph("brick", size=192), "flower": data.photograph("flower", size=192)}

studio = widgets.style_studio(contents, styles, size=144, layers=["fine", "coarse"])
studio

# %% [markdown]
# No trained network is at hand yet, so fixed random filters stand in for its layers: they do not know what an eye is,
# but how often two of them answer at the same place still says a lot about a texture.

# %% tags=["demo"]
import tensorflow as tf

rng = np.random.default_rng(1)
filters = {name: tf.constant(rng.normal(size=(5, 5, 3, 24)) / 3, tf.float32) for name, _ in studio.choice.layers}
optimizer = tf.keras.optimizers.Adam(0.03)


def responses(picture):
    """What each layer's filters answer; the second layer sees the picture at half its size."""
    half = tf.nn.avg_pool2d(picture, 2, 2, "SAME")
    return [tf.nn.relu(tf.nn.conv2d(x - 0.5, f, 1, "SAME")) for x, f in zip((picture, half), filters.values())]


def together(answers):
    """How strongly every two filters answer at the same places."""
    height, width = answers.shape[1:3]
    return tf.einsum("bhwi,bhwj->ij", answers, answers) / (height * width)


@tf.function
def slope(picture, content, style, alpha, beta, weights):
    """The costs, and how they change with each pixel."""
    with tf.GradientTape() as tape:
        tape.watch(picture)
        near = tf.reduce_mean((picture - content) ** 2)
        pairs = zip(responses(picture), responses(style))
        manner = sum(w * tf.reduce_mean((together(a) - together(s)) ** 2) for w, (a, s) in zip(weights, pairs))
        total = alpha * near + beta * manner
    return tape.gradient(total, picture), near, manner, total


pixels = tf.Variable(tf.zeros([1, *studio.choice.content.shape]))


def step(generated, choice):
    """One step of gradient descent on the pixels."""
    if generated is not pixels:
        pixels.assign(np.reshape(generated, [1, *choice.content.shape]))
    weights = [tf.constant(weight) for _, weight in choice.layers]
    gradient, near, manner, total = slope(
        pixels, choice.content[None], choice.style[None], tf.constant(choice.alpha), tf.constant(choice.beta), weights
    )
    optimizer.apply_gradients([(gradient, pixels)])
    pixels.assign(tf.clip_by_value(pixels, 0, 1))
    return pixels, {"content": near, "style": manner, "total": total}


studio.run(step, steps=100)

# %% [markdown]
# **Check yourself:** the total falls although the content cost rises from 0. Why must it rise? Set β to 0 and run the
# cell again: which of the curves falls now?
