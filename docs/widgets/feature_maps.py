# %% [markdown]
# ## Feature-map explorer
#
# *Week 4, what convolutional networks learn.* No trained network stands here, but a small stack made by hand: filters
# for edges, stripes and blur with ReLU, then twice pooling and a layer that asks where one channel is stronger than
# the others around it. It sees the cat in 40 × 40 pixels. **Predict first:** which channels of layer 1 answer to the
# stripes on a cat's forehead, and which to its whiskers? Will a place in layer 3 tell more, or less, about *where*
# something is?

# %% tags=["demo"]
import numpy as np

from helpers import data, widgets
from helpers.shifts import convolve, pooled

photo = data.photograph("chelsea", size=216)[:, 36:180]
small = data.photograph("chelsea", size=60)[:, 10:50]  # the same part, as the network sees it
grey = small[None] @ [[0.299], [0.587], [0.114]] / 255 - 0.5

row, column = np.mgrid[-2:3, -2:3]
bell = np.exp(-(row**2 + column**2) / 3)
filters = {"blur": bell / bell.sum()}
for degrees in range(0, 360, 45):
    along = row * np.sin(np.deg2rad(degrees)) + column * np.cos(np.deg2rad(degrees))
    filters[f"edge {degrees}°"] = bell * along / 8
for degrees in range(0, 180, 45):
    along = row * np.sin(np.deg2rad(degrees)) + column * np.cos(np.deg2rad(degrees))
    filters[f"stripe {degrees}°"] = bell * np.cos(2 * along) / 4
for name, kernel in filters.items():
    if name != "blur":
        filters[name] = kernel - kernel.mean()


def layer(a_prev, weights, pad):
    """Convolution and ReLU."""
    return np.maximum(convolve(a_prev, weights, np.zeros((1, 1, 1, 1)), 1, pad), 0)


first = layer(grey, np.stack(list(filters.values()), -1)[:, :, None], 2)
one_against_all = np.eye(len(filters)) - 1.2 / len(filters)
mix = bell[:, :, None, None] * one_against_all
second = layer(pooled(first, 2, 2, np.max), mix, 2)
third = layer(pooled(second, 2, 2, np.max), mix, 2)
names = list(filters)
layers = {"1: filters": first, "2: stronger than the others": second, "3: the same again": third}
start = ("1: filters", names.index("stripe 90°"))
widgets.feature_map_explorer(layers, photo, unit_names=dict.fromkeys(layers, names), start=start)

# %% [markdown]
# **Check yourself:** the channels "edge 0°" and "edge 180°" of layer 1 are never active at the same place. How do
# their filters differ, and why does ReLU make both of them necessary?
