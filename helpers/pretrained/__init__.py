"""Networks trained on ImageNet, ready to predict without a network connection.

    from helpers import pretrained
    model = pretrained.squeezenet()                                   # a Keras model
    probabilities = model.predict(pretrained.squeezenet.preprocess(photo))
    pretrained.top_classes(probabilities)

`squeezenet` and `efficientnet_lite0` find their weights beside the course; `online("MobileNetV2")` gives the same
interface to networks that Keras fetches. TensorFlow is imported when a model is made, not before.
"""

from .efficient_net import EfficientNetLite0
from .imagenet import Guess, class_names, top_classes
from .network import PretrainedNetwork
from .online import ONLINE, online
from .squeeze_net import SqueezeNet

squeezenet = SqueezeNet()
efficientnet_lite0 = EfficientNetLite0()

__all__ = [
    "ONLINE",
    "Guess",
    "PretrainedNetwork",
    "class_names",
    "efficientnet_lite0",
    "online",
    "squeezenet",
    "top_classes",
]
