"""Codes written for other tools come back equal; what cannot be written is refused."""

import json
import os
import re
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import tables
from discourse.errors import SchemaError
from discourse.exchange.codes.reading import read_codes
from discourse.exchange.codes.writing import write_codes

SPANS = ["doc_id", "start_char", "end_char", "coder", "variable", "value", "comment", "text", "note"]
ENDINGS = ["qdpx", "json"]
NAMESPACE = "{urn:QDA-XML:project:1.0}"


def make_codes(rows):
    frame = pd.DataFrame(rows, columns=["unit_id", "coder", "variable", "value"], dtype="str")
    return frame.sort_values(["unit_id", "coder", "variable"], ignore_index=True)


def make_spans(rows, texts):
    frame = pd.DataFrame([(*row, texts[row[0]][row[1] : row[2]], None) for row in rows], columns=SPANS)
    frame = frame.astype({name: "str" for name in SPANS if not name.endswith("_char")})
    return tables.conform(frame.astype({"start_char": "int32", "end_char": "int32"}), "CODED_SPANS")


def ten_items():
    """Ten documents that two coders coded: position, frames as a set, a comment, and spans in one of them."""
    texts = {f"doc-{n}": f"قالت موسكو في اليوم {n} إن طالبان جزء من الحل" for n in range(9)}
    texts["doc-9"] = "😀 موسكو \u202bتنفي\u202c تسليح طالبـــان\r\nوكابل تشكك 👩🏽‍🌾\n"
    rows = []
    for n, doc in enumerate(texts):
        for coder in ("A", "rima@example.org"):
            rows.append((doc, coder, "position", ["-2", "0", "1", "none"][n % 4]))
            rows.append((doc, coder, "frames", ["war", "war;peace", "peace > talks;war;law"][n % 3]))
            if n % 2:
                rows.append((doc, coder, "comment", f"غير واضح؛ {n};\r\nانظر «هنا» & <هناك>\t"))
    spans = [
        ("doc-9", 0, 1, "A", "mark", "emoji", None),
        ("doc-9", 2, 7, "A", "actor", "state > russia", 'شك "كبير"\r\n'),
        ("doc-9", 2, 7, "A", "actor", "speaker; source", None),
        ("doc-9", 2, 7, "rima@example.org", "actor", "state > russia", None),
        ("doc-9", 21, 41, "A", "actor", "cross", None),
    ]
    return texts, rows, spans


@pytest.fixture
def items():
    texts, rows, spans = ten_items()
    n = len(texts)
    documents = pd.DataFrame(
        {
            "doc_id": list(texts), "text": list(texts.values()), "title": ["«عنوان» & <b>"] * n,
            "date": pd.to_datetime(["2016-02-01", None] * (n // 2)), "date_precision": ["day", None] * (n // 2),
            "source": ["nahar", None] * (n // 2),
        }
    )  # fmt: skip
    return documents, make_codes(rows), make_spans(spans, texts)


@pytest.mark.parametrize("ending", ENDINGS)
def test_write_ten_coded_items_come_back_equal(items, tmp_path, ending):
    documents, codes, spans = items
    place = write_codes(codes, documents, tmp_path / "out" / f"codes.{ending}", spans=spans)
    found = read_codes(place, documents)
    pd.testing.assert_frame_equal(found[0], codes)
    pd.testing.assert_frame_equal(found[1], spans)
    assert found[2].empty


def test_write_goes_through_both_tools_and_back(items, tmp_path):
    documents, codes, spans = items
    for n, ending in enumerate(("json", "qdpx", "json")):
        place = write_codes(codes, documents, tmp_path / f"{n}.{ending}", spans=spans)
        codes, spans, rejects = read_codes(place, documents)
        assert rejects.empty
    pd.testing.assert_frame_equal(codes, items[1])
    pd.testing.assert_frame_equal(spans, items[2])


@pytest.mark.parametrize("ending", ENDINGS)
def test_write_order_of_rows_changes_no_byte(items, tmp_path, ending):
    documents, codes, spans = items
    one = write_codes(codes, documents, tmp_path / f"one.{ending}", spans=spans).read_bytes()
    other = write_codes(codes[::-1], documents[::-1], tmp_path / f"other.{ending}", spans=spans[::-1]).read_bytes()
    assert one == other


@pytest.mark.parametrize("ending", ENDINGS)
def test_write_documents_without_codes(items, tmp_path, ending):
    documents, codes, spans = items
    place = write_codes(codes[:0], documents, tmp_path / f"codes.{ending}", spans=spans[:0])
    found = read_codes(place, documents)
    assert [len(one) for one in found] == [0, 0, 0]
    assert len(read_codes(write_codes(codes, documents, tmp_path / f"no.{ending}"), documents)[0]) == len(codes)


LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff;", include_characters="\t\n\r"
)
NAMES = st.text(st.characters(categories=["L", "M", "N", "P", "S"], exclude_characters=";@"), min_size=1, max_size=5)
VALUES = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=3, unique=True).map(";".join)
SAID = st.text(LETTERS, max_size=9).map("شك ".__add__)
TEXTS = st.text(st.sampled_from("اب تث\u0640\u064e\u202b\u202c\ufeff\r\n 😀e\u0301é\x07👩🏽\u200d\u0085"), max_size=30)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("ending", ENDINGS)
def test_write_any_codes_come_back_equal(data, ending, tmp_path_factory):
    words = [f"{text}{n}" for n, text in enumerate(data.draw(st.lists(TEXTS, min_size=1, max_size=3)))]
    texts = {f"d{n}": text for n, text in enumerate(words)}
    documents = pd.DataFrame({"doc_id": list(texts), "text": words, "date": pd.NaT}).assign(
        date_precision=None, source=None, title=None
    )
    docs = st.sampled_from(sorted(texts))
    coded = data.draw(st.dictionaries(st.tuples(docs, NAMES, NAMES), VALUES, max_size=5))
    rows = [(*key, value) for key, value in coded.items()]
    rows += [(doc, who, "comment", f"{data.draw(SAID)};") for doc, who in sorted({key[:2] for key in coded})]
    spans = {}
    for doc, who, name, value in data.draw(st.lists(st.tuples(docs, NAMES, NAMES, VALUES), max_size=4)):
        start = data.draw(st.integers(0, len(texts[doc]) - 1))
        end = data.draw(st.integers(start + 1, len(texts[doc])))
        spans[doc, start, end, who, name, value] = data.draw(st.none() | SAID)
    codes, spans = make_codes(rows), make_spans([(*key, said) for key, said in spans.items()], texts)
    place = tmp_path_factory.mktemp("any") / f"codes.{ending}"
    found = read_codes(write_codes(codes, documents, place, spans=spans), documents)
    pd.testing.assert_frame_equal(found[0], codes)
    pd.testing.assert_frame_equal(found[1], spans)
    assert found[2].empty


def parts_of(place):
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ORDER = {
    "Project": [
        "Users",
        "CodeBook",
        "Variables",
        "Cases",
        "Sources",
        "Notes",
        "Links",
        "Sets",
        "Graphs",
        "Description",
    ],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "Note": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
    "Code": ["Description", "NoteRef", "Code"],
    "VariableValue": ["VariableRef", "TextValue", "DateValue"],
}
NEEDED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "Variable": {"guid", "name", "typeOfVariable"},
    "TextSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "NoteRef": {"targetGUID"},
    "VariableRef": {"targetGUID"},
    "Note": {"guid"},
}


def test_write_project_has_the_form_that_the_standard_asks_for(items, tmp_path):
    documents, codes, spans = items
    parts = parts_of(write_codes(codes, documents, tmp_path / "codes.qdpx", spans=spans))
    root = ElementTree.fromstring(parts["project.qde"])
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in guids)
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        assert element.tag.startswith(NAMESPACE)
        assert NEEDED.get(name, set()) <= set(element.attrib), name
        children = [one.tag.removeprefix(NAMESPACE) for one in element]
        order = ORDER.get(name)
        assert order is None or children == sorted(children, key=order.index), name
        for key in ("targetGUID", "creatingUser"):
            assert element.get(key) is None or element.get(key) in guids
    sources = root.findall(f"{NAMESPACE}Sources/{NAMESPACE}TextSource")
    names = {one.get("name"): one.get("plainTextPath").removeprefix("internal://") for one in sources}
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        assert parts[f"Sources/{names[doc_id]}"].decode("utf-8") == text
    for selection in root.iter(f"{NAMESPACE}PlainTextSelection"):
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        text = documents.set_index("doc_id").loc["doc-9", "text"]
        assert selection.get("name").split() == text[start:end].split()


@pytest.mark.skipif("REFI_QDA_XSD" not in os.environ, reason="REFI_QDA_XSD names no Project.xsd of REFI-QDA 1.5")
def test_write_project_is_valid_against_the_schema(items, tmp_path):
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(os.environ["REFI_QDA_XSD"]))
    documents, codes, spans = items
    for name, given_codes, given_spans in (("a", codes, spans), ("b", codes[:0], spans[:0])):
        parts = parts_of(write_codes(given_codes, documents, tmp_path / f"{name}.qdpx", spans=given_spans))
        assert schema.validate(etree.fromstring(parts["project.qde"])), schema.error_log


def test_write_tasks_have_the_form_that_label_studio_imports(items, tmp_path):
    documents, codes, spans = items
    tasks = json.loads(write_codes(codes, documents, tmp_path / "codes.json", spans=spans).read_text("utf-8"))
    assert [one["id"] for one in tasks] == list(range(1, 11))
    last = tasks[-1]
    assert last["data"]["text"] == documents["text"].iloc[-1]
    assert [one.get("completed_by") for one in last["annotations"]] == [None, {"email": "rima@example.org"}]
    results = last["annotations"][0]["result"]
    assert {(one["from_name"], one["type"]) for one in results} == {
        ("coder", "textarea"), ("comment", "textarea"), ("frames", "choices"), ("position", "choices"),
        ("actor", "labels"), ("mark", "labels"),
    }  # fmt: skip
    for one in (one for one in results if one["type"] == "labels"):
        start, end = one["value"]["start"], one["value"]["end"]
        assert last["data"]["text"][start:end] == one["value"]["text"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit_id": "x"}, "`codes` has 1 unit_id values that `documents` lacks. First: 'x'. Give the "
        "documents that were "
         "coded."),
        ({"value": None}, "`codes` has 4 rows without value. First: row 1. Drop them, or write none where "
        "there is nothing "
         "to code."),
        ({"coder": ""}, "`codes` has 1 rows without coder. First: row 1. Drop them, or write none where "
        "there is nothing to "
         "code."),
    ],
)  # fmt: skip
def test_write_incomplete_codes_are_refused(items, tmp_path, change, message):
    documents, codes, _ = items
    part = codes[codes["unit_id"] == "doc-0"].assign(**change)
    part = part if "value" in change else part[:1]
    with pytest.raises(SchemaError) as error:
        write_codes(part, documents, tmp_path / "codes.qdpx")
    assert str(error.value) == message
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (0, 39)])
def test_write_span_outside_of_its_text_is_refused(items, tmp_path, start, end):
    documents, codes, spans = items
    length = len(documents["text"].iloc[0])
    end = length + 1 if end == 39 else end
    bad = spans[:1].assign(doc_id="doc-0", start_char=start, end_char=end)
    with pytest.raises(SchemaError) as error:
        write_codes(codes, documents, tmp_path / "codes.qdpx", spans=bad)
    assert str(error.value) == (
        "`spans` has 1 spans that are empty or leave the text of their document. First: 'doc-0'. Correct "
        "start_char and "
        "end_char."
    )
    if end > length:
        write_codes(codes, documents, tmp_path / "codes.qdpx", spans=bad.assign(end_char=length))


@pytest.mark.parametrize(
    ("ending", "row", "message"),
    [
        ("qdpx", ("doc-0", "A", "frames", "war;"), "`codes` has the value 'war;' of 'frames', a set with an empty or a "
         "repeated code. Write each code once, joined by ';'."),
        ("qdpx", ("doc-0", "A", "frames", "war;war"), "`codes` has the value 'war;war' of 'frames', a set "
        "with an empty or "
         "a repeated code. Write each code once, joined by ';'."),
        ("json", ("doc-0", "A", "frames", ";war"), "`codes` has the value ';war' of 'frames', a set with an "
        "empty code. "
         "Write each code once, joined by ';'."),
        ("qdpx", ("doc-0", "A", "frames", "a\x07"), "`codes` has the character U+0007 in 'a\\x07', which "
        "XML cannot hold. "
         "Take it out."),
        ("json", ("doc-0", "A", "coder", "a"), "`codes` has a variable 'coder', where the tasks name the "
        "coder. Rename the "
         "variable."),
    ],
)  # fmt: skip
def test_write_codes_that_a_format_cannot_hold_are_refused(items, tmp_path, ending, row, message):
    with pytest.raises(SchemaError) as error:
        write_codes(make_codes([row]), items[0], tmp_path / f"codes.{ending}")
    assert str(error.value) == message


def test_write_other_ending_is_refused(items, tmp_path):
    documents, codes, _ = items
    place = tmp_path / "codes.xml"
    with pytest.raises(SchemaError) as error:
        write_codes(codes, documents, place)
    assert str(error.value) == (
        f"`path` is '{place}'; codes are written as '.json', '.qdpx'. Change the ending, or say `format`."
    )
    assert len(read_codes(write_codes(codes, documents, place, format="qdpx"), documents)[0]) == len(codes)
