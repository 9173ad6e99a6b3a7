"""Join the examples of all views into docs/widgets/gallery.ipynb: `python -m tools.build_gallery`."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers import widgets

from .build_notebooks import write_if_new
from .manuscript import ManuscriptError, dumps, to_notebook
from .syllabus import ROOT

GALLERY = Path("docs") / "widgets" / "gallery.ipynb"
_WELCOME = """\
# %% [markdown]
# # All interactive views
#
# Each view answers one question with numbers that you may change, and most of them run a function of your own. Run the
# cells from the top with Shift + Enter. A view needs no kernel once it is shown: it works in a notebook that was
# re-opened, and in an exported page without internet.
"""


def gallery(folder: Path) -> str:
    """The notebook of all views, as text.

    Args:
        folder: the manuscripts, one a view, named after the view's module.

    Raises:
        SystemExit: a view has no manuscript, or one breaks a rule; the message names it.
    """
    paths = [folder / f"{widgets.home_of(name)}.py" for name in widgets.names()]
    try:
        texts = [path.read_text(encoding="utf-8") for path in paths]
        return dumps(to_notebook("\n".join([_WELCOME, *texts]), "gallery", {}))
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing: every view has an example there")
    except ManuscriptError as error:
        sys.exit(f"{folder}: {error}")


if __name__ == "__main__":
    for changed in write_if_new(ROOT / GALLERY, gallery(ROOT / GALLERY.parent)):
        print(f"built {changed.relative_to(ROOT)}")
