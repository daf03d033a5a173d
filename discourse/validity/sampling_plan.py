"""The plan of a sample: which document was drawn, with what probability, and whether the plan is as it was drawn."""

import hashlib

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need

__all__ = ["PLAN", "check_plan", "digest_of"]

PLAN = ("doc_id", "stratum", "cluster", "probability", "unit_probability", "drawn", "seed", "plan")


def digest_of(plan: pd.DataFrame) -> str:
    """Return the digest of all that a plan holds, in any order of its rows."""
    columns = ["doc_id", "stratum", "cluster", "probability", "unit_probability", "drawn", "seed"]
    lines = [
        f"{doc}\t{stratum}\t{cluster}\t{probability:.9g}\t{unit:.9g}\t{int(drawn)}\t{int(seed)}"
        for doc, stratum, cluster, probability, unit, drawn, seed in plan[columns].itertuples(index=False, name=None)
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8")).hexdigest()[:16]


def check_plan(plan: pd.DataFrame, *, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """Hold a PLAN against its digest, and against the documents that it was drawn from.

    Parameters
    ----------
    plan : DataFrame
        PLAN, as ``sample_for_coding`` made it, also after a way through a CSV file.
    documents : DataFrame, optional
        DOCUMENTS: each has to have its row in the plan.

    Returns
    -------
    DataFrame
        PLAN with its types, sorted by doc_id.

    Raises
    ------
    SchemaError
        A column is missing, such as the probability; a probability is null, 0 or above 1; the plan was changed after it
        was drawn; or documents have no row in it.

    Examples
    --------
    >>> from discourse.validity.sampling import sample_for_coding
    >>> plan = sample_for_coding(pd.DataFrame({"doc_id": ["a", "b"]}), n=1)
    >>> len(check_plan(plan))
    2
    >>> check_plan(plan.assign(probability=0.0))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    discourse.errors.SchemaError: `plan` has 2 probabilities that are null, 0 or above 1; ...
    """
    need(plan, "plan", list(PLAN), table="PLAN, which sample_for_coding() makes")
    out = plan[list(PLAN)].copy()
    for name in ("doc_id", "stratum", "cluster", "plan"):
        out[name] = out[name].astype("str")
    for name in ("probability", "unit_probability"):
        out[name] = pd.to_numeric(out[name], errors="coerce").astype("float64")
    if not pd.api.types.is_bool_dtype(out["drawn"].dtype):
        out["drawn"] = out["drawn"].astype("str").str.casefold().isin(["true", "1"])
    wrong = ~((out["probability"] > 0) & (out["probability"] <= 1))
    if wrong.any():
        raise SchemaError(
            f"`plan` has {int(wrong.sum())} probabilities that are null, 0 or above 1; each document must have had a "
            f"chance to be drawn. First: {first_three(out.loc[wrong, 'doc_id'])}. Draw with sample_for_coding()."
        )
    repeated = out["doc_id"].duplicated()
    if repeated.any():
        raise SchemaError(
            f"`plan` has {int(repeated.sum())} repeated doc_id values. First: "
            f"{first_three(out.loc[repeated, 'doc_id'])}. Give one plan alone."
        )
    out = out.sort_values("doc_id", ignore_index=True)
    if not len(out) or set(out["plan"]) != {digest_of(out)}:
        raise SchemaError(
            "`plan` is not as it was drawn: its rows do not give the digest in its column 'plan'. Take the plan that "
            "sample_for_coding() wrote, whole and unchanged."
        )
    if documents is not None:
        need(documents, "documents", ["doc_id"], table="DOCUMENTS")
        strange = sorted(set(documents["doc_id"].astype("str")) - set(out["doc_id"]))
        if strange:
            raise SchemaError(
                f"`plan` lacks {len(strange)} of the {len(documents)} documents. First: {first_three(strange)}. A "
                "sample speaks for the documents it was drawn from: pass these, or draw again from all."
            )
    return out
