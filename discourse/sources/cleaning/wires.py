"""Names that credits and datelines are made of: news agencies, places that news is dated from."""

import re

__all__ = ["AGENCIES", "AGENCY", "PLACE", "PLACES", "TRACES", "fold", "normal_place"]

# Patterns are written in folded spelling: fold(text) before matching keeps every offset.
_FOLD = tuple(zip("أإآٱىة\u00a0", "اااايه ", strict=True))
_NEWS = "(?<!لل)(?:ال)?انباء "
_END = r"(?![\w\u064b-\u0652])"


def _letters(name: str) -> str:
    """Return a pattern for letters spelled one by one, with dots or blanks between: أ ف ب, أ.ف.ب, أ. ف. ب."""
    return r"(?<!\w)" + r"[\s.\-ـ]{1,3}".join(name) + r"(?!\w)"


def _latin(name: str) -> str:
    return rf"(?<![A-Za-z]){name}(?![A-Za-z])"


def _short(name: str) -> str:
    """Return a pattern for a short name that is also a word: in round brackets, after وكالة, at a dash."""
    return (
        rf"[({{]\s*{name}\s*[)}}]|وكاله\s?[«\"“(]?\s?{name}{_END}"
        rf"|(?<=[-–—]\s){name}{_END}|(?<!\w){name}(?=\s*[-–—:])"
    )


# Code -> pattern.
AGENCIES: dict[str, str] = {
    "afp": rf"{_letters('افب')}|فرانس\s?برس|الصحافه الفرنسيه|{_NEWS}الفرنسيه|{_latin('AFP')}",
    "reuters": r"روي?ترز|رويتر(?!\w)|رويرتز|(?i:\breuters\b)",
    "ap": (
        rf"{_short('ا[ .]{1,2}ب[.]?')}|[«\"“]\s*ا[ .]{{1,2}}ب[.]?\s*[»\"”]|ا?سو?شي{{1,2}}تد\s?-?\s?بري?س"
        rf"|(?<!\w)(?:ال)?اسوشي?ي?تيد|{_latin('AP')}"
    ),
    "dpa": rf"{_letters('دبا')}|{_NEWS}الالمانيه|{_latin('(?:DPA|dpa)')}",
    "upi": rf"{_letters('يبا')}|يونايتد\s?برس|{_latin('UPI')}",
    "efe": rf"{_short('افي')}|{_NEWS}الاسبانيه|{_latin('EFE')}",
    "ansa": rf"{_short('انسا')}|{_NEWS}الايطاليه",
    "ria": r"(?:ريا\s?-?\s?)?نوفو?ستي|الاعلام الروسيه",
    "tass": rf"(?<!\w)[لبوف]{{0,2}}(?:ايتار\s?-?\s?)?تاس{_END}",
    "interfax": r"انتر\s?فاكس",
    "sputnik": r"سبوتني?ك",
    "anadolu": r"وكاله\s?[«\"(]?الاناضول|[«\"(]الاناضول[»\")]|الاناضول(?= للانباء| التركيه)",
    "xinhua": rf"شينخوا|شينهوا|{_NEWS}الصينيه",
    "irna": rf"(?<!\w)ارنا{_END}|{_NEWS}الايرانيه",
    "spa": rf"(?<!\w)واس{_END}|{_NEWS}السعوديه",
    "mena": rf"{_letters('اشا')}|انباء الشرق الاوسط",
    "kuna": rf"{_short('كونا')}|{_NEWS}الكويتيه",
    "wam": rf"{_short('وام')}|انباء الامارات|{_NEWS}الاماراتيه",
    "petra": rf"{_short('بترا')}|{_NEWS}الاردنيه",
    "sana": rf"{_short('سانا')}|{_NEWS}السوريه",
    "qna": rf"{_short('قنا')}|{_NEWS}القطريه",
    "bna": rf"{_short('بنا')}|انباء البحرين",
    "map": rf"{_NEWS}المغربيه|المغرب العربي للانباء",
}
# Code -> strings without one of which its pattern cannot match: a cheap first look.
TRACES: dict[str, tuple[str, ...]] = {
    "afp": ("برس", "ف ب", "ف.ب", "ف. ب", "ف .ب", "ف-ب", "ف - ب", "فـب", "الفرنسيه", "AFP"),
    "reuters": ("رويت", "رويرت", "روتر", "euters", "EUTERS"),
    "ap": ("ا ب", "ا.ب", "ا. ب", "برس", "بريس", "سوش", "AP"),
    "dpa": ("ب ا", "ب.ا", "ب. ا", "ب .ا", "ب-ا", "ب - ا", "الالمانيه", "DPA", "dpa"),
    "upi": ("ب ا", "ب.ا", "ب. ا", "ب-ا", "يونايتد", "UPI"),
    "efe": ("افي", "الاسبانيه", "EFE"),
    "ansa": ("انسا", "الايطاليه"),
    "ria": ("ستي", "الاعلام الروسيه"),
    "tass": ("تاس",),
    "interfax": ("فاكس",),
    "sputnik": ("سبوت",),
    "anadolu": ("ناضول",),
    "xinhua": ("شين", "الصينيه"),
    "irna": ("ارنا", "الايرانيه"),
    "spa": ("واس", "السعوديه"),
    "mena": ("ش ا", "ش.ا", "ش. ا", "ش-ا", "الشرق الاوسط"),
    "kuna": ("كونا", "الكويتيه"),
    "wam": ("وام", "ماراتيه", "الامارات"),
    "petra": ("بترا", "الاردنيه"),
    "sana": ("سانا", "السوريه"),
    "qna": ("قنا", "القطريه"),
    "bna": ("بنا", "البحرين"),
    "map": ("المغرب",),
}
AGENCY = "|".join(f"(?:{pattern})" for pattern in AGENCIES.values())


def fold(text: str) -> str:
    """Fold the letters that the press interchanges (أإآ, ى, ة) one for one, so that offsets stay.

    Examples
    --------
    >>> fold("وكالة أنباء")
    'وكاله انباء'
    """
    for letter, plain in _FOLD:  # each pass is one look along the text: far faster than str.translate
        text = text.replace(letter, plain)
    return text


# Spellings of one place stand together, the first one names it.
_PLACES = """
أبها, أبوظبي|أبو ظبي, أثينا, أديس أبابا|أديس ابابا, أربيل, أستانا|آستانة, إسطنبول|اسطنبول|إستانبول,
إسلام آباد|إسلام أباد|اسلام اباد|إسلام اباد, الأحساء, الإسكندرية|الاسكندرية, الباحة, البصرة, البيضاء, الجزائر,
الجوف, الخبر, الخرطوم, الخليل, الدار البيضاء, الدمام, الدوحة, الرباط, الرياض, الطائف, الفاتيكان, القاهرة,
القدس, القدس المحتلة, القصيم, القنيطرة, القطيف, الكويت, اللاذقية, المدينة المنورة|المدينة المنوّرة, المكلا,
المنامة, الموصل, النجف, الناصرة, أملج, أمستردام, أنقرة|انقرة, أوسلو, أوتاوا, الأقصر, باريس, باكو, بانكوك,
بريدة, برلين, بروكسل, بغداد, بكين, بلغراد, بنغازي, بودابست, بوخارست, بوينس آيرس, بون, بيروت, بيشاور,
بيشكيك|بشكك, بيت لحم, تبليسي, تبوك, تعز, تل أبيب, تونس, جازان, جاكرتا, جدة, جنيف, جوبا, جوهانسبورغ, حائل, حلب,
حماة, حمص, حفر الباطن, خميس مشيط, دبي, دمشق, دوشانبه|دوشنبه|دوشنبيه, داكار, رام الله, رفح, روما, ريغا,
ريو دي جانيرو, سان بطرسبرغ|سانت بطرسبرغ|بطرسبورغ, سان فرانسيسكو, سراييفو, سنغافورة, سيدني, سيول|سيؤول, سوتشي,
شرم الشيخ, شنغهاي, صلالة, صنعاء, صوفيا, طرابلس, طشقند|طشكند, طهران, طوكيو, عدن, عرعر, عمان|عمّان, عنيزة, غزة,
فيينا|فينا, قازان|كازان, قندهار, قندوز, كابول|كابل, كانبيرا, كراتشي, كراكاس, كوالالمبور, كوبنهاغن, كييف,
كينشاسا, لاغوس, لاهاي, لاهور, لشبونة, لندن, لوس أنجلوس, لوكسمبورغ, ليماسول, مانيلا, مدريد, مزار شريف, مقديشو,
مسقط, مكة المكرمة|مكة, موسكو, مونتريال, ميونيخ, ميلانو, مينسك, نجران, نواكشوط, نيروبي, نيقوسيا,
نيودلهي|نيو دلهي, نيويورك, هافانا, هامبورغ, هراري, هرات, هلسنكي, هونغ كونغ, وارسو|فرصوفيا, واشنطن, ويلينغتون,
ينبع, يريفان, ألماتي|ألما آتا, آلما آتا, عشق آباد|عشق أباد, روالبندي, كويتا, زغرب, براغ, براتيسلافا, فيلنيوس,
تالين, كيشيناو, ستوكهولم, دبلن, بيرن, ليون, مرسيليا, ستراسبورغ, فرانكفورت, زيوريخ, بازل, دافوس, الناصرية,
كركوك, السليمانية, دهوك, النبطية, صيدا, صور, زحلة, درعا, دير الزور, الرقة, إدلب, الحسكة, أبو كمال, نابلس, جنين,
طولكرم, الشارقة, عجمان, رأس الخيمة, الفجيرة, العين, الظهران, الجبيل, الخرج, المجمعة, شقراء,
الدوادمي, وادي الدواسر, بيشة, القنفذة, الليث, رابغ, محايل, صبيا, أبو عريش, شرورة, رفحاء, طريف, القريات, سكاكا,
دومة الجندل, تيماء, ضباء, الوجه, العلا, حقل, خيبر, بدر, المندق, بلجرشي, العقيق, النماص, تنومة, رجال ألمع,
سراة عبيدة, ظهران الجنوب
"""


def _place_names() -> dict[str, str]:
    """Return spelling -> the first spelling of the same place."""
    groups = [group.strip().split("|") for group in _PLACES.replace("\n", " ").split(",")]
    return {spelling: spellings[0] for spellings in groups for spelling in spellings}


PLACES = _place_names()
PLACE = "|".join(re.escape(fold(name)) for name in sorted(PLACES, key=len, reverse=True))  # folded
_BY_FOLDED = {fold(spelling): name for spelling, name in PLACES.items()}


def normal_place(name: str) -> str:
    """Return one spelling for a place: كابل and كابول are one; unknown names come back trimmed.

    Examples
    --------
    >>> normal_place(" كابل ")
    'كابول'
    """
    trimmed = " ".join(name.split())
    return _BY_FOLDED.get(fold(trimmed), trimmed)
