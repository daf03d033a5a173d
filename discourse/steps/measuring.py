"""Steps from what documents say to numbers per period, each with its interval."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from discourse.measures.company import find_actor_sentences, measure_company
from discourse.measures.periods import count_documents
from discourse.measures.series import count_by_period, position_by_period
from discourse.measures.voices import count_voices
from discourse.plan import per_document, takes_long
from discourse.steps.weighing import unit_options

# a corpus that names both in nearly every document needs no second look at those that do
_NEARLY_ALL = 0.9


@takes_long
def naming(named: pd.DataFrame, units: pd.DataFrame, freq: str, copies: str, n_draws: int, seed: int) -> pd.DataFrame:
    """Share of documents that name the holders, the target and both, per period."""
    parts = [
        pd.DataFrame({"doc_id": named.index, "category": name, "n_matches": named[name].to_numpy().astype(np.int64)})
        for name in named
    ]
    named_by = pd.concat(parts, ignore_index=True)
    asked: dict[str, Any] = unit_options(copies, units) | _bands(n_draws, seed)
    return count_by_period(named_by, units, freq=freq, measure="share", **asked)


@takes_long
def series(counts: pd.DataFrame, units: pd.DataFrame, freq: str, copies: str, n_draws: int, seed: int) -> pd.DataFrame:
    """Share and rate of each category per period."""
    asked: dict[str, Any] = unit_options(copies, units) | _bands(n_draws, seed)
    return _per_lexicon(
        counts, lambda own: [count_by_period(own, units, freq=freq, measure=m, **asked) for m in ("share", "per_1000")]
    )


@takes_long
def subject_series(
    counts: pd.DataFrame,
    units: pd.DataFrame,
    named: pd.DataFrame,
    freq: str,
    copies: str,
) -> pd.DataFrame | None:
    """Share of each category among the documents that name both, where these are some and not nearly all."""
    about = units.loc[units["doc_id"].astype(str).isin(named.index[named["both"]])]
    if not 0 < len(about) < _NEARLY_ALL * len(units):
        return None
    asked: dict[str, Any] = unit_options(copies, units)
    rows = counts.loc[counts["doc_id"].astype(str).isin(about["doc_id"].astype(str))]
    return _per_lexicon(rows, lambda own: [count_by_period(own, about, freq=freq, measure="share", **asked)])


@takes_long
def by_series(
    counts: pd.DataFrame, units: pd.DataFrame, split: str | None, freq: str, copies: str
) -> pd.DataFrame | None:
    """Share of each category per period and value of the variable that splits, where one does."""
    if split is None:
        return None
    asked: dict[str, Any] = unit_options(copies, units) | {"freq": freq, "by": split}
    return _per_lexicon(counts, lambda own: [count_by_period(own, units, measure="share", **asked)])


@takes_long
def overall(counts: pd.DataFrame, units: pd.DataFrame, copies: str) -> pd.DataFrame:
    """Share and rate of each category over all documents, dated or not."""
    everything = units.assign(date=pd.Timestamp(2000, 1, 1))  # one day for all: one period, whatever their dates
    everything = everything.drop(columns="date_precision", errors="ignore")
    asked: dict[str, Any] = unit_options(copies, units) | {"freq": "YS"}

    def measure(own: pd.DataFrame) -> list[pd.DataFrame]:
        share, rate = (count_by_period(own, everything, measure=m, **asked) for m in ("share", "per_1000"))
        columns = {"per_1000": "estimate", "per_1000_lower": "lower", "per_1000_upper": "upper"}
        both = share.assign(**{name: rate[column] for name, column in columns.items()}).drop(columns="period")
        return [both.sort_values(["n_docs_with", "category"], ascending=[False, True], kind="stable")]

    return _per_lexicon(counts, measure)


def attention(documents: pd.DataFrame, freq: str) -> pd.DataFrame:
    """Documents per period, by country or else by outlet."""
    by = next((name for name in ("country", "source") if documents.get(name, pd.Series()).notna().any()), None)
    return count_documents(documents, freq=freq, by=by)


@takes_long
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
    asked = unit_options(copies, units) | _bands(n_draws, seed) | {"freq": freq}
    return _positions(positions, hand_codes, units, holders, asked)


@takes_long
def position_by_series(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    split: str | None,
    freq: str,
    copies: str,
) -> pd.DataFrame | None:
    """Mean position per period, voice and value of the variable that splits, where one does."""
    if split is None:
        return None
    return _positions(positions, hand_codes, units, holders, unit_options(copies, units) | {"freq": freq, "by": split})


def sides_heard(quotations: pd.DataFrame) -> list[str]:
    """Sides that are quoted anywhere."""
    return sorted(quotations["side"].dropna().astype(str).unique().tolist())


@per_document
def voice_counts(quotations: pd.DataFrame, subject_tokens: pd.DataFrame, sides_heard: list[str]) -> pd.DataFrame:
    """Words of each voice in each document read for speech: the outlet's own, and those of each side."""
    return count_voices(quotations, subject_tokens, voices=sides_heard)


@takes_long
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
    asked: dict[str, Any] = unit_options(copies, units) | _bands(n_draws, seed)
    return count_by_period(voice_counts, read, freq=freq, **asked)


@per_document
def actor_sentences(mentions: pd.DataFrame, body_tokens: pd.DataFrame) -> pd.DataFrame:
    """Which actors stand in which sentence."""
    return find_actor_sentences(mentions, body_tokens)


@takes_long
def company(actor_sentences: pd.DataFrame, units: pd.DataFrame, copies: str) -> pd.DataFrame:
    """Which actors share a sentence."""
    asked: dict[str, Any] = unit_options(copies, units)
    return measure_company(actor_sentences, units, **asked)


def _positions(
    positions: pd.DataFrame,
    hand_codes: pd.DataFrame | None,
    units: pd.DataFrame,
    holders: tuple[str, ...],
    asked: dict[str, Any],
) -> pd.DataFrame:
    bases = {"hand": hand_codes, "lexicon": positions}
    parts = [
        position_by_period(table.loc[table["holder"].eq(holder)], units, **asked).assign(basis=basis, holder=holder)
        for holder in holders
        for basis, table in bases.items()
        if table is not None
    ]
    filled = [part for part in parts if len(part)]
    return _one_table(filled or parts[-1:])


def _bands(n_draws: int, seed: int) -> dict[str, Any]:
    """Return the options of bands."""
    return {"bands": True, "n_draws": n_draws, "seed": seed}


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
