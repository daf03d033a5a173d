"""Exports of Label Studio: tasks with annotations, and JSON-MIN."""

import json

import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes


def choice(name, *values, **more):
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(values)}, **more}


def label(start, end, *labels, text=None, name="actor", **more):
    value = {"start": start, "end": end, "labels": list(labels)} | ({} if text is None else {"text": text})
    return {"id": "r", "from_name": name, "to_name": "text", "type": "labels", "value": value, **more}


def task(text, *results, doc_id=None, by=1, **more):
    data = {"text": text} | ({} if doc_id is None else {"doc_id": doc_id})
    return {"id": 7, "data": data, "annotations": [{"completed_by": by, "result": list(results)}], **more}


def test_read_codes_and_spans_of_one_task(documents, texts, save, rows):
    results = [
        choice("position", "-1"),
        choice("frames", "war", "peace"),
        {"from_name": "comment", "to_name": "text", "type": "textarea", "value": {"text": ["غير واضح؛ ربما", "نعم"]}},
        {"from_name": "certainty", "to_name": "text", "type": "rating", "value": {"rating": 4}},
        {"from_name": "share", "to_name": "text", "type": "number", "value": {"number": 0.5}},
        {
            "from_name": "topic",
            "to_name": "text",
            "type": "taxonomy",
            "value": {"taxonomy": [["war", "arms"], ["talks"]]},
        },
        label(5, 10, "russia", text="موسكو", meta={"text": ["شك"]}),
        label(14, 20, "taliban", text="طالبان"),
    ]
    codes, spans, rejects = read_codes(save("export.json", [task(texts["nahar-1"], *results)]), documents)
    assert rows(codes) == [
        ["nahar-1", "1", "certainty", "4"],
        ["nahar-1", "1", "comment", "غير واضح؛ ربما\nنعم"],
        ["nahar-1", "1", "frames", "war;peace"],
        ["nahar-1", "1", "position", "-1"],
        ["nahar-1", "1", "share", "0.5"],
        ["nahar-1", "1", "topic", "war > arms;talks"],
    ]
    assert rows(spans) == [
        ["nahar-1", 5, 10, "1", "actor", "russia", "شك", "موسكو", None],
        ["nahar-1", 14, 20, "1", "actor", "taliban", None, "طالبان", None],
    ]
    assert rejects.empty


def test_read_annotators_by_number_address_or_text_area(documents, texts, save, rows):
    named = {"from_name": "coder", "to_name": "text", "type": "textarea", "value": {"text": ["Rima"]}}
    given = task(texts["nahar-1"])
    given["annotations"] = [
        {"completed_by": 3, "result": [choice("position", "1")]},
        {"completed_by": {"id": 4, "email": "s@example.org"}, "result": [choice("position", "0")]},
        {"completed_by": 3, "result": [named, choice("position", "-1")]},
        {"result": [choice("position", "none")]},
    ]
    codes, _, rejects = read_codes(save("a.json", [given]), documents, coder="X", coders={"3": "Lina"})
    assert rows(codes, "coder", "value") == [["Lina", "1"], ["Rima", "-1"], ["X", "none"], ["s@example.org", "0"]]
    assert rejects.empty


def test_read_says_what_is_no_code(documents, texts, save, rows):
    given = task(
        texts["nahar-1"],
        choice("position", "1"),
        {"type": "relation", "from_id": "a", "to_id": "b"},
        {"from_name": "box", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["a"]}},
        {
            "from_name": "actor",
            "type": "hypertextlabels",
            "value": {"start": "/p[1]", "end": "/p[1]", "hypertextlabels": ["a"]},
        },
        choice("mixed", "a;b", "c"),
        label(5, 10),
        predictions=[{"result": [choice("position", "0")]}],
        drafts=[{"result": []}],
    )
    given["annotations"].append({"completed_by": 2, "was_cancelled": True, "result": [choice("position", "0")]})
    given["annotations"].append({"completed_by": 2})
    codes, spans, rejects = read_codes(save("a.json", [given]), documents)
    assert rows(codes, "variable", "value") == [["position", "1"]]
    assert spans.empty
    place = "item 1, task 7"
    assert rows(rejects, "record", "reason") == [
        [place, "a prediction of a model is no code of a coder"],
        [place, "a draft is no code that was handed in"],
        [f"{place}, annotation 1, result 2", "a relation is no code"],
        [f"{place}, annotation 1, result 3", "a result of this type is no code"],
        [f"{place}, annotation 1, result 4", "the span stands on pages or paragraphs, not on plain text"],
        [f"{place}, annotation 1, result 5", "the name of a code holds ';', which joins the codes of a set"],
        [f"{place}, annotation 1, result 6", "the span has no label"],
        [f"{place}, annotation 2", "the annotation was cancelled"],
        [f"{place}, annotation 3", "the annotation has no list of results"],
    ]


def test_read_one_wrong_offset_is_one_reject(documents, texts, save, rows):
    good = [label(5, 10, "russia", text="موسكو"), label(14, 20, "taliban", text="طالبان")]
    bad = label(200, 206, "taliban", text="لم يكتب")
    codes, spans, rejects = read_codes(save("a.json", [task(texts["nahar-1"], good[0], bad, good[1])]), documents)
    assert codes.empty
    assert rows(spans, "start_char", "value") == [[5, "russia"], [14, "taliban"]]
    assert rows(rejects, "record", "reason", "variable", "value") == [
        [
            "item 1, task 7, annotation 1, result 2",
            "the quoted text does not stand at the offsets, nor once near them",
            "actor",
            "taliban",
        ]
    ]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (5, 5, "the span is empty"),
        (-1, 4, "the span leaves the text"),
        (28, 33, "the span leaves the text"),
        (28, 32, None),
        ("5", "9", "the span stands on pages or paragraphs, not on plain text"),
        (5.0, 9, "an offset is no whole number"),
        (None, 9, "an offset is no whole number"),
        (None, None, "an offset is no whole number"),
        (True, 9, "an offset is no whole number"),
        (10**30, 10**31, "the span leaves the text"),
    ],
)
def test_read_offsets_at_their_edges(documents, texts, save, rows, start, end, reason):
    _, spans, rejects = read_codes(save("a.json", [task(texts["nahar-1"], label(start, end, "x"))]), documents)
    assert rows(rejects, "reason") == ([] if reason is None else [[reason]])
    assert len(spans) == (reason is None)


def test_read_quotes_tell_how_offsets_count(documents, texts, save, rows):
    text = texts["nahar-2"]
    units = len(text[: text.index("طالبـــان")].encode("utf-16-le")) // 2
    shown = [label(3, 8, "russia", text="موسكو"), label(units, units + 9, "taliban")]
    _, spans, rejects = read_codes(save("utf16.json", [task(text, *shown)]), documents)
    assert rows(spans, "text", "note") == [
        ["موسكو", "offsets counted in UTF-16 units"],
        ["طالبـــان", "offsets counted in UTF-16 units"],
    ]
    shown = [label(2, 7, "russia", text="موسكو"), label(units - 1, units + 8, "taliban")]
    _, spans, rejects = read_codes(save("characters.json", [task(text, *shown)]), documents)
    assert rows(spans, "text", "note") == [["موسكو", None], ["طالبـــان", None]]
    assert rejects.empty


def test_read_bytes_count_only_where_a_quote_says_so(documents, texts, save, rows):
    text = texts["nahar-1"]
    start = len(text[:14].encode())
    quoted, bare = label(start, start + 12, "a", text="طالبان"), label(start, start + 12, "b")
    _, spans, rejects = read_codes(save("bytes.json", [task(text, quoted, bare)]), documents)
    assert rows(spans, "start_char", "value", "note") == [
        [14, "a", "offsets counted in UTF-8 bytes"],
    ]
    assert rows(rejects, "value", "reason") == [["b", "the span leaves the text"]]


def test_read_offsets_that_nothing_tells_are_rejected_unless_said(documents, texts, save, rows):
    place = save("a.json", [task(texts["nahar-2"], label(3, 8, "russia"), label(0, 1, "smile"))])
    _, spans, rejects = read_codes(place, documents)
    assert rows(spans, "value") == [["smile"]]  # half of the emoji in UTF-16, so it counts characters
    assert rows(rejects, "reason", "value") == [
        ["the offsets can be counted in two ways and nothing tells which; say `offsets`", "russia"]
    ]
    _, spans, rejects = read_codes(place, documents, offsets="utf16")
    assert rows(spans, "text", "note") == [["موسكو", None]]
    assert rows(rejects, "reason", "value") == [["the span begins or ends inside a character", "smile"]]


@pytest.mark.parametrize(("distance", "kept"), [(100, True), (101, False)])
def test_read_quote_near_its_offsets_is_moved_and_said(documents, save, rows, distance, kept):
    text = "ا" * distance + "طالبان"
    given = documents.assign(text=[text, *documents["text"][1:]])
    _, spans, rejects = read_codes(save("a.json", [task(text, label(0, 6, "taliban", text="طالبان"))]), given)
    moved = [[distance, distance + 6, "طالبان", "moved to where the quoted text stands"]]
    assert rows(spans, "start_char", "end_char", "text", "note") == (moved if kept else [])
    assert len(rejects) == (not kept)


def test_read_quote_that_stands_twice_nearby_is_no_place(documents, save, rows):
    text = "موسكو قالت إن موسكو تنفي"
    given = documents.assign(text=[text, *documents["text"][1:]])
    _, spans, rejects = read_codes(save("a.json", [task(text, label(1, 6, "russia", text="موسكو"))]), given)
    assert spans.empty
    assert rows(rejects, "reason") == [["the quoted text does not stand at the offsets, nor once near them"]]


@pytest.mark.parametrize(
    ("theirs", "ours", "note"),
    [
        ("كابل\nموسكو تنفي", "كابل\r\nموسكو تنفي", "the texts differ in line ends"),
        ("\ufeffكابل موسكو تنفي", "كابل موسكو تنفي", "the texts differ in line ends"),
        ("كابل آمنة موسكو تنفي", "كابل ا\u0653منة موسكو تنفي", "the texts differ in normal form"),
        ("كابل موسكو تنفي", "  كابل \u00a0\n موسكو تنفي\n", "the texts differ in spaces"),
    ],
)
def test_read_copy_of_the_text_that_the_tool_changed_is_laid_on_ours(documents, save, rows, theirs, ours, note):
    given = documents.assign(text=[ours, *documents["text"][1:]])
    at = theirs.index("موسكو")
    shown = task(theirs, label(at, at + 5, "russia", text="موسكو"), choice("position", "1"))
    codes, spans, rejects = read_codes(save("a.json", [shown]), given)
    assert rows(codes, "unit_id", "value") == [["nahar-1", "1"]]
    assert rows(spans, "start_char", "text", "note") == [[ours.index("موسكو"), "موسكو", note]]
    assert rejects.empty


def test_read_document_by_its_id_and_never_by_a_number_of_the_tool(documents, texts, save, rows):
    given = documents.assign(doc_id=["7", "8", "9"])
    place = save("a.json", [task(texts["sabah-1"], choice("position", "1"))])  # task 7
    codes, _, _ = read_codes(place, given)
    assert rows(codes, "unit_id") == [["9"]]
    place = save("b.json", [task(texts["sabah-1"], choice("position", "1"), doc_id="7")])
    codes, _, rejects = read_codes(place, given)
    assert codes.empty
    assert rows(rejects, "reason") == [["the text is not that of the document of this id"]]


def test_read_text_of_two_documents_needs_an_id(documents, texts, save, rows):
    given = documents.assign(text=[texts["nahar-1"]] * 2 + [texts["sabah-1"]])
    shown = task(texts["nahar-1"], choice("position", "1"))
    codes, _, rejects = read_codes(save("a.json", [shown]), given)
    assert codes.empty
    assert rows(rejects, "reason") == [["several documents have this text and no id tells which"]]
    codes, _, _ = read_codes(save("a.json", [shown | {"data": shown["data"] | {"doc_id": "nahar-2"}}]), given)
    assert rows(codes, "unit_id") == [["nahar-2"]]
    codes, _, _ = read_codes(save("a.json", [shown]), given.assign(doc_id=["6", "7", "8"]))
    assert rows(codes, "unit_id") == [["7"]]  # the number of the task tells between the two


def test_read_unknown_text_is_rejected_code_by_code(documents, save, rows):
    place = save("a.json", [task("نص غريب", choice("position", "1"), label(0, 2, "x"))])
    _, _, rejects = read_codes(place, documents)
    assert rows(rejects, "reason") == [["no document has this id or this text"]] * 2


def test_read_names_say_which_document_a_name_is(documents, texts, save, rows):
    place = save("a.json", [task(texts["nahar-1"], choice("position", "1"), doc_id="old-1")])
    codes, _, _ = read_codes(place, documents, names={"old-1": "nahar-1"})
    assert rows(codes, "unit_id") == [["nahar-1"]]


def test_read_coded_twice_by_one_coder(documents, texts, save, rows):
    given = task(texts["nahar-1"], choice("position", "1"), choice("frame", "war"), label(5, 10, "a"))
    given["annotations"].append(
        {"completed_by": 1, "result": [choice("position", "1"), choice("frame", "peace"), label(5, 10, "a")]}
    )
    codes, spans, rejects = read_codes(save("a.json", [given]), documents)
    assert rows(codes, "variable", "value") == [["position", "1"]]
    assert len(spans) == 1
    assert rows(rejects, "variable", "value", "reason") == [
        ["position", "1", "coded twice by one coder with the same code; the first is kept"],
        ["frame", "war", "coded twice by one coder with different codes"],
        ["frame", "peace", "coded twice by one coder with different codes"],
        ["actor", "a", "coded twice by one coder with the same code; the first is kept"],
    ]


def test_read_order_of_tasks_changes_no_table(documents, texts, save, rows):
    tasks = [
        task(text, choice("position", str(n)), label(0, 4, "x"), doc_id=doc)
        for n, (doc, text) in enumerate(texts.items())
    ]
    one, other = (read_codes(save(f"{n}.json", given), documents) for n, given in enumerate((tasks, tasks[::-1])))
    assert one[0].equals(other[0])
    assert one[1].equals(other[1])


def test_read_minimal_export(documents, texts, save, rows):
    shown = {
        "text": texts["nahar-1"], "doc_id": "nahar-1", "source": "nahar", "id": 5, "annotator": 2, "annotation_id": 9,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "lead_time": 3.5,
        "position": "-1", "frames": {"choices": ["war", "peace"]}, "certainty": [{"rating": 3}],
        "actor": [{"start": 5, "end": 10, "text": "موسكو", "labels": ["russia"]}],
    }  # fmt: skip
    codes, spans, rejects = read_codes(save("min.json", [shown]), documents)
    assert rows(codes) == [
        ["nahar-1", "2", "certainty", "3"],
        ["nahar-1", "2", "frames", "war;peace"],
        ["nahar-1", "2", "position", "-1"],
    ]
    assert rows(spans, "start_char", "coder", "variable", "value") == [[5, "2", "actor", "russia"]]
    assert rejects.empty


def test_read_lines_and_single_objects(documents, texts, save, rows):
    shown = task(texts["nahar-1"], choice("position", "1"))
    for place in (save("one.json", shown), save("lines.jsonl", [shown], lines=True)):
        assert rows(read_codes(place, documents)[0], "value") == [["1"]]


def test_read_damaged_records_are_rejects_and_the_rest_is_kept(documents, texts, save, rows):
    good = json.dumps(task(texts["nahar-1"], choice("position", "1")), ensure_ascii=False)
    lines = [good, good[:40], '"text"', good.replace('"id": 7', '"id": 7, "id": 8'), good.replace("الحل", "\\ud83d")]
    codes, _, rejects = read_codes(save("a.jsonl", "\n".join(lines)), documents, format="label-studio")
    assert rows(codes, "value") == [["1"]]
    assert rows(rejects, "record", "reason") == [
        ["line 2", "the line is not JSON"],
        ["line 3", "the record is no JSON object"],
        ["line 4", "the record names a key twice"],
        ["line 5", "the record holds half of a surrogate pair, which is no character"],
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "'{0}' is empty. Export it again."),
        (" \n ", "'{0}' is empty. Export it again."),
        ('[{"id": 1,', "'{0}' is not whole JSON: Expecting property name enclosed in double quotes, line 1, column 11. "
         "Export it again."),
        ("[" * 200_000, "'{0}' is JSON that cannot be read: it is nested too deep. Export it again."),
        ('[{"a": "ab\udcff"}]', "'{0}' holds a byte that is not valid in utf-8, at byte 10. Export it again as UTF-8."),
    ],
)  # fmt: skip
def test_read_broken_file_names_the_place(documents, save, content, message):
    place = save("a.json", content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError) as error:
        read_codes(place, documents, format="label-studio")
    assert str(error.value) == message.format(place)
