# %% [markdown]
# ## Detector at work
#
# *Week 3, YOLO.* A detector gives a candidate for each cell and anchor, and most of them must go. **Predict first:**
# which of the two thresholds removes the doubles of the head, and which the frames around nothing? The candidates below
# were made up for this page; one of those left has a wrong name. Why does suppression not remove it?

# %% tags=["demo"]
from helpers import widgets

widgets.detector_at_work()

# %% [markdown]
# **Check yourself:** at which overlap threshold do two frames of the same badge or head stay? And what becomes of two
# people who stand close together if the threshold is very low?
