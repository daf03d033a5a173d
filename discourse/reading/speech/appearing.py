"""Words that stand in a text (جاء في البيان أن، ورد في رسالته): the text speaks."""

from discourse.reading.speech.cue_forms import CueForm
from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.sentences import Found, Reader, Sentence
from discourse.reading.speech.speakers import NO_VERB, phrase_after
from discourse.reading.speech.words import COLON, IN, KAMA, SAYER, TIME, bare_of, group

__all__ = ["names_text", "read_appearing"]

_NEAR = 3  # tokens between the text and what stands in it


def read_appearing(s: Sentence, place: int, form: CueForm, reader: Reader) -> Found | None:
    """Read a verb of appearing with the text behind في and what it says behind أن, a colon or in marks."""
    if s.flag(place - 1) & KAMA or s.word(place - 1) in NO_VERB or s.word(place - 1) in group("that_which"):
        return None
    at = place + 1
    while s.flag(at) & TIME:
        at += 1
    if s.word(at) != IN or not names_text(s, at + 1):
        return None
    last = phrase_after(s, at + 1, reader)
    cue = reader.cues[form.cue]
    frame = find_frame(s, at, last, cue, reader) if last > at + 1 else None
    if frame is None or frame.kind not in ("comp", "quote", "colon") or frame.first - last > _NEAR:
        return None
    if frame.kind == "quote" and not s.flags[frame.first - 1] & COLON and not _is_text(s, at + 1):
        return None  # جاء في المركز الثاني فيلم «...»
    item = Found(place, s.start[place] + s.prefix[place], s.end[place], cue, "verb", "in a text", frame=frame)
    item.speaker = (at + 1, last)
    item.border = place
    return item


def names_text(s: Sentence, at: int) -> bool:
    """Tell whether a text or one that speaks is named at a place."""
    return _is_text(s, at) or s.flag(at) & SAYER > 0


def _is_text(s: Sentence, at: int) -> bool:
    return bare_of(s.word(at)) in group("texts")
