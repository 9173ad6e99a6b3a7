"""What can go wrong on the way to release/; how a week is released is tested with nbgrader's other commands."""

import pytest

from tests.course import small_course as small
from tools import release_notebooks
from tools.release_notebooks import ReleaseError, main, release


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    (folder / small.WEEK).mkdir(parents=True)
    return folder


def test_a_week_without_notebooks_names_the_cure(source, tmp_path):
    with pytest.raises(ReleaseError, match="holds no notebooks: run make notebooks first"):
        release(small.WEEK, source, tmp_path / "release")


def test_an_unknown_week_is_named_with_those_there_are():
    with pytest.raises(SystemExit, match=r"no week 'week7'.*week1_foundations"):
        main(["week7"])


def test_success_without_a_file_is_not_believed(source, tmp_path, monkeypatch):
    """nbgrader swallows errors of hooks and ends with code 0."""
    (source / small.WEEK / "small.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(release_notebooks, "nbgrader", lambda *arguments: "")
    with pytest.raises(ReleaseError, match=r"did not make small\.ipynb"):
        release(small.WEEK, source, tmp_path / "release")


@pytest.mark.parametrize("secret", ["### BEGIN SOLUTION", "### END HIDDEN TESTS"])
def test_a_marker_left_in_the_release_stops_it(source, tmp_path, monkeypatch, secret):
    (source / small.WEEK / "small.ipynb").write_text("{}", encoding="utf-8")

    def leak(course, command, week, *options):
        (course / "release" / week).mkdir(parents=True)
        (course / "release" / week / "small.ipynb").write_text(secret, encoding="utf-8")

    monkeypatch.setattr(release_notebooks, "nbgrader", leak)
    with pytest.raises(ReleaseError, match="would be released with"):
        release(small.WEEK, source, tmp_path / "release")
    assert not (tmp_path / "release").exists()


def test_a_notebook_that_left_the_course_leaves_the_release(source, tmp_path, monkeypatch):
    (source / small.WEEK / "small.ipynb").write_text("{}", encoding="utf-8")
    old = tmp_path / "release" / small.WEEK
    old.mkdir(parents=True)
    (old / "gone.ipynb").write_text("{}", encoding="utf-8")
    (old / "my_notes.txt").write_text("keep", encoding="utf-8")

    def make(course, command, week, *options):
        (course / "release" / week).mkdir(parents=True)
        (course / "release" / week / "small.ipynb").write_text("{}", encoding="utf-8")

    monkeypatch.setattr(release_notebooks, "nbgrader", make)
    assert release(small.WEEK, source, tmp_path / "release") == [old / "small.ipynb"]
    assert sorted(path.name for path in old.iterdir()) == ["my_notes.txt", "small.ipynb"]
