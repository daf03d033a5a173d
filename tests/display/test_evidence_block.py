"""The data of the evidence page, as Python packs it."""

import base64
import gzip
import json
import re
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from discourse.display.evidence.chapters import PAGE_TABLES, compose_evidence
from discourse.display.evidence.packing import codes_of, column, pack, plain
from discourse.display.evidence.page import EVIDENCE_TABLES, evidence_block, evidence_words
from discourse.errors import SchemaError
from discourse.steps.making import make_tables
from discourse.study import load_study

TEXTS = [
    "قال المبعوث الروسي إن موسكو تجري حوارا مع حركة طالبان. ولم يحدث شيء آخر.",
    "نفت روسيا تسليح طالبان وقالت إن الاتهامات الأمريكية باطلة. رفضت موسكو دعم طالبان.",
    "أعلنت وزارة الزراعة خطة جديدة.",
]
PART = re.compile(r'<script type="(?:application/json|text/plain)" data-part="([^"]+)">([^<]*)</script>')


@pytest.fixture(scope="module")
def made():
    documents = pd.DataFrame(
        {
            "doc_id": ["b", "a", "c"],
            "text": TEXTS,
            "title": ["موسكو تحاور طالبان", None, "خبر"],
            "source": ["x", None, "y"],
            "date": pd.to_datetime(["2017-05-02", "2018-01-01", None]),
            "date_precision": ["day", "year", None],
        }
    )
    study = load_study("russia-taliban", n_draws=20, period="year")
    return make_tables(documents, PAGE_TABLES, study=study), study


def parts(block):
    """Return the parts of a page, opened."""
    found = {}
    for name, said in PART.findall(block.markup):
        packed = not said.startswith("{")
        found[name] = json.loads(gzip.decompress(base64.b64decode(said)) if packed else said)
    return found


def test_block_holds_each_document_with_date_period_and_outlet(made):
    core = parts(evidence_block(*made))["core"]
    assert core["periods"] == ["2017-01-01", "2018-01-01"]
    assert core["documents"]["period"] == [1, 0, -1]
    days = [(pd.Timestamp(day) - pd.Timestamp("1970-01-01")).days for day in ("2018-01-01", "2017-05-02")]
    assert core["documents"]["date"] == [*days, None]
    assert core["documents"]["precision"] == [2, 0, 0]
    assert (core["sources"], core["documents"]["source"]) == (["x", "y"], [-1, 0, 1])
    assert "unit" not in core["documents"]


def test_block_counts_are_those_of_the_tables(made):
    tables, _ = made
    core = parts(evidence_block(*made))["core"]
    ids = ["a", "b", "c"]
    for part in core["counts"]:
        if part["lexicon"] == "naming":
            named = tables["named"][part["category"]]
            assert [ids[place] for place in np.cumsum(part["doc"])] == [one for one in ids if named[one]]
            continue
        rows = tables["counts"].loc[lambda table, part=part: table["category"].eq(part["category"])]
        expected = rows.astype({"doc_id": str}).set_index("doc_id")
        found = dict(zip((ids[place] for place in np.cumsum(part["doc"])), part["n"], strict=True))
        assert found == {name: n for name, n in expected["n_matches"].items() if name in found}
        assert expected.loc[~expected.index.isin(list(found)), ["n_matches", "present"]].to_numpy().sum() == 0


def test_block_places_give_the_words_that_were_found(made):
    tables, _ = made
    opened = parts(evidence_block(*made))
    (a, b) = opened["texts0"]  # c does not name the target
    assert [a["p"], b["p"]] == [[[0, TEXTS[1]]], [[0, TEXTS[0]]]]
    assert opened["head"]["chunks"] == [[0, 1]]
    matches = tables["lexicon_matches"]
    assert len(a["m"]) + len(b["m"]) == len(matches)
    for in_title, start, end, entry, *_ in b["m"]:
        row = matches.loc[matches["doc_id"].eq("b") & matches["start_char"].eq(start) & matches["end_char"].eq(end)]
        assert opened["entries"][entry][2] in set(row["pattern"].astype(str))
        assert set(row["place"].astype(str)) & {"title" if in_title else "text"}
    for sentence, start, end, *_, cues, _codes, _rules, _classes, spans in (*a["s"], *b["s"]):
        assert len(spans) == len(cues)
        assert (start, end) == (0, 0) or sentence >= 0
    title = "موسكو تحاور طالبان"
    headline = next(row for row in b["s"] if row[0] == -1)
    assert [title[slice(*span)] for span in headline[12]] == headline[8]


def test_block_sentences_leave_out_what_tells_nothing(made):
    opened = parts(evidence_block(*made, texts="sentences"))["texts0"]
    told = [text for one in opened for _, text in one["p"]]
    assert not any("شيء آخر" in text for text in told) and any("تجري حوارا" in text for text in told)
    for one, text in zip(opened, (TEXTS[1], TEXTS[0]), strict=True):
        assert all(text[start : start + len(piece)] == piece for start, piece in one["p"])
        assert one["n"] == len(text)
        held = [range(start, start + len(piece) + 1) for start, piece in one["p"]]
        spans = [row[1:3] for row in one["m"] if not row[0]] + [row[1:3] for row in one["s"] if row[0] >= 0]
        assert all(any(first in span and last in span for span in held) for first, last in spans)


def test_block_without_texts_holds_no_text_and_no_speaker(made):
    block = evidence_block(*made, texts="none")
    opened = parts(block)
    assert all(one["p"] == [] for one in opened["texts0"])
    assert all(row[9] is None for one in opened["texts0"] for row in one["q"])
    assert "--texts none" in opened["head"]["left_out"]
    assert opened["heads0"]["title"] == [None, "موسكو تحاور طالبان", "خبر"]


def test_block_of_copies_holds_units_and_weights(made):
    tables, study = made
    units = tables["units"].assign(copy_cluster=["s", "s", "t"], copy_weight=[0.5, 0.5, 1.0])
    core = parts(evidence_block({**tables, "units": units}, load_study(study, copies="weight")))["core"]
    assert core["documents"]["unit"] == [0, 0, 1]
    assert core["documents"]["weight"] == [0.5, 0.5, 1]
    core = parts(evidence_block({**tables, "units": units}, load_study(study, copies="cluster")))["core"]
    assert "weight" not in core["documents"]


def test_block_series_are_those_of_the_tables(made):
    tables, _ = made
    series = parts(evidence_block(*made))["head"]["series"]
    assert sum(len(line["period"]) for line in series) == sum(
        len(tables[name]) for name in ("position_series", "series", "naming")
    )
    line = next(one for one in series if one.get("lexicon") == "frames" and one["category"] == "arming")
    rows = tables["series"].loc[lambda table: table["category"].eq("arming") & table["measure"].eq(line["measure"])]
    assert line["estimate"] == column(rows["estimate"])


def test_block_unknown_texts_raises(made):
    with pytest.raises(SchemaError) as caught:
        evidence_block(*made, texts="some")
    assert str(caught.value) == "`texts` is 'some'; it must be one of 'all', 'none', 'sentences'."


def test_block_equal_tables_give_equal_pages(made):
    assert evidence_block(*made) == evidence_block(*made)


def test_chapters_begin_with_the_finding_and_name_no_table_beside_the_page(made):
    title, chapters = compose_evidence(*made)
    assert title == "Evidence: Russia's position toward the Taliban"
    assert [heading for heading, _ in chapters][1] == "Look behind the numbers"
    assert chapters[0][0] == ""
    flat = [block for _, blocks in chapters for block in blocks]
    assert not any(isinstance(block, tuple) and "tables/" in str(block[-1]) for block in flat)


def test_tables_of_the_block_are_tables_of_the_page():
    assert set(EVIDENCE_TABLES) < set(PAGE_TABLES)


def test_words_are_the_same_in_both_languages_and_each_is_used():
    english, arabic = evidence_words("en"), evidence_words("ar")
    marks = re.compile(r"\{\w+\}")
    assert all(sorted(marks.findall(english[name])) == sorted(marks.findall(arabic[name])) for name in english)
    home = files("discourse.display.evidence")
    code = "".join(one.read_text(encoding="utf-8") for one in home.iterdir() if one.name.endswith((".js", ".py")))
    scripts = "".join(one.read_text(encoding="utf-8") for one in home.iterdir() if one.name.endswith(".js"))
    asked = set(re.findall(r"\bsay\((?:\w+ \? )?\"(\w+)\"[,)]", scripts))
    assert len(asked) > 60 and asked <= set(english)
    prefixes = (
        "filter_",
        "kind_",
        "grade_",
        "head_",
        "what_",
        "field_",
        "side_",
        "legend_",
        "speech_",
        "left_",
        "share_",
    )
    unused = {name for name in english if not re.search(f"[\"']{name}[\"']", code) and not name.startswith(prefixes)}
    assert unused == set()


def test_scripts_are_small_hold_no_arabic_and_no_markup_from_data():
    home = files("discourse.display.evidence")
    scripts = {one.name: one.read_text(encoding="utf-8") for one in home.iterdir() if one.name.endswith(".js")}
    assert sum(len(text.splitlines()) for text in scripts.values()) < 1500
    for name, text in scripts.items():
        assert not re.search("[\u0600-\u06ff]", text), name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), name


def test_plain_part_cannot_be_left_by_what_it_holds():
    said = plain("x", ["</script><!--<script>&\u2028\u2029"])
    assert said.count("<") == 2 and "\u2028" not in said
    assert json.loads(PART.findall(said)[0][1]) == ["</script><!--<script>&\u2028\u2029"]


def test_pack_equal_content_gives_equal_bytes_and_opens():
    assert pack("x", [1, "ن"]) == pack("x", [1, "ن"])
    assert base64.b64decode(PART.findall(pack("x", [1]))[0][1])[4:10] == bytes([0, 0, 0, 0, 2, 255]), (
        "no time, no system"
    )
    assert json.loads(gzip.decompress(base64.b64decode(PART.findall(pack("x", [1, "ن"]))[0][1]))) == [1, "ن"]


def test_columns_keep_whole_numbers_whole_and_nulls_null():
    assert column(pd.Series([1.0, np.nan, 2.5])) == [1, None, 2.5]
    assert column(pd.Series(pd.to_datetime(["2015-12-23", None]))) == ["2015-12-23", None]
    assert codes_of(pd.Series(["z", None]), ["a"]) == (["a"], [-1, -1])
