"""What a late submission costs: nbgrader's own plugin, as nbgrader_config.py chose it."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

from nbgrader.preprocessors import AssignLatePenalties

from grader.run.trouble import LeftForLater

from .writer import Penalty


def late_penalty(config: Any) -> Penalty:
    """The penalty as a function of student, score of a notebook and seconds late.

    Args:
        config: of the course, as traitlets read it.
    """
    quiet = logging.getLogger(__name__)
    quiet.setLevel(logging.WARNING)  # nbgrader's plugin logs its method for every notebook
    assigner = AssignLatePenalties(config=config, log=quiet)
    assigner.init_plugin()

    def penalty(student: str, score: float, seconds: float) -> float | None:
        try:
            points = assigner.plugin_inst.late_submission_penalty(student, score, seconds)
        except Exception as error:  # somebody's plugin: its fault must not be silent, nor stop the others
            raise LeftForLater(f"the plugin for late penalties stopped with {type(error).__name__}: {error}") from error
        # nbgrader's rule for odd penalties: at least nothing, at most the score.
        return None if points is None else float(assigner._check_late_penalty(SimpleNamespace(score=score), points))

    return penalty
