"""The door: formats told by content, options, files that are none."""

import pytest

from discourse.errors import SchemaError, SourceError
from discourse.exchange.codes import formats
from discourse.exchange.codes.packed import File
from discourse.exchange.codes.reading import read_codes


@pytest.mark.parametrize(
    ("name", "content", "known"),
    [
        ("a.json", [{"data": {"text": "a"}, "annotations": []}], "label-studio"),
        ("a.json", [{"text": "a", "annotation_id": 1}], "label-studio"),
        ("a.json", {"id": 1, "data": {"text": "a"}, "annotations": []}, "label-studio"),
        ("a.jsonl", '{"text": "a", "label": ["x"]}\n{"text": "b", "label": []}', "doccano"),
        ("a.zip", {"all.jsonl": "{}"}, "doccano"),
        ("a.json", {"%TYPES": {}, "%FEATURE_STRUCTURES": []}, "inception"),
        ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n", "inception"),
        ("a.zip", {"annotation/a.txt/u.json": "{}"}, "inception"),
        ("a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><fsdDecl/></TEI>', "catma"),
        ("a.json", {"exportId": "E", "documents": []}, "catma"),
        ("a.zip", {"collections/C/annotations/a.json": "[]", "tagsets/T/t/propertydefs.json": "{}"}, "catma"),
        ("a.qdpx", {"project.qde": "<Project/>", "Sources/a.json": "{}"}, "qdpx"),
        ("a.qde", '<Project xmlns="urn:QDA-XML:project:1.0"/>', "qdpx"),
        ("a.csv", "unit_id,position\na,1\n", "sheet"),
        ("a.tsv", "unit_id\tposition\na\t1\n", "sheet"),
    ],
)
def test_recognise_format_by_content(save, name, content, known):
    assert formats.recognise(File(save(name, content))) == known


@pytest.mark.parametrize("content", ["كابل", "<html></html>", '{"a": 1}', "[1, 2]"])
def test_read_file_of_no_known_format_is_refused(documents, save, content):
    place = save("a.txt", content)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == (
        f"'{place}' is an export of none of 'catma', 'doccano', 'inception', 'label-studio', 'qdpx', "
        f"'sheet'. Say which "
        "one by `format`, if it is one."
    )


def test_read_missing_file_says_so(documents):
    with pytest.raises(SourceError) as error:
        read_codes("none.json", documents)
    assert str(error.value) == "'none.json' does not exist. Check the path."


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"format": "brat"},
            "`format` is 'brat'; it must be one of 'auto', 'catma', 'doccano', 'inception', 'label-studio', "
            "'qdpx', 'sheet'.",
        ),
        (
            {"offsets": "utf8"},
            "`offsets` is 'utf8'; it must be one of 'auto', 'bytes', 'characters', 'characters/lf', "
            "'utf16', 'utf16/lf'.",
        ),
        ({"coder": ""}, "`coder` is ''; it must be text, such as 'A'."),
        ({"coders": ["A"]}, "`coders` is ['A']; it must be a mapping, such as {'7': 'A'}."),
        ({"names": "a"}, "`names` is 'a'; it must be a mapping, such as {'7': 'A'}."),
    ],
)
def test_read_options_are_checked_at_the_door(documents, save, options, message):
    with pytest.raises(SchemaError) as error:
        read_codes(save("a.csv", "unit_id,position\n"), documents, **options)
    assert str(error.value) == message


def test_read_without_documents_takes_the_texts_of_the_file(texts, save, rows):
    shown = [
        {"id": 3, "text": texts["nahar-1"], "label": ["war"]},
        {"id": 4, "text": texts["nahar-1"], "label": ["peace"]},
        {"id": 5, "doc_id": "n2", "text": texts["nahar-2"], "label": [[0, 1, "x"]]},
    ]
    codes, spans, rejects = read_codes(save("a.jsonl", shown, lines=True), offsets="characters")
    assert rows(codes, "unit_id", "value") == [["3", "war"], ["4", "peace"]]
    assert rows(spans, "doc_id", "text") == [["n2", "😀"]]
    assert rejects.empty


def test_read_changes_no_input(documents, save):
    before = documents.copy(deep=True)
    read_codes(save("a.csv", "unit_id,position\nnahar-1,1\n"), documents)
    assert documents.equals(before)
