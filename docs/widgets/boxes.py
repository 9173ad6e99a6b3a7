# %% [markdown]
# ## Box playground
#
# *Week 3, boxes.* **Predict first:** two squares of side 2 share a square of side 1. Is their intersection over union
# nearer to 1/4, to 1/7 or to 1/8? Then look at the seven boxes: which of them will be left, and why does the motorcycle
# stay although a better box covers almost all of it?
#
# Both functions here have a mistake. `iou` makes every side longer by 1: will it say more or less than 1/7? In
# `non_max_suppression`, boxes that are already struck out go on striking. Press *run my iou on these*, then, among
# several boxes, *search for a counter-example*: how many boxes does it take to give this mistake away, and why do the
# seven boxes not? (In your notebook, these are your own functions.)

# %% tags=["demo"]
from helpers import widgets
from helpers.overlap import shared_part


def iou(box1, box2):
    """Intersection over union with a mistake: every side is 1 too long."""
    return shared_part([*box1[:2], box1[2] + 1, box1[3] + 1], [*box2[:2], box2[2] + 1, box2[3] + 1])


def non_max_suppression(boxes, scores, iou_threshold, score_threshold):
    """Suppression with a mistake: whoever scores more strikes out, even a box that was struck out itself."""
    good = [i for i in range(len(scores)) if scores[i] > score_threshold]
    better = {i: [j for j in good if scores[j] > scores[i] or (scores[j] == scores[i] and j < i)] for i in good}
    return [i for i in good if all(shared_part(boxes[i], boxes[j]) < iou_threshold for j in better[i])]


widgets.box_playground(iou=iou, non_max_suppression=non_max_suppression)

# %% [markdown]
# **Check yourself:** the counter-example to `non_max_suppression` has a chain of boxes A, B and C. Which of them shares
# too much with which, and why must C stay? Then lower the IoU threshold of the seven boxes until only two cars and the
# motorcycle are left even with the score threshold at 0.5: what would go wrong in a crowded street if you lowered it
# further?
