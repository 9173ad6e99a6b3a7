# %% [markdown]
# ## Convolution stepper
#
# *Week 1, convolution step by step.* **Predict first:** the image has 7 columns. With a filter of side 3 and stride 2,
# how many windows fit in a row? Now make the filter 4 wide: which column does no window reach any more?
#
# The function here mixes up rows and columns of the filter. Press *run my conv_forward*: in which cell does it show
# first, and which numbers of the window make the difference? (In your notebook, this is your own function.)

# %% tags=["demo"]
import numpy as np

from helpers import widgets
from helpers.shifts import convolve

image = np.add.outer(3 * np.arange(6), np.arange(7) ** 2) % 8
kernel = np.array([[1, 3, 0], [1, 0, -1], [0, -1, -1]])


def conv_forward(A_prev, W, b, hparameters):
    """A convolution with a mistake: rows and columns of the filter are swapped."""
    return convolve(A_prev, W.swapaxes(0, 1), b, hparameters["stride"], hparameters["pad"]), None


widgets.convolution_stepper(image, kernel, stride=2, position=(1, 1), function=conv_forward)

# %% [markdown]
# **Check yourself:** set padding, stride and size so that the output is as large as the input. Which of the three had
# to be odd?
