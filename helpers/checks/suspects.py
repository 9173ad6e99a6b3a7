"""Which misconceptions a learner's answers point at, and which they refute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import explain
from .calls import Attempt
from .compare import Mismatch, Output, as_array, first_mismatch
from .parts import Case, Misconception


@dataclass(frozen=True)
class Failure:
    """A case that went wrong.

    Args:
        case: what was asked, with the expected value.
        result: what the call did.
        found: how the value differs; None after an error.
    """

    case: Case
    result: Attempt
    found: Mismatch | None


@dataclass
class Suspects:
    """The misconceptions of one function in the light of one learner's answers.

    Args:
        misconceptions: in the order in which they are tried.
        output: name and symbols of what the function returns.
        right: cases that the learner's function got right. A mistake that would have shown in one of them
            is refuted; one that would not have shown there is not.
    """

    misconceptions: Sequence[Misconception]
    output: Output
    right: list[Case] = field(default_factory=list)
    _refuted: dict[int, bool] = field(default_factory=dict)

    def behind(self, failures: Sequence[Failure]) -> dict[str, int]:
        """Names of the misconceptions behind the failures of one part, and how many failures each explains.

        Refuted ones are left out, unless nothing else speaks and one of them explains every failure: a mistake can
        also sit in one branch only.
        """
        counts: dict[str, int] = {}
        standing: set[str] = set()
        for failure in failures:
            names = self._of(failure)
            standing.update(name for name, refuted in names.items() if not refuted)
            for name in names:
                counts[name] = counts.get(name, 0) + 1
        if standing:
            return {name: count for name, count in counts.items() if name in standing}
        return {name: count for name, count in counts.items() if count == len(failures)}

    def of_error(self, error: BaseException, args: Sequence[Any]) -> list[str]:
        """Misconceptions that end in this error: the function's own, else a general one."""
        text = explain.headline(error)
        own = [m.name for m in self.misconceptions if m.raises and re.search(m.raises, text)]
        general = explain.misconception_of(error, args)
        return own or ([general] if general else [])

    def _of(self, failure: Failure) -> dict[str, bool]:
        """Names for one failure, and whether each is refuted."""
        result, found = failure.result, failure.found
        if result.error is not None:
            return dict.fromkeys(self.of_error(result.error, failure.case.args), False)
        names: dict[str, bool] = {}
        for index, misconception in enumerate(self.misconceptions):
            if self._would_give(misconception, failure.case, result.value):
                names[misconception.name] = names.get(misconception.name, True) and self._is_refuted(index)
        if names or found is None:
            return names
        if found.kind == "none" and result.value is None:
            return {"returns_none": False}
        if found.kind == "shape" and _is_one_number(result.value, failure.case.expected):
            return {"numpy_scalar": False}
        return {name: False for kind, name in _KINDS.items() if kind == found.kind}

    def _would_give(self, misconception: Misconception, case: Case, got: Any) -> bool:
        wrong = None if got is None else _given(misconception, case)
        if wrong is None or first_mismatch(got, wrong, self.output, scale=scale_of(case.args)) is not None:
            return False
        return self._differs(wrong, case)

    def _is_refuted(self, index: int) -> bool:
        if index not in self._refuted:
            wrongs = ((_given(self.misconceptions[index], case), case) for case in self.right)
            self._refuted[index] = any(wrong is not None and self._differs(wrong, case) for wrong, case in wrongs)
        return self._refuted[index]

    def _differs(self, wrong: Any, case: Case) -> bool:
        """Whether a misconception's value is really another one than the right value on this case."""
        scale, expected = scale_of(case.args), case.expected
        if isinstance(wrong, tuple) and isinstance(expected, tuple) and len(wrong) == len(expected):
            pairs = zip(wrong, expected, strict=True)
            return any(w is not ... and first_mismatch(w, e, Output("value"), scale=scale) for w, e in pairs)
        if isinstance(wrong, Mapping) and isinstance(expected, Mapping):
            shared = [key for key in wrong if key in expected]
            return any(first_mismatch(wrong[key], expected[key], Output("value"), scale=scale) for key in shared)
        return first_mismatch(wrong, expected, self.output, scale=scale) is not None


_KINDS = {"order": "tuple_order", "count": "value_count", "keys": "dict_keys", "nan": "not_a_number"}


def _given(misconception: Misconception, case: Case) -> Any:
    """What this mistake returns on a case; None where it has no meaning."""
    if misconception.gives is None:
        return None
    try:
        with np.errstate(all="ignore"):
            wrong = misconception.gives(*case.args)
    except Exception:  # this mistake has no meaning for these arguments
        return None
    return None if isinstance(wrong, tuple) and any(item is None for item in wrong) else wrong


def _is_one_number(value: Any, expected: Any) -> bool:
    got, wanted = as_array(value), as_array(expected)
    return got is not None and wanted is not None and wanted.ndim == 0 and got.size == 1


def scale_of(args: Iterable[Any]) -> float:
    """Typical size of the numbers in the arguments."""
    largest = 0.0
    for arg in args:
        if isinstance(arg, np.ndarray) and arg.dtype.kind in "fiu" and arg.size:
            largest = max(largest, float(np.max(np.abs(arg))))
    return largest
