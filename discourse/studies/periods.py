"""The periods that a study compares: named stretches of days, in the order of time."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from discourse.errors import SchemaError

__all__ = ["periods_of"]

_SHAPE = "such as [[2015, 2020], [2022, 2026]] or {before: [2015, 2020], after: [2022, 2026]}"
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def periods_of(value: Any) -> tuple[tuple[str, str, str], ...]:
    """Return the periods to be compared: the name, the first and the last day of each.

    An end is a year, a month (``"2021-08"``) or a day, and belongs to its period as a whole; one end alone is both.

    Examples
    --------
    >>> periods_of([[2015, 2020], 2021])
    (('2015-2020', '2015-01-01', '2020-12-31'), ('2021', '2021-01-01', '2021-12-31'))
    >>> periods_of({"before Kabul": [2015, "2021-08-14"], "after": ["2021-08-15", 2026]})[0]
    ('before Kabul', '2015-01-01', '2021-08-14')
    """
    if value is None or value == ():
        return ()
    stated = list(value.items()) if isinstance(value, Mapping) else [(None, one) for one in _listed(value)]
    found = [_period(name, one) for name, one in stated]
    if len(found) < 2:
        raise SchemaError(
            f"`compare` has {len(found)} of the two periods that a change needs. Name two or more, {_SHAPE}, or leave "
            "it out."
        )
    names = [name for name, _, _ in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SchemaError(f"`compare` names the period {twice[0]!r} twice. Give each a name of its own.")
    for (early, _, end), (late, start, _) in zip(found[:-1], found[1:], strict=True):
        if start <= end:
            raise SchemaError(
                f"`compare` has {late!r}, which begins on {start}, before {early!r} has ended on {end}; periods stand "
                "in the order of time and share no day. Mend their ends."
            )
    return tuple(found)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise SchemaError(f"`compare` is {str(value)[:60]!r}; it must be a list or a mapping of periods, {_SHAPE}.")
    return list(value)


def _period(name: Any, stated: Any) -> tuple[str, str, str]:
    """Return one period; a study that was checked before gives name, first and last day."""
    if isinstance(stated, tuple) and len(stated) == 3 and name is None:
        name, *stated = stated
    ends = list(stated) if isinstance(stated, list | tuple) else [stated]
    if len(ends) not in (1, 2):
        raise SchemaError(f"`compare` has the period {stated!r}; it must be a first and a last one, {_SHAPE}.")
    first, last = _days(ends[0])[0], _days(ends[-1])[1]
    if last < first:
        raise SchemaError(f"`compare` has a period from {ends[0]} to {ends[-1]}, which ends before it begins. Turn it.")
    if name is not None and (not isinstance(name, str) or not name.strip()):
        raise SchemaError(f"`compare` has the name {name!r}; the name of a period must be a text. Put it in quotes.")
    shown = list(dict.fromkeys(map(str, ends)))
    return name or ("-" if all(len(one) == 4 for one in shown) else "/").join(shown), first, last


def _days(end: Any) -> tuple[str, str]:
    """Return the first and the last day of a year, a month or a day."""
    stated = end.isoformat() if isinstance(end, datetime.date) else str(end)
    found = None if isinstance(end, bool) else _DAY.fullmatch(stated)
    try:
        year, month, day = (int(part) if part else None for part in found.groups())  # type: ignore[union-attr]
        first = datetime.date(year or 0, month or 1, day or 1)
        if day:
            last = first
        elif month:
            last = datetime.date(first.year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
        else:
            last = datetime.date(first.year, 12, 31)
    except (AttributeError, ValueError, OverflowError) as error:
        raise SchemaError(
            f"`compare` has the end {str(end)[:60]!r}; it must be a year, a month or a day, such as 2021, '2021-08' or "
            "'2021-08-15'."
        ) from error
    return first.isoformat(), last.isoformat()
