"""Collocates of a pattern: what stands beside it more often than elsewhere, how much, and how surely."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from discourse.arrow import repeat_text
from discourse.errors import AbsentError, SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.intervals import FEW, check_level
from discourse.measures.lexis.associations import log_dice, log_likelihood, log_odds, mutual_information, t_score
from discourse.measures.lexis.observed import Around, Sums, look_around, sum_around
from discourse.measures.lexis.parts import find_parts, read_stories
from discourse.measures.lexis.terms import Terms, find_terms
from discourse.measures.lexis.windows import find_nodes, read_window
from discourse.memory import look_once

__all__ = ["LEAST", "check_least", "find_collocates", "several_documents"]

LEAST = 5
"""How often a term must stand in the documents of the pattern to be looked at."""


@look_once()
def find_collocates(
    tokens: pd.DataFrame,
    pattern: str | Iterable[str] | Lexicon,
    documents: pd.DataFrame | None = None,
    *,
    window: int | tuple[int, int] | str = 5,
    within: str = "document",
    unit: str = "norm",
    clitics: str = "both",
    language: str = "arabic",
    by: str | None = None,
    freq: str = "YS",
    quotations: pd.DataFrame | None = None,
    cluster: str | None = None,
    least: int = LEAST,
    inference: bool = True,
    level: float = 0.95,
) -> pd.DataFrame:
    """Find what stands beside a pattern: TOKENS become COLLOCATES.

    The pattern is found as ``kwic`` finds it. Its windows are united, so that no word counts twice; its own words are
    in no window and in no count. A term is looked at where it stands at least ``least`` times in the documents that
    have a word in a window, wherever it stands in them: a choice by what stands in the windows would make the tests
    lie.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    pattern : str, iterable of str, or Lexicon
        Words, a glob (``إرهاب*``) or several words, in the syntax of lexicon entries; or a whole lexicon.
    documents : DataFrame, optional
        DOCUMENTS; asked for by periods, variables and ``cluster``.
    window : int, (int, int), or "sentence"
        Words on each side, words before and behind, or the sentences of the matches. Marks do not count.
    within : {"document", "sentence"}
        Where a window of words ends at the latest.
    unit : {"form", "norm", "lemma"}
        What a term is.
    clitics : {"both", "none", "proclitic"}
        What may be written onto the words of a pattern.
    language : str
        The language of the pattern; a lexicon names its own.
    by : {"period", "voice"} or str, optional
        Look at each part by itself: periods of ``freq``, the outlet's words and quoted ones, or the values of a column
        of ``documents``.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    quotations : DataFrame, optional
        QUOTATIONS, for voices.
    cluster : str, optional
        Document variable whose values are stories: copies of one text, which are one unit of evidence.
    least : int
        How often a term must stand in the documents of the pattern, those that have a word in a window.
    inference : bool
        Give intervals and tests. Without them the table has no ``lower``, ``upper``, ``expected_within``, ``p`` and
        ``p_adjusted``, and is made in a fraction of the time.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        COLLOCATES, by part, then from the highest lower bound of the log odds ratio down (without ``inference`` from
        the highest logDice). Terms that stand in no window
        have no row; they are counted in the adjustment of ``p_adjusted``.

    Raises
    ------
    SchemaError
        Nothing matches, the window holds no word, there is one document, or what ``by`` asks for is not at hand.
    LexiconError
        The pattern can never match.

    Notes
    -----
    ``log_odds_ratio`` compares windows with the rest of the part, documents without the pattern too; a half is added to
    the counts. Its interval takes documents (stories) as units. ``p`` asks something narrower: if the words of each
    document were shuffled, how often would so many of the term fall into its windows? The law is a sum of
    hypergeometric counts, worked out whole where a term is in 20 documents or fewer, by a saddlepoint else; with
    ``cluster`` copies are shuffled alike. ``p_adjusted`` is that of Benjamini and Hochberg over all terms of the part
    that were looked at. ``log_likelihood`` takes words for independent and finds too much in texts:
    docs/method-collocates.md says how much.

    References
    ----------
    Evert, S. (2008). Corpora and collocations. In A. Lüdeling and M. Kytö (eds.), Corpus Linguistics: An International
    Handbook 2, 1212-1248. Mouton de Gruyter.

    Gries, S. Th. (2022). What do (some of) our association measures measure (most)? Association? Journal of Second
    Language Studies 5, 1-33. doi:10.1075/jsls.21028.gri

    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57, 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["وصل وفد طالبان إلى موسكو", "غادر وفد طالبان الدوحة", "عاد وفد التجارة من بكين"]
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts}))
    >>> found = find_collocates(tokens, "طالبان", window=1, least=1)
    >>> found.loc[found["term"] == "وفد", ["n", "n_window_tokens", "n_outside", "n_corpus_tokens"]].values.tolist()
    [[2, 4, 1, 12]]
    """
    check_level(level)
    look = read_window(window, within)
    check_least(least)
    terms = several_documents(tokens, unit)
    nodes = find_nodes(tokens, terms, pattern, clitics=clitics, language=language)
    if not inference and by is None:
        read_stories(terms, documents, cluster)
        return _measure_sums(sum_around(tokens, terms, nodes, look), terms, least, nodes.name)
    parts, n_left_out = find_parts(tokens, terms, by, documents, freq=freq, quotations=quotations)
    story = read_stories(terms, documents, cluster)
    tables = []
    for part in parts:
        around = look_around(tokens, terms, nodes, look, part, story)
        if around.n_nodes:
            tables.append(_measure(around, terms, least, level if inference else None).assign(part=part.name))
    if not tables:
        raise AbsentError(
            f"`pattern` is {nodes.name!r}, which stands in no part by {by!r} (documents left out: {n_left_out})."
        )
    out = pd.concat(tables, ignore_index=True)
    out = out.assign(pattern=nodes.name, by=by, n_left_out=n_left_out)
    return conform_in_order(out if by is not None else out.drop(columns=["part", "by", "n_left_out"]), "COLLOCATES")


def several_documents(tokens: pd.DataFrame, unit: str) -> Terms:
    """Return the words of TOKENS; raise where fewer than two documents have any."""
    terms = find_terms(tokens, unit=unit)
    n_docs = int((terms.n_tokens > 0).sum())
    if n_docs < 2:
        said = "1 document" if n_docs else "no document"
        raise SchemaError(
            f"`tokens` holds {said} with words; intervals compare documents. Pass two or more, or read the lines by "
            "kwic(tokens, pattern, documents)."
        )
    return terms


def check_least(least: int) -> None:
    """Raise where the least count is none."""
    if isinstance(least, bool) or not isinstance(least, int | np.integer) or least < 1:
        raise SchemaError(f"`least` is {least!r}; it must be a whole number, 1 or more. {LEAST} is the usual choice.")


def _measure_sums(sums: Sums, terms: Terms, least: int, pattern: str) -> pd.DataFrame:
    """Return the rows of a whole corpus without intervals and tests."""
    kept = np.flatnonzero(sums.held >= least)
    dice = log_dice(sums.n[kept], sums.n_nodes, sums.n[kept] + sums.outside[kept])
    found = sums.terms[kept]
    order = np.lexsort([terms.ranks()[found], -sums.n[kept], -dice])
    found, kept = found[order], kept[order]
    n, outside, n_docs = sums.n[kept], sums.outside[kept], sums.n_docs[kept]
    made = {"pattern": repeat_text(pattern, len(found)), "term": terms.names[found]}
    made |= _associations(n, outside, n_docs, sums.n_nodes, sums.n_inside, sums.n_outside)
    return conform_in_order(pd.DataFrame(made, copy=False), "COLLOCATES")


def _measure(around: Around, terms: Terms, least: int, level: float | None) -> pd.DataFrame:
    """Return the rows of one part, without intervals and tests where there is no level."""
    has_pattern = around.inside > 0
    held = around.total(around.n * has_pattern[around.unit])
    if level is None:
        chosen = around.choose(found := np.flatnonzero((held >= least) & (around.total(around.here) > 0)))
        table = pd.DataFrame(_associations(*_sides_of(chosen))).assign(term=terms.names[found])
        return table.sort_values(["log_dice", "n", "term"], ascending=[False, False, True], kind="stable")
    looked = np.flatnonzero(held >= least)
    chosen = around.choose(looked)
    by_chance, p = chosen.tails()
    n = chosen.total(chosen.here)
    adjusted = false_discovery_control(np.where(n > 0, p, 1.0)) if len(p) else p
    found = np.flatnonzero(n > 0)
    adjusted, p, by_chance = adjusted[found], p[found], by_chance[found]
    chosen = chosen.choose(found)
    table = pd.DataFrame(_associations(*_sides_of(chosen)))
    odds = chosen.odds(level)
    table = table.assign(
        term=terms.names[looked[found]],
        lower=np.where(np.isfinite(odds.lower), odds.lower, np.nan),
        upper=np.where(np.isfinite(odds.upper), odds.upper, np.nan),
        expected_within=by_chance,
        p=p,
        p_adjusted=adjusted,
    )
    return table.sort_values(["lower", "n", "term"], ascending=[False, False, True], kind="stable")


def _sides_of(chosen: Around) -> tuple[np.ndarray, np.ndarray, np.ndarray, int, int, int]:
    n, n_docs = chosen.total(chosen.here), chosen.total(chosen.here > 0)
    return n, chosen.total(chosen.n) - n, n_docs, chosen.n_nodes, int(chosen.inside.sum()), int(chosen.outside.sum())


def _associations(
    n: np.ndarray, outside: np.ndarray, n_docs: np.ndarray, n_nodes: int, size: int, rest: int
) -> dict[str, Any]:
    expected = size * (n + outside) / (size + rest)
    return {
        "n": n.astype(np.int64),
        "n_nodes": n_nodes,
        "n_window_tokens": size,
        "n_outside": outside.astype(np.int64),
        "n_corpus_tokens": size + rest,
        "expected": expected,
        "n_docs": n_docs.astype(np.int64),
        "log_odds_ratio": log_odds(n, size) - log_odds(outside, rest),
        "log_dice": log_dice(n, n_nodes, n + outside),
        "mi": mutual_information(n, expected),
        "log_likelihood": log_likelihood(n, size - n, outside, rest - outside),
        "t_score": t_score(n, expected),
        "few": n_docs < FEW,
    }
