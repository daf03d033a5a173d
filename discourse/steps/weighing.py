"""What near-identical copies count in a step that measures: their unit, and the weight of each."""

__all__ = ["unit_options"]


def unit_options(copies: str) -> dict[str, str]:
    """Return the options that say what the units are, and the weight of each document.

    Examples
    --------
    >>> unit_options("keep"), unit_options("cluster"), unit_options("weight")
    ({}, {'cluster': 'copy_cluster'}, {'cluster': 'copy_cluster', 'weight': 'copy_weight'})
    """
    asked = {} if copies == "keep" else {"cluster": "copy_cluster"}
    return asked | ({"weight": "copy_weight"} if copies == "weight" else {})
