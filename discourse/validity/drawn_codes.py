"""Codes of a drawn sample as numbers, and the measure beside them: what is checked before a series is corrected."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from discourse.errors import ResourceError, SchemaError, first_three
from discourse.sources.seeds import load_seed
from discourse.tables import need
from discourse.validity.coding import NO_ANSWER
from discourse.validity.measured import amounts_of, chosen_rows, labels_as_categories
from discourse.validity.settled import settled_codes

__all__ = ["SEEN", "drawn_codes", "measured_values"]

SEEN = "codes were seen while the measure was written: a demonstration, no estimate"
_MEASURED = {"mean_position": "position", "share": "present", "per_1000": "n_matches"}


def drawn_codes(
    codes: pd.DataFrame,
    documents: pd.DataFrame,
    plan: pd.DataFrame,
    *,
    variable: str,
    measure: str,
    category: str | None,
    categories: Iterable[object],
    seen: bool | str | None,
) -> tuple[pd.DataFrame, str]:
    """Return value and presence of each coded document, by doc_id, and what was read in another way, after all checks.

    Raises
    ------
    SchemaError
        As for ``correct_by_period``.
    """
    told = settled_codes(codes, variable)
    null = told.isna()
    if null.any():
        raise SchemaError(
            f"`codes` has {int(null.sum())} null values of {variable!r}. First: {first_three(told.index[null])}. Write "
            "'none' where the coder read the document and saw nothing to code; a null says that nobody looked."
        )
    _check_seen(seen, told.index, documents)
    known = set(documents["doc_id"].astype("str"))
    strange = sorted(set(told.index) - set(plan["doc_id"]))
    if strange:
        raise SchemaError(
            f"`codes` has {len(strange)} documents that `plan` does not know. First: {first_three(strange)}. Codes "
            "need the plan that drew their documents."
        )
    drawn = plan.loc[plan["drawn"], "doc_id"]
    beside = sorted(set(told.index) - set(drawn))
    if beside:
        raise SchemaError(
            f"`codes` has {len(beside)} documents that were not drawn, so that they have no probability. First: "
            f"{first_three(beside)}. Use codes of the drawn documents alone, as read_coding_sheet() returns them."
        )
    absent = sorted((set(drawn) & known) - set(told.index))
    if absent:
        raise SchemaError(
            f"`codes` lacks {len(absent)} of the {len(drawn)} drawn documents. First: {first_three(absent)}. Code them "
            "too: which ones a coder left out is not chance."
        )
    return _as_numbers(told[told.index.isin(known)], measure, variable, category, categories)


def _check_seen(seen: bool | str | None, coded: pd.Index, documents: pd.DataFrame) -> None:
    if seen not in (False, True, None, "demonstration"):
        raise SchemaError(f"`seen` is {seen!r}; it must be False or 'demonstration'. See correct_by_period().")
    if seen is None:
        raise SchemaError(
            "`seen` is not said. Say seen=False if no rule, entry or threshold of the measure was written or chosen "
            "with these codes or their documents in view; else a correction only shows how well they were learned."
        )
    if seen is True:
        raise SchemaError(
            "`seen` is True: codes that were in view while the measure was written do not tell how it errs on other "
            "texts. Code documents that nobody has looked at, or say seen='demonstration' to mark every row."
        )
    if seen is False and "text" in documents:
        texts = documents.loc[documents["doc_id"].astype("str").isin(coded), "text"]
        try:
            shipped = texts.isin(load_seed("reports")["text"])
        except ResourceError:
            return
        if shipped.any():
            raise SchemaError(
                f"`codes` has {int(shipped.sum())} documents of the digests that ship with the library, and its rules "
                "and lexicons were written on these: `seen` cannot be False. Code other documents, or say "
                "seen='demonstration' to mark every row."
            )


def _as_numbers(
    told: pd.Series, measure: str, variable: str, category: str | None, categories: Iterable[object]
) -> tuple[pd.DataFrame, str]:
    """Return value and presence, 0 and 0 where the code is none, and what was read in another way."""
    nothing = told.str.casefold().isin(NO_ANSWER)
    if measure == "share" and not told[~nothing].isin(["0", "1"]).all():
        if category is None:
            raise SchemaError(f"`codes` of {variable!r} are labels; say by `category` which of them is counted.")
        labels, read = labels_as_categories(told, categories, variable)
        values = [float(str(category) in own) for own in labels]
        return pd.DataFrame({"value": values, "present": 1.0}, index=told.index), read
    numbers = pd.to_numeric(told.where(~nothing, "0"), errors="coerce")
    low, high = {"mean_position": (-2, 2), "share": (0, 1), "per_1000": (0, np.inf)}[measure]
    wrong = ~(numbers.between(low, high) & np.isfinite(numbers))
    if wrong.any():
        scale = f"from {low} to {high}" if np.isfinite(high) else "of at least 0"
        raise SchemaError(
            f"`codes` has {int(wrong.sum())} values of {variable!r} that are no numbers {scale} and not 'none'. First: "
            f"{first_three(told[wrong])}. Recode them."
        )
    return pd.DataFrame({"value": numbers.astype("float64"), "present": (~nothing).astype("float64")}), ""


def measured_values(
    found: pd.DataFrame, documents: pd.DataFrame, measure: str, chosen: Mapping[str, str | None]
) -> tuple[pd.DataFrame, pd.Series, float]:
    """Return numerator and denominator of each document by the measure, its answer as a category, and their scale.

    Raises
    ------
    SchemaError
        A column is missing, several categories or holders stand in the table and none is chosen, or a document is
        unknown or missing.
    """
    column = _MEASURED[measure]
    if measure == "share" and "present" not in found:
        column = "n_matches"
    needed = [column, *(["n_tokens"] if measure == "per_1000" else [])]
    need(found, "found", ["doc_id", *needed])
    own = found.assign(doc_id=found["doc_id"].astype("str"))
    own = chosen_rows(own, chosen)
    if measure == "mean_position":
        own = own[own["position"].notna()]
    repeated = own["doc_id"].duplicated()
    if repeated.any():
        raise SchemaError(
            f"`found` has {int(repeated.sum())} documents with several rows. First: "
            f"{first_three(own.loc[repeated, 'doc_id'])}. Choose one by `category`, or by `holder`, `target`, `voice`."
        )
    ids = pd.Index(documents["doc_id"].astype("str"))
    strange = sorted(set(own["doc_id"]) - set(ids))
    if strange:
        raise SchemaError(
            f"`documents` lacks {len(strange)} of the documents of `found`. First: {first_three(strange)}. Pass the "
            "documents that were measured."
        )
    if measure != "mean_position":
        own = own.assign(**{name: amounts_of(own, name, argument="found") for name in needed})
    values = pd.to_numeric(own.set_index("doc_id")[column], errors="coerce").astype("float64").reindex(ids)
    if measure == "mean_position":
        off = values.notna() & ~values.between(-2, 2)
        if off.any():
            raise SchemaError(
                f"`found` has {int(off.sum())} positions off the scale; they must lie between -2 and 2. First: "
                f"{first_three(values[off])}. See the codebook for the codes."
            )
        table = pd.DataFrame({"top": values.fillna(0.0), "bottom": values.notna().astype("float64")})
        return table, pd.Series(pd.factorize(values.round().fillna(9), sort=True)[0], index=ids), 1.0
    if values.isna().any():
        raise SchemaError(
            f"`found` lacks {int(values.isna().sum())} of the documents. First: "
            f"{first_three(values.index[values.isna()])}. Count all documents (zeros "
            "are rows too), or pass only those that were counted."
        )
    if measure == "share":
        present = (values > 0).astype("float64")
        return pd.DataFrame({"top": present, "bottom": 1.0}), present.astype(int), 1.0
    tokens = own.set_index("doc_id")["n_tokens"].astype("float64").reindex(ids)
    table = pd.DataFrame({"top": values * 1000, "bottom": tokens})
    bins = pd.Series(np.ceil(np.log2(values.to_numpy() + 1)).astype(int), index=ids)
    return table, bins, 1000.0
