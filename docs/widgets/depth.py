# %% [markdown]
# ## Depth and gradient
#
# *Week 2, residual networks.* **Predict first:** two nets of 20 layers have the same weights, half as large as He would
# draw them; one has shortcuts past every two layers, the other has none. How large is the gradient at layer 1, compared
# with the last layer, in the one and in the other?

# %% tags=["demo"]
from helpers import widgets

widgets.depth_and_gradient(20)

# %% [markdown]
# **Check yourself:** move the weights to 0. Why is the residual net's output its input now, down to the last digit, and
# why is that no longer so with tanh?
