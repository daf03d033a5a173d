"""What becomes of the points of a series without an entry or a rule that readers corrected."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.omissions import Cues, Places, parts_of
from discourse.measures.periods import find_periods
from discourse.tables import need

__all__ = ["leave_corrected_out"]

_COLUMNS = [
    "what", "category", "entry", "holder", "target", "period", "n_docs", "n_changed", "before", "after", "move",
]  # fmt: skip
_POINT = ["holder", "target", "period"]


def leave_corrected_out(
    audit: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    positions: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
    freq: str = "YS",
) -> pd.DataFrame:
    """Turn CORRECTIONS_AUDIT into the points of the series that move without each of its entries and rules.

    Parameters
    ----------
    audit : DataFrame
        CORRECTIONS_AUDIT, or rows of it: what, category, entry.
    documents : DataFrame
        DOCUMENTS, for their dates; undated ones stand in no period.
    positions : DataFrame, optional
        POSITIONS: for rules. What a rule read is taken out as ``leave_rules_out`` does, and the rest scored anew.
    tokens, lexicon : DataFrame and Lexicon, optional
        TOKENS and the lexicon that was matched in them: for entries, taken out as ``leave_one_out`` does.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.

    Returns
    -------
    DataFrame
        what, category, entry, holder, target (null for matches), period, n_docs (documents of the point: those with a
        position, or all of the period), n_changed (documents whose position or presence changes), before, after (mean
        position, or share of documents with a match), move (after minus before; null where nothing is left). Points
        that stay are left out; sorted by entry, then period.

    Raises
    ------
    SchemaError
        A column is missing, or neither ``positions`` nor ``tokens`` with ``lexicon`` is given.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2020-01-01", "2020-02-01"])})
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "sentence": [0, 0], "start_char": [0, 0], "end_char": [9, 9],
    ...     "holder": ["russia"] * 2, "target": ["taliban"] * 2, "polarity": [1, -1], "strength": [1.0, 1.0],
    ...     "negated": [False] * 2, "voice": ["outlet"] * 2, "cues": ["x", "y"], "categories": ["trade", "concern"],
    ...     "codes": ["1", "-1"], "rules": ["trade", "concern"]})
    >>> audit = pd.DataFrame({"what": ["sentence"], "category": [None], "entry": ["concern"]})
    >>> leave_corrected_out(audit, documents, positions=positions)[["n_changed", "before", "after"]].values.tolist()
    [[1.0, 0.0, 1.0]]
    """
    need(audit, "audit", ["what", "category", "entry"], table="CORRECTIONS_AUDIT")
    if positions is None and (tokens is None or lexicon is None):
        raise SchemaError(
            "`positions` is not given, and neither are `tokens` with `lexicon`: without them nothing can be left out. "
            "Pass POSITIONS for rules, TOKENS and the lexicon for entries."
        )
    placed = find_periods(documents, freq=freq)
    period = placed["period"].set_axis(placed["doc_id"].astype("str"))
    asked = audit[audit["entry"].notna()].drop_duplicates(["what", "category", "entry"])
    asked = asked.astype(object).where(asked.notna(), None)
    parts: list[pd.DataFrame] = []
    if positions is not None:
        parts += list(_of_rules(asked, Cues(positions), period))
    if tokens is not None and lexicon is not None:
        parts += list(_of_entries(asked, Places(tokens, lexicon), tokens, lexicon, period))
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)
    whole["move"] = whole["after"].astype("float64") - whole["before"].astype("float64")
    order = ["what", "category", "entry", *_POINT]
    return whole[_COLUMNS].sort_values(order, ignore_index=True)


def _of_rules(asked: pd.DataFrame, cues: Cues, period: pd.Series) -> Iterator[pd.DataFrame]:
    """Yield the points of mean positions that move without a rule, or without the cues of one class that it read."""
    if not len(cues.table):
        return
    rule = np.array([parts_of(one)[0] for one in cues.table["rules"]], object)
    kind = cues.table["categories"].astype("str").str.rstrip("!~?*^").to_numpy()
    whole, _ = cues.whole()
    cells = cues.cells.assign(period=period.reindex(cues.cells["doc_id"]).to_numpy(), before=whole)
    for what, category, entry in asked[["what", "category", "entry"]].itertuples(index=False, name=None):
        mine = (rule == entry) & ((kind == category) if what == "match" else np.full(len(rule), what == "sentence"))
        if not mine.any():
            continue
        (left,) = cues.score([np.flatnonzero(mine)])
        now = whole.copy()
        now[list(left)] = [position for position, _ in left.values()]
        table = cells.assign(after=now, changed=~((now == whole) | (np.isnan(now) & np.isnan(whole))))
        table = table[table["before"].notna() & table["period"].notna()]
        points = table.groupby(_POINT, sort=True, observed=True).agg(
            n_docs=("before", "size"), n_changed=("changed", "sum"), before=("before", "mean"), after=("after", "mean")
        )
        moved = points[points["n_changed"] > 0].reset_index()
        yield moved.assign(what=what, category=category, entry=entry)


def _of_entries(
    asked: pd.DataFrame, places: Places, tokens: pd.DataFrame, lexicon: Lexicon, period: pd.Series
) -> Iterator[pd.DataFrame]:
    """Yield the points of shares of documents that move without an entry."""
    names = list(lexicon.categories)
    ids = tokens["doc_id"].cat.categories.astype("str")
    periods = period.reindex(ids)
    size = periods.value_counts()
    per_cell = np.zeros((len(names), len(ids)), np.int64)
    np.add.at(per_cell, (places.category[places.kept], places.document[places.kept]), 1)
    changes = places.changes()
    known = {
        (category, pattern): row
        for row, (category, pattern) in enumerate(
            zip(lexicon.entries["category"], lexicon.entries["pattern"], strict=True)
        )
    }
    for what, category, entry in asked[["what", "category", "entry"]].itertuples(index=False, name=None):
        row = known.get((category, entry), -1) if what == "match" else -1
        if row < 0:
            continue
        before = per_cell[places.of_entry[row]]
        after = before.copy()
        for document, change in changes.get(row, {}).items():
            after[document] += change
        table = pd.DataFrame({"period": periods.to_numpy(), "before": before > 0, "after": after > 0})
        table = table[table["period"].notna()].assign(changed=lambda own: own["before"] != own["after"])
        points = table.groupby("period", sort=True)[["before", "after", "changed"]].sum()
        points = points[points["changed"] > 0].reset_index()
        n_docs = size.reindex(points["period"]).to_numpy()
        yield points.assign(
            what=what, category=category, entry=entry, holder=None, target=None, n_docs=n_docs,
            n_changed=points["changed"], before=points["before"] / n_docs, after=points["after"] / n_docs,
        )  # fmt: skip
