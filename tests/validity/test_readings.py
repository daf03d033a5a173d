"""The founding article's reading against the rules, and the comparison itself."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.seeds import load_reading
from discourse.validity.readings import compare_positions, compare_speech


def span(text, start):
    return {"text": text, "start": start, "end": start + len(text)}


def test_compare_speech_missed_and_partly_right_instances_show():
    quotations = pd.DataFrame(
        {
            "cue": ["قال"], "cue_start_char": [0], "cue_end_char": [3], "side": ["us"], "kind": ["direct"],
            "speaker": ["الوزير"], "speaker_start_char": [4], "speaker_end_char": [10],
            "content_start_char": [20], "content_end_char": [30],
        }
    )  # fmt: skip
    item = {"cue": span("قال", 0), "speaker": span("الوزير الروسي", 4), "side": "russia", "kind": "direct"}
    read = {"id": "q0", **item, "content": {"text": "", "start": 20, "end": 31}}
    missed = {**read, "id": "q1", "cue": span("نفى", 50), "speaker": None}
    found = compare_speech(quotations, {"reported_speech": [read, missed]})
    assert found["found"].isna().tolist() == [False, True]
    assert found[["speaker", "side", "kind", "content"]].to_numpy().tolist() == [
        ["part", False, True, False],
        ["other", False, False, False],
    ]


def test_compare_speech_founding_article_agrees_in_every_instance(article):
    found = compare_speech(find_quotations(article, tokenize(article)), load_reading())
    assert found["found"].notna().all()
    assert found["speaker"].eq("same").all(), found[["id", "speaker"]]
    assert found[["side", "kind", "content"]].all(axis=None)


def test_compare_speech_reading_without_speech_is_refused():
    with pytest.raises(SchemaError) as error:
        compare_speech(pd.DataFrame(), {"document": "article"})
    assert str(error.value) == "`reading` lacks 'reported_speech'; it has 'document'. Load it with load_reading()."


def test_compare_positions_founding_article_clear_positions_toward_the_taliban_are_found(article):
    body = drop_spans(tokenize(article), find_boilerplate(article))
    quotations = find_quotations(article, tokenize(article))
    found = find_positions(article, tokenize(article), quotations=quotations, target="taliban")
    table = compare_positions(found, load_reading(), target="taliban")
    clear = table[(table["certainty"] == "clear") & (table["holder"] == "russia")]
    assert len(clear) >= 6
    assert clear[["found", "polarity"]].all(axis=None)
    assert (~clear["voice"]).sum() <= 2  # a clause under two sources, a listing told as its own words
    masked = find_positions(article, body, quotations=quotations, target="taliban")
    assert set(masked["voice"].astype(str)) == {"outlet", "russia"}


def test_compare_positions_target_that_nobody_read_lists_those_read(article):
    with pytest.raises(SchemaError) as error:
        compare_positions(pd.DataFrame(), load_reading(), target="nato")
    assert str(error.value) == "`target` is 'nato'; the reading holds positions toward 'isis', 'russia', 'taliban'."
