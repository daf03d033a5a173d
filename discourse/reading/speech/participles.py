"""Cues that are no finite verbs: participles, verbal nouns and the phrases of saying."""

from discourse.reading.speech.contents import find_frame
from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import NO_VERB, can_speak, phrase_after, split_parties
from discourse.reading.speech.subjects import inherit, main_subject
from discourse.reading.speech.words import (
    COMMA,
    COMP,
    DASH,
    OPENER,
    PREP,
    REL,
    RULE,
    SAYER,
    STOP,
    TIME,
    VERBISH,
    WORDS,
    group,
    pattern,
    patterns,
)  # fmt: skip

__all__ = ["SAYING", "read_noun", "read_participle", "read_saying"]


SAYING = group("saying")
_OF_THE_TOLD = patterns("of_the_told")  # إبلاغ الشرطة بالأمر: the one told, not the one who tells
_SAY = Cue(pattern("saying_lemma"), "neutral", "noun", frozenset(["an", "quote"]), frozenset())
_OTHER_THAN = WORDS.one("other_than")
_TELLING = pattern("telling_participle")
_AND_PRESENT = WORDS.one("and_present")


def read_participle(s: Sentence, place: int, form: CueForm, reader: Reader, found: list[Found]) -> Found | None:
    """Read an accusative participle (مشيرا إلى): its speaker is that of the cue before, or the main subject."""
    cue = reader.cues[form.cue]
    if s.word(place - 1) in NO_VERB or s.word(place - 1) == _OTHER_THAN or s.flags[place] & RULE:
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
    apart = s.flag(before) & (COMMA | DASH) or before in s.closes or s.prefix[place] or place == 0
    if form.person in ("fs", "p") and not apart and frame.kind not in ("comp", "quote", "colon"):
        return None
    if (
        frame.kind in ("object", "attached")
        and not (apart or found)
        or place == 0
        and frame.kind not in ("comp", "quote", "colon")
    ):
        return None
    end = s.end[place]
    if (
        frame.kind in ("comp", "prep")
        and frame.first == place + 2
        and s.norm[place + 1] in group("governed_by_participle")
    ):
        end = s.end[place + 1]
    item = Found(place, s.start[place] + s.prefix[place], end, cue, "participle", "participle", frame=frame)
    if _joins(found, item, bool(apart)):
        return _take_over(found.pop(), item)
    item.speaker = inherit(s, found, place)
    if not found and place:
        item.speaker = main_subject(s, place, reader)
        if item.speaker is None and frame.kind in ("object", "attached"):
            return None
    item.border = before if s.flag(before) & COMMA else place
    return item


def _joins(found: list[Found], item: Found, apart: bool) -> bool:
    """وأضاف قائلا: the verb before leads to the same content; verb and participle are one cue."""
    if not found or found[-1].form != "verb" or found[-1].frame is None or item.frame is None:
        return False
    same = found[-1].frame.first == item.frame.first and found[-1].place < item.place
    return same or item.cue.pattern == _TELLING and found[-1].frame.kind in ("object", "prep", "attached") and not apart


def _take_over(previous: Found, item: Found) -> Found:
    item.border, item.rule, item.speaker, item.chain = previous.border, previous.rule, previous.speaker, previous.chain
    if item.speaker and item.speaker[1] > item.place:
        item.speaker = (item.speaker[0], item.place) if item.speaker[0] < item.place else None
    return item


def read_saying(s: Sentence, place: int, reader: Reader, found: list[Found]) -> Found | None:
    """Read بالقول، بقوله، قوله: the verbal noun of saying, completing a verb (اكتفى المتحدث بالقول)."""
    if found and found[-1].rule == "relay" and found[-1].frame and found[-1].frame.first > place:
        return None
    frame = find_frame(s, place, place + 1, _SAY, reader)
    if frame is None or frame.first - place > 12:
        return None
    item = Found(place, s.start[place], s.end[place], _SAY, "verb", "saying", frame=frame)
    if _joins(found, item, True):
        return _take_over(found.pop(), item)
    item.speaker = _saying_subject(s, place, reader) or inherit(s, found, place)
    return item


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
    """Read a verbal noun with its speaker and its content: إعلان الوزارة أن, وتأكيده بأن."""
    cue = reader.cues[form.cue]
    last = place + 1 if form.suffix else phrase_after(s, place + 1, reader)
    if not form.suffix and (last <= place + 1 or not can_speak(s, place + 1, last)):
        return None
    frame = find_frame(s, place, last, cue, reader)
    if frame is None or frame.kind not in ("comp", "prep", "attached"):
        return None
    if form.suffix and (frame.kind != "comp" or frame.first > last + 8):
        return None
    if cue.pattern in _OF_THE_TOLD and frame.kind != "comp":
        return None
    if frame.first > last + (22 if frame.kind == "comp" else 4):
        return None
    speaker = inherit(s, found, place) if form.suffix else (place + 1, split_parties(s, place + 1, last))
    return Found(place, s.start[place], s.end[place], cue, "noun", "noun", speaker=speaker, frame=frame)
