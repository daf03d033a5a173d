"""What was verified, in sentences."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.archives.moves import MOVED
from discourse.display.numbers import write_number

__all__ = ["still_stands", "tell_verified"]

_MOST = 10  # names and points that are told one by one
_WHY = {
    "missing": "{n_missing} of {n_archived} missing",
    "changed": "{n_changed} of {n_archived} changed",
    "corpus": "through documents elsewhere in the corpus",
    "edited": "its table in the archive was edited",
    "code": "other versions of library or packages",
    "unknown": "nothing explains it",
}


def still_stands(verified: pd.DataFrame) -> bool:
    """Tell whether an archive is whole and no point moves."""
    files = verified.loc[verified["kind"].eq("file"), "state"].isin(["changed", "missing"]).any()
    return not files and not verified.loc[verified["kind"].eq("point"), "state"].isin(MOVED).any()


def tell_verified(verified: pd.DataFrame) -> list[str]:
    """Say in sentences what VERIFIED holds: files, versions, texts, and the points that move.

    Examples
    --------
    >>> rows = pd.DataFrame({"kind": ["file", "file"], "table": "", "item": ["a.csv", "b.csv"],
    ...                      "state": ["equal", "changed"], "cause": None})
    >>> tell_verified(rows)
    ['2 files: 1 equal, 1 changed (b.csv).']
    """
    parts = {kind: verified.loc[verified["kind"].eq(kind)] for kind in ("file", "version", "text", "point")}
    said = [_counted(parts["file"], "file", "files")]
    versions = parts["version"].loc[parts["version"]["state"].ne("equal")]
    if len(versions):
        told = [f"{row.item} {_short(str(row.cause))}" for row in versions.head(_MOST).itertuples()]
        more = f", and {len(versions) - _MOST} more" if len(versions) > _MOST else ""
        said.append(f"Other versions than in the archive: {'; '.join(told)}{more}.")
    if len(parts["text"]):
        said.append(_counted(parts["text"], "text", "texts"))
    points = parts["point"]
    if len(points):
        said += _points(points)
    return said


def _counted(rows: pd.DataFrame, one: str, many: str) -> str:
    """Count rows by state, and name the first of those that are not equal."""
    parts = []
    for state, own in rows.groupby("state", observed=True, sort=False):
        names = "" if state == "equal" else f" ({_listed(own['item'].tolist())})"
        parts.append((state != "equal", f"{len(own):,} {state}{names}"))
    told = ", ".join(text for _, text in sorted(parts, key=lambda part: part[0]))
    return f"{len(rows):,} {one if len(rows) == 1 else many}: {told}."


def _listed(names: Sequence[str]) -> str:
    more = f", and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _points(points: pd.DataFrame) -> list[str]:
    moved = points.loc[points["state"].isin(MOVED)]
    if not len(moved):
        return [f"None of {len(points):,} points moves."]
    if moved["state"].eq("affected").all():
        lead = f"{len(moved):,} of {len(points):,} points rest on texts that are missing or changed:"
    else:
        lead = f"{len(moved):,} of {len(points):,} points move:"
    counts = moved.groupby("table", observed=True, sort=False).size()
    said = [f"{lead} {', '.join(f'{n:,} in {table}' for table, n in counts.items())}."]
    ordered = moved.iloc[np.argsort(-_far(moved), kind="stable")]
    said += [f"  {_point(row)}" for row in ordered.head(_MOST).to_dict("records")]
    if len(ordered) > _MOST:
        said.append(f"  ... and {len(ordered) - _MOST:,} more; --out FILE lists all.")
    return said


def _far(moved: pd.DataFrame) -> np.ndarray:
    """Return how far points move, in widths of their intervals, so that shares, rates and means can be compared."""
    width = (moved["upper_archived"] - moved["lower_archived"]).to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        far = np.abs(moved["moved"].to_numpy(float)) / width
    return np.nan_to_num(far, nan=-1.0, posinf=-0.5)


def _point(row: dict) -> str:
    """Say how one point moves, and why."""
    n = {name: "?" if pd.isna(row[name]) else f"{int(row[name]):,}" for name in
         ("n_archived", "n_missing", "n_changed")}  # fmt: skip
    if row["table"] == "company":  # whose n counts sentences
        n["n_archived"] = "all documents"
    whys = [_WHY[cause].format(**n) for cause in str(row["cause"]).split("|")]
    head = f"{row['table']}: {row['item'] or 'all'}"
    if row["state"] == "gone":
        return f"{head}: gone ({'; '.join(whys)})"
    if row["state"] == "new":
        return f"{head}: new ({'; '.join(whys)})"
    if row["state"] == "affected":
        return f"{head}: {'; '.join(whys)}"
    ends = [_number(row, side) for side in ("archived", "found")]
    sizes = [f"{int(row[name]):,}" for name in ("n_archived", "n_found")]
    return f"{head}: {ends[0]} -> {ends[1]}, n {sizes[0]} -> {sizes[1]} ({'; '.join(whys)})"


def _number(row: dict, side: str) -> str:
    values = [row[f"{name}_{side}"] for name in ("estimate", "lower", "upper")]
    if pd.isna(values[0]):
        return "no estimate"
    low, high = ("?" if pd.isna(value) else write_number(float(value), ".3f") for value in values[1:])
    return f"{write_number(float(values[0]), '.3f')} [{low}, {high}]"


def _short(cause: str) -> str:
    """Cut digests to what one can compare by eye."""
    return ", now ".join(part[:12] for part in cause.split(", now "))
