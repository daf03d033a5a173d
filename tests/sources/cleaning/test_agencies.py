import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.sources.cleaning.agencies import find_agencies
from discourse.sources.cleaning.wires import WORDS

BODY = "وصل الوفد الروسي إلى كابل صباح أمس لبحث ملف التجارة مع الحكومة الجديدة."


def frame(*texts):
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "text": list(texts)})


def agency(text):
    row = find_agencies(frame(text)).iloc[0]
    return row["agency"], row["basis"] if isinstance(row["basis"], str) else None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("أ ف ب", "afp"), ("أ.ف.ب", "afp"), ("أ. ف. ب", "afp"), ("ا ف ب", "afp"), ("فرانس برس", "afp"),
        ("رويترز", "reuters"), ("د ب أ", "dpa"), ("د.ب.أ", "dpa"), ("الأناضول", "anadolu"), ("واس", "spa"),
        ("سبوتنيك", "sputnik"), ("تاس", "tass"), ("إنترفاكس", "interfax"), ("انترفاكس", "interfax"),
        ("ريا نوفوستي", "ria"), ("شينخوا", "xinhua"), ("أ ش أ", "mena"), ("كونا", "kuna"), ("وام", "wam"),
        ("أسوشيتد برس", "ap"), ("أسوشييتد برس", "ap"), ("أ ب", "ap"), ("بترا", "petra"), ("سانا", "sana"),
    ],
)  # fmt: skip
def test_find_agencies_credit_in_brackets_at_the_end(words, code):
    assert agency(f"{BODY} ({words})") == (code, "credit")


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("ونقلت وكالة الأنباء الفرنسية عن مسؤول قوله ذلك.", "afp"),
        ("وقال لوكالة الصحافة الفرنسية إن الوفد وصل.", "afp"),
        ("وذكرت وكالة الأنباء الألمانية ذلك أمس.", "dpa"),
        ("وقال مصدر لوكالة الإعلام الروسية إن الوفد وصل.", "ria"),
        ("ونقلت وكالة «يونهاب» الكورية الجنوبية للأنباء عن مصدر ذلك.", "other"),
        ("ونقلت وكالات الأنباء عن الوزير ذلك.", "other"),
        ("وقال لوكالة خاما برس الأفغانية إن الوفد وصل.", "other"),
    ],
)
def test_find_agencies_attribution_in_running_text(sentence, code):
    assert agency(f"{BODY}\n{sentence} {BODY}") == (code, "attribution")


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال تقرير الوكالة الدولية للطاقة الذرية إن التفتيش انتهى.",
        "وذكرت وكالة المخابرات المركزية ذلك في تقرير.",
        "وزار أب وابنه مدينة تاسماغامبيتوف.",
        "وعلم من زعيم محلي تقاسم الأرباح وإحساس الناس بالفرح.",
    ],
)
def test_find_agencies_other_bodies_and_look_alikes_are_none(sentence):
    assert agency(f"{BODY}\n{sentence}") == ("none", None)


def test_find_agencies_founding_article_is_afp_by_its_credit(article):
    row = find_agencies(article).iloc[0]
    assert (row["agency"], row["agencies"], row["basis"]) == ("afp", "afp;interfax", "credit")
    assert article["text"].iloc[0][row["start_char"] : row["end_char"]] == "أ ف ب"


def test_find_agencies_credit_wins_over_an_earlier_attribution():
    text = f"وقالت إنترفاكس إن الوفد وصل إلى كابل أمس لبحث ملف التجارة هناك.\n{BODY} (رويترز)"
    row = find_agencies(frame(text)).iloc[0]
    assert (row["agency"], row["agencies"], row["basis"]) == ("reuters", "interfax;reuters", "credit")


def test_find_agencies_novosti_beside_interfax_is_ria():
    assert agency(f"{BODY} ونقلت وكالتا إنترفاكس وريا نوفوستي عن الوزير ذلك اليوم.") == ("ria", "attribution")


def test_find_agencies_newspaper_service_is_other():
    assert agency(f"{BODY}\n\n* خدمة «الصحيفة العالمية»") == ("other", "credit")


def test_find_agencies_gives_every_document_a_row_in_order():
    found = find_agencies(frame("", None, f"موسكو - رويترز: {BODY}"))
    assert found["doc_id"].tolist() == ["d0", "d1", "d2"]
    assert found["agency"].tolist() == ["none", "none", "reuters"]
    assert found["start_char"].isna().tolist() == [True, True, False]


def test_find_agencies_missing_column_raises():
    with pytest.raises(SchemaError) as error:
        find_agencies(pd.DataFrame({"doc_id": ["a"]}))
    assert str(error.value) == "`documents` lacks the columns 'text' of DOCUMENTS; it has 'doc_id'."


def test_find_agencies_coded_articles_reach_their_figure(shared):
    news = pd.read_parquet(shared / "data/news/arabic_news.parquet")
    codes = pd.read_csv(shared / "data/coding/dev_documents.csv").drop_duplicates("doc_id")
    coded = codes[["doc_id", "agency"]].merge(news, on="doc_id")
    found = find_agencies(coded)["agency"].astype(str).to_numpy()
    assert (found == coded["agency"].to_numpy()).mean() >= 0.95


DATELINES = """
reuters   القاهرة - رويتـرز: قال الوزير
sana      دمشق / سانا /
sana      دمشق ـ سانا: قال الوزير
ina       بغداد/ واع: قال
anadolu   أنقرة/ محمد علي/ الأناضول
wafa      غزة - وفا - قال الرئيس
kuna      الكويت (كونا، وكالات) - قال
spa       الرياض - واس: قال
petra     عمّان (بترا) - قال
saba      صنعاء - سبأ: قال الوزير
ami       نواكشوط (وما) - قال الوزير
lana      طرابلس (وال) - قال الوزير
other     بيروت (وطنية) - قال الوزير
nna       وطنية - أعلن وزير
none      الخرطوم (قنا المصرية) - قال
ina       بغداد (نينا) - قال
other     طهران (تسنيم) - قال الوزير
other     كابول (باجواك) - قال الوزير
none      بيروت (خاص) - قال الوزير
none      القاهرة (مراسلنا) - قال الوزير
afp       تونس (أ ف ب) - قال
mena      القاهرة (أ.ش.أ) - قال
ria       موسكو ـ نوفوستي: قال
qna       الدوحة/ قنا/ قال الوزير
wam       أبوظبي، 23 ديسمبر (وام) -- قال
afp       باريس ـ (ا ف ب) ـ قال
aps       الجزائر - (و أ ج) - قال الوزير
map       الرباط / و م ع / قال الوزير
other     كابول - وكالات
afp       القاهرة (أ ف بـ) - قال
none      وزارة الخارجية العمانية: ندعو إلى الحوار بين الأطراف وقال الوزير
reuters   رويترز ـ كابول
none      قالت الشركة الأناضول للسياحة إن
"""


@pytest.mark.parametrize("line", DATELINES.strip().split("\n"))
def test_find_agencies_of_a_dateline_however_spelled(line):
    code, text = line.split(maxsplit=1)
    body = "\nقال الوزير إن الاتفاق قريب وإن اللقاء كان مثمرا وسيعقد لقاء آخر في الشهر المقبل."
    found = find_agencies(pd.DataFrame({"doc_id": ["a"], "text": [text + body]}))
    assert found["agency"].tolist() == [code]


def test_find_agencies_the_outlet_in_brackets_is_no_agency():
    text = "القاهرة (الوادي) - قال الوزير إن الاتفاق قريب وإن اللقاء كان مثمرا."
    for source, code in (("جريدة الوادي", "none"), ("المرصد", "other")):
        table = pd.DataFrame({"doc_id": ["a"], "text": [text], "source": [source]})
        assert find_agencies(table)["agency"].tolist() == [code]


def test_find_agencies_a_short_name_with_vowels_is_a_word():
    assert find_agencies(pd.DataFrame({"doc_id": ["a"], "text": ["كأنه يقذف بِنَا - بانسيابية"]}))["agency"][0] == "none"


def test_find_agencies_place_of_a_hidden_name_is_that_of_the_original():
    text = "القاهرة (رويتـــرز) - قال الوزير إن الاتفاق قريب وإن اللقاء كان مثمرا."
    found = find_agencies(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert text[found["start_char"][0] : found["end_char"][0]] == "رويتـــرز"


@pytest.mark.parametrize("code", WORDS["agencies"])
def test_find_agencies_every_name_of_the_list_is_looked_for(code):
    spec = WORDS["agencies"][code]
    texts = [f"وقالت وكالة الأنباء {name} إن اللقاء قريب." for name in spec.get("news", [])]
    texts += [f"وقالت {name} إن اللقاء قريب." for name in spec.get("names", [])]
    texts += [f"دمشق ({sign.join(name)}) - قال الوزير." for name in spec.get("letters", []) for sign in " ."]
    texts += [f"دمشق ({name}) - قال." for key in ("short", "bracketed") for name in spec.get(key, []) if name.isalpha()]
    texts += [f"{name} - قال الوزير." for name in spec.get("short", []) if name.isalpha()]
    table = pd.DataFrame({"doc_id": [str(number) for number in range(len(texts))], "text": texts})
    assert find_agencies(table)["agency"].tolist() == [code] * len(texts)
