"""Which entry of a lexicon and which rule errs most, here: corrections counted by what found the reading."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError
from discourse.measures.omissions import parts_of
from discourse.validity.corrected_names import name_known
from discourse.validity.corrected_tables import table_of
from discourse.validity.corrections import check_corrections, name_things
from discourse.validity.scores import share_of_rows

__all__ = ["audit_corrections"]

_KEY = ["what", "category", "entry"]
_NOTHING = ("absent", "none")


def audit_corrections(
    corrections: pd.DataFrame, *found: pd.DataFrame, looked: Iterable[str] | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Count by entry and rule what readers corrected: CORRECTIONS and tables of the measure become CORRECTIONS_AUDIT.

    Readers correct what they happen to see. So the share of the matches of an entry that they corrected is a lower
    bound for the share that is wrong: what nobody looked at counts as right. Where ``looked`` says which documents were
    read through, the share is that of these documents, which are still no sample of the corpus.

    Parameters
    ----------
    corrections : DataFrame
        CORRECTIONS. What readers differ on is counted apart. Labels stand for names, as in ``apply_corrections``.
    *found : DataFrame
        Where the denominators come from: MATCHES for entries of a lexicon, POSITIONS for rules (of sentences, and of
        single cues), QUOTATIONS for rules of speech, DOCUMENT_POSITIONS for positions of documents. They are the tables
        as the measure made them, without corrections.
    looked : iterable of str, optional
        doc_id of the documents that readers read through.
    level : float
        Probability that the intervals aim to cover.

    Returns
    -------
    DataFrame
        CORRECTIONS_AUDIT: one row for each entry or rule that a correction names, the most corrected first, then the
        largest share. A sentence that several rules read counts for each. Without an entry are corrections that name
        none, and readings that the measure missed. Matches in headlines, which MATCHES does not hold, stand apart.

    Raises
    ------
    SchemaError
        A table is none of these, ``looked`` is one text, or a row is no correction.

    Notes
    -----
    The share has the beta interval of ``ratio_by_group`` with documents as units. What becomes of a series without an
    entry or a rule is told by ``leave_corrected_out``, ``leave_one_out`` and ``leave_rules_out``.

    Examples
    --------
    >>> matches = pd.DataFrame({"doc_id": list("aab"), "start": [0, 4, 2], "end": [1, 5, 3], "category": "drugs",
    ...                         "pattern": ["poppy", "poppy", "heroin"]})
    >>> said = pd.DataFrame({"doc_id": ["a"], "what": "match", "start_char": 0, "end_char": 5, "holder": None,
    ...     "target": None, "category": "drugs", "entry": "poppy", "measured": "present", "corrected": "absent",
    ...     "coder": "ann", "why": None, "date": "2026-01-01"})
    >>> audit_corrections(said, matches)[["entry", "n", "n_corrected", "share", "basis", "right"]].values.tolist()
    [['poppy', 2, 1, 0.5, 'all', 'absent']]
    """
    if isinstance(looked, str):
        raise SchemaError(f"`looked` is {looked!r}; it must be a list of doc_id. Write [{looked!r}].")
    rows = check_corrections(corrections)
    for table in found or [pd.DataFrame()]:
        rows, _ = name_known(rows, table, None, None)
    rows = check_corrections(rows)  # a label and its name are one answer, and one thing
    named = {table_of(table): table for table in found}
    things = _things(rows, named)
    whole = _universe(named)
    read = None if looked is None else {str(one) for one in looked}
    out = []
    for key, own in things.groupby(_KEY, sort=True, dropna=False):
        what, category, entry = (one if isinstance(one, str) else None for one in key)  # type: ignore[union-attr]
        counted = own["state"].value_counts()
        mine = whole[(whole["what"] == what) & (whole["entry"] == entry)]
        mine = mine[(mine["category"] == category) | mine["category"].isna() & (category is None)]
        if what == "position":  # no entry finds it: all positions of documents
            mine = whole[whole["what"] == what]
        known = what in set(whole["what"]) and (what == "position" or entry is not None)
        wrong = own[own["state"] == "corrected"]
        titled = int(wrong["titled"].sum())
        right = wrong["corrected"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        share = (
            _share(mine, wrong[~wrong["missed"] & ~wrong["titled"]], read, level) if known else (np.nan, np.nan, np.nan)
        )
        places = [
            f"{doc}:{start}" if not pd.isna(start) else str(doc)
            for doc, start in wrong[["doc_id", "start_char"]].itertuples(index=False, name=None)
        ]
        out.append(
            {
                "what": what, "category": category, "entry": entry, "n": len(mine) if known else pd.NA,
                "n_looked": int(mine["doc_id"].isin(read).sum()) if known and read is not None else pd.NA,
                "n_corrected": len(wrong) - titled, "n_headline": titled,
                **{f"n_{state}": int(counted.get(state, 0)) for state in ("confirmed", "disputed")},
                **dict(zip(("share", "lower", "upper"), share, strict=True)),
                "basis": "none" if np.isnan(share[0]) else "all" if read is None else "looked at",
                "right": right.index[0] if len(right) else None, "n_right": int(right.iloc[0]) if len(right) else 0,
                "examples": "|".join(dict.fromkeys(places[:3])),
            }
        )  # fmt: skip
    table = pd.DataFrame(out, columns=[column.name for column in tables.TABLES["CORRECTIONS_AUDIT"].columns])
    table = table.astype({name: "Int64" for name in ("n", "n_looked")} | dict.fromkeys(("category", "entry"), "str"))
    table = tables.conform(table, "CORRECTIONS_AUDIT")
    by_number = table.assign(n_all=table["n_corrected"] + table["n_headline"])
    order = by_number.sort_values(["n_all", "share", *_KEY], ascending=[False, False, True, True, True]).index
    return table.loc[order].reset_index(drop=True)


def _share(mine: pd.DataFrame, wrong: pd.DataFrame, read: set[str] | None, level: float) -> tuple[float, float, float]:
    """Return the share of the readings that were corrected, and its bounds; documents are the units."""
    if read is not None:
        mine, wrong = (table[table["doc_id"].isin(read)] for table in (mine, wrong))
    n = mine["doc_id"].value_counts().sort_index()
    k = wrong["doc_id"].value_counts().reindex(n.index).fillna(0).to_numpy()
    size = n.to_numpy()
    units = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(units)) - np.repeat(np.cumsum(size) - size, size)
    top = (place < np.repeat(k, size)).astype(int)
    _, estimate, lower, upper, _ = share_of_rows(top, np.ones(len(top)), units, level=level)
    return estimate, lower, upper


def _things(rows: pd.DataFrame, named: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row for each thing and entry: what was said of it in the end."""
    lexicon = set(named["MATCHES"]["category"].astype("str")) if "MATCHES" in named else set()
    classes = set() if "POSITIONS" not in named else set(_cues(named["POSITIONS"])["category"]) - lexicon
    out = []
    for _, own in rows.assign(thing=name_things(rows)).groupby("thing", sort=True):
        one = own.iloc[0]
        silent = not isinstance(one["measured"], str) or one["measured"] in _NOTHING
        same = one["corrected"] == one["measured"] or one["corrected"] in ("present", one["category"])
        missed = (
            silent and one["corrected"] not in _NOTHING and (one["what"] != "match" or one["corrected"] == "present")
        )
        missed &= isinstance(one["measured"], str) or not isinstance(one["entry"], str)
        state = "disputed" if own["disputed"].any() else "corrected" if missed or not same else "confirmed"
        named_by = isinstance(one["entry"], str) and one["what"] != "position" and not missed
        entries = [one["entry"]] if named_by else [None]
        cue = one["what"] == "match" and (isinstance(one["holder"], str) or one["category"] in classes)
        if one["what"] == "sentence" or cue:
            entries = sorted({parts_of(part)[0] for entry in entries if entry for part in entry.split("|")}) or [None]
        category = one["category"] if one["what"] == "match" else None
        titled = one["what"] == "match" and not cue and one["end_char"] == 0
        rest = one["doc_id"], one["start_char"], state, one["corrected"], bool(missed), bool(titled)
        out += [(one["what"], category, entry, *rest) for entry in entries]
    columns = [*_KEY, "doc_id", "start_char", "state", "corrected", "missed", "titled"]
    return pd.DataFrame(out, columns=columns).astype({"what": "str", "category": "str", "entry": "str"})


def _cues(positions: pd.DataFrame) -> pd.DataFrame:
    """Return the cues of POSITIONS one by one: doc_id, category (its class) and entry (its rule)."""
    parts = positions[["doc_id", "categories", "rules"]].astype("str")
    parts = parts.assign(**{name: parts[name].str.split("|") for name in ("categories", "rules")})
    parts = parts.explode(["categories", "rules"], ignore_index=True)
    rules = {rule: parts_of(rule)[0] for rule in parts["rules"].unique()}
    return pd.DataFrame(
        {
            "doc_id": parts["doc_id"],
            "category": parts["categories"].str.rstrip("!~?*^"),
            "entry": parts["rules"].map(rules),
        }
    )


def _universe(named: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what, category, entry and doc_id of every reading of the tables."""
    parts = []
    if "MATCHES" in named:
        parts.append(named["MATCHES"].rename(columns={"pattern": "entry"}).assign(what="match"))
    if "POSITIONS" in named:
        cues = _cues(named["POSITIONS"])
        parts.append(cues.assign(what="match"))
        row = named["POSITIONS"].reset_index(drop=True)
        told = pd.DataFrame(
            {"doc_id": row["doc_id"].astype("str"), "row": range(len(row)), "rules": row["rules"].astype("str")}
        )
        told = told.assign(entry=told["rules"].str.split("|")).explode("entry", ignore_index=True)
        told["entry"] = told["entry"].map({rule: parts_of(rule)[0] for rule in told["entry"].unique()})
        parts.append(told.drop_duplicates(["row", "entry"]).assign(what="sentence", category=None))
    if "QUOTATIONS" in named:
        parts.append(named["QUOTATIONS"].rename(columns={"rule": "entry"}).assign(what="quotation", category=None))
    if "DOCUMENT_POSITIONS" in named:
        parts.append(named["DOCUMENT_POSITIONS"][["doc_id"]].assign(what="position", category=None, entry=None))
    columns = ["what", "category", "entry", "doc_id"]
    if not parts:
        return pd.DataFrame(columns=columns, dtype="str")
    return pd.concat([part[columns].astype("str") for part in parts], ignore_index=True)
