"""Names that credits and datelines are made of: news agencies, places that news is dated from."""

import re
from collections.abc import Mapping

from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.normalization import TATWEEL

__all__ = [
    "AGENCIES", "AGENCY", "COMMON", "LONE", "MARKED", "PLACE", "PLACES", "SPELLED", "TRACES", "WORDS", "normal_place",
]  # fmt: skip

# Patterns are written in folded spelling: Language.fold of a text before matching keeps every offset.
WORDS = LANGUAGE.words("agencies")
_NEWS = f"(?<!{WORDS.only('before_no_news')})(?:{WORDS.only('article')})?{WORDS.only('news')} "
_END = rf"(?![\w{LANGUAGE.marks}])"
_AGENCY = WORDS.only("agency")


def _letters(name: str) -> str:
    """Return a pattern for letters spelled one by one, with dots or blanks between: أ ف ب, أ.ف.ب, أ. ف. ب."""
    return r"(?<!\w)" + rf"[\s.\-{TATWEEL}]{{1,3}}".join(name) + r"(?!\w)"


def _latin(name: str) -> str:
    return rf"(?<![A-Za-z]){name}(?![A-Za-z])"


def _short(name: str) -> str:
    """Return a pattern for a short name that is also a word: in round brackets, after وكالة, at a dash or a slash."""
    return (
        rf"{_in_brackets(name)}|{_AGENCY}\s?[«\"“(]?\s?{name}{_END}"
        rf"|(?<=[-–—]\s){name}{_END}|(?<=[-–—/]){name}{_END}|(?<=/\s){name}{_END}|(?<!\w){name}(?=\s*[-–—:/])"
    )


def _in_brackets(name: str) -> str:
    return rf"[({{]\s*{name}(?=\s*[)}}،,/+–-])(?:\s*[)}}])?|(?<=[،,/+])\s?{name}\s*[)}}]"


def _bracketed(name: str) -> str:
    """Return a pattern for a name that is an adjective or a common word besides: where nothing else stands."""
    return (
        rf"{_in_brackets(name)}|{_AGENCY}\s?[«\"“(]?\s?{name}{_END}"
        rf"|(?:(?<=[-–—/])|(?<=[-–—/]\s)){name}(?=\s*(?:[-–—/:]|\n|$))"
    )


_FORMS = {
    "letters": _letters,
    "short": _short,
    "bracketed": _bracketed,
    "patterns": str,
    "names": str,
    "words": lambda name: rf"(?<!\w){name}{_END}",
    "news": lambda name: f"{_NEWS}{name}",
    "latin": _latin,
}


def _pattern(spec: Mapping[str, list[str]]) -> str:
    """Return one pattern for all names of an agency."""
    return "|".join(form(LANGUAGE.fold(name)) for key, form in _FORMS.items() for name in spec.get(key, ()))


# Code -> pattern.
AGENCIES: dict[str, str] = {code: _pattern(spec) for code, spec in WORDS["agencies"].items()}


# What tells at a cheap first look that the pattern of an agency can match: without any of it, it cannot.
def _traces(spec: Mapping[str, list[str]]) -> tuple[str, ...]:
    news = (f"{WORDS.only('news')} {name}" for name in spec.get("news", ()))
    return tuple(map(LANGUAGE.fold, [*spec.get("traces", ()), *spec.get("names", ()), *news]))


# Code -> strings.
TRACES: dict[str, tuple[str, ...]] = {code: _traces(spec) for code, spec in WORDS["agencies"].items()}
# Names that are common words besides -> code; letters that stand alone in names spelled by letters -> codes.
COMMON: dict[str, str] = {}
SPELLED: dict[str, set[str]] = {}
for _code, _spec in WORDS["agencies"].items():
    for _name in map(LANGUAGE.fold, _spec.get("letters", ())):
        SPELLED.setdefault(_name[1], set()).add(_code)
    for _name in map(LANGUAGE.fold, [*_spec.get("short", ()), *_spec.get("bracketed", ())]):
        if _name.isalpha():
            COMMON[_name] = _code
        else:
            SPELLED.setdefault(_name[0], set()).add(_code)
# Where they may be names, in a text with a line feed before it: the first character is of one class, so that the
# search is fast.
_ANY_COMMON = "|".join(sorted(COMMON, key=len, reverse=True))
MARKED = re.compile(
    rf"[\W{TATWEEL}](?:(?:(?<=[({{/،,+–—{TATWEEL}-])\s*|(?<={_AGENCY}\W)[«\"“(]?\s?)(?P<behind>{_ANY_COMMON})(?!\w)"
    rf"|(?P<before>{_ANY_COMMON})(?=\s*[-–—:/)]))"
)
LONE = re.compile(rf"[\W{TATWEEL}]([{''.join(sorted(SPELLED))}])(?=[\s.\-{TATWEEL}])")

AGENCY = "|".join(f"(?:{pattern})" for pattern in AGENCIES.values())


def _place_names() -> dict[str, str]:
    """Return spelling -> the first spelling of the same place."""
    groups = [[group] if isinstance(group, str) else group for group in WORDS["places"]]
    return {spelling: spellings[0] for spellings in groups for spelling in spellings}


PLACES = _place_names()
PLACE = WORDS.either(PLACES, blank=r"\ ")  # folded
_BY_FOLDED = {LANGUAGE.fold(spelling): name for spelling, name in PLACES.items()}


def normal_place(name: str) -> str:
    """Return one spelling for a place: كابل and كابول are one; unknown names come back trimmed.

    Examples
    --------
    >>> normal_place(" كابل ")
    'كابول'
    """
    trimmed = " ".join(name.split())
    return _BY_FOLDED.get(LANGUAGE.fold(trimmed), trimmed)
