"""Windows before and after a date: the stories in them, and how strongly both differ."""

from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = ["Dated", "Windows", "dated_stories", "look", "strengths"]

_DAY = np.timedelta64(1, "D")


class Dated(NamedTuple):
    """Stories of one precision of date, by date: first and last day, and the place of each among all stories."""

    start: np.ndarray
    end: np.ndarray
    place: np.ndarray


class Windows(NamedTuple):
    """For each date, per precision of date: the stretch of stories before it and that from it on."""

    before: list[tuple[np.ndarray, np.ndarray]]
    after: list[tuple[np.ndarray, np.ndarray]]
    n_before: np.ndarray
    n_after: np.ndarray


def dated_stories(stories: pd.DataFrame) -> list[Dated]:
    """Sort stories by date within each length of span, so that those of a window are one stretch."""
    start, end = stories["start"].to_numpy("datetime64[D]"), stories["end"].to_numpy("datetime64[D]")
    length = (end - start).astype(np.int64)
    kind = np.where(length == 0, 0, np.where(length <= 31, 1, 2))
    parts = []
    for value in np.unique(kind):
        place = np.flatnonzero(kind == value)
        place = place[np.lexsort((place, start[place]))]
        parts.append(Dated(start[place], end[place], place))
    return parts


def look(parts: list[Dated], first: np.ndarray, last: np.ndarray, window: int) -> Windows:
    """Find the stories whose whole span lies in the ``window`` days before ``first``, or from after ``last`` on.

    A date known to the day has ``first`` equal to ``last``, and its window after begins with this very day; one known
    to the month has windows before and after the month.
    """
    opened = np.where(first == last, first, last + _DAY)
    before, after = [], []
    for part in parts:
        low, high = np.searchsorted(part.start, first - window * _DAY), np.searchsorted(part.end, first)
        before.append((low, np.maximum(low, high)))
        low, high = np.searchsorted(part.start, opened), np.searchsorted(part.end, opened + window * _DAY)
        after.append((low, np.maximum(low, high)))
    sizes = [sum((high - low for low, high in side), np.zeros(len(first), dtype=np.int64)) for side in (before, after)]
    return Windows(before, after, sizes[0], sizes[1])


def strengths(parts: list[Dated], windows: Windows, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return how strongly the windows of each date differ.

    What the stories before deviate from the ratio of both windows, over its standard deviation when the stories of
    both windows are dealt out anew: |S| / sd(S).

    Parameters
    ----------
    parts, windows
        As ``dated_stories`` and ``look`` return them.
    y, x : ndarray of shape (n_orders, n_stories)
        Numerator and denominator of each story, once for each order of the stories.

    Returns
    -------
    ndarray of shape (n_orders, n_dates)
        0 where a window is empty or all stories agree.
    """
    columns = (y, x, y * y, x * y, x * x)
    sides = [_sums(parts, of_side, columns) for of_side in (windows.before, windows.after)]
    all_y, all_x, yy, xy, xx = sides[0] + sides[1]
    n_before, n = windows.n_before, windows.n_before + windows.n_after
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(all_x > 0, all_y / all_x, 0.0)
        squares = yy - 2 * ratio * xy + ratio**2 * xx
        apart = sides[0][0] - ratio * sides[0][1]
        spread = np.sqrt(np.maximum(squares, 0) * n_before * windows.n_after / (n * np.maximum(n - 1, 1)))
        strong = np.where(squares > 1e-9 * np.maximum(yy, 1e-300), np.abs(apart) / spread, 0.0)
    return np.nan_to_num(strong, nan=0.0, posinf=0.0)


def _sums(
    parts: list[Dated], stretches: list[tuple[np.ndarray, np.ndarray]], columns: tuple[np.ndarray, ...]
) -> np.ndarray:
    """Return the sums of columns over the stretches of each date: shape (n_columns, n_orders, n_dates)."""
    n_dates = len(stretches[0][0])
    out = np.zeros((len(columns), len(columns[0]), n_dates))
    for part, (low, high) in zip(parts, stretches, strict=True):
        for place, column in enumerate(columns):
            sums = np.zeros((len(column), len(part.place) + 1))
            np.cumsum(column[:, part.place], axis=1, out=sums[:, 1:])
            out[place] += sums[:, high] - sums[:, low]
    return out
