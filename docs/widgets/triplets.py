# %% [markdown]
# ## Triplet explorer
#
# *Week 4, face recognition.* A is a picture of Ada, P another one of her, N one of somebody else. **Predict first:** N
# is already farther from A than P is. Does this triplet cost anything? And which way will gradient descent move each of
# the three points? Then drag N: where does the loss become 0, and where is it largest?

# %% tags=["demo"]
from helpers import widgets

widgets.triplet_explorer(margin=0.2)

# %% [markdown]
# **Check yourself:** put all three on one place. What would the loss be there without the margin, and why would a
# network love to get there? With the margin it costs something to be there, and still no step leads out of it: why?
