"""The unprotected control: runs notebooks as nbgrader does, test cells and all, in one process as the same user.

A program of its own: it imports what takes long, then forks a fresh process for each line of JSON that it is sent.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.sandbox.linux import adopt_orphans
from tests.grader.attacks import believing

_OUTPUTS: list[dict[str, Any]] = []


class _Stream:
    encoding, errors = "utf-8", "strict"

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        if not _OUTPUTS or _OUTPUTS[-1].get("name") != self.name:
            _OUTPUTS.append({"output_type": "stream", "name": self.name, "text": ""})
        _OUTPUTS[-1]["text"] += str(text)
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        output = {"output_type": "execute_result", "data": format_dict, "metadata": {}, "execution_count": None}
        _OUTPUTS.append(output)

    def finish_displayhook(self) -> None: ...


class _Publisher(DisplayPublisher):
    def publish(self, data: dict[str, Any], *args: Any, **more: Any) -> None:
        _OUTPUTS.append({"output_type": "display_data", "data": data, "metadata": {}})


class _Shell(InteractiveShell):
    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        error = {"ename": str(etype.__name__), "evalue": str(evalue), "traceback": stb}
        _OUTPUTS.append({"output_type": "error", **error})

    def enable_gui(self, gui: Any = None) -> None: ...


def _run(order: dict[str, Any]) -> dict[str, Any]:
    """Run a notebook in this process; returns it with what its cells put out."""
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    sys.path.insert(0, "")
    notebook = json.loads(Path(order["notebook"]).read_text(encoding="utf-8"))
    quiet = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "NoColor"}})
    shell = _Shell.instance(config=quiet, displayhook_class=_Hook, display_pub_class=_Publisher)
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            _OUTPUTS.clear()
            shell.run_cell("".join(cell["source"]), store_history=True)
            cell["outputs"] = json.loads(json.dumps(_OUTPUTS, default=repr))
    return notebook


def _write(order: dict[str, Any], notebook: dict[str, Any]) -> None:
    """Write the result: all at once, at the end."""
    draft = Path(order["result"] + ".part")
    draft.write_text(json.dumps(notebook), encoding="utf-8")
    draft.rename(order["result"])


def main() -> None:
    """Serve until standard input ends; answers each line with an empty one.

    What a control leaves behind stays among the descendants of this process, so that it can be found.
    """
    adopt_orphans()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for fd in (0, 1, 2):
                os.dup2(null, fd)
            os.setsid()
            if order["believes"]:
                believing.judge(order, _run)
            else:
                _write(order, _run(order))
            return
        handle = os.pidfd_open(pid)
        if not select.select([handle], [], [], order["seconds"])[0]:
            os.killpg(pid, signal.SIGKILL)
        os.close(handle)
        os.waitpid(pid, 0)
        print(flush=True)


if __name__ == "__main__":
    main()
