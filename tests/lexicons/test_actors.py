"""The actors lexicon: names in their spellings, and what only looks like them."""

import datetime
import importlib.util

import numpy as np
import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.actors import Office, actor_on, read_offices
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import find_matches

SIDES = {"russia", "taliban", "us", "afghan_gov", "other"}


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon("actors")


def actors_in(texts, lexicon):
    """Return, for each text, (actor, words) of every match in it; one run for all."""
    tokens = tokenize(pd.DataFrame({"doc_id": [f"{i:04}" for i in range(len(texts))], "text": texts}))
    words = {doc_id: rows["token"].astype("str").tolist() for doc_id, rows in tokens.groupby("doc_id", observed=True)}
    found = {text: [] for text in texts}
    for row in find_matches(tokens, lexicon).itertuples():
        found[texts[int(row.doc_id)]].append((row.category, " ".join(words[row.doc_id][row.start : row.end])))
    return found


def test_actors_lexicon_has_over_a_hundred_and_twenty_persons_with_variants(lexicon):
    persons = lexicon.entries.dropna(subset=["person"])
    assert persons["person"].nunique() >= 120
    assert len(persons) > 1.5 * persons["person"].nunique()


def test_actors_lexicon_every_entry_has_a_side_of_the_codebook(lexicon):
    assert set(lexicon.entries["side"]) == SIDES


def test_actors_lexicon_every_person_has_a_role(lexicon):
    persons = lexicon.entries.dropna(subset=["person"])
    assert persons["role"].notna().all()


def test_actors_lexicon_dates_are_dates_in_order(lexicon):
    for row in lexicon.entries.itertuples():
        begin, end = row._asdict().get("from"), row.to
        begin = lexicon.entries.loc[row.Index, "from"] if begin is None else begin
        bounds = [datetime.date.fromisoformat(value) for value in (begin, end) if isinstance(value, str)]
        assert bounds == sorted(bounds), row.pattern


def test_actors_lexicon_successor_is_an_actor_and_has_a_date(lexicon):
    followed = lexicon.entries.dropna(subset=["successor"])
    assert set(followed["successor"]) <= set(lexicon.categories)
    assert followed["to"].notna().all()


def test_actors_lexicon_labels_in_two_languages(lexicon):
    assert all({"en", "ar"} <= set(label) <= {"en", "ar", "en_in_text"} for label in lexicon.categories.values())
    assert lexicon.categories["taliban"]["en_in_text"] == "the Taliban"


SPELLINGS = [
    ("russia", "روسيا وروسيا لروسيا بروسيا روسية الروسي الروس موسكو لموسكو الكرملين للكرملين"),
    (
        "russia",
        "كابولوف كابلوف قابولوف لكابولوف شويغو شويجو لافروف زاخاروفا بيسكوف بوتين مدفيديف ميدفيديف نيبينزيا",
    ),
    ("taliban", "طالبان وطالبان لطالبان بطالبان فطالبان متقي ستانيكزاي أخوندزاده"),
    (
        "us",
        "أمريكا أميركا الأمريكية الأميركي أمريكيين الأمريكان البنتاغون البنتاجون الكونغرس الكونجرس ترامب بايدن",
    ),
    ("us", "غيتس جيتس ماكريستال نيكولسون نيكلسون أوباما"),
    ("nato", "الناتو بالناتو للناتو إيساف ستولتنبرغ"),
    ("afghan_gov", "كرزاي كارزاي قرضاي أتمر دوستم"),
    ("pakistan", "باكستان الباكستانية باكستانيين لباكستان زرداري"),
    ("iran", "إيران ايران الإيرانية طهران"),
    ("china", "الصين والصين صينية بكين"),
    ("central_asia", "طاجيكستان أوزبكستان اوزبكستان قرغيزستان قيرغيزستان تركمانستان كازاخستان دوشنبه القرغيز"),
    ("un", "غوتيريش جوتيريش غوتيريس"),
    ("isis", "داعش وداعش لداعش"),
    ("turkey", "تركيا الأتراك أردوغان أردوجان"),
    ("uk", "بريطانيا البريطانيين لندن"),
    ("other", "فرنسا الفرنسية ألمانيا إيطاليا"),
]


def test_actors_lexicon_finds_every_spelling(lexicon):
    expected = {name: [(actor, name)] for actor, names in SPELLINGS for name in names.split()}
    assert actors_in(list(expected), lexicon) == expected


LONGEST = [
    ("سيرغي لافروف", [("russia", "سيرغي لافروف")]),
    ("سيرجي لافروف", [("russia", "سيرجي لافروف")]),
    ("ضمير كابولوف", [("russia", "ضمير كابولوف")]),
    ("مجلس الأمن الدولي", [("un", "مجلس الأمن الدولي")]),
    ("مجلس الأمن الروسي", [("russia", "مجلس الأمن الروسي")]),
    ("حركة طالبان", [("taliban", "حركة طالبان")]),
    ("حركة «طالبان»", [("taliban", "حركة « طالبان")]),
    ("حركة طالبان باكستان", [("taliban_pakistan", "حركة طالبان باكستان")]),
    ("طالبان الباكستانية", [("taliban_pakistan", "طالبان الباكستانية")]),
    ("طالبان الأفغانية", [("taliban", "طالبان الأفغانية")]),
    ("الحكومة الأفغانية", [("afghan_gov", "الحكومة الأفغانية")]),
    ("للجيش الأفغاني", [("afghan_gov", "للجيش الأفغاني")]),
    ("وزير الخارجية الأفغاني", [("afghan_gov", "وزير الخارجية الأفغاني")]),
    ("تنظيم الدولة الإسلامية", [("isis", "تنظيم الدولة الإسلامية")]),
    ("تنظيم القاعدة", [("al_qaeda", "تنظيم القاعدة")]),
    ("منوشهر متقي", [("iran", "منوشهر متقي")]),
    ("أمير خان متقي", [("taliban", "أمير خان متقي")]),
    ("دينيس بلير", [("us", "دينيس بلير")]),
    ("اتهمت كابل إسلام آباد", [("afghan_gov", "كابل"), ("pakistan", "إسلام آباد")]),
]


def test_actors_lexicon_longest_name_wins(lexicon):
    expected = dict(LONGEST)
    assert actors_in(list(expected), lexicon) == expected


LOOK_ALIKES = """طالباني
جلال طالباني
طالبات
طالبا
طالب
الطالبان
طالبان جامعيان
طالبان في كلية الطب
وزير
بيان
كابلات
في كابول
مطار كابل
العاصمة الأفغانية كابل
لبنان
سلام
روسو
عروس
الروسم
في موسكو
صدى موسكو
واشنطن بوست
واشنطن (رويترز)
لندن (أ ف ب)
دولار أمريكي
الدولار الأميركي
الجامعة الأمريكية في بيروت
سكان أمريكا الأصليون
أميركا اللاتينية
القاعدة الجوية
القاعدة الشعبية
قاعدة عسكرية
مجلس الأمن القومي
المحيط الهندي
المحيط الأطلسي
نصف قطر الدائرة
بحر الصين
تركي بن عبد العزيز
الأمير تركي
وكالة الأنباء الفرنسية
وكالة فرانس برس
بيل غيتس
رياض الأطفال
قبيلة محسود
أفغانستان
الشعب الأفغاني
الأفغان
مشرف تربوي
بأول أيام السنة
وبرايس دالاس هوارد
تركي الغنام
طائرة أنتونوف
المدرب جورج إيفانوف
شركة نيو هولاند
جون كندي
فهد الجبير
غير محسود
الرسام ماتيس
كابول ، أفغانستان (أ ف ب)
بكابول
رئيسي
روحاني
إقليمي
كابوس
براون"""


def test_actors_lexicon_leaves_look_alikes_alone(lexicon):
    found = actors_in(LOOK_ALIKES.splitlines(), lexicon)
    assert {text: matches for text, matches in found.items() if matches} == {}


def test_actors_lexicon_two_students_are_not_the_movement(lexicon):
    assert actors_in(["طالبان سعوديان"], lexicon) == {"طالبان سعوديان": [("saudi_arabia", "سعوديان")]}


def test_actors_lexicon_mentions_coded_by_reading(project, shared):
    path = project / "benchmarks" / "validity" / "score_actors.py"
    spec = importlib.util.spec_from_file_location("score_actors", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold, sentences = module.read_gold()
    assert len(gold) >= 400
    found = module.find_mentions(module.read_texts(sentences["doc_id"]), sentences)
    total = module.score(gold, found).set_index("actor").loc["all"]
    assert total["precision"] >= 0.97
    assert total["recall"] >= 0.97


def test_actor_mentions_hold_no_text(project):
    codes = pd.read_csv(project / "benchmarks" / "validity" / "actor_mentions.csv")
    assert list(codes.columns) == ["doc_id", "start_char", "end_char", "actor"]
    assert (codes["end_char"] > codes["start_char"]).all()


@pytest.mark.parametrize(
    ("entry", "day", "actor"),
    [
        (Office("a", np.datetime64("2021-08-15"), "b"), "2021-08-14", "a"),
        (Office("a", np.datetime64("2021-08-15"), "b"), "2021-08-15", "b"),
        (Office("a", np.datetime64("2021-08-15"), "b"), "NaT", "a"),
        (Office("a", np.datetime64("2021-08-15")), "2022-01-01", "a"),
        (Office("a", None, "b"), "2022-01-01", "a"),
    ],
)
def test_actor_on_passes_to_the_successor_on_the_day_of_the_end(entry, day, actor):
    assert actor_on(entry, np.datetime64(day)) == actor
    assert actor_on(entry, None) == "a"


def test_read_offices_gives_every_entry_its_own():
    actors = load_lexicon("actors")
    offices = read_offices(actors)
    assert [office.actor for office in offices] == actors.entries["category"].tolist()
    ended = {office for office in offices if office.successor == "taliban" and not office.terms}
    assert ended == {Office("afghan_gov", np.datetime64("2021-08-15"), "taliban")}
    assert {office.successor for office in offices} == {None, "taliban", "private", "northern_alliance"}
    assert read_offices(lexicon_from_patterns({"x": ["روسيا"]})) == [Office("x")]
