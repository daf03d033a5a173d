"""Fights, strikes, partners, rivals and friends: sentences written for the rules, each with its answer."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.reading.stance.positions import find_positions

FIGHTS = [
    # two sides of a fight
    ("قتل سبعة من مسلحي طالبان في تبادل لإطلاق النار مع الجنود الباكستانيين.", {"pakistan": -1}),
    ("قال شهود إن قتالا عنيفا اندلع بين رجال القبائل ومسلحي طالبان.", {"other": -1}),
    ("شاركت القوات المتعددة الجنسيات في المعارك ضد مسلحي طالبان.", {"nato": -1}),
    ("شهدت المنطقة مقتل جنود بريطانيين كانوا يقاتلون طالبان.", {"uk": -1}),
    ("وصل ثلاثة آلاف من المارينز لقتال طالبان في الجنوب.", {"us": -1}),
    ("هذا أكبر هجوم لقوات التحالف على طالبان منذ سنوات.", {"nato": -1}),
    # strikes by nationality
    ("كان زعيم طالبان قتل في غارة جوية أمريكية.", {"us": -1}),
    ("قتل القيادي في طالبان بصاروخ أطلقته طائرة أمريكية.", {"us": -1}),
    ("قتل جنود في غارة أمريكية على حاجز للجيش حيث تنشط طالبان.", {}),
    # partners
    ("تنفذ القوات البريطانية إلى جانب مئات الجنود الأفغان عملية ضد طالبان.", {"uk": -1, "afghan_gov": -1}),
    ("اعتقلت السلطات الباكستانية قياديا في طالبان بمساعدة المخابرات الأمريكية.", {"pakistan": -1, "us": -1}),
    ("تدعم واشنطن كابول في حربها على طالبان.", {"us": -1, "afghan_gov": -1}),
    # wars waged, ability denied, control, being wanted
    ("تستمر الحرب التي تخوضها القوات الأمريكية منذ سنوات، ضد طالبان.", {"us": -1}),
    ("استعاد الجيش الباكستاني السيطرة على بلدة من طالبان.", {"pakistan": -1}),
    ("يعد الملا عمر زعيم طالبان أبرز المطلوبين من قبل السلطات الأمريكية.", {"us": -1}),
    # rivals and friends
    ("أعلن فصيل منافس لطالبان مسؤوليته.", {"other": -1}),
    ("وصفت كابول طالبان بأنها عدوة الشعب.", {"afghan_gov": -1}),
    ("يعد تنظيم القاعدة حليفا لطالبان.", {"al_qaeda": 1}),
    ("القبائل المتحالفة مع طالبان ترفض ذلك.", {"other": 1}),
    ("تتلقى طالبان دعما من المخابرات الباكستانية.", {"pakistan": 1}),
    ("رضخت الحكومة الباكستانية لمطالب طالبان.", {"pakistan": 1}),
    ("نسبت الشرطة الأفغانية التفجير إلى طالبان.", {"afghan_gov": -1}),
    # what the target does, and places
    ("هاجم مسلحو طالبان قاعدة أمريكية وقتلوا ثلاثة جنود أمريكيين.", {}),
    ("نصبت طالبان كمينا لدورية بريطانية في هلمند.", {}),
    ("قتل جنديان من حلف الناتو في انفجار نفذته طالبان.", {}),
    ("فر السكان إلى باكستان بعد هجوم طالبان.", {}),
    ("وصل الوزير إلى إسلام أباد لبحث ملف طالبان.", {}),
    ("تشن طالبان حربا كلامية، وفي موسكو أموال للمسلحين.", {}),
]
LATER = [
    # the act stands in a sentence after the one that names the target
    ("هذه أخبار طالبان. وقد أطلقت طائرة أمريكية صاروخين على منزل في الجبال.", {"us": -1}),
    ("هذه أخبار طالبان. والطقس بارد. وساد الهدوء. وقتلت القوات الدولية خمسة من المهاجمين.", {"nato": -1}),
    ("عاد وفد باكستان. هذه أخبار طالبان. وأضاف الجيش أن ثلاثين مسلحا قتلوا.", {"pakistan": -1}),
    ("دارت اشتباكات بين القوات الحكومية والمسلحين في باكستان. وقالت طالبان إنها صامدة.", {"pakistan": -1}),
    ("هذه أخبار طالبان. وأدان الرئيس الأفغاني التفجير بشدة.", {"afghan_gov": -1}),
    # long after the name only acts count, not words
]
CASES = [*FIGHTS, *LATER]


@pytest.fixture(scope="module")
def found():
    """POSITIONS of all texts, each a document of its own."""
    documents = pd.DataFrame({"doc_id": [f"{place:03}" for place in range(len(CASES))]})
    documents = documents.assign(
        text=[text for text, _ in CASES], date=pd.Timestamp("2010-05-01"), date_precision="day", source="s", title=None
    )
    return find_positions(documents, tokenize(documents))


@pytest.mark.parametrize("place", range(len(CASES)))
def test_find_positions_fight_names_holder_and_side(found, place):
    text, wanted = CASES[place]
    rows = found[found["doc_id"] == f"{place:03}"]
    assert {str(row.holder): int(row.polarity) for row in rows.itertuples()} == wanted, text


def test_find_positions_headline_has_an_empty_span_that_overlaps_no_sentence():
    text = "قصفت القوات الأمريكية طالبان."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2010-05-01"]), "title": [text]})
    found = find_positions(documents, tokenize(documents))
    assert found["sentence"].tolist() == [-1, 0]
    overlaps = (found["start_char"] < len(text)) & (found["end_char"] > 0)
    assert overlaps.tolist() == [False, True]


# written words that say nothing of any side
CIRCUMSTANCE = (
    "في صباح يوم بارد من أيام الشتاء الطويل وبعد ساعات من الانتظار أمام المبنى القديم الواقع قرب السوق والنهر والجسر"
    " والحديقة العامة والمتحف الصغير"
).split()


@pytest.mark.parametrize(("n_between", "wanted"), [(10, {"us"}), (11, {"us"}), (25, {"us"}), (26, set())])
def test_find_positions_war_is_waged_by_who_stands_up_to_25_words_before_it(n_between, wanted):
    between = [*CIRCUMSTANCE[: n_between - 2], "مع", "استمرار"]
    assert len(between) == n_between
    text = f"تحدث الضيف عن القوات الأمريكية {' '.join(between)} الحرب ضد طالبان."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2010-05-01"])})
    found = find_positions(documents.assign(date_precision="day", source="s", title=None), tokenize(documents))
    assert set(found["holder"]) == wanted


def holders(text):
    """Return holder to side of one text."""
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2010-05-01"])})
    found = find_positions(documents.assign(date_precision="day", source="s", title=None), tokenize(documents))
    return {str(row.holder): int(row.polarity) for row in found.itertuples()}


@pytest.mark.parametrize(("n_between", "wanted"), [(8, {"uk": -1}), (9, {"uk": -1})])
def test_find_positions_troops_fight_whom_their_clause_names_however_far(n_between, wanted):
    between = [*CIRCUMSTANCE[: n_between - 1], "مسلحي"]
    assert len(between) == n_between
    assert holders(f"وصل جنود بريطانيون لقتال {' '.join(between)} طالبان.") == wanted


@pytest.mark.parametrize(("n_between", "wanted"), [(2, {"pakistan": -1}), (3, {"pakistan": -1})])
def test_find_positions_troops_tell_of_fighters_named_before_their_verb(n_between, wanted):
    between = " ".join(CIRCUMSTANCE[:n_between])
    assert holders(f"أضاف الجيش الباكستاني أن عناصر طالبان {between} قتلوا.") == wanted
