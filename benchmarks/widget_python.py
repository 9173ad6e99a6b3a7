"""What goes by way of Python: the learner's own function at a click, and an optimisation that is watched."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass

from benchmarks.widget_lab import SHOWN, Screen

_AFTER = SHOWN + 1
_FUNCTION = '''import time

import numpy as np
from helpers import widgets

rng = np.random.default_rng(0)
image, kernel = rng.integers(0, 9, (9, 9)), rng.integers(-2, 3, (3, 3))


def conv_forward(A_prev, W, b, hparameters):
    """A convolution with four loops, as one writes it first."""
    stride, pad, f = hparameters["stride"], hparameters["pad"], len(W)
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    n_H, n_W = ((n - f) // stride + 1 for n in padded.shape[1:3])
    Z = np.zeros((len(padded), n_H, n_W, W.shape[3]))
    for m, h, w, c in np.ndindex(Z.shape):
        window = padded[m, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[m, h, w, c] = (window * W[..., c]).sum() + b[0, 0, 0, c]
    return Z, None'''
_TIMED = """times = []
for _ in range(10):
    started = time.perf_counter()
    conv_forward(image[None, :, :, None], kernel[:, :, None, None], np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    times.append(1000 * (time.perf_counter() - started))
print(sorted(times)[5])"""

_STUDIO = '''import numpy as np
from helpers import data, widgets

contents, styles = ({name: data.photograph(name, size=192)} for name in ("coffee", "chelsea"))
work = np.random.default_rng(0).normal(size=(300, 300)).astype(np.float32)


def step(generated, choice):
    """Walk from the content to the style, with some work on the way: about as much as a small network asks for."""
    for _ in range(8):
        work @ work
    generated = generated + 0.01 * (choice.style - generated)
    return generated, {"total": float(((generated - choice.style) ** 2).mean())}


studio = widgets.style_studio(contents, styles)'''
_ACCOUNT = """seconds, shown = studio._progress.seconds, studio._progress.shown_seconds
print(studio._progress.steps / seconds, 100 * shown / seconds, studio.best is not None)"""

# By name: the notebook's cells, and what its pictures are.
NOTEBOOKS = {
    "function": ((_FUNCTION, "widgets.convolution_stepper(image, kernel, function=conv_forward)", _TIMED), "canvas"),
    "studio": ((_STUDIO, "studio", "studio.run(step, steps=1_000_000)", _ACCOUNT), "image"),
}


@dataclass(frozen=True)
class Asked:
    """Milliseconds from a click on "run my conv_forward" to the answer on the page, and of the function by itself."""

    answered: float
    alone: float


@dataclass(frozen=True)
class Watched:
    """A run of the style studio.

    Args:
        shown: new pictures a second.
        steps: a second.
        share: percent of the loop's time spent on showing.
        stopped: milliseconds from Interrupt to the result in the view.
        kept: whether the best picture is there afterwards.
    """

    shown: float
    steps: float
    share: float
    stopped: float
    kept: bool


def ask_function(screen: Screen, repeats: int) -> Asked:
    """Click so often, and read when the view has its answer.

    Raises:
        RuntimeError: the view complains.
    """
    screen.front()
    screen.show_without_picture()
    page = screen.page
    run = page.get_by_role("button", name="run my conv_forward")
    times = []
    for _ in range(1 + repeats):
        page.evaluate(
            """() => {
              const said = document.querySelector('.rf-said');
              rfWatch.answered = 0;
              const seen = new MutationObserver(() => {
                if (/gives the same|departs/.test(said.textContent)) rfWatch.answered = performance.now();
              });
              seen.observe(said, { childList: true, characterData: true, subtree: true });
            }"""
        )
        run.click()
        try:
            page.wait_for_function("() => rfWatch.answered", polling=5, timeout=10_000)
        except Exception as error:
            raise RuntimeError(f"no answer: {page.locator('.rf-problem').first.inner_text()}") from error
        times.append(float(page.evaluate("() => rfWatch.answered - rfWatch.click")))
    screen.lab.run(_AFTER)
    return Asked(statistics.median(times[1:]), float(screen.lab.output_text(_AFTER)))


def watch_studio(screen: Screen, seconds: float) -> Watched:
    """Let it run, count the pictures, and interrupt it.

    Raises:
        RuntimeError: nothing runs.
    """
    screen.front()
    screen.show_without_picture()
    page = screen.page
    page.evaluate("() => rfWatch.reset('image')")
    screen.lab.select(_AFTER)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-cell') }")
    screen.wait_for_picture(0)
    page.evaluate("() => rfWatch.clear()")
    started = time.perf_counter()
    page.wait_for_timeout(1000 * seconds)
    pictures = page.evaluate("() => rfWatch.pictures.filter((one) => one.painted).length")
    shown = float(pictures) / (time.perf_counter() - started)
    since = page.evaluate(
        "() => { window.jupyterapp.commands.execute('notebook:interrupt-kernel'); return performance.now() }"
    )
    over = "() => /^Interrupted/.test(document.querySelector('.rf-said').textContent) && performance.now()"
    stopped = float(page.wait_for_function(over, polling=5, timeout=20_000).json_value()) - float(since)
    page.wait_for_timeout(1000)
    screen.lab.run(_AFTER + 1)
    words = re.split(r"\s+", screen.lab.output_text(_AFTER + 1).strip())
    return Watched(shown, float(words[0]), float(words[1]), stopped, words[2] == "True")
