"""A small message cannot make much work: keys with one hash, texts that NumPy pads."""

import pytest

from grader.border.channel import refuse
from grader.border.values import MOST_KEYS, BorderError, Packer, Unpacker

SAME_HASH = 2**61 - 1


def unpacked(data):
    return Unpacker(memoryview(b""), refuse).unpack(data)


def comparisons(count):
    """How often Python compares keys while it makes a set of so many that have one hash."""

    class Key:
        made = 0

        def __hash__(self):
            return 0

        def __eq__(self, other):
            Key.made += 1
            return False

    assert len({Key() for _ in range(count)}) == count
    return Key.made


def test_keys_of_one_hash_make_work_that_grows_with_their_square():
    assert {hash(n * SAME_HASH) for n in range(100)} == {0}
    assert comparisons(400) > 10 * comparisons(100)


@pytest.mark.parametrize("kind", ["set", "frozenset"])
def test_sets_have_few_enough_entries(kind):
    assert len(unpacked({"k": kind, "v": list(range(MOST_KEYS))})) == MOST_KEYS
    with pytest.raises(BorderError, match="10,000 entries"):
        unpacked({"k": kind, "v": list(range(MOST_KEYS + 1))})


def test_the_entries_of_all_dictionaries_of_a_message_count_together():
    half = {"k": "dict", "v": [[n, 0] for n in range(MOST_KEYS // 2)]}
    assert len(unpacked([half, half])) == 2
    with pytest.raises(BorderError):
        unpacked([half, half, {"k": "dict", "v": [[1, 1]]}])


def test_what_cannot_arrive_is_not_sent():
    with pytest.raises(BorderError, match="10,000 entries"):
        Packer(refuse).pack(dict.fromkeys(range(MOST_KEYS + 1)))


def test_one_long_text_does_not_make_all_texts_long():
    assert unpacked({"k": "texts", "s": [3], "v": ["x" * 1000, "y", ""]}).tolist() == ["x" * 1000, "y", ""]
    with pytest.raises(BorderError, match="texts is too large"):
        unpacked({"k": "texts", "s": [1001], "v": ["x" * 1_000_000, *["y"] * 1000]})
