"""A REFI-QDA project (QDPX) written: the texts, the codes as a book of codes, who gave them, and what was said."""

import uuid
from os import PathLike
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

from discourse.errors import SchemaError
from discourse.exchange.codes.found import COMMENTS, JOIN, PATH, rows_by
from discourse.exchange.codes.qdpx import NAMESPACE
from discourse.exchange.packing import pack_files
from discourse.exchange.workbook import FORBIDDEN
from discourse.writing import write_bytes

__all__ = ["write"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_BREAKS = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}
_SCHEMA = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"


def write(
    codes: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame, path: str | PathLike[str], *, version: str
) -> Path:
    """Write codes and coded spans of documents as a project; the same tables give the same bytes."""
    project = _Project(codes, spans, documents)
    return write_bytes(pack_files([("project.qde", project.text(version)), *project.files()]), path)


def _guid(*parts: object) -> str:
    return str(uuid.uuid5(_SPACE, "\x1f".join(map(str, parts))))


def _attribute(value: object) -> str:
    return escape(_checked(str(value)), _BREAKS)


def _content(value: object) -> str:
    return escape(_checked(str(value)), {"\r": "&#13;"})


def _checked(text: str) -> str:
    if found := FORBIDDEN.search(text):
        raise SchemaError(
            f"`codes` has the character U+{ord(found[0]):04X} in {text[:60]!r}, which XML cannot hold. Take it out."
        )
    return text


class _Project:
    """The parts of project.qde, in the order that the schema asks for."""

    def __init__(self, codes: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame) -> None:
        self.codes, self.spans, self.documents = codes, spans, documents
        notes = codes["variable"].isin(COMMENTS)
        self.notes, self.sets = codes[notes], codes[~notes]
        self.coders = sorted({*codes["coder"], *spans["coder"]})
        paths: dict[tuple[str, ...], None] = {}
        for variable, value in zip(self.sets["variable"], self.sets["value"], strict=True):
            for part in _parts(variable, value):
                paths[_path(variable, part)] = None
        for variable, value in zip(spans["variable"], spans["value"], strict=True):
            paths[_path(variable, value)] = None
        self.paths = set(paths)

    def text(self, version: str) -> str:
        """Return project.qde."""
        inner = [self._users(), self._book(), self._variables(), self._sources(), self._notes()]
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="{_SCHEMA}" name="codes" origin="discourse {_attribute(version)}">\n'
            + "".join(inner)
            + "</Project>\n"
        )

    def files(self) -> list[tuple[str, bytes]]:
        """Return the texts, each under its guid; one that begins with a byte order mark gets a second."""
        pairs = zip(self.documents["doc_id"], self.documents["text"], strict=True)
        return [
            (f"Sources/{_guid('text', d)}.txt", (("\ufeff" if t[:1] == "\ufeff" else "") + t).encode())
            for d, t in pairs
        ]

    def _users(self) -> str:
        users = [f'<User guid="{_guid("user", one)}" name="{_attribute(one)}"/>\n' for one in self.coders]
        return f"<Users>\n{''.join(users)}</Users>\n" if users else ""

    def _book(self) -> str:
        below: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for path in sorted({one[:n] for one in self.paths for n in range(1, len(one) + 1)}):
            below.setdefault(path[:-1], []).append(path)
        if not below:
            return ""
        out: list[str] = []
        waiting: list[tuple[str, ...] | str] = list(reversed(below[()]))
        while waiting:
            code = waiting.pop()
            if isinstance(code, str):  # the end of a code that holds others
                out.append(code)
                continue
            codable = str(code in self.paths).lower()
            head = f'<Code guid="{_guid("code", *code)}" name="{_attribute(code[-1])}" isCodable="{codable}"'
            if code in below:
                out.append(head + ">\n")
                waiting += ["</Code>\n", *reversed(below[code])]
            else:
                out.append(head + "/>\n")
        return f"<CodeBook>\n<Codes>\n{''.join(out)}</Codes>\n</CodeBook>\n"

    def _variables(self) -> str:
        kinds = [("date", "Date"), ("source", "Text")]
        held = [(name, kind) for name, kind in kinds if name in self.documents and self.documents[name].notna().any()]
        self._held = [name for name, _ in held]
        rows = [f'<Variable guid="{_guid("variable", n)}" name="{n}" typeOfVariable="{k}"/>\n' for n, k in held]
        return f"<Variables>\n{''.join(rows)}</Variables>\n" if rows else ""

    def _sources(self) -> str:
        sets, notes = rows_by(self.sets, "unit_id"), rows_by(self.notes, "unit_id")
        spans = rows_by(self.spans, "doc_id")
        out = []
        for row in self.documents.to_dict("records"):
            doc_id = row["doc_id"]
            title = row.get("title")
            inner = [] if title is None or pd.isna(title) else [f"<Description>{_content(title)}</Description>\n"]
            for place, span in enumerate(spans.get((doc_id,), [])):
                inner.append(_selection(span, str(row["text"]), place))
            for code in sets.get((doc_id,), []):
                for part in _parts(code["variable"], code["value"]):
                    inner.append(_coding(("coding", doc_id), code["coder"], _path(code["variable"], part)))
            for note in notes.get((doc_id,), []):
                inner.append(f'<NoteRef targetGUID="{_guid("note", doc_id, note["coder"], note["variable"])}"/>\n')
            inner += [_value(name, row[name]) for name in self._held if not pd.isna(row[name])]
            out.append(
                f'<TextSource guid="{_guid("source", doc_id)}" name="{_attribute(doc_id)}" '
                f'plainTextPath="internal://{_guid("text", doc_id)}.txt">\n{"".join(inner)}</TextSource>\n'
            )
        return f"<Sources>\n{''.join(out)}</Sources>\n" if out else ""

    def _notes(self) -> str:
        rows = [
            f'<Note guid="{_guid("note", row["unit_id"], row["coder"], row["variable"])}" '
            f'name="{_attribute(row["variable"])}" creatingUser="{_guid("user", row["coder"])}">'
            f"<PlainTextContent>{_content(row['value'])}</PlainTextContent></Note>\n"
            for row in self.notes.to_dict("records")
        ]
        return f"<Notes>\n{''.join(rows)}</Notes>\n" if rows else ""


def _parts(variable: str, value: str) -> list[str]:
    """Return the codes of a set."""
    parts = value.split(JOIN)
    if len(parts) > 1 and (not all(parts) or len(set(parts)) < len(parts)):
        raise SchemaError(
            f"`codes` has the value {value!r} of {variable!r}, a set with an empty or a repeated code. "
            f"Write each code once, joined by {JOIN!r}."
        )
    return parts


def _path(variable: str, value: str) -> tuple[str, ...]:
    return (variable, *value.split(PATH))


def _coding(where: tuple, coder: str, path: tuple[str, ...]) -> str:
    return (
        f'<Coding guid="{_guid(*where, coder, *path)}" creatingUser="{_guid("user", coder)}">'
        f'<CodeRef targetGUID="{_guid("code", *path)}"/></Coding>\n'
    )


def _selection(span: dict, text: str, place: int) -> str:
    path = _path(span["variable"], span["value"])
    where = (span["doc_id"], span["start_char"], span["end_char"], place)
    quote = FORBIDDEN.sub("", text[span["start_char"] : span["end_char"]])
    comment = span.get("comment")
    said = "" if comment is None or pd.isna(comment) else f"<Description>{_content(comment)}</Description>"
    return (
        f'<PlainTextSelection guid="{_guid("selection", *where)}" name="{_attribute(quote)}" '
        f'startPosition="{span["start_char"]}" endPosition="{span["end_char"]}" '
        f'creatingUser="{_guid("user", span["coder"])}">{said}{_coding(("span", *where), span["coder"], path)}'
        "</PlainTextSelection>\n"
    )


def _value(name: str, value: object) -> str:
    shown = pd.Timestamp(value).strftime("%Y-%m-%d") if name == "date" else _content(value)  # type: ignore[arg-type]
    kind = "DateValue" if name == "date" else "TextValue"
    return (
        f'<VariableValue><VariableRef targetGUID="{_guid("variable", name)}"/><{kind}>{shown}</{kind}>'
        "</VariableValue>\n"
    )
