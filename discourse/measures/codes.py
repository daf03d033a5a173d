"""Hand codes that a corpus carries: whose position toward whom each of them is."""

import pandas as pd

from discourse.tables import need

__all__ = ["are_unclaimed", "select_codes"]

_OWNERS = ("position_holder", "position_target")


def select_codes(documents: pd.DataFrame, *, holder: str, target: str) -> pd.DataFrame:
    """Choose the hand codes of one holder toward one target from the variables of DOCUMENTS.

    A code counts for the pair that its document names in ``position_holder`` and ``position_target``, and for no
    other: a position of one actor is never shown as that of another.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS with the numbers ``position`` (-2 to 2, null without one), ``position_holder``, ``position_target``,
        and, if wanted, ``position_voice`` or ``voice``.
    holder, target : str
        Whose codes, toward whom.

    Returns
    -------
    DataFrame
        ``doc_id``, ``position`` and, where the documents have it, ``voice``, for ``position_by_period``; in the order
        of the documents; no row where the corpus has no code of this pair.

    Raises
    ------
    SchemaError
        ``documents`` is no table with doc_id.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "position": [1, -2], "position_holder": ["russia", "iran"],
    ...                           "position_target": ["taliban", "taliban"]})
    >>> select_codes(documents, holder="iran", target="taliban").values.tolist()
    [['b', -2]]
    """
    need(documents, "documents", ["doc_id"])
    voice = next((name for name in ("position_voice", "voice") if name in documents), None)
    names = ["doc_id", "position"] + ([voice] if voice else [])
    if not _has_codes(documents) or are_unclaimed(documents):
        return pd.DataFrame({name: [] for name in ("doc_id", "position")})
    own = documents["position_holder"].eq(holder) & documents["position_target"].eq(target)
    return documents.loc[own, names].rename(columns={voice: "voice"}).reset_index(drop=True)


def are_unclaimed(documents: pd.DataFrame) -> bool:
    """Tell whether DOCUMENTS hold codes without the columns that say whose position toward whom they are.

    Examples
    --------
    >>> are_unclaimed(pd.DataFrame({"doc_id": ["a"], "position": [1]}))
    True
    """
    return _has_codes(documents) and not set(_OWNERS) <= set(documents.columns)


def _has_codes(documents: pd.DataFrame) -> bool:
    return "position" in documents and pd.api.types.is_numeric_dtype(documents["position"].dtype)
