"""What stands for the target, or for its opponents, without naming it."""

import pytest

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.reading.stance.standins import Known, stands_for_opponents, stands_for_target

IN_MIND = Known(seen=True, salient=True, group=True)


def words(text):
    return tuple(map(DEFAULT_NORMALIZER, text.split()))


def meant(text, known=IN_MIND, *, states=False):
    found = words(text)
    return [
        found[place]
        for place in range(len(found))
        if stands_for_target(found, place, known, named=False, states=states)
    ]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("قصفت مسلحي الحركة في أروزغان", True),
        ("توقفت الحركة في الشوارع", False),
        ("هاجم الحركة الإسلامية", False),
    ],
)
def test_stands_for_target_movement_is_no_traffic_and_no_other(text, stands):
    assert (meant(text) == ["الحركه"] or meant(text) == ["الحركة"]) == stands


def test_stands_for_target_group_is_the_last_one_named():
    assert len(meant("اتهم الجماعة")) == 1
    assert meant("اتهم الجماعة", IN_MIND._replace(group=False)) == []
    assert meant("اتهم الجماعة الإسلامية") == []


def test_stands_for_target_its_people_only_while_it_is_in_mind():
    assert len(meant("قتل ثلاثة من عناصرها")) == 1
    assert meant("قتل ثلاثة من عناصرها", IN_MIND._replace(salient=False)) == []


def test_stands_for_target_rulers_where_it_rules_and_no_state_is_named():
    ruling = IN_MIND._replace(rules=True)
    assert len(meant("أشاد بالسلطات", ruling)) == 1
    assert meant("أشاد بالسلطات", ruling, states=True) == []
    assert meant("أشاد بالسلطات") == []
    assert len(meant("أشاد بسلطات الأمر الواقع", ruling, states=True)) == 1


@pytest.mark.parametrize(
    ("text", "stands"), [("نساعد من يقاتلهم", True), ("من يقاتلهم هؤلاء", False), ("من يقاتلهم الجنود", False)]
)
def test_stands_for_opponents_who_fights_it(text, stands):
    found = words(text)
    assert stands_for_opponents(found, found.index("من"), IN_MIND) == stands
    assert not stands_for_opponents(found, found.index("من"), IN_MIND._replace(salient=False))
