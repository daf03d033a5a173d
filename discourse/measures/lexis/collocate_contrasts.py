"""The company of a pattern on one side of a corpus against that on another."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.draws import check_draws
from discourse.measures.intervals import FEW, check_level
from discourse.measures.lexis.adjusting import adjust_rate
from discourse.measures.lexis.collocate_tests import deal_stories
from discourse.measures.lexis.collocates import LEAST, check_least, several_documents
from discourse.measures.lexis.observed import look_around
from discourse.measures.lexis.odds import correlate, join
from discourse.measures.lexis.parts import find_sides, read_stories
from discourse.measures.lexis.windows import find_nodes, read_window

__all__ = ["compare_collocates"]

_SIDES = ("first", "second")


def compare_collocates(
    tokens: pd.DataFrame,
    pattern: str | Iterable[str] | Lexicon,
    documents: pd.DataFrame,
    *,
    between: tuple[Mapping[str, Any], Mapping[str, Any]],
    window: int | tuple[int, int] | str = 5,
    within: str = "document",
    unit: str = "norm",
    clitics: str = "both",
    language: str = "arabic",
    quotations: pd.DataFrame | None = None,
    cluster: str | None = None,
    least: int = LEAST,
    simultaneous: bool = False,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Ask how the company that a pattern keeps differs between two sides: COLLOCATE_CONTRASTS.

    Parameters
    ----------
    tokens, pattern, window, within, unit, clitics, language, quotations, cluster, level
        As in ``find_collocates``.
    documents : DataFrame
        DOCUMENTS.
    between : pair of mappings
        What lies on each side, as ``contrast`` reads it: ``{"period": ("2015", "2020")}``, ``{"source": "ahram"}``,
        ``{"voice": "outlet"}`` and ``{"voice": "quoted"}`` (or the side of a speaker), or several keys together.
    least : int
        How often a term must stand in the documents of the pattern, both sides taken together.
    simultaneous : bool
        Widen the intervals so that those of all terms cover at once (Bonferroni).
    n_draws, seed : int
        Draws of the test, and their seed.

    Returns
    -------
    DataFrame
        COLLOCATE_CONTRASTS, second minus first, by the bound that is nearer to 0, the firmest differences first.

    Raises
    ------
    SchemaError
        Sides overlap, hold no document, or the pattern does not stand on both; and as in ``find_collocates``.

    Notes
    -----
    The log odds ratio of a side compares its windows with the rest of the same side, so that a word that grows more
    frequent everywhere is no change of company. Both intervals are joined by the method of variance estimates
    recovery, with the correlation that documents or stories on both sides give them.

    ``p`` is the larger of two. One is that of the interval, by its bound nearer to 0: it asks how far the difference
    is from none, whatever else differs. The other holds the difference, over its standard error, against those of the
    same stories dealt at random to two sides, each with as many stories that have the pattern and as many that do not;
    parts of one story on both sides (two voices) are exchanged. ``p_adjusted`` is that of Benjamini and Hochberg over
    all terms that stand ``least`` times in the documents of the pattern, those in no window too.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702. doi:10.1002/sim.3095

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["هجوم طالبان الدامي", "هجوم طالبان أمس", "وفد طالبان الزائر", "وفد طالبان أمس"]
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "date": pd.to_datetime(
    ...     ["2015-01-01", "2016-01-01", "2022-01-01", "2023-01-01"])})
    >>> found = compare_collocates(tokenize(documents), "طالبان", documents, window=1, least=1,
    ...                            between=({"period": ("2015", "2016")}, {"period": ("2022", "2023")}))
    >>> found.loc[found["term"] == "وفد", ["first", "second", "n_first", "n_second"]].values.tolist()
    [['2015–2016', '2022–2023', 0, 2]]
    """
    check_level(level)
    check_draws(n_draws, seed)
    look = read_window(window, within)
    check_least(least)
    terms = several_documents(tokens, unit)
    nodes = find_nodes(tokens, terms, pattern, clitics=clitics, language=language)
    parts = find_sides(tokens, terms, between, documents, quotations)
    story = read_stories(terms, documents, cluster)
    sides = [look_around(tokens, terms, nodes, look, part, story) for part in parts]
    for side, part, name in zip(sides, parts, _SIDES, strict=True):
        if not side.n_nodes:
            raise SchemaError(f"`{name}` ({part.name}) holds no match of {nodes.name!r}; a change has two sides.")
    held = sum(side.total(side.n * (side.inside > 0)[side.unit]) for side in sides)
    met = sum(side.total(side.here) for side in sides)
    often = np.asarray(held) >= least
    looked = np.flatnonzero(often & (np.asarray(met) > 0))
    chosen = [side.choose(looked) for side in sides]
    out = pd.DataFrame({"term": terms.names.to_numpy()[looked]})
    each = 1 - (1 - level) / max(len(looked), 1) if simultaneous else level
    odds = [side.odds(each) for side in chosen]
    for side, found, name in zip(chosen, odds, _SIDES, strict=True):
        n = side.total(side.here)
        out[f"n_{name}"] = n.astype(np.int64)
        out[f"n_window_tokens_{name}"] = int(side.inside.sum())
        out[f"n_outside_{name}"] = side.total(side.n - side.here).astype(np.int64)
        out[f"n_corpus_tokens_{name}"] = int(side.inside.sum() + side.outside.sum())
        out[f"n_docs_{name}"] = side.total(side.here > 0).astype(np.int64)
        out[f"log_odds_ratio_{name}"] = found.estimate
        out[f"lower_{name}"], out[f"upper_{name}"] = _finite(found.lower), _finite(found.upper)
    one, two = ((found.estimate, found.lower, found.upper) for found in odds)
    lower, upper = join(one, two, correlate(odds[0].scores, odds[1].scores))
    firm = np.where(lower > 0, lower, np.where(upper < 0, -upper, 0.0))
    dealt = deal_stories((chosen[0], chosen[1]), terms.doc_ids.astype("str").to_numpy(), n_draws=n_draws, seed=seed)
    p = np.maximum(dealt.p, _p_of_interval(two[0] - one[0], lower, upper, each))
    absent = np.ones(int(often.sum()) - len(looked))  # in no window of either side
    adjusted = adjust_rate(np.concatenate([p, absent]))[: len(looked)]
    out = out.assign(p=p, p_adjusted=adjusted, n_draws=dealt.n_draws)
    out = out.assign(
        pattern=nodes.name, first=parts[0].name, second=parts[1].name, difference=two[0] - one[0],
        lower=_finite(lower), upper=_finite(upper), interval="joint" if simultaneous else "each", firm=firm,
        few=(out["n_docs_first"] + out["n_docs_second"]) < FEW,
    )  # fmt: skip
    out["size"] = out["difference"].abs()
    out = out.sort_values(["firm", "size", "term"], ascending=[False, False, True], kind="stable")
    return conform_in_order(out.drop(columns=["firm", "size"]), "COLLOCATE_CONTRASTS")


def _p_of_interval(difference: np.ndarray, lower: np.ndarray, upper: np.ndarray, level: float) -> np.ndarray:
    """Return the p that the bound nearer to 0 gives to a difference; 1 without such a bound."""
    with np.errstate(invalid="ignore", divide="ignore"):
        reach = np.abs(difference - np.where(difference >= 0, lower, upper)) / ndtri((1 + level) / 2)
        found = 2 * ndtr(-np.abs(difference) / reach)
    return np.where(np.isfinite(reach) & (reach > 0), found, 1.0)


def _finite(bound: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(bound), bound, np.nan)
