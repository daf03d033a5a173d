"""Speech that no verb marks: a speaker and a colon, dots or a dash, and words in marks alone."""

from discourse.reading.speech.marks import QuotedSpan
from discourse.reading.speech.sentences import NO_CUE, Found, Reader, Sentence
from discourse.reading.speech.speakers import NO_VERB, phrase_after
from discourse.reading.speech.words import (
    BODY,
    BRACKET,
    COLON,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    LATIN,
    NAMED,
    NUMBER,
    OF,
    OPENER,
    PERSON,
    PERSON_NOUN,
    PREP,
    REL,
    SAYER,
    STOP,
    TIME,
    VERBISH,
    WORDS,
    group,
)  # fmt: skip

__all__ = ["NAME", "read_behind_name", "read_marks_alone"]

NAME = 8  # words of a speaker before a colon, dots or a dash
_FEW = 2  # words that a headline needs behind its speaker
_WORDS = 3  # words in marks that are speech where nothing else stands
_BREAKS = COMMA | COLON | STOP | COMP | REL | VERBISH | TIME
_LONG = 40  # characters from which words in marks alone need no full stop: shorter ones may be a subhead
_DOTS = "..."
_WE = WORDS.normal("we")


def read_behind_name(s: Sentence, reader: Reader, *, opening: bool) -> list[Found]:
    """Read a sentence of the form "speaker: words", "speaker.. words" or "speaker - words".

    The first line of a text (``opening``) may hold free words behind a colon, dots or a dash; elsewhere the words stand
    in marks or behind a dash of their own.
    """
    mark = _find_mark(s) if s.flags[0] & SAYER or s.norm[0] == OF else -1
    if mark < 1:
        return []
    first = 1 if s.norm[0] == OF and mark > 1 else 0
    behind = mark + 1
    dots = _is_dots(s, mark)
    while dots and behind < len(s.norm) and s.flags[behind] & STOP:
        behind += 1
    dash = s.flag(behind) & DASH > 0
    behind += dash
    span = s.opens.get(behind)
    if not opening and span is None and not dash or not _is_speaker(s, first, mark, reader):
        return []
    if not opening and not dash and span is not None and not _is_all(s, span):
        return []
    colon = s.flags[mark] & COLON > 0
    if not _says(s, first, behind, span, colon=colon, dash=dash):
        return []
    end = s.end[behind - 1 - dash] if dots else s.end[mark]
    rule = "colon" if colon else "dots" if dots else "dash"
    item = Found(mark, s.start[mark], end, NO_CUE, "headline", rule, speaker=(first, mark))
    last = _without_stops(s, behind + 1)
    item.content = (s.start[behind], s.end[last - 1])
    if span is not None and (span.stops >= s.end[last - 1] or not opening):
        item.content = (span.start, span.end)
    own = dash or not (colon or dots) or _is_first_person(s, behind)
    item.kind = "direct" if span is not None or own else "indirect"
    return [item]


def _without_stops(s: Sentence, first: int) -> int:
    """Return the token behind the last that is no stop, ``first`` at the least."""
    end = len(s.norm)
    while end > first and s.flags[end - 1] & STOP:
        end -= 1
    return end


def _is_all(s: Sentence, span: QuotedSpan) -> bool:
    """Tell whether marks hold a sentence: they are long, or no word stands behind them (صحف: «الجسر» و«النهر»)."""
    if span.end - span.start > _LONG:
        return True
    return not any(char >= span.stops and word[:1].isalnum() for char, word in zip(s.start, s.norm, strict=True))


def _is_first_person(s: Sentence, behind: int) -> bool:
    """The words begin with a verb of ours (نتعاون، لن نعترف، سنرفع)."""
    at = behind + (s.word(behind) in NO_VERB and not s.flag(behind) & PREP)
    return s.word(at).startswith(_WE) and len(s.word(at)) > 3 and not s.flag(at) & (SAYER | DEFINITE)


def _find_mark(s: Sentence) -> int:
    """Return the colon, the dots or the dash that may stand behind a speaker at the head of a sentence, or -1."""
    for at in range(min(NAME + 1, len(s.norm))):
        flag = s.flags[at]
        if flag & (COLON | DASH) or _is_dots(s, at):
            return at
        if flag & (COMMA | STOP | BRACKET) or at in s.opens:
            return -1
    return -1


def _is_dots(s: Sentence, at: int) -> bool:
    return s.norm[at] == _DOTS or s.flags[at] & STOP > 0 and s.flag(at + 1) & STOP > 0


def _is_speaker(s: Sentence, first: int, last: int, reader: Reader) -> bool:
    """Tell whether the words before the mark are one noun phrase whose head can speak."""
    head = s.flags[first]
    if not head & SAYER or head & (PREP | VERBISH | TIME | OPENER) and not head & (NAMED | PERSON):
        return False
    if s.form[first] >= 0 and reader.forms[s.form[first]].form in ("past", "present") and not head & (NAMED | PERSON):
        return False
    inner = s.flags[first + 1 : last]
    if any(flag & _BREAKS and not flag & SAYER for flag in inner):
        return False
    return not any(s.form[k] in reader.finite and not s.flags[k] & SAYER for k in range(first + 1, last))


def _says(s: Sentence, first: int, behind: int, span: QuotedSpan | None, *, colon: bool, dash: bool) -> bool:
    """Tell whether the words behind a speaker are speech, not news of it (باكستان: مقتل عشرة)."""
    words = [k for k in range(behind, len(s.norm)) if s.norm[k][:1].isalnum()]
    if not words or len(words) < _FEW and span is None:
        return False
    head = s.flags[first]
    if not colon and not dash and s.flags[behind - 1] & DASH:  # a dash alone: a person, and no second dash
        person = head & (PERSON | PERSON_NOUN)
        dashes = sum(1 for flag in s.flags if flag & DASH)
        if not person or dashes > 1 or s.flags[behind] & (NUMBER | LATIN | SAYER):
            return False
    if span is not None:
        return True
    news = s.norm[behind] in group("news") or s.flags[behind] & NUMBER > 0
    return not news or head & (PERSON | PERSON_NOUN | BODY) > 0


def read_marks_alone(s: Sentence, reader: Reader) -> list[Found]:
    """Read a sentence that stands wholly in marks without a cue; its speaker may stand behind a dash or dots."""
    span = s.opens.get(0)
    if span is None or span.start > s.start[0] + 6:
        return []
    inside = [k for k, char in enumerate(s.start) if char < span.end and s.norm[k][:1].isalnum()]
    if len(inside) < _WORDS and not (len(inside) == _FEW and len(s.norm) > inside[-1] + 4):
        return []
    rule = "marks again" if span.resumes else "marks alone"
    item = Found(0, None, None, NO_CUE, "bare", rule, content=(span.start, span.end), kind="direct")
    rest = [k for k, char in enumerate(s.start) if char >= span.stops]
    words = [k for k in rest if s.norm[k][:1].isalnum()]
    if not words:
        stopped = any(flag & STOP for flag in s.flags) or span.end - span.start > _LONG
        return [item] if stopped and len(inside) >= _WORDS else []
    first = words[0]
    dots = next((k for k in rest if k < first and _is_dots(s, k)), -1)
    if not any(s.flags[k] & DASH for k in rest if k < first) and dots < 0:
        return []
    last = phrase_after(s, first, reader, closing=True)
    end = _without_stops(s, first)
    if last <= first or last < end and dots < 0 and not s.flags[last] & (PREP | COMMA | DEFINITE | BRACKET):
        return []
    if not any(flag & (SAYER | BODY) for flag in s.flags[first : min(last, first + 2)]) and dots < 0:
        return []
    if any(s.form[k] in reader.finite and not s.flags[k] & SAYER for k in range(first, end)):
        return []
    item.speaker, item.rule = (first, last), "marks and name"
    if dots >= 0:
        item.cue_start, item.cue_end, item.place = s.start[dots], s.end[first - 1], dots
    return [item]
