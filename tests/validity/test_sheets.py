"""Coding sheets: blind, whole, and read back with a reason for everything that is no code."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.exchange.workbook import read_workbook, write_workbook
from discourse.validity.coded_sheets import read_coding_sheet
from discourse.validity.sampling import sample_for_coding
from discourse.validity.sheets import write_coding_sheet

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": [f"d{number}" for number in range(12)],
        "title": ["=كابل", *["موسكو"] * 11],
        "text": [f"نص رقم {number}" for number in range(12)],
        "date": pd.date_range("2021-01-01", periods=12),
        "position": np.arange(12) % 3,
    }
)
PLAN = sample_for_coding(DOCUMENTS, n=8)
DRAWN = PLAN.loc[PLAN["drawn"], "doc_id"].tolist()
LEFT = PLAN.loc[~PLAN["drawn"], "doc_id"].tolist()


def sheet_of(path):
    return read_workbook(path) if path.suffix == ".xlsx" else pd.read_csv(path, dtype=str, keep_default_na=False)


def filled(tmp_path, change, ending=".csv", **options):
    place = write_coding_sheet(PLAN, DOCUMENTS, tmp_path / f"sheet{ending}", coder="A", **options)
    sheet = sheet_of(place).set_index("unit_id")
    sheet["position"] = "1"
    sheet = change(sheet.astype(object).where(sheet.notna(), ""))
    sheet.reset_index().to_csv(tmp_path / "filled.csv", index=False)
    return tmp_path / "filled.csv"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_write_coding_sheet_holds_the_drawn_documents_and_nothing_measured(tmp_path, ending):
    place = write_coding_sheet(PLAN, DOCUMENTS, tmp_path / f"sheet{ending}", coder="A", shown=["title", "date", "text"])
    sheet = sheet_of(place)
    assert sheet.columns.tolist() == [
        "unit_id",
        "coder",
        "plan",
        "title",
        "date",
        "text",
        "position",
        "comment",
        "unsure",
    ]
    assert sorted(sheet["unit_id"]) == sorted(DRAWN)
    assert sheet["unit_id"].tolist() != sorted(DRAWN)
    texts = DOCUMENTS.set_index("doc_id")["text"]
    assert sheet["text"].tolist() == texts[sheet["unit_id"]].tolist()
    assert sheet["position"].fillna("").eq("").all()


def test_write_coding_sheet_arabic_workbook_runs_from_the_right_and_offers_the_codes(tmp_path):
    import zipfile

    for language, there in (("ar", True), ("en", False)):
        place = write_coding_sheet(PLAN, DOCUMENTS, tmp_path / f"{language}.xlsx", language=language)
        text = zipfile.ZipFile(place).read("xl/worksheets/sheet1.xml").decode("utf-8")
        assert ('rightToLeft="1"' in text) is there
        assert '<formula1>"-2,-1,0,1,2,none"</formula1>' in text


def test_write_coding_sheet_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    documents = DOCUMENTS.assign(title="=HYPERLINK(1)")
    raw = write_coding_sheet(PLAN, documents, tmp_path / "sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in raw.decode("utf-8-sig")
    assert ",=HYPERLINK" not in raw.decode("utf-8-sig")


def test_write_coding_sheet_text_longer_than_a_cell_goes_on(tmp_path):
    long = "كلمة " * 15_000
    documents = DOCUMENTS.assign(text=long)
    sheet = sheet_of(write_coding_sheet(PLAN, documents, tmp_path / "sheet.xlsx"))
    assert "text_3" in sheet
    assert (sheet["text"] + sheet["text_2"] + sheet["text_3"]).iloc[0] == long


@pytest.mark.parametrize("name", ["position", "probability", "stratum", "frames"])
def test_write_coding_sheet_what_a_coder_must_not_see_is_refused(tmp_path, name):
    documents = DOCUMENTS.assign(probability=1, stratum="x", frames="drugs")
    with pytest.raises(SchemaError, match=f"^`shown` names '{name}', which a coder must not see"):
        write_coding_sheet(PLAN, documents, tmp_path / "sheet.csv", shown=["text", name])


def test_write_coding_sheet_wrong_ending_or_missing_document_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"a coding sheet ends in '.csv' or '.xlsx'"):
        write_coding_sheet(PLAN, DOCUMENTS, tmp_path / "sheet.ods")
    with pytest.raises(SchemaError, match="^`documents` lacks 1 of the drawn documents"):
        write_coding_sheet(PLAN, DOCUMENTS[DOCUMENTS["doc_id"] != DRAWN[0]], tmp_path / "sheet.csv")


def test_read_coding_sheet_whole_sheet_gives_a_code_each_and_no_reject(tmp_path):
    codes, rejects = read_coding_sheet(filled(tmp_path, lambda sheet: sheet), PLAN)
    assert codes.iloc[:, :4].to_numpy().tolist() == [[doc, "A", "position", "1"] for doc in sorted(DRAWN)]
    assert len(rejects) == 0


def test_read_coding_sheet_each_fault_has_its_reason_and_nothing_is_lost(tmp_path):
    gone, changed, empty, strange, beside, other, good, word = DRAWN

    def spoil(sheet):
        sheet.loc[empty, "position"] = "NA"
        sheet.loc[strange, "position"] = "3"
        sheet.loc[word, "position"] = " None "
        sheet.loc[other, "plan"] = "0123"
        sheet = sheet.drop(index=gone).rename(index={changed: "dd", beside: LEFT[0]})
        return pd.concat([sheet, sheet.loc[[good]].assign(position="2")]).rename_axis("unit_id")

    codes, rejects = read_coding_sheet(filled(tmp_path, spoil), PLAN, documents=DOCUMENTS)
    assert codes[["unit_id", "value"]].to_numpy().tolist() == [[word, "None"]]
    reasons = dict(zip(rejects["unit_id"], rejects["reason"], strict=False))
    assert reasons["dd"] == f"the plan has no document 'dd'; its text is that of {changed!r}: the id was changed"
    assert reasons[empty] == "no code; write none where there is nothing to code"
    assert reasons[strange] == "the code is none of -2, -1, 0, 1, 2, none"
    assert reasons[other] == "the row belongs to another plan (0123)"
    assert reasons[LEFT[0]] == "the document was not drawn: a code beside the sample has no probability"
    assert reasons[good] == "coded twice by one coder with different codes"
    assert reasons[gone] == "no row of A for this drawn document"
    assert len(codes) + len(rejects) == 8 + 3  # 8 rows, and no row for three of the drawn documents
    assert rejects.loc[rejects["unit_id"] == strange, "value"].tolist() == ["3"]


def test_read_coding_sheet_several_coders_and_their_spelling(tmp_path):
    one = filled(tmp_path, lambda sheet: sheet.assign(position="1.0"))
    two = tmp_path / "two.csv"
    pd.read_csv(one, dtype=str).assign(coder="B", position=" -1").to_csv(two, index=False)
    codes, rejects = read_coding_sheet([one, two], PLAN)
    assert codes.groupby("coder")["value"].first().to_dict() == {"A": "1", "B": "-1"}
    assert len(codes) == 16
    assert len(rejects) == 0


def test_read_coding_sheet_sets_are_held_against_the_codebook_label_by_label(tmp_path):
    codebook = {"frames": ["drugs", "arming", "none"]}
    place = write_coding_sheet(PLAN, DOCUMENTS, tmp_path / "sheet.csv", variables=codebook, coder="A")
    sheet = pd.read_csv(place, dtype=str)
    sheet["frames"] = ["drugs; arming", "drugs", "none", "drugs;war", *["arming"] * 4]
    sheet.to_csv(place, index=False)
    codes, rejects = read_coding_sheet(place, PLAN, variables=codebook)
    assert codes["value"].tolist().count("drugs;arming") == 1
    assert rejects["reason"].tolist() == ["the code is none of drugs, arming, none"]


def test_read_coding_sheet_whole_number_ids_of_a_spreadsheet_are_found(tmp_path):
    documents = DOCUMENTS.assign(doc_id=[str(number) for number in range(12)])
    plan = sample_for_coding(documents, n=8)
    place = write_coding_sheet(plan, documents, tmp_path / "sheet.csv", coder="A")
    sheet = pd.read_csv(place).assign(position=1)
    sheet["unit_id"] = sheet["unit_id"].astype(int)
    write_workbook(sheet, tmp_path / "back.xlsx")
    codes, rejects = read_coding_sheet(tmp_path / "back.xlsx", plan)
    assert (len(codes), len(rejects)) == (8, 0)


def test_read_coding_sheet_without_the_variable_says_what_is_missing(tmp_path):
    place = filled(tmp_path, lambda sheet: sheet.drop(columns="position"))
    with pytest.raises(
        SchemaError, match="has no column 'position' to read codes from; .* Name by `variables` what was"
    ):
        read_coding_sheet(place, PLAN)


@pytest.mark.parametrize("columns", [["unit_id"], ["title", "text"]])
def test_read_coding_sheet_column_sorted_alone_gives_no_code(tmp_path, columns):
    documents = DOCUMENTS.assign(title=[f"عنوان {number}" for number in range(12)])
    sheet = pd.read_csv(write_coding_sheet(PLAN, documents, tmp_path / "sheet.csv", coder="A"), dtype=str)
    sheet["position"] = "1"
    codes, rejects = read_coding_sheet(saved(sheet, tmp_path), PLAN, documents=documents)
    assert (len(codes), len(rejects)) == (8, 0)
    turned = sheet.assign(**{name: np.roll(sheet[name], 1) for name in columns})
    codes, rejects = read_coding_sheet(saved(turned, tmp_path), PLAN, documents=documents)
    assert (len(codes), len(rejects)) == (0, 8)
    unit, shown = turned.loc[0, "unit_id"], turned.loc[0, "text"]
    meant = documents.loc[documents["text"] == shown, "doc_id"].iloc[0]
    assert rejects.loc[0, "reason"] == (
        f"title and text of the row are not those of {unit!r}, but of {meant!r}: a column was sorted alone"
    )


def saved(sheet, tmp_path):
    sheet.to_csv(tmp_path / "saved.csv", index=False)
    return tmp_path / "saved.csv"


def test_read_coding_sheet_text_that_a_program_changed_in_spaces_and_quotes_is_the_same(tmp_path):
    documents = DOCUMENTS.assign(text=[f"-نص  رقم {number} \u200f«آخر»\r\n" + "كلمة " * 8000 for number in range(12)])
    sheet = pd.read_csv(write_coding_sheet(PLAN, documents, tmp_path / "sheet.csv", coder="A"), dtype=str)
    assert "text_2" in sheet
    codes, rejects = read_coding_sheet(saved(sheet.assign(position="1"), tmp_path), PLAN, documents=documents)
    assert (len(codes), len(rejects)) == (8, 0)


def test_read_coding_sheet_empty_last_row_is_no_row_and_a_header_alone_no_sheet(tmp_path):
    place = filled(tmp_path, lambda sheet: sheet)
    text = place.read_text("utf-8")
    place.write_text(text + ",,,,,,,\n", "utf-8")
    codes, rejects = read_coding_sheet(place, PLAN)
    assert (len(codes), len(rejects)) == (8, 0)
    place.write_text(text.splitlines()[0] + "\n", "utf-8")
    with pytest.raises(SchemaError, match="^`path` has no row below its header"):
        read_coding_sheet(place, PLAN)


def test_coding_sheet_codes_given_as_numbers_are_read_as_written(tmp_path):
    codebook = {"position": [-2, -1, 0, 1, 2]}
    place = filled(tmp_path, lambda sheet: sheet, variables=codebook)
    codes, rejects = read_coding_sheet(place, PLAN, variables=codebook)
    assert (len(codes), len(rejects)) == (8, 0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"coder": None}, "`coder` is None; it must be text"),
        ({"variables": ["position"]}, "`variables` is ['position']; it must name each variable with its codes."),
        ({"variables": {}}, "`variables` is empty, so that there is nothing to code."),
        ({"variables": {"text": []}}, "`variables` names 'text', which the sheet has already."),
        ({"variables": {"text": []}, "shown": ["title"]}, "`variables` names 'text', which the sheet has already."),
        ({"variables": {"remark": []}}, "`variables` names 'remark', which the sheet has already."),
        ({"variables": {"sure": "yes"}}, "`variables` has 'yes' for 'sure'; the codes must be a list."),
        ({"shown": "text"}, "`shown` is 'text'; it must be a list of columns. Write ['text']."),
        ({"holder": 1}, "`holder` is 1; it must be text"),
    ],
)
def test_write_coding_sheet_options_that_are_none_say_why(tmp_path, options, said):
    with pytest.raises(SchemaError) as caught:
        write_coding_sheet(PLAN, DOCUMENTS, tmp_path / "sheet.csv", **options)
    assert str(caught.value).startswith(said), str(caught.value)


def test_coding_sheet_repeated_documents_are_refused(tmp_path):
    twice = pd.concat([DOCUMENTS, DOCUMENTS.head(1)])
    with pytest.raises(SchemaError, match="^`documents` has 1 repeated doc_id values"):
        write_coding_sheet(PLAN, twice, tmp_path / "sheet.csv")
    with pytest.raises(SchemaError, match="^`documents` has 1 repeated doc_id values"):
        read_coding_sheet(filled(tmp_path, lambda sheet: sheet), PLAN, documents=twice)


def test_write_coding_sheet_says_whose_position_toward_whom(tmp_path):
    place = write_coding_sheet(PLAN, DOCUMENTS, tmp_path / "sheet.csv", holder="روسيا", target="طالبان")
    sheet = sheet_of(place)
    assert sheet.columns.tolist()[-5:] == ["holder", "target", "position", "comment", "unsure"]
    assert set(sheet["holder"] + sheet["target"]) == {"روسياطالبان"}
