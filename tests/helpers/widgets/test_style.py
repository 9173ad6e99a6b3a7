"""The style studio runs a learner's step, shows it cheaply, and keeps the best picture whatever happens."""

import base64
import io
import re
import time
import zlib

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from helpers import widgets
from helpers.widgets import picture_files
from helpers.widgets.ear import Refused
from helpers.widgets.style import optimisation
from helpers.widgets.style.optimisation import Pace
from helpers.widgets.view import Refusal

RNG = np.random.default_rng(2)
CONTENT = RNG.integers(0, 256, (60, 80, 3)).astype(np.uint8)
STYLE = np.full((50, 50, 3), 0.25)


class Ear:
    """Hears what the browser would."""

    def __init__(self) -> None:
        self.heard = []

    def send(self, content, buffers=()):
        self.heard.append((content["run"], list(buffers)))


@pytest.fixture
def studio():
    """A studio that somebody listens to."""
    made = widgets.style_studio({"noise": CONTENT}, {"flat": STYLE, "black": STYLE * 0}, size=40, layers=["a", "b"])
    made._ear = Ear()
    return made


def towards_style(generated, choice):
    """A step that halves the distance to the style."""
    generated = generated + 0.5 * (choice.style - generated)
    return generated, {"total": float(np.mean((generated - choice.style) ** 2))}


def test_the_choice_holds_both_pictures_in_the_shape_that_is_made(studio) -> None:
    choice = studio.choice
    assert choice.content.shape == choice.style.shape == (30, 40, 3)
    assert choice.content.dtype == np.float32 and 0 <= choice.content.min() <= choice.content.max() <= 1
    assert np.allclose(choice.style, 0.25, atol=1 / 255)
    assert (choice.alpha, choice.beta, choice.layers) == (10, 40, (("a", 0.5), ("b", 0.5)))


def test_what_is_chosen_in_the_browser_is_chosen_in_python(studio) -> None:
    choose = studio.replies["choose"]
    choose({"content": "noise", "style": "black", "alpha": 1, "beta": 0.5, "layers": {"a": 1, "b": 0}})
    choice = studio.choice
    assert choice.style_name == "black" and not choice.style.any()
    assert (choice.alpha, choice.beta, choice.layers) == (1, 0.5, (("a", 1), ("b", 0)))
    assert "the style black, with alpha 1, beta 0.5" in studio.alt


@pytest.mark.parametrize(
    "wrong", [{"style": "other"}, {"alpha": -1}, {"alpha": float("nan")}, {"beta": "4"}, {"layers": {"a": 1}}]
)
def test_a_choice_that_makes_no_sense_changes_nothing(studio, wrong) -> None:
    good = {"content": "noise", "style": "black", "alpha": 1, "beta": 0.5, "layers": {"a": 1, "b": 0}}
    with pytest.raises((Refused, ValueError)):
        studio.replies["choose"](good | wrong)
    assert studio.choice.style_name == "flat" and studio.choice.alpha == 10


def test_a_run_ends_at_the_best_picture_and_tells_it(studio, capsys) -> None:
    studio.run(towards_style, steps=12)
    assert np.allclose(studio.best, studio.choice.style, atol=1e-3)
    assert "12 steps in" in capsys.readouterr().out
    news, [picture] = studio._ear.heard[-1]
    assert news["state"] == "done" and "of step 12, is kept" in news["words"]
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.format == "JPEG" and opened.size == (40, 30)
    told = [value for run, _ in studio._ear.heard for value in run["costs"]["total"]]
    assert len(told) == 12 and told == sorted(told, reverse=True)
    assert studio.html() and studio.state["result"]["best"] == 12
    assert "of step 12" in studio.alt


def test_running_again_goes_on_and_another_picture_begins_anew(studio) -> None:
    firsts = []

    def step(generated, choice):
        firsts.append(np.array(generated))
        return towards_style(generated, choice)

    studio.run(step, steps=3)
    after = studio.best
    studio.run(step, steps=2)
    assert np.allclose(firsts[3], after, atol=1e-6)
    assert studio._ear.heard[-1][0]["step"] == 5
    studio.replies["choose"]({"content": "noise", "style": "black", "alpha": 1, "beta": 1, "layers": {"a": 1, "b": 1}})
    studio.run(step, steps=1)
    assert np.allclose(firsts[5], studio.choice.content)
    assert studio._ear.heard[-1][0]["step"] == 1


def test_with_other_weights_an_earlier_total_counts_no_more(studio) -> None:
    studio.run(towards_style, steps=3)
    studio.replies["choose"]({"content": "noise", "style": "flat", "alpha": 9, "beta": 9, "layers": {"a": 1, "b": 1}})
    studio.run(lambda generated, choice: (generated * 0, {"total": 1e6}), steps=1)
    assert not studio.best.any()


def test_the_best_picture_is_kept_even_if_the_step_writes_into_its_own(studio) -> None:
    canvas = np.zeros((1, 30, 40, 3), np.float32)
    totals = iter([3.0, 1.0, 2.0])

    def step(generated, choice):
        canvas[...] += 0.1
        return canvas, {"content": next(totals), "style": 0.0}

    studio.run(step, steps=3)
    assert np.allclose(studio.best, 0.2)


@pytest.mark.parametrize("kind", [tf.Variable, tf.constant, list])
def test_tensors_are_pictures_too(studio, kind) -> None:
    def step(generated, choice):
        cost = tf.reduce_sum(choice.content)
        return kind(np.full((1, 30, 40, 3), 0.5, np.float32)), {"total": cost}

    studio.run(step, steps=1)
    assert np.allclose(studio.best, 0.5)


def test_interrupt_keeps_the_best_picture_and_says_so(studio, capsys) -> None:
    count = iter(range(10))

    def step(generated, choice):
        if next(count) == 4:
            raise KeyboardInterrupt
        return towards_style(generated, choice)

    studio.run(step, steps=9)
    said = "Interrupted after 4 of 9 steps: the best picture, of step 4, is kept"
    assert said in capsys.readouterr().out
    assert studio._ear.heard[-1][0]["state"] == "interrupted" and said in studio._ear.heard[-1][0]["words"]
    studio.run(towards_style, steps=2)
    assert studio._ear.heard[-1][0]["step"] == 6


def broken(kind):
    """Steps that fail the third time."""
    calls = iter(range(9))

    def step(generated, choice):
        picture, costs = towards_style(generated, choice)
        if next(calls) < 2:
            return picture, costs
        if kind == "raises":
            raise ZeroDivisionError("no luck")
        if kind == "unwritten":
            raise NotImplementedError
        return {
            "none": None,
            "alone": picture,
            "nan": (picture * np.nan, costs),
            "shape": (picture[:, :9], costs),
            "bytes": (picture * 255, costs),
            "words": ("picture", costs),
            "no costs": (picture, 3.0),
            "long costs": (picture, {"total": [1.0, 2.0]}),
            "nan cost": (picture, {"total": float("nan")}),
            "new cost": (picture, {"other": 1.0}),
        }[kind]

    return step


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("raises", "ZeroDivisionError: no luck"),
        ("unwritten", "not written yet"),
        ("none", "returned None"),
        ("alone", "expected a pair"),
        ("nan", "NaN or infinity in the picture"),
        ("shape", r"shape (30, 9, 3): expected (30, 40, 3)"),
        ("bytes", "expected values from 0 to 1"),
        ("words", "no picture"),
        ("no costs", "no dict of costs"),
        ("long costs", "not single numbers"),
        ("nan cost", "cost 'total' is NaN"),
        ("new cost", "the same names in every step"),
    ],
)
def test_a_step_that_fails_gives_a_sentence_and_the_best_picture_stays(studio, capsys, kind, words) -> None:
    studio.run(broken(kind), steps=5)
    out = capsys.readouterr().out
    assert words in out and "step failed in step 3." in out and "of step 2, is kept" in out
    assert studio._ear.heard[-1][0]["state"] == "failed" and words in studio._ear.heard[-1][0]["words"]
    assert np.abs(studio.best - studio.choice.style).mean() < 0.2
    studio.run(towards_style, steps=1)
    assert studio._ear.heard[-1][0]["step"] == 3


def test_after_a_step_that_spoils_its_own_variable_the_best_picture_goes_on(studio) -> None:
    canvas = tf.Variable(np.full((1, 30, 40, 3), 0.5, np.float32))
    firsts = []

    def step(generated, choice):
        firsts.append(generated.numpy() if isinstance(generated, tf.Variable) else np.array(generated))
        if len(firsts) == 2:
            canvas.assign(canvas * np.nan)
        return canvas, {"total": 1.0}

    studio.run(step, 4)
    studio.run(step, 1)
    assert len(firsts) == 3 and np.allclose(firsts[2], 0.5)


@pytest.mark.parametrize(
    ("step", "steps", "words"), [(None, 3, "expected a function"), (towards_style, 0, "whole number")]
)
def test_a_run_that_cannot_begin_says_why(studio, capsys, step, steps, words) -> None:
    studio.run(step, steps)
    assert words in capsys.readouterr().out
    assert studio.best is None and studio._ear.heard[-1][0]["state"] == "failed"


def test_a_picture_to_begin_with_must_fit(studio, capsys) -> None:
    studio.run(towards_style, 1, start=np.zeros((2, 2, 3)))
    assert "expected (30, 40, 3)" in capsys.readouterr().out
    studio.run(lambda generated, choice: (generated, {"total": 1.0}), 1, start=np.full((1, 30, 40, 3), 0.75))
    assert np.allclose(studio.best, 0.75)


def test_showing_takes_no_more_than_a_twentieth_of_the_time() -> None:
    now = [0.0]
    pace, shown, times = Pace(lambda: now[0]), 0.0, 0
    while now[0] < 60:
        now[0] += 0.01
        if pace.due():
            began = now[0]
            now[0] += 0.03
            shown += pace.shown(began)
            times += 1
    assert shown / now[0] <= 0.051
    assert times > 60 * 0.05 / 0.03 * 0.9


def test_fast_showing_is_limited_to_eight_pictures_a_second(studio) -> None:
    def step(generated, choice):
        time.sleep(0.004)
        return towards_style(generated, choice)

    studio.run(step, steps=120)
    progress = studio._progress
    pictures = sum(len(buffers) for _, buffers in studio._ear.heard) - 1
    assert 1 <= pictures <= 8 * progress.seconds + 1


@pytest.mark.parametrize("steps", [1, 2, 17, 300])
def test_a_few_pictures_of_the_way_are_stored_within_the_size_of_an_output(steps) -> None:
    pictures = {f"{n}": RNG.integers(0, 256, (300, 400, 3)).astype(np.uint8) for n in range(6)}
    studio = widgets.style_studio(pictures, pictures, size=400, layers=list("abcde"))
    noise = [RNG.uniform(size=(300, 400, 3)).astype(np.float32) for _ in range(3)]
    count = iter(range(999))

    def step(generated, choice):
        cost = 1 / (1 + next(count))
        return noise[int(1 / cost) % 3], dict.fromkeys(("content", "style", "total", "smooth"), cost)

    studio.run(step, steps)
    assert len(studio.html()) <= 80_000
    film = [at for at, _ in studio.state["result"]["film"]]
    assert film == sorted(set(film)) and len(film) == min(steps, 8) and film[0] == 1
    assert len(studio.state["result"]["costs"]["total"]) == min(steps, 70)


@pytest.mark.parametrize(("count", "letter"), [(6, "m"), (12, "m"), (12, "é")])
def test_noise_with_as_many_costs_and_names_as_may_be_stays_within_the_size_of_an_output(count, letter) -> None:
    pictures = {f"{n}{letter * 58}": RNG.integers(0, 256, (300, 400, 3)).astype(np.uint8) for n in range(count)}
    layers = [(f"{n}{letter * 39}", 0.1234567) for n in range(8)]
    studio = widgets.style_studio(pictures, pictures, size=512, layers=layers)
    noise = [RNG.uniform(size=(384, 512, 3)).astype(np.float32) for _ in range(3)]
    taken = iter(range(999))

    def step(generated, choice):
        at = next(taken)
        return noise[at % 3], {f"{n}{letter * 29}": 1.234e-12 / (1 + at) for n in range(6)}

    studio.run(step, 300)
    assert len(studio.html()) <= 80_000
    assert len(studio.state["result"]["film"]) >= 2 and len(studio.state["result"]["steps"]) >= 40


def test_a_choice_makes_no_small_pictures_until_somebody_looks(studio, monkeypatch) -> None:
    asked = []
    made = picture_files.jpegs_within
    monkeypatch.setattr(
        "helpers.widgets.style.storage.jpegs_within", lambda *given, **more: asked.append(1) or made(*given, **more)
    )
    for beta in range(5):
        choose = {"content": "noise", "style": "black", "alpha": 1, "beta": beta, "layers": {"a": 1, "b": 1}}
        studio.replies["choose"](choose)
    assert asked == []
    assert studio.html() and asked == [1]
    assert studio.state["chosen"]["style"] == "black" and studio.state["weights"][1][:2] == ["beta", 4]


def test_the_best_picture_can_be_stored(studio, tmp_path, capsys) -> None:
    studio.save(tmp_path / "a.png")
    studio.run(towards_style, 2)
    studio.save(tmp_path / "a.gif")
    studio.save(tmp_path / "nowhere" / "a.png")
    studio.save(tmp_path / "a.png")
    out = capsys.readouterr().out
    assert "no picture yet" in out and "names no PNG or JPEG" in out and "could not be stored" in out
    with Image.open(tmp_path / "a.png") as stored:
        assert np.array_equal(np.asarray(stored), optimisation.as_bytes(studio.best))


def url_of(picture, kind="png", *, claims=None):
    """A picture file as a data: URL."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, format=kind)
    return f"data:image/{claims or kind};base64,{base64.b64encode(buffer.getvalue()).decode()}"


def test_a_file_of_ones_own_is_taken_in(studio) -> None:
    own = RNG.integers(0, 256, (20, 30, 3)).astype(np.uint8)
    said = studio.replies["load"]({"kind": "style", "name": "<b>me</b>.png", "picture": url_of(own)})
    assert said == {"name": "your own: <b>me</b>.png"}
    assert studio.choice.style_name == said["name"]
    assert np.array_equal(picture_files.picture_from(url_of(own)), own)
    assert "<b>" not in studio.html()


def claiming(width, height):
    """A PNG file whose head claims this size."""
    data = bytearray(base64.b64decode(url_of(np.zeros((4, 4, 3), np.uint8)).partition(",")[2]))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")  # else it is refused as broken
    return "data:image/png;base64," + base64.b64encode(bytes(data)).decode()


@pytest.mark.parametrize(
    "url",
    [
        None,
        5,
        "",
        "https://example.org/a.png",
        "data:image/svg+xml;base64,PHN2Zy8+",
        url_of(CONTENT, "gif", claims="png"),
        url_of(CONTENT, "png", claims="jpeg"),
        url_of(CONTENT)[:-200],
        "data:image/png;base64," + "A" * 12_000_000,
        "data:image/png;base64,iVBORw0KGgo=",
        claiming(60_000, 60_000),
    ],
    ids=lambda url: str(url)[:40],
)
def test_what_is_no_picture_file_is_refused_in_words(studio, url) -> None:
    with pytest.raises(ValueError, match=r"picture|PNG"):
        studio.replies["load"]({"kind": "content", "name": "x", "picture": url})
    assert studio.choice.content_name == "noise"


def test_a_head_that_claims_too_much_is_enough_to_refuse(monkeypatch) -> None:
    url = claiming(5000, 4000)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    with pytest.raises(ValueError, match="5000 x 4000 pixels"):
        picture_files.picture_from(url)


def test_a_file_without_the_first_bytes_of_a_picture_is_not_even_opened(monkeypatch) -> None:
    url = url_of(CONTENT, "gif", claims="png")
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    with pytest.raises(ValueError, match="only says"):
        picture_files.picture_from(url)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contents": {}}, "mapping of 1 to 12"),
        ({"contents": [CONTENT]}, "mapping of 1 to 12"),
        ({"styles": {"x": np.ones((3, 3, 4))}}, r"\(n_H, n_W, 3\)"),
        ({"styles": {"x": np.full((3, 3), np.nan)}}, "NaN"),
        ({"size": 5000}, "from 16 to 512"),
        ({"alpha": -1}, "alpha is -1"),
        ({"layers": "conv"}, "list of names"),
        ({"layers": 5}, "layers is 5: expected a list of names"),
        ({"layers": None}, "list of names"),
        ({"styles": {"x": CONTENT[None].repeat(2, 0)}}, "expected 2 or 3 axes"),
        ({"layers": [("a", "b")]}, "weight of layer 'a'"),
    ],
)
def test_what_cannot_be_a_studio_is_refused_in_words(change, words) -> None:
    refusal = widgets.style_studio(**{"contents": {"a": CONTENT}, "styles": {"a": CONTENT}} | change)
    assert isinstance(refusal, Refusal)
    assert re.search(words, refusal.problem)


@pytest.mark.parametrize("picture", [np.zeros((1, 1)), np.ones((1, 30, 3)), CONTENT[None]])
def test_pictures_of_any_shape_will_do(picture) -> None:
    studio = widgets.style_studio({"a": picture}, {"b": picture}, size=32)
    studio.run(towards_style, 2)
    assert max(studio.best.shape) == 32 and "<img " in studio.html()
