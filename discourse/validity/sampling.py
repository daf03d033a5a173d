"""Which documents are coded by hand: a probability sample, drawn by a plan that stores every probability."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import hash_names
from discourse.measures.periods import find_periods
from discourse.tables import need
from discourse.validity.sampling_plan import PLAN, digest_of

__all__ = ["sample_for_coding"]

_UNKNOWN, _UNDATED = "unknown", "no date"


def sample_for_coding(
    documents: pd.DataFrame,
    *,
    n: int,
    strata: str | Sequence[str] | None = None,
    freq: str | None = None,
    least: int = 0,
    cluster: str | None = None,
    per_cluster: str = "one",
    score: str | None = None,
    by_score: float = 0.5,
    seed: int = 20151223,
) -> pd.DataFrame:
    """Draw documents for coders: DOCUMENTS become a PLAN with the probability of each, drawn or not.

    Units are documents or, with ``cluster``, stories: a story is drawn once. Each stratum gets ``least`` units, and
    the rest in proportion to the units it has left. Every document has a probability above 0: codes of what the
    measure found, and of nothing else, tell nothing of what it misses.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS: doc_id, and the variables that are named.
    n : int
        How many units are drawn.
    strata : str or sequence of str, optional
        Document variables, such as the outlet; their combinations are the strata. Null is ``unknown``.
    freq : {"MS", "QS", "YS"}, optional
        Periods as strata (beside ``strata``); a document that no period holds is in the stratum ``no date``.
    least : int
        Units of each stratum at least; all of them where it has fewer.
    cluster : str, optional
        Document variable that names the story (``find_duplicates``). A story lies in the stratum of its first document.
    per_cluster : {"one", "all"}
        Whether one document of a drawn story is coded, chosen at random, or each of them.
    score : str, optional
        Document variable, a number of at least 0: documents with a high score are drawn more often, such as those that
        the measure finds. A story has the highest score of its documents.
    by_score : float
        What part of the draw follows the score, at least 0 and below 1; the rest goes to all documents alike.
    seed : int
        Seed of the draw. The plan hangs on it and on the documents, not on their order.

    Returns
    -------
    DataFrame
        PLAN, sorted by doc_id: doc_id, stratum, cluster, probability (of the document), unit_probability (of its
        story), drawn (bool), seed, plan (a digest of the rest: ``check_plan`` finds a plan that was changed).

    Raises
    ------
    SchemaError
        A column is missing, doc_id is null or repeats, ``n``, ``least`` or ``seed`` is no whole number, ``n`` is below
        1, below what ``least`` asks for or above the number of units, a score is negative or null, or ``by_score`` is
        1, so that some document could not be drawn.

    Notes
    -----
    Within a stratum units stand in random order and are drawn systematically with probabilities in proportion to
    size (Hartley and Rao 1962); without a score this is a simple random sample. A defensive share of equal chances
    keeps weights bounded (Hesterberg 1995).

    References
    ----------
    Hartley, H. O., & Rao, J. N. K. (1962). Sampling with unequal probabilities and without replacement. Annals of
    Mathematical Statistics, 33(2), 350-374. doi:10.1214/aoms/1177704564

    Hesterberg, T. (1995). Weighted average importance sampling and defensive mixture distributions. Technometrics,
    37(2), 185-194. doi:10.1080/00401706.1995.10484303

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "source": ["x", "x", "x", "y"]})
    >>> plan = sample_for_coding(documents, n=2, strata="source", least=1)
    >>> plan["probability"].round(2).tolist(), int(plan["drawn"].sum())
    ([0.33, 0.33, 0.33, 1.0], 2)
    """
    names = [strata] if isinstance(strata, str) else list(strata or [])
    need(documents, "documents", ["doc_id", *names, *(one for one in (cluster, score) if one)], table="DOCUMENTS")
    check_choice("per_cluster", per_cluster, ["one", "all"])
    _check_options(documents, n, least, by_score, seed)
    frame = _frame(documents, names, freq, cluster, score)
    units = frame.groupby("cluster", sort=True).agg(
        stratum=("stratum", "first"), size=("doc_id", "size"), score=("score", "max")
    )
    wanted = _allocated(units["stratum"].value_counts().sort_index(), n, least)
    units["probability"], units["drawn"] = 0.0, False
    for stratum, own in units.groupby("stratum"):
        chance, drawn = _draw(own, int(wanted[stratum]), 0.0 if score is None else by_score, seed, str(stratum))
        units.loc[own.index, "probability"], units.loc[own.index, "drawn"] = chance, drawn
    frame["unit_probability"] = units["probability"].reindex(frame["cluster"]).to_numpy()
    frame["drawn"] = units["drawn"].reindex(frame["cluster"]).to_numpy()
    frame["probability"] = frame["unit_probability"]
    if per_cluster == "one":
        frame["probability"] /= units["size"].reindex(frame["cluster"]).to_numpy()
        order = pd.Series(hash_names([f"{seed}|one|{name}" for name in frame["doc_id"]]), index=frame.index)
        first = order.groupby(frame["cluster"]).transform("min")
        frame["drawn"] &= order.eq(first).to_numpy()
    frame["stratum"] = units["stratum"].reindex(frame["cluster"]).to_numpy()
    frame["seed"] = np.int64(seed)
    plan = frame.sort_values("doc_id", ignore_index=True)
    plan["plan"] = digest_of(plan)
    return plan[list(PLAN)]


def _check_options(documents: pd.DataFrame, n: int, least: int, by_score: float, seed: int) -> None:
    if not len(documents):
        raise SchemaError("`documents` has no row, so there is nothing to draw. Read a corpus first.")
    null = documents["doc_id"].isna() | documents["doc_id"].astype("str").str.strip().eq("")
    if null.any():
        raise SchemaError(
            f"`documents` has {int(null.sum())} rows without doc_id; a plan names each document. First: row "
            f"{int(np.flatnonzero(null)[0]) + 1}. Give them an id or drop them."
        )
    check_documents_once(documents)
    for name, value, lowest in (("n", n, 1), ("least", least, 0), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < lowest:
            raise SchemaError(f"`{name}` is {value!r}; it must be a whole number of at least {lowest}.")
    if seed >= 2**63:
        raise SchemaError(f"`seed` is {seed}; it must be below 2 to the power of 63. Choose a smaller one.")
    if not isinstance(by_score, int | float):
        raise SchemaError(f"`by_score` is {by_score!r}; it must be a number. 0.5 is the usual choice.")
    if not 0 <= by_score < 1:
        raise SchemaError(
            f"`by_score` is {by_score!r}; it must be at least 0 and below 1, since with 1 a document of score 0 could "
            "never be drawn. 0.5 is the usual choice."
        )


def _frame(
    documents: pd.DataFrame, names: list[str], freq: str | None, cluster: str | None, score: str | None
) -> pd.DataFrame:
    """Return doc_id, stratum, cluster and score, the first document of each story first."""
    frame = pd.DataFrame({"doc_id": documents["doc_id"].astype("str").to_numpy()})
    parts = []
    if freq is not None:
        placed = find_periods(documents, freq=freq)
        period = placed["period"].dt.strftime("%Y-%m-%d").fillna(_UNDATED).to_numpy()
        place = dict(zip(placed["doc_id"].astype("str"), period, strict=True))
        parts.append(frame["doc_id"].map(place).tolist())
    for name in names:
        column = documents[name].astype(object)
        parts.append(column.where(column.notna(), _UNKNOWN).astype("str").tolist())
    joined = [" | ".join(part) for part in zip(*parts, strict=True)] if parts else ["all"] * len(frame)
    frame["stratum"] = pd.Series(joined, index=frame.index, dtype="str")
    frame["cluster"] = "document " + frame["doc_id"]
    if cluster is not None:
        labels = documents[cluster].astype(object).reset_index(drop=True)
        some = labels.notna() & labels.astype("str").str.strip().ne("")
        frame["cluster"] = frame["cluster"].where(~some, labels.astype("str"))
    frame["score"] = 1.0
    if score is not None:
        numbers = pd.to_numeric(documents[score], errors="coerce").to_numpy(float)
        wrong = ~np.isfinite(numbers) | (numbers < 0)
        if wrong.any():
            raise SchemaError(
                f"`score` names {score!r}, which has {int(wrong.sum())} values that are null or negative; a score is a "
                f"number of at least 0. First: {first_three(documents.loc[wrong, score])}. Give such documents 0."
            )
        frame["score"] = numbers
    dates = pd.to_datetime(documents["date"]).to_numpy() if "date" in documents else np.zeros(len(frame))
    order = pd.DataFrame({"date": dates, "doc_id": frame["doc_id"]}).sort_values(["date", "doc_id"]).index
    return frame.loc[order].reset_index(drop=True)


def _allocated(sizes: pd.Series, n: int, least: int) -> pd.Series:
    """Return how many units each stratum gives: ``least``, then in proportion, the largest remainders first."""
    if n > sizes.sum():
        raise SchemaError(f"`n` is {n}, and there are {int(sizes.sum())} units to draw from. Ask for fewer.")
    sure = np.minimum(sizes, least)
    if sure.sum() > n:
        raise SchemaError(
            f"`least` asks for {int(sure.sum())} units in {len(sizes)} strata, and `n` is {n}. Raise `n` to "
            f"{int(sure.sum())}, lower `least`, or take fewer strata."
        )
    left = sizes - sure
    more = left * ((n - sure.sum()) / max(int(left.sum()), 1))
    whole = np.floor(more + 1e-9).astype(int)
    order = sorted(sizes.index, key=lambda name: (whole[name] - more[name], name))
    for name in order[: int(n - sure.sum() - whole.sum())]:
        whole[name] += 1
    given = sure + whole
    none = sorted(given.index[given == 0])
    if none:
        raise SchemaError(
            f"`n` is {n}, which leaves {len(none)} of {len(sizes)} strata without a unit, so that their documents "
            f"could not be drawn. First: {first_three(none)}. Raise `n`, set `least` to 1 or more, or take fewer "
            "strata."
        )
    return given


def _draw(own: pd.DataFrame, n: int, by_score: float, seed: int, stratum: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability of each unit of a stratum, and which are drawn."""
    score = own["score"].to_numpy(float)
    mean = score.mean()
    mass = np.ones(len(own)) if mean == 0 or by_score == 0 else (1 - by_score) + by_score * score / mean
    chance = np.full(len(own), np.nan)
    while np.isnan(chance).any():  # who would have more than 1 is drawn for sure, and the rest share what is left
        open_ = np.isnan(chance)
        share = (n - (~open_).sum()) * mass[open_] / mass[open_].sum()
        sure = share >= 1 - 1e-12
        place = np.flatnonzero(open_)
        chance[place[sure]] = 1.0
        if not sure.any():
            chance[place] = share
    drawn = chance == 1
    place = np.flatnonzero(~drawn)
    place = place[np.argsort(hash_names([f"{seed}|order|{name}" for name in own.index[place]]), kind="stable")]
    start = float(hash_names([f"{seed}|start|{stratum}"])[0]) / 2.0**64
    sums = np.cumsum(chance[place])
    if len(sums):
        sums[-1] = round(sums[-1])
    steps = np.floor(np.r_[0, sums] + min(start, 1 - 1e-9)).astype(int)
    drawn[place[np.diff(steps) > 0]] = True
    return chance, drawn
