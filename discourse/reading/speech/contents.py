"""What is said: where the content of a cue begins, and where it ends."""

from bisect import bisect_left

from discourse.reading.speech.cue_forms import Cue
from discourse.reading.speech.marks import QuotedSpan
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence, next_place
from discourse.reading.speech.speakers import NO_VERB, is_ban
from discourse.reading.speech.words import (
    AND,
    ASK,
    BRACKET,
    COLON,
    COMMA,
    COMP,
    CONJUNCTIONS,
    DASH,
    FOR,
    GOVERNING,
    GOVERNING_FOR,
    GOVERNING_WITH,
    IN,
    KAMA,
    NAMED,
    OPENER,
    PERSON,
    PREP,
    REL,
    SOURCE,
    STOP,
    TIME,
    WITH,
    WORDS,
    group,
)  # fmt: skip

__all__ = ["find_frame", "is_full_quote", "settle"]

_REACH = 45  # tokens between a cue and its content
_ASIDE = 12  # tokens of an attribution between two commas
_ACT_NEAR = 8  # tokens from the subject within which a verb has its noun of speech (وجه في وقت سابق انتقادات)
_ACT = frozenset(["act"])
_SPOKEN = frozenset(["quote", "colon"])
_LONG = 40  # characters from which a quoted stretch is what is said, not a name or a term
_PARTIAL = 18  # characters from which a quoted stretch makes indirect content mixed
_POST = 8  # characters from which words in marks before their verb are what is said
_ATTRIBUTED = 25  # likewise before an attribution, where names in marks are frequent
_NOT_SAID = group("not_said")  # before أن: it does not carry what is said
_ACTS = WORDS.normal("acts")
_WITHOUT = WORDS.one("without")


def find_frame(sentence: Sentence, place: int, after: int, cue: Cue, reader: Reader) -> Frame | None:
    """Find what carries the content of the cue at ``place``, from token ``after`` on.

    It is the first of: أن and its kin; marks that hold more than a name; a colon; a question word; the preposition or
    the attached ب or ل that the cue governs. A finite cue of a further clause ends the search.
    """
    takes, size = cue.takes, min(len(sentence.norm), place + 1 + _REACH)
    relative = False
    held: Frame | None = None
    at = after
    while at < size:
        flag, word = sentence.flags[at], sentence.norm[at]
        later = _behind_aside(sentence, at, size)
        if later > at:
            at = later
            continue
        if at in sentence.opens:
            span = sentence.opens[at]
            speech = ("quote" in takes or "np" in takes) and (not relative or span.end - span.start > _LONG)
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
        elif held is None and not relative and at > place:
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
    if not sentence.flags[at] & (SOURCE | KAMA) or not sentence.flags[at - 1] & COMMA:
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


def settle(sentence: Sentence, found: list[Found]) -> None:
    """Give every instance its content and kind: what follows tells where each ends."""
    depths = [sentence.inside(item.place) for item in found]
    following: dict[QuotedSpan | None, list[int]] = {}
    borders: list[list[int]] = []
    for item, here in zip(reversed(found), reversed(depths), strict=True):
        later = following.setdefault(here, [])
        borders.append(later[-3:])
        if item.border is not None:
            later.append(item.border)
    borders.reverse()
    for number, item in enumerate(found):
        if item.form in ("attribution", "post"):
            _settle_before(sentence, item, found[max(0, number - 3) : number], borders[number])
        elif item.frame is not None:
            _settle_after(sentence, item, item.frame, borders[number], depths[number])


def is_full_quote(sentence: Sentence, span: QuotedSpan, place: int) -> bool:
    """The marks hold all that is said: a long stretch, or a clause border right behind them."""
    if span.end - span.start > _LONG or not span.closed:
        return True
    after = next_place(sentence, span.stops, place + 1, 14)
    return after < 0 or bool(sentence.flags[after] & (COMMA | STOP | DASH)) or sentence.prefix[after] == 1


def _settle_after(s: Sentence, item: Found, frame: Frame, borders: list[int], here: QuotedSpan | None) -> None:
    """Content behind its cue: the marks, or the words up to the next coordinate cue or the end of the sentence."""
    first, span = frame.first, frame.span
    opening = first + 1 if frame.kind == "comp" else first
    if opening in s.opens and (frame.kind == "comp" or span is not None):
        span = s.opens[opening]
        if is_full_quote(s, span, opening):
            item.content, item.kind = (span.start, span.end), "direct"
            return
    last = _end(s, first, borders)
    if item.form == "noun" and frame.kind in ("prep", "attached"):
        last = next((at for at in range(first + 1, last) if s.flags[at] & COMMA), last)
    if item.stop is not None:
        last = min(last, item.stop)
    if here is not None:
        last = min(last, bisect_left(s.start, here.end))
    last = max(last, first + 1)
    item.content = (s.start[first], s.end[last - 1])
    depth = 0 if here is None else here.depth + 1
    begins = bisect_left(s.spans, item.content[0], key=lambda span: span.start)
    for sp in s.spans[begins : begins + 20]:
        if sp.depth == depth and sp.end - sp.start >= _PARTIAL and sp.end <= item.content[1]:
            item.kind = "mixed"


def _end(s: Sentence, first: int, borders: list[int]) -> int:
    """Return the token after the content: the next border, an aside, or the end of the sentence."""
    end = next((border for border in reversed(borders) if border > first), len(s.norm))
    for at in range(first + 1, min(end, len(s.norm) - 1, first + 400)):
        if (
            s.flags[at] & COMMA
            and _is_aside(s, at + 1)
            or s.norm[at] == _WITHOUT
            and s.word(at + 1) in group("details")
        ):
            end = at
            break
    return _trim(s, first + 1, end)


def _is_aside(s: Sentence, at: int) -> bool:
    """Words of the outlet behind what is said: وذلك ..., في إشارة إلى ..., لكنه لم يفصح."""
    word = s.norm[at]
    if word in group("asides") or word == IN and s.word(at + 1) in group("asides_behind_in"):
        return True
    if word in group("except") and s.word(at + 1) in group("that_he"):
        return s.word(at + 2) in group("no_more")
    return word in group("but_he") and s.word(at + 1) in group("no_more")


def _trim(s: Sentence, first: int, last: int) -> int:
    """Step back from ``last`` over commas, stops and words that open the next clause."""
    while last > first and (
        s.flags[last - 1] & (COMMA | DASH | COLON | STOP) or s.norm[last - 1] in group("opens_next_clause")
    ):
        last -= 1
    return last


def _settle_before(s: Sentence, item: Found, earlier: list[Found], borders: list[int]) -> None:
    """Content of حسب and of كما قال: the clause before, or, at the head of the sentence, the one behind."""
    begin = item.border if item.border is not None else item.place
    place = begin
    around = next((e for e in reversed(earlier) if e.form == "verb" and e.frame and e.frame.first > item.place), None)
    if around is not None and around.content is not None and s.flags[place - 1] & COMMA:  # ونفى فلان، بحسب تاس، النبأ
        item.content, item.kind = around.content, around.kind
        return
    while begin > 0 and (
        s.flags[begin - 1] & (COMMA | DASH | STOP) and begin - 1 not in s.closes or s.norm[begin - 1] == AND
    ):
        begin -= 1
    if begin <= 2 and all(s.flags[k] & (TIME | OPENER | COMMA) for k in range(begin)):
        _settle_first(s, item, borders)
        return
    if begin - 1 in s.closes:
        span = s.closes[begin - 1]
        if span.end - span.start > (_POST if item.form == "post" else _ATTRIBUTED):
            item.content, item.kind = (span.start, span.end), "direct"
            return
    end = s.end[max(0, _trim(s, 0, begin) - 1)]
    other = earlier[-1] if earlier else None
    if other is not None and other.content is not None and other.content[0] < min(end, s.start[place]):
        item.content = (other.content[0], min(end, other.content[1]) if other.kind == "direct" else end)
        item.kind = other.kind
        return
    first = 0
    while first < begin - 1 and (s.norm[first] in group("leading") or s.flags[first] & (COMMA | STOP | DASH | BRACKET)):
        first += 1
    last = _trim(s, first, begin)
    if last > first:
        conjunction = first == 0 and s.norm[0].startswith(CONJUNCTIONS) and len(s.norm[0]) > 3
        item.content = (s.start[first] + conjunction, s.end[last - 1])


def _settle_first(s: Sentence, item: Found, borders: list[int]) -> None:
    """وبحسب المصدر، كان الحاكم ...: the attribution stands first."""
    first = item.place + 1
    while first < len(s.norm) and s.flags[first] & (COMMA | COLON | DASH):
        first += 1
    if first >= len(s.norm):
        return
    item.rule = "attribution first"
    if first in s.opens and is_full_quote(s, s.opens[first], first):
        span = s.opens[first]
        item.content, item.kind = (span.start, span.end), "direct"
        return
    item.content = (s.start[first], s.end[max(first + 1, _end(s, first, borders)) - 1])
