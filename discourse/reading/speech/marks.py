"""Quotation marks of the press: found, given a direction, and paired in one pass."""

import re
from bisect import bisect_left
from typing import NamedTuple

from discourse.language.base import load_language

__all__ = ["CAN_BEGIN", "QuotedSpan", "find_marks", "pair_marks"]

_WORDS = load_language("arabic").words("speech")
# Every mark that the Arabic press puts around speech, and the characters with which one can begin. Entities are residue
# of crawled pages.
CAN_BEGIN = frozenset("\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\"\uff02{}&<>'\u2018\u2019")
_CAN_BEGIN = re.compile(f"[{''.join(sorted(CAN_BEGIN))}]")
_MARK = re.compile(
    r"&#34;|&quot;|&laquo;|&raquo;|&#171;|&#187;|<<|>>|''|[\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\"\uff02{}]"
    r"|(?<!\w)['\u2018\u2019](?=\w)|(?<=[\w.!?\u061f\u060c])['\u2018\u2019](?!\w)"
)
_OPENING = {"\u00ab", "\u201c", "\u201e", "\u2039", "{", "&laquo;", "&#171;", "<<", "\u2018"}
_CLOSING = {"\u00bb", "\u201d", "\u203a", "}", "&raquo;", "&#187;", ">>", "\u2019"}
_FAMILY = {
    "\u00ab": "guillemet", "\u00bb": "guillemet", "&laquo;": "guillemet", "&raquo;": "guillemet",
    "&#171;": "guillemet", "&#187;": "guillemet", "<<": "guillemet", ">>": "guillemet",
    "\u2039": "single guillemet", "\u203a": "single guillemet", "{": "brace", "}": "brace",
    "'": "single", "\u2018": "single", "\u2019": "single", "''": "double",
}  # fmt: skip
_SPACES = re.compile(r"\s(?:\s+|(?<=[\n\r\u2028\u2029]))")
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]")
_BEFORE_OPEN = {*"([{:،,؛-–—/\u200f\u200e\u202b\u202a", *_WORDS["stretch"]}
_DEEPEST = 6  # quotations inside one another; a further opening mark before any of them closes is passed over
_PARAGRAPHS = 3  # breaks that a stretch may run over to its closing mark, if no mark stands between
_AHEAD = 4  # marks in which the own closing mark of an open stretch is looked for
_CLITICS = frozenset(_WORDS.normal("clitics"))
_AFTER_CLOSE = set(".,،؛:!?؟)]}-–—/…\u200f\u200e\u202c")


class QuotedSpan(NamedTuple):
    """A stretch between two marks: ``start`` and ``end`` bound the words, ``opens`` and ``closes`` begin the marks.

    ``stops`` is one past the closing mark; for a stretch that nothing closes, both are where it ends. ``resumes`` tells
    that the mark is repeated at the head of a paragraph, where the stretch before was still open.
    """

    opens: int
    start: int
    end: int
    closes: int
    closed: bool
    depth: int
    stops: int
    resumes: bool = False


def find_marks(text: str) -> list[tuple[int, int, str]]:
    """Return the quotation marks of ``text`` as (start, end, mark).

    Examples
    --------
    >>> find_marks('قال: «لا»')
    [(5, 6, '«'), (8, 9, '»')]
    """
    found: list[tuple[int, int, str]] = []
    behind = 0
    for begin in _CAN_BEGIN.finditer(text):
        mark = _MARK.match(text, begin.start()) if begin.start() >= behind else None
        if mark:
            behind = mark.end()
            found.append((mark.start(), behind, mark.group()))
    return found


def _leans(text: str, start: int, end: int) -> int:
    """Tell by its surroundings whether a mark opens (1), closes (-1) or either (0)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    space_before = before.isspace() or before in _BEFORE_OPEN
    space_after = after.isspace() or after in _AFTER_CLOSE
    if space_before and not space_after:
        return 1
    if space_after and not space_before:
        return -1
    if before in _CLITICS and not space_after and (start < 2 or not text[start - 2].isalpha()):
        return 1
    return 0


def _opens(text: str, start: int, end: int, mark: str, inside: bool) -> bool:
    """Decide whether a mark opens; a mark with a direction may stand reversed, and then its surroundings decide."""
    lean = _leans(text, start, end)
    if mark in _OPENING or mark in _CLOSING:
        printed = mark in _OPENING
        if printed and inside and lean < 0:
            return False
        if not printed and not inside:
            return lean >= 0
        return printed
    if lean:
        return lean > 0 if inside else True
    return not inside


def pair_marks(text: str, marks: list[tuple[int, int, str]] | None = None) -> list[QuotedSpan]:
    """Pair the quotation marks of one text, in one pass over the marks.

    A mark closes the innermost open mark of its family (« with », " with ", “ and ” with each other and with "); one
    that by its surroundings can only close, and finds none of its family, closes the innermost of another family
    («...") if that is not closed by its own within the next marks. What stays open at the end of its paragraph ends
    there, unless the next mark of all closes it within three paragraphs; if the next paragraph begins with an opening
    mark of the family (the press repeats the mark), that stretch ``resumes`` it. A closing mark that closes nothing is
    passed over.

    Returns
    -------
    list of QuotedSpan
        In the order of their opening; ``depth`` is 0 for a span in no other.

    Notes
    -----
    Each mark is put on the stack and taken off at most once: linear in the length of the text.

    Examples
    --------
    >>> [span.depth for span in pair_marks('قال: «سمعته يقول "لا" ومضى»')]
    [0, 1]
    >>> text = 'وقال "لا'
    >>> [(text[s.start:s.end], s.closed) for s in pair_marks(text)]
    [('لا', False)]
    >>> [(s.start, s.end, s.closed) for s in pair_marks('قال «لا" ومضى')]
    [(5, 7, True)]
    """
    marks = find_marks(text) if marks is None else marks
    if not marks:
        return []
    breaks, heads = _paragraphs(text)
    spans: list[QuotedSpan] = []
    stack: list[list] = []  # [family, opens, start, paragraph end, depth, resumes]

    def close(item: list, end: int, stops: int, closed: bool) -> None:
        closes = end
        while item[2] < end and text[item[2]].isspace():
            item[2] += 1
        while end > item[2] and text[end - 1].isspace():
            end -= 1
        spans.append(QuotedSpan(item[1], item[2], max(end, item[2]), closes, closed, item[4], stops, item[5]))

    for number, (start, end, mark) in enumerate(marks):
        family = _FAMILY.get(mark, "double")
        resumes = False
        while stack and stack[-1][3] < start:
            if mark in _CLOSING and family == stack[-1][0] and _leans(text, start, end) < 0:
                begin = bisect_left(breaks, stack[-1][3])
                if bisect_left(breaks, start) - begin <= _PARAGRAPHS:  # nothing opened since: it closes that stretch
                    stack[-1][3] = _paragraph_end(breaks, start, len(text))
                    break
            item = stack.pop()
            resumes |= item[0] == family and start in heads
            close(item, item[3], item[3], False)
        place = next((i for i in range(len(stack) - 1, max(-1, len(stack) - 4), -1) if stack[i][0] == family), None)
        if place is None and stack and mark not in _OPENING and _leans(text, start, end) < 0:
            if not _closes_another(text, marks, number, stack[-1]):
                continue
            place = len(stack) - 1
        elif _opens(text, start, end, mark, place is not None):
            if len(stack) == _DEEPEST:
                continue
            stack.append([family, start, end, _paragraph_end(breaks, start, len(text)), len(stack), resumes])
            continue
        if place is not None:
            while len(stack) > place + 1:
                item = stack.pop()
                close(item, start, start, False)
            close(stack.pop(), start, end, True)
    while stack:
        item = stack.pop()
        close(item, item[3], item[3], False)
    return sorted(spans)


def _paragraphs(text: str) -> tuple[list[int], set[int]]:
    """Return where the breaks between paragraphs begin, and where they end: a line break, or four spaces or more."""
    runs = [run.span() for run in _SPACES.finditer(text)]
    runs = [(start, end) for start, end in runs if end - start > 3 or _LINE_BREAK.search(text, start, end)]
    return [start for start, _ in runs], {end for _, end in runs}


def _closes_another(text: str, marks: list[tuple[int, int, str]], number: int, item: list) -> bool:
    """Tell whether a closing mark ends an open stretch of another family («...") that its own does not."""
    start, end, _ = marks[number]
    if end - start == 1 and text[start - 1].isdigit():  # 5": inches
        return False
    for later, _, other in marks[number + 1 : number + 1 + _AHEAD]:
        if later > item[3]:
            break
        if _FAMILY.get(other, "double") == item[0]:
            return other in _OPENING
    return True


def _paragraph_end(breaks: list[int], place: int, length: int) -> int:
    number = bisect_left(breaks, place)
    return breaks[number] if number < len(breaks) else length
