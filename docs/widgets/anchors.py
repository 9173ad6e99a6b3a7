# %% [markdown]
# ## Anchor explorer
#
# *Week 3, boxes.* A car and a pedestrian share one midpoint, so both belong to the same cell. **Predict first:** what
# happens when you take one of the two anchors away? Then bring it back, and make the car so narrow that they collide
# again: pull one of its corners inwards, or click on it and press Alt + ← again and again. How narrow must it become?

# %% tags=["demo"]
from helpers import widgets

widgets.anchor_explorer()

# %% [markdown]
# **Check yourself:** add a third anchor, note the mean overlap, and step until no anchor moves any more. By how much
# did it grow since your note? (It may fall a little on the way: the mean of a group is not the shape that overlaps the
# group best.) Which objects could still collide, however many anchors there are?
