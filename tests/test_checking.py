"""The verb check: what it takes a file for, what it finds, and by which line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from discourse.checking import check_file, detect_kind
from discourse.cli import main
from discourse.errors import SchemaError, SourceError
from discourse.lexicons.loader import load_lexicon

SENTENCE = "التقى كابولوف وفدا من طالبان في موسكو"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(path: Path, **options: str) -> list[tuple[str, str]]:
    _, findings, _ = check_file(path, **options)
    return list(zip(findings["record"], findings["reason"], strict=True))


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.yml", "name: a", "lexicon"),
        ("a.csv", "unit_id,coder,variable,value\n", "codes"),
        ("a.csv", "date,event\n2015-12-23,x\n", "events"),
        ("a.csv", "date,event,text\n2015-12-23,x,y\n", "corpus"),
        ("a.csv", "doc_id,text\n", "corpus"),
        ("a.csv", "", "corpus"),
        ("a.jsonl", "{}", "corpus"),
    ],
)
def test_detect_kind_goes_by_ending_and_header(tmp_path, name, text, kind):
    assert detect_kind(write(tmp_path, name, text)) == kind


def test_check_file_corpus_finds_rejects_and_notes_what_one_should_know(tmp_path):
    path = write(
        tmp_path,
        "a.csv",
        f"doc_id,text,date\na,{SENTENCE},2015-12-23\nb,{SENTENCE},\nc,,2015\nd,Kabul <br> and Moscow,32/13/2015\n"
        f"e,Kabul <br> and Moscow,2016\nf,Ø§Ù„Ø±ÙˆØ³,2016\n",
    )
    kind, findings, notes = check_file(path)
    assert kind == "corpus"
    assert check_file("seed:events")[0] == "events"
    assert list(zip(findings["record"], findings["reason"], strict=True)) == [
        ("line 4", "the text is empty"),
        ("line 5, date '32/13/2015'", "the date has a month that the calendar does not know"),
    ]
    assert notes == [
        "4 documents from 2015-12-23 to 2016-01-01.",
        "1 document without a date: it falls in no period.",
        "2 documents in which most letters are not Arabic.",
        "1 document with exactly the text of an earlier one; `discourse duplicates` finds near copies too.",
        "1 document in which Arabic looks wrongly decoded (Ø§Ù„).",
        "1 document with HTML tags in the text.",
    ]


def test_check_file_corpus_that_cannot_be_read_is_one_finding(tmp_path):
    path = write(tmp_path, "a.csv", "doc_id,body\n")
    findings = found(path)
    assert len(findings) == 1
    assert findings[0][0] == "whole file"
    assert "has no column 'text'" in findings[0][1]
    assert found(write(tmp_path, "b.csv", "doc_id,text\n")) == [("whole file", "it holds no record")]


def test_check_file_lexicon_names_entry_and_line(tmp_path):
    path = write(tmp_path, "own.yml", "name: own\ncategories:\n  a:\n    entries:\n      - طالبان\n      - طالبان\n")
    assert found(path) == [("line 6", "'طالبان': repeats line 5 ('طالبان')")]
    assert found(write(tmp_path, "broken.yml", "name: [own\n"))[0][0] == "whole file"
    good = write(tmp_path, "good.yml", "name: own\ncategories:\n  a:\n    entries: [طالبان, موسكو]\n")
    assert check_file(good)[2] == ["2 entries in 1 category."]


def test_check_file_codes_finds_values_outside_the_codebook_and_repeats(tmp_path):
    path = write(
        tmp_path,
        "codes.csv",
        "unit_id,coder,variable,value\nu1,A,position,3\nu1,A,position,1\n,B,position,1\nu1,B,frames,drugs;weather\n"
        "u1,B,main_frame,history\nu1,B,position_voice,moscow\nu2,B\n",
    )
    frames = (
        "arming, counterterrorism, designation, diplomacy, drugs, economy, history, humanitarian, recognition, "
        "regional_security, rights, rivalry"
    )
    voices = ", ".join(sorted([*load_lexicon("actors").categories, "third_party"]))
    assert found(path) == [
        ("line 2", "position is '3'; allowed are -1, -2, 0, 1, 2"),
        ("line 3", "unit_id + coder + variable 'u1 + A + position' was given at line 2"),
        ("line 4", "unit_id is empty"),
        ("line 5", f"frames holds 'weather'; allowed are {frames}"),
        ("line 7", f"position_voice is 'moscow'; allowed are {voices}"),
        ("line 8, 2 fields of 4", "the record has not as many fields as the header"),
    ]


def test_check_file_events_finds_dates_positions_and_addresses(tmp_path):
    path = write(
        tmp_path,
        "events.csv",
        "date,date_precision,event,actor,act_type,position,frames,source_url\n"
        "2015-12-23,day,لقاء,Russia,talks,1,diplomacy,https://example.org/a\n"
        "2015-13-23,day,لقاء,Russia,talks,,,https://example.org/a\n"
        ",week,,Russia,talks,5,weather,example.org\n",
    )
    problems = found(path)
    assert problems[0] == (
        "line 3, date '2015-13-23'",
        "the date has a month that the calendar does not know",
    )
    assert {record for record, _ in problems[1:]} == {"line 4"}
    starts = ("the date is empty", "event is empty", "position is '5'", "date_precision is 'week'", "source_url is")
    for start in (*starts, "frames holds 'weather'"):
        assert any(reason.startswith(start) for _, reason in problems), start


def test_check_file_kind_can_be_said_and_is_held_to_the_choices(tmp_path):
    path = write(tmp_path, "a.csv", "unit_id,coder,variable,value\n")
    assert "has no column 'text'" in found(path, kind="corpus")[0][1]
    with pytest.raises(SchemaError) as caught:
        check_file(path, kind="essay")
    assert str(caught.value) == "`kind` is 'essay'; it must be one of 'codes', 'corpus', 'events', 'lexicon'."
    with pytest.raises(SourceError) as missing:
        check_file(tmp_path / "none.csv")
    assert str(missing.value) == f"{str(tmp_path / 'none.csv')!r} does not exist. Check the path."


@pytest.mark.parametrize(
    ("name", "kind"),
    [("article/article.txt", "corpus"), ("reports/reports.jsonl", "corpus"), ("events/events.csv", "events")],
)
def test_check_seeds_are_free_of_findings(name, kind):
    path = Path(__file__).resolve().parents[1] / "seeds" / name
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 0
    *_, closing, proposed = result.output.splitlines()
    assert closing == f"Checked {path} as {kind}: nothing wrong."
    assert proposed.startswith("Next: discourse ")


def test_check_command_exits_1_with_every_finding_by_line(tmp_path):
    path = write(tmp_path, "a.csv", f"doc_id,text,date\na,{SENTENCE},2015\na,{SENTENCE},2015\n")
    out = tmp_path / "findings.csv"
    result = CliRunner().invoke(main, ["check", str(path), "--out", str(out)])
    assert result.exit_code == 1
    assert result.output == (
        "a.csv: 2 records, 3 columns\n"
        "  doc_id  doc_id  by its name; 2 filled, 1 different, such as a\n"
        f"  text    text    by its name; 2 filled, 1 different, such as {SENTENCE}\n"
        "  date    date    by its name; 2 filled, 1 different, such as 2015\n"
        f"{path}, line 3, doc_id 'a' as at line 2: the doc_id was given before\n"
        f"note: 1 document from 2015-01-01 to 2015-01-01.\n"
        "note: No column is known to hold the outlet.\n"
        "By reason:\n"
        "       1  the doc_id was given before; first: line 3, doc_id 'a' as at line 2 -> --column doc_id=NAME: "
        "another column names each record; if the records are the same one, nothing is lost\n"
        f"Checked {path} as corpus: 1 finding. Wrote {out}.\n"
        f"Next: discourse read {path} --out a.parquet --rejects a-rejects.csv\n"
    )
    assert out.read_text(encoding="utf-8").count("\n") == 2
