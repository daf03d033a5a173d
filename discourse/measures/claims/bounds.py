"""Bounds: how many entries any set needs at least to turn a claim."""

import numpy as np

from discourse.measures.claims.readings import Matched
from discourse.measures.claims.trials import Trials

__all__ = ["bound_size"]

_SLACK = 1e-9


def bound_size(trials: Trials, part: float) -> int:
    """Return how many entries at least have to be left out until ``part`` of the difference can be gone.

    Each entry can take no more from the side that is claimed to be higher than the documents (matches) that it holds
    there, and give no more to the other side than what it covers there; what a set does is no more than the sum. The
    bound is 1, which says nothing, where positions or frames are measured.
    """
    if not isinstance(trials.reading, Matched):
        return 1
    base = trials.base
    first, second = trials.ratios(base)
    needed = part * abs(second - first) - _SLACK
    most = np.sort([_most_of(trials, name) for name in trials.elements()])[::-1]
    reached = np.cumsum(most) >= needed
    return int(np.argmax(reached)) + 1 if reached.any() else len(most) + 1


def _most_of(trials: Trials, name: str) -> float:
    """Return how much an entry can take at most from the claimed difference."""
    reading, base = trials.reading, trials.base
    assert isinstance(reading, Matched)
    high = 1 if trials.claim.sign > 0 else 0
    total = 0.0
    for side, (measured, inside) in enumerate(zip(trials.measured(), trials.inside(base), strict=True)):
        weight = trials.weights(base)[inside]
        y, x = (column[inside] for column in reading.read(measured, base, frozenset()))
        lost, come = (column[inside] for column in reading.most_changed(measured, base, name))
        below = float((weight * x).sum())
        words = base["denominator"] == "words"
        if side == high:
            gone = lost * weight if words else weight * ((lost > 0) & (y > 0))
            total += float(gone.sum()) / below
        elif words:
            total += float((come * weight).sum()) / below
    return total * (1000.0 if base["denominator"] == "words" else 1.0)
