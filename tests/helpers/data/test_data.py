"""The door to the data opens quickly and never to the network."""

import subprocess
import sys

OFFLINE = """
import socket, sys

def refuse(*_, **__):
    raise AssertionError("the data asked for the network")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import helpers.data as data

heavy = {"PIL", "matplotlib", "tensorflow", "keras"} & set(sys.modules)
assert not heavy, f"importing helpers.data also imported {heavy}"
for name in data.photograph_names():
    data.photograph(name, size=32), data.learned_edges(name)
data.digits(), data.hand_signs(2), data.photo_classes().split()
assert not {"matplotlib", "tensorflow", "keras"} & set(sys.modules)
print("fine")
"""


def test_everything_is_read_offline_and_nothing_heavy_is_imported():
    finished = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, check=False)
    assert finished.stdout == "fine\n", finished.stderr


def test_the_door_shows_functions_not_modules():
    import helpers.data

    assert all(callable(getattr(helpers.data, name)) for name in helpers.data.__all__)
