"""What a pass over a model's check has found so far, and the report that is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import calls, explain
from .model_building import call_text
from .parts import Call
from .report import Outcome, Report

if TYPE_CHECKING:
    from .model_check import Build, ModelCheck

IS_A_MODEL, IS_A_TENSOR = "returns a Keras model", "returns a tensor that comes of X"
SHAPES, SIZES, FULL = "input and output shape", "parameters of each layer", "the network in full size, counted"
TRAINING, OTHER = "normalises by the batch while training", "other arguments"


def comes_back(check: ModelCheck) -> str:
    """Name of the part on what the function returns."""
    return IS_A_TENSOR if check.from_tensor else IS_A_MODEL


@dataclass
class Telling:
    """What was found with one seed.

    Args:
        check: what is looked for.
        fn: the learner's function.
        seed: None for the public weights, which may be shown.
        told: for each part that fails, what is wrong with it and the name of its hint.
        looked_at: parts that were looked at.
        hints: names of the mistakes found.
    """

    check: ModelCheck
    fn: Call
    seed: int | None
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    hints: list[str] = field(default_factory=list)

    @property
    def secret(self) -> bool:
        """Whether nothing that the model gave may be shown."""
        return self.seed is not None or calls.is_far(self.fn)

    def call(self, build: Build) -> str:
        """A call as a message shows it."""
        return call_text(self.check, build, secret=self.secret)

    def fail(self, part: str, text: str, *hints: str) -> None:
        """A part fails: what is to be seen of it, and the names of the mistakes behind it."""
        names = [name for name in hints if name]
        self.hints += names
        shown = [] if self.secret else [text]
        shown += [self.check.hint_text(name) for name in names]
        message = "\n".join(filter(None, shown)) or explain.unseen(self.seed)
        self.told[part] = (message, names[0] if names else "")

    def outcomes(self) -> Iterator[Outcome]:
        """One a part, in the order of the report."""
        for name, weight in self.check.parts:
            if name in self.told:
                message, hint = self.told[name]
                yield Outcome(name, "failed", message, weight, hint)
            elif name in self.looked_at:
                yield Outcome(name, "passed", weight=weight)
            else:
                yield Outcome(name, "unchecked", "It waits for a first right value.", weight)

    def not_written(self) -> Report:
        """One message instead of the same one under every part."""
        text = self.check.hint_text("not_written")
        outcomes = [
            Outcome(name, "failed", "" if index else text, weight, "not_written")
            for index, (name, weight) in enumerate(self.check.parts)
        ]
        return Report(self.check.name, tuple(outcomes), ("not_written",))
