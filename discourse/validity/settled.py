"""One code of each document, and the answer of the measure beside it."""

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need
from discourse.validity.answers import keys_of, match_answers
from discourse.validity.coding import tidy_codes
from discourse.validity.measured import amounts_of, chosen_rows, labels_as_categories

__all__ = ["answers_on_categories", "answers_on_positions", "settled_codes"]


def settled_codes(codes: pd.DataFrame, variable: str) -> pd.Series:
    """Return the code of each document on one variable, by doc_id; null where there is none.

    Parameters
    ----------
    codes : DataFrame
        CODES of one coder, or of several who agree; or a table of doc_id and the variable. They go through
        ``tidy_codes``.
    variable : str
        Which variable.

    Raises
    ------
    SchemaError
        A column is missing, the variable was not coded, or a document has two different codes.

    Examples
    --------
    >>> settled_codes(pd.DataFrame({"doc_id": [7, 8], "position": [" 1", "none"]}), "position").to_dict()
    {'7': '1', '8': 'none'}
    """
    need(codes, "codes", [])
    if {"unit_id", "variable", "value"} <= set(codes.columns):
        whole = codes if "coder" in codes else codes.assign(coder="coder")
    else:
        need(codes, "codes", ["doc_id", variable])
        whole = codes[["doc_id", variable]].rename(columns={"doc_id": "unit_id", variable: "value"})
        whole = whole.assign(coder="coder", variable=variable)
    tidy = tidy_codes(whole)[0]
    own = tidy.loc[tidy["variable"] == variable, ["unit_id", "value"]].drop_duplicates()
    if not len(own):
        have = ", ".join(map(repr, sorted(tidy["variable"].dropna().unique()))) or "no row"
        raise SchemaError(f"`codes` holds {have}, and no code of {variable!r}. Name by `variable` what was coded.")
    repeated = own["unit_id"].duplicated()
    if repeated.any():
        raise SchemaError(
            f"`codes` has {int(repeated.sum())} documents with different codes of {variable!r}. First: "
            f"{first_three(own.loc[repeated, 'unit_id'])}. Choose one coder, or settle where coders disagree "
            "(find_disagreements() lists it)."
        )
    return own.set_index("unit_id")["value"]


def answers_on_positions(found: pd.DataFrame, codes: pd.DataFrame, variable: str, holder: str | None) -> pd.DataFrame:
    """Return doc_id, holder, hand and found of each judged holder: as ``match_answers`` does, from CODES too.

    Raises
    ------
    SchemaError
        The codes do not say whose positions they are, or as for ``validate``.
    """
    if {"unit_id", "variable", "value"} <= set(codes.columns):
        told = settled_codes(codes, variable).rename("position").rename_axis("doc_id").reset_index()
    else:
        told = codes
    if "holder" not in told:
        if holder is None:
            raise SchemaError("`codes` do not say whose positions they are; name the `holder`, for instance 'russia'.")
        told = told.assign(holder=holder)
    if holder is not None and "holder" in found:
        found = chosen_rows(found, {"holder": holder})
        told = told[told["holder"].astype("str") == holder]
    need(found, "found", ["holder"])
    ours, theirs = (set(keys_of(table, ["doc_id", "holder"])["holder"]) for table in (found, told))
    if ours and theirs and not ours & theirs:
        raise SchemaError(
            f"`codes` are of {first_three(sorted(theirs))}, of whom no row of `found` is; it has "
            f"{first_three(sorted(ours))}. Correct the name, or say by `holder` whose positions the codes are."
        )
    return match_answers(found, told)


def answers_on_categories(found: pd.DataFrame, codes: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Return doc_id, category, hand and found, 0 or 1, of each coded document and category of the measure.

    Raises
    ------
    SchemaError
        As for ``validate``.
    """
    column = "present" if "present" in found else "n_matches"
    need(found, "found", ["doc_id", "category", column])
    ours = _once(found, "found").assign(found=(amounts_of(found, column, argument="found") > 0).astype(int).to_numpy())
    ours = ours[["doc_id", "category", "found"]]
    names = sorted(set(ours["category"]))
    if {"doc_id", "category", "present"} <= set(codes.columns):
        told = _once(codes, "codes").assign(
            hand=(amounts_of(codes, "present", argument="codes") > 0).astype(int).to_numpy()
        )
        own = told.loc[~told["category"].isin(names), "category"]
        meant = [next(iter(one), "") for one in labels_as_categories(own, names, "category")[0]]
        read = dict(zip(own, meant, strict=True))
        told = _once(told.assign(category=told["category"].replace(read)), "codes")[["doc_id", "category", "hand"]]
    else:
        own = settled_codes(codes, variable)
        sets, _ = labels_as_categories(own, names, variable)
        rows = [(doc, name, int(name in one)) for doc, one in zip(own.index, sets, strict=True) for name in names]
        told = pd.DataFrame(rows, columns=["doc_id", "category", "hand"])
    both = told.merge(ours, on=["doc_id", "category"], how="inner")
    if not len(both):
        raise SchemaError("`found` and `codes` have no document and category in common. Give both the same doc_id.")
    lost = sorted(set(told["doc_id"]) - set(ours["doc_id"]))
    if lost:
        raise SchemaError(
            f"`found` lacks {len(lost)} of the coded documents. First: {first_three(lost)}. A measure is dense: zeros "
            "are rows too."
        )
    both = both.assign(hand=both["hand"].astype("str"), found=both["found"].astype("str"))
    return both.sort_values(["doc_id", "category"], ignore_index=True)


def _once(table: pd.DataFrame, argument: str) -> pd.DataFrame:
    """Return a table with document and category as text, each pair of which stands once."""
    key = ["doc_id", "category"]
    out = table.assign(**{name: table[name].astype("str") for name in key})
    repeated = out.duplicated(key)
    if repeated.any():
        raise SchemaError(
            f"`{argument}` has {int(repeated.sum())} repeated doc_id + category; each must stand once, or its document "
            f"counts twice. First: {first_three(out.loc[repeated, key].agg(' + '.join, axis=1))}. Drop the repeated "
            "rows."
        )
    return out
