"""The words of figures, tables and the report, in English and in Arabic; they stand in wording.yml."""

import re
from functools import cache
from importlib.resources import files

import yaml

from discourse.errors import check_choice

__all__ = ["LANGUAGES", "counted", "fill_in", "has_words", "wording", "words"]

LANGUAGES = ("en", "ar")
_END = r"\d{4}(?:-\d{2}){0,2}"
_TURNED = re.compile(rf"{_END}(?:[-/]{_END})?|[+\u2212]\d+\.\d+")  # days, periods and signed numbers
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
    return fill_in("report", name, language, **values)


def fill_in(section: str, name: str, language: str, **values: object) -> str:
    """Return a sentence of any section with its values filled in, as ``wording`` does."""
    sentence = words(section, name, language)
    shown = {key: f"{value:,}" if type(value) is int else str(value) for key, value in values.items()}
    if language == "ar":  # isolate what a right-to-left sentence would turn around
        shown = {key: f"\u2066{text}\u2069" if _TURNED.fullmatch(text) else text for key, text in shown.items()}
    return sentence.format(**shown)


def counted(name: str, n: int, language: str) -> str:
    """Return a number with what it counts, in the form that the language has for this number.

    The forms of Arabic follow the plural rules of the Unicode CLDR: one, two, few (3 to 10), many (11 to 99), other.

    Examples
    --------
    >>> counted("report", 1, "en"), counted("report", 16, "en")
    ('1 report', '16 reports')
    """
    form = "other"
    if language == "ar":
        last = n % 100
        form = {0: "zero", 1: "one", 2: "two"}.get(n) or ("few" if 3 <= last <= 10 else "many" if last > 10 else form)
    elif n == 1:
        form = "one"
    return words("counts", f"{name}_{form}", language).format(n=f"{n:,}")
