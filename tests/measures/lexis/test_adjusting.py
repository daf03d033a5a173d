import numpy as np
import pytest

from discourse.measures.change.adjusted import adjust_rate as plain
from discourse.measures.lexis.adjusting import adjust_rate, step_down


def test_adjust_rate_equals_the_plain_recount_and_keeps_nulls():
    p = np.array([0.001, 0.2, np.nan, 0.03, 0.04, 0.9])
    assert adjust_rate(p).tolist() == pytest.approx(plain(p).tolist(), nan_ok=True)


def test_adjust_rate_nulls_alone_stay():
    assert np.isnan(adjust_rate(np.array([np.nan]))).all()


def test_step_down_is_monotone_from_the_strongest():
    assert step_down(np.array([9.0, 1.0, 5.0]), np.array([3, 2, 0]), 9).tolist() == [0.4, 0.4, 0.4]
