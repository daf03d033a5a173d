"""Evidence of positions at the edges that invented reports showed: each rule with one text on either side."""

import pytest

# A rule; a text and what it shows; a text at the other side of the edge and what it shows, None for nothing.
PAIRS = {
    "a negator between the words of an entry denies it": (
        "أعلنت فرنسا عدم اعترافها بطالبان.",
        ("other", -1, "recognition"),
        "أعلنت فرنسا اعترافها بطالبان.",
        ("other", 2, "recognition"),
    ),
    "who acts with the subject is not acted on": (
        "سلحت الصين وإيران طالبان.",
        ("iran", 2, "arming"),
        "سلحت الصين إيران.",
        None,
    ),
    "the whole subject stands before its verb": (
        "كابل تتهم إيران بإيواء قادة طالبان.",
        ("iran", 2, "support"),
        "إيران تتهم كابل بإيواء قادة طالبان.",
        ("afghan_gov", 2, "support"),
    ),
    "a deal of others is welcome, not made": (
        "قالت الصين إن اتفاق الدوحة بين الأمريكيين وطالبان خطوة مهمة نحو السلام.",
        ("china", 1, "agreement"),
        "قالت الصين إن اتفاق الصين مع طالبان خطوة مهمة نحو السلام.",
        ("china", 2, "agreement"),
    ),
    "what the target decides is its conduct": (
        "استنكرت الصين قرار طالبان منع النساء من العمل.",
        ("china", -2, "bad_conduct"),
        "استنكرت الصين قرار باكستان منع النساء من العمل.",
        None,
    ),
    "names are taken off a list": (
        "شطبت الصين أسماء عشرة من قادة طالبان من قائمة العقوبات.",
        ("china", 1, "sanctions"),
        "أضافت الصين أسماء عشرة من قادة طالبان إلى قائمة العقوبات.",
        ("china", -2, "sanctions"),
    ),
    "still listed is not listed anew": (
        "قالت الصين إن طالبان ما زالت مدرجة على قائمة المنظمات الإرهابية.",
        ("china", -1, "designation"),
        "أدرجت الصين طالبان على قائمة المنظمات الإرهابية.",
        ("china", -2, "designation"),
    ),
    "still in force": (
        "قالت الصين إن العقوبات على طالبان لا تزال سارية.",
        ("china", -1, "sanctions"),
        "قالت الصين إن العقوبات على طالبان لم تعد سارية.",
        ("china", 1, "sanctions"),
    ),
    "two sides agree on a thing or on talks": (
        "اتفقت تركيا وطالبان على تسهيل حركة البضائع.",
        ("turkey", 2, "intends"),
        "اتفقت تركيا وطالبان على مواصلة الحوار.",
        ("turkey", 1, "dialogue"),
    ),
    "a charge is no ambassador": (
        "اعتمدت الصين قائما بالأعمال لطالبان.",
        ("china", 1, "accreditation"),
        "اعتمدت الصين سفيرا لطالبان.",
        ("china", 2, "accreditation"),
    ),
    "alert for another reason": (
        "عززت الصين قواتها على الحدود تحسبا لهجمات طالبان.",
        ("china", -1, "alert"),
        "عززت الصين قواتها على الحدود تحسبا لتسلل عناصر داعش، ولم تعلق طالبان.",
        None,
    ),
    "eased is not lifted": (
        "خففت الصين القيود المفروضة على طالبان.",
        ("china", 1, "delisting"),
        "رفعت الصين القيود المفروضة على طالبان.",
        ("china", 2, "delisting"),
    ),
    "kept from it": (
        "منعت الصين طالبان من فتح سفارة.",
        ("china", -1, "accreditation"),
        "مكنت الصين طالبان من فتح سفارة.",
        ("china", 2, "accreditation"),
    ),
    "denied with its verb": (
        "لم تأذن الصين لطالبان بفتح مكتب.",
        ("china", -1, "accreditation"),
        "أذنت الصين لطالبان بفتح مكتب.",
        ("china", 2, "accreditation"),
    ),
    "in answer to the target lays nothing on it": (
        "قالت الصين إن على طالبان أن تتريث.",
        ("china", -1, "demand"),
        "قالت الصين ردا على دعوة طالبان إن الوقت مبكر.",
        None,
    ),
    "a welcome of what others do with the target": (
        "رحبت الصين باتفاق واشنطن وطالبان.",
        ("china", 1, "welcomes"),
        "رحبت الصين باتفاق واشنطن وموسكو، وعلقت طالبان.",
        None,
    ),
    "a threat where nobody else is named": (
        "نشرت الصين آلاف الجنود بعد هجمات طالبان وهددت بالرد.",
        ("china", -2, "threat"),
        "نشرت الصين آلاف الجنود بعد هجمات طالبان وعلقت رحلاتها.",
        ("china", -1, "alert"),
    ),
    "its leaders": (
        "تعهدت الصين بعد لقاء مع طالبان بملاحقة قادتها.",
        ("china", -2, "force"),
        "تعهدت الصين بعد لقاء مع طالبان بملاحقة تجار المخدرات.",
        ("china", 1, "contact"),
    ),
    "a pronoun on the verb that opens a sentence": (
        "التقى وزير الخارجية الصيني وفد طالبان. وطالبها بقطع صلتها بالقاعدة.",
        ("china", -1, "good_conduct"),
        "التقى وزير الخارجية الصيني وفد طالبان. وطالب إيران بقطع صلتها بالقاعدة.",
        ("china", 0, "contact"),
    ),
    "in protest is no protest that stops": (
        "علقت الصين احتجاجاتها على قرارات طالبان.",
        ("china", -1, "criticism"),
        "علقت الصين على قرارات طالبان.",
        None,
    ),
    "manoeuvres as planned": (
        "بدأت الصين مناورات قرب الحدود بسبب طالبان.",
        ("china", -1, "alert"),
        "بدأت الصين مناورات مقررة منذ عام قرب الحدود، ولم تعلق طالبان.",
        None,
    ),
}


@pytest.fixture(scope="module")
def readings(read_evidence):
    texts = [text for pair in PAIRS.values() for text in (pair[0], pair[2])]
    found = read_evidence(texts)
    return {
        text: {(sign.holder, sign.code, sign.category) for _, sign in signs}
        for text, signs in zip(texts, found, strict=True)
    }


@pytest.mark.parametrize("rule", PAIRS)
def test_find_evidence_reads_either_side_of_an_edge(readings, rule):
    text, sign, other_text, other_sign = PAIRS[rule]
    assert (sign in readings[text]) if sign else not readings[text]
    assert (other_sign in readings[other_text]) if other_sign else not readings[other_text]


def test_find_evidence_partner_of_the_other_side_is_no_partner_of_the_speaker(read_evidence):
    (found,) = read_evidence(["رحبت الصين باتفاق واشنطن وطالبان."])
    assert {sign.holder for _, sign in found} == {"china"}


@pytest.mark.parametrize(("text", "code"), [("نفت باكستان دعم طالبان.", 0), ("دعمت باكستان طالبان.", 2)])
def test_find_evidence_what_the_act_tells_is_told_once(read_evidence, text, code):
    (found,) = read_evidence([text])
    assert [(sign.category, sign.code) for _, sign in found] == [("support", code)]
