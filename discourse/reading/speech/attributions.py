"""Attributions: حسب، وفقا ل، نقلا عن، على حد قول, with or without a verb (حسب ما ذكر)."""

from discourse.reading.speech.sentences import NO_CUE, Found, Reader, Sentence
from discourse.reading.speech.speakers import phrase_after
from discourse.reading.speech.words import (
    ABOUT,
    COMMA,
    DEFINITE,
    EXTENT,
    FEMININE,
    FOR,
    FOR_THE,
    NUMBER,
    ON,
    RULE,
    SAYER,
    TIME,
    WORDS,
    group,
    is_sayer,
)  # fmt: skip

__all__ = ["read_attribution"]

_WORDING = WORDS.normal("wording")
_PARTICLES = WORDS.normal("behind_verb")
_SAYINGS = frozenset(FOR + word for word in WORDS.normal("sayings"))


def read_attribution(s: Sentence, place: int, reader: Reader) -> Found | None:
    """Read an attribution at ``place``; the source is its speaker, null where a pronoun stands (على حد قوله)."""
    if s.norm[place] == ON:
        return _read_wording(s, place, reader)
    word = s.norm[place]
    start, end, at = s.start[place], s.end[place], place + 1
    if word not in group("sources"):  # وحسب, فوفقا
        start, word = start + 1, word[1:]
    if word in group("taken_from"):
        if s.word(at) not in group("taken_from_whom"):
            return None
        end, at = s.end[at], at + 1
    elif s.word(at) in group("what_was_said"):
        at += 1
        if not _is_form(s, at, reader, "past", "present"):
            return None
    if word in group("as_was_said") and not _is_form(s, at, reader, "past", "present"):
        return None
    cue = None
    if _is_form(s, at, reader, "past", "present"):
        cue = reader.cues[reader.forms[s.form[at]].cue]
        end, at = s.end[at], at + 1
        while s.flag(at) & TIME:
            at += 1
        if s.word(at) in _PARTICLES:
            end, at = s.end[at], at + 1
    elif _is_form(s, at, reader, "noun") and at + 1 < len(s.norm) and not s.flags[at] & COMMA:
        cue = reader.cues[reader.forms[s.form[at]].cue]
        end, at = s.end[at], at + 1
    elif s.word(at) in _SAYINGS:
        end, at = s.end[at], at + 1
    last = phrase_after(s, at, reader, closing=place > 2) if at < len(s.norm) else at
    if last <= at or cue is None and not _is_source(s, at, place, word):
        return None
    item = Found(last - 1, start, end, cue or NO_CUE, "attribution", "attribution", speaker=(at, last), border=place)
    if cue is not None and "relay" in cue.marks and s.word(last) == ABOUT:  # وفق ما نقلته الوكالة عن ناطق
        source = phrase_after(s, last + 1, reader, closing=True)
        if source > last + 1:
            item.speaker, item.chain, item.place = (last + 1, source), (at, last), source - 1
    return item


def _is_form(s: Sentence, at: int, reader: Reader, *kinds: str) -> bool:
    return at < len(s.norm) and s.form[at] >= 0 and reader.forms[s.form[at]].form in kinds


def _is_source(s: Sentence, at: int, place: int, word: str) -> bool:
    """Tell a source from a rule or plan that one acts by (وفقا للقانون), where no verb of saying stands between."""
    flag, name = s.flags[at], s.norm[at]
    bare = name
    if name.startswith(FOR_THE):
        bare = name.removeprefix(FOR_THE)
    elif word in group("by_with_for"):
        bare = name.removeprefix(FOR)
    rules = group("rules_and_plans")
    if flag & RULE or bare in rules or flag & (NUMBER | TIME) or s.word(place - 1) in group("each"):
        return False
    if word in group("by") and (flag & DEFINITE or name.startswith(FOR_THE)):
        return bool(flag & SAYER) or is_sayer(bare)
    return bool(flag & SAYER) or not (flag & DEFINITE and name.endswith(FEMININE))


def _read_wording(s: Sentence, place: int, reader: Reader) -> Found | None:
    """على حد قول المتحدث، على حد تعبيره."""
    noun = s.word(place + 2)
    bare = next((n for n in _WORDING if noun.startswith(n)), None)
    if s.word(place + 1) != EXTENT or bare is None:
        return None
    at = place + 3
    item = Found(at - 1, s.start[place], s.end[at - 1], NO_CUE, "attribution", "attribution", border=place)
    if noun == bare:
        last = phrase_after(s, at, reader, closing=True) if at < len(s.norm) else at
        item.speaker = (at, last) if last > at else None
        item.place = max(at, last) - 1
    return item
