"""Steps from what documents say to numbers per period, each with its interval."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from discourse.measures.company import count_company
from discourse.measures.periods import count_documents
from discourse.measures.series import count_by_period, position_by_period
from discourse.measures.voices import count_voices

# a corpus that names both in nearly every document needs no second look at those that do
_NEARLY_ALL = 0.9


def naming(named: pd.DataFrame, units: pd.DataFrame, freq: str, copies: str, n_draws: int, seed: int) -> pd.DataFrame:
    """Share of documents that name the holders, the target and both, per period."""
    parts = [
        pd.DataFrame({"doc_id": named.index, "category": name, "n_matches": named[name].to_numpy().astype(np.int64)})
        for name in named
    ]
    drawn = _drawn(freq, copies, n_draws, seed, weighted=True)
    return count_by_period(pd.concat(parts, ignore_index=True), units, measure="share", **drawn)


def series(counts: pd.DataFrame, units: pd.DataFrame, freq: str, copies: str, n_draws: int, seed: int) -> pd.DataFrame:
    """Share and rate of each category per period."""
    drawn = _drawn(freq, copies, n_draws, seed, weighted=True)
    return _per_lexicon(
        counts, lambda own: [count_by_period(own, units, measure=m, **drawn) for m in ("share", "per_1000")]
    )


def subject_series(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    named: pd.DataFrame,
    freq: str,
    copies: str,
    n_draws: int,
    seed: int,
) -> pd.DataFrame | None:
    """Share of each category among the documents that name both, where these are some and not nearly all."""
    about = units.loc[units["doc_id"].astype(str).isin(named.index[named["both"]])]
    if not 0 < len(about) < _NEARLY_ALL * len(units):
        return None
    drawn = _drawn(freq, copies, n_draws, seed, weighted=True)
    rows = counts.loc[counts["doc_id"].astype(str).isin(about["doc_id"].astype(str))]
    return _per_lexicon(rows, lambda own: [count_by_period(own, about, measure="share", **drawn)])


def by_series(
    counts: pd.DataFrame, units: pd.DataFrame, split: str | None, freq: str, copies: str, n_draws: int, seed: int
) -> pd.DataFrame | None:
    """Share of each category per period and value of the variable that splits, where one does."""
    if split is None:
        return None
    drawn = _drawn(freq, copies, n_draws, seed, weighted=True)
    return _per_lexicon(counts, lambda own: [count_by_period(own, units, measure="share", by=split, **drawn)])


def overall(counts: pd.DataFrame, units: pd.DataFrame, copies: str, n_draws: int, seed: int) -> pd.DataFrame:
    """Share and rate of each category over all documents, dated or not."""
    everything = units.assign(date=pd.Timestamp(2000, 1, 1))  # one day for all: one period, whatever their dates
    everything = everything.drop(columns="date_precision", errors="ignore")
    drawn = _drawn("YS", copies, n_draws, seed, weighted=True)

    def measure(own: pd.DataFrame) -> list[pd.DataFrame]:
        share, rate = (count_by_period(own, everything, measure=m, **drawn) for m in ("share", "per_1000"))
        columns = {"per_1000": "estimate", "per_1000_lower": "lower", "per_1000_upper": "upper"}
        both = share.assign(**{name: rate[column] for name, column in columns.items()}).drop(columns="period")
        return [both.sort_values(["n_docs_with", "category"], ascending=[False, True], kind="stable")]

    return _per_lexicon(counts, measure)


def attention(documents: pd.DataFrame, freq: str) -> pd.DataFrame:
    """Documents per period, by country or else by outlet."""
    by = next((name for name in ("country", "source") if documents.get(name, pd.Series()).notna().any()), None)
    return count_documents(documents, freq=freq, by=by)


def position_series(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    freq: str,
    copies: str,
    n_draws: int,
    seed: int,
) -> pd.DataFrame:
    """Mean position of each holder per period and voice, by hand codes and by the lexicon measure."""
    return _positions(positions, hand_codes, units, holders, _drawn(freq, copies, n_draws, seed))


def position_by_series(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    split: str | None,
    freq: str,
    copies: str,
    n_draws: int,
    seed: int,
) -> pd.DataFrame | None:
    """Mean position per period, voice and value of the variable that splits, where one does."""
    if split is None:
        return None
    return _positions(positions, hand_codes, units, holders, _drawn(freq, copies, n_draws, seed) | {"by": split})


def voice_counts(quotations: pd.DataFrame, subject_tokens: pd.DataFrame) -> pd.DataFrame:
    """Words of each voice in each document read for speech: the outlet's own, and those of each side."""
    return count_voices(quotations, subject_tokens)


def voice_series(
    voice_counts: pd.DataFrame,
    subject: pd.DataFrame,
    units: pd.DataFrame,
    freq: str,
    copies: str,
    n_draws: int,
    seed: int,
) -> pd.DataFrame:
    """Words of each voice per 1,000 words and period."""
    read = units.loc[units["doc_id"].isin(subject["doc_id"])]
    return count_by_period(voice_counts, read, **_drawn(freq, copies, n_draws, seed, weighted=True))


def company(mentions: pd.DataFrame, body_tokens: pd.DataFrame, n_draws: int, seed: int) -> pd.DataFrame:
    """Which actors share a sentence."""
    return count_company(mentions, body_tokens, n_draws=n_draws, seed=seed)


def _positions(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    drawn: dict[str, Any],
) -> pd.DataFrame:
    bases = {"hand": hand_codes, "lexicon": positions}
    parts = [
        position_by_period(table, units, holder=holder, **drawn).assign(basis=basis, holder=holder)
        for holder in holders
        for basis, table in bases.items()
        if table is not None
    ]
    filled = [part for part in parts if len(part)]
    return _one_table(filled or parts[-1:])


def _drawn(freq: str, copies: str, n_draws: int, seed: int, *, weighted: bool = False) -> dict[str, Any]:
    """Return the options of a bootstrap: what is drawn, and with which weight."""
    drawn: dict[str, Any] = {"freq": freq, "n_draws": n_draws, "seed": seed}
    if copies != "keep":
        drawn["cluster"] = "copy_cluster"
    if copies == "weight" and weighted:
        drawn["weight"] = "copy_weight"
    return drawn


def _per_lexicon(counts: pd.DataFrame, measure: Callable[[pd.DataFrame], list[pd.DataFrame]]) -> pd.DataFrame:
    """Measure the counts of each lexicon by itself and put the tables one under the other."""
    parts = []
    for name in counts["lexicon"].unique():
        own = counts.loc[counts["lexicon"].eq(name)].drop(columns="lexicon")
        parts += [part.assign(lexicon=name) for part in measure(own)]
    return _one_table(parts)


def _one_table(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put SERIES one under the other; what is a category in each stays one."""
    table = pd.concat(parts, ignore_index=True)
    coded = [name for name, kind in parts[0].dtypes.items() if isinstance(kind, pd.CategoricalDtype)]
    return table.astype(dict.fromkeys(coded, "category"))
