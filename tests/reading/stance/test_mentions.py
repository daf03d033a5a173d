"""Who is named: speech and positions read one entry the same way on every day."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions


@pytest.mark.parametrize(
    ("day", "actor"), [("2021-08-14", "afghan_gov"), ("2021-08-15", "taliban"), ("2021-08-16", "taliban")]
)
def test_speech_and_positions_change_the_government_on_the_same_day(day, actor):
    text = "قالت الحكومة الأفغانية إنها ترحب بالولايات المتحدة."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime([day])})
    tokens = tokenize(documents)
    quotations = find_quotations(documents, tokens)
    assert quotations[["actor", "side"]].to_numpy().tolist() == [[actor, actor]]
    found = find_positions(documents, tokens, quotations=quotations, target="us")
    assert set(found["holder"]) == {actor}


def test_mentions_without_a_day_name_the_government():
    text = "قالت الحكومة الأفغانية إنها ترحب بالولايات المتحدة."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": [pd.NaT]})
    tokens = tokenize(documents)
    assert find_quotations(documents, tokens)["actor"].tolist() == ["afghan_gov"]
    assert set(find_positions(documents, tokens, target="us")["holder"]) == {"afghan_gov"}
