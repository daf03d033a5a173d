"""Keywords in context, and how they look on a terminal."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.reading.matching.locating import Located, locate
from discourse.reading.matching.rows import document_edges, word_places
from discourse.tables import conform
from discourse.writing import days_as_text

__all__ = ["kwic", "plain_text", "show_concordance"]

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2066", "\u2067", "\u2069"  # isolates, and the end of one
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_BESIDE = ("date", "source", "title")
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
    _check_number("window", window, "of words")
    _check_number("offset", offset, "of hits")
    if limit is not None:
        _check_number("limit", limit, "of hits")
    if isinstance(pattern, Lexicon):
        lexicon = pattern
    else:
        patterns = [pattern] if isinstance(pattern, str) else list(pattern)
        lexicon = lexicon_from_patterns(patterns, name="of `pattern`", clitics=clitics, language=language)
    located = _page(tokens, locate(tokens, lexicon), offset, limit)
    begins, ends = _context_rows(tokens, located.first, located.stop, window)
    rows = _documents_of(tokens, documents, located.first)
    texts = documents["text"].take(rows)
    start_char, end_char = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    cuts = start_char[begins], start_char[located.first], end_char[located.stop - 1], end_char[ends - 1]
    spans = list(zip(texts, *(cut.tolist() for cut in cuts), strict=True))
    table = pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].take(located.first).array,
            "start": tokens["position"].to_numpy()[located.first],
            "end": tokens["position"].to_numpy()[located.stop - 1] + 1,
            "pre": pd.Series([text[a:b] for text, a, b, _, _ in spans], dtype="str"),
            "keyword": pd.Series([text[b:c] for text, _, b, c, _ in spans], dtype="str"),
            "post": pd.Series([text[c:d] for text, _, _, c, d in spans], dtype="str"),
            "pattern": lexicon.entries["pattern"].to_numpy()[located.entry],
            **{name: documents[name].take(rows).array for name in _BESIDE if _has(documents, name)},
        }
    )
    return conform(table, "CONCORDANCE")


def _check_number(name: str, value: object, of: str) -> None:
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


def _context_rows(
    tokens: pd.DataFrame, first: np.ndarray, stop: np.ndarray, window: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each context and one past its last, ``window`` words away and in the same document."""
    edges, words = document_edges(tokens), word_places(tokens)
    own = np.searchsorted(edges, first, side="right")
    doc_from, doc_to = edges[own - 1], edges[np.minimum(own, len(edges) - 1)]
    if not len(words) or window == 0:
        return first, stop
    earliest = _words_before(words, doc_from)
    before = np.maximum(_words_before(words, first) - window, earliest)
    begins = np.minimum(words[np.minimum(before, len(words) - 1)], first)
    after = _words_before(words, stop) + window - 1
    last_word = _words_before(words, doc_to) - 1
    ends = np.maximum(words[np.minimum(after, last_word)] + 1, stop)
    return begins, ends


def _words_before(words: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.searchsorted(words, rows.astype(words.dtype))  # of one dtype: else numpy would copy all the words


def _has(documents: pd.DataFrame, name: str) -> bool:
    return name in documents and bool(documents[name].notna().any())


def _documents_of(tokens: pd.DataFrame, documents: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Return where in ``documents`` the document of each row stands; of documents of one name the last counts."""
    number, codes = pd.factorize(tokens["doc_id"].array.codes[rows])
    names = tokens["doc_id"].cat.categories[codes].astype("str")
    ids = documents["doc_id"]
    chosen = np.flatnonzero((ids if ids.dtype == "str" else ids.astype("str")).isin(names))  # few of many
    known = pd.Index(ids.take(chosen).astype("str"))
    last = np.flatnonzero(~known.duplicated(keep="last"))
    place = known[last].get_indexer(names)
    missing = names[place < 0].tolist()
    if missing:
        raise SchemaError(
            f"`documents` lacks {len(missing)} of the doc_id values of `tokens`. First: {first_three(missing)}. "
            f"Pass the documents that the tokens were made from."
        )
    return chosen[last[place]][number]


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
    beside = [name for name in _BESIDE if name in concordance]
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
