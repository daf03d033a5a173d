import numpy as np
import pytest

from discourse.errors import SchemaError
from discourse.measures.intervals import bootstrap_interval, poisson_interval, ratio_by_group, wilson_interval


def test_wilson_interval_published_example_agrees():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81/263 gives 0.2553 to 0.3662; 0/20 gives 0 to 0.1611.
    lower, upper = wilson_interval([81, 0], [263, 20])
    assert np.round(lower, 4).tolist() == [0.2553, 0.0]
    assert np.round(upper, 4).tolist() == [0.3662, 0.1611]


def test_wilson_interval_without_units_is_null():
    lower, upper = wilson_interval(0, 0)
    assert np.isnan(lower) and np.isnan(upper)


def test_poisson_interval_published_example_agrees():
    # Garwood (1936): 0 events 0 to 3.69, 1 event 0.025 to 5.57, 10 events 4.80 to 18.39.
    lower, upper = poisson_interval([0, 1, 10], [1, 1, 1])
    assert np.round(lower, 3).tolist() == [0.0, 0.025, 4.795]
    assert np.round(upper, 2).tolist() == [3.69, 5.57, 18.39]


def test_bootstrap_interval_of_a_mean_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(10, 2, 400)
    lower, upper = bootstrap_interval(values[:, None], np.ones(400), n_draws=4000)
    half = 1.96 * values.std() / 20
    assert lower[0] == pytest.approx(values.mean() - half, abs=0.03)
    assert upper[0] == pytest.approx(values.mean() + half, abs=0.03)


def test_bootstrap_interval_recounted_by_plain_python_agrees():
    numerators, denominators = np.array([[3.0], [0.0], [1.0]]), np.array([10.0, 5.0, 20.0])
    taken = np.random.default_rng(np.random.SeedSequence(7)).integers(0, 3, size=(50, 3), dtype=np.int32)
    draws = [sum(numerators[i, 0] for i in row) / sum(denominators[i] for i in row) for row in taken]
    lower, upper = bootstrap_interval(numerators, denominators, n_draws=50, seed=7)
    assert lower[0] == pytest.approx(np.quantile(draws, 0.025))
    assert upper[0] == pytest.approx(np.quantile(draws, 0.975))


def test_bootstrap_interval_is_the_same_in_any_chunk(monkeypatch):
    rng = np.random.default_rng(0)
    numerators, denominators = rng.poisson(1, (40, 3)), rng.poisson(100, 40)
    whole = bootstrap_interval(numerators, denominators)
    monkeypatch.setattr("discourse.measures.intervals._CHUNK", 40 * 7)
    assert np.array_equal(whole, bootstrap_interval(numerators, denominators))


def test_bootstrap_interval_more_columns_do_not_change_the_first():
    numerators = np.random.default_rng(0).poisson(1, (40, 3))
    alone = bootstrap_interval(numerators[:, :1], np.ones(40))
    among = bootstrap_interval(numerators, np.ones(40))
    assert alone[0][0] == among[0][0] and alone[1][0] == among[1][0]


def test_bootstrap_interval_without_draws_raises():
    with pytest.raises(SchemaError) as error:
        bootstrap_interval(np.ones((2, 1)), np.ones(2), n_draws=0)
    assert str(error.value) == "`n_draws` is 0; it must be at least 1. 1,000 is the usual choice."


def test_bootstrap_interval_level_off_range_raises():
    with pytest.raises(SchemaError) as error:
        bootstrap_interval(np.ones((2, 1)), np.ones(2), level=95)
    assert str(error.value) == "`level` is 95; it must lie between 0 and 1. 0.95 is the usual choice."


@pytest.mark.parametrize(("kind", "method"), [("share", "wilson"), ("rate", "poisson"), ("mean", "wilson")])
def test_ratio_by_group_collapsed_bootstrap_is_replaced(kind, method):
    found = ratio_by_group(np.ones((3, 1)), np.ones(3), np.zeros(3, dtype=int), ["a"], kind=kind)
    assert found["method"].tolist() == [[method]]
    assert found["lower"][0, 0] < found["estimate"][0, 0]


def test_ratio_by_group_mean_of_one_document_spans_what_wilson_leaves_open():
    found = ratio_by_group(np.array([[1.0]]), np.ones(1), np.zeros(1, dtype=int), ["a"], kind="mean")
    # 0 of 1 differ: Wilson upper bound 3.8415 / 4.8415 = 0.7935; scale -2 to 2
    assert found["lower"][0, 0] == pytest.approx(1 - 0.7935 * 3, abs=1e-3)
    assert found["upper"][0, 0] == pytest.approx(1 + 0.7935 * 1, abs=1e-3)


def test_ratio_by_group_empty_group_is_null_with_method_none():
    found = ratio_by_group(np.ones((1, 2)), np.ones(1), np.array([1]), ["a", "b"])
    assert np.isnan(found["estimate"][0]).all()
    assert found["method"][0].tolist() == ["none", "none"]
    assert found["n_units"].tolist() == [0, 1]


def test_ratio_by_group_units_are_resampled_as_wholes():
    values = np.repeat(np.random.default_rng(3).integers(0, 2, 30), 10)[:, None].astype(float)
    groups, units = np.zeros(300, dtype=int), np.repeat(np.arange(30), 10)
    single = ratio_by_group(values, np.ones(300), groups, ["a"], kind="share")
    whole = ratio_by_group(values, np.ones(300), groups, ["a"], kind="share", units=units)
    assert whole["n_units"].tolist() == [30]
    assert whole["estimate"][0, 0] == single["estimate"][0, 0]
    ratio = (whole["upper"] - whole["lower"])[0, 0] / (single["upper"] - single["lower"])[0, 0]
    assert 2 < ratio < 4.5  # the design effect of ten copies each is the square root of ten
