"""The forms that boilerplate takes in crawled Arabic press pages: patterns for one segment or one text."""

import re
from functools import lru_cache
from typing import NamedTuple

from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.normalization import TATWEEL
from discourse.sources.cleaning.wires import AGENCY, PLACE

__all__ = [
    "REACH",
    "Segment",
    "credit_kind",
    "dateline_end",
    "fixed_spans",
    "is_header",
    "is_tail_start",
    "names_site",
    "plain_form",
    "segments",
    "tail_kind",
]


class Segment(NamedTuple):
    """One stretch of text between line breaks or long blanks."""

    start: int
    end: int
    plain: str  # folded letters and digits with single blanks; empty for very long segments
    n_words: int
    ends: bool  # closes with a mark that ends a sentence

    @property
    def is_body(self) -> bool:
        """A paragraph of running text rather than a label, a link or a name."""
        return self.n_words >= _LONG or (self.n_words >= _FULL and self.ends)


_WORDS = LANGUAGE.words("boilerplate")
_LONG, _FULL = 18, 8  # words that make a segment running text without, and with, a closing mark
_TRACES = _WORDS["traces"]  # strings without one of which a form cannot match: a cheap first look
_BREAK = re.compile(r"\s(?:(?<=[\r\n])\s*|\s{2,}|[\r\n]\s*)")  # white space with a line break, or three of it
_EDGE = " \t\u00a0\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\ufeff"
_END, _CLOSE = frozenset(".!؟?…:؛"), "\"'»”’)]\u202c"  # marks that end a sentence, and what may stand behind them
_NOT_WORD = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"[^\w\n](?:(?<! )[^\w\n]*|[^\w\n]+)")  # all that parts words within a line, but a single blank
_MARKS = re.compile(f"[{LANGUAGE.marks}{TATWEEL}\u0670]+")
_LONGEST_PLAIN = 300  # characters of a segment that is compared with others


def segments(text: str) -> list[Segment]:
    """Cut a text at line breaks and at three or more blanks in a row; empty pieces are left out."""
    places, pieces, start = [], [], 0
    for begin, end in [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]:
        piece = text[start:begin]
        trimmed = piece.strip(_EDGE)
        if trimmed:
            places.append(start + piece.index(trimmed[0]))
            pieces.append(trimmed)
        start = end
    short = [piece if len(piece) <= _LONGEST_PLAIN else "" for piece in pieces]
    plain = _MARKS.sub("", LANGUAGE.fold("\n".join(short))).replace("_", " ")
    plain = _BETWEEN.sub(" ", plain).split("\n")
    return [_segment(*parts) for parts in zip(places, pieces, map(str.strip, plain), strict=False)]


def _segment(start: int, piece: str, plain: str) -> Segment:
    n_words = (plain or piece).count(" ") + 1
    return Segment(start, start + len(piece), plain, n_words, piece[-8:].rstrip(_CLOSE)[-1:] in _END)


def plain_form(piece: str) -> str:
    """Return letters and digits alone, folded: the form in which headlines are compared.

    Examples
    --------
    >>> plain_form("موسكو: «نتعاون» مع طالبان")
    'موسكو نتعاون مع طالبان'
    """
    return _NOT_WORD.sub(" ", _MARKS.sub("", LANGUAGE.fold(piece))).strip()


def _form(key: str) -> str:
    return f"(?:{_WORDS.forms(key)})"


_WIDGET = _form("sharing")
# Anywhere: (pattern, kind, basis, strings: the pattern needs one of each list). Blanks are bounded: linear time.
_ANYWHERE = [
    (re.compile(r"(?:content|alt|title|href|src)=([\"']).{0,1500}?\1\s?/?>", re.DOTALL), "meta", "markup", [["="]]),
    (re.compile(r"</?[A-Za-z][^<>]{0,400}>|(?<=\s)[\"']\s?/>"), "meta", "markup", [["<", "/>"]]),
    (re.compile(r"\[email\s?protected\]|/\*.{0,400}?\*/", re.DOTALL), "meta", "markup", [["*/"]]),
    (re.compile(r"&(?:#\d{1,5}|#x[0-9a-fA-F]{1,4}|[a-z]{2,6});"), "meta", "markup", [["&"]]),
    (
        re.compile(
            rf"//\s{{0,3}}{_form('closing')}\s{{0,3}}//(?:\s{{0,9}}\d{{1,2}}:\d{{2}}\s?{_form('clock_zones')})?"
        ),
        "footer",
        "form",
        [["//"]],
    ),
    (
        re.compile(
            rf"\(?{_form('read')}\s{_form('more')}\s?:?[^.\n]{{0,200}}(?=\n|\Z)",
        ),
        "related",
        "form",
        [_TRACES["more"], _TRACES["read"]],
    ),
]
# At the end of a text: (pattern, kind, strings of which it needs one).
_LAST = [
    (re.compile(rf"{_form('link')}\s[^:\n]{{0,40}}:.{{0,300}}\Z", re.DOTALL), "related", _TRACES["link"]),
    (
        re.compile(
            r"(?:(?<=[.!؟…»”\")])\s{1,9}|\n\s{0,9})"
            rf"{_form('tags')}\s?:?\s[^.!؟\n]{{1,300}}\Z"
        ),
        "tags",
        _TRACES["tags"],
    ),
    (re.compile(rf"(?:(?<=[.…»])|(?<=\n))\s{{0,9}}\.{{3,4}}{_form('more_at_end')}\s{{0,9}}\Z"), "related", ["..."]),
]
_TAIL = 450  # characters in which a mark at the end is looked for
_SHARING = re.compile(rf"\W{{0,20}}(?:{_WIDGET}\W{{1,9}}){{2,20}}")
_LONGEST_LINE = 240  # characters of a line that may be a credit or a contact


def fixed_spans(text: str) -> list[tuple[int, int, str, str]]:
    """Return the spans that are boilerplate by their form alone, wherever they stand: markup, tags, links, marks."""
    found = []
    for pattern, kind, basis, needed in _ANYWHERE:
        if all(any(one in text for one in strings) for strings in needed):
            found += [(match.start(), match.end(), kind, basis) for match in pattern.finditer(text)]
    sharing = _SHARING.match(text)
    if sharing:
        found.append((sharing.start(), sharing.end(), "menu", "form"))
    end = max(0, len(text) - _TAIL)
    last = text[end:]
    for pattern, kind, needed in _LAST:
        match = pattern.search(text, end) if any(one in last for one in needed) else None
        if match:
            found.append((match.start(), match.end(), kind, "form"))
    return found


_CLOCK = re.compile(rf"{_form('published')}|\d{{1,2}}:\d{{2}}\s*{_form('behind_hour')}")


def is_header(piece: str) -> bool:
    """Tell whether a segment before the body is a line of date and hour, or of a page's name."""
    return (":" in piece or any(one in piece for one in _TRACES["published"])) and _CLOCK.search(piece) is not None


def names_site(piece: str) -> bool:
    """Tell whether a segment is a page title: a site's Latin name before the first dash."""
    head, dash, _ = piece.strip("\u202a\u202b\u202c\u202d\u202e").partition(" - ")
    return bool(dash) and len(head) <= 30 and head.isascii() or head.endswith("\u202c")


_TICKER = re.compile(rf"\s*{_form('ticker')}(?=\s|$)")
_RELATED = re.compile(rf"\s*{_form('related_things')}\s+{_form('related')}|\s*{_form('related_openings')}")
_CONTACT = re.compile(
    rf"{_form('contact')}|[\w.+-]+@[\w-]+\.\w+|^\W*(?:https?://|www\.)|\b(?:sms|SMS)\b|{_form('contact_services')}|^@\w+"
)
_RIGHTS = re.compile(_form("rights"))
_SERVICE = re.compile(rf"^[\W_]*{_form('service')}\b")


def is_tail_start(piece: str, plain: str) -> str:
    """Return the kind of block that a segment opens (ticker, related), or an empty string."""
    if _TICKER.match(piece):
        return "ticker"
    if _RELATED.match(piece) and plain.count(" ") < 6:
        return "related"
    return ""


def tail_kind(piece: str, n_words: int) -> str:
    """Return what a segment after the body is (footer, contact, credit), or an empty string."""
    if len(piece) > _LONGEST_LINE:
        return ""
    if _RIGHTS.search(piece) and n_words <= 30:
        return "footer"
    if _CONTACT.search(piece) and n_words <= 30:
        return "contact"
    if n_words <= 12 and (_SERVICE.search(piece) or _lone_agency(piece)):
        return "credit"
    return ""


_BRACKETED = re.compile(rf"^[\W_]*(?:{AGENCY})(?:[\W_{_WORDS.only('and')}]+(?:{AGENCY}))*[\W_]*$")


def _lone_agency(piece: str) -> bool:
    return len(piece) <= 40 and _BRACKETED.match(LANGUAGE.fold(piece)) is not None


_IN_PART = rf"[^\s\-–—{TATWEEL}:.،,؛\"«»()\n]+"
_PART = rf"{_IN_PART}(?: {_IN_PART}){{0,3}}"
_DASH = rf"\s*[-–—{TATWEEL}]{{1,2}}\s*"
_ROLE = re.compile(rf"^\W*{_form('role')}\b")
_PARTS = re.compile(rf"^\W*{_PART}(?:(?:{_DASH}|\s+_\s+){_PART}){{1,3}}\W*$")
_DESK = re.compile(rf"^\W*(?:{PLACE})(?:{_DASH}{_PART})?\s*:\s*\W?[^\W\d]+(?:\s[^\W\d]+){{0,3}}\W*$")
_HAS_AGENCY = re.compile(AGENCY)
_HAS_PLACE = re.compile(rf"(?<!\w)(?:{PLACE})(?!\w)")
_DAY = re.compile(rf"\d{{4}}|{_form('hijri_year')}|\d{{1,2}}\s+\w+")


@lru_cache(maxsize=10_000)  # the same lines stand on every page of an outlet
def credit_kind(piece: str, n_words: int) -> str:
    """Return dateline or credit for a line of its own such as «واشنطن - رويترز», else an empty string."""
    if n_words > 14 or len(piece) > _LONGEST_LINE:
        return ""
    folded = LANGUAGE.fold(piece)
    parts = n_words <= 9 and (_PARTS.match(piece) is not None or _DESK.match(folded) is not None)
    brief = n_words <= 6 or _DAY.search(piece) is not None
    if parts or (brief and _HAS_AGENCY.search(folded)):
        return "dateline" if _HAS_PLACE.search(folded) else "credit"
    if (_ROLE.match(piece) and n_words <= 7) or _lone_agency(piece):
        return "credit"
    return ""


_CAPS = r"[A-Z][A-Z.]{1,7}"
REACH = 110  # characters in which a dateline has to end
_DASHED = re.compile("[(:–—/-]")  # one of these stands in whatever matches below
_BRACKETS = 3  # so many of the first patterns need a round bracket
_INLINE = [
    re.compile(
        rf"\W{{0,4}}(?![^()\n]{{0,70}}{_WORDS.only('agency')})[^()\n.:؛«\"]{{2,70}}?\s*\((?:{_CAPS}|{AGENCY})\)\s*[-–—{TATWEEL}:]{{1,4}}\s*"
    ),
    re.compile(rf"\W{{0,4}}(?:{PLACE})[^()\n.:؛«\"]{{0,40}}?\s*\((?:{AGENCY})\)\s*"),
    re.compile(r"\W{0,4}[^()\n.:؛«\"]{2,40}?\s*\([^()\n]{2,25}\)\s*(?:[-–—]{1,4}|:)\s*"),
    re.compile(
        rf"\W{{0,4}}(?:{_PART}{_DASH})?(?:{PLACE})(?:{_DASH}{_PART}){{0,2}}\s*[/،,]?\s*(?:{AGENCY})\s*[-–—:]+\s*"
    ),
    re.compile(rf"\W{{0,4}}(?:{PLACE})[^/\n.:؛«\"]{{0,40}}?\s*[/–—-]\s*(?:{AGENCY})(?:\s*[/–—:-]+\s*|\s*\n)"),
    re.compile(rf"\W{{0,4}}{_PART}(?:{_DASH}{_PART}){{1,3}}\s*(?::|--)\s+"),
    re.compile(rf"\W{{0,4}}(?:{PLACE})\s+{_form('from_office')}\s+{_PART}\s*:\s+"),
    re.compile(rf"\W{{0,4}}(?:{PLACE})(?:\s*،\s*{_PART})?\s*(?:--|—|–\s|:\s)\s*"),
    re.compile(rf"\W{{0,4}}(?:{AGENCY})\s*[-–—:]+\s*(?:(?:{PLACE})\s*[-–—:]+\s*)?"),
]


def dateline_end(folded: str, start: int) -> int:
    """Return where a dateline or credit that opens running text ends, or ``start`` where there is none.

    ``folded`` is the folded text; the dateline is looked for at ``start``.

    Examples
    --------
    >>> text = LANGUAGE.fold("موسكو (رويترز) - قال الوزير")
    >>> text[dateline_end(text, 0):]
    'قال الوزير'
    """
    window = folded[start : start + REACH]
    if not _DASHED.search(window):
        return start
    for pattern in _INLINE if "(" in window else _INLINE[_BRACKETS:]:
        match = pattern.match(window)
        if match and match.end() < len(window):
            return start + match.end()
    return start
