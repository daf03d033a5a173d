"""Attributions: حسب، وفقا ل، نقلا عن، على حد قول, with or without a verb (حسب ما ذكر)."""

from discourse.reading.speech.sentences import NO_CUE, Found, Reader, Sentence
from discourse.reading.speech.speakers import phrase_after
from discourse.reading.speech.words import COMMA, DEFINITE, NUMBER, RULE, SAYER, TIME, group, is_sayer

__all__ = ["read_attribution"]

_WORDING = ("قول", "تعبير", "وصف", "زعم")
_PARTICLES = ("عن", "عنه", "عنها", "الي", "به", "بها", "عليه", "له")
_SAYINGS = (
    "اعتقاد",
    "قول",
    "اقوال",
    "تصريحات",
    "تصريح",
    "مزاعم",
    "افادة",
    "افادات",
    "تاكيد",
    "تاكيدات",
    "اعلان",
    "تقدير",
)


def read_attribution(s: Sentence, place: int, reader: Reader) -> Found | None:
    """Read an attribution at ``place``; the source is its speaker, null where a pronoun stands (على حد قوله)."""
    if s.norm[place] == "علي":
        return _read_wording(s, place, reader)
    word = s.norm[place]
    start, end, at = s.start[place], s.end[place], place + 1
    if word not in group("sources"):  # وحسب, فوفقا
        start, word = start + 1, word[1:]
    if word in ("نقلا", "استنادا"):
        if s.word(at) not in ("عن", "الي"):
            return None
        end, at = s.end[at], at + 1
    elif s.word(at) in ("ما", "لما"):
        at += 1
        if not _is_form(s, at, reader, "past", "present"):
            return None
    if word in ("حسبما", "وفقما") and not _is_form(s, at, reader, "past", "present"):
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
    elif s.word(at)[:1] == "ل" and s.word(at)[1:] in _SAYINGS:
        end, at = s.end[at], at + 1
    last = phrase_after(s, at, reader, closing=place > 2) if at < len(s.norm) else at
    if last <= at or cue is None and not _is_source(s, at, place, word):
        return None
    item = Found(last - 1, start, end, cue or NO_CUE, "attribution", "attribution", speaker=(at, last), border=place)
    if cue is not None and "relay" in cue.marks and s.word(last) == "عن":  # وفق ما نقلته الوكالة عن ناطق
        source = phrase_after(s, last + 1, reader, closing=True)
        if source > last + 1:
            item.speaker, item.chain, item.place = (last + 1, source), (at, last), source - 1
    return item


def _is_form(s: Sentence, at: int, reader: Reader, *kinds: str) -> bool:
    return at < len(s.norm) and s.form[at] >= 0 and reader.forms[s.form[at]].form in kinds


def _is_source(s: Sentence, at: int, place: int, word: str) -> bool:
    """Tell a source from a rule or plan that one acts by (وفقا للقانون), where no verb of saying stands between."""
    flag, name = s.flags[at], s.norm[at]
    bare = (
        name[2:] if name.startswith("لل") else name[1:] if name.startswith("ل") and word in ("وفقا", "طبقا") else name
    )
    rules = group("rules_and_plans")
    if flag & RULE or bare in rules or flag & (NUMBER | TIME) or s.word(place - 1) in ("كل", "كلا"):
        return False
    if word in ("وفق", "وفقا", "طبقا") and (flag & DEFINITE or name.startswith("لل")):
        return bool(flag & SAYER) or is_sayer(bare)
    return bool(flag & SAYER) or not (flag & DEFINITE and name.endswith("ة"))


def _read_wording(s: Sentence, place: int, reader: Reader) -> Found | None:
    """على حد قول المتحدث، على حد تعبيره."""
    noun = s.word(place + 2)
    bare = next((n for n in _WORDING if noun.startswith(n)), None)
    if s.word(place + 1) != "حد" or bare is None:
        return None
    at = place + 3
    item = Found(at - 1, s.start[place], s.end[at - 1], NO_CUE, "attribution", "attribution", border=place)
    if noun == bare:
        last = phrase_after(s, at, reader, closing=True) if at < len(s.norm) else at
        item.speaker = (at, last) if last > at else None
        item.place = max(at, last) - 1
    return item
