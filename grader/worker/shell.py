"""An IPython shell without a notebook: runs a cell and says what it displayed and which error ended it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

MOST_SHOWN = 20
MOST_TEXT = 20_000
MOST_PICTURE = 2_000_000
_CELL_FILE = re.compile(r"<ipython-input-\d+|ipykernel_\d+")


class Shown:
    """What one cell displayed: dictionaries with "text" or "png" (bytes), at most 20."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []

    def add(self, data: dict[str, Any]) -> None:
        """Keep one display, its picture or else its text."""
        if len(self.items) >= MOST_SHOWN:
            return
        png = data.get("image/png")
        if isinstance(png, bytes) and len(png) <= MOST_PICTURE:
            self.items.append({"png": png, "text": ""})
        elif "text/plain" in data:
            self.items.append({"text": str(data["text/plain"])[:MOST_TEXT]})


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """`display(...)` ends here."""

    def publish(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        self.shell.shown.add(data)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.shown.items.clear()


class _Hook(DisplayHook):  # type: ignore[misc]
    """The value of a cell's last line ends here."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.shell.shown.add(format_dict)

    def finish_displayhook(self) -> None:
        pass


class Shell(InteractiveShell):  # type: ignore[misc]
    """The shell of one submission."""

    def __init__(self) -> None:
        self.shown = Shown()
        quiet = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "NoColor"}})
        super().__init__(config=quiet, displayhook_class=_Hook, display_pub_class=_Publisher)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window system; `%matplotlib inline` asks for none."""

    def run(self, source: str) -> dict[str, Any]:
        """Run one cell.

        Returns:
            "error": None, or a dictionary as `explain` makes it; "shown": what was displayed.
        """
        self.shown.items.clear()
        result = self.run_cell(source, store_history=True)
        self._figures()
        error = result.error_before_exec or result.error_in_exec
        return {"error": None if error is None else explain(error), "shown": list(self.shown.items)}

    def _figures(self) -> None:
        """Show and close what the cell drew, as a notebook does at the end of a cell."""
        plt = sys.modules.get("matplotlib.pyplot")
        if plt is None:
            return
        for number in plt.get_fignums()[:MOST_SHOWN]:
            file = io.BytesIO()
            try:
                plt.figure(number).savefig(file, format="png", dpi=72, bbox_inches="tight")
            except Exception:  # a figure that cannot be drawn is no reason to lose the cell
                continue
            self.shown.add({"image/png": file.getvalue()})
        plt.close("all")


def explain(error: BaseException) -> dict[str, Any]:
    """An error as data: its type's name and those it descends from, its text, and the line of the cell.

    Nothing here trusts the error: its methods are the student's.
    """
    names = [kind.__name__ for kind in type(error).__mro__ if issubclass(kind, BaseException)]
    line = 0
    step = error.__traceback__
    while step is not None:
        if _CELL_FILE.search(step.tb_frame.f_code.co_filename):
            line = step.tb_lineno
        step = step.tb_next
    return {"types": names[:20], "text": _careful(lambda: str(error))[:MOST_TEXT], "line": line}


def _careful(make: Callable[[], str]) -> str:
    try:
        return make()
    except BaseException:  # even printing it fails
        return ""
