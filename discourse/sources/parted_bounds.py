"""Where the parts of a corpus begin and end: none too large, and as much work for one worker as for another."""

import numpy as np

__all__ = ["even_bounds"]

_LEAST = 2_000_000  # characters of a part that is made for the sake of a worker: they take as long as its start


def even_bounds(held: np.ndarray, size: int, workers: int) -> list[int]:
    """Return where each part begins, and where the last one ends.

    Parts hold at most ``size`` characters, or one document. Their number is the least that the workers share
    evenly: a multiple of theirs, and two for each worker where the corpus is not tiny. The largest part is as small as
    documents allow.

    Parameters
    ----------
    held : ndarray of int
        Characters up to the end of each document.
    size : int
        Most characters of a part.
    workers : int
        How many work on parts at a time.

    Examples
    --------
    >>> even_bounds(np.arange(1, 8) * 10, 30, 1), even_bounds(np.arange(1, 8) * 10, 30, 2)
    ([0, 3, 6, 7], [0, 2, 4, 6, 7])
    """
    bounds, total = _filled(held, size, len(held)), int(held[-1]) if len(held) else 0
    n_parts = len(bounds) - 1
    if n_parts > 1:
        n_parts = -(-n_parts // workers) * workers
    for each in (1, 2):
        if workers > 1 and total >= each * workers * _LEAST:
            n_parts = max(n_parts, each * workers)
    low, high = 0, size  # of the first there are more parts than that, of the second there are not
    while high - low > 1:
        middle = (low + high) // 2
        found = _filled(held, middle, n_parts)
        low, high, bounds = (low, middle, found) if found[-1] == len(held) else (middle, high, bounds)
    return bounds


def _filled(held: np.ndarray, size: int, most: int) -> list[int]:
    """Fill one part after the other up to a size, so many at most."""
    bounds = [0]
    while bounds[-1] < len(held) and len(bounds) <= most:
        before = int(held[bounds[-1] - 1]) if bounds[-1] else 0
        bounds.append(max(int(np.searchsorted(held, before + size, side="right")), bounds[-1] + 1))
    return bounds
