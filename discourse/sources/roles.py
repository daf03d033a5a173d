"""What each column of a table is taken for, why, and what is unclear: told before the table is read."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from discourse.language.words import read_words
from discourse.sources.column_content import EXAMPLE, Content, content_of
from discourse.sources.columns import named_roles
from discourse.sources.dates.column import date_problem, read_dates
from discourse.sources.dates.fields import field_text
from discourse.sources.encoding import named_encoding
from discourse.sources.records import read_records
from discourse.tables import conform

__all__ = ["ROLES", "Judged", "Unclear", "judge_columns", "tell_columns"]

ROLES = ("text", "date", "source", "title", "doc_id", "url")
_WORDS = read_words(files("discourse.sources") / "column_names.yml")
_ARABIC = read_words(files("discourse.sources") / "columns.yml")
_A_TEXT = 12  # words of the median value of a column of texts
_A_LABEL = 5  # words of the median value of a column that holds no texts
_MOSTLY = 0.8
_DECIDED = ("order", "two-way year", "counted")  # problems of dates that an option settles
_TRIED = 200  # columns whose values are tried as dates: a hundredth of a second each


class Unclear(NamedTuple):
    """What a table leaves open: which column, or how to read it.

    ``candidates`` are the columns that it may be, the likeliest first; ``option`` says it on the command line.
    ``safe`` tells whether reading can go on without an answer: nothing is lost that cannot be seen.
    """

    kind: str
    role: str
    said: str
    candidates: tuple[str, ...] = ()
    option: str = ""
    safe: bool = True


class Judged(NamedTuple):
    """What a table is taken for: COLUMN_ROLES, the columns to name to a reader, and what is unclear."""

    table: pd.DataFrame
    columns: dict[str, str]
    unclear: list[Unclear]


def tell_columns(
    source: str | Path | pd.DataFrame, *, columns: Mapping[str, str] | None = None, encoding: str | None = None
) -> pd.DataFrame:
    """Say what each column of a table is taken for: COLUMN_ROLES.

    A column is known by its name where the name is one of those that such columns have (English, French, Arabic), else
    by its content: texts by their length, dates and addresses by their form. An id is taken only where its values are
    there and differ, since a record that repeats one would be rejected. What is taken for nothing is kept as a document
    variable.

    Parameters
    ----------
    source : path or DataFrame
        A file that ``read_documents`` takes, or a table as it came.
    columns : mapping of str to str, optional
        What is known: role (text, date, source, title, doc_id, url) to name.
    encoding : str, optional
        Encoding of text files; detected when left out.

    Returns
    -------
    DataFrame
        COLUMN_ROLES, in the order of the file. ``attrs["columns"]`` maps each role to its column, ``attrs["unclear"]``
        lists what is unclear as sentences.

    Raises
    ------
    SourceError
        The file cannot be read.

    Examples
    --------
    >>> table = pd.DataFrame({"رقم الخبر": ["7", "8"], "Body": ["التقى الوفدان", "غادر الوفد"], "يوم": ["2015-12-23", "٢٤/١٢/٢٠١٥"]})
    >>> told = tell_columns(table)
    >>> told[["column", "role", "basis"]].values.tolist()
    [['رقم الخبر', 'doc_id', 'name'], ['Body', 'text', 'name'], ['يوم', 'date', 'content']]
    >>> told.attrs["unclear"]
    ['No column is known to hold the outlet.']
    """  # noqa: E501 (a table is read best on one line)
    if isinstance(source, pd.DataFrame):
        frame = source
    else:
        frame = read_records(Path(source), encoding=named_encoding(encoding)).frame
    judged = judge_columns(frame, asked=columns or {})
    judged.table.attrs = {"columns": judged.columns, "unclear": [one.said for one in judged.unclear]}
    return judged.table


def judge_columns(
    frame: pd.DataFrame,
    *,
    asked: Mapping[str, str],
    day_first: bool | None = None,
    date_format: str | None = None,
) -> Judged:
    """Judge the columns of a table as it came; ``asked`` are roles that the caller has named.

    Beyond the first 200 columns, dates are looked for in those alone that are named like a date.
    """
    frame = frame.rename(columns=str)
    looks = {
        str(name): content_of(frame[name], dates=place < _TRIED or _spelled(name) in _NAMES["date"])
        for place, name in enumerate(frame.columns)
    }
    taken: dict[str, tuple[str, str]] = {role: (name, "asked") for role, name in asked.items() if name in looks}
    unclear: list[Unclear] = []
    for role in ROLES:
        if role in taken or role in asked:
            continue
        free = [name for name in looks if name not in {column for column, _ in taken.values()}]
        found, doubt = _find(role, free, looks)
        if found is not None:
            taken[role] = found
        if doubt is not None:
            unclear.append(doubt)
    if "date" in taken:
        unclear += _doubts_of_dates(frame[taken["date"][0]], day_first, date_format)
    role_of = {name: (role, basis) for role, (name, basis) in taken.items()}
    open_columns = {name for one in unclear if one.kind.startswith("two") for name in one.candidates}
    rows = [
        (
            name,
            *role_of.get(name, ("variable", "rest")),
            name not in open_columns,
            look.n,
            look.n_distinct,
            look.example,
        )
        for name, look in looks.items()
    ]
    names = ["column", "role", "basis", "sure", "n_filled", "n_distinct", "example"]
    table = conform(pd.DataFrame(rows, columns=names), "COLUMN_ROLES")
    order = table.set_index("column").loc[list(looks)].reset_index()
    return Judged(order, {role: name for role, (name, _) in taken.items()}, unclear)


def _spelled(name: str) -> str:
    return " ".join(field_text(name).replace("_", " ").replace("-", " ").strip(" :*#.").split())


_NAMES = {role: frozenset(map(_spelled, [*_WORDS[role], *_ARABIC.get(role, [])])) for role in ROLES}


def _named(role: str, free: Iterable[str], looks: Mapping[str, Content]) -> list[str]:
    """Return the columns whose name is one of those of a role, and whose content does not speak against it."""
    held = list(free)
    if role in held:
        return [role]
    found = [name for name in held if _spelled(name) in _NAMES[role]]
    if role == "date":
        return [name for name in found if looks[name].dates >= 1 - _MOSTLY] or found
    if role == "text":
        found = [name for name in found if looks[name].addresses < _MOSTLY]
        return sorted(found, key=lambda name: -looks[name].n_words)
    first = list(named_roles(held, [role]).values())  # the Arabic heading by which every reader knows the column
    return first or found


def _find(role: str, free: list[str], looks: Mapping[str, Content]) -> tuple[tuple[str, str] | None, Unclear | None]:
    """Return the column of a role with what tells it, and what is unclear about it."""
    named = _named(role, free, looks)
    if role == "text":
        return _find_text(named, free, looks)
    if role == "date":
        return _find_date(named, free, looks)
    if role == "doc_id":
        return _find_id(named, looks)
    if role == "url" and not named:
        named = [name for name in free if looks[name].n and looks[name].addresses >= _MOSTLY]
        return ((named[0], "content"), None) if len(named) == 1 else (None, None)
    if len(named) == 1:
        return (named[0], "name"), None
    what = {"source": "the outlet", "title": "the headline", "url": "the address"}[role]
    option = f"--column {role}=NAME"
    if named:
        return None, Unclear(
            f"two {role}", role, f"{_listed(named)} may hold {what}; none is taken.", tuple(named), option
        )
    if role != "source":
        return None, None
    likely = tuple(name for name in free if _is_label(looks[name]))
    return None, Unclear("no source", role, "No column is known to hold the outlet.", likely, option)


def _is_label(look: Content) -> bool:
    """Tell a column of few short values that come back, as the names of outlets do."""
    few = 1 < look.n_distinct <= max(3, look.n // 4)
    return few and look.n_words <= _A_LABEL and look.dates < _MOSTLY and look.addresses < _MOSTLY


def _find_text(
    named: list[str], free: list[str], looks: Mapping[str, Content]
) -> tuple[tuple[str, str] | None, Unclear | None]:
    option = "--column text=NAME"
    if named == ["text"]:
        return ("text", "name"), None
    long = sorted((name for name in free if looks[name].n_words >= _A_TEXT), key=lambda name: -looks[name].n_words)
    if len(named) == 1 and (looks[named[0]].n_words > _A_LABEL or not set(long) - set(named)):
        return (named[0], "name"), None
    if len(named) > 1 and looks[named[0]].n_words >= _A_TEXT and looks[named[1]].n_words <= _A_LABEL:
        return (named[0], "name"), None
    candidates = [*long, *(name for name in named if name not in long)] if named else long
    if len(candidates) == 1:
        return (candidates[0], "content"), None
    if not candidates:
        return None, Unclear("no text", "text", "No column is known to hold the texts.", (), option, safe=False)
    said = f"{_listed(candidates)} may hold the texts."
    return None, Unclear("two text", "text", said, tuple(candidates), option, safe=False)


def _find_date(
    named: list[str], free: list[str], looks: Mapping[str, Content]
) -> tuple[tuple[str, str] | None, Unclear | None]:
    option = "--column date=NAME"
    holding = [name for name in free if looks[name].n and looks[name].dates >= _MOSTLY]
    if len(named) == 1:
        others = tuple(name for name in holding if name != named[0])
        said = f"{_listed(others)} {'holds' if len(others) == 1 else 'hold'} dates as well; {named[0]!r} is taken."
        return (named[0], "name"), Unclear("other date", "date", said, others, option) if others else None
    candidates = named or holding
    if len(candidates) == 1:
        return (candidates[0], "content"), None
    if not candidates:
        said = "No column is known to hold the date: no document falls in a period."
        return None, Unclear("no date", "date", said, (), option)
    said = f"{_listed(candidates)} may hold the date of publication."
    return None, Unclear("two date", "date", said, tuple(candidates), option, safe=False)


def _find_id(named: list[str], looks: Mapping[str, Content]) -> tuple[tuple[str, str] | None, Unclear | None]:
    if named == ["doc_id"]:
        return ("doc_id", "name"), None
    n_rows = max((look.n for look in looks.values()), default=0)
    good = [name for name in named if looks[name].n == n_rows == looks[name].n_distinct]
    if good:
        return (good[0], "name"), None
    if not named:
        return None, None
    look = looks[named[0]]
    counted = (
        (look.n - look.n_distinct, ("repeats an earlier one", "repeat an earlier one")),
        (n_rows - look.n, ("is empty", "are empty")),
    )
    faults = " and ".join(f"{n:,} {what[n > 1]}" for n, what in counted if n)
    said = f"{named[0]!r} is named as an id, but of its {n_rows:,} values {faults}; it is kept as a variable."
    return None, Unclear("poor id", "doc_id", said, (named[0],), "--column doc_id=NAME")


def _doubts_of_dates(stated: pd.Series, day_first: bool | None, date_format: str | None) -> list[Unclear]:
    """Say what of the dates of a column cannot be read without a word from the user."""
    _, _, problems = read_dates(stated, day_first=day_first, date_format=date_format)
    n_filled = content_of(stated).n
    found = []
    for kind, what, option, safe in (
        ("order", "can be read day first or month first", "--day-first or --month-first", False),
        ("two-way year", "may begin with the year or with the day", "--date-format %y-%m-%d or %d-%m-%y", True),
        ("counted", "cannot be read: counted from a day that is not known", "--column date=NAME", True),
    ):
        wrong = problems == date_problem(kind)
        if n := int(wrong.sum()):
            first = str(stated[wrong].iloc[0])[:EXAMPLE]
            said = f"{n:,} of {n_filled:,} dates {what}, the first {first!r}."
            found.append(Unclear(kind, "date", said, (), option, safe=safe))
    others = problems.dropna()[lambda rest: ~rest.isin([date_problem(kind) for kind in _DECIDED])]
    for problem, n in others.value_counts().items():
        first = str(stated[problems == problem].iloc[0])[:EXAMPLE]
        said = f"{n:,} of {n_filled:,} dates cannot be read, the first {first!r}: {problem}."
        found.append(Unclear("unread", "date", said))
    return found


def _listed(names: Iterable[str]) -> str:
    return " and ".join(map(repr, names))
