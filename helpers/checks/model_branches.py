"""Mistakes where a network branches and joins: shortcuts, parallel branches, normalisation, strides, biases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from .model_blueprint import activation, concat
from .model_blueprint import add as add_steps
from .model_changes import groups, inserted, moved, replaced, rewired, setting, together, without
from .model_mistakes import Mistake

_SHAPES_DIFFER = (
    r"(?i)(incompatible (input )?shapes|shapes? .*(mismatch|not compatible|must be equal|could not be broadcast)"
    r"|Dimensions must be equal|same shape|not broadcastable)"
)


def of_shortcut(part: str, *, add: str, relu: str, main: str, shortcut: str) -> tuple[Mistake, ...]:
    """What goes wrong where a shortcut is added.

    Args:
        part: the part that loses.
        add: name of the addition.
        relu: name of the ReLU after it.
        main: name of the last step of the main path, which is added.
        shortcut: name of the other step that is added, "X" for the input itself.
    """
    return (
        Mistake(
            "shortcut_missing",
            "The block gives what its main path gives: where does its input come in once more?",
            part,
            (rewired(add, main),),
        ),
        Mistake(
            "shortcut_after_relu",
            "The shortcut is added after the last ReLU. Which of the two comes first in a[l+2] = g(z[l+2] + a[l])?",
            part,
            (moved(relu, after=main), together(without(relu), inserted(activation(relu, "relu"), after=main))),
        ),
        Mistake(
            "relu_before_add",
            "A path goes through one more ReLU just before the addition; in the description nothing stands between.",
            part,
            (
                inserted(activation("one more ReLU", "relu"), after=shortcut, before=add),
                inserted(activation("one more ReLU", "relu"), after=main, before=add),
            ),
        ),
        Mistake(
            "concatenated_instead_of_added",
            "The two paths lie behind each other, so there are twice as many channels. What does the + in "
            "z[l+2] + a[l] do with two volumes of one shape?",
            part,
            (replaced(add, concat(add)), together(replaced(add, concat(add)), rewired(add, shortcut, main))),
        ),
        Mistake(
            "paths_differ",
            "The two paths come to the addition with different shapes. For each, write down height, width and channels "
            "at its end: which convolutions move by s, which have as many filters as the last one?",
            part,
            raises=_SHAPES_DIFFER,
        ),
    )


def of_branches(
    part: str, join: str, branches: Sequence[Sequence[str]], *, ordered: bool = True
) -> tuple[Mistake, ...]:
    """What goes wrong where branches are concatenated.

    Args:
        part: the part that loses.
        join: name of the concatenation.
        branches: the names of each branch's steps, in the order of its channels in the output.
        ordered: whether the docstring fixes that order; if not, pass `any_order(...)` as `also_right` of the check.
    """
    ends = [branch[-1] for branch in branches]
    missing = tuple(rewired(join, *(end for end in ends if end != gone)) for gone in ends)
    twice = tuple(
        rewired(join, *(again if end == gone else end for end in ends))
        for gone in ends
        for again in ends
        if again != gone
    )
    others = tuple(rewired(join, *order) for order in permutations(ends) if list(order) != ends)
    mistakes = [
        Mistake("branch_missing", "The output lacks a branch: count what is joined.", part, missing),
        Mistake("branch_twice", "One branch is joined twice, another is left out.", part, twice),
        Mistake(
            "branches_added",
            "The branches are added; their channels should lie behind each other.",
            part,
            (replaced(join, add_steps(join)),),
            raises=_SHAPES_DIFFER,
        ),
    ]
    hint = "Every branch is there, but in another order than the docstring fixes for the channels."
    return (*mistakes, Mistake("branches_swapped", hint, part, others)) if ordered else tuple(mistakes)


def of_norms(part: str, norms: Sequence[str]) -> tuple[Mistake, ...]:
    """What goes wrong with batch normalisation in several places."""
    sets = groups(norms)
    return (
        Mistake(
            "norm_missing",
            "A convolution goes on without batch normalisation: which ones have it in the description?",
            part,
            tuple(without(*names) for names in sets),
        ),
        Mistake(
            "norm_axis",
            "Batch normalisation keeps one mean for each entry of an axis. Which axis holds the channels?",
            part,
            tuple(setting(*names, axis=axis) for names in sets for axis in (0, 1)),
        ),
    )


def of_norm_order(part: str, pairs: Sequence[tuple[str, str]]) -> Mistake:
    """Normalisation after the ReLU; `pairs` name each normalisation with the ReLU that follows it."""
    forms = tuple(moved(norm, after=relu) for norm, relu in pairs)
    hint = "Batch normalisation and ReLU come in another order than in the description."
    return Mistake("norm_after_relu", hint, part, (together(*forms), *(forms if len(forms) > 1 else ())))


def of_strides(part: str, *, right: Sequence[str], others: Sequence[str], stride: int) -> Mistake:
    """The stride on another convolution of the same path.

    Args:
        part: the part that loses.
        right: the convolution that moves by `stride`, and on a shortcut its counterpart.
        others: further convolutions of the main path.
        stride: in the call that is looked at; above 1, or nothing shows.
    """
    hint = "The picture shrinks in another convolution than in the description: which one moves by s?"
    forms = [together(setting(right[0], stride=1), setting(other, stride=stride)) for other in others]
    forms += [setting(*names, stride=1) for names in groups(right)]
    return Mistake("stride_elsewhere", hint, part, tuple(forms))


def of_padding(part: str, convs: Sequence[str], *, right: str) -> Mistake:
    """The other padding; `right` is "same" or "valid"."""
    wrong = "valid" if right == "same" else "same"
    hint = (
        "A layer makes the picture smaller that should keep its size: look at its padding."
        if right == "same"
        else "A layer pads that should not: look at its padding."
    )
    forms = tuple(setting(*names, padding=wrong) for names in groups(convs))
    return Mistake(f"{wrong}_for_{right}", hint, part, forms, raises=_SHAPES_DIFFER if right == "same" else "")
