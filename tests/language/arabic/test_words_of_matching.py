"""The proclitics before a glob are those of the inflection."""

import re
from itertools import product

import pytest

from discourse.language.arabic.inflection import PROCLITICS
from discourse.language.base import load_language

_CANDIDATES = sorted(
    {"".join(letters) for n in range(5) for letters in product(("", "و", "ف", "ب", "ل", "ك", "ال"), repeat=n)}
)


@pytest.mark.parametrize(("key", "kinds"), [("before_glob", ("bare", "article")), ("before_proper_glob", ("bare",))])
def test_words_before_a_glob_are_the_proclitics_of_the_inflection(key, kinds):
    (form,) = load_language("arabic").words("matching")[key]
    allowed = {word for word in _CANDIDATES if re.fullmatch(form, word)}
    assert allowed == frozenset().union(*(PROCLITICS[kind] for kind in kinds))
