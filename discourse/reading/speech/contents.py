"""What is said: where the content of a cue begins, and where it ends."""

from bisect import bisect_left

from discourse.reading.speech.frames import LONG
from discourse.reading.speech.marks import QuotedSpan
from discourse.reading.speech.sentences import Found, Frame, Sentence, next_place
from discourse.reading.speech.words import (
    AND,
    BRACKET,
    COLON,
    COMMA,
    CONJUNCTIONS,
    DASH,
    IN,
    OPENER,
    STOP,
    TIME,
    WORDS,
    group,
)  # fmt: skip

__all__ = ["is_full_quote", "settle"]

_PARTIAL = 18  # characters from which a quoted stretch makes indirect content mixed
_POST = 8  # characters from which words in marks before their verb are what is said
_ATTRIBUTED = 25  # likewise before an attribution, where names in marks are frequent
_WITHOUT = WORDS.one("without")


def settle(sentence: Sentence, found: list[Found]) -> None:
    """Give every instance its content and kind: what follows tells where each ends."""
    if not found:
        return
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
    if span.end - span.start > LONG or not span.closed:
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
