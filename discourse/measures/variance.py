"""Variance of a ratio of sums: what documents, weights and clusters say of it, for many groups at once."""

from dataclasses import dataclass

import numpy as np

__all__ = ["Spread", "measure_spread"]


@dataclass(frozen=True)
class Spread:
    """What an interval asks of each group (rows) and column: estimates, variances and effective numbers."""

    total: np.ndarray  # sum of the numerators, of shape (n_groups, n_columns), as are all with two axes
    exposure: np.ndarray  # sum of the denominators (n_groups,)
    n_units: np.ndarray  # units with a denominator (n_groups,)
    estimate: np.ndarray  # total over exposure
    variance: np.ndarray  # of the estimate, between units (CR2); null with one unit
    plain: np.ndarray  # the same without its correction for small samples
    freedom: np.ndarray  # degrees of freedom of that variance (n_groups,)
    within: np.ndarray  # variance of the value of a document
    documents: np.ndarray  # effective number of documents (n_groups,): what the weights leave
    document_freedom: np.ndarray  # degrees of freedom that documents as units would have (n_groups,)
    whole: np.ndarray  # effective number of units if all documents of one were copies (n_groups,)
    event: np.ndarray  # weight of one event: the sum of squared weights by the sum of weights


def measure_spread(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    n_groups: int,
    *,
    units: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> Spread:
    """Measure the variance of ratios of sums in each of several groups.

    Parameters
    ----------
    numerators : ndarray of shape (n_documents, n_columns)
        What is counted, without weights.
    denominators : ndarray of shape (n_documents,)
        What it is divided by, without weights. Documents with 0 are no part of anything.
    groups : ndarray of int of shape (n_documents,)
        Group of each document, from 0.
    n_groups : int
        Groups.
    units : ndarray of int, optional
        Unit of each document, documents by default.
    weights : ndarray of shape (n_documents,), optional
        Weight of each document; one of 0 leaves it out.

    Returns
    -------
    Spread

    Notes
    -----
    With R the ratio, e the residual y - R x of a unit and h its part of the denominator, the variance is the sum of
    e^2 / (1 - h) over the square of all x: the bias-reduced linearisation CR2 of an intercept with independence as
    working model. Its degrees of freedom are Satterthwaite's under that model, 1 / (sum h^2 + (sum q)^2 - sum q^2)
    with q = h^2 / (1 - h); n - 1 where all units are alike.

    References
    ----------
    Bell, R. M. and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage
    samples. Survey Methodology 28, 169-181.

    Pustejovsky, J. E. and Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and
    hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36, 672-683.
    doi:10.1080/07350015.2016.1247004
    """
    kept = denominators > 0 if weights is None else (denominators > 0) & (weights > 0)
    y, x, groups = np.asarray(numerators, float)[kept], np.asarray(denominators, float)[kept], groups[kept]
    units = np.arange(len(x)) if units is None else units[kept]
    w = np.ones(len(x)) if weights is None else np.asarray(weights, float)[kept]
    order = np.lexsort((units, groups))
    y, x, w, groups, units = y[order], x[order], w[order], groups[order], units[order]
    counts = _sums(w[:, None] * w[:, None] * y, groups, n_groups)
    y, x, squares = y * w[:, None], x * w, w * w * x
    total, exposure = _sums(y, groups, n_groups), _sums(x, groups, n_groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = total / exposure[:, None]
        value = y / x[:, None]
        within = _sums(x[:, None] * (value - estimate[groups]) ** 2, groups, n_groups) / exposure[:, None]
        event = np.where(total > 0, counts / total, (_sums(squares, groups, n_groups) / exposure)[:, None])
    starts = np.flatnonzero(np.r_[True, (groups[1:] != groups[:-1]) | (units[1:] != units[:-1])]) if len(x) else []
    own = groups[starts] if len(x) else groups
    unit_y = np.add.reduceat(y, starts, axis=0) if len(x) else y
    unit_x = np.add.reduceat(x, starts) if len(x) else x
    part = unit_x / exposure[own]
    alone = 1 - part
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = unit_y - estimate[own] * unit_x[:, None]
        squared = np.where(alone[:, None] > 1e-12, residual**2 / alone[:, None], np.nan)
        variance = _sums(squared, own, n_groups) / exposure[:, None] ** 2
        plain = _sums(residual**2, own, n_groups) / exposure[:, None] ** 2
        whole = exposure**2 / _sums(unit_x**2, own, n_groups)
        documents = exposure**2 / _sums(x**2, groups, n_groups)
    return Spread(
        total=total,
        exposure=exposure,
        n_units=np.bincount(own, minlength=n_groups),
        estimate=estimate,
        variance=variance,
        plain=plain,
        freedom=_freedom(part, own, n_groups),
        within=within,
        documents=documents,
        document_freedom=_freedom(x / exposure[groups], groups, n_groups),
        whole=whole,
        event=event,
    )


def _sums(values: np.ndarray, groups: np.ndarray, n_groups: int) -> np.ndarray:
    """Sum the rows of each group, column by column."""
    if values.ndim == 1:
        return np.bincount(groups, values, n_groups)
    columns = [np.bincount(groups, column, n_groups) for column in values.T]
    return np.column_stack(columns) if columns else np.zeros((n_groups, 0))


def _freedom(part: np.ndarray, groups: np.ndarray, n_groups: int) -> np.ndarray:
    """Return Satterthwaite's degrees of freedom from the part that each unit has of its group's denominator."""
    with np.errstate(divide="ignore", invalid="ignore"):
        lever = np.where(part < 1 - 1e-12, part**2 / (1 - part), np.nan)
        inverse = _sums(part**2, groups, n_groups) + _sums(lever, groups, n_groups) ** 2
        return 1 / (inverse - _sums(lever**2, groups, n_groups))
