"""Exports of CATMA: a collection as TEI, the annotations of a repository, the JSON of the API."""

import json

import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes

DOCUMENT = "D_11111111-2222-3333-4444-555555555555"


def tei(segments, structures, declared=""):
    declared = declared or (
        '<fsDecl xml:id="CATMA_T1" n="v" type="CATMA_T1"><fsDescr>جهة</fsDescr></fsDecl>'
        '<fsDecl xml:id="CATMA_T2" n="v" type="CATMA_T2" baseTypes="CATMA_T1"><fsDescr>دولة</fsDescr>'
        '<fDecl xml:id="P1" name="certainty"><vRange><vColl><string>high</string></vColl></vRange></fDecl></fsDecl>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xml:lang="en" xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader>'
        "<fileDesc><titleStmt><title>nahar-2</title><author>owner</author></titleStmt><sourceDesc><ab>"
        '<fs xml:id="CATMA_TECH_DESC"><f name="version"><string>5</string></f></fs></ab></sourceDesc></fileDesc>'
        f'<encodingDesc><fsdDecl xml:id="CATMA_S" n="set v">{declared}</fsdDecl></encodingDesc></teiHeader>\n'
        f'<text>\n<body><ab type="catma">\n{segments}</ab></body>\n{structures}</text></TEI>'
    )


def seg(start, end, *names):
    pointer = f'<ptr target="catma://{DOCUMENT}#char={start},{end}" type="inclusion"/>'
    return f'<seg ana="{" ".join("#" + one for one in names)}">{pointer}</seg>\n' if names else pointer + "\n"


def fs(name, tag="CATMA_T2", author="rima", **properties):
    held = {"catma_displaycolor": ["-1"], **({"catma_markupauthor": [author]} if author else {}), **properties}
    inner = "".join(
        f'<f name="{key}">' + "".join(f"<string>{one}</string>" for one in values) + "</f>"
        for key, values in held.items()
    )
    return f'<fs xml:id="{name}" type="{tag}">{inner}</fs>\n'


def test_read_tei_tags_properties_and_parts(documents, save, rows):
    segments = (
        seg(0, 3) + seg(3, 6, "A1") + seg(6, 8, "A1", "A2") + seg(8, 9, "A2") + seg(14, 19, "A2") + seg(31, 36, "A3")
    )
    structures = (
        fs("A1", certainty=["high", "low"], comment=["شك"]) + fs("A2", "CATMA_T1", author="lina") + fs("A3", author="")
    )
    place = save("collection.xml", tei(segments, structures))
    _, spans, rejects = read_codes(place, documents, names={DOCUMENT: "nahar-2"})
    unchecked = "the file holds no text to check the offsets by"
    assert rejects.empty
    assert rows(spans, "start_char", "coder", "variable", "value", "comment", "text", "note") == [
        [2, "rima", "tag", "جهة > دولة", "شك", "موسكو", unchecked],
        [2, "rima", "دولة.certainty", "high", "شك", "موسكو", unchecked],
        [2, "rima", "دولة.certainty", "low", "شك", "موسكو", unchecked],
        [5, "lina", "tag", "جهة", None, "كو ", f"part 1 of 2 of one annotation; {unchecked}"],
        [13, "lina", "tag", "جهة", None, "تسليح", f"part 2 of 2 of one annotation; {unchecked}"],
        [30, "owner", "tag", "جهة > دولة", None, "وكابل", unchecked],
    ]


def test_read_tei_finds_the_document_by_the_title_of_the_collection(documents, save, rows):
    _, spans, _ = read_codes(save("c.xml", tei(seg(3, 8, "A1"), fs("A1"))), documents)
    assert rows(spans, "doc_id", "text") == [["nahar-2", "موسكو"]]


def test_read_tei_what_does_not_fit(documents, save, rows):
    segments = (
        seg(3, 8, "A1") + seg(1, 8, "A2") + seg(300, 400, "A3") + seg(3, 8, "A4") + seg(3, 8, "LOST")
        + '<seg ana="#A6"><ptr target="catma://x#line=1"/></seg>\n<seg ana="#A7">موسكو</seg>\n'
    )  # fmt: skip
    structures = fs("A1") + fs("A2") + fs("A3") + fs("A4", "CATMA_T9") + fs("A5")
    _, spans, rejects = read_codes(save("c.xml", tei(segments, structures)), documents)
    assert rows(spans, "text") == [["موسكو"]]
    assert rows(rejects, "record", "reason") == [
        ["line 11", "the pointer is no range of characters"],
        ["line 12", "the segment holds text and no pointer; export without the text"],
        ["line 17", "the tag is not defined in the file"],
        ["line 18", "the annotation has no place in the text"],
        ["segment of LOST", "the segment names an annotation that the file does not hold"],
        ["line 15", "the span begins or ends inside a character"],
        ["line 16", "the span leaves the text"],
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "b">]>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">&a;</TEI>',
            "{0} declares a document type in line 2, which may hold entities; no export of a coding tool "
            "does. Take the "
            "declaration out if you trust the file.",
        ),
        ("<TEI><fsdDecl>", "{0} is not whole XML: no element found, line 1. Export it again."),
        ("<TEI>\n<fsdDecl></TEI>", "{0} is not whole XML: mismatched tag, line 2. Export it again."),
        ("<a>" * 501, "{0} is nested more than 500 deep, in line 1."),
        ("<book/>", "{0} is XML whose root is 'book', not a TEI of CATMA. Export it again."),
    ],
)
def test_read_broken_file_names_the_line(documents, save, content, message):
    place = save("c.xml", content)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents, format="catma")
    assert str(error.value) == message.format(f"'{place}'")


def repository(texts, **more):
    tag = "tagsets/T_1/CATMA_T1"
    definition = {
        "name": "دولة", "parentUuid": "CATMA_T0", "uuid": "CATMA_T1",
        "systemPropertyDefinitions": {"CATMA_P0": {"name": "catma_markupauthor", "uuid": "CATMA_P0"}},
        "userDefinedPropertyDefinitions": {"CATMA_P1": {"name": "certainty", "uuid": "CATMA_P1"}},
    }  # fmt: skip

    def annotation(*parts):
        items = [
            {"source": DOCUMENT, "selector": {"start": start, "end": end, "type": "TextPositionSelector"}}
            for start, end in parts
        ]
        properties = {"system": {"CATMA_P0": ["rima"]}, "user": {"CATMA_P1": ["high"]}}
        return {"type": "Annotation", "body": {"tag": tag, "properties": properties}, "target": {"items": items}}

    annotations = [annotation((3, 5), (5, 8)), annotation((3, 900)), {"body": 1}]
    files = {
        "collections/C_1/annotations/rima_0.json": json.dumps(annotations),
        "collections/C_1/header.json": "{}",
        "tagsets/T_1/CATMA_T0/propertydefs.json": json.dumps({"name": "جهة", "parentUuid": "", "uuid": "CATMA_T0"}),
        f"{tag}/propertydefs.json": json.dumps(definition),
        f"documents/{DOCUMENT}/header.json": json.dumps({"gitTechInfoSet": {"fileName": "other.txt"}}),
        f"documents/{DOCUMENT}/{DOCUMENT}.txt": texts["nahar-2"],
    }
    return {f"project/{name}": content for name, content in (files | more).items()}


@pytest.mark.parametrize("packed", [True, False])
def test_read_repository_as_archive_or_folder(documents, texts, save, rows, packed, tmp_path):
    files = repository(texts)
    place = save("clone.zip", files) if packed else tmp_path / "project"
    for name, content in {} if packed else files.items():
        save(name, content)
    _, spans, rejects = read_codes(place, documents)
    assert rows(spans, "doc_id", "coder", "variable", "value", "text", "note") == [
        ["nahar-2", "rima", "tag", "جهة > دولة", "موسكو", None],
        ["nahar-2", "rima", "دولة.certainty", "high", "موسكو", None],
    ]
    member = "project/" if packed else ""
    assert rows(rejects, "record", "reason") == [
        [f"{member}collections/C_1/annotations/rima_0.json, item 3", "the record is no annotation of CATMA"],
        [f"{member}collections/C_1/annotations/rima_0.json, item 2", "the span leaves the text"],
        [f"{member}collections/C_1/annotations/rima_0.json, item 2", "the span leaves the text"],
    ]


def test_read_api_holds_its_phrases_against_the_text(documents, save, rows):
    def one(start, end, phrase):
        return {
            "id": "a", "phrases": [{"startOffset": start, "endOffset": end, "phrase": phrase}], "tagPath": "/جهة/دولة",
            "tagName": "دولة", "author": "rima",
            "userProperties": [{"id": "p", "name": "certainty", "values": ["high"]}],
        }  # fmt: skip

    held = [
        {
            "id": DOCUMENT,
            "title": "nahar-2",
            "annotations": [one(3, 8, "موسكو"), one(40, 45, "موسكو"), one(3, 8, "هرات"), 7],
        }
    ]
    shown = {"exportId": "E", "totalPages": 2, "pageNo": 1, "documents": [*held, {"id": "x"}]}
    _, spans, rejects = read_codes(save("api.json", shown), documents)
    assert rows(spans, "variable", "value", "text", "note") == [
        ["tag", "جهة > دولة", "موسكو", None],
        ["دولة.certainty", "high", "موسكو", None],
    ]
    not_there = "the quoted text does not stand at the offsets, nor once near them"
    twice = "coded twice by one coder with the same code; the first is kept"
    assert rows(rejects, "record", "reason") == [
        ["page 1", "the file is one page of several; read each of them"],
        ["document 1, annotation 4", "the record is no annotation of CATMA"],
        ["document 2", "the document has no list of annotations"],
        ["document 1, annotation 2", twice],
        ["document 1, annotation 2", twice],
        ["document 1, annotation 3", not_there],
        ["document 1, annotation 3", not_there],
    ]


@pytest.mark.parametrize("part", ["properties", "system", "items", "definitions", "header"])
def test_read_repository_part_of_another_type_is_a_reject_and_the_rest_is_kept(documents, texts, save, part):
    files = repository(texts)
    whole = {name: json.loads(held) for name, held in files.items() if name.endswith(".json")}
    one = whole["project/collections/C_1/annotations/rima_0.json"][0]
    if part == "properties":
        one["body"]["properties"] = 7
    elif part == "system":
        one["body"]["properties"]["system"] = 7
    elif part == "items":
        one["target"]["items"] = 7
    elif part == "definitions":
        whole["project/tagsets/T_1/CATMA_T1/propertydefs.json"]["systemPropertyDefinitions"] = 7
    else:
        whole[f"project/documents/{DOCUMENT}/header.json"]["gitTechInfoSet"] = 7
    place = save("clone.zip", files | {name: json.dumps(held) for name, held in whole.items()})
    _, spans, rejects = read_codes(place, documents)
    strange = rejects[rejects["reason"] == "a part of the record is not as the tool writes it"]
    assert strange["value"].tolist() == ["7"]
    assert len(spans) == {"properties": 1, "items": 0}.get(part, 2 if part != "definitions" else 3)


def test_read_api_parts_of_another_type_are_rejects(documents, save, rows):
    phrase = {"startOffset": 3, "endOffset": 8, "phrase": 7}
    given = [
        {"tagPath": "/a", "author": 7, "phrases": [phrase], "userProperties": 8},
        {"tagPath": "/b", "phrases": [phrase], "userProperties": [{"name": "p", "values": 9}]},
    ]
    shown = {"exportId": "E", "documents": [{"id": "nahar-2", "annotations": given}]}
    _, spans, rejects = read_codes(save("api.json", shown), documents)
    assert rows(spans, "variable", "value", "text") == [["tag", "a", "موسكو"], ["tag", "b", "موسكو"]]
    strange = "a part of the record is not as the tool writes it"
    assert rows(rejects, "record", "reason", "value") == [
        ["document 1, annotation 1", strange, "8"], ["document 1, annotation 2", strange, "9"],
    ]  # fmt: skip
