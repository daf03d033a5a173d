"""Names in corrections: labels that readers write in place of names, and names that nothing here has."""

from collections.abc import Iterable, Mapping

import pandas as pd

from discourse.lexicons.loader import Lexicon, load_lexicon

__all__ = ["NO_ACTOR", "NO_CATEGORY", "by_label", "name_known"]

NO_ACTOR = "no actor has this name or label: {}"
NO_CATEGORY = "no such category; write one of the lexicon, absent or present"
_PEOPLE = ("actor", "holder", "target")
_ACTORS_OF = {"match": ("holder",), "position": ("holder", "target"), "sentence": ("holder", "target")}


def by_label(known: Iterable[str], categories: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the name for each way to write it: the name, and labels that are those of one name alone.

    Examples
    --------
    >>> told = by_label(["russia", "x_y"], {"russia": {"ar": "روسيا", "en": "Russia"}})
    >>> told["روسيا"], told["russia"], told["x y"]
    ('russia', 'russia', 'x_y')
    """
    names = sorted(set(known))
    ways: dict[str, set[str]] = {}
    for name in names:
        for way in (*categories.get(name, {}).values(), name.replace("_", " ")):
            ways.setdefault(_plain(way), set()).add(name)
    return {way: min(own) for way, own in ways.items() if len(own) == 1} | {_plain(name): name for name in names}


def name_known(
    rows: pd.DataFrame, found: pd.DataFrame, sentences: pd.DataFrame | None, lexicon: Lexicon | None
) -> tuple[pd.DataFrame, list[str]]:
    """Return CORRECTIONS with names for the labels in them, and for each row what in it nothing here has; else empty.

    Actors are those of the built-in lexicon and of the tables; categories those of ``found`` and of ``lexicon``.

    Parameters
    ----------
    rows : DataFrame
        CORRECTIONS.
    found : DataFrame
        The table that they are put into.
    sentences : DataFrame, optional
        POSITIONS that ``found`` was made of.
    lexicon : Lexicon, optional
        The lexicon of matches; labels are also those of the built-in "frames".
    """
    built_in = load_lexicon("actors").categories
    columns = [table[name] for table in (found, sentences) if table is not None for name in _PEOPLE if name in table]
    actors = by_label([*built_in, *(str(one) for column in columns for one in column.dropna().unique())], built_in)
    cells = "categories" in found or "position" in found  # of positions, whose cues are told by classes
    kinds: dict[str, str] = {}
    if not cells and "category" in found:
        own = found["category"].astype("category").cat.categories.astype("str")
        labels = {**load_lexicon("frames").categories, **(lexicon.categories if lexicon is not None else {})}
        kinds = by_label([*own, *(lexicon.categories if lexicon is not None else ())], labels)
    told, reasons = [], []
    for row in rows.to_dict("records"):
        why = ""
        for name in _ACTORS_OF.get(str(row["what"]), ()):
            if isinstance(row[name], str):
                why = why or ("" if _plain(row[name]) in actors else NO_ACTOR.format(name))
                row[name] = actors.get(_plain(row[name]), row[name])
        if row["what"] == "quotation" and row["corrected"] != "none":
            why = why or ("" if _plain(row["corrected"]) in actors else NO_ACTOR.format("corrected"))
            row["corrected"] = actors.get(_plain(row["corrected"]), row["corrected"])
        if row["what"] == "match" and kinds and _plain(row["category"]) in kinds:
            row["category"] = kinds[_plain(row["category"])]
            if row["corrected"] not in ("absent", "present"):
                why = why or ("" if _plain(row["corrected"]) in kinds else NO_CATEGORY)
                row["corrected"] = kinds.get(_plain(row["corrected"]), row["corrected"])
        told.append(row)
        reasons.append(why)
    out = rows.copy()
    for name in ("holder", "target", "category", "corrected"):
        out[name] = pd.Series([row[name] for row in told], index=rows.index, dtype="str")
    return out, reasons


def _plain(text: object) -> str:
    return " ".join(str(text).replace("_", " ").split()).casefold()
