"""Validation: a measure held against hand codes, over all and by period, outlet, holder, voice or frame."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import name_units
from discourse.measures.periods import find_periods
from discourse.tables import need
from discourse.validity.alpha import check_draws
from discourse.validity.corrections_and_draw import Corrections, measure_as_corrected, note_on_figures
from discourse.validity.sampling_plan import check_plan
from discourse.validity.scores import FIGURES, alpha_of_pairs, score_answers, share_of_rows
from discourse.validity.settled import answers_on_categories, answers_on_positions

__all__ = ["validate"]

_UNKNOWN = "unknown"
_FIGURES = ("by", "value", "figure", "n", "n_units", "estimate", "lower", "upper", "method")
_ERRORS = ("hand", "found", "error", "date", "source", "title", "sentence")


def validate(
    found: pd.DataFrame,
    codes: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str | Sequence[str] = (),
    variable: str | None = None,
    holder: str | None = None,
    freq: str = "YS",
    plan: pd.DataFrame | None = None,
    cluster: str | None = None,
    evidence: pd.DataFrame | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
    corrections: Corrections | None = None,
) -> dict[str, pd.DataFrame]:
    """Hold a measure against hand codes: its table, codes and DOCUMENTS become figures, confusion and errors.

    Presence counts. Of positions, ``six_way`` takes none as an answer like -2 to 2, ``holder_precision`` and
    ``holder_recall`` ask whether there is one at all, and only then do ``exact``, ``sign`` and ``alpha_ordinal`` look
    at what both have. Of categories (frames), precision, recall and F1 are of their presence. With a plan the figures
    are those of all the documents that it could have drawn, not of the coded ones.

    Parameters
    ----------
    found : DataFrame
        What the measure says: DOCUMENT_POSITIONS, or FRAMES (doc_id, category, present), dense.
    codes : DataFrame
        What coders say of the same: doc_id, holder, position (and target), null or ``none`` for none; or CODES of one
        coder, with ``variable`` and, for positions, ``holder``. A variable of sets (``drugs;arming``) is taken label by
        label; for categories a table of doc_id, category, present will do as well.
    documents : DataFrame
        DOCUMENTS that hold the coded ones.
    by : str or sequence of str
        ``period``, ``holder``, ``target``, ``voice``, ``category``, or document variables such as ``source``: each gets
        figures for each of its values.
    variable : str, optional
        Which variable of CODES: ``position`` or, for categories, ``frames`` by default.
    holder : str, optional
        Whose positions the codes are, where they do not say it.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years, for ``period``.
    plan : DataFrame, optional
        PLAN that drew the coded documents: answers count with 1 / probability, and stories are its clusters.
    cluster : str, optional
        Document variable that names the story. By default documents are the units.
    evidence : DataFrame, optional
        Where the measure found what it says: doc_id, start_char, end_char, and holder or category (POSITIONS as they
        are, where a sentence below 0 is the headline). With it each error shows the sentences; otherwise the beginning
        of the text.
    n_draws, seed
        Of the interval of alpha.
    level : float
        Probability that the intervals aim to cover.
    corrections : DataFrame or pair of DataFrame, optional
        CORRECTIONS that readers made on the spot, or what ``apply_corrections`` made of ``found`` and them. They are no
        sample and never taken for codes: the figures stand twice, without them and with them.

    Returns
    -------
    dict of DataFrame
        ``figures``: by, value (``all`` first), figure, n (answers), n_units (documents or stories), estimate, lower,
        upper, method. ``confusion``: category where there are several, hand, found, n, share (of the row's hand answer,
        weighted). ``errors``: doc_id, holder or category, hand, found, error (missed, made up, other value), date,
        source, title, sentence. With ``corrections`` also ``figures_corrected``: the figures of the measure with them
        in place, against the same codes, and ``note``, which says what they are figures of; and ``outcomes``: what
        became of each correction.

    Raises
    ------
    SchemaError
        A column is missing, codes belong to documents that are unknown or were not drawn, ``by`` names no variable,
        codes and measure have nothing in common, a label is no category of the measure (capitals do not matter), no row
        has the ``holder``, a document or a row of categories stands twice, or a presence is neither 0 nor 1.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["x", "y", "z"], "source": ["p", "p", "q"],
    ...                           "date": pd.to_datetime(["2020-01-01", "2020-02-01", "2021-01-01"])})
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "position": [1, -1]})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c"], "holder": ["russia"] * 3, "position": ["1", "none", "2"]})
    >>> made = validate(positions, codes, documents, by="period")
    >>> made["figures"].query("figure == 'six_way'")[["by", "value", "n"]].values.tolist()
    [['all', 'all', 3], ['period', '2020-01-01', 2], ['period', '2021-01-01', 1]]
    >>> made["errors"][["doc_id", "error"]].values.tolist()
    [['b', 'made up'], ['c', 'missed']]
    """
    check_draws(n_draws, level)
    if corrections is not None:
        asked = {"by": by, "variable": variable, "holder": holder, "freq": freq, "plan": plan, "cluster": cluster}
        asked |= {"n_draws": n_draws, "seed": seed, "level": level}
        mended, outcomes = measure_as_corrected(found, corrections)
        after = validate(mended, codes, documents, **asked)["figures"]
        after["note"] = note_on_figures(outcomes, plan)
        made = validate(found, codes, documents, evidence=evidence, **asked)
        return made | {"figures_corrected": after, "outcomes": outcomes}
    need(documents, "documents", ["doc_id"], table="DOCUMENTS")
    check_documents_once(documents)
    need(found, "found", ["doc_id"])
    names = [by] if isinstance(by, str) else list(by)
    of_positions = "position" in found
    if of_positions:
        answers = answers_on_positions(found, codes, variable or "position", holder)
    else:
        answers = answers_on_categories(found, codes, variable or "frames")
    known = set(documents["doc_id"].astype("str"))
    strange = sorted(set(answers["doc_id"]) - known)
    if strange:
        raise SchemaError(
            f"`codes` has {len(strange)} documents that `documents` lacks. First: {first_three(strange)}. Pass the "
            "documents that were coded."
        )
    labels, weights = _units(answers, documents, plan, cluster)
    groups = _groups(answers, found, codes, documents, names, freq)
    options = {"n_draws": n_draws, "seed": seed, "level": level}
    parts = []
    for name, column in [("all", pd.Series("all", answers.index)), *groups.items()]:
        for value in sorted(column.unique()):
            mine = (column == value).to_numpy()
            own = None if weights is None else weights[mine]
            score = score_answers if of_positions else _score_presence
            table = score(answers[mine], labels[mine], weights=own, **options)
            parts.append(table.assign(by=name, value=value, n_units=labels[mine].nunique()))
    figures = pd.concat(parts, ignore_index=True)[list(_FIGURES)]
    return {
        "figures": figures,
        "confusion": _confusion(answers, weights),
        "errors": _errors(answers, documents, evidence),
    }


def _score_presence(answers: pd.DataFrame, labels: pd.Series, *, weights: np.ndarray | None, **options) -> pd.DataFrame:
    """Return precision, recall, F1, the share that is right, and alpha, of answers 0 and 1."""
    hand, found = (answers["hand"] == "1").to_numpy(), (answers["found"] == "1").to_numpy()
    units, level = pd.factorize(labels, sort=True)[0], options["level"]
    shares = {
        "precision": (hand & found, found),
        "recall": (hand & found, hand),
        "f1": (2 * (hand & found), hand.astype(int) + found),
        "right": (hand == found, np.ones(len(hand), bool)),
    }
    rows = [(one, *share_of_rows(top, low, units, weights=weights, level=level)) for one, (top, low) in shares.items()]
    pairs = np.column_stack([hand, found]).astype(float)
    rows.append(("alpha", *alpha_of_pairs(pairs, "nominal", labels, weights, **options)))
    return pd.DataFrame(rows, columns=list(FIGURES))


def _units(
    answers: pd.DataFrame, documents: pd.DataFrame, plan: pd.DataFrame | None, cluster: str | None
) -> tuple[pd.Series, np.ndarray | None]:
    """Return the story of each answer, and what it stands for."""
    labels, weights = answers["doc_id"], None
    if plan is not None:
        own = check_plan(plan).set_index("doc_id")
        drawn = own.index[own["drawn"]]
        beside = sorted(set(answers["doc_id"]) - set(drawn))
        if beside:
            raise SchemaError(
                f"`codes` has {len(beside)} documents that `plan` did not draw. First: {first_three(beside)}. Codes "
                "need the plan that drew their documents."
            )
        labels = own["cluster"].reindex(answers["doc_id"]).set_axis(answers.index)
        weights = 1 / own["probability"].reindex(answers["doc_id"]).to_numpy()
    if cluster is not None:
        need(documents, "documents", [cluster])
        ids = documents["doc_id"].astype("str")
        named = name_units(ids, documents[cluster]).set_axis(ids)
        labels = named.reindex(answers["doc_id"]).set_axis(answers.index)
    return labels, weights


def _groups(
    answers: pd.DataFrame,
    found: pd.DataFrame,
    codes: pd.DataFrame,
    documents: pd.DataFrame,
    names: list[str],
    freq: str,
) -> dict[str, pd.Series]:
    """Return the value of each ``by`` variable for each answer."""
    ids = documents["doc_id"].astype("str")
    out = {}
    for name in names:
        if name in answers and name not in ("hand", "found", "doc_id"):
            values = answers[name]
        elif name == "period":
            placed = find_periods(documents, freq=freq)
            periods = placed["period"].dt.strftime("%Y-%m-%d").set_axis(placed["doc_id"].astype("str"))
            values = periods.reindex(answers["doc_id"])
        elif name == "voice":
            values = _voices(answers, found, codes)
        elif name in documents:
            values = documents[name].set_axis(ids).reindex(answers["doc_id"])
        else:
            own = sorted({"period", "voice", *documents, *answers} - {"text", "hand", "found", "doc_id"})
            raise SchemaError(f"`by` is {name!r}; it must be one of {', '.join(map(repr, own))}.")
        plain = values.astype(object).set_axis(answers.index)
        out[name] = plain.where(plain.notna(), _UNKNOWN).astype("str")
    return out


def _voices(answers: pd.DataFrame, found: pd.DataFrame, codes: pd.DataFrame) -> pd.Series:
    """Return the voice of the position found, or of the one coded where none was found."""
    voice = pd.Series(np.nan, index=answers.index, dtype=object)
    for table in (found, codes):
        if "voice" in table and "holder" in table:
            key = ["doc_id", "holder"]
            own = table.dropna(subset=["position", "voice"]).astype({"doc_id": "str", "holder": "str", "voice": "str"})
            own = own.drop_duplicates(key)[[*key, "voice"]]
            voice = voice.where(voice.notna(), answers[key].merge(own, on=key, how="left")["voice"].to_numpy())
    return voice


def _confusion(answers: pd.DataFrame, weights: np.ndarray | None) -> pd.DataFrame:
    """Count which answer of the measure meets which of the coder."""
    keys = [name for name in ("category",) if name in answers] + ["hand"]
    table = answers.assign(n=1, weight=1.0 if weights is None else weights)
    counts = table.groupby([*keys, "found"], sort=True)[["n", "weight"]].sum().reset_index()
    counts["share"] = counts["weight"] / counts.groupby(keys)["weight"].transform("sum")
    return counts.drop(columns="weight")


def _errors(answers: pd.DataFrame, documents: pd.DataFrame, evidence: pd.DataFrame | None) -> pd.DataFrame:
    """List the answers that differ, with what they can be judged by."""
    wrong = answers[answers["hand"] != answers["found"]].reset_index(drop=True)
    nothing = ("none", "0") if "category" in answers else ("none",)
    missed, made_up = wrong["found"].isin(nothing), wrong["hand"].isin(nothing)
    wrong["error"] = np.select([missed, made_up], ["missed", "made up"], "other value")
    texts = documents.assign(doc_id=documents["doc_id"].astype("str")).set_index("doc_id")
    for name in ("date", "source", "title"):
        wrong[name] = texts[name].reindex(wrong["doc_id"]).to_numpy() if name in texts else None
    bodies = texts["text"].reindex(wrong["doc_id"]).fillna("").tolist() if "text" in texts else [""] * len(wrong)
    shown = [text[:300] for text in bodies]
    if evidence is not None:
        need(evidence, "evidence", ["doc_id", "start_char", "end_char"])
        what = next((name for name in ("holder", "category") if name in evidence and name in wrong), None)
        key = ["doc_id", *([what] if what else [])]
        spans = evidence.assign(**{name: evidence[name].astype("str") for name in key}).sort_values(
            [*key, "start_char"]
        )
        spans["headline"] = spans["sentence"] < 0 if "sentence" in spans else False
        columns = ["headline", "start_char", "end_char"]
        places = {name: own[columns].drop_duplicates() for name, own in spans.groupby(key)}
        titles = wrong["title"].fillna("").astype("str").tolist()
        for row, one in enumerate(wrong[key].itertuples(index=False, name=None)):
            if one in places:
                pieces = [
                    titles[row] if headline else bodies[row][begin:end]
                    for headline, begin, end in places[one].itertuples(index=False, name=None)
                ]
                shown[row] = " … ".join(piece.strip() for piece in pieces if piece.strip())
    wrong["sentence"] = pd.Series(shown, index=wrong.index, dtype="str")
    keys = [name for name in ("doc_id", "holder", "target", "category") if name in wrong]
    return wrong[[*keys, *_ERRORS]]
