"""How far an attack reaches for the one it falls on."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.reading.stance.positions import find_positions

# written words that say nothing of any side
CIRCUMSTANCE = "في صباح يوم بارد من أيام الشتاء الطويل بعد ساعات من الانتظار".split()


def holders(text):
    """Return holder to side of one sentence."""
    documents = pd.DataFrame(
        {"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2010-05-01"]), "date_precision": "day",
         "source": "s", "title": None}
    )  # fmt: skip
    found = find_positions(documents, tokenize(documents))
    return {str(row.holder): int(row.polarity) for row in found.itertuples()}


@pytest.mark.parametrize(
    ("n_between", "wanted"),
    [
        (8, {"us": -1}),
        (9, {"us": -1}),
        (14, {"us": -1}),  # the fifteenth word behind the verb is the last that counts
        (15, {}),
    ],
)
def test_find_positions_verb_of_force_reaches_fifteen_words(n_between, wanted):
    between = ["القوات", "الأمريكية", *CIRCUMSTANCE[: n_between - 3], "مسلحي"]
    assert len(between) == n_between
    assert holders(f"طاردت {' '.join(between)} طالبان.") == wanted


@pytest.mark.parametrize(("n_between", "wanted"), [(8, {"us": -1}), (9, {"us": -1})])
def test_find_positions_verb_of_an_act_reaches_its_object_beyond_eight_words(n_between, wanted):
    between = ["القوات", "الأمريكية", *CIRCUMSTANCE[: n_between - 2]]
    assert len(between) == n_between
    assert holders(f"قصفت {' '.join(between)} طالبان.") == wanted
