"""Changes to a network's steps, of which mistakes are made: other options, steps left out, moved, put in, rewired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from .model_blueprint import Step, Steps, tidy, wired

Change = Callable[[Steps], Steps]


def setting(*names: str, **options: Any) -> Change:
    """Other options for the steps of these names."""
    return lambda steps: tuple(step.but(**options) if step.name in names else step for step in steps)


def without(*names: str) -> Change:
    """The network without these steps: what took their output takes their (first) input."""

    def change(steps: Steps) -> Steps:
        every = wired(steps)
        for name in names:
            gone = [step for step in every if step.name == name]
            every = tuple(step for step in every if step.name != name)
            every = _renamed(every, {name: gone[0].inputs[0]}) if gone else every
        return tidy(every)

    return change


def moved(name: str, *, after: str) -> Change:
    """One step at another place: it takes the output of `after`, and what took that takes its own."""

    def change(steps: Steps) -> Steps:
        mine = [step for step in steps if step.name == name]
        rest = without(name)(steps)
        return inserted(mine[0], after=after)(rest) if mine and after in {step.name for step in rest} else steps

    return change


def inserted(step: Step, *, after: str, before: str | None = None) -> Change:
    """One step more.

    Args:
        step: what to put in.
        after: the step, or "X", whose output it takes.
        before: the only step that takes its output instead; left out, every step that took the output of `after`.
    """

    def change(steps: Steps) -> Steps:
        every = wired(steps)
        later = [s.name for s in every if after in s.inputs and before in (None, s.name)]
        if not later:
            if not every or every[-1].name != after or before is not None:
                return steps
            return tidy((*every, step.of(after)))
        result: list[Step] = []
        for old in every:
            if old.name == later[0]:
                result.append(step.of(after))
            result.append(*_renamed((old,), {after: step.name}) if old.name in later else (old,))
        return tidy(result)

    return change


def rewired(name: str, *inputs: str) -> Change:
    """One step on the outputs of other steps; what nothing takes any more is left out."""
    return lambda steps: tidy(step.of(*inputs) if step.name == name else step for step in wired(steps))


def replaced(name: str, step: Step) -> Change:
    """Another step in the place of one, on the same inputs."""

    def change(steps: Steps) -> Steps:
        every = tuple(step.of(*old.inputs) if old.name == name else old for old in wired(steps))
        return tidy(_renamed(every, {name: step.name}))

    return change


def together(*changes: Change) -> Change:
    """Several changes as one."""

    def change(steps: Steps) -> Steps:
        for each in changes:
            steps = each(steps)
        return steps

    return change


def groups(names: Sequence[str]) -> list[tuple[str, ...]]:
    """All names together first, then each alone."""
    return [tuple(names)] + [(name,) for name in names if len(names) > 1]


def _renamed(steps: Steps, names: dict[str, str]) -> Steps:
    return tuple(replace(step, inputs=tuple(names.get(name, name) for name in step.inputs)) for step in steps)
