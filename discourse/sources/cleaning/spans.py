"""Spans and tokens: which tokens of a document lie inside its spans."""

import numpy as np
import pandas as pd

__all__ = ["drop_spans", "mask_tokens"]


def mask_tokens(tokens: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Tell which rows of TOKENS begin inside a span.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS; reads doc_id and start_char.
    spans : DataFrame
        SPANS; select by ``kind`` beforehand to leave some in.

    Returns
    -------
    ndarray of bool
        One value a row of ``tokens``, in its order.

    Notes
    -----
    Spans may overlap and may name documents without tokens. Cost: a binary search for each span, where tokens come in
    the order of their categories and places, as ``tokenize`` returns them; else a sort of the tokens besides.
    """
    if not len(spans) or not len(tokens):
        return np.zeros(len(tokens), bool)
    doc = tokens["doc_id"].astype("category")
    code = doc.cat.categories.astype(str).get_indexer(pd.Index(spans["doc_id"].astype(str)))
    known = code >= 0
    width = int(max(tokens["start_char"].max(), spans["end_char"].max())) + 2
    start = code[known] * width + spans["start_char"].to_numpy(np.int64)[known]
    stop = code[known] * width + spans["end_char"].to_numpy(np.int64)[known]
    key = doc.cat.codes.to_numpy(np.int64) * width + tokens["start_char"].to_numpy(np.int64)
    order = None if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")
    edges = np.searchsorted(key, [start, np.maximum(start, stop)], sorter=order)
    depth = np.bincount(edges[0], minlength=len(key) + 1) - np.bincount(edges[1], minlength=len(key) + 1)
    inside = np.cumsum(depth)[:-1] > 0
    if order is None:
        return inside
    mask = np.empty(len(key), bool)
    mask[order] = inside
    return mask


def drop_spans(tokens: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of TOKENS that lie outside the SPANS; positions and sentence numbers stay as they were.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    spans : DataFrame
        SPANS, for instance from ``find_boilerplate``.

    Returns
    -------
    DataFrame
        TOKENS without the rows inside spans; categories unchanged, so documents left without tokens are still known.
    """
    return tokens.loc[~mask_tokens(tokens, spans)].reset_index(drop=True)
