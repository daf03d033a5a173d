"""Find the entries of a lexicon in TOKENS: once per distinct word, then gathered by code."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.locating import Located, locate, locate_rest
from discourse.reading.matching.scopes import mark_scopes

__all__ = ["Located", "check_tokens", "find_matches", "locate", "locate_rest"]


def find_matches(
    tokens: pd.DataFrame,
    lexicon: Lexicon,
    *,
    scopes: Lexicon | None = None,
    overlaps: str = "longest",
    words: str = "forms",
) -> pd.DataFrame:
    """Find where the entries of a lexicon stand in TOKENS.

    One match is one entry at one place. Within a category the longest match wins, then the leftmost, then the entry
    that stands first in the lexicon; categories do not compete. The places of a multiword entry follow each other in
    one sentence; quotation marks between them are looked through, other marks are not unless the entry declares a gap.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.
    lexicon : Lexicon
        From ``load_lexicon``; its normalizer must be the one of the tokens.
    scopes : Lexicon, optional
        Negators, hedges and conditions; the built-in lexicon "scopes" by default.
    overlaps : str
        "longest" as above, or "all" to keep every match of every entry.
    words : str
        How entries by lemma find their words: "forms" expands the declared inflection (needs no data), "lemmas" takes
        the ``lemma`` and ``pos`` that ``annotate_morphology`` added to the tokens. Literal words and globs always go
        by form.

    Returns
    -------
    DataFrame
        MATCHES, sorted by doc_id, start, end, category. ``start`` and ``end`` are token positions in the document.

    Raises
    ------
    SchemaError
        The tokens are no TOKENS table, or ``overlaps`` is none of the choices.

    Notes
    -----
    The entries are expanded against the distinct words of the corpus: proclitics, endings and pronouns are those that
    discourse/language/arabic/inflection.py declares for the entry. docs/method-words.md describes the rules.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["لم تعترف موسكو بطالبان ولا بروسيا وزير طالباني"]})
    >>> lexicon = lexicon_from_patterns({"taliban": ["طالبان"], "russia": ["روسيا", "موسكو"]}, clitics="proclitic")
    >>> matches = find_matches(tokenize(documents), lexicon)
    >>> print(matches[["start", "end", "category", "negated"]].to_string(index=False))
     start  end category  negated
         2    3   russia     True
         3    4  taliban     True
         5    6   russia     True
    """
    tables.check_choice("overlaps", overlaps, ["all", "longest"])
    tables.check_choice("words", words, ["forms", "lemmas"])
    check_tokens(tokens)
    located = locate(tokens, lexicon, overlaps=overlaps, words=words)
    negated, hedged = mark_scopes(tokens, located.first, located.stop, scopes=scopes or load_lexicon("scopes"))
    return _table(tokens, lexicon, located, negated, hedged)


def check_tokens(tokens: pd.DataFrame) -> None:
    """Raise unless the frame is a TOKENS table."""
    needed = [column.name for column in tables.TABLES["TOKENS"].columns if not column.optional]
    missing = [name for name in needed if name not in tokens.columns]
    if missing:
        raise SchemaError(f"`tokens` lacks the columns {tables.first_three(missing)}; make it with tokenize().")
    for name in ("doc_id", "token", "norm"):
        if not isinstance(tokens[name].dtype, pd.CategoricalDtype):
            raise SchemaError(f"`tokens` column {name!r} has dtype {tokens[name].dtype}; it must be category.")


def _table(
    tokens: pd.DataFrame, lexicon: Lexicon, located: Located, negated: np.ndarray, hedged: np.ndarray
) -> pd.DataFrame:
    entries = lexicon.entries
    categories, category = _coded(entries["category"], lexicon.categories)
    patterns, pattern = _coded(entries["pattern"], entries["pattern"])
    located, negated, hedged = _by_category(located, category[located.entry], negated, hedged)
    documents = pd.CategoricalDtype(tokens["doc_id"].cat.categories, ordered=tokens["doc_id"].cat.ordered)
    doc_id = tokens["doc_id"].cat.codes.to_numpy()[located.first]
    start = tokens["position"].to_numpy()[located.first].astype(np.int32)
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(doc_id, dtype=documents, validate=False),
            "start": start,
            "end": (start + (located.stop - located.first)).astype(np.int32),
            "category": pd.Categorical.from_codes(category[located.entry], categories=categories, validate=False),
            "pattern": pd.Categorical.from_codes(pattern[located.entry], categories=patterns, validate=False),
            "weight": entries["weight"].to_numpy(np.float64)[located.entry],
            "negated": negated,
            "hedged": hedged,
        },
        copy=False,
    )


def _coded(values: pd.Series, names: Iterable[str]) -> tuple[pd.Index, np.ndarray]:
    """Return the names sorted, and the place of each value among them."""
    known = pd.Index(sorted(set(names)))
    return known, known.get_indexer(pd.Index(values)).astype(np.int32)


def _by_category(
    located: Located, category: np.ndarray, negated: np.ndarray, hedged: np.ndarray
) -> tuple[Located, np.ndarray, np.ndarray]:
    """Sort matches, sorted by their rows, by their rows and category."""
    same = (located.first[1:] == located.first[:-1]) & (located.stop[1:] == located.stop[:-1])
    if not (same & (category[1:] < category[:-1])).any():
        return located, negated, hedged
    order = np.lexsort((category, located.stop, located.first))
    return located.take(order), negated[order], hedged[order]
