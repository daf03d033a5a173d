"""REFI-QDA project (QDPX, as ATLAS.ti, MAXQDA, NVivo, QualCoder and others write it), read.

A code within another is ``parent > child``: the outermost names the variable, the rest the value; a code on top level
is a value of the variable ``code``. Offsets count Unicode characters (REFI-QDA 1.5, section 10.2).
"""

from pathlib import PurePosixPath

from discourse.errors import SourceError
from discourse.exchange.codes.found import COMMENTS, PATH, Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File, to_text
from discourse.exchange.codes.xml_trees import Element, parse_xml

__all__ = ["MOST_NESTED", "NAMESPACE", "TOP", "read", "recognise"]

NAMESPACE = "urn:QDA-XML:project:1.0"
TOP = "code"
MOST_NESTED = 100
"""Codes within one another."""
_UNITS = ("characters", "characters/lf", "utf16", "utf16/lf")
_NO_TEXT = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")
_OTHERS = ("PDFSource", "PictureSource", "AudioSource", "VideoSource")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


def recognise(file: File) -> bool:
    """Tell a project by its member project.qde, or the bare project by its root."""
    if file.members:
        return any(name.lower().endswith(".qde") for name in file.members)
    return file.begin.startswith("<") and "urn:QDA-XML:project" in file.begin


def read(file: File, found: Found) -> None:
    """Read the project of a file.

    Raises
    ------
    SourceError
        It holds no project, or several.
    """
    member = ""
    if file.members:
        projects = [name for name in file.members if name.lower().endswith(".qde")]
        if len(projects) != 1:
            raise SourceError(f"{file.shown} holds {len(projects)} files ending in '.qde'; a project has one.")
        member = projects[0]
    place = f"{member!r} in {file.shown}" if member else file.shown
    root = parse_xml(file.read(member) if member else file.raw, place)
    if root.name != "Project" or not root.space.startswith("urn:QDA-XML:project"):
        raise SourceError(f"{place} has the root {root.name!r}, not a Project of REFI-QDA. Export it again.")
    _Project(root, file, found).read()


class _Project:
    """A project: users, codes, notes and variables by their guid."""

    def __init__(self, root: Element, file: File, found: Found) -> None:
        self.root, self.file, self.found = root, file, found
        self.ours = (root.get("origin") or "").startswith("discourse ")
        self.atlas = "atlas" in (root.get("origin") or "").lower()
        elements = root.walk()
        self.users = {_guid(one): one.get("name") or one.get("id") for one in elements if one.name == "User"}
        self.variables = {_guid(one): one.get("name") or "" for one in elements if one.name == "Variable"}
        self.notes = {_guid(one): one for one in elements if one.name == "Note"}
        self.codes: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, list[str]] = {}
        for name in file.members:
            place = PurePosixPath(name)
            if place.parent.name.lower() == "sources":
                self.texts.setdefault(place.name.lower(), []).append(name)
        waiting: list[tuple[Element, tuple[str, ...]]] = [
            (one, ()) for book in root.all("CodeBook") for codes in book.all("Codes") for one in codes.all("Code")
        ]
        while waiting:
            code, above = waiting.pop()
            path = (*above, code.get("name") or "")
            if len(path) > MOST_NESTED:
                raise SourceError(
                    f"{file.shown} has codes within one another more than {MOST_NESTED} deep, in line {code.line}."
                )
            self.codes[_guid(code)] = path
            waiting += [(one, path) for one in code.all("Code")]

    def read(self) -> None:
        """Keep the codes of all sources."""
        for sources in self.root.all("Sources"):
            for one in sources.walk():
                if one.name == "TextSource":
                    self._read_source(one)
                elif one.name == "PDFSource" and one.all("Representation"):
                    self._read_source(one.all("Representation")[0], one)
                elif one.name in _NO_TEXT:
                    self._refuse(one, "a code on a picture, page, sound or film has no place in a text")
                elif one.name in _OTHERS:
                    self._refuse(one, "a code of a picture, page, sound or film is no code of a text")
        for cases in self.root.all("Cases"):
            for one in cases.all("Case"):
                if one.all("CodeRef"):
                    self.found.reject(f"line {one.line}", "a code of a case is no code of a document")

    def _refuse(self, one: Element, reason: str) -> None:
        for coding in one.all("Coding"):
            self.found.reject(f"line {coding.line}", reason, *self._code(coding)[:2])

    def _read_source(self, one: Element, whole: Element | None = None) -> None:
        """Keep the codes of a text; ``whole`` is the PDF that it is the text of, whose own codes are the text's."""
        record = f"line {one.line}"
        whole = whole or one
        text, reason = self._text(one)
        codings = [*one.all("Coding"), *(whole.all("Coding") if whole is not one else [])]
        if reason is not None:
            if codings or one.all("PlainTextSelection"):
                self.found.reject(record, reason)
            return
        units = (_UNITS[1], _UNITS[0], *_UNITS[2:]) if self.atlas else _UNITS
        names = names_of(one.get("name"), whole.get("name"))
        source = self.found.add_source(Source(record, names, text, units))
        chosen: dict[tuple[str | None, str], list[str]] = {}
        for coding in codings:
            variable, value, coder = self._code(coding, whole)
            if variable is None or value is None:
                self.found.reject(f"line {coding.line}", "the coding names a code that the project does not hold")
                continue
            values = chosen.setdefault((coder, variable), [])
            if value in values:
                self.found.reject(f"line {coding.line}", "coded twice by one coder; the first is kept", variable, value)
            else:
                values.append(value)
            for said in self._said(coding):
                self.found.add(Coded(source, record, coder, "comment", said))
        for (coder, variable), values in chosen.items():
            self.found.add_set(values, Coded(source, record, coder, variable, ""))
        self._read_notes(one, source, record)
        self._read_variables(one, source, record)
        for selection in one.all("PlainTextSelection"):
            self._read_selection(selection, one, source)

    def _text(self, one: Element) -> tuple[str | None, str | None]:
        """Return the text of a source, or why there is none."""
        content, path = one.first("PlainTextContent"), one.get("plainTextPath")
        if path is None:
            return (content.text, None) if content is not None else (None, "the source has no plain text")
        if not path.startswith("internal:"):
            return None, "the text of the source stands outside of the file"
        wanted = PurePosixPath(path.removeprefix("internal:").replace("\\", "/")).name.lower()
        members = self.texts.get(wanted, [])
        if len(members) != 1:
            return None, "the text of the source is not in the file"
        raw = self.file.read(members[0])
        return ("", None) if not raw else (to_text(raw, f"{members[0]!r} in {self.file.shown}"), None)

    def _code(self, coding: Element, holder: Element | None = None) -> tuple[str | None, str | None, str | None]:
        """Return variable, value and coder of a coding; nulls where its code is not in the project."""
        user = coding.get("creatingUser")
        for other in ("creatingUser", "modifyingUser"):
            user = user or (holder.get(other) if holder is not None else None)
        coder = self.users.get(_plain(user)) or None if user else None
        reference = coding.first("CodeRef")
        path = self.codes.get(_plain(reference.get("targetGUID") or "")) if reference is not None else None
        if path is None:
            return None, None, coder
        outer, *inner = path
        return (outer, PATH.join(inner), coder) if inner else (TOP, outer, coder)

    def _read_selection(self, selection: Element, holder: Element, source: int) -> None:
        record = f"line {selection.line}"
        start, end = _number(selection.get("startPosition")), _number(selection.get("endPosition"))
        described = selection.first("Description")
        said = described.text if described is not None else ""
        own = [said] if (said if self.ours else said.strip()) else []
        if not selection.all("Coding"):
            self.found.reject(record, "the selection has no code")
        for coding in selection.all("Coding"):
            variable, value, coder = self._code(coding, selection)
            if variable is None or value is None:
                self.found.reject(record, "the coding names a code that the project does not hold")
                continue
            coder = coder or self._user(holder)
            comment = "\n".join([*own, *self._said(selection), *self._said(coding)]) or None
            row = (source, record, coder, variable, value, comment, start, end, selection.get("name") or None)
            self.found.add(Coded(*row, loose=True, span=True))

    def _user(self, one: Element) -> str | None:
        user = one.get("creatingUser")
        return self.users.get(_plain(user)) if user else None

    def _said(self, one: Element) -> list[str]:
        """Return the texts of the notes that an element refers to."""
        notes = [self.notes.get(_plain(each.get("targetGUID") or "")) for each in one.all("NoteRef")]
        texts = [self._text(note)[0] for note in notes if note is not None]
        return [text for text in texts if text]

    def _read_notes(self, one: Element, source: int, record: str) -> None:
        """Keep the notes of a document as comments; ours are named by the variable that they were."""
        said: dict[tuple[str | None, str], list[str]] = {}
        for reference in one.all("NoteRef"):
            note = self.notes.get(_plain(reference.get("targetGUID") or ""))
            text = self._text(note)[0] if note is not None else None
            if note is None or not text:
                self.found.reject(f"line {reference.line}", "the note that is referred to has no text in the file")
                continue
            name = (note.get("name") or "") if self.ours else ""
            said.setdefault((self._user(note), name or COMMENTS[0]), []).append(text)
        for (coder, variable), texts in said.items():
            self.found.add(Coded(source, record, coder, variable, "\n".join(texts)))

    def _read_variables(self, one: Element, source: int, record: str) -> None:
        """Keep the variables of a document that are none of the corpus: who set them coded them."""
        for held in one.all("VariableValue"):
            reference = held.first("VariableRef")
            name = self.variables.get(_plain(reference.get("targetGUID") or "")) if reference is not None else None
            value = next((each.text.strip() for each in held.all(*_VALUES) if each.text.strip()), None)
            if name and value and name not in self.found.columns:
                self.found.add(Coded(source, record, self._user(one), name, value))


def _guid(one: Element) -> str:
    return _plain(one.get("guid") or "")


def _plain(guid: str) -> str:
    return guid.strip().strip("{}").lower()


def _number(text: str | None) -> object:
    plain = (text or "").strip()
    return int(plain) if plain.lstrip("+-").isdecimal() and len(plain) < 19 else text
