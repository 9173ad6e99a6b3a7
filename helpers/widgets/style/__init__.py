"""A studio for style transfer: choose two pictures and weights, and watch one's own optimisation at work."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..ear import Refused
from ..picture_files import fitted, jpeg, picture_from
from ..pictures import rounded, whole
from ..view import View
from .optimisation import Pace, Progress, Step, advance, as_bytes
from .run_words import beginning, outcome
from .storage import figure, saved, stored, thumbnails
from .style_choice import Choice, layer_weights, named_pictures, weight

_KINDS = ("content", "style")


def style_studio(
    contents: Mapping[str, ArrayLike],
    styles: Mapping[str, ArrayLike],
    *,
    size: int = 192,
    layers: Sequence[Any] | Mapping[str, float] = (),
    alpha: float = 10,
    beta: float = 40,
) -> Studio:
    """Choose content, style and weights here; the next cell optimises with `studio.run`.

    Args:
        contents: pictures to keep, by name, (n_H, n_W, 3); uint8, or floats 0 to 1 or 0 to 255.
        styles: pictures to take the manner from, likewise.
        size: pixels on the longer side of the picture that is made, 16 to 512.
        layers: names of the layers that have a weight, or pairs (name, weight).
        alpha: weight of the content cost to begin with.
        beta: weight of the style cost to begin with.

    Raises:
        ValueError: something is no picture or no weight; says what was expected.
    """
    pictures = {"content": named_pictures(contents, "contents"), "style": named_pictures(styles, "styles")}
    weights = {"alpha": weight(alpha, "alpha"), "beta": weight(beta, "beta")}
    return Studio(pictures, whole(size, "size", 16, 512), weights, layer_weights(layers))


class Studio(View):
    """The view, what is chosen in it, and the optimisation that it shows."""

    def __init__(
        self,
        pictures: dict[str, dict[str, np.ndarray]],
        size: int,
        weights: dict[str, float],
        layers: dict[str, float],
    ) -> None:
        replies = {"choose": self._choose, "load": self._load}
        super().__init__("style_studio", "Style studio", {}, "", self._figure, replies)
        self._pictures, self._size, self._weights, self._layers = pictures, size, weights, layers
        self._limits = {name: max(100.0, 2 * value) for name, value in weights.items()}
        self._chosen = {kind: next(iter(pictures[kind])) for kind in _KINDS}
        self._progress: Progress | None = None
        self._begun: tuple[Any, ...] = ()
        self._weighed: tuple[Any, ...] = ()
        self._words, self._shown = "", False
        self.alt = self._describe()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        content, style = (self._pictures[kind][self._chosen[kind]] for kind in _KINDS)
        scale = self._size / max(content.shape[:2])
        shape = (max(1, round(content.shape[0] * scale)), max(1, round(content.shape[1] * scale)))
        return Choice(
            fitted(content, shape),
            fitted(style, shape),
            self._weights["alpha"],
            self._weights["beta"],
            tuple(self._layers.items()),
            self._chosen["content"],
            self._chosen["style"],
        )

    @property
    def best(self) -> np.ndarray | None:
        """The picture of the smallest total so far, (n_H, n_W, 3) float32, 0 to 1; None before the first run."""
        return None if self._progress is None else self._progress.best.copy()

    def save(self, path: str | Path) -> None:
        """Store the best picture as a PNG or JPEG file; says what it did."""
        print(saved(self._progress, path))

    def run(self, step: Step, steps: int = 200, *, start: ArrayLike | None = None) -> None:
        """Optimise, and show it live. Interrupt stops and keeps the best picture; running again goes on from there.

        Args:
            step: step(generated, choice) -> (generated, costs). `generated` is what the step before returned, and the
                content at first, (n_H, n_W, 3) float32, 0 to 1; return an array or tensor of this shape, or with a
                leading 1. `costs` is a dict of numbers, such as {"content": .., "style": .., "total": ..}.
            steps: how many.
            start: a picture to begin with anew, in place of the content or of where it stopped.
        """
        try:
            if not callable(step):
                raise ValueError(f"step is {step!r}: expected a function step(generated, choice)")
            whole(steps, "steps", 1, 1_000_000)
            choice = self.choice
            progress, fresh = self._begin(choice, start)
        except ValueError as problem:
            self._end({"state": "failed", "words": f"This cannot run: {problem}."})
            return
        told = 0 if fresh else progress.steps

        def tell(picture: np.ndarray) -> None:
            nonlocal told
            self._tell(self._news(progress, told, last, fresh and told == 0), jpeg(as_bytes(picture), quality=80))
            told = progress.steps

        first, last, before = progress.steps, progress.steps + steps, progress.seconds
        how, why = advance(progress, step, choice, steps, tell, Pace())
        self._words = outcome(progress, how, why, progress.steps - first, steps, progress.seconds - before, step)
        try:
            self._end(self._news(progress, told, last, fresh and told == 0) | {"state": how, "words": self._words})
        except KeyboardInterrupt:  # pressed twice
            self._end({"state": how, "words": self._words})

    def _begin(self, choice: Choice, start: ArrayLike | None) -> tuple[Progress, bool]:
        """Where to go on from, and whether that is a new beginning."""
        begun = tuple((kind, name, id(self._pictures[kind][name])) for kind, name in self._chosen.items())
        weighed = (choice.alpha, choice.beta, choice.layers)
        fresh = start is not None or self._progress is None or begun != self._begun
        if fresh:
            first = choice.content if start is None else beginning(start, choice.content.shape)
            self._progress = Progress(first.copy(), first.shape, first.copy())
        assert self._progress is not None
        if weighed != self._weighed:
            self._progress.best_total = np.inf  # totals of other weights do not compare
        self._begun, self._weighed = begun, weighed
        return self._progress, fresh

    def _news(self, progress: Progress, told: int, last: int, fresh: bool) -> dict[str, Any]:
        costs = {name: [rounded(value) for value in values[told:]] for name, values in progress.costs.items()}
        return {"state": "running", "fresh": fresh, "step": progress.steps, "last": last, "from": told, "costs": costs}

    def _tell(self, news: Mapping[str, Any], *pictures: bytes) -> None:
        if self._ear is not None:
            self._ear.send({"run": dict(news)}, list(pictures))

    def _end(self, news: dict[str, Any]) -> None:
        """Say how it ended, here, in the view, and in the output that stays."""
        print(news["words"])
        pictures = [] if self._progress is None else [jpeg(as_bytes(self._progress.best), quality=92)]
        self._tell(news, *pictures)
        self.alt = self._describe()
        if self._shown:
            from IPython.display import update_display

            update_display(self._repr_mimebundle_(), raw=True, display_id=self.address)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        self._shown = True
        display(self._repr_mimebundle_(), raw=True, display_id=self.address)  # `run` changes it in place

    def _choose(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Take over what was chosen in the browser."""
        names = {kind: content.get(kind) for kind in _KINDS}
        layers = content.get("layers")
        if any(name not in self._pictures[kind] for kind, name in names.items()) or not isinstance(layers, Mapping):
            raise Refused("Python knows no such picture: run this cell again.")
        weights = {name: weight(content.get(name), name) for name in self._weights}
        changed = {name: weight(layers.get(name), f"the weight of {name}") for name in self._layers}
        self._chosen, self._weights, self._layers = {kind: str(names[kind]) for kind in _KINDS}, weights, changed
        self.alt = self._describe()
        return {}

    def _load(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Take in a picture file that was chosen in the browser; it is checked as if it came from anywhere."""
        kind = content.get("kind")
        if kind not in _KINDS:
            raise Refused("Python did not understand this view: run its cell again.")
        picture = picture_from(content.get("picture"))
        name = f"your own: {str(content.get('name'))[:40]}"
        self._pictures[kind] = {
            known: dots for known, dots in self._pictures[kind].items() if not known.startswith("your own: ")
        } | {name: picture}
        self._chosen[kind] = name
        self.alt = self._describe()
        return {"name": name}

    def html(self) -> str:
        """As `View.html`, with what is chosen and what was made as they are now."""
        self.state = self._state()
        return super().html()

    def _state(self) -> dict[str, Any]:
        """What the module starts from, made when somebody looks: small pictures take time, choices come often."""
        small = iter(thumbnails([picture for kind in _KINDS for picture in self._pictures[kind].values()]))
        state = {
            "pictures": {kind: [[name, next(small)] for name in self._pictures[kind]] for kind in _KINDS},
            "chosen": self._chosen,
            "weights": [[name, value, self._limits[name]] for name, value in self._weights.items()],
            "layers": [[name, value, max(1.0, value)] for name, value in self._layers.items()],
            "size": self._size,
        }
        return state | {"result": stored(self._progress, self._words, len(json.dumps(state)))}

    def _describe(self) -> str:
        content, style = (self._chosen[kind] for kind in _KINDS)
        weights = ", ".join(f"{name} {value:g}" for name, value in self._weights.items())
        said = f"Style studio: the content is {content}, the style {style}, with {weights}. "
        return said + (self._words or "Nothing is optimised yet: the next cell does that.")

    def _figure(self) -> Any:
        chosen = {kind: self._pictures[kind][self._chosen[kind]] for kind in _KINDS}
        return figure(self._progress, chosen)
