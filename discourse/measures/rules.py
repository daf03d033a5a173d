"""Sensitivity to rules: which rules, classes and operators of the reading of positions carry which results."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from discourse.reading.stance.scores import score_positions
from discourse.tables import check_choice, need

__all__ = ["leave_rules_out"]

_CELL = ["doc_id", "holder", "target"]
_PER_CUE = ["cues", "categories", "codes", "rules"]
_TWO_WORDS = ("other party", "second reading")


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
        A column is missing, or ``by`` is none of the choices.

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
    check_choice("by", by, sorted(_NAMED))
    need(positions, "positions", ["doc_id", "holder", "target", "categories", "codes", "rules"])
    every = positions[positions["categories"].fillna("") != ""]
    cues = every.assign(**{name: every[name].str.split("|") for name in _PER_CUE})
    cues = cues.explode(_PER_CUE, ignore_index=True)
    names = [_NAMED[by](rule, signed) for rule, signed in zip(cues["rules"], cues["categories"], strict=True)]
    whole = _scored(cues)
    rows = []
    for name in sorted({name for of_cue in names for name in of_cue}):
        left_out = np.array([name in of_cue for of_cue in names])
        rests = cues.loc[left_out, _CELL].astype("str").drop_duplicates()
        before = whole.reindex(pd.MultiIndex.from_frame(rests)).dropna()
        after = _scored(cues[~left_out]).reindex(before.index)
        there = after.notna()
        rows.append(
            {
                "name": name,
                "n_cues": int(left_out.sum()),
                "n_docs": int(rests["doc_id"].nunique()),
                "n_positions": len(before),
                "n_lost": int((~there).sum()),
                "n_moved": int((after[there] != before[there]).sum()),
                "n_turned": int((np.sign(after[there]) != np.sign(before[there])).sum()),
            }
        )
    columns = ["name", "n_cues", "n_docs", "n_positions", "n_lost", "n_moved", "n_turned"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["n_lost", "n_moved", "name"], ascending=[False, False, True], ignore_index=True)


def _parts_of(rule: str) -> tuple[str, list[str]]:
    """Return a rule and its operators.

    >>> _parts_of("second reading negation"), _parts_of("recognition considers")
    (('second reading', ['negation']), ('recognition', ['considers']))
    """
    name = next((name for name in _TWO_WORDS if rule.startswith(name)), rule.split(maxsplit=1)[0])
    return name, rule.removeprefix(name).split()


_NAMED: dict[str, Callable[[str, str], set[str]]] = {
    "rule": lambda rule, signed: {_parts_of(rule)[0]},
    "class": lambda rule, signed: {signed.rstrip("!~?*^")},
    "operator": lambda rule, signed: set(_parts_of(rule)[1]),
}


def _scored(cues: pd.DataFrame) -> pd.Series:
    """Return the position by document, holder and target."""
    return score_positions(cues).astype(dict.fromkeys(_CELL, "str")).set_index(_CELL)["position"].astype("float64")
