"""CATMA: collections as TEI/XML, the annotations of a project's Git repository, and the JSON of its export API, read.

The tag's path is the code, as ``parent > child``; each property that was set is a further code, as ``tag.property``.
Offsets are UTF-16 units, as Java counts. An annotation of parts that do not touch is one row a part.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from discourse.errors import SourceError
from discourse.exchange.codes.found import COMMENTS, PATH, Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File, Json, read_json, to_text
from discourse.exchange.codes.xml_trees import Element, parse_xml

__all__ = ["VARIABLE", "keep_annotation", "read", "recognise"]

VARIABLE = "tag"
_TEI = "http://www.tei-c.org/ns/1.0"
_TARGET = re.compile(r"(?P<uri>[^#]*)#(?:char=|char:)?(?P<start>-?\d+),(?P<end>-?\d+)")
_SYSTEM = "catma_"
_ANNOTATIONS = re.compile(r"(?:^|.*/)collections/[^/]+/annotations/[^/]+\.json")
_DEFINITION = re.compile(r"(?:^|.*/)tagsets/.+/propertydefs\.json")
_HEADER = re.compile(r"(?:^|.*/)documents/([^/]+)/header\.json")


def recognise(file: File) -> bool:
    """Tell TEI by its root, a repository by its folders, the API by its list of documents with annotations."""
    if file.members:
        return any(_ANNOTATIONS.fullmatch(name) for name in file.members)
    if file.begin.startswith("<"):
        return "<TEI" in file.begin and "fsdDecl" in file.raw[:2_000_000].decode("utf-8", "replace")
    return bool(file.json and file.json.one and _is_api(file.json.one))


def _is_api(item: dict) -> bool:
    return isinstance(item.get("documents"), list) and ("exportId" in item or "extendedMetadata" in item)


def read(file: File, found: Found) -> None:
    """Read a file or a repository."""
    if file.members:
        _read_repository(file, found)
    elif file.begin.startswith("<"):
        _read_tei(parse_xml(file.raw, file.shown), file, found)
    elif file.json is not None and file.json.one is not None and _is_api(file.json.one):
        _read_api(file.json.one, found)
    else:
        raise SourceError(f"{file.shown} is no collection, repository or API export of CATMA. Export it again.")


def keep_annotation(
    spans: list[tuple[object, object, str | None]],
    of: Coded,
    path: str,
    properties: Iterable[tuple[str, list[str]]],
    found: Found,
) -> None:
    """Keep the codes of one annotation on each of its parts; parts that touch are one."""
    if not path:
        found.reject(of.record, "the tag is not defined in the file")
        return
    if not spans:
        found.reject(of.record, "the annotation has no place in the text", VARIABLE, path)
        return
    kept = [(name, value) for name, values in properties for value in values if value and not name.startswith(_SYSTEM)]
    comment = "\n".join(value for name, value in kept if name.lower() in COMMENTS) or None
    tag = path.rpartition(PATH)[2]
    codes = [(VARIABLE, path), *((f"{tag}.{a}", b) for a, b in kept if a.lower() not in COMMENTS)]
    parts = _joined(spans)
    for number, (start, end, quote) in enumerate(parts, start=1):
        note = f"part {number} of {len(parts)} of one annotation" if len(parts) > 1 else None
        for variable, value in dict.fromkeys(codes):
            row = (of.source, of.record, of.coder, variable, value, comment, start, end, quote)
            found.add(Coded(*row, note=note, span=True))


def _joined(spans: list[tuple[object, object, str | None]]) -> list[tuple[object, object, str | None]]:
    if not all(isinstance(place, int) for start, end, _ in spans for place in (start, end)):
        return spans
    out: list[tuple] = []
    for start, end, quote in sorted(spans, key=lambda one: (one[0], one[1])):  # type: ignore[arg-type, return-value]
        if out and out[-1][1] == start:
            both = out[-1][2] + quote if out[-1][2] is not None and quote is not None else None
            out[-1] = (out[-1][0], end, both)
        else:
            out.append((start, end, quote))
    return out


def _read_tei(root: Element, file: File, found: Found) -> None:
    if root.name != "TEI" or root.space != _TEI:
        raise SourceError(f"{file.shown} is XML whose root is {root.name!r}, not a TEI of CATMA. Export it again.")
    elements = root.walk()
    tags = {str(one.get("type") or one.get("id")): one for one in elements if one.name == "fsDecl"}
    title = next((one.text.strip() for one in elements if one.name == "title"), "")
    author = next((one.text.strip() for one in elements if one.name == "author"), "")
    held: dict[str, list[tuple[str, int, int]]] = {}
    for segment in (one for one in elements if one.name == "seg" and one.get("ana")):
        for pointer in segment.all("ptr"):
            target = _TARGET.fullmatch(pointer.get("target") or "")
            if target is None:
                found.reject(f"line {pointer.line}", "the pointer is no range of characters")
                continue
            for reference in str(segment.get("ana")).split():
                place = (target["uri"], int(target["start"][:18]), int(target["end"][:18]))
                held.setdefault(reference.removeprefix("#"), []).append(place)
        if not segment.all("ptr"):
            found.reject(f"line {segment.line}", "the segment holds text and no pointer; export without the text")
    sources: dict[str, int] = {}
    structures = [one for one in elements if one.name == "fs" and one.get("id")]
    for one in (one for one in structures if one.get("type") in tags or one.get("id") in held):
        places = held.pop(str(one.get("id")), [])
        properties = [(str(f.get("name")), [s.text for s in f.walk() if s.name == "string"]) for f in one.all("f")]
        coder = next((v[0] for n, v in properties if n == "catma_markupauthor" and v and v[0]), author or None)
        uri = places[0][0] if places else ""
        if uri not in sources:
            names = names_of(uri.rpartition("/")[2], title, file.path.name)
            sources[uri] = found.add_source(Source(f"line {one.line}", names, None, ("utf16",)))
        spans: list[tuple[object, object, str | None]] = [(start, end, None) for _, start, end in places]
        of = Coded(sources[uri], f"line {one.line}", coder, VARIABLE, "")
        keep_annotation(spans, of, _path(str(one.get("type")), tags), properties, found)
    for reference in held:
        found.reject(f"segment of {reference}", "the segment names an annotation that the file does not hold")


def _path(tag: str, tags: dict[str, Element]) -> str:
    """Return the names of a tag and those above it; empty where one is not defined."""
    out: list[str] = []
    seen: set[str] = set()
    while tag and tag not in seen:
        seen.add(tag)
        if tag not in tags:
            return ""
        described = tags[tag].first("fsDescr")
        out.append(described.text.strip() if described else "")
        tag = tags[tag].get("baseTypes") or ""
    return PATH.join(reversed(out)) if all(out) else ""


def _read_repository(file: File, found: Found) -> None:
    definitions: dict[str, dict] = {}
    for member in filter(_DEFINITION.fullmatch, file.members):
        one = _object(file, member, found)
        definitions |= {str(one.get("uuid")): one} if one else {}
    named = {
        str(key): str(one.get("name"))
        for tag in definitions.values()
        for group in ("systemPropertyDefinitions", "userDefinedPropertyDefinitions")
        for key, one in found.part(tag.get(group), dict, f"tag {tag.get('uuid')}").items()
        if isinstance(one, dict)
    }
    sources: dict[str, int] = {}
    for member in filter(_ANNOTATIONS.fullmatch, file.members):
        for record, item in read_json(to_text(file.read(member), f"{member!r} in {file.shown}"), member).items:
            place = f"{member}, {record}"
            problem = Json.problem(item)
            body = item.get("body") if isinstance(item, dict) else None
            target = item.get("target") if isinstance(item, dict) else None
            if problem or not isinstance(body, dict) or not isinstance(target, dict):
                found.reject(place, problem or "the record is no annotation of CATMA")
                continue
            _read_standoff(body, target, place, definitions, named, sources, file, found)


def _object(file: File, member: str, found: Found) -> dict | None:
    one = read_json(to_text(file.read(member), f"{member!r} in {file.shown}"), member).one
    if one is None:
        found.reject(member, "the definition is no JSON object")
    return one


def _read_standoff(body, target, place, definitions, named, sources, file, found) -> None:
    tag = str(body.get("tag", "")).rpartition("/")[2]
    groups = found.part(body.get("properties"), dict, place)
    properties = [
        (named.get(str(key), str(key)), [str(one) for one in values if isinstance(one, str)])
        for group in ("system", "user")
        for key, values in found.part(groups.get(group), dict, place).items()
        if isinstance(values, list)
    ]
    coder = next((v[0] for n, v in properties if n == "catma_markupauthor" and v), None)
    items = [one for one in found.part(target.get("items"), list, place) if isinstance(one, dict)]
    document = str(items[0].get("source", "")).rpartition("/")[2] if items else ""
    if document not in sources:
        sources[document] = found.add_source(_document(document, file, found))
    selectors = [one["selector"] for one in items if isinstance(one.get("selector"), dict)]
    spans: list[tuple[object, object, str | None]] = [(one.get("start"), one.get("end"), None) for one in selectors]
    of = Coded(sources[document], place, coder, VARIABLE, "")
    keep_annotation(spans, of, _defined(tag, definitions), properties, found)


def _defined(tag: str, definitions: dict[str, dict]) -> str:
    out: list[str] = []
    while tag and len(out) < 100:
        if tag not in definitions:
            return ""
        out.append(str(definitions[tag].get("name") or ""))
        tag = str(definitions[tag].get("parentUuid") or "")
    return PATH.join(reversed(out)) if all(out) else ""


def _document(document: str, file: File, found: Found) -> Source:
    header, text = {}, None
    for member in file.members:
        name = PurePosixPath(member)
        if _HEADER.fullmatch(member) and name.parent.name == document:
            header = _object(file, member, found) or {}
        elif name.parent.name == document and name.name == f"{document}.txt":
            text = to_text(file.read(member), f"{member!r} in {file.shown}")
    technical = found.part(header.get("gitTechInfoSet"), dict, f"document {document}")
    content = found.part(header.get("gitContentInfoSet"), dict, f"document {document}")
    names = names_of(document, technical.get("fileName"), content.get("title"))
    return Source(f"document {document}", names, text, ("utf16", "utf16/lf"))


def _read_api(export: dict, found: Found) -> None:
    problem = Json.problem(export)
    if problem is not None:
        found.reject("the whole file", problem)
        return
    if isinstance(export.get("totalPages"), int) and export["totalPages"] > 1:
        found.reject(f"page {export.get('pageNo')}", "the file is one page of several; read each of them")
    for number, document in enumerate(export["documents"], start=1):
        if not isinstance(document, dict) or not isinstance(document.get("annotations"), list):
            found.reject(f"document {number}", "the document has no list of annotations")
            continue
        names = names_of(document.get("id"), document.get("title"))
        source = found.add_source(Source(f"document {number}", names, None, ("utf16", "utf16/lf")))
        for at, one in enumerate(document["annotations"], start=1):
            record = f"document {number}, annotation {at}"
            phrases = one.get("phrases", one.get("annotatedPhrases")) if isinstance(one, dict) else None
            if not isinstance(phrases, list):
                found.reject(record, "the record is no annotation of CATMA")
                continue
            spans: list[tuple[object, object, str | None]] = [
                (part.get("startOffset"), part.get("endOffset"), _text(part.get("phrase")))
                for part in phrases
                if isinstance(part, dict)
            ]
            path = PATH.join(part for part in str(one.get("tagPath") or one.get("tagName") or "").split("/") if part)
            properties = [
                (str(each.get("name")), list(filter(_text, found.part(each.get("values"), list, record))))
                for each in found.part(one.get("userProperties"), list, record)
                if isinstance(each, dict)
            ]
            keep_annotation(
                spans, Coded(source, record, _text(one.get("author")), VARIABLE, ""), path, properties, found
            )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
