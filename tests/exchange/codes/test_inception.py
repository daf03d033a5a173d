"""Exports of INCEpTION as UIMA CAS JSON: layers, features, several values, document metadata, an archive."""

import json

import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes

FRAMES = "webanno.custom.Frames"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def cas(text, *structures, title="nahar-2.txt", owner="rima"):
    sofa = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text",
        "sofaString": text,
    }
    about = {
        "%ID": 2,
        "%TYPE": METADATA,
        "@sofa": 1,
        "begin": 0,
        "end": len(text),
        "documentTitle": title,
        "documentId": owner,
    }
    given = [{"%ID": number, **one} for number, one in enumerate(structures, start=10)]
    return {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [sofa, about, *given],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}},
    }


def span(begin, end, kind=FRAMES, **features):
    return {"%TYPE": kind, "@sofa": 1, "begin": begin, "end": end, **features}


def test_read_layers_and_features(documents, texts, save, rows):
    shown = cas(
        texts["nahar-2"],
        span(0, 8, "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"),
        span(3, 8, actor="russia", certain=True, weight=2, comment="شك"),
        span(3, 8, "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", value="GPE"),
        span(14, 19, "webanno.custom.Plain"),
    )
    codes, spans, rejects = read_codes(save("export.json", shown), documents)
    assert codes.empty and rejects.empty
    assert rows(spans) == [
        ["nahar-2", 2, 7, "rima", "Frames.actor", "russia", "شك", "موسكو", None],
        ["nahar-2", 2, 7, "rima", "Frames.certain", "true", "شك", "موسكو", None],
        ["nahar-2", 2, 7, "rima", "Frames.weight", "2", "شك", "موسكو", None],
        ["nahar-2", 2, 7, "rima", "NamedEntity.value", "GPE", None, "موسكو", None],
        ["nahar-2", 13, 18, "rima", "layer", "Plain", None, "تسليح", None],
    ]


def test_read_features_of_several_values(documents, texts, save, rows):
    shown = cas(
        texts["nahar-2"],
        {"%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["war", "peace"]},
        {**span(3, 8), "@kinds": 10},
    )
    _, spans, _ = read_codes(save("export.json", shown), documents)
    assert rows(spans, "variable", "value") == [["Frames.kinds", "peace"], ["Frames.kinds", "war"]]


def test_read_document_metadata_is_a_code_of_the_document(documents, texts, save, rows):
    about = {"%TYPE": "webanno.custom.Stance", "@sofa": 1, "position": "-1", "comment": "شك"}
    codes, spans, rejects = read_codes(save("export.json", cas(texts["nahar-2"], about)), documents)
    assert rows(codes) == [["nahar-2", "rima", "Stance.position", "-1"], ["nahar-2", "rima", "comment", "شك"]]
    assert spans.empty and rejects.empty


def test_read_structures_by_their_numbers(documents, texts, save, rows):
    shown = cas(texts["nahar-2"], span(3, 8, actor="russia"))
    by_number = {str(one.pop("%ID")): one for one in shown["%FEATURE_STRUCTURES"]}
    _, spans, _ = read_codes(save("export.json", shown | {"%FEATURE_STRUCTURES": by_number}), documents)
    assert rows(spans, "text") == [["موسكو"]]


def test_read_one_wrong_offset_is_one_reject(documents, texts, save, rows):
    shown = cas(
        texts["nahar-2"],
        span(3, 8, actor="russia"),
        span(1, 8, actor="half"),
        span(3, 999, actor="far"),
        span(3, 3, actor="none"),
        {"%TYPE": FRAMES, "@sofa": 1, "begin": 3, "actor": "open"},
        {"%TYPE": "webanno.custom.Relation", "@sofa": 1, "begin": 3, "end": 8, "@Dependent": 10, "@Governor": 11},
    )
    _, spans, rejects = read_codes(save("export.json", shown), documents)
    assert rows(spans, "value") == [["russia"]]
    assert rows(rejects, "record", "reason") == [
        ["annotation 15", "a relation is no code"],
        ["annotation 11", "the span begins or ends inside a character"],
        ["annotation 12", "the span leaves the text"],
        ["annotation 13", "the span is empty"],
        ["annotation 14", "an offset is no whole number"],
    ]


def test_read_archive_of_a_project_has_a_file_for_each_user(documents, texts, save, rows):
    one, other = (json.dumps(cas(texts["nahar-2"], span(3, 8, actor=value))) for value in ("russia", "state"))
    place = save(
        "project.zip",
        {
            "annotation/nahar-2.txt/rima.json": one,
            "annotation/nahar-2.txt/lina.json": other,
            "curation/nahar-2.txt/CURATION_USER.json": one,
            "annotation/nahar-2.txt/broken.json": "{}",
            "exportedproject.json": "{}",
        },
    )
    _, spans, rejects = read_codes(place, documents, coders={"CURATION_USER": "gold"})
    assert rows(spans, "coder", "value") == [["gold", "russia"], ["lina", "state"], ["rima", "russia"]]
    assert rows(rejects, "record", "reason") == [
        ["annotation/nahar-2.txt/broken.json", "the file is neither CAS JSON nor WebAnno TSV"],
        ["exportedproject.json", "the file is neither CAS JSON nor WebAnno TSV"],
    ]


def test_read_file_without_a_text_is_rejected(documents, save, rows):
    shown = {"%FEATURE_STRUCTURES": [span(3, 8, actor="russia")]}
    _, _, rejects = read_codes(save("export.json", shown), documents)
    assert rows(rejects, "reason") == [["the file holds no text"]]


def test_read_other_json_says_what_it_is_not(documents, save):
    place = save("export.json", {"a": 1})
    with pytest.raises(SourceError) as error:
        read_codes(place, documents, format="inception")
    assert str(error.value) == (
        f"'{place}' is no CAS of INCEpTION: it has no list of feature structures. Export it again."
    )


def test_read_structure_of_another_type_is_a_reject_and_the_rest_is_kept(documents, texts, save, rows):
    shown = cas(texts["nahar-2"], span(3, 8, frame="war"))
    shown["%FEATURE_STRUCTURES"].append(7)
    _, spans, rejects = read_codes(save("a.json", shown), documents)
    assert rows(spans, "value", "text") == [["war", "موسكو"]]
    assert rows(rejects, "record", "reason", "value") == [
        ["structure 4", "a part of the record is not as the tool writes it", "7"]
    ]
