"""A small ordinal model that a scholar fits on hand codes: positions from the cues that the rules have found.

The model is a proportional-odds logistic regression with a quadratic penalty. Its whole content is a table: one row per
feature with its mean, scale and weight, and one row per cutpoint between two neighbouring codes.

What it says of a document is a probability for each code. Their mean, the expected code, is what a series is made of:
single codes lean toward the codes that are most frequent. Its features come from the rules and lexicons of the library,
which were written on the digests that ship with it; figures on these digests, cross-validated or not, tell how far the
rules can express the codebook, and are no estimate for other texts.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit

from discourse.errors import SchemaError, first_three
from discourse.validity.scores import score_codes

__all__ = ["cross_validate_ordinal", "fit_ordinal", "predict_ordinal"]

_MODEL = ("kind", "name", "mean", "scale", "weight")


def _check(features: pd.DataFrame, codes: pd.Series) -> tuple[pd.DataFrame, np.ndarray]:
    if features.empty:
        raise SchemaError("`features` has 0 rows or columns; a model needs at least one document and one feature.")
    for name, index in (("features", features.index), ("codes", codes.index)):
        repeated = index.duplicated()
        if repeated.any():
            raise SchemaError(
                f"`{name}` has {int(repeated.sum())} documents with several rows. First: "
                f"{first_three(index[repeated])}. Keep one row per document."
            )
    codes = codes.dropna()
    shared = features.index.intersection(codes.index)
    if len(shared) < len(features):
        missing = features.index.difference(codes.index)
        raise SchemaError(
            f"`codes` lacks {len(missing)} of the {len(features)} documents of `features`. "
            f"First: {first_three(missing)}. Drop these rows of the features, or code them."
        )
    values = codes.loc[features.index].to_numpy(np.float64)
    if len(np.unique(values)) < 2:
        raise SchemaError(f"`codes` has {len(np.unique(values))} distinct values; a model needs at least 2.")
    return features, values


def _numbers_of(features: pd.DataFrame, argument: str = "features") -> np.ndarray:
    """Return features as numbers; a null one would give a code all the same."""
    numbers = features.apply(pd.to_numeric, errors="coerce").to_numpy(np.float64)
    wrong = np.asarray(~np.isfinite(numbers).all(axis=1))
    if wrong.any():
        raise SchemaError(
            f"`{argument}` has {int(wrong.sum())} documents with a value that is no number. First: "
            f"{first_three(features.index[wrong])}. Give 0 where a cue does not occur, or drop these rows."
        )
    return numbers


def fit_ordinal(features: pd.DataFrame, codes: pd.Series, *, penalty: float = 10.0) -> pd.DataFrame:
    """Fit the ordinal model on hand codes: features and codes become a table of weights and cutpoints.

    Parameters
    ----------
    features : DataFrame
        One row per document, numbers only, for instance from ``position_features``. Counts above 2 are taken as 2.
    codes : Series
        The hand code of each document, indexed by doc_id; any ordered numbers, whole or not (-1, -0.5, 0.5, 1): the
        model uses their order, and gives these very numbers back.
    penalty : float
        Weight of the squared weights in the loss; larger is more cautious. 0 is plain maximum likelihood.

    Returns
    -------
    DataFrame
        kind (weight or cutpoint), name, mean, scale, weight. A cutpoint is named after the code above it.

    Raises
    ------
    SchemaError
        A document has no code or several rows, the codes do not vary, a feature is no number or there is none, or the
        penalty is negative or null.

    Notes
    -----
    P(code > k) = expit(x·w - cutpoint(k)), x standardised; the cutpoints are ordered by construction. The same weights
    serve every cutpoint (McCullagh 1980). ``predict_ordinal`` returns the probability of each code.

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical Society B, 42(2),
    109-142. https://doi.org/10.1111/j.2517-6161.1980.tb01109.x

    Examples
    --------
    >>> features = pd.DataFrame({"for": [0.0, 0.0, 1.0, 2.0]}, index=["a", "b", "c", "d"])
    >>> model = fit_ordinal(features, pd.Series([-1, -1, 0, 1], index=["a", "b", "c", "d"]), penalty=0.01)
    >>> predict_ordinal(model, features)["code"].tolist()
    [-1, -1, 0, 1]
    """
    if not 0 <= penalty < np.inf:
        raise SchemaError(f"`penalty` is {penalty}; it must be 0 or more.")
    features, values = _check(features, codes)
    levels = np.unique(values)
    x = np.minimum(_numbers_of(features), 2.0)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 0.15  # the constant keeps features of one or two documents small
    weights, cutpoints = _fit((x - mean) / scale, np.searchsorted(levels, values), len(levels), penalty)
    rows = [("weight", name, m, s, w) for name, m, s, w in zip(features.columns, mean, scale, weights, strict=True)]
    rows += [("cutpoint", f"{level:g}", 0.0, 1.0, cut) for level, cut in zip(levels[1:], cutpoints, strict=True)]
    rows.append(("lowest", f"{levels[0]:g}", 0.0, 1.0, 0.0))
    return pd.DataFrame(rows, columns=list(_MODEL))


def _fit(x: np.ndarray, rank: np.ndarray, n_levels: int, penalty: float) -> tuple[np.ndarray, np.ndarray]:
    n_cuts, n_features = n_levels - 1, x.shape[1]
    above = rank[:, None] > np.arange(n_cuts)  # one row per document, one column per cutpoint
    rows = np.arange(len(rank))

    def unpack(parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        steps = parameters[n_features:]
        return parameters[:n_features], np.cumsum(np.r_[steps[0], np.exp(steps[1:])])

    def loss(parameters: np.ndarray) -> float:
        weights, cuts = unpack(parameters)
        passed = expit((x @ weights)[:, None] - cuts)
        bounds = np.column_stack([np.ones(len(x)), passed, np.zeros(len(x))])
        likelihood = bounds[rows, rank] - bounds[rows, rank + 1]
        return float(-np.log(np.maximum(likelihood, 1e-12)).sum() + 0.5 * penalty * weights @ weights)

    def gradient(parameters: np.ndarray) -> np.ndarray:
        weights, cuts = unpack(parameters)
        passed = expit((x @ weights)[:, None] - cuts)
        slope = passed * (1 - passed)
        bounds = np.column_stack([np.ones(len(x)), passed, np.zeros(len(x))])
        slopes = np.column_stack([np.zeros(len(x)), slope, np.zeros(len(x))])
        likelihood = np.maximum(bounds[rows, rank] - bounds[rows, rank + 1], 1e-12)
        lower, upper = slopes[rows, rank] / likelihood, slopes[rows, rank + 1] / likelihood
        of_weights = -x.T @ (lower - upper) + penalty * weights
        of_cuts = np.zeros(n_cuts)
        np.add.at(of_cuts, rank[rank > 0] - 1, lower[rank > 0])
        np.add.at(of_cuts, rank[rank < n_cuts], -upper[rank < n_cuts])
        tails = np.cumsum(of_cuts[::-1])[::-1]
        return np.r_[of_weights, tails[0], tails[1:] * np.exp(parameters[n_features + 1 :])]

    share = np.clip(1 - above.mean(axis=0), 0.02, 0.98)
    start = np.maximum.accumulate(np.log(share / (1 - share)) + 1e-3 * np.arange(n_cuts))
    steps = np.r_[start[0], np.log(np.maximum(np.diff(start), 1e-2))]
    found = minimize(loss, np.r_[np.zeros(n_features), steps], jac=gradient, method="L-BFGS-B")
    return unpack(found.x)


def predict_ordinal(model: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """Predict how likely each code of each document is: the model and features become probabilities and expected codes.

    A feature that the model does not know is left out; one that the features lack counts 0.

    Parameters
    ----------
    model : DataFrame
        As ``fit_ordinal`` returns it, also after a way through a file.
    features : DataFrame
        One row of numbers per document.

    Returns
    -------
    DataFrame
        Indexed as ``features``: ``expected`` (the mean of the codes, each with its probability: what series are made
        of), ``code`` (the code at which the probability of a higher one falls below one half; whole numbers where all
        codes are), then ``p_-2``, ``p_-1`` ... the probability of each code, in ascending order; they sum to 1.

    Raises
    ------
    SchemaError
        ``model`` is no such table, or not whole, or a feature is no number.

    Notes
    -----
    The mean of single codes is no estimate of the mean position: where the cues are weak all documents get the middle
    or the most frequent code. The mean of expected codes lies near that of the documents that the model was fitted
    on, and is not held equal to it.

    Examples
    --------
    >>> features = pd.DataFrame({"for": [0.0, 0.0, 1.0, 1.0]}, index=["a", "b", "c", "d"])
    >>> model = fit_ordinal(features, pd.Series([-0.5, -0.5, 0.5, 1.0], index=["a", "b", "c", "d"]), penalty=0.01)
    >>> predict_ordinal(model, features).columns.tolist()
    ['expected', 'code', 'p_-0.5', 'p_0.5', 'p_1']
    """
    missing = [name for name in _MODEL if name not in model.columns]
    if missing:
        raise SchemaError(f"`model` lacks the columns {first_three(missing)}; make it with fit_ordinal().")
    weights = model[model["kind"] == "weight"]
    cuts = model[model["kind"] == "cutpoint"]
    lowest = model.loc[model["kind"] == "lowest", "name"].astype(float)
    if not len(weights) or not len(cuts) or len(lowest) != 1:
        raise SchemaError(
            f"`model` has {len(weights)} weights, {len(cuts)} cutpoints and {len(lowest)} rows of the lowest code; it "
            "needs some of each, and one lowest. Pass the table of fit_ordinal() whole."
        )
    cuts = cuts.iloc[cuts["name"].astype(float).argsort().to_numpy()]
    lowest = lowest.iloc[0]
    x = np.minimum(_numbers_of(features.reindex(columns=weights["name"].tolist(), fill_value=0.0)), 2.0)
    score = ((x - weights["mean"].to_numpy()) / weights["scale"].to_numpy()) @ weights["weight"].to_numpy()
    levels = np.r_[lowest, cuts["name"].astype(float).to_numpy()]
    above = expit(score[:, None] - cuts["weight"].to_numpy())
    bounds = np.column_stack([np.ones(len(x)), above, np.zeros(len(x))])
    likely = np.maximum(bounds[:, :-1] - bounds[:, 1:], 0.0)
    code = levels[(above >= 0.5).sum(axis=1)]
    out = pd.DataFrame({"expected": likely @ levels, "code": _plain(code, levels)}, index=features.index)
    for place, value in enumerate(levels):
        out[f"p_{value:g}"] = likely[:, place]
    return out


def _plain(codes: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return codes as whole numbers where all levels are."""
    return codes.astype(np.int64) if (levels == np.round(levels)).all() else codes


def cross_validate_ordinal(
    features: pd.DataFrame,
    codes: pd.Series,
    *,
    penalty: float = 10.0,
    n_folds: int = 10,
    groups: Sequence | None = None,
    seed: int = 20151223,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Predict each document by a model fitted on the others: how far can the model be trusted on new documents.

    Parameters
    ----------
    features, codes : DataFrame, Series
        As for ``fit_ordinal``.
    penalty : float
        As for ``fit_ordinal``.
    n_folds : int
        Parts into which the documents are cut.
    groups : sequence, optional
        One label per row of the features; rows with one label (copies of one wire) fall into one fold.
    seed : int
        Seed of the cut.

    Returns
    -------
    predictions : DataFrame
        doc_id, fold, code, predicted (a code), expected; sorted by doc_id.
    figures : DataFrame
        name, value: n, exact, within_one, sign, alpha_ordinal of the predicted codes; mean_code, mean_predicted and
        mean_expected, which show how far the mean of predicted codes leans. Figures on texts that the rules behind the
        features were written on are no estimate for others.

    Raises
    ------
    SchemaError
        As for ``fit_ordinal``, or fewer documents than folds.
    """
    features, values = _check(features, codes)
    labels = np.asarray(features.index if groups is None else groups)
    names = np.unique(labels)
    if not 2 <= n_folds <= len(names):
        raise SchemaError(
            f"`n_folds` is {n_folds}; it must be from 2 to the number of documents or groups, {len(names)}."
        )
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = dict(zip(names[order], np.arange(len(names)) % n_folds, strict=True))
    fold = np.array([fold_of[label] for label in labels])
    predicted, expected = np.zeros(len(values)), np.zeros(len(values))
    for number in range(n_folds):
        inside = fold == number
        model = fit_ordinal(features[~inside], codes, penalty=penalty)
        told = predict_ordinal(model, features[inside])
        predicted[inside], expected[inside] = told["code"].to_numpy(), told["expected"].to_numpy()
    columns = {"code": _plain(values, values), "predicted": _plain(predicted, values), "expected": expected}
    predictions = pd.DataFrame({"doc_id": features.index, "fold": fold, **columns})
    means = {"mean_code": values.mean(), "mean_predicted": predicted.mean(), "mean_expected": expected.mean()}
    figures = [score_codes(values, predicted), pd.DataFrame({"name": list(means), "value": list(means.values())})]
    return predictions.sort_values("doc_id", ignore_index=True), pd.concat(figures, ignore_index=True)
