import csv
import hashlib
import json
import re

import pandas as pd
import pytest
import yaml

from discourse import tables
from discourse.errors import ResourceError, SchemaError
from discourse.sources import seeds
from discourse.sources.seeds import load_reading, load_seed, seed_path

FRAMES = {
    "arming", "counterterrorism", "designation", "diplomacy", "drugs", "economy",
    "history", "humanitarian", "recognition", "regional_security", "rights", "rivalry",
}  # fmt: skip


def spans_of(node):
    if isinstance(node, dict):
        if {"text", "start", "end"} <= set(node):
            yield node
        for value in node.values():
            yield from spans_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans_of(value)


@pytest.fixture(scope="module")
def reading():
    return load_reading()


@pytest.fixture(scope="module")
def text():
    return load_seed("article").loc[0, "text"]


# The seeds as tables


@pytest.mark.parametrize(("name", "table"), [("article", "DOCUMENTS"), ("reports", "DOCUMENTS"), ("events", "EVENTS")])
def test_load_seed_gives_a_checked_sorted_table(name, table):
    loaded = load_seed(name)
    tables.check(loaded, table)
    pd.testing.assert_frame_equal(loaded, tables.conform(loaded, table))


def test_load_seed_unknown_name_lists_the_three():
    with pytest.raises(SchemaError) as caught:
        load_seed("report")
    assert str(caught.value) == "`name` is 'report'; it must be one of 'article', 'events', 'reports'."


def test_load_seed_article_is_the_file_byte_for_byte():
    article = load_seed("article")
    assert article.loc[0, "text"].encode("utf-8") == seed_path("article").read_bytes()
    assert article.loc[0, "date"] == pd.Timestamp(2015, 12, 23)
    assert article.loc[0, ["doc_id", "date_precision", "source", "agency", "country"]].tolist() == [
        "article", "day", "الإمارات 7", "afp", "AE",
    ]  # fmt: skip
    assert article.loc[0, "title"] == "موسكو: نتعاون مع طالبان ضد داعش في أفغانستان"


def test_load_seed_reports_equal_a_plain_recount():
    with seed_path("reports").open(encoding="utf-8") as lines:
        records = {record["report_id"]: record for record in map(json.loads, lines)}
    reports = load_seed("reports").set_index("doc_id")
    assert set(reports.index) == set(records)
    for name, record in records.items():
        row = reports.loc[name]
        year, month, day = (record["date"].split("-") + ["01", "01"])[:3]
        assert row["date"] == pd.Timestamp(int(year), int(month), int(day))
        assert len(record["date"]) == {"day": 10, "month": 7, "year": 4}[row["date_precision"]]
        assert row["text"] == record["text"]
        assert row["frames"].split(";") == record["frames"]
        assert json.loads(row["speakers"]) == record["speakers"]
        if record["position_code"] is None:
            assert pd.isna(row["position"])
            assert pd.isna(row["position_voice"])
        else:
            assert row["position"] == record["position_code"]
            assert row["position_voice"] == record["position_voice"]
        assert row["has_russian_position"] == pd.notna(row["position"])


def test_load_seed_reports_use_the_codes_of_the_codebook():
    reports = load_seed("reports")
    assert set(reports["frames"].str.split(";").explode()) == FRAMES
    assert set(reports["main_frame"]) == FRAMES
    assert all(main in frames.split(";") for main, frames in zip(reports["main_frame"], reports["frames"], strict=True))
    assert set(reports["position"].dropna()) == {-2, -1, 0, 1, 2}
    sides = {speaker["side"] for speakers in reports["speakers"] for speaker in json.loads(speakers)}
    assert sides == {"russia", "taliban", "us", "afghan_gov", "other"}


def test_load_seed_events_equal_a_plain_recount():
    with seed_path("events").open(encoding="utf-8", newline="") as lines:
        records = {(record["date"], record["event_en"]): record for record in csv.DictReader(lines)}
    events = load_seed("events")
    assert len(events) == len(records) == 155
    written = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    for row in events.itertuples():
        record = records[(row.date.strftime(written[row.date_precision]), row.event)]
        assert record["position_code"] == ("" if pd.isna(row.position) else str(int(row.position)))
        assert record["frames"] == ("" if pd.isna(row.frames) else row.frames)
        assert (record["source_url"], record["event_ar"], record["actor"]) == (row.source_url, row.event_ar, row.actor)


def test_load_seed_texts_hold_no_bidi_controls():
    bidi = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    for table in (load_seed("article"), load_seed("reports")):
        assert not table["text"].str.contains(bidi).any()


# Where the seeds are found


def test_seed_path_in_neither_place_names_the_next_action(tmp_path, monkeypatch):
    monkeypatch.setattr(seeds, "_FOLDERS", (tmp_path / "inside", tmp_path / "beside"))
    with pytest.raises(ResourceError) as caught:
        load_seed("events")
    assert str(caught.value) == (
        "`name` is 'events', and the seeds hold no file 'events/events.csv'. "
        "Install the package again: pip install arabic-discourse."
    )


def test_seed_path_prefers_the_installed_seeds(tmp_path, monkeypatch):
    for folder in ("inside", "beside"):
        (tmp_path / folder / "events").mkdir(parents=True)
        (tmp_path / folder / "events" / "events.csv").touch()
    monkeypatch.setattr(seeds, "_FOLDERS", (tmp_path / "inside", tmp_path / "beside"))
    assert seed_path("events") == tmp_path / "inside" / "events" / "events.csv"


# Cards


@pytest.mark.parametrize("name", ["article", "reports", "events", "export"])
def test_card_digests_are_current_and_cover_every_file(name):
    folder = seed_path(f"{name}/CARD.md").parent
    table = re.findall(r"^\| ([\w.]+) \| `([0-9a-f]{64})` \|$", (folder / "CARD.md").read_text("utf-8"), re.M)
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    del found["CARD.md"]
    assert dict(table) == found


def test_card_of_reports_counts_are_current():
    card = seed_path("reports/CARD.md").read_text("utf-8")
    reports = load_seed("reports")
    assert f"{len(reports)} digests" in card
    assert f"{reports['source'].nunique()} outlets of {reports['country'].nunique()} countries" in card
    assert f"({reports['text'].str.split().str.len().sum():,} words)" in card
    basis = reports["date_basis"].value_counts()
    assert f"Stated for {basis['stated']}, taken from the address for {basis['address']}" in card
    voices = reports["position_voice"].value_counts()
    assert f"{voices['russia']} of them in Russia's own voice and {voices['third_party']} by a third party" in card


def test_card_of_events_counts_are_current():
    card = seed_path("events/CARD.md").read_text("utf-8")
    events = load_seed("events")
    precision = events["date_precision"].value_counts()
    assert f"the day {precision['day']}, to the month {precision['month']}, to the year {precision['year']}" in card
    assert f"{events['position'].notna().sum()} with a position code" in card


# The reading of the article


def test_reading_every_quoted_string_stands_at_its_offsets(reading, text):
    spans = list(spans_of(reading))
    assert len(spans) > 100
    wrong = [span for span in spans if text[span["start"] : span["end"]] != span["text"]]
    assert wrong == []


def test_reading_parts_cover_the_article_but_for_line_breaks(reading, text):
    rest, last = [], 0
    for part in sorted((part["span"] for part in reading["parts"]), key=lambda span: span["start"]):
        assert part["start"] >= last
        rest.append(text[last : part["start"]])
        last = part["end"]
    rest.append(text[last:])
    assert set("".join(rest)) == {"\n"}


def test_reading_sentences_are_the_headline_and_body(reading, text):
    parts = [part["span"] for part in reading["parts"] if part["kind"] in ("headline", "body")]
    joined = " ".join(sentence["span"]["text"] for sentence in reading["sentences"])
    assert joined == " ".join(part["text"] for part in parts)


def test_reading_everything_lies_in_its_sentence(reading):
    sentences = {sentence["id"]: sentence["span"] for sentence in reading["sentences"]}
    for item in [*reading["reported_speech"], *reading["positions"]]:
        outer = sentences[item["sentence"]]
        for span in spans_of(item):
            assert outer["start"] <= span["start"] < span["end"] <= outer["end"], item


def test_reading_nested_speech_lies_in_the_content_of_its_outer(reading):
    speech = {item["id"]: item for item in reading["reported_speech"]}
    nested = [item for item in speech.values() if item["nested_in"]]
    assert len(nested) == 2
    for item in nested:
        outer = speech[item["nested_in"]]["content"]
        assert outer["start"] <= item["cue"]["start"] and item["content"]["end"] <= outer["end"]


def test_reading_uses_closed_choices_only(reading):
    assert {item["kind"] for item in reading["reported_speech"]} <= {"direct", "indirect", "mixed"}
    assert {item["certainty"] for item in [*reading["reported_speech"], *reading["positions"]]} == {"clear", "inferred"}
    assert {item["polarity"] for item in reading["positions"]} == {-1, 1}
    assert {frame["name"] for frame in reading["frames"]["present"] + reading["frames"]["left_out"]} <= FRAMES
    assert reading["frames"]["main"] in {frame["name"] for frame in reading["frames"]["present"]}


def test_reading_names_every_place_of_taliban_in_headline_and_body(reading, text):
    body_end = max(part["span"]["end"] for part in reading["parts"] if part["kind"] == "body")
    mentions = [mention["span"] for actor in reading["actors"] for mention in actor["mentions"]]
    for name in ("طالبان", "داعش", "كابولوف", "روسيا"):
        for found in re.finditer(name, text[:body_end]):
            assert any(span["start"] <= found.start() and found.end() <= span["end"] for span in mentions), found


def test_reading_date_falls_on_the_weekday_that_the_text_names(reading):
    assert reading["date"]["value"].strftime("%A") == "Wednesday"
    assert pd.Timestamp(reading["date"]["value"]) == load_seed("article").loc[0, "date"]
    assert "الأربعاء" in reading["date"]["expressions"][0]["as_written"]["text"]


def test_reading_file_is_loaded_safely_and_holds_no_tags():
    assert yaml.safe_load(seed_path("article/reading.yml").read_text("utf-8")) == load_reading()
    assert "!!" not in seed_path("article/reading.yml").read_text("utf-8")
