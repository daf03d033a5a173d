"""Verbs of report with an object alone (نفت الحكومة التقارير)."""

from discourse.reading.speech.conditions import goes_on, has_other_sense, has_two_parties, is_silent
from discourse.reading.speech.cue_forms import CueForm
from discourse.reading.speech.parties import split_parties
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import can_speak, is_verbal_noun
from discourse.reading.speech.subjects import antecedent, inherit
from discourse.reading.speech.words import (
    AS_HE_SAID,
    COMMA,
    ON,
    PERSON,
    PERSON_NOUN,
    REL,
    SAYER,
    SOURCE,
    STOP,
    TIME,
    WORDS,
    begins_content,
    group,
    pattern,
)

__all__ = ["read_object"]

_CLAIMED = WORDS.normal("claimed")
_CLAIM = pattern("claim")
_UNCOVER = pattern("uncover")


def read_object(
    s: Sentence, item: Found, form: CueForm, before: tuple[int, int] | None, after: tuple[int, int] | None, first: int,
    reader: Reader, found: list[Found],
) -> Found | None:  # fmt: skip
    """Read a verb with an object alone (نفت الحكومة التقارير): only a speaker that can speak makes it report."""
    cue, place = item.cue, item.place
    if "believe" in cue.marks and form.form == "present" and not has_two_parties(s, first):
        return None
    relative = s.flag(place - 1) & REL and s.word(place - 1) not in group("where_or_what")
    if before:
        item.speaker, item.rule, content = before, "before", place + 1
    elif relative and form.form == "past" and not (after and s.flags[after[0]] & SAYER):
        item.speaker, item.rule, content = antecedent(s, place, reader), "relative", place + 1
        if item.speaker is None or not any(f & (PERSON | PERSON_NOUN) for f in s.flags[slice(*item.speaker)][:2]):
            return None  # المندوبة التي اشترطت حضور كابول, not الدولة التي عارضت
    elif after and can_speak(s, *after):
        last = split_parties(s, *after)
        item.speaker, item.rule, content = (after[0], last), "after", last
    elif (after or is_verbal_noun(s, place + 1)) and form.form != "present":
        item.speaker, item.rule, content = inherit(s, found, place, reader), "elliptic", first
        if item.speaker is None and (
            "elliptic" not in cue.marks and s.word(place - 1) != AS_HE_SAID or not goes_on(s, place)
        ):
            return None
    else:
        return None
    if item.speaker is not None and not can_speak(s, *item.speaker):
        return None
    while content < len(s.norm) and s.flags[content] & (TIME | COMMA):
        content += 1
    if s.flag(content) & SOURCE and s.flags[content - 1] & COMMA:  # ونفى الكرملين، بحسب تاس، الرواية
        content = next((k + 1 for k in range(content, min(content + 12, len(s.norm))) if s.flags[k] & COMMA), content)
    if s.flag(content) & REL:  # متحدث باسم الحركة التي تقاتل الحكومة مسؤوليتها عن
        content = next(
            (k for k in range(content + 1, min(content + 12, len(s.norm))) if begins_content(s.norm[k])), content
        )
    if content >= len(s.norm) or s.flags[content] & STOP or content - place > 25:
        return None
    if s.norm[content] == ON and cue.pattern == _UNCOVER and s.word(content + 1) not in group("on_which_one_speaks"):
        return None
    if cue.pattern == _CLAIM and not s.norm[content].startswith(_CLAIMED):
        return None
    if "weak" in cue.marks and is_silent(s, first, content):
        return None
    item.frame = Frame("object", content)
    if has_other_sense(s, item, item.frame):
        return None
    return item
