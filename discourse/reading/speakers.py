"""Who speaks: the noun phrase after a cue, before it, or the antecedent of its relative clause."""

from typing import NamedTuple

from discourse.reading.cues import (
    BODY, BRACKET, COLON, COMMA, COMP, DASH, DEFINITE, HEAD, LATIN, NOT_SAYER, NUMBER, OPENER, PREP, RECIPIENT, REL,
    STOP, TIME, VERBISH, ATTR, ATTRIBUTION, NOT_SAYERS, SAYERS,
)  # fmt: skip
from discourse.reading.quotes_marks import QuotedSpan

__all__ = ["Sentence", "can_speak", "phrase_after", "subject_after", "subject_before"]

_LIMIT = 24  # words of a speaker with titles and apposition
_APPOSITION = 12
_BREAKS = COMP | PREP | TIME | REL | OPENER | COMMA | COLON | STOP | DASH | VERBISH | ATTR | BRACKET
_PARTITIVE = {"عدد", "كثير", "الكثير", "العديد", "واحد", "اكثر", "اقل", "كل", "اي", "بعض", "مصدر", "مسؤول", "جانب", "مزيد"}
_CONTENT_NOUNS = ("مقتل", "مسؤولي", "وفاة", "مصرع", "انه", "اصابة", "نيت", "عزم", "رغبت", "استعداد", "ارسال", "اعتقال", "بدء",
                  "وقف", "اطلاق", "تاييد", "رفض", "دعم", "ثقت", "التزام", "تعليق", "انسحاب", "حصيل", "نبا", "خبر", "قلق",
                  "اسف", "غضب", "سقوط", "وصول", "تشكيل", "انشاء", "فتح", "اغلاق", "ضرورة", "اهمية", "استمرار", "صحة", "نتائج",
                  "تقارير", "التقارير", "الاتهامات", "اتهامات", "الانباء", "انباء", "هذه", "هذا", "ذلك", "وجود", "ان", "اي", "كل",
                  "حق", "عدم", "قيام", "تورط", "ضلوع", "صل", "علاقت", "علاقة", "الهجوم", "هجوم", "القيام", "ضرب", "خروج", "دور",
                  "اتخاذ", "الخبر", "عقد", "تسليم", "تنفيذ", "احتجاز", "حالة", "حال", "توقيع", "تقديم", "الحرب", "قرار", "نجاح",
                  "فوز", "تراجع", "ارتفاع", "انخفاض", "زيادة", "تعيين", "استقالت", "استقالة", "القبض", "العثور", "السيطرة", "الافراج",
                  "حدوث", "طلب", "توقف", "تعاون", "مشروع", "امكاني", "مشارك", "تخصيص", "الغاء", "تاجيل", "منع", "حظر", "حل",
                  "ضرب", "شن", "فرض", "قتل", "قصف", "حماية", "زعزعة", "ضم", "لعب", "نزع", "شكل", "سبب", "سرعة", "دفع", "نقل", "جول", "موقف", "تضامن", "تطلع", "حرص", "تقدير", "استنكار", "ادانت", "اداء")  # fmt: skip


class Sentence(NamedTuple):
    """One sentence as parallel lists over its tokens, with the marks that open or close at a token."""

    norm: list[str]
    start: list[int]
    end: list[int]
    flags: list[int]
    form: list[int]
    prefix: list[int]
    opens: dict[int, QuotedSpan]
    closes: dict[int, QuotedSpan]
    spans: list[QuotedSpan]
    passive: list[bool]

    def prefix_of(self, place: int) -> bool:
        return self.norm[place][:1] in ("و", "ف") and self.norm[place][1:] in ATTRIBUTION

    def is_sayer(self, word: str) -> bool:
        return word in SAYERS

    def not_sayer(self, word: str) -> bool:
        return word in NOT_SAYERS


def _is_finite_cue(sentence: Sentence, place: int, finite: frozenset[int]) -> bool:
    return sentence.form[place] in finite


def can_speak(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a phrase names a person, a body or a document that can be the source of speech."""
    flags = sentence.flags[first:last]
    if not flags or flags[0] & NOT_SAYER:
        return False
    return any(flag & (HEAD | BODY) for flag in flags[:2])


def subject_after(sentence: Sentence, place: int, finite: frozenset[int]) -> tuple[int, int, int]:
    """Return (first, last, next) of the noun phrase that follows a cue, past adverbs and addressees.

    first == last where there is none; next is where the search for the content goes on.
    """
    size = len(sentence.norm)
    at = place + 1
    guard = place + 12
    while at < size and at < guard:
        flag = sentence.flags[at]
        if flag & TIME and not flag & (HEAD | BODY) or sentence.norm[at] in ("فيه", "فيها", "به", "بها", "عنه", "عنها"):
            at += 1
        elif flag & RECIPIENT or sentence.norm[at] in ("لل", "ل") and at + 1 < size:
            at += 1
            while at < size and sentence.flags[at] & (LATIN | DEFINITE) and not sentence.flags[at] & (_BREAKS | HEAD):
                at += 1
        elif flag & (COMMA | DASH) and at == place + 1 and at + 2 < size:
            # a parenthesis between the cue and what follows: أشارت، وفي ذات الوقت، إلى
            close = next((k for k in range(at + 1, min(at + 9, size)) if sentence.flags[k] & flag & (COMMA | DASH)), -1)
            if close < 0 or any(sentence.flags[k] & COMP for k in range(at, close)):
                break
            at = close + 1
        else:
            break
    if at >= size:
        return at, at, at
    last = phrase_after(sentence, at, finite)
    return at, last, last


def phrase_after(sentence: Sentence, first: int, finite: frozenset[int], *, object_follows: bool = False) -> int:
    """Return the end of the noun phrase that begins at ``first``, with titles, appositions and conjuncts."""
    at, size = first, min(len(sentence.norm), first + _LIMIT)
    while at < size:
        flag, word = sentence.flags[at], sentence.norm[at]
        if at in sentence.opens:
            span = sentence.opens[at]
            inner = _token_at(sentence, span.closes, at)
            if span.closed and 0 < inner - at <= 5 and inner + 1 < len(sentence.norm):
                follows = sentence.flags[inner + 1]
                if at > first or _name_in_marks(sentence, inner + 1):
                    if follows & STOP:
                        break
                    at = inner + 1
                    continue
            break
        if at in sentence.closes:
            break
        if sentence.form[at] in finite and not flag & (HEAD | BODY):
            break
        if word == "من" and at > first and sentence.norm[at - 1] in _PARTITIVE | {"الكثير"}:
            at += 1
            continue
        if word in ("في", "من", "لدي", "عن") and at > first and at + 1 < size and word != "عن":
            if sentence.flags[at + 1] & (BODY | HEAD) and not sentence.flags[at + 1] & (VERBISH | TIME):
                at += 1
                continue
            break
        if flag & BRACKET and word == "(" and at > first:
            inner = next((k for k in range(at + 1, min(at + 7, len(sentence.norm))) if sentence.norm[k] == ")"), -1)
            if inner > 0:
                at = inner + 1
                continue
            break
        if flag & COMMA and at > first:
            resume = _apposition(sentence, at, finite, ends=object_follows)
            if resume > 0:
                at = resume
            break
        if flag & _BREAKS and not (word == "بان" and at + 1 < len(sentence.norm) and (sentence.norm[at + 1] == "كي" or sentence.flags[at + 1] & RECIPIENT)):
            break
        if flag & RECIPIENT and at > first and not (sentence.flags[at - 1] & (HEAD | BODY)):
            break
        if _is_prefixed(word) and not (at > first and _place_of(word) and not sentence.flags[at - 1] & DEFINITE):
            break
        if at > first and not flag & (HEAD | BODY) and word.startswith(_CONTENT_NOUNS):
            break
        at += 1
    while at > first and sentence.flags[at - 1] & COMMA:
        at -= 1
    return at


_B_NAMES = {"باراك", "باكستان", "باكستاني", "باكستانية", "باكستانيا", "باكستانيون", "باكستانيين", "باريس", "باسم", "بايدن", "باول", "بارزاني", "بانيتا", "باقر", "بارز", "بارزة", "باحث", "باحثين", "باحثون",
            "بترايوس", "بترو", "باتريك", "بابا", "باسل", "باسيل", "بارون", "بامير", "بان", "بتراوس", "بمبيو", "باجوا", "بارو", "باراد"}  # fmt: skip


def _place_of(word: str) -> bool:
    """بالاستخبارات، بحركة: a body in which the person before it serves."""
    return word[1:] in SAYERS or (word.startswith("بال") and word[3:] in SAYERS)


def _is_prefixed(word: str) -> bool:
    """Tell whether a word begins with the preposition ب rather than with the letter of a name."""
    if len(word) < 4 or word[0] != "ب" or word in _B_NAMES:
        return False
    return word.startswith("بال") or word[1:].startswith(_CONTENT_NOUNS) or (word[1] in "تام" and len(word) > 4)


def _name_in_marks(sentence: Sentence, after: int) -> bool:
    """A short quoted stretch is a name where a complementizer follows within the clause."""
    for place in range(after, min(after + 14, len(sentence.norm))):
        flag = sentence.flags[place]
        if flag & COMP or place in sentence.opens:
            return True
        if flag & STOP:
            return False
    return False


def _token_at(sentence: Sentence, char: int, place: int) -> int:
    """Return the token that begins at or after ``char``, looking a few tokens ahead; the last one otherwise."""
    for at in range(place, min(place + 12, len(sentence.norm))):
        if sentence.start[at] >= char:
            return at
    return place + 99


def _apposition(sentence: Sentence, comma: int, finite: frozenset[int], *, ends: bool = False) -> int:
    """Return the end of an apposition behind a comma (رئيس الشرطة، إقبال خان، إن), or 0."""
    at, size = comma + 1, len(sentence.norm)
    limit = min(size, comma + 1 + _APPOSITION)
    while at < limit:
        flag = sentence.flags[at]
        if flag & (COMMA | COLON) or flag & COMP or at in sentence.opens:
            return at if at > comma + 1 else 0
        if ends and flag & STOP and comma + 1 < at <= comma + 5:
            return at
        if sentence.norm[at] in ("في", "من") and at > comma + 1:
            at += 1
            continue
        if flag & (PREP | TIME | REL | OPENER | STOP | DASH | VERBISH | ATTR) or sentence.form[at] >= 0 and not flag & HEAD:
            return 0
        at += 1
    return at if ends and at == size and comma + 1 < at <= comma + 5 else 0


_CLAUSE_START = OPENER | COMMA | COLON | STOP | DASH | COMP
_PAST_MARKERS = {"كان", "وكان", "كانت", "وكانت", "كانوا", "وكانوا", "فكان", "سبق", "وسبق"}


def subject_before(sentence: Sentence, place: int, finite: frozenset[int], floor: int = 0) -> tuple[int, int, int]:
    """Return (first, last, opener) of the subject between a clause opener and the cue; opener -1 at the start.

    first == last where nothing of the kind stands there.
    """
    at = place - 1
    while at >= floor and (sentence.flags[at] & TIME or at < place and sentence.norm[at] in _PAST_MARKERS and at > floor + 1):
        at -= 1
    if at >= floor and sentence.norm[at] in ("ان", "لم", "لن", "لا") and at - 1 >= floor:
        if sentence.norm[at] != "ان":
            return place, place, -1
        marker = next((k for k in range(at - 1, max(floor - 1, at - 10), -1) if sentence.norm[k] in ("سبق", "وسبق")), -1)
        if marker >= 0:
            first = marker + 1
            return first, at, marker
        return place, place, at
    if at > floor and sentence.flags[at] & COMMA and at + 1 < place and sentence.norm[at + 1] in ("قد", "وقد"):
        at -= 1
    last = at + 1
    if at >= floor and sentence.flags[at] & REL:
        return place, place, at
    bracketed = at >= floor and sentence.flags[at] & COMMA
    if bracketed:
        return place, place, at
    low = max(floor, place - 22)
    first = last
    while at >= low:
        flag = sentence.flags[at]
        if flag & _CLAUSE_START or sentence.norm[at] in _PAST_MARKERS:
            break
        if at in sentence.closes:
            span = sentence.closes[at]
            back = next((k for k in range(at, max(low - 1, at - 6), -1) if sentence.start[k] <= span.opens), -1)
            if back < 0:
                break
            at = back - 1
            continue
        if sentence.form[at] in finite and not flag & HEAD or flag & VERBISH:
            return place, place, at
        at -= 1
    first = at + 1
    while first < last and sentence.flags[first] & TIME:
        first += 1
    if first >= last:
        return place, place, at
    flag = sentence.flags[first]
    if flag & (PREP | REL | VERBISH | ATTR | NUMBER) and not flag & HEAD and not (flag & NUMBER):
        return place, place, at
    return first, last, at
