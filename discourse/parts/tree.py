"""Tables of neighbouring parts joined where they were made, so that few and larger ones go to the main process."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from discourse.parts.joining import join_made

__all__ = ["FAN_IN", "join_neighbours", "leave_out", "pick", "span_of"]

FAN_IN = 8
"""How many tables are joined at a time."""

_MOST = 100_000  # documents of what is joined: some 100 MB of tables


def span_of(n_parts: int, n_documents: int) -> int:
    """Return of how many neighbouring parts the tables are joined: 1, 8, 64 and so on, by so many pieces at least 8.

    Examples
    --------
    >>> span_of(200, 600), span_of(60, 600), span_of(7, 600)  # 4 pieces, 8 pieces, as they are
    (64, 8, 1)
    >>> span_of(200, 2_000_000)  # 8 parts hold 80,000 documents, 64 would be too many
    8
    """
    span = 1
    while n_parts > span * FAN_IN and span * FAN_IN * n_documents <= _MOST * n_parts:
        span *= FAN_IN
    return span


def join_neighbours(made: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Join what was made of parts that follow one another; rows come in the order of their documents.

    Examples
    --------
    >>> parts = [{"n": 2, "words": pd.DataFrame({"doc_id": [name]})} for name in ("b", "a")]
    >>> joined = join_neighbours(parts)
    >>> joined["n"], joined["words"]["doc_id"].tolist()
    (4, ['a', 'b'])
    """
    return {name: _join([one[name] for one in made]) for name in made[0]}


def _join(some: list[Any]) -> Any:
    frames = [table for table in some if isinstance(table, pd.DataFrame)]
    ids = [table["doc_id"] if "doc_id" in table else table.index for table in frames]
    return join_made(some, pd.Index(sorted({str(name) for column in ids for name in column.unique()})), {})


def pick(made: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return some of the tables."""
    return {name: made[name] for name in names}


def leave_out(made: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the other tables."""
    return {name: table for name, table in made.items() if name not in names}
