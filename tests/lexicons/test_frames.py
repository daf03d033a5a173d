"""The frames lexicon: what it promises, what it finds and what it must leave alone."""

from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import find_matches

FRAMES = {
    "counterterrorism", "designation", "regional_security", "diplomacy", "recognition", "rivalry", "arming", "economy",
    "rights", "drugs", "humanitarian", "history",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon("frames")


def patterns_in(texts, lexicon):
    """Return, for each text, the (frame, pattern) pairs found in it; one run for all."""
    tokens = tokenize(pd.DataFrame({"doc_id": [f"{i:04}" for i in range(len(texts))], "text": texts}))
    found = {text: set() for text in texts}
    for row in find_matches(tokens, lexicon).itertuples():
        found[texts[int(row.doc_id)]].add((row.category, row.pattern))
    return found


def test_frames_lexicon_has_the_twelve_frames_of_the_codebook(lexicon):
    assert set(lexicon.categories) == FRAMES
    assert all(set(label) == {"en", "ar"} for label in lexicon.categories.values())
    assert lexicon.licence == "CC-BY-4.0"


def test_frames_lexicon_has_forty_entries_a_frame(lexicon):
    counts = lexicon.entries["category"].value_counts()
    assert counts.min() >= 40, counts.to_dict()


def test_frames_lexicon_weights_are_of_the_declared_scale(lexicon):
    assert set(lexicon.entries["weight"]) == {0.5, 1.0, 1.5, 2.0}


def test_frames_lexicon_contexts_name_known_actors(lexicon):
    actors = set(load_lexicon("actors").categories)
    named = {actor for context in lexicon.entries["context"].dropna() for actor in context}
    assert named
    assert named <= actors


def test_frames_lexicon_every_rivalry_entry_of_the_west_needs_russia(lexicon):
    rivalry = lexicon.entries[lexicon.entries["category"] == "rivalry"]
    bare = rivalry.loc[rivalry["context"].isna(), "pattern"]
    assert not bare.str.contains("أمريك|أميرك|واشنطن|الناتو|الولايات").any()


INFLECTED = [
    (
        "counterterrorism",
        "[تبادل] [معلومة]",
        ["تبادل المعلومات", "تبادلا للمعلومات", "يتبادلون معلومات", "وبتبادل معلوماتهم", "تبادلت معلومات"],
    ),
    (
        "counterterrorism",
        "[مكافحة] [إرهاب]",
        ["مكافحة الإرهاب", "ومكافحتها للإرهاب", "تكافح الإرهاب", "كافحوا الإرهاب"],
    ),
    ("designation", "[رفع] من [قائمة]", ["رفع الحركة من القائمة", "سترفعها موسكو من قائمة", "رفعت من قوائم"]),
    ("designation", "[شطب] من [لائحة]", ["شطبت من اللائحة", "لشطب طالبان من لائحة", "سيشطبون اسمها من لوائح"]),
    ("diplomacy", "[مفاوضة]", ["مفاوضات", "بالمفاوضات", "مفاوضاتها"]),
    ("diplomacy", "[تفاوض]", ["تفاوض", "يتفاوضون", "للتفاوض", "تفاوضت"]),
    ("recognition", "[اعتراف]", ["الاعتراف", "تعترف", "لن يعترفوا", "اعترفت", "باعترافها"]),
    ("arming", "[تزويد] [سلاح]", ["تزويد الحركة بالسلاح", "تزود طالبان بأسلحة", "زودتهم بالأسلحة"]),
    ("rights", "[حكومة] [جامع]", ["حكومة جامعة", "الحكومة الجامعة"]),
    ("drugs", "[تهريب]|[هرب] [مخدر]", ["تهريب المخدرات", "بتهريبها المخدرات", "يهرب مخدرات"]),
    ("humanitarian", "[لاجئ]", ["اللاجئين", "لاجئون", "لاجئ", "للاجئين"]),
    ("economy", "[علاقة] [اقتصادي]", ["العلاقات الاقتصادية", "علاقات ثقافية واقتصادية", "علاقتهما الاقتصادية"]),
    ("history", "[غزو] [سوفياتي]", ["الغزو السوفياتي", "غزو القوات السوفياتية"]),
]


def test_frames_lexicon_one_entry_finds_all_its_forms(lexicon):
    found = patterns_in([text for *_, texts in INFLECTED for text in texts], lexicon)
    missed = [(t, p) for frame, p, texts in INFLECTED for t in texts if (frame, p) not in found[t]]
    assert missed == []


OTHER_SENSES = [
    ("arming", "ترك السلاح"),
    ("arming", "إلقاء الأسلحة"),
    ("arming", "نزع سلاح الفصائل"),
    ("arming", "السلاح النووي"),
    ("arming", "رأس المال"),
    ("counterterrorism", "القاعدة الجوية"),
    ("counterterrorism", "قائمة الإرهاب"),
    ("counterterrorism", "عشاء ذاعش"),
    ("designation", "حظر التجول"),
    ("designation", "عقوبة الإعدام"),
    ("diplomacy", "مؤتمر صحفي"),
    ("economy", "تجارة المخدرات"),
    ("economy", "الطاقة الذرية"),
    ("economy", "برجي التجارة"),
    ("history", "الاتحاد السوفييتي السابق"),
    ("rights", "مؤتمر صحفي"),
    ("regional_security", "بلا حدود"),
    ("recognition", "اعترفت بأن الخسائر كبيرة"),
    ("humanitarian", "فقرة"),
    ("drugs", "تهريب الأسلحة"),
    ("economy", "شاحنة مفخخة"),
    ("economy", "ناقلة النفط"),
    ("economy", "صهاريج الوقود"),
    ("economy", "مركز تجاري"),
    ("economy", "الوقود النووي"),
    ("economy", "حزب العدالة والتنمية"),
    ("diplomacy", "جائزة نوبل للسلام"),
    ("diplomacy", "الملا عبد السلام"),
    ("diplomacy", "محادثة هاتفية"),
    ("diplomacy", "وسائل التواصل الاجتماعي"),
    ("diplomacy", "في اتصال مع القناة"),
    ("rights", "محكمة التمييز"),
    ("rights", "كشف النقاب عن خطة"),
    ("rights", "انتهاك سيادة البلاد"),
    ("humanitarian", "المفوضية السامية لشؤون اللاجئين"),
    ("recognition", "الدراسات الشرعية"),
    ("regional_security", "حشد من الناس"),
    ("counterterrorism", "جماعة جند الله"),
]


def test_frames_lexicon_leaves_other_senses_alone(lexicon):
    found = patterns_in([text for _, text in OTHER_SENSES], lexicon)
    wrong = [(text, pattern) for frame, text in OTHER_SENSES for other, pattern in found[text] if other == frame]
    assert wrong == []


def test_frames_lexicon_terrorist_list_is_designation_and_not_counterterrorism(lexicon):
    text = "شطب الحركة من قائمة المنظمات الإرهابية"
    assert {frame for frame, _ in patterns_in([text], lexicon)[text]} == {"designation"}


def test_senses_stand_beside_every_frame():
    senses = load_lexicon(Path(str(files("discourse.lexicons") / "senses.yml")))
    assert set(senses.categories) == FRAMES
    assert set(senses.entries["weight"]) == {0.0, 0.5}
    kinds = senses.entries.groupby("category")["weight"].agg(set)
    assert all(weights == {0.0, 0.5} for weights in kinds)


def test_scopes_cue_of_passing_negates_nothing():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["تطرق اللقاء سريعا إلى المخدرات، ولم يذكر السلاح"]}))
    found = find_matches(tokens, lexicon_from_patterns({"drugs": ["مخدرات"], "arming": ["سلاح"]}))
    assert found.set_index("category")[["negated", "hedged"]].to_numpy().tolist() == [[False, False], [True, False]]
