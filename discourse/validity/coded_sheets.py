"""Coded sheets read back and held against the plan: what is a code, and what is none and why."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.exchange.codes.sheets import read_sheet
from discourse.measures.checked import check_documents_once
from discourse.tables import need
from discourse.validity.coding import NO_ANSWER, plain_ids, tidy_codes
from discourse.validity.sampling_plan import check_plan
from discourse.validity.sheets import checked_codebook

__all__ = ["read_coding_sheet"]

_SHEET = ("unit_id", "coder", "plan", "title", "text", "holder", "target", "remark")
_REJECTS = ("path", "record", "unit_id", "variable", "value", "reason")


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
        CODES: unit_id, coder, variable, value, sorted by these.
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
    rows, rejects = [], []
    for one in paths:
        frame = read_sheet(Path(one))
        _check_columns(frame, Path(one).name, codebook)
        rows.append(_long(frame, str(one), codebook, coder))
    if not rows:
        raise SchemaError("`path` names no sheet. Give the file that a coder filled in, or a list of such files.")
    long = pd.concat(rows, ignore_index=True)
    if not len(long):
        raise SchemaError(f"`path` has no row below its header: {first_three(map(str, paths))}. Give the filled sheet.")
    tidy, _ = tidy_codes(long)
    reasons = _reasons(tidy, plan, codebook, documents)
    bad = reasons.ne("")
    rejects = tidy.loc[bad, ["path", "record", "unit_id", "variable", "value"]].assign(reason=reasons[bad])
    codes = tidy.loc[~bad, ["unit_id", "coder", "variable", "value"]]
    missing = _missing(tidy, codes, plan, codebook)
    rejects = pd.concat([rejects, missing], ignore_index=True)[list(_REJECTS)]
    return codes.sort_values(["unit_id", "coder", "variable"], ignore_index=True), rejects


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
                **shown,
            }
        )
        for name in codebook
    ]
    return pd.concat(parts, ignore_index=True).sort_values("record", key=_number_of, kind="stable", ignore_index=True)


def _number_of(records: pd.Series) -> pd.Series:
    return records.str.slice(4).astype(int)


def _reasons(
    tidy: pd.DataFrame, plan: pd.DataFrame, codebook: Mapping[str, Sequence[str]], documents: pd.DataFrame | None
) -> pd.Series:
    """Return why a row is no code; empty where it is one."""
    known, drawn = set(plan["doc_id"]), set(plan.loc[plan["drawn"], "doc_id"])
    digest = plan["plan"].iloc[0]
    texts, titles = _texts(documents, "text"), _texts(documents, "title")
    by_text = {text: doc for doc, text in texts.items() if doc in drawn and text}
    key = ["unit_id", "coder", "variable"]
    given = tidy["value"].notna()
    repeated = given & tidy[given].duplicated(key, keep=False).reindex(tidy.index, fill_value=False)
    apart = tidy[given].groupby(key)["value"].nunique().gt(1)
    different = pd.MultiIndex.from_frame(tidy[key]).isin(apart.index[apart])
    copies = given & tidy[given].duplicated(key, keep="first").reindex(tidy.index, fill_value=False)
    out = []
    columns = ["unit_id", "variable", "value", "of_plan", "title", "text"]
    for place, (unit, variable, code, of_plan, title, text) in enumerate(
        tidy[columns].itertuples(index=False, name=None)
    ):
        allowed = codebook[str(variable)]
        value = str(code) if isinstance(code, str) else None
        named = str(unit) if isinstance(unit, str) else None
        if named not in known:
            meant = by_text.get(_squeezed(text))
            said = f"the plan has no document {named!r}" if named else "the row has no unit_id"
            out.append(said + (f"; its text is that of {meant!r}: the id was changed" if meant else ""))
        elif of_plan not in ("", digest):
            out.append(f"the row belongs to another plan ({of_plan})")
        elif named not in drawn:
            out.append("the document was not drawn: a code beside the sample has no probability")
        elif _differ(text, texts.get(str(named))) or _differ(title, titles.get(str(named))):
            meant = by_text.get(_squeezed(text))
            said = f", but of {meant!r}" if meant else ""
            out.append(f"title and text of the row are not those of {named!r}{said}: a column was sorted alone")
        elif value is None:
            out.append("no code; write none where there is nothing to code")
        elif repeated[place] and different[place]:
            out.append("coded twice by one coder with different codes")
        elif copies[place]:
            out.append("coded twice by one coder with the same code; the first is kept")
        elif allowed and not _allowed(value, allowed):
            out.append(f"the code is none of {', '.join(allowed)}")
        else:
            out.append("")
    return pd.Series(out, index=tidy.index, dtype="str")


def _allowed(value: str, allowed: Sequence[str]) -> bool:
    codes = {one.casefold() for one in allowed}
    return all(part.strip().casefold() in codes for part in value.split(";")) or (
        value.casefold() in NO_ANSWER and bool(codes & set(NO_ANSWER))
    )


def _texts(documents: pd.DataFrame | None, column: str) -> dict[str, str]:
    """Return the title or text of each document, its letters and digits alone."""
    if documents is None or column not in documents:
        return {}
    ids, texts = plain_ids(documents["doc_id"]), documents[column].fillna("")
    return {str(doc): _squeezed(text) for doc, text in zip(ids, texts, strict=True)}


def _differ(shown: str, own: str | None) -> bool:
    """Tell whether a row shows another text than its document has, where both have one."""
    told = _squeezed(shown)
    return bool(told) and bool(own) and told != own


def _squeezed(text: object) -> str:
    """Return letters and digits alone: programs change spaces, quotes and marks on the way."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", str(text)))


def _missing(
    tidy: pd.DataFrame, codes: pd.DataFrame, plan: pd.DataFrame, codebook: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Return a row for each drawn document that has no row at all in the sheets of a coder."""
    drawn = plan.loc[plan["drawn"], "doc_id"]
    rows = []
    for coder, own in tidy.groupby("coder", sort=True):
        there = set(own["unit_id"].dropna())
        path = str(own["path"].iloc[0])
        for doc in drawn[~drawn.isin(there)]:
            rows += [(path, "", doc, name, None, f"no row of {coder} for this drawn document") for name in codebook]
    return pd.DataFrame(rows, columns=list(_REJECTS))
