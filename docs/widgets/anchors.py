# %% [markdown]
# ## Anchor explorer
#
# *Week 3, boxes.* A car and a pedestrian share one midpoint, so both belong to the same cell. **Predict first:** what
# happens when you take one of the two anchors away? Then bring it back, and make the car so narrow that they collide
# again: how narrow must it become?

# %% tags=["demo"]
from helpers import widgets

widgets.anchor_explorer()

# %% [markdown]
# **Check yourself:** add a third anchor, and step until no anchor moves any more. By how much did the mean overlap
# grow? Which objects could still collide, however many anchors there are?
