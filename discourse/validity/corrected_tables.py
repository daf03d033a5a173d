"""Tables of the measure with what readers said of them in place, and what became of each correction."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.validity.corrected_matches import correct_frames, correct_matches
from discourse.validity.corrected_names import name_known
from discourse.validity.corrected_positions import correct_positions
from discourse.validity.corrected_rows import (
    CONFIRMED,
    DISPUTED,
    MOVED,
    NO_ROW,
    NOT_APPLIED,
    OTHER_TABLE,
    Told,
    narrowed,
    settle_rows,
)
from discourse.validity.corrected_sentences import correct_sentences
from discourse.validity.corrections import check_corrections, name_things

__all__ = ["apply_corrections", "table_of"]

_MARKS = {  # what tells each table by its columns
    "POSITIONS": ("polarity", "codes", "categories"),
    "DOCUMENT_POSITIONS": ("position", "holder"),
    "FRAMES": ("present", "category"),
    "MATCHES": ("pattern", "start", "end"),
    "QUOTATIONS": ("content_start_char", "actor"),
}
_OF_TABLE = {
    "POSITIONS": ("match", "sentence"),
    "DOCUMENT_POSITIONS": ("match", "position", "sentence"),
    "FRAMES": ("match",),
    "MATCHES": ("match",),
    "QUOTATIONS": ("quotation",),
}


def table_of(found: pd.DataFrame) -> str:
    """Return which table of the measure a frame is, by its columns.

    Raises
    ------
    SchemaError
        It is none that readers can correct.

    Examples
    --------
    >>> table_of(pd.DataFrame({"doc_id": ["a"], "holder": ["russia"], "target": ["taliban"], "position": [1]}))
    'DOCUMENT_POSITIONS'
    """
    tables.need(found, "found", ["doc_id"])
    name = next((name for name, columns in _MARKS.items() if set(columns) <= set(found.columns)), None)
    if name is None:
        raise SchemaError(
            f"`found` is none of {', '.join(sorted(_MARKS))}; it has {', '.join(sorted(map(repr, found.columns)))}. "
            "Correct MATCHES and count them again (count_matches) where COUNTS are meant."
        )
    return name


def apply_corrections(
    found: pd.DataFrame,
    corrections: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put what readers said into a table of the measure: it and CORRECTIONS become the same table, and outcomes.

    A cue or sentence that is corrected leads to positions of documents that ``score_positions`` works out anew, a match
    to frames that ``find_frames`` decides anew; what is said of the position of a document goes before both. A
    correction on which readers differ is not applied, nor one that names an actor or a category that nothing here has;
    a label of one ("روسيا", "Russia") stands for its name. None is lost: each has its row in the outcomes.

    Parameters
    ----------
    found : DataFrame
        POSITIONS, DOCUMENT_POSITIONS, FRAMES, MATCHES or QUOTATIONS, as the measure made it.
    corrections : DataFrame
        CORRECTIONS, of any table.
    sentences : DataFrame, optional
        POSITIONS that DOCUMENT_POSITIONS were made of: without them what is said of sentences and cues is not applied.
    tokens : DataFrame, optional
        TOKENS; needed for MATCHES and FRAMES, and for sentences in which the measure found no position.
    documents : DataFrame, optional
        DOCUMENTS: titles for FRAMES, and texts that tell one cue of a sentence from another.
    lexicon : Lexicon, optional
        The lexicon of the FRAMES; the built-in "frames" by default.

    Returns
    -------
    corrected : DataFrame
        The table, with ``corrected``: the row is what readers made of it. Rows that readers say are none are gone. A
        sentence keeps those of its cues that are of the side that the reader gives it; where none is, it has one cue of
        that side, of the class and rule ``reader``.
    outcomes : DataFrame
        CORRECTIONS with ``outcome`` (changed; confirmed: the table has it so; no row; other table; disputed; not
        applied), ``n_rows`` (rows of the table that it is of) and ``reason``.

    Raises
    ------
    SchemaError
        ``found`` is no such table, a table that is needed is not given, or ``sentences`` or the defaults of
        ``find_frames`` do not give ``found``.

    Examples
    --------
    >>> found = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "target": ["taliban"] * 2,
    ...                       "position": [1, -1], "n_for": [1, 0], "n_against": [0, 1], "voice": ["russia"] * 2})
    >>> said = pd.DataFrame({"doc_id": ["a", "c"], "what": "position", "start_char": None, "end_char": None,
    ...     "holder": "russia", "target": "taliban", "category": None, "entry": None, "measured": ["1", "2"],
    ...     "corrected": ["-2", "none"], "coder": "ann", "why": None, "date": "2026-01-01"})
    >>> corrected, outcomes = apply_corrections(found, said)
    >>> corrected[["doc_id", "position", "corrected"]].values.tolist()
    [['a', -2, True], ['b', -1, False]]
    >>> outcomes[["doc_id", "outcome"]].values.tolist()
    [['a', 'changed'], ['c', 'no row']]
    """
    name = table_of(found)
    rows = check_corrections(corrections)
    named, unknown = name_known(rows, found, sentences, lexicon)
    wrong = pd.Series(unknown, index=rows.index, dtype="object")
    mine = rows["what"].isin(list(_OF_TABLE[name]))
    wrong = wrong.mask(~mine, "")
    thing = name_things(named)
    told: Told = {}
    good = wrong == ""
    for one in _disputed(named[good], thing[good]):
        told[one] = DISPUTED, 0, "coders say different things of it"
    for one in thing[~mine]:
        told[one] = OTHER_TABLE, 0, f"{name} holds no such thing"
    open_ = good & ~thing.isin(list(told))
    answers = named[open_].set_axis(thing[open_], axis=0).sort_values("date", kind="stable", na_position="first")
    answers = answers[~answers.index.duplicated(keep="last")].sort_index()
    out = found.assign(corrected=found["corrected"].to_numpy(bool) if "corrected" in found else False)
    if len(answers):
        texts = _texts(documents)
        handlers: dict[str, Callable[[], pd.DataFrame]] = {
            "POSITIONS": lambda: correct_sentences(found, answers, told, tokens=tokens, texts=texts),
            "DOCUMENT_POSITIONS": lambda: correct_positions(out, answers, told, sentences, tokens, texts),
            "FRAMES": lambda: correct_frames(found, answers, told, tokens=tokens, documents=documents, lexicon=lexicon),
            "MATCHES": lambda: correct_matches(found, answers, told, tokens=tokens)[0],
            "QUOTATIONS": lambda: _quotations(out, answers, told),
        }
        out = handlers[name]()
    outcome = [
        (NOT_APPLIED, 0, why)
        if why
        else (NOT_APPLIED, 0, "the same coder says something else of this row later")
        if one in answers.index and answers.loc[one, "corrected"] != answer
        else told[one]
        for one, why, answer in zip(thing, wrong, named["corrected"], strict=True)
    ]
    for place, column in enumerate(("outcome", "n_rows", "reason")):
        rows[column] = pd.Series(
            [one[place] for one in outcome], index=rows.index, dtype=("str", "int64", "str")[place]
        )
    return out, rows


def _disputed(rows: pd.DataFrame, thing: pd.Series) -> list[str]:
    """Return the things of which the latest words of two coders differ."""
    own = rows.assign(thing=thing).sort_values("date", kind="stable", na_position="first")
    n = own.drop_duplicates(["thing", "coder"], keep="last").groupby("thing")["corrected"].nunique()
    return [str(one) for one in n.index[n > 1]]


def _texts(documents: pd.DataFrame | None) -> dict[str, str]:
    if documents is None or "text" not in documents:
        return {}
    return dict(zip(documents["doc_id"].astype("str"), documents["text"].fillna("").astype("str"), strict=True))


def _quotations(found: pd.DataFrame, answers: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return QUOTATIONS without those that readers say are none, and with the speakers that they name."""
    out = found.reset_index(drop=True)
    plain = out.assign(**{name: out[name].astype("str") for name in ("doc_id", "rule", "actor") if name in out})
    plain = plain[plain["doc_id"].isin(answers["doc_id"])]
    hits: dict[str, list[int]] = {}
    for thing, one in answers.iterrows():
        here = plain[(plain["doc_id"] == one["doc_id"]) & (plain["content_start_char"] == one["start_char"])]
        here = here[here["content_end_char"] == one["end_char"]]
        if not len(here):
            told[str(thing)] = NO_ROW, 0, "the table has no quotation there"
            continue
        by_rule = here["rule"] == one["entry"] if "rule" in here else pd.Series(True, index=here.index)
        hits[str(thing)] = narrowed(here, by_rule).index.tolist()
    settled = settle_rows(hits, answers, told)
    gone = []
    actors = out["actor"].astype("object")
    sides = out["side"].astype("object") if "side" in out else pd.Series(np.nan, out.index, dtype=object)
    usual = (
        pd.DataFrame({"actor": actors, "side": sides}).dropna().groupby("actor")["side"].agg(lambda one: one.mode()[0])
    )
    for row, thing in settled.items():
        answer, n_rows = str(answers.loc[thing, "corrected"]), told.get(thing, ("", 0, ""))[1] + 1
        if answer == "none":
            gone.append(row)
        told[thing] = (CONFIRMED if answer == actors[row] else MOVED), n_rows, ""
        if answer not in ("none", actors[row]):
            actors[row], sides[row] = answer, usual.get(answer, np.nan)
            out.loc[row, "corrected"] = True
    for thing, rows in hits.items():
        told.setdefault(thing, told[settled[rows[0]]] if rows[0] in settled else (NOT_APPLIED, 0, ""))
    out["actor"] = actors.astype("str").astype("category")
    if "side" in out:
        out["side"] = sides.astype("str").astype("category")
    return out.drop(index=gone).reset_index(drop=True)
