"""Words placed by chance: against enumeration, against shuffled documents, and against one another."""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import hypergeom

from discourse.measures.lexis.placement import (
    Placed,
    chance_tails,
    exact_tails,
    hypergeometric,
    place_by_chance,
    saddle_tails,
    tail_by_moments,
)


def test_hypergeometric_equals_scipy():
    k = np.arange(8)
    for n, window, size in ((7, 5, 20), (3, 20, 20), (6, 12, 15), (1, 1, 2)):
        assert hypergeometric(k, n, window, size) == pytest.approx(hypergeom.pmf(k, size, n, window), abs=1e-12)


def test_exact_tail_equals_all_ways_to_place_the_words():
    size, window, n = (6, 5), (2, 3), (2, 3)
    ways = [
        sum(place < window[0] for place in one) + sum(place < window[1] for place in other)
        for one in combinations(range(size[0]), n[0])
        for other in combinations(range(size[1]), n[1])
    ]
    for observed in range(1, 6):
        found, known = exact_tails(
            np.array([observed]), np.array(n), np.array(window), np.array(size), np.zeros(2, int)
        )
        assert known[0] or not found[0]
        assert float(found[0]) == pytest.approx(np.mean(np.array(ways) >= observed), abs=1e-12)


def test_tails_equal_those_of_shuffled_documents():
    rng = np.random.default_rng(3)
    sizes, windows, counts = rng.integers(20, 60, 30), rng.integers(3, 12, 30), rng.integers(1, 5, 30)
    drawn = np.zeros(20_000, int)
    for size, window, n in zip(sizes, windows, counts, strict=True):
        order = rng.permuted(np.tile(np.arange(size) < n, (20_000, 1)), axis=1)
        drawn += order[:, :window].sum(axis=1)
    placed = place_by_chance(counts, windows, sizes, np.zeros(30, int), 1)
    assert float(placed.mean[0]) == pytest.approx(drawn.mean(), abs=0.06)
    assert float(placed.variance[0]) == pytest.approx(drawn.var(), rel=0.05)
    for observed in (12, 16, 20, 22):
        tail = chance_tails(np.array([observed]), counts, windows, sizes, np.zeros(30, int), placed)
        assert float(tail[0]) == pytest.approx((drawn >= observed).mean(), abs=0.012)


def test_saddlepoint_is_near_the_law_worked_out_whole():
    rng = np.random.default_rng(4)
    for _ in range(20):
        n, window, size = 1 + rng.geometric(0.5, 20), rng.integers(5, 40, 20), rng.integers(100, 600, 20)
        term = np.zeros(20, int)
        placed = place_by_chance(n, window, size, term, 1)
        observed = np.array([int(placed.mean[0] + 3 * np.sqrt(placed.variance[0])) + 1])
        exact, known = exact_tails(observed, n, window, size, term)
        assert known[0]
        assert float(saddle_tails(observed, n, window, size, term, placed)[0]) == pytest.approx(
            float(exact[0]), rel=0.1
        )


@pytest.mark.parametrize(("documents", "known"), [(20, True), (21, False)])
def test_exact_tails_are_worked_out_up_to_twenty_documents(documents, known):
    ones = np.ones(documents, int)
    found = exact_tails(np.array([3]), ones, 5 * ones, 50 * ones, np.zeros(documents, int))
    assert bool(found[1][0]) is known


@pytest.mark.parametrize(("observed", "tail"), [(0, 1.0), (4, 1.0), (5, 0.0)])
def test_words_that_cannot_move_are_certain(observed, tail):
    placed = Placed(np.array([4.0]), np.array([0.0]), np.ones(1))
    assert float(tail_by_moments(np.array([observed]), placed)[0]) == tail


def test_copies_of_a_story_count_once():
    n, window, size = np.full(12, 2), np.full(12, 10), np.full(12, 100)
    story = np.repeat(np.arange(4), 3)
    alone = place_by_chance(n, window, size, np.zeros(12, int), 1)
    together = place_by_chance(n, window, size, np.zeros(12, int), 1, story)
    assert float(together.effect[0]) == pytest.approx(3)
    assert float(together.variance[0]) == pytest.approx(3 * float(alone.variance[0]))
    one = place_by_chance(n[:4], window[:4], size[:4], np.zeros(4, int), 1)
    found = saddle_tails(np.array([9]), n, window, size, np.zeros(12, int), together)
    wanted = saddle_tails(np.array([3]), n[:4], window[:4], size[:4], np.zeros(4, int), one)
    assert float(found[0]) == pytest.approx(float(wanted[0]), rel=1e-6)
