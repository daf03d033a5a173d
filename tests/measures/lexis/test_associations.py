"""Measures of association against published worked examples and two other implementations."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from discourse.measures.lexis.associations import log_dice, log_likelihood, log_odds, mutual_information, t_score

NEWS = 14_307_668  # words of the New York Times corpus of Manning and Schütze


def test_log_likelihood_equals_the_worked_example_of_dunning():
    # Dunning (1993), table of bigrams of Swiss texts: "the swiss", 110 2442 111 29114, 270.72
    assert round(float(log_likelihood(110, 2442, 111, 29114)), 2) == 270.72


def test_t_score_equals_the_worked_example_of_manning_and_schuetze():
    # Foundations of Statistical Natural Language Processing (1999), 5.3.1: "new companies", t = .999932
    assert round(float(t_score(8, 15_828 * 4_675 / NEWS)), 6) == 0.999932


def test_mutual_information_equals_the_worked_example_of_manning_and_schuetze():
    # the same, 5.4: "Ayatollah Ruhollah", 42, 20 and 20, I = 18.38
    assert round(float(mutual_information(20, 42 * 20 / NEWS)), 2) == 18.38


@pytest.mark.parametrize(
    ("both", "first", "second", "size", "likelihood", "information"),
    [
        # nltk 3.10.4, BigramAssocMeasures.likelihood_ratio and .pmi; association-measures 0.3.2: the same
        (8, 15_828, 4_675, NEWS, 1.3253893963471581, 0.6293432116236843),
        (20, 42, 20, NEWS, 521.0938390653544, 18.377967788479985),
        (110, 2_552, 221, 31_777, 270.721876936225, 2.6317398492166073),
    ],
)
def test_measures_equal_two_other_implementations(both, first, second, size, likelihood, information):
    table = both, first - both, second - both, size - first - second + both
    assert float(log_likelihood(*table)) == pytest.approx(likelihood, rel=1e-9)
    assert float(mutual_information(both, first * second / size)) == pytest.approx(information, rel=1e-9)


@pytest.mark.parametrize("table", [(10, 90, 10, 890), (3, 7, 200, 4000), (0, 12, 30, 900)])
def test_log_likelihood_equals_scipy(table):
    wanted = chi2_contingency(np.reshape(table, (2, 2)), correction=False, lambda_="log-likelihood").statistic
    assert float(log_likelihood(*table)) == pytest.approx(wanted)


def test_log_dice_is_fourteen_at_most_and_a_point_is_twice_as_often():
    # Rychlý (2008): the theoretical maximum is 14; plus one point is twice as often
    assert float(log_dice(50, 50, 50)) == 14
    assert float(log_dice(20, 300, 500) - log_dice(10, 300, 500)) == pytest.approx(1)


def test_log_odds_with_an_empty_cell_is_finite():
    assert float(log_odds(0, 10)) == pytest.approx(np.log(0.5 / 10.5))
    assert float(log_odds(10, 10)) == pytest.approx(np.log(10.5 / 0.5))
