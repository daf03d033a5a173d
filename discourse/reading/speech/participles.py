"""Accusative participles of report (مشيرا إلى), which tell what else the subject says."""

from discourse.reading.speech.cue_forms import CueForm
from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import NO_VERB, can_speak, phrase_after
from discourse.reading.speech.subjects import inherit, main_subject
from discourse.reading.speech.words import (
    ACCUSATIVE,
    AND,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    NUMBER,
    OPENER,
    PERSON,
    PERSON_NOUN,
    PREP,
    REL,
    RULE,
    SAYER,
    STOP,
    WORDS,
    group,
    pattern,
)  # fmt: skip

__all__ = ["joins", "read_participle", "take_over"]


_OTHER_THAN = WORDS.one("other_than")
_AHEAD = 40  # tokens of what a participle at the head of its sentence says
_TELLING = pattern("telling_participle")


def read_participle(s: Sentence, place: int, form: CueForm, reader: Reader, found: list[Found]) -> Found | None:
    """Read an accusative participle (مشيرا إلى): its speaker is that of the cue before, or the main subject."""
    cue = reader.cues[form.cue]
    if s.word(place - 1) in NO_VERB or s.word(place - 1) == _OTHER_THAN or s.flags[place] & RULE:
        return None
    if s.flag(place - 1) & NUMBER and not s.prefix[place]:  # 431 متهما
        return None
    frame = find_frame(s, place, place + 1, cue, reader)
    if (
        frame is None
        and "np" in cue.takes
        and place + 1 < len(s.norm)
        and not s.flags[place + 1] & (STOP | COMMA | PREP)
    ):
        frame = Frame("object", place + 1)
    if frame is None:
        return None
    before = place - 1
    object_ending = s.flags[place] & ACCUSATIVE and form.person == "fs"  # واعدةً
    apart = object_ending or s.flag(before) & (COMMA | DASH) or before in s.closes or s.prefix[place] or place == 0
    if form.person in ("fs", "p") and not apart and frame.kind not in ("comp", "quote", "colon"):
        return None
    loose = frame.kind in ("object", "attached")
    if loose and not (apart or found) and not _tells(s, place, form, reader):
        return None
    end = s.end[place]
    if (
        frame.kind in ("comp", "prep")
        and frame.first == place + 2
        and s.norm[place + 1] in group("governed_by_participle")
    ):
        end = s.end[place + 1]
    item = Found(place, s.start[place] + s.prefix[place], end, cue, "participle", "participle", frame=frame)
    if joins(found, item, bool(apart)):
        return take_over(found.pop(), item)
    item.speaker = inherit(s, found, place, reader)
    if not found and place <= 1 and item.speaker is None:
        _read_ahead(s, item, frame, reader)
        if item.speaker is None and frame.kind not in ("comp", "quote", "colon"):
            return None
    elif not found and place:
        item.speaker = main_subject(s, place, reader)
        if item.speaker is None and frame.kind in ("object", "attached"):
            return None
    item.border = before if s.flag(before) & COMMA else place
    return item


def _tells(s: Sentence, place: int, form: CueForm, reader: Reader) -> bool:
    """Tell whether one that speaks is the subject of the sentence (خرج الناطق معلناً انتهاء العملية)."""
    subject = main_subject(s, place, reader) if s.flags[place] & ACCUSATIVE and form.person == "ms" else None
    return subject is not None and s.flags[subject[0]] & (PERSON_NOUN | PERSON) > 0


def _read_ahead(s: Sentence, item: Found, frame: Frame, reader: Reader) -> None:
    """Find the subject in the clause behind a participle at the head of its sentence (منبها إلى أن ...، غادر فلان)."""
    for comma in range(frame.first + 1, min(frame.first + _AHEAD, len(s.norm) - 2)):
        apart = COMP | REL | OPENER | PREP | SAYER | DEFINITE
        if s.flags[comma] & COMMA and not s.flags[comma + 1] & apart and not s.norm[comma + 1].startswith(AND):
            last = phrase_after(s, comma + 2, reader)
            if last > comma + 2 and can_speak(s, comma + 2, last):
                item.speaker, item.stop = (comma + 2, last), comma
                return


def joins(found: list[Found], item: Found, apart: bool) -> bool:
    """وأضاف قائلا: the verb before leads to the same content; verb and participle are one cue."""
    if not found or found[-1].form != "verb" or found[-1].frame is None or item.frame is None:
        return False
    same = found[-1].frame.first == item.frame.first and found[-1].place < item.place
    return same or item.cue.pattern == _TELLING and found[-1].frame.kind in ("object", "prep", "attached") and not apart


def take_over(previous: Found, item: Found) -> Found:
    """Return ``item`` with the clause, rule, speaker and chain of the verb before that leads to it."""
    item.border, item.rule, item.speaker, item.chain = previous.border, previous.rule, previous.speaker, previous.chain
    if item.speaker and item.speaker[1] > item.place:
        item.speaker = (item.speaker[0], item.place) if item.speaker[0] < item.place else None
    return item
