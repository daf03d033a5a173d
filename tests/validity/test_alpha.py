"""The interval of alpha: stories, weights, names of units, and what is refused."""

import numpy as np
import pytest

from discourse.errors import SchemaError
from discourse.validity.alpha import alpha_interval, krippendorff_alpha

COUNTS = np.array([[2, 0], [0, 2], [1, 1], [2, 0], [0, 2], [2, 0], [1, 1], [0, 2]])
VALUES = np.array([0, 1])


def test_krippendorff_alpha_weights_count_units_several_times_and_their_scale_does_nothing():
    weights = np.array([1, 2, 3, 1, 1, 1, 1, 2])
    repeated = krippendorff_alpha(np.repeat(COUNTS, weights, axis=0), VALUES)  # 24 values; the weighted are 16
    weighted = krippendorff_alpha(COUNTS, VALUES, weights=weights)
    assert (1 - weighted) * 16 / 15 == pytest.approx((1 - repeated) * 24 / 23)
    assert krippendorff_alpha(COUNTS, VALUES, weights=weights * 1000) == pytest.approx(weighted)
    assert krippendorff_alpha(COUNTS, VALUES, weights=np.ones(8)) == krippendorff_alpha(COUNTS, VALUES)


@pytest.mark.parametrize("weights", [np.zeros(8), np.full(8, np.nan), -np.ones(8)])
def test_alpha_interval_weights_that_are_none_are_refused(weights):
    with pytest.raises(SchemaError, match="^`weights` must be finite, at least 0, and not all 0"):
        alpha_interval(COUNTS, VALUES, "nominal", weights=weights)


def test_alpha_interval_copies_of_a_story_say_no_more_than_the_story():
    copied = np.repeat(COUNTS, 5, axis=0)
    stories = np.repeat([f"s{number}" for number in range(8)], 5)
    alone = alpha_interval(COUNTS, VALUES, "nominal", units=[f"s{number}" for number in range(8)])
    together = alpha_interval(copied, VALUES, "nominal", units=stories)
    apart = alpha_interval(copied, VALUES, "nominal")
    assert together[1] - together[0] == pytest.approx(alone[1] - alone[0], rel=0.12)
    assert apart[1] - apart[0] < 0.6 * (together[1] - together[0])


def test_alpha_interval_hangs_on_the_names_of_units_and_not_on_their_order():
    names = np.array(list("abcdefgh"))
    order = np.array([3, 1, 0, 7, 6, 5, 2, 4])
    one = alpha_interval(COUNTS, VALUES, "nominal", units=names)
    assert alpha_interval(COUNTS[order], VALUES, "nominal", units=names[order]) == pytest.approx(one)


def test_alpha_interval_one_story_bounds_nothing():
    assert alpha_interval(COUNTS, VALUES, "nominal", units=["s"] * 8) == (-1.0, 1.0)


def test_alpha_interval_values_that_do_not_vary_have_none():
    assert np.isnan(alpha_interval(np.array([[2, 0], [2, 0]]), VALUES, "nominal")).all()
