"""Attributions: حسب، وفقا ل، نقلا عن، على حد قول, with or without a verb (حسب ما ذكر)."""

from discourse.reading.speech.appearing import names_text
from discourse.reading.speech.cue_forms import Cue
from discourse.reading.speech.sentences import NO_CUE, Found, Reader, Sentence
from discourse.reading.speech.speakers import can_speak, phrase_after
from discourse.reading.speech.words import (
    ABOUT,
    ARTICLE,
    AS_HE_SAID,
    COMMA,
    CONJUNCTIONS,
    DEFINITE,
    EXTENT,
    FEMININE,
    FOR,
    FOR_THE,
    IN,
    NUMBER,
    ON,
    PERSON_NOUN,
    RULE,
    SAYER,
    SOURCE,
    STOP,
    TIME,
    WHAT,
    WORDS,
    group,
    is_sayer,
)  # fmt: skip

__all__ = ["opens_attribution", "read_attribution"]

_WORDING = WORDS.normal("wording")
_SIDE = WORDS.one("view_side")
_PARTICLES = WORDS.normal("behind_verb")
_SAYINGS = frozenset(FOR + word for word in WORDS.normal("sayings"))


def opens_attribution(s: Sentence, place: int) -> bool:
    """Tell whether a phrase of attribution may begin here: حسب، على حد قول، على ما قال، في رأي، كما جاء في.

    Which of them it is, ``read_attribution`` finds.
    """
    if s.flags[place] & SOURCE:
        return True
    word = s.norm[place]
    if word not in group("opens_source"):
        word = word[1:] if word.startswith(CONJUNCTIONS) else ""
    follows = s.word(place + 1)
    if word == ON:
        apart = place == 0 or s.flags[place - 1] & COMMA > 0 or place - 1 in s.closes
        return follows == EXTENT or apart and (follows == WHAT or follows in group("on_whose"))
    if word in group("in_or_of"):
        if not (place == 0 or s.flags[place - 1] & COMMA or place - 1 in s.closes or word != s.norm[place]):
            return False
        return follows in group("views") or follows == _SIDE and s.word(place + 2) in group("views")
    return word == AS_HE_SAID and follows in group("appears") or word in group("by_the_words")


def read_attribution(s: Sentence, place: int, reader: Reader) -> Found | None:
    """Read an attribution at ``place``; the source is its speaker, null where a pronoun stands (على حد قوله)."""
    word, start = s.norm[place], s.start[place]
    if word not in group("sources") and word not in group("opens_source"):  # وحسب, فوفقا, وفي رأي
        start, word = start + 1, word[1:]
    if word == ON and s.word(place + 1) == EXTENT:
        return _read_wording(s, place, reader)
    head = _read_head(s, place, word, reader)
    if head is None:
        return None
    at, end, cue = head
    last = _source_after(s, at, reader, place)
    if s.word(place + 1) in group("on_whose") and word == ON and not s.flag(last) & STOP and last < len(s.norm):
        return None  # أعلنت الجبهة، على لسان ناطقها، أن: the agent of the verb
    if last <= at or cue is None and not _is_source(s, at, place, word):
        return None
    if word in group("in_or_of") and not can_speak(s, at, last):
        return None
    if word in group("by_the_words") and (not can_speak(s, at, last) or s.flag(place - 1) & PERSON_NOUN):
        return None  # بعبارة أخرى; ناطق بلسان الجيش: his title
    if s.word(at - 1) == IN and s.word(at - 2) in group("appears") and not names_text(s, at):
        return None  # كما جاء في الفترة الصباحية
    item = Found(last - 1, start, end, cue or NO_CUE, "attribution", "attribution", speaker=(at, last), border=place)
    if cue is not None and "relay" in cue.marks and s.word(last) == ABOUT:  # وفق ما نقلته الوكالة عن ناطق
        source = phrase_after(s, last + 1, reader, closing=True)
        if source > last + 1:
            item.speaker, item.chain, item.place = (last + 1, source), (at, last), source - 1
    return item


def _read_head(s: Sentence, place: int, word: str, reader: Reader) -> tuple[int, int, Cue | None] | None:
    """Return where the source begins, the end of the cue in characters, and its verb or noun, if it has one."""
    end, at = s.end[place], place + 1
    if word in group("in_or_of") or word == ON and s.word(at) != WHAT:  # في رأي، من وجهة نظر، على لسان
        at += 1 + (s.word(at) not in group("views") and word != ON)
        return at, s.end[at - 1], None
    if word in group("taken_from"):
        if s.word(at) not in group("taken_from_whom"):
            return None
        end, at = s.end[at], at + 1
    elif s.word(at) in group("what_was_said"):
        at += 1
        if not (_is_form(s, at, reader, "past", "present") or s.word(at) in group("appears")):
            return None
        if word == ON and _is_form(s, at, reader, "past", "present") and reader.forms[s.form[at]].suffix:
            return None  # ردا على ما أعلنه: what is meant, not who says it
    if s.word(at) in group("appears"):  # بحسب ما جاء في بيان الشرطة، كما ورد على لسان الوزير
        if s.word(at + 1) not in (IN, ON) or at + 2 >= len(s.norm):
            return None
        if s.word(at + 1) == ON and s.word(at + 2) not in group("on_whose"):  # كما نص على تعيين الحدود
            return None
        at += 2 + (s.norm[at + 1] == ON)
        return at, s.end[at - 1], reader.cues[reader.forms[s.form[at - 2]].cue] if s.form[at - 2] >= 0 else NO_CUE
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
    elif s.word(at) in _SAYINGS or s.word(at) in group("tellings"):
        end, at = s.end[at], at + 1
    return at, end, cue


def _source_after(s: Sentence, at: int, reader: Reader, place: int) -> int:
    """Return the end of the source; one that stands between commas ends with the first (ونفى فلان، بحسب تاس، النبأ)."""
    if at >= len(s.norm):
        return at
    last = phrase_after(s, at, reader, closing=place > 2)
    person = s.norm[at].removeprefix(FOR).removeprefix(FOR).removeprefix(ARTICLE) in group("people")
    if place > 0 and s.flags[place - 1] & COMMA and not person and not s.flags[at] & PERSON_NOUN:
        last = next((k for k in range(at + 1, last) if s.flags[k] & COMMA), last)
    return last


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
    if s.word(at + 1) in group("programmes"):
        return True
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
