"""What a p becomes where thousands of words are looked at: for the rate of false findings, or for any of them."""

import numpy as np
from scipy.stats import false_discovery_control

__all__ = ["adjust_rate", "step_down"]


def adjust_rate(p: np.ndarray) -> np.ndarray:
    """Adjust p for the rate of false discoveries (Benjamini and Hochberg); nulls stay.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57, 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> adjust_rate(np.array([0.01, np.nan, 0.04, 0.03])).round(10).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    out = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        out[known] = false_discovery_control(p[known], method="bh")
    return out


def step_down(strengths: np.ndarray, exceeded: np.ndarray, n_draws: int) -> np.ndarray:
    """Return p adjusted for any false finding from counts of step-down maxima (Westfall and Young's max-T).

    Parameters
    ----------
    strengths : ndarray of shape (n_terms,)
        The statistic of each term.
    exceeded : ndarray of int of shape (n_terms,)
        In how many draws the strongest among this term and all weaker ones was as strong as this one.
    n_draws : int
        Draws.

    Returns
    -------
    ndarray
        Adjusted p: (exceeded + 1) / (n_draws + 1), and never below that of a stronger term.

    References
    ----------
    Westfall, P. H. and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley. Algorithm 2.8.

    Examples
    --------
    >>> step_down(np.array([1.0, 5.0, 3.0]), np.array([4, 0, 9]), 9).tolist()
    [1.0, 0.1, 1.0]
    """
    p = (exceeded + 1) / (n_draws + 1)
    order = np.argsort(-strengths, kind="stable")
    out = np.empty(len(p))
    out[order] = np.maximum.accumulate(p[order])
    return out
