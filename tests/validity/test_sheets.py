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
    assert sheet.columns.tolist() == ["unit_id", "coder", "plan", "title", "date", "text", "position", "remark"]
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
    assert codes.to_numpy().tolist() == [[doc, "A", "position", "1"] for doc in sorted(DRAWN)]
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
    with pytest.raises(SchemaError, match="lacks the columns 'position' of the coding sheet"):
        read_coding_sheet(place, PLAN)
