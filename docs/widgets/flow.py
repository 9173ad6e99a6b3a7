# %% [markdown]
# ## Gradient flow
#
# *Week 1, backpropagation.* **Predict first:** windows of 2 x 2 move by 2, and the largest number of each goes through.
# A gradient of 1 arrives at the lower left output. Which input receives it? And which number would you have to change,
# and by how much, so that *two* inputs receive it? Try it: choose a number of `A_prev` and press + or −.

# %% tags=["demo"]
import numpy as np

from helpers import widgets

small = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])
widgets.gradient_flow(small, layer="max", cell=(1, 0), f=2, stride=2)

# %% [markdown]
# **Check yourself:** switch to the convolution, stride 1, and press *play*. The numbers in `dA_prev` grow where windows
# overlap. Why is the sum of all of `dA_prev` in the end the sum of the filter times the number of outputs, and why does
# padding change that for the image inside the dashes?
