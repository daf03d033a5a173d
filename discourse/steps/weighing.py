"""What near-identical copies count in a step that measures: their unit, and the weight of each."""

import pandas as pd

__all__ = ["unit_options"]


def unit_options(copies: str, units: pd.DataFrame) -> dict[str, str]:
    """Return the options that say what the units are, and the weight of each document.

    Where no two documents are copies, documents are the units however copies are treated.

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": ["a", "b"], "copy_cluster": ["a", "a"], "copy_weight": [0.5, 0.5]})
    >>> unit_options("keep", units), unit_options("cluster", units)
    ({}, {'cluster': 'copy_cluster'})
    >>> unit_options("weight", units), unit_options("weight", units[["doc_id"]])
    ({'cluster': 'copy_cluster', 'weight': 'copy_weight'}, {})
    """
    if copies == "keep" or "copy_cluster" not in units:
        return {}
    asked = {"cluster": "copy_cluster"}
    return asked | ({"weight": "copy_weight"} if copies == "weight" else {})
