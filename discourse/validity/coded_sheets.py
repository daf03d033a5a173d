"""Coded sheets read back and held against the plan: what is a code, and what is none and why."""

import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.exchange.codes.sheets import read_sheet
from discourse.measures.checked import check_documents_once
from discourse.tables import need
from discourse.validity.held_rows import hold_rows
from discourse.validity.sampling_plan import check_plan
from discourse.validity.sheets import checked_codebook

__all__ = ["read_coding_sheet"]

_SHEET = ("unit_id", "coder", "plan", "title", "text", "holder", "target", "comment", "unsure", "remark")
_NO = ("", "0", "false", "no")


def read_coding_sheet(
    path: str | PathLike[str] | Sequence[str | PathLike[str]],
    plan: pd.DataFrame,
    *,
    variables: Mapping[str, Sequence[str]] | None = None,
    coder: str | None = None,
    documents: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read coded sheets and hold them against the plan: files become CODES, and a table of what is no code and why.

    Nothing is lost: each code of each row stands in one of the two tables, and each drawn document without a code has a
    row in the second.

    Parameters
    ----------
    path : path, or sequence of paths
        Sheets of one coder or of several, ``.csv`` or ``.xlsx``.
    plan : DataFrame
        PLAN of ``sample_for_coding``.
    variables : mapping of str to sequence of str, optional
        The codebook, as for ``write_coding_sheet``. A variable whose codes may be joined by ``;`` is held against each.
    coder : str, optional
        Who coded, where the column ``coder`` is empty or missing.
    documents : DataFrame, optional
        DOCUMENTS: with them the text of each row is held against that of its document, so that an id that was
        changed, or a column that was sorted alone, is found. Pass them wherever the sheet shows ``text``.

    Returns
    -------
    codes : DataFrame
        CODES: unit_id, coder, variable, value, sorted by these; comment, unsure (whether anything stands in that column
        but no or 0), blind (true) and time (null) stand to the right, as ``read_coding`` has them.
    rejects : DataFrame
        path, record (row of the sheet; empty where a row is missing), unit_id, variable, value, reason; in the order of
        the files.

    Raises
    ------
    SchemaError
        The plan was changed, a document stands twice, or a sheet has no row, or lacks ``unit_id`` or a variable.
    SourceError
        A file cannot be read at all.
    """
    codebook = checked_codebook(variables)
    plan = check_plan(plan)
    if coder is not None and not isinstance(coder, str):
        raise SchemaError(f"`coder` is {coder!r}; it must be text, such as 'A'.")
    if documents is not None:
        need(documents, "documents", ["doc_id"], table="DOCUMENTS")
        check_documents_once(documents)
    paths = [path] if isinstance(path, str | PathLike) else list(path)
    rows = []
    for one in paths:
        frame = read_sheet(Path(one))
        _check_columns(frame, Path(one).name, codebook)
        rows.append(_long(frame, str(one), codebook, coder))
    if not rows:
        raise SchemaError("`path` names no sheet. Give the file that a coder filled in, or a list of such files.")
    long = pd.concat(rows, ignore_index=True)
    if not len(long):
        raise SchemaError(f"`path` has no row below its header: {first_three(map(str, paths))}. Give the filled sheet.")
    drawn = plan.loc[plan["drawn"], "doc_id"].tolist()
    return hold_rows(long, codebook, plan["plan"].iloc[0], drawn, known=plan["doc_id"], documents=documents)


def _check_columns(frame: pd.DataFrame, name: str, codebook: Mapping[str, Sequence[str]]) -> None:
    """Raise where a sheet lacks its ids or a variable, and say how the variables are named."""
    need(frame, name, ["unit_id"], table="the coding sheet")
    lost = [one for one in codebook if one not in frame]
    if lost:
        own = [str(one) for one in frame if one not in _SHEET and not str(one).startswith("text_")]
        raise SchemaError(
            f"`{name}` has no column {first_three(lost)} to read codes from; beside what was shown it has "
            f"{first_three(own) or 'none'}. Name by `variables` what was coded, as in write_coding_sheet()."
        )


def _long(frame: pd.DataFrame, path: str, codebook: Mapping[str, Sequence[str]], coder: str | None) -> pd.DataFrame:
    """Return one row per row of the sheet and variable, with where it stood, what plan it names and its text."""
    cells = frame.astype(object).where(frame.notna(), "").itertuples(index=False, name=None)
    filled = [any(str(cell).strip() for cell in row) for row in cells]  # a row of empty cells is none
    numbers = [f"row {place + 2}" for place, some in enumerate(filled) if some]
    frame = frame[np.array(filled, dtype=bool)].reset_index(drop=True)
    empty = pd.Series("", index=frame.index, dtype="str")
    own = frame["coder"].fillna("").astype("str").str.strip() if "coder" in frame else empty
    own = own.where(own.ne(""), coder or "coder")
    shown = {}
    for name in ("title", "text"):
        shown[name] = empty
        for column in [one for one in frame if re.fullmatch(rf"{name}(_\d+)?", str(one))]:
            shown[name] = shown[name] + frame[column].fillna("").astype("str")
    comment = "comment" if "comment" in frame else "remark"  # its name in sheets of an earlier version
    said = frame[comment].fillna("").astype("str").str.strip() if comment in frame else empty
    sure = frame["unsure"].fillna("").astype("str").str.strip().str.casefold() if "unsure" in frame else empty
    parts = [
        pd.DataFrame(
            {
                "path": path,
                "record": pd.Series(numbers, dtype="str"),
                "unit_id": frame["unit_id"].astype(object),
                "coder": own,
                "variable": name,
                "value": frame[name].astype(object),
                "of_plan": frame["plan"].fillna("").astype("str").str.strip() if "plan" in frame else empty,
                "comment": said,
                "unsure": ~sure.isin(_NO),
                "blind": True,
                "time": pd.NaT,
                **shown,
            }
        )
        for name in codebook
    ]
    return pd.concat(parts, ignore_index=True).sort_values("record", key=_number_of, kind="stable", ignore_index=True)


def _number_of(records: pd.Series) -> pd.Series:
    return records.str.slice(4).astype(int)
