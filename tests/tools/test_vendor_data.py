"""What `vendor_data` compares and how it fails; no package is installed and no network used."""

import gzip
import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from tools import vendor_data, vendor_recipes


@pytest.fixture
def two_equal_folders(tmp_path):
    folders = tmp_path / "made", tmp_path / "committed"
    picture = np.arange(64 * 48 * 3, dtype=np.uint32).reshape(48, 64, 3).astype(np.uint8)
    for folder in folders:
        folder.mkdir()
        Image.fromarray(picture).save(folder / "a.jpg", quality=90)
        Image.fromarray(picture[..., 0]).save(folder / "a_edges.png")
        np.savez_compressed(folder / "digits.npz", x=picture)
    return folders


def test_equal_folders_have_no_difference(two_equal_folders):
    assert vendor_data.differences(*two_equal_folders) == []


def test_a_file_missing_on_either_side_is_told(two_equal_folders):
    made, committed = two_equal_folders
    (committed / "a.jpg").unlink()
    (made / "digits.npz").unlink()
    assert vendor_data.differences(made, committed) == [
        "a.jpg: made, but not committed",
        "digits.npz: committed, but no recipe makes it",
    ]


def test_the_same_arrays_packed_in_another_way_are_the_same(two_equal_folders):
    made, committed = two_equal_folders
    with np.load(committed / "digits.npz") as stored:
        np.savez(made / "digits.npz", x=stored["x"])
    assert (made / "digits.npz").read_bytes() != (committed / "digits.npz").read_bytes()
    assert vendor_data.differences(made, committed) == []


@pytest.mark.parametrize(("text", "is_same"), [(b"one\r\ntwo\r\n", True), (b"one\ntoo\n", False)])
def test_a_text_may_end_its_lines_otherwise_but_not_say_something_else(two_equal_folders, text, is_same):
    made, committed = two_equal_folders
    (made / "names.txt").write_bytes(b"one\ntwo\n")
    (committed / "names.txt").write_bytes(text)
    assert vendor_data.differences(made, committed) == ([] if is_same else ["names.txt: the content differs"])


@pytest.mark.parametrize("change", [lambda x: x + np.uint8(1), lambda x: x.astype(np.int64), lambda x: x[:1]])
def test_other_arrays_are_a_difference(two_equal_folders, change):
    made, committed = two_equal_folders
    with np.load(committed / "digits.npz") as stored:
        np.savez_compressed(made / "digits.npz", x=change(stored["x"]))
    assert vendor_data.differences(made, committed) == ["digits.npz: the content differs"]


@pytest.mark.parametrize(("levels", "is_same"), [(2, True), (3, False)])
def test_edges_may_be_rounded_differently_but_not_more(two_equal_folders, levels, is_same):
    made, committed = two_equal_folders
    with Image.open(committed / "a_edges.png") as opened:
        edges = np.array(opened)
    edges[5, 5] = edges[5, 5] - levels if edges[5, 5] > 100 else edges[5, 5] + levels
    Image.fromarray(edges).save(made / "a_edges.png")
    assert vendor_data.differences(made, committed) == ([] if is_same else ["a_edges.png: the content differs"])


def test_edges_of_another_shape_are_a_difference(two_equal_folders):
    made, committed = two_equal_folders
    Image.fromarray(np.zeros((3, 3), np.uint8)).save(made / "a_edges.png")
    assert vendor_data.differences(made, committed) == ["a_edges.png: the content differs"]


def test_a_photograph_must_be_the_same_to_the_pixel(two_equal_folders):
    made, committed = two_equal_folders
    with Image.open(committed / "a.jpg") as opened:
        picture = np.array(opened)
    picture[:8, :8] += 8
    Image.fromarray(picture).save(made / "a.jpg", quality=90)
    assert vendor_data.differences(made, committed) == ["a.jpg: the content differs"]


@pytest.fixture
def recipes_that_copy(monkeypatch, tmp_path, two_equal_folders):
    """No environment: the recipes give what lies in the first of two folders; the second counts as committed."""
    made, committed = two_equal_folders

    def copy(_python, target):
        for path in made.iterdir():
            (target / path.name).write_bytes(path.read_bytes())

    monkeypatch.setattr(vendor_data, "prepare_environment", lambda *_: tmp_path / "python")
    monkeypatch.setattr(vendor_data, "make_files", copy)
    monkeypatch.setattr(vendor_data, "ROOT", tmp_path)
    monkeypatch.setattr(vendor_data, "FILES", committed)
    return made, committed


def test_check_is_content_with_what_is_up_to_date_and_writes_nothing(recipes_that_copy, capsys):
    _, committed = recipes_that_copy
    before = {path.name: path.stat().st_mtime_ns for path in committed.iterdir()}
    assert vendor_data.main(["--check"]) == 0
    assert {path.name: path.stat().st_mtime_ns for path in committed.iterdir()} == before
    assert "up to date" in capsys.readouterr().out


def test_check_fails_with_the_command_that_mends(recipes_that_copy, capsys):
    made, _ = recipes_that_copy
    (made / "new.jpg").write_bytes((made / "a.jpg").read_bytes())
    assert vendor_data.main(["--check"]) == 1
    printed = capsys.readouterr().out
    assert "new.jpg: made, but not committed" in printed and "python -m tools.vendor_data" in printed
    assert vendor_data.main([]) == 0
    assert vendor_data.main(["--check"]) == 0


def test_a_failure_outside_is_one_sentence_and_no_traceback(monkeypatch, capsys):
    def no_network(*_):
        raise vendor_data.VendorError("pip could not install the source packages")

    monkeypatch.setattr(vendor_data, "prepare_environment", no_network)
    assert vendor_data.main([]) == 1
    assert capsys.readouterr().err == "pip could not install the source packages\n"


@pytest.fixture
def pip_that(monkeypatch, tmp_path):
    """Stands in for venv and pip: records each call, makes the interpreter's file, returns the status asked for."""
    calls, status = [], {"returncode": 0}
    folder = tmp_path / "vendor-env"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def create(*_, **__):
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def run(command, **_):
        calls.append(command)
        return subprocess.CompletedProcess(command, status["returncode"])

    monkeypatch.setattr(vendor_data.venv, "create", create)
    monkeypatch.setattr(vendor_data.subprocess, "run", run)
    return folder, calls, status


@pytest.mark.parametrize("changed", ["wheels.txt", "sources.txt"])
def test_packages_are_installed_once_by_hash_and_again_when_the_pins_change(pip_that, tmp_path, changed):
    folder, calls, _ = pip_that
    pins = tmp_path / "wheels.txt", tmp_path / "sources.txt"
    for path in pins:
        path.write_text("one==1", encoding="utf-8")
    vendor_data.prepare_environment(folder, *pins)
    vendor_data.prepare_environment(folder, *pins)
    assert len(calls) == 2 and all("--require-hashes" in call and "--no-deps" in call for call in calls)
    (tmp_path / changed).write_text("one==2", encoding="utf-8")
    vendor_data.prepare_environment(folder, *pins)
    assert len(calls) == 4


def test_a_package_is_built_with_the_pinned_setuptools_and_not_with_one_that_pip_fetches(pip_that):
    folder, calls, _ = pip_that
    vendor_data.prepare_environment(folder, vendor_data.REQUIREMENTS, vendor_data.SOURCE_REQUIREMENTS)
    wheels, sources = calls
    assert wheels[wheels.index("--only-binary") + 1] == ":all:" and str(vendor_data.REQUIREMENTS) in wheels
    assert "--no-build-isolation" in sources and str(vendor_data.SOURCE_REQUIREMENTS) in sources
    assert "\nsetuptools==" in vendor_data.REQUIREMENTS.read_text(encoding="utf-8")


def test_a_failed_installation_is_not_taken_for_done(pip_that, tmp_path):
    folder, calls, status = pip_that
    status["returncode"] = 1
    for _ in range(2):
        with pytest.raises(vendor_data.VendorError, match="network"):
            vendor_data.prepare_environment(folder, vendor_data.REQUIREMENTS, vendor_data.SOURCE_REQUIREMENTS)
    assert len(calls) == 2


@pytest.mark.parametrize("file", [vendor_data.REQUIREMENTS, vendor_data.SOURCE_REQUIREMENTS])
def test_every_requirement_is_pinned_and_hashed(file):
    text = file.read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines and all(re.match(r"[\w-]+==[\d.]+ +--hash=sha256:[0-9a-f]{64}", line) for line in lines)


def test_a_photograph_is_reduced_keeps_its_proportions_and_is_the_same_each_time(tmp_path):
    Image.linear_gradient("L").resize((600, 400)).convert("RGB").save(tmp_path / "source.png")
    for name in ("one.jpg", "two.jpg"):
        vendor_recipes.write_photograph(tmp_path / "source.png", tmp_path / name, grey=False)
    assert (tmp_path / "one.jpg").read_bytes() == (tmp_path / "two.jpg").read_bytes()
    with Image.open(tmp_path / "one.jpg") as reduced:
        assert reduced.size == (384, 256) and reduced.mode == "RGB"


def test_the_digits_are_split_by_class_and_the_same_each_time(tmp_path):
    labels = np.repeat(np.arange(10), 150)
    table = np.zeros((1500, 785), int)
    table[:, 0], table[:, -1] = np.arange(1500) % 256, labels
    with gzip.open(tmp_path / "digits.csv.gz", "wt", encoding="utf-8") as file:
        np.savetxt(file, table, fmt="%d", delimiter=",")
    for name in ("one.npz", "two.npz"):
        vendor_recipes.write_digits(tmp_path / "digits.csv.gz", tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as stored:
        assert np.array_equal(np.bincount(stored["y_train"]), [50] * 10)
        assert np.array_equal(np.bincount(stored["y_test"]), [100] * 10)
        first_pixels = np.concatenate([stored["x_train"], stored["x_test"]])[:, 0, 0]
    assert np.array_equal(np.sort(first_pixels), np.sort(np.arange(1500) % 256))
