import numpy as np
import pytest
from scipy.stats import norm

from discourse.measures.bands import band_by_group, joint_levels
from discourse.measures.draws import hash_names
from discourse.measures.intervals import ratio_by_group


def corpus(periods, n, seed=1, names=None):
    y = np.random.default_rng(seed).integers(0, 2, (periods * n, 1)).astype(float)
    names = [f"d{number}" for number in range(periods * n)] if names is None else names
    return y, np.ones(periods * n), np.repeat(np.arange(periods), n), hash_names(names)


def test_joint_levels_of_independent_periods_is_that_of_sidak():
    y, x, groups, names = corpus(8, 30)
    level = joint_levels(y, x, groups, 8, names, np.zeros(8, int), n_draws=20_000)
    assert norm.ppf(0.5 + level[0, 0] / 2) == pytest.approx(norm.ppf(0.5 + 0.95 ** (1 / 8) / 2), abs=0.03)


def test_joint_levels_of_periods_with_the_same_units_is_that_of_one():
    same = [f"d{number % 30}" for number in range(240)]
    y = np.tile(np.random.default_rng(1).integers(0, 2, (30, 1)), (8, 1)).astype(float)
    level = joint_levels(
        y, np.ones(240), np.repeat(np.arange(8), 30), 8, hash_names(same), np.zeros(8, int), n_draws=20_000
    )
    assert norm.ppf(0.5 + level[0, 0] / 2) == pytest.approx(norm.ppf(0.975), abs=0.03)


def test_joint_levels_of_one_period_is_the_level():
    y, x, groups, names = corpus(1, 30)
    assert joint_levels(y, x, groups, 1, names, np.zeros(1, int), n_draws=200)[0, 0] == pytest.approx(0.95, abs=0.02)
    assert joint_levels(y, x, groups, 1, names, np.zeros(1, int), n_draws=200)[0, 0] >= 0.95


def test_joint_levels_lines_stand_apart():
    y, x, groups, names = corpus(8, 30)
    both = joint_levels(y, x, groups, 8, names, np.repeat([0, 1], 4))
    alone = joint_levels(y[:120], x[:120], groups[:120], 4, names[:120], np.zeros(4, int))
    assert both[0, 0] == alone[0, 0]
    assert both.shape == (2, 1)


def test_joint_levels_a_period_whose_documents_agree_takes_part():
    y, x, groups, names = corpus(4, 30)
    agreed = np.zeros_like(y)
    level = joint_levels(agreed, x, groups, 4, names, np.zeros(4, int), n_draws=20_000)
    assert norm.ppf(0.5 + level[0, 0] / 2) == pytest.approx(norm.ppf(0.5 + 0.95 ** (1 / 4) / 2), abs=0.03)


def test_joint_levels_scale_of_weights_changes_nothing(monkeypatch):
    y, x, groups, names = corpus(4, 10)
    weights = np.random.default_rng(2).random(40) + 0.5
    lines = np.zeros(4, int)
    one = joint_levels(y, x, groups, 4, names, lines, weights=weights)
    assert joint_levels(y, x, groups, 4, names, lines, weights=weights * 1000) == pytest.approx(one)
    monkeypatch.setattr("discourse.measures.bands._VALUES", 1)
    two = np.column_stack([y, 1 - y])
    assert joint_levels(two, x, groups, 4, names, lines, weights=weights)[0, 0] == pytest.approx(one[0, 0])


def test_band_by_group_is_the_interval_at_the_joint_level_and_wider():
    y, x, groups, names = corpus(6, 12)
    lines = np.zeros(6, int)
    level = float(joint_levels(y, x, groups, 6, names, lines)[0, 0])
    lower, upper = band_by_group(y, x, groups, [""] * 6, names, lines, kind="share")
    wanted = ratio_by_group(y, x, groups, [""] * 6, kind="share", level=level)
    assert lower == pytest.approx(wanted["lower"]) and upper == pytest.approx(wanted["upper"])
    point = ratio_by_group(y, x, groups, [""] * 6, kind="share")
    assert (lower <= point["lower"]).all() and (upper > point["upper"]).any()


def test_band_by_group_order_of_documents_changes_nothing():
    y, x, groups, names = corpus(6, 12)
    order = np.random.default_rng(3).permutation(72)
    lines = np.zeros(6, int)
    straight = band_by_group(y, x, groups, [""] * 6, names, lines, kind="share")
    shuffled = band_by_group(y[order], x[order], groups[order], [""] * 6, names[order], lines, kind="share")
    np.testing.assert_allclose(shuffled, straight, rtol=1e-9)


def test_band_by_group_without_documents_is_null():
    none = band_by_group(
        np.zeros((0, 1)), np.zeros(0), np.zeros(0, int), ["a"], np.zeros(0, np.uint64), np.zeros(1, int)
    )
    assert np.isnan(none).all()


def test_band_by_group_covers_all_periods_at_once():
    rng = np.random.default_rng(5)
    runs, periods, n = 400, 10, 20
    y = (rng.random((runs * periods * n, 1)) < 0.4).astype(float)
    groups = np.repeat(np.arange(runs * periods), n)
    lower, upper = band_by_group(
        y, np.ones(len(y)), groups, [""] * (runs * periods), hash_names(range(len(y))),
        np.repeat(np.arange(runs), periods), kind="share", n_draws=400,
    )  # fmt: skip
    covered = ((lower <= 0.4) & (upper >= 0.4)).reshape(runs, periods).all(axis=1).mean()
    assert 0.92 < covered < 0.99
