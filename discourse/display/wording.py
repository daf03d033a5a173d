"""The words of figures, tables and the report, in English and in Arabic; they stand in wording.yml."""

import re
from functools import cache
from importlib.resources import files

import yaml

from discourse.errors import check_choice

__all__ = ["LANGUAGES", "has_words", "wording", "words"]

LANGUAGES = ("en", "ar")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _sections() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words file: section to name to language to words."""
    text = files("discourse.display").joinpath("wording.yml").read_text(encoding="utf-8")
    return _LOADER(text).get_single_data()


def words(section: str, name: str, language: str) -> str:
    """Return the words that a section of the words file has for a name, as they stand there.

    Examples
    --------
    >>> words("countries", "EG", "en")
    'Egypt'
    """
    check_choice("language", language, LANGUAGES)
    return _sections()[section][name][language]


def has_words(section: str, name: str) -> bool:
    """Tell whether a section of the words file has words for a name."""
    return name in _sections()[section]


def wording(name: str, language: str, **values: object) -> str:
    """Return a sentence of the report with its values filled in; whole numbers get thousands separators.

    Examples
    --------
    >>> wording("overall", "en", title="Frames")
    'Frames in all documents'
    """
    sentence = words("report", name, language)
    shown = {key: f"{value:,}" if type(value) is int else str(value) for key, value in values.items()}
    if language == "ar":  # isolate days, which a right-to-left sentence would turn around
        shown = {key: f"\u2066{text}\u2069" if _DAY.fullmatch(text) else text for key, text in shown.items()}
    return sentence.format(**shown)
