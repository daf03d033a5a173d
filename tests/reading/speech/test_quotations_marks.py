"""Quotation marks: found, given a direction, paired."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.language.tokens import tokenize
from discourse.reading.speech.marks import find_marks, pair_marks
from discourse.reading.speech.quotations import find_quotations


def words(text):
    return [text[span.start : span.end] for span in pair_marks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال: «لا» ومضى", ["لا"]),
        ("قال: \u201cلا\u201d ومضى", ["لا"]),
        ("قال: \u201dلا\u201c ومضى", ["لا"]),  # reversed by the typesetter
        ("قال »لا« ومضى", ["لا"]),
        ('قال "لا" ومضى', ["لا"]),
        ("قال 'لا' ومضى", ["لا"]),
        ("قال {لا} ومضى", ["لا"]),
        ("قال &#34; لا &#34;.", ["لا"]),
        ('أن"حركتي طالبان" .', ["حركتي طالبان"]),
        ('بـ"استمرار الصداقة" معها', ["استمرار الصداقة"]),
        ('و"حركة" أو "جماعة"', ["حركة", "جماعة"]),
    ],
)
def test_pair_marks_every_mark_of_the_press_gives_its_words(text, expected):
    assert words(text) == expected


def test_pair_marks_three_deep_gives_three_depths():
    text = "قال: «سمعته يقول \"قرأت 'كلا' مرة\" ثم سكت»"
    assert [(span.depth, text[span.start : span.end]) for span in pair_marks(text)] == [
        (0, "سمعته يقول \"قرأت 'كلا' مرة\" ثم سكت"),
        (1, "قرأت 'كلا' مرة"),
        (2, "كلا"),
    ]


def test_pair_marks_unclosed_mark_ends_with_its_paragraph():
    text = 'وقال "إن الأمر مهم\nوفي كابل شيء آخر'
    (span,) = pair_marks(text)
    assert (text[span.start : span.end], span.closed) == ("إن الأمر مهم", False)


def test_pair_marks_mark_repeated_at_the_next_paragraph_resumes():
    text = "قال: «أول الكلام\n«وآخر الكلام» ثم مضى"
    spans = pair_marks(text)
    assert [(text[s.start : s.end], s.closed, s.resumes) for s in spans] == [
        ("أول الكلام", False, False),
        ("وآخر الكلام", True, True),
    ]


@pytest.mark.parametrize(("breaks", "closed"), [(3, True), (4, False)])
def test_pair_marks_stretch_runs_over_three_paragraph_breaks_to_its_mark(breaks, closed):
    text = "قال: «أول" + "\nكلام" * breaks + "» ثم مضى"
    (span,) = pair_marks(text)
    assert span.closed is closed
    assert text[span.start : span.end] == ("أول" + "\nكلام" * breaks if closed else "أول")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('قال «لن نعترف" ومضى', ["لن نعترف"]),
        ('قال "لن نعترف» ومضى', ["لن نعترف"]),
        ('قال «قرأت "كلا" مرة» ومضى', ['قرأت "كلا" مرة', "كلا"]),
        ('قال «شاشة 14" جديدة» ومضى', ['شاشة 14" جديدة']),  # inches
        ('قال «كلمة" وأخرى» ومضى', ['كلمة" وأخرى']),  # its own mark follows
        ('قال «كلمة" و«أخرى» ومضى', ["كلمة", "أخرى"]),
    ],
)
def test_pair_marks_mark_of_another_family_closes_what_its_own_does_not(text, expected):
    assert words(text) == expected


def test_pair_marks_closing_mark_alone_is_passed_over():
    assert words("كلام» آخر") == []


def test_find_marks_apostrophe_inside_a_word_is_no_mark():
    assert find_marks("l'article") == []


@given(st.text(alphabet="قال «»\"{}\u201c\u201d.\n'", max_size=120))
def test_pair_marks_any_text_gives_nested_spans_inside_it(text):
    spans = pair_marks(text)
    for span in spans:
        assert 0 <= span.opens < span.start <= max(span.start, span.end) <= len(text)
    for a, b in zip(spans, spans[1:], strict=False):
        assert a.start <= b.start
        assert b.opens >= a.end or b.depth > a.depth


@pytest.mark.parametrize("piece", ["« كلام ", "» كلام ", 'كلام " ', "«كلام» ", "« \" { ' "])
def test_pair_marks_long_unbalanced_text_is_linear(piece, count_lines):
    short, long = (count_lines(lambda n=n: pair_marks(piece * n)) for n in (500, 4_000))
    assert 0 < long < 12 * short  # eight times the text; quadratic would be 64 times


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("«", "»"), ("“", "”"), ("‟", "”"), ("„", "“"), ("‹", "›"), ("{", "}"), ('"', '"'), ("＂", "＂"), ("<<", ">>"),
     ("''", "''"), ("‘", "’"), ("'", "'"), ("&quot;", "&quot;"), ("&#34;", "&#34;")],
)  # fmt: skip
def test_find_quotations_sentence_in_any_marks_alone_is_looked_at(opening, closing):
    said = "لن نقبل بهذا الاتفاق أبدا ولن نعود إلى الوراء مهما طال الزمن."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [f"اعتدل الطقس.\n{opening}{said}{closing}\nوهطل المطر."]})
    assert find_quotations(documents, tokenize(documents))["rule"].tolist() == ["marks alone"]
    other = documents.assign(text=f"اعتدل الطقس.\n({said})\nوهطل المطر.")
    assert find_quotations(other, tokenize(other)).empty
