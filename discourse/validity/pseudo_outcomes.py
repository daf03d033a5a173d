"""Design-based supervised learning: measured values of all documents, mended by the codes of a drawn sample."""

from collections.abc import Iterable

import numpy as np
from scipy.special import ndtri
from scipy.stats import t as student

from discourse.measures.draws import hash_names

__all__ = ["FOLDS", "LEAST_CODES", "predict_codes", "ratio_by_codes", "ratio_by_tuning"]

FOLDS = 5
LEAST_CODES = 10  # codes that a period needs before an estimate is printed
_SHRINK = 4.0  # codes that the prediction of the wider group counts for


def predict_codes(
    codes: np.ndarray, answers: np.ndarray, cells: np.ndarray, weights: np.ndarray, units: Iterable[object]
) -> np.ndarray:
    """Predict what a coder would have given each document, from what the measure gives, by cell, cross-fitted.

    The prediction for a document is made without the codes of its own fold, and a unit lies in one fold. Within a cell
    (a period) the mean code of each answer of the measure is drawn toward that of all cells, moved by how far the
    codes of the cell lie from it: where errors differ by period, so do predictions.

    Parameters
    ----------
    codes : ndarray of shape (n_documents, n_outcomes)
        What the coder gave; null where the document was not coded.
    answers, cells : ndarray of int of shape (n_documents,)
        What the measure gave, as a category, and the cell of the document, both from 0.
    weights : ndarray of shape (n_documents,)
        1 / probability; read where there is a code.
    units : iterable
        Name of the unit of each document; what falls into one fold together.

    Returns
    -------
    ndarray of shape (n_documents, n_outcomes)
        Predictions. Any prediction leaves the estimate without bias; a good one makes its interval narrow.

    Examples
    --------
    >>> codes = np.array([[1.0], [1.0], [0.0], [np.nan]])
    >>> made = predict_codes(codes, np.array([1, 1, 0, 1]), np.zeros(4, int), np.ones(4), "abcd")
    >>> made.shape, bool(made[3, 0] > 0.4)
    ((4, 1), True)
    """
    fold = (hash_names(units) % np.uint64(FOLDS)).astype(int)
    coded = np.asarray(np.isfinite(codes).all(axis=1))
    shape = (int(cells.max(initial=0)) + 1, int(answers.max(initial=0)) + 1, FOLDS)
    weight = np.where(coded, weights, 0.0)
    weight = weight / weight[coded].mean() if coded.any() else weight
    place = (cells, answers, fold)
    size = np.zeros(shape)
    np.add.at(size, place, weight)
    others = size.sum(axis=2, keepdims=True) - size
    out = np.zeros(codes.shape)
    for column in range(codes.shape[1]):
        total = np.zeros(shape)
        np.add.at(total, place, np.where(coded, weight * np.nan_to_num(codes[:, column]), 0.0))
        rest = total.sum(axis=2, keepdims=True) - total
        n_rest = others.sum(axis=(0, 1))
        mean = np.divide(rest.sum(axis=(0, 1)), n_rest, out=np.zeros(FOLDS), where=n_rest > 0)
        of_answer = (rest.sum(axis=0) + _SHRINK * mean) / (others.sum(axis=0) + _SHRINK)
        off = (rest - others * of_answer).sum(axis=1) / (others.sum(axis=1) + _SHRINK)
        wider = of_answer + off[:, None, :]
        out[:, column] = ((rest + _SHRINK * wider) / (others + _SHRINK))[place]
    return out


def ratio_by_codes(
    codes: np.ndarray,
    predicted: np.ndarray,
    measured: np.ndarray,
    probability: np.ndarray,
    clusters: np.ndarray,
    *,
    step: float = 0.0,
    level: float = 0.95,
) -> dict[str, float]:
    r"""Estimate a ratio in one cell from predictions for all documents and the codes of a sample.

    Parameters
    ----------
    codes : ndarray of shape (n_documents, 2)
        Numerator and denominator by the coder (position and presence; count and words); null where not coded.
    predicted, measured : ndarray of shape (n_documents, 2)
        The same as predicted from the measure, and as the measure itself has it.
    probability : ndarray of shape (n_documents,)
        With what probability each document was drawn.
    clusters : ndarray of int of shape (n_documents,)
        The unit of each document: copies of one story share one.
    step : float
        The least by which a code can differ from the measure. Where the codes agree with it, the interval leaves room
        for as many such differences as n codes could have missed.
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    dict
        n_coded (units with a code), uncorrected, estimate, lower, upper, bias (uncorrected minus estimate) with
        bias_lower and bias_upper, and the two parts of the standard error: se_documents, what other documents of the
        kind would change, and se_codes, what other codes would. Null below two coded units or without a denominator.

    Notes
    -----
    With predictions g, codes y where R = 1, and probability pi, the pseudo-outcome of a document is
    :math:`\tilde y = g + (R / \pi) (y - g)`, and the estimate the ratio of two sums of them. Its variance is that of
    two phases: over documents, by clusters of :math:`u = y - \theta p`, and over the draw, by the weighted residuals
    :math:`(u - \hat u) / \pi` of the coded units with the factor :math:`n / (n - 1)`; t has n - 1 degrees of freedom.
    The second part is at least what three coded units that are off by one step would add to either side (the rule of
    three for "0 of n", Hanley and Lippman-Hand 1983): n codes that agree with the measure are no proof that it never
    errs.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference:
    Design-based supervised learning for social science applications of large language models. arXiv:2306.04746.

    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? Interpreting zero
    numerators. JAMA, 249(13), 1743-1745. doi:10.1001/jama.1983.03330370053031

    Sarndal, C.-E., Swensson, B., & Wretman, J. (1992). Model assisted survey sampling. Springer, ch. 9.

    Examples
    --------
    >>> codes = np.array([[1.0, 1.0], [0.0, 1.0], [np.nan, np.nan], [np.nan, np.nan]])
    >>> measured = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [0.0, 1.0]])
    >>> made = ratio_by_codes(codes, measured, measured, np.full(4, 0.5), np.arange(4))
    >>> float(made["uncorrected"]), float(made["estimate"]), float(made["bias"])
    (0.75, 0.25, 0.5)
    """
    coded = np.asarray(np.isfinite(codes).all(axis=1))
    weight = np.where(coded, 1 / probability, 0.0)
    residual = np.where(coded[:, None], np.nan_to_num(codes) - predicted, 0.0)
    top, bottom = (predicted + weight[:, None] * residual).sum(axis=0)
    n_coded = len(np.unique(clusters[coded]))
    plain_top, plain_bottom = measured.sum(axis=0)
    plain = plain_top / plain_bottom if plain_bottom > 0 else np.nan
    if n_coded < 2 or bottom <= 0:
        return {name: np.nan for name in _FIGURES} | {"n_coded": n_coded, "uncorrected": plain}
    ratio = top / bottom
    line = np.array([1.0, -ratio]) / bottom
    guess, rest = predicted @ line, residual @ line
    by_codes = _variance_of_codes(rest, weight, clusters, coded, step / bottom, level)
    by_documents = _variance_of_documents(guess, rest, weight, clusters)
    spread = float(student.ppf(0.5 + level / 2, n_coded - 1))
    half = spread * np.sqrt(by_documents + by_codes)
    out = {"n_coded": n_coded, "uncorrected": plain, "estimate": ratio, "lower": ratio - half, "upper": ratio + half}
    own = measured @ (np.array([1.0, -plain]) / plain_bottom) if plain_bottom > 0 else np.zeros(len(measured))
    far = spread * np.sqrt(_variance_of_documents(own - guess, -rest, weight, clusters) + by_codes)
    out |= {"bias": plain - ratio, "bias_lower": plain - ratio - far, "bias_upper": plain - ratio + far}
    return out | {"se_documents": float(np.sqrt(by_documents)), "se_codes": float(np.sqrt(by_codes))}


_FIGURES = (
    "n_coded", "uncorrected", "estimate", "lower", "upper", "bias", "bias_lower", "bias_upper", "se_documents",
    "se_codes",
)  # fmt: skip


def _variance_of_codes(
    rest: np.ndarray, weight: np.ndarray, clusters: np.ndarray, coded: np.ndarray, step: float, level: float
) -> float:
    """Return the variance over the draw: weighted residuals of the coded units, less where nearly all were drawn."""
    names, place = np.unique(clusters[coded], return_inverse=True)
    n = len(names)
    mass = np.bincount(place, weight[coded], n)
    drawn = np.bincount(place, weight[coded] * rest[coded], n)
    left = np.maximum(1 - np.bincount(place, minlength=n) / mass, 0)  # 1 - probability
    bound = -np.log1p(-level) / float(ndtri(0.5 + level / 2))  # 3 of n at 95%, by the standard error
    least = (bound * step) ** 2 * (left * mass**2).mean()
    return float(max(n / (n - 1) * (left * (drawn - drawn.mean()) ** 2).sum(), least))


def _variance_of_documents(guess: np.ndarray, rest: np.ndarray, weight: np.ndarray, clusters: np.ndarray) -> float:
    """Return the variance over documents, by cluster, of guess + rest, where rest is known of the coded alone."""
    names, place = np.unique(clusters, return_inverse=True)
    n = len(names)
    sums, size = np.bincount(place, guess, n), np.bincount(place, minlength=n)
    coded = np.bincount(place, weight > 0, n)
    mean = np.divide(np.bincount(place, np.where(weight > 0, rest, 0.0), n), coded, out=np.zeros(n), where=coded > 0)
    share = np.divide(
        np.bincount(place, weight, n), size, out=np.zeros(n), where=size > 0
    )  # 1 / probability of the unit
    whole = sums + size * mean
    square = (sums**2).sum() + (share * (whole**2 - sums**2)).sum()
    centre = (sums.sum() + (share * size * mean).sum()) ** 2 / n
    return float(max(square - centre, (sums**2).sum() - sums.sum() ** 2 / n, 0.0) * n / max(n - 1, 1))


def ratio_by_tuning(
    codes: np.ndarray, measured: np.ndarray, probability: np.ndarray, clusters: np.ndarray, *, level: float = 0.95
) -> dict[str, float]:
    """Estimate a ratio in one cell by prediction-powered inference with its power tuned (PPI++): a check.

    Parameters
    ----------
    codes, measured, probability, clusters, level
        As for ``ratio_by_codes``.

    Returns
    -------
    dict
        As for ``ratio_by_codes``, with ``power``: how far the measure is trusted, 0 (codes alone) to 1, and ``n_rest``:
        units with a document that was not coded.

    References
    ----------
    Angelopoulos, A. N., Duchi, J. C., & Zrnic, T. (2023). PPI++: Efficient prediction-powered inference.
    arXiv:2311.01453.

    Examples
    --------
    >>> codes = np.array([[1.0, 1.0], [0.0, 1.0], [np.nan, np.nan], [np.nan, np.nan]])
    >>> measured = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    >>> made = ratio_by_tuning(codes, measured, np.full(4, 0.5), np.arange(4))
    >>> round(made["power"], 2), round(made["estimate"], 2)
    (0.5, 0.75)
    """
    coded = np.asarray(np.isfinite(codes).all(axis=1))
    rest = ~coded
    n_coded = len(np.unique(clusters[coded]))
    plain_top, plain_bottom = measured.sum(axis=0)
    plain = plain_top / plain_bottom if plain_bottom > 0 else np.nan
    empty = {name: np.nan for name in (*_FIGURES, "power")} | {"n_coded": n_coded, "uncorrected": plain}
    n_rest = len(np.unique(clusters[rest]))
    empty["n_rest"] = n_rest
    if n_coded < 2 or n_rest < 2:
        return empty
    inner = 1 / probability[coded]
    outer = 1 / np.maximum(1 - probability[rest], 1e-9)
    inner, outer = inner / inner.mean(), outer / outer.mean()
    y, own, other = codes[coded], measured[coded], measured[rest]

    def ratio(power: float) -> tuple[float, np.ndarray]:
        sums = power * (outer[:, None] * other).mean(axis=0) + (inner[:, None] * (y - power * own)).mean(axis=0)
        line = np.array([1.0, -sums[0] / sums[1]]) / sums[1] if sums[1] > 0 else np.full(2, np.nan)
        return (float(sums[0] / sums[1]) if sums[1] > 0 else np.nan), line

    _, line = ratio(1.0)
    if np.isnan(line).any():
        _, line = ratio(0.0)
    u, guess, there = inner * (y @ line), inner * (own @ line), outer * (other @ line)
    varied = np.var(np.r_[guess, there], ddof=1)
    shared = ((u - u.mean()) * (guess - guess.mean())).mean()
    power = float(np.clip(shared / ((1 + len(u) / len(there)) * varied), 0, 1)) if varied > 0 else 0.0
    estimate, line = ratio(power)
    if np.isnan(estimate):
        return empty
    by_codes = _variance_of_mean(inner * ((y - power * own) @ line), clusters[coded])
    by_documents = _variance_of_mean(outer * (power * other @ line), clusters[rest])
    spread = float(student.ppf(0.5 + level / 2, n_coded - 1))
    half = spread * np.sqrt(by_codes + by_documents)
    out = empty | {"estimate": estimate, "lower": estimate - half, "upper": estimate + half, "power": power}
    return out | {"bias": plain - estimate, "se_documents": np.sqrt(by_documents), "se_codes": np.sqrt(by_codes)}


def _variance_of_mean(values: np.ndarray, clusters: np.ndarray) -> float:
    """Return the variance of a mean over documents, by cluster."""
    sums = np.bincount(np.unique(clusters, return_inverse=True)[1], values - values.mean())
    return float(len(sums) / (len(sums) - 1) * (sums**2).sum() / len(values) ** 2)
