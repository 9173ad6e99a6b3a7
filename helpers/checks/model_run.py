"""One pass over the parts of a model's check: build, put random weights in, compare, name the mistakes, report."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from . import explain
from .compare import Output, first_mismatch
from .model_blueprint import Steps
from .model_building import Blocks, Stop, built, counted
from .model_diagnosis import Finding, Probe, could_be, diagnose, probe
from .model_fit import fits
from .model_sizes import differing_layers
from .model_subject import Subject
from .model_telling import FULL, OTHER, SHAPES, SIZES, TRAINING, Telling, comes_back
from .model_weights import silent_weights
from .report import Report

if TYPE_CHECKING:
    from .model_check import Build, SilentLaw

Rng = np.random.Generator


@dataclass
class ModelRun(Telling):
    """One pass over the parts of a model's check with one seed.

    Args:
        blocks: recipes of correct blocks, to stand in for the learner's broken ones.
        unknown: whether the plain call's model is explained by no named mistake.
    """

    blocks: Blocks = field(default_factory=dict)
    unknown: bool = False

    def report(self) -> Report:
        """Build, look, tell."""
        stream = [0] if self.seed is None else [1, self.seed]
        rng = np.random.default_rng([*stream, zlib.crc32(self.check.name.encode())])
        varied = self.check.varied(rng) if self.check.varied is not None else None
        try:
            self._plain(rng)
        except Stop as stop:
            if stop.hint == "not_written":
                return self.not_written()
            self.fail(comes_back(self.check), str(stop), stop.hint)
        else:
            if varied is not None:
                self._varied(varied, rng)
            if self.check.full is not None:
                self._full(self.check.full)
        return Report(self.check.name, tuple(self.outcomes()), tuple(dict.fromkeys(self.hints)))

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
                self.fail(OTHER, *wrong)
                return
            seen = self._probed(subject, build, rng)
        except Stop as stop:
            self.fail(OTHER, str(stop), stop.hint)
            return
        if self.unknown:  # the same mistake is in here, too, and the shapes are right
            return
        finding = self._diagnosed(seen, build)
        if finding is not None:
            self._blame(finding)
        else:
            self.fail(
                OTHER,
                f"{self.call(build)} gives another output than its description.",
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
                    f"{self.call(build)} has the shape {mine}, expected {wanted}.",
                    hint,
                )
        return None

    def _full(self, build: Build) -> None:
        self.looked_at.add(FULL)
        try:
            wrong = counted(self.check, self.fn, build, self.blocks, secret=self.secret)
        except Stop as stop:
            self.fail(FULL, str(stop), stop.hint)
            return
        if wrong:
            hints = [self.told[part][1] for part in (SIZES, SHAPES) if part in self.told]
            self.fail(FULL, "\n".join([f"{self.call(build)}:", *wrong]), *hints[:1])

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
            self.fail(SHAPES, text.replace("'", ""), "no_input_shape")
        elif subject.input_shape != build.input_shape:
            text = f"The model takes pictures of {subject.input_shape}, expected {build.input_shape}."
            self.fail(SHAPES, text, "wrong_input_shape")
        elif subject.output_shape is not None and subject.output_shape != wanted:
            text = f"One picture gives an output of shape {subject.output_shape}, expected {wanted}."
            self.fail(SHAPES, text, "wrong_output_shape")

    def _sizes(self, seen: Probe, right: Steps, finding: Finding | None) -> None:
        try:
            rows = differing_layers(right, finding.steps if finding else None, seen)
        except (ValueError, IndexError):  # the description does not fit the model's input at all
            rows = [("The layers cannot be those of the description on such an input.", "wrong_layers")]
        if rows:
            hints = list(dict.fromkeys(hint for _, hint in rows if hint))
            follows = [] if hints else ["It follows from a mistake named below."]
            self.fail(SIZES, "\n".join([text for text, _ in rows[:3]] + follows), *hints)

    def _aspects(self, seen: Probe, right: Steps, finding: Finding | None) -> None:
        if finding is not None:
            self._blame(finding)
            return
        text = "With the same random weights in every layer, the output differs from that of the description."
        found = next(
            (seen.mismatch(f) for f in fits(right, seen.weight_shapes, seen.input_shape) if could_be(f, seen)), None
        )
        text += f"\n{found.text}" if found else ""
        self.unknown = True
        first, *others = self.check.aspects
        self.fail(first.name, text, "")
        for aspect in others:
            if aspect.holds is None:
                self.looked_at.discard(aspect.name)
            elif not aspect.holds(seen.output):
                self.fail(aspect.name, "", next(m.name for m in self.check.mistakes if m.part == aspect.name))

    def _training(self, seen: Probe, finding: Finding | None) -> None:
        if finding is None:
            return
        self.looked_at.add(TRAINING)
        if not any(step.kind == "norm" for step in finding.steps):
            self.fail(TRAINING, "There is no batch normalisation.", *(m.name for m in finding.mistakes))
        elif (found := seen.mismatch(finding.steps, training=True)) is not None:
            self.fail(TRAINING, f"Called with training=True: {found.text}", "norm_frozen")

    def _law(self, law: SilentLaw, subject: Subject, seen: Probe, finding: Finding | None) -> None:
        self.looked_at.add(law.name)
        try:
            (output,) = subject.outputs(silent_weights(seen.weight_shapes), seen.x, False)
        except Exception as error:
            self.fail(law.name, f"With all kernels and biases 0, the model raised {explain.headline(error)}", "")
            return
        found = first_mismatch(output, law.expects(seen.x), Output("output"))
        if found is not None:
            hints = [mistake.name for mistake in finding.mistakes] if finding else []
            self.fail(law.name, f"With all kernels and biases 0: {found.text}", *hints[:1])

    def _blame(self, finding: Finding) -> None:
        for part in dict.fromkeys(mistake.part for mistake in finding.mistakes):
            if part not in self.told:
                self.fail(part, "", *(mistake.name for mistake in finding.mistakes if mistake.part == part))
