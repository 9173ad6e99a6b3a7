# %% [markdown]
# ## Architecture explorer
#
# *Week 2, classic networks.* **Predict first:** LeNet-5 has two convolutional layers and three dense ones. Which kind
# holds most of its 61,706 parameters, and which kind does most of the multiplications? Is it the same kind?

# %% tags=["demo"]
from helpers import widgets

widgets.architecture_explorer("LeNet-5")

# %% [markdown]
# **Check yourself:** choose AlexNet, and remove its first pooling layer. Which column changes at once in the dense
# layers, which does not change in the convolutions, and why?
