"""Corrections beside a drawn sample: whether they hang together with the draw, and what that does to an estimate."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from discourse.errors import SchemaError, first_three
from discourse.tables import need
from discourse.validity.corrected_rows import NOT_APPLIED
from discourse.validity.corrected_tables import apply_corrections
from discourse.validity.sampling_plan import check_plan

__all__ = ["LEVEL", "Corrections", "check_against_draw", "compare_with_draw", "measure_as_corrected", "note_on_figures"]

LEVEL = 0.05
"""Below this p corrections count as made with the draw in view."""
Corrections = pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame]
"""CORRECTIONS, or the table and outcomes that ``apply_corrections`` made of them."""
_ENOUGH = 10  # units of one probability from which they are a class of their own


def compare_with_draw(doc_ids: Iterable[str], plan: pd.DataFrame) -> pd.DataFrame:
    """Test whether documents were corrected without regard to the draw: doc_ids and PLAN become one row a class.

    Had nobody looked at the draw, the corrected stories would be among the drawn ones as often as chance would have it:
    hypergeometrically within each class of stories with one stratum and one probability. Stories of a stratum that
    differ in probability count each with its own (Poisson binomial, which is wider than a draw of fixed size, so that
    p is too large rather than too small). Nothing is approximated by a normal law.

    Parameters
    ----------
    doc_ids : iterable of str
        Documents whose measured value readers changed.
    plan : DataFrame
        PLAN of ``sample_for_coding``.

    Returns
    -------
    DataFrame
        stratum (``all`` first), n_units (stories), n_drawn, n_corrected, n_both, expected (of n_both, by chance), p
        (two-sided; of a class by itself). The p of ``all`` is twice the smaller of that of the sum and of the smallest
        of the classes times their number, so that classes which lean to different sides do not cancel.

    Raises
    ------
    SchemaError
        The plan was changed, or does not know a document.

    References
    ----------
    Fisher, R. A. (1935). The logic of inductive inference. Journal of the Royal Statistical Society 98, 39-82.
    doi:10.2307/2342435

    Examples
    --------
    Of 40 documents 10 were drawn. Three were corrected, all of them drawn: one way in 82.

    >>> from discourse.validity.sampling import sample_for_coding
    >>> plan = sample_for_coding(pd.DataFrame({"doc_id": [f"d{number}" for number in range(40)]}), n=10)
    >>> drawn = plan.loc[plan["drawn"], "doc_id"].tolist()
    >>> compare_with_draw(drawn[:3], plan).round(3).loc[0, ["n_both", "expected", "p"]].tolist()
    [3.0, 0.75, 0.012]
    """
    whole = check_plan(plan)
    told = sorted({str(one) for one in doc_ids})
    strange = sorted(set(told) - set(whole["doc_id"]))
    if strange:
        raise SchemaError(
            f"`plan` does not know {len(strange)} of the corrected documents. First: {first_three(strange)}. Pass the "
            "plan that was drawn from all documents."
        )
    units = whole.assign(corrected=whole["doc_id"].isin(told)).groupby("cluster", sort=True).agg(
        stratum=("stratum", "first"), chance=("unit_probability", "first"), drawn=("drawn", "any"),
        corrected=("corrected", "any"),
    )  # fmt: skip
    rows, laws = [], []
    for stratum, own in units.groupby("stratum", sort=True):
        size = own.groupby(own["chance"].round(9))["drawn"].transform("size")
        alike = [part for _, part in own[size >= _ENOUGH].groupby(own["chance"].round(9))]
        rest = own[size < _ENOUGH]
        if not alike and rest["chance"].round(9).nunique() == 1:
            alike, rest = [rest], rest[:0]
        parts = [(part, _hypergeometric(part)) for part in alike]
        parts += [(rest, _poisson_binomial(rest.loc[rest["corrected"], "chance"].to_numpy()))] if len(rest) else []
        for part, law in parts:
            both = int((part["drawn"] & part["corrected"]).sum())
            rows.append((str(stratum), len(part), int(part["drawn"].sum()), int(part["corrected"].sum()), both,
                         float(np.arange(len(law)) @ law), _two_sided(law, both)))  # fmt: skip
            laws.append(law)
    columns = ["stratum", "n_units", "n_drawn", "n_corrected", "n_both", "expected", "p"]
    table = pd.DataFrame(rows, columns=columns)
    sums = table[columns[1:-1]].sum()
    law = np.ones(1)
    for one in laws:
        law = np.convolve(law, one)
    in_all, telling = _two_sided(law, int(sums["n_both"])), table[table["n_corrected"] > 0]
    by_class = len(telling) * telling["p"].min() if len(telling) > 1 else 1.0
    p = min(1.0, 2 * min(in_all, by_class)) if len(telling) > 1 else in_all
    first = pd.DataFrame([("all", *sums, p)], columns=columns)
    whole_numbers = dict.fromkeys(columns[1:5], "int64")
    return pd.concat([first, table], ignore_index=True).astype(whole_numbers)


def _hypergeometric(units: pd.DataFrame) -> np.ndarray:
    n, drawn, corrected = len(units), int(units["drawn"].sum()), int(units["corrected"].sum())
    return np.asarray(hypergeom.pmf(np.arange(corrected + 1), n, corrected, drawn))


def _poisson_binomial(chances: np.ndarray) -> np.ndarray:
    law = np.ones(1)
    for chance in np.clip(chances, 0, 1):
        law = np.convolve(law, [1 - chance, chance])
    return law


def _two_sided(law: np.ndarray, value: int) -> float:
    """Return the probability of what is no likelier than the value, as Fisher's exact test has it."""
    return float(min(1.0, law[law <= law[value] * (1 + 1e-7)].sum()))


def measure_as_corrected(found: pd.DataFrame, corrections: Corrections) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the measure with corrections in place, and the outcomes; what needs further tables is refused.

    Raises
    ------
    SchemaError
        A correction was not applied since a table that it needs was not given, or the two tables are none of
        ``apply_corrections``.
    """
    if isinstance(corrections, tuple):
        if len(corrections) != 2 or "outcome" not in corrections[1]:
            raise SchemaError(
                "`corrections` is no pair that apply_corrections() returns. Pass CORRECTIONS, or both of its tables."
            )
        return corrections
    need(corrections, "corrections", ["doc_id", "what", "corrected"], table="CORRECTIONS")
    made, outcomes = apply_corrections(found, corrections)
    lost = outcomes[(outcomes["outcome"] == NOT_APPLIED) & outcomes["reason"].str.startswith("pass ")]
    if len(lost):
        raise SchemaError(
            f"`corrections` has {len(lost)} of sentences and matches, which lead to other values of `found` only with "
            f"the table that it was made of. First: of {first_three(lost['doc_id'])}. Pass corrections="
            "apply_corrections(found, corrections, sentences=...)."
        )
    return made, outcomes


def check_against_draw(before: pd.DataFrame, after: pd.DataFrame, plan: pd.DataFrame) -> np.ndarray:
    """Return which documents have another measured value; refuse where these hang together with the draw.

    Parameters
    ----------
    before, after : DataFrame
        Measured values by doc_id, without and with corrections.
    plan : DataFrame
        PLAN.

    Raises
    ------
    SchemaError
        More or fewer of them were drawn than chance would have it.
    """
    moved = (before.to_numpy(float) != after.loc[before.index].to_numpy(float)).any(axis=1)
    table = compare_with_draw(before.index[moved], plan)
    whole = table.to_dict("records")[0]
    if whole["p"] < LEVEL:
        raise SchemaError(
            f"`corrections` change the measured value of {int(whole['n_corrected'])} stories, of which "
            f"{int(whole['n_both'])} were drawn and chance would draw {whole['expected']:.1f} (p = {whole['p']:.2g}): "
            "they hang together with the draw, and the estimate would be biased. Leave `corrections` out, which "
            "the estimate does not need, or take corrections that were made without regard to the draw."
        )
    return moved


def note_on_figures(outcomes: pd.DataFrame, plan: pd.DataFrame | None) -> str:
    """Say what figures of a measure with corrections are figures of."""
    told = outcomes.loc[outcomes["outcome"] == "changed", "doc_id"].astype("str").unique()
    said = f"with corrections in {len(told)} documents: not a sample, what readers looked at"
    if plan is None:
        return said
    p = compare_with_draw(told, plan)["p"].tolist()[0]
    if p < LEVEL:
        return f"{said}, and looked at with the draw in view (p = {p:.2g}): no figures of the corpus"
    return f"{said}; they do not hang together with the draw (p = {p:.2g})"
