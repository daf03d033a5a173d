"""What is counted or coded, checked in one place for series and for change: numbers, positions, chosen rows."""

from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, first_three, some_of
from discourse.tables import need

__all__ = ["check_counts", "check_documents_once", "check_pairs", "choose_rows", "is_whole", "read_positions"]

_NUMBERS = ("n_matches", "n_tokens")


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; True and 1.0 are none.

    >>> is_whole(3), is_whole(1.5), is_whole(True)
    (True, False, False)
    """
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def check_counts(counts: pd.DataFrame, argument: str) -> None:
    """Raise where what is counted is no number of 0 or more, or where a document has several numbers of words.

    Parameters
    ----------
    counts : DataFrame
        COUNTS or FRAMES; of ``n_matches``, ``n_tokens`` and ``present`` those that are there are checked.
    argument : str
        Name of the argument, for messages.

    Raises
    ------
    SchemaError
        A number is null, negative, infinite or text; ``present`` is neither 0 nor 1; a document has several
        ``n_tokens``.

    Examples
    --------
    >>> check_counts(pd.DataFrame({"doc_id": ["a"], "n_matches": [-1]}), "counts")
    Traceback (most recent call last):
    discourse.errors.SchemaError: `counts` has 1 rows whose 'n_matches' is no number of 0 or more. First documents: 'a'. Count them again (count_matches), or leave these documents out.
    """  # noqa: E501
    for name in _NUMBERS:
        if name in counts:
            values = _floats(counts[name])
            _refuse(counts, ~(np.isfinite(values) & (values >= 0)), argument, name, "no number of 0 or more")
    if "present" in counts:
        values = _floats(counts["present"])
        _refuse(counts, ~np.isin(values, (0.0, 1.0)), argument, "present", "neither 0 nor 1")
    if "n_tokens" in counts:
        codes, ids = pd.factorize(counts["doc_id"])
        values = _floats(counts["n_tokens"])
        known = np.zeros(len(ids))
        known[codes] = values
        several = sorted({str(ids[code]) for code in np.unique(codes[known[codes] != values])})
        if several:
            raise SchemaError(
                f"`{argument}` has {len(several)} documents with several numbers of words in 'n_tokens'. First: "
                f"{first_three(several)}. A document has one number of words, the same in all its rows."
            )


def _floats(values: pd.Series) -> np.ndarray:
    if not pd.api.types.is_numeric_dtype(values):
        values = values.astype(object).map(lambda value: value if isinstance(value, Real) else np.nan)
    return pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _refuse(counts: pd.DataFrame, wrong: np.ndarray, argument: str, name: str, what: str) -> None:
    if wrong.any():
        raise SchemaError(
            f"`{argument}` has {int(wrong.sum())} rows whose {name!r} is {what}. First documents: "
            f"{first_three(counts.loc[wrong, 'doc_id'].astype('str'))}. Count them again (count_matches), or leave "
            "these documents out."
        )


def check_pairs(counts: pd.DataFrame, doc_ids: pd.Series, argument: str, *, once: bool = False) -> None:
    """Raise where a document was not counted, wholly or in one category: without its zeros a share is too large.

    Parameters
    ----------
    counts : DataFrame
        ``doc_id`` and ``category``.
    doc_ids : Series
        Every document that must be there.
    argument : str
        Name of the argument, for messages.
    once : bool
        Raise also where a document has several rows in one category.

    Raises
    ------
    SchemaError
        A document, or a document in one category, has no row; or, with ``once``, several.
    """
    known = pd.Index(doc_ids.astype("str").unique())
    codes, ids = pd.factorize(counts["doc_id"])
    absent = sorted(set(known) - {str(name) for name in ids})
    if absent:
        raise SchemaError(
            f"`{argument}` lacks {len(absent)} of the doc_id values of `documents`. First: {first_three(absent)}. "
            "Count all documents, or pass only those that were counted."
        )
    place = known.get_indexer(pd.Index([str(name) for name in ids]))[codes]
    kind, kinds = pd.factorize(counts["category"])
    times = np.bincount((place * len(kinds) + kind)[place >= 0], minlength=len(known) * len(kinds))
    if once and (times > 1).any():
        raise SchemaError(
            f"`{argument}` has {int((times > 1).sum())} documents with several rows in one category. First: "
            f"{_pairs(np.flatnonzero(times > 1), known, kinds)}. Count each document once, or add its rows up."
        )
    if not times.all():
        raise SchemaError(
            f"`{argument}` lacks {int((times == 0).sum())} pairs of document and category. First: "
            f"{_pairs(np.flatnonzero(times == 0), known, kinds)}. Count all documents for all categories "
            "(count_matches does), or add the rows that are 0."
        )


def _pairs(places: np.ndarray, doc_ids: pd.Index, categories: pd.Index) -> str:
    width = len(categories)
    return first_three((str(doc_ids[place // width]), str(categories[place % width])) for place in places[:3])


def check_documents_once(documents: pd.DataFrame) -> None:
    """Raise where a document stands twice in DOCUMENTS.

    Raises
    ------
    SchemaError
        Names the first documents that repeat.
    """
    ids = documents["doc_id"].astype("str")
    repeated = ids.duplicated()
    if repeated.any():
        raise SchemaError(
            f"`documents` has {int(repeated.sum())} repeated doc_id values; doc_id must be unique. First: "
            f"{first_three(ids[repeated])}. Drop or rename them."
        )


def choose_rows(table: pd.DataFrame, wanted: Mapping[str, str | None], argument: str) -> pd.DataFrame:
    """Return the rows of one holder, target or voice.

    Parameters
    ----------
    table : DataFrame
        Positions or counts.
    wanted : mapping
        The value wanted by column; null keeps all.
    argument : str
        Name of the argument that the table is, for messages.

    Raises
    ------
    SchemaError
        A value is no text, or no row has it.
    """
    chosen = table
    for name, value in wanted.items():
        if value is None:
            continue
        if not isinstance(value, str):
            raise SchemaError(f"`{name}` is {value!r}; it must be one name, such as 'russia'.")
        column = name if name in table or name != "voice" or "position" in table else "category"
        need(table, argument, [column])
        kept = chosen[column].astype("str").eq(value)
        if not kept.any():
            there = some_of(sorted(table[column].dropna().astype("str").unique())) or "none"
            raise AbsentError(f"`{name}` is {value!r}, which no row of `{argument}` has; it has {there}.")
        chosen = chosen.loc[kept]
    return chosen


def read_positions(values: pd.Series, argument: str) -> pd.Series:
    """Return positions as numbers; nulls, which are no position, have been left out.

    Raises
    ------
    SchemaError
        A position is text, or lies off the scale from -2 to 2.

    Examples
    --------
    >>> read_positions(pd.Series(["1"]), "table")
    Traceback (most recent call last):
    discourse.errors.SchemaError: `table` has 1 positions that are no numbers. First: '1'. Read them as numbers: pd.to_numeric(table['position'], errors='coerce'); what is no code ('none') becomes null, no position.
    """  # noqa: E501
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        told = values.astype(object)
        strange = told.map(_no_number)
        if strange.any():
            raise SchemaError(
                f"`{argument}` has {int(strange.sum())} positions that are no numbers. First: "
                f"{first_three(told[strange].unique())}. Read them as numbers: pd.to_numeric({argument}['position'], "
                "errors='coerce'); what is no code ('none') becomes null, no position."
            )
        values = told
    off = ~values.astype("float64").between(-2, 2)
    if off.any():
        raise SchemaError(
            f"`{argument}` has {int(off.sum())} positions off the scale; they must lie between -2 and 2. First: "
            f"{first_three(values[off])}. See the codebook for the codes."
        )
    return values.astype("float64")


def _no_number(value: Any) -> bool:
    return isinstance(value, bool | np.bool_) or not isinstance(value, Real)
