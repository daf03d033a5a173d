"""The proclitics before a glob are those of the inflection."""

import re
from itertools import product

import pytest

from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.inflection import PROCLITICS

_CANDIDATES = sorted(
    {"".join(letters) for n in range(5) for letters in product(("", "و", "ف", "ب", "ل", "ك", "ال"), repeat=n)}
)


@pytest.mark.parametrize(("key", "kinds"), [("word", ("bare", "article")), ("name", ("bare",))])
def test_words_before_a_glob_are_the_proclitics_of_the_inflection(key, kinds):
    allowed = {word for word in _CANDIDATES if re.fullmatch(LANGUAGE.proclitics[key], word)}
    assert allowed == frozenset().union(*(PROCLITICS[kind] for kind in kinds))
