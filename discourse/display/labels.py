"""Labels: the words of figures, tables and the report, in English and in Arabic.

The labels of frames and actors stand in their lexicons.
"""

from collections.abc import Mapping
from functools import cache

from discourse.errors import check_choice
from discourse.lexicons.loader import load_lexicon

__all__ = ["LANGUAGES", "code_label", "label", "phrase"]

LANGUAGES = ("en", "ar")

_LABELS: dict[str, tuple[str, str]] = {
    # voices and bases of positions
    "third_party": ("Third parties", "أطراف ثالثة"),
    "all": ("All voices", "كل الأصوات"),
    "unknown": ("Unknown", "غير معروف"),
    "hand": ("Hand codes", "ترميز يدوي"),
    "lexicon": ("Lexicon measure", "مقياس المعجم"),
    # position codes
    "-2": ("hostile", "عداء"),
    "-1": ("wary", "حذر"),
    "0": ("ambivalent", "تردد"),
    "1": ("engaged", "انخراط"),
    "2": ("cooperative", "تعاون"),
    "no position": ("no code", "بلا رمز"),
}

_COUNTRIES: dict[str, tuple[str, str]] = {
    "AE": ("Emirates", "الإمارات"),
    "AF": ("Afghanistan", "أفغانستان"),
    "BH": ("Bahrain", "البحرين"),
    "DZ": ("Algeria", "الجزائر"),
    "EG": ("Egypt", "مصر"),
    "EU": ("Europe", "أوروبا"),
    "FR": ("France", "فرنسا"),
    "GB": ("Britain", "بريطانيا"),
    "IL": ("Israel", "إسرائيل"),
    "IQ": ("Iraq", "العراق"),
    "IR": ("Iran", "إيران"),
    "IT": ("Italy", "إيطاليا"),
    "JO": ("Jordan", "الأردن"),
    "KW": ("Kuwait", "الكويت"),
    "LB": ("Lebanon", "لبنان"),
    "LY": ("Libya", "ليبيا"),
    "MA": ("Morocco", "المغرب"),
    "OM": ("Oman", "عُمان"),
    "PK": ("Pakistan", "باكستان"),
    "PS": ("Palestine", "فلسطين"),
    "QA": ("Qatar", "قطر"),
    "RU": ("Russia", "روسيا"),
    "SA": ("Saudi Arabia", "السعودية"),
    "SD": ("Sudan", "السودان"),
    "SY": ("Syria", "سوريا"),
    "TN": ("Tunisia", "تونس"),
    "TR": ("Turkey", "تركيا"),
    "US": ("United States", "الولايات المتحدة"),
    "YE": ("Yemen", "اليمن"),
}

_PHRASES: dict[str, tuple[str, str]] = {
    "share": ("share of reports (%)", "نسبة التقارير (%)"),
    "per_1000": ("matches per 1,000 words", "مطابقات لكل 1000 كلمة"),
    "mean_position": ("mean position", "متوسط الموقف"),
    "n_docs": ("reports (n)", "عدد التقارير"),
    "series_share": ("Share of reports over time", "نسبة التقارير عبر الزمن"),
    "series_per_1000": ("Matches per 1,000 words over time", "المطابقات لكل 1000 كلمة عبر الزمن"),
    "titled_share": ("{} over time: share of reports", "{} عبر الزمن: نسبة التقارير"),
    "titled_per_1000": ("{} over time: matches per 1,000 words", "{} عبر الزمن: مطابقات لكل 1000 كلمة"),
    "positions": ("Position over time", "الموقف عبر الزمن"),
    "events": ("Ledger of events", "سجل الأحداث"),
    "attention": ("Attention: reports per period", "الاهتمام: عدد التقارير في كل فترة"),
    "company": ("Actors in one sentence", "الفاعلون في جملة واحدة"),
    "interval": (
        "Bars: 95% intervals. Hollow points: fewer than 5 reports. Gaps: no reports.",
        "الأعمدة: فترات ثقة 95%. النقاط المفرغة: أقل من 5 تقارير. الفراغات: لا تقارير.",
    ),
    "cut": (
        "One scale for all panels; an interval that leaves a panel is cut at its edge.",
        "مقياس واحد لكل الأشكال؛ وتُقطع الفترة التي تتجاوز الإطار عند حافته.",
    ),
    "free_scale": (
        "Scales differ between panels; an interval that leaves a panel is cut at its edge.",
        "تختلف المقاييس بين الأشكال؛ وتُقطع الفترة التي تتجاوز الإطار عند حافته.",
    ),
    "n_per_period": ("Numbers: reports behind each point.", "الأرقام: عدد التقارير وراء كل نقطة."),
    "company_cell": (
        "Of the sentences that name the row's actor (their number in brackets):"
        " the share that also names the column's, 95% interval, number.",
        "نسبة جمل الفاعل في الصف (عددها بين قوسين) التي تذكر أيضا الفاعل في العمود، ثم فترة الثقة 95%، ثم عدد الجمل.",
    ),
    "company_column": ("also named", "يُذكر معه"),
    "n_of": ("n {}", "عدد: {}"),
    "largest": ("Lines: the {} largest of {}.", "الخطوط: أكبر {} من {}."),
    "numbered": ("Numbered: one event a year, acts before words.", "المرقم: حدث واحد في السنة، الأفعال قبل الأقوال."),
    "key": ("numbered", "مرقم"),
    "position_code": ("position code", "رمز الموقف"),
}


def label(name: object, language: str = "en", labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the label of a category, actor, voice, code or country.

    Parameters
    ----------
    name : object
        The name as tables hold it.
    language : {"en", "ar"}
        The language.
    labels : mapping of str to mapping, optional
        Labels that come first, such as ``{"arming": {"en": "Arms", "ar": "سلاح"}}``.

    Returns
    -------
    str
        The label, of a frame or an actor that of its built-in lexicon; the name itself, with spaces for underscores,
        where there is none.

    Examples
    --------
    >>> label("arming", "ar"), label("my_frame")
    ('التسليح', 'my frame')
    """
    check_choice("language", language, LANGUAGES)
    name = str(name)
    own = (labels or {}).get(name, {}).get(language)
    if own:
        return own
    known = _LABELS.get(name) or _COUNTRIES.get(name)
    if known:
        return known[LANGUAGES.index(language)]
    return _built_in().get(name, {}).get(language) or name.replace("_", " ")


@cache
def _built_in() -> dict[str, dict[str, str]]:
    """Return the labels of the built-in actors and frames."""
    return {**load_lexicon("frames").categories, **load_lexicon("actors").categories}


def phrase(name: str, language: str = "en") -> str:
    """Return one of the fixed phrases of the figures."""
    check_choice("language", language, LANGUAGES)
    return _PHRASES[name][LANGUAGES.index(language)]


def code_label(code: int, language: str = "en") -> str:
    """Return a position code with its label; a mark keeps the sign before the digit in Arabic.

    Examples
    --------
    >>> code_label(-1), code_label(0)
    ('−1 wary', '0 ambivalent')
    """
    sign = f"{code:+d}".replace("-", "−") if code else "0"
    if language == "ar":
        sign = f"\u200e{sign}\u200e"
    return f"{sign} {label(code, language)}"
