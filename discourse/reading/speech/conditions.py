"""What a verb of report must hold to: what only looks like one, and what its kind asks of speaker and content."""

from bisect import bisect_left

from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.frames import LONG
from discourse.reading.speech.sentences import Found, Frame, Sentence
from discourse.reading.speech.speakers import NO_VERB, PRONOUNS, can_speak, carries_preposition
from discourse.reading.speech.words import (
    ABOUT,
    ACCUSATIVE,
    ADDRESSEE,
    COLON,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    GOVERNING,
    GRAMMAR,
    KAMA,
    NAMED,
    NUMBER,
    PASSIVE,
    PERSON,
    REL,
    SAYER,
    STOP,
    THAT,
    TIME,
    VERBISH,
    WITH,
    WORDS,
    bare_of,
    group,
    pattern,
    patterns,
)  # fmt: skip

__all__ = [
    "ACCUSE",
    "IMPERSONAL",
    "SHORT",
    "can_report",
    "comes_last",
    "follows_noun",
    "goes_on",
    "has_other_sense",
    "has_two_parties",
    "holds",
    "is_behind_marks",
    "is_silent",
    "is_thus",
    "labels",
]

ACCUSE = pattern("accuse")
_POINT = pattern("point")
_ACROSS_OR_EXPRESS = pattern("across_or_express")
IMPERSONAL = patterns("impersonal")
_RECOGNISE = patterns("recognise")
_OF_MANY = WORDS.normal("endings_of_people")
_TELL = pattern("tell")
_SEE = pattern("see")
_REFUSE = patterns("refuse")
_NO_DAMMA = WORDS["no_damma"]
SHORT = 8  # characters up to which words in marks before a verb are a name, not what is said
_CARRIES = frozenset(["an", "quote", "colon"])
_GOES_ON = group("goes_on")
_SHE, _LACK = GRAMMAR.one("she"), WORDS.one("lack")


def can_report(s: Sentence, place: int, form: CueForm, cue: Cue, previous: str, found: list[Found]) -> bool:
    """Tell a verb of report from what only looks like one."""
    if previous in NO_VERB or previous in group("not_yet"):
        return False
    if form.person == "first" and not s.norm[place].endswith(_SHE) and not _tells_itself(s, place, form):
        return False
    if form.form == "past" and not s.prefix[place] and (s.flag(place - 1) & VERBISH or carries_preposition(previous)):
        return False
    if form.suffix and "relay" in cue.marks or form.form == "present" and previous in group("possible"):
        return False
    if s.flags[place] & (TIME | ACCUSATIVE):  # براً وجواً
        return False
    if s.flags[place] & PASSIVE and (
        cue.pattern in IMPERSONAL or "relay" in cue.marks or cue.pattern[1:2] in _NO_DAMMA
    ):  # يُذكر أن، يُدعى
        return False
    if cue.pattern == _ACROSS_OR_EXPRESS and not (
        s.prefix[place] or place == 0 or previous in _GOES_ON or s.word(place + 1) == ABOUT
    ):
        return False  # عبر is also the preposition "across"
    sure = s.prefix[place] or place == 0 or previous in group("sure_before_strict") or is_behind_marks(s, place)
    if cue.pattern == _TELL and form.form == "present" and any(s.flag(k) & NUMBER for k in (place + 1, place + 2)):
        return False
    if "strict" in cue.marks and not sure:
        return False
    # the speaker on his own act: قال إنه طالب ...
    return not (previous in PRONOUNS and any(f.frame and f.frame.first == place - 1 for f in found[-2:]))


def _tells_itself(s: Sentence, place: int, form: CueForm) -> bool:
    """Inside marks, we said with what was said (فقلنا: لا)."""
    at = place + 1
    while s.flag(at) & (TIME | ADDRESSEE) and at < place + 3:
        at += 1
    said = s.flag(at) & (COMP | COLON) or at in s.opens
    return form.form == "past" and not form.suffix and s.inside(place) is not None and bool(said)


def is_thus(s: Sentence, place: int) -> bool:
    """The verb refers to what stands in the sentence before (هكذا لخص، بهذه الكلمات ختم)."""
    if s.word(place - 1) in group("thus"):
        return place == 1
    return s.word(place - 1) in group("words_of_his") and s.word(place - 2) in group("by_these") and place == 2


def has_other_sense(s: Sentence, item: Found, frame: Frame) -> bool:
    """A thing one can touch or an act of order is the object (أضاف الماء، شددت الشرطة الحراسة): nothing is said."""
    if frame.kind not in ("object", "prep", "attached"):
        return False
    if item.cue.pattern in _RECOGNISE and frame.kind == "attached":  # اعترفت الهند بالنظام: an act
        named = s.flags[frame.first] & (NAMED | PERSON)
        if named or bare_of(s.norm[frame.first].removeprefix(WITH)) in group("recognised"):
            return True
    if frame.kind == "prep" and s.word(frame.first + 1) in group("meals"):  # دعا جيرانه إلى العشاء
        return True
    if item.cue.pattern == _SEE and frame.kind == "prep":  # رأت المفوضية في القرار نكسة
        percent = s.word(frame.first + 1) in group("percent")
        near = item.speaker is not None and item.speaker[1] == frame.first and can_speak(s, *item.speaker)
        next_to = frame.first == item.place + 1
        return percent or not near and not (item.rule == "elliptic" and next_to and goes_on(s, item.place))
    last = min(frame.first + (frame.kind == "object"), len(s.norm))
    if item.speaker is not None and item.speaker[0] > item.place:  # what stands beside the subject, not farther on
        last = min(last, item.speaker[1] + 1)
    return any(
        bare_of(s.norm[k]) in group("things") and not (s.flags[k - 1] & SAYER and not s.flags[k - 1] & DEFINITE)
        for k in range(item.place + 1, last)
    )


def follows_noun(s: Sentence, place: int) -> bool:
    """The word before is a plain noun: the subject, and none that speaks (النتيجة تفيد)."""
    at = place - 1
    return at >= 0 and not s.prefix[place] and s.flags[at] in (0, DEFINITE) and at not in s.closes and s.form[at] < 0


def holds(s: Sentence, item: Found, form: CueForm, frame: Frame, previous: str, after: tuple[int, int] | None) -> bool:
    """Tell whether a verb with a frame reports speech: what its kind asks of speaker and frame."""
    marks, speaker, place = item.cue.marks, item.speaker, item.place
    if has_other_sense(s, item, frame) or _refuses_to_speak(s, item, frame):
        return False
    if form.form == "present" and item.cue.pattern in IMPERSONAL and item.rule == "elliptic":
        return False
    if "weak" in marks and item.rule == "elliptic" and not goes_on(s, place):
        return False
    if speaker is None and item.rule not in ("first person", "passive"):
        if frame.kind != "quote" and s.inside(place) is not None:
            return False
        if "believe" in marks:
            return False
        labelled = form.suffix and frame.kind == "attached" and s.flag(place - 1) & REL  # الذي يتهمونه بـ
        if (frame.kind == "attached" or "weak" in marks) and not goes_on(s, place) and not labelled:
            return False
    if frame.kind == "attached" and speaker is not None and item.rule == "after":
        head = s.flags[speaker[0]]
        if head & DEFINITE and not head & SAYER and not s.norm[speaker[0]].endswith(_OF_MANY):
            return False  # تبلغ الديون بذمة العراق: a thing
    if "describe" in marks and item.rule == "elliptic" and not form.suffix and not s.prefix[place]:
        return False
    if speaker is not None and not can_speak(s, *speaker):
        if "weak" in marks or item.cue.pattern == _POINT and frame.kind == "prep":
            return False
    if "weak" in marks and is_silent(s, after[0] if after else place, frame.first):
        return False
    if item.cue.takes == {GOVERNING[ABOUT]} and frame.kind == "comp" and s.norm[frame.first - 1] != ABOUT:
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


def _refuses_to_speak(s: Sentence, item: Found, frame: Frame) -> bool:
    """رفض أن يقول أين كان: nothing is said."""
    near = frame.first == item.place + 1 or item.speaker is not None and frame.first == item.speaker[1]
    refuses = item.cue.pattern in _REFUSE and frame.kind == "comp" and near
    return refuses and s.word(frame.first) == THAT and s.form[frame.first + 1 : frame.first + 2] > [-1]


def goes_on(s: Sentence, place: int) -> bool:
    """Tell whether a verb goes on with what was said: it stands first, or behind و, كما, قد."""
    return bool(s.prefix[place]) or place == 0 or s.norm[place - 1] in _GOES_ON


def is_behind_marks(s: Sentence, place: int) -> bool:
    """The verb follows a closed quotation («...»، قال الوزير)."""
    at = place - 1
    while at >= max(0, place - 5) and at not in s.closes and s.flags[at] & (COMMA | DASH | STOP):
        at -= 1
    return at in s.closes and s.closes[at].end - s.closes[at].start > SHORT


def comes_last(s: Sentence, place: int, form: CueForm, cue: Cue, after: tuple[int, int] | None) -> bool:
    """Tell whether a verb without a frame follows what is said: behind كما, a closed quotation, or أن at the head.

    It must carry words (not ألقى محاضرة). A pronoun refers to what stands in the marks («إعلان» أقره المجلس), marks on
    a lone letter hold a term (بـ«...»), and few words without a pause the subject of the verb («الدار» ترفض بيعه).
    """
    if not cue.takes & _CARRIES:
        return False
    speaks = after is not None and can_speak(s, *after)
    if s.flag(place - 1) & KAMA and place > 1:
        return speaks or "np" not in cue.takes
    if not is_behind_marks(s, place):
        return bool(s.flags[0] & COMP) and place > 2 and s.flags[place - 1] & COMMA > 0
    close = next(at for at in range(place - 1, -1, -1) if at in s.closes)
    span = s.closes[close]
    opens = bisect_left(s.start, span.opens)
    short = close == place - 1 and span.end - span.start <= LONG
    paused = not short or form.form == "past" and speaks and not s.prefix[place]
    return paused and not form.suffix and len(s.word(opens - 1)) != 1


def labels(cue: Cue) -> bool:
    """التي تعتبرها الوزارة خطرا: the pronoun is what is named, the rest what it is called."""
    return "describe" in cue.marks or "believe" in cue.marks and "np" in cue.takes


def is_silent(s: Sentence, first: int, last: int) -> bool:
    """Tell whether the words report that nothing was said (رفض التعليق، عدم ذكر)."""
    words = s.norm[first : last + 2]
    hidden = any(a == _LACK and b in group("not_told") for a, b in zip(words, words[1:], strict=False))
    return hidden or any(word in group("silence") for word in words[: last + 1 - first])


def has_two_parties(s: Sentence, first: int) -> bool:
    """وتعتبر روسيا حركة طالبان ...: one that speaks and another within three words; else the verb may be passive."""
    return bool(s.flag(first) & (NAMED | PERSON)) and any(s.flag(k) & SAYER for k in range(first + 1, first + 4))
