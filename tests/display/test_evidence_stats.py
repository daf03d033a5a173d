"""The intervals of the evidence page, in JavaScript, hold those of Python."""

import math

import numpy as np
import pytest

from discourse.measures.intervals import ratio_by_group

ASKED = """
const told = JSON.parse(require("fs").readFileSync(0, "utf8")).map(([kind, y, x, units, weights]) => {
  const one = ratioOf(kind, y, x, units, weights, kind === "mean" ? [-2, 2] : null);
  return [one.estimate, one.lower, one.upper, one.nUnits];
});
console.log(JSON.stringify(told));
"""
SIZES = [1, 2, 3, 4, 5, 8, 15, 40, 150, 400]


def in_javascript(run, cells):
    given = [[kind, *(None if one is None else one.tolist() for one in rest)] for kind, *rest in cells]
    return run(("stats",), ASKED, given)


def in_python(kind, y, x, units, weights):
    groups = np.zeros(len(x), int)
    found = ratio_by_group(y[:, None], x, groups, ["a"], kind=kind, units=units, weights=weights)
    return [found[name][0, 0] for name in ("estimate", "lower", "upper")] + [found["n_units"][0]]


def draw(rng, kind):
    """Draw one cell: values, denominators, and sometimes stories and weights."""
    n = int(rng.choice(SIZES))
    x = np.ones(n)
    if kind == "share":
        y = (rng.random(n) < rng.choice([0, 0.02, 0.3, 0.7, 0.98, 1])).astype(float)
    elif kind == "mean":
        y = rng.integers(-2, 3, n).astype(float) if rng.random() < 0.8 else np.full(n, float(rng.integers(-2, 3)))
    else:
        x = rng.integers(0 if rng.random() < 0.3 else 20, 900, n).astype(float)
        often = rng.gamma(1, 1, n) if rng.random() < 0.5 else 1
        y = rng.poisson(x * rng.choice([0, 0.0005, 0.005, 0.05]) * often).astype(float)
    units = np.sort(rng.integers(0, max(1, n // 2), n)) if rng.random() < 0.4 else None
    return kind, y, x, units, 1 / rng.integers(1, 5, n) if rng.random() < 0.3 else None


def near(one, other):
    return one is None if math.isnan(other) else math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("kind", ["share", "mean", "rate"])
def test_intervals_of_random_cells_equal_those_of_python(run_javascript, kind):
    rng = np.random.default_rng(20151223)
    cells = [draw(rng, kind) for _ in range(1000)]
    for cell, told in zip(cells, in_javascript(run_javascript, cells), strict=True):
        expected = in_python(*cell)
        assert all(map(near, told[:3], expected[:3])), (cell, told, expected)
        assert told[3] == expected[3]


def test_intervals_of_large_cells_equal_those_of_python(run_javascript):
    rng = np.random.default_rng(7)
    n = 20_000
    words = rng.integers(50, 900, n).astype(float)
    cells = [
        ("share", (rng.random(n) < 0.001).astype(float), np.ones(n), None, None),
        ("mean", rng.integers(-2, 3, n).astype(float), np.ones(n), None, None),
        ("rate", rng.poisson(words * 0.03).astype(float), words, None, None),
        ("rate", rng.poisson(words * 1e-6).astype(float), words, rng.integers(0, 300, n), None),
    ]
    for cell, told in zip(cells, in_javascript(run_javascript, cells), strict=True):
        expected = in_python(*cell)
        assert all(map(near, told[:3], expected[:3])), (cell[0], told, expected)


def test_intervals_without_a_document_are_none(run_javascript):
    cells = [(kind, np.zeros(2), np.zeros(2), None, None) for kind in ("share", "rate")]
    assert in_javascript(run_javascript, [cells[1]]) == [[None, None, None, 0]]
    nothing = [("mean", np.zeros(0), np.zeros(0), None, None), ("share", np.zeros(0), np.zeros(0), None, None)]
    assert in_javascript(run_javascript, nothing) == [[None, None, None, 0]] * 2
