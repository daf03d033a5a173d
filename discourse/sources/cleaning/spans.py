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
    Spans may overlap and may name documents without tokens. Cost: one sort of the spans and one binary search.
    """
    ids = pd.Index(pd.unique(spans["doc_id"].astype(str))) if len(spans) else pd.Index([], dtype="str")
    if not len(ids) or not len(tokens):
        return np.zeros(len(tokens), bool)
    doc = tokens["doc_id"].astype("category")
    place = ids.get_indexer(doc.cat.categories.astype(str))[doc.cat.codes.to_numpy()].astype(np.int64)
    width = int(max(tokens["start_char"].max(), spans["end_char"].max())) + 2
    code = ids.get_indexer(pd.Index(spans["doc_id"].astype(str))).astype(np.int64)
    start = code * width + spans["start_char"].to_numpy(np.int64)
    order = np.argsort(start, kind="stable")
    start = start[order]
    reach = np.maximum.accumulate(code[order] * width + spans["end_char"].to_numpy(np.int64)[order])
    key = place * width + tokens["start_char"].to_numpy(np.int64)
    at = np.searchsorted(start, key, side="right") - 1
    return (place >= 0) & (at >= 0) & (key < reach[at])


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
