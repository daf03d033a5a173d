"""Where the lines of a concordance stand: rows of TOKENS, letters of the text."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need

__all__ = ["find_letters", "rows_of_places"]


def rows_of_places(doc_ids: pd.Series, positions: np.ndarray, tokens: pd.DataFrame) -> np.ndarray:
    """Return the row of TOKENS at each place."""
    document = tokens["doc_id"].cat.codes.to_numpy(np.int64)
    position = tokens["position"].to_numpy(np.int64)
    width = int(max(position.max(initial=0), positions.max(initial=0))) + 1
    ids = doc_ids.astype("str")
    wanted = pd.Index(tokens["doc_id"].cat.categories.astype("str")).get_indexer(pd.Index(ids)).astype(np.int64)
    key = document * width + position
    order = None if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")
    place = np.searchsorted(key, wanted * width + positions, sorter=order)
    rows = place if order is None else np.append(order, len(key))[place]
    there = (rows < len(key)) & (wanted >= 0) & (positions >= 0)
    there[there] = key[rows[there]] == (wanted * width + positions)[there]
    if not there.all():
        absent = [f"{name}:{at}" for name, at in zip(ids[~there], positions[~there], strict=True)]
        raise SchemaError(
            f"`tokens` lacks {len(absent)} places of `concordance` (doc_id:position). First: {first_three(absent)}. "
            "Pass the tokens that kwic() was given."
        )
    return rows


def find_letters(concordance: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return where each line of CONCORDANCE stands in the letters of its text: its sentence and its keyword.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE of these tokens.
    tokens : DataFrame
        TOKENS that ``kwic`` was given.

    Returns
    -------
    DataFrame
        A row for each line, in their order: ``sentence_start_char`` and ``sentence_end_char`` (from the sentence of the
        first word of the keyword to that of its last), ``start_char`` and ``end_char`` of the keyword, half-open.

    Raises
    ------
    SchemaError
        A column is missing, or lines do not stand in ``tokens``.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.reading.matching.concordance import kwic
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["وصل الوفد. زار موسكو"]})
    >>> tokens = tokenize(documents)
    >>> find_letters(kwic(tokens, "موسكو", documents), tokens).values.tolist()
    [[11, 20, 15, 20]]
    """
    need(concordance, "concordance", ["doc_id", "start", "end"])
    need(tokens, "tokens", ["doc_id", "position", "sentence", "start_char", "end_char"])
    first = rows_of_places(concordance["doc_id"], concordance["start"].to_numpy(np.int64), tokens)
    last = rows_of_places(concordance["doc_id"], concordance["end"].to_numpy(np.int64) - 1, tokens)
    begins, ends = tokens["start_char"].to_numpy(np.int64), tokens["end_char"].to_numpy(np.int64)
    sentence = tokens["sentence"].to_numpy(np.int64)
    key = tokens["doc_id"].cat.codes.to_numpy(np.int64) * (int(sentence.max(initial=0)) + 1) + sentence
    inside = np.flatnonzero(np.isin(key, key[np.r_[first, last]]))
    edges = pd.DataFrame({"begin": begins[inside], "end": ends[inside]}).groupby(key[inside])
    opens, closes = edges["begin"].min(), edges["end"].max()
    return pd.DataFrame(
        {
            "sentence_start_char": opens.loc[key[first]].to_numpy(),
            "sentence_end_char": closes.loc[key[last]].to_numpy(),
            "start_char": begins[first],
            "end_char": ends[last],
        }
    )
