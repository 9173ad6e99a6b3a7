"""Frames: whatever arrives, it is a message or one of two refusals, in bounded memory."""

import socket
import struct
import threading
import time
import tracemalloc

import numpy as np
import pytest

from grader.border.channel import MOST_JSON, Channel, ChannelClosed, TooSlow
from grader.border.values import MOST_BLOB, BorderError
from tests.grader.border.fuzz import frame_of, outcome, run


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def test_a_message_arrives(pair):
    channel, other = pair
    threading.Thread(target=Channel(other).send, args=({"value": np.ones((300, 300)), "id": 4},)).start()
    message = channel.receive(time.monotonic() + 60)
    assert message["id"] == 4
    assert message["value"].sum() == 90_000


def test_a_hundred_thousand_mutated_frames_give_messages_or_refusals_only():
    outcomes = run(100_000)
    assert set(outcomes) == {"message", "BorderError", "ChannelClosed"}
    assert min(outcomes.values()) > 1000, "the mutations reach every outcome"


@pytest.mark.parametrize(("text", "blob"), [(MOST_JSON + 1, 0), (2, MOST_BLOB + 1), (2**32 - 1, 2**64 - 1)])
def test_a_frame_that_says_it_is_huge_is_refused_before_it_is_read(text, blob):
    assert outcome(struct.pack("<4sIQ", b"RFg1", text, blob) + b"{}") == "BorderError"


def test_a_buffer_that_was_promised_and_never_comes_costs_no_memory(pair):
    channel, other = pair
    other.sendall(struct.pack("<4sIQ", b"RFg1", 2, MOST_BLOB) + b"{}")
    tracemalloc.start()
    with pytest.raises(TooSlow):
        channel.receive(time.monotonic() + 0.3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_json_two_hundred_thousand_levels_deep_is_refused():
    text = b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert outcome(struct.pack("<4sIQ", b"RFg1", len(text), 0) + text) == "BorderError"


def test_the_other_side_that_is_gone_is_told_from_one_that_is_slow(pair):
    channel, other = pair
    with pytest.raises(TooSlow):
        channel.receive(time.monotonic() + 0.05)
    other.close()
    with pytest.raises(ChannelClosed):
        channel.receive(time.monotonic() + 5)


def test_half_a_frame_is_no_message():
    frame = frame_of({"value": [1, 2, 3]})
    assert outcome(frame) == "message"
    assert {outcome(frame[:size]) for size in range(len(frame))} == {"ChannelClosed"}


def test_sending_to_nobody_is_told(pair):
    channel, other = pair
    other.close()
    with pytest.raises(ChannelClosed):
        channel.send({"value": b"x" * (1 << 20)}, time.monotonic() + 5)


def test_a_value_that_cannot_cross_sends_nothing(pair):
    channel, other = pair
    with pytest.raises(BorderError):
        channel.send({"value": object()})
    channel.send({"value": 1})
    assert Channel(other).receive()["value"] == 1
