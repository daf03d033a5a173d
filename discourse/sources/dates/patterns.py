"""The shapes of date expressions: one pattern for each, in folded spelling, made of the words of the language."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from discourse.language.arabic import LANGUAGE
from discourse.sources.dates.words import (
    DAY_ORDINAL,
    HIJRI,
    HIJRI_NAMES,
    MONTH,
    MONTH_NAMES,
    NUMBER,
    PART_OF_DAY,
    WEEKDAY,
    WORDS,
)

__all__ = [
    "AFTER_TODAY",
    "AGO",
    "AHEAD",
    "ATTACKS",
    "A_BETTER",
    "A_NAME",
    "CENTURY",
    "DECADE",
    "DECADE_OF",
    "Expression",
    "FULL",
    "FUTURE",
    "IN_MONTH",
    "NEXT",
    "NEXT_DAY",
    "NOT_BACK",
    "NOT_TODAY",
    "NOT_WEEKDAY",
    "NUMERIC",
    "ON_WEEKDAY",
    "PAIR",
    "PART_OF_PERIOD",
    "PART_OF_YEAR",
    "PAST",
    "PERIOD",
    "SEASON",
    "SEASON_BARE",
    "TODAY_AS_NAME",
    "VAGUE",
    "WORD_DAY",
    "YEAR_BARE",
    "YEAR_WORD",
    "relation",
    "near_months",
    "near_years",
    "within",
]


class Expression(NamedTuple):
    """One date expression: where it stands and which day, month or year it names."""

    start: int
    end: int
    kind: str  # date, time (a part of a day), reference (now, recently)
    value: str | None  # TIMEX3 value; None where the publication day is needed and unknown
    precision: str
    basis: str
    alternative: str | None = None  # the other reading of dd/mm against mm/dd


def _any(*keys: str, blank: str = r"\s+") -> str:
    return f"(?:{WORDS.any_of(*keys, blank=blank)})"


_AND = WORDS.letter("conjunctions")
_AT = rf"(?<!\w)(?:{_AND}?{WORDS.letter('prepositions')}?)"  # proclitics that do not belong to the expression
_MARK = f"[{LANGUAGE.endings}]?"
PAST = WORDS.any_of("past", "before_last", blank=" ")
NEXT = WORDS.any_of("next")
_CURRENT = WORDS.any_of("current")
_REL = rf"(?:(?P<past>{PAST})|(?P<next>{NEXT})|(?P<this>{_CURRENT})){_any('adjective_endings')}?(?!\w)"
_CENTURY_REL = rf"(?P<past>{WORDS.any_of('past_century')})|(?P<this>{WORDS.any_of('current_century')})"
_MOD = _any("parts_of_period")
_OF = rf"(?:{_any('of')}\s+)?"
_A_DAY = rf"(?:{_any('day')}\s+)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[0-9]|20)\d\d"
_ERA = rf"(?:\s*(?P<era>{WORDS.any_of('common_era', 'hijri_era')})(?!\w)\.?)?"
_OF_YEAR = (
    rf"(?:\s*[،,]?\s*(?:{_any('of')}\s+|{_any('in')}\s+(?={_any('years_after_in')}))?"
    rf"(?:{_any('years_before_number')}\s+)?(?P<y>{_YEAR})(?!\d){_ERA})?"
)
_OF_REL = (
    rf"(?:\s+{_OF}(?:{_any('this_masculine')}\s+)?(?P<year>{WORDS.any_of('the_year')})"
    rf"\s+(?P<yrel>{PAST}|{NEXT}|{_CURRENT}){_any('feminine')}?(?!\w))?"
)
_UNIT = "|".join(
    f"(?P<{unit}>{WORDS.either([word for words in forms.values() for word in words])})"
    for unit, forms in WORDS["units"].items()
)
_COUNTED = _any("counted", blank=" ")


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(_AT + rf"(?P<x>{pattern})")


NUMERIC = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,4})\s?(?P<sep>[/\-.])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?P<c>\d{1,4})(?![\d/])"
    rf"(?:\s*(?P<era>{WORDS.any_of('short_eras')})(?!\w))?"
)
FULL = _rule(
    rf"(?:{_A_DAY}(?P<wd>{WEEKDAY})(?:\s*[،,(]?\s*|\s+{_any('corresponding')}\s+))?"
    rf"(?:(?<![\d.,/])(?P<d>{_DAY})(?!\d)|(?P<o>{DAY_ORDINAL})\s+{_any('of')})\s*\)?\s*{_OF}(?:{_any('month')}\s+)?"
    rf"(?:(?P<m>{MONTH})|(?P<h>{HIJRI})){_OF_YEAR}{_OF_REL}(?:\s+{_REL})?"
)
PAIR = re.compile(
    rf"(?<![\d.,/:])(?P<x>(?P<d>{_DAY}))\s*(?P<joint>{_any('to_day')}|-|–)\s*(?=(?P<rest>{_DAY}\s*{_OF}(?:{MONTH})))"
)
IN_MONTH = _rule(
    rf"(?:{_MOD}\s+)?(?P<word>{_any('month')}\s+)?(?:(?P<m>{MONTH})|(?P<h>{HIJRI})){_OF_YEAR}{_OF_REL}(?:\s+{_REL})?"
)
WORD_DAY = _rule(
    rf"(?:(?P<part>{PART_OF_DAY})\s+)?{_A_DAY}(?P<w>{WORDS.any_of('day_words')})(?!\w){_MARK}"
    rf"(?P<tail>\s*[،,(]?\s*{_A_DAY}(?P<wd>{WEEKDAY})(?!\w)(?:\s*\))?)?"
)
ON_WEEKDAY = _rule(rf"(?:(?P<part>{PART_OF_DAY})\s+)?(?P<yawm>{_any('day')}\s+)?(?P<wd>{WEEKDAY})(?!\w)(?:\s+{_REL})?")
PERIOD = _rule(
    rf"(?:{_MOD}\s+)?(?:(?P<this0>{WORDS.any_of('this')})\s+)?(?P<unit>{WORDS.any_of('periods')})(?!\w)(?:\s+{_REL})?"
)
AGO = _rule(
    rf"(?P<how>{WORDS.any_of('ago', 'since')})\s+(?:{_any('about', blank=' ')}\s+)?(?:(?P<n>{NUMBER})\s+)?"
    rf"(?P<u>{_UNIT}){_MARK}(?!\w)"
)
AHEAD = _rule(
    rf"{_any('ahead')}\s+(?:{_any('about', blank=' ')}\s+)?(?:(?P<n>{NUMBER})\s+)?(?P<u>{_UNIT}){_MARK}(?!\w)"
)
PART_OF_PERIOD = _rule(
    rf"{_MOD}\s+(?:(?P<unit>{WORDS.any_of('periods')})|(?P<bare>{WORDS.any_of('bare_periods')}))(?!\w)"
)
YEAR_WORD = _rule(rf"(?:{_MOD}\s+)?{_any('article')}?{_any('year')}\s+(?P<y>{_YEAR})(?!\d){_ERA}")
_LETTER = _any("common_era_letter")
YEAR_BARE = re.compile(
    rf"(?:(?<!\w){_AND}?{_any('before_years')}\s+|[(\[]\s*"
    rf"|(?<=\d{{4}}\s){_any('and')}\s?|(?<=\d{{4}}{_LETTER}\s){_any('and')}\s?|(?<=\d{{4}})\s?[-–]\s?"
    r"|(?<=[^\W\d]\s)-\s?)"
    rf"(?P<x>(?P<y>(?:18|19|20)\d\d){_LETTER}?)(?![\w%]|[.,/]\d|\s*{_COUNTED})"
    rf"|(?<![\w.,])(?P<x2>(?P<y2>(?:19|20)\d\d){_LETTER})(?!\w)"
)
CENTURY = _rule(
    rf"(?:{_MOD}\s+)?{_any('century')}\s+(?:(?P<o>{DAY_ORDINAL})(?!\s+{_any('not_century')})|{_CENTURY_REL})(?!\w)"
)
DECADE_OF = _rule(
    rf"{_any('decade')}\s+(?P<o>{DAY_ORDINAL})\s+"
    rf"(?={_any('of')}\s+{_any('century')}\s+(?:(?P<c>{DAY_ORDINAL})(?!\w)|{_CENTURY_REL}))"
)
DECADE = _rule(
    rf"{_any('article')}?(?P<ten>{WORDS.any_of('decade_tens')}){_any('decade_endings')}(?!\w)"
    rf"(?!\s+{_any('of')}\s+{_any('of_age')})(?P<of>\s+{_any('century')}\s+(?P<o>{DAY_ORDINAL}))?"
)
SEASON = _rule(
    rf"(?:{_any('season')}\s+)?(?P<s>{WORDS.any_of('seasons')})\s+(?:{_any('years_before_season')}\s+)?"
    rf"(?P<y>{_YEAR})(?!\d)"
)
SEASON_BARE = _rule(rf"(?P<s>{WORDS.any_of('seasons_alone')})(?!\w)(?!\s+(?:{PAST}|{NEXT}|{_CURRENT}))")
PART_OF_YEAR = _rule(
    rf"(?P<p>{WORDS.any_of('parts_of_year')})\s+(?P<o>{WORDS.any_of('half_and_quarter_numbers', 'last_part')})"
    rf"\s+{_any('of_or_for')}\s*{_any('year', 'the_year')}?\s*(?:(?P<y>{_YEAR})(?!\d)|{_REL})"
)
NEXT_DAY = _rule(rf"(?P<w>{WORDS.any_of('neighbour_days')})(?!\w)")
_LONG_TIMES = rf"{_any('long_times')}\s+(?:{_any('few')}\s+)?"
VAGUE = _rule(
    rf"(?:(?P<now>{WORDS.any_of('now')})|(?P<then>{WORDS.any_of('then')}|{_LONG_TIMES}{_any('long_past')})"
    rf"|(?P<soon>{WORDS.any_of('soon')}|{_LONG_TIMES}{_any('long_next')}))(?!\w)"
)
NOT_WEEKDAY = re.compile(rf"{_any('before_weekday')}\s+{_A_DAY}$")
NOT_TODAY = re.compile(rf"{_any('before_today')}\s+$")
AFTER_TODAY = re.compile(rf"\s+(?:{DAY_ORDINAL}|{WORDS.any_of('after_today')})(?!\w)")
NOT_BACK = re.compile(rf"\s+{_any('not_back')}(?!\w)")  # counted from another event than the publication
A_BETTER = re.compile(rf"\s+{_any('after_tomorrow')}")
TODAY_AS_NAME = re.compile(rf"\s+{_any('name_after_today')}")
FUTURE = re.compile(rf"(?<!\w)(?:{_any('future_letter')}{WORDS.letter('persons')}\w{{3,}}|{WORDS.any_of('future')})")
A_NAME = re.compile(rf"{_any('before_names')}\s+$")
ATTACKS = re.compile(rf"{_any('attacks')}\s+{_A_DAY}$")


_FIRST_WORDS = tuple(dict.fromkeys(name.split()[0] for name in (*MONTH_NAMES, *HIJRI_NAMES)))
_FOUR_DIGITS = re.compile(r"1\d\d\d|20\d\d")
_BEFORE, _BEHIND = 120, 160  # characters around a month or year within which an expression with it stands


@lru_cache(maxsize=1)  # days and months are looked for in the same text
def near_months(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text around the names of months: most of a text is far from any."""
    ends = []
    for word in _FIRST_WORDS:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not text[end : end + 1].isalnum():
                ends.append(end)
            start = text.find(word, end)
    return _stretches(text, sorted(ends))


def near_years(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text around numbers that may be years."""
    return _stretches(text, [match.end() for match in _FOUR_DIGITS.finditer(text)])


def _stretches(text: str, places: list[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _BEFORE), min(len(text), place + _BEHIND)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def within(pattern: re.Pattern[str], text: str, places: tuple[tuple[int, int], ...]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds in some stretches of a text."""
    for start, end in places:
        yield from pattern.finditer(text, start, end)


def relation(match: re.Match[str]) -> str:
    """Return past, next, this or nothing: what the adjective of an expression says."""
    for name in ("past", "next", "this"):
        if match.groupdict().get(name):
            return name
    return ""
