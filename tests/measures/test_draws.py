import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.measures.draws import LAWS, hash_names, hashed_weights, name_units, ratio_draws, sum_draws

NAMES = [f"doc-{number:06}" for number in range(3000)]
MASK = (1 << 64) - 1


def mixed(number):
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB & MASK
    return number ^ (number >> 31)


def test_hash_names_is_blake2b_of_the_text():
    digest = hashlib.blake2b("أهرام-1".encode(), digest_size=8).digest()
    assert hash_names(["أهرام-1"]).tolist() == [int.from_bytes(digest, "little")]
    assert hash_names([7]).tolist() == hash_names(["7"]).tolist()


def test_hash_names_of_200_000_names_do_not_collide():
    assert len(np.unique(hash_names(f"doc-{number}" for number in range(200_000)))) == 200_000


def test_hashed_weights_equal_a_recount_in_plain_python():
    step, seed = 0x9E3779B97F4A7C15, 5
    start = mixed((int(hash_names(["a"])[0]) + mixed((seed * step + step) & MASK)) & MASK)
    lanes = [mixed((start + block * step) & MASK) >> shift & 0xFFFF for block in (1, 2) for shift in (0, 16, 32, 48)]
    wanted = [max(round(-np.log1p(-(lane + 0.5) / 65536) * 1024), 1) / 1024 for lane in lanes]
    assert hashed_weights(["a"], n_draws=7, seed=seed)[0].tolist() == wanted[:7]


@pytest.mark.parametrize("law", LAWS)
def test_hashed_weights_have_the_moments_of_their_law(law):
    weights = hashed_weights(NAMES, law=law).astype(float)
    centre, third = {"exponential": (1, 2), "poisson": (1, 1), "mammen": (0, 1), "normal": (0, 0), "webb": (0, 0)}[law]
    moved = weights - centre
    assert moved.mean() == pytest.approx(0, abs=0.002)
    assert moved.var() == pytest.approx(1, abs=0.005)
    assert (moved**3).mean() == pytest.approx(third, abs=0.03)


def test_hashed_weights_exponential_is_never_0_and_poisson_is_0_in_37_of_100():
    assert hashed_weights(NAMES).min() > 0
    assert (hashed_weights(NAMES, law="poisson") == 0).mean() == pytest.approx(np.exp(-1), abs=0.002)


def test_hashed_weights_of_other_units_draws_and_seeds_are_independent():
    weights = hashed_weights(NAMES)
    assert np.abs(np.corrcoef(weights[:40]) - np.eye(40)).max() < 0.15  # 780 pairs of 1,000 draws: 4.7 deviations
    assert np.abs(np.corrcoef(weights[:, :40].T) - np.eye(40)).max() < 0.09
    assert abs(np.corrcoef(weights.ravel(), hashed_weights(NAMES, seed=1).ravel())[0, 1]) < 0.003


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(9)), st.integers(1, 30), st.sampled_from(LAWS))
def test_hashed_weights_hang_on_name_seed_and_draw_alone(order, n_draws, law):
    whole = hashed_weights(NAMES[:9], n_draws=30, law=law)
    part = hashed_weights([NAMES[place] for place in order[:4]], n_draws=n_draws, law=law)
    assert (part == whole[list(order[:4]), :n_draws]).all()


def test_hashed_weights_defaults_are_the_documented_ones():
    wanted = hashed_weights(["a"], n_draws=1000, seed=20151223, law="exponential")
    assert (hashed_weights(["a"]) == wanted).all()
    assert (hashed_weights(hash_names(["a"])) == wanted).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_draws": 0}, "`n_draws` is 0; it must be at least 1. 1,000 is the usual choice."),
        ({"seed": -1}, "`seed` is -1; it must be 0 or more. 20151223 is the usual choice."),
        (
            {"law": "cauchy"},
            "`law` is 'cauchy'; it must be one of 'exponential', 'mammen', 'normal', 'poisson', 'webb'.",
        ),
    ],
)
def test_hashed_weights_bad_option_raises(options, message):
    with pytest.raises(SchemaError) as error:
        hashed_weights(["a"], **options)
    assert str(error.value) == message


def test_name_units_null_and_empty_labels_are_no_cluster():
    names = name_units(pd.Series([1, 2, 3, 4]), pd.Series(["1", np.nan, " ", "1"], index=[7, 8, 9, 10]))
    assert names.tolist() == ["cluster 1", "document 2", "document 3", "cluster 1"]
    assert name_units(pd.Series(["1"])).tolist() == ["document 1"]


def small():
    rng = np.random.default_rng(2)
    units = [f"u{number}" for number in rng.integers(0, 8, 30)]
    return rng.poisson(2, (30, 3)).astype(float), rng.integers(1, 90, 30).astype(float), rng.integers(0, 4, 30), units


def test_sum_draws_equal_a_recount():
    columns, _, groups, units = small()
    weights = hashed_weights(units, n_draws=20).astype(float)
    wanted = [[weights[groups == g, draw] @ columns[groups == g] for g in range(5)] for draw in range(20)]
    assert (sum_draws(columns, groups, 5, units, n_draws=20) == np.array(wanted)).all()


@pytest.mark.parametrize("at_once", [20, 60, 1000])
def test_sum_draws_are_the_same_in_any_order_and_in_parts(monkeypatch, at_once):
    columns, _, groups, units = small()
    wanted = sum_draws(columns, groups, 4, units, n_draws=20)
    order = np.random.default_rng(1).permutation(30)
    monkeypatch.setattr("discourse.measures.draws._AT_ONCE", at_once)
    split = (order[:9], order[9:])
    again = sum_draws(columns[order], groups[order], 4, np.array(units)[order], n_draws=20)
    assert (again == wanted).all()
    parts = [sum_draws(columns[rows], groups[rows], 4, np.array(units)[rows], n_draws=20) for rows in split]
    assert (parts[0] + parts[1] == wanted).all()


def test_ratio_draws_are_ratios_of_sums_and_null_without_documents():
    columns, below, groups, units = small()
    draws = ratio_draws(columns, below, groups, 5, units, n_draws=20)
    sums = sum_draws(np.column_stack([columns, below]), groups, 5, units, n_draws=20)
    assert (draws[:, :4] == sums[:, :4, :3] / sums[:, :4, 3:]).all()
    assert np.isnan(draws[:, 4]).all()
    each = ratio_draws(columns, np.column_stack([below] * 3), groups, 5, units, n_draws=20)
    assert np.array_equal(each, draws, equal_nan=True)


def test_ratio_draws_spread_as_the_mean_does():
    values = np.random.default_rng(3).normal(0, 1, (400, 1))
    draws = ratio_draws(values, np.ones(400), np.zeros(400, int), 1, NAMES[:400], n_draws=4000)
    assert draws.std() == pytest.approx(values.std() / 20, rel=0.05)


def test_ratio_draws_of_a_law_with_mean_0_raise():
    columns, below, groups, units = small()
    with pytest.raises(SchemaError, match="^`law` is 'webb'; it must be one of 'exponential', 'poisson'.$"):
        ratio_draws(columns, below, groups, 5, units, law="webb")


def test_sum_draws_rows_that_do_not_fit_raise():
    columns, _, groups, units = small()
    with pytest.raises(SchemaError) as error:
        sum_draws(columns, groups[1:], 4, units)
    assert str(error.value) == (
        "`columns`, `groups` and `units` have 30, 29 and 30 rows; they must have as many. "
        "Give one row per document in each."
    )
    with pytest.raises(SchemaError) as error:
        sum_draws(columns, groups + 1, 4, units)
    assert str(error.value) == "`groups` holds 4; groups are numbered from 0 to 3."
