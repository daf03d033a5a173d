# ruff: noqa: E501 (tables of values, marks and shells)
"""Codes of other tools and of the coding form, sheets among them."""

import io
import random
from pathlib import Path
from typing import Any

from discourse.exchange.workbook import write_workbook
from discourse.validity.handcoding.lines import Head, Item, head_line, item_line
from fuzz.corpora import Case
from fuzz.papers import TEXT, dumps, packed, spoilt, table
from fuzz.values import TEXTS, damage, mutate_tree

__all__ = ["CODED", "make_coded"]

CODED = (
    "label-studio", "label-studio-min", "doccano", "inception", "webanno", "catma-api", "catma-git", "catma-tei", "qdpx",
    "sheet-csv", "sheet-xlsx", "coding-form",
)  # fmt: skip


def _result(kind: str, **value_: Any) -> dict:
    return {"id": "r", "from_name": "c", "to_name": "text", "type": kind, "value": value_}


def _guid(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


_JSON: dict[str, Any] = {
    "label-studio": [{
        "id": 1, "data": {"text": TEXT, "doc_id": "d0"}, "predictions": [], "drafts": [],
        "annotations": [{"id": 3, "completed_by": {"id": 1, "email": "a@b"}, "result": [
            _result("choices", choices=["-1"]), _result("labels", start=5, end=10, text=TEXT[5:10], labels=["russia"]),
            _result("textarea", text=["x"]), _result("rating", rating=4), _result("taxonomy", taxonomy=[["a", "b"]])]}],
    }],
    "label-studio-min": [{"id": 1, "text": TEXT, "doc_id": "d0", "annotation_id": 1, "annotator": 2, "pos": "1",
                          "x": [{"start": 5, "end": 10, "labels": ["a"], "text": TEXT[5:10]}]}],
    "doccano": [{"id": 1, "doc_id": "d0", "text": TEXT, "label": [[5, 10, "a"]], "cats": ["x"], "Comments": [{"comment": "q"}],
                 "entities": [{"start_offset": 0, "end_offset": 4, "label": "z"}], "relations": [], "username": "u"}],
    "inception": {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": TEXT},
            {"%ID": 2, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "@sofa": 1, "begin": 0, "end": len(TEXT),
             "documentTitle": "d0", "documentId": "rima"},
            {"%ID": 10, "%TYPE": "webanno.custom.Frames", "@sofa": 1, "begin": 5, "end": 10, "frame": "war", "note": "n"},
            {"%ID": 11, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["a"]}],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 10]}}},
    "catma-api": {"exportId": "E", "totalPages": 1, "pageNo": 1, "documents": [{"id": "d0", "title": "t", "annotations": [
        {"tagPath": "/a/b", "author": "r", "phrases": [{"startOffset": 5, "endOffset": 10, "phrase": TEXT[5:10]}],
         "userProperties": [{"name": "p", "values": ["v"]}]}]}]},
}  # fmt: skip
_GIT = {
    "collections/C_1/annotations/rima_0.json": [{"type": "Annotation", "body": {
        "tag": "tagsets/T_1/CATMA_T1", "properties": {"system": {"CATMA_P0": ["rima"]}, "user": {"CATMA_P1": ["high"]}}},
        "target": {"items": [{"source": "D_1", "selector": {"start": 3, "end": 8, "type": "TextPositionSelector"}}]}}],
    "collections/C_1/header.json": {},
    "tagsets/T_1/CATMA_T1/propertydefs.json": {"name": "x", "parentUuid": "", "uuid": "CATMA_T1", "systemPropertyDefinitions": {
        "CATMA_P0": {"name": "catma_markupauthor", "uuid": "CATMA_P0"}}, "userDefinedPropertyDefinitions": {"CATMA_P1": {"name": "c", "uuid": "CATMA_P1"}}},
    "documents/D_1/header.json": {"gitTechInfoSet": {"fileName": "d0.txt"}},
}  # fmt: skip
_TEI = (
    '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>d0</title></titleStmt>'
    '</fileDesc><encodingDesc><fsdDecl xml:id="T1" n="t 1"><fsDecl xml:id="CATMA_T2" type="CATMA_T2"><fsDescr>war</fsDescr></fsDecl></fsdDecl>'
    '</encodingDesc></teiHeader><text><body><ab type="catma"><ptr target="catma://D_1#char=0,5" type="inclusion"/><seg ana="#CATMA_A1">'
    '<ptr target="catma://D_1#char=5,10" type="inclusion"/></seg></ab></body><fs xml:id="CATMA_A1" type="CATMA_T2"><f name="catma_markupauthor">'
    "<string>rima</string></f></fs></text></TEI>"
)
_QDE = (
    f'<?xml version="1.0" encoding="utf-8"?><Project name="p" origin="T" xmlns="urn:QDA-XML:project:1.0"><Users><User guid="{_guid(21)}" name="R"/>'
    f'</Users><CodeBook><Codes><Code guid="{_guid(1)}" name="position" isCodable="false"><Code guid="{_guid(2)}" name="-1" isCodable="true"/></Code>'
    f'</Codes></CodeBook><Sources><TextSource guid="{_guid(40)}" name="d0.txt" plainTextPath="internal://{_guid(50)}.txt"><PlainTextSelection '
    f'guid="{_guid(98)}" name="" startPosition="5" endPosition="10" creatingUser="{_guid(21)}"><Coding guid="{_guid(99)}"><CodeRef targetGUID='
    f'"{_guid(2)}"/></Coding></PlainTextSelection></TextSource></Sources></Project>'
)
_WEBANNO = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Frames|actor|comment\n\n\n#Text=" + TEXT[:17] + "\n"
    "1-1\t0-5\t" + TEXT[:5] + "\trussia\t*\t\n1-2\t6-13\t" + TEXT[6:13] + "\tdenial[1]\tx[1]\t\n"
)
_XML_PARTS = (b"<Code ", b"<Code>", b"</Code>", b"<a>", b"&amp;", b"<seg>", b"<fs>", b"&", b'"', b"<!--", b"<!ENTITY a 'b'>", b"\n", b"1-1\t0-5\tx\t_\t_\n",
              b"#Text=x\n", b"\t", b"|", b"[1]")  # fmt: skip


def _coding_form(draw: random.Random) -> bytes:
    """Return a file of the coding form; its lines carry the digest of what they say, so hostile values pass as said."""
    hostile = lambda sound: sound if draw.random() < 0.8 else draw.choice(TEXTS)  # noqa: E731
    head = Head(
        "p",
        ("d0", "d1", "d2"),
        {"position": ("-1", "0", hostile("1")), hostile("why"): ()},
        (),
        (hostile("روسيا"), "طالبان"),
    )
    lines = [head_line(head)]
    for number in range(draw.choice((0, 1, 4))):
        values = {"position": hostile("1"), hostile("why"): hostile("x")}
        given = (
            hostile(f"d{number % 3}"),
            hostile("A"),
            values,
            hostile("c"),
            False,
            True,
            (),
            head.plan,
            head.asked,
            hostile("2026-01-01T00:00:00Z"),
        )
        lines.append(item_line(Item(*given)))
        if draw.random() < 0.15:
            lines.append(draw.choice((head_line(head), b"\n", b"{}\n", b"[1]\n", b"null\n", b'{"kind": "item"}\n')))
    return b"".join(lines)


def make_coded(kind: str, folder: Path, draw: random.Random) -> Case:
    if kind == "coding-form":
        raw, path = (
            spoilt(_coding_form(draw), draw, (b"{", b"[", b"\n", b"{}\n", b"9", b'"'), share=0.5),
            folder / "c.jsonl",
        )
    elif kind in _JSON:
        tree = mutate_tree(_JSON[kind], draw) if draw.random() < 0.9 else _JSON[kind]
        if kind == "doccano" and isinstance(tree, list):
            text = "\n".join(dumps(one) for one in tree)
        else:
            text = dumps(tree)
        raw = spoilt(
            text.encode("utf-8", "surrogatepass"),
            draw,
            (b"[", b"{", b'{"a":', b",", b'"', b"1", b"\n", b"]", b"{}\n"),
            share=0.25,
        )
        path = folder / f"c.{'jsonl' if kind == 'doccano' else 'json'}"
    elif kind == "catma-git":
        member = draw.choice(list(_GIT))
        files = {
            f"p/{name}": dumps(mutate_tree(tree, draw) if name == member else tree).encode("utf-8", "surrogatepass")
            for name, tree in _GIT.items()
        }
        raw, path = damage_some(packed(files | {"p/documents/D_1/D_1.txt": TEXT.encode()}), draw), folder / "c.zip"
    elif kind == "qdpx":
        project = spoilt(_set_values(_QDE, draw).encode("utf-8", "surrogatepass"), draw, _XML_PARTS, share=0.6)
        raw = packed({"project.qde": project, f"sources/{_guid(50)}.txt": spoilt(TEXT.encode(), draw, (b"x", b"\n"))})
        raw, path = damage_some(raw, draw), folder / "c.qdpx"
    elif kind in ("catma-tei", "webanno"):
        given = _TEI if kind == "catma-tei" else _WEBANNO
        raw = spoilt(_set_values(given, draw).encode("utf-8", "surrogatepass"), draw, _XML_PARTS, share=0.6)
        path = folder / ("c.xml" if kind == "catma-tei" else "d0.tsv")
    else:
        columns = draw.choice((("unit_id", "coder", "variable", "value", "comment"), ("unit_id", "coder", "text", "title", "position", "frames", "remark"),
                               ("doc_id", "start_char", "end_char", "coder", "variable", "value", "text")))  # fmt: skip
        raw, path = table(columns, draw), folder / f"c.{kind.removeprefix('sheet-')}"
        if kind == "sheet-xlsx":
            raw = damage_some(_workbook(raw, folder), draw)
        else:
            raw = spoilt(raw, draw, (b",", b'"', b"\n", b"a,"))
    path.write_bytes(raw)
    return Case(kind, path)


def damage_some(raw: bytes, draw: random.Random) -> bytes:
    """Damage a packed file in a third of all cases."""
    return damage(raw, draw) if draw.random() < 0.33 else raw


def _set_values(text: str, draw: random.Random) -> str:
    """Put hostile values in the place of numbers and names between marks."""
    parts = text.split('"') if '"' in text else text.split("\t")
    for _ in range(draw.choice((0, 1, 3))):
        parts[draw.randrange(len(parts))] = draw.choice((*TEXTS, "-1", "999999", "5", "10,5"))
    return ('"' if '"' in text else "\t").join(parts)


def _workbook(raw: bytes, folder: Path) -> bytes:
    """Return a table as a workbook, as far as one can hold it."""
    import pandas as pd

    place = folder / "made.xlsx"
    try:
        frame = pd.read_csv(io.BytesIO(raw), dtype="str", encoding_errors="replace")
        write_workbook(frame, place)
        return place.read_bytes()
    except Exception:  # what the writer refuses is no input
        write_workbook(
            pd.DataFrame({"unit_id": ["d0"], "coder": ["A"], "variable": ["position"], "value": ["1"]}), place
        )
        return place.read_bytes()
    finally:
        place.unlink(missing_ok=True)
