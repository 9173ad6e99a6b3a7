"""One pass over the parts of a check with one seed: call, compare, explain, report."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from . import calls, explain
from .compare import first_mismatch, kind_of
from .parts import Call, Law, Values, Violation
from .report import Outcome, Report
from .suspects import Failure, Suspects, scale_of
from .words import describe

if TYPE_CHECKING:
    from .check import Check


class CallFailed(Exception):
    """The learner's function raised inside a law."""

    def __init__(self, error: BaseException, args: tuple[Any, ...]) -> None:
        super().__init__()
        self.error = error
        self.call_args = args


@dataclass
class Run:
    """One pass over the parts of a check with one seed."""

    check: Check
    fn: Call
    seed: int | None
    changed: set[str] = field(default_factory=set)
    explained: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.suspects = Suspects(self.check.misconceptions, self.check.output)

    def report(self) -> Report:
        """Run every part and collect the outcomes."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # an odd answer may overflow where it is compared
            return self._report()

    def _report(self) -> Report:
        """Call everything first: what a learner got right later still speaks against a mistake seen earlier."""
        failures = {i: self._failures(part, i) for i, part in enumerate(self.check.parts) if isinstance(part, Values)}
        if not self.suspects.right and all(_is_stub(failure) for part in failures.values() for failure in part):
            return self._not_written()
        started = not all(failures.values())
        outcomes: list[Outcome] = []
        for index, part in enumerate(self.check.parts):
            if isinstance(part, Values):
                outcomes.append(self._values(part, failures[index]))
            elif started:
                outcomes.append(self._law(part, self._rng(index)))
            else:
                outcomes.append(Outcome(part.name, "unchecked", _WAITS, part.weight))
        if self.check.keeps_inputs:
            outcomes.append(self._inputs_outcome(started))
        hints = sorted(self.explained, key=lambda name: -self.explained[name])
        return Report(self.check.name, tuple(outcomes), tuple(hints))

    @property
    def secret(self) -> bool:
        """Whether the inputs, and what was made of them, must not be shown."""
        return self.seed is not None or calls.is_far(self.fn)

    def _rng(self, index: int) -> np.random.Generator:
        stream = [0] if self.seed is None else [1, self.seed]
        return np.random.default_rng([*stream, zlib.crc32(self.check.name.encode()), index])

    def _not_written(self) -> Report:
        """One message instead of the same one under every part."""
        text = self.check.hint_text("not_written")
        weight = [part.weight for part in self.check.parts]
        names = [part.name for part in self.check.parts]
        outcomes = [Outcome(names[0], "failed", text, weight[0], "not_written")]
        outcomes += [Outcome(n, "failed", "", w, "not_written") for n, w in zip(names[1:], weight[1:], strict=True)]
        if self.check.keeps_inputs:
            outcomes.append(Outcome(_KEEPS, "failed", "", _KEEPS_WEIGHT, "not_written"))
        return Report(self.check.name, tuple(outcomes), ("not_written",))

    def _inputs_outcome(self, started: bool) -> Outcome:
        if self.changed:
            self._count("changes_input", 1)
            text = f"It changed {', '.join(sorted(self.changed))}.\n{self.check.hint_text('changes_input')}"
            return Outcome(_KEEPS, "failed", text, _KEEPS_WEIGHT, "changes_input")
        if not started:
            return Outcome(_KEEPS, "unchecked", _WAITS, _KEEPS_WEIGHT)
        return Outcome(_KEEPS, "passed", weight=_KEEPS_WEIGHT)

    def _call(self, args: tuple[Any, ...]) -> calls.Attempt:
        result = calls.attempt(self.fn, args, quiet=self.secret)
        names = self.check.argument_names
        self.changed.update(names[i] if i < len(names) else f"argument {i + 1}" for i in result.changed)
        return result

    def _failures(self, part: Values, index: int) -> list[Failure]:
        failures = []
        for case in part.cases(self._rng(index)):
            expected = self.check.oracle(*case.args) if case.expected is None else case.expected
            case = replace(case, expected=expected)
            result = self._call(case.args)
            found = None
            if result.error is None:
                found = first_mismatch(result.value, expected, self.check.output, scale=scale_of(case.args))
            if result.error is None and found is None:
                self.suspects.right.append(case)
            else:
                failures.append(Failure(case, result, found))
        return failures

    def _values(self, part: Values, failures: Sequence[Failure]) -> Outcome:
        if not failures:
            return Outcome(part.name, "passed", weight=part.weight)
        counts = self.suspects.behind(failures)
        for name, count in counts.items():
            self._count(name, count)
        hint = max(counts, key=lambda name: counts[name]) if counts else ""
        if hint in self.shown:
            return Outcome(part.name, "failed", _AS_ABOVE, part.weight, hint)
        self.shown.add(hint or part.name)
        failure = min(failures, key=lambda failure: _size(failure.case.args))
        lines = [] if self.secret else [self._what_happened(failure)]
        lines.append(self.check.hint_text(hint) or (explain.unseen(self.seed) if self.secret else ""))
        picture = failure.found.picture if failure.found and not self.secret else None
        return Outcome(part.name, "failed", "\n".join(filter(None, lines)), part.weight, hint, picture)

    def _what_happened(self, failure: Failure) -> str:
        args = failure.case.args
        if failure.result.error is not None:
            return self._where(args) + explain.error_text(failure.result.error, self.fn, args)
        return self._where(args) + (failure.found.text if failure.found else "")

    def _where(self, args: tuple[Any, ...]) -> str:
        return f"For {describe(self.check.argument_names, args)}:\n" if args else "Called as it is:\n"

    def _count(self, name: str, count: int) -> None:
        self.explained[name] = self.explained.get(name, 0) + count

    def _law(self, part: Law, rng: np.random.Generator) -> Outcome:
        last: list[Any] = [None]

        def call(*args: Any) -> Any:
            result = self._call(args)
            if result.error is not None:
                raise CallFailed(result.error, args)
            last[0] = result.value
            return result.value

        try:
            violation = part.judge(call, rng)
        except CallFailed as failure:
            text = self._where(failure.call_args) + explain.error_text(failure.error, self.fn, failure.call_args)
            violation = Violation(text, next(iter(self.suspects.of_error(failure.error, failure.call_args)), ""))
        except Exception:  # judges expect arrays, and learners return anything
            violation = Violation(f"It returned {kind_of(last[0])} here: compare with the docstring.")
        if violation is None:
            return Outcome(part.name, "passed", weight=part.weight)
        if violation.hint:
            self._count(violation.hint, 1)
        lines = [] if self.secret else [violation.text]
        lines.append(self.check.hint_text(violation.hint))
        message = "\n".join(filter(None, lines)) or explain.unseen(self.seed)
        return Outcome(part.name, "failed", message, part.weight, violation.hint)


_KEEPS = "leaves its inputs unchanged"
_KEEPS_WEIGHT = 0.5
_AS_ABOVE = "The same mistake as above."
_WAITS = "It waits for a first right value."


def _is_stub(failure: Failure) -> bool:
    return isinstance(failure.result.error, NotImplementedError)


def _size(args: Iterable[Any]) -> int:
    return sum(int(np.size(arg)) if isinstance(arg, np.ndarray) else 1 for arg in args)
