"""Verbal nouns of report (إعلان، تأكيده) and the phrases of saying (بالقول، قوله)."""

from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.participles import joins, take_over
from discourse.reading.speech.parties import split_parties
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import can_speak, is_verbal_noun, phrase_after
from discourse.reading.speech.subjects import inherit, main_subject
from discourse.reading.speech.words import (
    ABOUT,
    COMMA,
    COMP,
    DEFINITE,
    NAMED,
    OF,
    OPENER,
    PASSIVE,
    PERSON,
    PREP,
    REL,
    SAYER,
    STOP,
    TIME,
    VERBISH,
    WORDS,
    group,
    pattern,
    patterns,
)  # fmt: skip

__all__ = ["SAYING", "read_noun", "read_saying"]

SAYING = group("saying")
_REFUSE = patterns("refuse")
_OF_THE_TOLD = patterns("of_the_told")  # إبلاغ الشرطة بالأمر: the one told, not the one who tells
_SAY = Cue(pattern("saying_lemma"), "neutral", "noun", frozenset(["an", "quote"]), frozenset())
_AND_PRESENT = WORDS.one("and_present")


def read_saying(s: Sentence, place: int, reader: Reader, found: list[Found]) -> Found | None:
    """Read بالقول، بقوله، قوله: the verbal noun of saying, completing a verb (اكتفى المتحدث بالقول)."""
    if _is_relayed(found, place):
        return None
    frame = find_frame(s, place, place + 1, _SAY, reader)
    if frame is None or frame.first - place > 12:
        return None
    item = Found(place, s.start[place], s.end[place], _SAY, "verb", "saying", frame=frame)
    if joins(found, item, True):
        return take_over(found.pop(), item)
    item.speaker = _saying_subject(s, place, reader) or inherit(s, found, place, reader)
    if item.speaker is None and not found and place > 2:
        item.speaker = main_subject(s, place, reader)
    return item


def _is_relayed(found: list[Found], place: int) -> bool:
    """نقلت الوكالة عن الرئيس قوله إن، تأكيده أن: the verb of relay is the cue."""
    last = found[-1] if found else None
    relays = last is not None and (last.rule == "relay" or last.rule == "passive" and "relay" in last.cue.marks)
    return relays and last is not None and last.frame is not None and last.frame.first > place


def _saying_subject(s: Sentence, place: int, reader: Reader) -> tuple[int, int] | None:
    """Return the subject of the verb that بالقول completes."""
    at = place - 1
    while at >= max(0, place - 14) and not s.flags[at] & (COMMA | STOP | OPENER | PREP | COMP | REL):
        if s.flags[at] & SAYER:
            first = at
            while first > 0 and s.flags[first - 1] & SAYER:
                first -= 1
            return first, place
        at -= 1
    first = at + 2
    if first < place and not s.flags[first] & (TIME | PREP) and not s.flag(at) & PREP:
        return first, place
    if s.flags[0] & VERBISH or s.norm[0].startswith(_AND_PRESENT):
        last = phrase_after(s, 1, reader) if len(s.norm) > 1 else 1
        return (1, last) if 1 < last < place else None
    return None


def read_noun(s: Sentence, place: int, form: CueForm, reader: Reader, found: list[Found]) -> Found | None:
    """Read a verbal noun with its speaker and its content: إعلان الوزارة أن, وتأكيده بأن, تهديدات من قبل الحركة ب."""
    cue = reader.cues[form.cue]
    if form.suffix and _is_relayed(found, place) or _is_no_noun(s, place, form):
        return None
    last = place + 1 if form.suffix else phrase_after(s, place + 1, reader)
    held = form.suffix or last > place + 1 and can_speak(s, place + 1, last)
    first = place + 1
    unsaid = False
    if not held:
        first, last = _far_holder(s, place, reader)
        if last <= first:
            unsaid = any(s.flags[k] & PASSIVE for k in range(max(0, place - 4), place))  # وُجهت إلى طهران اتهامات ب
            if not unsaid:
                return None
            first, last = place + 1, place + 1
    frame = find_frame(s, place, last, cue, reader)
    if frame is None and "np" in cue.takes and not form.suffix and is_verbal_noun(s, last):
        frame = Frame("object", last)  # طلب كازاخستان تأجيل القمة
    if frame is None or frame.kind not in ("comp", "prep", "attached", "object"):
        return None
    if form.suffix and (frame.kind != "comp" or frame.first > last + 8):
        return None
    if form.suffix and found and found[-1].frame and found[-1].frame.first == frame.first:
        return None  # رأى الخبراء خلال حديثهم أن: the verb is the cue
    if frame.kind == "comp" and _goes_to_another(s, last, frame.first, reader):
        return None
    if frame.kind == "object" and cue.category == "denying" and "weak" in cue.marks:
        return None
    if cue.pattern in _REFUSE and frame.kind == "comp" and s.form[frame.first + 1 : frame.first + 2] > [-1]:
        return None  # رفض الوزير أن يقول
    if frame.kind == "prep" and s.norm[frame.first] == OF and frame.first > last:
        return None  # طلب صاحب الشأن أو فقد أي من الشروط
    if cue.pattern in _OF_THE_TOLD and frame.kind != "comp":
        return None
    if frame.first > last + (22 if frame.kind == "comp" else 4):
        return None
    if form.suffix:
        speaker = inherit(s, found, place, reader)
        if speaker is None and not found and place > 2:
            speaker = main_subject(s, place, reader)
    else:
        speaker = None if unsaid else (first, split_parties(s, first, last))
    return Found(place, s.start[place], s.end[place], cue, "noun", "noun", speaker=speaker, frame=frame)


def _is_no_noun(s: Sentence, place: int, form: CueForm) -> bool:
    """Tell whether nothing is said (عدم اعتراض), it is an occasion (في حديثه) or part of a name (وسائل إعلام)."""
    previous, before = s.word(place - 1), s.flag(place - 1)
    if previous in group("no_noun") or form.suffix and previous in group("on_occasion_of"):
        return True
    return s.norm[place] in group("part_of_a_name") and before & SAYER > 0 and not before & (DEFINITE | NAMED | PERSON)


def _goes_to_another(s: Sentence, first: int, last: int, reader: Reader) -> bool:
    """Tell whether a clause or another cue holds what is said (آراء الأحزاب التي من المنتظر أن، شكره مؤكدا أن)."""
    for at in range(first, last):
        other = s.form[at] >= 0 and reader.forms[s.form[at]].form in ("past", "present", "participle")
        if s.flags[at] & REL or s.norm[at] in SAYING or other and not s.flags[at] & SAYER:
            return True
    return False


def _far_holder(s: Sentence, place: int, reader: Reader) -> tuple[int, int]:
    """Return who holds a noun of speech from afar (من قبل الحركة، وجهتها كابل); first == last for none."""
    none = (place + 1, place + 1)
    at = place + 1
    while at < min(place + 4, len(s.norm)) and not s.flags[at] & (COMMA | STOP | COMP):
        word, follows = s.norm[at], s.word(at + 1)
        two_words = word == OF and follows in group("on_behalf") or word in group("issued") and follows == ABOUT
        if two_words or word == OF or word in group("uttered") or word in group("uttered_by"):
            begin = at + 1 + (two_words or word in group("uttered_by"))
            last = phrase_after(s, begin, reader) if begin < len(s.norm) else begin
            return (begin, last) if last > begin and can_speak(s, begin, last) else none
        at += 1
    return none
