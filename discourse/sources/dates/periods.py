"""Years and longer or broken periods: centuries, decades, seasons, halves and quarters of a year."""

from collections.abc import Iterator
from datetime import date

from discourse.sources.dates.patterns import (
    CENTURY,
    DECADE,
    DECADE_OF,
    PART_OF_YEAR,
    SEASON,
    SEASON_BARE,
    YEAR_BARE,
    YEAR_WORD,
    Expression,
    near_years,
    relation,
    within,
)
from discourse.sources.dates.words import (
    WORDS,
    bare,
    day_number,
    hijri_interval,
)

__all__ = ["centuries", "decades", "decades_of_century", "parts_of_year", "seasons", "years"]

_HIJRI_ERAS = WORDS.listed("hijri_era")
_TENS = WORDS.mapped("decade_tens")
_SEASONS = WORDS.mapped("seasons")
_SEASONS_ALONE = WORDS.mapped("seasons_alone")
_PARTS = WORDS.mapped("parts_of_year")
_NUMBERS = WORDS.mapped("half_and_quarter_numbers")


def years(text: str, day: date | None) -> Iterator[Expression]:
    """Yield years, Hijri ones as the interval that they cover."""
    near = near_years(text)
    for match in within(YEAR_WORD, text, near):
        year = int(match["y"])
        if year < 1500 or match["era"] in _HIJRI_ERAS:
            found = hijri_interval(year) if 1343 <= year <= 1500 else None
            value = f"{found[0].isoformat()}/{found[1].isoformat()}" if found else None
            if value:
                yield Expression(match.start("x"), match.end("x"), "date", value, "year", "hijri")
        else:
            yield Expression(match.start("x"), match.end("x"), "date", match["y"], "year", "explicit")
    for match in within(YEAR_BARE, text, near):
        name = "x" if match["x"] else "x2"
        yield Expression(match.start(name), match.end(name), "date", match[name][:4], "year", "explicit")


def centuries(text: str, day: date | None) -> Iterator[Expression]:
    """Yield centuries."""
    for match in CENTURY.finditer(text):
        if match["o"]:
            value, basis = str(day_number(match["o"]) - 1), "explicit"
        else:
            now = day.year // 100 if day else None
            value = None if now is None else str(now - 1 if match["past"] else now)
            basis = "relative"
        yield Expression(match.start("x"), match.end("x"), "date", value, "century", basis)


def decades(text: str, day: date | None) -> Iterator[Expression]:
    """Yield decades named by their tens: التسعينيات."""
    for match in DECADE.finditer(text):
        ten = _TENS[match["ten"]]
        century = day_number(match["o"]) - 1 if match["o"] else 19
        end = match.start("of") if match["of"] else match.end("x")
        yield Expression(match.start("x"), end, "date", f"{century}{ten}", "decade", "explicit")


def decades_of_century(text: str, day: date | None) -> Iterator[Expression]:
    """Yield decades counted in their century: العقد الأول من القرن الماضي."""
    for match in DECADE_OF.finditer(text):
        century = day_number(match["c"]) - 1 if match["c"] else day.year // 100 - bool(match["past"]) if day else None
        value = f"{century}{day_number(match['o']) - 1}" if century is not None else None
        basis = "explicit" if match["c"] else "relative"
        yield Expression(match.start("x"), match.end("o"), "date", value, "decade", basis)


def seasons(text: str, day: date | None) -> Iterator[Expression]:
    """Yield seasons."""
    for match in SEASON.finditer(text):
        yield Expression(
            match.start("x"), match.end("x"), "date", f"{match['y']}-{_SEASONS[match['s']]}", "season", "explicit"
        )
    for match in SEASON_BARE.finditer(text):
        code = _SEASONS_ALONE[bare(match["s"])]
        yield Expression(match.start("x"), match.end("x"), "date", day and f"{day.year}-{code}", "season", "nearest")


def parts_of_year(text: str, day: date | None) -> Iterator[Expression]:
    """Yield halves and quarters of a year."""
    for match in PART_OF_YEAR.finditer(text):
        quarter = _PARTS[match["p"]] == "quarter"
        number = _NUMBERS.get(match["o"], 4 if quarter else 2)  # the last one
        step = {"past": -1, "this": 0, "next": 1, "": 0}[relation(match)]
        year = int(match["y"]) if match["y"] else day.year + step if day else None
        if year is not None and year < 1500 or (not quarter and number > 2):
            continue
        value = f"{year:04d}-{'Q' if quarter else 'H'}{number}" if year else None
        basis = "explicit" if match["y"] else "relative"
        yield Expression(match.start("x"), match.end("x"), "date", value, "quarter" if quarter else "half", basis)
