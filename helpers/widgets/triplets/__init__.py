"""Three kinds of points in the plane: what a triplet costs, and where gradient descent moves each of its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ... import plots
from ..pictures import numbers, shortened
from ..view import View

_MOST_POINTS, _MOST_NEGATIVES = 400, 4
_LARGEST = 1e6  # no coordinate is larger, so that squares stay exact enough
# |A - P|^2 - |A - N|^2 = x' M x for the three points x = (A, P, N), and 2 M x is its gradient.
_FORM = np.array([[0, -1, 1], [-1, 1, 0], [1, 0, -1]], dtype=np.float64)
_ARROW = {"arrowstyle": "->", "color": "#0b62b0", "linewidth": 2}
_COLOURS, _MARKS = ("#1b1b1b", "#1a6e2e", "#b8004e"), ("o", "s", "D")


@dataclass(frozen=True)
class Spread:
    """The numbers of the view, for one anchor A, one positive P and k negatives N.

    Args:
        corners: A, P and every N, (2 + k, 2).
        margin: how much farther, in squared distance, a negative has to be.
        near: squared distance from A to P.
        far: squared distances from A to every N, (k,).
        costs: what every negative costs, 0 or more, (k,).
        kinds: "easy" (costs nothing), "semi-hard" (farther than P) or "hard", for every negative.
        gradient: of the sum of the costs with respect to `corners`, (2 + k, 2).
    """

    corners: np.ndarray
    margin: float
    near: float
    far: np.ndarray
    costs: np.ndarray
    kinds: tuple[str, ...]
    gradient: np.ndarray


def triplet_explorer(
    anchor: ArrayLike = (-0.3, 0.0),
    positive: ArrayLike = (0.3, 0.35),
    negative: ArrayLike = (0.35, -0.4),
    *,
    margin: float = 0.2,
    points: ArrayLike | None = None,
    labels: Sequence[Any] | None = None,
) -> View:
    """Drag an anchor, a positive and negatives, and see what they cost and where gradient descent moves them.

    Args:
        anchor: (2,), in any units.
        positive: (2,), another picture of the same person.
        negative: (2,), a picture of someone else; or up to four of them, (k, 2).
        margin: 0 or more, in squared units.
        points: (m, 2), embeddings to lie behind them, to pick a triplet from; at most 400.
        labels: m names or numbers, who is on each picture; None makes no difference between points.

    Raises:
        ValueError: the shapes do not belong together, or a number is none.
    """
    seen = spread(anchor, positive, negative, margin=margin)
    crowd, names = _crowd(points, labels)
    state = {
        "corners": seen.corners.tolist(),
        "margin": seen.margin,
        "points": crowd.tolist(),
        "labels": names,
    }
    return View("triplets", "Triplet explorer", state, describe(seen), lambda: _draw(seen, crowd))


def spread(anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, *, margin: float = 0.2) -> Spread:
    """The numbers behind `triplet_explorer`; arguments and errors are the same."""
    A, P = _place(anchor, "anchor"), _place(positive, "positive")
    negatives = np.atleast_2d(numbers(negative, "negative", (1, 2)))
    if negatives.shape[1] != 2 or len(negatives) > _MOST_NEGATIVES:
        raise ValueError(f"negative has the shape {np.shape(negative)}: expected (2,), or (k, 2) for up to four")
    _demand_size(negatives, "negative")
    width = float(numbers(margin, "margin", (0,)))
    if not 0 <= width <= _LARGEST:
        raise ValueError(f"margin is {width:g}: expected a number from 0 to {_LARGEST:g}")
    corners = np.vstack([A, P, negatives])
    near = float(np.linalg.norm(P - A)) ** 2
    far = np.linalg.norm(negatives - A, axis=1) ** 2
    gradient = np.zeros_like(corners)
    costs = []
    for index in range(2, len(corners)):
        three = [0, 1, index]
        cost = float(np.einsum("ij,ik,jk->", _FORM, corners[three], corners[three])) + width
        if cost > 0:
            gradient[three] += 2 * _FORM @ corners[three]
        costs.append(max(cost, 0.0))
    kinds = tuple(
        "easy" if cost == 0 else "hard" if distance <= near else "semi-hard"
        for cost, distance in zip(costs, far, strict=True)
    )
    return Spread(corners, width, near, far, np.array(costs), kinds, gradient)


def _place(point: ArrayLike, name: str) -> np.ndarray:
    place = numbers(point, name, (1,))
    if place.shape != (2,):
        raise ValueError(f"the {name} has the shape {place.shape}: expected two numbers, its place in the plane")
    _demand_size(place, name)
    return place


def _demand_size(places: np.ndarray, name: str) -> None:
    if np.abs(places).max() > _LARGEST:
        raise ValueError(f"the {name} holds {np.abs(places).max():g}: expected numbers up to {_LARGEST:g}; scale them")


def _crowd(points: ArrayLike | None, labels: Sequence[Any] | None) -> tuple[np.ndarray, list[str]]:
    if points is None:
        if labels is not None:
            raise ValueError("there are labels, but no points: give both, or leave both out")
        return np.zeros((0, 2)), []
    crowd = shortened(numbers(points, "points", (2,)))
    _demand_size(crowd, "points")
    if crowd.shape[1] != 2 or len(crowd) > _MOST_POINTS:
        raise ValueError(f"points has the shape {crowd.shape}: expected (m, 2), m up to {_MOST_POINTS}")
    try:
        names = [""] * len(crowd) if labels is None else [str(name)[:40] for name in labels]
    except TypeError:
        raise ValueError(f"labels is {labels!r}: expected a list of names, one a point") from None
    if len(names) != len(crowd):
        raise ValueError(f"there are {len(names)} labels for {len(crowd)} points: expected one each")
    return crowd, names


def describe(seen: Spread) -> str:
    """The view in words, for the alt text."""
    negatives = "; ".join(
        f"a {kind} negative at squared distance {far:.4g} costs {cost:.4g}"
        for kind, far, cost in zip(seen.kinds, seen.far, seen.costs, strict=True)
    )
    names = ["anchor", "positive"] + ["negative"] * len(seen.far)
    moves = ", ".join(
        f"{name} ({move[0]:.4g}, {move[1]:.4g})" for name, move in zip(names, 0.0 - seen.gradient, strict=True)
    )
    return (
        f"Points in the plane. From the anchor, the positive is at squared distance {seen.near:.4g}; {negatives}. "
        f"With the margin {seen.margin:.4g} the loss is {seen.costs.sum():.4g}. Minus the gradient: {moves}."
    )


def _draw(seen: Spread, crowd: np.ndarray) -> Any:
    from matplotlib.patches import Circle

    fig, axes = plots.figure(width=5.2, height=4.2)
    axis = axes[0, 0]
    anchor = seen.corners[0]
    if len(crowd):
        axis.plot(*crowd.T, ".", color="0.6", markersize=4)
    for radius, style in ((np.sqrt(seen.near), "-"), (np.sqrt(seen.near + seen.margin), "--")):
        axis.add_patch(Circle(anchor, radius, fill=False, edgecolor="0.4", linestyle=style))
    for index, (place, move) in enumerate(zip(seen.corners, -0.2 * seen.gradient, strict=True)):
        role = min(index, 2)
        if index:
            axis.plot(*np.stack([anchor, place]).T, "--" if role == 2 else "-", color=_COLOURS[role], linewidth=1)
        axis.plot(*place, _MARKS[role], color=_COLOURS[role], markersize=13)
        axis.text(*place, "APN"[role], color="white", ha="center", va="center", fontsize=9, fontweight="bold")
        if np.any(move):
            axis.annotate("", place + move, place, arrowprops=_ARROW, zorder=1)
    reach = 1.15 * max(float(np.sqrt(seen.near + seen.margin)), 1e-3)
    axis.update_datalim([anchor - reach, anchor + reach])
    axis.set_aspect("equal")
    axis.autoscale_view()
    axis.set_title(f"loss {seen.costs.sum():.4g}: {', '.join(seen.kinds)}", fontsize=10)
    return fig
