"""The pattern language of lexicon entries: words, globs, lemmas, alternatives."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.language.arabic.normalization import (
    BIDI_CONTROLS,
    DIACRITICS,
    INVISIBLE,
    PRESENTATION_FORM,
    TATWEEL,
)
from discourse.language.base import load_language

__all__ = ["Element", "list_patterns", "parse_pattern", "pattern_problems", "plain_pattern"]


class Element(NamedTuple):
    """One alternative of one place in a pattern: kind ("literal", "glob", "lemma"), normal form or lemma name."""

    kind: str
    text: str


_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)+")
_OTHER_BLANK = re.compile(r"[^\S ]")
_PLACEHOLDER = "\ue000"
_LEFT_OUT = str.maketrans(dict.fromkeys(DIACRITICS + TATWEEL + BIDI_CONTROLS + INVISIBLE))


@cache
def _abbreviations(form: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a spelled-out abbreviation between blanks, and what a word that is one matches."""
    return re.compile(rf"(?<!\S){form}(?!\S)"), re.compile(form)


def _split(pattern: str, language: str) -> list[str]:
    """Split at blanks, but keep spelled-out abbreviations (أ ف ب) whole."""
    spelled, _ = _abbreviations(load_language(language).boundaries.abbreviation)
    joined = spelled.sub(lambda match: match.group().replace(" ", _PLACEHOLDER), pattern)
    return [part.replace(_PLACEHOLDER, " ") for part in joined.split(" ")]


def parse_pattern(
    pattern: str, normalizer: Callable[[str], str], language: str = "arabic"
) -> list[tuple[Element, ...]]:
    """Return the places of a pattern, each a tuple of alternatives.

    Blanks separate places, ``|`` separates alternatives of one place, ``[lemma]`` stands for all forms of a declared
    lemma, ``*`` for any letters and ``?`` for one letter; anything else is a literal word.

    Examples
    --------
    >>> from discourse.language.arabic.normalization import Normalizer
    >>> [[(a.kind, a.text) for a in place] for place in parse_pattern("[رفع]|إزالة الحظر", Normalizer())]
    [[('lemma', 'رفع'), ('literal', 'ازالة')], [('literal', 'الحظر')]]
    """
    return list(_places(str(pattern), normalizer, language))


@lru_cache(maxsize=16384)  # loading a lexicon reads a pattern to check it, matching reads it again
def _places(pattern: str, normalizer: Callable[[str], str], language: str) -> tuple[tuple[Element, ...], ...]:
    places = []
    for part in _split(pattern, language):
        alternatives = []
        for word in part.split("|") if part != "|" else [part]:
            if word.startswith("[") and word.endswith("]") and len(word) > 2:
                alternatives.append(Element("lemma", word[1:-1]))
            elif "*" in word or (len(word) > 1 and "?" in word):
                glob = "".join(c if c in "*?" else normalizer(c) for c in word)
                alternatives.append(Element("glob", glob))
            else:
                alternatives.append(Element("literal", normalizer(word)))
        places.append(tuple(alternatives))
    return tuple(places)


def list_patterns(pattern: str | Iterable[str]) -> list[str]:
    """Return one pattern or several as a list.

    Raises
    ------
    SchemaError
        A table stands in the place of patterns.

    Examples
    --------
    >>> list_patterns("روسيا"), list_patterns(("روسيا", "موسكو"))
    (['روسيا'], ['روسيا', 'موسكو'])
    """
    if isinstance(pattern, pd.DataFrame):
        raise SchemaError(
            f"`pattern` is a table with the columns {first_three(pattern.columns)}; it must be a word, several, or a "
            "lexicon. Name the argument that the table is for, such as documents=..."
        )
    return [pattern] if isinstance(pattern, str) else list(pattern)


def plain_pattern(written: str) -> str:
    """Return words as an entry spells them: without what no normal form has, presentation forms as letters.

    Examples
    --------
    >>> plain_pattern("قائلاً إنّ"), plain_pattern("روسيـا")
    ('قائلا إن', 'روسيا')
    """
    plain = PRESENTATION_FORM.sub(lambda form: unicodedata.normalize("NFKC", form.group()), written)
    return " ".join(plain.translate(_LEFT_OUT).split())


def pattern_problems(pattern: str, normalizer: Callable[[str], str], language: str = "arabic") -> list[str]:
    """Return what keeps a pattern from ever matching, in sentences; empty when nothing does.

    Examples
    --------
    >>> from discourse.language.arabic.normalization import Normalizer
    >>> pattern_problems("إِرهاب", Normalizer())
    ['holds diacritics (U+0650), which no normal form has: leave them out']
    """
    problems = []
    for characters, what in (
        (DIACRITICS, "diacritics"),
        (TATWEEL, "tatweel"),
        (BIDI_CONTROLS, "bidi controls"),
        (INVISIBLE, "invisible characters"),
    ):
        found = sorted(set(pattern).intersection(characters))
        if found:
            codes = ", ".join(f"U+{ord(c):04X}" for c in found)
            problems.append(f"holds {what} ({codes}), which no normal form has: leave them out")
    forms = sorted(set(PRESENTATION_FORM.findall(pattern)))
    if forms:
        problems.append(f"holds presentation forms ({first(forms)}): write plain letters")
    if problems:
        return problems
    if pattern != pattern.strip() or "  " in pattern or _OTHER_BLANK.search(pattern):
        return ["has blanks at its ends, two in a row, or a tab or line break"]
    for places in parse_pattern(pattern, normalizer, language):
        for element in places:
            problem = _element_problem(element, language)
            if problem:
                problems.append(problem)
    return problems


def first(characters: list[str]) -> str:
    """Name the first three characters by code point."""
    return ", ".join(f"U+{ord(c):04X}" for c in characters[:3])


def _element_problem(element: Element, language: str) -> str | None:
    text = element.text
    if not text:
        return "has an empty place or alternative: nothing can match it"
    if element.kind == "glob" and not text.strip("*?"):
        return f"the glob {text!r} holds no letter: it would match every word"
    if element.kind == "lemma" and any(c in "*?|[] " for c in text):
        return f"the lemma [{text}] must be one word without * ? | [ ]"
    if len(text) < 2 or element.kind != "literal" or text.isalnum() or _NUMBER.fullmatch(text):
        return None
    marks = [c for c in text if unicodedata.category(c)[0] in "PS"]
    _, spelled = _abbreviations(load_language(language).boundaries.abbreviation)
    if marks and not spelled.fullmatch(text):
        return f"{text!r} holds {marks[0]!r}: texts are cut there, so it can never match; write it as places of its own"
    return None
