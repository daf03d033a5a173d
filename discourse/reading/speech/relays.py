"""Verbs by which an agency passes on the words of a source (نقلت الوكالة عن الوزير قوله إن)."""

from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.nouns import SAYING
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import is_ban, phrase_after
from discourse.reading.speech.words import ABOUT, COMP, GOVERNING, KAMA, TO, group

__all__ = ["read_relay"]

_WHAT = group("that_which")
_BEFORE_QUOTE = SAYING | group("that_or_pause")


def read_relay(
    s: Sentence, place: int, item: Found, after: tuple[int, int] | None, reader: Reader, previous: str
) -> Found | None:
    """نقلت وكالة عن مسؤول قوله إن: the source behind عن speaks, the agency stands in the chain."""
    if s.flag(place - 1) & KAMA or previous in _WHAT:
        return None
    reach = min(len(s.norm), place + 50)
    source = TO if GOVERNING[TO] in item.cue.takes else ABOUT
    about = next((k for k in range(place + 1, min(reach, place + 30)) if s.norm[k] == source), -1)
    content = -1
    for at in range(place + 1, reach):
        if s.flags[at] & COMP and not is_ban(s, at) or at in s.opens and s.norm[at - 1] in _BEFORE_QUOTE:
            content = at
            break
    if content < 0 and about > 0:
        content = next((k for k in range(about + 2, reach) if k in s.opens), -1)
    if content < 0:
        return _read_relayed_noun(s, item, after, about, reader)
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


def _read_relayed_noun(
    s: Sentence, item: Found, after: tuple[int, int] | None, about: int, reader: Reader
) -> Found | None:
    """نسبت الصحف إلى رئيس المخابرات تحذيره من انقلاب: the noun of speech holds what is said."""
    last = phrase_after(s, about + 1, reader) if about > 0 else 0
    form = reader.forms[s.form[last]] if 0 < last < len(s.norm) and s.form[last] >= 0 else None
    if last <= about + 1 or form is None or form.form != "noun" or not form.suffix:
        return None
    item.frame = find_frame(s, last, last + 1, reader.cues[form.cue], reader)
    if item.frame is None:
        return None
    item.speaker, item.rule = (about + 1, last), "relay"
    item.chain = (after[0], min(after[1], about)) if after else None
    return item
