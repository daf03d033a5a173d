"""Keyness: the words by which two sets of documents differ, each with its size, its interval and its doubt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.arrow import repeat_text
from discourse.errors import SchemaError
from discourse.measures.draws import check_draws
from discourse.measures.intervals import FEW, check_level
from discourse.measures.lexis.adjusting import adjust_rate
from discourse.measures.lexis.contingency import conservative_log_ratio, log_likelihood, log_likelihood_ratio
from discourse.measures.lexis.keyness_tests import rank_sum, shuffle_stories
from discourse.measures.lexis.log_ratios import estimate_log_ratio, measure_log_ratios
from discourse.measures.lexis.sets import Sets, place_sets, read_between, sum_words
from discourse.measures.lexis.terms import find_terms
from discourse.measures.lexis.totals import Totals, add_up, add_up_sets
from discourse.memory import look_once
from discourse.tables import TABLES, shape

__all__ = ["keyness"]


@look_once()
def keyness(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    between: Sequence[Any],
    by: str | None = None,
    unit: str = "norm",
    cluster: str | None = None,
    quotations: pd.DataFrame | None = None,
    min_count: int = 5,
    min_units: int = 3,
    tests: bool = True,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Find the words by which two sets of documents differ: TOKENS and DOCUMENTS become KEYNESS, the first by second.

    What is counted is the word; what is drawn at random is the story. Words come in bursts, and copies come together,
    so a test over single words finds differences between random halves of one corpus; such a figure stands beside the
    others under the name ``pooled`` and decides nothing here.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS; leave out boilerplate beforehand (``mask_tokens``): it differs between outlets most of all.
    documents : DataFrame
        DOCUMENTS of these tokens.
    between : sequence of two
        The sets, as the sides of ``contrast``: ``{"period": ("2015", "2020")}`` (both included), ``{"source":
        "ahram"}``, ``{"voice": "outlet"}``, any document variable, or several of these, all of which must hold. With
        ``by`` the values alone.
    by : str, optional
        What the values of ``between`` are of: ``period``, ``source``, ``voice``, any document variable.
    unit : {"form", "norm", "lemma"}
        What a term is.
    cluster : str, optional
        Document variable whose values are the stories (near-identical texts): copies of one story are one unit. A
        story is dealt, resampled and ranked as a whole; documents by default.
    quotations : DataFrame, optional
        QUOTATIONS, where a set is a voice: a side of the actor lexicon, ``outlet``, ``unknown``, or ``quoted``, which
        is all but the outlet. Two voices of the same documents are compared within them.
    min_count : int
        Terms with fewer occurrences in both sets together are left out.
    min_units : int
        Terms in fewer stories of both sets together are left out: what one story has shows no difference of sets.
    tests : bool
        Give p, intervals and figures of texts. Without them the table holds counts, rates, log ratios and the pooled
        log-likelihood alone, the largest log ratio first: a first look, and no ground for a finding.
    n_draws, seed : int
        Shuffles of the stories, and the seed.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        KEYNESS, the largest conservative log ratio of either sign first, then the smallest p.

    Raises
    ------
    SchemaError
        The sets overlap, hold fewer than two documents, or name what no document has; a period is asked for and no
        document has a date; a voice is asked for without ``quotations``; no term is frequent enough; an option is out
        of range.

    Notes
    -----
    ``p`` is by shuffled stories (``shuffle_stories``), ``p_rate`` the same adjusted for the rate of false findings
    (Benjamini and Hochberg), ``p_any`` for any false finding among all terms (step-down maxima). ``log_ratio`` is
    Hardie's, its interval that of rates joined on the scale of logarithms, ``conservative`` the bound nearest to 0 of
    an interval that holds for all terms at once: Evert's idea with the spread of stories in place of that of single
    words. See docs/method-keyness.md, with false findings, power and coverage by simulation.

    References
    ----------
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.

    Evert, S. (2022). Measuring keyness. Digital Humanities 2022: Conference Abstracts, 202-205. osf.io/cy6mw

    Egbert, J. and Biber, D. (2019). Incorporating text dispersion into keyword analyses. Corpora 14, 77-104.
    doi:10.3366/cor.2019.0162

    Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K. and Mannila, H. (2016). Significance testing
    of word frequencies in corpora. Digital Scholarship in the Humanities 31, 374-397. doi:10.1093/llc/fqu064

    Westfall, P. H. and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["وصل الوفد إلى كابل", "وصل الوفد إلى كابل اليوم", "زار الوزير كابل", "زار الوزير موسكو"]
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "source": ["x", "x", "y", "y"]})
    >>> found = keyness(tokenize(documents), documents, between=("x", "y"), by="source", min_count=3, min_units=2)
    >>> found[["term", "n_a", "n_tokens_a", "n_b", "n_tokens_b", "p"]].round(2).values.tolist()
    [['كابل', 2, 9, 1, 6, 1.0]]
    """
    check_draws(n_draws, seed)
    check_level(level)
    for name, value in (("min_count", min_count), ("min_units", min_units)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
            raise SchemaError(f"`{name}` is {value!r}; it must be a whole number of at least 1.")
    sides = read_between(between, by)
    terms = find_terms(tokens, unit=unit)
    placed = place_sets(tokens, documents, sides, cluster=cluster)
    if tests or cluster or placed.voices[0] is not None:
        sets = sum_words(tokens, terms, placed, quotations)
        totals = add_up_sets(sets)
    else:
        sets, totals = None, add_up(tokens, terms, unit, placed, least=min_count)
    kept = np.flatnonzero((totals.n.sum(axis=0) >= min_count) & (totals.units_with[2] >= min_units))
    if not len(kept):
        raise SchemaError(
            f"No term stands {min_count} times in {min_units} stories of both sets ({sides[0].words}, "
            f"{sides[1].words}). Lower `min_count` or `min_units`, or take wider sets."
        )
    ranks = terms.ranks()[totals.terms]
    n = totals.n if len(kept) == len(totals.terms) else totals.n[:, kept]
    ratio, smoothed = estimate_log_ratio(n[0], totals.tokens[0], n[1], totals.tokens[1])
    if not tests:
        order = _order([], ratio, ranks[kept])
        kept, ratio, smoothed = kept[order], ratio[order], smoothed[order]
    measured = _frequencies(totals, kept) | {"log_ratio": ratio, "smoothed": smoothed}
    if tests and sets is not None:
        measured |= _tested(_choose(sets, kept), n_draws, seed, level)
    measured |= _pooled(measured, level, tests=tests)
    measured["few"] = np.minimum(totals.n_units[0], totals.n_units[1]) < FEW
    if tests:
        order = _order([measured["conservative"], measured["p"]], measured["log_ratio"], ranks[kept])
        measured = {name: values[order] if np.ndim(values) else values for name, values in measured.items()}
        kept = kept[order]
    return _table(terms.names[totals.terms[kept]], measured, (sides[0].words, sides[1].words), unit, cluster)


def _order(keys: list[np.ndarray], log_ratio: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Order rows by the first key from the largest down, whatever its sign, then by p, log ratio and name."""
    far = -np.abs(log_ratio)
    firsts = [-np.abs(keys[0]), keys[1], far] if keys else [far]
    if len(firsts) == 1 and (ranks[1:] > ranks[:-1]).all():
        return _order_once(far)  # names in order stay so among equals
    return np.lexsort([ranks, *reversed(firsts)])


def _order_once(values: np.ndarray) -> np.ndarray:
    """Order numbers up to 0 from the smallest up, equal ones as they stand.

    The bits of a negative float, taken for a whole number, grow with its size. With the place of each value in its
    last bits they are sorted at once, which is right unless two values differ in these bits alone.
    """
    bits = max(len(values) - 1, 1).bit_length()
    keys = np.abs(values).view(np.int64)
    keys = (~(keys >> bits) << bits) | np.arange(len(values))
    order = np.sort(keys) & ((1 << bits) - 1)
    ordered = values[order]
    if (ordered[1:] < ordered[:-1]).any():
        return np.argsort(values, kind="stable")
    return order


def _table(
    names: pd.Index, measured: dict[str, Any], sides: tuple[str, str], unit: str, cluster: str | None
) -> pd.DataFrame:
    """Return rows of KEYNESS."""
    same = np.zeros(len(names), np.int8)
    out = {"term": names, "unit": pd.Categorical.from_codes(same, pd.Index([unit], dtype="str"))}
    out |= {name: repeat_text(words, len(names)) for name, words in zip("ab", sides, strict=True)}
    out |= measured | {"cluster": repeat_text(cluster, len(names))}
    ordered = {name: out[name] for name in TABLES["KEYNESS"].by_name if name in out}
    return shape(pd.DataFrame(ordered, copy=False), "KEYNESS")


def _choose(sets: Sets, kept: np.ndarray) -> Sets:
    """Return the words of some terms, ascending."""
    counts = sparse.csr_array(sets.counts[:, kept])
    return replace(sets, names=sets.names[kept], counts=counts, docs_with=sets.docs_with[:, kept])


def _frequencies(totals: Totals, kept: np.ndarray) -> dict[str, Any]:
    out: dict[str, Any] = {}
    alike = np.may_share_memory(totals.docs_with, totals.units_with)  # each document is a story of its own
    for side, name in enumerate("ab"):
        n, total = totals.n[side, kept], totals.tokens[side]
        docs_with = totals.docs_with[side, kept]
        out |= {
            f"n_{name}": n,
            f"n_tokens_{name}": np.int64(total),
            f"per_1000_{name}": 1000 * n / total,
            f"n_docs_with_{name}": docs_with,
            f"n_docs_{name}": np.int64(totals.n_docs[side]),
            f"n_units_with_{name}": docs_with.copy() if alike else totals.units_with[side, kept],
            f"n_units_{name}": np.int64(totals.n_units[side]),
        }
    out["n_units_both"] = np.int64(totals.n_units_both)
    return out


def _tested(sets: Sets, n_draws: int, seed: int, level: float) -> dict[str, Any]:
    ratios = measure_log_ratios(sets, level=level)
    shuffled = shuffle_stories(sets, n_draws=n_draws, seed=seed)
    return {
        "lower": ratios.lower,
        "upper": ratios.upper,
        "conservative": ratios.conservative,
        "p": shuffled.p,
        "n_draws": shuffled.n_draws,
        "p_rate": adjust_rate(shuffled.p),
        "p_any": shuffled.p_any,
        "p_wilcoxon": rank_sum(sets),
    }


def _pooled(out: dict[str, Any], level: float, *, tests: bool) -> dict[str, Any]:
    """Return what is asked of texts and of single words as if each were drawn by itself."""
    totals = out["n_tokens_a"], out["n_tokens_b"]
    if not tests:
        return {"g2_pooled": log_likelihood_ratio(out["n_a"], totals[0], out["n_b"], totals[1])}
    found, p = log_likelihood(out["n_a"], totals[0], out["n_b"], totals[1])
    texts, p_texts = log_likelihood(out["n_units_with_a"], out["n_units_a"], out["n_units_with_b"], out["n_units_b"])
    lrc = conservative_log_ratio(out["n_a"], totals[0], out["n_b"], totals[1], level=level, n_tests=len(p))
    made = {"text_dispersion": texts, "p_text_dispersion": p_texts}
    return made | {"g2_pooled": found, "p_pooled": p, "lrc_pooled": lrc}
