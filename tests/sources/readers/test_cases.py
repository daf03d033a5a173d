"""Small inputs that once went wrong, in the shells of real exports, each with what is right (tests/data/corpora)."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from discourse.sources.cleaning.agencies import find_agencies
from discourse.sources.dates.text import resolve_dates
from discourse.sources.readers import read_sources

FOLDER = Path(__file__).parents[2] / "data" / "corpora"
NOT_TEXT = "is a style sheet, a script, settings or a note beside the texts, and no text; passed over"


def read(name, **options):
    documents, rejects = read_sources(FOLDER / name, **options)
    days = documents["date"].dt.strftime("%Y-%m-%d")
    return documents.assign(day=days), rejects


def by_text(documents, column="date_text"):
    return {row[column]: row["day"] if pd.notna(row["day"]) else None for row in documents.to_dict("records")}


def test_read_sources_hijri_dates_of_a_feed_are_those_of_the_other_calendar():
    documents, rejects = read("feed_hijri_dates.xml")
    assert len(rejects) == 0
    assert by_text(documents) == {
        "12/03/1437": "2015-12-23",
        "1437-03-12": "2015-12-23",
        "12/3/1437هـ": "2015-12-23",
        "5/9/1436 - 22/06/2015": "2015-06-22",
        "1437/3/12هـ - 23/12/2015م": "2015-12-23",
        "23 ديسمبر - 12 ربيع الأول 1437": "2015-12-23",
        "12 ربيع الأول 1437": "2015-12-23",
    }


def test_read_sources_words_that_count_back_are_no_date_and_stay():
    documents, _ = read("feed_relative_dates.xml")
    assert by_text(documents) == dict.fromkeys(["منذ 3 ساعات", "قبل 5 أيام", "3 hours ago", "5 دقائق"])


def test_read_sources_hours_and_issue_numbers_are_no_part_of_a_date():
    documents, _ = read("feed_time_dates.xml")
    assert by_text(documents) == {
        "10:05 - 12/11/2015": "2015-11-12",
        "9 - 12/11/2015": "2015-11-12",
        "العدد 10-12/11/2015": "2015-11-12",
        "23 ديسمبر 10 صباحا": None,
        "الأربعاء 23 ديسمبر 12 ظهرا": None,
        "12 mars 20h30": None,
        "23 ديسمبر 08.30": None,
        "آخر تحديث 10:45 - 23/12/2015": "2015-12-23",
        "Wed Dec 23 10:15:00 +0000 2015": "2015-12-23",
        "15-12-23": "2015-12-23",  # the other dates of the feed are of 2015, none of 2023
        "23-Dec-69": "1969-12-23",
        "23 كانون أول 2015": "2015-12-23",
        "23 تشرين ثاني 2015": "2015-11-23",
        "23 كانون 1 2015": "2015-12-23",
        "٢٣ كانون اﻷول ٢٠١٥": "2015-12-23",
        "23 ديسمبر من عام 2015": "2015-12-23",
        "23 أغشت 2015": "2015-08-23",
        "2558-12-23": None,
    }
    assert set(documents["date_precision"].dropna()) == {"day"}


@pytest.mark.parametrize("name", ["p_hijdig.html", "pd_top_today.html", "pd_side_first.html"])
def test_read_sources_page_has_the_date_of_its_article(name):
    documents, _ = read(name)
    assert documents[["day", "date_basis"]].values.tolist() == [["2015-12-23", "printed"]]


def test_read_sources_report_of_an_unknown_archive_is_refused():
    documents, rejects = read("many_records_unknown_vendor.html")
    assert len(documents) == 0
    assert rejects["reason"].tolist() == [
        "holds several articles in a shell that no reader knows; export it in a format that is read or as a table, or "
        "save each article as a file (--format page reads it as one)"
    ]
    assert len(read("many_records_unknown_vendor.html", format="page")[0]) == 1


@pytest.mark.parametrize("options", [{}, {"day_first": False}, {"date_format": "%m/%d/%Y"}])
def test_read_sources_media_cloud_table_decides_on_the_order_of_day_and_month(options):
    documents, _ = read("mc_us3.csv", **options)
    assert documents["day"].tolist() == ["2015-04-01", "2015-04-15", "2015-04-09", "2015-12-03"]


def test_read_sources_months_by_name_in_a_date_column():
    assert read("csv_dates_ar.csv")[0]["day"].tolist() == ["2015-12-23", "2015-12-24"]


def test_read_sources_paragraphs_that_begin_with_the_word_of_a_label_are_text():
    documents, _ = read("nexis_labels.txt")
    by_title = documents.set_index("title")["text"].str.split("\n")
    assert {title: len(lines) for title, lines in by_title.items()} == {
        "افتتاح الحديقة العامة": 5,
        "شبكة المياه": 4,
        "سوق الخضار": 5,
    }
    assert by_title["سوق الخضار"][2] == "الكاتب: من كتب اللافتة على باب السوق مجهول."


def test_read_sources_europresse_takes_all_containers_and_bare_paragraphs():
    assert read("europresse_two.html")[0]["text"].str.split("\n").str.len().tolist() == [4, 2, 2]
    documents, rejects = read("europresse_bare.html")
    assert documents["text"].str.split("\n").str.len().tolist() == [3, 2, 2] and len(rejects) == 0


def test_read_sources_factiva_lead_without_paragraph_is_text():
    assert read("factiva_lead_bare.xml")[0]["text"].str.split("\n").str.len().tolist() == [3, 2, 2]


def test_read_sources_tables_of_a_body_are_text_where_they_stand():
    first = read("factiva_table.html")[0]["text"].iloc[0].split("\n")
    assert first[1:3] == ["الصنف", "السعر ثلاثون دينارا"] and len(first) == 5
    texts = read("nexis_table_after.html")[0].set_index("day")["text"]
    assert texts["2015-12-23"].split("\n")[-2:] == ["الصنف", "السعر ثلاثون دينارا"]


def test_read_sources_gdelt_bad_escape_costs_one_article():
    documents, rejects = read("gdelt_order_badescape.json")
    assert (len(documents), rejects["record"].tolist()) == (3, ["article 2, byte 141"])


@pytest.mark.parametrize("name", ["factiva_plain.txt", "factiva_docx.docx"])
def test_read_sources_factiva_text_and_word_files_are_parted(name):
    documents, rejects = read(name)
    assert len(rejects) == 0
    assert documents[["doc_id", "day", "source", "byline"]].astype("object").fillna("").values.tolist() == [
        ["factiva-ARTST00020151223ec12023ab", "2015-12-23", "صحيفة المرصد", "سلمى الحداد"],
        ["factiva-ARTST00020160204ec02004ab", "2016-02-04", "وكالة الأفق", ""],
        ["factiva-ARTST00020170414ec04014ab", "2017-04-14", "جريدة الضفاف", "مراسل الجريدة"],
    ]
    assert not documents["text"].str.contains("ARTST|words").any()


def test_read_sources_nexis_without_count_lines_is_refused_by_name():
    documents, rejects = read("nexis_nocount.txt")
    assert len(documents) == 0
    assert rejects["reason"].tolist() == [
        "is a Nexis export without its count lines (1 of 10 DOCUMENTS); export it again, as HTML or DOCX"
    ]


def test_read_sources_nexis_without_indents_has_its_fields():
    documents, _ = read("nexis_unindent.txt")
    assert sorted(documents[["day", "source"]].values.tolist()) == [
        ["2015-12-23", "صحيفة المرصد"],
        ["2016-02-04", "وكالة الأفق"],
        ["2017-04-14", "جريدة الضفاف"],
    ]
    assert documents["edition"].dropna().tolist() == ["الطبعة الثانية"]


def test_read_sources_error_records_of_a_vendor_are_rejects():
    documents, rejects = read("nexis_errordoc.html")
    assert len(documents) == 3
    assert rejects["record"].tolist() == ["document 4", "document 5"]
    assert set(rejects["reason"]) == {"is the vendor's note that the record cannot be shown, and no article"}


def test_read_sources_word_export_names_the_outlet_of_a_blog_and_a_channel_of_a_year():
    assert read("nexis_docx_3.docx")[0]["source"].tolist() == ["مدونات المرصد (الحديقة)"]
    assert read("nexis_docx_6.docx")[0][["day", "source"]].values.tolist() == [["2015-12-23", "قناة 2000 الفضائية"]]


def test_read_sources_arc_gives_pages_and_wet_gives_texts():
    arc, _ = read("a.arc")
    assert arc[["day", "url", "crawl_date"]].values.tolist() == [["2015-12-23", "http://o.example/1", "2015-12-23"]]
    assert "HTTP/1.1" not in arc["text"].iloc[0]
    wet, rejects = read("w_wet.warc.wet")
    assert wet["url"].tolist() == ["https://o.example/2", "https://o.example/1"] and len(rejects) == 0


def test_read_sources_text_of_a_box_stands_once():
    text = read("dx_textbox.docx")[0]["text"].iloc[0]
    assert text == "فقرة أولى.\nنص الإطار الجانبي.\nفقرة فيها إطار.\nفقرة أخيرة."


def test_read_sources_line_of_another_encoding_costs_that_line():
    documents, rejects = read("csv_mixedenc.csv")
    assert documents["source"].tolist() == ["جريدة الوادي"] * 2
    assert rejects["record"].tolist() == ["line 3, byte 161"]


def test_read_sources_folder_passes_over_what_is_no_text(tmp_path):
    shutil.copytree(FOLDER / "folder", tmp_path / "folder")
    documents, rejects = read_sources(tmp_path / "folder")
    assert documents["doc_id"].tolist() == [
        "14371203", "2015-12-23_wadi", "20151223123456", "20151332", "a", "sub/a",
    ]  # fmt: skip
    passed = rejects[rejects["reason"] == NOT_TEXT]["path"].map(lambda path: Path(path).name)
    assert sorted(passed) == ["README.md", "page_files.js", "style.css"]


def test_read_sources_page_that_says_not_found_is_no_document():
    documents, rejects = read("pg_404.html")
    assert len(documents) == 0
    assert rejects["reason"].tolist() == ["is an error page or a challenge, not an article"]


@pytest.mark.parametrize(("name", "n"), [("mc_semi.csv", 4), ("csv_sepline.csv", 3), ("csv_ar_head.csv", 3)])
def test_read_sources_semicolons_named_delimiters_and_arabic_headings(name, n):
    documents, rejects = read(name)
    assert (len(documents), len(rejects)) == (n, 0)
    assert documents["day"].notna().all() and documents["source"].notna().all() and documents["title"].notna().all()


def test_read_sources_bare_ampersand_costs_nothing():
    documents, rejects = read("feed_bare_amp.xml")
    assert len(rejects) == 0
    assert "ب & حضور" in documents.set_index("title")["text"]["خبر رقم 0 من البلدية"]


def test_resolve_dates_of_every_spelling():
    found = resolve_dates(pd.read_csv(FOLDER / "text_dates.csv"))
    assert found["value"].tolist() == ["2015-12-23"] * 8


def test_find_agencies_of_every_spelling_and_dateline():
    table = pd.read_csv(FOLDER / "agencies.csv", dtype=str)
    found = find_agencies(table)
    assert found["basis"].tolist() == ["credit"] * 15
    wrong = [
        (code, expected)
        for code, expected in zip(found["agency"].astype(str), table["expected"], strict=True)
        if code not in expected.split(" or ")
    ]
    assert wrong == []
