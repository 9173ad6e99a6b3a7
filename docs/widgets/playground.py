# %% [markdown]
# ## Filter playground
#
# *Week 1, edges and filters.* **Predict first:** a white rocket stands before a dark sky. On which of its sides will
# the output be orange, and on which purple? Then turn the Sobel filter until the rocket vanishes: which edges does a
# filter not see?

# %% tags=["demo"]
import numpy as np

from helpers import data, widgets

vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
widgets.filter_playground(data.photograph("rocket"), vertical)

# %% [markdown]
# **Check yourself:** which of the presets are separable? Find one that is not, and say why no column times a row can
# give it.
