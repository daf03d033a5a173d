"""Exports of doccano: classification, sequence labelling, both at once, comments, one file a user."""

import json

from discourse.exchange.codes.reading import read_codes


def test_read_classification_by_each_of_its_names(documents, texts, save, rows):
    for name in ("label", "labels", "cats"):
        shown = {"id": 3, "text": texts["nahar-1"], name: ["war", "peace"], "Comments": ["شك", "نعم"]}
        codes, spans, rejects = read_codes(save("all.jsonl", [shown], lines=True), documents, coder="A")
        assert rows(codes) == [["nahar-1", "A", "comment", "شك\nنعم"], ["nahar-1", "A", "label", "war;peace"]]
        assert spans.empty and rejects.empty


def test_read_sequence_labelling_as_lists_and_as_objects(documents, texts, save, rows):
    lists = {"id": 3, "text": texts["nahar-1"], "label": [[5, 10, "russia"], [14, 20, "taliban"]], "Comments": []}
    entities = [
        {"id": 1, "label": "russia", "start_offset": 5, "end_offset": 10},
        {"id": 2, "label": "taliban", "start_offset": 14, "end_offset": 20},
    ]
    objects = {
        "id": 3, "text": texts["nahar-1"], "entities": entities, "relations": [{"id": 1, "from_id": 1, "to_id": 2}],
        "Comments": [{"id": 8, "comment": "شك"}],
    }  # fmt: skip
    _, one, rejects = read_codes(save("a.jsonl", [lists], lines=True), documents)
    assert rejects.empty
    codes, other, rejects = read_codes(save("b.jsonl", [objects], lines=True), documents)
    assert one.equals(other)
    assert rows(one, "start_char", "end_char", "coder", "variable", "value", "text") == [
        [5, 10, "coder", "label", "russia", "موسكو"],
        [14, 20, "coder", "label", "taliban", "طالبان"],
    ]
    assert rows(codes) == [["nahar-1", "coder", "comment", "شك"]]
    assert rows(rejects, "reason") == [["a relation is no code"]]


def test_read_intents_and_slots_together(documents, texts, save, rows):
    shown = {"text": texts["nahar-1"], "entities": [[5, 10, "russia"]], "cats": ["war"]}
    codes, spans, _ = read_codes(save("a.jsonl", [shown], lines=True), documents)
    assert rows(codes, "value") == [["war"]]
    assert rows(spans, "value") == [["russia"]]


def test_read_archive_names_the_coder_by_the_file(documents, texts, save, rows):
    def line(label):
        return json.dumps({"id": 3, "text": texts["nahar-1"], "label": [label]}, ensure_ascii=False)

    place = save("export.zip", {"rima.jsonl": line("war"), "lina.jsonl": line("peace"), "sami.jsonl": ""})
    codes, _, rejects = read_codes(place, documents)
    assert rows(codes, "coder", "value") == [["lina", "peace"], ["rima", "war"]]
    assert rejects.empty
    codes, _, _ = read_codes(save("whole.zip", {"all.jsonl": line("war")}), documents, coder="A")
    assert rows(codes, "coder") == [["A"]]


def test_read_offsets_behind_an_emoji_need_to_be_told(documents, texts, save, rows):
    place = save("a.jsonl", [{"text": texts["nahar-2"], "label": [[3, 8, "russia"]]}], lines=True)
    _, spans, rejects = read_codes(place, documents)
    assert spans.empty
    assert rows(rejects, "reason") == [
        ["the offsets can be counted in two ways and nothing tells which; say `offsets`"]
    ]
    assert rows(read_codes(place, documents, offsets="utf16")[1], "text") == [["موسكو"]]
    assert rows(read_codes(place, documents, offsets="characters")[1], "text") == [["وسكو "]]


def test_read_one_wrong_record_is_one_reject(documents, texts, save, rows):
    shown = [
        {"text": texts["nahar-1"], "label": [[5, 10, "a"], [5, 99, "b"], [1, 2], [0, 4, 7], [0, None, "c"]]},
        {"text": 7, "label": ["a"]},
        {"text": texts["sabah-1"], "label": [3, "d"]},
        {"text": texts["sabah-1"], "label": {"a": 1}},
    ]
    codes, spans, rejects = read_codes(save("a.jsonl", shown, lines=True), documents, format="doccano")
    assert rows(spans, "value") == [["a"]]
    assert rows(codes, "value") == [["d"]]
    assert rows(rejects, "record", "reason", "value") == [
        ["line 1, span 3", "the span is no start, end and label", None],
        ["line 1, span 4", "a label is no text", "7"],
        ["line 2", "the record has no text", None],
        ["line 3", "a label is no text", "3"],
        ["line 4", "the labels are no list", None],
        ["line 1, span 2", "the span leaves the text", "b"],
        ["line 1, span 5", "an offset is no whole number", "c"],
    ]
