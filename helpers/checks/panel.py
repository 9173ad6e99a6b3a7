"""A report as a compact HTML panel: a line per part, the hint, and small matrices of expected and got."""

from __future__ import annotations

from html import escape

import numpy as np

from .report import SIGNS, WORDS, Outcome, Picture, Report, summary

_STYLE = """<style>
.rf-report{font:14px/1.45 var(--jp-ui-font-family,system-ui,sans-serif);color:var(--jp-ui-font-color1,#1b1b1b);
border:1px solid var(--jp-border-color1,#8a8a8a);border-radius:6px;padding:.6em .9em;margin:.3em 0;max-width:56em}
.rf-report.rf-report ul{list-style:none;margin:.4em 0 0;padding:0}.rf-report li{margin:.25em 0}
.rf-report .rf-sign{display:inline-block;width:1.3em;font-weight:700}
.rf-report .rf-word{font-weight:600}
.rf-report .rf-passed .rf-sign,.rf-report .rf-passed .rf-word{color:var(--rf-good,#1a6e2e)}
.rf-report .rf-failed .rf-sign,.rf-report .rf-failed .rf-word{color:var(--rf-bad,#b3261e)}
.rf-report .rf-unchecked .rf-sign,.rf-report .rf-unchecked .rf-word{color:var(--rf-open,#6b5300)}
[data-jp-theme-light="false"] .rf-report{--rf-good:#7ddc92;--rf-bad:#ff9d94;--rf-open:#f0cf6a}
.rf-report .rf-message{margin:.1em 0 .3em 1.3em;white-space:pre-wrap;overflow-wrap:anywhere}
.rf-report .rf-remark{font-style:italic}
.rf-report .rf-pictures{display:flex;flex-wrap:wrap;gap:1.2em;margin:.2em 0 .5em 1.3em}
.rf-report table{border-collapse:collapse;margin:0;font:12px/1.3 var(--jp-code-font-family,monospace)}
.rf-report caption{text-align:left;font-weight:600;padding-bottom:.2em;white-space:nowrap}
.rf-report td{border:1px solid #9a9a9a;padding:.1em .4em;text-align:right;color:#111;min-width:2.6em}
</style>"""
_LARGEST_MATRIX = 8
_SHORT = 40


def panel(report: Report) -> str:
    """The report as HTML without scripts or remote content; everything a learner wrote is escaped."""
    if report.outcomes and all(outcome.hint == "not_written" for outcome in report.outcomes):
        body = _still_to_write(report)
    else:
        note = f'<div class="rf-message">{escape(report.note)}</div>' if report.note else ""
        items = "".join(_item(outcome) for outcome in report.outcomes)
        body = f"{escape(summary(report.outcomes))}{note}<ul>{items}</ul>"
    label = escape(f"Check of {report.function}", quote=True)
    head = f'<div class="rf-report" role="group" aria-label="{label}"><strong>{escape(report.function)}</strong>: '
    return f"{_STYLE}{head}{body}</div>"


def _still_to_write(report: Report) -> str:
    """What a learner sees who has not begun: no list of failures, but what the check is going to look at."""
    names = "; ".join(outcome.name for outcome in report.outcomes)
    advice = report.outcomes[0].message
    return f'{escape(advice)}<div class="rf-remark">It will look at: {escape(names)}.</div>'


def _item(outcome: Outcome) -> str:
    line = (
        f'<span class="rf-sign" aria-hidden="true">{SIGNS[outcome.status]}</span>'
        f'<span class="rf-word">{WORDS[outcome.status]}</span>: {escape(outcome.name)}'
    )
    message = _message(outcome.message) if outcome.message else ""
    picture = _pictures(outcome.picture) if outcome.picture is not None else ""
    return f'<li class="rf-{outcome.status}">{line}{message}{picture}</li>'


def _message(message: str) -> str:
    """A short remark stays on the line it belongs to, anything longer goes below."""
    if len(message) <= _SHORT and "\n" not in message:
        return f'<span class="rf-remark"> &ndash; {escape(message)}</span>'
    return f'<div class="rf-message">{escape(message)}</div>'


def _pictures(picture: Picture) -> str:
    expected, got = _window(picture.expected, picture.got)
    scale = float(np.nanmax(np.abs(np.where(np.isfinite(expected), expected, 0)), initial=0.0)) or 1.0
    tables = [
        _table(f"{picture.title}: expected", expected, scale),
        _table("got", got, scale),
        _table("got minus expected", got - expected, scale),
    ]
    return f'<div class="rf-pictures">{"".join(tables)}</div>'


def _window(expected: np.ndarray, got: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A part of both matrices, at most 8 x 8, around the first difference."""
    different = np.argwhere(~np.isclose(got, expected, equal_nan=True))
    row, column = different[0] if len(different) else (0, 0)
    rows = _span(int(row), expected.shape[0])
    columns = _span(int(column), expected.shape[1])
    return expected[rows, columns], got[rows, columns]


def _span(index: int, length: int) -> slice:
    start = max(0, min(index - _LARGEST_MATRIX // 2, length - _LARGEST_MATRIX))
    return slice(start, start + _LARGEST_MATRIX)


def _table(caption: str, values: np.ndarray, scale: float) -> str:
    rows = "".join("<tr>" + "".join(_cell(value, scale) for value in row) + "</tr>" for row in values)
    return f"<table><caption>{escape(caption)}</caption>{rows}</table>"


def _cell(value: float, scale: float) -> str:
    """One number on a signed colour: blue below zero, white at zero, orange above."""
    if not np.isfinite(value):
        return f'<td style="background:#ffd6ff">{value}</td>'
    strength = min(abs(float(value)) / scale, 1.0)
    low = (122, 173, 224) if value < 0 else (242, 171, 92)
    red, green, blue = (round(255 + (channel - 255) * strength) for channel in low)
    return f'<td style="background:rgb({red},{green},{blue})">{number(value)}</td>'


def number(value: float) -> str:
    """A number short enough for a table cell: integers plain, others with three significant digits."""
    if float(value).is_integer() and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.3g}"
