"""The words that Arabic dates are made of, in folded spelling: months of every region, days, numbers."""

import re
from datetime import date, timedelta
from types import ModuleType

from discourse.errors import ResourceError
from discourse.sources.cleaning.wires import fold

__all__ = [
    "DAY_ORDINAL",
    "HIJRI",
    "MONTH",
    "NUMBER",
    "PART_OF_DAY",
    "PARTS",
    "WEEKDAY",
    "WEEKDAYS",
    "day_number",
    "fold_digits",
    "hijri_day",
    "hijri_interval",
    "hijri_number",
    "hijri_year_of",
    "is_weak_month",
    "month_numbers",
    "word_number",
]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def fold_digits(text: str) -> str:
    """Fold letters as ``wires.fold`` does and digits to Western ones; offsets stay.

    Examples
    --------
    >>> fold_digits("١٥ أيلول")
    '15 ايلول'
    """
    return fold(text).translate(_DIGITS)


def _names(table: str) -> dict[str, int]:
    return {
        fold(" ".join(name.split())): number
        for number, line in enumerate(filter(None, (row.strip() for row in table.splitlines())), 1)
        for name in line.split(",")
    }


# Standard, Levantine and Iraqi, Maghrebi (French) and Moroccan names of each month.
_MONTHS = _names("""
يناير, كانون الثاني, جانفي, ينايير
فبراير, شباط, فيفري
مارس, آذار
أبريل, ابريل, إبريل, نيسان, أفريل
مايو, أيار, ماي
يونيو, يونيه, حزيران, جوان
يوليو, يوليه, تموز, جويلية, يوليوز
أغسطس, آب, أوت, غشت
سبتمبر, أيلول, شتنبر
أكتوبر, تشرين الأول, تشرين أول, أكتوبرر
نوفمبر, تشرين الثاني, تشرين ثاني, نونبر
ديسمبر, كانون الأول, كانون أول, دجنبر
""")
_HIJRI = _names("""
محرم, المحرم, محرم الحرام
صفر
ربيع الأول, ربيع أول
ربيع الآخر, ربيع الثاني, ربيع آخر
جمادى الأولى, جمادى الأول, جمادى الاول
جمادى الآخرة, جمادى الثانية, جمادى الآخر, جمادى الثاني
رجب
شعبان
رمضان, رمضان المبارك
شوال
ذو القعدة, ذي القعدة, ذوالقعدة, ذيالقعدة
ذو الحجة, ذي الحجة, ذوالحجة, ذيالحجة
""")
# Words that are also something else in running text: months only beside a day, a year or the word شهر.
_WEAK = {fold(name) for name in ("مارس", "مايو", "آب", "ماي", "جوان", "أوت", "أيار", "أكتوبرر")}


def _either(names: dict[str, int] | list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


_NAME = rf"(?:{_either(_MONTHS)})(?!\w)"
# يوليو تموز: the two names of one month side by side, without a mark between them.
_TWICE = "|".join(
    rf"(?:{names})\s(?:{names})"
    for names in (_either([name for name, n in _MONTHS.items() if n == number]) for number in range(1, 13))
)
MONTH = rf"(?:(?:{_TWICE})(?!\w)|{_NAME}(?:\s?[/\-–]\s?{_NAME}|\s?\(\s?{_NAME}\s?\))?)"
HIJRI = rf"(?:{_either(_HIJRI)})(?!\w)"
_FIND_MONTH = re.compile(_NAME)


def month_numbers(words: str) -> list[int]:
    """Return the number of each month name in ``words``: two equal ones for a two-calendar name.

    Examples
    --------
    >>> month_numbers("كانون الثاني/يناير")
    [1, 1]
    """
    return [_MONTHS[" ".join(match.group().split())] for match in _FIND_MONTH.finditer(words)]


def is_weak_month(words: str) -> bool:
    """Tell whether a lone month word is more often something else (مارس is also *he practised*)."""
    return " ".join(words.split()) in _WEAK


def hijri_number(words: str) -> int:
    """Return the number of a Hijri month."""
    return _HIJRI[" ".join(words.split())]


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri day by the Umm al-Qura calendar, None where there is no such day.

    Examples
    --------
    >>> hijri_day(1436, 10, 25)
    datetime.date(2015, 8, 10)
    """
    try:
        found = _hijridate().Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_interval(year: int, month: int | None = None) -> tuple[date, date] | None:
    """Return the first and last Gregorian day of a Hijri month or year."""
    first = hijri_day(year, month or 1, 1)
    following = hijri_day(year + 1, 1, 1) if month in (None, 12) else hijri_day(year, month + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def hijri_year_of(day: date) -> int:
    """Return the Hijri year in which a Gregorian day lies."""
    return _hijridate().Gregorian(day.year, day.month, day.day).to_hijri().year


def _hijridate() -> ModuleType:
    """Return the package that holds the Umm al-Qura tables."""
    try:
        import hijridate
    except ImportError as error:
        raise ResourceError(
            "Hijri dates need the package hijridate. Install it with: pip install 'arabic-discourse[corpora]'"
        ) from error
    return hijridate


WEEKDAYS = {"الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6, "الثلثاء": 1}
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
PARTS = {
    "صباح": "TMO", "فجر": "TMO", "ضحي": "TMO", "ظهر": "TMI", "ظهيره": "TMI", "بعد ظهر": "TAF", "عصر": "TAF",
    "مساء": "TEV", "مغرب": "TEV", "عشيه": "TEV", "ليل": "TNI", "ليله": "TNI",
}  # fmt: skip
PART_OF_DAY = f"(?:{_either(list(PARTS))})"

_UNITS = ["واحد", "اثنين", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"]
_TENS = ["عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"]


def _cardinals() -> dict[str, int]:
    """Return number words from 1 to 100 as they stand before a counted noun."""
    units: dict[str, int] = {"واحد": 1, "واحده": 1, "اثنين": 2, "اثنان": 2, "اثنتين": 2}
    for value, stem in enumerate(_UNITS[2:], 3):
        units |= {stem: value, f"{stem}ه": value, f"{stem}ي": value, f"{stem}يه": value}
    teens = {f"{word} {ten}": value + 10 for word, value in units.items() if value < 10 for ten in ("عشر", "عشره")}
    teens |= {"احد عشر": 11, "احدي عشره": 11, "اثني عشر": 12, "اثنا عشر": 12, "اثنتي عشره": 12}
    tens = {f"{stem}{end}": 10 * value for value, stem in enumerate(_TENS, 2) for end in ("ين", "ون")}
    both = {f"{u} و{t}": a + b for u, a in units.items() if a < 10 for t, b in tens.items()}
    return units | teens | tens | both | {"مئه": 100, "مائه": 100}


_CARDINALS = _cardinals()
NUMBER = rf"(?:\d{{1,3}}|{_either(_CARDINALS)})"


def word_number(words: str) -> int:
    """Return the value of a number in digits or words.

    Examples
    --------
    >>> word_number("خمسه وتسعين"), word_number("12")
    (95, 12)
    """
    words = " ".join(words.split())
    return int(words) if words.isdigit() else _CARDINALS[words]


_FIRST = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"]


def _ordinals() -> dict[str, int]:
    """Return ordinal words from the first to the thirty-first."""
    ones = {word: value for value, word in enumerate(_FIRST, 1)} | {"الحادي": 1}
    found = {word: value for word, value in ones.items() if word != "الحادي"} | {"العاشر": 10, "غره": 1}
    found |= {f"{word} عشر": value + 10 for word, value in ones.items() if word != "الاول"}
    for ten, value in (("العشرين", 20), ("العشرون", 20), ("الثلاثين", 30), ("الثلاثون", 30)):
        found[ten] = value
        found |= {f"{word} و{ten}": value + one for word, one in ones.items() if word != "الاول"}
    return found | {f"لل{word[2:]}": value for word, value in found.items() if word.startswith("ال")}


ORDINALS = _ordinals()
DAY_ORDINAL = f"(?:{_either(ORDINALS)})"


def day_number(words: str) -> int:
    """Return the number of a day or century in digits or as an ordinal word.

    Examples
    --------
    >>> day_number("الحادي والعشرين"), day_number("07")
    (21, 7)
    """
    words = " ".join(words.split())
    return int(words) if words.isdigit() else ORDINALS[words]
