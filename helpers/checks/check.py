"""The check of one graded function: what a learner meets as `checks.<name>`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import calls, explain
from .compare import Output, kind_of
from .parts import Call, Law, Misconception, Values
from .report import Report
from .run import Run


@dataclass(frozen=True)
class Check:
    """Everything known about one graded function. Call it: `check(fn)` or `check(fn, seed=7)`.

    Args:
        signature: as the learner sees it, for example "zero_pad(X, pad)".
        output: name and symbols of what is returned; a tuple is written "(Z, cache)".
        oracle: computes the right value by another road than the one taught; also the stand-in for other checks.
        parts: what is looked at, in the order of the report. At least one is Values.
        misconceptions: named wrong answers, tried in this order.
        needs: other graded functions that this one may call.
        keeps_inputs: also check that arguments are left unchanged.
    """

    signature: str
    output: Output
    oracle: Call
    parts: tuple[Values | Law, ...]
    misconceptions: tuple[Misconception, ...] = ()
    needs: tuple[str, ...] = ()
    keeps_inputs: bool = True

    @property
    def name(self) -> str:
        """Name of the graded function."""
        return self.signature.partition("(")[0]

    @property
    def argument_names(self) -> tuple[str, ...]:
        """Names of the positional arguments in the signature."""
        inside = self.signature.partition("(")[2].rstrip(")")
        return tuple(part.partition("=")[0].strip() for part in inside.split(",") if part.strip())

    def hint_text(self, name: str) -> str:
        """What to look at for a misconception of this function, or a general one."""
        return explain.hint_text(name, self.misconceptions)

    def __call__(self, fn: Call, *, seed: int | None = None) -> Report:
        """Check a learner's function.

        Args:
            fn: the function itself.
            seed: left out, the public cases, reported with their values; given, fresh cases, reported without any.

        Returns:
            A report with the same parts in the same order for every seed.

        Raises:
            TypeError: `fn` is not callable.
        """
        if not callable(fn):
            raise explain.no_function(self.name, kind_of(fn))
        first = Run(self, fn, seed).report()
        broken = {} if first.passed else self._broken_needs(fn)
        if not broken:
            return first
        names = " and ".join(broken)
        if not (calls.is_far(fn) or hasattr(calls.plain(fn), "__globals__")):
            return _unchecked(first, f"{names} fails its own check. Mend it first.")
        with calls.replaced_names(fn, broken):
            second = Run(self, fn, seed).report()
        if second.score < first.score:
            return first  # it makes up for what its helper lacks
        note = f"Judged with a correct {names}, because yours does not pass its own check yet."
        return replace(second, note=note)

    def _broken_needs(self, fn: Call) -> dict[str, Call]:
        """Correct stand-ins for those functions that `fn` calls and that fail their own check."""
        from . import find

        used = calls.names_used(fn)
        broken = {}
        for name in self.needs:
            theirs, check = calls.global_value(fn, name), find(name)
            if name not in used or not isinstance(check, Check):
                continue  # a model has no stand-in
            if not (callable(theirs) and check(theirs).passed):
                broken[name] = check.oracle
        return broken


def _unchecked(report: Report, why: str) -> Report:
    outcomes = tuple(
        o if o.status == "passed" else replace(o, status="unchecked", message=why, hint="", picture=None)
        for o in report.outcomes
    )
    return Report(report.function, outcomes)
