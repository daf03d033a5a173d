"""Simulations of change: false alarms and power of breaks and event studies, coverage of contrasts and trends.

Corpora are drawn anew: dates over twelve years, stories with one copy or five. So that many runs are one call, the runs
of a batch share dates, stories and outlets, and each is a voice (or category) of its own with its own draws.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import discourse as dc

RUNS = 1000
_BATCH = 50  # runs that share their dates and stories
_FIRST = pd.Timestamp("2014-01-01")
_DAYS = 12 * 365
_CHANGE = pd.Timestamp("2020-01-01")
_DRAWS = 199  # random orders in each test


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page of simulations, by title."""
    return {
        "Breaks: false alarms, and a planted change of +1 (standard deviation of stories 1)": breaks_table(runs, seed),
        "Event study: false alarms, and a planted change of +1": events_table(runs, seed),
        "Contrasts: coverage of the difference": contrasts_table(runs, seed),
        "Trends: coverage of the change per year": trends_table(runs, seed),
    }


def batches(runs: int) -> list[int]:
    """Return the sizes of the batches that make up so many runs."""
    return [min(_BATCH, runs - first) for first in range(0, runs, _BATCH)]


def draw_documents(
    rng: np.random.Generator, n_stories: int, copies: int
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return documents, the date of each story, and the story of each document; copies come within three days."""
    date = (_FIRST + pd.to_timedelta(np.sort(rng.integers(0, _DAYS, n_stories)), unit="D")).to_numpy()
    story = np.repeat(np.arange(n_stories), copies)
    n = len(story)
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{place:05}" for place in range(n)],
            "date": date[story] + (rng.integers(0, 3, n) * (copies > 1)).astype("timedelta64[D]"),
            "date_precision": "day",
            "cluster": story.astype(str),
            "source": rng.integers(0, 12, n).astype(str),
        }
    )
    return documents, date, story


def draw_positions(
    rng: np.random.Generator, documents: pd.DataFrame, date: np.ndarray, story: np.ndarray, runs: int, shift: float
) -> pd.DataFrame:
    """Return positions of each run as a voice: rounded normal values of stories, moved by ``shift`` from 2020 on."""
    level = rng.normal(0, 1, (runs, len(date))) + shift * (date >= np.datetime64(_CHANGE)) - shift / 2
    code = np.clip(np.round(level), -2, 2)[:, story]
    return long_table(documents, code, "position", "voice")


def long_table(documents: pd.DataFrame, values: np.ndarray, column: str, name: str) -> pd.DataFrame:
    """Lay values of shape (runs, documents) out as a table of runs by documents."""
    runs = len(values)
    return pd.DataFrame(
        {
            "doc_id": np.tile(documents["doc_id"].to_numpy(), runs),
            name: np.repeat([f"run {run:04}" for run in range(runs)], len(documents)),
            column: values.ravel(),
        }
    )


def rate(found: list[bool]) -> str:
    """Write a share of runs with the half of its 95% interval."""
    if not found:
        return ""
    share = float(np.mean(found))
    return f"{share:.3f} ± {1.96 * np.sqrt(share * (1 - share) / len(found)):.3f}"


def breaks_table(runs: int, seed: int) -> pd.DataFrame:
    """Return how often breaks are found where none is, and where one is."""
    rows = []
    for n_stories, copies in ((60, 1), (100, 1), (200, 1), (60, 5), (100, 5), (200, 5)):
        alarms, naive, found, near, several, needed = [], [], [], [], [], []
        for batch, size in enumerate(batches(runs)):
            rng = np.random.default_rng([seed, n_stories, copies, batch])
            documents, date, story = draw_documents(rng, n_stories, copies)
            options: dict[str, Any] = {"n_draws": _DRAWS, "seed": batch}
            none = draw_positions(rng, documents, date, story, size, 0.0)
            by_run = dc.breaks(none, documents, cluster="cluster", **options)
            alarms += by_run.groupby("category")["found"].first().eq("change").tolist()
            needed += by_run["n_needed"].dropna().tolist()
            if copies > 1 and batch == 0:
                by_run = dc.breaks(none, documents, **options)
                naive += by_run.groupby("category")["found"].first().eq("change").tolist()
            moved = draw_positions(rng, documents, date, story, size, 1.0)
            for _, of_run in dc.breaks(moved, documents, cluster="cluster", **options).groupby("category"):
                cuts = of_run.loc[of_run["found"].eq("change"), "cut"]
                found.append(len(cuts) > 0)
                several.append(len(cuts) > 1)
                if len(cuts):
                    near.append(bool((cuts.dt.year - _CHANGE.year).abs().le(1).any()))
        rows.append(
            {
                "stories": n_stories,
                "copies": copies,
                "false alarms": rate(alarms),
                "documents shuffled": rate(naive),
                "+1 found": rate(found),
                "within a year": rate(near),
                "several found": rate(several),
                "n_needed": int(np.median(needed)),
            }
        )
    return pd.DataFrame(rows)


def events_table(runs: int, seed: int) -> pd.DataFrame:
    """Return how often an event stands out where nothing changes, and where it does."""
    one = pd.DataFrame({"date": [_CHANGE], "event": ["the event"]})
    days = _FIRST + pd.to_timedelta(np.arange(1, 12) * 365, unit="D")
    many = pd.DataFrame({"date": days, "event": days.strftime("event of %Y")})
    rows = []
    for n_stories, copies, window in ((200, 1, 365), (200, 5, 365), (400, 5, 365), (800, 5, 180)):
        alarms, any_alarm, found, among = [], [], [], []
        for batch, size in enumerate(batches(runs)):
            rng = np.random.default_rng([seed, 1, n_stories, copies, batch])
            documents, date, story = draw_documents(rng, n_stories, copies)
            options: dict[str, Any] = {"cluster": "cluster", "window": window, "n_draws": _DRAWS, "seed": batch}
            none = draw_positions(rng, documents, date, story, size, 0.0)
            alarms += dc.event_study(none, documents, one, **options)["p"].le(0.05).tolist()
            ledger = dc.event_study(none, documents, many, **options)
            any_alarm += ledger.groupby("category")["p_adjusted"].min().le(0.05).tolist()
            moved = draw_positions(rng, documents, date, story, size, 1.0)
            found += dc.event_study(moved, documents, one, **options)["p"].le(0.05).tolist()
            ledger = dc.event_study(moved, documents, many, **options)
            near = ledger.loc[ledger["date"].sub(_CHANGE).abs().le(pd.Timedelta(days=20))]
            among += near["p_adjusted"].le(0.05).tolist()
        rows.append(
            {
                "stories": n_stories,
                "copies": copies,
                "window (days)": window,
                "stories a window": round(n_stories * window / _DAYS),
                "false alarms, one event": rate(alarms),
                "any of eleven events": rate(any_alarm),
                "+1 found, one event": rate(found),
                "+1 found among eleven": rate(among),
            }
        )
    return pd.DataFrame(rows)


_SIDES = {"first": {"period": ("2014", "2019")}, "second": {"period": ("2020", "2025")}}
_DESIGNS = (
    (5, 1, False), (10, 1, False), (20, 1, False), (50, 1, False), (200, 1, False), (10, 5, False), (20, 5, False),
    (50, 5, False), (50, 1, True), (200, 1, True), (50, 5, True), (200, 5, True),
)  # fmt: skip


def contrasts_table(runs: int, seed: int) -> pd.DataFrame:
    """Return how often the interval of a difference, and of a ratio, holds the true one."""
    rows = []
    for measure, draw in _DRAWN.items():
        for n, copies, hold in _DESIGNS:
            covered, ratios, width = [], [], []
            for batch, size in enumerate(batches(runs)):
                rng = np.random.default_rng([seed, 2, n, copies, batch])
                documents, side, story, outlet = two_sides(rng, n, copies, hold)
                effect = (outlet - 1.5) * (0.4 if hold else 0.0)
                table, gap, ratio = draw(rng, documents, side, story, effect, size)
                try:
                    found = dc.contrast(
                        table, documents, **_SIDES, measure=measure, cluster="cluster" if copies > 1 else None,
                        hold="source" if hold else None, standard="equal",
                    )  # fmt: skip
                except dc.SchemaError:  # no outlet on both sides: no contrast
                    continue
                covered += found["lower"].le(gap).mul(found["upper"].ge(gap)).tolist()
                width += (found["upper"] - found["lower"]).tolist()
                known = found.loc[found["ratio"].notna()]
                ratios += known["ratio_lower"].le(ratio).mul(known["ratio_upper"].fillna(np.inf).ge(ratio)).tolist()
            rows.append(
                {
                    "measure": measure,
                    "stories a side": n,
                    "copies": copies,
                    "outlets held": "yes" if hold else "no",
                    "difference": rate(covered),
                    "ratio": rate(ratios) if measure != "mean_position" else "",
                    "mean width": round(float(np.nanmean(width)), 3),
                }
            )
    return pd.DataFrame(rows)


def two_sides(
    rng: np.random.Generator, n: int, copies: int, hold: bool
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Return documents of two sides of n stories each, the side of each story, and story and outlet of each document.

    Where outlets are held, their mix shifts between the sides; each copy has an outlet of its own.
    """
    side = np.repeat([0, 1], n)
    story = np.repeat(np.arange(2 * n), copies)
    mix = np.array([[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]]) if hold else np.full((2, 4), 0.25)
    outlet = (rng.random(len(story))[:, None] > mix[side[story]].cumsum(axis=1)).sum(axis=1).clip(0, 3)
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{place:05}" for place in range(len(story))],
            "date": pd.to_datetime(np.where(side[story] == 0, "2016-07-01", "2022-07-01")),
            "date_precision": "day",
            "cluster": story.astype(str),
            "source": outlet.astype(str),
        }
    )
    return documents, side, story, outlet


_Drawn = tuple[pd.DataFrame, float, float]


def two_means(
    rng: np.random.Generator,
    documents: pd.DataFrame,
    side: np.ndarray,
    story: np.ndarray,
    effect: np.ndarray,
    runs: int,
) -> _Drawn:
    """Return positions that are whole codes, copies alike but for their outlet; the true difference is .5.

    A code is the level rounded up or down at random, so that its mean is the level; levels never leave the scale.
    """
    spread = rng.uniform(-0.9, 0.9, (runs, len(side)))
    level = -0.3 + 0.5 * side[story] + spread[:, story] + effect / 2
    code = np.floor(level + rng.random((runs, len(side)))[:, story])
    return long_table(documents, code, "position", "voice"), 0.5, np.nan


def two_shares(
    rng: np.random.Generator,
    documents: pd.DataFrame,
    side: np.ndarray,
    story: np.ndarray,
    effect: np.ndarray,
    runs: int,
) -> _Drawn:
    """Return shares of .25 and .45, copies alike but for the effect of their outlet."""
    chance = np.array([0.25, 0.45])[side][story] + effect / 4
    present = (rng.random((runs, len(side)))[:, story] < chance).astype(int)
    return long_table(documents, present, "n_matches", "category").assign(n_tokens=100), 0.2, 0.45 / 0.25


def two_rates(
    rng: np.random.Generator,
    documents: pd.DataFrame,
    side: np.ndarray,
    story: np.ndarray,
    effect: np.ndarray,
    runs: int,
) -> _Drawn:
    """Return matches at 8 and 12 per 1,000 words, negative binomial with k = 2 by story."""
    tokens = rng.integers(100, 600, len(side))[story]
    burst = rng.gamma(2.0, 0.5, (runs, len(side)))[:, story]
    mean = np.array([8.0, 12.0])[side][story] * (1 + effect / 2) * tokens / 1000
    table = long_table(documents, rng.poisson(mean * burst), "n_matches", "category")
    return table.assign(n_tokens=np.tile(tokens, runs)), 4.0, 1.5


_DRAWN: dict[str, Callable[..., _Drawn]] = {"mean_position": two_means, "share": two_shares, "per_1000": two_rates}


def trends_table(runs: int, seed: int) -> pd.DataFrame:
    """Return how often the interval of the change per year holds the true one, and how often a line is called bent."""
    rows = []
    designs = ((20, 1, False), (60, 1, False), (20, 5, False), (60, 5, False), (60, 1, True), (60, 5, True))
    for n_stories, copies, hold in designs:
        covered, bent = [], []
        for batch, size in enumerate(batches(runs)):
            rng = np.random.default_rng([seed, 3, n_stories, copies, batch])
            documents, _, story = draw_documents(rng, n_stories, copies)
            years = ((documents["date"] - _FIRST).dt.days / 365.2425).to_numpy()
            outlet = documents["source"].astype(int).to_numpy() * (0.02 if hold else 0.0)
            level = 0.1 * years - 0.6 + outlet + rng.uniform(-0.9, 0.9, (size, n_stories))[:, story]
            table = long_table(documents, level, "position", "voice")
            found = dc.trend(
                table, documents, cluster="cluster", hold="source" if hold else None, n_draws=_DRAWS, seed=batch
            )  # fmt: skip
            covered += found["lower"].le(0.1).mul(found["upper"].ge(0.1)).tolist()
            bent += found["bend"].notna().tolist()
        rows.append(
            {
                "stories": n_stories,
                "copies": copies,
                "outlets held": "yes" if hold else "no",
                "covered": rate(covered),
                "called bent": rate(bent),
            }
        )
    return pd.DataFrame(rows)
