"""What nbgrader's formgrader shows of a notebook, without its server."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

_ROOT = Path(__file__).resolve().parents[3]
_RESOURCES = {"assignment_id": "w", "notebook_id": "n", "submission_id": "s", "index": 0, "total": 1, "base_url": ""}
_RESOURCES |= {"student": "ada", "last_name": None, "first_name": None, "notebook_path": "x"}


def shown_by_formgrader(notebook: dict[str, Any], folder: Path, *, ours: bool) -> str:
    """The page.

    Args:
        notebook: its cells and metadata.
        folder: where to put the file that is shown.
        ours: with the course's configuration, not nbgrader's own.
    """
    path = folder / "hostile.ipynb"
    path.write_text(json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(_ROOT)).load_config() if ours else Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of unknown languages
        page: str = HTMLExporter(config=config).from_filename(str(path), resources=dict(_RESOURCES))[0]
    return page
