"""One pass over the parts of a model's check: build, put random weights in, compare, name the mistakes, report."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from . import calls, explain
from .compare import Output, first_mismatch
from .model_blueprint import Steps
from .model_building import Blocks, Stop, built, call_text, counted
from .model_diagnosis import Finding, Probe, could_be, diagnose, differing_layers, probe
from .model_subject import Subject
from .model_weights import silent_weights
from .parts import Call
from .report import Outcome, Report

if TYPE_CHECKING:
    from .model_check import Build, ModelCheck, SilentLaw

Rng = np.random.Generator
IS_A_MODEL, IS_A_TENSOR = "returns a Keras model", "returns a tensor that comes of X"
SHAPES, SIZES, FULL = "input and output shape", "parameters of each layer", "the network in full size, counted"
TRAINING, OTHER = "normalises by the batch while training", "other arguments"


def comes_back(check: ModelCheck) -> str:
    """Name of the part on what the function returns."""
    return IS_A_TENSOR if check.from_tensor else IS_A_MODEL


@dataclass
class ModelRun:
    """One pass over the parts of a model's check with one seed.

    Args:
        check: what is looked for.
        fn: the learner's function.
        seed: None for the public weights, which may be shown.
        blocks: recipes of correct blocks, to stand in for the learner's broken ones.
        told: for each part that fails, what is wrong with it and the name of its hint.
        looked_at: parts that were looked at.
        hints: names of the mistakes found.
        unknown: whether the plain call's model is explained by no named mistake.
    """

    check: ModelCheck
    fn: Call
    seed: int | None
    blocks: Blocks = field(default_factory=dict)
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    hints: list[str] = field(default_factory=list)
    unknown: bool = False

    @property
    def secret(self) -> bool:
        """Whether nothing that the model gave may be shown."""
        return self.seed is not None or calls.is_far(self.fn)

    def report(self) -> Report:
        """Build, look, tell."""
        stream = [0] if self.seed is None else [1, self.seed]
        rng = np.random.default_rng([*stream, zlib.crc32(self.check.name.encode())])
        varied = self.check.varied(rng) if self.check.varied is not None else None
        try:
            self._plain(rng)
        except Stop as stop:
            if stop.hint == "not_written":
                return self._not_written()
            self._fail(comes_back(self.check), str(stop), stop.hint)
        else:
            if varied is not None:
                self._varied(varied, rng)
            if self.check.full is not None:
                self._full(self.check.full)
        return Report(self.check.name, tuple(self._outcomes()), tuple(dict.fromkeys(self.hints)))

    # ---- the two builds ------------------------------------------------------------------------------------

    def _plain(self, rng: Rng) -> None:
        build = self.check.plain
        subject = built(self.check, self.fn, build, self.blocks, secret=self.secret)
        self.looked_at |= {comes_back(self.check), SHAPES}
        self._shapes(subject, build)
        seen = self._probed(subject, build, rng)
        finding = self._diagnosed(seen, build)
        self.looked_at.add(SIZES)
        self._sizes(seen, build.steps, finding)
        self.looked_at.update(aspect.name for aspect in self.check.aspects)
        self._aspects(seen, build.steps, finding)
        if self.check.normalises:
            self._training(seen, finding)
        for law in self.check.laws:
            if finding is not None or SIZES not in self.told:
                self._law(law, subject, seen, finding)

    def _varied(self, build: Build, rng: Rng) -> None:
        self.looked_at.add(OTHER)
        try:
            subject = built(self.check, self.fn, build, self.blocks, secret=self.secret)
            wrong = self._ignored_argument(subject, build)
            if wrong:
                self._fail(OTHER, *wrong)
                return
            seen = self._probed(subject, build, rng)
        except Stop as stop:
            self._fail(OTHER, str(stop), stop.hint)
            return
        if self.unknown:  # the same mistake is in here, too, and the shapes are right
            return
        finding = self._diagnosed(seen, build)
        if finding is not None:
            self._blame(finding)
        else:
            self._fail(
                OTHER,
                f"{self._call_text(build)} gives another output than its description.",
                "",
            )

    def _ignored_argument(self, subject: Subject, build: Build) -> tuple[str, str] | None:
        """What to say where the model has the shape of the plain call, whatever was asked for."""
        plain = self.check.plain
        output_hint = "arguments_ignored" if self.check.from_tensor else "classes_ignored"
        shapes = (
            (subject.input_shape, plain.input_shape, build.input_shape, "input_shape_ignored"),
            (subject.output_shape, plain.output_shape, build.output_shape, output_hint),
        )
        for mine, before, wanted, hint in shapes:
            if mine == before != wanted:
                return (
                    f"{self._call_text(build)} has the shape {mine}, expected {wanted}.",
                    hint,
                )
        return None

    def _full(self, build: Build) -> None:
        self.looked_at.add(FULL)
        try:
            wrong = counted(self.check, self.fn, build, self.blocks, secret=self.secret)
        except Stop as stop:
            self._fail(FULL, str(stop), stop.hint)
            return
        if wrong:
            hints = [self.told[part][1] for part in (SIZES, SHAPES) if part in self.told]
            self._fail(FULL, "\n".join([f"{self._call_text(build)}:", *wrong]), *hints[:1])

    def _diagnosed(self, seen: Probe, build: Build) -> Finding | None:
        check = self.check
        return diagnose(seen, build.steps, check.mistakes, also_right=check.also_right, most=check.most_outputs)

    def _probed(self, subject: Subject, build: Build, rng: Rng) -> Probe:
        shape = subject.input_shape
        known = shape is not None and len(shape) == 3 and all(shape)
        try:
            return probe(subject, shape if known and shape else build.input_shape, rng, training=self.check.normalises)
        except Exception as error:
            text = f"Called on a batch of pictures, the model raised {explain.headline(error)}"
            raise Stop(text, "no_input_shape" if shape is None else "") from None

    # ---- the parts -----------------------------------------------------------------------------------------

    def _shapes(self, subject: Subject, build: Build) -> None:
        wanted = build.output_shape
        if subject.input_shape is None:
            text = f"The model knows no input shape, expected {('m', *build.input_shape)}."
            self._fail(SHAPES, text.replace("'", ""), "no_input_shape")
        elif subject.input_shape != build.input_shape:
            text = f"The model takes pictures of {subject.input_shape}, expected {build.input_shape}."
            self._fail(SHAPES, text, "wrong_input_shape")
        elif subject.output_shape is not None and subject.output_shape != wanted:
            text = f"One picture gives an output of shape {subject.output_shape}, expected {wanted}."
            self._fail(SHAPES, text, "wrong_output_shape")

    def _sizes(self, seen: Probe, right: Steps, finding: Finding | None) -> None:
        try:
            rows = differing_layers(right, finding.steps if finding else None, seen)
        except (ValueError, IndexError):  # the description does not fit the model's input at all
            rows = [("The layers cannot be those of the description on such an input.", "wrong_layers")]
        if rows:
            hints = list(dict.fromkeys(hint for _, hint in rows if hint))
            follows = [] if hints else ["It follows from a mistake named below."]
            self._fail(SIZES, "\n".join([text for text, _ in rows[:3]] + follows), *hints)

    def _aspects(self, seen: Probe, right: Steps, finding: Finding | None) -> None:
        if finding is not None:
            self._blame(finding)
            return
        text = "With the same random weights in every layer, the output differs from that of the description."
        found = seen.mismatch(right) if could_be(right, seen) else None
        text += f"\n{found.text}" if found else ""
        self.unknown = True
        first, *others = self.check.aspects
        self._fail(first.name, text, "")
        for aspect in others:
            if aspect.holds is None:
                self.looked_at.discard(aspect.name)
            elif not aspect.holds(seen.output):
                self._fail(aspect.name, "", next(m.name for m in self.check.mistakes if m.part == aspect.name))

    def _training(self, seen: Probe, finding: Finding | None) -> None:
        if finding is None:
            return
        self.looked_at.add(TRAINING)
        if not any(step.kind == "norm" for step in finding.steps):
            self._fail(TRAINING, "There is no batch normalisation.", *(m.name for m in finding.mistakes))
        elif (found := seen.mismatch(finding.steps, training=True)) is not None:
            self._fail(TRAINING, f"Called with training=True: {found.text}", "norm_frozen")

    def _law(self, law: SilentLaw, subject: Subject, seen: Probe, finding: Finding | None) -> None:
        self.looked_at.add(law.name)
        (output,) = subject.outputs(silent_weights(seen.weight_shapes), seen.x, False)
        found = first_mismatch(output, law.expects(seen.x), Output("output"))
        if found is not None:
            hints = [mistake.name for mistake in finding.mistakes] if finding else []
            self._fail(law.name, f"With all kernels and biases 0: {found.text}", *hints[:1])

    def _blame(self, finding: Finding) -> None:
        for part in dict.fromkeys(mistake.part for mistake in finding.mistakes):
            if part not in self.told:
                self._fail(part, "", *(mistake.name for mistake in finding.mistakes if mistake.part == part))

    # ---- telling -------------------------------------------------------------------------------------------

    def _call_text(self, build: Build) -> str:
        return call_text(self.check, build, secret=self.secret)

    def _fail(self, part: str, text: str, *hints: str) -> None:
        names = [name for name in hints if name]
        self.hints += names
        shown = [] if self.secret else [text]
        shown += [self.check.hint_text(name) for name in names]
        message = "\n".join(filter(None, shown)) or explain.unseen(self.seed)
        self.told[part] = (message, names[0] if names else "")

    def _outcomes(self) -> Iterator[Outcome]:
        for name, weight in self.check.parts:
            if name in self.told:
                message, hint = self.told[name]
                yield Outcome(name, "failed", message, weight, hint)
            elif name in self.looked_at:
                yield Outcome(name, "passed", weight=weight)
            else:
                yield Outcome(name, "unchecked", "It waits for a first right value.", weight)

    def _not_written(self) -> Report:
        text = self.check.hint_text("not_written")
        outcomes = [
            Outcome(name, "failed", "" if index else text, weight, "not_written")
            for index, (name, weight) in enumerate(self.check.parts)
        ]
        return Report(self.check.name, tuple(outcomes), ("not_written",))
