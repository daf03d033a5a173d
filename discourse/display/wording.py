"""The words of figures, tables and the report, in English and in Arabic; they stand in wording.yml."""

import re
from functools import cache
from importlib.resources import files

import yaml

from discourse.display.numbers import isolate
from discourse.errors import check_choice

__all__ = ["LANGUAGES", "counted", "fill_in", "has_words", "section_words", "wording", "words"]

LANGUAGES = ("en", "ar")
_END = r"\d{4}(?:-\d{2}){0,2}"
_TURNED = re.compile(rf"{_END}(?:[-/\u2013]{_END})?|[+\u2212]\d+(?:\.\d+)?")  # days, periods and signed numbers
_SIGNED = re.compile(r"(?<![\w{.:/-])[-+][1-9](?:\.\d+)?(?![\w}-])")  # of a scale, not a part of a day
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _sections() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words file: section to name to language to words."""
    text = files("discourse.display").joinpath("wording.yml").read_text(encoding="utf-8")
    sections = _LOADER(text).get_single_data()
    for names in sections.values():
        for told in names.values():
            for language, said in told.items():
                told[language] = _SIGNED.sub(lambda found, to=language: _keep_sign(found[0], to), said)
    return sections


def _keep_sign(number: str, language: str) -> str:
    """Return a signed number as it is shown: with a minus sign, and in Arabic with the sign before it.

    >>> _keep_sign("-2", "en")
    '\u22122'
    """
    return isolate(number.replace("-", "\N{MINUS SIGN}"), language)


def words(section: str, name: str, language: str) -> str:
    """Return the words that a section of the words file has for a name, as they stand there.

    Examples
    --------
    >>> words("countries", "EG", "en")
    'Egypt'
    """
    check_choice("language", language, LANGUAGES)
    return _sections()[section][name][language]


def section_words(section: str, language: str) -> dict[str, str]:
    """Return all words of a section, by name, as they stand there.

    Examples
    --------
    >>> section_words("plan", "en").keys() == section_words("plan", "ar").keys()
    True
    """
    check_choice("language", language, LANGUAGES)
    return {name: told[language] for name, told in _sections()[section].items()}


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
    told = sentence.format(**shown)
    return told[:1].upper() + told[1:] if sentence.startswith("{holder}") else told  # "the" may come first


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
