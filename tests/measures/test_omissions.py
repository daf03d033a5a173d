"""Omissions: sets left out at once are as if they had never been there."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.claims.readings import Matched
from discourse.measures.omissions import Cues
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.scores import score_positions

ENTRIES = ["حركة طالبان", "طالبان", "طالبان الأفغانية", "حركة", "الأفغانية"]
TEXTS = ["حركة طالبان الأفغانية", "طالبان وحركة طالبان", "حركة الأفغانية", "طالبان الأفغانية طالبان", "كابل"]


def test_matched_sets_left_out_equal_a_smaller_lexicon():
    documents = pd.DataFrame({"doc_id": [str(n) for n in range(len(TEXTS))], "text": TEXTS})
    tokens = tokenize(documents)
    lexicon = lexicon_from_patterns({"one": ENTRIES}, name="own")
    settings = {"normalisation": "usual", "boilerplate": "drop", "denominator": "words"}
    reading = Matched(pd.Index(documents["doc_id"]), lexicon, lambda *key: (tokens, None))
    for size in range(len(ENTRIES)):
        for gone in combinations(ENTRIES, size):
            matches, words = reading.read("one", settings, frozenset(f"entry: {entry}" for entry in gone))
            fewer = lexicon.entries[~lexicon.entries["pattern"].isin(gone)].reset_index(drop=True)
            found = find_matches(tokens, replace(lexicon, entries=fewer))["doc_id"].astype("str").value_counts()
            assert matches.tolist() == found.reindex(documents["doc_id"]).fillna(0).tolist(), gone
            assert words.tolist() == [3, 3, 2, 3, 1]


def positions():
    rows = []
    kinds = [("trade", "1", "trade"), ("recognition!", "-1", "recognition opposes"), ("denial", "0", "denial"),
             ("support", "2", "second reading"), ("hostility", "-2", "enemies negation")]  # fmt: skip
    rng = np.random.default_rng(3)
    for n in range(40):
        cues = [kinds[k] for k in rng.integers(0, len(kinds), rng.integers(1, 4))]
        voice = ["russia", "outlet", "us"][n % 3]
        rows.append(
            {
                "doc_id": f"d{n // 2}", "sentence": int(rng.integers(-1, 4)), "start_char": n, "end_char": n + 9,
                "holder": "russia", "target": "taliban", "polarity": 1, "strength": 1.0, "negated": False,
                "voice": voice, "cues": "|".join(f"w{one[1]}" for one in cues),
                "categories": "|".join(one[0] for one in cues), "codes": "|".join(one[1] for one in cues),
                "rules": "|".join(one[2] for one in cues),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def test_cues_sets_left_out_are_scored_as_if_they_had_never_been_read():
    cues = Cues(positions())
    sets = [rows for kind in ("rule", "class", "operator", "cue") for rows in cues.names(kind).values()]
    sets += [np.union1d(one, two) for one, two in combinations(sets[:4], 2)]
    for options in ({}, {"balance": 0.6}, {"headline_weight": 1.0}):
        whole, voices = cues.whole(options)
        for rows, found in zip(sets, cues.score(sets, options), strict=True):
            now, spoken = whole.copy(), voices.copy()
            for cell, (position, voice) in found.items():
                now[cell], spoken[cell] = position, voice
            rest = score_positions(cues.table.drop(index=rows), **options).set_index("doc_id")
            rest.index = rest.index.astype("str")
            rest = rest.reindex(cues.cells["doc_id"])
            np.testing.assert_array_equal(now, rest["position"].to_numpy(float))
            there = ~np.isnan(now)
            assert spoken[there].tolist() == rest["voice"].astype("str").to_numpy()[there].tolist()
