"""How often each word stands in a corpus and its parts, how it is written, and which documents have it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.errors import SchemaError, first_three
from discourse.language.base import load_language
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.intervals import check_level, interval_of, ratio_by_group
from discourse.measures.lexis.parts import Part, find_parts, read_stories
from discourse.measures.lexis.spreads import Cells, make_cells, spread_of_cells
from discourse.measures.lexis.terms import Terms, find_terms
from discourse.memory import of_rows
from discourse.tables import conform

__all__ = ["closed_words", "count_words", "find_word_documents", "written_forms"]

_SHARES_AT_ONCE = 2_000_000  # cells of documents by terms laid out at once


def count_words(
    tokens: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    unit: str = "norm",
    by: str | None = None,
    freq: str = "YS",
    quotations: pd.DataFrame | None = None,
    least: int = 1,
    closed: str = "keep",
    language: str = "arabic",
    intervals: bool = False,
    cluster: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count every word of a corpus: TOKENS become FREQUENCIES.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS. Marks are no words.
    documents : DataFrame, optional
        DOCUMENTS; asked for by periods, variables and ``cluster``.
    unit : {"form", "norm", "lemma"}
        What a word is: as written, its normal form, or its lemma. Words without a lemma are in the denominator alone.
    by : {"period", "voice"} or str, optional
        Count in each part by itself: periods of ``freq``, the outlet's words and quoted ones, or the values of a column
        of ``documents``.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    quotations : DataFrame, optional
        QUOTATIONS, for voices.
    least : int
        Words that stand less often in a part have no row there.
    closed : {"keep", "drop"}
        What becomes of the rows of closed words (prepositions, pronouns, particles) that the language lists. They are
        marked in any case, and are in the denominator in any case.
    language : str
        The language whose closed words these are.
    intervals : bool
        Also give intervals of the rate and of the share of documents.
    cluster : str, optional
        Document variable whose values are stories: the units of the intervals.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        FREQUENCIES, by part, from the most frequent down; the alphabet decides among equals.

    Raises
    ------
    SchemaError
        The unit has no column, ``least`` is no number, or what ``by`` asks for is not at hand.

    Notes
    -----
    The intervals are those of ``count_by_period``: docs/method-uncertainty.md.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["قال: إن، قال", "إن وأن"]}))
    >>> count_words(tokens)[["term", "form", "n", "n_tokens", "n_docs", "closed"]].values.tolist()
    [['ان', 'إن', 2, 5, 2, True], ['قال', 'قال', 2, 5, 1, False], ['وان', 'وأن', 1, 5, 1, False]]
    """
    check_level(level)
    if closed not in ("keep", "drop"):
        raise SchemaError(f"`closed` is {closed!r}; it must be one of 'drop', 'keep'.")
    if isinstance(least, bool) or not isinstance(least, int | np.integer) or least < 1:
        raise SchemaError(f"`least` is {least!r}; it must be a whole number, 1 or more.")
    terms = find_terms(tokens, unit=unit)
    parts, n_left_out = find_parts(tokens, terms, by, documents, freq=freq, quotations=quotations)
    story = read_stories(terms, documents, cluster)
    forms = written_forms(tokens, terms, unit)
    is_closed = terms.names.isin(list(closed_words(language, unit)))
    tables = []
    for part in parts:
        table = _count(terms, part, least, story, level if intervals else None)
        table = table.assign(form=forms[table["code"]], closed=is_closed[table["code"]], part=part.name)
        tables.append(table.drop(columns="code") if closed == "keep" else table[~table["closed"]].drop(columns="code"))
    out = pd.concat(tables, ignore_index=True).assign(by=by, n_left_out=n_left_out)
    return conform_in_order(out if by is not None else out.drop(columns=["part", "by", "n_left_out"]), "FREQUENCIES")


def closed_words(language: str, unit: str = "norm") -> frozenset[str]:
    """Return the words of the closed classes that a language lists, as terms of a unit; none for lemmas.

    Raises
    ------
    ResourceError
        The language has no such list.
    """
    listed = load_language(language).words("readings")
    words = [word for key in ("closed", "prepositions") for word in listed[key]]
    if unit == "form":
        return frozenset(words)
    return frozenset(listed.normal("closed", "prepositions")) if unit == "norm" else frozenset(words)


def written_forms(tokens: pd.DataFrame, terms: Terms, unit: str) -> np.ndarray:
    """Return how each term is written most often; the first in the order of the alphabet among equals."""
    if unit == "form":
        return terms.names.to_numpy(dtype=object)
    return of_rows(
        tokens,
        ("token", "norm" if unit == "norm" else "lemma"),
        "written forms",
        lambda: _forms(tokens["token"], terms),
    )


def _forms(column: pd.Series, terms: Terms) -> np.ndarray:
    some = terms.codes >= 0
    written = column.cat.codes.to_numpy()[terms.rows[some]]
    shape = (len(terms.names), len(column.cat.categories))
    pairs = sparse.coo_array((np.ones(len(written), np.int64), (terms.codes[some], written)), shape=shape).tocsr()
    term = np.repeat(np.arange(shape[0]), np.diff(pairs.indptr))
    alphabet = np.empty(shape[1], np.int64)
    alphabet[np.argsort(column.cat.categories.to_numpy(dtype=object), kind="stable")] = np.arange(shape[1])
    order = np.lexsort((alphabet[pairs.indices], -np.asarray(pairs.data), term))  # type: ignore
    first = order[np.searchsorted(term, np.arange(shape[0]))]
    return column.cat.categories.to_numpy(dtype=object)[pairs.indices[first]]


def _count(terms: Terms, part: Part, least: int, story: np.ndarray | None, level: float | None) -> pd.DataFrame:
    """Return the rows of one part."""
    counts, sizes = terms.counts, terms.n_tokens
    if part.words is not None:
        some = part.words & (terms.codes >= 0)
        cells = (np.ones(int(some.sum()), np.int64), (terms.documents[some], terms.codes[some]))
        counts = sparse.coo_array(cells, shape=counts.shape).tocsr()
        counts.sum_duplicates()
        sizes = np.bincount(terms.documents[part.words], minlength=len(sizes))
    inside = part.documents
    cells = make_cells(counts)
    own = inside[cells.unit]
    cells = Cells(cells.unit[own], cells.term[own], cells.n[own], cells.n_units, cells.n_terms)
    sizes = np.where(inside, sizes, 0)
    n, n_docs = cells.sum().astype(np.int64), np.bincount(cells.term, minlength=cells.n_terms)
    kept = np.flatnonzero(n >= least)
    kept = kept[np.lexsort((terms.names.to_numpy(dtype=object)[kept], -n[kept]))]
    n_tokens, n_all = int(sizes.sum()), int((sizes > 0).sum())
    table = pd.DataFrame({"code": kept, "term": terms.names.to_numpy(dtype=object)[kept], "n": n[kept]})
    table = table.assign(
        rank=(-table["n"]).rank(method="min").astype(np.int64),
        n_tokens=n_tokens,
        per_1000=1000 * n[kept] / max(n_tokens, 1),
        n_docs=n_docs[kept],
        n_all_docs=n_all,
        share=n_docs[kept] / max(n_all, 1),
    )
    return table if level is None or not len(kept) else table.assign(**_intervals(cells, sizes, kept, story, level))


def _intervals(
    cells: Cells, sizes: np.ndarray, kept: np.ndarray, story: np.ndarray | None, level: float
) -> dict[str, np.ndarray]:
    table = cells.matrix()[:, kept]
    whole, words, of_documents = table, sizes, None
    if story is not None:
        n_units = int(story.max(initial=0)) + 1
        gather = sparse.coo_array((np.ones(len(story)), (story, np.arange(len(story)))), shape=(n_units, len(story)))
        whole, words, of_documents = (gather.tocsr() @ table).tocsr(), np.bincount(story, sizes, n_units), sizes
    lower, upper = interval_of(spread_of_cells(make_cells(whole), words, of_documents), "rate", level=level)
    found = {"lower": 1000 * lower[0], "upper": 1000 * upper[0]}
    has_words = sizes > 0
    ends = [[], []]
    step = max(1, _SHARES_AT_ONCE // max(int(has_words.sum()), 1))
    present, one = (table[has_words] > 0).tocsc(), np.ones(int(has_words.sum()))
    for first in range(0, len(kept), step):
        made = ratio_by_group(
            present[:, first : first + step].toarray().astype(np.float64), one, np.zeros(len(one), np.int64), ["all"],
            kind="share", units=None if story is None else story[has_words], level=level,
        )  # fmt: skip
        for end, name in zip(ends, ("lower", "upper"), strict=True):
            end.append(made[name][0])
    return found | {"share_lower": np.concatenate(ends[0]), "share_upper": np.concatenate(ends[1])}


def find_word_documents(
    tokens: pd.DataFrame, terms: str | Sequence[str], documents: pd.DataFrame | None = None, *, unit: str = "norm"
) -> pd.DataFrame:
    """List the documents that have a word: WORD_DOCUMENTS.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    terms : str or sequence of str
        Words as FREQUENCIES names them.
    documents : DataFrame, optional
        DOCUMENTS, whose date, source and title come along.
    unit : {"form", "norm", "lemma"}
        What a word is.

    Returns
    -------
    DataFrame
        WORD_DOCUMENTS, sorted by term and doc_id.

    Raises
    ------
    SchemaError
        No document has a word.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["قال قال نعم", "إن"]}))
    >>> find_word_documents(tokens, "قال")[["doc_id", "n", "n_tokens"]].values.tolist()
    [['a', 2, 3]]
    """
    wanted = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
    known = find_terms(tokens, unit=unit)
    places = known.names.get_indexer(pd.Index(wanted, dtype="str"))
    absent = [word for word, place in zip(wanted, places, strict=True) if place < 0]
    if absent or not wanted:
        raise SchemaError(
            f"`terms` names {first_three(absent) or 'no word'}, which no document has as a {unit}. "
            "Ask count_words(tokens) for the words that there are."
        )
    found = known.counts[:, places].tocoo()
    out = pd.DataFrame(
        {
            "term": np.array(wanted, dtype=object)[found.col],
            "doc_id": pd.Categorical.from_codes(found.row, categories=known.doc_ids),
            "n": found.data,
            "n_tokens": known.n_tokens[found.row],
        }
    )
    out["per_1000"] = 1000 * out["n"] / out["n_tokens"]
    if documents is not None:
        beside = documents.set_index(documents["doc_id"].astype("str"))
        for name in ("date", "source", "title"):
            if name in documents:
                out[name] = beside[name].reindex(out["doc_id"].astype("str")).array
    return conform(out, "WORD_DOCUMENTS")
