import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.arabic import LANGUAGE
from discourse.language.tokens import tokenize
from discourse.sources.cleaning.body import body_start
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate, mask_tokens
from discourse.sources.cleaning.boilerplate_forms import _ANYWHERE

WORDS = LANGUAGE.words("boilerplate")
FORMS = {key: st.from_regex(f"(?:{WORDS.forms(key)})", fullmatch=True) for key in WORDS["traces"]}
BODY = "وصل الوفد الروسي إلى كابل صباح أمس لبحث ملف التجارة مع الحكومة الجديدة."
SECOND = "وقال المتحدث إن المحادثات ستستمر يومين في مقر الوزارة وسط العاصمة."


def frame(*texts, **columns):
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "text": list(texts), **columns})


def marked(text, **columns):
    spans = find_boilerplate(frame(text, **columns))
    return [(kind, text[a:b]) for a, b, kind in zip(spans["start_char"], spans["end_char"], spans["kind"], strict=True)]


def test_find_boilerplate_founding_article_ticker_credit_subheads_headline(article):
    text = article["text"].iloc[0]
    spans = find_boilerplate(article.assign(title=None))
    found = {
        (kind, text[a:b].split("\n")[0][:20])
        for a, b, kind in zip(spans["start_char"], spans["end_char"], spans["kind"], strict=True)
    }
    assert found == {
        ("headline", "موسكو: نتعاون مع طال"),
        ("credit", "الامارات 7 - -أ ف ب"),
        ("subhead", "معلومات"),
        ("subhead", "إرهابية"),
        ("ticker", "شريط الأخبار الإمارا"),
    }
    assert body_start(article, spans)["body_start"].iloc[0] == text.index("أعلن")
    assert spans["end_char"].max() == len(text.rstrip())


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("كابل - رويترز: ", "dateline"),
        ("موسكو (أ ف ب) - ", "dateline"),
        ("موسكو، روسيا (ABC)-- ", "dateline"),
        ("خالد سالم- الخبر اليومي- تبوك: ", "dateline"),
        ("واشنطن: ", "dateline"),
    ],
)
def test_find_boilerplate_inline_dateline_is_marked_up_to_the_first_word(opening, kind):
    assert marked(opening + BODY) == [(kind, opening)]


def test_find_boilerplate_sentence_with_bracketed_name_is_no_dateline():
    assert marked("أصدرت مجموعة العمل المالي (ABCD) تقريرا جديدا عن التجارة في المنطقة أمس.") == []


def test_find_boilerplate_line_of_its_own_names_place_and_agency():
    assert marked(f"واشنطن - رويترز\n{BODY}") == [("dateline", "واشنطن - رويترز")]
    assert marked(f"سالم خالد – الصحيفة\n{BODY}") == [("credit", "سالم خالد – الصحيفة")]


def test_find_boilerplate_page_header_repeats_headline():
    head = "   Example.com - وفد روسي في كابل   \n   1000 (GMT+03:00) - 16/03/09    وفد روسي في كابل    صورة للوفد"
    text = f"{head}    {BODY}"
    assert marked(text) == [
        ("header", "Example.com - وفد روسي في كابل"),
        ("header", "1000 (GMT+03:00) - 16/03/09"),
        ("headline", "وفد روسي في كابل"),
        ("caption", "صورة للوفد"),
    ]


def test_find_boilerplate_title_column_names_the_headline():
    text = f"وفد روسي في كابل\nجانب من اللقاء\n{BODY}"
    assert marked(text, title="«وفد روسي» في كابل") == [("headline", "وفد روسي في كابل"), ("caption", "جانب من اللقاء")]


def test_find_boilerplate_markup_residue_is_meta():
    text = f'content="وصل الوفد إلى العاصمة." /> {BODY} &#34;{SECOND}&#34;'
    assert [kind for kind, _ in marked(text)] == ["meta", "meta", "meta"]
    assert marked(text)[0][1] == 'content="وصل الوفد إلى العاصمة." />'


def test_find_boilerplate_related_links_end_where_running_text_begins():
    text = f"{BODY}\nروابط ذات علاقة\nقمة جديدة في موسكو\nهل تعود المحادثات؟\n{SECOND}"
    assert [piece for kind, piece in marked(text) if kind == "related"] == [
        "روابط ذات علاقة",
        "قمة جديدة في موسكو",
        "هل تعود المحادثات؟",
    ]


def test_find_boilerplate_tags_contact_and_end_marks():
    assert marked(f"{BODY} سمات روسيا أفغانستان تجارة")[-1] == ("tags", " سمات روسيا أفغانستان تجارة")
    assert marked(f"{BODY}\nwriter@example.com")[-1] == ("contact", "writer@example.com")
    assert marked(f"{BODY}\n// انتهى //\n11:24 ت م")[-1][0] == "footer"


def test_find_boilerplate_list_of_stars_is_no_credit():
    text = f"{BODY}\n* القمح\n* النفط\n* الغاز"
    assert marked(text) == []


def test_find_boilerplate_repetition_counts_different_texts_of_one_outlet():
    menu = "الأخبار العالم الرياضة"
    texts = [f"{BODY} رقم {i}.\n{menu}\n{SECOND}" for i in range(5)]
    assert set(find_boilerplate(frame(*texts, source="x"))["kind"]) == {"repeated"}
    assert len(find_boilerplate(frame(*texts[:4], source="x"), repeat=5).query("kind == 'repeated'")) == 0
    same = frame(*[texts[0]] * 9, source="x")
    assert "repeated" not in set(find_boilerplate(same)["kind"])


def test_find_boilerplate_repetition_stays_within_an_outlet():
    texts = [f"{BODY} رقم {i}.\nالأخبار العالم الرياضة\n{SECOND}" for i in range(6)]
    spans = find_boilerplate(frame(*texts, source=list("ababab")))
    assert "repeated" not in set(spans["kind"])


def test_find_boilerplate_empty_and_plain_texts_have_no_spans():
    assert len(find_boilerplate(frame("", None, BODY))) == 0


def test_find_boilerplate_wrong_arguments_raise():
    with pytest.raises(SchemaError) as error:
        find_boilerplate(frame(BODY), repeat=1)
    assert str(error.value) == "`repeat` is 1; it must be 2 or more."
    with pytest.raises(SchemaError) as error:
        find_boilerplate(pd.DataFrame({"doc_id": ["a"]}))
    assert str(error.value) == "`documents` lacks the columns 'text' of DOCUMENTS; it has 'doc_id'."


PIECES = st.lists(
    st.sampled_from(
        [BODY, SECOND, "كابل - رويترز: ", "عنوان قصير", "\n", "   ", "روابط ذات صلة", "<b>", "* خدمة", "شريط الأخبار"]
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_find_boilerplate_spans_lie_inside_and_never_overlap(pieces):
    documents = frame("".join(pieces))
    before = documents.copy(deep=True)
    spans = find_boilerplate(documents)
    pd.testing.assert_frame_equal(documents, before)
    starts, ends = spans["start_char"].to_numpy(), spans["end_char"].to_numpy()
    assert (starts < ends).all() and (starts[1:] >= ends[:-1]).all()
    assert not len(ends) or ends[-1] <= len(documents["text"].iloc[0])


def test_find_boilerplate_order_of_documents_changes_nothing():
    documents = frame(f"كابل - رويترز: {BODY}", f"عنوان\n{BODY}", SECOND)
    forward = find_boilerplate(documents)
    backward = find_boilerplate(documents.iloc[::-1])
    pd.testing.assert_frame_equal(forward, backward)


def test_mask_tokens_equals_a_plain_recount():
    documents = frame(f"كابل - رويترز: {BODY}\nقسم أول\n{SECOND}", BODY, f"عنوان\n{SECOND}")
    tokens, spans = tokenize(documents), find_boilerplate(documents)
    plain = [
        any(s.doc_id == t.doc_id and s.start_char <= t.start_char < s.end_char for s in spans.itertuples())
        for t in tokens.itertuples()
    ]
    assert plain == mask_tokens(tokens, spans).tolist()
    assert 0 < sum(plain) < len(plain)
    assert len(drop_spans(tokens, spans)) == len(plain) - sum(plain)


def test_mask_tokens_overlapping_nested_and_foreign_spans():
    tokens = pd.DataFrame({"doc_id": ["a"] * 4 + ["b"], "start_char": [0, 5, 10, 15, 0]})
    spans = pd.DataFrame(
        {
            "doc_id": ["a", "a", "z"],
            "start_char": [0, 2, 0],
            "end_char": [12, 4, 99],
            "kind": ["x"] * 3,
            "basis": ["form"] * 3,
        }
    )
    assert mask_tokens(tokens, spans).tolist() == [True, True, True, False, False]
    assert not mask_tokens(tokens, spans.iloc[:0]).any()
    assert mask_tokens(tokens.iloc[:0], spans).dtype == np.bool_


def test_body_start_is_null_where_all_is_boilerplate():
    documents = frame("شيء")
    spans = pd.DataFrame({"doc_id": ["d0"], "start_char": [0], "end_char": [3], "kind": ["menu"], "basis": ["form"]})
    assert body_start(documents, spans)["body_start"].isna().all()


def test_body_start_coded_articles_within_twenty_characters(shared):
    import re

    news = pd.read_parquet(shared / "data/news/arabic_news.parquet")
    codes = pd.read_csv(shared / "data/coding/dev_documents.csv").drop_duplicates("doc_id")
    codes = codes.dropna(subset=["body_start"])
    chosen = news[news["doc_id"].isin(codes["doc_id"])].merge(codes[["doc_id", "body_start"]], on="doc_id")
    documents = chosen.drop(columns="body_start")
    starts = body_start(documents, find_boilerplate(documents))["body_start"]
    hits = 0
    for text, words, guess in zip(chosen["text"], chosen["body_start"], starts, strict=True):
        places = [m.start() for m in re.finditer(r"\s+".join(map(re.escape, words.split())), text[:1500])]
        hits += bool(places) and not pd.isna(guess) and abs(int(guess) - places[-1]) <= 20
    assert hits / len(chosen) >= 0.85


@pytest.mark.parametrize("piece", ["\n", " ", "كلمة &#34;\n", 'content="', "(", "واحد - ", "اقرأ أيضا "])
def test_find_boilerplate_text_ten_times_as_long_is_at_most_ten_times_the_work(piece, count_lines):
    def lines(n):
        documents = frame(piece * n)
        return count_lines(lambda: find_boilerplate(documents))

    lines(100)
    assert lines(4_000) <= 10 * lines(400)


@pytest.mark.parametrize("pattern", [row[0].pattern for row in _ANYWHERE])
def test_patterns_looked_for_anywhere_repeat_nothing_without_bound(pattern):
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)  # neither escaped signs nor classes of characters
    assert not set("*+") & set(bare)


@pytest.mark.parametrize(("n_words", "kinds"), [(12, {"repeated"}), (13, set())])
def test_find_boilerplate_repetition_marks_segments_of_twelve_words_at_most(n_words, kinds):
    line = " ".join(["كلمة"] * n_words)
    texts = [f"{BODY} رقم {i}.\n{line}\n{SECOND}" for i in range(5)]
    assert set(find_boilerplate(frame(*texts, source="x"))["kind"]) == kinds


@pytest.mark.parametrize(
    ("n_words", "mark", "expected"),
    [(18, "", [("headline", "عنوان")]), (17, "", []), (8, ".", [("headline", "عنوان")]), (7, ".", [])],
)
def test_find_boilerplate_running_text_has_eighteen_words_or_eight_and_a_mark(n_words, mark, expected):
    lines = ["عنوان", " ".join(["كلمة"] * n_words) + mark, "رابط أول", "رابط ثان"]
    assert marked("\n".join(lines))[:1] == expected


@pytest.mark.parametrize(("n_lines", "kinds"), [(2, ["headline"]), (3, [])])
def test_find_boilerplate_short_text_of_three_segments_has_a_sentence_of_three_words_as_its_body(n_lines, kinds):
    text = "\n".join(
        [f"عنوان {number}" for number in range(n_lines)][:1] + ["رابط"] * (n_lines - 2) + ["وصل الوفد اليوم."]
    )
    extra = "\nرابط" * (2 if n_lines == 3 else 0)
    assert [kind for kind, _ in marked(text + extra)] == kinds


@pytest.mark.parametrize(("n_words", "found"), [(17, True), (18, False)])
def test_find_boilerplate_caption_between_headline_and_body_has_seventeen_words_at_most(n_words, found):
    line = " ".join(["صورة"] * n_words)
    kinds = [kind for kind, _ in marked(f"عنوان\n{line}\n{BODY}\n{SECOND}")]
    assert ("caption" in kinds) == found


@pytest.mark.parametrize(("n_words", "found"), [(7, True), (8, False)])
def test_find_boilerplate_subhead_between_paragraphs_has_seven_words_at_most(n_words, found):
    line = " ".join(["محادثات"] * n_words)
    kinds = [kind for kind, _ in marked(f"{BODY}\n{line}\n{SECOND}")]
    assert ("subhead" in kinds) == found


@given(
    st.sampled_from(["read", "more", "link", "tags", "published"]).flatmap(
        lambda key: st.tuples(st.just(key), FORMS[key])
    )
)
def test_traces_of_a_form_stand_in_whatever_it_matches(drawn):
    key, text = drawn
    assert any(trace in text for trace in WORDS["traces"][key])
