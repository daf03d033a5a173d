"""From a row of WORD_SHIFT to what it counts: matches in context, or sentences of positions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.lexis.concordance_places import rows_of_places
from discourse.measures.lexis.shift_rows import choose_one, sided_rows
from discourse.reading.matching.concordance import check_number
from discourse.reading.matching.lines import lay_lines
from discourse.reading.matching.quoting import quote_spans
from discourse.tables import need

__all__ = ["shift_lines"]

_OF = {"pattern": "pattern", "category": "category", "cue": "cues", "rule": "rules"}


def shift_lines(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    entry: str,
    *,
    between: Sequence[Any],
    by: str | None = None,
    of: str | None = None,
    side: str = "a",
    holder: str | None = None,
    target: str | None = None,
    tokens: pd.DataFrame | None = None,
    window: int = 8,
) -> pd.DataFrame:
    """Show what an entry of WORD_SHIFT counts in one of the two sets.

    Parameters
    ----------
    table, documents, between, by, of, holder, target
        As they were given to ``word_shift``.
    entry : str
        The entry, as WORD_SHIFT has it. What documents have beyond their cues, ``(rest)`` and ``(no cue)``, has no
        line.
    side : {"a", "b"}
        The first set or the second.
    tokens : DataFrame, optional
        TOKENS that the matches were found in; needed for MATCHES.
    window : int
        Words on each side, of MATCHES.

    Returns
    -------
    DataFrame
        Of MATCHES their CONCORDANCE, sorted by doc_id and start. Of POSITIONS its rows with the entry, in their order,
        with the sentence or headline as ``quote``. Without rows where this set does not have the entry.

    Raises
    ------
    SchemaError
        No row has the entry, ``tokens`` is missing, or as ``word_shift`` does.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> from discourse.reading.matching.matches import find_matches
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["دعم كبير", "وقف الدعم"], "source": ["x", "y"]})
    >>> tokens = tokenize(documents)
    >>> matches = find_matches(tokens, lexicon_from_patterns(["دعم"], name="own"))
    >>> shift_lines(matches, documents, "دعم", between=("x", "y"), by="source", side="b", tokens=tokens)[
    ...     ["doc_id", "keyword"]].values.tolist()
    [['b', 'الدعم']]
    """
    check_choice("side", side, ["a", "b"])
    check_number("window", window, "of words")
    need(table, "table", ["doc_id"])
    cues = "cues" in table
    of = of or ("cue" if cues else "pattern")
    check_choice("of", of, ["cue", "rule"] if cues else ["category", "pattern"])
    if cues:
        table = choose_one(choose_one(table, "holder", holder), "target", target)
    need(table, "table", [_OF[of]])
    values = table[_OF[of]].astype("str")
    held = np.array([entry in value.split("|") for value in values] if cues else values.eq(entry), bool)
    if not held.any():
        known = sorted({one for value in values for one in (value.split("|") if cues else [value])})
        raise SchemaError(
            f"`entry` is {entry!r}, which no row of `table` has as {of!r}; there is {first_three(known)}."
        )
    rows = pd.DataFrame(
        {"doc_id": table["doc_id"].astype("str").to_numpy(), "entry": entry, "weight": 1.0, "score": 0.0}
    )
    rows["row"] = np.arange(len(table))
    if cues and "voice" in table:
        rows["voice"] = table["voice"].astype("str").to_numpy()
    sided, _ = sided_rows(rows, documents, between, by, None)
    own = sided.loc[sided["side"].eq("ab".index(side)), "row"].to_numpy()
    found = table.iloc[own[held[own]]]
    if cues:
        return quote_spans(found.reset_index(drop=True), documents)
    if tokens is None:
        raise SchemaError("`tokens` is missing, in which the matches of `table` stand. Pass the tokens.")
    first = rows_of_places(found["doc_id"], found["start"].to_numpy(np.int64), tokens)
    last = rows_of_places(found["doc_id"], found["end"].to_numpy(np.int64) - 1, tokens)
    return lay_lines(tokens, documents, first, last + 1, found["pattern"].astype("str").to_numpy(), window)
