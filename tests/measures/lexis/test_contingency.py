import numpy as np
import pytest
from scipy.stats import chi2_contingency

from discourse.measures.lexis.contingency import conservative_log_ratio, log_likelihood
from discourse.measures.lexis.log_ratios import estimate_log_ratio

# Reference data of Evert (2022) as shipped in tests/keyness.R of the R package corpora (0.6, MRSAKeywords):
# texts with the lemma among 1,177 and 341,805; 20,109 lemmas are the family.
EVERT = {
    "Keim": (936, 805, 9325.545870235248, 8.0717805064334591),
    "MRSA": (411, 13, 4711.9164991754451, 11.530551300033963),
    "Mensch": (770, 56155, 1402.6122546487973, 1.739272155584799),
    "Arzt": (567, 8468, 2559.7667093469136, 3.9764596986572665),
    "ABs": (8, 0, 90.849658776963395, 6.0208520251917079),
    "100-fach": (3, 1, 29.564058156478747, 0.98836409028735916),
}
CASES = list(EVERT.values())


@pytest.mark.parametrize(("n_a", "n_b", "g2", "lrc"), CASES)
def test_log_likelihood_and_conservative_log_ratio_equal_the_reference_of_evert(n_a, n_b, g2, lrc):
    found, _ = log_likelihood(np.array([n_a]), 1177, np.array([n_b]), 341805)
    assert found[0] == pytest.approx(g2, rel=1e-9)
    assert conservative_log_ratio(np.array([n_a]), 1177, np.array([n_b]), 341805, n_tests=20109)[0] == pytest.approx(
        lrc, rel=1e-9
    )


def test_conservative_log_ratio_turns_its_sign_with_the_sides():
    there = conservative_log_ratio(np.array([40, 0, 7]), 1000, np.array([2, 90, 2]), 3000)
    back = conservative_log_ratio(np.array([2, 90, 2]), 3000, np.array([40, 0, 7]), 1000)
    assert there.tolist() == pytest.approx((-back).tolist())
    assert there[0] > 0 > there[1]


@pytest.mark.parametrize(("n_b", "zero"), [(2, True), (1, False)])
def test_conservative_log_ratio_is_zero_where_the_interval_holds_zero(n_b, zero):
    assert (conservative_log_ratio(np.array([8]), 1000, np.array([n_b]), 1000)[0] == 0) == zero


@pytest.mark.parametrize(("n_a", "n_b"), [(7, 2), (0, 5), (120, 80), (3, 3)])
def test_log_likelihood_equals_scipy(n_a, n_b):
    oracle = chi2_contingency([[n_a, n_b], [900 - n_a, 1300 - n_b]], correction=False, lambda_="log-likelihood")
    found, p = log_likelihood(np.array([n_a]), 900, np.array([n_b]), 1300)
    assert found[0] == pytest.approx(oracle.statistic, abs=1e-9)
    assert p[0] == pytest.approx(oracle.pvalue, rel=1e-9)


def test_estimate_log_ratio_takes_a_count_of_zero_as_a_half():
    estimate, smoothed = estimate_log_ratio(np.array([4, 0, 3]), 100, np.array([2, 4, 0]), 200)
    assert estimate.tolist() == [2.0, -2.0, np.log2(12)]
    assert smoothed.tolist() == [False, True, True]


def test_estimate_log_ratio_of_equal_ratios_is_equal_to_the_last_bit():
    counts = np.arange(1, 2000)
    assert len(np.unique(estimate_log_ratio(counts, 4419764, 3 * counts, 5580437)[0])) == 1
