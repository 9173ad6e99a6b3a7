"""The picture of a training: its curve, its progress bar, and the one display of the notebook that both go to."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from html import escape
from typing import Any

SECONDS_BETWEEN_BARS = 0.25  # four a second: smooth enough, and nothing for a training of seconds
SECONDS_BETWEEN_CURVES = 1.0  # a picture costs about a tenth of a second


@dataclass
class Curve:
    """What is known of a training so far, and how it looks.

    Args:
        title: above the curve, for example "LeNet-5 on digits".
        num_epochs: how many there will be.
        history: for each metric its value after each epoch; a name with "val_" before it belongs to other data.
    """

    title: str
    num_epochs: int = 1
    history: dict[str, list[float]] = field(default_factory=dict)

    @property
    def epochs_done(self) -> int:
        """How many epochs are complete."""
        return max((len(values) for values in self.history.values()), default=0)

    def add(self, logs: dict[str, Any]) -> None:
        """Note the metrics of an epoch; the learning rate is no metric."""
        for name, value in logs.items():
            if name not in ("learning_rate", "lr"):
                self.history.setdefault(name, []).append(float(value))

    def alt(self) -> str:
        """The curve in words."""
        last = ", ".join(f"{_words(name)} {values[-1]:.3f}" for name, values in self.history.items())
        return f"Training curve of {self.title} after epoch {self.epochs_done} of {self.num_epochs}: {last}."

    def bar(self, share: float, seconds: float) -> str:
        """A progress bar as HTML, with the share done, 0 to 1, in words too."""
        share = min(max(share, 0.0), 1.0)
        left = f", about {seconds / share * (1 - share):.0f} s left" if 0.02 < share < 1 else ""
        text = f"{self.title}: epoch {min(self.epochs_done + 1, self.num_epochs)} of {self.num_epochs}"
        if share >= 1:
            text, left = f"{self.title}: {_count(self.epochs_done, 'epoch')} done", ""
        label = f"{text}, {seconds:.0f} s{left}"
        return (
            f'<div><progress max="1" value="{share:.3f}" style="width:20em" '
            f'aria-label="{escape(label, quote=True)}"></progress> {escape(label)}</div>'
        )

    def picture(self) -> str:
        """Loss and accuracy against epochs as an HTML picture with alt text; "" before the first epoch ends."""
        if not self.epochs_done:
            return ""
        from helpers import plots

        panels = list(dict.fromkeys(name.removeprefix("val_") for name in self.history))
        fig, axes = plots.figure(len(panels), width=4.2, height=2.8)
        for axis, panel in zip(axes[0], panels, strict=True):
            for name, style in ((panel, "o-"), (f"val_{panel}", "s--")):
                values = self.history.get(name, [])
                if values:
                    label = f"{'validation' if name != panel else 'training'} {values[-1]:.3f}"
                    axis.plot(range(1, len(values) + 1), values, style, markersize=4, label=label)
            axis.set_xlim(0.5, max(self.num_epochs, 2) + 0.5)
            axis.set_xlabel("epoch")
            axis.set_title(panel, fontsize=10)
            axis.xaxis.get_major_locator().set_params(integer=True)
            axis.grid(alpha=0.3)
            axis.legend(fontsize=8)
        return plots.html(fig, self.alt())


@dataclass
class Show:
    """Draws a curve into one display of the notebook, seldom enough not to slow the training down.

    Args:
        curve: what to draw.
        clock: gives seconds.
        handle: the display, once there is one; None outside a notebook.
    """

    curve: Curve
    clock: Any = time.perf_counter
    handle: Any = None
    began: float = 0.0
    bar_drawn: float = 0.0
    curve_drawn: float = 0.0
    picture: str = ""

    def begin(self) -> None:
        """Open the display."""
        self.began = self.bar_drawn = self.clock()
        self.curve_drawn = self.began - SECONDS_BETWEEN_CURVES
        if in_notebook():
            from IPython.display import HTML, display

            self.handle = display(HTML(self.curve.bar(0.0, 0.0)), display_id=True)

    def batch(self, done: int, steps: int) -> None:
        """A batch has ended: `done` of `steps` of this epoch."""
        if steps and self.clock() - self.bar_drawn >= SECONDS_BETWEEN_BARS:
            self._draw((self.curve.epochs_done + done / steps) / self.curve.num_epochs)

    def epoch(self) -> None:
        """An epoch has ended."""
        if self.handle is not None and self.clock() - self.curve_drawn >= SECONDS_BETWEEN_CURVES:
            self._picture()
        self._draw(self.curve.epochs_done / self.curve.num_epochs)

    def end(self) -> None:
        """The training has ended, perhaps early: the last state stays on the page."""
        if self.handle is not None:
            self._picture()
        self._draw(1.0)

    def _picture(self) -> None:
        self.picture = self.curve.picture()
        self.curve_drawn = self.clock()

    def _draw(self, share: float) -> None:
        if self.handle is None:
            return
        from IPython.display import HTML

        self.bar_drawn = self.clock()
        self.handle.update(HTML(self.curve.bar(share, self.bar_drawn - self.began) + self.picture))


def in_notebook() -> bool:
    """Whether this runs in a Jupyter kernel, where displays can be updated."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return hasattr(get_ipython(), "kernel")


def _words(name: str) -> str:
    return f"validation {name[4:]}" if name.startswith("val_") else f"training {name}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
