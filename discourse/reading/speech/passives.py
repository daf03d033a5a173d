"""Verbs of report in the passive (قيل إن، نُقل عن): who speaks is left unsaid, or stands behind a preposition."""

from discourse.reading.speech.cue_forms import CueForm
from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import NO_VERB, phrase_after, subject_after
from discourse.reading.speech.subjects import behind_tongue
from discourse.reading.speech.words import ABOUT, COMMA, GOVERNING, OF, STOP, TIME, TO, group

__all__ = ["find_agent", "read_passive"]

_REACH = 14  # tokens between a passive and its content
_ADDRESSING = frozenset(["direct"])
_DIRECTED = ("prep", "attached")
_HIS_WORDS = group("his_saying")


def read_passive(s: Sentence, place: int, form: CueForm, reader: Reader) -> Found | None:
    """Read a passive verb of report; its speaker is the source behind عن, على لسان or من قبل, else null."""
    cue = reader.cues[form.cue]
    if s.word(place - 1) in NO_VERB or s.word(place - 1) in group("not_yet"):
        return None
    item = Found(place, s.start[place] + s.prefix[place], s.end[place], cue, "verb", "passive")
    item.border = place if place == 0 or s.prefix[place] or s.flags[place - 1] & COMMA else None
    if "relay" in cue.marks:
        return _read_relayed(s, item, reader)
    after = subject_after(s, place, reader)[1]
    frame = find_frame(s, place, max(place + 1, after), cue, reader)
    if frame is None or frame.first - place > _REACH:
        return None
    directs = cue.marks & _ADDRESSING or cue.category == "accusing" or GOVERNING[OF] in cue.takes
    if frame.kind in _DIRECTED and not directs and GOVERNING[TO] not in cue.takes:
        return None
    if frame.kind == "attached" and cue.category == "neutral":  # أُبلغ الرئيس بالزيارة: told, not what was said
        return None
    if frame.kind == "object" or "strict" in cue.marks and frame.kind not in ("comp", "quote", "colon"):
        return None
    item.frame, item.speaker = frame, find_agent(s, place, frame.first, reader)
    return item


def _read_relayed(s: Sentence, item: Found, reader: Reader) -> Found | None:
    """نُقل عن دبلوماسي أن، نُسب إلى مصدر قوله إن."""
    at, cue = item.place + 1, item.cue
    while s.flag(at) & TIME:
        at += 1
    if s.word(at) not in (ABOUT, TO) or GOVERNING.get(s.word(at)) not in cue.takes or at + 1 >= len(s.norm):
        return None
    last = phrase_after(s, at + 1, reader)
    if last <= at + 1:
        return None
    item.cue_end, item.speaker = s.end[at], (at + 1, last)
    saying = last < len(s.norm) and s.norm[last] in _HIS_WORDS
    frame = find_frame(s, at, last + saying, cue, reader)
    if frame is None or frame.kind not in ("comp", "quote", "colon") or frame.first - last > _REACH:
        opened = next((k for k in range(last, min(last + 4, len(s.norm))) if k in s.opens), -1)
        if opened < 0:
            return None
        frame = Frame("quote", opened, s.opens[opened])
    item.frame = frame
    return item


def find_agent(s: Sentence, place: int, last: int, reader: Reader) -> tuple[int, int] | None:
    """Return the phrase behind من قبل, من جانب or على لسان between a passive and its content."""
    for at in range(place + 1, min(last, len(s.norm) - 2)):
        if s.flags[at] & STOP:
            break
        if s.norm[at] == OF and s.norm[at + 1] in group("on_behalf"):
            end = min(phrase_after(s, at + 2, reader), last)
            return (at + 2, end) if end > at + 2 else None
    return behind_tongue(s, place, last, reader)
