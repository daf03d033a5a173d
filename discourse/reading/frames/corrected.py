"""Evidence of frames as readers corrected it: matches taken out, moved to another frame, or added."""

from dataclasses import replace

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon
from discourse.reading.frames.evidence import Evidence, category_codes

__all__ = ["correct_evidence"]


def correct_evidence(
    found: Evidence, lexicon: Lexicon, tokens: pd.DataFrame, corrected: pd.DataFrame
) -> tuple[Evidence, Lexicon]:
    """Return the evidence without what readers took out, and a lexicon in which moved matches have entries.

    A match that is of another frame keeps the weight of its entry. One that was missed has the entry of that frame
    whose ``pattern`` it names; without such an entry it weighs nothing, and is left out.

    Parameters
    ----------
    found : Evidence
        Of these tokens, by the entries of ``lexicon``.
    lexicon : Lexicon
        The lexicon of frames.
    tokens : DataFrame
        TOKENS.
    corrected : DataFrame
        doc_id, start (as in MATCHES; -1: in the title), category (null: a match that was missed), becomes (the category
        that it is; null, or one that the lexicon does not have: none), pattern (the entry).
    """
    entries = lexicon.entries
    names = list(lexicon.categories)
    of_entry = category_codes(lexicon, lexicon)
    codes = {str(name): code for code, name in enumerate(tokens["doc_id"].cat.categories)}
    told = corrected[corrected["doc_id"].astype("str").isin(list(codes))]
    document = tokens["doc_id"].cat.codes.to_numpy()
    mine = np.flatnonzero(np.isin(document, [codes[str(name)] for name in told["doc_id"]]))
    places = zip(document[mine].tolist(), tokens["position"].to_numpy()[mine].tolist(), strict=True)
    row_of = dict(zip(places, mine.tolist(), strict=True))
    sentence = tokens["sentence"].to_numpy()
    patterns = entries["pattern"].to_numpy()
    keep = np.ones(len(found), bool)
    entry = found.entry.copy()
    more: dict[tuple[int, str], int] = {}
    added: list[tuple[int, int, int, int, int]] = []
    columns = ["doc_id", "start", "category", "becomes", "pattern"]
    for doc_id, start, category, becomes, pattern in told[columns].astype(object).itertuples(index=False, name=None):
        code = codes[str(doc_id)]
        row = row_of.get((code, int(start)), -1)
        if pd.isna(category):
            known = np.flatnonzero((patterns == pattern) & (entries["category"] == becomes).to_numpy())
            if len(known) and row >= 0:
                added.append((code, int(known[0]), int(sentence[row]), row, row + 1))
            continue
        here = of_entry[np.minimum(found.entry, len(of_entry) - 1)] == (
            names.index(category) if category in names else -1
        )
        if int(start) < 0:
            here &= (found.sentence < 0) & (found.document == code) & (patterns[found.entry] == pattern)
        else:
            here &= (found.first == row) & (found.sentence >= 0)
        if pd.isna(becomes) or becomes not in names:
            keep &= ~here
            continue
        for place in np.flatnonzero(here):
            key = int(found.entry[place]), str(becomes)
            entry[place] = more.setdefault(key, len(entries) + len(more))
    if more:
        copies = entries.iloc[[one for one, _ in more]].assign(category=[name for _, name in more])
        lexicon = replace(lexicon, entries=pd.concat([entries, copies], ignore_index=True))
    out = replace(found, entry=entry).take(keep)
    if added:
        parts = zip(("document", "entry", "sentence", "first", "stop"), np.array(added, np.int64).T, strict=True)
        out = Evidence(**{name: np.concatenate([getattr(out, name), column]) for name, column in parts})
    return out, lexicon
