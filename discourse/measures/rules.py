"""Sensitivity to rules: which rules, classes and operators of the reading of positions carry which results."""

import numpy as np
import pandas as pd

from discourse.errors import check_choice
from discourse.measures.omissions import Cues

__all__ = ["leave_rules_out"]

_KINDS = ["class", "operator", "rule"]


def leave_rules_out(positions: pd.DataFrame, *, by: str = "rule") -> pd.DataFrame:
    """Turn POSITIONS into a table of what becomes of the positions of documents without each rule, class or operator.

    All cues that a rule read are taken out, and the rest is scored anew by the defaults of ``score_positions``.

    Parameters
    ----------
    positions : DataFrame
        POSITIONS with ``categories``, as ``find_positions`` returns it.
    by : {"rule", "class", "operator"}
        What is left out: a rule (``enemies``, ``second reading``, ``recognition`` ...), a class of the lexicon wherever
        it was read, or every cue under an operator (``negation``, ``considers`` ...).

    Returns
    -------
    DataFrame
        One row per rule, class or operator, sorted by positions lost and moved (most first), then by name: ``name``,
        ``n_cues``, ``n_docs``, ``n_positions`` (that rest on it in part), ``n_lost`` (of these, none is left without
        it), ``n_moved`` (it is another one), ``n_turned`` (of another sign).

    Raises
    ------
    SchemaError
        A column is missing, codes and rules do not go with the cues, or ``by`` is none of the choices.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "sentence": [0, 0], "start_char": [0, 0], "end_char": [9, 9],
    ...     "holder": ["russia"] * 2, "target": ["taliban"] * 2, "polarity": [1, 1], "strength": [2.0, 1.0],
    ...     "negated": [False] * 2, "voice": ["outlet"] * 2, "cues": ["x|y", "x"],
    ...     "categories": ["recognition|trade", "trade"], "codes": ["2|1", "1"],
    ...     "rules": ["recognition|trade", "trade"]})
    >>> leave_rules_out(positions)[["name", "n_cues", "n_lost", "n_moved"]].values.tolist()
    [['trade', 2, 1, 0], ['recognition', 1, 0, 1]]
    """
    check_choice("by", by, _KINDS)
    cues = Cues(positions)
    whole, _ = cues.whole()
    documents = cues.cells["doc_id"].to_numpy()
    names = cues.names(by)
    rows = []
    for (name, left_out), after in zip(names.items(), cues.score(list(names.values())), strict=True):
        cells = np.array(sorted(cell for cell in after if not np.isnan(whole[cell])), np.int64)
        now, before = np.array([after[cell][0] for cell in cells.tolist()]), whole[cells]
        there = ~np.isnan(now)
        rows.append(
            {
                "name": name,
                "n_cues": len(left_out),
                "n_docs": len(set(documents[list(after)])),
                "n_positions": len(cells),
                "n_lost": int((~there).sum()),
                "n_moved": int((now[there] != before[there]).sum()),
                "n_turned": int((np.sign(now[there]) != np.sign(before[there])).sum()),
            }
        )
    columns = ["name", "n_cues", "n_docs", "n_positions", "n_lost", "n_moved", "n_turned"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["n_lost", "n_moved", "name"], ascending=[False, False, True], ignore_index=True)
