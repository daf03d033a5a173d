"""Corrections read back: one word a reader and thing, what is damaged, and the shapes that programs give files."""

import numpy as np
import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError, SourceError
from discourse.validity.corrections import COLUMNS, check_corrections, read_corrections

HEAD = ",".join(COLUMNS)
DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b"], "text": ["قالت موسكو كلاما", "   نص"]})
SENTENCE = "a,sentence,0,9,russia,taliban,,trade,1,{answer},{coder},{why},{date}"
MATCH = "a,match,5,10,,,drugs,poppy,present,{answer},{coder},,{date}"


def written(tmp_path, *lines, name="one.csv", head=HEAD, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes("\r\n".join([head, *lines, ""]).encode(encoding))
    return path


def sentence(answer="-1", coder="ann", why="", date="2026-01-01T10:00:00Z"):
    return SENTENCE.format(answer=answer, coder=coder, why=why, date=date)


def test_read_corrections_types_and_columns_are_those_of_the_table(tmp_path):
    corrections, rejects = read_corrections(written(tmp_path, sentence(why="no")), DOCUMENTS)
    tables.check(corrections, "CORRECTIONS")
    assert corrections.loc[0].to_dict() == {
        "doc_id": "a", "what": "sentence", "start_char": 0, "end_char": 9, "holder": "russia", "target": "taliban",
        "category": np.nan, "entry": "trade", "measured": "1", "corrected": "-1", "coder": "ann", "why": "no",
        "date": pd.Timestamp("2026-01-01T10:00:00"), "history": np.nan, "disputed": False,
    }  # fmt: skip
    assert len(rejects) == 0
    assert rejects.columns.tolist() == ["path", "record", "reason", "doc_id"]


@pytest.mark.parametrize(
    ("head", "line", "encoding"),
    [
        (HEAD, sentence(), "utf-8-sig"),
        (HEAD.replace(",", ";"), sentence().replace(",", ";"), "utf-8-sig"),
        (HEAD.replace(",", "\t"), sentence().replace(",", "\t"), "utf-8"),
        (HEAD.upper(), sentence("'-1"), "utf-8"),
        (HEAD, sentence("'-١").replace(",0,9,", ",٠,٩.0,"), "utf-8"),
        (HEAD, sentence("\u2212" + "1.0", date="٢٠٢٦-٠١-٠١T13:00:00+03:00"), "utf-8"),
    ],
)
def test_read_corrections_shapes_of_a_file_say_the_same(tmp_path, head, line, encoding):
    plain, _ = read_corrections(written(tmp_path, sentence()))
    other, rejects = read_corrections(written(tmp_path, line, name="two.csv", head=head, encoding=encoding), DOCUMENTS)
    assert len(rejects) == 0
    pd.testing.assert_frame_equal(other, plain)


def test_read_corrections_guard_of_a_cell_is_taken_off_and_an_apostrophe_of_the_text_stays(tmp_path):
    rows = [sentence(why="'=cmd()"), sentence(coder="bob", why="'tis '=so")]
    corrections, _ = read_corrections(written(tmp_path, *rows))
    assert corrections["why"].tolist() == ["=cmd()", "'tis '=so"]


def test_read_corrections_later_word_of_a_reader_counts_and_the_earlier_ones_stay_in_history(tmp_path):
    rows = [
        sentence("0", date="2026-01-03"), sentence("-1", date="2026-01-01"), sentence("1", date="2026-01-02T00:00:01"),
    ]  # fmt: skip
    corrections, _ = read_corrections(written(tmp_path, *rows))
    assert corrections[["corrected", "history", "disputed"]].values.tolist() == [
        ["0", "-1 (2026-01-01T00:00:00)|1 (2026-01-02T00:00:01)", False]
    ]


def test_read_corrections_without_a_date_the_later_row_counts(tmp_path):
    corrections, _ = read_corrections(written(tmp_path, sentence("0", date=""), sentence("1", date="")))
    assert corrections[["corrected", "history"]].values.tolist() == [["1", "0"]]


def test_read_corrections_readers_who_differ_are_both_kept_and_disputed(tmp_path):
    first = written(tmp_path, sentence("0"), MATCH.format(answer="absent", coder="ann", date="2026-01-01"))
    second = written(
        tmp_path, sentence("1", "bob"), MATCH.format(answer="absent", coder="bob", date="2026-02-01"), name="two.csv"
    )
    corrections, _ = read_corrections([first, second])
    assert corrections[["what", "coder", "corrected", "disputed"]].values.tolist() == [
        ["match", "ann", "absent", False], ["match", "bob", "absent", False], ["sentence", "ann", "0", True],
        ["sentence", "bob", "1", True],
    ]  # fmt: skip


def test_read_corrections_same_file_twice_and_rows_in_any_order_give_the_same(tmp_path):
    rows = [
        sentence("0", date="2026-01-03"), sentence("-1"), sentence("1", "bob"),
        MATCH.format(answer="arming", coder="ann", date="2026-01-01"), "b,position,,,iran,taliban,,,,2,ann,,2026-01-01",
    ]  # fmt: skip
    once, _ = read_corrections(written(tmp_path, *rows))
    twice, _ = read_corrections([written(tmp_path, *rows[::-1], name="two.csv"), written(tmp_path, *rows)])
    assert len(once) == 4
    pd.testing.assert_frame_equal(once, twice)


DAMAGED = {
    sentence().replace("a,", ",", 1): "no doc_id",
    sentence().replace("sentence", "clause"): "what is none of match, position, quotation, sentence",
    sentence(coder=""): "no coder: who says it?",
    sentence(""): "no corrected value",
    sentence(date="soon"): "the date cannot be read: a day or time is written as 2026-01-31 or 2026-01-31T12:00:00",
    sentence().replace(",0,", ",x,"): "start_char or end_char is no whole number of at least 0",
    sentence().replace(",0,", ",-1,"): "start_char or end_char is no whole number of at least 0",
    sentence().replace(",0,9,", ",,,"): "no place: start_char and end_char are empty",
    sentence().replace(",0,9,", ",9,9,"): "end_char does not lie behind start_char",
    MATCH.format(answer="absent", coder="ann", date="").replace(
        "5,10", "5,5"
    ): "end_char does not lie behind start_char",
    sentence().replace("russia", ""): "no holder",
    MATCH.format(answer="absent", coder="ann", date="").replace("drugs", ""): "no category",
    sentence("2"): "corrected is no polarity: -1, 0, 1, or none",
    "a,position,,,iran,taliban,,,,3,ann,,": "corrected is no position: -2 to 2, or none",
    sentence().replace("a,", "c,", 1): "the documents have no such doc_id",
    sentence().replace(",9,", ",17,"): "the place lies behind the end of the text",
    sentence().replace("a,", "b,", 1).replace(",9,", ",3,"): "the place holds no word of the text",
    "a,sentence,0": "the record has not as many fields as the header",
}


@pytest.mark.parametrize(("line", "reason"), DAMAGED.items())
def test_read_corrections_damaged_row_is_rejected_with_its_line(tmp_path, line, reason):
    path = written(tmp_path, sentence(), line)
    corrections, rejects = read_corrections(path, DOCUMENTS)
    assert len(corrections) == 1
    place = "line 3, 3 fields of 13" if line == "a,sentence,0" else "line 3"
    assert rejects[["path", "record", "reason"]].values.tolist() == [[str(path), place, reason]]


@pytest.mark.parametrize(
    "line",
    [
        sentence("none"), sentence("1"), sentence().replace(",9,", ",16,"), sentence().replace(",0,9,", ",0,0,"),
        "a,position,,,iran,taliban,,,,-2,ann,,", "a,position,,,iran,,,,,No Position,ann,,",
        MATCH.format(answer="none", coder="ann", date=""),
        MATCH.format(answer="none", coder="ann", date="").replace("5,10", "0,0"),
        "a,quotation,0,16,,,,after,russia,none,ann,,",
    ],
)  # fmt: skip
def test_read_corrections_sound_row_is_none(tmp_path, line):
    corrections, rejects = read_corrections(written(tmp_path, line), DOCUMENTS)
    assert (len(corrections), len(rejects)) == (1, 0)


def test_read_corrections_match_that_is_none_is_absent(tmp_path):
    corrections, _ = read_corrections(written(tmp_path, MATCH.format(answer="None", coder="ann", date="")))
    assert corrections["corrected"].tolist() == ["absent"]


def test_read_corrections_header_alone_is_an_empty_table(tmp_path):
    corrections, rejects = read_corrections(written(tmp_path))
    tables.check(corrections, "CORRECTIONS")
    assert (len(corrections), len(rejects)) == (0, 0)


def test_read_corrections_what_cannot_be_read_says_why(tmp_path):
    with pytest.raises(SchemaError) as caught:
        read_corrections(written(tmp_path, "a", head="doc_id"))
    assert str(caught.value) == (
        "`one.csv` lacks the columns 'what', 'corrected', 'coder' of a file of corrections; it has 'doc_id'. Pass the "
        "CSV that the evidence page or the coding form wrote."
    )
    with pytest.raises(SchemaError, match=r"^`path` names no file\. Give the CSV of a reader, or a list of such files"):
        read_corrections([])
    with pytest.raises(SourceError, match="is empty"):
        (tmp_path / "none.csv").write_bytes(b"")
        read_corrections(tmp_path / "none.csv")
    with pytest.raises(SchemaError, match="repeated"):
        read_corrections(written(tmp_path, sentence()), pd.concat([DOCUMENTS, DOCUMENTS]))


def test_check_corrections_finds_disputes_anew(tmp_path):
    corrections, _ = read_corrections(written(tmp_path, sentence("0"), sentence("1", "bob")))
    assert corrections["disputed"].all()
    assert not check_corrections(corrections.head(1))["disputed"].any()


def test_check_corrections_row_that_is_none_is_refused(tmp_path):
    corrections, _ = read_corrections(written(tmp_path, sentence("0")))
    with pytest.raises(SchemaError) as caught:
        check_corrections(corrections.assign(corrected="7"))
    assert str(caught.value) == (
        "`corrections` has 1 rows that are no corrections. First: 'corrected is no polarity: -1, 0, 1, or none'. Read "
        "the files of readers with read_corrections(), which lists such rows."
    )


def test_read_corrections_rejects_stand_in_the_order_of_lines(tmp_path):
    head = "doc_id,what,holder,target,corrected,coder\n"
    paths = [tmp_path / "b.csv", tmp_path / "a.csv"]
    for path in paths:
        path.write_text(f"{head}a,position,russia,taliban,9,ann\na,position,1\na,position,,taliban,1,ann\n", "utf-8")
    _, rejects = read_corrections(paths)
    assert [(path, record.split(",")[0]) for path, record in zip(rejects["path"], rejects["record"], strict=True)] == [
        (str(path), f"line {line}") for path in paths for line in (2, 3, 4)
    ]
