# ruff: noqa: E501 (the shells of pages are long lines)
"""The date of a page: from its metadata, else from the article's element, never today's, a sidebar's or a comment's."""

import pytest

from discourse.sources.readers.pages import page_entry

PARAGRAPHS = [
    "افتتح رئيس بلدية الوادي الأخضر صباح اليوم الحديقة العامة الجديدة بحضور عدد كبير من الأهالي والطلاب الذين رحبوا بالمشروع.",
    "وقال رئيس البلدية سامر النجار إن الحديقة تضم ملاعب للأطفال ومسارات للمشاة ومكتبة صغيرة، وإن العمل فيها استمر سنتين كاملتين.",
    "وأضاف أن البلدية ستبدأ في الشهر المقبل مشروعا آخر لتجديد شبكة المياه في الأحياء الشرقية من المدينة بعد شكاوى متكررة من السكان.",
    "من جهتها رأت المعلمة هدى السالم أن المكتبة أهم ما في الحديقة، ودعت إلى فتحها في المساء حتى يستفيد منها الموظفون أيضا.",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
HEADLINE = "<h1>افتتاح الحديقة العامة في الوادي الأخضر</h1>"
DAY = "الأربعاء 23 ديسمبر 2015"
TODAY = "الأحد 29 نوفمبر 2026"


def page(inner, head=""):
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>افتتاح الحديقة العامة في الوادي الأخضر | جريدة الوادي</title>{head}</head><body>{inner}</body></html>'


CASES = {
    "meta": (
        page(
            f"<article>{HEADLINE}{BODY}</article>",
            '<meta property="article:published_time" content="2015-12-23T10:00:00+02:00">',
        ),
        "2015-12-23",
    ),
    "meta_modified_only": (
        page(
            f"<article>{HEADLINE}{BODY}</article>",
            '<meta property="article:modified_time" content="2020-12-23T10:00:00+02:00">',
        ),
        "NaT",
    ),
    "ld": (
        page(
            f"<article>{HEADLINE}{BODY}</article>",
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"افتتاح الحديقة العامة في الوادي الأخضر","datePublished":"2015-12-23T08:00:00Z","dateModified":"2019-01-01"}</script>',
        ),
        "2015-12-23",
    ),
    "ld_graph_other": (
        page(
            f"<article>{HEADLINE}<span class='date'>{DAY}</span>{BODY}</article>",
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"2011-01-01"},{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"خبر آخر","datePublished":"2019-01-01"}]}]}</script>',
        ),
        "2015-12-23",
    ),
    "comment_date": (
        page(
            f"<article>{HEADLINE}<div class='post-date'>{DAY}</div>{BODY}</article><div class='comments'><div class='comment'><span class='date'>1 يناير 2019</span><p>أحسنتم</p></div></div>"
        ),
        "2015-12-23",
    ),
    "comment_only": (
        page(
            f"<article>{HEADLINE}{BODY}</article><div id='comments'><ul><li><span class='comment-date'>1 يناير 2019</span><p>أحسنتم على هذا الخبر</p></li></ul></div>"
        ),
        "NaT",
    ),
    "today_only": (
        page(
            f"<div class='top'><span class='date'>{TODAY}</span></div><nav><a>الرئيسية</a></nav><article>{HEADLINE}{BODY}</article>"
        ),
        "NaT",
    ),
    "today_plain_div": (
        page(
            f"<div id='header'><div>{TODAY}</div></div><div id='content'>{HEADLINE}<div class='info'>نشر في {DAY}</div>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "today_js_span": (
        page(
            f"<span id='currentDate'>{TODAY}</span><div id='content'>{HEADLINE}<time datetime='2015-12-23T10:00'>{DAY}</time>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "sidebar_after": (
        page(f"<main>{HEADLINE}{BODY}</main><div class='sidebar'><span class='date'>1 يناير 2019</span></div>"),
        "NaT",
    ),
    "related_inside": (
        page(
            f"<article>{HEADLINE}<p class='meta'>{DAY} - بقلم سلمى</p>{BODY}<div class='related-posts'><div><a>خبر آخر</a><span class='date'>1 يناير 2019</span></div></div></article>"
        ),
        "2015-12-23",
    ),
    "related_only": (
        page(
            f"<article>{HEADLINE}{BODY}<div class='related-posts'><div><a>خبر آخر</a><span class='date'>1 يناير 2019</span></div></div></article>"
        ),
        "NaT",
    ),
    "live_updates": (
        page(
            f"<article>{HEADLINE}<div class='live-updates'><span>{TODAY}</span> عاجل</div><div class='date'>{DAY}</div>{BODY}</article>"
        ),
        "2015-12-23",
    ),
    "above_h1": (
        page(
            f"<div class='content'><div class='date'>{DAY}</div>{HEADLINE}{BODY}</div><aside><time datetime='2019-01-01'>1 يناير 2019</time></aside>"
        ),
        "2015-12-23",
    ),
    "after_body": (page(f"<div class='content'>{HEADLINE}{BODY}<div class='pubdate'>{DAY}</div></div>"), "2015-12-23"),
    "updated_and_published": (
        page(
            f"<article>{HEADLINE}<div class='dates'><span>آخر تحديث: 25 ديسمبر 2015</span> <span>نشر: 23 ديسمبر 2015</span></div>{BODY}</article>"
        ),
        "2015-12-23",
    ),
    "relative_in_article": (page(f"<article>{HEADLINE}<span class='date'>منذ 3 ساعات</span>{BODY}</article>"), "NaT"),
    "relative_with_datetime": (
        page(f"<article>{HEADLINE}<time datetime='2015-12-23'>منذ 3 ساعات</time>{BODY}</article>"),
        "2015-12-23",
    ),
    "hijri_greg": (
        page(f"<article>{HEADLINE}<span class='date'>12 ربيع الأول 1437هـ - 23 ديسمبر 2015م</span>{BODY}</article>"),
        "2015-12-23",
    ),
    "old_table": (
        page(
            f"<table><tr><td><table><tr><td>{TODAY}</td></tr></table></td></tr><tr><td><font size=5><b>افتتاح الحديقة العامة في الوادي الأخضر</b></font><br>الأربعاء 23 ديسمبر 2015<br><br>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
        ),
        "2015-12-23",
    ),
    "copyright": (page(f"<article>{HEADLINE}{BODY}</article><footer>جميع الحقوق محفوظة 1 يناير 2020</footer>"), "NaT"),
    "in_body_date": (page(f"<article>{HEADLINE}{BODY}<p>وكان الاتفاق وقع في 1 يناير 2010.</p></article>"), "NaT"),
    "canonical": (
        page(
            f"<article>{HEADLINE}{BODY}</article>",
            '<link rel="canonical" href="http://wadi.example/2015/12/23/garden.html">',
        ),
        "2015-12-23",
    ),
    "latest_div_first": (
        page(
            f"<div class='latest-news'><ul><li>خبر <span class='time'>1 يناير 2019</span></li></ul></div><div id='article'>{HEADLINE}<span class='article-time'>23-12-2015 10:05</span>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "unknown_class_box": (
        page(
            f"<div class='bx'><a>خبر</a><div class='dt'>1 يناير 2019</div></div><div class='bx2'><a>خبر</a><div class='dt'>2 يناير 2019</div></div><div class='story'>{HEADLINE}<div class='dt'>{DAY}</div>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "weather": (
        page(
            f"<div class='weather'>القاهرة 20 درجة {TODAY}</div><div class='story'>{HEADLINE}<div>{DAY}</div>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "itemprop": (
        page(
            f"<article itemscope>{HEADLINE}<span itemprop='datePublished' content='2015-12-23'>قبل 5 سنوات</span>{BODY}</article>"
        ),
        "2015-12-23",
    ),
    "date_with_author": (
        page(
            f"<article>{HEADLINE}<div class='author'>سلمى الحداد | الأربعاء 23 ديسمبر 2015 | 10:05 صباحا | القاهرة</div>{BODY}</article>"
        ),
        "2015-12-23",
    ),
    "epoch": (
        page(
            f"<article>{HEADLINE}<div class='date'>{DAY}</div>{BODY}</article>",
            '<meta property="article:published_time" content="1970-01-01T00:00:00Z">',
        ),
        "2015-12-23",
    ),
    "views": (page(f"<article>{HEADLINE}<div class='info'>المشاهدات: 2015 - التعليقات 3</div>{BODY}</article>"), "NaT"),
    "header_tag_in_article": (
        page(f"<article><header>{HEADLINE}<span>{DAY}</span></header>{BODY}</article>"),
        "2015-12-23",
    ),
    "photo_caption_date": (
        page(
            f"<article>{HEADLINE}<figure><img><figcaption>الحديقة في 1 يناير 2010</figcaption></figure><span class='date'>{DAY}</span>{BODY}</article>"
        ),
        "2015-12-23",
    ),
    "masthead": (
        page(
            f"<table><tr><td>الجمعة 21 صفر 1421 الموافق 25 مايو 2000 العدد:10101</td></tr></table><table><tr><td><a>a</a></td><td><a>الأولى</a></td><td><a>محليات</a></td><td><a>دوليات</a></td><td>x</td><td>y</td><td>z</td></tr></table><table><tr><td>{HEADLINE}{BODY}</td></tr></table>"
        ),
        "2000-05-25",
    ),
    "blogger_head_of_the_date": (
        page(
            f"<div><h2 class='date-header'><span>{DAY}</span></h2><h3>افتتاح الحديقة العامة في الوادي الأخضر</h3>{BODY}</div>"
        ),
        "2015-12-23",
    ),
    "date_of_the_sites_head": (
        page(f"<div class='header-date'>{TODAY}</div><article>{HEADLINE}{BODY}</article>"),
        "NaT",
    ),
    "two_days_in_many_words": (
        page(f"<div>{HEADLINE}<ul><li>آخر تحديث: 25 ديسمبر 2015 - نشر: 23 ديسمبر 2015</li></ul>{BODY}</div>"),
        "2015-12-23",
    ),
    "two_calendars_in_many_words": (
        page(f"<div>{HEADLINE}<i>11 ربيع الأول 1437 هـ - 23 كانون الأول 2015 م</i>{BODY}</div>"),
        "2015-12-23",
    ),
    "many_words_beside_a_day": (
        page(f"<div>{HEADLINE}<i>وصل الوفد إلى القرية ثم غادرها في 23 كانون الأول 2015</i>{BODY}</div>"),
        "NaT",
    ),
    "table_without_a_day_below_the_sites": (
        page(
            f"<div class='ticker'><ul><li>خبر عاجل <span>{TODAY}</span></li></ul></div><table><tr><td><b>افتتاح الحديقة العامة في الوادي الأخضر</b><br>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
        ),
        "NaT",
    ),
    "table_below_the_weather": (
        page(
            f"<div class='weather'>القاهرة 20 درجة {DAY.replace('2015', '2026')} صباحا</div><table><tr><td><b>افتتاح الحديقة العامة في الوادي الأخضر</b><br><font>{DAY}</font><br>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
        ),
        "2015-12-23",
    ),
    "related_within_a_short_text": (
        page(
            f"<article>{HEADLINE}<a>آخر تحديث: 25 ديسمبر 2015 - نشر: 23 ديسمبر 2015</a><div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><div class='related-posts'><div><a>خبر</a><span class='date'>1 يناير 2019</span></div></div></div></article>"
        ),
        "2015-12-23",
    ),
    "sauress": (
        page(
            f"<div id=main><div id=art>{HEADLINE}<div>سلمى الحداد</div><div>نشر في الحياة يوم 23 - 12 - 2015</div>{BODY}</div></div>"
        ),
        "2015-12-23",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_page_entry_has_the_date_of_the_article(name):
    markup, day = CASES[name]
    found = page_entry(markup.encode(), "page 1")
    found = found if found.get("vendor") else {}
    assert str(found.get("date") or "NaT") == day
