"""What carries the content of a cue: أن, marks, a colon, a question word, a preposition."""

from discourse.reading.speech.cue_forms import Cue
from discourse.reading.speech.marks import QuotedSpan
from discourse.reading.speech.sentences import Frame, Reader, Sentence, next_place
from discourse.reading.speech.speakers import NO_VERB, is_ban
from discourse.reading.speech.words import (
    ASK,
    COLON,
    COMMA,
    COMP,
    DASH,
    FOR,
    GOVERNING,
    GOVERNING_FOR,
    GOVERNING_WITH,
    KAMA,
    NAMED,
    PERSON,
    PREP,
    REL,
    SOURCE,
    STOP,
    TIME,
    WITH,
    WORDS,
    group,
)

__all__ = ["LONG", "find_frame"]

LONG = 40  # characters from which a quoted stretch is what is said, not a name or a term
_REACH = 45  # tokens between a cue and its content
_ASIDE = 12  # tokens of an attribution between two commas
_ASIDE_BEGINS = SOURCE | KAMA
_ACT_NEAR = 8  # tokens from the subject within which a verb has its noun of speech (وجه في وقت سابق انتقادات)
_ACT = frozenset(["act"])
_SPOKEN = frozenset(["quote", "colon"])
_NOT_SAID = group("not_said")  # before أن: it does not carry what is said
_ACTS = WORDS.normal("acts")


def find_frame(sentence: Sentence, place: int, after: int, cue: Cue, reader: Reader) -> Frame | None:
    """Find what carries the content of the cue at ``place``, from token ``after`` on.

    It is the first of: أن and its kin; marks that hold more than a name; a colon; a question word; the preposition or
    the attached ب or ل that the cue governs. A finite cue of a further clause ends the search.
    """
    takes, size = cue.takes, min(len(sentence.norm), place + 1 + _REACH)
    relative = False
    held: Frame | None = None
    attaches = GOVERNING_WITH in takes or GOVERNING_FOR in takes
    at = after
    while at < size:
        flag, word = sentence.flags[at], sentence.norm[at]
        later = _behind_aside(sentence, at, size) if flag & _ASIDE_BEGINS else at
        if later > at:
            at = later
            continue
        if at in sentence.opens:
            span = sentence.opens[at]
            speech = ("quote" in takes or "np" in takes) and (not relative or span.end - span.start > LONG)
            if (
                speech
                and not _is_name(sentence, at, span)
                and ("describe" in cue.marks or not _is_term(sentence, at, span))
            ):
                return held or Frame("quote", at, span)
            close = next_place(sentence, span.closes, at + 1, 60)
            at = size if close < 0 else close + 1
            continue
        if flag & COMP and takes != _ACT and not is_ban(sentence, at) and sentence.norm[at - 1] not in _NOT_SAID:
            if held is not None and _stands(sentence, held, at, takes):
                return held
            governed = (
                "an" in takes or GOVERNING.get(sentence.norm[at - 1]) in takes or at == after or word.startswith(WITH)
            )
            return Frame("comp", at) if governed else held
        if flag & COLON and at + 1 < len(sentence.norm) and takes & _SPOKEN:
            return (
                Frame("quote", at + 1, sentence.opens[at + 1]) if at + 1 in sentence.opens else Frame("colon", at + 1)
            )
        if flag & ASK and "ask" in takes and not relative:
            return Frame("ask", at)
        if GOVERNING.get(word) in takes and not relative and _is_governed(sentence, at, after, cue) and held is None:
            if sentence.flag(at + 1) & COMP:
                return Frame("comp", at + 1)
            held = Frame("prep", at)
        elif word in group("blame") and "blame" in takes:
            return Frame("prep", at)
        elif "act" in takes and _is_act(sentence, at, after):
            return Frame("object", at + 1) if at + 1 < len(sentence.norm) else None
        elif attaches and held is None and not relative and at > place:
            held = _attached(sentence, at, after, cue)
        if flag & REL:
            relative = True
        elif flag & (COMMA | DASH):
            relative = False
        elif flag & STOP:
            break
        elif sentence.form[at] in reader.finite and at > place + 1 and not flag & PREP:
            if sentence.norm[at - 1] not in group("before_infinitive") and sentence.norm[at - 1] not in NO_VERB:
                break
        elif sentence.form[at] >= 0 and sentence.flags[at - 1] & COMMA and at > after:
            if reader.forms[sentence.form[at]].form == "participle":
                break
        at += 1
    return held


def _is_act(sentence: Sentence, at: int, after: int) -> bool:
    """Tell whether a noun of speech is the object of its verb (وجه انتقادات): near, behind no preposition."""
    near = sentence.norm[at].startswith(_ACTS) and at - after <= _ACT_NEAR
    return near and (at == after or not sentence.flags[at - 1] & PREP)


def _behind_aside(sentence: Sentence, at: int, size: int) -> int:
    """Return the token behind an attribution between two commas (نشرت الصحيفة، كما جاء في الموقع، أن), else ``at``."""
    if not sentence.flags[at - 1] & COMMA:
        return at
    return next((k + 1 for k in range(at + 1, min(at + _ASIDE, size)) if sentence.flags[k] & COMMA), at)


def _stands(sentence: Sentence, held: Frame, comp: int, takes: frozenset[str]) -> bool:
    """Tell whether a governed preposition keeps the content although أن follows (أعلنت عن مقتل ... يعتقد أن)."""
    crossed = any(sentence.flags[k] & COMMA for k in range(held.first, comp))
    return held.kind == "prep" and comp - held.first > 1 or "an" not in takes or crossed or comp - held.first > 6


def _is_governed(sentence: Sentence, at: int, after: int, cue: Cue) -> bool:
    """Tell whether a preposition hangs on the cue; where the cue also takes an object, right behind the speaker."""
    if "np" not in cue.takes or "direct" in cue.marks:
        return True
    return sentence.flags[at - 1] & COMMA > 0 or all(sentence.flags[k] & (TIME | COMMA) for k in range(after, at))


def _attached(sentence: Sentence, at: int, after: int, cue: Cue) -> Frame | None:
    """The attached preposition that the cue governs (تعهد بإرسال), right behind the speaker."""
    word, flag = sentence.norm[at], sentence.flags[at]
    near = "direct" in cue.marks or at - after <= 2 or sentence.flags[at - 1] & (COMMA | TIME)
    if not near or len(word) < 3 or flag & (COMP | TIME):
        return None
    if flag & (NAMED | PERSON) or word in group("names_in_b"):
        return None
    joined = GOVERNING_WITH in cue.takes and word.startswith(WITH) and (not flag & PREP or word in group("with_what"))
    return Frame("attached", at) if joined or GOVERNING_FOR in cue.takes and word.startswith(FOR) else None


def _is_name(sentence: Sentence, at: int, span: QuotedSpan) -> bool:
    """A short quoted stretch with أن or further marks still to come is a name, not what is said."""
    close = next_place(sentence, span.closes, at + 1, 7)
    if not span.closed or close < 0 or close - at > 5:
        return False
    if sentence.flag(at + 1) & COMP:
        return False
    for place in range(close + 1, min(at + 24, len(sentence.norm))):
        flag = sentence.flags[place]
        if sentence.form[place] >= 0 and sentence.prefix[place]:
            return False
        if flag & COMP:
            return sentence.norm[place - 1] not in _NOT_SAID
        if place in sentence.opens or flag & COLON:
            return True
        if flag & STOP:
            return False
    return False


def _is_term(sentence: Sentence, at: int, span: QuotedSpan) -> bool:
    """One or two words in marks behind a lone clitic (ولاءهم لـ «داعش») are a name or a term."""
    close = next_place(sentence, span.closes, at + 1, 5)
    return 0 < close <= at + 3 and len(sentence.norm[at - 1]) == 1
