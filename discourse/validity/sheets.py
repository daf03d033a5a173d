"""Coding sheets: what a coder fills in, blind to the measure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError, check_choice, first_three
from discourse.exchange.workbook import LONGEST, guard_formula, write_workbook
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import hash_names
from discourse.tables import need
from discourse.validity.sampling_plan import check_plan
from discourse.writing import write_bytes

__all__ = ["POSITION_CODES", "checked_codebook", "write_coding_sheet"]

POSITION_CODES = ("-2", "-1", "0", "1", "2", "none")
_SHOWN = ("title", "text")
_OWN = ("unit_id", "coder", "plan")
_BLIND = frozenset(
    ["probability", "unit_probability", "stratum", "drawn", "score", "position", "grade", "present", "n_matches",
     "frames", "main_frame"]
)  # fmt: skip


def checked_codebook(variables: object) -> dict[str, tuple[str, ...]]:
    """Return the variables that are coded and the codes of each as text; by default the position.

    Raises
    ------
    SchemaError
        ``variables`` is no mapping of names to lists of codes, or holds none.

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
    return out


def write_coding_sheet(
    plan: pd.DataFrame,
    documents: pd.DataFrame,
    path: str | PathLike[str],
    *,
    variables: Mapping[str, Sequence[str]] | None = None,
    coder: str = "",
    shown: Sequence[str] = _SHOWN,
    holder: str | None = None,
    target: str | None = None,
    language: str = "ar",
) -> Path:
    """Write the drawn documents as a sheet to code: PLAN and DOCUMENTS become a CSV or XLSX file.

    The sheet holds a row for each drawn document, in random order, and an empty column for each variable. It is blind:
    nothing of what a measure found, no stratum and no probability stands in it.

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
    if isinstance(shown, str):
        raise SchemaError(f"`shown` is {shown!r}; it must be a list of columns. Write [{shown!r}].")
    whose = {"holder": holder, "target": target}
    for name, value in {"coder": coder, **{one: told for one, told in whose.items() if told is not None}}.items():
        if not isinstance(value, str):
            raise SchemaError(f"`{name}` is {value!r}; it must be text, such as 'A'.")
    whose = {name: value for name, value in whose.items() if value is not None}
    drawn = plan[plan["drawn"]]
    shown = [name for name in shown if name in documents.columns or name not in _SHOWN]
    need(documents, "documents", ["doc_id", *shown], table="DOCUMENTS")
    taken = sorted(set(codebook) & {*_OWN, *_SHOWN, *whose, "remark"})
    if taken:
        raise SchemaError(f"`variables` names {first_three(taken)}, which the sheet has already. Rename the variable.")
    seen = sorted(set(shown) & (_BLIND | set(codebook) | set(whose)))
    if seen:
        raise SchemaError(
            f"`shown` names {first_three(seen)}, which a coder must not see while coding. Show title, text, date or "
            "source."
        )
    check_documents_once(documents)
    texts = documents.assign(doc_id=documents["doc_id"].astype("str")).set_index("doc_id")
    lost = sorted(set(drawn["doc_id"]) - set(texts.index))
    if lost:
        raise SchemaError(
            f"`documents` lacks {len(lost)} of the drawn documents. First: {first_three(lost)}. Pass the documents "
            "that the plan was drawn from."
        )
    order = hash_names([f"{seed}|row|{coder}|{doc}" for doc, seed in zip(drawn["doc_id"], drawn["seed"], strict=True)])
    ids = drawn["doc_id"].to_numpy()[order.argsort()]
    sheet = pd.DataFrame({"unit_id": ids, "coder": coder, "plan": drawn["plan"].iloc[0] if len(drawn) else ""})
    for name in shown:
        sheet = sheet.join(_in_cells(texts.loc[ids, name].reset_index(drop=True), name))
    for name, value in [*whose.items(), *((one, "") for one in codebook)]:
        sheet[name] = value
    sheet["remark"] = ""
    if place.suffix.lower() == ".xlsx":
        widths = {str(name): 70.0 for name in sheet if str(name).startswith("text")} | {"title": 40.0, "remark": 30.0}
        return write_workbook(sheet, place, right_to_left=language == "ar", widths=widths, choices=codebook)
    return write_bytes(_as_csv(sheet), place)


def _in_cells(texts: pd.Series, name: str) -> pd.DataFrame:
    """Return texts as one column, or as several where one is longer than a cell."""
    dated = pd.api.types.is_datetime64_any_dtype(texts.dtype)
    told = texts.dt.strftime("%Y-%m-%d") if dated else texts.astype(object).where(texts.notna(), "").astype("str")
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
