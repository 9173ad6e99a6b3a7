"""The line between a view on the page and Python: questions come in, answers and news go out.

A view's own output is plain HTML, which works without a kernel and after re-opening. Where Python must hear back, an
anywidget model that is never displayed is opened beside it; the two meet by events on the page. So no output ever says
"model not found".
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping
from typing import Any

from .modules import source

Reply = Callable[[Mapping[str, Any]], Mapping[str, Any]]

_open: dict[str, tuple[str, list[Any]]] = {}  # for each cell its last run, and the ears opened in it


class Refused(ValueError):
    """What was asked cannot be done; the text is shown inside the view."""


def open_ear(address: str, replies: Mapping[str, Reply]) -> Any:
    """Listen at an address; None where nobody could speak: without a kernel, or without anywidget.

    Args:
        address: unguessable name of the view on the page.
        replies: for each question a function of its content, which gives the answer, or raises `Refused` or another
            ValueError whose text is shown.
    """
    kernel = _kernel()
    ear_class = _ear_class() if kernel is not None else None
    if ear_class is None:
        return None
    ear = ear_class(address=address)
    ear.on_msg(lambda _, message, __: _in_main_thread(kernel, lambda: ear.send(answered(message, replies))))
    _close_those_before(kernel, ear)
    return ear


def _kernel() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return getattr(get_ipython(), "kernel", None)


@functools.cache
def _ear_class() -> Any:
    """The model that listens, or None without anywidget."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        return None

    class Ear(anywidget.AnyWidget):  # type: ignore[misc]
        _esm = source("ear.js")
        address = traitlets.Unicode().tag(sync=True)

    return Ear


def _in_main_thread(kernel: Any, act: Callable[[], None]) -> None:
    """Act when the cell that runs has ended.

    ipykernel hands messages of widgets to a thread of their own while a cell runs. There a learner's function could not
    be interrupted, and what is silenced for it would be silenced for the cell as well.
    """
    if threading.current_thread() is threading.main_thread():
        act()
        return

    def later() -> None:
        kernel.pre_handler_hook()  # without it the kernel ignores interrupts between two messages
        try:
            act()
        finally:
            kernel.post_handler_hook()

    kernel.io_loop.add_callback(later)


def _close_those_before(kernel: Any, ear: Any) -> None:
    """A cell that runs again replaces its views, and nobody speaks to the old ones any more.

    Without this the widgets' registry would keep each of them, with its pictures, until the kernel ends.
    """
    parent = kernel.get_parent("shell")
    cell, run = parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    if not cell:
        return
    before, ears = _open.get(cell, ("", []))
    if before != run:
        for old in ears:
            old.layout.close()
            old.close()
        ears = []
    _open[cell] = (run, [*ears, ear])


def answered(message: Any, replies: Mapping[str, Reply]) -> dict[str, Any]:
    """The answer to a message of a view; a sentence to show where there is none.

    Args:
        message: {"ask": name of this question, "question": which one, "content": its arguments}, by whoever sent it.
        replies: as in `open_ear`.
    """
    if not isinstance(message, Mapping) or not isinstance(message.get("ask"), str):
        return {"answer": "", "problem": "Python did not understand this view: run its cell again."}
    number, content = message["ask"], message.get("content")
    reply = replies.get(str(message.get("question")))
    if reply is None or not isinstance(content, Mapping):
        return {"answer": number, "problem": "Python did not understand this view: run its cell again."}
    try:
        return {"answer": number, "content": dict(reply(content))}
    except ValueError as refusal:
        return {"answer": number, "problem": str(refusal)}
    except KeyboardInterrupt:
        return {"answer": number, "problem": "You interrupted it."}
    except Exception as error:  # a fault of ours must reach the person who looks at the view, not a log
        problem = f"The course failed here, not you: {type(error).__name__}: {error}"
        return {"answer": number, "problem": problem[:300]}
