"""The course's secret and the seeds made from it."""

import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.secret import LENGTH, course_secret, seed_for
from grader.run.trouble import CannotStart


def test_it_is_made_once_for_the_owner_alone(tmp_path):
    first = course_secret(tmp_path / "ledger")
    assert len(first) == LENGTH
    assert course_secret(tmp_path / "ledger") == first
    assert stat.S_IMODE((tmp_path / "ledger" / "secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "ledger").iterdir()] == ["secret"]


def test_two_courses_have_two(tmp_path):
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_runs_that_make_it_at_the_same_moment_agree(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(course_secret(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_broken_one_is_named_and_not_replaced(tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(CannotStart, match=r"is damaged.*Bring it back from a copy"):
        course_secret(tmp_path)
    assert (tmp_path / "secret").read_bytes() == content


def test_one_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "secret").mkdir()
    with pytest.raises(CannotStart, match="cannot be read"):
        course_secret(tmp_path)


@given(st.tuples(*[st.text(max_size=9)] * 3), st.tuples(*[st.text(max_size=9)] * 3))
def test_seeds_are_63_bits_and_differ_where_anything_does(one, other):
    secret = b"s" * LENGTH
    assert 0 <= seed_for(secret, *one) < 1 << 63
    assert seed_for(secret, *one) != seed_for(b"t" * LENGTH, *one)
    assert (seed_for(secret, *one) == seed_for(secret, *other)) == (one == other)
