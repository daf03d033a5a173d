"""ARC files: every page, and no record for the fault of another."""

import gzip

import pytest

from discourse.sources.readers import read_sources

BODY = "".join(
    f"<p>{line}</p>"
    for line in (
        "افتتح رئيس بلدية الوادي الأخضر صباح اليوم الحديقة العامة الجديدة بحضور عدد كبير من الأهالي والطلاب.",
        "وقال رئيس البلدية سامر النجار إن الحديقة تضم ملاعب للأطفال ومسارات للمشاة ومكتبة صغيرة جدا.",
        "وأضاف أن البلدية ستبدأ في الشهر المقبل مشروعا آخر لتجديد شبكة المياه في الأحياء الشرقية.",
    )
)
HEAD = b"filedesc://x.arc 0.0.0.0 20151223101010 text/plain 20\n1 0 Own\nURL IP A C L\n"


def record(number, *, shift=0, status="200 OK", mime="text/html; charset=utf-8", day="23 ديسمبر 2015"):
    article = f"<h1>خبر الوادي رقم {number}</h1><span class=date>{day}</span>{BODY}"
    page = f"<html><body><article>{article}</article></body></html>"
    block = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n\r\n{page}".encode()
    return f"\nhttp://o.example/{number} 1.1.1.1 20151224010000 text/html {len(block) + shift}\n".encode() + block


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_read_sources_arc_gives_each_page_with_its_day_and_that_of_the_crawl(pack, tmp_path):
    (tmp_path / "x.arc").write_bytes(pack(HEAD) + pack(record(1)) + pack(record(2)))
    documents, rejects = read_sources(tmp_path / "x.arc")
    assert sorted(documents["url"]) == ["http://o.example/1", "http://o.example/2"] and len(rejects) == 0
    assert set(documents["date"].dt.strftime("%Y-%m-%d")) == {"2015-12-23"}
    assert set(documents["crawl_date"]) == {"2015-12-24"}


def test_read_sources_arc_words_that_count_back_are_counted_from_the_crawl(tmp_path):
    (tmp_path / "x.arc").write_bytes(HEAD + record(1, day="منذ 3 ساعات"))
    documents, _ = read_sources(tmp_path / "x.arc")
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["2015-12-23"]


def test_read_sources_arc_other_answers_are_rejects(tmp_path):
    held = HEAD + record(1, status="404 Not Found") + record(2, mime="image/png") + record(3)
    (tmp_path / "x.arc").write_bytes(held)
    documents, rejects = read_sources(tmp_path / "x.arc")
    assert len(documents) == 1
    assert rejects["reason"].tolist() == [
        "is an answer with status 404, not a page",
        "is of type image/png, not a page",
    ]


@pytest.mark.parametrize("shift", [-40, 700])
def test_read_sources_arc_wrong_length_costs_no_other_record(shift, tmp_path):
    (tmp_path / "x.arc").write_bytes(HEAD + record(1) + record(2, shift=shift) + record(3))
    documents, rejects = read_sources(tmp_path / "x.arc")
    assert {"http://o.example/1", "http://o.example/3"} <= set(documents["url"])
    assert len(documents) + len(rejects) >= 3


def test_read_sources_arc_cut_gives_what_is_whole(tmp_path):
    (tmp_path / "x.arc").write_bytes((HEAD + record(1) + record(2))[:-200])
    documents, rejects = read_sources(tmp_path / "x.arc")
    assert documents["url"].tolist() == ["http://o.example/1"]
    assert rejects["reason"].tolist() == ["is cut, or has a wrong length"]
