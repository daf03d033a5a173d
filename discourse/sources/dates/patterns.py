"""The shapes of Arabic date expressions: one pattern for each, in folded spelling."""

import re
from typing import NamedTuple

from discourse.sources.dates.words import DAY_ORDINAL, HIJRI, MONTH, NUMBER, PART_OF_DAY, WEEKDAY

__all__ = [
    "AFTER_TODAY",
    "AGO",
    "ATTACKS",
    "A_BETTER",
    "A_NAME",
    "CENTURY",
    "DECADE",
    "DECADE_OF",
    "DIACRITIC",
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
    "PART_OF_YEAR",
    "PAST",
    "PERIOD",
    "SEASON",
    "SEASONS",
    "SEASON_BARE",
    "TODAY_AS_NAME",
    "VAGUE",
    "WORD_DAY",
    "YEAR_BARE",
    "YEAR_WORD",
    "relation",
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


_AT = r"(?<!\w)(?:[وف]?[بلك]?)"  # proclitics that do not belong to the expression
_TANWIN = "[\u064b\u064c\u064d]?"
PAST = r"الماضي|المنصرم|الفائت|السابق|المنقضي|الاخير|قبل الماضي"
NEXT = r"المقبل|القادم|الاتي|التالي|اللاحق"
_THIS = r"الجاري|الحالي|نفس[هها]?"
_REL = rf"(?:(?P<past>{PAST})|(?P<next>{NEXT})|(?P<this>{_THIS}))(?:ه|ين)?(?!\w)"
_MOD = r"(?:اوائل|اواخر|اواسط|مطلع|مستهل|بدايه|بدايات|منتصف|نهايه|ختام|غره)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[0-9]|20)\d\d"
_ERA = r"(?:\s*(?P<era>م|ه|هـ|ميلادي(?:ه)?|هجري(?:ه)?|للهجره)(?!\w)\.?)?"
_OF_YEAR = (
    r"(?:\s*[،,]?\s*(?:من\s+|في\s+(?=عام|العام|سنه))?(?:ل?عام\s+|العام\s+|ل?سنه\s+|السنه\s+)?"
    rf"(?P<y>{_YEAR})(?!\d){_ERA})?"
)
_OF_REL = rf"(?:\s+(?:من\s+)?(?:هذا\s+)?(?P<year>العام|السنه)\s+(?P<yrel>{PAST}|{NEXT}|{_THIS})ه?(?!\w))?"
_UNIT = (
    r"(?:(?P<day>يوم|ايام|يوما|يومين)|(?P<week>اسبوع|اسابيع|اسبوعا|اسبوعين)|(?P<month>شهر|اشهر|شهور|شهرا|شهرين)"
    r"|(?P<yr>عام|اعوام|سنه|سنوات|سنين|عاما|عامين|سنتين)|(?P<decade>عقد|عقود|عقدا|عقدين)|(?P<century>قرن|قرون|قرنا|قرنين))"
)
_COUNTED = (
    r"(?:جندي|دولار|ريال|درهم|دينار|يورو|جنيه|ليره|روبل|كيلو|كلم|كم|متر|طن|برميل|شخص|قتيل|جريح|لاجئ|عسكري|مقاتل|موظف|عنصر"
    r"|طالب|رجل|امراه|طفل|مواطن|مدني|عائل|اسره|وحده|شرك|سنه|عام|يوم|ساعه|ميغا|مليون|مليار|الف|نقطه|سهم|صاروخ|طائره|قطع"
    r"|نسمه|حاله|مريض|شهيد|اسير|نازح|مهاجر|مشارك|متطوع|رساله|صفحه|كتاب|قضيه|بالمئه|بالمائه|في الم|%|سيار|حافل|مسجد"
    r"|وظيف)"
)
_PLAIN = "(?:[.,]\\d)"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(_AT + rf"(?P<x>{pattern})")


NUMERIC = re.compile(
    r"(?<![\d/.\-])(?P<a>\d{1,4})\s?(?P<sep>[/\-.])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?P<c>\d{1,4})(?![\d/])"
    r"(?:\s*(?P<era>هـ?|م)(?!\w))?"
)
FULL = _rule(
    rf"(?:(?:يوم\s+)?(?P<wd>{WEEKDAY})(?:\s*[،,(]?\s*|\s+الموافق\s+))?"
    rf"(?:(?<![\d.,/])(?P<d>{_DAY})(?!\d)|(?P<o>{DAY_ORDINAL})\s+من)\s*\)?\s*(?:من\s+)?(?:شهر\s+)?"
    rf"(?:(?P<m>{MONTH})|(?P<h>{HIJRI})){_OF_YEAR}{_OF_REL}(?:\s+{_REL})?"
)
PAIR = re.compile(
    rf"(?<![\d.,/:])(?P<x>(?P<d>{_DAY}))\s*(?:و|الي|-|–|حتي)\s*(?=(?P<rest>{_DAY}\s*(?:من\s+)?(?:{MONTH})))"
)
IN_MONTH = _rule(rf"(?:{_MOD}\s+)?(?P<word>شهر\s+)?(?:(?P<m>{MONTH})|(?P<h>{HIJRI})){_OF_YEAR}{_OF_REL}(?:\s+{_REL})?")
WORD_DAY = _rule(
    rf"(?:(?P<part>{PART_OF_DAY})\s+)?(?:يوم\s+)?"
    r"(?P<w>اول\s+من\s+امس|اول\s+امس|امس\s+الاول|قبل\s+امس|الامس|امس|اليوم|بعد\s+غد|بعد\s+الغد"
    rf"|غد{_TANWIN}ا{_TANWIN}|الغد|غد)(?!\w){_TANWIN}(?P<tail>\s*[،,(]?\s*(?:يوم\s+)?(?P<wd>{WEEKDAY})(?!\w)(?:\s*\))?)?"
)
ON_WEEKDAY = _rule(rf"(?:(?P<part>{PART_OF_DAY})\s+)?(?P<yawm>يوم\s+)?(?P<wd>{WEEKDAY})(?!\w)(?:\s+{_REL})?")
PERIOD = _rule(
    rf"(?:{_MOD}\s+)?(?:(?P<this0>هذا|هذه)\s+)?(?P<unit>الاسبوع|الشهر|العام|السنه|الصيف|الشتاء|الخريف|القرن|العقد)"
    rf"(?!\w)(?:\s+{_REL})?"
)
AGO = _rule(
    rf"(?P<how>قبل|منذ)\s+(?:نحو\s+|حوالي\s+|اكثر من\s+|زهاء\s+)?(?:(?P<n>{NUMBER})\s+)?(?P<u>{_UNIT}){_TANWIN}(?!\w)"
)
YEAR_WORD = _rule(rf"(?:{_MOD}\s+)?(?:ال)?(?:عام|سنه)\s+(?P<y>{_YEAR})(?!\d){_ERA}")
YEAR_BARE = re.compile(
    r"(?:(?<!\w)[وف]?(?:في|منذ|حتي|الي|بين|عامي|العامين|اعوام|سنوات|قبل|بعد|بحلول|خلال)\s+|[(\[]\s*"
    r"|(?<=\d{4}\s)و\s?|(?<=\d{4}م\s)و\s?|(?<=\d{4})\s?[-–]\s?|(?<=[^\W\d]\s)-\s?)"
    rf"(?P<x>(?P<y>(?:18|19|20)\d\d)م?)(?![\w%]|[.,/]\d|\s*{_COUNTED})"
    r"|(?<![\w.,])(?P<x2>(?P<y2>(?:19|20)\d\d)م)(?!\w)"
)
CENTURY = _rule(
    rf"(?:{_MOD}\s+)?القرن\s+(?:(?P<o>{DAY_ORDINAL})(?!\s+(?:الهجري|قبل))|(?P<past>الماضي|الفائت)"
    r"|(?P<this>الحالي|الجاري))(?!\w)"
)
DECADE_OF = _rule(
    rf"العقد\s+(?P<o>{DAY_ORDINAL})\s+(?=من\s+القرن\s+(?:(?P<c>{DAY_ORDINAL})(?!\w)|(?P<past>الماضي)|(?P<this>الحالي|الجاري)))"
)
DECADE = _rule(
    r"(?:ال)?(?P<ten>عشرين|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين)ي?ات(?!\w)(?!\s+من\s+(?:عمر|العمر))"
    rf"(?P<of>\s+القرن\s+(?P<o>{DAY_ORDINAL}))?"
)
SEASON = _rule(rf"(?:فصل\s+)?(?P<s>صيف|شتاء|خريف|ربيع)\s+(?:(?:ال)?عام\s+|سنه\s+)?(?P<y>{_YEAR})(?!\d)")
SEASON_BARE = _rule(rf"(?P<s>الصيف|الشتاء|صيف{_TANWIN}ا{_TANWIN}|شتاء{_TANWIN})(?!\w)(?!\s+(?:{PAST}|{NEXT}|{_THIS}))")
PART_OF_YEAR = _rule(
    rf"(?P<p>النصف|الربع)\s+(?P<o>الاول|الثاني|الثالث|الرابع|الاخير)\s+(?:من|ل)\s*(?:(?:ال)?عام|(?:ال)?سنه)?\s*"
    rf"(?:(?P<y>{_YEAR})(?!\d)|{_REL})"
)
NEXT_DAY = _rule(r"(?P<w>اليوم\s+(?:التالي|الموالي)|اليوم\s+السابق)(?!\w)")
_LONG_TIMES = r"(?:الايام|الاسابيع|الاشهر|الشهور|السنوات|الاعوام|العقود)\s+(?:القليله\s+)?"
VAGUE = _rule(
    rf"(?:(?P<now>الان|حالي{_TANWIN}ا{_TANWIN}|(?:في\s+)?الوقت\s+(?:الراهن|الحالي|الحاضر)|نفس\s+الوقت|هذه\s+الايام)"
    rf"|(?P<then>مؤخر{_TANWIN}ا{_TANWIN}|سابق{_TANWIN}ا{_TANWIN}|انذاك|وقتها|وقتئذ|حينذاك|في\s+السابق|في\s+الماضي"
    rf"|{_LONG_TIMES}(?:الماضيه|المنصرمه))"
    rf"|(?P<soon>قريب{_TANWIN}ا{_TANWIN}|لاحق{_TANWIN}ا{_TANWIN}|{_LONG_TIMES}(?:المقبله|القادمه|اللاحقه)))(?!\w)"
)
NOT_WEEKDAY = re.compile(
    r"(?:صلاه|خطبه|خطيب|سوق|جامع|مسجد|دوري|ساحه|ميدان|امام|احدي|كلا|كل|ايام|هذين|هذان|بين|جمعه)\s+(?:يوم\s+)?$"
)
NOT_TODAY = re.compile(
    r"(?:ذلك|ذات|نفس|عين|المصري|روسيا|اخبار|السودان|ليبيا|فلسطين|العراق|لبنان|طوال|طيله|مدار|بقيه|ساعات|نصف|في)\s+$"
)
AFTER_TODAY = re.compile(
    rf"\s+(?:{DAY_ORDINAL}|نفسه|ذاته|الوطني|العالمي|الدولي|الواحد|الدراسي|الاخير|المفتوح|عينه|الموعود|الختامي)(?!\w)"
)
NOT_BACK = re.compile(r"\s+(?:من|ونصف)(?!\w)")  # counted from another event than the publication
A_BETTER = re.compile(r"\s+(?:افضل|مشرق|جديد|اجمل|واعد)")  # غد افضل: no day
TODAY_AS_NAME = re.compile(r"\s+(?:السابع|الاول|الثاني|التالي|الموالي|السابق)")
FUTURE = re.compile(r"(?<!\w)(?:س[يتن]\w{3,}|سوف|المقرر|المزمع|المتوقع|المنتظر|يفتتح|تفتتح|يعتزم|تعتزم|يستضيف|تستضيف)")
A_NAME = re.compile(r"(?:قوي|قوتي|تحالف|تيار|فريق|فريقي|ثوره|ثورتي|حركه|ائتلاف|ميدان|جسر|مدينه|شارع)\s+$")
ATTACKS = re.compile(r"(?:احداث|هجمات|هجوم|اعتداءات|تفجيرات|هجومي)\s+(?:يوم\s+)?$")
SEASONS = {"صيف": "SU", "شتاء": "WI", "خريف": "FA", "ربيع": "SP"}
DIACRITIC = re.compile("[\u064b-\u0652]")


def relation(match: re.Match[str]) -> str:
    """Return past, next, this or nothing: what the adjective of an expression says."""
    for name in ("past", "next", "this"):
        if match.groupdict().get(name):
            return name
    return ""
