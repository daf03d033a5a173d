"""Finite verbs of report, with their speakers and contents."""

from discourse.reading.speech.contents import find_frame
from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.participles import SAYING
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import (
    NO_VERB,
    PRONOUNS,
    can_speak,
    carries_preposition,
    is_ban,
    phrase_after,
    split_parties,
    subject_after,
)  # fmt: skip
from discourse.reading.speech.subjects import antecedent, inherit, main_subject, over_conjunct, subject_before
from discourse.reading.speech.words import (
    ADDRESSEE,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    KAMA,
    LATIN,
    NAMED,
    OPENER,
    PASSIVE,
    PERSON,
    REL,
    RULE,
    SAYER,
    STOP,
    TIME,
    VERBISH,
    begins_content,
)  # fmt: skip

__all__ = ["read_verb"]

_WHAT = {"ما", "لما", "مما"}
_MAY = {"ان", "قد", "وقد", "لقد"}  # before a present: subjunctive or possibility, nothing said yet
_HAS_BEEN = {"كان", "وكان", "كانت", "وكانت", "سبق", "وسبق"}
_GOES_ON = {"كما", "قد", "وقد", "انه", "انها"}
_IMPERSONAL = {"[ذكر]", "[اعتقد]", "[اعتبر]", "[توقع]", "[رجح]", "[زعم]", "[خشي]", "[لاحظ]", "[عد]", "[ظن]", "[أمل]"}
_GROUPS = set("حركة تنظيم جماعة مسؤولو مسلحو مقاتلو قوات حزب ميليشيا عناصر".split())
_CLAIMED = (
    "مسؤولي",
    "المسؤولي",
    "اسقاط",
    "مسءولي",
    "الهجوم",
    "هجوم",
    "العملية",
    "عملية",
    "التفجير",
    "تفجير",
    "الاعتداء",
)
_SILENCE = set("التعليق الافصاح الكشف الادلاء الاجابة السماح الرد الاعتراف".split())  # رفض التعليق reports no words


def read_verb(s: Sentence, place: int, form: CueForm, reader: Reader, found: list[Found]) -> Found | None:
    """Read a finite verb of report with its subject and content; None where it reports nothing."""
    cue, previous = reader.cues[form.cue], s.word(place - 1)
    if not _can_report(s, place, form, cue, previous, found):
        return None
    floor = found[-1].place + 1 if found else 0
    before, opener, marked = _before(s, place, form, reader, floor, previous)
    first, last, _ = (place, place, 0) if previous in PRONOUNS else subject_after(s, place, reader)
    after = (first, last) if last > first else None
    if before is None and after is None and form.form == "present" and _follows_noun(s, place):
        return None
    item = Found(place, s.start[place] + s.prefix[place], s.end[place], cue, "verb")
    item.border = _border(s, place, opener if before else -1)
    if "relay" in cue.marks:
        return _read_relay(s, place, item, after, reader, previous)
    frame = find_frame(s, place, last if after else place + 1, cue, reader)
    if "strict" in cue.marks and (frame is None or frame.kind not in ("comp", "quote", "colon")):
        return None
    what = (
        previous == "ما" and s.word(place - 2) in ("وهو", "وهي", "وهذا") and form.suffix and "describe" not in cue.marks
    )
    if previous in _WHAT and not what and "describe" not in cue.marks:
        return None
    if frame is None or what:
        if "strict" not in cue.marks and (s.flag(place - 1) & KAMA and place > 1 or what or _behind_marks(s, place)):
            item.speaker, item.rule, item.form = after or before, "post", "post"
            item.border = place - 1 if place else None
            return item if item.speaker else None
        if frame is None and form.suffix and after and _labels(cue) and can_speak(s, *after) and last < len(s.norm):
            item.speaker, item.rule, item.frame = after, "after", Frame("object", last)
            return item
        if frame is None and "np" in cue.takes and not form.suffix:
            return _read_object(s, item, form, before if marked or before else None, after, first, reader, found)
        return None
    item.frame = frame
    _name_speaker(s, item, frame, form, before, after, marked, previous, reader, found)
    item.chain = _addressee(s, place, frame, reader)
    return item if _holds(s, item, form, frame, previous, after) else None


def _can_report(s: Sentence, place: int, form: CueForm, cue: Cue, previous: str, found: list[Found]) -> bool:
    """Rule out what only looks like a verb of report."""
    if form.person == "first" and not s.norm[place].endswith("ت") or previous in NO_VERB:
        return False
    if form.form == "past" and not s.prefix[place] and (s.flag(place - 1) & VERBISH or carries_preposition(previous)):
        return False
    if form.suffix and "relay" in cue.marks or form.form == "present" and previous in _MAY:
        return False
    if s.flags[place] & TIME or s.flags[place] & PASSIVE and cue.pattern != "[اتهم]":
        return False
    if cue.pattern == "[عبر]" and not (
        s.prefix[place] or place == 0 or previous in _GOES_ON or s.word(place + 1) == "عن"
    ):
        return False  # عبر is also the preposition "across"
    if "strict" in cue.marks and not (s.prefix[place] or place == 0 or previous in ("كما", "قد", "وقد")):
        return False
    # the speaker on his own act: قال إنه طالب ...
    return not (previous in PRONOUNS and any(f.frame and f.frame.first == place - 1 for f in found[-2:]))


def _before(
    s: Sentence, place: int, form: CueForm, reader: Reader, floor: int, previous: str
) -> tuple[tuple[int, int] | None, int, bool]:
    """Return the subject before the verb, its clause opener, and whether an opener marks it (لكن الجيش قال)."""
    if previous in PRONOUNS or s.prefix[place] and s.norm[place][0] != "ف":
        return None, -1, False
    first, last, opener = subject_before(s, place, reader, floor)
    if form.person == "p":
        first, opener = over_conjunct(s, first, last, opener, reader, floor)
    if first >= last or s.flags[first] & RULE:
        return None, opener, False
    marked = opener >= 0 and bool(s.flags[opener] & (OPENER | COMP) or s.norm[opener] in _HAS_BEEN)
    if not marked and not (form.person == "p" and form.form == "present") and not can_speak(s, first, last):
        loose = opener >= 0 and not s.flags[opener] & (COMMA | STOP)
        if last - first > 4 or s.flags[first] & (DEFINITE | RULE) or loose:
            return None, opener, False
    return (first, last), opener, marked


def _follows_noun(s: Sentence, place: int) -> bool:
    """The word before is a plain noun: the subject, and none that speaks (النتيجة تفيد)."""
    at = place - 1
    return at >= 0 and not s.prefix[place] and s.flags[at] in (0, DEFINITE) and at not in s.closes and s.form[at] < 0


def _name_speaker(
    s: Sentence, item: Found, frame: Frame, form: CueForm, before: tuple[int, int] | None,
    after: tuple[int, int] | None, marked: bool, previous: str, reader: Reader, found: list[Found],
) -> None:  # fmt: skip
    """Choose among the subject before, the one behind, the antecedent and the speaker of the last cue."""
    cue = item.cue
    relative = s.flag(item.place - 1) & REL and previous not in ("حيث", "ما") and not form.suffix
    if before and (marked or not after):
        item.speaker, item.rule = before, "before"
    elif after and after[0] < frame.first and not (relative and not can_speak(s, *after)):
        last = min(after[1], frame.first)
        if "direct" in cue.marks or "describe" in cue.marks:
            last = split_parties(s, after[0], last)
        item.speaker, item.rule = (after[0], last), "after"
    elif form.person == "first":
        item.rule = "first person"
    elif relative:
        item.speaker, item.rule = antecedent(s, item.place, reader), "relative"
    else:
        item.speaker, item.rule = inherit(s, found, item.place), "elliptic"
        if not found and s.prefix[item.place] and item.place > 2:  # يعقد الوزير اجتماعا وقال إن
            item.speaker = main_subject(s, item.place, reader)
    accuses = cue.pattern == "[اتهم]" and item.rule == "after" and not form.suffix and frame.kind == "attached"
    if accuses and item.speaker is not None:
        first, last = item.speaker
        if last - first <= 2 and s.norm[first] in _GROUPS:  # اتهمت الحركة بـ: passive, the accuser is not named
            item.speaker, item.rule = None, "passive"


def _holds(s: Sentence, item: Found, form: CueForm, frame: Frame, previous: str, after: tuple[int, int] | None) -> bool:
    """Tell whether a verb with a frame reports speech: what its kind asks of speaker and frame."""
    marks, speaker, place = item.cue.marks, item.speaker, item.place
    if form.form == "present" and item.cue.pattern in _IMPERSONAL and item.rule == "elliptic":
        return False
    if "weak" in marks and item.rule == "elliptic" and not _goes_on(s, place):
        return False
    if speaker is None and item.rule not in ("first person", "passive"):
        if frame.kind != "quote" and s.inside(place) is not None:
            return False
        if "believe" in marks:
            return False
        labelled = form.suffix and frame.kind == "attached" and s.flag(place - 1) & REL  # الذي يتهمونه بـ
        if (frame.kind == "attached" or "weak" in marks) and not _goes_on(s, place) and not labelled:
            return False
    if "describe" in marks and item.rule == "elliptic" and not form.suffix and not s.prefix[place]:
        return False
    if speaker is not None and not can_speak(s, *speaker):
        if "weak" in marks or item.cue.pattern == "[أشار]" and frame.kind == "prep":
            return False
    if "weak" in marks and _is_silent(s, after[0] if after else place, frame.first):
        return False
    if item.cue.takes == {"عن"} and frame.kind == "comp" and s.norm[frame.first - 1] != "عن":
        return False
    if "strict" in marks:
        if frame.kind in ("quote", "colon") and "quote" not in item.cue.takes:
            return False
        if frame.kind == "comp":
            if "elliptic" in marks and s.prefix[place] and frame.first == place + 1:
                return True
            if speaker is None or item.rule not in ("after", "before"):
                return False
            return place == 0 and frame.first <= 30 or frame.first - place <= 14 and can_speak(s, *speaker)
        return frame.first - place <= 10
    return True


def _addressee(s: Sentence, place: int, frame: Frame, reader: Reader) -> tuple[int, int] | None:
    """Return the outlet that a speaker spoke to (قال لوكالة ...): it passes the words on."""
    for at in range(place + 1, min(frame.first, place + 20)):
        word = s.norm[at]
        if s.flags[at] & ADDRESSEE and not word.startswith("لل") or word == "ل" and s.flag(at + 1) & LATIN:
            last = min(phrase_after(s, at + 1, reader), frame.first)
            return (at, last) if last > at + 1 or word != "ل" else None
    return None


def _goes_on(s: Sentence, place: int) -> bool:
    return bool(s.prefix[place]) or place == 0 or s.norm[place - 1] in _GOES_ON


def _behind_marks(s: Sentence, place: int) -> bool:
    """The verb follows a closed quotation («...»، قال الوزير)."""
    at = place - 1
    while at >= max(0, place - 5) and at not in s.closes and s.flags[at] & (COMMA | DASH | STOP):
        at -= 1
    return at in s.closes and s.closes[at].end - s.closes[at].start > 25


def _border(s: Sentence, place: int, opener: int) -> int | None:
    """Return the token at which the clause of this verb begins, where it is coordinate with the one before."""
    if place == 0 or s.prefix[place]:
        return place
    if 0 <= opener < place and s.flags[opener] & OPENER:
        return opener
    at = place - 1
    while at > 0 and s.flags[at] & TIME:
        at -= 1
    if at > 0 and s.norm[at] in PRONOUNS and s.flags[at] & COMP:
        at -= 1
    if s.flags[at] & (COMMA | OPENER | STOP | DASH) or s.norm[at] in ("كما", "ثم", "و"):
        return at
    if 0 <= opener < place and s.flags[opener] & (OPENER | COMMA | STOP):
        return opener
    return None


def _read_relay(
    s: Sentence, place: int, item: Found, after: tuple[int, int] | None, reader: Reader, previous: str
) -> Found | None:
    """نقلت وكالة عن مسؤول قوله إن: the source behind عن speaks, the agency stands in the chain."""
    if s.flag(place - 1) & KAMA or previous in _WHAT:
        return None
    reach = min(len(s.norm), place + 50)
    source = "الي" if "الى" in item.cue.takes else "عن"
    about = next((k for k in range(place + 1, min(reach, place + 30)) if s.norm[k] == source), -1)
    content = -1
    for at in range(place + 1, reach):
        if (
            s.flags[at] & COMP
            and not is_ban(s, at)
            or at in s.opens
            and s.norm[at - 1] in (*SAYING, ":", "ان", "،", ",")
        ):
            content = at
            break
    if content < 0 and about > 0:
        content = next((k for k in range(about + 2, reach) if k in s.opens), -1)
    if content < 0:
        return None
    if 0 < about < content:
        last = phrase_after(s, about + 1, reader)
        item.speaker, item.rule = (about + 1, last) if last > about + 1 else None, "relay"
        item.chain = (after[0], min(after[1], about)) if after else None
    elif after and s.flags[content] & COMP:
        item.speaker, item.rule = (after[0], min(after[1], content)), "after"
    else:
        return None
    item.frame = Frame("quote", content, s.opens[content]) if content in s.opens else Frame("comp", content)
    return item


def _read_object(
    s: Sentence, item: Found, form: CueForm, before: tuple[int, int] | None, after: tuple[int, int] | None, first: int,
    reader: Reader, found: list[Found],
) -> Found | None:  # fmt: skip
    """Read a verb with an object alone (نفت الحكومة التقارير): only a speaker that can speak makes it report."""
    cue, place = item.cue, item.place
    if "believe" in cue.marks and form.form == "present" and not _two_parties(s, first):
        return None
    if before:
        item.speaker, item.rule, content = before, "before", place + 1
    elif after and can_speak(s, *after):
        last = split_parties(s, *after)
        item.speaker, item.rule, content = (after[0], last), "after", last
    elif after and form.form != "present":
        item.speaker, item.rule, content = inherit(s, found, place), "elliptic", first
        if item.speaker is None and (
            "elliptic" not in cue.marks and s.word(place - 1) != "كما" or not _goes_on(s, place)
        ):
            return None
    else:
        return None
    if item.speaker is not None and not can_speak(s, *item.speaker):
        return None
    while content < len(s.norm) and s.flags[content] & (TIME | COMMA):
        content += 1
    if s.flag(content) & REL:  # متحدث باسم الحركة التي تقاتل الحكومة مسؤوليتها عن
        content = next(
            (k for k in range(content + 1, min(content + 12, len(s.norm))) if begins_content(s.norm[k])), content
        )
    if content >= len(s.norm) or s.flags[content] & STOP or content - place > 25:
        return None
    if cue.pattern == "[تبنى]" and not s.norm[content].startswith(_CLAIMED):
        return None
    if "weak" in cue.marks and _is_silent(s, first, content):
        return None
    item.frame = Frame("object", content)
    return item


def _labels(cue: Cue) -> bool:
    """التي تعتبرها الوزارة خطرا: the pronoun is what is named, the rest what it is called."""
    return "describe" in cue.marks or "believe" in cue.marks and "np" in cue.takes


def _is_silent(s: Sentence, first: int, last: int) -> bool:
    words = s.norm[first : last + 2]
    hidden = any(a == "عدم" and b in ("ذكر", "كشف", "الكشف", "نشر") for a, b in zip(words, words[1:], strict=False))
    return hidden or any(word in _SILENCE for word in words[: last + 1 - first])


def _two_parties(s: Sentence, first: int) -> bool:
    """وتعتبر روسيا حركة طالبان ...: one that speaks and another within three words; else the verb may be passive."""
    return bool(s.flag(first) & (NAMED | PERSON)) and any(s.flag(k) & SAYER for k in range(first + 1, first + 4))
