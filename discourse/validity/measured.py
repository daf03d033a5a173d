"""What a measure says, checked: the rows that are meant, amounts that can be, and labels that are its categories."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.checked import choose_rows
from discourse.validity.coding import NO_ANSWER

__all__ = ["amounts_of", "chosen_rows", "labels_as_categories"]


def chosen_rows(found: pd.DataFrame, chosen: Mapping[str, str | None]) -> pd.DataFrame:
    """Return the rows of a measure that have the chosen values; a value that no row has is an error, not a zero.

    Raises
    ------
    SchemaError
        A column that is chosen by is missing, or no row has the value.

    Examples
    --------
    >>> found = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia", "iran"]})
    >>> chosen_rows(found, {"holder": "iran"})["doc_id"].tolist()
    ['b']
    >>> chosen_rows(found, {"holder": "rusia"})
    Traceback (most recent call last):
    discourse.errors.AbsentError: `holder` is 'rusia', which no row of `found` has; it has 'iran', 'russia'.
    """
    wanted = {name: value for name, value in chosen.items() if name in found or name != "category"}
    return choose_rows(found, wanted, "found") if len(found) else found  # a table of one category need not name it


def amounts_of(table: pd.DataFrame, column: str, *, argument: str) -> pd.Series:
    """Return a column of presence, matches or words as numbers.

    Raises
    ------
    SchemaError
        A presence is neither 0 nor 1, or a number of matches or words is null, negative or infinite.

    Examples
    --------
    >>> amounts_of(pd.DataFrame({"present": [True, False]}), "present", argument="found").tolist()
    [1.0, 0.0]
    """
    values = pd.to_numeric(table[column].astype(object), errors="coerce").astype("float64")
    right = values.isin([0, 1]) if column == "present" else values.between(0, np.inf, inclusive="left")
    if not right.all():
        allowed = "neither 0 nor 1" if column == "present" else "no numbers of at least 0"
        raise SchemaError(
            f"`{argument}` has {int((~right).sum())} values of {column!r} that are {allowed}. First: "
            f"{first_three(table.loc[(~right).to_numpy(), column])}. Mend these rows: each says what was found."
        )
    return values


def labels_as_categories(told: pd.Series, categories: Iterable[object], variable: str) -> tuple[list[set[str]], str]:
    """Return the categories that each code names, and what was read in other capitals.

    Parameters
    ----------
    told : Series
        Codes by document: labels joined by ``;``; none or null is the empty set.
    categories : iterable
        The categories of the measure. Capitals do not matter.
    variable : str
        How the codes are called, for the message.

    Raises
    ------
    SchemaError
        A label is no category of the measure: counted as absent it would make the measure look wrong, or right.

    Examples
    --------
    >>> labels_as_categories(pd.Series(["Drugs;arming", "none"]), ["arming", "drugs"], "frames")[1]
    'capitals: Drugs read as drugs'
    """
    names = sorted({str(name) for name in categories})
    known = {name.casefold(): name for name in names} | {name: name for name in names}
    sets, strange, read = [], {}, {}
    for code in told.astype(object).where(told.notna(), ""):
        own = set()
        for label in filter(None, (part.strip() for part in str(code).split(";"))):
            name = known.get(label, known.get(label.casefold()))
            if name is not None:
                own.add(name)
                if name != label:
                    read[label] = name
            elif label.casefold() not in NO_ANSWER:
                strange[label] = strange.get(label, 0) + 1
        sets.append(own)
    if strange:
        raise SchemaError(
            f"`codes` of {variable!r} have {sum(strange.values())} labels that are no category of `found`. First: "
            f"{first_three(sorted(strange))}; it has {first_three(names)}. Recode them, take out those that the "
            "measure does not look for, or pass `found` with all its categories."
        )
    return sets, "; ".join(f"capitals: {label} read as {name}" for label, name in sorted(read.items()))
