"""The appraisal lexicon: keys of its entries, and what each category takes and leaves."""

from importlib.resources import files

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.matching.matches import find_matches

with (files("discourse.lexicons") / "appraisal.yml").open("rb") as file:
    LEXICON = load_lexicon(file.name)

SIDES = {
    "good_conduct": (1, {1}),
    "bad_conduct": (-1, {1}),
    "violence": (-1, {2}),
    "good_quality": (1, {1}),
    "partnership": (1, {2}),
    "bad_quality": (-1, {1}),
    "enmity": (-1, {2}),
    "fate_bad": (-1, {2}),
    "fate_good": (1, {1}),
}


def categories(texts):
    """Return the categories found in each text, in one pass."""
    documents = pd.DataFrame({"doc_id": [str(number) for number in range(len(texts))], "text": texts})
    found = find_matches(tokenize(documents), LEXICON)
    by_text = found["category"].astype(str).groupby(found["doc_id"].astype(str)).agg(set)
    return [by_text.get(number, set()) for number in documents["doc_id"]]


def test_appraisal_every_category_has_its_polarity_and_strength():
    entries = LEXICON.entries
    assert set(LEXICON.categories) == set(SIDES)
    for category, (polarity, strengths) in SIDES.items():
        own = entries[entries["category"] == category]
        assert set(own["polarity"]) == {polarity}
        assert set(own["strength"]) == strengths


def test_appraisal_every_entry_has_its_role():
    entries = LEXICON.entries
    roles = {category: set(own["role"]) for category, own in entries.groupby("category")}
    assert roles.pop("good_conduct") == {"conduct", "fight"}
    for category, found in roles.items():
        kind = "fate" if category.startswith("fate") else "conduct"
        assert found == {kind if category in ("bad_conduct", "violence") or kind == "fate" else "quality"}


def test_appraisal_every_fate_tells_where_the_appraised_stands():
    entries = LEXICON.entries
    fates = entries["role"] == "fate"
    assert set(entries.loc[fates, "slot"]) == {"subject", "object"}
    assert entries.loc[~fates, "slot"].isna().all()


def words_of(patterns):
    return {word for pattern in patterns for place in pattern.split() for word in place.split("|")}


def test_appraisal_each_category_has_at_least_90_lemmas():
    for category, own in LEXICON.entries.groupby("category"):
        lemmas = {word for word in words_of(own["pattern"]) if word.startswith("[")}
        assert len(lemmas) >= 90, category


def test_appraisal_no_entry_names_an_actor():
    names = {pattern for pattern in load_lexicon("actors").entries["pattern"] if " " not in pattern}
    assert words_of(LEXICON.entries["pattern"]) & names == set()


def test_appraisal_what_is_called_not_just_stands_with_the_other_side():
    assert categories(["حكومة غير شرعية"]) == [{"bad_quality"}]
    assert categories(["حكومة شرعية"]) == [{"good_quality", "partnership"}]


def test_appraisal_a_fight_counts_by_its_own_role():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["قاتلت التنظيم", "حاربت الإرهاب"]})
    found = find_matches(tokenize(documents), LEXICON)
    roles = found.merge(LEXICON.entries[["category", "pattern", "role"]], on=["category", "pattern"])
    good = roles[roles["category"] == "good_conduct"]
    assert dict(zip(good["doc_id"], good["role"], strict=True)) == {"a": "fight", "b": "conduct"}


def test_appraisal_slot_tells_the_subject_from_the_object():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["انهارت الحركة", "سحقوا الحركة"]})
    found = find_matches(tokenize(documents), LEXICON)
    slots = found.merge(LEXICON.entries[["category", "pattern", "slot"]], on=["category", "pattern"])
    fates = slots[slots["category"] == "fate_bad"]
    assert dict(zip(fates["doc_id"], fates["slot"], strict=True)) == {"a": "subject", "b": "object"}


TAKEN = {
    "good_conduct": [
        "وفت الحركة بوعودها",
        "أوفت بما تعهدت به",
        "نفذت الجماعة التزاماتها كلها",
        "استجابت الحركة لطلب الوسطاء",
        "ضبطت قواتها الحدود",
        "حققت الأمن في العاصمة",
        "أحسنوا ضبط المعابر",
        "كافحت الحكومة تجارة المخدرات",
        "حظرت زراعة الخشخاش",
        "أطلقت سراح الصحافيين",
        "أفرجت عن ثلاثة أسرى",
        "أعلنت هدنة في العيد",
        "مددت وقف إطلاق النار",
        "قطعت صلاتها بالتنظيم",
        "وافقت على استئناف المحادثات",
        "شكلت حكومة جامعة",
        "أشركت سائر المكونات",
        "احترمت حقوق الأقليات",
        "أعادت فتح المدارس",
        "استخلصت الدروس من تجربتها",
        "غيرت الحركة سياستها",
        "أبدت مرونة كبيرة",
        "تعلموا من أخطائهم",
        "كفت عن الهجمات",
        "حقنت دماء الأفغان",
        "تراجع إنتاج الأفيون في عهدها",
        "منشغلة بشؤون بلدها",
        "حراسة السفارة",
    ],
    "bad_conduct": [
        "نكثت عهودها",
        "أخلت بوعودها",
        "فشلت في ضبط الأمن",
        "مماطلة الوفد",
        "تهربت من الإجابة",
        "رفضت الحركة الهدنة",
        "انسحبت من المحادثات",
        "منعت النساء من العمل",
        "أغلقت مدارس البنات",
        "خنقت الحريات",
        "استأثرت بالسلطة",
        "أقصت خصومها",
        "تدخلت في شؤون الجوار",
        "غضت الطرف عن المهربين",
        "عرقلت جهود السلام",
        "أثارت مخاوف الجيران",
        "خيبت آمال الوسطاء",
        "خيبة أمل من أدائها",
        "تهريب المخدرات",
        "ضربت بعرض الحائط كل النداءات",
        "تكيل بمكيالين",
        "فوتت الفرصة",
        "تصدير التطرف",
        "تعنت قادتها",
    ],
    "violence": [
        "قتلت المدنيين",
        "ذبحت الأسرى",
        "قطعت رؤوس الجنود",
        "ارتكبت مجزرة",
        "آوت المطلوبين",
        "دربت الانفصاليين",
        "رعاية الإرهاب",
        "وفرت ملاذا للمقاتلين الأجانب",
        "شنت هجمات على القرى",
        "هددت دول الجوار",
        "دمرت تماثيل أثرية",
        "زرعت الرعب في المدن",
        "سفك الدماء",
        "اختطفت الأطباء",
        "أحرقت القرى",
        "هذا إرهاب صريح",
        "معسكرات تدريب في الجبال",
        "أزهقت أرواحا كثيرة",
        "عاثت في الأرض فسادا",
        "اجتاحت المدن",
        "فجروا المسجد",
        "تمويل حربها من المخدرات",
    ],
    "good_quality": [
        "قوة لا يمكن تجاهلها",
        "لا غنى عنها في أي حل",
        "جزء من المجتمع الأفغاني",
        "واقع قائم",
        "أمر واقع",
        "حركة وطنية",
        "طرف أساسي في المعادلة",
        "لا سلام بدون الحركة",
        "مطالبها مشروعة",
        "مطلب عادل",
        "أداؤها مشجع",
        "خطوة إيجابية",
        "أكثر اعتدالا من غيرها",
        "أهون الشرين",
        "عدو مشترك",
        "أرضية مشتركة",
        "مفتاح السلام",
        "صمام أمان",
        "قادرة على ضبط البلاد",
        "حكومة شرعية",
        "ليست الحركة كما كانت",
        "يبعث على الارتياح",
        "هذا في صالحنا",
        "قيادة براغماتية",
        "كلامهم معقول",
        "نوايا حسنة",
    ],
    "partnership": [
        "حليف موثوق",
        "شركاؤنا في مكافحة التهريب",
        "حكومة صديقة",
        "دولة شقيقة",
        "الممثل الشرعي للشعب",
        "نقف في خندق واحد",
        "كتفا إلى كتف",
        "رفاق السلاح",
        "جار طيب",
        "علاقات أخوية",
        "شراكة استراتيجية",
        "تستحق ثقتنا",
        "جديرة بالثقة",
        "نصيرا لنا",
        "أشقاؤنا في كابل",
        "أواصر الصداقة",
        "التعويل عليها",
        "صاحبة الحق",
        "شريكا حقيقيا",
    ],
    "bad_quality": [
        "مصدر قلق",
        "خطر على المنطقة",
        "تهديد للجوار",
        "حركة متطرفة",
        "غير شرعية",
        "غير جديرة بالثقة",
        "حكومة من لون واحد",
        "غير شاملة",
        "تثير الشكوك في نواياها",
        "قنبلة موقوتة",
        "برميل بارود",
        "عقلية القرون الوسطى",
        "سلطة فاشلة",
        "تفتقر إلى المصداقية",
        "سجلها مريب",
        "أكثر تشددا من سلفها",
        "أسوأ من سابقتها",
        "حجر عثرة",
        "مخيبة للآمال",
        "علامات استفهام",
        "بلا ضمانات لها",
        "نقطة ضعف",
        "مثيرة للقلق",
        "ذئب في ثياب حمل",
    ],
    "enmity": [
        "جماعة إرهابية",
        "عصابة من القتلة",
        "قطاع الطرق",
        "أعداء السلام",
        "عدو لدود",
        "مجرمون وسفاحون",
        "أيديهم ملطخة بالدماء",
        "عش للإرهاب",
        "مصنع الإرهابيين",
        "وجهان لعملة واحدة",
        "لا فرق بين الجماعتين",
        "لا تختلف عن سواها",
        "رأس الأفعى",
        "سرطان يجب بتره",
        "وحوش بلا رحمة",
        "دمى في يد الأجنبي",
        "خارجون على القانون",
        "إمارة الرعب",
        "تجار الموت",
        "شركاء في الجريمة",
        "صنيعة المخابرات",
        "جيش من المرتزقة",
        "تكفيريون",
        "خنجر مسموم",
        "برابرة",
    ],
    "fate_bad": [
        "سقوط حكمها",
        "هزيمة ساحقة",
        "انهارت دفاعاتها",
        "القضاء على مقاتليها",
        "سحق التمرد",
        "الإطاحة بحكمها",
        "اجتثاث جذورها",
        "استسلم قادتها",
        "طرد مسلحيها من المدن",
        "خسائر فادحة",
        "فقدت السيطرة",
        "نزع سلاحها",
        "تقديم قادتها إلى العدالة",
        "مكانهم السجن",
        "تحرير المدينة من قبضتها",
        "أيامها معدودة",
        "تجفيف منابع التمويل",
        "ضربة قاصمة",
        "وضع حد لتمردها",
        "مزبلة التاريخ",
        "عزلة دولية",
        "مقتل زعيمها",
        "لقنوهم درسا",
        "رحيلها قريب",
    ],
    "fate_good": [
        "انتصرت الحركة",
        "عودتها إلى الحكم",
        "وصلت إلى السلطة",
        "استولت على العاصمة",
        "دخلت قواتها العاصمة",
        "سيطروا على المدينة",
        "بسطت سيطرتها",
        "سقطت المدينة في يد الحركة",
        "تقدم مقاتليها",
        "نالت اعترافا",
        "رفع العقوبات عنها",
        "إشراكها في الحكم",
        "منحها مقعدا",
        "اتسع نفوذها",
        "بقاؤها في السلطة",
        "حققت مكاسب",
        "صمدت الحركة",
        "اليد العليا",
        "تثبيت حكمها",
        "خرجت من العزلة",
        "استعادت زخمها",
    ],
}

# words that look like an entry, or hold its letters, in sentences that appraise nobody that way
LEFT = {
    "good_conduct": [
        "وفي بغداد وقعت مشاورات",
        "وفيات كورونا",
        "في وقت لاحق من اليوم",
        "يوم في السنة",
        "زار سامح شكري القاهرة",
        "عمره ثلاثون عاما",
        "قبل بداية الموسم",
        "المحكمة الجزئية",
        "البيت الأبيض",
        "مات في المستشفى",
        "ثمن القهوة",
        "إعلان وظائف",
        "لن يحضر الوزير",
        "درجات الحرارة",
        "طائرات مقاتلة",
    ],
    "bad_conduct": [
        "تعد هذه المدينة كبيرة",
        "أبو ظبي",
        "غادر الوفد القاعة",
        "قصور الملوك",
        "أقصى سرعة",
        "خان يونس",
        "من أجل الأطفال",
        "أثرت الأمطار في الموسم",
        "سوف يصل غدا",
        "مناورات بحرية",
        "النساء في المدينة",
        "ترددت أنباء عن زيارة",
        "صعد الدرج",
        "محكمة النقض",
        "هجرة الطيور",
        "منعت الحركة زراعة الأفيون",
        "مكافحة تهريب المخدرات",
    ],
    "violence": [
        "فجر اليوم",
        "إسلام آباد",
        "عادت الطائرة",
        "السلبيات والإيجابيات",
        "عبر الحدود المشتركة",
        "يوم السبت",
        "صناعة الصلب",
        "تصفيات كأس العالم",
        "إصابة لاعب",
        "بدون تراكم",
        "مركز إيواء النازحين",
        "يتغير الطقس",
        "أروع ما قيل",
        "عادة قديمة",
        "الماء العذب بارد",
        "حماية المدن من الإرهاب",
    ],
    "good_quality": [
        "مشروع سكني",
        "منظمة الصحة العالمية",
        "مرض السكري",
        "الملك سليمان",
        "الحرمين الشريفين",
        "أساسا لذلك",
        "فضلا عن ذلك",
        "من الجدير بالذكر",
        "المشجعون في الملعب",
        "لا بد أن يصل",
        "حكم المباراة",
        "الهواتف الذكية",
        "مفهوم الزمن",
        "عملية جراحية",
        "بناء المساكن",
    ],
    "partnership": [
        "وفي المساء",
        "إلى جانب ذلك",
        "سندات الخزانة",
        "مباراة ودية",
        "أخبار الطقس",
        "جاري التحميل",
        "حلف اليمين",
        "الإخوان في مصر",
        "رفيق الحريري",
        "ثمانية أشهر",
        "الظهير الأيسر",
        "جمعية خيرية",
        "حالفه الحظ",
        "صدق النبي",
        "شركات الطيران",
        "قوات التحالف الدولي",
    ],
    "bad_quality": [
        "أكثر من مئة",
        "لا شك في ذلك",
        "وهم في الطريق",
        "مسرحية جديدة",
        "مخزون النفط",
        "من جامعة القاهرة",
        "راحة البال",
        "من الواضح أنه",
        "القنبلة النووية",
        "إخطار البلدية",
        "شكر وتقدير",
        "مشكاة",
        "أضعاف المبلغ",
        "خاطرة الصباح",
        "قلم رصاص",
    ],
    "enmity": [
        "سمات العصر",
        "أدوات المطبخ",
        "عملاء المصرف",
        "جمهورية الصين",
        "العدوان في الصحراء",
        "وعدوا بالحضور",
        "سواء في المدينة أو الريف",
        "المنافسون في السباق",
        "من ضرورة التمييز",
        "القاعدة الجوية",
        "وجه جديد",
        "الشركاء في المشروع",
        "ورمي الجمرات",
        "بدم بارد",
        "وغدا يسافر الوفد",
        "تاريخ حافل",
    ],
    "fate_bad": [
        "لا تزال المدينة هادئة",
        "ما زالت الأمطار",
        "وصفت الصحيفة",
        "نحوها بمئة متر",
        "ولي العهد",
        "وفرت الشركة",
        "وهنا قال",
        "أجهزتها الذكية",
        "مقاطعة كندية",
        "المحاكم الجزئية",
        "حاكم الولاية",
        "الأيام الأخيرة",
        "نهاية الأسبوع",
        "أبعاد القضية",
        "قاطع وصريح",
        "سقوط عدد من الضحايا",
    ],
    "fate_good": [
        "القوات البحرية",
        "يمكن القول",
        "فيتنام",
        "غالبا ما",
        "جبهة النصرة",
        "باقي الفرق",
        "أخذ على الوزير",
        "استمرار الأمطار",
        "وصول الطائرة",
        "تعزيز العلاقات",
        "ظهور القمر",
        "ثبت أنه",
        "القوى العاملة",
        "متقدم في السن",
        "مكافأة نهاية الخدمة",
    ],
}


def test_appraisal_each_category_has_at_least_15_sentences_on_either_side():
    assert set(TAKEN) == set(LEFT) == set(SIDES)
    assert all(len(texts) >= 15 for side in (TAKEN, LEFT) for texts in side.values())


@pytest.mark.parametrize("category", SIDES)
def test_appraisal_takes_the_sentences_of_its_class(category):
    texts = TAKEN[category]
    missed = [text for text, found in zip(texts, categories(texts), strict=True) if category not in found]
    assert missed == []


@pytest.mark.parametrize("category", SIDES)
def test_appraisal_leaves_the_sentences_that_only_look_alike(category):
    texts = LEFT[category]
    taken = [text for text, found in zip(texts, categories(texts), strict=True) if category in found]
    assert taken == []


def test_appraisal_card_tells_its_size():
    card = (files("discourse.lexicons") / "appraisal.md").read_text(encoding="utf-8")
    assert f"{len(LEXICON.entries):,} entries, 9 categories, {len(LEXICON.lemmas):,} lemmas" in card
    for category, own in LEXICON.entries.groupby("category"):
        row = next(line for line in card.splitlines() if line.startswith(f"| {category} |"))
        assert row.split(" | ")[4] == str(len(own))
