"""Judgements: who considers the target what, in whose voice."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions


def read(text: str) -> list[tuple]:
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    tokens = tokenize(documents)
    table = find_positions(documents, tokens, quotations=find_quotations(documents, tokens), target="taliban")
    return list(table[["holder", "polarity", "voice"]].astype({"holder": str, "voice": str}).itertuples(False, None))


@pytest.mark.parametrize(
    "text",
    [
        "وتعتبر روسيا حركة طالبان، وتنظيم داعش منظمتين إرهابيتين محظورتين.",
        "تصنف موسكو حركة طالبان جماعة إرهابية.",
        "روسيا تعتبر طالبان تنظيما إرهابيا.",
    ],
)
def test_find_positions_considered_terrorist_is_a_position_against(text):
    assert {row[:2] for row in read(text)} == {("russia", -1)}


@pytest.mark.parametrize(
    "text",
    [
        "يقول المسؤولون الروس إن حركة طالبان تشكل تهديدا لآسيا الوسطى.",
        "قال وزير الخارجية الروسي إن طالبان تمثل خطرا على المنطقة.",
    ],
)
def test_find_positions_called_a_threat_is_the_speakers_word(text):
    assert read(text) == [("russia", -1, "russia")]


def test_find_positions_documents_without_date_are_read():
    assert read("دعت روسيا حركة طالبان إلى الحوار.")[0][0] == "russia"
