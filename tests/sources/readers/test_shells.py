"""Files of many articles in a shell that no reader knows are refused; one article, whatever it looks like, is not."""

import io
import zipfile

import pytest

from discourse.sources.readers import read_sources
from discourse.sources.shells import many_in_lines

PARAGRAPHS = [
    "افتتح رئيس بلدية الوادي الأخضر صباح اليوم الحديقة العامة الجديدة بحضور عدد كبير من الأهالي والطلاب.",
    "وقال رئيس البلدية سامر النجار إن الحديقة تضم ملاعب للأطفال ومسارات للمشاة ومكتبة صغيرة، وإن العمل استمر سنتين.",
    "وأضاف أن البلدية ستبدأ في الشهر المقبل مشروعا آخر لتجديد شبكة المياه في الأحياء الشرقية من المدينة.",
    "من جهتها رأت المعلمة هدى السالم أن المكتبة أهم ما في الحديقة، ودعت إلى فتحها في المساء حتى يستفيد الموظفون.",
]
N = range(1, 5)
MANY = {
    "outlet_day_page": "\n".join(f"خبر {n}\nجريدة الوادي; {n + 10}.03.1999; ص {n}\n{PARAGRAPHS[n - 1]}" for n in N),
    "japanese": "\n".join(f"見出し\n2015年12月{n}日 朝刊 3総合 00780文字\n{'市長は公園を開いた。' * 8}" for n in N),
    "rules": f"\n{'=' * 30}\n".join(f"خبر\nالوادي\n{n + 10}/12/2015\n{PARAGRAPHS[n - 1]}" for n in N),
    "labels": "\n".join(f"العنوان: خبر\nالتاريخ: {n + 10}/12/2015\nالنص: {PARAGRAPHS[n - 1]}" for n in N),
    "counted": "\n".join(f"مقال {n} من 4\nخبر\n{PARAGRAPHS[n - 1]}" for n in N),
    "numbered": "\n".join(f"{n}. خبر\nالوادي {n + 10}/12/2015\n{PARAGRAPHS[n - 1]}" for n in N),
    "outlet_beside_the_day": "\n".join(
        f"خبر\nجريدة الوادي\nالأربعاء {n + 10} ديسمبر 2015\nص 3\n{PARAGRAPHS[n - 1]}" for n in N
    ),
    "mails": "\n".join(
        f"From a@b\nSubject: خبر\nDate: Wed, {n + 10} Dec 2015 10:00:00 +0000\n\n{PARAGRAPHS[n - 1]}" for n in N
    ),
}
ONE = {
    "article": "افتتاح الحديقة\n23 ديسمبر 2015\n" + "\n".join(PARAGRAPHS),
    "chronicle": "\n".join(f"{n + 10} ديسمبر 2015\n{PARAGRAPHS[n - 1]}" for n in N),
    "interview": "\n".join(f"س: {PARAGRAPHS[n - 1][:40]}؟\nج: {PARAGRAPHS[n - 1]}" for n in N),
    "law": "\n".join(f"المادة {n}\n{PARAGRAPHS[n - 1]}" for n in N),
    "two_records": "\n".join(f"خبر {n}\nجريدة الوادي; {n + 10}.03.1999; ص {n}\n{PARAGRAPHS[n]}" for n in (1, 2)),
}
HITS = "".join(f"<h3>خبر {n}</h3><span>الوادي {n + 10}.12.2015</span><p>{PARAGRAPHS[n - 1]}</p>@" for n in N).split(
    "@"
)[:4]
PAGES = {
    "boxes": "".join(f"<div class='hit'>{hit}</div>" for hit in HITS),
    "articles": "".join(f"<article>{hit}</article>" for hit in HITS),
    "items": "<ol>" + "".join(f"<li>{hit}</li>" for hit in HITS) + "</ol>",
    "pre": f"<pre>{MANY['outlet_day_page']}</pre>",
    "rows": "<table>"
    + "".join(f"<tr><td>الوادي</td><td>{n + 10}/12/2015</td><td>{PARAGRAPHS[n - 1]}</td></tr>" for n in N)
    + "</table>",
}


@pytest.mark.parametrize("name", MANY)
def test_many_in_lines_records_are_many(name):
    assert many_in_lines(MANY[name].split("\n"))


@pytest.mark.parametrize("name", ONE)
def test_many_in_lines_one_text_is_one(name):
    assert not many_in_lines(ONE[name].split("\n"))


@pytest.mark.parametrize("name", PAGES)
def test_read_sources_page_of_many_is_refused(name, tmp_path):
    (tmp_path / "a.html").write_text(f"<html><body>{PAGES[name]}</body></html>", "utf-8")
    documents, rejects = read_sources(tmp_path / "a.html")
    assert len(documents) == 0
    assert rejects["reason"].str.startswith("holds several articles in a shell that no reader knows").tolist() == [True]


def test_read_sources_page_of_one_article_with_comments_and_teasers_is_read(tmp_path):
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    comments = "".join(f"<div class='comment'><b>زائر</b> {n + 10}/12/2015<p>{PARAGRAPHS[n - 1]}</p></div>" for n in N)
    markup = f"<article><h1>افتتاح الحديقة العامة</h1>{body}</article><div class='comments'>{comments}</div>"
    (tmp_path / "a.html").write_text(f"<html><body>{markup}</body></html>", "utf-8")
    assert len(read_sources(tmp_path / "a.html")[0]) == 1


def test_read_sources_word_file_of_many_is_refused_and_the_archive_is_named(tmp_path):
    lines = ["Integrum", *MANY["outlet_day_page"].split("\n")]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    (tmp_path / "a.docx").write_bytes(held.getvalue())
    reason = read_sources(tmp_path / "a.docx")[1]["reason"].iloc[0]
    assert reason.startswith("holds several articles in a shell that no reader knows (Integrum); export it")


@pytest.mark.parametrize(
    ("markup", "root"),
    [
        ("<?xml version='1.0'?><corpus><doc>نص</doc></corpus>", "corpus"),
        ("<articles><article><title>خبر</title><body>نص</body></article></articles>", "articles"),
        ("<?xml version='1.0'?><urlset><url><loc>http://x</loc></url></urlset>", "urlset"),
    ],
)
def test_read_sources_xml_of_another_kind_is_refused_by_its_root(markup, root, tmp_path):
    (tmp_path / "a.xml").write_text(markup, "utf-8")
    assert read_sources(tmp_path / "a.xml")[1]["reason"].tolist() == [
        f"is XML of a kind that no reader takes (<{root}>); a sitemap or a list is not a text"
    ]
