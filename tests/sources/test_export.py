"""The seed export: made by its script, and read as a person reads it."""

import csv
import runpy

import pandas as pd
import pytest

from discourse.sources.documents import read_documents
from discourse.sources.rejects import group_rejects
from discourse.sources.roles import tell_columns

REJECTED = {
    "no text": "the text is empty",
    "too many fields": "the record has not as many fields as the header",
    "counted": "the date is counted from a day that is not known",
    "other encoding": "the record holds a byte that is not valid in the encoding of the file",
    "no such day": "the date has a day that its month does not have",
}


@pytest.fixture(scope="module")
def folder(project):
    return project / "seeds" / "export"


@pytest.fixture(scope="module")
def answers(folder):
    with (folder / "answers.csv").open(encoding="utf-8", newline="") as stream:
        return pd.DataFrame(list(csv.DictReader(stream)))


@pytest.fixture(scope="module")
def read(folder):
    return read_documents(folder / "export.csv")


def test_export_is_what_its_script_makes(folder, answers):
    content, told = runpy.run_path(str(folder / "make_export.py"))["make_export"]()
    assert content == (folder / "export.csv").read_bytes()
    assert told == answers.to_dict("records")


def test_export_has_300_records_of_which_none_is_rejected_for_a_date_that_a_person_can_read(read, answers):
    documents, rejects = read
    assert len(answers) == len(documents) + len(rejects) == 300
    lines = rejects["record"].str.extract(r"line (\d+)")[0]
    about_dates = answers[answers["line"].isin(lines[rejects["reason"].str.startswith("the date")])]
    assert about_dates["kind"].value_counts().to_dict() == {"counted": 5, "no such day": 1}
    assert (about_dates["date"] == "").all()


def test_export_dates_are_those_that_a_person_reads(read, answers):
    documents, _ = read
    expected = answers.assign(doc_id="export-" + answers["line"].str.zfill(6)).set_index("doc_id")["date"]
    found = documents.set_index("doc_id")["date"].dt.strftime("%Y-%m-%d").fillna("")
    assert found.to_dict() == expected.loc[found.index].to_dict()
    assert (found != "").sum() == 276
    assert set(documents["date_precision"].dropna()) == {"day"}


def test_export_rejects_are_the_records_that_were_broken(read, answers):
    _, rejects = read
    grouped = group_rejects(rejects).set_index("reason")["n"].to_dict()
    broken = answers["kind"].value_counts()
    assert grouped == {reason: broken[kind] for kind, reason in REJECTED.items()}


def test_export_columns_are_told(folder):
    told = tell_columns(folder / "export.csv")
    assert told.attrs["columns"] == {
        "text": "نص الخبر",
        "date": "تاريخ النشر",
        "source": "الصحيفة",
        "title": "العنوان",
        "url": "الرابط",
    }
    assert len(told.attrs["unclear"]) == 4


def test_export_stories_are_told_apart_by_their_sentences(folder, answers):
    templates = runpy.run_path(str(folder / "make_export.py"))
    assert templates["N_STORIES"] == answers["kind"].eq("story").sum() == 215
    assert answers["kind"].isin(["copy", "edited"]).sum() == 61
    assert answers[answers["kind"] == "story"]["story"].is_unique
