"""Who holds which position in one sentence: sentences written for the rules, each with its answer."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.reading.stance.positions import find_positions

FOR_AND_AGAINST = [
    # verb before subject, subject before verb
    ("أدانت روسيا هجوم طالبان على المدرسة.", {"russia": -1}),
    ("روسيا تدين هجمات طالبان.", {"russia": -1}),
    ("قصفت الطائرات الأمريكية معاقل طالبان في هلمند.", {"us": -1}),
    ("الجيش الباكستاني يلاحق عناصر طالبان في الجبال.", {"pakistan": -1}),
    ("تقاتل القوات البريطانية مسلحي طالبان منذ سنوات.", {"uk": -1}),
    # verbal nouns: genitive, nisba, by
    ("شنت القوات الأمريكية غارة على معسكر لطالبان.", {"us": -1}),
    ("قتل ثلاثة من مسلحي طالبان في غارة أمريكية.", {"us": -1}),
    ("تستمر حملة الجيش الباكستاني ضد طالبان.", {"pakistan": -1}),
    ("اعتقل خمسة من عناصر طالبان من قبل القوات الأفغانية.", {"afghan_gov": -1}),
    # coordination
    ("تنفذ القوات الأمريكية والبريطانية عمليات واسعة ضد طالبان.", {"us": -1, "uk": -1}),
    # both sides of a fight or a talk
    ("اندلعت معارك بين طالبان والجيش الباكستاني.", {"pakistan": -1}),
    ("بدأت محادثات سلام بين الحكومة الأفغانية وطالبان.", {"afghan_gov": 1}),
    ("عقدت طالبان محادثات مع باكستان.", {"pakistan": 0}),
    # what the target does is no position toward it
    ("هاجمت طالبان القوات الأمريكية في قندهار.", {}),
    ("قتل جندي أمريكي في هجوم شنته طالبان.", {}),
    ("هددت طالبان باكستان.", {}),
    # support, its denial, its accusation
    ("تدعم باكستان حركة طالبان.", {"pakistan": 1}),
    ("اتهمت واشنطن إيران بتسليح طالبان.", {"iran": 1}),
    ("دعمت روسيا خصوم طالبان بالسلاح.", {"russia": -1}),
    ("أيدت موسكو العقوبات على طالبان.", {"russia": -1}),
    # recognition, listing, delisting
    ("اعترفت روسيا بحكومة طالبان.", {"russia": 1}),
    ("لم تعترف روسيا بحكومة طالبان.", {"russia": -1}),
    ("شطبت روسيا طالبان من قائمة الإرهاب.", {"russia": 1}),
    ("رفعت المحكمة الروسية الحظر عن طالبان.", {"russia": 1}),
    ("وصفت موسكو حركة طالبان بالإرهابية.", {"russia": -1}),
    # engagement
    ("استقبل لافروف وفدا من طالبان.", {"russia": 0}),
    ("دعت روسيا إلى الحوار مع طالبان.", {"russia": 1}),
    ("قال كابولوف إن بلاده تتبادل المعلومات مع طالبان.", {"russia": 1}),
    ("أشاد بوتين بدور طالبان.", {"russia": 1}),
    # concern and threat
    ("حذر بوتين من خطر طالبان على آسيا الوسطى.", {"russia": -1}),
    ("أنذر كابولوف طالبان بخسائر فادحة.", {"russia": -1}),
    # fixed phrases that are no negation
    ("لا بديل عن الحوار مع طالبان، بحسب موسكو.", {"russia": 1}),
    # al-Qaeda first, the target second
    ("تحارب الولايات المتحدة تنظيم القاعدة وحركة طالبان.", {"us": -1}),
]


@pytest.fixture(scope="module")
def found():
    """POSITIONS of all sentences, each a document of its own."""
    documents = pd.DataFrame({"doc_id": [f"{place:03}" for place in range(len(FOR_AND_AGAINST))]})
    documents = documents.assign(
        text=[text for text, _ in FOR_AND_AGAINST],
        date=pd.Timestamp("2017-05-01"),
        date_precision="day",
        source="s",
        title=None,
    )
    return find_positions(documents, tokenize(documents))


@pytest.mark.parametrize("place", range(len(FOR_AND_AGAINST)))
def test_find_positions_sentence_names_holder_and_side(found, place):
    text, wanted = FOR_AND_AGAINST[place]
    rows = found[found["doc_id"] == f"{place:03}"]
    assert {str(row.holder): int(row.polarity) for row in rows.itertuples()} == wanted, text
