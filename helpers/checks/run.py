"""One pass over the parts of a check with one seed: call, compare, explain, report."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from . import calls, explain
from .compare import Mismatch, Output, as_array, first_mismatch
from .parts import Call, Case, Law, Misconception, Values, Violation
from .report import Outcome, Report

if TYPE_CHECKING:
    from .check import Check


class CallFailed(Exception):
    """The learner's function raised inside a law."""

    def __init__(self, error: BaseException, args: tuple[Any, ...]) -> None:
        super().__init__(str(error))
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

    def report(self) -> Report:
        """Run every part and collect the outcomes."""
        outcomes: list[Outcome] = []
        stream = [0] if self.seed is None else [1, self.seed]
        for index, part in enumerate(self.check.parts):
            rng = np.random.default_rng([*stream, zlib.crc32(self.check.name.encode()), index])
            if isinstance(part, Values):
                outcomes.append(self._values(part, rng))
            elif any(o.status == "passed" for o in outcomes):
                outcomes.append(self._law(part, rng))
            else:
                outcomes.append(Outcome(part.name, "unchecked", "It waits for a first right value.", part.weight))
            if outcomes[-1].hint == "not_written":
                return self._not_written()
        if self.check.keeps_inputs:
            outcomes.append(self._inputs_outcome(outcomes))
        hints = sorted(self.explained, key=lambda name: -self.explained[name])
        return Report(self.check.name, tuple(outcomes), tuple(hints))

    @property
    def secret(self) -> bool:
        """Whether the inputs, and what was expected of them, must not be shown."""
        return self.seed is not None

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

    def _inputs_outcome(self, outcomes: Sequence[Outcome]) -> Outcome:
        if self.changed:
            self._count("changes_input", 1)
            text = f"It changed {', '.join(sorted(self.changed))}.\n{self.check.hint_text('changes_input')}"
            return Outcome(_KEEPS, "failed", text, _KEEPS_WEIGHT, "changes_input")
        if not any(o.status == "passed" for o in outcomes):
            return Outcome(_KEEPS, "unchecked", "It waits for a first right value.", _KEEPS_WEIGHT)
        return Outcome(_KEEPS, "passed", weight=_KEEPS_WEIGHT)

    def _call(self, args: tuple[Any, ...]) -> calls.Attempt:
        result = calls.attempt(self.fn, args, quiet=self.secret)
        names = self.check.argument_names
        self.changed.update(names[i] if i < len(names) else f"argument {i + 1}" for i in result.changed)
        return result

    def _values(self, part: Values, rng: np.random.Generator) -> Outcome:
        failures: list[tuple[Case, calls.Attempt, Mismatch | None]] = []
        for case in part.cases(rng):
            expected = self.check.oracle(*case.args) if case.expected is None else case.expected
            case = replace(case, expected=expected)
            result = self._call(case.args)
            if result.error is not None:
                failures.append((case, result, None))
                if isinstance(result.error, NotImplementedError):
                    break
                continue
            found = first_mismatch(result.value, expected, self.check.output, scale=_scale(case.args))
            if found:
                failures.append((case, result, found))
        if not failures:
            return Outcome(part.name, "passed", weight=part.weight)
        hint = self._explain_failures(failures)
        case, result, found = min(failures, key=lambda failure: _size(failure[0].args))
        if hint in self.shown:
            return Outcome(part.name, "failed", _AS_ABOVE, part.weight, hint)
        self.shown.add(hint or part.name)
        lines = [] if self.secret else [self._what_happened(case, result, found)]
        lines.append(self.check.hint_text(hint) or ("It fails on inputs you have not seen." if self.secret else ""))
        picture = found.picture if found and not self.secret else None
        return Outcome(part.name, "failed", "\n".join(filter(None, lines)), part.weight, hint, picture)

    def _what_happened(self, case: Case, result: calls.Attempt, found: Mismatch | None) -> str:
        where = f"For {describe(self.check.argument_names, case.args)}:" if case.args else "Called as it is:"
        if result.error is not None:
            return f"{where}\n{explain.error_text(result.error, self.fn, case.args)}"
        return f"{where}\n{found.text if found else ''}"

    def _explain_failures(self, failures: Sequence[tuple[Case, calls.Attempt, Mismatch | None]]) -> str:
        """The misconception that explains most failures of a part, or ""."""
        counts: dict[str, int] = {}
        for case, result, found in failures:
            for name in self._explanations(case, result, found):
                counts[name] = counts.get(name, 0) + 1
        for name, count in counts.items():
            self._count(name, count)
        return max(counts, key=lambda name: counts[name]) if counts else ""

    def _count(self, name: str, count: int) -> None:
        self.explained[name] = self.explained.get(name, 0) + count

    def _explanations(self, case: Case, result: calls.Attempt, found: Mismatch | None) -> list[str]:
        if result.error is not None:
            text = explain.headline(result.error)
            own = [m.name for m in self.check.misconceptions if m.raises and re.search(m.raises, text)]
            general = explain.misconception_of(result.error, case.args)
            return own or ([general] if general else [])
        names = [m.name for m in self.check.misconceptions if self._would_give(m, case, result.value)]
        if names or found is None:
            return names
        if found.kind == "none" and result.value is None:
            return ["returns_none"]
        if found.kind == "shape" and _is_one_number(result.value, case.expected):
            return ["numpy_scalar"]
        return [name for kind, name in _KINDS.items() if kind == found.kind]

    def _would_give(self, misconception: Misconception, case: Case, got: Any) -> bool:
        if misconception.gives is None or got is None:
            return False
        try:
            with np.errstate(all="ignore"):
                wrong = misconception.gives(*case.args)
        except Exception:  # this mistake has no meaning for these arguments
            return False
        scale = _scale(case.args)
        if wrong is None or (isinstance(wrong, tuple) and any(item is None for item in wrong)):
            return False
        if first_mismatch(got, wrong, self.check.output, scale=scale) is not None:
            return False
        return _differs(wrong, case.expected, self.check.output, scale)

    def _law(self, part: Law, rng: np.random.Generator) -> Outcome:
        def call(*args: Any) -> Any:
            result = self._call(args)
            if result.error is not None:
                raise CallFailed(result.error, args)
            return result.value

        try:
            violation = part.judge(call, rng)
        except CallFailed as failure:
            text = explain.error_text(failure.error, self.fn, failure.call_args)
            text = f"For {describe(self.check.argument_names, failure.call_args)}:\n{text}"
            violation = Violation(text, explain.misconception_of(failure.error, failure.call_args))
        if violation is None:
            return Outcome(part.name, "passed", weight=part.weight)
        if violation.hint:
            self._count(violation.hint, 1)
        lines = [] if self.secret else [violation.text]
        lines.append(self.check.hint_text(violation.hint))
        message = "\n".join(filter(None, lines)) or "It fails on inputs you have not seen."
        return Outcome(part.name, "failed", message, part.weight, violation.hint)


_KEEPS = "leaves its inputs unchanged"
_KEEPS_WEIGHT = 0.5
_AS_ABOVE = "The same mistake as above."
_KINDS = {"order": "tuple_order", "count": "value_count", "keys": "dict_keys", "nan": "not_a_number"}


def _differs(wrong: Any, expected: Any, output: Output, scale: float) -> bool:
    """Whether a misconception's value is really another one than the right value on this case."""
    if isinstance(wrong, tuple) and isinstance(expected, tuple) and len(wrong) == len(expected):
        pairs = zip(wrong, expected, strict=True)
        return any(w is not ... and first_mismatch(w, e, Output("value"), scale=scale) for w, e in pairs)
    if isinstance(wrong, Mapping) and isinstance(expected, Mapping):
        shared = [key for key in wrong if key in expected]
        return any(first_mismatch(wrong[key], expected[key], Output("value"), scale=scale) for key in shared)
    return first_mismatch(wrong, expected, output, scale=scale) is not None


def _is_one_number(value: Any, expected: Any) -> bool:
    got, wanted = as_array(value), as_array(expected)
    return got is not None and wanted is not None and wanted.ndim == 0 and got.size == 1


def _scale(args: Iterable[Any]) -> float:
    """Typical size of the numbers in the arguments."""
    largest = 0.0
    for arg in args:
        if isinstance(arg, np.ndarray) and arg.dtype.kind in "fiu" and arg.size:
            largest = max(largest, float(np.max(np.abs(arg))))
    return largest


def _size(args: Iterable[Any]) -> int:
    return sum(int(np.size(arg)) if isinstance(arg, np.ndarray) else 1 for arg in args)


def describe(names: Sequence[str], args: Sequence[Any]) -> str:
    """Arguments in a few words: shapes for arrays, values for the rest."""
    labels = list(names) + [f"argument {i + 1}" for i in range(len(names), len(args))]
    return ", ".join(f"{label} {_brief(arg)}" for label, arg in zip(labels, args, strict=False))


def _brief(arg: Any) -> str:
    if isinstance(arg, np.ndarray):
        return f"of shape {arg.shape}" if arg.size > 9 or arg.ndim > 2 else f"= {arg.tolist()}"
    if isinstance(arg, Mapping):
        return "= " + repr(dict(arg))
    if isinstance(arg, (tuple, list)) and any(isinstance(item, np.ndarray) for item in arg):
        return "(" + ", ".join(_brief(item) for item in arg) + ")"
    text = repr(arg)
    return f"= {text if len(text) <= 80 else text[:79] + '…'}"
