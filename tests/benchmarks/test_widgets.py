"""The benchmark of the views counts what is new, tells a goal that is missed, and goes on when a part of it cannot."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks import widget_drag, widget_lab, widget_latency, widget_page, widget_sizes, widgets
from benchmarks.widget_goals import Measured, goals_of
from benchmarks.widget_latency import Pressed
from benchmarks.widget_python import Asked, Watched
from benchmarks.widget_sizes import Made, Sizes

FRAME = 1000 / 60
FAST = Pressed(drawn=[2.0, 3.0, 4.0], painted=[9.0, 10.0, 11.0])
SLOW = Pressed(drawn=[100.0, 120.0], painted=[110.0, 130.0], received=600_000, sent=300_000)
SMOOTH = widget_drag.Dragged(frames=59.0, possible=60.0, moved=59.5, gap=17.0, settled=5.0)
ROUGH = dataclasses.replace(SMOOTH, frames=5.0, gap=250.0, settled=300.0)


def measured(**changes) -> Measured:
    """A run in which every goal is met, but for what is changed."""
    good = Measured(
        pressed={"view": FAST, "interact": SLOW},
        dragged={"view": [SMOOTH], "interact": [ROUGH]},
        firsts={"view": [450.0, 300.0, 320.0], "interact": [600.0, 400.0]},
        asked=Asked(answered=30.0, alone=1.0),
        watched=Watched(shown=7.5, steps=40.0, share=2.0, stopped=50.0, kept=True),
        sizes=Sizes(
            {"a.js": 9000, "b.js": 8000},
            {"b.js": 8000},
            900,
            {"one": 50_000, "two": 60_000},
            {"one": 9000, "two": 12_000},
        ),
        made=Made(imported=150.0, numpy=90.0, first_html=200.0, html=100.0),
        tests=60.0,
        conditions="The machine was idle.",
    )
    return dataclasses.replace(good, **changes)


def missed(run: Measured) -> list[str]:
    """Names of the goals that the run does not reach."""
    return [goal.name for goal in goals_of(run) if not goal.met]


def test_a_good_run_meets_every_goal_and_says_so() -> None:
    assert missed(measured()) == []
    text = widget_page.page(measured())
    assert "No goal is missed." in text and "The machine was idle." in text
    assert "| speed | times as fast to the new picture | ≥ 20 | 37 | met |" in text
    assert "| `interact` and matplotlib (n = 2) | 110.0 ms, 119.0 ms |" in text and "300 KB, 150 KB" in text


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"pressed": {"view": FAST, "interact": dataclasses.replace(SLOW, drawn=[59.0])}}, "speed"),
        ({"pressed": {"view": dataclasses.replace(FAST, painted=[9.0, 9.0, 300.0]), "interact": SLOW}}, "G1"),
        ({"pressed": {"view": dataclasses.replace(FAST, sent=1), "interact": SLOW}}, "quiet"),
        ({"pressed": {"view": dataclasses.replace(FAST, requests=["http://a/b"]), "interact": SLOW}}, "G5"),
        ({"dragged": {"view": [dataclasses.replace(SMOOTH, frames=54.0)], "interact": [ROUGH]}}, "G2"),
        ({"asked": Asked(answered=61.0, alone=1.0)}, "G3"),
        ({"asked": "no answer"}, "G3"),
        ({"firsts": {"view": [501.0, 300.0], "interact": [1.0]}}, "G8"),
        ({"made": Made(imported=201.0, numpy=90.0, first_html=200.0, html=100.0)}, "G8"),
        ({"sizes": Sizes({"a.js": 8193}, {"a.js": 8193}, 900, {"one": 50_000}, {"one": 9000})}, "G7"),
        ({"sizes": Sizes({"a.js": 8000}, {"a.js": 8000}, 900, {"one": 80_001}, {"one": 9000})}, "G7"),
        ({"watched": Watched(shown=7.5, steps=40.0, share=2.0, stopped=50.0, kept=False)}, "G10"),
        ({"watched": Watched(shown=4.9, steps=40.0, share=2.0, stopped=50.0, kept=True)}, "G10"),
        ({"tests": "a test fails"}, "G11"),
    ],
)
def test_a_goal_that_is_missed_has_a_sentence(changes, name) -> None:
    run = measured(**changes)
    assert missed(run) == [name]
    sentences = [line for line in widget_page.page(run).splitlines() if line.startswith(f"- {name}: ")]
    assert len(sentences) == 1 and sentences[0].endswith(".")
    expected = "was not measured" if any(isinstance(value, str) for value in changes.values()) else "wanted was"
    assert expected in sentences[0]


def test_of_a_drag_only_frames_with_a_new_picture_count() -> None:
    frames = [FRAME * n for n in range(61)]
    moves = [frame + 3 for frame in frames[:-1]]
    pictures = [{"frame": frame, "drawn": frame + 2} for frame in frames[1::2]]
    pictures.insert(3, pictures[2] | {"drawn": pictures[2]["drawn"] + 1})  # of two in a frame, one is seen
    moves.insert(9, moves[8] + 1)
    found = widget_drag.summary(pictures, moves, frames)
    seconds = 59 / 60
    assert found.frames == pytest.approx(30 / seconds) and found.moved == pytest.approx(60 / seconds)
    assert found.gap == pytest.approx(2 * FRAME)


def test_what_is_drawn_after_the_drag_is_only_late() -> None:
    frames = [FRAME * n for n in range(61)]
    pictures = [{"frame": frames[5], "drawn": frames[5]}, {"frame": 1500.0, "drawn": 1500.0}]
    found = widget_drag.summary(pictures, frames, frames)
    assert found.frames == pytest.approx(1) and found.settled == pytest.approx(500) and found.gap == float("inf")


@pytest.mark.parametrize(
    ("url", "noted"),
    [
        ("http://127.0.0.1:8888/api/kernels?1", False),
        ("http://127.0.0.1:8888/lab/api/settings", False),
        ("http://127.0.0.1:8888/static/favicons/favicon-busy-1.ico", False),
        ("data:image/png;base64,AAAA", False),
        ("blob:http://127.0.0.1:8888/12", False),
        ("http://127.0.0.1:8888/files/a.png", True),
        ("https://example.org/api/x", True),
    ],
)
def test_only_requests_that_jupyterlab_does_not_make_itself_are_noted(url, noted) -> None:
    traffic = widget_lab.Traffic()
    widget_lab.note(url, "http://127.0.0.1:8888", traffic)
    assert traffic.requests == ([url] if noted else [])


def test_the_95th_percentile_lies_between_the_largest_two() -> None:
    assert widget_latency.percentile([float(n) for n in range(1, 102)], 95) == pytest.approx(96)
    assert widget_latency.percentile([3.0], 95) == 3.0


def test_a_part_that_cannot_be_measured_does_not_end_the_rest() -> None:
    def fails():
        raise RuntimeError("no answer: Python is busy\nwith something")

    assert widgets.tried(fails) == "no answer: Python is busy"
    assert widgets.tried(lambda: 3.0) == 3.0


def test_modules_and_outputs_are_weighed_without_comments(monkeypatch) -> None:
    from helpers import widgets as views

    view = views.convolution_stepper([[1, 2], [3, 4]], [[1]])
    monkeypatch.setattr(widget_sizes, "examples", lambda: {"stepper": view})
    sizes = widget_sizes.weigh()
    assert sizes.outputs == {"stepper": len(view.html())}
    assert 0 < sizes.modules["dom.js"] < widget_sizes.modules.files()["dom.js"].stat().st_size
    assert sizes.modules["stepper.js"] < sizes.carried["stepper"] < sizes.outputs["stepper"]
    assert (
        sizes.own == {"stepper.js": sizes.modules["stepper.js"]}
        and "style.css" not in sizes.modules
        and sizes.together == sum(sizes.modules.values())
    )
