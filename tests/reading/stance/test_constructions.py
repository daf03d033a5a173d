"""Constructions of reports: each rule with a text on either side of its edge."""

import pytest

# A rule; a text and what it shows; a text at the other side of the edge and what it shows, None for nothing.
PAIRS = {
    "what nothing keeps from is not denied": (
        "قالت الصين إن الخلاف لا يمنع من التعاون مع طالبان.",
        ("china", 1, "cooperation"),
        "قالت الصين إن الخلاف لا يعني التعاون مع طالبان.",
        ("china", -1, "cooperation"),
    ),
    "absence that persists is absence": (
        "قالت الصين إن عدم الاعتراف بطالبان لا يزال سياستها.",
        ("china", -1, "recognition"),
        "قالت الصين إن الاعتراف بطالبان سياستها.",
        ("china", 2, "recognition"),
    ),
    "who carried out a deed is told behind it": (
        "استنكرت الصين التفجير الذي نفذته طالبان في كابول.",
        ("china", -2, "force"),
        "استنكرت الصين التفجير الذي نفذه داعش في كابول.",
        None,
    ),
    "what is received comes from somebody": (
        "قال البيت الأبيض إن طالبان تتسلم شحنات أسلحة من الروس.",
        ("russia", 2, "arming"),
        "قال البيت الأبيض إن داعش يتسلم شحنات أسلحة من الروس.",
        None,
    ),
    "a duty laid on the target": (
        "الصين: على طالبان الوفاء بوعودها.",
        ("china", -1, "good_conduct"),
        "الصين: على باكستان الرحيل، وصمتت طالبان.",
        None,
    ),
    "an offer is the act of who makes it": (
        "عرضت الصين على طالبان التعاون في النقل.",
        ("china", 1, "cooperation"),
        "عرضت طالبان على الصين التعاون في النقل.",
        None,
    ),
    "backing somebody in the face of the target": (
        "جددت الصين دعمها للحكومة في مواجهة طالبان.",
        ("china", -2, "support"),
        "جددت الصين دعمها لطالبان في مواجهة داعش.",
        ("china", 2, "support"),
    ),
    "a claim not ruled out is an allegation": (
        "لم يستبعد البيت الأبيض أن تكون روسيا قد سلحت طالبان.",
        ("russia", 2, "arming"),
        "لم يستبعد البيت الأبيض أن تكون روسيا قد سلحت داعش ضد طالبان.",
        ("russia", -2, "arming"),
    ),
    "a verb behind the subjunctive particle": (
        "استقبلت الصين سفيرا بعد أن اعترفت بطالبان.",
        ("china", 2, "recognition"),
        "استقبلت الصين سفيرا بعد أن اعترفت بالانقلاب، وصمتت طالبان.",
        None,
    ),
    "neither nor denies once": (
        "لا تنوي الصين معاقبة طالبان ولا محاربة الحركة.",
        ("china", 0, "force"),
        "تنوي الصين محاربة الحركة.",
        None,
    ),
    "something worries somebody": (
        "أقلق تقدم طالبان الحكومة الصينية.",
        ("china", -1, "concern"),
        "أقلق تقدم داعش الحكومة الصينية، وصمتت طالبان.",
        None,
    ),
    "a noun with a possessive has its holder": (
        "لم تخف الصين استياءها من طالبان.",
        ("china", -1, "criticism"),
        "لم تخف الصين استياءها من باكستان، وصمتت طالبان.",
        None,
    ),
    "what nobody sees is not there": (
        "لم تر الصين ما يقلقها في طالبان.",
        ("china", 1, "concern"),
        "رأت الصين ما يقلقها في طالبان.",
        ("china", -1, "concern"),
    ),
    "support to be given up is alleged": (
        "دعت واشنطن موسكو إلى وقف تسليح طالبان.",
        ("russia", 2, "arming"),
        "رحبت واشنطن بموسكو، وصمتت طالبان.",
        None,
    ),
    "the subject before a particle and its verb": (
        "نفت الصين أن تكون بكين قد زودت طالبان بالسلاح.",
        ("china", 0, "arming"),
        "قالت الصين إن بكين قد زودت طالبان بالسلاح.",
        ("china", 2, "arming"),
    ),
    "an occasion is no purpose": (
        "اجتمع وزير صيني بقادة طالبان على هامش مؤتمر التعاون.",
        ("china", 0, "contact"),
        "اجتمع وزير صيني بقادة طالبان وبحثا التعاون.",
        ("china", 1, "contact"),
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
def test_find_evidence_reads_either_side_of_a_construction(readings, rule):
    text, sign, other_text, other_sign = PAIRS[rule]
    for told, wanted in ((text, sign), (other_text, other_sign)):
        assert (wanted in readings[told]) if wanted else not readings[told]
