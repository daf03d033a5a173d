"""What the page knows of every document when it opens: date, outlet, unit, counts and positions, as columns."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.evidence.packing import codes_of, column
from discourse.measures.evidence import GRADES
from discourse.measures.periods import cluster_units, find_periods, read_days
from discourse.study import Study

__all__ = ["ordered_documents", "periods_of", "the_core", "the_series"]

_PRECISIONS = ("day", "month", "year")
_EPOCH = np.datetime64("1970-01-01", "D")
_BASES = ("hand", "lexicon")


def ordered_documents(tables: Mapping[str, Any]) -> pd.DataFrame:
    """Return the documents with their units, in the order of all columns of the page: by doc_id, as series are made."""
    units = tables["units"].sort_values("doc_id", kind="stable", ignore_index=True)
    return units.assign(doc_id=units["doc_id"].astype(str))


def periods_of(tables: Mapping[str, Any], documents: pd.DataFrame) -> tuple[list[str], list[int]]:
    """Return the first days of all periods from the first to the last, and the period of each document; -1 for none."""
    placed = find_periods(documents, freq=tables["freq"])["period"]
    if not placed.notna().any():
        return [], [-1] * len(documents)
    every = pd.date_range(placed.min(), placed.max(), freq=tables["freq"], unit="us")
    return column(every.to_series()), every.get_indexer(pd.Index(placed)).tolist()


def the_core(tables: Mapping[str, Any], study: Study, documents: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of the documents, what each category counts in them, and their positions."""
    ids = pd.Index(documents["doc_id"])
    periods, period = periods_of(tables, documents)
    sources, source = codes_of(documents["source"]) if "source" in documents else ([], [])
    countries, country = codes_of(documents["country"]) if "country" in documents else ([], [])
    core: dict[str, Any] = {
        "periods": periods,
        "sources": sources,
        "countries": countries,
        "documents": {
            "date": _days(documents),
            "precision": _precisions(documents),
            "period": period,
            "source": source,
            "country": country,
            "tokens": _tokens(tables["counts"], ids),
            **_units(documents, study.copies),
        },
        "counts": [*_naming(tables["named"], ids), *_counts(tables["counts"], ids)],
    }
    core["positions"] = _positions(tables, ids)
    return core


def _days(documents: pd.DataFrame) -> list[int | None]:
    """Return dates as days since 1970."""
    days = (read_days(documents["date"]).to_numpy().astype("datetime64[D]") - _EPOCH).astype("timedelta64[D]")
    return [None if np.isnat(day) else int(day.astype(np.int64)) for day in days]


def _precisions(documents: pd.DataFrame) -> list[int]:
    if "date_precision" not in documents:
        return [0] * len(documents)
    return [max(0, code) for code in codes_of(documents["date_precision"], list(_PRECISIONS))[1]]


def _tokens(counts: pd.DataFrame, ids: pd.Index) -> list[int]:
    known = counts.drop_duplicates("doc_id").set_index(counts["doc_id"].drop_duplicates().astype(str))["n_tokens"]
    return [int(n) for n in known.reindex(ids).fillna(0)]


def _units(documents: pd.DataFrame, copies: str) -> dict[str, Any]:
    """Return the unit of each document and its weight, where the study asks for them and some are copies."""
    if copies == "keep" or "copy_cluster" not in documents:
        return {}
    units: dict[str, Any] = {"unit": cluster_units(documents["copy_cluster"]).tolist()}
    return units | ({"weight": column(documents["copy_weight"])} if copies == "weight" else {})


def _naming(named: pd.DataFrame, ids: pd.Index) -> list[dict[str, Any]]:
    marked = named.reindex(ids)
    parts = []
    for name in named.columns:
        rows = np.flatnonzero(marked[name].fillna(False).to_numpy(dtype=bool))
        parts.append({"lexicon": "naming", "category": name, **_sparse(rows, np.ones(len(rows)), np.ones(len(rows)))})
    return parts


def _counts(counts: pd.DataFrame, ids: pd.Index) -> list[dict[str, Any]]:
    """Return for each lexicon and category the documents that hold it, and how often."""
    some = counts.loc[counts["n_matches"].gt(0) | counts["present"].gt(0)]
    places = pd.Series(ids.get_indexer(pd.Index(some["doc_id"].astype(str))), some.index)
    parts = []
    for lexicon in counts["lexicon"].unique():
        names = sorted(counts.loc[counts["lexicon"].eq(lexicon), "category"].unique())
        for name in names:
            own = some["lexicon"].eq(lexicon) & some["category"].eq(name)
            order = places[own].sort_values().index
            rows = (places[order].to_numpy(), some.loc[order, "n_matches"].to_numpy(), some.loc[order, "present"])
            parts.append({"lexicon": str(lexicon), "category": str(name), **_sparse(*rows)})
    return parts


def _sparse(rows: np.ndarray, n: Any, present: Any) -> dict[str, list[int]]:
    """Return rows as steps from one to the next, which pack better than the rows."""
    steps = np.diff(rows, prepend=0)
    return {name: [int(one) for one in values] for name, values in (("doc", steps), ("n", n), ("present", present))}


def _positions(tables: Mapping[str, Any], ids: pd.Index) -> dict[str, Any]:
    """Return positions by hand and by the lexicon measure, of every holder, with the first cue of each."""
    parts = []
    hand = tables.get("hand_codes")
    if hand is not None:
        voice = hand["voice"].astype(object).where(hand["voice"].notna(), "unknown") if "voice" in hand else "all"
        own = {"voice": voice, "basis": "hand", "grade": None, "n_for": 0, "n_against": 0, "cue": None}
        parts.append(hand.assign(**own).loc[hand["position"].notna()])
    read = tables["document_positions"]
    parts.append(read.assign(basis="lexicon", cue=_first_cues(read, tables["position_sentences"])))
    names = ["doc_id", "holder", "voice", "basis", "position", "grade", "n_for", "n_against", "cue"]
    every = pd.concat([part[names].astype(object) for part in parts], ignore_index=True)
    every["place"] = ids.get_indexer(pd.Index(every["doc_id"].astype(str)))
    every = every.loc[every["place"].ge(0)].sort_values(["place", "basis", "holder", "voice"], kind="stable")
    holders, holder = codes_of(every["holder"])
    voices, voice = codes_of(every["voice"])
    cues, cue = codes_of(every["cue"])
    return {
        "holders": holders,
        "voices": voices,
        "cues": cues,
        "doc": [int(one) for one in np.diff(every["place"].to_numpy(dtype=np.int64), prepend=0)],
        "holder": holder,
        "voice": voice,
        "basis": codes_of(every["basis"], list(_BASES))[1],
        "value": column(every["position"]),
        "grade": codes_of(every["grade"], list(GRADES))[1],
        "n_for": column(every["n_for"]),
        "n_against": column(every["n_against"]),
        "cue": cue,
    }


def _first_cues(read: pd.DataFrame, sentences: pd.DataFrame) -> list[str | None]:
    told = sentences.loc[sentences["cues"].fillna("").ne("")].sort_values(
        ["doc_id", "sentence", "start_char"], kind="stable"
    )
    key = ["doc_id", "holder"]
    first = told.drop_duplicates(key).astype(dict.fromkeys(key, "str")).set_index(key)["cues"].str.split("|").str[0]
    return column(first.reindex(pd.MultiIndex.from_frame(read[key].astype("str"))).reset_index(drop=True))


def the_series(tables: Mapping[str, Any], periods: list[str]) -> list[dict[str, Any]]:
    """Return the series that Python computed, one entry a line: what the page shows while nothing is filtered."""
    lines = []
    shown = [
        ("positions", tables["position_series"], ["holder", "basis", "category"]),
        ("counts", tables["series"], ["lexicon", "measure", "category"]),
        ("counts", tables["naming"].assign(lexicon="naming"), ["lexicon", "measure", "category"]),
    ]
    for kind, series, keys in shown:
        for names, rows in series.groupby(keys, observed=True, sort=True):
            ordered = rows.sort_values("period", kind="stable")
            places = pd.Index(periods).get_indexer(pd.Index(column(ordered["period"])))
            values = ("estimate", "lower", "upper", "n_docs", "n_docs_with", "n_units")
            line: dict[str, Any] = {"kind": kind, **dict(zip(keys, map(str, names), strict=True))}
            lines.append(line | {"period": places.tolist(), **{name: column(ordered[name]) for name in values}})
    return lines
