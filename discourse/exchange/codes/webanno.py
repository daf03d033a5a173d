"""WebAnno TSV 3.2 and 3.3: sentences, tokens and the annotations of each, read."""

import re
from collections import Counter
from dataclasses import dataclass, field

from discourse.errors import SourceError
from discourse.exchange.codes.found import COMMENTS, Coded, Found, Source, names_of

__all__ = ["HEAD", "read"]

HEAD = "#FORMAT=WebAnno TSV"
_VERSIONS = ("3.2", "3.3")
_STACKED = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_NUMBER = re.compile(r"(?<!\\)((?:\\\\)*)\[(\d+)\]$")
_UNIT = re.compile(r"\d+-\d+(\.\d+)?")
_WIDEST = 100_000  # UTF-16 units between two sentences
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


@dataclass
class _Annotation:
    """One annotation of a layer: where it begins and ends, what each feature says, whether all its tokens fit."""

    layer: str
    record: str
    start: int
    end: int
    values: list[tuple[str, str]] = field(default_factory=list)
    whole: bool = True


def read(text: str, name: str, user: str | None, place: str, prefix: str, found: Found) -> None:
    """Read one document.

    Raises
    ------
    SourceError
        The version is another one, or a sentence cannot be put together; the message names the line.
    """
    if text.partition("\n")[0].endswith("\r"):
        text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    version = lines[0].removeprefix(HEAD).strip()
    if version not in _VERSIONS:
        raise SourceError(f"{place} is WebAnno TSV {version}; versions {' and '.join(_VERSIONS)} are read.")
    body = next((number for number, line in enumerate(lines[1:], start=1) if not line.startswith("#T_")), len(lines))
    columns = _columns(lines[1:body], prefix, found)
    reader = _Body(columns, place, prefix, found)
    for number, line in enumerate(lines[body:], start=body + 1):
        reader.read(line, number)
    source = found.add_source(Source(f"{prefix}the whole file", names_of(name), reader.finish(), ("utf16",)))
    for one in reader.annotations:
        _keep(one, source, user, found)


def _columns(lines: list[str], prefix: str, found: Found) -> list[tuple[str, str | None]]:
    """Return layer and feature of each column; a feature of null is a column that is no code."""
    out: list[tuple[str, str | None]] = []
    for number, line in enumerate(lines, start=2):
        kind, _, declared = line.partition("=")
        layer, *features = declared.split("|")
        features = features or [""]
        if kind == "#T_SP":
            links = [at for at, one in enumerate(features) if one.startswith("ROLE_")]
            skipped = {at for link in links for at in (link, link + 1)}
            out += [(layer, None if at in skipped else one) for at, one in enumerate(features)]
            if links:
                found.reject(f"{prefix}line {number}", "a link to another annotation is no code", layer)
        else:
            out += [(layer, None)] * len(features)
            what = "a chain is no code" if kind == "#T_CH" else "a relation is no code"
            found.reject(f"{prefix}line {number}", what, layer)
    return out


class _Body:
    """The sentences and tokens of the file, one line after the other."""

    def __init__(self, columns: list[tuple[str, str | None]], place: str, prefix: str, found: Found) -> None:
        self.columns, self.place, self.prefix, self.found = columns, place, prefix, found
        self.annotations: list[_Annotation] = []
        self._numbered: dict[tuple[str, str], _Annotation] = {}
        self._text: list[str] = []
        self._length = 0
        self._sentence: list[str] = []
        self._units: list[tuple[int, list[str], int, int]] = []

    def read(self, line: str, number: int) -> None:
        """Read one line."""
        if line.startswith("#"):
            self._settle()
            if line.startswith("#Text="):
                self._sentence.append(_text(line.removeprefix("#Text=")))
        elif line:
            fields = line.split("\t")
            offsets = re.fullmatch(r"(\d{1,9})-(\d{1,9})", fields[1]) if len(fields) >= 3 + len(self.columns) else None
            if offsets is None or not _UNIT.fullmatch(fields[0]):
                self.found.reject(f"{self.prefix}line {number}", "the line is no token with its columns")
            else:
                self._units.append((number, fields, int(offsets[1]), int(offsets[2])))

    def finish(self) -> str:
        """Return the text of the document."""
        self._settle()
        return "".join(self._text)

    def _settle(self) -> None:
        """Put a sentence into the text, where most of its tokens say that it begins."""
        if not self._units:
            return
        sentence, self._sentence = "\n".join(self._sentence), []
        units, self._units = self._units, []
        begins: Counter[int] = Counter()
        behind = 0
        for _, fields, start, end in units:
            token = _text(fields[2])
            at = sentence.find(token, behind)
            if at >= 0 and start < end:
                begins[start - _length(sentence[:at])] += 1
                behind = at + len(token) if "." not in fields[0] else behind
        begin = begins.most_common(1)[0][0] if begins else units[0][2]
        gap = begin - self._length
        if gap < 0 or gap > _WIDEST:
            raise SourceError(
                f"{self.place} has a sentence in line {units[0][0]} that begins at {begin}, where the text has "
                f"{self._length} UTF-16 units so far. Export it again."
            )
        self._text += ["\n" + " " * (gap - 1)] if gap and self._text else [" " * gap]
        self._text.append(sentence)
        self._length = begin + _length(sentence)
        raw = sentence.encode("utf-16-le", "surrogatepass")
        for number, fields, start, end in units:
            low, high = 2 * (start - begin), 2 * (end - begin)
            held = raw[low:high].decode("utf-16-le", "surrogatepass") if 0 <= low <= high <= len(raw) else None
            self._read_columns(fields, f"{self.prefix}line {number}", start, end, held == _text(fields[2]))

    def _read_columns(self, fields: list[str], record: str, start: int, end: int, whole: bool) -> None:
        here: dict[tuple[str, int], _Annotation] = {}
        for (layer, feature), raw in zip(self.columns, fields[3:], strict=False):
            if raw == "_" or feature is None:
                continue
            for at, value in enumerate(_split(raw)):
                numbered = _NUMBER.search(value)
                key = (layer, numbered[2]) if numbered else None
                one = here.get((layer, at)) or (self._numbered.get(key) if key else None)
                if one is None:
                    one = _Annotation(layer, record, start, end)
                    self.annotations.append(one)
                fresh = (layer, at) not in here
                here[layer, at] = one
                if key:
                    self._numbered[key] = one
                if fresh:
                    one.start, one.end, one.whole = min(one.start, start), max(one.end, end), one.whole and whole
                plain = value[: numbered.end(1)] if numbered else value
                if plain != "*" and (feature, _value(plain)) not in one.values:
                    one.values.append((feature, _value(plain)))


def _keep(one: _Annotation, source: int, user: str | None, found: Found) -> None:
    layer = one.layer.rpartition(".")[2]
    if not one.whole:
        found.reject(one.record, "the token does not stand at its offsets", layer)
        return
    comment = "\n".join(text for name, text in one.values if name.lower() in COMMENTS) or None
    kept = [(f"{layer}.{name}", text) for name, text in one.values if name.lower() not in COMMENTS and text]
    for variable, value in kept or [("layer", layer)]:
        found.add(Coded(source, one.record, user, variable, value, comment, one.start, one.end, span=True))


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _split(raw: str) -> list[str]:
    """Split stacked annotations; a bar behind a backslash is a bar."""
    out, last = [], 0
    for bar in _STACKED.finditer(raw):
        out.append(raw[last : bar.end(1)])
        last = bar.end()
    return [*out, raw[last:]]


def _value(raw: str) -> str:
    return re.sub(r"\\(->|.)", lambda mark: _CONTROL.get(mark[1], mark[1]) if mark[1] in "tn" else mark[1], raw)


def _text(raw: str) -> str:
    return re.sub(r"\\(.)", lambda mark: _CONTROL.get(mark[1], mark[1]), raw, flags=re.DOTALL)
