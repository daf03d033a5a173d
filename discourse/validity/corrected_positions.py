"""DOCUMENT_POSITIONS as readers corrected them: scored anew from sentences, then what is said of whole documents."""

import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, first_three
from discourse.measures.evidence import add_grades
from discourse.reading.stance.scores import score_positions
from discourse.validity.corrected_rows import CONFIRMED, MOVED, NO_ROW, NOT_APPLIED, Told, settle_rows
from discourse.validity.corrected_sentences import correct_sentences

__all__ = ["correct_positions"]

_CELL = ["doc_id", "holder", "target"]


def correct_positions(
    found: pd.DataFrame,
    answers: pd.DataFrame,
    told: Told,
    sentences: pd.DataFrame | None,
    tokens: pd.DataFrame | None,
    texts: dict[str, str],
) -> pd.DataFrame:
    """Return DOCUMENT_POSITIONS scored anew where a sentence was corrected, then with what is said of documents."""
    of_sentences = answers[answers["what"] != "position"]
    out = found
    if sentences is None:
        for thing in of_sentences.index:
            told[str(thing)] = NOT_APPLIED, 0, "pass the POSITIONS that these were made of as `sentences`"
    elif len(of_sentences):
        mended = correct_sentences(sentences, of_sentences, told, tokens=tokens, texts=texts)
        out = _scored_anew(found, sentences, mended, of_sentences, told)
    return _with_positions(out, answers[answers["what"] == "position"], told)


def _scored_anew(
    found: pd.DataFrame, sentences: pd.DataFrame, mended: pd.DataFrame, answers: pd.DataFrame, told: Told
) -> pd.DataFrame:
    """Replace the positions of the documents in which a sentence was corrected."""
    touched = {str(answers.loc[one, "doc_id"]) for one in answers.index if told[str(one)][0] == MOVED}
    if not touched:
        return found
    before, after = (_scored(table, touched) for table in (sentences, mended))
    cells = found.set_axis(pd.MultiIndex.from_frame(found[_CELL].astype("str")), axis=0)
    own = cells[cells.index.get_level_values(0).isin(list(touched)) & ~cells["corrected"].to_numpy(bool)]
    was, now = (table["position"].reindex(own.index) for table in (before, after))
    strange = own.index[((own["position"] != was) & (own["position"] != now)).to_numpy()]
    if len(strange):
        raise SchemaError(
            f"`found` has other positions than score_positions() gives for `sentences`, in {len(strange)} of the "
            f"documents that were corrected. First: {first_three(sorted({one[0] for one in strange}))}. Pass the "
            "POSITIONS that it was made of."
        )
    pairs = set(zip(found["holder"].astype("str"), found["target"].astype("str"), strict=True))
    pairs |= set(zip(answers["holder"], answers["target"], strict=True))
    after = after[[one[1:] in pairs for one in after.index]]
    moved = [
        cell not in before.index or after.loc[[cell]].iloc[0].tolist() != before.loc[[cell]].iloc[0].tolist()
        for cell in after.index
    ]
    after = after.assign(corrected=moved)
    if "grade" in found:
        after = add_grades(after.reset_index(drop=True), mended).set_axis(after.index, axis=0)
    gone = cells.index.get_level_values(0).isin(list(touched)) & ~cells.index.isin(after.index)
    same = after.index[~after["corrected"].to_numpy(bool)]
    fresh = after[~(after.index.isin(same) & after.index.isin(cells.index))]
    kept = cells[~gone & ~cells.index.isin(fresh.index)]
    extra = [name for name in found if name not in fresh]
    fresh = fresh.join(cells[extra]) if extra else fresh
    return _joined([kept, fresh[list(found)]])


def _scored(sentences: pd.DataFrame, touched: set[str]) -> pd.DataFrame:
    scored = score_positions(sentences[sentences["doc_id"].astype("str").isin(list(touched))])
    return scored.set_axis(pd.MultiIndex.from_frame(scored[_CELL].astype("str")), axis=0)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    texts = dict.fromkeys([*_CELL, "voice"], "str")
    held = [part.astype({name: kind for name, kind in texts.items() if name in part}) for part in parts if len(part)]
    whole = pd.concat(held, ignore_index=True) if held else parts[0].reset_index(drop=True)
    return tables.conform(whole, "DOCUMENT_POSITIONS")


def _with_positions(found: pd.DataFrame, answers: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Put in what readers say of the position of a document."""
    if not len(answers):
        return found
    out = found.reset_index(drop=True)
    plain = out[[name for name in _CELL if name in out]].astype("str")
    plain = plain[plain["doc_id"].isin(answers["doc_id"])]
    hits: dict[str, list[int]] = {}
    new = []
    for thing, one in answers.iterrows():
        here = (plain["doc_id"] == one["doc_id"]) & (plain["holder"] == one["holder"])
        if "target" in plain and isinstance(one["target"], str):
            here &= plain["target"] == one["target"]
        if here.any():
            hits[str(thing)] = plain.index[here].tolist()
        elif one["corrected"] == "none" or not isinstance(one["target"], str):
            told[str(thing)] = NO_ROW, 0, "the table has no position of this holder there"
        else:
            told[str(thing)] = MOVED, 1, ""
            counted = {"n_for": 0, "n_against": 0, "voice": one["holder"]}
            new.append({**one[_CELL], "position": int(one["corrected"]), **counted, "corrected": True})
    settled = settle_rows(hits, answers, told)
    gone = []
    for row, thing in settled.items():
        answer = str(answers.loc[thing, "corrected"])
        told[thing] = (CONFIRMED if answer == str(out.loc[row, "position"]) else MOVED), 1, ""
        if answer == "none":
            gone.append(row)
        elif told[thing][0] == MOVED:
            out.loc[row, "position"], out.loc[row, "corrected"] = int(answer), True
    for thing, rows in hits.items():
        told.setdefault(thing, told[settled[rows[0]]] if rows[0] in settled else (NOT_APPLIED, 0, ""))
    if not (gone or new):
        return out.set_axis(found.index, axis=0)
    return _joined([out.drop(index=gone), pd.DataFrame(new)[[one for one in new[0] if one in out]] if new else out[:0]])
