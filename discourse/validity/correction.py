"""Corrected series: what a measure says of each period, mended by hand codes of a drawn sample."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import name_units
from discourse.measures.intervals import ratio_by_group
from discourse.measures.periods import grid, grid_keys, place
from discourse.validity.corrections_and_draw import Corrections, check_against_draw, measure_as_corrected
from discourse.validity.drawn_codes import SEEN, drawn_codes, measured_values
from discourse.validity.pseudo_outcomes import LEAST_CODES, predict_codes, ratio_by_codes, ratio_by_tuning
from discourse.validity.sampling_plan import check_plan

__all__ = ["correct_by_period"]

_BOUNDS = {"mean_position": (-2.0, 2.0), "share": (0.0, 1.0), "per_1000": (0.0, np.inf)}
_KINDS = {"mean_position": "mean", "share": "share", "per_1000": "rate"}
_NUMBERS = (
    "uncorrected", "uncorrected_lower", "uncorrected_upper", "estimate", "lower", "upper", "bias", "bias_lower",
    "bias_upper", "se_documents", "se_codes",
)  # fmt: skip


def correct_by_period(
    found: pd.DataFrame,
    documents: pd.DataFrame,
    codes: pd.DataFrame,
    plan: pd.DataFrame,
    *,
    seen: bool | str | None = None,
    measure: str = "mean_position",
    variable: str = "position",
    category: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    freq: str = "YS",
    by: str | Sequence[str] | None = None,
    cluster: str | None = None,
    method: str = "dsl",
    level: float = 0.95,
    corrections: Corrections | None = None,
) -> pd.DataFrame:
    """Correct a series by hand codes of a drawn sample: measure, DOCUMENTS, CODES and PLAN become CORRECTED.

    The interval of an uncorrected series holds chance alone, not the errors of the measure: with many documents it
    excludes the truth for certain. Codes of a sample with known probabilities tell how the measure errs in each period,
    and the corrected estimate is without bias whatever its errors are. No estimate is printed for a period below 10
    codes.

    Parameters
    ----------
    found : DataFrame
        What the measure says: DOCUMENT_POSITIONS for ``mean_position`` (a document without a row conveys none), FRAMES
        or COUNTS for ``share`` and ``per_1000`` (dense).
    documents : DataFrame
        DOCUMENTS, all of which the plan could have drawn.
    codes : DataFrame
        CODES of one coder (or settled between coders), as ``read_coding_sheet`` returns them; or a table of doc_id and
        ``variable``. Each drawn document has a code; ``none`` where there is nothing to code, never null. For ``share``
        1 or 0, or sets of labels of which ``category`` is one; for ``per_1000`` how many matches a coder counts.
    plan : DataFrame
        PLAN of ``sample_for_coding``.
    seen : {False, "demonstration"}
        Must be said: False if no rule, entry or threshold of the measure was written or chosen with these codes or
        their documents in view. Codes that were seen make a measure look better than it is on other texts: True is
        refused. "demonstration" goes on and marks every row.
    measure : {"mean_position", "share", "per_1000"}
        As in ``position_by_period`` and ``count_by_period``.
    variable : str
        Which variable of the codes.
    category : str, optional
        Which category of ``found``; needed where it has several.
    holder, target, voice : str, optional
        Which positions of ``found``.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    by : str or list of str, optional
        Document variables to estimate apart.
    cluster : str, optional
        Document variable that names the story; by default the story that the plan drew.
    method : {"dsl", "ppi++"}
        Design-based supervised learning, or power-tuned prediction-powered inference as a check on it.
    level : float
        Probability that the intervals aim to cover.
    corrections : DataFrame or pair of DataFrame, optional
        CORRECTIONS that readers made on the spot, or what ``apply_corrections`` made of ``found`` and them. They mend
        the measured values, of documents that were drawn and of others alike, and are never taken for codes. Where
        they hang together with the draw (``compare_with_draw``) they are refused.

    Returns
    -------
    DataFrame
        CORRECTED, one row per period and value of ``by``: n_docs, n_units (stories), n_coded (stories with a code),
        uncorrected with its interval, estimate, lower, upper (corrected), bias (uncorrected minus corrected) with its
        interval, se_documents and se_codes (the two parts of the standard error), measure, method, note (why there is
        no estimate, or what an estimate is not).

    Raises
    ------
    SchemaError
        ``seen`` is not said or True; the codes belong to documents that ship with the library and on which its rules
        were written; a code has no probability, is null, off its scale, or of a document that is unknown; a drawn
        document has no code; coders differ; a label is no category of ``found`` (capitals do not matter, and the note
        says what was read so); no row has the chosen holder, target, voice or category; the plan does not fit the
        documents; no period has codes enough; or ``corrections`` hang together with the draw, or need further tables.

    Notes
    -----
    For a document of measured value x in period t the code is predicted as g(x, t), cross-fitted; its pseudo-outcome is
    g + R / pi (y - g) with R = 1 where it was coded. A mean position is the ratio of two sums of pseudo-outcomes, of
    the position and of its presence. docs/method-correction.md has the variance and the coverage.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for downstream inference:
    Design-based supervised learning for social science applications of large language models. arXiv:2306.04746.

    Angelopoulos, A. N., Duchi, J. C., & Zrnic, T. (2023). PPI++: Efficient prediction-powered inference.
    arXiv:2311.01453.
    """
    check_choice("measure", measure, list(_BOUNDS))
    check_choice("method", method, ["dsl", "ppi++"])
    if not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1, for instance 0.95.")
    names = [by] if isinstance(by, str) else list(by or [])
    plan = check_plan(plan, documents=documents)
    placed = place(documents, freq, names + ([cluster] if cluster else []))
    if not len(placed):
        raise SchemaError(
            "`documents` has no date that a period holds. Date the documents, or choose a coarser `freq`."
        )
    check_documents_once(documents)
    chosen = {"category": category, "holder": holder, "target": target, "voice": voice}
    measured, answers, scale = measured_values(found, documents, measure, chosen)
    touched = pd.Series(False, index=measured.index)
    plain = measured
    if corrections is not None:
        mended, _ = measure_as_corrected(found, corrections)
        measured, answers, scale = measured_values(mended, documents, measure, chosen)
        touched[:] = check_against_draw(plain, measured, plan)
    told, read = drawn_codes(
        codes, documents, plan, variable=variable, measure=measure, category=category, seen=seen,
        categories=found["category"].dropna() if "category" in found else [category],
    )  # fmt: skip
    order = placed["doc_id"]
    own = plan.set_index("doc_id").loc[order]
    coded = told.reindex(order)
    known = np.where(coded["value"].notna(), 1.0, np.nan)
    bottom = coded["present"].to_numpy(float) if measure == "mean_position" else known
    values = measured.loc[order].to_numpy(float)
    if measure == "per_1000":
        bottom = bottom * values[:, 1]
    outcomes = np.column_stack([coded["value"].to_numpy(float) * scale, bottom])
    units = own["cluster"].reset_index(drop=True) if cluster is None else name_units(order, placed[cluster])
    cells, groups = grid(placed, freq, names)
    predicted = predict_codes(
        outcomes, answers.loc[order].to_numpy(), groups, 1 / own["probability"].to_numpy(), units.tolist()
    )
    if measure != "mean_position":
        predicted[:, 1] = values[:, 1]
    out = cells.copy()
    numbers = pd.factorize(units)[0]
    for name in ("n_docs", "n_units", "n_coded"):
        out[name] = np.int64(0)
    for name in _NUMBERS:
        out[name] = np.nan
    notes = []
    _add_plain(out, values, groups, cells, numbers, measure, level)
    for cell in range(len(cells)):
        mine = groups == cell
        parts = (outcomes[mine], values[mine], own["probability"].to_numpy()[mine], numbers[mine])
        made = (
            ratio_by_tuning(*parts, level=level)
            if method == "ppi++"
            else ratio_by_codes(parts[0], predicted[mine], *parts[1:], step=scale, level=level)
        )
        out.loc[cell, ["n_docs", "n_units", "n_coded"]] = [mine.sum(), len(np.unique(numbers[mine])), made["n_coded"]]
        readers = _note_on_readers(touched.loc[order].to_numpy()[mine], plain.loc[order].to_numpy(float)[mine], made)
        notes.append("; ".join(filter(None, [_note(made, int(mine.sum()), method, seen), read, readers])))
        if made["n_coded"] >= LEAST_CODES and np.isfinite(made["estimate"]):
            low, high = _BOUNDS[measure]
            for name in ("bias", "bias_lower", "bias_upper", "se_documents", "se_codes"):
                out.loc[cell, name] = made[name]
            for name in ("estimate", "lower", "upper"):
                out.loc[cell, name] = float(np.clip(made[name], low, high))
    if out["estimate"].isna().all():
        raise SchemaError(_no_estimate(int(out["n_coded"].max()), notes, method))
    return out.assign(measure=measure, method=method, note=notes)


def _add_plain(
    out: pd.DataFrame,
    values: np.ndarray,
    groups: np.ndarray,
    cells: pd.DataFrame,
    units: np.ndarray,
    measure: str,
    level: float,
) -> None:
    """Add the uncorrected line, as the series have it."""
    rows = values[:, 1] > 0
    plain = ratio_by_group(
        values[rows][:, [0]], values[rows][:, 1], groups[rows], grid_keys(cells), kind=_KINDS[measure],
        units=units[rows], level=level,
    )  # fmt: skip
    for name, column in (("estimate", ""), ("lower", "_lower"), ("upper", "_upper")):
        out[f"uncorrected{column}"] = plain[name][:, 0]


_NO_POSITION = "no document with a position by the codes"
_ALL_CODED = "every story is coded: ppi++ needs some that are not"


def _note(made: dict[str, float], n_docs: int, method: str, seen: bool | str | None) -> str:
    """Say why there is no estimate, or what an estimate is not."""
    if n_docs == 0:
        return "no document"
    n = int(made["n_coded"])
    if n < LEAST_CODES:
        return f"{n} codes: no estimate below {LEAST_CODES}"
    if not np.isfinite(made["estimate"]):
        return _ALL_CODED if method == "ppi++" and made["n_rest"] < 2 else _NO_POSITION
    return SEEN if seen == "demonstration" else ""


def _note_on_readers(touched: np.ndarray, plain: np.ndarray, made: dict[str, float]) -> str:
    """Say in how many documents readers moved the measured value, and how far that moves the uncorrected line."""
    if not touched.any():
        return ""
    top, bottom = plain.sum(axis=0)
    far = f" (the uncorrected value by {made['uncorrected'] - top / bottom:+.3g})" if bottom > 0 else ""
    return f"readers' corrections move {int(touched.sum())} documents{far}"


def _no_estimate(most: int, notes: list[str], method: str) -> str:
    """Say why no period at all has an estimate."""
    if any(note.startswith(_ALL_CODED) for note in notes):
        return (
            f"`method` is {method!r}, which needs documents without a code, and every one is coded. Take method='dsl', "
            "which gives the mean of the codes."
        )
    if any(note.startswith(_NO_POSITION) for note in notes):
        return (
            "`codes` hold no position in any period that has codes enough: by them no document conveys one, so that "
            "there is no mean to estimate. Check `variable`, or code documents that convey a position."
        )
    return (
        f"`codes` has at most {most} codes in one period, and an estimate needs {LEAST_CODES}. Code more "
        "documents, or choose a coarser `freq`."
    )
