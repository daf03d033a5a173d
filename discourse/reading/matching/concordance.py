"""Keywords in context, and how they look on a terminal."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.lexicons.patterns import list_patterns
from discourse.reading.matching.lines import BESIDE, lay_lines
from discourse.reading.matching.locating import Located, locate
from discourse.writing import days_as_text

__all__ = ["check_number", "kwic", "plain_text", "show_concordance"]

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2066", "\u2067", "\u2069"  # isolates, and the end of one
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def kwic(
    tokens: pd.DataFrame,
    pattern: str | Iterable[str] | Lexicon,
    documents: pd.DataFrame,
    *,
    window: int = 8,
    clitics: str = "both",
    language: str = "arabic",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Find a pattern in TOKENS and show it in context: CONCORDANCE.

    One hit is one match of ``find_matches``: the longest at its place. The context is counted in words (marks come
    along and do not count), stops at the ends of the document, and is the text as published: ``pre + keyword + post``
    stands in the text as it is. Date, outlet (``source``) and headline (``title``) of its document stand beside each
    hit, each where some document of the corpus has one.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.
    pattern : str, iterable of str, or Lexicon
        Words, a glob (``إرهاب*``) or several words, in the syntax of lexicon entries; or a whole lexicon.
    documents : DataFrame
        DOCUMENTS that the tokens come from.
    window : int
        Words on each side.
    clitics : {"both", "none", "proclitic"}
        What may be written onto the words of a pattern: proclitics and pronouns, nothing, or proclitics alone.
    language : str
        The language of the pattern; a lexicon names its own.
    limit : int, optional
        At most so many hits: a page of them. All by default.
    offset : int
        Hits that stand before the page, in the order of the table.

    Returns
    -------
    DataFrame
        CONCORDANCE, sorted by doc_id and start.

    Raises
    ------
    SchemaError
        ``window``, ``limit`` or ``offset`` is negative, or ``documents`` lacks documents of the hits.
    LexiconError
        The pattern can never match.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["قال كابولوف إن لروسيا مصالح مع طالبان"]})
    >>> kwic(tokenize(documents), "روسيا", documents, window=2)[["pre", "keyword", "post"]].values.tolist()
    [['كابولوف إن ', 'لروسيا', ' مصالح مع']]
    """
    check_number("window", window, "of words")
    check_number("offset", offset, "of hits")
    if limit is not None:
        check_number("limit", limit, "of hits")
    if isinstance(pattern, Lexicon):
        lexicon = pattern
    else:
        patterns = list_patterns(pattern)
        lexicon = lexicon_from_patterns(patterns, name="of `pattern`", clitics=clitics, language=language)
    located = _page(tokens, locate(tokens, lexicon), offset, limit)
    return lay_lines(
        tokens, documents, located.first, located.stop, lexicon.entries["pattern"].to_numpy()[located.entry], window
    )


def check_number(name: str, value: object, of: str) -> None:
    """Raise where a number of words or hits is none."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SchemaError(f"`{name}` is {value!r}; it must be a whole number {of}, 0 or more.")


def _page(tokens: pd.DataFrame, located: Located, offset: int, limit: int | None) -> Located:
    """Return the hits of a page, in the order of CONCORDANCE."""
    if limit is None and not offset:
        return located
    stop = len(located) if limit is None else min(offset + limit, len(located))
    document, start = tokens["doc_id"].array.codes[located.first], tokens["position"].to_numpy()
    if stop and (document[1:] >= document[:-1]).all():  # what stands behind the document of the last hit is not asked
        held = np.searchsorted(document, document[stop - 1], side="right")
        located, document = located.take(slice(0, held)), document[:held]
    order = np.lexsort((start[located.first], document))
    return located.take(order[offset:stop])


def show_concordance(concordance: pd.DataFrame, *, width: int = 100, right_to_left: bool = True) -> str:
    """Lay a CONCORDANCE out in lines with the keywords in one column.

    Right to left, what stands before the keyword is to the right of it, as on an Arabic page; each line is isolated by
    Unicode marks, so the name of the document stays at the left. Where the concordance holds date, outlet or headline,
    these stand with the name in a line of their own above the hits of the document. Otherwise doc_id, pre, keyword and
    post, and behind them date, source and title where they are there, are separated by tabs, in logical order. Line
    breaks and bidi marks of the text are not shown.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE.
    width : int
        Columns of the terminal.
    right_to_left : bool
        Whether the terminal orders right-to-left text itself.

    Returns
    -------
    str
        The lines, each with its line end.

    Examples
    --------
    >>> hit = pd.DataFrame({"doc_id": ["a"], "pre": ["إن "], "keyword": ["لروسيا"], "post": [" مصالح"]})
    >>> show_concordance(hit, right_to_left=False).split()
    ['a', 'إن', 'لروسيا', 'مصالح']
    """
    beside = [name for name in BESIDE if name in concordance]
    columns = [_shown(concordance[name]) for name in ("doc_id", "pre", "keyword", "post", *beside)]
    rows = list(zip(*columns, strict=True))
    if not right_to_left:
        return "".join("\t".join(row) + "\n" for row in rows)
    name_width = 0 if beside else min(max((_width(row[0]) for row in rows), default=0), 24)
    key_width = min(max((_width(row[2]) for row in rows), default=0), width // 3)
    side = max((width - name_width - key_width - 6) // 2, 8)
    lines, above = [], None
    for name, pre, keyword, post, *of_document in rows:
        if beside and name != above:
            heading = " · ".join(filter(None, [name, *of_document]))
            lines.append(f"{_LEFT_TO_RIGHT}{_cut_end(heading, width)}{_END}\n")
            above = name
        shown = [_cut_end(name, name_width), _cut_start(pre, side), _cut_end(keyword, key_width), _cut_end(post, side)]
        blanks = [" " * (w - _width(text)) for w, text in zip((name_width, side, key_width, side), shown, strict=True)]
        body = f"{blanks[1]}{shown[1]}  {shown[2]}{blanks[2]}  {shown[3]}{blanks[3]}"
        head = "" if beside else f"{shown[0]}{blanks[0]}"
        lines.append(f"{head}  {_RIGHT_TO_LEFT}{body}{_END}\n")
    return "".join(lines)


def _shown(column: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = days_as_text(column)
    return [plain_text(value) if isinstance(value, str) else "" for value in column.astype("str").astype("object")]


def plain_text(value: str) -> str:
    r"""Return a text in one line, without marks of direction and control characters.

    >>> plain_text("على\u200f \n حدة")
    'على حدة'
    """
    return _BLANKS.sub(" ", _BIDI.sub("", value)).strip()


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _width(text: str) -> int:
    """Return how many terminal cells a text takes; marks above and below letters take none."""
    return sum(map(_cells, text))


def _cut_end(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += _cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _cut_start(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept, used = [], 0
    for character in reversed(text):
        used += _cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "…" + "".join(reversed(kept)).lstrip()
