"""Parts of captions: what is measured and by what it is split, n, and how intervals were made."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

from discourse.display.labels import column_label, label, label_in_text
from discourse.display.sizes import captioned, count_stories, join_parts, told_range
from discourse.display.wording import counted, has_words, wording, words
from discourse.measures.intervals import FEW

__all__ = [
    "Asked",
    "several",
    "size_of_periods",
    "say_by",
    "say_n",
    "tell_few",
    "tell_held",
    "tell_intervals",
    "tell_measures",
    "tell_sides",
    "tell_sizes",
    "whose",
]

_MEASURES = ("mean_position", "share", "per_1000", "code_share")
_SPLIT = re.compile(r"; | and |, ")


class Asked(NamedTuple):
    """What a caption is asked for."""

    language: str
    drawn: bool
    level: str
    labels: Mapping[str, Mapping[str, str]] | None


def whose(table: pd.DataFrame) -> str | None:
    """Return the one holder of a table; null where there are several, or none is named."""
    holders = table["holder"].dropna().astype(str).unique() if "holder" in table else []
    return str(holders[0]) if len(holders) == 1 else None


def tell_measures(table: pd.DataFrame, asked: Asked) -> str:
    """Return what is measured; of one holder with its name."""
    holder, told = whose(table), []
    for measure in dict.fromkeys(table["measure"].astype(str)):
        if measure == "mean_position" and holder:
            named = label_in_text(holder, asked.language, asked.labels)
            told.append(captioned("mean_position_of", asked.language, holder=named))
        else:
            told.append(words("captions", measure, asked.language) if measure in _MEASURES else measure)
    if not told:
        return words("captions", "documents", asked.language)
    return join_parts([*told[:1], *(part[:1].lower() + part[1:] for part in told[1:])], asked.language, last="and")


def several(table: pd.DataFrame, names: list[str]) -> list[str]:
    """Return the columns in which a table has several values."""
    return [name for name in names if name in table and table[name].astype(object).nunique() > 1]


def say_by(what: str, columns: list[str], periods: pd.DataFrame | None, language: str) -> str:
    """Say by which columns something is shown and, of a table with periods, how long these are."""
    named = [_column(name, language) for name in columns]
    length = _length(periods) if periods is not None else None
    named += [wording(length, language)] if length else []
    return captioned("by", language, what=what, columns=join_parts(named, language, last="and")) if named else what


def _column(name: str, language: str) -> str:
    if name in ("country", "source"):
        return wording(name, language)
    return words("captions", name, language) if name == "variable" else column_label(name, language)


def _length(table: pd.DataFrame) -> str | None:
    """Return how long the periods of a table are; null where there is one alone, which cannot tell."""
    starts = pd.to_datetime(table["period"]).dropna().drop_duplicates().sort_values()
    if len(starts) < 2:
        return None
    least = int(((starts.dt.year * 12 + starts.dt.month).diff().dropna()).min())
    return "year" if least % 12 == 0 else "quarter" if least % 3 == 0 else "month"


def say_n(size: str, span: str, language: str) -> str:
    """Say the n, and over which years."""
    told = captioned("n_span", language, n=size, span=span) if span else captioned("n", language, n=size)
    return f"{told}."


def tell_sizes(table: pd.DataFrame, asked: Asked, tell: Callable[[pd.DataFrame], str]) -> str:
    """Return the n of a table, of each basis and holder where they have another one."""
    by = [name for name in ("basis", "holder") if name in table]
    parts = table.groupby(by, sort=False, observed=True) if by else [((), table)]
    sizes = {tuple(map(str, keys)): tell(rows) for keys, rows in parts}
    if len(set(sizes.values())) == 1:
        return next(iter(sizes.values()))
    apart = bool(several(table, ["holder"]))
    told = [_told_of(dict(zip(by, keys, strict=True)), size, asked, apart=apart) for keys, size in sizes.items()]
    return join_parts(told, asked.language, last=None if apart else "and")


def _told_of(keys: Mapping[str, str], size: str, asked: Asked, *, apart: bool) -> str:
    if "basis" in keys:
        known = has_words("claims", keys["basis"])
        group = words("claims", keys["basis"], asked.language) if known else f"({keys['basis']})"
        size = captioned("of_group", asked.language, n=size, group=group)
    if apart:
        size = captioned(
            "of_holder", asked.language, n=size, holder=label(keys["holder"], asked.language, asked.labels)
        )
    return size


def size_of_periods(rows: pd.DataFrame, language: str) -> str:
    """Return the documents of PERIOD_POSITIONS; of all voices together where the table has them."""
    whole = rows.loc[rows["voice"].eq("all")] if "voice" in rows and rows["voice"].eq("all").any() else rows
    n_docs = int(whole["n_docs"].sum()) if "n_docs" in whole else None
    return count_stories(n_docs, int(whole["n_units"].sum()), language, periods=len(whole) > 1)


def tell_intervals(table: pd.DataFrame, asked: Asked, *, estimate: str = "estimate") -> str:
    """Say how the intervals were made; of estimates without one nothing is said."""
    known = table.loc[table[estimate].notna()]
    if not len(known):
        return captioned("no_estimates", asked.language) if len(table) else ""
    methods = known["method"] if "method" in known else pd.Series(dtype="str")
    parts = dict.fromkeys(part for method in methods.dropna().astype(str).unique() for part in _SPLIT.split(method))
    told = [_method(part, asked.language) for part in parts if part != "none"]
    if not told:
        return ""
    return captioned("intervals", asked.language, level=asked.level, methods=join_parts(told, asked.language))


def _method(name: str, language: str) -> str:
    key = "method_" + name.casefold().replace(" ", "_")
    return words("captions", key, language) if has_words("captions", key) else name


def tell_few(table: pd.DataFrame, asked: Asked, name: str) -> str:
    """Say what points of few documents look like, where there are any."""
    if "few" not in table or not table["few"].astype(bool).any():
        return ""
    stories = "n_units" in table and "n_docs" in table and (table["n_units"] < _docs(table)).any()
    stories |= "n_units_first" in table and (table["n_units_first"] < table["n_docs_first"]).any()
    few = counted("news" if stories else "document", FEW, asked.language)
    return captioned(name if asked.drawn else "few_told", asked.language, few=few)


def _docs(table: pd.DataFrame) -> pd.Series:
    """Return the documents that the units of a table are made of: of a mean, those with a position."""
    if "n_docs_with" not in table:
        return table["n_docs"]
    return table["n_docs"].where(table["measure"].astype(str).ne("mean_position"), table["n_docs_with"])


def tell_held(table: pd.DataFrame, asked: Asked) -> str:
    """Say which document variables are held constant in any row."""
    held = [_column(str(name), asked.language) for name in table["hold"].dropna().unique()] if "hold" in table else []
    return captioned("held", asked.language, hold=join_parts(held, asked.language)) if held else ""


def tell_sides(table: pd.DataFrame, sides: tuple[str, str], asked: Asked) -> str:
    """Say the n of both sides: as they are where all rows share them, otherwise from the least to the most."""
    language = asked.language
    pairs = table[[f"n_{what}_{side}" for side in sides for what in ("docs", "units")]].drop_duplicates()
    if len(pairs) == 1:
        row = pairs.iloc[0]
        ends = [count_stories(int(row[f"n_docs_{side}"]), int(row[f"n_units_{side}"]), language) for side in sides]
        size = captioned("against", language, first=ends[0], second=ends[1])
    else:
        docs = pd.concat([table[f"n_docs_{side}"] for side in sides])
        units = pd.concat([table[f"n_units_{side}"] for side in sides])
        size = captioned("on_each_side", language, n=told_range(docs, units, language))
    return say_n(size, "", language)
