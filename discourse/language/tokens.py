"""Verbatim tokens with offsets and sentence numbers; dictionary-coded from the first line on."""

import unicodedata
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from tqdm import tqdm

from discourse import tables
from discourse.carried import carried
from discourse.language.base import Language, load_language
from discourse.language.boundaries import Boundaries, is_token, piece_pattern
from discourse.language.cutting import Cut, cut_texts, merge_words, portions
from discourse.language.sentences import number_sentences, sentence_roles
from discourse.memory import of_words

__all__ = ["is_word", "remember_words", "split_words", "tokenize", "word_rows", "words_among"]

_ROWS = 500  # documents that are strings of Python at a time
_LONG_BLANK = 4  # so many blanks in a row stand for a paragraph break in crawled pages


def is_word(token: str) -> bool:
    """Tell whether a token counts as a word: it has at least one letter or digit; a tatweel alone is a dash.

    Examples
    --------
    >>> [is_word(token) for token in ("طالبان", "2015", "،", "«")]
    [True, True, False, False]
    """
    return any(c.isalnum() and unicodedata.category(c) != "Lm" for c in token)


def word_rows(tokens: pd.DataFrame) -> np.ndarray:
    """Return a boolean array: which rows of TOKENS are words (the denominator of every rate)."""
    return words_among(tokens["token"].cat.categories)[tokens["token"].cat.codes.to_numpy()]


def words_among(vocabulary: pd.Index) -> np.ndarray:
    """Return a boolean array: which of the categories of ``token`` or ``norm`` are words."""
    return of_words(vocabulary, "words", lambda: _are_words(vocabulary.tolist()))


def remember_words(vocabulary: pd.Index, known: np.ndarray) -> None:
    """Take it as known which words of a vocabulary are words: what ``words_among`` found before."""
    of_words(vocabulary, "words", lambda: known)


def _are_words(tokens: list[str]) -> np.ndarray:
    found = np.fromiter(map(str.isalnum, tokens), bool, len(tokens))  # nearly all that are words
    unsure = [place for place, token in enumerate(tokens) if len(token) == 1 and found[place]]
    for place in [*np.flatnonzero(~found).tolist(), *unsure]:
        found[place] = is_word(tokens[place])
    return found


def split_words(text: str, *, language: str | Language = "arabic") -> list[str]:
    """Return the tokens of one text as a list; ``tokenize`` for a corpus.

    Parameters
    ----------
    text : str
        A text.
    language : str or Language
        The language of the text.

    Examples
    --------
    >>> split_words("قالت (أ ف ب): 234.5 مليون.")
    ['قالت', '(', 'أ ف ب', ')', ':', '234.5', 'مليون', '.']
    """
    return [piece for piece in piece_pattern(load_language(language).boundaries).findall(text) if is_token(piece)]


def tokenize(
    documents: pd.DataFrame,
    *,
    language: str | Language = "arabic",
    normalizer: Callable[[str], str] | None = None,
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
    language : str or Language
        The language of the texts: "arabic", or a pack that was registered.
    normalizer : Normalizer, optional
        Gives ``norm``, once per distinct token; that of the language when left out.
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
        A column is missing, doc_id repeats, or the language is unknown.

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
    pack = load_language(language)
    kept = carried(documents, ("doc_id", field), ("tokens", pack.name)) if normalizer is None else None
    if kept is not None:  # from an opened corpus
        return kept
    _check_documents(documents, field)
    ordered = documents[["doc_id", field]].sort_values("doc_id", kind="stable", ignore_index=True)
    cuts = []
    with tqdm(total=len(ordered), desc="tokenize", unit="doc", disable=not progress) as bar:
        for portion in portions(_texts(ordered[field])):
            cuts.append(cut_texts(portion, pack.boundaries, long_blank=_LONG_BLANK))
            bar.update(len(portion))
    return _assemble(cuts, ordered["doc_id"], pack.boundaries, normalizer or pack.normalizer)


def _texts(column: pd.Series) -> Iterator[str]:
    """Yield the texts, a null as an empty one; not all are held as Python strings at a time."""
    if column.dtype != "str":
        column = column.astype(object).where(column.notna(), "").astype("str")
    for first in range(0, len(column), _ROWS):
        yield from column.iloc[first : first + _ROWS].fillna("").tolist()


def _check_documents(documents: pd.DataFrame, field: str) -> None:
    tables.need(documents, "documents", ["doc_id", field], table="DOCUMENTS")
    repeated = documents["doc_id"][documents["doc_id"].duplicated()]
    if len(repeated):
        raise tables.SchemaError(
            f"`documents` has {len(repeated)} repeated doc_id values; doc_id must be unique. "
            f"First: {tables.first_three(repeated)}. Drop or rename them before tokenize()."
        )


def _assemble(
    cuts: list[Cut], doc_ids: pd.Series, boundaries: Boundaries, normalizer: Callable[[str], str]
) -> pd.DataFrame:
    """Build TOKENS from the cuts of all documents, one after the other; the cuts are used up."""
    words, codes = merge_words(cuts)
    empty = np.empty(0, np.int32)
    start, end = (np.concatenate([empty, *(getattr(cut, name) for cut in cuts)]) for name in ("start", "end"))
    sizes = np.concatenate([empty, *(cut.sizes for cut in cuts)])
    broken = np.concatenate([empty.astype(bool), *(cut.broken for cut in cuts)])
    cuts.clear()
    document = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    written = words.to_pylist()
    sentence = number_sentences(sentence_roles(written, boundaries)[codes], sizes, start, end, broken)
    position = np.arange(len(codes), dtype=np.int32) - np.repeat((np.cumsum(sizes) - sizes).astype(np.int32), sizes)
    fold_words = getattr(normalizer, "fold_words", None) or (lambda words: [normalizer(word) for word in words])
    norms = pa.array(fold_words(written), pa.large_string()).dictionary_encode()
    order = pc.call_function("array_sort_indices", [norms.dictionary]).to_numpy()
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    norm = place[norms.indices.to_numpy()][codes]
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(document, categories=pd.Index(doc_ids.astype(str), dtype="str")),
            "position": position,
            "sentence": sentence,
            "start_char": start,
            "end_char": end,
            "token": _coded(codes, words),
            "norm": _coded(norm, norms.dictionary.take(pa.array(order))),
        },
        copy=False,
    )


def _coded(codes: np.ndarray, words: pa.LargeStringArray) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(pd.array(words, dtype="str")))
