"""Verbatim tokens with offsets and sentence numbers; dictionary-coded from the first line on."""

import re
import unicodedata

import numpy as np
import pandas as pd
from tqdm import tqdm

from discourse import tables
from discourse.language.arabic.normalization import (
    ABBREVIATION,
    BIDI_CONTROLS,
    DEFAULT_NORMALIZER,
    DIACRITICS,
    Normalizer,
)
from discourse.memory import of_words

__all__ = ["is_word", "split_words", "tokenize", "word_rows", "words_among"]

_JOINERS = "\u200c\u200d\u00ad"  # invisible, but inside a word they belong to it
_CHUNK = 500  # documents cut between two gathers: bounds the memory of the pieces


def _character_classes() -> tuple[str, str]:
    """Return the punctuation and symbol characters, and the control characters, as regex class bodies."""
    marks, controls = [], []
    for number in range(0x10000):
        character = chr(number)
        kind = unicodedata.category(character)
        if kind[0] in "PS":
            marks.append(re.escape(character))
        elif kind in ("Cc", "Cf") and not character.isspace() and character not in _JOINERS:
            controls.append(re.escape(character))
    emoji = "\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff"
    return "".join(marks) + emoji, "".join(controls) + "\U000e0001-\U000e007f"


_MARK, _CONTROL = _character_classes()
_WORD = rf"[^\s{_MARK}{_CONTROL}{_JOINERS}]+"
_EMOJI = (
    "[\u2190-\u2bff\U0001f000-\U0001faff](?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_PIECE = re.compile(
    rf"""
      \s+
    | (?:https?://|www\.)[^\s<>"«»“”‹›()،؛]*[\w/\#=&]     # addresses
    | [\w.+-]+@[\w-]+\.[\w.-]*\w
    | {ABBREVIATION.replace(" ", "[ ]")}
    | \d+(?:[.,٫٬]\d+)+(?![\w{DIACRITICS}])                # numbers with separators
    | {_WORD}(?:[{_JOINERS}]+{_WORD})*
    | [\U0001f1e6-\U0001f1ff]{{2}}                         # flags
    | {_EMOJI}+                                            # emoji with modifiers
    | [{_CONTROL}{_JOINERS}]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

# What a distinct piece is, for cutting sentences.
_SPACE, _BREAK, _OTHER, _END, _DOT, _CLOSE, _QUOTE, _LETTER, _LATIN = range(9)
_END_MARKS, _CLOSE_MARKS, _QUOTE_MARKS = set("!?؟۔‼⁇"), set("»”’)]}›"), set("\"'")
_LONG_SPACE = 4  # so many blanks in a row stand for a paragraph break in crawled pages


class _Vocabulary(dict[str, int]):
    """Give each new piece the next code."""

    def __missing__(self, piece: str) -> int:
        self[piece] = code = len(self)
        return code


def _piece_class(piece: str) -> int:
    if piece.isspace():
        return (
            _BREAK if len(piece) >= _LONG_SPACE or any(c in piece for c in "\n\r\u2028\u2029\x0b\x0c\x85") else _SPACE
        )
    if all(c in BIDI_CONTROLS or c in _JOINERS or unicodedata.category(c) in ("Cc", "Cf") for c in piece):
        return _SPACE
    if len(piece) == 1:
        for marks, kind in ((".", _DOT), (_END_MARKS, _END), (_CLOSE_MARKS, _CLOSE), (_QUOTE_MARKS, _QUOTE)):
            if piece in marks:
                return kind
        if "\u0621" <= piece <= "\u064a":
            return _LETTER
    if piece[-1].isascii() and piece[-1].isalpha():
        return _LATIN
    return _OTHER


def is_word(token: str) -> bool:
    """Tell whether a token counts as a word: it has at least one letter or digit.

    Examples
    --------
    >>> [is_word(token) for token in ("طالبان", "2015", "،", "«")]
    [True, True, False, False]
    """
    return token.isalnum() or any(c.isalnum() for c in token)


def word_rows(tokens: pd.DataFrame) -> np.ndarray:
    """Return a boolean array: which rows of TOKENS are words (the denominator of every rate)."""
    return words_among(tokens["token"].cat.categories)[tokens["token"].cat.codes.to_numpy()]


def words_among(vocabulary: pd.Index) -> np.ndarray:
    """Return a boolean array: which of the categories of ``token`` or ``norm`` are words."""
    return of_words(vocabulary, "words", lambda: np.fromiter(map(is_word, vocabulary.tolist()), bool, len(vocabulary)))


def split_words(text: str) -> list[str]:
    """Return the tokens of one text as a list; ``tokenize`` for a corpus.

    Examples
    --------
    >>> split_words("قالت (أ ف ب): 234.5 مليون.")
    ['قالت', '(', 'أ ف ب', ')', ':', '234.5', 'مليون', '.']
    """
    return [piece for piece in _PIECE.findall(text) if _piece_class(piece) > _BREAK]


def tokenize(
    documents: pd.DataFrame,
    *,
    normalizer: Normalizer = DEFAULT_NORMALIZER,
    field: str = "text",
    progress: bool = False,
) -> pd.DataFrame:
    """Cut the texts of DOCUMENTS into TOKENS.

    Word boundaries are those of camel-tools' ``simple_word_tokenize`` (white space; every punctuation mark and symbol
    alone), except: addresses, numbers with separators and spelled-out abbreviations (أ ف ب) are one token, and bidi
    marks and other control characters are part of no token. docs/tokens.md shows each case and why. A sentence ends
    with ``. ! ? ؟`` and closing marks behind it, or with a line break or four blanks in a row; two or more dots in a
    row do not end it, nor a dot behind a single letter (a title such as د.).

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; only ``doc_id`` and ``field`` are read.
    normalizer : Normalizer
        Gives ``norm``, once per distinct token.
    field : str
        The column to cut: "text", or "title" for headlines (nulls count as empty).
    progress : bool
        Show a progress bar on stderr.

    Returns
    -------
    DataFrame
        TOKENS, sorted by doc_id and position. A document without tokens has no row, but its doc_id is among the
        categories of ``doc_id``, so that later counts keep it.

    Raises
    ------
    SchemaError
        A column is missing, or doc_id repeats.

    Examples
    --------
    >>> import pandas as pd
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["نفت موسكو ذلك. وقالت: «لا»"]})
    >>> tokens = tokenize(documents)
    >>> print(tokens[["position", "sentence", "start_char", "end_char"]].tail(3).to_string(header=False))
    6  6  1  22  23
    7  7  1  23  25
    8  8  1  25  26
    >>> tokens["token"].tolist()
    ['نفت', 'موسكو', 'ذلك', '.', 'وقالت', ':', '«', 'لا', '»']
    """
    _check_documents(documents, field)
    ordered = documents[["doc_id", field]].sort_values("doc_id", kind="stable", ignore_index=True)
    texts = ordered[field].astype(object).where(ordered[field].notna(), "").astype(str).tolist()
    vocabulary = _Vocabulary()
    chunks, sizes = [], np.zeros(len(texts), np.int64)
    bar = tqdm(total=len(texts), desc="tokenize", unit="doc", disable=not progress)
    for first in range(0, len(texts), _CHUNK):
        pieces: list[str] = []
        for number, text in enumerate(texts[first : first + _CHUNK], first):
            found = _PIECE.findall(text)
            sizes[number] = len(found)
            pieces += found
        chunks.append(np.fromiter(map(vocabulary.__getitem__, pieces), np.int32, len(pieces)))
        bar.update(min(_CHUNK, len(texts) - first))
    bar.close()
    codes = np.concatenate(chunks) if chunks else np.empty(0, np.int32)
    return _assemble(codes, sizes, list(vocabulary), ordered["doc_id"], normalizer)


def _check_documents(documents: pd.DataFrame, field: str) -> None:
    if not isinstance(documents, pd.DataFrame) or not {"doc_id", field} <= set(documents.columns):
        found = list(documents.columns) if isinstance(documents, pd.DataFrame) else type(documents).__name__
        raise tables.SchemaError(f"`documents` must be a DOCUMENTS table with doc_id and {field!r}; it has {found}.")
    repeated = documents["doc_id"][documents["doc_id"].duplicated()]
    if len(repeated):
        raise tables.SchemaError(
            f"`documents` has {len(repeated)} repeated doc_id values; doc_id must be unique. "
            f"First: {tables.first_three(repeated)}. Drop or rename them before tokenize()."
        )


def _assemble(
    codes: np.ndarray, sizes: np.ndarray, pieces: list[str], doc_ids: pd.Series, normalizer: Normalizer
) -> pd.DataFrame:
    """Build TOKENS from the piece codes of all documents, one after the other."""
    lengths = np.fromiter(map(len, pieces), np.int32, len(pieces))
    classes = np.fromiter(map(_piece_class, pieces), np.int8, len(pieces))
    document = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    end = np.cumsum(lengths[codes], dtype=np.int64)
    first_piece = np.cumsum(sizes) - sizes
    before = np.concatenate(([0], end))[first_piece]  # characters before each document
    end = (end - before[document]).astype(np.int32)
    start = end - lengths[codes]
    kind = classes[codes]
    keep = np.flatnonzero(kind > _BREAK)
    breaks = np.cumsum(kind == _BREAK, dtype=np.int32)[keep]
    document, start, end, codes, kind = document[keep], start[keep], end[keep], codes[keep], kind[keep]
    sentence, position = _number(document, start, end, kind, breaks)
    token, norm = _words(pieces, classes, codes, normalizer)
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(document, categories=pd.Index(doc_ids.astype(str), dtype="str")),
            "position": position,
            "sentence": sentence,
            "start_char": start,
            "end_char": end,
            "token": token,
            "norm": norm,
        },
        copy=False,
    )


def _number(
    document: np.ndarray, start: np.ndarray, end: np.ndarray, kind: np.ndarray, breaks: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Number sentences and positions, both from 0 within each document."""
    n = len(document)
    if not n:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    previous = np.roll(kind, 1)
    following = np.roll(kind, -1)
    touches = np.roll(end, 1) == start  # no blank before
    touches_next = np.roll(touches, -1)
    dot = kind == _DOT
    lone = dot & ~((previous == _DOT) & touches) & ~((following == _DOT) & touches_next)
    title = (previous == _LETTER) & touches
    inside = (previous == _LATIN) & (following == _LATIN) & touches & touches_next
    ends = (lone & ~title & ~inside) | (kind == _END)
    trailing = ends | dot | (kind == _CLOSE) | ((kind == _QUOTE) & touches)
    rows = np.arange(n)
    last_end = np.maximum.accumulate(np.where(ends, rows, -1))
    last_plain = np.maximum.accumulate(np.where(trailing, -1, rows))
    after = last_end > last_plain
    first = np.ones(n, bool)
    first[1:] = document[1:] != document[:-1]
    new = first.copy()
    new[1:] |= (after[:-1] & ~trailing[1:]) | (breaks[1:] != breaks[:-1])
    first_row = np.maximum.accumulate(np.where(first, rows, 0))
    count = np.cumsum(new, dtype=np.int32)
    return (count - count[first_row]).astype(np.int32), (rows - first_row).astype(np.int32)


def _words(
    pieces: list[str], classes: np.ndarray, codes: np.ndarray, normalizer: Normalizer
) -> tuple[pd.Categorical, pd.Categorical]:
    """Turn piece codes into the sorted categories of token and norm."""
    used = np.flatnonzero(classes > _BREAK)
    words = [pieces[code] for code in used]
    order = sorted(range(len(words)), key=words.__getitem__)
    recode = np.full(len(pieces), -1, np.int32)
    recode[used[order]] = np.arange(len(order), dtype=np.int32)
    sorted_words = [words[i] for i in order]
    norms = [normalizer(word) for word in sorted_words]
    distinct = sorted(set(norms))
    place = {norm: code for code, norm in enumerate(distinct)}
    to_norm = np.fromiter((place[norm] for norm in norms), np.int32, len(norms))
    token_codes = recode[codes]
    return (
        pd.Categorical.from_codes(token_codes, categories=pd.Index(sorted_words, dtype="str")),
        pd.Categorical.from_codes(to_norm[token_codes], categories=pd.Index(distinct, dtype="str")),
    )
