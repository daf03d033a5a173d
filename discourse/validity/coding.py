"""Codes as coders write them: spaces, 1 and 1.0, NA and nothing, mended where that is safe, and said."""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need

__all__ = ["KEY", "MISSING", "NO_ANSWER", "answers_of", "checked_codes", "plain_ids", "split_sets", "tidy_codes"]

KEY = ("unit_id", "coder", "variable")
MISSING = ("", "#n/a", "<na>", "n/a", "na", "nan", "nat", "null")  # of any case: the coder wrote nothing
NO_ANSWER = ("none", "no position")  # of any case: the coder read the unit and says that there is nothing to code
_NOTES = ("variable", "what", "n", "first")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_WHOLE = re.compile(r"-?\d+\.0+")


def tidy_codes(codes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mend what coders and spreadsheets write in several ways: CODES become CODES, and a table of what was changed.

    Text loses spaces and marks of direction at its ends; ``NA``, ``nan``, ``n/a``, ``null`` and nothing are one null; a
    number is written in one way (``1.0``, ``+1``, ``١`` are ``1``); an id that a spreadsheet wrote as ``7.0`` is ``7``
    where other rows say ``7``; names that differ in capitals alone become the more usual spelling. Where one coder uses
    two spellings, they may be two codes: these stay, and the note says so.

    Parameters
    ----------
    codes : DataFrame
        CODES: unit_id, coder, variable, value, of any type.

    Returns
    -------
    codes : DataFrame
        The same rows in the same order, all text, null where there is no value; further columns are kept.
    notes : DataFrame
        variable, what (a sentence), n (rows), first (how the first of them was written); no row where all was in order.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> codes = pd.DataFrame({"unit_id": [1, "1"], "coder": ["A", "B"], "variable": ["position"] * 2,
    ...                       "value": [" 1", "1.0"]})
    >>> tidy, notes = tidy_codes(codes)
    >>> tidy["value"].tolist(), notes[["what", "n"]].values.tolist()
    (['1', '1'], [['numbers written in another way', 1], ['spaces or marks at the ends taken off', 1]])
    """
    need(codes, "codes", [*KEY, "value"], table="CODES")
    said: list[tuple[str, str, int, str]] = []
    out = codes.reset_index(drop=True).copy()
    for name in (*KEY, "value"):
        out[name] = _text(out[name]) if name == "value" else plain_ids(out[name])
    raw = out.copy()
    for name in (*KEY, "value"):
        _change(out, name, raw["variable"], _stripped, "spaces or marks at the ends taken off", said)
    for name in KEY:
        _merge(out, name, out["coder"] if name != "coder" else None, said)
    _change(out, "unit_id", out["variable"], _whole_ids(out), "ids written as 7.0 read as 7", said)
    _change(out, "value", out["variable"], _absent, "words for a missing value read as none given", said)
    _change(out, "value", out["variable"], _one_number, "numbers written in another way", said)
    for _, rows in out.groupby("variable", sort=True).groups.items():
        part = out.loc[rows]
        merged = part.copy()
        _merge(merged, "value", merged["coder"], said)
        out.loc[rows, "value"] = merged["value"]
    notes = pd.DataFrame(said, columns=list(_NOTES)).drop_duplicates(ignore_index=True)
    return out, notes.sort_values(["variable", "what", "first"], ignore_index=True)


def plain_ids(column: pd.Series) -> pd.Series:
    """Return ids as text; whole numbers that a column of numbers holds are written without a point.

    >>> plain_ids(pd.Series([7.0, None])).tolist()
    ['7', nan]
    """
    return _text(column)


def _text(column: pd.Series) -> pd.Series:
    """Return values as text, null where null; 1.0 in a column of numbers is 1."""
    values = column.astype(object)
    texts = [
        np.nan if pd.isna(one) else f"{one:g}" if isinstance(one, float) and float(one).is_integer() else str(one)
        for one in values
    ]
    return pd.Series(texts, index=column.index, dtype="str")


def _stripped(value: str) -> str:
    parts = [_MARKS.sub("", part).strip() for part in value.split(";")]
    return ";".join(part for part in parts if part) if len(parts) > 1 else parts[0]


def _absent(value: str) -> str | None:
    return None if value.casefold() in MISSING else value


def _one_number(value: str) -> str:
    plain = value.replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        return value
    number = float(plain.replace(",", "."))
    return f"{number + 0.0:.15g}" if number else "0"


def _whole_ids(codes: pd.DataFrame) -> Callable[[str], str]:
    """Read 7.0 as 7 where other rows have the id 7 and no coder has both."""
    own = codes.groupby("coder")["unit_id"].agg(set)
    known = set(codes["unit_id"].dropna())

    def mend(value: str) -> str:
        short = value.split(".", 1)[0]
        if not _WHOLE.fullmatch(value) or short not in known:
            return value
        return value if any(value in ids and short in ids for ids in own) else short

    return mend


def _change(
    codes: pd.DataFrame, name: str, variables: pd.Series, mend: Callable[[str], str | None], what: str, said: list
) -> None:
    """Mend each distinct text of a column in place and note what changed, by variable."""
    old = codes[name]
    new = old.map({text: mend(text) for text in old.dropna().unique()}, na_action="ignore").astype("str")
    changed = old.notna() & ~(old == new).fillna(False)
    empty = changed & old.fillna("").eq("")  # an empty cell is a plain null, no finding
    codes[name] = new
    noted = changed & ~empty
    place = variables.fillna("") if name in ("value", "unit_id") else pd.Series(name, codes.index)
    for variable, rows in place[noted].groupby(place[noted], sort=True).groups.items():
        shown = what if name == "value" or name == "unit_id" and "id" in what else f"{name}: {what}"
        said.append((str(variable).strip(), shown, len(rows), str(old.loc[rows[0]])))


def _merge(codes: pd.DataFrame, name: str, coders: pd.Series | None, said: list) -> None:
    """Give names that differ in capitals alone the more usual spelling; labels of a set one by one."""
    parts = codes[name].dropna().str.split(";").explode()
    usual, left = {}, []
    for _, group in parts.groupby(parts.str.casefold()):
        spellings = group.value_counts()
        if len(spellings) < 2:
            continue
        both = coders is not None and group.groupby(coders.loc[group.index]).nunique().max() > 1
        if both:
            left += [(group, spellings)]
            continue
        best = sorted(spellings.index, key=lambda text, counts=spellings: (-int(counts[text]), text))[0]
        usual |= {text: best for text in spellings.index if text != best}
    where = (lambda rows: str(codes.loc[rows[0], "variable"])) if name == "value" else (lambda _rows: name)
    for old, new in sorted(usual.items()):
        rows = parts.index[parts == old]
        said.append((where(rows), f"capitals: {old} read as {new}", len(rows), old))
    for group, spellings in left:
        names = " and ".join(sorted(spellings.index))
        what = f"capitals: {names} left as they are, since one coder uses both"
        said.append((where(group.index), what, len(group), str(group.iloc[0])))
    if usual:
        mended = parts.map(lambda text: usual.get(text, text)).groupby(level=0).agg(";".join)
        codes.loc[mended.index, name] = mended


def checked_codes(codes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return tidy codes and what was mended; ``none`` of a variable is no value, as a missing one.

    Raises
    ------
    SchemaError
        A column is missing, a unit, coder or variable is null, or a coder codes one variable of a unit twice.
    """
    tidy, notes = tidy_codes(codes)
    key = list(KEY)
    for name in key:
        empty = tidy[name].isna() | tidy[name].fillna("").str.strip().eq("")
        if empty.any():
            raise SchemaError(
                f"`codes` has {int(empty.sum())} rows without {name}. First: row {int(np.flatnonzero(empty)[0]) + 1}. "
                "Say which unit, coder and variable each code is of, or drop the row."
            )
    repeated = tidy.duplicated(key, keep="first")
    if repeated.any():
        offenders = tidy.loc[repeated, key].astype("str").agg(" + ".join, axis=1)
        raise SchemaError(
            f"`codes` has {int(repeated.sum())} repeated unit_id + coder + variable; each must be unique. "
            f"First: {first_three(offenders)}. Drop the repeated rows."
        )
    tidy["value"] = tidy["value"].mask(tidy["value"].str.casefold().isin(NO_ANSWER).fillna(False))
    return tidy[[*key, "value"]], notes


def split_sets(codes: pd.DataFrame, sets: Sequence[str]) -> pd.DataFrame:
    """Turn every set-valued variable into one variable of 0 and 1 per label that any coder gave."""
    parts = [codes[~codes["variable"].isin(list(sets))]]
    for name in sets:
        own = codes[codes["variable"] == name]
        given = (
            own["value"].astype("object").where(own["value"].notna(), "").map(lambda v: set(filter(None, _labels(v))))
        )
        for label in sorted(set().union(*given)):
            values = given.map(lambda labels, label=label: str(int(label in labels)))
            parts.append(own.assign(variable=f"{name}:{label}", value=values))
    return pd.concat(parts, ignore_index=True)


def answers_of(codes: pd.DataFrame, presence: Sequence[str]) -> list[pd.DataFrame]:
    """Return, for each variable, whether every reader of a unit gave a value, and which one, ``none`` included.

    A coder reads a unit where any code of theirs stands; one who codes the variable nowhere is no reader of it.
    """
    everybody = codes[["unit_id", "coder"]].drop_duplicates()
    parts = []
    for name in presence:
        given = codes.loc[codes["variable"] == name, ["unit_id", "coder", "value"]]
        if given.empty:
            known = sorted(codes["variable"].astype("str").unique())
            raise SchemaError(
                f"`presence` names {name!r}, which nobody codes; it must be among {', '.join(map(repr, known))}."
            )
        read = everybody[everybody["coder"].isin(given["coder"])]
        answers = read.merge(given, on=["unit_id", "coder"], how="left")
        said = answers["value"].astype("object").where(answers["value"].notna(), "").astype("str").str.strip()
        own = answers[["unit_id", "coder"]]
        parts.append(own.assign(variable=f"{name}:given", value=(said != "").astype(int).astype("str")))
        parts.append(own.assign(variable=f"{name}:answer", value=said.where(said != "", "none")))
    return parts


def _labels(value: object) -> list[str]:
    return [label.strip() for label in str(value).split(";")]
