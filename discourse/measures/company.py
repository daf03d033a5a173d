"""Company: which actors share a sentence."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.intervals import ratio_by_group
from discourse.measures.periods import read_variables
from discourse.tables import need

__all__ = ["count_company", "find_actor_sentences", "measure_company"]

_COLUMNS = [
    *("actor", "other", "n_sentences", "n_together", "n_docs_together"),
    *("estimate", "lower", "upper", "method"),
]


def count_company(
    matches: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Turn the MATCHES of an actor lexicon into a table of the actors that share a sentence.

    An actor is in a sentence when at least one of its entries starts there; several mentions count once. The estimate
    is a share with a direction: of the sentences that name ``actor``, the share that also names ``other``.

    Parameters
    ----------
    matches : DataFrame
        MATCHES of an actor lexicon; the category is the actor.
    tokens : DataFrame
        TOKENS that were matched.
    documents : DataFrame, optional
        DOCUMENTS with the variables ``cluster`` and ``weight``; needed for these alone.
    cluster, weight : str, optional
        As in ``count_by_period``: the units in place of documents, and the weight of each document (``n_`` columns
        stay plain counts).
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        One row per ordered pair of actors: ``actor``, ``other``, ``n_sentences`` (of actor), ``n_together``,
        ``n_docs_together``, ``estimate``, ``lower``, ``upper``, ``method``; sorted by actor and other, zeros kept.

    Raises
    ------
    SchemaError
        A column is missing, ``documents`` lack a document, or weights are null, negative or all 0.

    Notes
    -----
    Documents, or their clusters, are the units of the interval, not sentences: docs/method-uncertainty.md.

    Examples
    --------
    «التقى لافروف وفد طالبان» names Russia and the Taliban in one sentence.

    >>> tokens = pd.DataFrame({"doc_id": ["a"] * 4, "position": range(4), "sentence": [0] * 4})
    >>> matches = pd.DataFrame({"doc_id": ["a", "a"], "start": [1, 3], "end": [2, 4]})
    >>> matches["category"] = ["russia", "taliban"]
    >>> count_company(matches, tokens)[["actor", "other", "n_together", "estimate"]].values.tolist()
    [['russia', 'taliban', 1, 1.0], ['taliban', 'russia', 1, 1.0]]
    """
    sentences = find_actor_sentences(matches, tokens)
    return measure_company(sentences, documents, cluster=cluster, weight=weight, level=level)


def find_actor_sentences(matches: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Turn the MATCHES of an actor lexicon into the sentences that each actor stands in.

    Parameters
    ----------
    matches, tokens : DataFrame
        As for ``count_company``.

    Returns
    -------
    DataFrame
        ``doc_id`` (its categories are those of the tokens), ``sentence``, ``actor`` (all categories of the lexicon):
        one row for each, sorted by all three.

    Raises
    ------
    SchemaError
        A column is missing or holds nulls, or a match stands where there is no token.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc_id": ["a"] * 4, "position": range(4), "sentence": [0, 0, 1, 1]})
    >>> matches = pd.DataFrame({"doc_id": ["a", "a"], "start": [1, 3], "category": ["russia", "taliban"]})
    >>> find_actor_sentences(matches, tokens).values.tolist()
    [['a', 0, 'russia'], ['a', 1, 'taliban']]
    """
    need(matches, "matches", ["doc_id", "start", "category"])
    need(tokens, "tokens", ["doc_id", "position", "sentence"])
    looked_at = {"matches": matches[["doc_id", "start", "category"]], "tokens": tokens[["doc_id", "sentence"]]}
    for name, table in looked_at.items():
        null = table.columns[table.isna().any()]
        if len(null):
            raise SchemaError(f"`{name}` has nulls in {first_three(null)}. Drop these rows, or find them anew.")
    kinds = matches["category"].astype("category")
    actors = sorted(str(name) for name in kinds.cat.categories)
    codes = np.asarray(pd.Index(actors, dtype="str").get_indexer(kinds.cat.categories.astype(str)))[kinds.cat.codes]
    names = np.sort(tokens["doc_id"].astype("category").cat.categories.astype(str).to_numpy(dtype=object))
    document, sentence = _sentences(matches, tokens)
    order = np.lexsort((codes, sentence, document))
    rows = np.column_stack((document, sentence, codes))[order]
    rows = rows[np.append(True, (rows[1:] != rows[:-1]).any(axis=1))[: len(rows)]]
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(rows[:, 0], categories=pd.Index(names, dtype="str")),
            "sentence": rows[:, 1].astype(np.int32),
            "actor": pd.Categorical.from_codes(rows[:, 2], categories=pd.Index(actors, dtype="str")),
        }
    )


def measure_company(
    sentences: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure which actors share a sentence, from the table of ``find_actor_sentences``; all else as ``count_company``.

    Examples
    --------
    >>> sentences = pd.DataFrame({"doc_id": ["a", "a"], "sentence": [0, 0], "actor": ["russia", "taliban"]})
    >>> measure_company(sentences.astype({"doc_id": "category", "actor": "category"}))["n_together"].tolist()
    [1, 1]
    """
    actors = sentences["actor"].cat.categories.tolist()
    names = sentences["doc_id"].cat.categories.to_numpy(dtype=object) if len(sentences) else np.zeros(0, dtype=object)
    incidence, sentence_docs = _incidence(sentences, len(actors))
    units, weights = read_variables(names, documents, cluster, weight)
    rows = [
        _company_of(number, actors, incidence, sentence_docs, units, weights, level) for number in range(len(actors))
    ]
    company = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=_COLUMNS)
    for name in ("actor", "other", "method"):
        company[name] = company[name].astype("category")
    return company


def _incidence(sentences: pd.DataFrame, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which actor is in which sentence, and the document of each sentence."""
    docs, numbers = sentences["doc_id"].cat.codes.to_numpy(np.int64), sentences["sentence"].to_numpy(np.int64)
    opens = np.append(True, (docs[1:] != docs[:-1]) | (numbers[1:] != numbers[:-1]))[: len(docs)]
    incidence = np.zeros((int(opens.sum()), width), dtype=bool)
    incidence[np.cumsum(opens) - 1, sentences["actor"].cat.codes.to_numpy()] = True
    return incidence, docs[opens]


def _sentences(matches: pd.DataFrame, tokens: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the place of the document of each match among the sorted doc_ids, and its sentence."""
    if not len(matches):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    ids = tokens["doc_id"].astype("category")
    names = ids.cat.categories.astype(str)
    docs = matches["doc_id"].astype("category")
    match_docs = names.get_indexer(docs.cat.categories.astype(str))[docs.cat.codes]
    places = _places(ids.cat.codes.to_numpy(), tokens["position"].to_numpy())
    wanted = _places(match_docs, matches["start"].to_numpy())
    order = None if (np.diff(places) >= 0).all() else np.argsort(places, kind="stable")
    rows = np.minimum(np.searchsorted(places, wanted, sorter=order), len(places) - 1)
    rows = rows if order is None else order[rows]
    if not len(places) or (places[rows] != wanted).any() or (match_docs < 0).any():
        bad = matches if not len(places) else matches[(places[rows] != wanted) | (match_docs < 0)]
        shown = first_three([f"{doc_id} {start}" for doc_id, start in zip(bad["doc_id"], bad["start"], strict=True)])
        raise SchemaError(
            f"`matches` has {len(bad)} matches at places that `tokens` does not have. First: {shown}. Pass the tokens "
            "in which they were found."
        )
    rank = np.argsort(np.argsort(names.to_numpy()))[match_docs].astype(np.int64)
    return rank, tokens["sentence"].to_numpy()[rows].astype(np.int64)


def _places(doc_codes: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Return one number per token that orders documents and positions."""
    return (doc_codes.astype(np.int64) << 32) | positions.astype(np.int64)


def _company_of(
    number: int,
    actors: list[str],
    incidence: np.ndarray,
    docs: np.ndarray,
    units: np.ndarray | None,
    weights: np.ndarray,
    level: float,
) -> pd.DataFrame:
    """Return the rows of one actor."""
    others = [place for place in range(len(actors)) if place != number]
    rows = incidence[:, number]
    together, own = incidence[rows][:, others], docs[rows]
    starts = np.flatnonzero(np.r_[True, own[1:] != own[:-1]]) if len(own) else np.zeros(0, dtype=np.int64)
    per_doc = np.add.reduceat(together.astype(np.int64), starts, axis=0) if len(own) else together.astype(np.int64)
    sizes = np.diff(np.r_[starts, len(own)]) if len(own) else np.zeros(0, dtype=np.int64)
    own = own[starts]
    found = ratio_by_group(
        per_doc,
        sizes,
        np.zeros(len(sizes), dtype=np.int64),
        [actors[number]],
        kind="share",
        units=None if units is None else units[own],
        weights=weights[own],
        level=level,
    )
    return pd.DataFrame(
        {
            "actor": pd.Series([actors[number]] * len(others), dtype="str"),
            "other": pd.Series([actors[place] for place in others], dtype="str"),
            "n_sentences": np.full(len(others), rows.sum(), dtype=np.int64),
            "n_together": per_doc.sum(axis=0).astype(np.int64),
            "n_docs_together": (per_doc > 0).sum(axis=0).astype(np.int64),
            "estimate": found["estimate"][0],
            "lower": found["lower"][0],
            "upper": found["upper"][0],
            "method": pd.Series(found["method"][0], dtype="str"),
        }
    )
