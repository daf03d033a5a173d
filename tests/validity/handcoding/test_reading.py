"""Coding files read back, and handed on to agreement, validation and correction."""

import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.lines import item_line, read_line
from discourse.validity.handcoding.opening import open_coding
from discourse.validity.handcoding.reading import read_coding

DOCUMENTS = pd.DataFrame({"doc_id": [f"d{n}" for n in range(6)], "text": [f"نص {n}" for n in range(6)]})
PLAN = dc.sample_for_coding(DOCUMENTS, n=4)
DRAWN = PLAN.loc[PLAN["drawn"], "doc_id"].tolist()
BOOK = {"position": ["-1", "0", "1", "none"], "why": []}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "codes.jsonl"


def coded(path, coder, values, variables=BOOK, plan=PLAN, documents=DOCUMENTS, **options):
    desk = open_coding(plan, documents, path=path, coder=coder, variables=variables, **options)
    for unit, told in values.items():
        desk.session.save(unit, told, whole=False)
    return desk


def test_read_coding_gives_codes_by_key_with_notes_to_the_right(path):
    desk = coded(path, "B", {DRAWN[0]: {"position": "1", "why": "قال  ذلك"}})
    desk.session.save(DRAWN[0], {"position": "0", "why": "قال ذلك"}, "=ملاحظة", True)
    codes, rejects = read_coding(path)
    assert codes.columns.tolist() == [
        "unit_id", "coder", "variable", "value", "comment", "unsure", "blind", "time",
    ]  # fmt: skip
    assert codes.iloc[:, :7].to_numpy().tolist() == [
        [DRAWN[0], "B", "position", "0", "=ملاحظة", True, True],
        [DRAWN[0], "B", "why", "قال ذلك", "=ملاحظة", True, True],
    ]
    assert codes["time"].dtype == "datetime64[us]"
    dc.check(codes, "CODES")
    assert rejects["reason"].tolist() == ["no row of B for this drawn document"] * 6
    assert sorted(set(rejects["unit_id"])) == sorted(DRAWN[1:])


def test_read_coding_each_fault_has_its_line_and_reason(path):
    coded(path, "A", {DRAWN[0]: {"position": "1"}, DRAWN[1]: {"position": "0", "why": "NA"}})
    with path.open("ab") as stream:
        stream.write(b'{"kind": "item", "unit')
    codes, rejects = read_coding(path, PLAN)
    assert codes[["unit_id", "value"]].to_numpy().tolist() == [[DRAWN[0], "1"], [DRAWN[1], "0"]]
    told = rejects[["record", "unit_id", "variable", "value", "reason"]].astype(object)
    told = told.where(told.notna(), None).to_numpy().tolist()
    nothing = "no code; write none where there is nothing to code"
    assert told[:3] == [
        ["line 4", None, None, '{"kind": "item", "unit', "no whole line: cut by a crash, or damaged"],
        ["line 2", DRAWN[0], "why", None, nothing],
        ["line 3", DRAWN[1], "why", None, nothing],
    ]
    assert len(told) == 3 + 2 * 2
    assert set(rejects["path"]) == {str(path)}


def test_read_coding_files_of_two_coders_agree_and_differ(path, tmp_path):
    same = {unit: {"position": "1", "why": "x"} for unit in DRAWN}
    coded(path, "A", same)
    other = tmp_path / "b.jsonl"
    coded(other, "B", same | {DRAWN[2]: {"position": "-1", "why": "x"}})
    codes, rejects = read_coding([path, other], PLAN)
    assert len(rejects) == 0
    assert dc.find_disagreements(codes)[["variable", "unit_id", "distance"]].to_numpy().tolist() == [
        ["position", DRAWN[2], 2.0]
    ]
    assert "position" in set(dc.measure_agreement(codes[codes["variable"] == "position"])["variable"])


def test_read_coding_one_coder_in_two_files_with_two_codes_gives_none(path, tmp_path):
    coded(path, "A", {DRAWN[0]: {"position": "1", "why": "x"}})
    coded(tmp_path / "b.jsonl", "A", {DRAWN[0]: {"position": "0", "why": "x"}})
    codes, rejects = read_coding([path, tmp_path / "b.jsonl"])
    assert codes["variable"].tolist() == ["why"]
    assert rejects["reason"].tolist()[:2] == ["coded twice by one coder with different codes"] * 2


def test_read_coding_feeds_validation_and_correction(path):
    documents = dc.load_seed("reports").assign(doc_id=lambda t: t["doc_id"].astype(str))
    plan = dc.sample_for_coding(documents, n=150)
    drawn = plan.loc[plan["drawn"], "doc_id"]
    known = documents.set_index("doc_id")["position"]
    told = {d: {"position": f"{known[d]:.0f}" if pd.notna(known[d]) else "none"} for d in drawn}
    coded(path, "A", told, variables=None, plan=plan, documents=documents)
    codes, rejects = read_coding(path, plan)
    assert len(rejects) == 0
    measured = documents.loc[documents["position"].notna(), ["doc_id", "position"]].reset_index(drop=True)
    measured["position"] = measured["position"].where(measured.index % 5 != 0, 0).astype("int8")  # each fifth is wrong
    positions = measured.assign(holder="russia", target="taliban", voice="russia")
    made = dc.validate(positions, codes, documents, holder="russia", plan=plan)
    assert made["figures"]["n"].max() == 150
    table = dc.correct_by_period(
        positions, documents, codes, plan, variable="position", measure="mean_position", freq="YS",
        holder="russia", seen="demonstration",
    )  # fmt: skip
    assert table["estimate"].notna().any()


def test_read_coding_without_head_reads_what_the_items_say(path):
    coded(path, "A", {DRAWN[0]: {"position": "1", "why": "x"}})
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"{\n" + lines[1])
    codes, rejects = read_coding(path)
    assert codes["value"].tolist() == ["1", "x"]
    assert rejects["record"].tolist() == ["line 1"]


def test_read_coding_lines_of_another_codebook_are_rejected_with_their_codes(path, tmp_path):
    coded(path, "A", {DRAWN[0]: {"position": "1", "why": "x"}})
    other = tmp_path / "b.jsonl"
    coded(other, "A", {DRAWN[1]: {"position": "0"}}, variables={"position": ["0", "1"]})
    path.write_bytes(path.read_bytes() + other.read_bytes())
    codes, rejects = read_coding(path)
    assert set(codes["unit_id"]) == {DRAWN[0]}
    told = rejects.iloc[:2][["record", "value", "reason"]].to_numpy().tolist()
    assert told[0][::2] == ["line 3", "says another plan or codebook than the first"]
    assert told[1] == ["line 4", "position=0", "the line belongs to another plan or codebook"]


def test_read_coding_files_that_do_not_belong_together_are_refused(path, tmp_path):
    coded(path, "A", {DRAWN[0]: {"position": "1"}})
    coded(tmp_path / "b.jsonl", "A", {DRAWN[1]: {"position": "0"}}, variables={"position": ["0", "1"]})
    with pytest.raises(SchemaError) as caught:
        read_coding([path, tmp_path / "b.jsonl"])
    assert str(caught.value) == "`path` has files of two codebooks, 'codes.jsonl' and 'b.jsonl'. Read them one by one."
    plan = dc.sample_for_coding(DOCUMENTS, n=5)
    with pytest.raises(SchemaError) as caught:
        read_coding(path, plan)
    assert str(caught.value) == (
        f"`plan` is {plan['plan'].iloc[0]!r}, and 'codes.jsonl' is of the plan {PLAN['plan'].iloc[0]!r}. Give the plan "
        "that was coded."
    )
    with pytest.raises(SchemaError, match=r"^`path` names no file. Give the file that code\(\) wrote"):
        read_coding([])
    with pytest.raises(SourceError, match="cannot be read"):
        read_coding(tmp_path / "none.jsonl")


def test_read_coding_file_with_no_item_yet_has_no_code(path):
    coded(path, "A", {})
    codes, rejects = read_coding(path)
    assert len(codes) == 0
    assert len(rejects) == 0


def test_read_coding_missing_first_line_is_a_reject_and_a_byte_order_mark_is_none(path):
    coded(path, "A", {unit: {"position": "1", "why": "x"} for unit in DRAWN})
    whole = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + whole)
    codes, rejects = read_coding(path)
    assert (len(codes), len(rejects)) == (8, 0)
    path.write_bytes(whole.split(b"\n", 1)[1])
    codes, rejects = read_coding(path)
    assert len(codes) == 8
    assert rejects["reason"].tolist() == [
        "the first line is missing, which says plan, drawn documents and codes: values are held against no codebook"
    ]
    assert rejects["path"].tolist() == [str(path)]


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["a;b", "a", "b", "none"], "hold ';', which joins the codes of a set. First: 'a;b'"),
        (["1", "1"], "stand there more than once. First: '1'"),
        (["", "1"], "are empty, begin or end with a space, or say that a code is missing. First: ''"),
        (["1", "NA "], "are empty, begin or end with a space, or say that a code is missing. First: 'NA '"),
    ],
)
def test_open_coding_codes_that_cannot_be_read_back_are_refused(path, codes, told):
    said = f"`variables` has 1 codes of 'frames' that {told}. Correct them, since such codes cannot be read back."
    with pytest.raises(SchemaError) as error:
        coded(path, "A", {}, {"frames": codes})
    assert str(error.value) == said
    assert not path.exists()
    with pytest.raises(SchemaError) as error:
        dc.write_coding_sheet(PLAN, DOCUMENTS, path.with_suffix(".csv"), variables={"frames": codes})
    assert str(error.value) == said


@pytest.mark.parametrize("said", ["", "today", "1e308", "0001-01-01", "9999-12-31T00:00:00Z", "2026-13-01"])
def test_read_coding_line_without_a_time_is_a_reject_with_its_codes(path, said):
    coded(path, "A", {DRAWN[0]: {"position": "1", "why": "x"}})
    head, line = path.read_bytes().splitlines(keepends=True)
    timeless = item_line(read_line(line, 2)._replace(time=said, unit_id=DRAWN[1]))
    path.write_bytes(head + line + timeless)
    codes, rejects = read_coding(path)
    assert set(codes["unit_id"]) == {DRAWN[0]}
    told = rejects.loc[rejects["record"] == "line 3", ["unit_id", "value", "reason"]].to_numpy().tolist()
    assert told == [[DRAWN[1], "position=1;why=x", "the line says no time at which it was saved"]]


def test_read_coding_variable_that_the_codebook_has_not_is_a_reject(path):
    odd = "&amp;"  # tidied to another name
    coded(path, "A", {DRAWN[0]: {"position": "1", odd: "x"}}, variables={"position": ["1"], odd: []})
    codes, rejects = read_coding(path)
    assert codes["variable"].tolist() == ["position"]
    assert "the codebook has no variable '&amp'" in rejects["reason"].tolist()
