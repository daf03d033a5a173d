import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, chi2

from discourse.errors import SchemaError
from discourse.measures.intervals import FEW, interval_of, ratio_by_group, wilson_interval
from discourse.measures.variance import measure_spread


def interval(y, x=None, kind="share", **options):
    """Return estimate, lower, upper of one group."""
    y = np.array(y, float)
    x = np.ones(len(y)) if x is None else np.array(x, float)
    found = ratio_by_group(y[:, None], x, np.zeros(len(y), int), ["a"], kind=kind, **options)
    return tuple(float(found[name][0, 0]) for name in ("estimate", "lower", "upper"))


def width(*arguments, **options):
    _, lower, upper = interval(*arguments, **options)
    return upper - lower


def some(count, n):
    return [1] * count + [0] * (n - count)


# Wilson's interval, for the tables that quote it


def test_wilson_interval_published_example_agrees():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81/263 gives 0.2553 to 0.3662; 0/20 gives 0 to 0.1611.
    lower, upper = wilson_interval([81, 0], [263, 20])
    assert np.round(lower, 4).tolist() == [0.2553, 0.0]
    assert np.round(upper, 4).tolist() == [0.3662, 0.1611]


def test_wilson_interval_without_units_is_null():
    lower, upper = wilson_interval(0, 0)
    assert np.isnan(lower) and np.isnan(upper)


@pytest.mark.parametrize("level", [0, 1, -0.1, 95])
def test_intervals_level_at_an_end_of_its_range_raises(level):
    for call in (lambda: wilson_interval(1, 2, level=level), lambda: interval([1, 0], level=level)):
        with pytest.raises(
            SchemaError, match="^`level` is .*; it must lie between 0 and 1. 0.95 is the usual choice.$"
        ):
            call()


def test_wilson_interval_higher_level_within_its_range_is_wider():
    widths = [float(np.subtract(*reversed(wilson_interval(3, 10, level=level)))) for level in (0.001, 0.95, 0.999)]
    assert widths == sorted(set(widths))
    assert wilson_interval(3, 10) == wilson_interval(3, 10, level=0.95)


def test_wilson_interval_none_and_all_reach_the_ends_exactly():
    n = np.arange(1, 200)
    assert (wilson_interval(0 * n, n)[0] == 0).all()
    assert (wilson_interval(n, n)[1] == 1).all()
    assert (wilson_interval(n - 1, n)[1] < 1).all() and (wilson_interval(n * 0 + 1, n)[0] > 0).all()


# What the intervals are


@pytest.mark.parametrize(("count", "n"), [(1, 5), (3, 10), (10, 20), (19, 20), (7, 200)])
def test_ratio_by_group_share_is_clopper_and_pearson_with_three_quarters_of_a_document(count, n):
    _, lower, upper = interval(some(count, n))
    assert lower == pytest.approx(beta.ppf(0.025, count, n - count + 0.75))
    assert upper == pytest.approx(beta.ppf(0.975, count + 0.75, n - count))


def test_ratio_by_group_mean_of_twos_is_the_share_on_a_longer_scale():
    _, lower, upper = interval([2, -2, 2, 2], kind="mean")
    assert (lower + 2) / 4 == pytest.approx(beta.ppf(0.025, 3, 1.4))
    assert (upper + 2) / 4 == pytest.approx(beta.ppf(0.975, 3.4, 1))


@pytest.mark.parametrize("count", [1, 7, 60])
def test_ratio_by_group_rate_of_alike_documents_is_garwood_with_three_quarters_of_a_match(count):
    # at 40 units dispersion that is not seen is none: 2 * 39**4 * 40 is above a million
    y = np.zeros(40)
    y[: count % 40] = 1
    y += count // 40
    _, lower, upper = interval(y, np.full(40, 100), "rate")
    assert lower * 4000 == pytest.approx(chi2.ppf(0.025, 2 * count) / 2)
    assert upper * 4000 == pytest.approx(chi2.ppf(0.975, 2 * count + 1.5) / 2)


def test_ratio_by_group_rate_of_unlike_documents_is_that_of_a_negative_binomial():
    y, n = np.array([0, 30, 2, 11, 0, 7, 1, 22]), 8
    _, lower, upper = interval(y, np.full(n, 100), "rate")
    total, variance = y.sum(), n * y.var(ddof=1)
    from scipy.stats import norm, t

    wider = (t.ppf(0.975, 0.75 * (n - 1)) / norm.ppf(0.975)) ** 2
    k = 1 / (wider * (variance / total - 1) / total + 1 / (2 * 7**4 * 8))
    low, high = beta.ppf(0.025, total, k + 0.75), beta.ppf(0.975, total + 0.75, k)
    assert lower * 800 == pytest.approx(k * low / (1 - low))
    assert upper * 800 == pytest.approx(k * high / (1 - high))


def test_ratio_by_group_tails_follow_the_level():
    for kind, y in (("share", some(3, 10)), ("mean", [1, 2, 0, 1]), ("rate", [3, 0, 4, 9])):
        widths = [width(y, np.full(len(y), 1.0), kind, level=level) for level in (0.5, 0.95, 0.99)]
        assert widths == sorted(set(widths)), kind
        assert interval(y, kind=kind) == interval(y, kind=kind, level=0.95)


def test_interval_of_takes_a_level_for_each_cell():
    y = np.array([[1.0], [0.0], [1.0], [0.0]])
    spread = measure_spread(y, np.ones(4), np.array([0, 0, 1, 1]), 2)
    lower, upper = interval_of(spread, "share", level=np.array([[0.5], [0.95]]))
    assert (lower[1, 0], upper[1, 0]) == interval([1, 0])[1:]
    assert upper[0, 0] < upper[1, 0]


# Figures of the review: agreement is not punished, disagreement not rewarded


def test_ratio_by_group_four_documents_with_a_match_are_alike_whatever_their_lengths():
    alike, nearly = interval([1] * 4, [70] * 4, "rate"), interval([1] * 4, [70, 71, 72, 73], "rate")
    assert np.allclose(np.array(alike) * 286 / 280, np.array(nearly) * 286.0 / 280 * 286 / 280, rtol=0.03)
    assert (nearly[2] - nearly[1]) * 1000 > 20  # it was .4


def test_ratio_by_group_five_who_agree_are_surer_than_four_and_one():
    agree, differ = interval([1] * 5, kind="mean"), interval([1, 1, 1, 1, 2], kind="mean")
    assert agree[2] - agree[1] < differ[2] - differ[1]
    assert agree[1] < differ[1] and agree[2] < differ[2]


def test_ratio_by_group_none_of_twenty_is_below_one_of_twenty():
    none, one = interval(some(0, 20)), interval(some(1, 20))
    assert none[2] < one[2]  # .161 and .150 they were
    assert none[1] == 0 < one[1]


def test_ratio_by_group_two_documents_do_not_make_a_point():
    # the example of 2002: two documents with three matches each had [27.8, 28.2] around 28.0
    estimate, lower, upper = interval([3, 3], [107, 107], "rate")
    assert lower < estimate / 2 and upper > 2 * estimate


@pytest.mark.parametrize("kind", ["share", "rate", "mean"])
@pytest.mark.parametrize("y", [[0] * 6, [1, 0, 0, 1, 1, 0]])
def test_ratio_by_group_scale_of_weights_changes_nothing(kind, y):
    weights = np.array([1, 2, 0.5, 0.3, 1, 1])
    plain = interval(y, kind=kind, weights=weights)
    assert interval(y, kind=kind, weights=weights * 1000) == pytest.approx(plain)
    assert interval(y, kind=kind, weights=np.ones(6)) == pytest.approx(interval(y, kind=kind))


def test_ratio_by_group_documents_of_weight_0_are_no_units():
    weights = np.array([0.0] * 19 + [1.0])
    found = ratio_by_group(np.zeros((20, 1)), np.ones(20), np.zeros(20, int), ["a"], kind="share", weights=weights)
    assert found["n_units"].tolist() == [1]
    assert interval(some(0, 20), weights=weights) == interval([0])


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, np.nan], "`weights` has 1 values that are null or infinite; give each a number."),
        ([1, np.inf], "`weights` has 1 values that are null or infinite; give each a number."),
        ([1, -2], "`weights` has 1 values below 0; the least is 0, which leaves out."),
        ([0, 0], "`weights` are all 0, so that no document is left. Give some document a weight above 0."),
    ],
)
def test_ratio_by_group_weights_that_are_none_raise(weights, message):
    with pytest.raises(SchemaError) as error:
        interval([1, 0], weights=np.array(weights, float))
    assert str(error.value) == message


# Monotone in agreement

_CODES = st.lists(st.integers(-2, 2), min_size=2, max_size=12)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_CODES, st.data())
def test_ratio_by_group_codes_that_move_apart_never_narrow_the_interval_of_a_mean(codes, data):
    first, second = data.draw(st.lists(st.integers(0, len(codes) - 1), min_size=2, max_size=2, unique=True))
    low, high = sorted((first, second), key=lambda place: codes[place])
    apart = list(codes)
    if codes[low] > -2 and codes[high] < 2:
        apart[low], apart[high] = apart[low] - 1, apart[high] + 1
    assert width(apart, kind="mean") >= width(codes, kind="mean") - 1e-9


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(-2, 2), st.integers(-2, 2), st.integers(2, 40))
def test_ratio_by_group_one_who_differs_never_narrows_the_interval_of_a_mean(all_say, one_says, n):
    assert width([all_say] * (n - 1) + [one_says], kind="mean") >= width([all_say] * n, kind="mean") - 1e-9


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 60), st.data())
def test_ratio_by_group_one_document_more_that_has_it_raises_both_bounds_of_a_share(n, data):
    count = data.draw(st.integers(0, n - 1))
    fewer, more = interval(some(count, n)), interval(some(count + 1, n))
    assert fewer[1] < more[1] or fewer[1] == more[1] == 0
    assert fewer[2] < more[2] or fewer[2] == more[2] == 1
    if count + 1 <= n / 2:
        assert more[2] - more[1] >= fewer[2] - fewer[1] - 1e-9


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=12), st.data())
def test_ratio_by_group_matches_that_move_into_one_document_never_narrow_the_interval_of_a_rate(matches, data):
    first, second = data.draw(st.lists(st.integers(0, len(matches) - 1), min_size=2, max_size=2, unique=True))
    low, high = sorted((first, second), key=lambda place: matches[place])
    moved = list(matches)
    if matches[low] > 0:
        moved[low], moved[high] = moved[low] - 1, moved[high] + 1
    words = np.full(len(matches), 100)
    assert width(moved, words, "rate") >= width(matches, words, "rate") - 1e-9


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 20), st.integers(1, 12))
def test_ratio_by_group_a_match_more_in_every_document_raises_both_bounds_of_a_rate(matches, n):
    fewer, more = (interval([count] * n, np.full(n, 100), "rate") for count in (matches, matches + 1))
    assert fewer[1] < more[1] and fewer[2] < more[2]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 1), min_size=2, max_size=12), st.integers(2, 9))
def test_ratio_by_group_copies_add_nothing(codes, copies):
    units = np.repeat(np.arange(len(codes)), copies)
    for kind in ("share", "mean"):
        once, often = interval(codes, kind=kind), interval(np.repeat(codes, copies), kind=kind, units=units)
        assert often == pytest.approx(once), kind
    empty = np.zeros(len(codes)), np.full(len(codes), 100)
    none = interval(np.repeat(empty[0], copies), np.repeat(empty[1], copies), "rate", units=units)
    assert none == pytest.approx(interval(*empty, "rate"))


# Clusters


def test_ratio_by_group_units_are_wholes():
    values = np.repeat(np.random.default_rng(3).integers(0, 2, 30), 10)
    units = np.repeat(np.arange(30), 10)
    ratio = width(values, units=units) / width(values)
    assert 2.7 < ratio < 3.4  # the square root of ten


def test_ratio_by_group_documents_of_a_unit_that_differ_say_more_than_copies():
    units = np.repeat(np.arange(8), 5)
    alike, mixed = np.repeat([1, 0] * 4, 5), np.tile([1, 0, 1, 0, 1, 0, 1, 0], 5)
    assert interval(alike, units=units)[0] == interval(mixed, units=units)[0]
    assert width(mixed) - 1e-9 <= width(mixed, units=units) < width(alike, units=units)


def test_ratio_by_group_units_of_unequal_size_are_fewer():
    even, odd = np.repeat(np.arange(6), 5), np.repeat(np.arange(6), [20, 2, 2, 2, 2, 2])
    values = np.r_[np.ones(20), np.zeros(10)]
    assert width(values, units=odd) > width(values, units=even)


# Shapes and edges


def test_ratio_by_group_methods_and_units_of_groups():
    y, groups = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]]), np.array([0, 0, 2])
    for kind, method in (("share", "beta"), ("mean", "beta"), ("rate", "negbin")):
        found = ratio_by_group(y, np.ones(3), groups, ["a", "b", "c"], kind=kind)
        assert found["method"].tolist() == [[method] * 2, ["none"] * 2, [method] * 2]
        assert found["n_units"].tolist() == [2, 0, 1]
        assert np.isnan(found["estimate"][1]).all() and np.isnan(found["lower"][1]).all()
        assert (found["lower"][[0, 2]] <= found["estimate"][[0, 2]]).all()
        assert (found["upper"][[0, 2]] >= found["estimate"][[0, 2]]).all()


def test_ratio_by_group_defaults_are_the_documented_ones():
    y = np.random.default_rng(3).poisson(2, (40, 1))
    explicit = {"kind": "rate", "units": None, "weights": None, "bounds": (-2.0, 2.0), "level": 0.95}
    for name, found in ratio_by_group(y, np.ones(40), np.zeros(40, int), ["a"]).items():
        again = ratio_by_group(y, np.ones(40), np.zeros(40, int), ["a"], **explicit)[name]
        assert found.tolist() == again.tolist(), name


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.permutations(range(12)))
def test_ratio_by_group_order_and_other_groups_change_nothing(order):
    rng = np.random.default_rng(1)
    y, x, groups = rng.poisson(2, (12, 2)), rng.integers(1, 90, 12), np.repeat([0, 1, 2], 4)
    order = np.array(order)
    straight = ratio_by_group(y, x, groups, list("abc"))
    shuffled = ratio_by_group(y[order], x[order], groups[order], list("abc"))
    alone = ratio_by_group(y[4:8, :1], x[4:8], np.zeros(4, int), ["b"])
    for name in ("estimate", "lower", "upper"):
        np.testing.assert_allclose(shuffled[name], straight[name], rtol=1e-12)
        assert alone[name][0, 0] == straight[name][1, 0]


@pytest.mark.parametrize("end", [-2.0, 2.0])
def test_ratio_by_group_mean_at_an_end_of_the_scale_ends_there(end):
    estimate, lower, upper = interval([end] * 3, kind="mean")
    assert (lower if end < 0 else upper) == end == estimate
    assert upper - lower == pytest.approx(4 * beta.ppf(0.975, 0.4, 3))


def test_ratio_by_group_bounds_are_the_ends_of_the_scale():
    plain, moved = interval([1, 2, 0], kind="mean"), interval([2, 3, 1], kind="mean", bounds=(-1.0, 3.0))
    assert np.array(moved) - 1 == pytest.approx(np.array(plain))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_ratio_by_group_few_documents_have_finite_bounds(n):
    for kind, y in (("share", some(1, n)), ("mean", [1] * n), ("rate", [9] + [0] * (n - 1)), ("rate", [0] * n)):
        estimate, lower, upper = interval(y, np.full(n, 100) if kind == "rate" else None, kind)
        assert lower <= estimate <= upper and np.isfinite(upper) and upper > lower


def test_few_is_five():
    assert FEW == 5


# Coverage: a short look, seeded; the tables of docs/method-uncertainty.md come of the long one


def test_ratio_by_group_shares_of_any_size_are_covered_93_times_in_100():
    for n in (2, 5, 10, 20, 50):
        counts = np.arange(n + 1)
        rows = (np.arange(n) < counts[:, None]).astype(float)
        found = ratio_by_group(
            rows.reshape(-1, 1), np.ones(rows.size), np.repeat(counts, n), [""] * (n + 1), kind="share"
        )
        from scipy.stats import binom

        share = np.linspace(0.002, 0.998, 499)
        holds = (found["lower"] <= share) & (found["upper"] >= share)
        assert (binom.pmf(counts[:, None], n, share) * holds).sum(axis=0).min() > 0.93, n


@pytest.mark.parametrize(("n", "k"), [(5, None), (5, 1), (10, 1), (20, 1)])
def test_ratio_by_group_rates_are_covered(n, k):
    rng = np.random.default_rng(4)
    runs = 3000
    words = rng.integers(200, 1800, runs * n)
    expected = words / 100 * (1 if k is None else rng.gamma(k, 1 / k, runs * n))
    groups = np.repeat(np.arange(runs), n)
    found = ratio_by_group(rng.poisson(expected)[:, None], words, groups, [""] * runs)
    covered = ((found["lower"] <= 0.01) & (found["upper"] >= 0.01)).mean()
    assert 0.925 < covered < 0.98
