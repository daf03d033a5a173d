"""What a file of another tool holds, before it is held against the documents: sources, codes, spans, rejects."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

import pandas as pd

__all__ = ["COMMENTS", "JOIN", "PATH", "Coded", "Found", "Reject", "Source", "names_of", "rows_by"]

COMMENTS = ("comment", "note", "remark")
"""Names of what a coder says about a code in free words: never a set of codes."""
JOIN = ";"
"""What joins the codes of a set in one value, as in sheets."""
PATH = " > "
"""What joins the names of nested codes, the outermost first."""


_Kind = TypeVar("_Kind", list, dict)


@dataclass(frozen=True)
class Source:
    """A text as the tool holds it.

    ``names`` are ids that somebody gave on purpose; ``own`` are numbers of the tool, which decide between documents of
    one text and never alone. ``units`` are the ways in which offsets may be counted, the likeliest first; ``certain``
    says that the format fixes the first, so that nothing else has to tell.
    """

    record: str
    names: tuple[str, ...]
    text: str | None
    units: tuple[str, ...] = ("characters",)
    certain: bool = True
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coded:
    """One code of a document, or of a ``span`` with offsets; ``loose`` says that its quote is a mere title."""

    source: int
    record: str
    coder: str | None
    variable: str
    value: str
    comment: str | None = None
    start: object = None
    end: object = None
    quote: str | None = None
    loose: bool = False
    note: str | None = None
    span: bool = False


@dataclass(frozen=True)
class Reject:
    """What is no code, and why: the reason tells the kind, variable and value what it was."""

    path: str
    record: str
    reason: str
    variable: str | None = None
    value: str | None = None


@dataclass
class Found:
    """All that one file holds; ``columns`` are the document variables, which are no codes where a file mixes them."""

    path: str
    columns: frozenset[str] = frozenset()
    sources: list[Source] = field(default_factory=list)
    coded: list[Coded] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add_source(self, source: Source) -> int:
        """Keep a source and return its number."""
        self.sources.append(source)
        return len(self.sources) - 1

    def add(self, *coded: Coded) -> None:
        """Keep codes; one without a variable or a value is rejected."""
        for one in coded:
            if not one.variable:
                self.reject(one.record, "the code has no variable", None, one.value)
            elif not one.value:
                self.reject(one.record, "the code has no name", one.variable)
            else:
                self.coded.append(one)

    def add_set(self, values: list[str], of: Coded) -> None:
        """Keep the codes that a coder chose together, as one value."""
        if len(values) > 1 and any(JOIN in value for value in values):
            reason = f"the name of a code holds {JOIN!r}, which joins the codes of a set"
            self.reject(of.record, reason, of.variable, JOIN.join(values))
        else:
            self.add(Coded(of.source, of.record, of.coder, of.variable, JOIN.join(values), of.comment))

    def part(self, value: object, kind: type[_Kind], record: str) -> _Kind:
        """Return a part of a record that is a list or an object: empty where there is none, else it is a reject."""
        if isinstance(value, kind):
            return value
        if value is not None:
            self.reject(record, "a part of the record is not as the tool writes it", None, str(value))
        return kind()

    def reject(self, record: str, reason: str, variable: str | None = None, value: str | None = None) -> None:
        """Keep what is no code, with its reason."""
        self.rejects.append(Reject(self.path, record, reason, variable, None if value is None else value[:200]))


def names_of(*names: object) -> tuple[str, ...]:
    """Return the names that a text may go by, each once: as written, and without the ending of a file.

    Examples
    --------
    >>> names_of("ahram-1.txt", None, 7)
    ('ahram-1.txt', 'ahram-1', '7')
    """
    out: list[str] = []
    for name in names:
        if isinstance(name, bool) or not isinstance(name, str | int):
            continue
        text = str(name).strip()
        stem = PurePosixPath(text).stem if text.lower().endswith((".txt", ".text", ".tsv", ".json", ".xml")) else text
        out += [one for one in (text, stem) if one]
    return tuple(dict.fromkeys(out))


def rows_by(frame: pd.DataFrame, *names: str) -> dict[tuple[str, ...], list[dict]]:
    """Return the rows of a table by the values of some of its columns.

    Examples
    --------
    >>> rows_by(pd.DataFrame({"coder": ["A", "A"], "value": ["1", "0"]}), "coder")
    {('A',): [{'coder': 'A', 'value': '1'}, {'coder': 'A', 'value': '0'}]}
    """
    out: dict[tuple[str, ...], list[dict]] = {}
    for row in frame.to_dict("records"):
        out.setdefault(tuple(str(row[name]) for name in names), []).append({str(key): one for key, one in row.items()})
    return out
