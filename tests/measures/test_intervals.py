import hashlib

import numpy as np
import pytest
from scipy.stats import chi2

from discourse.errors import SchemaError
from discourse.measures import intervals
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


@pytest.mark.parametrize("level", [0, 1, -0.1, 1.1])
@pytest.mark.parametrize(
    "interval",
    [
        lambda level: wilson_interval(1, 2, level=level),
        lambda level: poisson_interval(1, 2, level=level),
        lambda level: bootstrap_interval(np.ones((2, 1)), np.ones(2), level=level),
    ],
)
def test_intervals_level_at_an_end_of_its_range_raises(interval, level):
    with pytest.raises(SchemaError, match="^`level` is .*; it must lie between 0 and 1. 0.95 is the usual choice.$"):
        interval(level)


@pytest.mark.parametrize("interval", [wilson_interval, poisson_interval])
def test_intervals_higher_level_within_its_range_is_wider(interval):
    widths = [float(np.subtract(*reversed(interval(3, 10, level=level)))) for level in (0.001, 0.95, 0.999)]
    assert widths == sorted(set(widths))
    assert interval(3, 10) == interval(3, 10, level=0.95)


def test_wilson_interval_none_and_all_reach_the_ends():
    lower, upper = wilson_interval([0, 1, 9, 10], [10, 10, 10, 10])
    assert (lower == 0).tolist() == [True, False, False, False]
    assert (upper == 1).tolist() == [False, False, False, True]
    assert lower[3] == pytest.approx(1 - upper[0])


def test_wilson_interval_none_and_all_reach_the_ends_exactly():
    n = np.arange(1, 200)
    assert (wilson_interval(0 * n, n)[0] == 0).all()
    assert (wilson_interval(n, n)[1] == 1).all()


def test_poisson_interval_exposure_divides_and_none_is_null():
    one, ten = np.array(poisson_interval(3, 1)), np.array(poisson_interval(3, 10))
    assert one / 10 == pytest.approx(ten)
    assert np.isnan(poisson_interval(3, 0)).all() and np.isnan(poisson_interval(0, 0)).all()
    assert poisson_interval(0, 1)[0] == 0 < poisson_interval(1, 1)[0]


@pytest.mark.parametrize("count", [0.5, 1, 1.5, 2])
def test_poisson_interval_of_weighted_counts_is_that_of_chi_square(count):
    lower, upper = poisson_interval(count, 1)
    assert lower == pytest.approx(chi2.ppf(0.025, 2 * count) / 2)
    assert upper == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2)


@pytest.mark.parametrize(("level", "tails"), [(0.95, (0.025, 0.975)), (0.5, (0.25, 0.75))])
def test_bootstrap_interval_tails_leave_out_as_much_on_either_side(level, tails):
    values = np.arange(20.0)
    draws = np.random.default_rng(np.random.SeedSequence(7)).integers(0, 20, size=(200, 20), dtype=np.int32)
    wanted = np.quantile(values[draws].mean(axis=1), tails)
    lower, upper = bootstrap_interval(values[:, None], np.ones(20), n_draws=200, seed=7, level=level)
    assert (lower[0], upper[0]) == pytest.approx(tuple(wanted))


def test_bootstrap_interval_without_units_is_null():
    lower, upper = bootstrap_interval(np.ones((0, 2)), np.ones(0))
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True]


def test_bootstrap_interval_defaults_are_the_documented_ones():
    values = np.random.default_rng(3).random((40, 1))
    explicit = bootstrap_interval(values, np.ones(40), n_draws=1000, seed=20151223, level=0.95)
    assert bootstrap_interval(values, np.ones(40)) == explicit


def test_bootstrap_interval_of_one_draw_is_a_point():
    lower, upper = bootstrap_interval(np.array([[1.0], [0.0]]), np.ones(2), n_draws=1)
    assert lower[0] == upper[0]


def test_bootstrap_interval_draws_without_a_denominator_are_left_out():
    lower, upper = bootstrap_interval(np.array([[3.0, 0.0], [0.0, 0.0]]), np.array([2.0, 0.0]), n_draws=100)
    assert (lower.tolist(), upper.tolist()) == ([1.5, 0.0], [1.5, 0.0])
    lower, upper = bootstrap_interval(np.array([[3.0], [1.0], [0.0]]), np.array([2.0, 2.0, 0.0]), n_draws=100)
    assert (lower[0], upper[0]) == (0.5, 1.5)
    empty = bootstrap_interval(np.zeros((2, 1)), np.zeros(2), n_draws=100)
    assert np.isnan(empty).all()


@pytest.mark.parametrize("small", [0, 40 * 4 * 7, 40 * 4 * 8, 40 * 4 * 5000])
def test_bootstrap_interval_is_the_same_however_small_a_product_is(monkeypatch, small):
    rng = np.random.default_rng(0)
    numerators, denominators = rng.poisson(1, (40, 3)), rng.poisson(100, 40)
    whole = bootstrap_interval(numerators, denominators)
    monkeypatch.setattr("discourse.measures.intervals._SMALL", small)
    assert np.array_equal(whole, bootstrap_interval(numerators, denominators))


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


def test_ratio_by_group_draws_depend_on_seed_and_name_alone():
    values, ones = np.random.default_rng(1).poisson(2, (12, 2)).astype(float), np.ones(12)
    words = np.frombuffer(hashlib.sha256(b"2015-01-01|x").digest()[:16], dtype="<u4")
    wanted = bootstrap_interval(values[:6], ones[:6], n_draws=300, seed=[5, *words.tolist()], level=0.9)
    groups = np.repeat([1, 0], 6)
    found = ratio_by_group(values, ones, groups, ["2015-02-01|x", "2015-01-01|x"], n_draws=300, seed=5, level=0.9)
    assert (found["lower"][1].tolist(), found["upper"][1].tolist()) == (wanted[0].tolist(), wanted[1].tolist())
    assert found["estimate"][1].tolist() == (values[:6].sum(axis=0) / 6).tolist()


def test_ratio_by_group_defaults_are_the_documented_ones():
    values, ones, groups = np.random.default_rng(3).random((40, 1)), np.ones(40), np.zeros(40, dtype=int)
    explicit = {"kind": "rate", "bounds": (-2.0, 2.0), "n_draws": 1000, "seed": 20151223, "level": 0.95}
    for name, found in ratio_by_group(values, ones, groups, ["a"]).items():
        assert found.tolist() == ratio_by_group(values, ones, groups, ["a"], **explicit)[name].tolist(), name


@pytest.mark.parametrize(("values", "method"), [([1.0], "wilson"), ([1.0, 0.0], "bootstrap"), ([1.0, 1.0], "wilson")])
def test_ratio_by_group_one_unit_or_equal_units_have_nothing_to_draw(values, method):
    n = len(values)
    found = ratio_by_group(np.array(values)[:, None], np.ones(n), np.zeros(n, dtype=int), ["a"], kind="share")
    assert found["method"].tolist() == [[method]]


def test_ratio_by_group_stand_in_of_a_share_counts_its_units():
    found = ratio_by_group(np.ones((4, 1)), np.ones(4), np.zeros(4, dtype=int), ["a"], kind="share")
    assert (found["lower"][0, 0], found["upper"][0, 0]) == tuple(float(x) for x in wilson_interval(4, 4))


def test_ratio_by_group_stand_in_of_a_rate_counts_its_exposure():
    found = ratio_by_group(np.array([[6.0]]), np.array([40.0]), np.zeros(1, dtype=int), ["a"])
    assert (found["lower"][0, 0], found["upper"][0, 0]) == tuple(float(x) for x in poisson_interval(6, 40))


def test_ratio_by_group_stand_ins_of_several_columns_stand_apart():
    found = ratio_by_group(np.array([[6.0, 0.0, 2.0]]), np.array([40.0]), np.zeros(1, dtype=int), ["a"])
    lower, upper = poisson_interval([6, 0, 2], [40, 40, 40])
    assert found["lower"][0].tolist() == lower.tolist() and found["upper"][0].tolist() == upper.tolist()


@pytest.mark.parametrize("end", [-2.0, 2.0])
def test_ratio_by_group_mean_at_an_end_of_the_scale_leaves_the_other_side_open(end):
    found = ratio_by_group(np.full((3, 1), end), np.ones(3), np.zeros(3, dtype=int), ["a"], kind="mean")
    open_part = 4 * float(wilson_interval(0, 3)[1])
    wanted = (end, end + open_part) if end < 0 else (end - open_part, end)
    assert (found["lower"][0, 0], found["upper"][0, 0]) == pytest.approx(wanted)


def test_ratio_by_group_without_a_denominator_is_null_but_counts_its_units():
    found = ratio_by_group(np.zeros((2, 1)), np.zeros(2), np.zeros(2, dtype=int), ["a"])
    assert np.isnan(found["estimate"][0, 0]) and found["method"].tolist() == [["none"]]
    assert found["n_units"].tolist() == [2]
    two = ratio_by_group(np.ones((2, 1)), np.array([0.0, 4.0]), np.array([0, 1]), ["a", "b"])
    assert two["estimate"][1].tolist() == [0.25]
    some = ratio_by_group(np.ones((1, 1)), np.array([0.5]), np.zeros(1, dtype=int), ["a"])
    assert some["estimate"].tolist() == [[2.0]]


def test_ratio_by_group_units_are_summed_in_any_order():
    values, units = np.array([[1.0], [0.0], [3.0], [2.0], [0.0]]), np.array([2, 0, 2, 1, 0])
    found = ratio_by_group(values, np.ones(5), np.zeros(5, dtype=int), ["a"], units=units)
    sums = np.array([[0.0], [2.0], [4.0]]), np.array([2.0, 1.0, 2.0])
    wanted = ratio_by_group(*sums, np.zeros(3, dtype=int), ["a"])
    for name in ("estimate", "lower", "upper", "n_units"):
        assert found[name].tolist() == wanted[name].tolist()


def test_bootstrap_interval_of_a_second_measure_is_the_one_it_has_alone():
    rng = np.random.default_rng(1)
    hits, words = rng.integers(0, 3, (40, 2)).astype(float), rng.integers(5, 90, 40).astype(float)
    intervals._kept.clear()
    alone = bootstrap_interval(hits, words, seed=[7, 1])
    intervals._kept.clear()
    bootstrap_interval((hits > 0).astype(float), np.ones(40), seed=[7, 1])
    after = bootstrap_interval(hits, words, seed=[7, 1])
    np.testing.assert_array_equal(np.array(alone), np.array(after))
    assert len(intervals._kept) == 1
    other = bootstrap_interval(hits, words, seed=[7, 2])
    assert not np.array_equal(np.array(after), np.array(other))


def test_bootstrap_interval_keeps_draws_within_bounds(monkeypatch):
    monkeypatch.setattr(intervals, "_KEPT_BYTES", 25_000)
    for n in (10, 11, 12):
        bootstrap_interval(np.ones((n, 1)), np.ones(n), seed=n)
    assert [key[1] for key in intervals._kept] == [11, 12]
