"""Coding files read back: CODES, and what is none and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.lines import Head, Item
from discourse.validity.handcoding.log import Content, read_log
from discourse.validity.held_rows import CODED, REJECTS, hold_rows
from discourse.validity.sampling_plan import check_plan

__all__ = ["is_coding_file", "last_items", "read_coding"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # in which an item can have been saved
_FOREIGN = "the line belongs to another plan or codebook"
_TIMELESS = "the line says no time at which it was saved"
_HEADLESS = "the first line is missing, which says plan, drawn documents and codes: values are held against no codebook"


def is_coding_file(path: str | PathLike[str]) -> bool:
    """Tell whether a file is one that ``code`` wrote; a line of it is enough.

    >>> is_coding_file("notes.txt")
    False
    """
    try:
        read_log(path)
    except SourceError:
        return False
    return True


def read_coding(
    path: str | PathLike[str] | Sequence[str | PathLike[str]], plan: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read what was coded on the form: coding files become CODES, and a table of what is no code and why.

    The last line of a coder on a unit counts; the earlier ones stay in the file as history. Nothing is lost: a line
    that a crash cut or that somebody edited, an unfinished item, and a drawn document that a coder has not reached have
    each a row in the second table. A form may be open meanwhile.

    Parameters
    ----------
    path : path, or sequence of paths
        Files of ``code``, of one coder or of several. Files of one codebook are read together.
    plan : DataFrame, optional
        PLAN of ``sample_for_coding``: with it, a file of another plan is refused.

    Returns
    -------
    codes : DataFrame
        CODES: unit_id, coder, variable, value, sorted by these; comment, unsure, blind (nothing that a measure found
        was shown) and time (UTC) stand to the right. ``measure_agreement``, ``find_disagreements``, ``validate`` and
        ``correct_by_period`` take it as it is.
    rejects : DataFrame
        path, record (line of the file; empty where a line is missing), unit_id, variable, value, reason; a damaged line
        stands in ``value`` as it is.

    Raises
    ------
    SchemaError
        The files have different plans or codebooks, or ``plan`` is another one.
    SourceError
        A file cannot be read, or is no coding file.

    Examples
    --------
    >>> read_coding("notes.txt")
    Traceback (most recent call last):
    discourse.errors.SourceError: 'notes.txt' cannot be read: No such file or directory. Check the path.
    """
    paths = [path] if isinstance(path, str | PathLike) else list(path)
    if not paths:
        raise SchemaError("`path` names no file. Give the file that code() wrote, or a list of such files.")
    contents = {str(one): read_log(one) for one in paths}
    head, asked = _common_head(contents)
    if plan is not None:
        plan = check_plan(plan)
        if plan["plan"].iloc[0] != head.plan:
            raise SchemaError(
                f"`plan` is {plan['plan'].iloc[0]!r}, and {Path(paths[0]).name!r} is of the plan {head.plan!r}. Give "
                "the plan that was coded."
            )
    rows, lost = [], []
    for name, content in contents.items():
        if content.head is None and all(line != 1 for line, _, _ in content.rejects):
            lost.append((name, "", None, None, None, _HEADLESS))
        lost += [(name, f"line {line}", None, None, raw, reason) for line, raw, reason in content.rejects]
        timed = [item for item in content.items if _time(item) is not None]
        lost += [_left_out(name, item, _TIMELESS) for item in content.items if _time(item) is None]
        own = [item for item in timed if (item.plan, item.asked) == (head.plan, asked)]
        lost += [_left_out(name, item, _FOREIGN) for item in timed if (item.plan, item.asked) != (head.plan, asked)]
        rows += [_row(name, item, variable) for item in last_items(own) for variable in head.variables]
    long = pd.DataFrame(rows, columns=["path", "record", *CODED, "of_plan", "title", "text"])
    drawn = head.units or sorted(long["unit_id"].unique())
    known = drawn if plan is None else plan["doc_id"]
    codes, rejects = hold_rows(long, head.variables, head.plan, drawn, known=known)
    return codes, pd.concat([pd.DataFrame(lost, columns=list(REJECTS), dtype="str"), rejects], ignore_index=True)


def last_items(items: Sequence[Item]) -> list[Item]:
    """Return the last item of each coder and unit, in the order in which these were first saved."""
    last: dict[tuple[str, str], Item] = {}
    for item in items:
        last[item.coder, item.unit_id] = item
    return list(last.values())


def _row(path: str, item: Item, variable: str) -> tuple[object, ...]:
    """Return the value of an item on a variable as a row of codes to be held against the plan."""
    notes = (item.comment, item.unsure, item.blind, _time(item))
    return (path, f"line {item.line}", item.unit_id, item.coder, variable, item.values.get(variable), *notes, *[""] * 3)


def _time(item: Item) -> pd.Timestamp | None:
    """Return when an item was saved; null where that is no time."""
    try:
        told = datetime.fromisoformat(item.time)
    except ValueError:
        return None
    return pd.Timestamp(told.replace(tzinfo=None)) if _FIRST_YEAR <= told.year <= _LAST_YEAR else None


def _left_out(path: str, item: Item, reason: str) -> tuple[object, ...]:
    value = ";".join(f"{name}={told}" for name, told in item.values.items())
    return (path, f"line {item.line}", item.unit_id, None, value, reason)


def _common_head(contents: Mapping[str, Content]) -> tuple[Head, str]:
    """Return what all files are of, and the digest of what is asked.

    Raises
    ------
    SchemaError
        They are of different plans or codebooks.
    """
    told = [
        (name, content.head or _head_of(content.items), content.head.asked if content.head else content.items[0].asked)
        for name, content in contents.items()
    ]
    first, head, asked = told[0]
    for name, other, theirs in told[1:]:
        what = "plans" if other.plan != head.plan else "codebooks" if theirs != asked else ""
        if what:
            raise SchemaError(
                f"`path` has files of two {what}, {Path(first).name!r} and {Path(name).name!r}. Read them one by one."
            )
    return next((one for _, one, _ in told if one.units), head), asked


def _head_of(items: Sequence[Item]) -> Head:
    """Return what a file is of whose first line is damaged, as far as its items tell."""
    names = dict.fromkeys(name for item in items for name in item.values)
    return Head(items[0].plan, (), {name: () for name in names})
