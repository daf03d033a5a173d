"""Simulations of change: false alarms and power of breaks and event studies, coverage of contrasts and trends.

Corpora are drawn anew in each run. Stories have copies (one, or five on the same days), positions from -2 to 2, or
counts; dates lie over twelve years. ``python -m benchmarks.simulations.change`` is not needed: run.py calls it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import discourse as dc

RUNS = 1000
_FIRST = pd.Timestamp("2014-01-01")
_DAYS = 12 * 365
_CHANGE = pd.Timestamp("2020-01-01")
_CODES = np.array([-2, -1, 0, 1, 2])


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page of simulations, by title."""
    return {
        "Breaks: false alarms, and a planted change of +1": _breaks_table(runs, seed),
        "Event study: false alarms, and a planted change of +1": _events_table(runs, seed),
        "Contrasts: coverage of the difference": _contrast_table(runs, seed),
        "Trends: coverage of the change per year": _trend_table(runs, seed),
    }


def corpus(
    rng: np.random.Generator, n_stories: int, copies: int, *, shift: float = 0.0, at: pd.Timestamp = _CHANGE
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return documents and positions: stories over twelve years, each with so many copies within three days."""
    day = np.sort(rng.integers(0, _DAYS, n_stories))
    date = _FIRST + pd.to_timedelta(day, unit="D")
    level = rng.normal(0, 1, n_stories) + shift * (date >= at) - shift / 2
    code = np.clip(np.round(level), -2, 2)
    story = np.repeat(np.arange(n_stories), copies)
    n = len(story)
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{place:05}" for place in range(n)],
            "date": date[story] + pd.to_timedelta(rng.integers(0, 3, n) * (copies > 1), unit="D"),
            "date_precision": "day",
            "cluster": story.astype(str),
            "source": rng.integers(0, 12, n).astype(str),
        }
    )
    return documents, pd.DataFrame({"doc_id": documents["doc_id"], "position": code[story]})


def _rate(found: list[bool]) -> str:
    share = float(np.mean(found))
    return f"{share:.3f} ± {1.96 * np.sqrt(share * (1 - share) / len(found)):.3f}"


def _breaks_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    for n_stories, copies in ((60, 1), (100, 1), (200, 1), (60, 5), (100, 5), (200, 5)):
        by_story, by_document, found, near, several = [], [], [], [], []
        for run in range(runs):
            rng = np.random.default_rng([seed, n_stories, copies, run])
            documents, positions = corpus(rng, n_stories, copies)
            options: dict[str, Any] = {"n_draws": 200, "seed": run}
            none = dc.breaks(positions, documents, cluster="cluster", **options)
            by_story.append(none["found"].eq("change").any())
            if copies > 1 and run < runs // 5:
                by_document.append(dc.breaks(positions, documents, **options)["found"].eq("change").any())
            documents, positions = corpus(rng, n_stories, copies, shift=1.0)
            changes = dc.breaks(positions, documents, cluster="cluster", **options)
            cuts = changes.loc[changes["found"].eq("change"), "cut"]
            found.append(len(cuts) > 0)
            several.append(len(cuts) > 1)
            if len(cuts):
                near.append(bool((cuts.dt.year - _CHANGE.year).abs().le(1).any()))
        rows.append(
            {
                "stories": n_stories,
                "copies": copies,
                "false alarms": _rate(by_story),
                "the same, documents shuffled": _rate(by_document) if by_document else "",
                "+1 found": _rate(found),
                "of these, within a year": _rate(near) if near else "",
                "more than one found": _rate(several),
            }
        )
    return pd.DataFrame(rows)


def _events_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    events = pd.DataFrame({"date": [_CHANGE], "event": ["the event"]})
    many = pd.DataFrame({"date": _FIRST + pd.to_timedelta(np.arange(1, 12) * 365, unit="D")}).assign(
        event=lambda ledger: ledger["date"].dt.strftime("event of %Y")
    )
    for n_stories, copies, window in ((200, 1, 365), (200, 5, 365), (400, 5, 365), (800, 5, 180)):
        alarms, any_alarm, found, largest = [], [], [], []
        for run in range(runs):
            rng = np.random.default_rng([seed, 1, n_stories, copies, run])
            documents, positions = corpus(rng, n_stories, copies)
            options: dict[str, Any] = {"cluster": "cluster", "window": window, "n_draws": 200, "seed": run}
            alarms.append(bool(dc.event_study(positions, documents, events, **options)["p"].le(0.05).any()))
            ledger = dc.event_study(positions, documents, many, **options)
            any_alarm.append(bool(ledger["p_adjusted"].le(0.05).any()))
            documents, positions = corpus(rng, n_stories, copies, shift=1.0)
            found.append(bool(dc.event_study(positions, documents, events, **options)["p"].le(0.05).any()))
            ledger = dc.event_study(positions, documents, many, **options)
            near = ledger["date"].sub(_CHANGE).abs().le(pd.Timedelta(days=20))
            largest.append(bool(ledger.loc[near, "p_adjusted"].le(0.05).any()))
        rows.append(
            {
                "stories": n_stories,
                "copies": copies,
                "window (days)": window,
                "false alarms, one event": _rate(alarms),
                "any false alarm, eleven events": _rate(any_alarm),
                "+1 found, one event": _rate(found),
                "+1 found among eleven": _rate(largest),
            }
        )
    return pd.DataFrame(rows)


_FIRST_HALF, _SECOND_HALF = {"period": ("2014", "2019")}, {"period": ("2020", "2025")}


def _contrast_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    kinds: dict[str, Callable[..., tuple[pd.DataFrame, pd.DataFrame, float, float]]] = {
        "mean_position": _two_positions,
        "share": _two_shares,
        "per_1000": _two_rates,
    }
    for measure, draw in kinds.items():
        for n, copies, hold in (
            (10, 1, False), (20, 1, False), (50, 1, False), (200, 1, False), (20, 5, False), (50, 5, False),
            (50, 1, True), (200, 1, True), (200, 5, True),
        ):  # fmt: skip
            covered, ratio_covered, width = [], [], []
            for run in range(runs):
                rng = np.random.default_rng([seed, 2, n, copies, run])
                table, documents, gap, ratio = draw(rng, n, copies, hold)
                found = dc.contrast(
                    table, documents, first=_FIRST_HALF, second=_SECOND_HALF, measure=measure,
                    cluster="cluster" if copies > 1 else None, hold="source" if hold else None,
                ).iloc[0]  # fmt: skip
                covered.append(bool(found["lower"] <= gap <= found["upper"]))
                width.append(found["upper"] - found["lower"])
                upper = found["ratio_upper"] if found["ratio_upper"] == found["ratio_upper"] else np.inf
                ratio_covered.append(bool(found["ratio_lower"] <= ratio <= upper))
            rows.append(
                {
                    "measure": measure,
                    "stories a side": n,
                    "copies": copies,
                    "outlets held": "yes" if hold else "no",
                    "difference covered": _rate(covered),
                    "ratio covered": _rate(ratio_covered) if measure != "mean_position" else "",
                    "mean width": round(float(np.nanmean(width)), 3),
                }
            )
    return pd.DataFrame(rows)


def _two_sides(
    rng: np.random.Generator, n: int, copies: int, hold: bool
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return documents of two sides of n stories each, the side of each story, and the outlet of each document.

    Where outlets are held, their mix shifts between the sides, and copies are of one outlet each.
    """
    side = np.repeat([0, 1], n)
    story = np.repeat(np.arange(2 * n), copies)
    share = np.array([[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]]) if hold else np.full((2, 4), 0.25)
    outlet = np.array([rng.choice(4, p=share[of]) for of in side[story]])
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{place:05}" for place in range(len(story))],
            "date": pd.to_datetime(np.where(side[story] == 0, "2016-07-01", "2022-07-01")),
            "date_precision": "day",
            "cluster": story.astype(str),
            "source": outlet.astype(str),
        }
    )
    return documents, side, story


def _effects(documents: pd.DataFrame, hold: bool) -> np.ndarray:
    """Return what the outlet of each document adds to it: something only where outlets are held."""
    return (documents["source"].astype(int).to_numpy() - 1.5) * (0.4 if hold else 0.0)


def _two_positions(rng: np.random.Generator, n: int, copies: int, hold: bool) -> Any:
    documents, side, story = _two_sides(rng, n, copies, hold)
    level = (0.2 + 0.5 * side + rng.normal(0, 0.8, len(side)))[story] + _effects(documents, hold)
    # dithered to whole codes, so that the mean is kept; clipped far out only
    code = np.floor(level + rng.random(len(level)))
    values = np.clip(code, -2, 2)
    table = pd.DataFrame({"doc_id": documents["doc_id"], "position": values})
    truth = _truth_positions(hold)
    return table, documents, truth, np.nan


_TRUTHS: dict[tuple[str, bool], tuple[float, float]] = {}


def _truth_positions(hold: bool) -> float:
    """Return the true difference of the clipped codes, by a large draw once."""
    if ("mean", hold) not in _TRUTHS:
        rng = np.random.default_rng(7)
        gaps = []
        for effect in (np.arange(4) - 1.5) * 0.4 if hold else np.zeros(1):
            means = [
                np.clip(
                    np.floor(0.2 + 0.5 * of + effect + rng.normal(0, 0.8, 2_000_000) + rng.random(2_000_000)), -2, 2
                ).mean()
                for of in (0, 1)
            ]
            gaps.append(means[1] - means[0])
        _TRUTHS["mean", hold] = (gaps, 0.0)  # type: ignore[assignment]
    gaps = _TRUTHS["mean", hold][0]
    return float(np.mean(gaps))


def _two_shares(rng: np.random.Generator, n: int, copies: int, hold: bool) -> Any:
    documents, side, story = _two_sides(rng, n, copies, hold)
    chance = np.array([0.25, 0.45])[side][story] + _effects(documents, hold) / 4
    present = (rng.random(len(side))[story] < chance).astype(int)
    table = pd.DataFrame({"doc_id": documents["doc_id"], "category": "a", "n_matches": present, "n_tokens": 100})
    return table, documents, 0.2, 0.45 / 0.25


def _two_rates(rng: np.random.Generator, n: int, copies: int, hold: bool) -> Any:
    documents, side, story = _two_sides(rng, n, copies, hold)
    tokens = rng.integers(100, 600, len(side))[story]
    burst = rng.gamma(2.0, 0.5, len(side))[story]
    rate = np.array([8.0, 12.0])[side][story] * np.exp(_effects(documents, hold) / 2)
    matches = rng.poisson(rate * burst * tokens / 1000)
    table = pd.DataFrame({"doc_id": documents["doc_id"], "category": "a", "n_matches": matches, "n_tokens": tokens})
    factor = float(np.exp((np.arange(4) - 1.5) * 0.4 / 2).mean()) if hold else 1.0
    return table, documents, 4.0 * factor, 1.5


def _trend_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    for n_stories, copies, hold in ((20, 1, False), (60, 1, False), (60, 5, False), (200, 5, False), (60, 1, True),
                                    (200, 5, True)):  # fmt: skip
        covered = []
        for run in range(runs):
            rng = np.random.default_rng([seed, 3, n_stories, copies, run])
            documents, _ = corpus(rng, n_stories, copies)
            story = documents["cluster"].astype(int).to_numpy()
            moment = (documents["date"] - _FIRST).dt.days.to_numpy() / 365.2425
            outlet = documents["source"].astype(int).to_numpy()
            level = 0.05 * moment + rng.normal(0, 0.8, n_stories)[story] + (0.05 * outlet if hold else 0.0) - 0.3
            table = pd.DataFrame({"doc_id": documents["doc_id"], "position": np.clip(level, -2, 2)})
            table["position"] = np.clip(level / 2, -2, 2)
            found = dc.trend(table, documents, cluster="cluster", hold="source" if hold else None, n_draws=1).iloc[0]
            covered.append(bool(found["lower"] <= 0.025 <= found["upper"]))
        rows.append(
            {"stories": n_stories, "copies": copies, "outlets held": "yes" if hold else "no", "covered": _rate(covered)}
        )
    return pd.DataFrame(rows)
