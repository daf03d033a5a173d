"""How many more codes would narrow the intervals of a corrected series."""

import numpy as np
import pandas as pd
from scipy.stats import t as student

from discourse.errors import SchemaError, first_three
from discourse.tables import need
from discourse.validity.pseudo_outcomes import LEAST_CODES

__all__ = ["plan_codes"]


def plan_codes(corrected: pd.DataFrame, *, factor: float = 0.5, level: float = 0.95) -> pd.DataFrame:
    """Plan how many more codes would narrow each interval: CORRECTED becomes a number of codes per period.

    Parameters
    ----------
    corrected : DataFrame
        CORRECTED of ``correct_by_period`` (method "dsl").
    factor : float
        What part of its width an interval is to have: 0.5 halves it.
    level : float
        As in ``correct_by_period``.

    Returns
    -------
    DataFrame
        The rows of ``corrected``: its period and ``by`` columns, n_units, n_coded, half_width, wanted (half a width),
        n_codes (in all; null where no number of codes is enough), n_more, note.

    Raises
    ------
    SchemaError
        ``corrected`` is no such table, of another method, or has more codes than stories; or ``factor`` or ``level``
        does not lie between 0 and 1.

    Notes
    -----
    The part of the variance that codes can take away goes with 1/n - 1/N; the rest is between documents, and only more
    documents take it away. More codes would also sharpen the predictions, so the numbers are on the safe side.

    Examples
    --------
    >>> corrected = pd.DataFrame({"period": ["2021"], "n_units": [1000], "n_coded": [50], "se_documents": [0.01],
    ...                           "se_codes": [0.1]})
    >>> plan_codes(corrected)[["n_codes", "n_more"]].astype(int).values.tolist()
    [[173, 123]]
    """
    need(corrected, "corrected", ["period", "n_units", "n_coded", "se_documents", "se_codes"], table="CORRECTED")
    if not 0 < factor < 1:
        raise SchemaError(f"`factor` is {factor!r}; it must lie between 0 and 1. 0.5 halves the interval.")
    if not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1, for instance 0.95.")
    if "method" in corrected and (corrected["method"] == "ppi++").any():
        raise SchemaError(
            "`corrected` is of method 'ppi++', whose parts of the error are others. Plan from "
            "correct_by_period(..., method='dsl')."
        )
    sizes = corrected[["n_units", "n_coded"]].apply(pd.to_numeric, errors="coerce")
    wrong = ~((sizes["n_coded"] >= 0) & (sizes["n_units"] >= sizes["n_coded"]) & np.isfinite(sizes["n_units"]))
    if wrong.any():
        raise SchemaError(
            f"`corrected` has {int(wrong.sum())} rows whose n_units and n_coded do not fit; no more stories are coded "
            f"than there are. First: {first_three(corrected.loc[wrong, 'period'].astype('str'))}. Take CORRECTED as "
            "correct_by_period() made it."
        )
    head = list(corrected.columns[: list(corrected.columns).index("n_units")])
    rows = [
        _codes_for(int(units), int(n), float(by_documents), float(by_codes), factor, level)
        for units, n, by_documents, by_codes in corrected[
            ["n_units", "n_coded", "se_documents", "se_codes"]
        ].itertuples(index=False, name=None)
    ]
    told = pd.DataFrame(rows, columns=["half_width", "wanted", "n_codes", "n_more", "note"], index=corrected.index)
    return pd.concat([corrected[[*head, "n_units", "n_coded"]], told], axis=1).reset_index(drop=True)


def _codes_for(units: int, n: int, by_documents: float, by_codes: float, factor: float, level: float) -> tuple:
    """Return half a width now and wanted, the codes for it, how many more, and what stands against it."""
    if n < LEAST_CODES or not np.isfinite(by_codes):
        if units < LEAST_CODES:
            return np.nan, np.nan, np.nan, np.nan, f"{units} stories: too few for any estimate"
        return np.nan, np.nan, LEAST_CODES, max(LEAST_CODES - n, 0), f"{LEAST_CODES} codes give a first estimate"
    sizes = np.arange(n, units + 1)
    left = np.maximum(1 / sizes - 1 / units, 0) / max(1 / n - 1 / units, 1e-12) if units > n else np.zeros(1)
    half = student.ppf(0.5 + level / 2, sizes - 1) * np.sqrt(by_documents**2 + by_codes**2 * left)
    enough = np.flatnonzero(half <= factor * half[0])
    if not len(enough):
        said = f"all {units} coded leave {half[-1]:.2g}: only more documents narrow it further"
        return half[0], factor * half[0], np.nan, np.nan, said
    total = int(sizes[enough[0]])
    return half[0], factor * half[0], total, total - n, ""
