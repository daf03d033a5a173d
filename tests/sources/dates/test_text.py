from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.sources.dates.text import publication_date, resolve_dates
from discourse.sources.dates.words import hijri_day, hijri_interval

DAY = "2015-12-23"  # a Wednesday


def resolve(text, day=DAY, **options):
    return resolve_dates(pd.DataFrame({"doc_id": ["a"], "text": [text], "date": [day]}), **options)


def found(text, day=DAY, **options):
    """Return (phrase, value) of each date expression."""
    spans = resolve(text, day, **options)
    values = [None if pd.isna(value) else value for value in spans["value"]]
    return [(text[a:b], v) for a, b, v in zip(spans["start_char"], spans["end_char"], values, strict=True)]


MONTHS = [
    ("يناير", "كانون الثاني", "جانفي"), ("فبراير", "شباط", "فيفري"), ("مارس", "آذار", "مارس"),
    ("أبريل", "نيسان", "أفريل"), ("مايو", "أيار", "ماي"), ("يونيو", "حزيران", "جوان"), ("يوليو", "تموز", "جويلية"),
    ("أغسطس", "آب", "غشت"), ("سبتمبر", "أيلول", "شتنبر"), ("أكتوبر", "تشرين الأول", "أكتوبر"),
    ("نوفمبر", "تشرين الثاني", "نونبر"), ("ديسمبر", "كانون الأول", "دجنبر"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(1, 13))
def test_resolve_dates_every_regional_month_name(number):
    standard, levantine, maghrebi = MONTHS[number - 1]
    day = f"2014-{number:02d}-05"
    for name in (standard, levantine, maghrebi, f"{standard}/ {levantine}", f"{levantine}/{standard}"):
        assert found(f"وقع ذلك في 5 {name} 2014 هناك") == [(f"5 {name} 2014", day)]
    bracketed = f"5 {standard} ({levantine}) 2014"
    assert found(f"وقع في {bracketed}.") == [(bracketed, day)]


@pytest.mark.parametrize(
    ("text", "phrase", "value", "precision", "basis"),
    [
        ("قال اليوم الأربعاء إن", "اليوم الأربعاء", "2015-12-23", "day", "relative"),
        ("وصل أمس إلى", "أمس", "2015-12-22", "day", "relative"),
        ("وصل أول من أمس إلى", "أول من أمس", "2015-12-21", "day", "relative"),
        ("وصل أول أمس (الاثنين) إلى", "أول أمس (الاثنين)", "2015-12-21", "day", "relative"),
        ("يصل غدا إلى", "غدا", "2015-12-24", "day", "relative"),
        ("يصل غدًا إلى", "غدًا", "2015-12-24", "day", "relative"),
        ("يصل بعد غد إلى", "بعد غد", "2015-12-25", "day", "relative"),
        ("وصل الثلاثاء إلى", "الثلاثاء", "2015-12-22", "day", "weekday"),
        ("وصل يوم الأربعاء إلى", "يوم الأربعاء", "2015-12-23", "day", "weekday"),
        ("وصل الأربعاء الماضي إلى", "الأربعاء الماضي", "2015-12-16", "day", "weekday"),
        ("يصل الأحد المقبل إلى", "الأحد المقبل", "2015-12-27", "day", "weekday"),
        ("ستبدأ المحادثات الخميس في", "الخميس", "2015-12-24", "day", "weekday"),
        ("زار كابل الأسبوع الماضي مع", "الأسبوع الماضي", "2015-W51", "week", "relative"),
        ("زار كابل الشهر الماضي مع", "الشهر الماضي", "2015-11", "month", "relative"),
        ("يزور كابل الشهر المقبل مع", "الشهر المقبل", "2016-01", "month", "relative"),
        ("زار كابل العام الماضي مع", "العام الماضي", "2014", "year", "relative"),
        ("زار كابل هذا العام مع", "هذا العام", "2015", "year", "relative"),
        ("زار كابل قبل ثلاثة أيام مع", "قبل ثلاثة أيام", "2015-12-20", "day", "relative"),
        ("يعيش هناك منذ عامين مع", "منذ عامين", "2013", "year", "relative"),
        ("زار كابل قبل شهرين مع", "قبل شهرين", "2015-10", "month", "relative"),
        ("زار كابل قبل 10 سنوات مع", "قبل 10 سنوات", "2005", "year", "relative"),
        ("زار كابل في نوفمبر الماضي مع", "نوفمبر الماضي", "2015-11", "month", "relative"),
        ("زار كابل في مطلع يونيو المقبل مع", "مطلع يونيو المقبل", "2016-06", "month", "relative"),
        ("زار كابل عام 2001 مع", "عام 2001", "2001", "year", "explicit"),
        ("زار كابل (1996) مع", "1996", "1996", "year", "explicit"),
        ("في التسعينيات من القرن", "التسعينيات", "199", "decade", "explicit"),
        ("في القرن التاسع عشر كان", "القرن التاسع عشر", "18", "century", "explicit"),
        ("في القرن الماضي كان", "القرن الماضي", "19", "century", "relative"),
        ("في صيف 2014 كان", "صيف 2014", "2014-SU", "season", "explicit"),
        ("في الربع الأول من عام 2015 كان", "الربع الأول من عام 2015", "2015-Q1", "quarter", "explicit"),
        ("في النصف الثاني من العام الماضي كان", "النصف الثاني من العام الماضي", "2014-H2", "half", "relative"),
        ("في الحادي والعشرين من ديسمبر 2014 كان", "الحادي والعشرين من ديسمبر 2014", "2014-12-21", "day", "explicit"),
        ("في ١٥ أيلول ٢٠١٥ كان", "١٥ أيلول ٢٠١٥", "2015-09-15", "day", "explicit"),
        ("في 2015-09-15 كان", "2015-09-15", "2015-09-15", "day", "numeric"),
        ("في 25 شوال 1436 هـ كان", "25 شوال 1436 هـ", "2015-08-10", "day", "hijri"),
        ("بتاريخ 28 / 7 / 1433هـ كان", "28 / 7 / 1433هـ", "2012-06-18", "day", "hijri"),
    ],
)
def test_resolve_dates_value_precision_and_basis(text, phrase, value, precision, basis):
    spans = resolve(text)
    assert [text[a:b] for a, b in zip(spans["start_char"], spans["end_char"], strict=True)] == [phrase]
    assert spans[["value", "precision", "basis"]].to_numpy().tolist() == [[value, precision, basis]]


@pytest.mark.parametrize(
    "text",
    [
        "مارس الضغط على الحكومة ولعب دورا كبيرا.",
        "ذلك اليوم الذي وصل فيه الوفد.",
        "اليوم الأول من المحادثات.",
        "نقلت صحيفة روسيا اليوم الخبر.",
        "أدى صلاة الجمعة في المسجد.",
        "قتل 2000 جندي في المعارك.",
        "مضى إلى غد أفضل.",
        "كان في العشرينيات من عمره.",
        "منذ أيام وسنوات طويلة.",
        "زار رمضان وشعبان ورجب المدينة.",
        "انتهت المباراة 2-1 في الدقيقة 15.",
    ],
)
def test_resolve_dates_look_alikes_are_left_alone(text):
    assert found(text) == []


def test_resolve_dates_founding_article(article):
    text = article["text"].iloc[0]
    spans = resolve_dates(article)
    pairs = {text[a:b]: v for a, b, v in zip(spans["start_char"], spans["end_char"], spans["value"], strict=True)}
    assert pairs["اليوم الأربعاء"] == "2015-12-23"
    assert pairs["التسعينات"] == "199"


def test_resolve_dates_part_of_a_day_is_kind_time():
    spans = resolve("وصل صباح أمس إلى كابل")
    assert spans[["kind", "value"]].to_numpy().tolist() == [["time", "2015-12-22TMO"]]


def test_resolve_dates_two_days_with_one_month():
    assert found("يومي 10 و 11 أبريل 2014") == [("10", "2014-04-10"), ("11 أبريل 2014", "2014-04-11")]


def test_resolve_dates_two_years():
    assert found("خلال عامي 2002 و2003 هناك") == [("2002", "2002"), ("2003", "2003")]


def test_resolve_dates_ambiguous_digits_keep_the_other_reading():
    spans = resolve("في 03/04/2015 وفي 13/04/2015")
    assert spans["value"].tolist() == ["2015-04-03", "2015-04-13"]
    assert spans["alternative"].isna().tolist() == [False, True]
    assert spans["alternative"].iloc[0] == "2015-03-04"


def test_resolve_dates_month_before_day_only_where_no_other_reading():
    assert found("في 04/13/2015") == [("04/13/2015", "2015-04-13")]
    assert found("في 31/02/2015") == []


def test_resolve_dates_wrong_weekday_is_a_conflict():
    spans = resolve("وصل أمس الجمعة إلى كابل")
    assert spans[["value", "basis"]].to_numpy().tolist() == [["2015-12-22", "conflict"]]


def test_resolve_dates_year_of_a_bare_day_is_the_nearest():
    assert found("في 15 ديسمبر هناك", day="2010-01-10") == [("15 ديسمبر", "2009-12-15")]
    assert found("في 15 يناير هناك", day="2009-12-20") == [("15 يناير", "2010-01-15")]


def test_resolve_dates_attacks_of_september_are_those_of_2001():
    assert found("بعد أحداث 11 سبتمبر بدأت")[0] == ("11 سبتمبر", "2001-09-11")


def test_resolve_dates_names_of_movements_are_no_days():
    assert found("اجتمعت قوى 14 آذار بعد ثورة 25 يناير") == []


def test_resolve_dates_two_names_of_a_month_side_by_side():
    assert found("في 24 من يوليو تموز وفي فبراير شباط 2007") == [
        ("24 من يوليو تموز", "2015-07-24"),
        ("فبراير شباط 2007", "2007-02"),
    ]
    assert found("في يونيو وأغسطس") == [("يونيو", "2015-06"), ("أغسطس", "2015-08")]


def test_resolve_dates_year_before_last():
    assert found("زار كابل العام قبل الماضي") == [("العام قبل الماضي", "2013")]


def test_resolve_dates_ordinal_after_a_preposition_keeps_its_unit():
    assert found("الموافق للخامس والعشرين من ديسمبر 2014")[0][1] == "2014-12-25"


def test_resolve_dates_hijri_month_and_year_are_intervals():
    assert found("في شهر رمضان 1436هـ كان") == [("شهر رمضان 1436هـ", "2015-06-18/2015-07-16")]
    assert found("عام 1436هـ كان") == [("عام 1436هـ", "2014-10-25/2015-10-13")]


def test_resolve_dates_without_publication_day_keeps_relative_spans_null():
    assert found("وصل أمس في 5 مايو 2014", day=None) == [("أمس", None), ("5 مايو 2014", "2014-05-05")]
    assert found("وصل أمس", reference="none") == [("أمس", None)]


@pytest.mark.parametrize(
    ("head", "day", "reference", "value"),
    [
        ("", DAY, "column", "2015-12-22"),
        ("", DAY, "text", None),
        ("آخر تحديث 15 فبراير 2010\n", DAY, "column", "2015-12-22"),
        ("آخر تحديث 15 فبراير 2010\n", DAY, "text", "2010-02-14"),
        ("آخر تحديث 15 فبراير 2010\n", None, "column", "2010-02-14"),
        ("آخر تحديث 15 فبراير 2010\n", DAY, "none", None),
    ],
)
def test_resolve_dates_reference_is_the_column_else_the_head(head, day, reference, value):
    assert found(f"{head}{BODY}", day, reference=reference)[-1] == ("صباح أمس", value and f"{value}TMO")


def test_resolve_dates_coarse_dates_are_no_reference():
    documents = pd.DataFrame(
        {"doc_id": ["a"], "text": ["وصل أمس"], "date": pd.to_datetime(["2015-01-01"]), "date_precision": ["year"]}
    )
    assert resolve_dates(documents)["value"].isna().all()


def test_resolve_dates_following_day_counts_from_the_day_named_before():
    assert found("وصل في 5 مايو 2014 وعاد في اليوم التالي")[-1] == ("اليوم التالي", "2014-05-06")
    assert found("عاد في اليوم التالي") == [("اليوم التالي", None)]


def test_resolve_dates_vague_words_only_on_request():
    text = "قال مؤخرا إنه الآن في كابل وسيعود قريبا"
    assert found(text) == []
    assert found(text, vague=True) == [("مؤخرا", "PAST_REF"), ("الآن", "PRESENT_REF"), ("قريبا", "FUTURE_REF")]
    assert set(resolve(text, vague=True)["kind"]) == {"reference"}


def test_resolve_dates_vague_words_stand_beside_dates():
    values = [value for _, value in found("الآن وصل أمس وقال إنه الآن هنا وسيعود غدا", vague=True)]
    assert values == ["PRESENT_REF", "2015-12-22", "PRESENT_REF", "2015-12-24"]


def test_resolve_dates_unknown_reference_raises():
    with pytest.raises(SchemaError) as error:
        resolve("أمس", reference="today")
    assert str(error.value) == "`reference` is 'today'; it must be one of 'column', 'none', 'text'."


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 2))
def test_resolve_dates_written_dates_come_back(day, region):
    phrase = f"{day.day} {MONTHS[day.month - 1][region]} {day.year}"
    assert found(f"وقع ذلك في {phrase} هناك") == [(phrase, day.isoformat())]


@given(
    st.lists(
        st.sampled_from(["أمس ", "اليوم الأربعاء ", "5 مايو 2014 ", "عام 2001 ", "و", "، ", "الأحد ", "القرن ", "\n"])
    )
)
def test_resolve_dates_spans_never_overlap(pieces):
    spans = resolve("".join(pieces))
    starts, ends = spans["start_char"].to_numpy(), spans["end_char"].to_numpy()
    assert (starts < ends).all() and (starts[1:] >= ends[:-1]).all()


def test_hijri_day_knows_the_calendar_of_umm_al_qura():
    assert hijri_day(1445, 9, 1) == date(2024, 3, 11)
    assert hijri_day(1445, 13, 1) is None
    assert hijri_interval(1436, 12) == (date(2015, 9, 14), date(2015, 10, 13))


BODY = "وصل الوفد الروسي إلى كابل صباح أمس لبحث ملف التجارة مع الحكومة الجديدة."


@pytest.mark.parametrize(
    ("line", "day", "basis", "place"),
    [
        ("الجمعة، 01 كانون الثاني/يناير 2010، آخر تحديث 10:00 (GMT+0400)", "2010-01-01", "header", None),
        ("1000 (GMT+04:00) - 16/03/09", "2009-03-16", "header", None),
        ("آخر تحديث: الاثنين, 15 فبراير/ شباط, 2010, 19:49 GMT", "2010-02-15", "header", None),
        ("كابل 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس", "2015-08-10", "dateline", "كابول"),
        ("23 ديسمبر 2015", "2015-12-23", "header", None),
    ],
)
def test_publication_date_headers_and_datelines(line, day, basis, place):
    row = publication_date(pd.DataFrame({"doc_id": ["a"], "text": [f"{line}\n{BODY}"]})).iloc[0]
    assert (row["date"], row["basis"]) == (pd.Timestamp(day), basis)
    assert (None if pd.isna(row["place"]) else row["place"]) == place


def test_publication_date_place_without_day_and_nothing_at_all():
    texts = [f"واشنطن - رويترز: {BODY}", BODY, "", f"{BODY} وقع ذلك في 5 مايو 2014."]
    found_days = publication_date(pd.DataFrame({"doc_id": list("abcd"), "text": texts}))
    assert found_days["date"].isna().all()
    assert found_days["place"].tolist()[0] == "واشنطن"
    assert found_days["place"].isna().tolist() == [False, True, True, True]


def published(text):
    """Return (day, basis) that a text says, nulls as None."""
    row = publication_date(pd.DataFrame({"doc_id": ["a"], "text": [text]})).iloc[0]
    return None if pd.isna(row["date"]) else (row["date"].strftime("%Y-%m-%d"), row["basis"])


@pytest.mark.parametrize(("n_words", "wanted"), [(30, ("2010-02-15", "header")), (31, None)])
def test_publication_date_header_has_at_most_thirty_words(n_words, wanted):
    line = " ".join(["آخر تحديث 15 فبراير 2010", *["خبر"] * (n_words - 5)])
    assert len(line.split()) == n_words
    assert published(f"{line}\n{BODY}") == wanted


@pytest.mark.parametrize(("n_words", "wanted"), [(8, ("2015-12-25", "header")), (9, None)])
def test_publication_date_line_of_a_date_alone_has_at_most_eight_words(n_words, wanted):
    line = " ".join(["الخامس والعشرين من شهر ديسمبر 2015", *["م"] * (n_words - 6)])
    assert len(line.split()) == n_words
    assert published(f"{line}\n{BODY}") == wanted


@pytest.mark.parametrize(("n_letters", "wanted"), [(20, ("2014-05-15", "header")), (21, None)])
def test_publication_date_line_of_a_date_alone_is_three_fifths_date(n_letters, wanted):
    line = "15 مايو 2014".ljust(13) + "س" * (n_letters - 13)  # twelve letters of date
    assert published(f"{line}\n{BODY}") == wanted


@pytest.mark.parametrize(("n_before", "wanted"), [(7, ("2015-08-10", "dateline")), (8, None)])
def test_publication_date_dateline_of_its_own_stands_in_the_first_eight_lines(n_before, wanted):
    lines = [*["سطر قصير"] * n_before, "واشنطن - رويترز 10 أغسطس 2015", BODY]
    assert published("\n".join(lines)) == wanted


@pytest.mark.parametrize(("end", "wanted"), [(1200, ("2010-02-15", "header")), (1201, None)])
def test_publication_date_is_looked_for_in_1200_letters(end, wanted):
    line = "آخر تحديث: 15 فبراير 2010"
    before = ("سطر\n" * 300)[: end - len(line) - 1] + "\n"
    assert len(before + line) == end
    assert published(f"{before}{line}\n{BODY}") == wanted


@pytest.mark.parametrize(("place", "wanted"), [(57, ("2010-02-15", "header")), (58, None)])
def test_publication_date_body_with_an_hour_in_its_first_60_letters_does_not_end_the_head(place, wanted):
    opening = BODY[: place - 1].rstrip(".").ljust(place) + "GMT وانتهى اللقاء بين الوفدين مساء في القصر."
    assert opening.index("GMT") == place
    assert published(f"{opening}\nآخر تحديث 15 فبراير 2010\n{BODY}") == wanted


def test_publication_date_title_of_a_page_does_not_end_the_head():
    title = f"BBC Arabic - {BODY}"
    assert published(f"{title}\nآخر تحديث 15 فبراير 2010\n{BODY}") == ("2010-02-15", "header")
    assert published(f"{BODY}\n{title}\nآخر تحديث 15 فبراير 2010") is None


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("آخر تحديث 25 شوال 1436 هـ الموافق 10 أغسطس 2015", "10 أغسطس 2015"),
        ("آخر تحديث 10 أغسطس 2015 الموافق 25 شوال 1436 هـ", "10 أغسطس 2015"),
        ("آخر تحديث 25 شوال 1436 هـ", "25 شوال 1436 هـ"),
        ("آخر تحديث 25 شوال 1436 هـ بعد 20 شوال 1436 هـ", "25 شوال 1436 هـ"),
        ("آخر تحديث 10 أغسطس 2015 بعد 5 مايو 2014", "10 أغسطس 2015"),
    ],
)
def test_publication_date_first_gregorian_day_of_a_line_counts(line, chosen):
    text = f"سطر قصير\n{line}\n{BODY}"
    row = publication_date(pd.DataFrame({"doc_id": ["a"], "text": [text]})).iloc[0]
    assert row["date"] == pd.Timestamp("2015-08-10")
    assert text[row["start_char"] : row["end_char"]] == chosen


def test_publication_date_first_line_with_a_day_counts():
    assert published(f"آخر تحديث 15 فبراير 2010\nآخر تحديث 16 فبراير 2010\n{BODY}") == ("2010-02-15", "header")


def test_publication_date_only_a_dateline_names_the_place():
    text = f"موسكو: آخر تحديث 15 فبراير 2010\nواشنطن - رويترز\n{BODY}"
    row = publication_date(pd.DataFrame({"doc_id": ["a"], "text": [text]})).iloc[0]
    assert (row["basis"], row["place"]) == ("header", "واشنطن")


def test_publication_date_two_calendar_headers_are_exact(shared):
    news = pd.read_parquet(shared / "data/news/arabic_news.parquet")
    pages = news[(news["source"] == "CNN Arabic") & news["text"].str[:600].str.contains("آخر تحديث")]
    assert len(pages) == 602
    assert (publication_date(pages)["date"].to_numpy() == pd.to_datetime(pages["date"]).to_numpy()).all()


def test_resolve_dates_timeml_items_reach_their_figures(shared, project):
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_dates", project / "benchmarks/validity/score_dates.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    read = {path.stem: score.read_timeml(path) for path in sorted((shared / "data/timex").glob("*.tml"))}
    columns = {"doc_id": list(read), "text": [r[0] for r in read.values()], "date": [r[2] for r in read.values()]}
    spans = resolve_dates(pd.DataFrame(columns), vague=True)
    spans = spans[spans["kind"] != "time"]
    hits = exact = 0
    for doc_id, (_, gold, _latest) in read.items():
        rows = spans.loc[spans["doc_id"] == doc_id, ["start_char", "end_char", "value"]]
        mine = list(rows.itertuples(index=False, name=None))
        pairs = score.pair(gold, mine, strict=True)
        hits += len(pairs)
        exact += sum(gold[i][2] == mine[j][2] for i, j in pairs)
    n_gold = sum(len(gold) for _, gold, _ in read.values())
    assert 2 * hits / (n_gold + len(spans)) >= 0.80
    assert exact / hits >= 0.75


@pytest.mark.parametrize(
    ("day", "phrase", "value"),
    [
        ("2015-09-15", "10 يناير", "2015-01-10"),  # eight months and five days back
        ("2015-09-15", "9 يناير", "2016-01-09"),
        ("2015-01-13", "15 مايو", "2015-05-15"),  # four months and two days ahead
        ("2015-01-13", "16 مايو", "2014-05-16"),
    ],
)
def test_resolve_dates_day_without_a_year_is_eight_months_back_to_four_ahead(day, phrase, value):
    assert found(f"وقع ذلك في {phrase} هناك", day) == [(phrase, value)]
