import numpy as np
import pytest

from discourse.measures.change.clustered import difference_interval, estimate_cells, part, ratio_interval
from discourse.measures.variance import measure_spread

RNG = np.random.default_rng(1)
CELL = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
UNIT = np.array([0, 0, 1, 2, 3, 4, 4, 2, 5, 5, 6, 7])
X = RNG.integers(1, 5, 12).astype(float)
Y = RNG.integers(0, 4, 12) * X
COEFFICIENTS = np.array([-0.4, -0.6, 1.0])


def by_matrices():
    """Return value, variance and degrees of freedom of the same, with whole matrices."""
    root = np.sqrt(X)
    design = (CELL[:, None] == np.arange(3)) * root[:, None]
    bread = np.linalg.inv(design.T @ design)
    left = np.eye(12) - design @ bread @ design.T
    residual = left @ (Y / root)
    influence = COEFFICIENTS @ bread @ design.T
    columns = []
    for unit in range(8):
        own = np.where(UNIT == unit, influence, 0.0)
        columns.append(own / np.sqrt(own @ left @ own / (own @ own)))
    columns = np.array(columns)
    inner = columns @ left @ columns.T
    value = COEFFICIENTS @ bread @ design.T @ (Y / root)
    return value, ((columns @ residual) ** 2).sum(), np.trace(inner) ** 2 / np.trace(inner @ inner)


def test_estimate_cells_is_that_of_whole_matrices():
    found = estimate_cells(part(Y, X, CELL, UNIT, 3, 8), COEFFICIENTS)
    value, variance, df = by_matrices()
    assert (found.value, found.variance, found.df) == (pytest.approx(value), pytest.approx(variance), pytest.approx(df))


def test_estimate_cells_of_one_cell_is_the_variance_of_the_common_intervals():
    here = CELL == 2
    found = estimate_cells(part(Y, X, CELL, UNIT, 3, 8), np.array([0.0, 0.0, 1.0]))
    spread = measure_spread((Y / X)[here][:, None] * X[here][:, None], X[here], np.zeros(5, int), 1, units=UNIT[here])
    assert found.variance == pytest.approx(spread.variance[0, 0]) and found.plain == pytest.approx(spread.plain[0, 0])
    assert found.df == pytest.approx(spread.freedom[0])


def test_estimate_cells_unit_that_is_a_whole_cell_has_the_spread_of_the_others():
    cell, unit = np.array([0, 0, 0, 1]), np.arange(4)
    found = estimate_cells(part(np.array([0, 1, 2, 9.0]), np.ones(4), cell, unit, 2, 4), np.array([0.0, 1.0]))
    assert (found.value, found.variance) == (9.0, pytest.approx(1.0))  # variance of 0, 1, 2
    assert found.df == 2


def test_estimate_cells_of_single_units_alone_has_no_variance():
    found = estimate_cells(
        part(np.array([0, 1.0]), np.ones(2), np.arange(2), np.arange(2), 2, 2), np.array([-1.0, 1.0])
    )
    assert found.value == 1.0 and np.isnan(found.variance)


def test_part_leaves_units_without_a_denominator_out():
    found = part(np.array([1.0, 0.0]), np.array([2.0, 0.0]), np.zeros(2, int), np.arange(2), 1, 2)
    assert found.unit.tolist() == [0]


@pytest.mark.parametrize(("correlation", "half"), [(0.0, 5.0), (1.0, 1.0), (-1.0, 7.0)])
def test_difference_interval_follows_the_correlation(correlation, half):
    lower, upper = difference_interval((0.0, -3.0, 3.0), (10.0, 6.0, 14.0), correlation)
    assert (lower, upper) == (pytest.approx(10 - half), pytest.approx(10 + half))


def test_difference_interval_keeps_lopsided_sides():
    lower, upper = difference_interval((0.0, 0.0, 0.4), (0.3, 0.3, 0.3))
    assert (lower, upper) == (pytest.approx(-0.1), pytest.approx(0.3))


def test_ratio_interval_without_a_first_side_is_null():
    assert np.isnan(ratio_interval((0.0, 0.0, 0.1), (0.5, 0.4, 0.6))).all()


def test_ratio_interval_of_a_second_side_of_nothing_starts_at_nothing():
    assert ratio_interval((2.0, 1.0, 4.0), (0.0, 0.0, 3.0)) == (0.0, 0.0, 3.0)


def test_ratio_interval_of_a_first_side_that_may_be_nothing_has_no_end():
    ratio, lower, upper = ratio_interval((1.0, 0.0, 2.0), (2.0, 1.0, 4.0))
    assert ratio == 2.0 and 0 < lower < 2 and upper == np.inf
