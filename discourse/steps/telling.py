"""Steps to what a report says of its corpus: what was read, kept and left out."""

from typing import Any

import pandas as pd

from discourse.display.labels import label
from discourse.display.wording import wording
from discourse.language.tokens import word_rows
from discourse.lexicons.loader import Lexicon
from discourse.measures.codes import are_unclaimed
from discourse.measures.periods import find_periods
from discourse.plan import per_document
from discourse.tables import PERIODS

_REASONS = 12  # reasons of rejects told apart in the flow


@per_document
def n_boilerplate(tokens: pd.DataFrame, body_tokens: pd.DataFrame, boilerplate: str) -> int | None:
    """Words that are left out as boilerplate."""
    return None if boilerplate == "keep" else int(word_rows(tokens).sum() - word_rows(body_tokens).sum())


def flow(
    documents: pd.DataFrame,
    rejects: pd.DataFrame,
    clusters: pd.DataFrame | None,
    named: pd.DataFrame,
    freq: str,
    holders: tuple[str, ...],
    target: str,
    actors: Lexicon,
    language: str,
) -> pd.DataFrame:
    """Flow of records: read, rejected by reason, kept, copies among them, placed, naming whom."""
    names = {name: label(name, language, actors.categories) for name in (*holders, target)}
    rows = [(wording("read", language), len(documents) + len(rejects))]
    rows.append((wording("rejected_all", language), len(rejects)))
    reasons = rejects["reason"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    rows += [(wording("rejected", language, reason=reason), int(n)) for reason, n in reasons.head(_REASONS).items()]
    if len(reasons) > _REASONS:
        rows.append((wording("rejected_rest", language), int(reasons.iloc[_REASONS:].sum())))
    rows.append((wording("kept", language), len(documents)))
    n_copies, n_stories = _copies(clusters)
    rows += [] if n_copies is None else [(wording("kept_copies", language), n_copies)]
    rows += [(wording("kept_stories", language), n_stories)] if n_stories else []
    placed = find_periods(documents, freq=freq)["placed"].value_counts()
    rows += [(wording(name, language), int(placed[name])) for name in placed.index.sort_values()[1:] if placed[name]]
    rows.append((wording("placed", language), int(placed["yes"])))
    rows += [(wording("name_actor", language, actor=names[name]), int(named[name].sum())) for name in names]
    rows.append((wording("name_both", language), int(named["both"].sum())))
    return pd.DataFrame(rows, columns=["stage", "n"])


def summary(
    n_boilerplate: int | None,
    documents: pd.DataFrame,
    rejects: pd.DataFrame,
    clusters: pd.DataFrame | None,
    named: pd.DataFrame,
    subject: pd.DataFrame,
    freq: str,
) -> dict[str, Any]:
    """Numbers that the sentences of the report quote."""
    placed = find_periods(documents, freq=freq)["placed"].eq("yes").to_numpy()
    n_copies, n_stories = _copies(clusters)
    dates = documents.sort_values("doc_id", kind="stable")["date"][placed]
    days = [date.strftime("%Y-%m-%d") for date in (dates.min(), dates.max())] if len(dates) else ["", ""]
    return {
        "period": next(name for name, length in PERIODS.items() if length.freq == freq),
        "n_read": len(documents) + len(rejects),
        "n_kept": len(documents),
        "n_placed": int(placed.sum()),
        "first": days[0],
        "last": days[1],
        "n_subject": len(subject),
        "n_both": int(named["both"].sum()),
        "n_boilerplate": n_boilerplate,
        "n_copies": n_copies,
        "n_stories": n_stories,
        "codes_unclaimed": are_unclaimed(documents),
    }


def _copies(clusters: pd.DataFrame | None) -> tuple[int | None, int | None]:
    """Count the documents that share their text with another, and the stories that they tell; None where not asked."""
    if clusters is None:
        return None, None
    shared = clusters.loc[clusters["n_in_cluster"].gt(1), "cluster"]
    return len(shared), shared.nunique()
