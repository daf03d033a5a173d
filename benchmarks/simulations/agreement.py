"""Coverage of the interval of Krippendorff's alpha: from two coders and ten units on, up to agreement near 1.

A unit has a true value; each coder gives it with probability sqrt(alpha), else a value drawn from the same margins, so
that alpha of all units of the kind is the alpha asked for.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.validity.alpha import alpha_interval, krippendorff_alpha

RUNS = 500
SEED = 20151223

ALPHAS = (0.6, 0.8, 0.9, 0.985)
SIZES = (10, 15, 20, 52, 200)
MARGINS = {"even": (0.1, 0.2, 0.2, 0.3, 0.2), "rare": (0.9, 0.1)}


def simulate(*, runs: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return coverage and median width of 95% intervals, and the lower bound where n units agree in full."""
    coverage, width = [], []
    for name, levels in (("even", ("nominal", "ordinal")), ("rare", ("nominal",))):
        for level in levels:
            for coders in (2, 3):
                for alpha in ALPHAS:
                    said = f"{level}, {len(MARGINS[name])} values" + (", one of 10%" if name == "rare" else "")
                    head = {"codes": said, "coders": coders, "alpha": alpha}
                    cells = [_cell(MARGINS[name], level, coders, alpha, n, runs, seed) for n in SIZES]
                    coverage.append(head | {f"n = {n}": cell[0] for n, cell in zip(SIZES, cells, strict=True)})
                    width.append(head | {f"n = {n}": cell[1] for n, cell in zip(SIZES, cells, strict=True)})
    return {
        "Alpha: coverage of 95% intervals": pd.DataFrame(coverage),
        "Alpha: median width of 95% intervals": pd.DataFrame(width),
        "Alpha: lower bound where all n units agree (two values, half and half)": _full_agreement(),
    }


def _cell(
    margins: tuple[float, ...], level: str, coders: int, alpha: float, n: int, runs: int, seed: int
) -> tuple[float, float]:
    generator = np.random.default_rng([seed, len(margins), coders, int(1000 * alpha), n])
    values = np.arange(len(margins))
    held, widths = [], []
    while len(held) < runs:
        truth = generator.choice(values, n, p=margins)
        guess = generator.choice(values, (coders, n), p=margins)
        codes = np.where(generator.random((coders, n)) < np.sqrt(alpha), truth, guess)
        counts = (codes.T[:, :, None] == values).sum(axis=1)
        seen = counts.sum(axis=0) > 0
        if np.isnan(krippendorff_alpha(counts[:, seen], values[seen], level=level)):
            continue  # one value alone: alpha is undefined, and no interval is printed
        lower, upper = alpha_interval(counts[:, seen], values[seen], level, n_draws=500, seed=len(held))
        held.append(lower <= alpha <= upper)
        widths.append(upper - lower)
    return round(float(np.mean(held)), 3), round(float(np.median(widths)), 2)


def _full_agreement() -> pd.DataFrame:
    rows = []
    for n in (2, 4, 6, 10, 15, 20, 30, 52, 100, 200):
        lower, upper = alpha_interval(np.array([[2, 0], [0, 2]] * n)[:n], np.array([0, 1]), "nominal")
        rows.append((n, 1.0, round(lower, 2), round(upper, 2)))
    return pd.DataFrame(rows, columns=["n", "alpha", "lower", "upper"])
