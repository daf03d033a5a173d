"""Findings: sentences whose numbers come from tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from discourse.display.cells import escape
from discourse.display.numbers import write_number
from discourse.display.wording import LANGUAGES
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["Finding", "cite_estimate"]


@dataclass(frozen=True)
class Finding:
    """What was found, in sentences, to look at in a notebook.

    Attributes
    ----------
    sentences : sequence of str
        Each stands in a paragraph of its own. Their numbers are worked out, by ``cite_estimate`` for instance, and
        never typed.
    language : {"en", "ar"}
        Language of the sentences.

    Raises
    ------
    SchemaError
        There is no sentence, or ``language`` is unknown.

    Examples
    --------
    >>> Finding([f"{2 + 1} of 4 reports name Moscow."])
    3 of 4 reports name Moscow.
    """

    sentences: Sequence[str]
    language: str = "en"

    def __post_init__(self) -> None:
        if isinstance(self.sentences, str) or not len(self.sentences):
            raise SchemaError("`sentences` must be a list of at least one sentence.")
        check_choice("language", self.language, LANGUAGES)

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return "\n".join(f'<p lang="{self.language}" dir="auto">{escape(text)}</p>' for text in self.sentences)


def cite_estimate(
    table: pd.DataFrame, *, n: str | Sequence[str], estimate: str = "estimate", form: str = ".2f", **where: object
) -> str:
    """Write one estimate of a table as a sentence quotes it: with its interval and its n.

    Parameters
    ----------
    table : DataFrame
        SERIES, or any other table with an estimate and the bounds ``lower`` and ``upper`` of its 95% interval.
    n : str or sequence of str
        The column that holds the number the estimate rests on: ``n_docs`` of a share, ``n_docs_with`` of a mean
        position, ``n_units`` of an alpha; of a difference those of both sides.
    estimate : str
        The column of the estimate.
    form : str
        How numbers are written, such as ``".0%"``.
    **where : object
        Which row: values by column. A day is found by its beginning, so that ``period=2024`` is a year.

    Returns
    -------
    str
        The words, in English; "no estimate" where it is null.

    Raises
    ------
    SchemaError
        A column is missing, or not exactly one row is meant.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2023", "2024"]), "estimate": [0.0, 0.65],
    ...                       "lower": [0.0, 0.41], "upper": [0.24, 0.88], "n_docs": [12, 17]})
    >>> cite_estimate(table, period=2024, n="n_docs", form=".0%")
    '65% (95% interval 41% to 88%, n = 17)'
    """
    counts = [n] if isinstance(n, str) else list(n)
    need(table, "table", [estimate, "lower", "upper", *counts, *where])
    meant = pd.Series(True, table.index)
    for name, value in where.items():
        column = table[name]
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            meant &= column.dt.strftime("%Y-%m-%d").str.startswith(str(value)).fillna(value=False).astype(bool)
        else:
            meant &= column.astype(str).eq(str(value))
    if meant.sum() != 1:
        asked = ", ".join(f"{name}={value!r}" for name, value in where.items()) or "no condition"
        raise SchemaError(
            f"`table` has {int(meant.sum())} rows with {asked}; exactly one is cited. "
            "Name more columns, or other values."
        )
    row = table.loc[meant].iloc[0]
    rests_on = "n = " + ", then ".join(f"{int(row[name]):,}" for name in counts)
    if pd.isna(row[estimate]):
        return f"no estimate ({rests_on})"
    value, lower, upper = (write_number(float(row[name]), form) for name in (estimate, "lower", "upper"))
    return f"{value} (95% interval {lower} to {upper}, {rests_on})"
