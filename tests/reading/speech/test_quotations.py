"""Reported speech: sentences read by hand, laws, bad input, the founding article, the coded articles."""

from functools import cache

import pandas as pd
import pytest
import yaml

from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.speech.quotations import find_quotations
from discourse.sources.seeds import load_seed


def documents(*texts, **columns):
    return pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": list(texts), **columns})


@cache
def built_in(name):
    return load_lexicon(name)


def find(frame, tokens=None, **options):
    tokens = tokenize(frame) if tokens is None else tokens
    return find_quotations(frame, tokens, actors=built_in("actors"), lexicon=built_in("speech"), **options)


def read(*texts, **columns):
    return find(documents(*texts, **columns))


@cache
def _together():
    """All sentences of SPEECH and SILENT in one corpus: the lexicons are expanded once."""
    frame = documents(*[text for text, _ in SPEECH], *SILENT)
    return dict(zip(frame["text"], frame["doc_id"], strict=True)), find(frame)


def rows(text):
    """(cue, speaker, kind, content) of every instance, in the order of the cues."""
    ids, table = _together()
    found = table[table["doc_id"] == ids[text]].sort_values("cue_start_char")
    speakers = [None if pd.isna(name) else name for name in found["speaker"]]
    contents = [text[a:b] for a, b in zip(found["content_start_char"], found["content_end_char"], strict=True)]
    return list(zip(found["cue"], speakers, found["kind"], contents, strict=True))


SPEECH = [
        # the speaker behind the verb, before it, with a title, in an apposition
        ("قال الوزير إن المفاوضات انتهت.", [("قال", "الوزير", "indirect", "إن المفاوضات انتهت")]),
        ("لكن الجيش نفى أن المدينة سقطت.", [("نفى", "الجيش", "indirect", "أن المدينة سقطت")]),
        ("وكان لافروف قد قال إن الوفد وصل.", [("قال", "لافروف", "indirect", "إن الوفد وصل")]),
        (
            "صرح المبعوث الرئاسي الروسي إلى أفغانستان زامير كابولوف بأن الوفد وصل.",
            [("صرح", "المبعوث الرئاسي الروسي إلى أفغانستان زامير كابولوف", "indirect", "بأن الوفد وصل")],
        ),
        (
            "وقال رئيس الشرطة، سمير القاسم، إن القنبلة انفجرت.",
            [("قال", "رئيس الشرطة، سمير القاسم", "indirect", "إن القنبلة انفجرت")],
        ),
        ("لكن وزير الدفاع، سمير القاسم، قال إن القوات باقية.",
         [("قال", "وزير الدفاع، سمير القاسم", "indirect", "إن القوات باقية")]),
        ("وسبق لمسؤولين روس أن لمحوا إلى أن الحظر باق.", [("لمحوا", "مسؤولين روس", "indirect", "أن الحظر باق")]),
        # direct speech
        ("وقالت الوزارة: «لن نعترف بهم».", [("قالت", "الوزارة", "direct", "لن نعترف بهم")]),
        ('وأكد أن "ذلك مهم للغاية"، وذلك بعد اللقاء.', [("أكد", None, "direct", "ذلك مهم للغاية")]),
        ("«لن نعترف بالحركة قبل تشكيل حكومة شاملة»، قال لافروف.",
         [("قال", "لافروف", "direct", "لن نعترف بالحركة قبل تشكيل حكومة شاملة")]),
        # a name in marks is no speech
        ('وقالت "إيساف" إن الضحايا مدنيون.', [("قالت", '"إيساف"', "indirect", "إن الضحايا مدنيون")]),
        # ellipsis, participles, verb and participle as one cue
        (
            "أعلن مسؤول أن الوفد وصل، وأضاف أنه سيبقى، مشيرا إلى أن اللقاء قريب.",
            [
                ("أعلن", "مسؤول", "indirect", "أن الوفد وصل"),
                ("أضاف", "مسؤول", "indirect", "أنه سيبقى"),
                ("مشيرا إلى", "مسؤول", "indirect", "أن اللقاء قريب"),
            ],
        ),
        ("وأضاف الوزير قائلا إن الوفد وصل.", [("قائلا", "الوزير", "indirect", "إن الوفد وصل")]),
        ("واكتفى المتحدث بالقول إن الوفد وصل.", [("بالقول", "المتحدث", "indirect", "إن الوفد وصل")]),
        # verbs with an object or a preposition
        ("نفت وزارة الخارجية الروسية تسليح الحركة.",
         [("نفت", "وزارة الخارجية الروسية", "indirect", "تسليح الحركة")]),
        ("اتهمت واشنطن موسكو بتسليح الحركة.", [("اتهمت", "واشنطن", "indirect", "بتسليح الحركة")]),
        ("وتعهدت الحركة بوقف الهجمات.", [("تعهدت", "الحركة", "indirect", "بوقف الهجمات")]),
        ("وحث الرئيس فلاديمير بوتين، في رسالة، على ابتكار وسائل أخرى.",
         [("حث", "الرئيس فلاديمير بوتين", "indirect", "على ابتكار وسائل أخرى")]),
        ("سأل الصحفي عما إذا كانت موسكو ستعترف بالحركة.",
         [("سأل", "الصحفي", "indirect", "عما إذا كانت موسكو ستعترف بالحركة")]),
        # attributions
        ("قتل عشرة جنود في الهجوم، بحسب وزارة الدفاع.",
         [("بحسب", "وزارة الدفاع", "indirect", "قتل عشرة جنود في الهجوم")]),
        ("وبحسب وزارة الدفاع، قتل عشرة جنود.", [("بحسب", "وزارة الدفاع", "indirect", "قتل عشرة جنود")]),
        ("قتل عشرة جنود، حسب ما ذكر مسؤولون محليون.",
         [("حسب ما ذكر", "مسؤولون محليون", "indirect", "قتل عشرة جنود")]),
        ("قتل عشرة جنود، كما أعلنت وزارة الدفاع.",
         [("أعلنت", "وزارة الدفاع", "indirect", "قتل عشرة جنود")]),
        ("قتل عشرة جنود، وفقا لمسؤول بالشرطة، سمير القاسم.",
         [("وفقا", "مسؤول بالشرطة، سمير القاسم", "indirect", "قتل عشرة جنود")]),
        ("لن يعود السلام، على حد قوله.", [("على حد قوله", None, "indirect", "لن يعود السلام")]),
        # verbal nouns with their holder
        ("جاء ذلك بعد إعلان وزارة الدفاع أن القوات باقية.",
         [("إعلان", "وزارة الدفاع", "indirect", "أن القوات باقية")]),
    ]  # fmt: skip

SILENT = [
    "يذكر أن الحركة محظورة في روسيا.",  # impersonal
    "ويعتقد أنهم فروا من المدينة.",
    "وفقا للقانون الجديد تحظر الحركة.",  # a rule, not a source
    "رفض المتحدث التعليق على الخبر.",  # silence is no speech
    "لم يقل الوزير إن الوفد وصل.",  # negated
    "قد يقول الوزير إن الوفد وصل.",  # possible
    "يريد أن يعلن الرئيس أن الحرب انتهت.",
    "وصل الوزير إلى مدينة كابل عبر الحدود.",
    "",
    "   \n\n",
]


@pytest.mark.parametrize(("text", "expected"), SPEECH)
def test_find_quotations_sentence_gives_cue_speaker_kind_and_content(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_find_quotations_sentence_without_report_gives_nothing(text):
    assert rows(text) == []


def test_find_quotations_relayed_words_name_the_source_and_keep_the_chain():
    found = read("ونقلت وكالة إنترفاكس عن زامير كابولوف قوله إن موسكو لن تعترف بالحركة.").iloc[0]
    assert (found["speaker"], found["actor"], found["side"]) == ("زامير كابولوف", "russia", "russia")
    assert found["chain"] == "وكالة إنترفاكس"


def test_find_quotations_addressed_agency_and_credit_make_the_chain():
    found = read("قال لافروف لوكالة تاس إن الوفد وصل.", agency=["afp"]).iloc[0]
    assert (found["speaker"], found["chain"]) == ("لافروف", "وكالة تاس < afp")


def test_find_quotations_two_layers_give_two_rows_with_one_content():
    found = read("قال مسؤول روسي إن الهجوم أوقع خمسة قتلى، وفق وكالة تاس.")
    assert found["cue"].tolist() == ["قال", "وفق"]
    assert found["content_end_char"].nunique() == 1
    assert found["side"].tolist() == ["russia", "other"]


def test_find_quotations_ellipsis_resolves_to_the_last_speaker():
    found = read("قال لافروف إن الوفد وصل. وأضاف أن اللقاء قريب. وقالت طالبان إنها ترحب. وتابعت أن الأمر مهم.")
    assert found["speaker"].isna().tolist() == [False, True, False, True]
    assert found["side"].tolist() == ["russia", "russia", "taliban", "taliban"]


def test_find_quotations_short_form_resolves_to_the_full_name_before():
    found = read("قال المتحدث باسم الخارجية الروسية سمير القاسم إن الوفد وصل. وقال المتحدث إن اللقاء قريب.")
    assert found["actor"].tolist() == ["russia", "russia"]


def test_find_quotations_person_beats_the_region_of_the_office():
    found = read("قال رئيس قسم الشؤون الأفغانية زامير كابولوف إن الوفد وصل.")
    assert found["side"].tolist() == ["russia"]


def test_find_quotations_marks_again_in_the_next_paragraph_are_a_second_instance_without_a_cue():
    text = "وقال لافروف:\n\n«لن نعترف بالحركة في هذه المرحلة من الحوار.\n\n«ولن نرسل سفيرا إلى كابل قبل تشكيل الحكومة»."
    found = read(text)
    assert found["speaker"].tolist() == ["لافروف", "لافروف"]
    assert found["cue"].isna().tolist() == found["cue_start_char"].isna().tolist() == [False, True]
    assert found["rule"].tolist() == ["after", "marks again"]
    begin, end = found[["content_start_char", "content_end_char"]].iloc[1]
    assert text[begin:end] == "ولن نرسل سفيرا إلى كابل قبل تشكيل الحكومة"


def test_find_quotations_paragraph_in_marks_alone_goes_on_with_the_last_speaker():
    found = read("وقال لافروف إن الوفد وصل.\n\n«ولن نرسل سفيرا إلى كابل قبل تشكيل حكومة تضم الجميع».")
    assert found["rule"].tolist() == ["after", "marks alone"]
    assert found["side"].tolist() == ["russia", "russia"]


def test_find_quotations_nested_three_deep_is_read_from_outside_in():
    text = "قال لافروف: «سمعت الوزير يقول إن \"المبعوث أعلن أن 'الحظر باق' في موسكو\" أمس»."
    found = read(text)
    assert found.sort_values("cue_start_char")["cue"].tolist() == ["قال", "يقول", "أعلن"]
    assert found.sort_values("cue_start_char")["speaker"].tolist() == ["لافروف", "الوزير", "المبعوث"]


def test_find_quotations_boilerplate_is_left_out():
    text = "موسكو تنفي الخبر\nقال الوزير إن الوفد وصل."
    frame = documents(text)
    spans = pd.DataFrame({"doc_id": ["d0"], "start_char": [0], "end_char": [16], "kind": ["menu"], "basis": ["form"]})
    assert len(find(frame)) == 2
    assert find(frame, boilerplate=spans)["cue"].tolist() == ["قال"]


@pytest.mark.parametrize(("lead", "cues"), [("", [":", "قال"]), ("الصفحة الأولى\n", ["قال"])])
def test_find_quotations_headline_is_read_where_the_text_begins_with_it(lead, cues):
    headline = "لافروف: الوفد في الطريق"
    frame = documents(f"{lead}{headline}\nقال الوزير إن الوفد وصل.")
    at = len(lead)
    spans = pd.DataFrame(
        {
            "doc_id": ["d0"],
            "start_char": [at],
            "end_char": [at + len(headline)],
            "kind": ["headline"],
            "basis": ["form"],
        }
    )
    assert find(frame, boilerplate=spans)["cue"].tolist() == cues


def test_find_quotations_result_is_quotations_and_input_stays():
    frame = documents("قال الوزير إن الوفد وصل.", "لا شيء هنا.")
    tokens = tokenize(frame)
    before = tokens.copy(), frame.copy()
    found = find(frame, tokens)
    tables.check(found, "QUOTATIONS")
    pd.testing.assert_frame_equal(tokens, before[0])
    pd.testing.assert_frame_equal(frame, before[1])


def test_find_quotations_empty_corpus_gives_an_empty_table():
    frame = documents()
    frame = frame.astype({"doc_id": "str", "text": "str"})
    found = find(frame)
    tables.check(found, "QUOTATIONS")
    assert len(found) == 0


def test_find_quotations_offsets_hold_and_order_of_documents_changes_nothing(reports):
    sample = reports.iloc[:40]
    found = find(sample)
    texts = sample.set_index("doc_id")["text"]
    for row in found.itertuples():
        assert texts[row.doc_id][row.cue_start_char : row.cue_end_char] == row.cue
        assert 0 <= row.content_start_char < row.content_end_char <= len(texts[row.doc_id])
        if isinstance(row.speaker, str):
            assert texts[row.doc_id][row.speaker_start_char : row.speaker_end_char] == row.speaker
    turned = sample.iloc[::-1]
    again = find(turned)
    pd.testing.assert_frame_equal(found.astype({"doc_id": "str"}), again.astype({"doc_id": "str"}))


def test_find_quotations_foreign_tokens_are_refused():
    with pytest.raises(SchemaError) as error:
        find_quotations(documents("قال"), tokenize(documents("قال", "نفى")))
    assert str(error.value) == (
        "`tokens` has 1 documents that `documents` lacks. First: 'd1'. "
        "Pass the documents that the tokens were cut from."
    )


def test_find_quotations_documents_without_text_are_refused():
    frame = documents("قال الوزير إن الوفد وصل.")
    with pytest.raises(SchemaError) as error:
        find_quotations(frame[["doc_id"]], tokenize(frame))
    assert str(error.value) == "`documents` lacks the columns 'text' of DOCUMENTS; it has 'doc_id'."


@pytest.mark.parametrize(
    "piece",
    [
        "قال الوزير إن الحركة نفت ذلك وأضاف أن الحوار مستمر وأشار إلى لقاء قريب ",  # a paragraph without a full stop
        'قال الوزير «إن الحركة نفت ذلك وأضاف "أن الحوار ',  # opened, never closed
        'قال الوزير» إن الحركة\u201d نفت ذلك وأضاف" أن الحوار ',  # closed, never opened
        "«قال الوزير إن الأمر مهم جدا لنا ولهم جميعا في كل حال» ",  # all quotation
        "قال «سمعت أنه قال \"رأيت من كتب 'لا' ومضى\" وعاد» ثم ذهب ",  # three deep
        "حدث هذا بحسب الوزير ، ",
        "وقال إن وأضاف أن ",  # no speaker
    ],
)
def test_find_quotations_long_bad_paragraph_is_read_in_linear_time(piece, count_lines):
    def work(size):
        frame = documents(piece * (size // len(piece)))
        tokens = tokenize(frame)
        found = find(frame, tokens)  # what is remembered is worked out before lines are counted
        return count_lines(lambda: find(frame, tokens)), len(found)

    (short, few), (long, many) = work(3_000), work(24_000)
    assert long < 12 * short  # eight times the text; quadratic would be 64 times
    assert many >= 7 * few  # nothing is lost on the way


def test_find_quotations_founding_article_finds_every_instance_of_its_reading(project):
    article = load_seed("article")
    found = find(article)
    reading = yaml.safe_load((project / "seeds/article/reading.yml").read_text(encoding="utf-8"))
    for item in reading["reported_speech"]:
        cue = found[(found["cue_start_char"] < item["cue"]["end"]) & (found["cue_end_char"] > item["cue"]["start"])]
        assert len(cue) == 1, item["id"]
        row = cue.iloc[0]
        assert (row["content_start_char"], row["content_end_char"]) == (
            item["content"]["start"],
            item["content"]["end"],
        )
        assert row["kind"] == item["kind"], item["id"]
        if item["speaker"] is None:
            assert pd.isna(row["speaker"]), item["id"]
        else:
            assert row["speaker_end_char"] == item["speaker"]["end"], item["id"]
        assert row["side"] == item["side"], item["id"]
    assert len(found) == len(reading["reported_speech"])


def test_find_quotations_coded_articles_hold_the_figures_of_the_method_note(shared):
    gold = pd.read_csv(shared / "data/coding/dev_speech.csv", dtype={"doc_id": str})
    news = pd.read_parquet(shared / "data/news/arabic_news.parquet")
    coded = news[news["doc_id"].isin(set(gold["doc_id"]))]
    found = find(coded)
    hits, used = 0, set()
    for row in gold.itertuples():
        same = found[(found["doc_id"] == row.doc_id) & (found["cue_start_char"] < row.cue_start + len(row.cue))]
        same = same[(same["cue_end_char"] > row.cue_start) & ~same.index.isin(used)]
        if len(same):
            used.add(same.index[0])
            hits += 1
    recall, precision = hits / len(gold), hits / len(found)
    assert recall >= 0.88
    assert 2 * recall * precision / (recall + precision) >= 0.85  # without boilerplate marked: 0.93 with it


@pytest.mark.parametrize(("quoted", "kind"), [("حليف قريب من كابل.", "mixed"), ("حليف قريب من كابل", "indirect")])
def test_find_quotations_stretch_of_eighteen_characters_makes_content_mixed(quoted, kind):
    found = read(f"قال لافروف إن الحركة «{quoted}» في المنطقة كلها.")
    assert len(quoted) + 1 in (18, 19)
    assert found["kind"].tolist() == [kind]
