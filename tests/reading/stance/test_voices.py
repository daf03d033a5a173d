"""Who speaks in a quotation that names no actor."""

import pytest

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.reading.stance.running import Running
from discourse.reading.stance.shapes import Mention
from discourse.reading.stance.voices import is_private_speaker, unnamed_speaker


def words(text):
    return tuple(map(DEFAULT_NORMALIZER, text.split()))


def speaker(text, *mentions, voice="china"):
    found = words(text)
    running = Running("taliban", home="russia", voice=voice)
    return unnamed_speaker(found, (found.index("«") + 1, found.index("»")), mentions, running)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("لكن مسؤولاً في الإدارة قال : « نص »", "russia"),
        ("لكن محامياً في الإدارة قال : « نص »", None),
        ("وقال وزير سابق : « نص »", None),
        ("وقال للصحافيين : « نص »", "china"),
        ("وقال شيخ : « نص »", None),
        ("« نص » ، قال الضابط", "russia"),
    ],
)
def test_unnamed_speaker_is_an_office_or_who_spoke_before(text, who):
    assert speaker(text) == who


def test_unnamed_speaker_none_where_an_actor_or_nobody_stands_before():
    assert speaker("وقال للصينيين : « نص »", Mention(1, 2, "china")) is None
    assert speaker("وقال للصحافيين : « نص »", voice=None) is None


def test_is_private_speaker_with_case_and_article():
    assert is_private_speaker(words("قال المحامي")) and is_private_speaker(words("خبيراً"))
    assert not is_private_speaker(words("قال الوزير"))
