"""The words of vendors' formats: headings, labels and months in the languages of their interfaces, as data files."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.language.words import read_words

__all__ = ["headings"]


@cache
def headings(name: str) -> Mapping[str, Any]:
    """Return the lists of words in the file ``name`` beside the readers.

    Examples
    --------
    >>> headings("europresse")["page"][:2]
    ['p', 'pp']
    """
    return read_words(files("discourse.sources.readers") / f"{name}.yml")
