"""Coding sheets: what a coder fills in, blind to the measure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError, check_choice, first_three
from discourse.exchange.workbook import LONGEST, guard_formula, write_workbook
from discourse.validity.coding import MISSING
from discourse.validity.sampling_plan import check_plan
from discourse.validity.units import SHOWN, check_names, checked_whose, shown_of, units_in_order
from discourse.writing import write_bytes

__all__ = ["POSITION_CODES", "checked_codebook", "write_coding_sheet"]

POSITION_CODES = ("-2", "-1", "0", "1", "2", "none")
_NOTES = ("comment", "unsure")


def checked_codebook(variables: object) -> dict[str, tuple[str, ...]]:
    """Return the variables that are coded and the codes of each as text; by default the position.

    Raises
    ------
    SchemaError
        ``variables`` is no mapping of names to lists of codes, holds none, or a code that cannot be read back: one with
        ``;``, one that stands there twice, an empty one.

    Examples
    --------
    >>> checked_codebook({"sure": [0, 1]})
    {'sure': ('0', '1')}
    """
    if variables is None:
        return {"position": POSITION_CODES}
    said = "Write {'frames': ['drugs', 'arming', 'none'], 'sure': ['0', '1']}, or an empty list for any text."
    if not isinstance(variables, Mapping):
        raise SchemaError(f"`variables` is {variables!r}; it must name each variable with its codes. {said}")
    if not variables:
        raise SchemaError(f"`variables` is empty, so that there is nothing to code. {said}")
    out = {}
    for name, allowed in variables.items():
        if not isinstance(name, str) or not name.strip():
            raise SchemaError(f"`variables` names {name!r}, which is no name of a column. {said}")
        if isinstance(allowed, str) or not isinstance(allowed, Iterable):
            raise SchemaError(f"`variables` has {allowed!r} for {name!r}; the codes must be a list. {said}")
        out[name] = tuple(str(one) for one in allowed)
        for wrong, why in _unreadable(out[name]).items():
            if wrong:
                raise SchemaError(
                    f"`variables` has {len(wrong)} codes of {name!r} that {why}. First: {first_three(wrong)}. Correct "
                    "them, since such codes cannot be read back."
                )
    return out


def _unreadable(codes: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return the codes that a file would not give back as they are, with the reason."""
    twice = tuple(dict.fromkeys(one for one in codes if codes.count(one) > 1))
    return {
        tuple(one for one in codes if ";" in one): "hold ';', which joins the codes of a set",
        twice: "stand there more than once",
        tuple(one for one in codes if one != one.strip() or one.casefold() in MISSING): (
            "are empty, begin or end with a space, or say that a code is missing"
        ),
    }


def write_coding_sheet(
    plan: pd.DataFrame,
    documents: pd.DataFrame,
    path: str | PathLike[str],
    *,
    variables: Mapping[str, Sequence[str]] | None = None,
    coder: str = "",
    shown: Sequence[str] = SHOWN,
    holder: str | None = None,
    target: str | None = None,
    language: str = "ar",
) -> Path:
    """Write the drawn documents as a sheet to code: PLAN and DOCUMENTS become a CSV or XLSX file.

    The sheet holds a row for each drawn document, in random order, and an empty column for each variable, for a
    comment, and for ``unsure`` (any word there but no says yes). It is blind: nothing of what a measure found, no
    stratum and no probability stands in it. ``code`` asks the same on a form, in the same order.

    Parameters
    ----------
    plan : DataFrame
        PLAN of ``sample_for_coding``.
    documents : DataFrame
        DOCUMENTS that hold the drawn ones.
    path : path
        Where to; ends in ``.csv`` (UTF-8 with a byte order mark, which Excel needs) or ``.xlsx`` (codes offered in a
        list).
    variables : mapping of str to sequence of str, optional
        The codebook: each variable and its codes; an empty sequence takes any text. By default ``position`` with -2 to
        2 and none: a coder who sees no position writes ``none``, so that an empty cell always is a missing code.
    coder : str
        Name of the coder, written into each row.
    shown : sequence of str
        Document variables that the coder sees, such as ``date`` and ``source`` beside title and text.
    holder, target : str, optional
        Whose position is coded, and toward whom, in words that the coder reads, such as ``"روسيا"`` and ``"طالبان"``:
        columns ``holder`` and ``target`` before the codes.
    language : {"ar", "en"}
        Whether the workbook runs from right to left.

    Returns
    -------
    Path
        The file written. A text longer than a cell goes on in ``text_2``, ``text_3``.

    Raises
    ------
    SchemaError
        The plan was changed, a drawn document is missing or stands twice, ``variables`` is no codebook, a variable has
        the name of a column, or ``shown`` names what a coder must not see.
    SourceError
        The ending is neither .csv nor .xlsx, or the place cannot be written.
    """
    place = Path(path)
    if place.suffix.lower() not in (".csv", ".xlsx"):
        raise SourceError(f"`path` is {str(path)!r}; a coding sheet ends in '.csv' or '.xlsx'. Change the ending.")
    check_choice("language", language, ["ar", "en"])
    codebook = checked_codebook(variables)
    plan = check_plan(plan)
    whose = checked_whose(coder, holder, target)
    check_names(codebook, whose)
    ids = units_in_order(plan, coder)
    texts = shown_of(documents, ids, shown, {*codebook, *whose})
    sheet = pd.DataFrame({"unit_id": ids, "coder": coder, "plan": plan["plan"].iloc[0] if len(ids) else ""})
    for name in texts:
        sheet = sheet.join(_in_cells(texts[name], str(name)))
    for name, value in [*whose.items(), *((one, "") for one in (*codebook, *_NOTES))]:
        sheet[name] = value
    if place.suffix.lower() == ".xlsx":
        widths = {str(name): 70.0 for name in sheet if str(name).startswith("text")} | {"title": 40.0, "comment": 30.0}
        choices = {**codebook, "unsure": ["yes"]}
        return write_workbook(sheet, place, right_to_left=language == "ar", widths=widths, choices=choices)
    return write_bytes(_as_csv(sheet), place)


def _in_cells(told: pd.Series, name: str) -> pd.DataFrame:
    """Return texts as one column, or as several where one is longer than a cell."""
    parts = max(1, -(-int(told.str.len().max() or 0) // LONGEST)) if len(told) else 1
    names = [name if part == 0 else f"{name}_{part + 1}" for part in range(parts)]
    return pd.DataFrame({one: told.str.slice(n * LONGEST, (n + 1) * LONGEST) for n, one in enumerate(names)})


def _as_csv(sheet: pd.DataFrame) -> bytes:
    """Return a CSV that a spreadsheet program opens as it is, with no cell that it would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    for row in sheet.astype("str").itertuples(index=False, name=None):
        writer.writerow([guard_formula(text) for text in row])
    return out.getvalue().encode("utf-8-sig")
