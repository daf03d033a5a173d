"""Error pages, challenges and vendors' notes, and articles that speak of such."""

import pytest

from discourse.sources.readers.refusals import is_refusal, is_vendor_note

ARTICLE = "كلمة " * 200


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("الصفحة غير موجودة", "عذرا"), ("الصفحة غير موجودة | جريدة الوادي", ARTICLE), ("404", ""),
        ("خطأ 404 - الوادي", "أ"), ("Error 404 (Not Found)!!1", "x"), ("Page non trouvée - Le Monde", "x"),
        ("503 Service Temporarily Unavailable", "nginx"), ("Access Denied", "You don't have permission"),
        ("Just a moment...", "Enable JavaScript and cookies to continue"), ("Attention Required! | Cloudflare", "x"),
        ("جريدة الوادي", "Checking your browser before accessing wadi.example."),
        ("جريدة الوادي", "يرجى تفعيل الجافا سكريبت في متصفحك لمشاهدة هذه الصفحة."),
        ("جريدة", "عذراً، الصفحة التي تبحث عنها غير متوفّرة أو تم نقلها"), ("الموقع قيد الصيانة", "نعود قريبا"),
    ],
)  # fmt: skip
def test_is_refusal_of_error_pages_and_challenges(title, text):
    assert is_refusal([title], text)


@pytest.mark.parametrize(
    ("title", "text"),
    [("افتتاح الحديقة", ARTICLE), ("ممنوع", ARTICLE), ("خطأ", ARTICLE), (None, ARTICLE), ("افتتاح الحديقة", "نص قصير")],
)
def test_is_refusal_of_articles_is_false(title, text):
    assert not is_refusal([title], text)


@pytest.mark.parametrize(
    "text",
    [
        "نأسف، حدث خطأ في هذه الوثيقة ولا يمكن عرضها.", "This document is no longer available.",
        "We are sorry but there is an error in this document and it is not possible to display it.",
        "Une erreur est survenue dans ce document.", "Full text not available", "تعذر عرض المستند",
        "Es tut uns leid, in diesem Dokument ist ein Fehler aufgetreten.",
    ],
)  # fmt: skip
def test_is_vendor_note_in_place_of_a_record(text):
    assert is_vendor_note(text, bare=True)


def test_is_vendor_note_of_a_report_that_speaks_of_an_error_is_false():
    assert not is_vendor_note("قال الوزير إنه حدث خطأ في تقدير الموقف", bare=False)
    assert not is_vendor_note("حدث خطأ. " + ARTICLE, bare=True)
