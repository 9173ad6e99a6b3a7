# %% [markdown]
# ## Box playground
#
# *Week 3, boxes.* **Predict first:** two squares of side 2 share a square of side 1. Is their intersection over union
# nearer to 1/4, to 1/7 or to 1/8? Then look at the seven boxes: which of them will be left, and why does the motorcycle
# stay although a better box covers almost all of it?

# %% tags=["demo"]
from helpers import widgets

widgets.box_playground()

# %% [markdown]
# **Check yourself:** lower the IoU threshold until only two cars and the motorcycle are left even with the score
# threshold at 0.5. What would go wrong in a crowded street if you lowered it further?
