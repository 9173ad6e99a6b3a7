"""The line between a view on the page and Python: questions come in, answers and news go out.

A view's own output is plain HTML, which works without a kernel and after re-opening. Where Python must hear back, an
anywidget model that is never displayed is opened beside it; the two meet by events on the page. So no output ever says
"model not found".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .modules import source

Reply = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Refused(ValueError):
    """What was asked cannot be done; the text is shown inside the view."""


def open_ear(address: str, replies: Mapping[str, Reply]) -> Any:
    """Listen at an address; None where nobody could speak: without a kernel, or without anywidget.

    Args:
        address: unguessable name of the view on the page.
        replies: for each question a function of its content, which gives the answer, or raises `Refused` or another
            ValueError whose text is shown.
    """
    if not _has_kernel():
        return None
    try:
        import anywidget
        import traitlets
    except ImportError:
        return None

    class Ear(anywidget.AnyWidget):  # type: ignore[misc]
        _esm = source("ear.js")
        address = traitlets.Unicode().tag(sync=True)

    ear = Ear(address=address)
    ear.on_msg(lambda _, message, __: ear.send(answered(message, replies)))
    return ear


def _has_kernel() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None


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
