"""Steps to what a number rests on: the places in the texts that a reader is led to."""

import pandas as pd

from discourse.lexicons.loader import Lexicon
from discourse.plan import per_document
from discourse.reading.frames.places import place_frames, place_matches


@per_document
def lexicon_matches(
    documents: pd.DataFrame,
    subject_tokens: pd.DataFrame,
    frames: pd.DataFrame | None,
    lexicons: tuple,
    actors: Lexicon,
) -> pd.DataFrame:
    """Matches of each charted lexicon in the documents read for speech: their characters, and whether they count."""
    parts = []
    for lexicon in lexicons:
        if lexicon.name == "frames" and frames is not None:
            told = frames.loc[frames["doc_id"].isin(subject_tokens["doc_id"].cat.categories)]
            part = place_frames(subject_tokens, documents, told, lexicon=lexicon, actors=actors)
        else:
            part = place_matches(subject_tokens, lexicon)
        parts.append(part.assign(lexicon=lexicon.name))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
