"""MATCHES and FRAMES as readers corrected them: matches taken out, moved to another category, or added."""

from typing import Any

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, first_three
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.frames import find_frames
from discourse.reading.frames.evidence import read_titles
from discourse.reading.matching.matches import find_matches
from discourse.validity.corrected_rows import (
    CONFIRMED,
    MOVED,
    NO_ROW,
    NOT_APPLIED,
    OTHER_TABLE,
    Told,
    narrowed,
    settle_rows,
)

__all__ = ["correct_frames", "correct_matches", "find_tokens"]

_CHANGES = ("doc_id", "start", "category", "becomes", "pattern")
_IN_TITLE = ("doc_id", "category", "pattern")
_OF_FRAMES = ("present", "n_matches", "n_sentences", "main")


def find_tokens(tokens: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return doc_id, start and end (token positions) of the span of each correction, by thing; null where it is none.

    A span is one of tokens where it begins with the first character of a token and ends behind the last of one.
    """
    mine = tokens[tokens["doc_id"].astype("str").isin(answers["doc_id"])]
    ids = mine["doc_id"].astype("str")
    first = pd.Series(mine["position"].to_numpy(), pd.MultiIndex.from_arrays([ids, mine["start_char"]]))
    last = pd.Series(mine["position"].to_numpy() + 1, pd.MultiIndex.from_arrays([ids, mine["end_char"]]))
    ends = {"start": (first, "start_char"), "end": (last, "end_char")}
    out = answers[["doc_id"]].copy()
    for name, (known, column) in ends.items():
        keys = pd.MultiIndex.from_arrays([answers["doc_id"], answers[column].astype("int64")])
        out[name] = known.reindex(keys).to_numpy(dtype="float64")
    return out


def correct_matches(
    found: pd.DataFrame, answers: pd.DataFrame, told: Told, *, tokens: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return MATCHES with what readers said of single matches, and the changes as ``find_frames`` takes them.

    Parameters
    ----------
    found : DataFrame
        MATCHES.
    answers : DataFrame
        Corrections on which nobody differs, by thing; those of matches are taken.
    told : Told
        Gets what became of each.
    tokens : DataFrame
        TOKENS: say which tokens stand at a place of the text.

    Raises
    ------
    SchemaError
        There are corrections of matches and no tokens.
    """
    own = answers[answers["what"] == "match"]
    kept = found["corrected"].to_numpy(bool) if "corrected" in found else np.zeros(len(found), bool)
    out = found.assign(corrected=kept)
    nothing = pd.DataFrame(columns=list(_CHANGES))
    if not len(own):
        return out, nothing
    if tokens is None:
        raise SchemaError(
            "`tokens` is not given: corrections name places of the text, and matches name tokens. Pass the TOKENS in "
            "which the matches were found."
        )
    names = set(found["category"].astype("category").cat.categories.astype("str"))
    places = find_tokens(tokens, own)
    out = out.reset_index(drop=True)
    plain = out.assign(**{name: out[name].astype("str") for name in ("doc_id", "category", "pattern")})
    near = plain[plain["doc_id"].isin(own["doc_id"])]
    hits: dict[str, list[int]] = {}
    new, changes = [], []
    for thing, one in own.iterrows():
        name = str(thing)
        place: Any = places.loc[name]
        mine = near[(near["doc_id"] == one["doc_id"]) & (near["start"] == place["start"])]
        mine = mine[mine["end"] == place["end"]]
        here = mine[mine["category"] == one["category"]]
        if one["category"] not in names:
            told[name] = OTHER_TABLE, 0, "the table has no such category"
        elif one["end_char"] == 0:
            told[name] = NO_ROW, 0, "it stands in the headline, and the table has matches of the text alone"
        elif isinstance(one["holder"], str):
            told[name] = OTHER_TABLE, 0, "with a holder it is a cue of a position"
        elif np.isnan(place["start"]) or np.isnan(place["end"]):
            told[name] = NO_ROW, 0, "the place is no span of tokens"
        elif one["corrected"] == "present" and not len(here):
            told[name] = MOVED, 1, ""
            new.append(_new_row(one, place, plain))
        elif not len(here) and len(mine) and one["corrected"] in set(mine["category"]):
            told[name] = CONFIRMED, 1, "the table has it so"
        elif not len(here):
            told[name] = NO_ROW, 0, "the table has no match of this category there"
        else:
            hits[name] = narrowed(here, here["pattern"] == one["entry"]).index.tolist()
    settled = settle_rows(hits, own, told)
    gone, moved = [], {}
    for row, name in settled.items():
        answer, was = own.loc[name, "corrected"], plain.loc[row, "category"]
        told[name] = (CONFIRMED, 1, "") if answer in ("present", was) else (MOVED, 1, "")
        if answer in ("present", was):
            continue
        becomes = None if answer == "absent" else answer
        changes.append((plain.loc[row, "doc_id"], plain.loc[row, "start"], was, becomes, plain.loc[row, "pattern"]))
        if becomes in names:
            moved[row] = becomes
        else:  # of no category of this lexicon: none here
            gone.append(row)
    for thing, rows in hits.items():
        told.setdefault(thing, told[settled[rows[0]]] if rows[0] in settled else (NOT_APPLIED, 0, ""))
    if not (gone or moved or new):
        return found.assign(corrected=kept), nothing
    changes += [(one["doc_id"], one["start"], None, one["category"], one["pattern"]) for one in new]
    categories, patterns = out["category"].astype("str"), out["pattern"].astype("str")
    categories.update(pd.Series(moved, dtype="str"))
    out = out.assign(category=categories, pattern=patterns)
    out.loc[list(moved), "corrected"] = True
    out = out.drop(index=gone)
    if new:
        out = pd.concat([out.astype({"doc_id": "str"}), pd.DataFrame(new)], ignore_index=True)
    out["category"] = pd.Categorical(out["category"], categories=sorted(names))
    out["doc_id"] = pd.Categorical(out["doc_id"].astype("str"), categories=_ids(found, out))
    # a match that was moved to a category that has it already is one match
    out = tables.conform(out.sort_values("corrected", kind="stable"), "MATCHES")
    return out.drop_duplicates(list(tables.TABLES["MATCHES"].key), ignore_index=True), pd.DataFrame(
        changes, columns=list(_CHANGES)
    )


def _ids(found: pd.DataFrame, out: pd.DataFrame) -> list[str]:
    held = found["doc_id"].astype("category").cat.categories.astype("str").tolist()
    return held + sorted(set(out["doc_id"].astype("str")) - set(held))


def _new_row(one: pd.Series, place: Any, plain: pd.DataFrame) -> dict[str, object]:
    """Return a match that the measure missed; its weight is that of its entry where the table knows it."""
    entry = one["entry"] if isinstance(one["entry"], str) else "reader"
    weights = plain.loc[plain["pattern"] == entry, "weight"]
    return {
        "doc_id": one["doc_id"], "start": int(place["start"]), "end": int(place["end"]), "category": one["category"],
        "pattern": entry, "weight": float(weights.iloc[0]) if len(weights) else 1.0, "negated": False, "hedged": False,
        "corrected": True,
    }  # fmt: skip


def correct_frames(
    found: pd.DataFrame,
    answers: pd.DataFrame,
    told: Told,
    *,
    tokens: pd.DataFrame | None,
    documents: pd.DataFrame | None,
    lexicon: Lexicon | None,
) -> pd.DataFrame:
    """Return FRAMES in which the documents with a corrected match are decided anew by ``find_frames``.

    Parameters
    ----------
    found : DataFrame
        FRAMES of the defaults of ``find_frames``.
    answers : DataFrame
        Corrections on which nobody differs, by thing; those of matches are taken.
    told : Told
        Gets what became of each.
    tokens, documents : DataFrame
        TOKENS, and DOCUMENTS with their titles, as ``find_frames`` had them.
    lexicon : Lexicon, optional
        The lexicon of frames; the built-in one by default.

    Raises
    ------
    SchemaError
        There are corrections of matches and no tokens, or the frames are not those of ``find_frames`` by its defaults.
    """
    own = answers[answers["what"] == "match"]
    kept = found["corrected"].to_numpy(bool) if "corrected" in found else np.zeros(len(found), bool)
    out = found.assign(corrected=kept)
    names = set(found["category"].astype("str"))
    for thing in own.index[~own["category"].isin(names)]:
        told[str(thing)] = OTHER_TABLE, 0, "the table has no such category"
    own = own[own["category"].isin(names)]
    if not len(own):
        return out
    if tokens is None:
        raise SchemaError(
            "`tokens` is not given: frames are decided anew from the matches that are left. Pass the TOKENS (and "
            "`documents`, for their titles) in which the frames were found."
        )
    lexicon = lexicon or load_lexicon("frames")
    mine = tokens[tokens["doc_id"].astype("str").isin(own["doc_id"])].copy()
    mine["doc_id"] = mine["doc_id"].cat.remove_unused_categories()
    titled = own["end_char"] == 0
    _, changes = correct_matches(find_matches(mine, lexicon), own[~titled], told, tokens=mine)
    more = _in_titles(own[titled], told, read_titles(mine, documents), lexicon)
    changes = pd.concat([changes, more], ignore_index=True) if len(more) else changes
    known = set(zip(lexicon.entries["category"], lexicon.entries["pattern"], strict=True))
    for thing, one in own.iterrows():
        if (
            one["corrected"] == "present"
            and told[str(thing)][0] == MOVED
            and (one["category"], one["entry"]) not in known
        ):
            told[str(thing)] = NOT_APPLIED, 0, "a frame is decided by entries, and the lexicon has no such entry"
    if not len(changes):
        return out
    touched = mine[mine["doc_id"].astype("str").isin(changes["doc_id"])].copy()
    touched["doc_id"] = touched["doc_id"].cat.remove_unused_categories()
    before = _by_key(find_frames(touched, documents, lexicon=lexicon))
    after = _by_key(find_frames(touched, documents, lexicon=lexicon, corrected=changes))
    held = _by_key(out)
    here = held.reindex(before.index)
    columns = [name for name in _OF_FRAMES if name in found]
    fits = (here[columns] == before[columns]).all(axis=1) | (here[columns] == after[columns]).all(axis=1)
    if not fits.all():
        strange = sorted({doc for doc, _ in fits.index[~fits]})
        raise SchemaError(
            f"`found` has other frames than find_frames() gives by its defaults, in {len(strange)} of the documents "
            f"that were corrected. First: {first_three(strange)}. Pass the tokens, documents and lexicon that it was "
            "made from."
        )
    for name in [one for one in after if one in out and one not in ("doc_id", "category", "corrected")]:
        held.loc[after.index, name] = after[name].astype(held[name].dtype)
    held.loc[after.index, "corrected"] |= (after[columns] != before[columns]).any(axis=1)
    return held.set_axis(out.index, axis=0)[list(out)]


def _in_titles(answers: pd.DataFrame, told: Told, titles: pd.DataFrame | None, lexicon: Lexicon) -> pd.DataFrame:
    """Return what readers change of matches in titles, which have no place in the text: known by document and entry."""
    changes = []
    found = None if titles is None or not len(answers) else find_matches(titles, lexicon)
    names = [] if found is None else list(zip(*(found[one].astype("str") for one in _IN_TITLE), strict=True))
    for thing, one in answers.iterrows():
        n = names.count(tuple(str(one[name]) for name in ("doc_id", "category", "entry")))
        if not n:
            told[str(thing)] = NO_ROW, 0, "the headline has no match of this entry"
        elif one["corrected"] in ("present", one["category"]):
            told[str(thing)] = CONFIRMED, n, ""
        else:
            told[str(thing)] = MOVED, n, ""
            becomes = None if one["corrected"] == "absent" else one["corrected"]
            changes.append((one["doc_id"], -1, one["category"], becomes, one["entry"]))
    return pd.DataFrame(changes, columns=list(_CHANGES))


def _by_key(frames: pd.DataFrame) -> pd.DataFrame:
    keys = [frames[name].astype("str") for name in ("doc_id", "category")]
    return frames.set_axis(pd.MultiIndex.from_arrays(keys), axis=0)
