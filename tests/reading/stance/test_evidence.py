"""Evidence of positions in one sentence: each rule with a pair at its edge, one text on either side."""

import pytest


def shown(evidence):
    return {(sign.holder, sign.code, sign.category) for sign in evidence}


# A rule; a text and what it shows; a text at the other side of the edge and what it shows, None for nothing.
PAIRS = {
    "obligation of the target is a demand": (
        "قال وزير الخارجية الفرنسي إن على طالبان أن تقطع صلتها بالقاعدة.", ("other", -1, "good_conduct"),
        "قال وزير الخارجية الفرنسي إن على باكستان أن تقطع صلتها بالقاعدة.", None,
    ),
    "a deal is signed, not discussed": (
        "وقعت تركيا مع طالبان بروتوكولا لبناء سد.", ("turkey", 2, "agreement"),
        "بحثت تركيا مع طالبان بروتوكولا لبناء سد.", ("turkey", 1, "dialogue"),
    ),
    "not without the target": (
        "قالت طهران إن الاستقرار لن يتحقق بدون طالبان.", ("iran", 1, "good_quality"),
        "قالت طهران إن الاستقرار سيتحقق بدون طالبان.", None,
    ),
    "negation by la": (
        "لا تعترف الصين بطالبان.", ("china", -1, "recognition"),
        "تعترف الصين بطالبان.", ("china", 2, "recognition"),
    ),
    "negation by lam": (
        "لم تعترف الصين بطالبان.", ("china", -1, "recognition"),
        "اعترفت الصين بطالبان.", ("china", 2, "recognition"),
    ),
    "negation by lan": (
        "لن تعترف الصين بطالبان.", ("china", -1, "recognition"),
        "سوف تعترف الصين بطالبان.", ("china", 2, "recognition"),
    ),
    "negation by laysa": (
        "قالت الصين إن طالبان ليست شريكا موثوقا.", ("china", -1, "partnership"),
        "قالت الصين إن طالبان شريك موثوق.", ("china", 2, "partnership"),
    ),
    "negation by ghayr": (
        "قالت الصين إن طالبان غير إرهابية.", ("china", 1, "enmity"),
        "قالت الصين إن طالبان إرهابية.", ("china", -2, "enmity"),
    ),
    "negation by adam": (
        "قررت الصين عدم الاعتراف بطالبان.", ("china", -1, "recognition"),
        "قررت الصين الاعتراف بطالبان.", ("china", 2, "recognition"),
    ),
    "negated arming is no hostility": (
        "لا تسلح الصين طالبان.", ("china", 0, "arming"),
        "تسلح الصين طالبان.", ("china", 2, "arming"),
    ),
    "what is not hidden is there": (
        "لم تخف تركيا ترحيبها بطالبان.", ("turkey", 1, "welcomes"),
        "لم ترحب تركيا بطالبان.", ("turkey", -1, "welcomes"),
    ),
    "still is not denied": (
        "لا تزال الصين تعترف بطالبان.", ("china", 2, "recognition"),
        "لا تعترف الصين بطالبان.", ("china", -1, "recognition"),
    ),
    "no longer": (
        "لم تعد الصين تعترف بطالبان.", ("china", -1, "recognition"),
        "عادت الصين تعترف بطالبان.", ("china", 2, "recognition"),
    ),
    "what must come first": (
        "قالت الصين إن الحوار يأتي قبل الاعتراف بطالبان.", ("china", -1, "recognition"),
        "قالت الصين إن الحوار يأتي بعد الاعتراف بطالبان.", ("china", 2, "recognition"),
    ),
    "the target must": (
        "قالت الصين إن طالبان ينبغي أن تنبذ العنف.", ("china", -1, "good_conduct"),
        "قالت الصين إن طالبان نبذت العنف.", ("china", 1, "good_conduct"),
    ),
    "may is weaker": (
        "قد تعترف الصين بطالبان.", ("china", 1, "recognition"),
        "ستعترف الصين بطالبان.", ("china", 2, "recognition"),
    ),
    "a condition that hangs on the act": (
        "ستعترف فرنسا بطالبان إذا نبذت العنف.", ("other", 0, "recognition"),
        "ستعترف فرنسا بطالبان.", ("other", 2, "recognition"),
    ),
    "a question shows nothing": (
        "هل تعترف الصين بطالبان؟", None,
        "تعترف الصين بطالبان.", ("china", 2, "recognition"),
    ),
    "what is not said": (
        "لم يقل السفير التركي إنه سلح طالبان.", ("turkey", 0, "arming"),
        "قال السفير التركي إنه سلح طالبان.", ("turkey", 2, "arming"),
    ),
    "relief from sanctions": (
        "دعت الصين إلى تخفيف العقوبات المفروضة على طالبان.", ("china", 2, "delisting"),
        "دعت الصين إلى تشديد العقوبات المفروضة على طالبان.", ("china", -2, "sanctions"),
    ),
    "arms for the enemies": (
        "سلحت الهند خصوم طالبان.", ("india", -2, "arming"),
        "سلحت الهند طالبان.", ("india", 2, "arming"),
    ),
    "arms withheld from the enemies show nothing": (
        "لم تسلح الهند خصوم طالبان.", ("india", 0, "arming"),
        "سلحت الهند خصوم طالبان.", ("india", -2, "arming"),
    ),
    "force against the enemies": (
        "قصفت الهند خصوم طالبان.", ("india", 1, "force"),
        "قصفت الهند طالبان.", ("india", -2, "force"),
    ),
    "an accusation of the target itself": (
        "اتهمت الهند طالبان بالكذب.", ("india", -2, "accusation"),
        "لم تتهم الهند طالبان بالكذب.", None,
    ),
    "a denial leaves it open": (
        "نفت الصين تسليح طالبان.", ("china", 0, "arming"),
        "أكدت الصين تسليح طالبان.", ("china", 2, "arming"),
    ),
    "a denied denial": (
        "لم تنف الصين تسليح طالبان.", ("china", 2, "arming"),
        "نفت الصين تسليح طالبان.", ("china", 0, "arming"),
    ),
    "the other party": (
        "وقعت طالبان اتفاقا مع الصين.", ("china", 2, "agreement"),
        "خرقت طالبان اتفاقا مع الصين.", None,
    ),
    "talks that took place are a contact": (
        "عقدت الصين محادثات مع طالبان.", ("china", 0, "dialogue"),
        "بدأت الصين حوارا مع طالبان.", ("china", 1, "dialogue"),
    ),
    "a contact with a purpose is more": (
        "التقى وزير الخارجية الصيني وفدا من طالبان لبحث التعاون.", ("china", 1, "contact"),
        "التقى وزير الخارجية الصيني وفدا من طالبان في فندق.", ("china", 0, "contact"),
    ),
    "the attack on the target, not by it": (
        "أدانت إيران الهجوم على طالبان.", ("iran", 1, "force"),
        "أدانت إيران هجوم طالبان.", ("iran", -2, "condemnation"),
    ),
    "worry because of the target": (
        "أعربت الهند عن قلقها إزاء نزوح الأهالي بعد تقدم طالبان.", ("india", -1, "concern"),
        "أعربت الهند عن قلقها إزاء نزوح الأهالي بعد تقدم داعش. وانسحبت طالبان.", None,
    ),
    "an alert about the target": (
        "حذرت الهند من موجة لجوء بسبب طالبان.", ("india", -1, "concern"),
        "حذرت الهند من موجة لجوء بسبب الجفاف.", None,
    ),
    "a wish for its defeat": (
        "تمنت الصين هزيمة طالبان.", ("china", -2, "fate_bad"),
        "تمنت الصين النصر لطالبان.", ("china", 1, "fate_good"),
    ),
    "a fate that another brings about": (
        "أعدم الجيش الباكستاني قادة طالبان.", ("pakistan", -2, "fate_bad"),
        "مات قادة طالبان في باكستان.", None,
    ),
    "a private person holds nothing": (
        "سلح وزير صيني طالبان.", ("china", 2, "arming"),
        "سلح تاجر صيني طالبان.", None,
    ),
    "a former minister holds nothing": (
        "سلح الوزير الصيني طالبان.", ("china", 2, "arming"),
        "سلح الوزير الصيني السابق طالبان.", None,
    ),
    "we are the speakers": (
        'قالت الصين: "نحن نسلح طالبان".', ("china", 2, "arming"),
        'قالت الصين: "هم يسلحون طالبان".', None,
    ),
    "his country is the speaker's": (
        "قال وزير الخارجية التركي إن بلاده تعترف بطالبان.", ("turkey", 2, "recognition"),
        "قال زعيم طالبان إن بلاده تعترف بطالبان.", None,
    ),
    "she is the one who speaks": (
        "قالت الصين إنها تسلح طالبان.", ("china", 2, "arming"),
        "قالت الصين إنهم يسلحون طالبان.", None,
    ),
    "they who act together": (
        "استقبلت الصين وإيران وفدا من طالبان.", ("iran", 0, "contact"),
        "استقبلت الصين بعد إيران وفدا من طالبان.", ("china", 0, "contact"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def readings(read_evidence):
    """The evidence of all texts of the pairs, by their texts."""
    texts = sorted({text for pair in PAIRS.values() for text in (pair[0], pair[2])})
    return {text: [sign for _, sign in found] for text, found in zip(texts, read_evidence(texts), strict=True)}


@pytest.fixture
def signs(read_evidence):
    """Reads one text for the evidence of one class."""

    def read(text, category):
        (found,) = read_evidence([text])
        return [sign for _, sign in found if sign.category == category]

    return read


@pytest.mark.parametrize("rule", PAIRS)
def test_find_evidence_reads_either_side_of_a_rule(readings, rule):
    text, sign, other_text, other_sign = PAIRS[rule]
    found, other = (shown(readings[each]) for each in (text, other_text))
    assert (sign in found) if sign else not found
    assert (other_sign in other) if other_sign else not other
    assert found != other and sign not in other


def test_find_evidence_accusation_is_told_in_the_accusers_words(signs):
    (sign,) = signs("اتهمت الهند الصين بتسليح طالبان.", "arming")
    assert (sign.holder, sign.code, sign.voice, sign.rule) == ("china", 2, "india", "accusation")
    (sign,) = signs("نفت الصين تسليح طالبان.", "arming")
    assert (sign.holder, sign.code, sign.voice, sign.rule) == ("china", 0, "china", "denial")


def test_find_evidence_operators_stand_innermost_first(signs):
    (sign,) = signs("قررت الصين عدم الاعتراف بطالبان.", "recognition")
    assert sign.ops == ("negation", "intends")


@pytest.mark.parametrize(("year", "background"), [("1996", True), ("2008", True), ("2009", False), ("2010", False)])
def test_find_evidence_of_a_year_before_the_last_is_background(signs, year, background):
    (sign,) = signs(f"في عام {year} سلحت باكستان طالبان.", "arming")
    assert (sign.code, sign.background) == (2, background)


@pytest.mark.parametrize(("time", "background"), [("في التسعينات", True), ("في الصيف", False)])
def test_find_evidence_of_earlier_decades_is_background(signs, time, background):
    (sign,) = signs(f"سلحت باكستان طالبان {time}.", "arming")
    assert sign.background == background


@pytest.mark.parametrize(("ago", "background"), [("عشر سنوات", True), ("عشرة أيام", False)])
def test_find_evidence_of_years_ago_before_the_act_is_background(signs, ago, background):
    (sign,) = signs(f"قبل {ago} سلحت باكستان طالبان.", "arming")
    assert sign.background == background


@pytest.mark.parametrize(("front", "background"), [("رغم اعتراف", True), ("بعد اعتراف", False)])
def test_find_evidence_that_is_granted_is_background(signs, front, background):
    (sign,) = signs(f"{front} الصين بطالبان، انتقدت بكين الحركة.", "recognition")
    assert (sign.code, sign.background) == (2, background)


def test_find_evidence_of_the_target_named_is_outright(signs):
    (named,) = signs("انتقدت الصين طالبان.", "criticism")
    (supplied,) = signs("قالت الصين عن طالبان إن الأمر مخيب.", "criticism")
    assert named.outright and not supplied.outright


def test_find_evidence_pronoun_of_one_judged_means_the_target(signs):
    text = "التقى وفد من طالبان وزير الخارجية الإيراني. وقال الوزير إنها حركة إرهابية."
    (sign,) = signs(text, "enmity")
    assert (sign.holder, sign.code, sign.voice) == ("iran", -2, "iran")
    assert not signs("التقى وفد من طالبان وزير الخارجية الإيراني. وقال الوزير إنه رجل مريض.", "enmity")
