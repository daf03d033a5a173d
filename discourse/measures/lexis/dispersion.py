"""Dispersion: how evenly words are spread over documents, beside what chance alone would spread."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit, logit, stdtrit

from discourse.errors import AbsentError, SchemaError, first_three
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.lexicons.patterns import list_patterns
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.checked import check_documents_once
from discourse.measures.counts import count_matches
from discourse.measures.draws import check_draws, name_units
from discourse.measures.intervals import FEW, check_level
from discourse.measures.lexis.random_placement import expect_deviation, expect_documents, place_at_random
from discourse.measures.lexis.terms import check_words, find_terms
from discourse.reading.matching.matches import find_matches
from discourse.tables import need

__all__ = ["count_patterns", "deviation_interval", "measure_dispersion"]


def measure_dispersion(
    tokens: pd.DataFrame,
    pattern: str | Iterable[str] | Lexicon | None = None,
    *,
    unit: str = "norm",
    clitics: str = "both",
    language: str = "arabic",
    documents: pd.DataFrame | None = None,
    cluster: str | None = None,
    min_count: int = 5,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how evenly words are spread over documents: TOKENS become DISPERSION.

    Every measure of dispersion hangs on the frequency: a word that stands twenty times in a thousand documents cannot
    be in more than twenty of them, wherever it stands. So each stands beside what a word of that frequency has that
    is placed at random; what lies outside the bounds of random placement is clustered (or spread more evenly).

    Parameters
    ----------
    tokens : DataFrame
        TOKENS; a document is a part of the corpus, one without words is none.
    pattern : str, iterable of str, or Lexicon, optional
        Patterns as in a lexicon, a row for each; of a lexicon a row for each category. All terms by default.
    unit : {"form", "norm", "lemma"}
        What a term is, where no pattern is given.
    clitics : {"both", "none", "proclitic"}
        What may be written onto the words of a pattern.
    language : str
        The language of the patterns.
    documents : DataFrame, optional
        DOCUMENTS with the variable ``cluster``; needed for this alone.
    cluster : str, optional
        Document variable whose values are the stories; intervals come from the spread of stories, documents by default.
    min_count : int
        Terms with fewer occurrences are left out, where no pattern is given.
    n_draws, seed : int
        Random placements, and the seed.
    level : float
        Probability that the interval of ``dp`` aims to cover. The bounds of random placement are of 95%.

    Returns
    -------
    DataFrame
        DISPERSION; patterns in their order, terms the most frequent first.

    Raises
    ------
    SchemaError
        A pattern matches nothing or is of marks alone, fewer than two documents have words, no term is frequent
        enough, or an option is out of range.

    Notes
    -----
    With s the share of words of a document and v its share of the occurrences, DP is half the sum of abs(v - s), and
    DP-norm is DP / (1 - min s). Juilland's D is 1 - V / sqrt(n - 1), V the coefficient of variation (divisor n) of the
    rates of n documents: rates, since documents are of unequal length. The interval of ``dp`` is of t on the scale of
    logits with the linearised variance of stories and as many degrees of freedom as stories with the term, less one.
    What is estimated is the DP of a corpus of infinitely many such documents. See docs/method-dispersion.md.

    References
    ----------
    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics
    13, 403-437. doi:10.1075/ijcl.13.4.02gri

    Lijffijt, J. and Gries, S. Th. (2012). Correction to Gries' (2008). International Journal of Corpus Linguistics 17,
    147-149. doi:10.1075/ijcl.17.1.08lij

    Juilland, A. and Chang-Rodríguez, E. (1964). Frequency Dictionary of Spanish Words. Mouton.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["روسيا روسيا كابل", "روسيا هنا اليوم", "كابل هنا اليوم"]
    >>> documents = pd.DataFrame({"doc_id": list("abc"), "text": texts})
    >>> found = measure_dispersion(tokenize(documents), "روسيا")
    >>> found[["n", "n_tokens", "n_docs_with", "n_docs", "dp", "dp_norm"]].round(3).values.tolist()
    [[3.0, 9.0, 2.0, 3.0, 0.333, 0.5]]
    """
    check_draws(n_draws, seed)
    check_level(level)
    if isinstance(min_count, bool) or not isinstance(min_count, int | np.integer) or min_count < 1:
        raise SchemaError(f"`min_count` is {min_count!r}; it must be a whole number of at least 1.")
    terms = find_terms(tokens, unit=unit)
    if pattern is None:
        names, counts = terms.names, terms.counts
        totals = np.asarray(counts.sum(axis=0)).ravel()
        kept = np.flatnonzero(totals >= min_count)
        kept = kept[np.lexsort((names[kept], -totals[kept]))]
        if not len(kept):
            raise SchemaError(f"No term of `tokens` stands {min_count} times (`min_count`). Lower it.")
        names, counts = names[kept], counts.tocsc()[:, kept]
    else:
        names, dense = count_patterns(tokens, pattern, clitics=clitics, language=language)
        counts = sparse.csc_array(dense)
    lengths = terms.n_tokens
    spoken = np.flatnonzero(lengths > 0)
    if len(spoken) < 2:
        raise SchemaError(
            f"`tokens` has {len(spoken)} document{'s' * (len(spoken) != 1)} with a word; how a word is spread over "
            "documents cannot be told from one. Pass the tokens of two or more."
        )
    units = _units(terms.doc_ids, documents, cluster)[spoken]
    rows = pd.DataFrame(_measured(sparse.csc_array(counts)[spoken], lengths[spoken], units, n_draws, seed, level))
    return conform_in_order(rows.assign(term=np.asarray(names, dtype=object), cluster=cluster), "DISPERSION")


def count_patterns(
    tokens: pd.DataFrame, pattern: str | Iterable[str] | Lexicon, *, clitics: str = "both", language: str = "arabic"
) -> tuple[pd.Index, np.ndarray]:
    """Count patterns in each document of TOKENS.

    Returns
    -------
    names : Index of str
        The patterns in their order, or the categories of a lexicon.
    counts : ndarray of int of shape (n_documents, n_patterns)
        Occurrences, documents in the order of the categories of ``doc_id``.

    Raises
    ------
    SchemaError
        No pattern is given, or one matches nothing or is of marks alone.
    """
    if isinstance(pattern, Lexicon):
        lexicon, names = pattern, pd.Index(pattern.entries["category"].astype("str").unique())
    else:
        asked = list(dict.fromkeys(list_patterns(pattern)))
        if not asked:
            raise SchemaError("`pattern` is empty; give one pattern or several, or leave it out for all terms.")
        names = pd.Index(asked)
        entries = {f"p{place}": [one] for place, one in enumerate(asked)}
        lexicon = lexicon_from_patterns(entries, name="of `pattern`", clitics=clitics, language=language)
        check_words("pattern", asked)
    counted = count_matches(find_matches(tokens, lexicon), tokens)
    columns = list(names) if isinstance(pattern, Lexicon) else [f"p{place}" for place in range(len(names))]
    wide = counted.assign(doc_id=counted["doc_id"].astype("str"), category=counted["category"].astype("str"))
    wide = wide.pivot(index="doc_id", columns="category", values="n_matches")
    counts = wide.reindex(index=tokens["doc_id"].cat.categories.astype("str"), columns=columns).fillna(0).to_numpy()
    silent = [name for name, total in zip(names, counts.sum(axis=0), strict=True) if not total]
    if silent:
        raise AbsentError(
            f"`pattern` matches nothing in {len(silent)} of {len(names)} cases. First: {first_three(silent)}. Look at "
            "what a pattern matches by kwic(), or leave it out."
        )
    return names, counts.astype(np.int64)


def _units(doc_ids: pd.Index, documents: pd.DataFrame | None, cluster: str | None) -> np.ndarray:
    """Return the number of the story of each document."""
    if cluster is None:
        return np.arange(len(doc_ids))
    if documents is None:
        raise SchemaError(f"`documents` is missing, which holds {cluster!r}. Pass the table of documents.")
    need(documents, "documents", ["doc_id", cluster])
    check_documents_once(documents)
    known = pd.Series(documents[cluster].to_numpy(), index=documents["doc_id"].astype("str"))
    absent = sorted(set(doc_ids.astype("str")) - set(known.index))
    if absent:
        raise SchemaError(
            f"`documents` lacks {len(absent)} documents of `tokens`. First: {first_three(absent)}. Pass the documents "
            "that were tokenized."
        )
    of_documents = known.loc[doc_ids.astype("str")].reset_index(drop=True)
    return pd.factorize(name_units(pd.Series(doc_ids.astype("str")), of_documents), sort=True)[0]


def _measured(
    counts: sparse.csc_array, lengths: np.ndarray, units: np.ndarray, n_draws: int, seed: int, level: float
) -> dict[str, Any]:
    counts = counts.astype(float)  # type: ignore
    counts.eliminate_zeros()
    n, total, n_docs = np.asarray(counts.sum(axis=0)).ravel(), int(lengths.sum()), len(lengths)
    column = np.repeat(np.arange(counts.shape[1]), np.diff(counts.indptr))  # type: ignore
    s, v = lengths / total, counts.data / n[column]
    own = s[counts.indices]
    apart = v - own

    def add(values: np.ndarray) -> np.ndarray:
        return np.bincount(column, values, counts.shape[1])  # type: ignore

    dp = np.clip((1 + add(np.abs(apart) - own)) / 2, 0, 1)
    rates = counts.data / lengths[counts.indices]
    mean = add(rates) / n_docs
    variation = np.sqrt(np.maximum(add(rates**2) / n_docs - mean**2, 0)) / mean
    largest = 1 - s.min()
    frequencies = n.astype(np.int64)
    random = place_at_random(lengths, frequencies, n_draws=n_draws, seed=seed)
    lower, upper, n_units_with = deviation_interval(dp, counts, s, v, units, level)
    expected = expect_deviation(lengths, frequencies)
    return {
        "n": frequencies,
        "n_tokens": np.int64(total),
        "per_1000": 1000 * n / total,
        "n_docs_with": np.diff(counts.indptr).astype(np.int64),
        "n_docs": np.int64(n_docs),
        "n_docs_with_random": expect_documents(lengths, frequencies),
        "n_docs_with_random_lower": random.documents[0],
        "n_docs_with_random_upper": random.documents[1],
        "dp": dp,
        "dp_lower": lower,
        "dp_upper": upper,
        "dp_random": expected,
        "dp_random_lower": random.dp[0],
        "dp_random_upper": random.dp[1],
        "dp_norm": dp / largest,
        "dp_norm_random": expected / largest,
        "juilland_d": 1 - variation / np.sqrt(n_docs - 1),
        "juilland_d_random": random.d_mean,
        "juilland_d_random_lower": random.d[0],
        "juilland_d_random_upper": random.d[1],
        "n_units": np.int64(len(np.unique(units))),
        "few": n_units_with < FEW,
    }


def deviation_interval(
    dp: np.ndarray, counts: sparse.csc_array, s: np.ndarray, v: np.ndarray, units: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return bounds of DP from what each story moves it by, and how many stories have the term.

    The derivative of DP by the weight of a document is (abs(v - s) - v V + s S) / 2, with V and S the sums of v and of
    s times the sign of v - s; of a document without the term it is s (1 + S) / 2.
    """
    n_terms, n_units = counts.shape[1], int(units.max()) + 1  # type: ignore
    column = np.repeat(np.arange(n_terms), np.diff(counts.indptr))
    own = s[counts.indices]
    sign = np.sign(v - own)
    of_v = np.bincount(column, sign * v, n_terms)
    of_s = np.bincount(column, (sign + 1) * own, n_terms) - 1
    moved = (np.abs(v - own) - v * of_v[column] + own * of_s[column]) / 2
    base = own * (1 + of_s[column]) / 2
    story = sparse.coo_array((moved - base, (units[counts.indices], column)), shape=(n_units, n_terms)).tocsc()
    story.sum_duplicates()
    own_column = np.repeat(np.arange(n_terms), np.diff(story.indptr))
    share = np.bincount(units, s, n_units)
    level_of = (1 + of_s) / 2
    crossed = np.bincount(own_column, story.data * share[story.indices], n_terms)
    squares = np.bincount(own_column, story.data**2, n_terms) + 2 * level_of * crossed
    squares += level_of**2 * float((share**2).sum())
    with_term = np.diff(story.indptr)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.maximum(squares, 0) * n_units / (n_units - 1)) / (dp * (1 - dp))
        half = stdtrit(np.maximum(with_term - 1, 1), 0.5 + level / 2) * error
        lower, upper = expit(logit(dp) - half), expit(logit(dp) + half)
    unknown = ~np.isfinite(half) | (n_units < 2)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper), with_term
