import numpy as np
import pytest

from discourse.measures.variance import measure_spread


def spread_of(y, x, units=None, weights=None):
    y, x = np.array(y, float), np.array(x, float)
    units = None if units is None else np.array(units)
    return measure_spread(y[:, None], x, np.zeros(len(y), int), 1, units=units, weights=weights)


def matrix_recount(y, x, units):
    """CR2 and Satterthwaite by matrices: a weighted mean is a regression on a constant of rows of one document each."""
    values = np.repeat(np.array(y, float) / np.array(x, float), x)
    unit = np.repeat(np.array(units), x)
    n = len(values)
    residual = values - values.mean()
    hat = np.full((n, n), 1 / n)
    working = np.eye(n) - hat
    variance, parts = 0.0, []
    for name in np.unique(unit):
        rows = np.flatnonzero(unit == name)
        block = working[np.ix_(rows, rows)]
        roots, vectors = np.linalg.eigh(block)
        adjust = vectors @ np.diag([0 if root < 1e-9 else root**-0.5 for root in roots]) @ vectors.T
        line = np.ones(len(rows)) @ adjust / n
        variance += float(line @ residual[rows]) ** 2
        parts.append(line @ working[rows])
    gram = np.array(parts) @ np.array(parts).T
    return variance, np.trace(gram) ** 2 / (gram**2).sum()


@pytest.mark.parametrize("x", [[1, 1, 1, 1], [5, 1, 2, 9], [30, 1, 1, 2, 1]])
def test_measure_spread_equals_cr2_and_satterthwaite_by_matrices(x):
    y = np.random.default_rng(1).integers(0, np.array(x) + 1)
    found = spread_of(y, x)
    variance, freedom = matrix_recount(y, x, range(len(x)))
    assert found.variance[0, 0] == pytest.approx(variance)
    assert found.freedom[0] == pytest.approx(freedom)


def test_measure_spread_of_equal_units_is_the_textbook_variance():
    values = np.array([1.0, 3.0, 2.0, 7.0])
    found = spread_of(values, np.ones(4))
    assert found.variance[0, 0] == pytest.approx(values.var(ddof=1) / 4)
    assert found.within[0, 0] == pytest.approx(values.var())
    assert (found.freedom[0], found.documents[0], found.whole[0]) == (pytest.approx(3), 4, 4)


def test_measure_spread_clusters_are_summed_in_any_order():
    y, units = [1, 0, 3, 2, 0], [2, 0, 2, 1, 0]
    found, sums = spread_of(y, np.ones(5), units), spread_of([0, 2, 4], [2, 1, 2])
    for name in ("variance", "freedom", "estimate", "whole", "n_units"):
        assert getattr(found, name) == pytest.approx(getattr(sums, name)), name
    assert (found.documents[0], found.whole[0]) == (5, pytest.approx(25 / 9))


def test_measure_spread_weights_change_by_no_scale_and_0_leaves_out():
    y, x, weights = [1, 0, 3, 2], [4, 2, 5, 6], np.array([1.0, 0.5, 2.0, 0.0])
    one, thousand = spread_of(y, x, weights=weights), spread_of(y, x, weights=weights * 1000)
    for name in ("variance", "freedom", "estimate", "documents", "whole", "within"):
        assert getattr(one, name) == pytest.approx(getattr(thousand, name)), name
    assert one.event[0, 0] * 1000 == pytest.approx(thousand.event[0, 0])
    assert one.n_units[0] == 3
    assert spread_of(y[:3], x[:3], weights=weights[:3]).variance == pytest.approx(one.variance)


def test_measure_spread_of_one_unit_or_none_has_no_variance():
    found = measure_spread(np.array([[2.0]]), np.array([4.0]), np.array([1]), 2)
    assert np.isnan(found.variance).all() and np.isnan(found.freedom[1])
    assert np.isnan(found.estimate[0, 0]) and found.estimate[1, 0] == 0.5
    assert found.n_units.tolist() == [0, 1]


def test_measure_spread_documents_without_a_denominator_are_no_units():
    found = spread_of([1, 0, 2], [2, 0, 3])
    assert found.n_units.tolist() == [2]
    assert found.variance == pytest.approx(spread_of([1, 2], [2, 3]).variance)


def test_measure_spread_without_documents_is_null():
    found = measure_spread(np.zeros((0, 2)), np.zeros(0), np.zeros(0, int), 1)
    assert np.isnan(found.estimate).tolist() == [[True, True]] and found.n_units.tolist() == [0]
