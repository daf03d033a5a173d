"""Where parts begin and end: their number suits the workers, none is larger than it may be."""

import numpy as np
import pytest

from discourse.sources.parted_bounds import even_bounds


def held(*sizes):
    """Return the characters up to the end of each document."""
    return np.cumsum(np.array(sizes, np.int64))


@pytest.mark.parametrize(
    ("n_documents", "workers", "n_parts"),
    [(40, 1, 4), (40, 2, 4), (40, 3, 6), (40, 4, 4), (41, 1, 5), (41, 2, 6), (40, 5, 5), (40, 20, 20), (40, 50, 40)],
)
def test_even_bounds_as_few_parts_as_workers_share_evenly(n_documents, workers, n_parts):
    assert len(even_bounds(held(*[10] * n_documents), 100, workers)) - 1 == n_parts


@pytest.mark.parametrize(
    ("characters", "workers", "n_parts"),
    [(7_999_999, 2, 2), (8_000_000, 2, 4), (3_999_999, 2, 1), (4_000_000, 2, 2), (50_000_000, 1, 1)],
)
def test_even_bounds_two_parts_for_each_worker_where_it_is_worth_their_start(characters, workers, n_parts):
    sizes = [characters // 1_000] * 999
    bounds = even_bounds(held(*sizes, characters - sum(sizes)), 100_000_000, workers)
    assert len(bounds) - 1 == n_parts


def test_even_bounds_no_part_has_much_more_than_another():
    sizes = np.random.default_rng(5).integers(1, 100, 5_000)
    bounds = even_bounds(held(*sizes), 26_000, 4)
    parts = np.add.reduceat(sizes, bounds[:-1])
    assert len(parts) == 12
    assert parts.max() - parts.min() < 12 * 100 and parts.max() <= 26_000


@pytest.mark.parametrize(
    ("sizes", "size", "bounds"),
    [
        ((), 10, [0]),
        ((5,), 10, [0, 1]),
        ((50,), 10, [0, 1]),
        ((0, 0, 0), 10, [0, 3]),
        ((50, 1, 1), 10, [0, 1, 3]),
        ((1, 1, 50), 10, [0, 2, 3]),
    ],
)
def test_even_bounds_few_documents_or_one_that_is_too_long(sizes, size, bounds):
    assert even_bounds(held(*sizes), size, 1) == bounds


def test_even_bounds_more_workers_than_documents_get_one_each():
    assert even_bounds(held(9, 9, 9), 10, 8) == [0, 1, 2, 3]
