"""The box playground's numbers, its words, what it refuses, and what Python answers about a learner's functions."""

import numpy as np
import pytest

from helpers import widgets
from helpers.overlap import shared_part, survivors
from helpers.widgets.boxes import contests
from helpers.widgets.boxes.box_cases import contests as contest_cases
from helpers.widgets.boxes.box_cases import pairs
from helpers.widgets.boxes.counterexamples import replies_of
from helpers.widgets.ear import answered
from helpers.widgets.view import Refusal, View


def by_definition(box1, box2):
    """Intersection over union as in the lecture, for positive areas."""
    width = max(0, min(box1[2], box2[2]) - max(box1[0], box2[0]))
    height = max(0, min(box1[3], box2[3]) - max(box1[1], box2[1]))
    both = width * height
    areas = [(x2 - x1) * (y2 - y1) for x1, y1, x2, y2 in (box1, box2)]
    return both / (sum(areas) - both)


def greedy(boxes, scores, iou_threshold=0.5, score_threshold=0.6):
    """Non-max suppression as in the lecture: take the largest, strike out, repeat."""
    waiting = [i for i in np.argsort(-np.asarray(scores), kind="stable") if scores[i] > score_threshold]
    kept = []
    while waiting:
        best = waiting.pop(0)
        kept.append(best)
        waiting = [i for i in waiting if by_definition(boxes[best], boxes[i]) < iou_threshold]
    return kept


def words(function, question):
    """What Python says of a function in a search."""
    kind = "iou" if question.endswith("pair") else "suppress"
    given = {"iou": None, "suppress": None} | {kind: function}
    return replies_of(**given)[question]({})


def test_two_boxes_of_the_lecture_share_a_seventh():
    two = contests.pair([(2, 1, 4, 3), (1, 2, 3, 4)])
    assert (two.sizes, two.shared, two.covered, two.share) == ((4, 4), 1, 7, 1 / 7)


def test_boxes_of_other_classes_do_not_strike_out():
    boxes, scores = [(0, 0, 4, 4)] * 3 + [(9, 9, 12, 12)], [0.7, 0.9, 0.8, 0.2]
    assert contests.contest(boxes, scores, ["car", "car", "bus", "car"]).kept == (1, 2)
    together = contests.contest(boxes, scores)
    assert (together.kept, together.low) == ((1,), (3,))


def test_what_is_expected_is_what_the_lecture_computes():
    for case in pairs():
        assert np.isclose(shared_part(*case["boxes"]), by_definition(*case["boxes"]))
    for case in contest_cases():
        assert survivors(**renamed(case)) == greedy(**renamed(case))


def renamed(case):
    return {
        "boxes": case["boxes"],
        "scores": case["scores"],
        "iou_threshold": case["share"],
        "score_threshold": case["score"],
    }


def test_words_and_size_of_the_default():
    view = widgets.box_playground()
    assert "1 lies in both, 7 in any" in view.alt
    assert "left: A (car, 0.9), E (car, 0.8), G (motorcycle, 0.65)" in view.alt
    assert len(view.html()) < 80_000


def test_names_of_classes_are_only_text():
    name = "<img src=x onerror=alert(1)></script>"
    html = widgets.box_playground([(0, 0, 1, 1)], [0.9], [name]).html()
    assert "<img src=x" not in html and html.count("</script>") == 1


@pytest.mark.parametrize(
    ("boxes", "scores", "classes", "said"),
    [
        ([(2, 1, 4, 3)], None, None, "1 boxes without scores"),
        ([(2, 1, 4)], [0.9], None, r"expected \(n, 4\)"),
        ([(4, 1, 2, 3)], [0.9], None, "x1 < x2"),
        ([(-1, 1, 2, 3)], [0.9], None, "0 <= x1"),
        ([(0, 0, 0, 3)], [0.9], None, "x1 < x2"),
        ([(0, 0, np.nan, 3)], [0.9], None, "NaN"),
        ([], [], None, "something in them"),
        (None, [0.9], None, "expected 2 axes"),
        ([(0, 0, 1, 1)], [0.9, 0.8], None, "1 boxes but 2 scores"),
        ([(0, 0, 1, 1)], [1.9], None, "from 0 to 1"),
        ([(0, 0, 1, 1)], [0.9], ["a", "b"], "1 boxes but 2 classes"),
        ([(0, 0, 1, 1)], [0.9], 5, "classes is 5: expected a list of names"),
        ([(0, 0, 1, 1)], [0.9], "a", "classes is 'a': expected a list of names"),
        ([(2, 1, 4, 3), (1, 2, 3, 4)], None, ["a", "b"], "give boxes and scores as well"),
        (None, None, ["a", "b"], "give boxes and scores as well"),
        ([(0, 0, 1, 1)] * 27, [0.9] * 27, None, "at most 26"),
        ("boxes", [0.9], None, "no array of numbers"),
    ],
)
def test_what_are_no_boxes_is_refused_in_words(boxes, scores, classes, said):
    refusal = widgets.box_playground(boxes, scores, classes)
    assert isinstance(refusal, Refusal)
    with pytest.raises(ValueError, match=said):
        raise ValueError(refusal.problem)


@pytest.mark.parametrize("wrong", [{"iou_threshold": 2}, {"score_threshold": "high"}, {"iou": 0.5}])
def test_thresholds_and_functions_are_looked_at(wrong):
    assert next(iter(wrong)) in widgets.box_playground(**wrong).problem


@pytest.mark.parametrize("kind", [float, np.float32, np.array, lambda x: x + 1e-7, lambda x: np.float64(x)])
def test_no_counter_example_to_a_right_iou_whatever_it_returns(kind):
    assert words(lambda a, b: kind(by_definition(a, b)), "search pair")["words"].startswith(
        "No counter-example among 450"
    )


@pytest.mark.parametrize("kind", [list, tuple, np.array, sorted, lambda kept: np.array(kept, np.float32)])
def test_no_counter_example_to_a_right_suppression_whatever_it_returns(kind):
    answer = words(lambda *args: kind(greedy(*args)), "search contest")
    assert not answer["wrong"], answer["words"]


def with_a_trifle(box1, box2):
    """Intersection over union with something added to the denominator, so that it is never zero."""
    both = np.prod(np.maximum(0, np.minimum(box1[2:], box2[2:]) - np.maximum(box1[:2], box2[:2])))
    return both / (np.prod(box1[2:] - box1[:2]) + np.prod(box2[2:] - box2[:2]) - both + 1e-9)


def exactly_as_good(kept_at, boxes, scores, iou_threshold, score_threshold):
    waiting = [i for i in np.argsort(-scores, kind="stable") if scores[i] > score_threshold]
    kept = []
    for i in waiting:
        if not any(kept_at(boxes[k], boxes[i], iou_threshold) for k in kept):
            kept.append(i)
    return kept


ROUNDED = {
    "a trifle in the denominator": lambda a, b, limit: with_a_trifle(a, b) >= limit,
    "float32": lambda a, b, limit: with_a_trifle(a.astype(np.float32), b.astype(np.float32)) >= np.float32(limit),
    "an equal share stays": lambda a, b, limit: by_definition(a, b) > limit + 1e-9,
}
TIES = [
    [[0.1, 0.1, 0.5, 0.5], [0.1, 0.1, 0.5, 0.3]],
    [[0, 0, 4, 4], [0, 0, 4, 2]],
    [[0, 0, 4, 4], [0, 0, 4, 2], [0.1, 0.1, 0.5, 0.5], [0.1, 0.1, 0.5, 0.3], [0, 2, 4, 4]],
]


@pytest.mark.parametrize("name", ROUNDED)
def test_rounding_may_decide_a_tie_either_way(name):
    def suppress(*args):
        return exactly_as_good(ROUNDED[name], *args)

    answer = words(suppress, "search contest")
    assert not answer["wrong"], answer["words"]
    for boxes in TIES:
        scores = np.linspace(0.9, 0.7, len(boxes)).tolist()
        asked = {"boxes": boxes, "scores": scores, "groups": [list(range(len(boxes)))], "share": 0.5, "score": 0.6}
        answer = replies_of(None, suppress)["run contest"](asked)
        kept = suppress(np.array(boxes, float), np.array(scores), 0.5, 0.6)
        assert not answer["wrong"], answer["words"]
        assert f"agrees: {sorted(int(i) for i in kept)} (" in answer["words"]
        assert ("either is right" in answer["words"]) == (set(kept) != set(survivors(boxes, scores)))


def test_a_tie_excuses_nothing_else():
    asked = {"boxes": TIES[2], "scores": [0.9, 0.8, 0.75, 0.5, 0.7], "groups": [[0, 1, 2, 3, 4]], "share": 0.5}
    for kept, said in [
        ([0, 1, 2, 4], ""),
        ([0, 2, 4], ""),
        ([0, 2], ""),
        ([0, 1, 2, 3], "expected [0, 1, 2] (A, B, C)"),
        ([0, 1], "C (index 2) stays"),
        ([0], "C (index 2) stays"),
        ([1, 2], "A (index 0) stays"),
    ]:
        answer = replies_of(None, lambda *_, kept=kept: kept)["run contest"](asked | {"score": 0.6})
        assert answer["wrong"] == bool(said) and said in answer["words"], answer["words"]


def test_tensors_are_fine():
    import tensorflow as tf

    assert not words(lambda a, b: tf.constant(by_definition(a, b)), "search pair")["wrong"]
    assert not words(lambda *args: tf.constant(greedy(*args), tf.int32), "search contest")["wrong"]


WRONG_IOU = {
    "counts the shared part twice": lambda a, b: by_definition(a, b) / (1 + by_definition(a, b)),
    "forgets that boxes can lie apart": lambda a, b: (
        (w := min(a[2], b[2]) - max(a[0], b[0])) * (h := min(a[3], b[3]) - max(a[1], b[1])) / (18 - w * h)
    ),
    "is 1 for nested boxes": lambda a, b: 1.0 if a[0] < b[0] and a[2] > b[2] else by_definition(a, b),
}


@pytest.mark.parametrize("name", WRONG_IOU)
def test_a_wrong_iou_is_shown_small_boxes_with_both_numbers(name):
    answer = words(WRONG_IOU[name], "search pair")
    assert answer["wrong"] and np.max(answer["case"]["boxes"]) <= 5
    assert "expected" in answer["words"]


def without(condition):
    """Suppression that goes wrong in one way."""
    return lambda boxes, scores, iou, score: condition(boxes, scores, iou, score)


WRONG_SUPPRESSION = {
    "low scores stay": lambda b, s, i, c: greedy(b, s, i, -1),
    "a score equal to the threshold stays": lambda b, s, i, c: greedy(b, s, i, c - 1e-9),
    "nothing is struck out": lambda b, s, i, c: greedy(b, s, 2, c),
    "thresholds are fixed": lambda b, s, i, c: greedy(b, s, 0.5, 0.6),
    "only the best": lambda b, s, i, c: greedy(b, s, i, c)[:1],
    "the struck out strike out": lambda b, s, i, c: [
        k
        for k in range(len(s))
        if s[k] > c and not any((s[j], -j) > (s[k], -k) and by_definition(b[j], b[k]) >= i for j in range(len(s)))
    ],
    "the later of equals": lambda b, s, i, c: [len(s) - 1 - k for k in greedy(b[::-1], s[::-1], i, c)],
    "fails without boxes": lambda b, s, i, c: greedy(b, s, i, c) if s.max() > 0 else [],
}


@pytest.mark.parametrize("name", WRONG_SUPPRESSION)
def test_a_wrong_suppression_is_shown_few_boxes_and_why(name):
    answer = words(WRONG_SUPPRESSION[name], "search contest")
    assert answer["wrong"]
    assert len(answer["case"]["scores"]) <= 3, "the smallest comes first"
    assert any(word in answer["words"] for word in ("stays", "goes", "raised"))


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda *_: None, "returned None"),
        (lambda *_: float("nan"), "is nan, expected 1/7"),
        (lambda *_: [0.5], "of shape (1,): expected one number"),
        (lambda *_: "half", "of type str"),
        (lambda *_: 1 / 0, "ZeroDivisionError"),
        (lambda: 0.5, "TypeError"),
    ],
)
def test_what_an_iou_must_not_do_is_said(function, said):
    assert said in words(function, "search pair")["words"]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda *_: None, "returned None"),
        (lambda b, *_: b, "of shape (1, 4): expected a list of indices"),
        (lambda b, s, *_: s > 0.6, "True and False"),
        (lambda *_: [0, 0], "twice"),
        (lambda *_: [5], "from 0 to 0"),
        (lambda *_: [np.nan], "from 0 to 0"),
        (lambda *_: {"a": 1}, "of type dict"),
    ],
)
def test_what_a_suppression_must_not_do_is_said(function, said):
    assert said in words(function, "search contest")["words"]


def test_a_loop_that_never_ends_is_a_counter_example(monkeypatch):
    monkeypatch.setattr("helpers.widgets.boxes.counterexamples._ONE_CALL", 0.3)

    def endless(box1, box2):
        while True:
            pass

    answer = words(endless, "search pair")
    assert "had not finished after 0.3 seconds" in answer["words"] and answer["case"]["boxes"]


def test_a_slow_function_is_searched_as_long_as_there_is_time(monkeypatch):
    monkeypatch.setattr("helpers.widgets.boxes.counterexamples.TIME", 0.0)
    assert words(by_definition, "search pair")["words"] == "No counter-example among 1 cases; then the time was over."


def test_what_is_not_written_yet_is_no_counter_example():
    def iou(box1, box2):
        raise NotImplementedError

    view = widgets.box_playground(iou=iou)
    said = answered({"ask": "1", "question": "search pair", "content": {}}, view.replies)
    assert said["problem"].startswith("iou is not written yet")


def test_on_the_boxes_shown_each_class_is_asked_by_itself():
    boxes = [[0, 0, 4, 4], [0, 0, 4, 4], [0, 0, 4, 4]]
    asked = {"boxes": boxes, "scores": [0.7, 0.9, 0.8], "groups": [[0, 1], [2]], "share": 0.5, "score": 0.6}
    assert replies_of(None, greedy)["run contest"](asked)["words"] == "Your greedy agrees: [1, 2] (B, C) left."
    wrong = replies_of(None, lambda *_: [0])["run contest"](asked)
    assert wrong["wrong"] and "keeps [0] (A), expected [1] (B)" in wrong["words"]


def test_without_boxes_the_function_is_called_all_the_same():
    asked = {"boxes": [], "scores": [], "groups": [], "share": 0.5, "score": 0.6}
    calls = []
    assert replies_of(None, lambda *args: calls.append(args) or [])["run contest"](asked) == {
        "wrong": False,
        "words": "Your <lambda> agrees: [] (none) left.",
    }
    assert [np.shape(value) for value in calls[0]] == [(0, 4), (0,), (), ()]
    for function, said in [(lambda *_: 1 / 0, "ZeroDivisionError"), (lambda *_: [0], "there are no boxes")]:
        answer = replies_of(None, function)["run contest"](asked)
        assert answer["wrong"] and said in answer["words"]


GOOD = {"boxes": [[0, 0, 1, 1], [3, 3, 4, 4]], "scores": [0.9, 0.8], "groups": [[0], [1]], "share": 0.5, "score": 0.6}


@pytest.mark.parametrize(
    "content",
    [
        {},
        *(GOOD | {"scores": scores} for scores in (5, {"a": 1}, None, [], [0.9], ["x", "y"], [[0.9], [0.8]])),
        *(GOOD | {"boxes": boxes} for boxes in (5, {"a": 1}, None, [], [[3, 3, 4, 4]], [[0, 0, 0, 0]] * 2)),
        *(GOOD | {"groups": groups} for groups in (5, [5], None, {"a": 1}, [], [[0]], [[0, 0], [1]], [[0, 1.5]])),
        *(GOOD | {"groups": groups} for groups in ([[0, 1], [], []], [[0], [2]], [["a"], [1]], [[[0]], [1]])),
        *(GOOD | {"share": share} for share in (None, "x", [0.5], {"a": 1})),
        GOOD | {"boxes": [], "scores": [], "groups": [[], []]},
        GOOD | {"boxes": [], "scores": []},
    ],
    ids=str,
)
def test_nonsense_about_several_boxes_is_refused_in_words(content):
    assert not replies_of(None, greedy)["run contest"](GOOD)["wrong"]
    asked = {"ask": "1", "question": "run contest", "content": content}
    problem = answered(asked, replies_of(None, greedy)).get("problem")
    assert problem and "The course failed" not in problem


@pytest.mark.parametrize("boxes", [None, 5, {"a": 1}, "x", [], [[1, 2]], [[0, 0, 1, 1]], [[0, 0, 0, 0]] * 2], ids=str)
def test_nonsense_about_two_boxes_is_refused_in_words(boxes):
    asked = {"ask": "1", "question": "run pair", "content": {"boxes": boxes}}
    problem = answered(asked, replies_of(by_definition, None)).get("problem")
    assert problem and "The course failed" not in problem


def test_without_functions_nobody_listens():
    view = widgets.box_playground()
    assert isinstance(view, View) and view.replies == {}
