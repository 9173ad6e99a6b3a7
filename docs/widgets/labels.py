# %% [markdown]
# ## Label studio
#
# *Week 3, localization and landmarks.* **Predict first:** the car's box below has its midpoint in the middle of the
# picture's width and fills two fifths of it. Which of the eight numbers of y change if you drag the box straight down?
# Then draw the box that is missing, around the motorcycle.

# %% tags=["demo"]
from helpers import widgets

studio = widgets.label_studio(classes=("pedestrian", "car", "motorcycle"))
studio

# %% [markdown]
# **Check yourself:** delete every box. Why are seven of the eight numbers question marks now, and what does the loss do
# with them? Run `studio.labels` in a cell of its own: these are the boxes, ready to become a small data set.
