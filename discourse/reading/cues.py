"""Reporting cues: which written words can report speech, and the classes of the words around them.

Everything here is computed once per distinct word of a corpus (``classify_words``) and gathered by code.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from discourse.language.normalization import Normalizer

__all__ = ["ATTRIBUTION", "Cue", "CueForm", "WordClasses", "build_cues", "classify_words", "expand_participle", "expand_verb"]

_normalize = Normalizer()
_SUFFIXES = ("ه", "ها", "هم", "هما")


class Cue(NamedTuple):
    """One entry of the speech lexicon, as the reader of quotations needs it."""

    pattern: str
    category: str
    form: str
    takes: frozenset[str]
    marks: frozenset[str]  # elliptic, strict, weak, direct, describe, believe, relay


class CueForm(NamedTuple):
    """One written form of a cue."""

    cue: int
    form: str  # verb, present, participle, noun, phrase
    person: str  # ms, fs, p, first, "" where the form does not say
    suffix: bool  # carries an object or possessive pronoun


_DUAL = {"قال", "أكد"}  # short stems whose dual is no other word


def expand_verb(past: Iterable[str], present: Iterable[str]) -> dict[str, tuple[str, str, bool]]:
    """Return the written forms of a verb: {normal form: (form, person, has an object pronoun)}.

    The first stem takes every ending; further stems are the short ones before consonants and long vowels
    (أضف beside أضاف, نف beside نفى) and take only endings.

    Examples
    --------
    >>> forms = expand_verb(["نفى", "نف"], ["نفي", "نف"])
    >>> [word in forms for word in ("نفي", "نفت", "نفوا", "ينفون", "نفته", "تنفيه", "نف")]
    [True, True, True, True, True, True, False]
    """
    out: dict[str, tuple[str, str, bool]] = {}

    def put(word: str, form: str, person: str, suffix: bool = False) -> None:
        out.setdefault(_normalize(word), (form, person, suffix))

    endings = {"": "ms", "ت": "fs", "ا": "p", "تا": "p", "وا": "p"}
    for number, stem in enumerate(past):
        if number and len(stem) == 2:
            put(stem + "ت", "verb", "first")
        for ending, person in endings.items():
            dual = ending == "ا" and len(stem) < 4 and stem not in _DUAL
            if (number == 0 and not dual and not (ending and stem[-1] in "ىا")) or (number and ending in ("ت", "وا", "تا")):
                put(stem + ending, "verb", person)
        if number == 0 and stem[-1] == "ى":
            stem = stem[:-1] + "ا"
        for base, person in ((stem, "ms"), (stem + "ت", "fs"), (stem + "و", "p")):
            if number == 0 or base != stem:
                for suffix in _SUFFIXES:
                    put(base + suffix, "verb", person, True)
        put(stem + "نا", "verb", "first")
    for number, stem in enumerate(present):
        for prefix in ("ي", "ت", "ن", "ا"):
            person = {"ي": "ms", "ت": "fs"}.get(prefix[-1], "first")
            if number == 0:
                put(prefix + stem, "present", person)
                for suffix in _SUFFIXES:
                    put(prefix + stem + suffix, "present", person, True)
            if prefix in "يت":
                put(prefix + stem.rstrip("يوى") + "ون", "present", "p")
                put(prefix + stem.rstrip("يوى") + "وا", "present", "p")
    return out


def expand_participle(stem: str) -> dict[str, tuple[str, str, bool]]:
    """Return the accusative forms of a participle (مشيرا، مشيرة، مشيرين): the ones that report.

    Examples
    --------
    >>> sorted(expand_participle("مشير"))
    ['مشيرا', 'مشيرات', 'مشيرة', 'مشيرين']
    """
    endings = {"ا": "ms", "ة": "fs", "ين": "p", "ات": "p"}
    return {_normalize(stem + ending): ("participle", person, False) for ending, person in endings.items()}


def _expand_noun(stem: str, plurals: Iterable[str]) -> dict[str, tuple[str, str, bool]]:
    out: dict[str, tuple[str, str, bool]] = {}
    for word in (stem, *plurals):
        out[_normalize(word)] = ("noun", "", False)
        base = word[:-1] + "ت" if word.endswith("ة") else word
        for suffix in ("ه", "ها", "هم"):
            out[_normalize(base + suffix)] = ("noun", "", True)
    return out


def _as_list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def build_cues(
    entries: Iterable[Mapping[str, Any]], lemmas: Mapping[str, Mapping[str, Any]]
) -> tuple[list[Cue], dict[str, CueForm]]:
    """Return the cues of the speech lexicon and the written forms that stand for them.

    Parameters
    ----------
    entries : iterable of mappings
        Rows of ``Lexicon.entries``: pattern, category, form, takes and the marks.
    lemmas : mapping
        The lemmas that the patterns name in brackets, with their stems.

    Returns
    -------
    list of Cue, dict of str to CueForm
        A written form that two entries share goes to the first; verbs come before participles and nouns.
    """
    cues: list[Cue] = []
    forms: dict[str, CueForm] = {}
    later: list[tuple[str, CueForm]] = []
    flags = ("elliptic", "strict", "weak", "direct", "describe", "believe", "relay")
    for entry in entries:
        pattern, form = str(entry["pattern"]), str(entry["form"])
        takes = frozenset(str(entry.get("takes") or "").split())
        marks = frozenset(flag for flag in flags if entry.get(flag) is True)
        number = len(cues)
        cues.append(Cue(pattern, str(entry["category"]), form, takes, marks))
        if not pattern.startswith("["):
            continue
        lemma = pattern.strip("[]")
        stems = lemmas[lemma]
        if form == "verb":
            verb = stems.get("verb") or stems
            past, present = _as_list(verb.get("past")), _as_list(verb.get("present"))
            for word, (kind, person, suffix) in expand_verb(past, present).items():
                forms.setdefault(word, CueForm(number, kind, person, suffix))
            if entry.get("noun") is True:
                found = _expand_noun(lemma, _as_list(stems.get("plural")))
                later += [(word, CueForm(number, *rest)) for word, rest in found.items()]
        elif form == "participle":
            later += [(word, CueForm(number, *rest)) for word, rest in expand_participle(lemma).items()]
        else:
            found = _expand_noun(lemma, _as_list(stems.get("plural")))
            later += [(word, CueForm(number, *rest)) for word, rest in found.items()]
    for word, form in later:
        forms.setdefault(word, form)
    return cues, forms


# --- the words around a cue -------------------------------------------------------------------------------------

COMP, PREP, TIME, REL, OPENER, COMMA, COLON, STOP, HEAD, BODY, NOT_SAYER, DEFINITE, DASH, VERBISH, NUMBER, RECIPIENT, KAMA, ASK, ATTR, BRACKET, LATIN, PRONOUN = (  # noqa: E501
    1 << n for n in range(22)
)

_COMP = "ان انه انها انهم انهما انهن انني انا اننا انك بان بانه بانها بانهم بانهما بانني باننا لان".split()[:-1]
_PREP = """في من الى على عن عند لدى مع ضد بعد قبل خلال اثناء عقب منذ حتى حول بشان امام عبر دون بدون بين نحو تجاه ازاء
اثر وسط ضمن فوق تحت رغم بسبب نظرا بهدف غداة عشية بعيد قبيل بموجب لدي علي حتي وراء قرب قبالة داخل خارج ردا تعليقا تعقيبا
بمناسبة بحضور بغية لكي كي مقابل بخصوص فيه فيها عليه عليها منه منها عنه عنها اليه اليها به بها لديه معه معها ضمن بعدما
عندما قبلما حين حينما لدن باتجاه بحق بفضل لصالح باسمه عما مما بما لما فيما بينهم بينها بينه ومن وفي وعلى وعن والى على""".split()
_TIME = """اليوم امس الان صباح مساء ليل فجر ظهر عصر السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة مؤخرا سابقا لاحقا
حاليا مرارا مجددا ايضا كذلك رسميا بدوره بدورها بدورهم غدا البارحة اخيرا صراحة علنا بوضوح بشدة تكرارا دوما دائما
حينها حينئذ انذاك وقتها يومها اولا ثانيا هنا هناك فقط قائما الماضي الماضية الجاري الحالي السابق قليلا قد لقد تقريبا
شخصيا ضمنا تلميحا ضمنيا بقوة بحزم باستمرار علانية مساءا ليلا صباحا نهارا له لها لهم لي لنا""".split()
_REL = "الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي الذى حيث ما وهو وهي وهم ممن".split()
_OPENER = """لكن ولكن لكنه لكنها لكنهم ولكنه ولكنها ولكنهم الا غير بينما فيما اذ اما بل بيد فان فانه فانها لان لانه لانها
حيث كما ثم او ام وقد فقد ولقد كان وكان كانت وكانت كانوا وكانوا ليس ليست لو اذا وان وانه وانها وانهم فيما وفيما وبينما""".split()
_HEAD = """مسؤول مسوول مصدر متحدث متحدثة ناطق ناطقة وزير وزيرة رئيس رئيسة قائد زعيم بيان تقرير وكالة صحيفة شاهد مراسل مراسلة
خبير محلل مراقب دبلوماسي سفير سفيرة مبعوث مبعوثة مندوب مندوبة ممثل ممثلة نائب مستشار مستشارة عضو امين مدير مديرة ضابط
جنرال عقيد لواء عميد فريق ادميرال كولونيل نقيب رائد شيخ ملا مولوي امير ملك سلطان بابا بطريرك قس مفتي امام الدكتور دكتور
سيناتور نائبة مرشح مرشحة محافظ حاكم عمدة قاض قاضي محام محامي مدع مدعي ناشط ناشطة كاتب كاتبة صحفي صحافي صحفية باحث
باحثة استاذ طبيب اقتصادي لاعب مدرب مواطن مواطنة طالب احد احدهم شخص رجل امراة شاب عسكري كبير متزعم منسق مفوض مفوضة
مقرر معارض سياسي مساعد معاون وكيل ابن شقيق والد والدة زوجة اب قيادي نشطاء مشرف
الرئيس الوزير الوزيرة المتحدث المتحدثة الناطق الناطقة القائد الزعيم السفير السفيرة المبعوث المندوب الامين المدير الجنرال
العقيد اللواء العميد الفريق الادميرال الشيخ الملا الامير الملك السلطان البابا المفتي النائب المستشار المستشارة السيد السيدة
المسؤول المسوول المصدر البيان التقرير الوكالة الصحيفة الشاهد المراسل الخبير المحلل القيادي السيناتور المحافظ الحاكم العضو
الناشط الكاتب الصحفي الصحافي الباحث الاستاذ الطبيب المدرب اللاعب الاول الثاني الشرطي الضابط الجندي المواطن المرشح الرجل
الشاب المسؤولة القاضي المحامي المدعي الدراسة الرسالة الموقع القناة الحركة الجماعة التنظيم الحزب الجبهة الهيئة الجهة""".split()
_BODY = """وزارة حكومة جيش شرطة ادارة سلطات سلطة قيادة قوات قوة حركة تنظيم حزب جماعة جبهة مجلس برلمان محكمة هيئة منظمة لجنة
بعثة مفوضية اتحاد حلف تحالف ائتلاف رئاسة سفارة خارجية امم بيت بنتاغون كرملين دولة مملكة امارة بلدية مكتب مؤسسة شركة بنك
مصرف صندوق جامعة معهد مركز ادعاء نيابة استخبارات مخابرات اجهزة جهاز قناة تلفزيون اذاعة موقع شبكة مجلة صحف وسائل مصادر
الولايات ولايات تقارير تقديرات انباء معلومات بيانات دراسة دراسات استطلاع استطلاعات احصاءات احصائيات ارقام وثيقة وثائق رسالة مذكرة قرار فتوى
مسؤولون مسؤولين مسوولون مسوولين شهود مراقبون مراقبين محللون محللين خبراء مراسلون مراسلين سكان اهالي ناشطون ناشطين نشطاء
متحدثون دبلوماسيون وزراء قادة زعماء اعضاء نواب ضباط علماء باحثون باحثين محققون محققين اطباء شرطيون جنود مقاتلو مسلحو
مسلحون متمردون معارضون سياسيون مواطنون كتاب صحفيون صحافيون عدة بعض عدد كثير معظم غالبية ناخبون واشنطن موسكو لندن باريس
طهران بكين كابول كابل اسلام بغداد دمشق القاهرة الرياض انقرة تركيا روسيا ايران امريكا اميركا بريطانيا فرنسا المانيا ايطاليا
باكستان افغانستان العراق سوريا سورية مصر السعودية اسرائيل الهند الصين اليابان طالبان داعش القاعدة حماس حزب النظام الكونغرس
الكونجرس البنتاغون البنتاجون الكرملين الفاتيكان الناتو اوبك صليب هلال وفد جمعية نقابة غرفة لجان فريق تجمع رابطة مشرعون""".split()
_NOT_SAYER = """قانون القانون استراتيجية الاستراتيجية خطة الخطة نظام معايير المعايير جدول الجدول حاجة الحاجة ظروف الظروف قواعد
القواعد احكام الاحكام مادة المادة اتفاق الاتفاق اتفاقية الاتفاقية مفهوم المفهوم رغبة تعليمات التعليمات توجيهات سعر اسعار
شروط الشروط نوع طبيعة منهج برنامج البرنامج مقتضيات مقتضى متطلبات ضوابط اولويات توقيت التوقيت لوائح نظم انظمة الانظمة
مذهب المذهب مذاهب المذاهب سياسة السياسة دستور الدستور الية الالية اليات مبدا مبادئ المبادئ شريعة الشريعة مستوى حجم مدى القدرة قدرة اجراءات
الاجراءات الطلب الموعد موعد مراحل مرحلة الترتيب ترتيب تصنيف التصنيف نص الاصول اصول العقد عقد تصميم مواصفات المواصفات
نسبة النسبة اختصاصه المناخ الحال الحالة حالة ظاهر فئة فئات العمر عمر الرؤية رؤية نتائج ذلك هذا هذه""".split()
NOT_SAYERS = frozenset(_NOT_SAYER)
SAYERS = frozenset(_HEAD) | frozenset(_BODY)
_RECIPIENT_STEMS = ("لل", "لوكال", "لصحيف", "لقنا", "لمراسل", "لتلفزيون", "لاذاع", "لشبك", "لهيء", "لهيئ", "لبي", "لرويترز",
                    "لفرانس", "لموقع", "لمجل", "لبرنامج", "لراديو", "لجريد", "لـ")  # fmt: skip
_ASK = "ما عما لماذا كيف هل متى اين".split()
ATTRIBUTION = {
    "حسب", "بحسب", "حسبما", "وفق", "وفقا", "وفقما", "طبقا", "نقلا", "بحجة", "برأي", "براي", "بشهادة", "استنادا",
}  # fmt: skip
_NOT_VERB = """يوسف يناير يوليو يونيو يوم يومين يومي يمين يسار يد يهود يهودي يونس ياسر يحيى يحيي ياسين يعقوب يوروبول يورو
يابان يونان يوغوسلافيا يمن يمني يزيد يلتسين يانوكوفيتش ياهو يوتيوب يورك يافا يقين يتيم يسوع يسري ينبع يثرب""".split()


class WordClasses(NamedTuple):
    """What each distinct word of a corpus is: bits of ``flags``, number of the cue form in ``forms`` (-1 none)."""

    flags: np.ndarray
    form: np.ndarray
    prefix: np.ndarray  # 1 where the conjunction و or ف stands before the cue
    forms: list[CueForm]


def _function_words() -> dict[str, int]:
    table: dict[str, int] = {}
    for words, bit in (
        (_COMP, COMP), (_PREP, PREP), (_TIME, TIME), (_REL, REL), (_OPENER, OPENER), (_HEAD, HEAD), (_BODY, BODY),
        (_NOT_SAYER, NOT_SAYER), (_ASK, ASK), (ATTRIBUTION, ATTR),
    ):  # fmt: skip
        for word in words:
            table[_normalize(word)] = table.get(_normalize(word), 0) | bit
    table["كما"] = table.get("كما", 0) | KAMA
    for mark, bit in (("،", COMMA), (",", COMMA), (";", COMMA), ("؛", COMMA), (":", COLON), (".", STOP), ("!", STOP),
                      ("؟", STOP), ("?", STOP), ("…", STOP), ("-", DASH), ("–", DASH), ("—", DASH), ("(", BRACKET),
                      (")", BRACKET), ("[", BRACKET), ("]", BRACKET)):  # fmt: skip
        table[mark] = bit
    return table


def _flags(word: str, table: Mapping[str, int]) -> int:
    found = table.get(word, 0)
    if not found and len(word) > 3 and word[0] in "وف":
        found = table.get(word[1:], 0) & ~(OPENER | COMP)
    if word.startswith("ال") and len(word) > 3:
        found |= DEFINITE
        found |= table.get(word[2:], 0) & (HEAD | BODY)
    elif word.startswith("وال") and len(word) > 4:
        found |= table.get(word[3:], 0) & (HEAD | BODY) | DEFINITE
    if word.startswith(_RECIPIENT_STEMS):
        found |= RECIPIENT
    if not found and len(word) > 3 and word[0] == "ي" and word not in _NOT_VERB and not word.endswith(("ية", "ة")):
        found |= VERBISH
    if word[:1].isdigit():
        found |= NUMBER
    if word.isascii() and word[:1].isalpha():
        found |= LATIN
    return found


def classify_words(words: Iterable[str], forms: Mapping[str, CueForm]) -> WordClasses:
    """Return the classes of distinct normal forms, in order."""
    table = _function_words()
    places: dict[str, int] = {}
    listed: list[CueForm] = []
    flags, form, prefix = [], [], []
    for word in words:
        key, cut = word, 0
        if key not in forms and len(word) > 3 and word[0] in "وف" and word[1:] in forms:
            key, cut = word[1:], 1
        number = -1
        if key in forms:
            if key not in places:
                places[key] = len(listed)
                listed.append(forms[key])
            number = places[key]
        flags.append(_flags(word, table))
        form.append(number)
        prefix.append(cut)
    return WordClasses(np.array(flags, np.int32), np.array(form, np.int32), np.array(prefix, np.int8), listed)
