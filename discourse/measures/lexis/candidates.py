"""Candidates for a lexicon: sequences of words that hold together and are more than a part of a longer one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.lexicons.patterns import plain_pattern
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.lexis.associations import log_likelihood, mutual_information
from discourse.measures.lexis.frequency import closed_words
from discourse.measures.lexis.ngrams import LEAST, check_least, names_of
from discourse.measures.lexis.sequences import LONGEST, Sequences, find_sequences, read_lengths, written_sequences
from discourse.measures.lexis.terms import Terms, find_terms

__all__ = ["find_candidates"]

_CLOSED = ("edges", "keep")


def find_candidates(
    tokens: pd.DataFrame,
    n: int | Sequence[int] = (2, 3, 4),
    *,
    unit: str = "norm",
    least: int = LEAST,
    closed: str = "edges",
    least_log_likelihood: float = 10.83,
    language: str = "arabic",
) -> pd.DataFrame:
    """Rank the multiword candidates of a corpus for a lexicon: TOKENS become CANDIDATES.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    n : int or sequence of int
        Words of a candidate, 2 or more.
    unit : {"form", "norm", "lemma"}
        What a word is.
    least : int
        How often a candidate stands at least.
    closed : {"edges", "keep"}
        Leave out sequences that begin or end with a closed word of the language (في, الذي), or keep all.
    least_log_likelihood : float
        Leave out sequences whose weakest cut has a lower log-likelihood; 10.83 is that of p = .001 for one table of
        independent words, here a sieve and no test. Minus infinity keeps all.
    language : str
        The language whose closed words these are.

    Returns
    -------
    DataFrame
        CANDIDATES, from the highest C-value down.

    Raises
    ------
    SchemaError
        ``n`` or ``least`` is no such number, ``closed`` is unknown, or the unit has no column.

    Notes
    -----
    The C-value of a sequence of w words is log2(w) times its frequency; of the frequency of one that also stands inside
    longer candidates, the mean number of these places per longer candidate is taken off. A place counts once, however
    many candidates cover it. Each place to cut a sequence in two gives a table of four counts (both parts, one, the
    other, neither); ``log_likelihood`` and the mutual information are those of the weakest cut.

    References
    ----------
    Frantzi, K., Ananiadou, S. and Mima, H. (2000). Automatic recognition of multi-word terms: the C-value/NC-value
    method. International Journal on Digital Libraries 3, 115-130. doi:10.1007/s007999900023

    Daille, B. (1994). Approche mixte pour l'extraction automatique de terminologie. Thesis, Université Paris 7.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["قال وزير الخارجية الروسي", "زار وزير الخارجية الروسي كابل", "عاد وزير الخارجية أمس"]
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts}))
    >>> found = find_candidates(tokens, (2, 3), least=2, least_log_likelihood=0)
    >>> found[["pattern", "n", "n_nested", "nested"]].values.tolist()
    [['وزير الخارجية الروسي', 2, 0, False], ['وزير الخارجية', 3, 2, False], ['الخارجية الروسي', 2, 2, True]]
    """
    lengths = read_lengths(n)
    if lengths[0] < 2:
        raise SchemaError("`n` is 1 for some candidates; a multiword candidate has 2 words or more.")
    check_least(least)
    check_choice("closed", closed, _CLOSED)
    terms = find_terms(tokens, unit=unit)
    found = find_sequences(tokens, terms, lengths[-1], least=least)
    shut = (
        terms.names.isin(list(closed_words(language, unit))) if closed == "edges" else np.zeros(len(terms.names), bool)
    )
    measures = {length: _measure_cuts(found, length, len(terms.codes)) for length in lengths}
    chosen = {}
    for length in lengths:
        first = found[length - 1].first
        edges = shut[terms.codes[first]] | shut[terms.codes[first + length - 1]]
        chosen[length] = ~edges & (measures[length]["log_likelihood"] >= least_log_likelihood)
    covered = _cover(found, chosen, len(terms.codes))
    tables = [_rows(tokens, terms, found, length, chosen, measures[length], covered) for length in lengths]
    out = pd.concat(tables, ignore_index=True)
    out = out.sort_values(["c_value", "n", "term"], ascending=[False, False, True], kind="stable", ignore_index=True)
    out["rank"] = (-out["c_value"]).rank(method="min").astype(np.int64)
    return conform_in_order(out, "CANDIDATES")


def _measure_cuts(found: list[Sequences], length: int, n_words: int) -> dict[str, np.ndarray]:
    """Return the association of the weakest cut of each sequence."""
    whole = found[length - 1]
    n = whole.n.astype(np.float64)
    likelihood, mutual, cubed = (np.full(len(n), np.inf) for _ in range(3))
    for cut in range(1, length):
        left = found[cut - 1].n[found[cut - 1].at[whole.first]].astype(np.float64)
        right = found[length - cut - 1].n[found[length - cut - 1].at[whole.first + cut]].astype(np.float64)
        expected = left * right / n_words
        rest = np.maximum(n_words - left - right + n, 0)
        signed = np.where(n >= expected, 1, -1) * log_likelihood(n, left - n, right - n, rest)
        likelihood = np.minimum(likelihood, signed)
        mutual = np.minimum(mutual, mutual_information(n, expected))
        cubed = np.minimum(cubed, mutual_information(n, expected, power=3))
    return {"log_likelihood": likelihood, "mi": mutual, "mi3": cubed}


def _cover(found: list[Sequences], chosen: dict[int, np.ndarray], n_words: int) -> dict[int, np.ndarray]:
    """Return of each length how far the longer candidates that begin up to each word reach."""
    reach = np.zeros(n_words, np.int64)
    covered = {}
    for length in sorted(chosen, reverse=True):
        covered[length] = np.maximum.accumulate(reach)
        places = np.flatnonzero(np.append(chosen[length], False)[found[length - 1].at])
        reach[places] = np.maximum(reach[places], places + length)
    return covered


def _rows(
    tokens: pd.DataFrame,
    terms: Terms,
    found: list[Sequences],
    length: int,
    chosen: dict[int, np.ndarray],
    measures: dict[str, np.ndarray],
    covered: dict[int, np.ndarray],
) -> pd.DataFrame:
    own = found[length - 1]
    kept = np.flatnonzero(chosen[length])
    at = np.flatnonzero(np.append(chosen[length], False)[own.at])
    inside = at[covered[length][at] >= at + length]
    n_nested = np.bincount(own.at[inside], minlength=len(own.n))[kept]
    n_longer = _count_longer(found, length, chosen)[kept]
    n = own.n[kept]
    taken = n_nested / np.maximum(n_longer, 1)
    return pd.DataFrame(
        {
            "term": names_of(terms.names, terms.codes, own.first[kept], length),
            "pattern": [plain_pattern(one) for one in written_sequences(tokens, terms, own, kept)],
            "n_words": length,
            "n": n,
            "n_tokens": len(terms.codes),
            "n_docs": own.n_docs[kept],
            "n_nested": n_nested,
            "n_longer": n_longer,
            "nested": n_nested == n,
            "c_value": np.log2(length) * (n - taken),
            **{name: values[kept] for name, values in measures.items()},
        }
    )


def _count_longer(found: list[Sequences], length: int, chosen: dict[int, np.ndarray]) -> np.ndarray:
    """Count the longer candidates that hold each sequence of a length."""
    own = found[length - 1]
    pairs = []
    for longer in (one for one in chosen if one > length):
        kept = np.flatnonzero(chosen[longer])
        first = found[longer - 1].first[kept]
        name = kept.astype(np.int64) * (LONGEST + 1) + longer
        for step in range(longer - length + 1):
            pairs.append(np.column_stack([own.at[first + step].astype(np.int64), name]))
    if not pairs:
        return np.zeros(len(own.n), np.int64)
    every = np.unique(np.concatenate(pairs), axis=0)
    return np.bincount(every[every[:, 0] >= 0, 0], minlength=len(own.n)).astype(np.int64)
