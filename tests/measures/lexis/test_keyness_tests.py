from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import mannwhitneyu

from discourse.measures.lexis.keyness_tests import rank_sum, shuffle_stories
from discourse.measures.lexis.sets import Sets


def sets_of(counts, tokens, side, unit=None):
    """Return sets in which each part is a document."""
    unit = np.arange(len(side)) if unit is None else np.asarray(unit)
    side, tokens = np.asarray(side), np.asarray(tokens)
    counts = sparse.csr_array(np.asarray(counts, dtype=np.int64))
    with_term = np.stack([np.asarray((counts[side == one] > 0).sum(axis=0)).ravel() for one in (0, 1)])
    names = pd.Index([f"t{place}" for place in range(counts.shape[1])])
    return Sets(names, ("a", "b"), counts, tokens, side, unit, with_term, tokens, side, unit)


def drawn(seed, n=14, n_terms=6):
    random = np.random.default_rng(seed)
    tokens = random.integers(20, 80, n)
    counts = random.poisson(random.gamma(0.5, 2, (n, n_terms)) * tokens[:, None] / 40)
    counts[0] += 1  # no term is absent
    return counts, tokens, random.permutation(np.repeat([0, 1], [6, n - 6]))


def test_shuffle_stories_comes_near_to_all_ways_to_deal():
    counts, tokens, side = drawn(1)
    found = shuffle_stories(sets_of(counts, tokens, side), n_draws=4000)
    rate = counts.sum(axis=0) / tokens.sum()
    apart = counts - tokens[:, None] * rate
    n, n_first = len(side), int((side == 0).sum())
    every = np.array([apart[list(chosen)].sum(axis=0) for chosen in combinations(range(n), n_first)])
    seen = apart[side == 0].sum(axis=0)
    exact = (np.abs(every) >= np.abs(seen) - 1e-9).mean(axis=0)
    assert found.p.tolist() == pytest.approx(exact.tolist(), abs=0.03)
    spread = every.std(axis=0)
    assert found.strength.tolist() == pytest.approx((np.abs(seen) / spread).tolist())
    strongest = (np.abs(every) / spread).max(axis=1)
    first = int(np.argmax(found.strength))
    assert found.p_any[first] == pytest.approx((strongest >= found.strength[first] - 1e-9).mean(), abs=0.03)


def test_shuffle_stories_exchanges_the_parts_of_a_story_on_both_sides():
    counts = np.array([[3], [4], [5], [6], [0], [1], [0], [1]])
    tokens, side, unit = np.full(8, 50), np.repeat([0, 1], 4), np.tile([0, 1, 2, 3], 2)
    found = shuffle_stories(sets_of(counts, tokens, side, unit), n_draws=4000)
    gaps = np.array([3, 3, 5, 5])
    signs = np.array(np.meshgrid(*[[-1, 1]] * 4)).reshape(4, -1)
    exact = (np.abs(gaps @ signs) >= gaps.sum()).mean()  # 2 of 16
    assert found.p[0] == pytest.approx(exact, abs=0.02)


def test_shuffle_stories_step_down_p_is_never_below_p_and_falls_with_strength():
    counts, tokens, side = drawn(2, n_terms=30)
    found = shuffle_stories(sets_of(counts, tokens, side), n_draws=500)
    order = np.argsort(-found.strength)
    assert (np.diff(found.p_any[order]) >= 0).all()
    assert (found.p_any >= found.p - 0.05).all()


def test_shuffle_stories_term_that_no_deal_moves_has_a_p_of_one():
    found = shuffle_stories(sets_of([[2], [4], [2], [4]], [10, 20, 10, 20], [0, 0, 1, 1]), n_draws=99)
    assert found.p.tolist() == [1.0]
    assert found.p_any.tolist() == [1.0]


def test_shuffle_stories_strong_term_has_more_draws_and_the_same_seed_the_same_p():
    counts = np.r_[np.full((15, 1), 5), np.zeros((15, 1), int)]
    counts = np.c_[counts, np.tile([1, 2], 15)]
    sets = sets_of(counts, np.full(30, 60), np.repeat([0, 1], 15))
    found, again = (shuffle_stories(sets, n_draws=100) for _ in range(2))
    assert found.n_draws.tolist() == [200, 100]
    assert found.p[0] == 1 / 201
    assert found.p.tolist() == again.p.tolist()


def test_rank_sum_equals_scipy_with_ties_and_zeros():
    counts, tokens, side = drawn(3, n=40, n_terms=12)
    counts[:, 4] = 0
    counts[3, 4] = 1
    rates = counts / tokens[:, None]
    oracle = [
        mannwhitneyu(column[side == 0], column[side == 1], method="asymptotic", use_continuity=True).pvalue
        for column in rates.T
    ]
    assert rank_sum(sets_of(counts, tokens, side)).tolist() == pytest.approx(oracle, rel=1e-9)


def test_rank_sum_is_null_where_all_stories_lie_on_both_sides():
    sets = sets_of(np.ones((4, 1), int), [9] * 4, [0, 0, 1, 1], [0, 1, 0, 1])
    assert np.isnan(rank_sum(sets)).all()
